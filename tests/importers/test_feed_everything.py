"""What a feed says is kept: as a key where records have one, else as it came."""

from pathlib import Path

import pytest

from backlist import importers
from backlist.importers import Reading
from backlist.model import Show, writable
from backlist.problems import Problems


@pytest.fixture
def reading(data: Path) -> tuple[Reading, list[str]]:
    problems = Problems()
    found = importers.read((data / "everything.xml").read_bytes(), "all.xml", problems)

    assert found is not None

    return found, [problem.message for problem in problems]


def test_the_channel_s_words_are_settings(reading: tuple[Reading, list[str]]) -> None:
    settings = reading[0].show.settings()

    assert settings == {
        "title": "Slack & Ebb",
        "description": "Two pilots talk.",
        "language": "en-GB",
        "categories": ["Society & Culture > Places & Travel"],
        "explicit": True,
        "type": "serial",
        "image": "https://ebb.example/cover.png",
        "owner": {"name": "ines@ebb.example", "email": "ines@ebb.example"},
        "copyright": "© Ines Marlow",
        "guid": "8a5c0b1e-0000-5000-8000-000000000001",
        "link": "https://ebb.example/",
        "people": [
            {
                "name": "Ada Brine",
                "role": "guest",
                "group": "writing",
                "url": "https://ada.example/",
                "image": "https://ebb.example/a.jpg",
            },
            "Ines Marlow",
        ],
        "funding": [
            {"url": "https://give.example/a", "text": "Give"},
            {"url": "https://give.example/b", "text": "Give more"},
        ],
        "locked": True,
        "medium": "audiobook",
        "license": {"name": "cc-by-4.0", "url": "https://cc.example/by"},
        "location": {"name": "Falmouth", "geo": "geo:50.1,-5.1", "osm": "R113314"},
        "txt": [{"text": "true", "purpose": "ai-content"}, {"text": "plain"}],
        "block": True,
        "complete": True,
        "feed_elements": [
            '<podcast:funding url="nowhere">Not an address</podcast:funding>',
            '<podcast:value type="lightning" method="keysend" suggested="0.00000005">\n'
            '  <podcast:valueRecipient name="Ada" type="node" address="02d5" split="99" '
            'customKey="7" customValue="x"/>\n'
            '  <podcast:valueRecipient name="Fee" type="node" address="03ae" split="1" '
            'fee="true"/>\n'
            '  <podcast:valueRecipient name="No split" type="node" address="03ae" split="half"/>\n'
            "</podcast:value>",
            "<googleplay:author>Ines Marlow</googleplay:author>",
            '<own:id xmlns:own="https://host.example/ns">7</own:id>',
        ],
    }
    assert Show.model_validate(settings)


def test_the_item_s_words_are_a_record(reading: tuple[Reading, list[str]]) -> None:
    episode = reading[0].drafts[0].record("slack-water", reading[0].show)

    assert writable(episode) == {
        "title": "Slack Water",
        "slug": "slack-water",
        "guid": "not-an-address",
        "date": "2026-03-20T06:30:00+01:00",
        "audio": {
            "url": "https://audio.example/1?x=1&y=2",
            "type": "audio/ogg",
            "length": 12345,
            "duration": "1:02:03",
        },
        "season": 3,
        "number": 4,
        "explicit": False,
        "people": [{"name": "Old Spelling", "role": "guest"}],
        "transcripts": [
            {
                "url": "https://t.example/1",
                "type": "application/x-subrip",
                "language": "en",
                "captions": True,
            },
            "https://t.example/1.vtt",
        ],
        "chapters": [
            {"start": "0:00", "title": "First"},
            {
                "start": "1:00.500",
                "title": "Second",
                "url": "https://c.example/",
                "image": "https://c.example/2.jpg",
            },
        ],
        "chapters_url": "https://t.example/1.json",
        "soundbites": [{"start": "1:13", "duration": "1:00", "title": "The bell"}],
        "license": {"name": "all rights reserved"},
        "location": {"name": "Penzance"},
        "value": [
            {
                "type": "lightning",
                "method": "keysend",
                "recipients": [{"type": "node", "address": "1", "split": 1}],
            }
        ],
        "feed_elements": [
            '<podcast:alternateEnclosure type="audio/mpeg" length="99">\n'
            '  <podcast:source uri="https://audio.example/1.mp3"/>\n'
            "</podcast:alternateEnclosure>",
            '<podcast:season name="The Third"/>',
            '<podcast:episode display="Ch. 4"/>',
            "<itunes:author>Nobody in particular</itunes:author>",
            '<podcast:transcript url="file.srt" type="application/srt"/>',
            '<own:id xmlns:own="https://host.example/ns">8</own:id>',
        ],
    }
    assert episode.body == "Unescaped [notes](https://ebb.example/notes) & **more**."


def test_the_raw_record_has_everything_and_what_is_kept_as_it_came_is_counted(
    reading: tuple[Reading, list[str]],
) -> None:
    raw = reading[0].drafts[0].raw

    assert raw["guid@ispermalink"] == "true"
    assert raw["enclosure[2]@url"] == "https://audio.example/1.mp3"
    assert raw["itunes:author"] == "Nobody in particular"
    assert raw["podcast:value/podcast:valueRecipient@address"] == "1"
    assert raw["psc:chapters/psc:chapter[3]@start"] == "soon"
    assert reading[0].show.raw["own:id"] == "7"
    assert "lastBuildDate" not in reading[0].show.raw
    assert reading[0].carried[:2] == (("own:id", 2), ("googleplay:author", 1))
    assert sum(count for _, count in reading[0].carried) == 10


def test_what_is_said_wrongly_is_told(reading: tuple[Reading, list[str]]) -> None:
    assert sorted(reading[1]) == [
        "1 link without a full address: `/notes`",
        "a `podcast:funding` is not as its specification says; kept as it came",
        'a `psc:chapter` has no readable start: "soon"',
        'a transcript has no web address: "file.srt"',
        "the guid is marked as an address but is not one; published without the mark",
        "the item has 2 files; `https://audio.example/1?x=1&y=2` is its audio",
    ]
