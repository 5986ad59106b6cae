"""The codec: what is written reads back the same, and faults name their line."""

import re
import string
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backlist import content
from backlist.content import documents, parse_yaml
from backlist.model import Audio, Episode, Person, Source, VisualizationRef, writable
from backlist.model.scalars import Moment, moment
from backlist.problems import Problems

# Everything YAML can carry; lone surrogates are no text, and importers remove them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SHOWN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)
LINE = SHOWN.map(lambda text: " ".join(text.split())).filter(bool)
WORD = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
WORDS = st.lists(WORD, min_size=1, max_size=4).map("-".join)
URLS = st.builds(
    "{}://{}.example/{}".format,
    st.sampled_from(["http", "https"]),
    st.text(string.ascii_lowercase, min_size=1, max_size=8),
    st.text(st.characters(min_codepoint=ord("!"), max_codepoint=ord("~")), max_size=30),
)
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
    summary=st.none() | SHOWN,
    body=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        max_size=60,
    ).map(lambda t: t.strip()),
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


QUOTED = "quote values that contain `: ` or `#`, or that begin with a symbol"


@pytest.mark.parametrize(
    ("front", "line", "hint"),
    [
        ("slug: x\ntitle: Tea: a memoir", 3, f'{QUOTED}: title: "Tea: a memoir"'),
        ("title: “Tea: a memoir”", 2, f'{QUOTED}: title: "Tea: a memoir"'),
        ("title: @home", 2, f'{QUOTED}: title: "@home"'),
        ("title: 50%\nsummary: %s", 3, f'{QUOTED}: summary: "%s"'),
        ("title: *Live* from the shed", 2, f'{QUOTED}: title: "*Live* from the shed"'),
        ("title: 'It's tea'", 2, f'{QUOTED}: title: "It\'s tea"'),
        ('title: "Tea" and more', 2, f"{QUOTED}: title: '\"Tea\" and more'"),
        ('title: "Tea', 2, "close the quotes that begin on this line"),
        ("title: [Tea", 2, f"close the list or group with its bracket; {QUOTED}"),
        ("topics: [C #1, D]", 2, f"close the list or group with its bracket; {QUOTED}"),
        ("audio:\n\turl: x", 3, "indent with spaces: YAML does not allow tabs"),
        (
            "title: Tea\n  slug: tea",
            3,
            "look for a missing quote or a wrong indent on this line and above it",
        ),
        (
            "title: Tea\nthe second line",
            3,
            "write each field as `key: value`, indent the lines that go on with a value, and end "
            "the fields with a line `---`",
        ),
        (
            'title: "C:\\Tea"',
            2,
            "put the value in single quotes, or write `\\\\` for each backslash",
        ),
    ],
)
def test_yaml_that_cannot_be_read_is_told_with_the_remedy(front: str, line: int, hint: str) -> None:
    (told,) = faults(f"---\n{front}\n---\n")

    assert told.startswith(f"a.md:{line}: error: is not valid YAML: ")
    assert told.split("\n  ")[1] == hint


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("slug: a\ntitle: Q&A #5", [(3, "title", "#5", 'title: "Q&A #5"')]),
        ('slug: a\ntitle: "Q&A" #5', [(3, "title", "#5", "title: '\"Q&A\" #5'")]),
        ("slug: a\ntitle: Round # 5", [(3, "title", "# 5", 'title: "Round # 5"')]),
        (
            "title: A\nslug: a\ntopics:\n  - Tea\n  - Tea #2",
            [(6, "topics", "#2", '- "Tea #2"')],
        ),
        (
            "title: A\nslug: a\nsources:\n- title: Tea\n  authors: Lu #1",
            [(6, "authors", "#1", 'authors: "Lu #1"')],
        ),
        ("slug: a\ntitle: &Sons of tea", [(3, "title", "&Sons", 'title: "&Sons of tea"')]),
        ("slug: a\ntitle: !Tea time", [(3, "title", "!Tea", 'title: "!Tea time"')]),
    ],
)
def test_what_yaml_drops_is_told(front: str, told: list[tuple[int, str, str, str]]) -> None:
    found = faults(f"---\n{front}\n---\n")

    assert len(found) == len(told)
    for message, (line, name, lost, quoted) in zip(found, told, strict=True):
        assert message.startswith(f"a.md:{line}: warning: `{name}` loses `{lost}`, ")
        assert f"quote the whole value: {quoted}" in message


