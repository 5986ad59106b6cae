"""What tests share: sites made in a temporary folder, and a real browser."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg
import pytest
from hypothesis import settings

from backlist.build import Options, make
from backlist.build import Site as BuiltSite
from backlist.files.output import Outputs
from backlist.pictures import copies
from backlist.problems import Problems
from tests.offline import sitecustomize

if TYPE_CHECKING:
    # Most tests open no browser, and importing what drives one takes longer than most tests.
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
SITES = HERE / "sites"
SHARED = HERE.parents[1] / "shared"
"""Real feeds and pages of other people, where a developer has them; never committed."""

settings.register_profile("backlist", deadline=None, max_examples=40, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile("backlist")  # the same examples each time: nobody's change needs luck

# Each of some hundred processes that tests start would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MEMORY = "/dev/shm"


def _has_room(folder: str) -> bool:
    """Whether a folder takes what tests write, and lets them start the programs among it."""
    if not os.access(folder, os.W_OK):
        return False
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize > 2**31 and not told.f_flag & os.ST_NOEXEC


if "TMPDIR" not in os.environ and _has_room(MEMORY):
    # Tests write and remove some hundred thousand files, which takes longer on a disk.
    os.environ["TMPDIR"] = f"{MEMORY}/backlist-tests-{os.getuid()}"
    Path(os.environ["TMPDIR"]).mkdir(exist_ok=True)
    tempfile.tempdir = None  # so that Python looks for it again

os.environ["BACKLIST_CORES"] = "1"
"""Tests run on all cores already, and a fork takes longer than a small site.

Those of what happens on several cores ask for them.
"""


gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Collect garbage from here on, and never again look through what all tests are made of."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; what is left at the end is shared out among all processes."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


OFFLINE = HERE / "offline"
_handle, _name = tempfile.mkstemp(prefix="backlist-tests-", suffix=".txt")
os.close(_handle)
_ASKED = Path(_name)
os.environ[sitecustomize.NOTES] = _name
_path = [str(OFFLINE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, _path)))
sitecustomize.install()
"""No test asks another computer, and no Python that a test starts; see `tests/offline`."""

BASE = "https://pages.example/show/"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds that a test waits for what is to come: only a failure takes so long."""
CHROMIUM = shutil.which("chromium")
HEADLESS = shutil.which("chromium-headless-shell") or CHROMIUM
"""What tests open pages in. Without a desktop browser around the same engine, pages take a third
less of the processor's time, and a new window takes half."""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page is open long enough to repay what it takes to compile its scripts well.
    "--js-flags=--no-turbofan --no-maglev --min-semi-space-size=32",
    # Whatever a page asks for, no name and no address but this computer's leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
SETTINGS = """\
show:
  title: The Small Hours
  description: A show for tests.
  categories: [Technology]
  image: https://small.example/cover.jpg
site:
  base_url: https://small.example/
  search: false
"""
"""Without search: indexing a small site takes ten times as long as making it."""
SEARCHED = SETTINGS.replace("  search: false\n", "")


def asked_others() -> str:
    """The calls to other computers that were refused since this was last asked, a line each."""
    said = _ASKED.read_text("utf-8")
    if said:
        os.truncate(_ASKED, 0)
    return said


def require_offline() -> None:
    """Fail where another computer was asked, also if the refusal was handled as an error."""
    if said := asked_others():
        pytest.fail(f"another computer was asked:\n{said}")


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    yield
    require_offline()


@pytest.fixture(scope="session", autouse=True)
def _offline_to_the_end() -> Iterator[None]:
    yield
    require_offline()
    _ASKED.unlink()


@pytest.fixture(scope="session", autouse=True)
def _copies_are_made_once() -> Iterator[None]:
    """Keep the copies of a picture, which take as long as all pages of the site they stand on.

    What a test starts as another process makes its own, and `tests/test_pictures.py` calls what
    makes them.
    """
    make_copy = copies.copy
    known: dict[tuple[str, int, str], bytes] = {}

    def copy(path: Path, digest: str, side: int, kind: str) -> bytes:
        if (digest, side, kind) not in known:
            known[digest, side, kind] = make_copy(path, digest, side, kind)
        return known[digest, side, kind]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "copy", copy)
        yield


MakeSite = Callable[[Mapping[str, str]], Path]


def episode(title: str, slug: str, body: str = "Notes.", **fields: Any) -> str:
    """The text of an episode file with the fields given as YAML values."""
    lines = [f"title: {title}", f"slug: {slug}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def write_site(root: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a site; `site.yaml` is a small good one unless it is among them."""
    for name, text in {"site.yaml": SETTINGS, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture
def site(tmp_path: Path) -> MakeSite:
    """Make a site of the files given; `site.yaml` is a small good one unless it is among them."""

    return lambda files: write_site(tmp_path / "site", files)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there; what a cache holds changes no answer."""
    files = ((path.relative_to(folder), path) for path in sorted(folder.rglob("*")))
    return {
        place.as_posix(): path.read_bytes()
        for place, path in files
        if path.is_file() and place.parts[0] != ".cache"
    }


def built(root: Path, options: Options | None = None) -> tuple[BuiltSite | None, Problems]:
    """The site in memory and what was found wrong with it."""
    problems = Problems()
    return make(root, NOW, options or Options(), problems), problems


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A copy of the fictional site that has one of everything."""
    return Path(shutil.copytree(SITES / "rich", tmp_path / "rich"))


@pytest.fixture(scope="session")
def rich_outputs() -> Outputs:
    """The fictional site with one of everything, published under `BASE`."""
    made, _ = built(SITES / "rich", Options(base_url=BASE))
    assert made is not None
    return made.outputs


@pytest.fixture(scope="session", params=["rich", "own"])
def outputs(request: pytest.FixtureRequest, rich_outputs: Outputs) -> Outputs:
    """The fictional site, and the show this repository is the site of, both under `BASE`."""
    if request.param == "rich":
        return rich_outputs
    made, _ = built(HERE.parent, Options(base_url=BASE))
    assert made is not None
    return made.outputs


ONE_TYPEFACE = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture(scope="session")
def typeface(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which a browser knows one typeface: the one in a package needed anyway.

    What a test measures in a browser is then the same whichever typefaces are installed.
    """
    folder = tmp_path_factory.mktemp("typeface")
    settings_file = folder / "fonts.conf"
    fonts = Path(fontpkg.path("Source Serif 4")).parent
    settings_file.write_text(ONE_TYPEFACE.format(fonts=fonts, cache=folder / "cache"), "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(settings_file)}


@pytest.fixture(scope="session")
def browser(typeface: dict[str, str]) -> Iterator[Browser]:
    """A real Chromium; under `CI=true` its absence is a failure, elsewhere the test is skipped."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    if HEADLESS is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: install the packages chromium and chromium-driver")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=HEADLESS,
            args=CHROMIUM_FLAGS,
            env={**typeface},
        )
        yield launched
        launched.close()
