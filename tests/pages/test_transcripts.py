"""Cues become paragraphs a person reads, and every cue keeps its address."""

import html as html_text
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from backlist.parse import transcript_html
from backlist.parse.transcript import Cue, attributed, read
from backlist.parse.transcript_html import paragraphs
from tests.conftest import MakeSite, built, episode


def cues(*texts: str, every: float = 3.0) -> list[Cue]:
    return [Cue(text, n * every, (n + 1) * every) for n, text in enumerate(texts)]


def said(found: list[Cue]) -> list[tuple[str, str]]:
    return [(one.speaker, " ".join(c.text for _, c in one.cues)) for one in paragraphs(found)]


def test_a_new_speaker_begins_a_paragraph_and_is_named_once() -> None:
    found = [Cue("A.", 0, 1, "Ada"), Cue("B.", 1, 2, "Ada"), Cue("C.", 2, 3, "Bo"), Cue("D.", 3, 4)]

    assert said(found) == [("Ada", "A. B."), ("Bo", "C. D.")]


def test_a_pause_and_a_long_stretch_begin_a_paragraph() -> None:
    long = " ".join(["word"] * 30)

    assert said([Cue("A.", 0, 1), Cue("B.", 5, 6)]) == [("", "A."), ("", "B.")]
    assert [len(text.split()) for _, text in said(cues(*[f"{long}."] * 4))] == [60, 60]
    assert [len(text.split()) for _, text in said(cues(*[long] * 7))] == [180, 30]


def test_lines_without_times_are_joined_to_sentences() -> None:
    assert said([Cue("One line"), Cue("goes on."), Cue("Another.")]) == [
        ("", "One line goes on."),
        ("", "Another."),
    ]


@pytest.mark.parametrize(
    ("texts", "speakers"),
    [
        (["Ada: Hello", "Bo: Hi", "Ada: So", "Bo: Yes"], ["Ada", "Bo", "Ada", "Bo"]),
        (["Ada Lind: Hello", "and so on", ">> Bo Ode: Hi"], ["Ada Lind", None, "Bo Ode"]),
        (["SPEAKER 1: Hello", "SPEAKER 1: Hi"], ["SPEAKER 1", "SPEAKER 1"]),
        (["Warning: wet paint", "and so on"], [None, None]),
        (["that is: one", "that is: two"], [None, None]),
        (["At 10:30 we met", "At 10:30 we left"], [None, None]),
    ],
)
def test_a_name_in_front_is_a_speaker(texts: list[str], speakers: list[str | None]) -> None:
    assert [cue.speaker for cue in attributed(cues(*texts))] == speakers


def test_marked_speakers_are_believed() -> None:
    given = [Cue("Note: one", 0, 1, "Ada"), Cue("Note: two", 1, 2, "Ada")]
    assert attributed(given) == tuple(given)


def test_addresses_are_seconds_and_stay_when_the_file_is_edited() -> None:
    vtt = (
        "WEBVTT\n\n00:01.000 --> 00:01.400\nA\n\n00:01.500 --> 00:02.000\nB\n\n"
        "01:00:04.500 --> 01:00:06.000\nC\n"
    )
    made = transcript_html.to_html(read("a.vtt", vtt))
    edited = transcript_html.to_html(
        read("a.vtt", vtt.replace("\nA\n", "\nA word more, and a\nline\n"))
    )

    assert re.findall(r'id="([^"]+)"', made) == ["t-1", "t-1-2", "t-3604"]
    assert re.findall(r'id="([^"]+)"', edited) == ["t-1", "t-1-2", "t-3604"]
    assert '<a class="time" href="#t-3604">1:00:04</a>' in made


@given(
    st.lists(
        st.tuples(st.text(min_size=1), st.floats(0, 9e4) | st.none(), st.text(max_size=9)),
        min_size=1,
    )
)
def test_whatever_is_said_is_on_the_page_once_and_is_no_markup(
    segments: list[tuple[str, float | None, str]],
) -> None:
    given = [{"body": body, "startTime": start, "speaker": who} for body, start, who in segments]
    script = read("a.json", json.dumps(given))
    made = str(transcript_html.to_html(script))
    if not script.cues:
        assert made == ""
        return

    assert set(re.findall(r"<(/?\w+)", made)) <= {"p", "/p", "a", "/a", "b", "/b", "span", "/span"}
    spoken = [
        html_text.unescape(one) for one in re.findall(r"<span id=[^>]*>(.*?)</span>", made, re.S)
    ]
    assert spoken == [cue.text for cue in attributed(script.cues)]
    idents = re.findall(r' id="([^"]+)"', made)
    assert len(idents) == len(set(idents))
    assert set(re.findall(r'href="#([^"]+)"', made)) <= set(idents)


def page(site: MakeSite, files: dict[str, str], path: str = "", **fields: str) -> html.HtmlElement:
    text = episode("A", "a", guid="a", date="2026-01-01", audio="https://a.example/a.mp3", **fields)
    named = {f"content/transcripts/{name}": text for name, text in files.items()}
    made, problems = built(site({"content/episodes/a.md": text, **named}))
    assert made is not None, list(problems)
    return html.document_fromstring(made.outputs[f"episodes/a/{path}index.html"].read().decode())


LINE = "Ada: A sentence of seven words in all.\n"
LONG = "".join(f"[{n // 60}:{n % 60:02}] {LINE}" for n in range(1500))


def test_a_long_transcript_has_a_page_of_its_own(site: MakeSite) -> None:
    episode_page = page(site, {"a.txt": LONG}, transcripts="[a.txt]")
    own = page(site, {"a.txt": LONG}, "transcript/", transcripts="[a.txt]")

    assert not episode_page.xpath("//*[@class='transcript-text']")
    assert episode_page.xpath("//a[@href='../../episodes/a/transcript/']")
    assert len(own.xpath("//*[@class='transcript-text']//span")) == 1500
    assert own.xpath("//a[@href='../../../episodes/a/']")
    assert own.xpath("//audio")
    made, _ = built(site({}))
    assert made is not None
    sitemap = made.outputs["sitemap.xml"].read().decode()
    assert "https://small.example/episodes/a/transcript/</loc>" in sitemap


def test_a_short_one_is_on_the_page_of_its_episode(site: MakeSite) -> None:
    shown = page(site, {"a.txt": LINE * 3, "b.vtt": "WEBVTT"}, transcripts="[a.txt]")

    assert (
        shown.xpath("string(//*[@class='transcript-text'])").count("A sentence of seven words") == 3
    )
    assert shown.xpath("//*[@id='transcript']/*/text()") == ["21 words"]
    assert shown.xpath("//p[contains(@class, 'files')]/a/@href") == ["../../transcripts/a.txt"]


def test_one_at_another_host_is_a_link(site: MakeSite) -> None:
    shown = page(site, {}, transcripts="[https://words.example/a?format=srt]")

    assert not shown.xpath("//*[@class='transcript-text']")
    [files] = shown.xpath("//p[contains(@class, 'files')]")
    assert files.xpath("a/@href") == ["https://words.example/a?format=srt"]
    assert "words.example" in files.text_content()


def test_a_transcript_in_another_language_says_so(site: MakeSite) -> None:
    files = {"a.txt": LINE}
    other = page(site, files, transcripts="[{url: a.txt, language: fa}]")
    same = page(site, files, transcripts="[{url: a.txt, language: EN}]")

    assert other.xpath("//*[@lang='fa' and @dir='rtl']/@class") == ["transcript-text"]
    assert not same.xpath("//body//*[@lang]")
