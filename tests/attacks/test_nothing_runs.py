"""Everything a hostile show publishes, opened in a browser: none of its script runs."""

import functools
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request
from pydantic import TypeAdapter, ValidationError

from backlist.build import Options, build
from backlist.extras.visualizations import passive
from backlist.model.scalars import BaseUrl, EditUrl, Origin, Place, Target, Url
from backlist.parse import markdown
from backlist.problems import Level, Problems
from backlist.urls import schemes
from tests.attacks import hostile
from tests.conftest import NOW, PATIENCE
from tests.serving import answering, respond

LINKS = """() => [...document.querySelectorAll('*')].flatMap((element) =>
  [...element.attributes]
    .filter(({ name, value }) => /^on/i.test(name) || (
      /^(href|xlink:href|src|action|formaction|data|ping|background|poster)$/i.test(name)
      && /^(javascript|vbscript|data|blob|file|view-source):/i.test(
        value.replace(/[\\t\\n\\r]/g, '').replace(/^[\\0- ]+/, ''))
      && !/^data:(image\\/(png|gif|jpeg|webp)|font\\/)/.test(value)
      && !(element.hasAttribute('download') && /^data:application\\/(?!x?html|xml)/.test(value))))
    .map(({ name, value }) => `${element.tagName} ${name}=${value.slice(0, 80)}`))"""
"""Attributes that would run script once somebody clicks, points or focuses."""


def test_the_corpus_is_large_and_every_payload_its_own() -> None:
    said = hostile.payloads()
    assert len(said) >= 200
    assert len(hostile.pictures()) >= 40


@pytest.mark.parametrize("kind", [Url, BaseUrl, EditUrl, Origin, Place, Target])
def test_an_address_that_is_accepted_does_nothing_on_a_page(kind: Any) -> None:
    checked: TypeAdapter[str] = TypeAdapter(kind)
    accepted = []
    for said in hostile.payloads():
        try:
            accepted.append(checked.validate_python(said))
        except ValidationError:
            continue
    # What has no `://` is the name of a file where a `Place` stands, and is put below a folder.
    addresses = [one for one in accepted if kind is not Place or "://" in one]
    assert all(schemes.is_linkable(one) for one in addresses)


@pytest.mark.parametrize("said", hostile.payloads())
def test_notes_never_link_to_what_runs(said: str) -> None:
    notes = markdown.read(hostile.notes([said]))
    assert all(schemes.is_linkable(one) for one in notes.links)


FRAMES = """(addresses) => {
  self.loaded = 0;
  for (const address of addresses) {
    const frame = document.createElement("iframe");
    frame.onload = () => { self.loaded += 1; };
    frame.src = address;
    document.body.append(frame);
  }
}"""


QUIET = ("stylesheet.svg", "css.svg", "default-attribute.svg", "base.svg")
"""What stood before the picture, or only told where it was, is not missed."""


@pytest.mark.parametrize("name", [name for name in hostile.pictures() if name != "utf7.svg"])
def test_a_picture_is_cleaned_or_is_none(name: str) -> None:
    data = hostile.pictures()[name]
    found = passive.clean(name, data if isinstance(data, bytes) else data.encode())
    assert found is None or b"ran" not in found.content
    assert found is None or found.taken_out or name in QUIET


def test_what_only_draws_stays() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'viewBox="0 0 9 9"><style>rect{fill:url(#g)}</style><defs><linearGradient id="g"/></defs>'
        b'<a href="https://named.example/"><rect width="9" height="9"/></a><use xlink:href="#g"/>'
        b'<image href="data:image/png;base64,AAAA"/><text style="fill:red">a &amp; b</text></svg>'
    )
    found = passive.clean("a.svg", svg)
    assert found is not None
    assert found.taken_out == ()
    assert found.content == svg + b"\n"


