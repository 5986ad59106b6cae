"""Which description becomes the notes, and what the import says of the others."""

import pytest
from lxml import etree

from backlist.feed.reader.fields import Fields
from backlist.importers import descriptions
from backlist.problems import Problems, Where

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
NOTES = "<p>Ebb and flood, and why the harbour of Ost was filled with sand in four winters.</p>"


def choose(**said: str) -> tuple[str, str | None, list[str]]:
    names = {"encoded": "content:encoded", "summary": "itunes:summary", "sub": "itunes:subtitle"}
    inside = "".join(
        f"<{names.get(name, name)}><![CDATA[{text}]]></{names.get(name, name)}>"
        for name, text in said.items()
    )
    problems = Problems()
    item = etree.fromstring(f"<item {SPACES}>{inside}</item>")
    raw, summary = descriptions.choose(Fields(item, Where("f"), problems))
    return raw, summary, [problem.message for problem in problems]


def test_the_longer_description_becomes_the_notes() -> None:
    assert choose(description=NOTES, encoded="<p>Ebb and flood</p>") == (NOTES, None, [])
    assert choose(encoded="<p>Ebb</p>", summary=NOTES) == (NOTES, None, [])
    assert choose(sub="Ebb") == ("Ebb", None, [])
    assert choose() == ("", None, [])


def test_tags_do_not_make_a_description_longer() -> None:
    tagged = f'<p class="{"x" * 400}">Ebb</p>'

    assert choose(encoded=tagged, description=NOTES)[0] == NOTES


def test_a_plain_copy_gives_way_to_the_one_with_links() -> None:
    linked = '<p>See <a href="https://a.example">the map of the harbour</a></p>'

    assert choose(encoded=linked, description="See the map of the harbour https://a.example") == (
        linked, None, [],
    )  # fmt: skip


def test_a_short_one_that_says_something_else_becomes_the_summary_and_is_told() -> None:
    raw, summary, told = choose(encoded=NOTES, description="<p>A ship in a meadow, at last.</p>")

    assert (raw, summary) == (NOTES, "A ship in a meadow, at last.")
    assert told == [
        "`description` says something else than `content:encoded`, the notes: "
        '"A ship in a meadow, at last."'
    ]


def test_a_long_one_that_says_something_else_is_told() -> None:
    longest = " ".join(f"word{number}" for number in range(200))
    other = " ".join(f"talk{number}" for number in range(150))
    raw, summary, told = choose(encoded=longest, summary=other)

    assert (raw, summary, len(told)) == (longest, None, 1)


@pytest.mark.parametrize("short", ["Ebb and flood, and why the harbour of Ost was […]", "Ebb…"])
def test_an_excerpt_says_nothing_else(short: str) -> None:
    assert choose(encoded=NOTES, description=short) == (NOTES, None, [])


def test_links_that_only_a_shorter_description_has_are_told() -> None:
    linked = '<p>Ebb and flood, and why the <a href="https://a.example/ost">harbour</a> of Ost</p>'
    other = '<p>A ship in a meadow: <a href="https://b.example">see</a>.</p>'

    assert choose(encoded=linked, summary=NOTES)[2] == [
        "`itunes:summary` is longer than `content:encoded` and became the notes: "
        "1 link only there, such as https://a.example/ost"
    ]
    assert choose(encoded=NOTES, description=other)[2] == [
        "`description` says something else than `content:encoded`, the notes: "
        '"A ship in a meadow: see." (1 link only there, such as https://b.example)'
    ]
    assert (
        choose(encoded=linked, description="<p>Ebb <a href='https://c.example'>more</a></p>")[2]
        == []
    )
