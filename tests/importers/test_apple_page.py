from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from backlist import importers
from backlist.importers import Draft, Reading, ages
from backlist.importers.mentions import find_mentions
from backlist.model import VisualizationRef
from backlist.problems import Problems

SAVED = date(2026, 3, 22)


def read_page(path: Path, as_of: date | None = SAVED) -> tuple[Reading, Problems]:
    problems = Problems()
    reading = importers.read(path.read_bytes(), path.name, problems, as_of=as_of)

    assert reading is not None

    return reading, problems


def told(problems: Problems) -> list[str]:
    return [f"{problem.level}: {problem.message}" for problem in problems]


def without_place(draft: Draft) -> Draft:
    raw = {key: value for key, value in draft.raw.items() if key != "description"}
    return draft.model_copy(update={"line": 0, "raw": raw})


def test_a_page_saved_as_text_and_as_html_gives_equal_drafts(data: Path) -> None:
    as_text, _ = read_page(data / "page.txt")
    as_html, _ = read_page(data / "page.html")

    assert as_text.show == as_html.show
    assert [*map(without_place, as_text.drafts)] == [*map(without_place, as_html.drafts)]


@pytest.mark.parametrize("name", ["page.txt", "page.html"])
def test_a_page_shows_the_show_and_its_episodes(data: Path, name: str) -> None:
    reading, _ = read_page(data / name)
    first = reading.drafts[0]

    assert (reading.show.title, reading.show.author) == ("Tidal Notes", "Ines Marlow")
    assert [str(d.date) for d in reading.drafts] == ["2026-03-20", "2026-03-15", "2026-02-20"]
    assert [len(draft.sources) for draft in reading.drafts] == [5, 2, 0]
    assert first.title == "Slack Water: Tides & the 1.5 Metre Rule"
    assert (VisualizationRef(title="The Gauge"),) == first.visualizations
    assert (
        first.sources[1].url
    ) == "https://search.example.org/find?q=Part+3.+Next,+again+(and+again)"
    assert first.sources[2].url == "https://search.example.org/find?q=Is+it+deep?"


@pytest.mark.parametrize("name", ["page.txt", "page.html"])
def test_mentions_show_the_audio_address_of_an_episode_of_the_page(data: Path, name: str) -> None:
    reading, problems = read_page(data / name)

    assert [draft.audio and draft.audio.url for draft in reading.drafts] == [
        None,
        "https://audio.example.org/e/2026-03-01-ropes-aa11bb.mp3",
        "https://audio.example.org/e/2026-02-20-fog-signals-cc22dd.mp3",
    ]
    assert (
        "warning: host `audio.exampel.org` looks mistyped: the same file is on `audio.example.org`"
    ) in told(problems)
    assert sum("has its audio address from a mention" in line for line in told(problems)) == 2
    assert (
        reading.drafts[1].sources[1].url
    ) == "https://audio.exampel.org/e/2026-02-20-fog-signals-cc22dd.mp3"


def test_no_guid_and_no_date_is_made_up(data: Path) -> None:
    reading, problems = read_page(data / "page.txt", as_of=None)

    assert {None} == {draft.guid for draft in reading.drafts}
    assert [str(draft.date) for draft in reading.drafts] == ["None", "None", "2026-02-20"]
    assert "info: 2 of 3 episodes have an age and no date" in told(problems)
    assert [draft.age for draft in reading.drafts] == ["2D AGO", "1W AGO", "FEB 20, 2026"]


PAGE = """Show

Maker

  1. {age}

    One

    {text}

  2. 3MO AGO

    Two

    {more}
"""


def read_text(age: str = "1D AGO", text: str = "A.", more: str = "B.") -> tuple[Reading, Problems]:
    problems = Problems()
    words = PAGE.format(age=age, text=text, more=more)
    reading = importers.read(words.encode(), "p.txt", problems, as_of=SAVED)

    assert reading is not None

    return reading, problems


def test_two_files_for_one_title_give_no_audio_address() -> None:
    reading, problems = read_text(
        text="Sources: 1. https://x.example 2. Show: Two https://a.example/1.mp3",
        more="Sources: 1. https://x.example 2. Show: Two https://a.example/2.mp3",
    )

    assert reading.drafts[1].audio is None
    assert "warning: `Two` is mentioned with 2 files: `1.mp3`, `2.mp3`" in told(problems)


def test_an_age_that_names_no_day_stays_unknown() -> None:
    reading, problems = read_text()

    assert [str(draft.date) for draft in reading.drafts] == ["2026-03-21", "None"]
    assert "warning: `3MO AGO` names no day; the date stays unknown" in told(problems)


def test_sound_files_of_other_shows_are_no_mentions() -> None:
    reading, _ = read_text(text="Sources: 1. Other: Two https://b.example/2.mp3")

    assert find_mentions(reading) == ()


