"""Screenshots of visualizations, taken by a Chromium found on the machine.

Taken on request and kept as content, so that a build needs no browser. A page is shown as
readers will see it: in its sandbox and under its policy, in light colours, with reduced motion
and without a network.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from backlist import files, urls
from backlist.build import Options, Site, make
from backlist.cache.store import Cache
from backlist.extras.poster import poster
from backlist.load import VISUALIZATIONS
from backlist.pages.embeds import FRAME
from backlist.problems import BacklistError, Problems, Where, did_you_mean
from backlist.relate.archive import VisualizationEntry
from backlist.resolve.visualizations import poster_stem

WIDTH, HEIGHT, SCALE = 960, 600, 1.25
"""The window in CSS pixels, and how many real ones each is: a poster of 1200 by 750."""

HEAVIEST = 40_000
"""Bytes a poster should have at most."""

TRIES = 4
"""On a busy machine a screenshot may be taken before the page has drawn itself, or drawn all of
itself: one is kept that the next is equal to, and the last where none are."""

PATIENCE = 8000
"""Milliseconds of its own time that a page gets to draw itself."""

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
"""What Chromium and its kin are called on common systems."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-prefers-reduced-motion",
)
_AROUND = (
    "<!doctype html><meta name=color-scheme content=light><style>html,body,iframe{{display:block;"
    "width:100%;height:100%;margin:0;border:0;overflow:hidden}}</style>"
    '<iframe sandbox="allow-scripts" src="{address}"></iframe>'
)


def take(
    root: Path,
    idents: Sequence[str],
    now: datetime,
    problems: Problems,
    *,
    refresh: bool = False,
    browser: str | None = None,
    watch: Callable[[str, int, int], None] = lambda what, done, of: None,
) -> Iterator[tuple[Path, int]]:
    """Write a poster for each visualization without one, or for those named; gives path and bytes.

    `refresh` replaces those taken earlier. Raises `BacklistError` when there is no
    browser.
    """
    options = Options(drafts=True)
    with Cache(root / ".cache", options.edition) as cache:
        site = make(root, now, options, problems, cache)
    if site is None or problems.stop():
        return
    wanted = list(_wanted(site.archive.visualizations, idents, problems, refresh=refresh))
    if not wanted or problems.stop():
        return
    program = find_browser(browser)
    for done, held in enumerate(wanted):
        watch("screenshot", done, len(wanted))
        picture = _picture(held, site, program, problems)
        if picture is not None:
            target = root / _target(held)
            files.replace(target, picture)
            yield target, len(picture)


def find_browser(named: str | None) -> str:
    """The Chromium to use: the one named, else the first on the machine."""
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if found is None:
        raise BacklistError(
            Where(named or "screenshots"),
            "program not found" if named else "no Chromium found on this machine",
            "install Chromium or Chrome, or name one: `backlist screenshots --browser PROGRAM`",
        )
    return found


def _wanted(
    held: Sequence[VisualizationEntry], idents: Sequence[str], problems: Problems, *, refresh: bool
) -> Iterator[VisualizationEntry]:
    """Those to take; an unknown name, and a poster that a person made, are reported."""
    known = {one.id: one for one in held}
    for ident in idents:
        if ident not in known:
            message = f"no visualization is called `{ident}`"
            problems.error(Where(VISUALIZATIONS), message, did_you_mean(ident, known))
    for one in held:
        chosen = one.id in idents or not idents
        if not chosen or not one.page or (one.poster and not refresh):
            continue
        if one.poster and f"{one.folder}/{one.poster}" != _target(one):
            message = f"has a poster of your own, {one.poster}; it was kept"
            problems.info(Where(one.file), message, "remove it to have a screenshot taken")
            continue
        yield one


def _target(held: VisualizationEntry) -> str:
    """Where a poster lies, as a path in the site."""
    return f"{held.folder}/{poster_stem(held.id, held.folder)}.webp"


def _picture(
    held: VisualizationEntry, site: Site, program: str, problems: Problems
) -> bytes | None:
    """The bytes of a poster, or None with the reason reported."""
    with tempfile.TemporaryDirectory(prefix="backlist-") as name:
        folder = Path(name)
        start = urls.visualization_file(held.id, "")
        for path, output in site.outputs.items():
            if path.startswith(start):
                files.replace(folder / path, output.read())
        page = folder / "around.html"
        page.write_text(_AROUND.format(address=start + FRAME), "utf-8")
        picture = None
        for _ in range(TRIES):
            said = _run(program, page, folder / "shot.png")
            if said:
                problems.error(
                    Where(held.file),
                    f"no screenshot was taken: {said}",
                    "open the page in a browser",
                )
                return None
            taken = poster((folder / "shot.png").read_bytes(), HEAVIEST)
            if taken is not None and taken == picture:
                break
            picture = taken or picture
        if picture is None:
            message = "no screenshot was taken: the page is a single colour"
            hint = "open it in a browser; it may wait for input"
            problems.warning(Where(held.file), message, hint)
        return picture


def _run(program: str, page: Path, shot: Path) -> str:
    """Take a screenshot of a page; gives what went wrong, or an empty text."""
    # Chromium refuses its own sandbox to root; the page is in a frame without rights all the same.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    asked = [
        program,
        *_FLAGS,
        *(["--no-sandbox"] if root else []),
        f"--user-data-dir={page.parent / 'profile'}",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--force-device-scale-factor={SCALE}",
        f"--virtual-time-budget={PATIENCE}",
        f"--screenshot={shot}",
        page.as_uri(),
    ]
    try:
        ended = subprocess.run(asked, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return "the browser did not finish within a minute"
    except OSError as error:
        return f"{program} cannot be run: {error.strerror}"
    return "" if shot.is_file() else f"the browser exited with code {ended.returncode}"