@pytest.mark.parametrize(
    "front",
    [
        "title: A  # a working title\nslug: a # as in the feed\n# guid: none yet\ndate: 2024-01-02",
        'title: "A #5"\nslug: a  # comment',
        "title: C# and F#\nslug: a",
        "title: A\nslug: a\nsummary: |\n  One #1\n  two &three !four\nseason: 2",
        "title: &name A & B!\nslug: a\nsummary: *name",
    ],
)
def test_comments_and_anchors_that_are_meant_are_not_told(front: str) -> None:
    assert faults(f"---\n{front}\n---\n") == []


@pytest.mark.parametrize("value", ["", " ~", " null", " # to be found"])
def test_a_key_without_a_value_counts_as_absent(value: str) -> None:
    assert faults(f"---\ntitle: A\nslug: a\nseason:{value}\n---\n") == []


@pytest.mark.parametrize("title", ["1984", "No", "12:30", "1e3", "0x10", "Yes!", "2024-01-02"])
def test_a_title_may_look_like_anything(title: str) -> None:
    document = content.parse_markdown(f"---\ntitle: {title}\nslug: a\n---\n", "a.md", Problems())
    assert document
    found = content.read(Episode, document, Problems())

    assert found and found.title == title


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: A\n\nThe notes.\n", "has front matter without an end"),
        ("—\ntitle: A\n—\n", "write the first line as three hyphens"),
        ("----\ntitle: A\n----\n", "write the first line as three hyphens"),
        ("+++\ntitle = 'A'\n+++\n", "write the fields as YAML"),
        ("title: A\nslug: a\n", "begin the file with a line `---`"),
    ],
)
def test_front_matter_without_its_lines_is_told(text: str, message: str) -> None:
    (told,) = faults(text)

    assert told.startswith("a.md:1: error: ")
    assert message in told


def test_empty_lines_and_windows_line_ends_change_nothing() -> None:
    problems = Problems()
    text = "\ufeff\r\n\r\n---\r\ntitle: A\r\nslug: a\r\n---\r\n\r\nBody\r\n"

    document = content.parse_markdown(text, "a.md", problems)

    assert document and not problems.found
    assert (document.data, document.body) == ({"title": "A", "slug": "a"}, "Body")
    assert (document.where("slug").line, document.body_line) == (5, 8)


@pytest.mark.parametrize("value", ["[A]", "{A}"])
def test_a_list_in_the_place_of_words_is_told(value: str) -> None:
    assert faults(f"---\ntitle: {value}\nslug: a\n---\n") == [
        "a.md:2: error: `title` must be text\n"
        "  write it on one line; quote a value that begins with `[` or `{`"
    ]


