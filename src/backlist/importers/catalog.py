"""The reader of a catalogue of visualizations: JSON that lists pages lying beside it.

Of the top level `base_url` and `visualizations` count; of an entry `id`, `title`, `description`,
`url`, `image`, `papers` (each with `id` and `type`) and `episodes`. What else an entry says is
kept in its raw record only. The JSON is read after RFC 8259; its pages are none of this room's
business, see `catalog_files`.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from backlist import content, urls
from backlist.importers import text
from backlist.importers.draft import Catalogue, Exhibit, Importer, Options, Reading, ShowDraft
from backlist.load import HTML
from backlist.problems import Problems, Where, did_you_mean
from backlist.resolve.visualizations import POSTERS

FORMAT = "catalogue"

_TOP = ("base_url", "updated", "visualizations")
_KEYS = ("id", "title", "description", "url", "date", "image", "papers", "episodes")
_KINDS = ("arxiv", "doi", "openreview")
_DEEPEST = 20
_SHAPE = 'begin it so: {"visualizations": [{"id": 1, "title": "…", "url": "page.html"}]}'


def recognise(data: bytes, name: str) -> bool:
    """Whether the bytes are a JSON object or list, by the file's name or by a key in it."""
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return start in (b"{", b"[") and (name.lower().endswith(".json") or b'"visualizations"' in data)


def read(data: bytes, name: str, problems: Problems, options: Options) -> Reading | None:
    """The entries of a catalogue in its order; None with the fault told.

    An entry that cannot be used is a warning and left out.
    """
    words = content.decode(data, name, problems)
    if words is None:
        return None
    faults = len(problems.found)
    said = content.parse_json(words, name, problems)
    if len(problems.found) > faults:
        return None
    entries = said.get("visualizations") if isinstance(said, dict) else None
    if not isinstance(entries, list):
        problems.error(Where(name), "is JSON without a list of `visualizations`", _SHAPE)
        return None
    if not entries:
        problems.error(Where(name), "the catalogue lists no visualization", "get it whole")
        return None
    if _is_deep(said):
        problems.error(Where(name), "is nested too deeply to be read", "make it simpler")
        return None
    return _Reader(said, words, name, problems).read(entries)


IMPORT = Importer(FORMAT, recognise, read)


