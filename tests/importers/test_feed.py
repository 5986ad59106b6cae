import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nh3
import pytest
import yaml

from backlist import importers
from backlist.importers import Draft, Reading, markup, notes
from backlist.model import writable
from backlist.parse import markdown
from backlist.problems import Level, Problems
from tests.importers.test_notes_property import links_in, shown_of


def read_feed(content: str | bytes, name: str = "feed.xml") -> tuple[Reading, Problems]:
    problems = Problems()
    content = content.encode() if isinstance(content, str) else content
    reading = importers.read(content, name, problems)

    assert reading is not None, [str(problem) for problem in problems]

    return reading, problems


def item(inside: str, channel: str = "") -> tuple[Draft, list[str]]:
    reading, problems = read_feed(
        '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>S</title>'
        f"{channel}\n<item><title>T</title>{inside}</item></channel></rss>"
    )
    return reading.drafts[0], [str(problem).split("\n")[0] for problem in problems]


def test_a_feed_and_what_it_means(data: Path) -> None:
    """The pair beside each other: `feed.xml` and `feed.expected.yaml`."""
    reading, problems = read_feed((data / "feed.xml").read_bytes())
    episodes = [draft.record(f"e{n}", reading.show) for n, draft in enumerate(reading.drafts)]
    meant = {
        "show": reading.show.settings(),
        "episodes": [
            writable(episode) | ({"body": episode.body} if episode.body else {})
            for episode in episodes
        ],
        "told": [str(problem).split("\n")[0] for problem in problems],
    }

    assert yaml.safe_load((data / "feed.expected.yaml").read_text()) == meant


def test_the_raw_record_is_kept(data: Path) -> None:
    reading, _ = read_feed((data / "feed.xml").read_bytes())
    raw = reading.drafts[0].raw

    assert " pad-01 " == raw["guid"] == reading.drafts[0].guid
    assert raw["itunes:duration"] == "42:10"
    assert raw["enclosure@length"] == "0"
    assert raw["content:encoded"].startswith("<p>Read the")


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        ("Fri, 20 Mar 2026 06:30:00 +0100", "2026-03-20T06:30:00+01:00", False),
        ("Mon, 20 Mar 2026 06:30:00 PDT", "2026-03-20T06:30:00-07:00", False),
        ("12 August 2012 10:00:00 EST", "2012-08-12T10:00:00-05:00", False),
        ("20 Mar 2026 06:30:00 CEST", "2026-03-20T06:30:00+02:00", False),
        ("20 Mar 2026 06:30:00 XYZ", "2026-03-20T06:30:00+00:00", True),
        ("2026-03-20T06:30:00Z", "2026-03-20T06:30:00+00:00", False),
        ("2026-03-20", "2026-03-20", False),
        ("\n 20 Mar 2026\n 06:30:00 -0000 ", "2026-03-20T06:30:00+00:00", False),
        ("next week", "None", True),
        ("32 Mar 2026 06:30:00 GMT", "None", True),
    ],
)
def test_publication_dates(said: str, expected: str, told: bool) -> None:
    draft, problems = item(f"<pubDate>{said}</pubDate>")

    assert (expected, told) == (str(draft.date), bool(problems))


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        ("754", 754, False),
        ("12:34", 754, False),
        ("1:02:03", 3723, False),
        ("754.5", 754, False),
        ("", None, False),
        ("0", None, False),
        ("1h 2m", None, True),
    ],
)
def test_durations(said: str, expected: int | None, told: bool) -> None:
    draft, problems = item(
        f'<enclosure url="https://a.example/1.mp3"/><itunes:duration>{said}</itunes:duration>'
    )

    assert draft.audio is not None
    assert (expected, told) == (draft.audio.duration, bool(problems))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("true", True),
        ("Yes", True),
        ("1", True),
        ("explicit", True),
        ("no", False),
        ("clean", False),
        ("", None),
    ],
)
def test_explicit(said: str, expected: bool | None) -> None:
    assert expected is item(f"<itunes:explicit>{said}</itunes:explicit>")[0].explicit


