"""The codec: what is written reads back the same, and faults name their line."""

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist import content
from backlist.model import Audio, Episode, Person, Source, VisualizationRef, writable
from backlist.model.scalars import Moment, moment
from backlist.problems import Problems

# Everything YAML can carry; lone surrogates are no text, and importers remove them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
WORDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
URLS = st.from_regex(r"https?://[a-z]{1,8}\.example/[!-~]{0,30}", fullmatch=True)
MOMENTS = st.one_of(
    st.dates().map(lambda day: moment(day.isoformat())),
    st.datetimes(timezones=st.timezones()).map(lambda t: Moment(moment(t.isoformat()).instant)),
)
SOURCES = st.builds(
    Source,
    title=st.none() | LINE,
    authors=st.none() | LINE,
    year=st.none() | LINE,
    url=st.none() | URLS,
    role=st.sampled_from(["subject", "cited"]),
)
EPISODES = st.builds(
    Episode,
    title=LINE,
    slug=WORDS,
    guid=st.none() | LINE,
    permalink=st.booleans(),
    date=st.none() | MOMENTS,
    order=st.none() | st.integers(1, 99),
    audio=st.none()
    | st.builds(
        Audio,
        url=URLS,
        length=st.none() | st.integers(0, 10**10),
        duration=st.none() | st.integers(0, 10**5),
    ),
    people=st.lists(st.builds(Person, name=LINE), max_size=3).map(tuple),
    topics=st.lists(LINE, max_size=3).map(tuple),
    visualizations=st.lists(
        st.builds(VisualizationRef, id=st.none() | WORDS, title=LINE), max_size=2
    ).map(tuple),
    sources=st.lists(SOURCES, max_size=4).map(tuple),
    summary=st.none() | TEXT,
    body=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(
        lambda t: t.strip()
    ),
)


@given(EPISODES)
def test_a_record_written_and_read_is_the_same(episode: Episode) -> None:
    problems = Problems()
    text = content.dump_markdown(writable(episode), episode.body)

    document = content.parse_markdown(text, "a.md", problems)

    assert document is not None, list(problems)
    assert content.read(Episode, document, problems, body=document.body) == episode


@given(
    st.dictionaries(
        WORDS,
        st.recursive(
            TEXT,
            lambda inner: st.lists(inner, min_size=1) | st.dictionaries(WORDS, inner, min_size=1),
            max_leaves=6,
        ),
    )
)
def test_any_text_survives_yaml(data: dict[str, Any]) -> None:
    problems = Problems()

    document = content.parse_yaml(content.dump_yaml(data), "a.yaml", problems)

    assert document is not None, list(problems)
    assert document.data == data


@pytest.mark.parametrize("scalar", ["42:10", "no", "010", "1e3", "2026-03-18", "0x10", "yes"])
def test_a_scalar_stays_what_was_typed(scalar: str) -> None:
    document = content.parse_yaml(f"key: {scalar}", "a.yaml", Problems())

    assert document is not None
    assert document.data == {"key": scalar}


def faults(text: str) -> list[str]:
    problems = Problems()
    document = content.parse_markdown(dedent(text), "a.md", problems)
    if document:
        content.read(Episode, document, problems, body=document.body)
    return [str(problem) for problem in problems]


def test_every_fault_of_a_record_is_told_at_its_line() -> None:
    assert faults("""\
        ---
        titel: x
        slug: x
        audio:
          url: htt
          duration: 1h 2
          lenth: 3
        sources:
          - url: http://a.example/c
            yer: 3
        ---
        """) == [
        "a.md:2: error: `title` is missing\n  add a line `title: …`",
        "a.md:2: error: unknown key `titel`\n  did you mean `title`?",
        'a.md:5: error: `audio.url` is not a web address: "htt"\n'
        "  write the full address, starting with https://",
        'a.md:6: error: `audio.duration` is not a duration: "1h 2"\n'
        "  write it as 1:02:03, 62:03 or 3723 (seconds)",
        "a.md:7: error: unknown key `audio.lenth`\n  did you mean `length`?",
        "a.md:10: error: unknown key `sources[1].yer`\n  did you mean `year`?",
    ]


def test_a_repeated_key_is_an_error_that_names_both_lines() -> None:
    assert faults("---\ntitle: x\nslug: x\ntitle: y\n---\n") == [
        "a.md:4: error: `title` is written twice\n  keep one of them; the first is on line 2"
    ]


@pytest.mark.parametrize("value", ["&all [*all]", "&all {in: *all}", "[" * 900 + "]" * 900])
def test_what_has_no_end_is_told(value: str) -> None:
    assert faults(f"---\ntitle: x\ntopics: {value}\n---\n") == [
        "a.md:2: error: contains a list or mapping that is nested too deeply, or in itself\n"
        "  write it without nesting, and without `&` and `*`"
    ]


def test_the_line_of_the_body_is_known() -> None:
    document = content.parse_markdown("---\ntitle: x\n---\n\n\nBody\n", "a.md", Problems())

    assert document is not None
    assert (document.body, document.body_line) == ("Body", 6)


BEFORE = """\
---
title: T  # keep me
# about the place
season: 1
sources:
  - title: S
# the last word
slug: t
---

Body
"""


def test_amending_touches_only_the_lines_of_the_field() -> None:
    after = content.amend(BEFORE, {"season": None, "guid": "g: 1", "sources": [{"title": "New"}]})

    assert (
        after
        == """\
---
title: T  # keep me
# about the place
sources:
  - title: New
# the last word
slug: t
guid: 'g: 1'
---

Body
"""
    )


def test_replacing_the_body_keeps_the_front_matter() -> None:
    after = content.replace_body(BEFORE, "Other\n")

    assert after == BEFORE.replace("Body", "Other")


def test_yaml_without_a_fence_is_amended_by_the_line_too() -> None:
    before = "# mine\r\ntitle: A   # short\r\nworks:\r\n  - one\r\nheight: 700"

    after = content.amend_yaml(before, {"title": "B", "works": None, "url": "https://b.example/"})

    assert after == "# mine\ntitle: B\nheight: 700\nurl: https://b.example/\n"
    assert content.amend_yaml("", {"title": "B"}) == "title: B\n"
