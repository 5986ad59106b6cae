"""A page of screenshots: the kinds of pages of built sites, by width and colour scheme.

    python -m benchmarks.screenshots build ../another-show/build --out .cache/screenshots

Each row of `index.html` is a page, each column a width, light beside dark. Needs Chromium.
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

from playwright.sync_api import Browser, sync_playwright

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
KINDS = {
    "home": "index.html",
    "episode": "episodes/*/index.html",
    "all episodes": "episodes/index.html",
    "search": "search/index.html",
    "topic": "topics/*/index.html",
    "season": "seasons/*/index.html",
    "person": "people/*/index.html",
    "works": "works/index.html",
    "visualization": "visualizations/*/index.html",
    "transcript": "transcripts/*/index.html",
    "map": "map/index.html",
    "subscribe": "subscribe/index.html",
    "page not found": "404.html",
}
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


def take(browser: Browser, build: Path, out: Path, name: str, *, whole: bool) -> Iterator[str]:
    """Takes the pictures of a site; the HTML that shows them."""
    base = base_of(build)
    handler = type("Handler", (_Quiet,), {"base": base})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(build)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}{base}"
    shown = pages(build)
    shots: dict[str, list[str]] = {kind: [] for kind in shown}
    for width in WIDTHS:
        for scheme in SCHEMES:
            height = 760 if width < 600 else 800
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            for kind, path in shown.items():
                page.goto(address + path, wait_until="load")
                file = f"{name}-{kind.replace(' ', '-')}-{width}-{scheme}.png"
                page.screenshot(path=str(out / file), full_page=whole)
                shots[kind].append(
                    f'<figure><img src="{file}" alt="{width} px, {scheme}"></figure>'
                )
            page.close()
    server.shutdown()
    yield f"<h1>{escape(name)}</h1>"
    for kind, figures in shots.items():
        yield f'<h2>{escape(kind)}</h2><div class="shots">{"".join(figures)}</div>'


def main() -> None:
    """Write the pictures and `index.html`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("builds", nargs="*", type=Path, default=[Path("build")])
    parser.add_argument("--out", type=Path, default=Path(".cache/screenshots"))
    parser.add_argument("--whole", action="store_true", help="whole pages, not one screen of each")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    body: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for build in options.builds:
            name = build.resolve().parent.name if build.name == "build" else build.name
            body += take(browser, build, options.out, name, whole=options.whole)
        browser.close()
    index = options.out / "index.html"
    index.write_text(
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(body)}", "utf-8"
    )
    print(f"wrote {index}")


if __name__ == "__main__":
    main()