@pytest.mark.parametrize(
    ("guid", "expected"),
    [
        ("<guid>ab-1</guid>", ("ab-1", False)),
        ("<guid>https://a.example/1</guid>", ("https://a.example/1", True)),
        ('<guid isPermaLink="false">https://a.example/1</guid>', ("https://a.example/1", False)),
        ('<guid isPermaLink="true">ab-1</guid>', ("ab-1", True)),
        ("<guid> Ab-1\n</guid>", (" Ab-1\n", False)),
        ("<guid> </guid>", (None, False)),
        ("", (None, False)),
    ],
)
def test_guids_are_taken_byte_for_byte(guid: str, expected: tuple[str | None, bool]) -> None:
    draft, _ = item(guid)

    assert expected == (draft.guid, draft.permalink)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<enclosure url="/a.mp3"/>', 'the enclosure is not a web address: "/a.mp3"'),
        ('<enclosure url="https://a.example/1.mp3" length="5 MB"/>',
         'the enclosure\'s length is not a number of bytes: "5 MB"'),
        ("<itunes:season>S1</itunes:season>", 'the season is not a number from 1 up: "S1"'),
        ("<itunes:episode>-1</itunes:episode>", 'the episode is not a number from 1 up: "-1"'),
        ("<itunes:episodeType>rerun</itunes:episodeType>", 'unknown kind of episode: "rerun"'),
        ("<itunes:explicit>maybe</itunes:explicit>", 'explicit is neither yes nor no: "maybe"'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_warning_at_its_item(inside: str, expected: str) -> None:
    assert [f"feed.xml:2: warning: {expected}"] == item(inside)[1]


def test_the_fuller_description_is_read() -> None:
    draft, _ = item(
        "<description>Short.</description><content:encoded>Much longer.</content:encoded>"
    )

    assert draft.body == "Much longer."


def test_an_item_without_title_is_called_by_its_file() -> None:
    reading, problems = read_feed(
        '<rss><channel><item><enclosure url="https://a.example/one.mp3"/></item></channel></rss>'
    )

    assert reading.drafts[0].title == "one.mp3"
    assert [problem.message for problem in problems] == ["the item has no title; called `one.mp3`"]


def test_a_default_namespace_on_rss_is_seen_through() -> None:
    reading, _ = read_feed(
        '<rss xmlns="http://backend.example/rss2"><channel><title>S</title>'
        "<item><title>T</title></item></channel></rss>"
    )

    assert (reading.show.title, reading.drafts[0].title) == ("S", "T")


def test_a_broken_feed_is_read_and_its_faults_told() -> None:
    reading, problems = read_feed(
        "\n<rss><channel>\n<item><title>A &gtgt; B</title></item>\n<item><title>C</title></item>\n"
    )

    assert len(reading.drafts) == 2
    assert next(iter(problems)).where.line == 3
    assert [
        str(problem).split("\n")[0] for problem in problems if problem.level is Level.WARNING
    ] == [
        "feed.xml:3: warning: the feed is not well-formed: Entity 'gtgt' not defined",
        "feed.xml:5: warning: the feed breaks off: it does not end in `</rss>`",
    ]


def test_a_wrongly_declared_encoding_is_mended() -> None:
    reading, problems = read_feed(
        '<?xml version="1.0" encoding="utf-8"?><rss><channel><item><title>Café’s</title></item>'
        "</channel></rss>".encode("cp1252")
    )

    assert reading.drafts[0].title == "Café’s"
    assert [problem.message for problem in problems] == [
        "the feed is not in the encoding it declares; read as `cp1252`"
    ]


def test_a_feed_in_utf_16_is_read() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-16"?>'
        "<rss><channel><item><title>É</title></item></channel></rss>"
    )

    assert read_feed(text.encode("utf-16"))[0].drafts[0].title == "É"


def test_entities_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOKEN")
    reading, _ = read_feed(
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        "<rss><channel><item><title>T</title><description>&x;</description></item></channel></rss>"
    )

    assert "TOKEN" not in reading.drafts[0].body


