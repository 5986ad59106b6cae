"""JSON Schemas of the files that people and programs write, from the records themselves.

Editors complete and check keys by them. They are of draft 7, the newest that editors of YAML read
in full, and hold no references, which some of these do not follow. A schema accepts whatever
`read` accepts: a value as it was typed, or as YAML 1.2 understands it (`1984`, `true`), an old
name, and a key without a value. It refuses unknown keys, and values whose type cannot be read;
what takes more than a look at one value is left to `backlist check`.
"""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from backlist import files
from backlist.content.renamed import RENAMED
from backlist.model import Episode, Page, Record, Settings, TopicNotes, Visualization, WorkNotes
from backlist.model.base import TEXT_FOR
from backlist.model.given import GivenEpisode

Json = dict[str, Any]

ADD = "add"
FILES: Mapping[str, tuple[type[Record], str]] = {
    "site": (Settings, "site.yaml"),
    "episode": (Episode, "The front matter of content/episodes/*.md"),
    "page": (Page, "The front matter of content/pages/*.md"),
    "visualization": (Visualization, "content/visualizations/ID/visualization.yaml"),
    "works": (WorkNotes, "content/works.yaml"),
    "topics": (TopicNotes, "content/topics.yaml"),
    ADD: (GivenEpisode, "What `backlist add` reads"),
}
"""What there is a schema of, by name: the record, and where it stands."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT = ["string", "number", "boolean"]
_YES_OR_NO = ["true", "false", "yes", "no", "on", "off", "t", "f", "y", "n", "1", "0"]
_YES = "|".join(f"^{''.join(f'[{x}{x.upper()}]' for x in word)}$" for word in _YES_OR_NO)
_WHOLE = r"^\s*[+-]?\d+(_\d+)*(\.0*)?\s*$"
_DECIMAL = r"^\s*[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"


FOLDER = ".schemas"
"""Where a site keeps them, for editors; committed, so that they are there without a network."""


def modeline(name: str, file: str) -> str:
    r"""The line by which editors find the schema of a YAML file of a site, its first line.

    >>> modeline("works", "content/works.yaml")
    '# yaml-language-server: $schema=../.schemas/works.json\n'
    """
    return f"# yaml-language-server: $schema={'../' * file.count('/')}{FOLDER}/{name}.json\n"


def shipped(name: str) -> str:
    """The text of a schema, as it is installed with the program."""
    return (Path(__file__).parents[1] / "model/schemas" / f"{name}.json").read_text("utf-8")


def keep(root: Path) -> list[str]:
    """Write the schemas of this version into a site; gives the files that were not so before."""
    changed = {
        file: text
        for file, text in texts().items()
        if not (root / file).is_file() or (root / file).read_text("utf-8") != text
    }
    for file, text in changed.items():
        files.replace(root / file, text.encode())
    return list(changed)


def texts() -> dict[str, str]:
    """What a site keeps for editors, by path from its folder."""
    return {f"{FOLDER}/{name}.json": shipped(name) for name in FILES if name != ADD}


def written(name: str) -> str:
    """The text of a schema, made anew from the records."""
    record, title = FILES[name]
    return json.dumps(_schema(record, title), ensure_ascii=False, indent=1) + "\n"


def _schema(record: type[Record], title: str) -> Json:
    """The schema of a file whose whole content is a record."""
    made = record.model_json_schema(schema_generator=_Generator)
    plain = _plain(made, made.get("$defs", {}))
    _add_old_names(plain, record.__name__)
    if record is GivenEpisode:
        plain = _several(plain)
    else:
        plain["properties"].pop("body", None)
    return {"$schema": _DRAFT, "title": title, **plain}


def _several(one: Json) -> Json:
    """The schema of an episode, of a list of them, or of a list under `episodes`."""
    episode = {"$ref": "#/definitions/episode"}
    listed = {"type": "array", "items": episode}
    group = {
        "type": "object",
        "properties": {"episodes": listed},
        "required": ["episodes"],
        "additionalProperties": False,
    }
    return {"anyOf": [episode, listed, group], "definitions": {"episode": one}}


class _Generator(GenerateJsonSchema):
    """Values as they stand in a file: text, whatever their type makes of it."""

    def str_schema(self, schema: core_schema.StringSchema) -> Json:
        return super().str_schema(schema) | {"type": _TEXT}

    def int_schema(self, schema: core_schema.IntSchema) -> Json:
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": _WHOLE}]}

    def float_schema(self, schema: core_schema.FloatSchema) -> Json:
        return {"anyOf": [super().float_schema(schema), {"type": "string", "pattern": _DECIMAL}]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> Json:
        words = {"type": "string", "pattern": _YES}
        return {"anyOf": [{"type": "boolean"}, words, {"type": "integer", "enum": [0, 1]}]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Json:
        return self.generate_inner(schema["schema"])


def _plain(schema: Json, definitions: Mapping[str, Json]) -> Json:
    """A schema without references and what only a program wants to know; nothing is a value."""
    reference = schema.get("$ref")
    inner = definitions[reference.rpartition("/")[2]] if reference else {}
    made: Json = {}
    for key, value in {**inner, **schema}.items():
        if key in ("anyOf", "oneOf", "allOf"):
            made[key] = [_plain(one, definitions) for one in value]
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            made[key] = _or_nothing(_plain(value, definitions))
        elif key == "properties":
            made[key] = _properties(value, {**inner, **schema}.get("required", ()), definitions)
        elif key == "description":
            made[key] = value.partition("\n")[0]
        elif key not in ("$ref", "$defs", "title", "default") or _is_plain(key, value):
            made[key] = value
    return _with_short_form(made)


def _is_plain(key: str, value: object) -> bool:
    """Whether this is what holds where a key is left out, and can be said in a word."""
    return key == "default" and isinstance(value, (str, int, float)) and value != ""


def _with_short_form(made: Json) -> Json:
    """The schema of a record that a text can stand for, with that text."""
    name = made.pop(TEXT_FOR, None)
    if name is None:
        return made
    (whole,) = made["anyOf"]
    text = {**whole["properties"][name], "description": f"its `{name}`"}
    return {**made, "anyOf": [text, whole]}


def _properties(
    properties: Json, required: Collection[str], definitions: Mapping[str, Json]
) -> Json:
    """The keys of a record; one that may be left out may also be left empty."""
    found = {name: _plain(value, definitions) for name, value in properties.items()}
    return {
        name: value if name in required else _or_nothing(value) for name, value in found.items()
    }


def _or_nothing(schema: Json) -> Json:
    """A schema that also accepts a key without a value, which counts as absent."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "enum" in schema:
        said = {key: value for key, value in schema.items() if key != "type"}
        return {**said, "enum": [*schema["enum"], None]}
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds, "null"]}
    return schema


def _add_old_names(schema: Json, kind: str) -> None:
    for path, new in RENAMED.get(kind, {}).items():
        group = schema
        for part in path[:-1]:
            group = group["properties"][part]
            group = next((one for one in group.get("anyOf", ()) if "properties" in one), group)
        known = group["properties"]
        said = f"the old name of `{new}`"
        known[path[-1]] = known[new] | {"description": said, "deprecationMessage": said}
