# ruff: noqa: E501
"""Transcripts in the forms tools write: every word once, with its time and its speaker."""

import itertools
import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.files.output import Outputs
from backlist.parse import transcript, transcript_html
from backlist.parse.transcript import Cue, attributed
from backlist.parse.transcript.clean_html import clean_html
from tests.conftest import MakeSite, built, episode

YOUTUBE = """\
WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.000 align:start position:0%
\x20
sand<00:00:00.960><c> falls</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
sand falls
\x20

00:00:02.010 --> 00:00:04.000 align:start position:0%
sand falls
bells&nbsp;<00:00:03.000><c>ring</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
bells ring
\x20

00:00:04.010 --> 00:00:06.000 align:start position:0%
bells ring
and<00:00:05.000><c> ring</c>
"""
YOUTUBE_SRT = """\
1
00:00:00,160 --> 00:00:02,000
sand falls

2
00:00:02,000 --> 00:00:02,010
sand falls

3
00:00:02,010 --> 00:00:04,000
sand falls
bells ring

4
00:00:04,000 --> 00:00:06,000
bells ring
and ring
"""
GROWING = """\
WEBVTT

00:00.000 --> 00:01.000
sand

00:01.000 --> 00:02.000
sand falls

00:02.000 --> 00:03.000
sand falls
bells

00:03.000 --> 00:04.000
bells ring
"""
OTTER = """\
Ada Lind  0:02\x20\x20
Sand falls.

Bo Kern  1:09:05\x20\x20
Bells ring.
And ring.

Unknown Speaker  1:15:00
Where?

Transcribed by https://otter.ai
"""
WHISPER = "[00:00.000 --> 00:04.000]  Sand falls.\n[01:15.500 --> 01:18.000]  Bells ring.\n"
CHANGELOG = """\
---
title: Not said
---
# Part one

**Ada Lind:** Sand *falls*.

**Bo Kern:** \\[00:04:19.13\\] Bells
ring.

## Part two

**Ada Lind:** The [end](https://a.example).
"""
PODLOVE = json.dumps(
    [
        {"start": "00:00:00.500", "start_ms": 500, "end": "00:00:04.000", "end_ms": 4000}
        | {"speaker": "1", "voice": "Ada Lind", "text": "Sand falls."},
        {"start": "01:10:00.000", "start_ms": 4200000, "end": "01:10:02.000", "end_ms": 4202000}
        | {"speaker": "2", "text": "Bells ring."},
    ]
)
WHISPERX = json.dumps(
    {
        "segments": [
            {"start": 0.5, "end": 4, "text": " Sand falls.", "words": [], "speaker": "SPEAKER_00"},
            {"start": 75.25, "end": 78, "text": " Bells ring.", "words": []},
        ],
        "language": "en",
    }
)
WHISPER_CPP = json.dumps(
    {
        "transcription": [
            {"timestamps": {"from": "00:00:00,500", "to": "00:00:04,000"}, "text": " Sand falls."},
            {"timestamps": {"from": "00:01:15,250", "to": "00:01:18,000"}, "text": " Bells ring."},
        ]
    }
)
TTML = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
 xmlns:podcasts="http://podcasts.apple.com/transcript-ttml-internal"><head><metadata>
<ttm:agent type="person" xml:id="S1"><ttm:name type="full">Ada Lind</ttm:name></ttm:agent>
</metadata></head><body><div>
<p begin="0.5" end="4.000" ttm:agent="S1"><span podcasts:unit="sentence"><span
 podcasts:unit="word">Sand</span><span podcasts:unit="word">falls.</span></span></p>
