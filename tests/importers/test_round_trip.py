"""What is imported, built, and imported from the built feed is the same archive."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backlist import content
from backlist.build import Options
from backlist.importers.run import import_sources
from backlist.model import Episode
from backlist.problems import Problems
from tests.conftest import built

titles = st.text(st.sampled_from("abc ÄéΩ日&<>'\"1:—"), min_size=1, max_size=20).filter(
    lambda text: any(map(str.isalnum, text)) and "&" not in text.replace("& ", "")
)
guids = st.text(st.sampled_from("abcXYZ019-_:/?&="), min_size=1, max_size=30)
dates = st.builds(
    lambda minutes, hours: (
        datetime(2020, 1, 1, tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
        + timedelta(minutes=minutes)
    ),
    st.integers(0, 3_000_000),
    st.integers(-11, 12),
)
optional_number = st.none() | st.integers(1, 400)
items = st.fixed_dictionaries(
    {
        "title": titles,
        "guid": guids,
        "permalink": st.sampled_from(["", ' isPermaLink="false"', ' isPermaLink="true"']),
        "date": dates,
        "type": st.sampled_from(
            [("mp3", "audio/mpeg"), ("m4a", "audio/x-m4a"), ("x", "audio/ogg")]
        ),
        "length": st.integers(0, 10**9),
        "duration": optional_number,
        "season": optional_number,
        "number": optional_number,
        "explicit": st.sampled_from(["", "yes", "false"]),
    }
)
feeds = st.lists(items, min_size=1, max_size=5, unique_by=lambda item: str(item["guid"]))


def write_feed(found: Sequence[dict[str, Any]]) -> str:
    return (
        '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>S</title>'
        "<description>D</description><itunes:explicit>no</itunes:explicit>"
        + "".join(map(_write_item, range(len(found)), found))
        + "</channel></rss>"
    )


def _write_item(place: int, item: dict[str, Any]) -> str:
    extension, kind = item["type"]
    said = {
        "duration": item["duration"],
        "season": item["season"],
        "episode": item["number"],
        "explicit": item["explicit"],
    }
    return (
        f"<item><title>{escape(item['title'])}</title>"
        f"<guid{item['permalink']}>{escape(item['guid'])}</guid>"
        f"<pubDate>{item['date']:%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        f'<enclosure url="https://a.example/{place}.{extension}?a=1&amp;b=2" type="{kind}" '
        f'length="{item["length"]}"/>'
        + "".join(
            f"<itunes:{name}>{value}</itunes:{name}>" for name, value in said.items() if value
        )
        + "<description>Words about it.</description></item>"
    )


def read_records(root: Path) -> dict[str, dict[str, Any]]:
    """The parts of every record that subscribers see, by guid."""
    found = {}
    for path in (root / "content/episodes").glob("*.md"):
        problems = Problems()
        document = content.parse_markdown(path.read_text("utf-8"), path.name, problems)
        assert document is not None
        episode = content.read(Episode, document, problems)
        assert episode is not None and episode.guid is not None, problems.found
        kept = {"title", "guid", "permalink", "date", "season", "number", "explicit", "type"}
        found[episode.guid] = episode.model_dump(include=kept) | {
            "audio": episode.audio and episode.audio.model_dump(exclude={"previous_urls"})
        }
    return found


def bring(root: Path, source: Path) -> dict[str, dict[str, Any]]:
    problems = Problems()

    assert import_sources(root, [str(source)], problems=problems) is not None, problems.found

    return read_records(root)


@settings(max_examples=25)
@given(feeds)
def test_import_build_import_gives_the_same_records(found: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "feed.xml").write_text(write_feed(found), "utf-8")
        first = bring(here / "one", here / "feed.xml")
        site, problems = built(here / "one", Options("https://ebb.example/"))

        assert site is not None, [str(problem) for problem in problems]
        assert first.keys() == {item["guid"] for item in found}

        (here / "own.xml").write_bytes(site.outputs["feed.xml"].read())

        assert bring(here / "two", here / "own.xml") == first


def test_every_item_keeps_its_guid_and_offset() -> None:
    item = {
        "title": "T",
        "guid": "Ab-1",
        "permalink": "",
        "date": datetime(2026, 3, 1, 6, 30, tzinfo=timezone(timedelta(hours=-5))),
        "type": ("mp3", "audio/mpeg"),
        "length": 5,
        "duration": 60,
        "season": None,
        "number": None,
        "explicit": "",
    }
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "feed.xml")
        source.write_text(write_feed([item]), "utf-8")
        records = bring(Path(folder, "site"), source)

    assert str(records["Ab-1"]["date"]) == "2026-03-01T06:30:00-05:00"
