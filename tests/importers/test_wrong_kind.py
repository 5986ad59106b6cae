"""What people hand over in place of a feed is called what it is, and the feed in it is named."""

import pytest

from backlist import importers
from backlist.problems import Problems

FEED = "https://lark.example/feed.xml"
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'


def refused(data: str | bytes, name: str = "given") -> str:
    problems = Problems()
    given = data.encode() if isinstance(data, str) else data

    assert importers.read(given, name, problems) is None
    (problem,) = [p for p in problems if p.level == 2]
    return str(problem)


@pytest.mark.parametrize(
    ("name", "head", "named"),
    [
        ("home.html", LINK.format(FEED), FEED),
        ("https://lark.example/show/", LINK.format("../feed.xml"), FEED),
        (
            "https://x.example/",
            f'<base href="https://lark.example/">{LINK.format("feed.xml")}',
            FEED,
        ),
        ("home.html", LINK.format("https://lark.example/comments/feed") + LINK.format(FEED), FEED),
        ("home.html", LINK.format(FEED).replace("rss+xml", "atom+xml"), FEED),
        ("home.html", f'<body><a href="{FEED}">RSS</a>', FEED),
    ],
)
def test_a_home_page_names_its_feed(name: str, head: str, named: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>Lark</title>{head}<h1>Lark</h1><p>Hello</html>"

    assert refused(page, name) == (
        f"{name}: error: the page shows no episode\n  import the feed it names: {named}"
    )


def test_xhtml_with_a_declaration_is_a_page_too() -> None:
    page = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head>{LINK.format(FEED)[:-1]}/></head><body><h1>Lark</h1></body></html>"
    )

    assert FEED in refused(page)


@pytest.mark.parametrize("sign", ["\x01", "\x08", "\x1b", "￾", "&#1;", "&#x1B;"])
def test_a_saved_page_may_hold_control_characters(sign: str) -> None:
    problems = Problems()
    page = f"<html><h1>La{sign}rk</h1>{sign}<div>{sign}x<p>4D AGO</p><h3>On{sign}e</h3>"
    reading = importers.read(page.encode(), "page.html", problems)

    assert reading is not None
    assert [draft.title for draft in reading.drafts] == ["One"]
    assert any("control character" in problem.message for problem in problems)


@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="UTF-8"?>\n'])
def test_opml_is_called_so(declaration: str) -> None:
    outlines = f'<outline text="a"><outline type="rss" xmlUrl="{FEED}"/></outline>'
    said = refused(f'{declaration}<opml version="2.0"><body>{outlines}</body></opml>')

    assert said == (
        f"given: error: is an OPML file, a list of 1 feed\n  import the feed of your show: {FEED}"
    )


def test_atom_is_called_so_and_names_rss_beside_it() -> None:
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{LINK.format(FEED)[:-1]}/></feed>'

    assert "is an Atom feed" in refused(atom)
    assert FEED in refused(atom)
    assert "in place of `atom`" in refused('<feed xmlns="http://www.w3.org/2005/Atom"/>')


def test_json_feed_is_called_so() -> None:
    said = refused(
        '{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://lark.example/"}'
    )

    assert "is a JSON Feed" in said
    assert "https://lark.example/" in said


@pytest.mark.parametrize(
    "data",
    [
        f"<redirect><newLocation>{FEED}</newLocation></redirect>",
        f'<?xml version="1.0"?>\n<redirect><newLocation> {FEED} </newLocation></redirect>',
        f'{{"resultCount": 1, "results": [{{"feedUrl": "{FEED}"}}]}}',
        f'<html><h1>Lark</h1><script>x = {{"feedUrl":"{FEED}"}}</script></html>',
    ],
)
def test_what_says_where_the_feed_is_has_it_named(data: str) -> None:
    assert refused(data).endswith(FEED)


@pytest.mark.parametrize(
    ("data", "called"),
    [
        (b"ID3\x04\0\0", "an MP3 file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\0\0\0\x20ftypM4A ", "an audio or video file"),
        (b"\x89PNG\r\n", "a picture"),
        (b'<?xml version="1.0"?><!-- x --><urlset/>', "a sitemap"),
        (b'{"a": 1}', "JSON"),
    ],
)
def test_other_files_are_called_what_they_are(data: bytes, called: str) -> None:
    assert f"is {called}" in refused(data)


def test_looking_at_the_beginning_takes_one_look() -> None:
    """An expression that tries every way to cut comments would never come back."""
    assert "neither" in refused(b"<!-- -->" * 2400 + b"<!")
