"""Data files to records and tables: what a chart draws, and what a reader sees beside it."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backlist.problems import Problems, Where, did_you_mean

DELIMITED = {"csv": ",", "tsv": "\t"}
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_TEXT: Callable[[str], Any] = str
TYPES = ("csv", "tsv", "dsv", "json", "topojson")


@dataclass(frozen=True, slots=True)
class Table:
    """Records as text: columns in their order, a row a record, and which columns hold numbers.

    `name` is what readers know the data by; `file` is the data file, where it stands in one.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    file: str | None = None


def type_of(name: str, given: Mapping[str, Any]) -> str:
    """The type of a data file: what `format.type` says, else its ending (Vega-Lite, "Data")."""
    said = given.get("type")
    if isinstance(said, str):
        return said
    ending = name.rsplit(".", 1)[-1].lower()
    return ending if ending in TYPES else "json"


def read_delimited(
    text: str, where: Where, delimiter: str, problems: Problems
) -> list[dict[str, str]] | None:
    """The records of a file with a header line (RFC 4180), or None with the error reported."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows += ((reader.line_num, row) for row in reader if row)
    except csv.Error as error:
        place = Where(where.file, reader.line_num)
        problems.error(place, f"is not a table of values: {error}", "fix the quotes on this line")
        return None
    if not rows:
        problems.error(where, "is empty", "its first line must name the columns")
        return None
    (_, header), *lines = rows
    sound = _check_header(header, where, problems)
    for number, row in lines:
        if len(row) != len(header):
            sound = False
            problems.error(
                Where(where.file, number),
                f"has {len(row)} value{'' if len(row) == 1 else 's'}, and the header names "
                f"{len(header)} columns",
                "write one value per column; quote values that contain the separator",
            )
            break
    return [dict(zip(header, row, strict=True)) for _, row in lines] if sound else None


def _check_header(header: Sequence[str], where: Where, problems: Problems) -> bool:
    """Whether every column has a name of its own."""
    for place, name in enumerate(header):
        if not name.strip():
            message, hint = f"column {place + 1} has no name", "name every column in the first line"
        elif name in header[:place]:
            message, hint = f"two columns are called `{name}`", "rename one of them"
        else:
            continue
        problems.error(Where(where.file, 1), message, hint)
        return False
    return True


def tabulate(name: str, values: Any, file: str | None = None) -> Table | None:
    """The table of a list of records or of plain values; None for anything else (a map)."""
    if not isinstance(values, list) or not values:
        return None
    records = [value if isinstance(value, dict) else {"data": value} for value in values]
    columns = tuple(dict.fromkeys(key for record in records for key in record))
    rows = tuple(tuple(_spell(record.get(key)) for key in columns) for record in records)
    numeric = tuple(all(_is_number(row[place]) for row in rows) for place in range(len(columns)))
    return Table(name, columns, rows, numeric, file)


def infer(
    records: Sequence[Mapping[str, str]], except_for: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Records of text with columns of numbers or of yes and no typed, as Vega-Lite would.

    An empty value is none at all. Columns named in `except_for` stay text: the specification
    says itself what they are.
    """
    columns = [name for name in (records[0] if records else ()) if name not in except_for]
    types = {name: _type_in([record[name] for record in records]) for name in columns}
    return [
        {name: types.get(name, _TEXT)(value) for name, value in record.items()}
        for record in records
    ]


def _type_in(values: Sequence[str]) -> Callable[[str], Any]:
    """What the values of a column are: the narrowest type that fits all that are there."""
    there = [value for value in values if value]
    if there and all(value in ("true", "false") for value in there):
        return lambda value: {"true": True, "false": False}.get(value)
    if there and all(_NUMBER.fullmatch(value) for value in there):
        return lambda value: json.loads(_as_json(value)) if value else None
    return lambda value: value or None


def _as_json(number: str) -> str:
    """A number as JSON writes it: no plus, no zeros before it, a digit on both sides of a dot."""
    sign = "-" if number.startswith("-") else ""
    mantissa, _, exponent = number.lstrip("+-").lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    dot = f".{fraction}" if fraction else ""
    power = f"e{exponent}" if exponent else ""
    return f"{sign}{whole.lstrip('0') or '0'}{dot}{power}"


def _spell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_number(text: str) -> bool:
    return not text or _NUMBER.fullmatch(text) is not None


def check_columns(
    fields: Mapping[tuple[str | int, ...], str], columns: Sequence[str]
) -> list[tuple[tuple[str | int, ...], str, str]]:
    """The fields that no column is called by: where they are named, what is wrong, a remedy."""
    return [
        (path, f"no column is called `{field}`", did_you_mean(field, columns))
        for path, field in fields.items()
        if field not in columns and not any(sign in field for sign in ".[]\\")
    ]
