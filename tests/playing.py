"""A small site with visualizations, served, for tests that play with them in a browser."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Frame, Page

from backlist.build import Options, build
from backlist.problems import Problems
from tests.conftest import NOW, SETTINGS, episode

EPISODE = "episodes/play/"
AT_REST = """new Promise((done) => {
  let at = scrollY, still = 0;
  (function look() {
    still = scrollY === at ? still + 1 : 0;
    at = scrollY;
    still < 15 ? requestAnimationFrame(look) : done();
  })();
})"""
"""Waits, as script, until fifteen pictures in a row show the page at the same place."""
MEASURING = 60
"""Milliseconds: a little longer than a frame waits before it measures itself (`inside.js`)."""


def publish(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Build a site whose one episode shows every visualization in `files`; gives its output.

    Names are below `content/visualizations/`, `lab/index.html` or `lab.html`.
    """
    root = folder / "site"
    names = dict.fromkeys(name.split("/")[0].split(".")[0] for name in files)
    whole = {f"content/visualizations/{name}": text for name, text in files.items()}
    shown = "[" + ", ".join(names) + "]"
    whole["content/episodes/play.md"] = episode("Play", "play", visualizations=shown)
    for name, text in {"site.yaml": SETTINGS, **whole}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    problems = Problems()
    written = build(root, folder / "out", NOW, Options(drafts=True), problems)
    assert written is not None, [str(problem) for problem in problems]
    return folder / "out"


def start(page: Page, number: int = 0) -> Frame:
    """Start the first visualization of a page that has not begun; the frame it then runs in.

    `number` is how many run before it on the page.
    """
    page.get_by_role("button", name="Start").first.click()
    return _inside(page, number)


def _inside(page: Page, number: int) -> Frame:
    frame = page.locator("iframe").nth(number).element_handle().content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def height(page: Page, number: int = 0) -> int:
    """How tall a frame is, without its border."""
    return int(page.locator("iframe").nth(number).evaluate("frame => frame.clientHeight"))


def moment(page: Page, *frames: Frame) -> None:
    """Let happen what is due: each frame's measuring, its message, and two pictures of the page.

    Timers of one page run in order, so that one set now runs after every shorter one set before,
    however busy the machine is. Only `frames` are waited for, where some are named.
    """
    for frame in frames or page.frames[1:]:
        frame.evaluate("(pause) => new Promise((done) => setTimeout(done, pause))", MEASURING)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def settled(page: Page, number: int = 0, *, moments: int = 4) -> int:
    """The height of a frame, once it has its page and several moments change nothing."""
    inside = _inside(page, number)
    last, same = -1, 0
    for _ in range(100):
        now = height(page, number)
        last, same = now, same + 1 if now == last else 0
        if same == moments:
            return now
        moment(page, inside)
    raise AssertionError(f"the frame is still restless at {last} px")


def until(frame: Frame, said: str) -> None:
    """Wait for something to be true in a frame, whose policy lets no waiting function in."""
    for _ in range(600):
        if frame.evaluate(said):
            return
        frame.page.wait_for_timeout(100)
    raise AssertionError(f"it is never true that {said}")