@pytest.mark.long
def test_the_real_feeds(shared: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every item, guid and link of 57 feeds, as the bytes have them, and nothing lost of a note."""
    read = notes.read
    described: list[tuple[str, str, str | None]] = []

    def noting(raw: str, *others: Any, base: str | None, **how: Any) -> notes.Notes:
        found = read(raw, *others, base=base, **how)
        described.append((raw, shown_of(found), base))
        return found

    monkeypatch.setattr(notes, "read", noting)
    monkeypatch.setattr(markdown, "read", functools.cache(markdown.read))
    for path in sorted(shared("feeds").glob("*.xml")):
        content = path.read_bytes()
        described.clear()
        reading, problems = read_feed(content, path.name)
        whole = plain(content)
        shown = re.sub(rb"<!--.*?-->", b"", content, flags=re.DOTALL)

        assert len(re.findall(rb"<item[\s>]", shown)) == len(reading.drafts), path.name
        assert not problems.stop(), path.name
        for draft in reading.drafts:
            assert draft.guid is None or plain(draft.guid.encode()) in whole, path.name
            assert draft.losses == (), path.name
        assert len(described) == len(reading.drafts)
        for draft, (raw, html, base) in zip(reading.drafts, described, strict=True):
            if markup.has_tags(raw):
                missing = links_in(nh3.clean(raw), base) - links_in(html, base)
                assert not missing, f"{path.name}:{draft.line}"


def plain(content: bytes) -> bytes:
    return content.replace(b"&amp;", b"&")


def test_renamed_categories_get_the_names_of_today() -> None:
    reading, problems = read_feed(
        '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>S</title>'
        '<itunes:category text="Technology"><itunes:category text="Podcasting"/></itunes:category>'
        '<itunes:category text="Technology"><itunes:category text="Gadgets"/></itunes:category>'
        '<itunes:category text="Games &amp; Hobbies"><itunes:category text="Automotive"/>'
        '</itunes:category><itunes:category text="Society &amp; Culture">'
        '<itunes:category text="History"/></itunes:category>'
        '<itunes:category text="Science"><itunes:category text="Physics"/></itunes:category>'
        '<itunes:category text="Nobody knows"/><item><title>T</title></item></channel></rss>'
    )

    assert reading.show.categories == (
        "Technology",
        "Leisure > Automotive",
        "History",
        "Science > Physics",
        "Nobody knows",
    )
    told = [problem.message for problem in problems if "Apple calls" in problem.message]
    assert len(told) == 4
    assert "Apple calls the category `Technology > Podcasting` `Technology` today" in told[0]


LABELLED = """<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>The Pier</title><itunes:author>Harbour Press</itunes:author>{}</channel></rss>"""


def test_labels_are_topics_and_what_most_items_carry_is_named() -> None:
    items = [
        "<category>Episodes</category><category>Ropes</category>",
        "<category>episodes</category><itunes:keywords>knots, Ropes ,tide</itunes:keywords>",
        "<category>Episodes</category><category>Uncategorized</category>",
        "<itunes:keywords>pier harbour ropes knots tide gauges and more</itunes:keywords>",
    ]
    reading, problems = read_feed(LABELLED.format("".join(f"<item>{one}</item>" for one in items)))

    assert [draft.topics for draft in reading.drafts] == [
        ("Ropes",),
        ("knots", "Ropes", "tide"),
        (),
        (),
    ]
    assert reading.drafts[0].feed_elements == ("<category>Episodes</category>",)
    assert reading.drafts[1].feed_elements == (
        "<category>episodes</category>",
        "<itunes:keywords/>",
    )
    told = [problem for problem in problems if "are no topics" in problem.message]
    assert [problem.message.partition(": ")[2] for problem in told] == [
        "`episodes` (3), `uncategorized` (1)"
    ]


def test_contributors_and_creators_are_people_with_roles() -> None:
    items = [
        "<dc:creator>Ada Brine</dc:creator><dc:creator>harbour press</dc:creator>",
        "<atom:contributor><atom:name>Bo Quay</atom:name><atom:uri>https://bo.example/</atom:uri>"
        "</atom:contributor><podcast:person role='Guest'>Ada Brine</podcast:person>"
        "<dc:creator>ada brine</dc:creator>",
        "<dc:creator>post@press.example (Cy Weir)</dc:creator>",
        "<dc:creator>post@press.example</dc:creator>",
    ]
    host = "<podcast:person>Ines Marlow</podcast:person>"
    channel = host + "".join(f"<item>{one}</item>" for one in items)
    reading, _ = read_feed(LABELLED.format(channel))

    assert [
        [(person.name, person.role, person.url) for person in draft.people]
        for draft in reading.drafts
    ] == [
        [("Ines Marlow", "host", None), ("Ada Brine", "author", None)],
        [("Ada Brine", "guest", None), ("Bo Quay", "contributor", "https://bo.example/")],
        [("Ines Marlow", "host", None), ("Cy Weir", "author", None)],
        [],
    ]


@pytest.mark.parametrize(
    ("inside", "season", "number", "kept"),
    [
        ("<itunes:season>2</itunes:season><itunes:episode>3</itunes:episode>", 2, 3, ()),
        (
            "<itunes:episode>0</itunes:episode>",
            None,
            None,
            ("<podcast:episode>0</podcast:episode>",),
        ),
        ("<podcast:episode>4</podcast:episode>", None, 4, ()),
        (
            "<podcast:episode>4.5</podcast:episode><itunes:episode>4</itunes:episode>",
            None,
            4,
            ("<podcast:episode>4.5</podcast:episode>",),
        ),
        (
            '<podcast:season name="Spring">2</podcast:season>',
            2,
            None,
            ('<podcast:season name="Spring"/>',),
        ),
        ("<itunes:title>Clean</itunes:title>", None, None, ("<itunes:title>Clean</itunes:title>",)),
        ("<itunes:title>T</itunes:title>", None, None, ("<itunes:title/>",)),
    ],
)
def test_numbers_and_titles_of_two_namespaces(
    inside: str, season: int | None, number: int | None, kept: tuple[str, ...]
) -> None:
    reading, problems = read_feed(LABELLED.format(f"<item><title>T</title>{inside}</item>"))
    draft = reading.drafts[0]

    assert (draft.season, draft.number, draft.feed_elements) == (season, number, kept)
    assert [problem.message for problem in problems if "number" in problem.message] == []


def test_other_enclosures_are_other_recordings() -> None:
    draft, _ = item(
        '<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="5"/>'
        '<enclosure url="https://a.example/1.ogg" type="audio/ogg" length="4"/>'
    )

    assert draft.audio is not None and draft.audio.url == "https://a.example/1.mp3"
    assert draft.feed_elements == (
        '<podcast:alternateEnclosure type="audio/ogg" length="4">\n'
        '  <podcast:source uri="https://a.example/1.ogg"/>\n</podcast:alternateEnclosure>',
    )


def test_a_show_is_by_the_name_and_not_by_its_e_mail_address() -> None:
    reading, _ = read_feed(
        "<rss><channel><title>S</title><managingEditor>ada@s.example (Ada Brine)</managingEditor>"
        "<item><title>T</title></item></channel></rss>"
    )

    assert reading.show.author == "Ada Brine"
    assert reading.show.feed_elements == (
        "<managingEditor>ada@s.example (Ada Brine)</managingEditor>",
    )


def test_names_where_rss_wants_addresses_go_where_names_belong() -> None:
    reading, _ = read_feed(
        "<rss><channel><title>S</title><managingEditor>Ada Brine</managingEditor>"
        "<webMaster>web@s.example</webMaster><item><title>T</title><author>Bo Quay</author></item>"
        "</channel></rss>"
    )

    assert reading.show.feed_elements == (
        "<dc:creator>Ada Brine</dc:creator>",
        "<webMaster>web@s.example</webMaster>",
    )
    assert reading.drafts[0].feed_elements == ("<dc:creator>Bo Quay</dc:creator>",)
