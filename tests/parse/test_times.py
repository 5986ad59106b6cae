"""Times are understood as people and tools write them, and nothing else is taken for one."""

import time
from collections.abc import Sequence

import pytest

from backlist.model.scalars import LONGEST, clock, seconds, timestamp
from backlist.parse import markdown, times
from backlist.parse.features import addresses

OWN = frozenset(
    addresses.key(one)
    for one in (
        "https://old.example/e7",
        "https://old.example/listen?episode=7",
        "https://sound.example/7.mp3",
        "https://www.youtube.com/watch?v=aBcDeFgHi-9",
        "https://overcast.fm/+AbC",
    )
)


def chapters(notes: str) -> list[str]:
    return [f"{row.start:g} {row.title}" for row in markdown.read(notes).chapters]


def moments(notes: str) -> list[str]:
    return markdown.read(notes, OWN).html.split('<a href="#t=')[1:]


def linked(notes: str) -> list[int]:
    return [int(one.partition('"')[0]) for one in moments(notes)]


BELLS = ["0 Sand", "200 Bells", "4545 Ropes"]


@pytest.mark.parametrize(
    "rows",
    [
        "0:00 Sand|3:20 Bells|75:45 Ropes",
        "00:00:00 Sand|00:03:20 Bells|01:15:45 Ropes",
        "0:00- Sand|3:20- Bells|75:45- Ropes",
        "0:00–Sand|3:20–Bells|75:45–Ropes",
        "0:00: Sand|3:20: Bells|75:45: Ropes",
        "[0:00] Sand|[3:20] Bells|[75:45] Ropes",
        "(0:00) Sand|(3:20) – Bells|(1:15:45) Ropes",
        "• [0:00] Sand|• [3:20] Bells|• [75:45] Ropes",
        "▶️ 0:00 Sand|▶️ 3:20 Bells|▶️ 75:45 Ropes",
        "[@0:00] Sand|[@3:20] Bells|[@75:45] Ropes",
        "@0:00 Sand|@3:20 Bells|@75:45 Ropes",
        "0:00 – 3:20 Sand|3:20 – 75:45 Bells|75:45 – 80:00 Ropes",
        "0:00-3:20 Sand|3:20-75:45: Bells|75:45-80:00 Ropes",
        "[0:00 --> 3:20] Sand|[3:20 --> 75:45] Bells|[75:45 --> 80:00] Ropes",
        "(0:00 bis 3:20) Sand|(3:20 bis 75:45) Bells|(75:45 bis 80:00) Ropes",
        "0:00 Sand 3:20|3:20 Bells – 75:45|75:45 Ropes",
        "0:00 / Sand|3:20 / Bells|75:45 / Ropes",
        "Sand 0:00|Bells 3:20|Ropes 75:45",
        "Sand (0:00)|Bells (3:20)|Ropes (75:45)",
        "Sand: 0:00|Bells – 3:20|Ropes … 75:45",
        "Chapters|(0:00)|Sand|(3:20)|Bells|(75:45)|Ropes",
        "0:00|Sand|3:20|Bells|75:45|Ropes",
        "00:00:00.000|Sand|00:03:20.000|Bells|01:15:45.000|Ropes",
        "Sand|0:00|Bells|3:20|Ropes|75:45",
        "00:00,000 Sand|03:20,000 Bells|01:15:45,000 Ropes",
        r"1\. 0:00 Sand|2\. 3:20 Bells|3\. 75:45 Ropes",
        "#1 0:00 Sand|#2 (3:20) Bells|#3 75:45 Ropes",
        "0:00 Sand 3:20 Bells 75:45 Ropes",
        "Chapters: 0:00 Sand, 3:20 Bells, 75:45 Ropes",
        "0:00 **Sand**|3:20 *Bells*|75:45 `Ropes`",
        "00：00 Sand|03：20 Bells|01：15：45 Ropes",
        "٠:٠٠ Sand|٣:٢٠ Bells|٧٥:٤٥ Ropes",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n- "])
def test_a_list_of_chapters_is_one_however_its_times_are_written(rows: str, between: str) -> None:
    notes = between.join(["", *rows.split("|")]).lstrip("\n")

    assert chapters(notes) == BELLS
    assert linked(notes) == [0, 200, 4545]


@pytest.mark.parametrize(
    "notes",
    [
        "## 0:00 Sand\n\nIt falls.\n\n## [3:20] Bells\n\nThey ring.\n\n## 75:45 - Ropes\n\nLong.",
        "## Sand (0:00)\n\nIt falls.\n\n## Bells – 3:20\n\nThey ring.\n\n## Ropes 75:45\n\nLong.",
        "| Time | Topic |\n| --- | --- |\n| 0:00 | Sand |\n| 3:20 | Bells |\n| 75:45 | Ropes |",
        "| Topic | Time |\n| --- | --- |\n| Sand | 0:00 |\n| Bells | 3:20 |\n| Ropes | 75:45 |",
    ],
)
def test_headings_and_rows_of_tables_with_times_are_chapters(notes: str) -> None:
    assert chapters(notes) == BELLS
    assert linked(notes) == [0, 200, 4545]


@pytest.mark.parametrize(
    "rows",
    [
        "Prelude 2:58|Fugue 4:12|Coda 3:30",  # lengths of tracks
        "Prelude 2:58|Fugue 3:12|Coda 3:30",  # that happen to go up
        "Genesis 1:26|Mark 12:30|Acts 17:28",  # verses
        "10:00 am Doors|11:30 am Talk|3:00 PM Tea",  # times of day
        "9 October: Talk (16:30)|8 October: Tea (17:00)|7 October: Walk (18:00)",
        "Score 3:1|Ratio 16:9|Odds 10:1",
        "1:2:3:4 Parts|1:2:3:5 Parts|1:2:3:6 Parts",
        "0:60 No|0:61 No|0:75 No",
        "1:75:30 No|1:76:30 No|1:77:30 No",
        "2001:15:42::61 Address|2001:15:43::61 Address|2001:15:44::61 Address",
        "At 0:00 sand fell, at 3:20 a bell rang, and at 75:45 we left.",
        "0:00|3:20|75:45",
        "|a|b|c|\n|-|-|-|\n|Sand|0:00|x|\n|Bells|3:20|y|\n|Ropes|9:45|z|",
    ],
)
def test_what_only_looks_like_a_list_of_chapters_is_none(rows: str) -> None:
    notes = rows if rows.startswith("|") else rows.replace("|", "\n")

    assert chapters(notes) == []
    assert linked(notes) == []


@pytest.mark.parametrize(
    ("notes", "starts"),
    [
        ("We come to it at [75:30].", [4530]),
        ("First [@0:39], then [1:02:03].", [39, 3723]),
        ("Sand [0:10–1:05] and bells [12:00 - 13:00]", [10, 720]),
        ("(00:45)", [45]),
        ("A guest\n(00:45)", [45]),
        ("Talk at the hall (19:30), all welcome", []),
        ("`[12:30]`", []),
        ("[12:99] [1:2] [12:30:99]", []),
        (f"[{'1' * 400}:30]", []),
    ],
)
def test_times_in_brackets_and_alone_are_links(notes: str, starts: list[int]) -> None:
    assert linked(notes) == starts


@pytest.mark.parametrize(
    "address",
    [
        "https://old.example/e7#t=12:30",
        "http://www.old.example/e7/#t=750",
        "https://old.example/e7?t=750",
        "https://old.example/e7?t=12m30s",
        "https://old.example/e7?t=0h12m30s",
        "https://old.example/e7#t=750,800",
        "https://old.example/e7#t=npt:0:12:30,0:13:00",
        "https://old.example/e7#t=12%3A30",
        "https://old.example/e7#12:30",
        "https://old.example/e7?seek=750&utm_source=x",
        "https://old.example/listen?t=750&episode=7",
        "https://sound.example/7.mp3#t=750",
        "https://youtu.be/aBcDeFgHi-9?t=750",
        "https://www.youtube.com/watch?v=aBcDeFgHi-9&t=750s",
        "https://www.youtube.com/watch?v=aBcDeFgHi-9&feature=share&start=750",
        "https://overcast.fm/+AbC/12:30",
        "#t=12:30",
        "?t=12m30s",
    ],
)
def test_links_to_a_moment_of_the_episode_at_its_old_host_seek_here(address: str) -> None:
    notes = f"Hear [how ropes are made]({address}) again."

    assert moments(notes) == ['750" class="time">how ropes are made</a> again.</p>']
    assert markdown.read(notes, OWN).links == ()


def test_a_time_that_links_to_the_episodes_own_page_seeks_even_if_the_address_has_none() -> None:
    assert linked("[12:30](https://old.example/e7)") == [750]
    assert linked("[the page](https://old.example/e7)") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://old.example/e8#t=12:30",
        "https://youtu.be/other?t=750",
        "https://old.example/e7#credits",
        "https://old.example/e7?t=soon",
        "https://old.example/listen?episode=8&t=750",
        f"https://old.example/e7?t={'9' * 400}",
    ],
)
def test_links_elsewhere_stay_what_they_are(address: str) -> None:
    notes = markdown.read(f"[12 minutes]({address})", OWN)

    assert notes.links == (address,)
    assert "#t=" not in notes.html or address in notes.html


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("4530", 4530),
        ("4530.5s", 4530.5),
        ("75:30", 4530),
        ("1:15:30", 4530),
        ("1h15m30s", 4530),
        ("1H15M", 4500),
        ("75m30", 4530),
        ("npt:10,20", 10),
        ("10,20", 10),
        (",20", 0),
        ("1h15x", None),
        ("", None),
        (",", None),
        ("1:2", None),
        ("smpte:0:10:00", None),
        ("9" * 400, None),
    ],
)
def test_a_time_in_an_address_is_read_or_it_is_none(said: str, meant: float | None) -> None:
    assert times.moment(said) == meant


