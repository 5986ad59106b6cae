"""Takes the pictures of README.md and docs/theming.md from pages of the built site.

Run by `make docs-screenshots` after `make build`; needs Chromium.
"""

import shutil
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PAGES = ("", "episodes/bidaw-computation-storage-aware-kv-caching-for-llms/")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

SHOWN = {
    ".site-header": "--rule  --font-ui  --text-sm",
    ".hero .cover": "--radius",
    ".hero h1": "--font-heading  --heading-weight",
    ".hero .button": "--link (from --accent)  --on-link  --radius-pill",
    ".latest-episode": "--line  --side  --space-6",
    ".latest-episode .summary": "--measure  --font-text  --text-body",
    ".latest-episode .meta": "--soft",
    "body": "--ground  --ink  --gap  --width",
}
"""Parts of the home page, and the custom properties that docs/theming.md shows on them."""

MARK = """(shown) => {
  for (const [selector, names] of Object.entries(shown)) {
    const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
    const box = document.body.appendChild(document.createElement("div"));
    const place = `left:${left - 4}px;top:${top - 2}px;width:${width + 8}px;height:${height + 4}px`;
    box.style.cssText = `position:absolute;${place};outline:2px solid #0969da;border-radius:3px`;
    const name = box.appendChild(document.createElement("code"));
    name.textContent = names;
    name.style.cssText = "position:absolute;right:0;bottom:100%;padding:1px 7px;background:#0969da;"
      + "color:#fff;font:600 13px/1.5 monospace;white-space:pre;border-radius:3px 3px 0 0";
    if (width < 300) name.style.right = "auto";
    if (top < 30) name.style.bottom = "0";
    if (height > innerHeight) name.style.cssText += ";top:0;right:auto;bottom:auto";
  }
}"""


def main() -> None:
    """Write docs/screenshot.png and docs/theming.png."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(ROOT / "build"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    frames = "".join(f'<iframe src="{address}{path}"></iframe>' for path in PAGES)
    style = "body{margin:0;display:flex;gap:24px;padding:24px;background:#d9d5cc}"
    style += "iframe{width:900px;height:1100px;border:0}"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        both = Path(folder) / "both.html"
        both.write_text(f"<!doctype html><style>{style}</style>{frames}", "utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1872, "height": 1148}, device_scale_factor=0.75)
        page.goto(both.as_uri(), wait_until="networkidle")
        page.screenshot(path=str(ROOT / "docs/screenshot.png"))
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(address, wait_until="networkidle")
        page.evaluate(MARK, SHOWN)
        page.screenshot(path=str(ROOT / "docs/theming.png"))
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
