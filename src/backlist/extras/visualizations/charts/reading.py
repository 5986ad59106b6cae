"""A specification and its data to a chart, or to the errors that keep it from being one."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backlist import content
from backlist.extras.visualizations.charts import engine, style
from backlist.extras.visualizations.charts.document import Path, Specification, spell
from backlist.extras.visualizations.charts.schema import judge
from backlist.extras.visualizations.charts.sources import Gathered, gather
from backlist.extras.visualizations.charts.tables import Table, check_columns
from backlist.problems import Problems, Where

SUFFIX = ".vl.json"
"""How the name of a specification ends."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be published.

    `vega` is what the runtime is given (JSON), `drawn` the same as a picture (SVG), `height` the
    picture's in pixels, `label` what somebody who does not see it is reported it is.
    """

    vega: str
    drawn: str
    height: int
    label: str
    tables: tuple[Table, ...] = ()


def read(
    folder: str, name: str, label: str, files: Mapping[str, bytes], problems: Problems
) -> Chart | None:
    """The chart of the specification `name` in a folder, or None with every error reported.

    `files` has the bytes of the specification and of what is beside it, by name inside the
    folder; `label` describes it where the specification has no `description`.
    """
    file = f"{folder}/{name}"
    absence = engine.absence()
    if absence:
        problems.error(Where(file), absence, engine.REMEDY)
        return None
    text = content.decode(files[name], file, problems)
    data = content.parse_json(text, file, problems) if text is not None else None
    if text is None or data is None:
        return None
    if not isinstance(data, dict):
        problems.error(Where(file, 1), "is not a specification", 'write a group: {"mark": …}')
        return None
    specification = Specification(file, text, data)
    gathered = gather(specification, folder, files, problems)
    if not judge(specification, problems) or not gathered.sound:
        return None
    if not _check_fields(specification, gathered, problems):
        return None
    _warn_of_addresses(specification, problems)
    return _draw(specification, gathered, label, problems)


def _draw(
    specification: Specification, gathered: Gathered, label: str, problems: Problems
) -> Chart | None:
    data = style.dress(gathered.data, label)
    vega, fault = engine.compile_to_vega(json.dumps(data, ensure_ascii=False))
    drawn, flaw = ("", fault) if fault else engine.draw(style.for_picture(vega))
    if flaw:
        problems.error(
            specification.where(),
            f"cannot be drawn: {flaw}",
            "see the Vega-Lite documentation for the values of each key",
        )
        return None
    height = re.search(r'\bheight="(\d+)', drawn)
    tables = tuple(gathered.tables)
    return Chart(vega, drawn, int(height[1]) if height else 0, str(data["description"]), tables)


def _check_fields(specification: Specification, gathered: Gathered, problems: Problems) -> bool:
    """Whether the fields that are drawn are columns of the data.

    A specification that computes columns, or repeats, names fields that no file holds: it is
    left to Vega.
    """
    if re.search(r'"(transform|repeat)"\s*:', specification.text):
        return True
    sound = True
    for view, columns in _views((), specification.data, gathered.columns, ()):
        encoding = _part_at(specification.data, view).get("encoding")
        fields = dict(_fields((*view, "encoding"), encoding))
        for path, message, hint in check_columns(fields, columns) if columns else ():
            sound = False
            problems.error(specification.where(path), f"`{spell(path)}`: {message}", hint)
    return sound


def _part_at(data: Any, path: Path) -> Mapping[str, Any]:
    """The part of a specification at a path."""
    for part in path:
        data = data[part]
    return data if isinstance(data, dict) else {}


def _views(
    path: Path, view: Any, known: Mapping[Path, tuple[str, ...]], columns: tuple[str, ...]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every view with the columns it draws from: its own data's, else those of the view around."""
    if not isinstance(view, dict):
        return
    if "data" in view:
        columns = known.get((*path, "data"), ())
    yield path, columns
    for key in ("layer", "concat", "hconcat", "vconcat"):
        for place, inner in enumerate(view.get(key) or ()):
            yield from _views((*path, key, place), inner, known, columns)
    yield from _views((*path, "spec"), view.get("spec"), known, columns)


def _fields(path: Path, encoding: Any) -> Iterator[tuple[Path, str]]:
    for place, value in _walk(path, encoding):
        if place[-1] == "field" and isinstance(value, str):
            yield place, value


def _warn_of_addresses(specification: Specification, problems: Problems) -> None:
    """Pictures from elsewhere stay out: a framed page fetches nothing."""
    for path, url in _addresses(specification.data):
        problems.warning(
            specification.where(path),
            f"`{spell(path)}` is never loaded: {url}",
            "charts cannot load files; give the picture as a `data:` address",
        )


def _addresses(data: Any) -> Iterator[tuple[Path, str]]:
    for place, value in _walk((), data, ("data", "datasets", "usermeta", "href")):
        given = value.get("value") if isinstance(value, dict) else value
        if place[-1] == "url" and isinstance(given, str) and re.match(r"(\w+:)?//", given):
            yield place, given


def _walk(path: Path, value: Any, apart: Sequence[str] = ()) -> Iterator[tuple[Path, Any]]:
    """Every value inside a value, with its path; what is under keys in `apart` is left out."""
    inside = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else inside:
        if key not in apart:
            yield (*path, key), item
            yield from _walk((*path, key), item, apart)
