"""Where a specification's data stands, and the data put into it: a framed page fetches nothing."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from backlist import content
from backlist.extras.visualizations.charts import tables
from backlist.extras.visualizations.charts.document import Path, Specification, spell
from backlist.extras.visualizations.charts.tables import DELIMITED, Table
from backlist.problems import Problems, Where, did_you_mean

_UNNAMED = "the data"


@dataclass(slots=True)
class Gathered:
    """The data of a specification: itself with the data inside, the tables, and the columns.

    `columns` has the names of the columns for the path of each `data` whose records are known.
    """

    data: dict[str, Any]
    tables: list[Table] = field(default_factory=list)
    columns: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    sound: bool = True


def gather(
    specification: Specification, folder: str, files: Mapping[str, bytes], problems: Problems
) -> Gathered:
    """Read every data file that a specification names, and put what it holds in its place."""
    found = Gathered(copy.deepcopy(specification.data))
    reader = _Reader(specification, folder, files, found, problems)
    for name, values in _mapping(specification.data.get("datasets")).items():
        reader.keep(("datasets", name), name, values)
    for path, given, holder in list(_places((), specification.data, found.data)):
        reader.read(path, given, holder)
    return found


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _places(path: Path, given: Any, copied: Any) -> Iterator[tuple[Path, dict[str, Any], Any]]:
    """Every `data` of a specification: its path, what it says, and what holds it in the copy."""
    if isinstance(given, list):
        for place, item in enumerate(given):
            yield from _places((*path, place), item, copied[place])
    elif isinstance(given, dict):
        for key, value in given.items():
            if key == "data" and isinstance(value, dict):
                yield (*path, key), value, copied
            elif key not in ("values", "datasets", "config", "usermeta"):
                yield from _places((*path, key), value, copied[key])


@dataclass(frozen=True, slots=True)
class _Reader:
    specification: Specification
    folder: str
    files: Mapping[str, bytes]
    found: Gathered
    problems: Problems

    def read(self, path: Path, given: Mapping[str, Any], holder: dict[str, Any]) -> None:
        """Take up one `data`: a file's, one that is written out, or one by name."""
        url, values = given.get("url"), given.get("values")
        if isinstance(url, str):
            self._file(path, url, given, holder)
        elif isinstance(values, str):
            self._text(path, values, given, holder)
        elif values is not None:
            self.keep(path, str(given.get("name", _UNNAMED)), values)
        elif "name" in given:
            self._named(path, str(given["name"]))

    def keep(self, path: Path, name: str, values: Any, file: str | None = None) -> None:
        """Remember the records as a table for readers, once."""
        table = tables.tabulate(name, values, file)
        if table is None:
            return
        self.found.columns[path] = table.columns
        if table not in self.found.tables:
            self.found.tables.append(table)

    def _named(self, path: Path, name: str) -> None:
        datasets = _mapping(self.specification.data.get("datasets"))
        if name in datasets:
            self.found.columns[path] = self.found.columns.get(("datasets", name), ())
            return
        hint = did_you_mean(name, datasets) or 'give its records as "values", or a file as "url"'
        self._error(path, f"no data is called `{name}`", hint)

    def _file(self, path: Path, url: str, given: Mapping[str, Any], holder: dict[str, Any]) -> None:
        fault = _address_error(url)
        if fault:
            hint = f'put the file into {self.folder}/ and name it: "url": "data.csv"'
            self._error((*path, "url"), f"`{spell((*path, 'url'))}` {fault}: {url}", hint)
            return
        name = url.removeprefix("./")
        if name not in self.files:
            message = f"there is no file {self.folder}/{name}"
            known = [each for each in self.files if not each.endswith((".vl.json", ".html"))]
            self._error((*path, "url"), message, did_you_mean(name, known) or "put it there")
            return
        file = f"{self.folder}/{name}"
        text = content.decode(self.files[name], file, self.problems)
        kind = tables.type_of(name, _mapping(given.get("format")))
        values = None if text is None else self._parse(text, Where(file), kind, path, given)
        self._place(path, values, kind, given, holder)
        self.keep(path, name, _listed(values, given), name)

    def _text(
        self, path: Path, values: str, given: Mapping[str, Any], holder: dict[str, Any]
    ) -> None:
        kind = tables.type_of("", _mapping(given.get("format")))
        where = self.specification.where((*path, "values"))
        parsed = self._parse(values, where, kind, path, given)
        self._place(path, parsed, kind, given, holder)
        self.keep(path, str(given.get("name", _UNNAMED)), _listed(parsed, given))

    def _parse(
        self, text: str, where: Where, kind: str, path: Path, given: Mapping[str, Any]
    ) -> Any:
        if kind in ("json", "topojson"):
            return content.parse_json(text, where.file, self.problems)
        separator = DELIMITED.get(kind) or _mapping(given.get("format")).get("delimiter")
        if not isinstance(separator, str) or len(separator) != 1:
            message = f"`{spell((*path, 'format'))}` does not say how values are separated"
            self._error((*path, "format"), message, 'add "delimiter": ";"')
            return None
        return tables.read_delimited(text, where, separator, self.problems)

    def _place(
        self, path: Path, values: Any, kind: str, given: Mapping[str, Any], holder: dict[str, Any]
    ) -> None:
        """Write the records where the file's name stood, to be typed as that file would be."""
        if values is None:
            self.found.sound = False
            return
        form = dict(_mapping(given.get("format")))
        form.pop("delimiter", None)
        form["type"] = "topojson" if kind == "topojson" else "json"
        if kind not in ("json", "topojson") and form.get("parse", {}) is not None:
            values = tables.infer(values, except_for=_mapping(form.get("parse")))
        kept = {key: value for key, value in given.items() if key not in ("url", "values")}
        holder["data"] = {**kept, "values": values, "format": form}

    def _error(self, path: Path, message: str, hint: str) -> None:
        self.found.sound = False
        self.problems.error(self.specification.where(path), message, hint)


def _address_error(url: str) -> str:
    """Why a data file cannot be read from an address; empty when it can."""
    if "://" in url or url.startswith(("//", "data:")):
        return "is an address, and charts cannot load files"
    if url.startswith("/") or "\\" in url or ".." in url.split("/") or "?" in url or "#" in url:
        return "is outside the folder of the chart"
    return ""


def _listed(values: Any, given: Mapping[str, Any]) -> Any:
    """The list of records inside a JSON value: `format.property` names it, or GeoJSON has it."""
    named = _mapping(given.get("format")).get("property")
    for part in named.split(".") if isinstance(named, str) else ():
        values = values.get(part) if isinstance(values, dict) else None
    if isinstance(values, dict) and isinstance(values.get("features"), list):
        return [each.get("properties") for each in values["features"] if isinstance(each, dict)]
    return values
