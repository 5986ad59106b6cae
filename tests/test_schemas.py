"""The JSON Schemas that editors read say what the program reads."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from backlist import content
from backlist.cli import main
from backlist.content import Document, schemas
from backlist.model import Record
from backlist.problems import Level, Problems
from tests.conftest import HERE, SITES

VALIDATORS = {
    name: jsonschema.Draft7Validator(json.loads(schemas.shipped(name))) for name in schemas.FILES
}
BROKEN = SITES / "broken"


def as_yaml(value: Any) -> Any:
    """A text as an editor understands it that reads YAML 1.2 (section 10.3.2, core schema)."""
    if isinstance(value, dict):
        return {key: as_yaml(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_yaml(item) for item in value]
    if not isinstance(value, str):
        return value
    if value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,300}", value):
        return int(value)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?", value):
        return float(value)
    return value


def read(name: str, data: dict[str, Any]) -> bool:
    """Whether the program reads a file of this kind with these values."""
    record: type[Record] = schemas.FILES[name][0]
    more = {"body": ""} if "body" in record.model_fields else {}
    return content.read(record, Document("file", data), Problems(), **more) is not None


def is_valid(name: str, data: object) -> list[bool]:
    """Whether the schema accepts the values as they were typed, and as an editor reads them."""
    return [VALIDATORS[name].is_valid(one) for one in (data, as_yaml(data))]


@pytest.mark.parametrize("name", schemas.FILES)
def test_the_shipped_schema_is_made_from_the_records(name: str) -> None:
    assert schemas.shipped(name) == schemas.written(name)
    jsonschema.Draft7Validator.check_schema(json.loads(schemas.shipped(name)))
    assert "$ref" not in schemas.shipped(name) or name == schemas.ADD


def documents(root: Path) -> list[tuple[str, Document]]:
    """The files that a person wrote into a site, each with the name of its schema."""
    found = []
    for pattern, name in (
        ("site.yaml", "site"),
        ("content/works.yaml", "works"),
        ("content/topics.yaml", "topics"),
        ("content/episodes/**/*.md", "episode"),
        ("content/pages/**/*.md", "page"),
        ("content/visualizations/*/visualization.yaml", "visualization"),
    ):
        for path in sorted(root.glob(pattern)):
            try:
                text = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
            file, parse = path.relative_to(root.parents[1]).as_posix(), content.parse_yaml
            document = (content.parse_markdown if path.suffix == ".md" else parse)(
                text, file, Problems()
            )
            if document is not None:
                found.append((name, document))
    return found


SEMANTIC = re.compile(
    "names no audio|names both|needs a label|where you manage|repeats `|is not XML|is not one el"
    "|is longer than any|closes `|leaves |holds |begins with `|is given twice|address: .https?://"
)
"""What no schema says: it takes more than a look at one value."""


def test_what_the_program_reads_is_valid_and_what_it_refuses_is_not() -> None:
    roots = [*sorted(SITES.glob("[!b]*")), *sorted(BROKEN.iterdir()), HERE.parent]
    read_ones, refused = 0, 0
    for root in roots:
        for name, document in documents(root):
            problems = Problems()
            record = content.read(schemas.FILES[name][0], document, problems)
            messages = [one.message for one in problems if one.level is Level.ERROR]
            if record is not None:
                read_ones += 1
                errors = [*VALIDATORS[name].iter_errors(document.data)]
                assert errors == [], document.file
                assert VALIDATORS[name].is_valid(as_yaml(document.data)), document.file
            elif not all(map(SEMANTIC.search, messages)):
                refused += 1
                assert not VALIDATORS[name].is_valid(document.data), (document.file, messages)
    assert read_ones > 50 and refused > 8


SOUND = "https://a.example/1.mp3"
EPISODE = {"title": "One", "slug": "one"}
SITE = {
    "show": {"title": "A", "description": "B"},
    "site": {"base_url": "https://example.org/"},
}


def of(key: str, value: object) -> tuple[str, dict[str, Any]]:
    """A file with one more key, such as `episode.date` or `site.feed.url`."""
    name, *path = key.split(".")
    data: dict[str, Any] = dict(EPISODE)
    if name in ("site", "show"):
        data = {**SITE, name: dict(SITE[name])}
        path, name = [name, *path], "site"
    group = data
    for part in path[:-1]:
        group = group.setdefault(part, {"url": SOUND} if part == "audio" else {})
    group[path[-1]] = value
    return name, data


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("episode.title", ["1984", "No", "12:30", "a"], ["", [], {}]),
        (
            "episode.date",
            ["2026-03-18", "2026-03-18T06:30:00+01:00", "20260318", None, "2026-03-18 06:30"],
            ["March 18", "18.03.2026", "2026", []],
        ),
        (
            "episode.audio",
            ["https://a.example/1.mp3", {"url": "https://a.example/1.mp3"}, {"file": "1.mp3"}],
            ["1.mp3", ["https://a.example/1.mp3"], {"url": "https://a.example/1", "lenth": "3"}],
        ),
        ("episode.audio.duration", ["42:10", "1:02:03", "754", "62：03"], ["forty", "1h", ""]),
        ("episode.season", ["1", " 2 ", "1_0", "3.0"], ["one", "1.5", "-", ""]),
        ("episode.explicit", ["yes", "No", "TRUE", "off", "1", None], ["maybe", "2", ""]),
        ("episode.type", ["full", "bonus", None], ["Full", "extra"]),
        ("episode.status", ["draft"], ["hidden", ""]),
        (
            "episode.people",
            [["Ada", {"name": "Ben", "role": "guest"}], [], None, [None]],
            ["Ada", [{"role": "guest"}]],
        ),
        (
            "episode.chapters",
            [[{"start": "0:00", "title": "One"}, {"start": "12.5"}]],
            [[{"title": "One"}], [{"start": "soon"}]],
        ),
        (
            "episode.sources",
            [[{"title": "A", "year": "2023", "role": "subject"}]],
            [[{"role": "main"}], ["A"]],
        ),
        ("episode.slug", ["one-2", "1984", "سلام-دنیا"], ["One", "a--b", ""]),
        ("episode.image", ["cover.jpg", "https://a.example/x.jpg"], ["ftp://a.example/x", []]),
        ("episode.feed_elements", [['<podcast:chat server="irc.example"/>']], [["chat"]]),
        ("episode.extra", [{"a": "1", "b": ["x"], "c": {"d": "e"}}, None], ["a", ["b"]]),
        ("episode.unknown", [], ["a"]),
        ("episode.body", [], ["a"]),
        (
            "site.base_url",
            ["https://example.org", "http://localhost:8000/a"],
            ["example.org", "https://example.org/?a", None],
        ),
        ("site.accent", ["#aabbcc"], ["red"]),
        ("site.font", ["serif", "Charter, Georgia, serif"], ["Comic"]),
        ("site.type", ["serif"], ["Comic"]),
        ("site.covers", ["books"], ["off"]),
        ("site.related", ["0", "20"], ["many"]),
        ("site.map", ["yes", "no"], ["auto"]),
        ("site.edit_url", ["https://example.org/{file}"], ["https://example.org/"]),
        ("site.feed.page_size", ["100"], ["all"]),
        ("site.renamed_topics", [{"Old": "New"}], [["Old"]]),
        ("site.extra", [{"donors": ["Ada"]}], ["a"]),
        ("show.locked", ["no"], ["never"]),
        ("show.extra", [{"a": "b"}], ["a"]),
        (
            "show.value",
            [
                [
                    {
                        "type": "lightning",
                        "method": "keysend",
                        "recipients": [{"type": "node", "address": "x", "split": "90"}],
                    }
                ]
            ],
            [[{"type": "lightning"}]],
        ),
    ],
)
def test_a_value_is_valid_where_the_program_reads_it(
    key: str, good: list[object], bad: list[object]
) -> None:
    for value in good:
        name, data = of(key, value)
        assert read(name, data), value
        assert is_valid(name, data) == [True, True], value
    for value in bad:
        name, data = of(key, value)
        assert not read(name, data), value
        assert is_valid(name, data) == [False, False], value


KINDS = {
    "episode.date": r"\d{4}-?\d\d-?\d\d([T ]\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?",
    "episode.audio.duration": r"\d{0,3}:?\d{0,3}[:.]?\d{1,3}",
    "episode.season": r" ?[+-]?[0-9_.e]{1,5} ?",
    "episode.explicit": r"(?i:yes|no|tr?|false|on|off?|[01yn])",
    "episode.slug": r"[a-z0-9_-]{1,6}",
    "episode.image": r"([a-z]{1,3}:)?/{0,3}[a-z.]{1,5}",
    "site.font": r"[A-Za-z\"', -]{0,12}(serif|mono)?",
    "site.base_url": r"(https?|ftp)?:?//[a-z.]{0,6}(/[a-z?#]{0,3})?",
    "site.contact": r"(mailto:|https?://|javascript:)?[a-z@.]{1,8}",
}


@pytest.mark.parametrize("key", KINDS)
def test_whatever_the_program_reads_is_valid(key: str) -> None:
    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    @given(st.from_regex(KINDS[key], fullmatch=True) | st.text(max_size=8))
    def check(text: str) -> None:
        name, data = of(key, text)
        if read(name, data):
            assert is_valid(name, data) == [True, True]

    check()


def test_a_new_site_names_its_schema_and_keeps_it_current(tmp_path: Path) -> None:
    def run(*command: str) -> str:
        done = CliRunner().invoke(main, [*command, "--site", str(root)], env={"CI": ""})
        assert done.exit_code == 0, done.output
        return done.output

    root = tmp_path / "show"
    CliRunner().invoke(main, ["init", str(root)])
    first, _, rest = (root / "site.yaml").read_text("utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=.schemas/site.json"
    (root / "site.yaml").write_text(f"{first}\n{rest}  schemas: true\n", "utf-8")

    (root / ".schemas/site.json").write_text("{}", "utf-8")
    assert ".schemas/: brought to this version" in run("build")
    assert (root / ".schemas/site.json").read_text("utf-8") == schemas.shipped("site")
    published = root / "build/schemas"
    assert {one.stem: one.read_text("utf-8") for one in published.iterdir()} == {
        name: schemas.shipped(name) for name in schemas.FILES
    }
    assert "has the schemas of this version" in run("schema", "--write")
    assert run("schema", "works") == schemas.shipped("works")
    assert "content/works.yaml" in run("schema")
