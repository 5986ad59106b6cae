"""Transcript files become cues and words; what cannot be read is told with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.parse import transcript
from backlist.parse.transcript import Cue, Fault
from tests.conftest import MakeSite, built, episode

VTT = """\
WEBVTT - A header
Kind: captions

NOTE Nobody says this.

STYLE
::cue { color: red }

first
00:01.000 --> 00:04.500 align:start
<v.loud Ada Lovelace>Engines &amp; <i>looms</i> <00:02.000>weave
<v Bob>Do they?

01:00:05.000 --> 01:00:06.000
Yes.
"""
SRT = """\
1
00:00:01,000 --> 00:00:02,500
{\\an8}Two owls
2
00:00:03,000 --> 00:00:04,000
and <b>a < b</b>

3

00:00:05,000 --> 00:00:06,000
Bob: The end
"""
JSON = """\
{"version": "1.0.0", "segments": [
  {"speaker": "Ada", "startTime": 0.5, "endTime": "2", "body": "Engines weave"},
  {"start": 2, "text": "so they do"}
]}
"""
HTML = """\
<html><head><title>Nobody says this</title></head><body>
<cite>Ada:</cite> <time>0:05</time>
<p>Engines <b>weave</b><br>algebra &amp; more</p><script>nothing()</script>
<cite>Bob:</cite><p>Do they?</p></body></html>
"""
TEXT = "[00:01:02] Two owls\n\nBob: a third\n"


@pytest.mark.parametrize(
    ("name", "text", "cues"),
    [
        (
            "a.vtt",
            VTT,
            (
                Cue("Engines & looms weave", 1.0, 4.5, "Ada Lovelace"),
                Cue("Do they?", 1.0, 4.5, "Bob"),
                Cue("Yes.", 3605.0, 3606.0),
            ),
        ),
        (
            "a.SRT",
            SRT.replace("\n", "\r\n"),
            (
                Cue("Two owls", 1.0, 2.5),
                Cue("and a < b", 3.0, 4.0),
                Cue("Bob: The end", 5.0, 6.0),
            ),
        ),
        ("a.json", JSON, (Cue("Engines weave", 0.5, 2.0, "Ada"), Cue("so they do", 2.0))),
        (
            "a.html",
            HTML,
            (
                Cue("Engines weave", 5.0, None, "Ada", opens=True),
                Cue("algebra & more", 5.0, None, "Ada"),
                Cue("Do they?", None, None, "Bob", opens=True),
            ),
        ),
        ("a.txt", TEXT, (Cue("Two owls", 62.0), Cue("Bob: a third", opens=True))),
        ("a.vtt", "\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", (Cue("Hi", 1.0, 2.0),)),
    ],
)
def test_every_format_gives_its_cues(name: str, text: str, cues: tuple[Cue, ...]) -> None:
    found = transcript.read(name, text)

    assert found.cues == cues
    assert found.faults == ()


def test_the_words_are_what_is_said_and_nothing_else() -> None:
    said = transcript.read("a.vtt", VTT).words

    assert said == "Engines & looms weave\nDo they?\nYes."


@pytest.mark.parametrize(
    ("name", "text", "words", "fault"),
    [
        ("a.vtt", "WEBVTT\n\n00:xx --> 3\nSaid", "Said", (3, "times that cannot be read: 00:xx")),
        ("a.srt", "1\n00:01 --> 00:02\nOne\n\ntwo", "One\ntwo", (5, "is outside any cue")),
        ("a.json", '{"a":\n ]', "", (2, "is not JSON: Expecting value")),
        ("a.json", "[" * 100_000, "", (0, "nested too deep")),
        ("a.json", '{"a": 1}', "", (1, "no list of `segments`")),
        ("a.json", '[{"body": "One"}, {"x": 1}]', "One", (0, "segment 2 has no text")),
        ("a.vtt", "", "", (0, "has no words")),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_kept(
    name: str, text: str, words: str, fault: tuple[int, str]
) -> None:
    found = transcript.read(name, text)

    assert found.words == words
    [told] = found.faults
    assert (told.line, fault[1] in told.message) == (fault[0], True), told
    assert isinstance(told, Fault)


MARKS = [
    "WEBVTT",
    "\n",
    "\n\n",
    "-->",
    "00:01",
    ":",
    "<v ",
    "<",
    ">",
    "&#",
    "{",
    "[",
    '"body":',
    "]",
]
ODD = ["<![", "<cite>", "<time>", "</", "1", "١", "\ud800", "\0", "word", "{\\", "}", "<!--"]
NAMED = ["\t", "**", "# ", "Ada Lind ", "0:09", "<p>", "<tt>", " - ", "#1: "]
PIECES = st.sampled_from([*MARKS, *ODD, *NAMED])


@given(
    st.sampled_from(["vtt", "srt", "json", "html", "txt", "md", "tsv", "ttml", ""]),
    st.lists(PIECES | st.text(max_size=5), max_size=30),
)
def test_nothing_raises(ending: str, pieces: list[str]) -> None:
    found = transcript.read(f"a.{ending}", "".join(pieces))

    assert found.cues or found.faults


def site_with(site: MakeSite, name: str, data: bytes) -> tuple[list[str], bool]:
    root = site(
        {
            f"content/transcripts/{name}": "",
            "content/episodes/a.md": episode("One", "a", transcripts=f"[{name}]"),
        }
    )
    (root / "content/transcripts" / name).write_bytes(data)
    made, problems = built(root)
    assert made is not None
    told = [str(one) for one in problems if "transcripts/" in one.where.file]
    return told, made.outputs[f"transcripts/{name}"].read() == data


def test_a_fault_is_a_warning_that_names_file_and_line(site: MakeSite) -> None:
    told, published = site_with(site, "a.vtt", b"WEBVTT\n\nloose\n\nmore\n\nthird\n\nfourth\n")

    assert published
    assert [one.split("\n")[0] for one in told] == [
        "content/transcripts/a.vtt:3: warning: is outside any cue: there are no times above it",
        "content/transcripts/a.vtt:5: warning: is outside any cue: there are no times above it",
        "content/transcripts/a.vtt:7: warning: is outside any cue: there are no times above it "
        "(and 1 more)",
    ]


def test_a_transcript_that_is_not_utf_8_is_told_and_published(site: MakeSite) -> None:
    told, published = site_with(site, "a.txt", b"One\nna\xefve\n")

    assert published
    assert told == [
        "content/transcripts/a.txt:2: warning: is not UTF-8 text; it was not read\n"
        "  save the file as UTF-8"
    ]
