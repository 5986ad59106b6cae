"""Which file of an item is its recording; what plays, is read, or is only looked at."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist import importers
from backlist.cli import main
from backlist.importers import Draft
from backlist.problems import Problems

NAMESPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
HOST = "https://cast.example"


def feed(inside: str) -> bytes:
    return (
        f"<rss {NAMESPACES}><channel><title>Reef Notes</title><description>D</description>"
        f"<item><title>Tide</title><guid>tide-1</guid>{inside}</item></channel></rss>"
    ).encode()


def read(inside: str) -> tuple[Draft, list[str]]:
    problems = Problems()
    reading = importers.read(feed(inside), "feed.xml", problems)

    assert reading is not None
    return reading.drafts[0], [problem.message for problem in problems]


def enclosure(name: str, kind: str = "", length: str = "7") -> str:
    return f'<enclosure url="{HOST}/{name}" type="{kind}" length="{length}"/>'


def media(name: str, said: str) -> str:
    return f'<media:content url="{HOST}/{name}" {said}/>'


JPG = enclosure("a.jpg", "image/jpeg")
MP3 = enclosure("a.mp3", "audio/mpeg")
MP4 = enclosure("a.mp4", "video/mp4")
PDF = enclosure("a.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("inside", "name", "kind"),
    [
        (JPG + MP3, "a.mp3", "audio"),
        (MP4 + PDF + MP3, "a.mp3", "audio"),
        (JPG + PDF + MP4, "a.mp4", "video"),
        (PDF, "a.pdf", "document"),
        (enclosure("book.epub"), "book.epub", "document"),
        (enclosure("page", "text/html"), "page", "document"),
        (enclosure("play?id=1"), "play?id=1", "audio"),
        (enclosure("play?id=1", "video/webm"), "play?id=1", "video"),
        (enclosure("a.mp4", "audio/mp4"), "a.mp4", "audio"),
        (enclosure("a.mp3", "application/octet-stream"), "a.mp3", "audio"),
        (enclosure("live.m3u8", "application/x-mpegURL"), "live.m3u8", "video"),
        (JPG + media("b.mp3", 'type="audio/mpeg"'), "b.mp3", "audio"),
        (media("b.jpg", 'medium="image"') + media("b", 'medium="audio"'), "b", "audio"),
        (f"<media:group>{media('b.m4a', '')}</media:group>", "b.m4a", "audio"),
        (MP4 + media("b.mp3", 'type="audio/mpeg"'), "a.mp4", "video"),
    ],
)
def test_the_recording_is_the_file_that_is_one(inside: str, name: str, kind: str) -> None:
    draft, _ = read(inside)

    assert draft.audio is not None
    assert (draft.audio.url, draft.audio.kind) == (f"{HOST}/{name}", kind)


@pytest.mark.parametrize("inside", [JPG, enclosure("a.png", "audio/mpeg")])
def test_a_picture_is_never_the_recording_but_shown(inside: str) -> None:
    draft, told = read(inside)

    assert draft.audio is None
    assert draft.image is not None
    assert told == [f"an enclosure is a picture: `{draft.image}`"]


def test_further_files_are_told() -> None:
    problems = Problems()
    importers.read(feed(MP3 + MP4), "feed.xml", problems)

    assert [f"{p.message} {p.hint}" for p in problems] == [
        f"the item has 2 files; `{HOST}/a.mp3` is its audio "
        f"further recordings go out as `podcast:alternateEnclosure`: {HOST}/a.mp4"
    ]


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (enclosure("a.mp3", length="9" * 5000), "the enclosure's length is not a number"),
        (f"{MP3}<itunes:duration>{'9' * 400}</itunes:duration>", "the duration is not a duration"),
        (f"{MP3}<itunes:duration>{'9' * 5000}</itunes:duration>", "the duration is not a duration"),
        (f"{MP3}<itunes:duration>12:99</itunes:duration>", "the duration is not a duration"),
    ],
)
def test_numbers_beyond_reason_are_told_in_short(inside: str, message: str) -> None:
    draft, told = read(inside)

    assert draft.audio is not None
    assert (draft.audio.duration, draft.audio.length if "length" in message else None) == (
        None,
        None,
    )
    assert told[0].startswith(message)
    assert len(told[0]) < 200


def published(tmp_path: Path, inside: str) -> tuple[str, str]:
    """The episode's page and the feed of a site made of one item."""
    source, site = tmp_path / "feed.xml", tmp_path / "site"
    source.write_bytes(feed(inside))
    for arguments in (["init", str(site), "--from", str(source)], ["build", "--site", str(site)]):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
    page = (site / "build/episodes/tide/index.html").read_text("utf-8")
    return page, (site / "build/feed.xml").read_text("utf-8")


def test_a_film_is_seen(tmp_path: Path) -> None:
    page, rss = published(tmp_path, MP4)

    assert "<video controls" in page
    assert "<audio" not in page
    assert f'"{HOST}/a.mp4" length="7" type="video/mp4"' in rss


def test_a_document_is_linked_and_has_no_player(tmp_path: Path) -> None:
    page, rss = published(tmp_path, PDF)

    assert f'href="{HOST}/a.pdf" type="application/pdf">Open the document</a>' in page
    assert not {"<audio", "<video", "player.js", "og:audio"} & {
        word for word in ("<audio", "<video", "player.js", "og:audio") if word in page
    }
    assert f'"{HOST}/a.pdf" length="7" type="application/pdf"' in rss


def test_addresses_go_out_in_ascii(tmp_path: Path) -> None:
    odd = f"{enclosure('Ebbe & Flut/Über uns.mp3'.replace('&', '&amp;'), 'audio/mpeg')}"
    page, rss = published(tmp_path, odd)
    whole = f"{HOST}/Ebbe%20&amp;%20Flut/%C3%9Cber%20uns.mp3"

    assert f'<source src="{whole}"' in page
    assert f'<enclosure url="{whole}"' in rss
    assert "Über uns.mp3" not in page + rss
    checked = CliRunner().invoke(main, ["check", "--site", str(tmp_path / "site")]).output
    assert f"not in ASCII: {HOST}/Ebbe & Flut/Über uns.mp3\n  percent-encode it" in checked