def test_a_title_is_cleaned_and_told() -> None:
    problems = Problems()
    words = "Show\n\nMaker\n\n1. TODAY\n\nEpisode: A &amp;amp; B\n\nText."
    reading = importers.read(words.encode(), "p.txt", problems, as_of=SAVED)

    assert reading is not None
    assert reading.drafts[0].title == "A & B"
    assert reading.drafts[0].raw["title"] == "Episode: A &amp;amp; B"
    assert told(problems)[1:] == [
        "info: the title was encoded twice; read as `Episode: A & B`",
        "info: `Episode: ` taken off the title `A & B`",
    ]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("4D AGO", "2026-03-18"),
        ("5 days ago", "2026-03-17"),
        ("3H AGO", "2026-03-22"),
        ("30H AGO", "2026-03-21"),
        ("12M AGO", "2026-03-22"),
        ("2W AGO", "2026-03-08"),
        ("2MO AGO", "None"),
        ("1Y AGO", "None"),
        ("YESTERDAY", "2026-03-21"),
        ("MAR 18", "2026-03-18"),
        ("DEC 30", "2025-12-30"),
        ("FEB 29", "None"),
        ("MAR 18, 2025", "2025-03-18"),
        ("March 18, 2026", "2026-03-18"),
        ("18 Mar 2026", "2026-03-18"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("2026-03-18", "2026-03-18"),
        ("FEB 31, 2026", "None"),
    ],
)
def test_ages(age: str, expected: str) -> None:
    assert ages.is_age(age)
    assert expected == str(ages.date_of(age, SAVED))


@pytest.mark.parametrize("words", ["Marching on", "4D", "In March 18 ships", "", "MAR", "May"])
def test_other_words_are_no_age(words: str) -> None:
    assert not ages.is_age(words)


def test_html_without_a_list_or_numbers_is_read() -> None:
    problems = Problems()
    html = (
        "<html><body><div>Menu</div><h1>Show</h1><div>Maker</div><div>What it is about, at length."
        "</div><div><span>MAR 18, 2026</span></div><div>One</div><div>Text <b>bold</b> &lt;i.</div>"
        "<div>MAR 17, 2026</div><div>Two</div><div>A.<br><br>B.</div><h2>Information</h2></body>"
    )
    reading = importers.read(html.encode(), "p.html", problems)

    assert reading is not None
    assert reading.show.description == "What it is about, at length."
    assert [(draft.title, draft.raw["description"]) for draft in reading.drafts] == [
        ("One", "Text bold <i."),
        ("Two", "A.\n\nB."),
    ]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", "a.txt: error: is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "a.txt: error: is empty"),
        ("a.mp3", b"ID3\0\0", "a.mp3: error: is an MP3 file, not a feed"),
        ("a.txt", b"Dear all", "a.txt: error: is neither a feed nor a directory page"),
        ("a.html", b"<html><h1>Hi</h1></html>", "a.html: error: the page shows no episode"),
        ("a.txt", b"S\n1. 4D AGO\n\xff", "a.txt:3: error: is not UTF-8 text"),
        ("a.xml", b"<rss><channel/></rss>", "a.xml: error: the feed has no `<item>`"),
        ("a.xml", b"<rss", "a.xml: error: is neither a feed nor a directory page"),
    ],
)
def test_what_cannot_be_read_is_one_error(name: str, content: bytes, expected: str) -> None:
    problems = Problems()

    assert importers.read(content, name, problems) is None
    assert [expected] == [str(problem).split("\n")[0] for problem in problems]
    assert all(problem.hint for problem in problems)


def test_the_real_page(shared: Callable[[str], Path]) -> None:
    reading, problems = read_page(shared("seed/apple-podcasts-page.txt"))
    listed = [source for draft in reading.drafts for source in draft.sources]
    mentions = find_mentions(reading)
    heard = {draft.audio.url.rsplit("/")[-1] for draft in reading.drafts if draft.audio}

    assert [len(draft.sources) for draft in reading.drafts] == [12, 14, 7, 16, 24, 27]
    assert [str(draft.date) for draft in reading.drafts] == ["2026-03-18"] * 5 + ["2026-03-16"]
    assert [draft.title for draft in reading.drafts] == [
        draft.visualizations[0].title for draft in reading.drafts
    ]
    assert (len(mentions), len({m.file for m in mentions}), len(heard)) == (28, 19, 3)
    assert sum("/scholar?q=" in (source.url or "") for source in listed) == 66
    assert sum((source.url or "").endswith(")") for source in listed) == 2
    assert sum((source.url or "").endswith("?") for source in listed) == 1
    assert [source.note for source in listed] == [None] * 100
    assert sum(bool(source.authors and source.year) for source in listed) == 90
    assert [p.where.line for p in problems if "looks mistyped" in p.message] == [25]
    assert not problems.stop()
