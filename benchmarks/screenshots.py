"""A page of screenshots: the kinds of pages of built sites, by width and colour scheme.

    python -m benchmarks.screenshots build ../another-show/build --out .cache/screenshots

Each row of `index.html` is a page, each column a width, light beside dark. `--sheets` writes two
pictures a page as well, `sheet-SITE-KIND-SCHEME.png`, with its three widths side by side.
Needs Chromium.
"""

import argparse
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
KINDS = {
    "home": "index.html",
    "episode": "episodes/*/index.html",
    "all episodes": "episodes/index.html",
    "search": "search/index.html",
    "search results": "search/index.html",
    "nothing found": "search/index.html",
    "topics": "topics/index.html",
    "topic": "topics/*/index.html",
    "season": "seasons/*/index.html",
    "year": "years/*/index.html",
    "people": "people/index.html",
    "person": "people/*/index.html",
    "works": "works/index.html",
    "work": "works/*/index.html",
    "visualization": "visualizations/*/index.html",
    "transcript": "transcripts/*/index.html",
    "map": "map/index.html",
    "subscribe": "subscribe/index.html",
    "page not found": "404.html",
    "embed": "episodes/*/embed/index.html",
    "home without script": "index.html",
    "episode without script": "episodes/*/index.html",
    "playing": "episodes/index.html",
}
WITHOUT_SCRIPT = " without script"
SHEET = 1500
"""How much of a page a contact sheet shows, in pixels."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
STYLE = """body{font:14px/1.4 sans-serif;margin:2rem;background:#888;color:#000}
h2{margin-top:3rem}.shots{display:flex;gap:1rem;align-items:start;flex-wrap:wrap}
figure{margin:0}img{display:block;max-height:26rem;box-shadow:0 0 4px #0008}"""


class _Quiet(SimpleHTTPRequestHandler):
    """A site at the path it is published at, which its page for wrong addresses counts on."""

    base = "/"

    def translate_path(self, path: str) -> str:
        """The file at a path of the site."""
        return super().translate_path("/" + path.removeprefix(self.base))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing of each request."""


def base_of(build: Path) -> str:
    """The path of the base URL of a built site, from its sitemap."""
    found = re.search("<loc>([^<]*)</loc>", (build / "sitemap.xml").read_text("utf-8"))
    return urlsplit(found[1]).path if found else "/"


def pages(build: Path) -> dict[str, str]:
    """Kind → path of one page of a built site; of many episodes the one with most to show."""
    found = {}
    for kind, pattern in KINDS.items():
        files = sorted(build.glob(pattern), key=lambda path: (-path.stat().st_size, path))
        if files:
            found[kind] = files[0].relative_to(build).as_posix().removesuffix("index.html")
    return found


def word_of(build: Path) -> str:
    """A word to search for: the longest of the title of the newest episode."""
    feed = (build / "feed.xml").read_text("utf-8")
    found = re.search("<title>([^<]*)</title>", feed[feed.find("<item>") :])
    words = re.findall(r"\w+", found[1] if found else "")
    return str(max(words, key=len, default="a"))


def act(page: Page, kind: str, word: str) -> None:
    """Does what a reader would have done before a page looks like this kind."""
    if kind in {"search results", "nothing found"}:
        page.locator("input[type=search]").first.fill(word if kind == "search results" else "zzqxj")
        page.wait_for_timeout(1500)
    if kind == "playing" and page.locator(".row-media .play-button").count():
        page.locator(".row-media .play-button").first.click()
        page.wait_for_timeout(300)


def sheet(files: list[Path], out: Path) -> None:
    """One picture of the tops of several, side by side."""
    shots = [Image.open(file).convert("RGB") for file in files]
    parts = [shot.crop((0, 0, shot.width, min(shot.height, SHEET))) for shot in shots]
    whole = Image.new(
        "RGB", (sum(part.width + 16 for part in parts), max(part.height for part in parts)), "#888"
    )
    left = 0
    for part in parts:
        whole.paste(part, (left, 0))
        left += part.width + 16
    whole.save(out)


def take(
    browser: Browser, build: Path, out: Path, name: str, options: argparse.Namespace
) -> Iterator[str]:
    """Takes the pictures of a site; the HTML that shows them."""
    base = base_of(build)
    handler = type("Handler", (_Quiet,), {"base": base})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(build)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}{base}"
    shown = {
        kind: path
        for kind, path in pages(build).items()
        if not options.only or kind in options.only.split(",")
    }
    shots: dict[str, list[str]] = {kind: [] for kind in shown}
    word = word_of(build)
    for width in WIDTHS:
        for scheme in SCHEMES:
            readers = [
                browser.new_page(
                    viewport={"width": width, "height": 760 if width < 600 else 800},
                    color_scheme="dark" if scheme == "dark" else "light",
                    java_script_enabled=scripting,
                )
                for scripting in (True, False)
            ]
            for kind, path in shown.items():
                file = f"{name}-{kind.replace(' ', '-')}-{width}-{scheme}.png"
                page = readers[kind.endswith(WITHOUT_SCRIPT)]
                page.goto(address + path, wait_until="load")
                act(page, kind, word)
                page.screenshot(path=str(out / file), full_page=options.whole)
                shots[kind].append(file)
            for page in readers:
                page.close()
    server.shutdown()
    yield f"<h1>{escape(name)}</h1>"
    for kind, files in shots.items():
        if options.sheets:
            for scheme in SCHEMES:
                parts = [out / file for file in files if file.endswith(f"-{scheme}.png")]
                sheet(parts, out / f"sheet-{name}-{kind.replace(' ', '-')}-{scheme}.png")
        figures = "".join(
            f'<figure><img src="{file}" alt="{file.removesuffix(".png")}"></figure>'
            for file in files
        )
        yield f'<h2>{escape(kind)}</h2><div class="shots">{figures}</div>'


def main() -> None:
    """Write the pictures and `index.html`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("builds", nargs="*", type=Path, default=[Path("build")])
    parser.add_argument("--out", type=Path, default=Path(".cache/screenshots"))
    parser.add_argument("--whole", action="store_true", help="whole pages, not one screen of each")
    parser.add_argument("--only", help="some kinds of pages: home,episode")
    parser.add_argument("--sheets", action="store_true", help="contact sheets as well")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    body: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for build in options.builds:
            name = build.resolve().parent.name if build.name == "build" else build.name
            body += take(browser, build, options.out, name, options)
        browser.close()
    index = options.out / "index.html"
    index.write_text(
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(body)}", "utf-8"
    )
    print(f"wrote {index}")


if __name__ == "__main__":
    main()
