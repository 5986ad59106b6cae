"""Takes the picture README.md shows: two pages of the built site, side by side.

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


def main() -> None:
    """Write docs/screenshot.png."""
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
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
