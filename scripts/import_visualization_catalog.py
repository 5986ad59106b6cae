"""Imports a catalogue of visualizations (JSON, with its files beside it) into a site.

    python scripts/import_visualization_catalog.py CATALOG… [--site DIR] [--dry-run]

    {"base_url": "https://example.org/lab/",
     "visualizations": [{"id": 12, "title": "Tides in a cache", "description": "Raise the tide.",
       "url": "viz/2026/tides.html", "image": "images/tides.png",
       "papers": [{"id": "2306.14048", "type": "arxiv"}], "episodes": ["caches-at-low-tide"]}]}

`id`, `title` and `url` are required. Each entry becomes `content/visualizations/ID/`: its page
copied byte for byte as `index.html`, its picture as `poster.*`, the rest in `visualization.yaml`;
an entry whose `url` is a whole address stays where it is. Paths are looked for beside the
catalogue, then without their first folder, and from the folder above if the catalogue's own is
called as that first folder is. An entry that cannot be used is left out with a warning.

The entry as it was is kept in `content/imported/visualizations/`, so that a second run follows
what nobody edited and reports the rest. Nothing is ever deleted.
"""

import argparse
import codecs
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath, PurePosixPath
from typing import Any
from urllib.parse import unquote

from backlist import content, urls
from backlist.commands import create_site
from backlist.content import decode, locate_json, parse_json
from backlist.feed.reader.text import clean, collapse
from backlist.files import replace as write_file
from backlist.importers.fetch import LIMIT
from backlist.importers.matching import Existing, addresses_of, read_existing
from backlist.importers.mentions import audio_file
from backlist.importers.records import differs
from backlist.load import HTML, VISUALIZATIONS
from backlist.model import Status
from backlist.problems import BacklistError, Problems, Where, did_you_mean, tally
from backlist.resolve.visualizations import POSTERS

INDEX = "index.html"
KEYS_FILE = "visualization.yaml"
RAW_FOLDER = "content/imported/visualizations"

FIELDS = ("title", "description", "episodes", "works", "poster", "url")
"""The keys of a visualization that a catalogue fills, in the order they are written."""