def _is_deep(value: Any, left: int = _DEEPEST) -> bool:
    """Whether values lie in each other deeper than any catalogue has a use for."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left == 0 or any(_is_deep(each, left - 1) for each in inner)


class _FaultError(Exception):
    """Why an entry cannot be used: what is wrong, and what to do."""


class _Reader:
    """One catalogue, entry by entry."""

    def __init__(self, said: Mapping[str, Any], words: str, name: str, problems: Problems) -> None:
        self.said, self.name, self.problems = said, name, problems
        found = content.locate_json(words, name)
        self.lines = found.lines if found else {}
        self.unknown: Counter[str] = Counter()
        base = said.get("base_url")
        self.base = base if isinstance(base, str) and _is_web(base) else None
        if base is not None and self.base is None:
            what = f"`base_url` is not a web address: {_quote(base)}"
            problems.warning(self._where("base_url"), what, "write it whole, from https:// on")

    def read(self, entries: list[Any]) -> Reading:
        self._tell_unknown(self.said, _TOP)
        exhibits: dict[str, Exhibit] = {}
        for place, entry in enumerate(entries):
            where = self._where("visualizations", place)
            try:
                exhibit = self._entry(entry, place, where)
                if exhibit.id in exhibits:
                    first = exhibits[exhibit.id].line
                    of = f"of line {first}" if first else "of an entry before it"
                    raise _FaultError(
                        f"the id `{exhibit.id}` is that {of} too", "give it an id of its own"
                    )
                exhibits[exhibit.id] = exhibit
            except _FaultError as fault:
                what, remedy = map(str, fault.args)
                self.problems.warning(where, f"{what}; the entry is left out", remedy)
        catalogue = Catalogue(tuple(exhibits.values()), len(entries) - len(exhibits))
        unknown = tuple(sorted(self.unknown.items()))
        return Reading(ShowDraft(), (), FORMAT, self.name, unknown, catalogue)

    def _where(self, *key: str | int) -> Where:
        ends = range(len(key), 0, -1)
        line = next((self.lines[key[:end]] for end in ends if key[:end] in self.lines), 0)
        return Where(self.name, line)

    def _entry(self, entry: Any, place: int, where: Where) -> Exhibit:
        if not isinstance(entry, dict):
            raise _FaultError(f"entry {place + 1} is no object", f"write {_SHAPE[14:]}")
        ident = _ident(entry.get("id"), place)
        title = text.collapse(text.clean(_text(entry.get("title")), where, self.problems))
        if not title:
            raise _FaultError(f"`{ident}` has no `title`", "give it one, a text")
        url, page = _page(entry.get("url"), ident)
        self._tell_unknown(entry, _KEYS, place)
        return Exhibit(
            id=ident,
            title=title,
            description=self._description(entry, ident, where),
            page=page,
            url=url,
            address=url or (urls.join(self.base, str(entry["url"])) if self.base else None),
            image=self._image(entry.get("image"), ident, where),
            episodes=tuple(self._episodes(entry.get("episodes"), ident, where)),
            works=tuple(dict.fromkeys(self._works(entry.get("papers"), ident, where))),
            raw=_writable(entry),
            line=where.line,
        )

    def _description(self, entry: Mapping[str, Any], ident: str, where: Where) -> str | None:
        said = entry.get("description")
        if said is not None and not isinstance(said, str):
            what = f"the description of `{ident}` is no text, and left out"
            self.problems.warning(where, what, "write it as text in quotes")
        return text.clean(_text(said), where, self.problems).strip() or None

    def _image(self, said: Any, ident: str, where: Where) -> str:
        if said is None or said == "":
            return ""
        remedy = "name a picture that lies beside the catalogue"
        if isinstance(said, str) and _is_web(said):
            what = f"the image of `{ident}` is elsewhere, and not fetched: {_quote(said)}"
            self.problems.notice(where, what, "put it beside the page as poster.png yourself")
            return ""
        try:
            path = _inside(said)
            if PurePosixPath(path).suffix.lower() in POSTERS:
                return path
            fault = f"is none of {', '.join(POSTERS)}"
        except _FaultError as error:
            fault, remedy = map(str, error.args)
        what = f"the image of `{ident}` {fault}, and left out: {_quote(said)}"
        self.problems.warning(where, what, remedy)
        return ""

    def _episodes(self, said: Any, ident: str, where: Where) -> Iterator[str]:
        for name in said if isinstance(said, list) else [said] if said is not None else []:
            if isinstance(name, str) and name.strip():
                yield name.strip()
                continue
            what = f"`episodes` of `{ident}` is no list of texts"
            self.problems.warning(where, what, 'write ["slug-of-the-episode"]')
            return

    def _works(self, said: Any, ident: str, where: Where) -> Iterator[str]:
        for paper in said if isinstance(said, list) else [said] if said is not None else []:
            work = _work(paper)
            if work:
                yield work
                continue
            self.problems.warning(
                where,
                f"a paper of `{ident}` cannot be read, and is left out: {_quote(paper)}",
                f'write {{"id": "2306.14048", "type": "arxiv"}}; types are {", ".join(_KINDS)}',
            )

    def _tell_unknown(
        self, said: Mapping[str, Any], known: tuple[str, ...], place: int = -1
    ) -> None:
        for key in said:
            if key in known:
                continue
            self.unknown[text.collapse(key)] += 1
            where = self._where(*(("visualizations", place) if place >= 0 else ()), key)
            kept = "kept in the raw record, " if place >= 0 else ""
            what = f"unknown key {_quote(key)}: {kept}not understood"
            self.problems.notice(where, what, did_you_mean(key, known))


def _ident(said: Any, place: int) -> str:
    """An id as text; numbers are as good."""
    ident = str(said) if isinstance(said, int) and not isinstance(said, bool) else said
    if not isinstance(ident, str) or not ident:
        raise _FaultError(f"entry {place + 1} has no `id`", "give it one: a number or a slug")
    good = urls.slug_of(ident)
    if good != ident.replace("_", "-"):
        remedy = f"call it `{good}`" if good else "use small letters, digits and hyphens"
        raise _FaultError(f"the id {_quote(ident)} is no slug", remedy)
    return ident


def _page(said: Any, ident: str) -> tuple[str | None, str]:
    """The address of a visualization that is elsewhere, or the path of one that is here."""
    if not isinstance(said, str) or not said.strip():
        raise _FaultError(f"`{ident}` has no `url`", "give the path of its HTML page")
    if _is_web(said):
        return said.strip(), ""
    try:
        path = _inside(said)
    except _FaultError as fault:
        what, remedy = map(str, fault.args)
        raise _FaultError(f"the `url` of `{ident}` {what}: {_quote(said)}", remedy) from None
    if PurePosixPath(path).suffix.lower() not in HTML:
        what = f"the `url` of `{ident}` is no HTML page: {_quote(said)}"
        raise _FaultError(what, "name a file that ends in .html")
    return None, path


def _is_web(said: str) -> bool:
    """Whether a text is a whole web address that can be taken apart."""
    plain = re.fullmatch(r"https?://[^\s\\/]\S*", said.strip(), re.IGNORECASE)
    return bool(plain and urls.origin(said.strip()))


def _inside(said: Any) -> str:
    """A path below the catalogue's folder, decoded, without query; raises when it is none."""
    if not isinstance(said, str):
        raise _FaultError("is no text", "write a path in quotes")
    path = unquote(re.split(r"[?#]", said.strip(), maxsplit=1)[0])
    if re.match(r"[A-Za-z][\w+.-]*:", path):
        raise _FaultError(
            "is neither a path nor a web address", "write a path beside it, or https://…"
        )
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise _FaultError(
            "leads out of the catalogue's folder", "put the file beside the catalogue"
        )
    if not path.isprintable():
        raise _FaultError("has characters that no path has", "rename the file")
    return str(PurePosixPath(path))


def _work(paper: Any) -> str | None:
    """A work by public id or address, as `works` of a visualization has it."""
    if isinstance(paper, str):
        kind, mark, ident = paper.partition(":")
        paper = {"type": kind, "id": ident} if mark and not _is_web(paper) else {"id": paper}
    if not isinstance(paper, dict) or not isinstance(paper.get("id"), str):
        return None
    ident, kind = str(paper["id"]).strip(), str(paper.get("type") or "").strip().lower()
    if _is_web(ident):
        return ident
    if ident.lower().startswith(f"{kind}:"):
        ident = ident[len(kind) + 1 :].strip()
    known = kind in _KINDS and re.fullmatch(r"[!-~]+", ident)
    return f"{kind}:{ident}" if known else None


def _text(said: Any) -> str:
    return said if isinstance(said, str) else ""


def _quote(said: Any) -> str:
    """A value of the file as it can be shown in one line."""
    return f"`{text.collapse(ascii(said) if not str(said).isprintable() else str(said))[:120]}`"


def _writable(value: Any) -> Any:
    """The value without halves of characters, which no UTF-8 file can hold."""
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