@pytest.mark.parametrize("said", ["12:99", "1:75:30", "1" * 400, "9999:59:59", "1:2:3:4"])
def test_a_length_beyond_reason_is_an_error_that_quotes_its_beginning(said: str) -> None:
    with pytest.raises(ValueError, match="is") as told:
        timestamp(said)

    assert len(str(told.value)) < 150


def test_minutes_may_go_beyond_59() -> None:
    assert (seconds("75:30"), seconds("102:15"), clock(seconds("62:03"))) == (4530, 6135, "1:02:03")
    assert seconds(str(LONGEST)) == LONGEST


HOSTILE: Sequence[str] = [
    "0:00 ",
    "12:30",
    "[0:00] ",
    "[@0:",
    "(0:00)\n",
    "0:00 - 0:01 ",
    "0:00 a 1:00 b 2:00 c\n",
    "x 0:00\n",
    "1:1:1:",
    "[0:00](https://old.example/e7#t=",
    "… … ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_times_are_found_in_time_that_grows_with_the_text(piece: str) -> None:
    def cost(size: int) -> float:
        text = (piece * size).split("\n")
        begun = time.process_time()
        times.rows(text)
        times.moment_of(f"https://old.example/{piece * size}")
        return time.process_time() - begun

    small = max(min(cost(2_000) for _ in range(3)), 0.001)
    assert min(cost(16_000) for _ in range(3)) / small < 24


def test_a_title_above_its_time_is_never_given_the_next_time() -> None:
    """Read as times above titles, four of them would be three chapters, each one off."""
    assert chapters("Sand\n0:00\nBells\n3:20\nRopes\n75:45\nEnd\n80:00") == [*BELLS, "4800 End"]