_TOP = ("base_url", "updated", "visualizations")
_KEYS = ("id", "title", "description", "url", "date", "image", "papers", "episodes")
_KINDS = ("arxiv", "doi", "openreview")
_DEEPEST = 20
_SHAPE = 'begin it so: {"visualizations": [{"id": 1, "title": "…", "url": "page.html"}]}'

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One visualization as a catalogue gives it.

    `page` and `image` are paths as the catalogue writes them, decoded and known not to climb out
    of its folder; `url` is the address of one that is elsewhere, and `page` is then empty.
    `address` is where its page was published, if that is known. `episodes` are names of any kind
    (slug, address, file, title), `works` public ids and addresses, `raw` the whole entry.
    """

    id: str
    title: str
    description: str | None = None
    page: str = ""
    url: str | None = None
    address: str | None = None
    image: str = ""
    episodes: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(slots=True)
class Report:
    """What an import did to which files; `left_out` counts entries that could not be used."""

    found: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    kept: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0
    writes: dict[str, bytes] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """The report for a person."""
        counts = [(len(self.new), "new"), (len(self.changed), "changed")]
        counts += [(self.unchanged, "unchanged"), (self.left_out, "left out")]
        counts += [(len(self.kept), "with edits kept")]
        said = ", ".join(f"{number} {word}" for number, word in counts if number)
        yield f"{self.found} visualizations: {said}" if self.writes else "nothing changed"
        yield from (f"  new: {path}" for path in self.new)
        yield from (f"  changed: {path}: {', '.join(names)}" for path, names in self.changed)
        yield from (f"  conflict, your edit kept: {path}: {', '.join(n)}" for path, n in self.kept)


def run(
    root: Path, catalogs: Sequence[str], problems: Problems, *, dry_run: bool = False
) -> Report:
    """Import catalogues into the site at `root`; nothing is written when there is an error.

    Raises `BacklistError` when `root` is no site, or a file of it cannot be read or written.
    """
    create_site.require_site(root)
    if create_site.is_empty(root):
        raise BacklistError(
            Where(str(root)), "is empty", "create a site first: `backlist init DIR --from FEED`"
        )
    report = Report()
    planner = Planner(root, problems, report)
    for name in catalogs:
        entries = read_catalog(name, problems)
        if entries is not None:
            planner.plan(name, entries)
    if not problems.stop() and not dry_run:
        for path, data in report.writes.items():
            write_file(root / path, data)
    return report


def read_catalog(name: str, problems: Problems) -> "tuple[list[Item], int] | None":
    """The entries of a catalogue that can be used, and how many cannot; None on an error."""
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        problems.error(Where(name), f"cannot be read: {error.strerror}", "name a JSON file")
        return None
    return read_items(data, name, problems)


def read_items(data: bytes, name: str, problems: Problems) -> "tuple[list[Item], int] | None":
    """The entries in a catalogue's bytes; see `read_catalog`."""
    words = decode(data.removeprefix(codecs.BOM_UTF8), name, problems)
    if words is None:
        return None
    faults = len(problems.found)
    said = parse_json(words, name, problems)
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
        problems.error(Where(name), "is nested too deeply", "make it simpler")
        return None
    return _Reader(said, words, name, problems).read(entries)


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
        found = locate_json(words, name)
        self.lines = found.lines if found else {}
        base = said.get("base_url")
        self.base = base if isinstance(base, str) and _is_web(base) else None
        if base is not None and self.base is None:
            message = f"`base_url` is not a web address: {_quote(base)}"
            problems.warning(
                self._where("base_url"), message, "write the full address, starting with https://"
            )

    def read(self, entries: list[Any]) -> tuple[list[Item], int]:
        """Every entry that can be used, and how many cannot."""
        self._report_unknown(self.said, _TOP)
        items: dict[str, Item] = {}
        for index, entry in enumerate(entries):
            where = self._where("visualizations", index)
            try:
                item = self._entry(entry, index, where)
                if item.id in items:
                    first = items[item.id].line
                    of = f"of line {first}" if first else "of an entry before it"
                    raise _FaultError(
                        f"the id `{item.id}` is that {of} too", "give it an id of its own"
                    )
                items[item.id] = item
            except _FaultError as fault:
                message, hint = map(str, fault.args)
                self.problems.warning(where, f"{message}; the entry is left out", hint)
        return [*items.values()], len(entries) - len(items)

    def _where(self, *key: str | int) -> Where:
        ends = range(len(key), 0, -1)
        line = next((self.lines[key[:end]] for end in ends if key[:end] in self.lines), 0)
        return Where(self.name, line)

    def _entry(self, entry: Any, place: int, where: Where) -> Item:
        if not isinstance(entry, dict):
            raise _FaultError(f"entry {place + 1} is no object", f"write {_SHAPE[14:]}")
        ident = _ident(entry.get("id"), place)
        title = collapse(clean(_text(entry.get("title")), where, self.problems))
        if not title:
            raise _FaultError(f"`{ident}` has no `title`", "give it one, a text")
        url, page = _page(entry.get("url"), ident)
        self._report_unknown(entry, _KEYS, place)
        return Item(
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
            message = f"the description of `{ident}` is no text, and left out"
            self.problems.warning(where, message, "write it as text in quotes")
        return clean(_text(said), where, self.problems).strip() or None

    def _image(self, said: Any, ident: str, where: Where) -> str:
        if said is None or said == "":
            return ""
        hint = "name a picture that lies beside the catalogue"
        if isinstance(said, str) and _is_web(said):
            message = f"the image of `{ident}` is elsewhere, and not fetched: {_quote(said)}"
            self.problems.info(where, message, "put it beside the page as poster.png yourself")
            return ""
        try:
            path = _inside(said)
            if PurePosixPath(path).suffix.lower() in POSTERS:
                return path
            fault = f"is none of {', '.join(POSTERS)}"
        except _FaultError as error:
            fault, hint = map(str, error.args)
        message = f"the image of `{ident}` {fault}, and left out: {_quote(said)}"
        self.problems.warning(where, message, hint)
        return ""

    def _episodes(self, said: Any, ident: str, where: Where) -> Iterator[str]:
        for name in said if isinstance(said, list) else [said] if said is not None else []:
            if isinstance(name, str) and name.strip():
                yield name.strip()
                continue
            message = f"`episodes` of `{ident}` is no list of texts"
            self.problems.warning(where, message, 'write ["slug-of-the-episode"]')
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

    def _report_unknown(
        self, said: Mapping[str, Any], known: tuple[str, ...], place: int = -1
    ) -> None:
        for key in said:
            if key in known:
                continue
            where = self._where(*(("visualizations", place) if place >= 0 else ()), key)
            kept = "kept in the raw record, " if place >= 0 else ""
            message = f"unknown key {_quote(key)}: {kept}not understood"
            self.problems.info(where, message, did_you_mean(key, known))


def _ident(said: Any, place: int) -> str:
    """An id as text; numbers are as good."""
    ident = str(said) if isinstance(said, int) and not isinstance(said, bool) else said
    if not isinstance(ident, str) or not ident:
        raise _FaultError(f"entry {place + 1} has no `id`", "give it one: a number or a slug")
    good = urls.slug_of(ident)
    if good != ident.replace("_", "-"):
        hint = f"call it `{good}`" if good else "use small letters, digits and hyphens"
        raise _FaultError(f"the id {_quote(ident)} is no slug", hint)
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
        message, hint = map(str, fault.args)
        raise _FaultError(f"the `url` of `{ident}` {message}: {_quote(said)}", hint) from None
    if PurePosixPath(path).suffix.lower() not in HTML:
        message = f"the `url` of `{ident}` is no HTML page: {_quote(said)}"
        raise _FaultError(message, "name a file that ends in .html")
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
    return f"`{collapse(ascii(said) if not str(said).isprintable() else str(said))[:120]}`"


def _writable(value: Any) -> Any:
    """The value without halves of characters, which no UTF-8 file can hold."""
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def collect_files(item: Item, catalogue: str, problems: Problems) -> dict[str, bytes] | None:
    """An item's files by the names they get, `index.html` and `poster.*`; none for a remote one.

    None, with a warning, where its page cannot be had; a missing picture is only a notice.
    """
    where = Where(catalogue, item.line)
    roots = _roots(Path(catalogue).parent, item.page)
    files: dict[str, bytes] = {}
    if item.page:
        page = _find(item.page, roots, f"the page of `{item.id}`", where, problems)
        if page is None:
            return None
        if b"<" not in page:
            message = f"the page of `{item.id}` is no HTML; the entry is left out"
            problems.warning(where, message, f"look what {item.page} is, and get it again")
            return None
        files[INDEX] = page
    if item.image:
        message = f"the image of `{item.id}`"
        image = _find(item.image, roots, message, where, problems, needed=False)
        if image:
            files["poster" + PurePosixPath(item.image).suffix.lower()] = image
    return files


def _find(
    path: str,
    roots: Sequence[Path],
    name: str,
    where: Where,
    problems: Problems,
    *,
    needed: bool = True,
) -> bytes | None:
    """The bytes of a file, or None with the error reported: a warning if it was needed."""
    tell = problems.warning if needed else problems.info
    end = "the entry is left out" if needed else "it comes without"
    for root, file in _places(path, roots):
        if not _is_there(file):
            continue
        if not file.resolve().is_relative_to(root.resolve()):
            problems.warning(
                where,
                f"{name} is a link out of the catalogue's folder: {path}; {end}",
                "put the file itself there",
            )
            return None
        return _read_beside(file, name, end, where, problems)
    tell(
        where,
        f"{name} is not there: {path}; {end}",
        f"put it at {roots[0] / path}, as the catalogue says, and import again",
    )
    return None


def _roots(folder: Path, page: str) -> tuple[Path, ...]:
    """The folders that paths may begin in: the catalogue's own, and perhaps the one above it."""
    own = folder.resolve()
    return (folder, own.parent) if own.name == page.partition("/")[0] else (folder,)


def _places(path: str, roots: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Where a file may lie, each place after the folder it may not leave."""
    yield roots[0], roots[0] / path
    rest = path.partition("/")[2]
    if rest:
        yield roots[0], roots[0] / rest
    yield from ((root, root / path) for root in roots[1:])


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        # A name longer than the disk's names may be.
        return False


def _read_beside(file: Path, name: str, end: str, where: Where, problems: Problems) -> bytes | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}; {end}"
        problems.warning(where, message, f"check the permissions of {file}")
        return None
    if len(data) > LIMIT:
        message = f"{name} is larger than {LIMIT // (1024 * 1024)} MiB; {end}"
        problems.warning(where, message, "make it smaller: no reader would wait for it")
        return None
    if not data:
        problems.warning(where, f"{name} is empty; {end}", f"get {file} again")
        return None
    return data


class Finder:
    """The site's episodes by everything they can be called: slug, address, sound file, title."""

    def __init__(self, existing: Mapping[str, str], problems: Problems) -> None:
        """`existing` are the records (`content/episodes/*.md`), path → text."""
        # What is wrong with a record is reported where records are merged, and by the build.
        records = read_existing(existing, {}, Problems())
        self.records = [each for each in records if each.episode.status is not Status.REMOVED]
        self.problems = problems
        self.slugs: dict[str, set[str]] = defaultdict(set)
        for each in self.records:
            for name in _names(each):
                self.slugs[name].add(each.episode.slug)

    def find(self, item: Item, where: Where) -> tuple[str, ...]:
        """Slugs: of episodes it names, of the one of its title, of those that refer to it.

        A name that no episode has, or that several have, is reported and matched with none.
        """
        named = [slug for name in item.episodes for slug in self._named(name, item, where)]
        same = self.slugs.get(item.title, set())
        if len(same) == 1:
            named += same
        elif same:
            self.problems.info(
                where,
                f"{len(same)} episodes are called as `{item.id}` is: {', '.join(sorted(same))}",
                "name the right one under `episodes:` of the visualization",
            )
        return tuple(dict.fromkeys([*named, *self._referring(item)]))

    def _named(self, name: str, item: Item, where: Where) -> Iterator[str]:
        found = sorted(self.slugs.get(name) or self.slugs.get(audio_file(name)) or ())
        if len(found) == 1:
            yield found[0]
            return
        fault = f"is the name of {', '.join(found)}" if found else "is the name of no episode"
        self.problems.warning(
            where,
            f"`{name}` of `{item.id}` {fault}; not matched",
            "name it by slug, sound file, address or exact title, or import its feed first",
        )

    def _referring(self, item: Item) -> Iterator[str]:
        """Episodes that refer to its address, or without an address to its title."""
        for each in self.records:
            for reference in each.episode.visualizations:
                by_address = reference.url is not None and reference.url == item.address
                by_title = not reference.url and reference.title == item.title
                if reference.id or not (by_address or by_title):
                    continue
                self.problems.info(
                    Where(each.path),
                    f"refers to the visualization `{item.id}` by its "
                    f"{'address' if by_address else 'title'}",
                    f"write `visualizations: [{item.id}]`, and it is shown once",
                )
                yield each.episode.slug


def _names(record: Existing) -> Iterator[str]:
    episode = record.episode
    yield from (episode.slug, episode.title, *filter(None, (episode.link,)))
    for address in addresses_of(episode.audio):
        yield address
        yield audio_file(address)


@dataclass(frozen=True, slots=True)
class Base:
    """One raw record: the catalogue's file name, the derived fields, a digest by file name."""

    source: str = ""
    derived: Fields = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def raw_path(ident: str) -> str:
    """Where the raw record of a visualization stands, from the site's folder."""
    return f"{RAW_FOLDER}/{ident}.yaml"


def digest(data: bytes) -> str:
    """What tells one file's bytes from another's."""
    return hashlib.sha256(data).hexdigest()


def read_base(text: str, file: str, problems: Problems) -> Base | None:
    """A raw record's base, or None with the error reported."""
    document = content.parse_yaml(text, file, problems)
    if document is None:
        return None
    derived, files = document.data.get("derived"), document.data.get("files") or {}
    if isinstance(derived, dict) and isinstance(files, dict):
        return Base(str(document.data.get("source")), only_known(derived), files)
    problems.error(
        Where(file),
        "has no `derived` fields",
        "delete the file; the next import creates it again",
    )
    return None


def write_base(source: str, item: Item, derived: Fields, files: Mapping[str, str]) -> str:
    """The text of a raw record."""
    data = {"source": PurePath(source).name, "format": "catalogue", "raw": dict(item.raw)}
    return content.dump_yaml(data | {"derived": dict(derived), "files": dict(files)})


def only_known(data: Fields) -> dict[str, Any]:
    """The fields a catalogue fills that have a value."""
    return {name: data[name] for name in FIELDS if data.get(name)}


@dataclass(frozen=True, slots=True)
class Standing:
    """A visualization as it lies in the site: its keys, and its files' digests by name."""

    keys: Fields = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def pages(self) -> list[str]:
        """The names of its HTML pages."""
        return [name for name in self.files if name.endswith(HTML)]


@dataclass(slots=True)
class Changes:
    """Keys to set (None: removed), files to write, names of both that a person keeps."""

    keys: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    stays: str = ""
    """What stands in the way of a page that moved here, or away: the key or file that stays."""

    def names(self) -> tuple[str, ...]:
        """Everything that changes."""
        return (*self.keys, *self.files)


def merge(new: Fields, files: Mapping[str, bytes], base: Base, mine: Standing) -> Changes:
    """What to change for a visualization to follow its catalogue where nobody edited it."""
    changes = Changes()
    mine = replace(mine, keys=_own_poster(files, base, mine) | dict(mine.keys))
    _follow_keys(new, base, mine, changes)
    _follow_files(files, base, mine, changes)
    _part_page_and_address(mine, changes)
    return changes


def _follow_keys(new: Fields, base: Base, mine: Standing, changes: Changes) -> None:
    for name in FIELDS:
        said, was, stands = new.get(name), base.derived.get(name), mine.keys.get(name)
        if said == stands:
            continue
        if stands == was:
            changes.keys[name] = said
        elif said != was:
            changes.kept.append(name)


def _own_poster(files: Mapping[str, bytes], base: Base, mine: Standing) -> dict[str, str]:
    """A picture that a person put there: by its name alone it is the poster, without a key."""
    copied = {name: digest(data) for name, data in files.items()}
    for name in (f"poster{end}" for end in POSTERS):
        if name in mine.files and name not in base.files and mine.files[name] != copied.get(name):
            return {"poster": name}
    return {}


def _follow_files(files: Mapping[str, bytes], base: Base, mine: Standing, changes: Changes) -> None:
    shown = changes.keys.get("poster", mine.keys.get("poster"))
    for name, data in files.items():
        if name != INDEX and name != shown:
            # It would be taken for the poster where a person chose another, or none.
            continue
        said, was, stands = digest(data), base.files.get(name), mine.files.get(name)
        renamed = stands is None and name == INDEX and bool(mine.pages())
        if (stands is None and not renamed) or (stands == was and stands != said):
            changes.files[name] = data
        elif said not in (stands, was):
            changes.kept.append(name)


def _part_page_and_address(mine: Standing, changes: Changes) -> None:
    """A page here and an address elsewhere exclude each other: what the site has stays."""
    if changes.keys.get("url") and mine.pages():
        del changes.keys["url"]
        changes.stays = mine.pages()[0]
    url = changes.keys.get("url", mine.keys.get("url"))
    if url and changes.files.pop(INDEX, None):
        changes.stays = "url"


class Planner:
    """The catalogues of one import against one site, one after the other."""

    def __init__(self, root: Path, problems: Problems, report: Report) -> None:
        self.root, self.problems, self.report = root, problems, report
        folder = root / "content/episodes"
        episodes = {path.relative_to(root).as_posix(): _read(path) for path in folder.glob("*.md")}
        self.finder = Finder(episodes, problems)
        self.seen: dict[str, str] = {}

    def plan(self, catalogue: str, entries: tuple[list[Item], int]) -> None:
        """Add to the report what importing a catalogue would write; unusable entries warn."""
        items, left_out = entries
        self.report.found += len(items) + left_out
        self.report.left_out += left_out
        if not left_out:
            self._report_lost(catalogue, items)
        for item in items:
            found = self._add(item, catalogue)
            self.report.left_out += found is None
            self.report.writes |= found or {}

    def _add(self, item: Item, catalogue: str) -> dict[str, bytes] | None:
        """The files to write for one visualization; None, with the reason told, for none of it."""
        where = Where(catalogue, item.line)
        if self._is_taken(item, catalogue, where):
            return None
        files = collect_files(item, catalogue, self.problems)
        raw_file = raw_path(item.id)
        raw = self._text(raw_file)
        said = read_base(raw, raw_file, self.problems) if raw else None
        path = f"{VISUALIZATIONS}/{item.id}/{KEYS_FILE}"
        text = self._text(path)
        mine = self._standing(item.id, text, path)
        if files is None or mine is None or (raw and said is None):
            return None
        if said is None and self._is_another(item, files, mine, where):
            return None
        # Where somebody removed the keys there is nothing that could be an edit of theirs.
        base = said if said and text is not None else Base()
        derived = self._derive(item, files, base, where)
        changes = merge(derived, files, base, mine)
        self._tell_stays(item, changes, where)
        _count(self.report, path, changes, new=text is None)
        digests = {**base.files, **{name: digest(data) for name, data in files.items()}}
        fresh = write_base(catalogue, item, derived, digests)
        writes = {f"{VISUALIZATIONS}/{item.id}/{n}": data for n, data in changes.files.items()}
        if changes.keys:
            writes[path] = content.amend_yaml(text or "", changes.keys).encode()
        return writes | ({raw_file: fresh.encode()} if differs(raw, fresh) else {})

    def _is_taken(self, item: Item, catalogue: str, where: Where) -> bool:
        """Whether another catalogue of this import has the id."""
        first = self.seen.setdefault(item.id, catalogue)
        if first != catalogue:
            self.problems.warning(
                where,
                f"the id `{item.id}` is taken by {first}; the entry is left out",
                "give it an id of its own",
            )
        return first != catalogue

    def _is_another(
        self, item: Item, files: Mapping[str, bytes], mine: Standing, where: Where
    ) -> bool:
        """Whether what the site has under this id is another visualization; reported if so."""
        place = f"{VISUALIZATIONS}/{item.id}"
        flat = [f"{place}{end}" for end in (*HTML, ".yaml")]
        found = next((path for path in flat if (self.root / path).exists()), "")
        page = files.get(INDEX)
        here = mine.files.get(INDEX)
        same = here == digest(page) if page else mine.keys.get("url") == item.url
        if not found and (same or not (mine.files or mine.keys)):
            return False
        self.problems.warning(
            where,
            f"{found or place} is there and is no copy of it; `{item.id}` is left out",
            "give one of the two another id",
        )
        return True

    def _standing(self, ident: str, text: str | None, path: str) -> Standing | None:
        """What the site has of an id; None, reported, if its keys are unreadable."""
        document = content.parse_yaml(text or "", path, self.problems)
        if document is None:
            return None
        folder = self.root / VISUALIZATIONS / ident
        files = {
            each.name: digest(_read_bytes(each))
            for each in sorted(folder.iterdir() if folder.is_dir() else ())
            if each.is_file() and each.name != KEYS_FILE and not each.name.startswith(".")
        }
        return Standing(only_known(document.data), files)

    def _derive(
        self, item: Item, files: Mapping[str, bytes], base: Base, where: Where
    ) -> dict[str, Any]:
        """The keys the catalogue speaks for; a picture stays when it merely falls silent on it."""
        poster = next((name for name in files if name != INDEX), None)
        return only_known(
            {
                "title": item.title,
                "description": item.description,
                "episodes": list(self.finder.find(item, where)),
                "works": list(item.works),
                "poster": poster or base.derived.get("poster"),
                "url": item.url,
            }
        )

    def _tell_stays(self, item: Item, changes: Changes, where: Where) -> None:
        if changes.stays:
            now = f"elsewhere now: {item.url}" if item.url else "a page here now"
            place = f"{VISUALIZATIONS}/{item.id}"
            self.problems.info(
                where,
                f"`{item.id}` is {now}; `{changes.stays}` in {place} stays",
                f"to follow the catalogue remove {place} and import again",
            )

    def _report_lost(self, catalogue: str, items: Sequence[Item]) -> None:
        """Report which visualizations of this catalogue's last import it lists no more."""
        listed = {item.id for item in items}
        lost = []
        for path in sorted((self.root / RAW_FOLDER).glob("*.yaml")):
            base = read_base(_read(path), str(path), Problems())
            if base and base.source == PurePath(catalogue).name and path.stem not in listed:
                lost.append(path.stem)
        if lost:
            many = f"{len(lost)} visualizations" if len(lost) > 1 else "1 visualization"
            self.problems.info(
                Where(catalogue),
                f"{many} of the last import not in it: {', '.join(lost)}; all files stay",
            )

    def _text(self, path: str) -> str | None:
        return _read(self.root / path) if (self.root / path).is_file() else None


def _read(path: Path) -> str:
    try:
        return _read_bytes(path).decode()
    except UnicodeDecodeError as error:
        raise BacklistError(
            Where(str(path)), f"cannot be read: {error}", "save it as UTF-8 text"
        ) from error


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BacklistError(
            Where(str(path)), f"cannot be read: {error.strerror}", "mend its permissions"
        ) from error


def _count(report: Report, path: str, changes: Changes, *, new: bool) -> None:
    if changes.kept:
        report.kept.append((path, tuple(changes.kept)))
    if new:
        report.new.append(path)
    elif not changes.names():
        report.unchanged += 1
    else:
        report.changed.append((path, changes.names()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the import; 0 done, 1 with errors."""
    parser = argparse.ArgumentParser(description="Import a catalogue of visualizations.")
    parser.add_argument("catalogs", nargs="+", metavar="CATALOG", help="a JSON file")
    parser.add_argument("--site", type=Path, default=Path(), metavar="DIR", help="default: here")
    parser.add_argument("--dry-run", action="store_true", help="report without writing")
    chosen = parser.parse_args(arguments)
    problems = Problems()
    try:
        report = run(chosen.site, chosen.catalogs, problems, dry_run=chosen.dry_run)
    except BacklistError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems.stop():
        print(f"{tally(problems)}; nothing was written", file=sys.stderr)
        return 1
    print(*report.lines(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
