"""Feeds in pages (RFC 5005), feeds that moved, and feeds that break off."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from backlist import importers
from backlist.importers import paging
from backlist.importers.report import Report
from backlist.importers.run import import_sources
from backlist.problems import Problems
from tests.serving import answering

ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'


def page(*titles: str, then: str = "", rel: str = "next", extra: str = "") -> str:
    link = f'<atom:link rel="{rel}" href="{then}"/>' if then else ""
    items = "".join(f"<item><title>{t}</title><guid>{t}</guid></item>" for t in titles)
    return (
        f"<rss {ATOM}><channel><title>Slow Ferry</title><description>D</description>"
        f"{link}{extra}{items}</channel></rss>"
    )


class Handler(BaseHTTPRequestHandler):
    """A feed in as many pages as a test wants, by path."""

    pages: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = self.pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(paging, "PAUSE", 0)
    Handler.pages, Handler.asked = {}, []
    with answering(Handler) as address:
        yield address.rstrip("/")


def run(tmp_path: Path, source: str) -> tuple[Report | None, list[str]]:
    problems = Problems()
    report = import_sources(tmp_path / "site", [source], problems=problems)
    return report, [str(problem).split("\n")[0] for problem in problems]


def test_a_feed_is_read_to_its_last_page(server: str, tmp_path: Path) -> None:
    Handler.pages = {
        "/feed": page("e5", "e4", then="?p=2"),
        # An episode that came out in between moves the others down by one.
        "/feed?p=2": page("e4", "e3", then=f"{server}/feed?p=3"),
        "/feed?p=3": page("e2", "e1"),
    }
    report, told = run(tmp_path, f"{server}/feed")

    assert report is not None
    assert report.found == 5
    assert len(report.new) == 5
    assert Handler.asked == ["/feed", "/feed?p=2", "/feed?p=3"]
    assert not [line for line in told if "goes on" in line]


def test_archive_documents_are_read_as_well(server: str, tmp_path: Path) -> None:
    Handler.pages = {
        "/feed": page("e2", then="a1", rel="prev-archive"),
        "/a1": page("e1", then="feed", rel="current"),
    }
    report, _ = run(tmp_path, f"{server}/feed")

    assert report is not None
    assert report.found == 2


def test_a_complete_feed_goes_nowhere(server: str, tmp_path: Path) -> None:
    whole = '<c:complete xmlns:c="http://purl.org/syndication/history/1.0"/>'
    Handler.pages = {"/feed": page("e2", then="a1", extra=whole)}
    run(tmp_path, f"{server}/feed")

    assert Handler.asked == ["/feed"]


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ({"/feed": page("a", then="feed")}, "to a page that was read already"),
        (
            {"/feed": page("a", then="x"), "/x": page("a", then="y"), "/y": page("a", then="z")},
            "after a page with nothing new",
        ),
        ({"/feed": page("a", then="gone")}, "the server answered 404 Not Found"),
        ({"/feed": page("a", then="ftp://x.example/2")}, "goes on at ftp://x.example/2"),
        ({"/feed": page("a", then="x"), "/x": "<p>Hello"}, "where no page can be read"),
    ],
)
def test_a_feed_that_leads_nowhere_ends_and_is_told(
    server: str, tmp_path: Path, pages: dict[str, str], told: str
) -> None:
    Handler.pages = pages
    report, lines = run(tmp_path, f"{server}/feed")

    assert report is not None
    assert [line for line in lines if "goes on at" in line and told in line]
    assert len(Handler.asked) <= 2


def test_pages_without_end_have_one(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST", 4)
    Handler.pages = {f"/{n}": page(f"e{n}", then=f"/{n + 1}") for n in range(20)}
    report, told = run(tmp_path, f"{server}/0")

    assert report is not None
    assert (report.found, len(Handler.asked)) == (4, 4)
    assert f"4 pages were read; the feed goes on at {server}/4" in told[0]


def test_a_saved_page_says_where_the_feed_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(page("e9", then="https://ferry.example/feed?p=2"))
    _, told = run(tmp_path, str(file))

    assert told == [
        f"{file}: warning: this file is one page of a feed that goes on at "
        "https://ferry.example/feed?p=2"
    ]


MOVED = (
    '<i:new-feed-url xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd">'
    "https://new.example/ferry</i:new-feed-url>"
)
SELF = '<atom:link rel="self" href="{}"/>'


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (MOVED, True),
        (MOVED + SELF.format("https://old.example/ferry"), True),
        (MOVED + SELF.format("http://new.example/ferry/"), False),
        (MOVED.replace("https://new.example/ferry", "soon"), False),
    ],
)
def test_a_feed_that_moved_names_its_new_address(
    tmp_path: Path, extra: str, expected: bool
) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(page("e1", extra=extra))
    _, told = run(tmp_path, str(file))

    assert any("moved" in line and "https://new.example/ferry" in line for line in told) is expected


def test_a_feed_that_breaks_off_is_told_and_then_refused(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    whole = page("e2", "e1")
    file.write_text(whole[: whole.index("<item><title>e1")] + "<item><title>e1</ti")
    report, told = run(tmp_path, str(file))

    assert report is not None
    assert [line for line in told if "warning: the feed breaks off" in line]
    file.write_text(whole)
    assert run(tmp_path, str(file))[0] is not None
    file.write_text(page("e3", "e2", "e1").removesuffix("</channel></rss>"))
    report, told = run(tmp_path, str(file))
    assert report is None
    assert [line for line in told if "error: the feed breaks off" in line]


@pytest.mark.parametrize("end", ["</rss>", "</rss>\n<!-- cached <item> -->", "</rss >\n"])
def test_a_feed_with_its_end_is_whole_however_it_is_broken_inside(end: str) -> None:
    problems = Problems()
    broken = page("e1").replace("<description>", "<description>&nope; ")
    reading = importers.read(broken.replace("</rss>", end).encode(), "feed.xml", problems)

    assert reading is not None
    assert reading.whole