<p begin="00:01:15.250" end="78s" ttm:agent="S2">Bells <span>ring.</span></p>
</div></body></tt>
"""
SAND, BELLS = "Sand falls.", "Bells ring."


@pytest.mark.parametrize(
    ("name", "text", "cues"),
    [
        ("a.vtt", YOUTUBE, [(0.16, "sand falls"), (2.01, "bells ring"), (4.01, "and ring")]),
        ("a.srt", YOUTUBE_SRT, [(0.16, "sand falls"), (2.01, "bells ring"), (4.0, "and ring")]),
        ("a.vtt", GROWING, [(0.0, "sand"), (1.0, "falls"), (2.0, "bells"), (3.0, "ring")]),
        ("a.txt", WHISPER, [(0.0, SAND), (75.5, BELLS)]),
        ("a.txt", WHISPER.replace("[", "").replace("]", ""), [(0.0, SAND), (75.5, BELLS)]),
        ("a.tsv", f"start\tend\ttext\n0\t4000\t{SAND}\n75500\t78000\t{BELLS}\n", [(0.0, SAND), (75.5, BELLS)]),
        ("a.txt", f"0.000000\t4.000000\t{SAND}\n75.500000\t78.000000\t{BELLS}\n", [(0.0, SAND), (75.5, BELLS)]),
        ("a.txt", f"00:00:00\t{SAND}\n00:01:15.5\t{BELLS}\n", [(0.0, SAND), (75.5, BELLS)]),
        ("a.txt", f"0:00\n{SAND}\n1:15.5\n{BELLS}\n", [(0.0, SAND), (75.5, BELLS)]),
        ("a.txt", f"[00:00:00]\n\n{SAND}\n\n[00:01:15.5]\n\n{BELLS}\n", [(0.0, SAND), (75.5, BELLS)]),
        ("a.txt", f"[0:00] Thank You\n[1:15] {BELLS}\n", [(0.0, "Thank You"), (75.0, BELLS)]),
        ("a.json", WHISPER_CPP, [(0.5, SAND), (75.25, BELLS)]),
        ("a.txt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{SAND}\n", [(1.0, SAND)]),
        ("a.txt", f"1\n00:00:01,000 --> 00:00:02,000\n{SAND}\n", [(1.0, SAND)]),
        ("a.vtt", f"WEBVTT\n00:01.000 --> 00:02.000\n{SAND}\n00:02,500 --> 00:03,000\n{BELLS}", [(1.0, SAND), (2.5, BELLS)]),
        ("a.vtt", f"00:01.000 --> 00:02.000 line:84%\n{SAND}\nNOTE this too\n", [(1.0, f"{SAND} NOTE this too")]),
        ("a.vtt", f"WEBVTT\n\n1:00:01.0-->1:00:02.0\n{SAND}\n", [(3601.0, SAND)]),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.\n", [(1.0, "Yes."), (2.0, "Yes.")]),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\na <T> b\n \nand c\n", [(1.0, "a <T> b and c")]),
    ],
)  # fmt: skip
def test_words_and_times_are_read(name: str, text: str, cues: list[tuple[float, str]]) -> None:
    found = transcript.read(name, text)

    assert [(cue.start, cue.text) for cue in attributed(found.cues)] == cues
    assert found.faults == ()


ADA, BO = (0.5, "Ada Lind", SAND), (75.25, "Bo Kern", BELLS)


@pytest.mark.parametrize(
    ("name", "text", "turns"),
    [
        ("a.json", PODLOVE, [ADA, (4200.0, "Speaker 2", BELLS)]),
        ("a.json", json.dumps({"transcripts": json.loads(PODLOVE)}), [ADA, (4200.0, "Speaker 2", BELLS)]),
        ("a.json", WHISPERX, [(0.5, "SPEAKER_00", SAND), (75.25, None, BELLS)]),
        ("a.ttml", TTML, [ADA, (75.25, "S2", BELLS)]),
        ("a.srt", f"1\n00:00:00,500 --> 00:00:01,000\nСпикер №1: {SAND}\n\n2\n00:01:15,250 --> 00:01:16,000\nСпикер №2: {BELLS}\n", [(0.5, "Спикер №1", SAND), (75.25, "Спикер №2", BELLS)]),
        ("a.srt", f"1\n00:00:00,500 --> 00:00:01,000\n[SPEAKER_00]: {SAND}\n\n2\n00:01:15,250 --> 00:01:16,000\n[SPEAKER_01]: {BELLS}\n", [(0.5, "SPEAKER_00", SAND), (75.25, "SPEAKER_01", BELLS)]),
        ("a.txt", f"[00:00.5] [Speaker 1] {SAND}\n[01:15.25] [Speaker 2] {BELLS}\n", [(0.5, "Speaker 1", SAND), (75.25, "Speaker 2", BELLS)]),
        ("a.txt", f"[00:00.5] #1: {SAND}\n[01:15.25] #2: {BELLS}\n", [(0.5, "#1", SAND), (75.25, "#2", BELLS)]),
        ("a.txt", f"[00:00.5] [Ada Lind] {SAND}\n[01:15.25] [Bo Kern] {BELLS}\n", [ADA, BO]),
        ("a.vtt", f"WEBVTT\n\n00:00.500 --> 00:01.000\n<Speaker 1> {SAND}\n", [(0.5, "Speaker 1", SAND)]),
        ("a.txt", f"Ada Lind  0:00.5\n{SAND}\n\nBo Kern  1:15.25\n{BELLS}\n", [ADA, BO]),
        ("a.txt", f"[0.50s -> 1.00s]  Ada Lind: {SAND}\n[75.25s -> 76.00s]  Bo Kern: {BELLS}\n", [ADA, BO]),
        ("a.txt", f"[0.50 - 1.00] SPEAKER_00: {SAND}\n[75.25 - 76.00] SPEAKER_01: {BELLS}\n", [(0.5, "SPEAKER_00", SAND), (75.25, "SPEAKER_01", BELLS)]),
        ("a.txt", f"[Ada Lind] [0:00.5]\n{SAND}\n[Bo Kern] [1:15.25]\n{BELLS}\n", [ADA, BO]),
        ("a.txt", f"Ada: {SAND}\nBo: {BELLS}\nAda: End.\n", [(None, "Ada", SAND), (None, "Bo", BELLS), (None, "Ada", "End.")]),
        ("a.md", f"**Ada:** {SAND}\n\n**Bo:** {BELLS}\n", [(None, "Ada", SAND), (None, "Bo", BELLS)]),
        ("a.srt", f"1\n00:00:00,500 --> 00:00:01,000\n>> ADA: {SAND}\n\n2\n00:01:15,250 --> 00:01:16,000\n>> BO: {BELLS}\n", [(0.5, "ADA", SAND), (75.25, "BO", BELLS)]),
        ("a.txt", f"SPEAKER_00 00:00:00.5\n{SAND}\n\nSPEAKER_01 01:01:15.25\n{BELLS}\n", [(0.5, "SPEAKER_00", SAND), (3675.25, "SPEAKER_01", BELLS)]),
        ("a.txt", f"Ada Lind (0:00.5):\n{SAND}\n\nBo Kern (1:15.25):\n{BELLS}\n", [ADA, BO]),
        ("a.txt", f"Ada Lind (0:00.5): {SAND}\nBo Kern (1:15.25): {BELLS}\n", [ADA, BO]),
        ("a.txt", f"Ada Lind: [0:00.5] {SAND}\nBo Kern: [1:15.25] {BELLS}\n", [ADA, BO]),
        ("a.txt", f"[0:00.5] Ada Lind: {SAND}\n[1:15.25] Bo Kern: {BELLS}\n", [ADA, BO]),
        ("a.txt", f"[0:00.5] - Ada Lind\n{SAND}\n\n[1:15.25] - Bo Kern\n{BELLS}\n", [ADA, BO]),
        ("a.txt", f"0:00.5 Ada Lind:\n{SAND}\n1:15.25 Bo Kern:\n{BELLS}\n", [ADA, BO]),
        ("a.md", f"### Ada Lind [0:00.5]\n{SAND}\n\n### Bo Kern [1:15.25]\n{BELLS}\n", [ADA, BO]),
        ("a.md", f"**Ada Lind** [0:00.5]\n\n{SAND}\n\n**Bo Kern** [1:15.25]\n\n{BELLS}\n", [ADA, BO]),
        ("a.txt", f"Ada Lind\t0:00.5\t{SAND}\nBo Kern\t1:15.25\t{BELLS}\n", [ADA, BO]),
        ("a.html", f"<p><b>Ada Lind</b> (0:00.5): {SAND}</p><p><b>Bo Kern</b> (1:15.25): {BELLS}</p>", [ADA, BO]),
        ("a.html", f"<p><b>Ada Lind</b> 0:00.5</p><p>{SAND}</p><p>Bo Kern 1:15.25</p><p>{BELLS}</p>", [ADA, BO]),
        ("a.html", f"<cite>Ada Lind:</cite><time>0:00.5</time><p>{SAND}</p><cite>Bo Kern:</cite><time>1:15.25</time><p>{BELLS}", [ADA, BO]),
        ("a.md", CHANGELOG, [(None, None, "Part one"), (None, "Ada Lind", "Sand falls."), (259.13, "Bo Kern", "Bells"), (None, None, "ring."), (None, None, "Part two"), (None, "Ada Lind", "The end.")]),
    ],
)  # fmt: skip
def test_speakers_are_read(
    name: str, text: str, turns: list[tuple[float | None, str | None, str]]
) -> None:
    found = transcript.read(name, text)

    assert [(cue.start, cue.speaker, cue.text) for cue in attributed(found.cues)] == turns
    assert found.faults == ()


def test_an_otter_export_has_its_times_speakers_and_paragraphs() -> None:
    found = transcript.read("a.txt", OTTER)

    assert [(one.start, one.speaker, one.text) for one in found.cues] == [
        (2.0, "Ada Lind", "Sand falls."),
        (4145.0, "Bo Kern", "Bells ring."),
        (None, None, "And ring."),
        (4500.0, "Unknown Speaker", "Where?"),
        (None, None, "Transcribed by https://otter.ai"),
    ]
    assert transcript_html.to_markdown(found) == (
        "[0:02] **Ada Lind** Sand falls.\n\n[1:09:05] **Bo Kern** Bells ring. And ring.\n\n"
        "[1:15:00] **Unknown Speaker** Where?\n\nTranscribed by https://otter.ai"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[music] So it begins.",
        "[Applause] Thank you.\n[Applause] Thank you all.",
        "(Laughter) He said: nothing.",
        "We meet at 12:30",
        "Note: wet paint",
        "See https://a.example: it is there.",
    ],
)
def test_what_is_no_name_stays_among_the_words(text: str) -> None:
    found = transcript.read("a.txt", f"{text}\nand so on\nand on\nand on\n")

    assert all(cue.speaker is None for cue in attributed(found.cues))
    assert found.words.startswith(text.partition("\n")[0])


def test_headings_and_blank_lines_stay_paragraphs() -> None:
    text = "One line\ngoes on.\nStill the first.\n\nThe second\nhere\n"
    page = (
        "<h2>Part &lt;one&gt;</h2><p>Ada: Sand.</p><p>Ada: More<br>sand.</p><h3>Two</h3><p>End.</p>"
    )

    assert transcript_html.to_markdown(transcript.read("a.txt", text)) == (
        "One line goes on. Still the first.\n\nThe second here"
    )
    broken = transcript.read("a.html", "<p>One<br>line.<br><br>Two.<br/> <br/>Three</p>")
    assert transcript_html.to_markdown(broken) == "One line.\n\nTwo.\n\nThree"
    html = transcript_html.to_html(transcript.read("a.html", page))
    assert '<h3 id="said-1">Part &lt;one&gt;</h3>' in html
    assert html.count("<p>") == 3
    assert html.count("<h3") == 2


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("<p>I read <cite>Moby-Dick</cite> twice.</p>", [(None, "I read Moby-Dick twice.")]),
        ("<p>At <time>12:30</time> we met.</p>", [(None, "At 12:30 we met.")]),
        ("<p><time>Yesterday</time> we met.</p>", [(None, "Yesterday we met.")]),
        ("<cite>Ada:</cite><p>Sand.</p><cite>Bo:</cite>", [("Ada", "Sand."), (None, "Bo:")]),
        ("<cite>Ada:</cite> Sand. <cite>Bo:</cite> Bell.", [("Ada", "Sand."), ("Bo", "Bell.")]),
        ("<p><cite>Ada<p>Sand.</p>", [("Ada", "Sand.")]),
        ("<cite>Ada:</cite><cite>Bo:</cite><p>Sand.</p>", [(None, "Ada:"), ("Bo", "Sand.")]),
        ("0:09<br><cite>Ada:</cite> Sand.", [("Ada", "Sand.")]),
        ("Ada Lind  0:09<br><cite>Bo:</cite> Sand.", [(None, "Ada Lind 0:09"), ("Bo", "Sand.")]),
        ("<cite>Ada:</cite><p>0:09</p><p>Sand.</p>", [("Ada", "Sand.")]),
        ("<cite>Ada:</cite><p>0:09</p>", [(None, "Ada:")]),
        ("<cite>Ada:</cite><h2>Part</h2><p>Sand.</p>", [(None, "Part"), ("Ada", "Sand.")]),
        ("<cite>Ada:</cite><h2>Part</h2>", [(None, "Part"), (None, "Ada:")]),
    ],
)
def test_what_marks_up_prose_is_no_speaker_and_no_time(
    text: str, cues: list[tuple[str | None, str]]
) -> None:
    assert [(one.speaker, one.text) for one in transcript.read("a.html", text).cues] == cues


WORDS = [
    "{} {}\n", "\n", "\n\n", " \n", "{}: {}\n", "[{}] {}\n", "[0:05] {}\n", "{} {}  0:09\n", "0:09\n", "{}\t0:05\t{}\n",
    "0:05\t{}\n", "[0:05] - {}\n", "{} (0:05): {}\n", "# {}\n", "**{}:** {}\n", "{} {} [0:05]:\n", "1\t2\t{}\t{}\n",
    "start\tend\t{}\n", "\n00:02.000 --> 00:02.500\n", "<v {}>{}\n", "<b>{}</b> <T> {}\n", "12\n", "<p>{}</p>", "<br>{}",
    "<cite>{}:</cite>", "<time>0:05</time>", "<time>{}</time>", "<h2>{}</h2>", "<li>{} 0:05</li>", "a --> {}\n", "<div>", "</p>",
]  # fmt: skip


@given(
    st.sampled_from(["vtt", "srt", "html", "md", "txt", "tsv"]),
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.booleans(),
)
def test_no_word_is_lost(ending: str, pieces: list[str], capital: bool) -> None:
    """Every word of a file is said by somebody or names a speaker; in WebVTT a row may name a cue."""
    numbers = itertools.count(1)
    word = "Word" if capital else "word"
    text = "".join(re.sub(r"\{\}", lambda _: f"{word}{next(numbers)}x", one) for one in pieces)
    found = attributed(transcript.read(f"a.{ending}", text).cues)

    said = " ".join(f"{cue.speaker or ''} {cue.text}" for cue in found)
    shown = re.sub(r".*\n(?=00:02)", "", text)
    if ending in ("html", "md"):  # where what stands inside a tag is no word
        shown = re.sub("<v [^>]*>", "", shown)
    assert [one for one in re.findall(r"[Ww]ord\d+x", shown) if one not in said] == []


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi", ""),
        ("a.json", '{"segments": [{"startTime": 1, "body": "Hi"}]}', ""),
        ("a.txt", "Words only.", ""),
        ("a.html", "<p>Words</p>", ""),
        ("a.txt", WHISPER, "text with times"),
        ("a.json", PODLOVE, "Podlove's JSON"),
        ("a.json", WHISPERX, "WhisperX's JSON"),
        ("a.md", "Words", "Markdown"),
        ("a.ttml", TTML, "TTML"),
    ],
)
def test_forms_that_apps_do_not_read_are_named(name: str, text: str, form: str) -> None:
    assert transcript.read(name, text).form == form


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.vtt", f"WEBVTT\n\n{'1' * 400}:00.000 --> 00:02.000\nHi", 3),
        ("a.srt", f"1\n{'9' * 5000}:00:00,000 --> 00:00:02,000\nHi", 2),
        ("a.json", json.dumps([{"start": "9" * 400, "text": "Hi"}]), 0),
        ("a.json", json.dumps([{"start": "soon", "text": "Hi"}]), 0),
        ("a.ttml", "<tt><p>Hi</tt>", 1),
    ],
)
def test_times_beyond_reason_are_told_and_the_words_kept(name: str, text: str, line: int) -> None:
    found = transcript.read(name, text)

    assert [(one.line, len(one.message) < 150) for one in found.faults] == [(line, True)]
    assert found.words == ("" if name == "a.ttml" else "Hi")


def test_html_is_published_without_anything_that_runs_and_with_its_words() -> None:
    hostile = (
        "<html lang=de><head><title>Bells & <script>1</script></title><style>p{}</style></head>"
        "<body onload=run()><script>run()</script><p onclick=run() style=color:red>Sand <b>falls</b>"
        "<img src=x onerror=run()><iframe src=//a.example></iframe><svg onload=run()></svg>"
        "<a href='javascript:run()'>one</a> <a href=' https://a.example/?a=1&b=2'>two</a>"
        "<a href=/shop>three</a> <form action=/x><button>four</button></form>"
        "<math><mi xlink:href='data:x,<script>run()</script>'>five</math><cite>Ada:</cite> <time>0:05</time>"
    )
    page = clean_html(hostile.encode())

    for gone in (
        "<script",
        "run()",
        "onerror",
        "onload",
        "<img",
        "<iframe",
        "<svg",
        "style",
        "shop",
    ):
        assert gone not in page
    for kept in ("<b>falls</b>", "one", 'href="https://a.example/?a=1&amp;b=2"', "three", "four"):
        assert kept in page
    assert "<cite>Ada:</cite> <time>0:05</time>" in page
    assert "default-src 'none'" in page
    assert '<html lang="de">' in page
    assert transcript.read("a.html", page).words.startswith("Sand falls")


def test_what_an_html_transcript_is_published_without_is_told() -> None:
    found = transcript.read("a.html", "<p>Sand</p>\n<img src=a.png><iframe src=b></iframe>")
    deep = transcript.read("a.html", "<p>Sand</p>" + "<div>" * 3000 + "bells")

    assert [(one.line, one.message) for one in found.faults] == [
        (2, "has 2 pictures or frames, which a transcript is published without")
    ]
    assert "nested too deeply" in deep.faults[0].message


def published(
    site: MakeSite, name: str, data: str, more: str = "", **others: str
) -> tuple[Outputs, list[str], str]:
    """The files of a site whose episode names a transcript, what is said of it, and its page."""
    named = f"[{name}{more}]"
    record = episode("One", "a", guid="a", transcripts=named, audio="https://a.example/a.mp3")
    files = {name: data, **others}
    made, problems = built(
        site(
            {"content/episodes/a.md": record}
            | {f"content/transcripts/{one}": text for one, text in files.items()}
        )
    )
    assert made is not None
    told = [str(one) for one in problems if name in one.message or name in one.where.file]
    return made.outputs, told, made.outputs["episodes/a/index.html"].read().decode()


def test_an_html_transcript_is_published_clean(site: MakeSite) -> None:
    outputs, told, page = published(site, "bells.html", "<p>Sand<script>run()</script></p>")

    assert "<p>Sand</p>" in outputs["transcripts/bells.html"].read().decode()
    assert "run()" not in outputs["transcripts/bells.html"].read().decode()
    assert 'transcripts/bells.html" type="text/html"' in outputs["feed.xml"].read().decode()
    assert (told, "Sand" in page) == ([], True)


def test_xml_is_published_as_text(site: MakeSite) -> None:
    outputs, told, page = published(site, "bells.ttml", TTML)

    assert outputs["transcripts/bells.ttml.txt"].read().decode() == TTML
    assert "transcripts/bells.ttml" not in outputs
    assert 'transcripts/bells.ttml.txt" type="text/plain"' in outputs["feed.xml"].read().decode()
    assert 'class="speaker">Ada Lind<' in page
    assert len(told) == 1
    assert "form podcast apps do not read: bells.ttml (TTML)" in told[0]


def test_a_form_that_apps_do_not_read_is_no_news_where_they_have_another(site: MakeSite) -> None:
    told = published(site, "bells.md", "**Ada:** Sand.", ", https://a.example/a.vtt")[1]

    assert told == []


def test_a_pdf_is_published_and_linked_and_is_no_text(site: MakeSite) -> None:
    outputs, told, page = published(site, "bells.pdf", "%PDF-1.7")

    assert outputs["transcripts/bells.pdf"].read() == b"%PDF-1.7"
    assert 'transcripts/bells.pdf" type="application/pdf"' in outputs["feed.xml"].read().decode()
    assert 'transcripts/bells.pdf">PDF</a>' in page
    assert [one.split("\n")[0] for one in told] == [
        "content/episodes/a.md:5: info: bells.pdf is linked only: "
        "a `.pdf` file is not shown and not searched"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtt", "WEBVTT\n"),
        ("a.srt", ""),
        ("a.json", "[]"),
        ("a.json", '{"results": {"words": 3}}'),
    ],
)
def test_a_file_without_words_is_left_out_and_told(site: MakeSite, name: str, text: str) -> None:
    outputs, told, page = published(site, name, text)

    assert not [path for path in outputs if path.startswith("transcripts/")]
    assert "podcast:transcript" not in outputs["feed.xml"].read().decode()
    assert f"transcripts/{name}" not in page
    assert len(told) == 1
    assert "page and feed leave the file out" in told[0]


def test_the_next_file_is_shown_where_the_first_has_no_words(site: MakeSite) -> None:
    outputs, _, page = published(site, "a.vtt", "WEBVTT\n", ", b.txt", **{"b.txt": "Sand falls."})

    assert "Sand falls." in page
    assert "transcripts/b.txt" in outputs
    assert "transcripts/a.vtt" not in outputs


@pytest.mark.parametrize(
    "name", ["bells.svg", "bells.xhtml", "bells.xml", "bells.mht", "bells", "bells.HTMLX"]
)
def test_other_kinds_are_left_out_and_told(site: MakeSite, name: str) -> None:
    outputs, told, page = published(site, name, "<svg onload='run()'/>")

    assert not [path for path in outputs if path.startswith("transcripts/")]
    assert "podcast:transcript" not in outputs["feed.xml"].read().decode()
    assert f'transcripts/{name}"' not in page
    assert len(told) == 1
    assert told[0].startswith(f"content/episodes/a.md:5: warning: {name} is left out")


def test_html_that_is_not_utf_8_keeps_its_letters() -> None:
    assert "naïve" in clean_html("<p>naïve</p>".encode("cp1252"))


PIECES = [
    "<v ", "<v.a ", "<v Ada>hi ", "<", "<!--", "<![CDATA[", "{\\", "<b>", "<p>", "<div><b>", "<a href='",
    "&", "&#", "&amp;", "\\[", "[", "**", "*a ", "_", "`", "> ", "- ", "1. ", "<cite>", "<time>", "</p>",
    "Ada: ", "Ada Lind ", "[Speaker 1] ", "[0:00", "(0:00) ", "0:00 --> ", "a\t", "1\t", "00:01 --> 00:02\n",
    "00:01.000 --> 00:02.000\nsand falls\n\n", "00:01.000 --> 00:02.000\n<v ", " \n", "\n\n", ">> ", "#1 ",
    "<svg>", "<table>", "<b a=1>", "<x y=", "<title", "<html ", "<b>", "<i><p>", "<font size=1><p>", '{"start": "', '[{"text": "a"}, ', "A.",
]  # fmt: skip


@pytest.mark.parametrize("ending", ["vtt", "srt", "json", "html", "md", "txt", "tsv", "ttml"])
@pytest.mark.parametrize("piece", PIECES)
def test_every_reader_takes_time_that_grows_with_the_file(ending: str, piece: str) -> None:
    """Eight times the input takes eight times as long, with room for three times that; a square takes 64."""
    head = {"vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n", "ttml": "<tt><body><p begin='1s'>"}

    def cost(size: int) -> float:
        text = head.get(ending, "") + piece * size
        begun = time.process_time()
        found = transcript.read(f"a.{ending}", text)
        transcript_html.to_html(found)
        if ending == "html":
            clean_html(text.encode())
        return time.process_time() - begun

    # Python looks for what can be freed when it likes, but hardly three times in a row just here.
    assert any(cost(4_000) < 24 * max(cost(500), 0.002) for _ in range(3))


def test_a_cue_compares_by_what_it_says() -> None:
    assert Cue("a", 1.0) == Cue("a", 1.0)
    assert Cue("a", 1.0) != Cue("a", 1.0, opens=True)
