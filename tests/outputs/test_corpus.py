"""`corpus.jsonl.gz`: made on request, the same bytes each time, as its schema says."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from lxml import html

from backlist.files.output import Outputs
from tests.conftest import HERE, built

SCHEMA = HERE.parent / "docs/corpus.schema.json"


def made(root: Path) -> Outputs:
    settings = root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "  corpus: true\n", "utf-8")
    site, _ = built(root)
    assert site is not None
    return site.outputs


def rows(outputs: Outputs) -> list[dict[str, Any]]:
    text = gzip.decompress(outputs["corpus.jsonl.gz"].read()).decode()
    return [json.loads(line) for line in text.splitlines()]


def test_it_is_made_on_request_alone(rich: Path) -> None:
    site, _ = built(rich)
    assert site is not None and "corpus.jsonl.gz" not in site.outputs

    outputs = made(rich)

    assert "corpus.jsonl.gz" in outputs["llms.txt"].read().decode()
    first = outputs["corpus.jsonl.gz"].read()
    assert first == outputs["corpus.jsonl.gz"].read()
    assert first[4:8] == bytes(4)  # no time (RFC 1952, 2.3)


def test_each_line_is_as_the_schema_says_and_opens_on_a_page(rich: Path) -> None:
    outputs = made(rich)
    found = rows(outputs)
    schema = json.loads(SCHEMA.read_text("utf-8"))

    assert [error.message for row in found for error in _errors(schema, row)] == []
    assert {row["kind"] for row in found} == {"summary", "notes", "chapter", "transcript"}
    for row in found:
        assert row["sha256"] == hashlib.sha256(row["text"].encode()).hexdigest()
        path, _, fragment = row["url"].removeprefix("https://tide.example/archive/").partition("#")
        page = html.fromstring(outputs[f"{path}index.html"].read())
        if not fragment.startswith((":~:", "t=")) and fragment:
            assert page.get_element_by_id(fragment) is not None


def _errors(schema: dict[str, Any], row: dict[str, Any]) -> Any:
    strict = {**schema, "additionalProperties": False}
    return Draft202012Validator(strict).iter_errors(row)


def test_the_documentation_names_every_key(rich: Path) -> None:
    keys = set(rows(made(rich))[0])
    text = (HERE.parent / "docs/corpus.md").read_text("utf-8")

    assert keys == set(json.loads(SCHEMA.read_text("utf-8"))["properties"])
    table = text.partition("| key |")[2].partition("\n\n")[0]
    assert keys == set(
        re.findall(r"`([a-z0-9]+)`", "".join(re.findall(r"^\|([^|]*)\|", table, re.M)))
    )


def test_nothing_hidden_is_in_it(rich: Path) -> None:
    text = gzip.decompress(made(rich)["corpus.jsonl.gz"].read()).decode().lower()

    assert "xyzzyplugh" not in text
