"""Where the files of a site name pictures at other hosts, and naming files of the site there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from backlist import content, files, urls
from backlist.content import Document
from backlist.feed.rules.secrets import mask
from backlist.importers.records import FOLDER
from backlist.model import Status
from backlist.model.scalars import moment
from backlist.problems import BacklistError, Problems, Where, working_on

COVERS, PICTURES = "covers", "pictures"
"""The folders in `static/`: of covers, and of what notes show."""

_IMAGE = re.compile(
    r"(!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?)(https?://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)"
)
_MAY_NAME = re.compile(r"^[\"']?image[\"']?\s*:|!\[", re.MULTILINE)
NOTHING: Mapping[str, str] = {}

_HIDDEN = (Status.PRIVATE, Status.REMOVED, Status.DRAFT)


@dataclass(frozen=True, slots=True)
class Place:
    """A picture at another host: the file that names it, on which line, and by what address.

    `name` is what its file in `static/` is to be called, without the suffix. In notes it stands
    among words. `written` is what stands there: the address, or the file it was kept as before.
    It is `out` where pages show it now: nothing of a draft or a future episode leaves the site.
    """

    file: str
    line: int
    address: str
    name: str
    written: str
    in_notes: bool = False
    out: bool = True


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site that names pictures."""

    text: str
    places: tuple[Place, ...]


def find(
    root: Path, homes: Mapping[str, str] = NOTHING, now: datetime | None = None
) -> dict[str, SiteFile]:
    """`site.yaml` and the records that name pictures at other hosts, by their names in the site.

    `homes` has the addresses of files in `static/` that count as if the address stood there; `now`
    decides which episodes are out. What cannot be understood is passed over: `check` tells of it.
    Raises `BacklistError` where `root` is no site or a file cannot be read.
    """
    settings = read_text(root, content.SITE)
    document = content.parse_yaml(settings, content.SITE, Problems())
    show = document.data.get("show") if document else None
    site = document.data.get("site") if document else None
    notes = isinstance(site, dict) and str(site.get("mirror_pictures")).lower() in ("true", "yes")
    found = {}
    if document and isinstance(show, dict) and (address := _elsewhere(show.get("image"), homes)):
        line = document.lines.get(("show", "image"), 1)
        place = Place(content.SITE, line, address, f"{COVERS}/show", show["image"])
        found[content.SITE] = SiteFile(settings, (place,))
    for name, text in records(root):
        record = content.parse_markdown(text, name, Problems()) if _MAY_NAME.search(text) else None
        stem = PurePosixPath(name).stem
        places = tuple(_places(record, stem, homes, notes=notes)) if record else ()
        if record and places:
            out = _is_out(record, now)
            found[name] = SiteFile(text, tuple(replace(one, out=out) for one in places))
    return found


def records(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each record of an episode, by name; what must not be read is passed over."""
    for name in files.find_all(root, FOLDER, Problems()):
        if content.is_markdown(name):
            yield f"{FOLDER}/{name}", read_text(root, f"{FOLDER}/{name}")


def facts_of(root: Path) -> dict[str, str]:
    """What the show is, for a place that describes what it keeps (see `stores.Terms`)."""
    document = content.parse_yaml(read_text(root, content.SITE), content.SITE, Problems())
    show = document.data.get("show") if document else None
    told = show if isinstance(show, dict) else {}
    terms = told.get("license")
    facts = {
        "title": told.get("title"),
        "creator": told.get("author"),
        "description": told.get("description"),
        "language": told.get("language"),
        "licenseurl": terms.get("url") if isinstance(terms, dict) else None,
    }
    return {name: value for name, value in facts.items() if isinstance(value, str) and value}


def read_text(root: Path, name: str) -> str:
    """The text of a file of the site. Raises `BacklistError` where there is none."""
    with working_on(Where(name)):
        try:
            return (root / name).read_text("utf-8")
        except FileNotFoundError:
            hint = "go to the site's folder, or name it with `--site DIR`"
            raise BacklistError(
                Where(str(root)), f"is not a site: it has no `{name}`", hint
            ) from None


def _places(
    record: Document, stem: str, homes: Mapping[str, str], *, notes: bool
) -> Iterator[Place]:
    data = record.data
    slug = urls.slug_of(str(data.get("slug") or stem)) or "episode"
    image, status = data.get("image"), str(data.get("status") or "")
    if status in (Status.PRIVATE, Status.REMOVED):
        return  # nothing of what nobody may see lies in a folder that is published
    if address := _elsewhere(image, homes):
        line = record.lines.get(("image",), 1)
        yield Place(record.file, line, address, f"{COVERS}/{slug}", str(image))
    if notes and status not in _HIDDEN:
        for number, (line, address) in enumerate(_pictures(record), 1):
            name = f"{PICTURES}/{slug}-{number}"
            yield Place(record.file, line, address, name, address, in_notes=True)


def _is_out(record: Document, now: datetime | None) -> bool:
    """Whether an episode is published; a date that cannot be read is told by `check`."""
    date = record.data.get("date")
    try:
        future = bool(now and isinstance(date, str) and moment(date).instant > now)
    except ValueError:
        future = True
    return not future and str(record.data.get("status") or "") not in _HIDDEN


def _pictures(record: Document) -> Iterator[tuple[int, str]]:
    told = set()
    for number, line in enumerate(record.body.split("\n"), record.body_line):
        for match in _IMAGE.finditer(line):
            if match[2] not in told:
                told.add(match[2])
                yield number, match[2]


def _elsewhere(image: object, homes: Mapping[str, str]) -> str:
    """The address of a picture at another host; empty for one in the site, or for none."""
    if not isinstance(image, str):
        return ""
    elsewhere = image.lower().startswith(("http://", "https://"))
    return image if elsewhere else homes.get(urls.static_name(image), "")


def renamed(file: SiteFile, homes: Mapping[str, str]) -> str:
    """The file's text, with files in `static/` in place of the addresses that `homes` has."""
    text = file.text
    for place in file.places:
        target = homes.get(place.address, "")
        if place.in_notes or target in ("", urls.static_name(place.written)):
            continue
        if place.file == content.SITE:
            text = _with_line(text, place, target)
        else:
            text = content.amend(text, {"image": target})
    in_notes = {one.address: homes.get(one.address, "") for one in file.places if one.in_notes}
    return _with_pictures(text, {one: home for one, home in in_notes.items() if home})


def report_unnamed(
    name: str, file: SiteFile, text: str, homes: Mapping[str, str], problems: Problems
) -> None:
    """Warn of a file that cannot be changed by itself; `text` is what became of it."""
    for place in file.places:
        home = homes.get(place.address, "")
        if text == file.text and home not in ("", place.written, urls.static_name(place.written)):
            message = f"is not changed by itself: it names {mask(place.address)}"
            problems.warning(Where(name, place.line), message, f"write `image: {home}`")


def _with_pictures(text: str, homes: Mapping[str, str]) -> str:
    def put(found: re.Match[str]) -> str:
        home = homes.get(found[2])
        return found[1] + (urls.in_notes(home) if home else found[2])

    return _IMAGE.sub(put, text) if homes else text


def _with_line(text: str, place: Place, target: str) -> str:
    """A setting written anew where it stands on one line: all around it is a person's work."""
    lines = text.splitlines(keepends=True)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    found = re.fullmatch(r"(\s*image:\s*)(['\"]?)(\S+?)\2(\s+#.*)?\s*", line)
    if found is None or found[3] != place.written:
        return text
    lines[place.line - 1] = f"{found[1]}{target}{found[4] or ''}\n"
    return "".join(lines)
