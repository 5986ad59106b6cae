"""A feed can neither reach the network nor grow: every attack here ends in a sentence."""

import time
from pathlib import Path
from typing import Any

import pytest

from backlist import importers
from backlist.feed.reader import xml
from backlist.problems import Problems

LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
BLOWN = f'<!ENTITY q "{"x" * 15_000}">'


def feed(declared: str, title: str, attribute: str = "", after: str = "") -> bytes:
    return (
        f"<!DOCTYPE rss [{declared}]><rss><channel><title>S</title>"
        f'<item x="{attribute}"><title>{title}</title></item>{after}</channel></rss>'
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        feed(LAUGHS, "&a11;"),
        feed(LAUGHS, "T", "&a11;"),
        feed(LAUGHS, "T", "&a11;", after="<unclosed>"),
        feed(BLOWN, "&q;" * 100_000),
        feed(BLOWN, "T", "&q;" * 100_000),
        feed('<!ENTITY a "&b;"><!ENTITY b "&a;">', "T", "&a;"),
    ],
    ids=["laughs", "in an attribute", "and broken", "quadratic", "in an attribute too", "loop"],
)
def test_entities_that_multiply_are_refused(content: bytes) -> None:
    problems = Problems()
    start = time.process_time()

    assert importers.read(content, "feed.xml", problems) is None
    assert [problem.message for problem in problems] == [
        "the feed declares nested entities; it was not read"
    ]
    assert time.process_time() - start < 5


@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "x"'])
def test_nothing_outside_is_read(tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOKEN")
    problems = Problems()
    reading = importers.read(
        feed(f'<!ENTITY x {kind} "{secret.as_uri()}">', "a&x;b"), "f", problems
    )

    assert reading is not None
    assert "TOKEN" not in repr(reading)
    assert [problem.message for problem in problems] == [
        "the feed declares its own entities; they are ignored"
    ]


def test_a_dtd_elsewhere_is_not_asked_for() -> None:
    content = b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item><title>T'
    content += b"</title></item></channel></rss>"
    problems = Problems()

    assert importers.read(content, "f", problems) is not None
    assert problems.found == []


def test_an_inclusion_is_only_an_element(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOKEN")
    content = (
        '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>T</title>'
        f'<description><xi:include href="{secret.as_uri()}" parse="text"/></description>'
        "</item></channel></rss>"
    )

    assert "TOKEN" not in repr(importers.read(content.encode(), "f", Problems()))


def test_names_of_html_characters_are_read_as_html() -> None:
    content = b"<rss><channel><item><title>Caf&eacute;&nbsp;1<![CDATA[&eacute;]]></title></item>"
    problems = Problems()
    reading = importers.read(content + b"</channel></rss>", "f", problems)

    assert reading is not None
    assert reading.drafts[0].title == "Café 1é"
    assert problems.found[0].message == (
        "the feed uses HTML entities that XML does not define; read as HTML"
    )


def test_a_deep_feed_is_read_as_far_as_it_is_sound() -> None:
    content = b"<rss><channel><item><title>T</title></item>" + b"<a>" * 5000
    problems = Problems()
    reading = importers.read(content, "f", problems)

    assert reading is not None
    assert [draft.title for draft in reading.drafts] == ["T"]
    assert problems.found


class Counted(bytes):
    """Bytes that count how many of them have been looked at for an end."""

    looked = 0

    def find(self, *arguments: Any) -> int:
        found = super().find(*arguments)
        Counted.looked += (len(self) if found < 0 else found) - arguments[1]
        return found


@pytest.mark.parametrize("opened", [b"<!--", b"<![CDATA[", b"<!--<![CDATA[", b"<!-- --><![CDATA["])
def test_sections_that_never_end_are_looked_through_once(opened: bytes) -> None:
    looked = []
    for times in (1000, 2000):
        Counted.looked = 0
        body = Counted(b"<rss>" + opened * times)
        pieces = list(xml._split_unread(body))
        assert b"".join(text + unread for text, unread in pieces) == body
        looked.append(Counted.looked)

    assert looked[1] <= 2 * looked[0] + 100


@pytest.mark.parametrize(
    ("written", "left"),
    [
        *((sign, "ab") for sign in ("\x01", "\x1b", "&#1;", "&#x8;", "&#0;", "&#xD800;")),
        *((sign, "ab") for sign in ("&#x110000;", "<![CDATA[&#1;]]>")),
        ("&#9731;", "a☃b"),
    ],
)
def test_characters_that_xml_forbids_are_left_out_and_told(written: str, left: str) -> None:
    problems = Problems()
    data = (
        f"<rss><channel><title>S</title>\n<item><title>a{written}b</title></item></channel></rss>"
    )
    reading = importers.read(data.encode(), "feed.xml", problems)

    assert reading is not None
    assert [draft.title for draft in reading.drafts] == [left]
    assert bool(problems.found) is (left == "ab")


@pytest.mark.parametrize("sign", ["\x01", "&#1;", "&#x1B;", "&#0;"])
@pytest.mark.parametrize("field", ["description", "guid", "link", "category", "x:y"])
def test_controls_in_any_field_reach_no_record(sign: str, field: str) -> None:
    problems = Problems()
    html = f"<![CDATA[<p>From 0:30 a{sign}b <a href='https://x.example/{sign}'>c</a></p>]]>"
    data = (
        f'<rss xmlns:x="urn:x"><channel><title>S</title><description>{html}</description>'
        f"<item><title>T</title><{field}>{html}</{field}></item></channel></rss>"
    )
    reading = importers.read(data.encode(), "feed.xml", problems)

    assert reading is not None
    (draft,) = reading.drafts
    told = " ".join([draft.title, draft.body, *draft.topics, *draft.feed_elements])
    assert not set(told) & set(map(chr, range(9)))
    assert "\x1b" not in told
    assert problems.found