@pytest.mark.parametrize("value", ["&all [*all]", "&all {in: *all}", "[" * 900 + "]" * 900])
def test_what_has_no_end_is_told(value: str) -> None:
    assert faults(f"---\ntitle: x\ntopics: {value}\n---\n") == [
        "a.md:3: error: contains a list or mapping that is nested too deeply, or in itself\n"
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


def laughs(levels: int, form: str = "a{n}: &a{n} [{inner}]\n", each: str = "*a{n}") -> str:
    """YAML whose every line holds nine times what the line before it holds."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]\n"]
    for n in range(1, levels + 1):
        inner = ", ".join(each.format(n=n - 1, k=k) for k in range(9))
        lines.append(form.format(n=n, inner=inner))
    return "".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        laughs(9),
        laughs(9, "a{n}: &a{n} {{{inner}}}\n", "k{k}: *a{n}"),
        "a: &a " + "x" * 50_000 + "\nb: [" + ", ".join(["*a"] * 5_000) + "]\n",
        "a: &a " + "x" * 5_000 + "\nb: [" + ", ".join(["{*a : 1}"] * 5_000) + "]\n",
    ],
    ids=["lists", "mappings", "long text", "long names"],
)
def test_aliases_that_multiply_are_told_at_their_line(text: str) -> None:
    problems = Problems()

    assert parse_yaml(text, "site.yaml", problems) is None

    (told,) = problems
    assert told.message == "repeats more than 100,000 characters by aliases (`*name`)"
    assert told.where.line > 1 and told.hint


def test_what_is_read_of_aliases_does_not_grow_with_their_levels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = [0]
    real = documents._Reader.value

    def count(self: documents._Reader, node: yaml.Node, key: documents.Key) -> object:
        counted[0] += 1
        return real(self, node, key)

    monkeypatch.setattr(documents._Reader, "value", count)
    visits = []
    for levels in (8, 16, 32):
        counted[0] = 0
        parse_yaml(laughs(levels), "site.yaml", Problems())
        visits.append(counted[0])

    assert max(visits) < 2 * min(visits)


def test_aliases_of_a_person_are_read() -> None:
    text = "hosts: &hosts [Ada, Bo]\none: *hosts\ntwo: {people: *hosts}\n"
    found = parse_yaml(text, "site.yaml", Problems())

    assert found is not None
    assert found.data["two"]["people"] == found.data["one"] == ["Ada", "Bo"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 200000,
        "- " * 100000,
        "? " * 100000,
        "a: " + "[" * 300 + "]" * 300,
        "a: &a [*a]",
        "a: &a [*a, *a, *a]",
        "\n".join(" " * n + "a:" for n in range(900)),
    ],
    ids=["flow", "block", "keys", "closed", "itself", "itself thrice", "mappings"],
)
def test_what_is_nested_too_deeply_is_told(text: str) -> None:
    problems = Problems()

    assert parse_yaml(text, "site.yaml", problems) is None

    (told,) = problems
    assert re.search("nested too deeply|nesting depth", told.message)
    assert len(str(told)) < 1500


def test_yaml_without_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS", 1_000_000)
    problems = Problems()

    assert parse_yaml("a: b\n" * 200_001, "site.yaml", problems) is None
    assert [str(problem) for problem in problems] == [
        "site.yaml:1: error: has more than 1 million characters of YAML\n"
        "  remove what nobody needs, or split it"
    ]


def test_what_no_page_can_hold_is_left_out_and_told() -> None:
    text = (
        '---\ntitle: "a\\0/b"\nslug: a\nsources:\n  - title: "c\\x08d"\n    url: https://a.example/\n'
        "---\n\nOne\n\ntwo \x0b \x1b[31m\n"
    )
    problems = Problems()
    document = content.parse_markdown(text, "a.md", problems)
    assert document
    found = content.read(Episode, document, problems, body=document.body)

    assert found and (found.title, found.sources[0].title) == ("a/b", "cd")
    assert found.body == "One\n\ntwo   [31m"
    assert [str(one).split(";")[0] for one in problems] == [
        "a.md:2: warning: `title` contains the control character U+0000",
        "a.md:5: warning: `sources[1].title` contains the control character U+0008",
        "a.md:11: warning: `body` contains the control character U+000B",
        "a.md:11: warning: `body` contains the control character U+001B",
    ]


LISTED = """\
# Ours.
works:
    # First.
    - title: One   # a remark
      tags:
          - a
      # still the first

    - title: Two
      note: |
        several
        # lines

    # about nothing
distinct: [a]
"""


def test_items_and_fields_are_added_and_nothing_else_changes() -> None:
    filled = content.fill_item(LISTED, "works", 0, {"year": "1999", "ids": {"doi": "10.1/x"}})
    longer = content.append_items(filled, "works", [{"title": "Three", "note": "a\nb\n"}])

    rest = iter(longer.splitlines())
    assert all(line in rest for line in LISTED.splitlines())  # all of it, in its order
    data = yaml.safe_load(longer)
    assert data["works"] == [
        {"title": "One", "tags": ["a"], "year": 1999, "ids": {"doi": "10.1/x"}},
        {"title": "Two", "note": "several\n# lines\n"},
        {"title": "Three", "note": "a\nb\n"},
    ]
    assert data["distinct"] == ["a"]


@pytest.mark.parametrize("text", ["", "# only words\n", "works:\n", "works: []\n", "other: 1"])
def test_a_list_is_begun_where_there_is_none(text: str) -> None:
    made = content.append_items(text, "works", [{"title": "One"}])

    assert yaml.safe_load(made)["works"] == [{"title": "One"}]
    assert made.startswith(text if "works" not in text else "works:\n")


@pytest.mark.parametrize("text", ["works: [{title: One}]\n", "works: {a: 1}\n", "works: words\n"])
def test_lists_in_brackets_are_not_added_to(text: str) -> None:
    with pytest.raises(ValueError, match="works"):
        content.append_items(text, "works", [{"title": "Two"}])


def test_a_group_in_brackets_is_not_added_to() -> None:
    with pytest.raises(ValueError, match="works"):
        content.fill_item("works:\n- {title: One}\n- title: Two\n", "works", 0, {"year": "1"})