class Careless(SimpleHTTPRequestHandler):
    """A server that says nothing of what it does not know, so that browsers guess (Apache).

    Files are asked for by their names. What ends in a slash is where one of them leads: nothing is
    there, for it is opened as the file that it is.
    """

    protocol_version = "HTTP/1.1"  # a browser asks for all files of a page in few connections

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""

    def do_GET(self) -> None:
        if urlsplit(self.path).path.endswith("/"):
            respond(self, 200, b"", {"Content-Type": "text/html"})
        else:
            super().do_GET()

    def guess_type(self, path: object) -> str:
        name = str(path).lower()
        if ".html." in name and not name.endswith(".txt"):  # `page.html.de`: HTML in German
            return "text/html"
        known = "image/svg+xml" if name.endswith(".svgz") else super().guess_type(name)
        return "" if known == "application/octet-stream" else known

    def end_headers(self) -> None:
        if self.path.endswith(".svgz"):
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()

    def copyfile(self, source: object, outputfile: object) -> None:
        """Send a file; a browser that wants no more of it is no fault."""
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile show, built."""
    top = tmp_path_factory.mktemp("hostile")
    for name, data in hostile.files():
        path = top / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    problems = Problems()
    assert build(top / "site", top / "out", NOW, Options(), problems), "\n".join(
        str(one) for one in problems if one.level is Level.ERROR
    )
    return top / "out"


class Watched:
    """A browser's window that notes what runs in it and whom it asks."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home, self.ran, self.asked = home, list[str](), dict[Request, str]()
        context.expose_binding("told", self._ran)
        context.add_init_script("window.ran = (number) => told(number, self.origin)")
        context.on("request", self._note)
        context.on("requestfailed", self._forget)
        self.page = context.new_page()
        self.page.on("dialog", lambda dialog: self.ran.append(dialog.message))

    def _ran(self, source: dict[str, Page], number: int, origin: str) -> None:
        """Note what ran, but in a sandbox: that has no origin, and is where it may."""
        if origin != "null":
            self.ran.append(f"{number} at {source['page'].url}")

    def _note(self, request: Request) -> None:
        """Note who else is asked, whom no browser of these tests reaches.

        A route that refuses it would have each file of the site fetched anew for every page.
        """
        url = request.url
        if url.startswith((self.home, "data:", "blob:")):
            return
        if urlsplit(url).hostname != urlsplit(hostile.ELSEWHERE).hostname:
            self.asked[request] = f"{url} from {self.page.url}"

    def _forget(self, request: Request) -> None:
        """Forget what a page's own policy kept in."""
        if request.failure == "csp":
            self.asked.pop(request, None)

    def open(self, path: str) -> list[str]:
        """Open a file; the attributes in it that would run later.

        A file that a browser saves, or cannot decode, shows nothing.
        """
        try:
            self.page.goto(self.home + quote(path), wait_until="load")
        except Error as error:
            if "Download is starting" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            return []
        return [f"{path}: {one}" for one in self._later()]

    def open_beside(self, paths: Sequence[str]) -> list[str]:
        """Open files that are no pages, each in a frame of its own, on a page of their site.

        A browser guesses, shows and runs them there as in a window, and hundreds at once.
        """
        saved: list[object] = []
        self.page.on("download", lambda one: saved.append(one))
        self.page.goto(self.home + "robots.txt")
        self.page.evaluate(FRAMES, [f"{self.home}{quote(path)}" for path in paths])
        deadline = time.monotonic() + PATIENCE
        while (there := self.page.evaluate("self.loaded") + len(saved)) < len(paths):
            assert time.monotonic() < deadline, f"{there} of {len(paths)} files are there"
            self.page.wait_for_timeout(20)
        return [
            f"{frame.url}: {one}" for frame in self.page.frames for one in frame.evaluate(LINKS)
        ]

    def _later(self) -> list[str]:
        """What would run later; a page that leads on is asked again where it led."""
        for _ in range(9):
            try:
                return list(self.page.evaluate(LINKS))
            except Error as error:
                if "navigation" not in str(error):
                    raise
                self.page.wait_for_load_state()
        raise AssertionError(f"{self.page.url} leads on and on")


@pytest.fixture
def watched(browser: Browser, published: Path) -> Iterator[Watched]:
    context = browser.new_context()
    with answering(functools.partial(Careless, directory=str(published))) as home:
        yield Watched(context, home)
    context.close()


@pytest.mark.long
@pytest.mark.browser
def test_no_published_file_runs_what_others_wrote(watched: Watched, published: Path) -> None:
    paths = [path.relative_to(published).as_posix() for path in published.rglob("*")]
    opened = [path for path in paths if (published / path).is_file() and ".backlist" not in path]

    pages = [path for path in opened if "htm" in path]
    later = [found for path in sorted(pages) for found in watched.open(path)]
    later += watched.open_beside(sorted({*opened} - {*pages}))

    assert len(opened) > 120
    assert len(pages) > 30
    assert watched.ran == []
    assert [*watched.asked.values()] == []
    assert later == []


@pytest.mark.browser
def test_a_page_that_runs_is_seen(browser: Browser, tmp_path: Path) -> None:
    """The watch itself works: what is published as it came does run."""
    pictures = {n: data for n, data in hostile.pictures().items() if n != "bare.svgz"}
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    (tmp_path / "run.js").write_text("ran(900)")
    context = browser.new_context()
    with answering(functools.partial(Careless, directory=str(tmp_path))) as home:
        watched = Watched(context, home)
        later = watched.open_beside(list(pictures))
    context.close()
    assert len(watched.ran) >= 15
    assert len(watched.asked) >= 5
    assert len(later) >= 3
