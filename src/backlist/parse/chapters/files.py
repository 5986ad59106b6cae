"""Files of chapter marks: two kinds of JSON, Podlove's XML, WebVTT, and lines of text.

JSON chapters 1.2 of the podcast namespace (`chapters/jsonChapters.md`); Podlove Simple Chapters
1.2 as XML and as JSON; WebVTT and SRT with a cue a chapter; lines of a time and a title in the
forms of `parse.times`, `HH:MM:SS.mmm Title <address>` as mp4chaps and Podlove write it, and
Audacity's labels; `CHAPTER01=` and `CHAPTER01NAME=`. Nothing here raises: what cannot be read is
reported with its line. A file without chapters (`{}`, an empty one) is a placeholder, only told.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backlist import content
from backlist.content import Document
from backlist.model import Chapter
from backlist.parse import times, transcript
from backlist.parse.moments import AnyChapter
from backlist.problems import Problems, Where


@dataclass(frozen=True)
class Mark:
    """A chapter and the place it is written down at."""

    where: Where
    chapter: AnyChapter


Rows = Iterator[tuple[int, Mapping[str, Any]]]
"""Line and fields of each chapter: `start`, `title`, `url`, `image`."""


def read(text: str, file: str, problems: Problems) -> list[Mark]:
    """The marks of a chapters file in the order it gives them; `file` is its name for people."""
    reader = _READERS.get(posixpath.splitext(file)[1].lower(), _read_lines)
    marks = []
    for line, fields in reader(text, file, problems) if text.strip("\ufeff \r\n\t") else ():
        given = {key: value for key, value in fields.items() if value not in (None, "")}
        document = Document(file, given, {(): line})
        chapter = content.read(Chapter, document, problems)
        marks += [Mark(Where(file, line), chapter)] if chapter else []
    if not marks and not any(problem.where.file == file for problem in problems):
        problems.warning(
            Where(file), "contains no chapters", "`backlist docs listening` lists the formats"
        )
    return marks


_LINE = re.compile(r"(?P<start>[\d:]+(?:[.,]\d+)?)\s+(?P<title>\S.*)")
_LABEL = re.compile(r"(?P<start>\d+[.,]\d+)\t\d+[.,]\d+\t(?P<title>.*)")
"""A label of Audacity: where it begins and ends, in seconds, and its words."""
_NAMED = re.compile(r"CHAPTER\d{1,4}(?:=(?P<start>[\d:.,]+)|NAME=(?P<title>.*))", re.IGNORECASE)
"""Two lines a chapter, as mkvtoolnix and OGM tools write them."""
_ADDRESS = re.compile(r"<([^<>\s]+)>\s*$")


def _read_lines(text: str, file: str, problems: Problems) -> Rows:
    rows = content.normal_newlines(text).split("\n")
    above: tuple[str, float] | None = None
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        if named := _NAMED.fullmatch(row.strip()):
            row = named["start"] or named["title"]
        time, fields = times.alone(row), _fields(row)
        if above and fields is None and time is None:
            fields = {"start": str(above[1]), "title": row.strip()}
        if fields:
            yield number, fields
        elif time is None and not row.startswith("\\"):  # the frequencies of a label
            message = f"does not consist of a time and a title: {row.strip()[:60]}"
            problems.warning(Where(file, number), message, "write it as `00:12:40 Title`")
        above = time


def _fields(row: str) -> dict[str, str] | None:
    """Time, title and address of a line; None where it has no time and title."""
    address = _ADDRESS.search(row)
    row = (row[: address.start()] if address else row).strip()
    if found := _LABEL.fullmatch(row):
        fields = found.groupdict()
    elif line := times.read_leading(row) or times.read_trailing(row):
        fields = {"start": str(line.start), "title": line.title}
    elif found := _LINE.fullmatch(row):
        fields = found.groupdict()
    else:
        return None
    return {
        **fields,
        "start": fields["start"].replace(",", "."),
        "url": address[1] if address else "",
    }


def _read_json(text: str, file: str, problems: Problems) -> Rows:
    """`{"chapters": [{"startTime", "title", "img", "url"}]}`, or a list of Podlove's."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        problems.error(Where(file, error.lineno), f"is not JSON: {error.msg}", "fix it there")
        return
    except (RecursionError, ValueError):
        problems.error(Where(file), "is not valid JSON", "export it again")
        return
    listed = data.get("chapters") if isinstance(data, dict) else data
    if listed is None and (not data or {"chapters", "version"} & set(data)):
        return
    if not isinstance(listed, list):
        hint = "`backlist docs listening` shows one"
        problems.error(Where(file, 1), "has no list of `chapters`", hint)
        return
    lines = list(_lines_of_starts(text))
    for number, one in enumerate(listed):
        line = lines[number] if len(lines) == len(listed) else 0
        if not isinstance(one, dict):
            problems.error(Where(file, line), f"chapter {number + 1} is not a group of fields")
        elif one.get("toc") is not False:  # silent: only there to change the picture
            yield line, _named(one)


def _lines_of_starts(text: str) -> Iterator[int]:
    for number, row in enumerate(text.split("\n"), 1):
        for _ in re.finditer(r'"start(?:Time)?"\s*:', row):
            yield number


def _named(one: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of either kind of JSON under the names a record has for them."""
    given = {
        "start": one.get("startTime", one.get("start")),
        "title": one.get("title"),
        "url": one.get("url", one.get("href")),
        "image": one.get("img", one.get("image")),
    }
    return {key: str(value) for key, value in given.items() if isinstance(value, str | int | float)}


def _read_xml(text: str, file: str, problems: Problems) -> Rows:
    """`<psc:chapter start="00:12:40" title="…" href="…" image="…"/>`, in whatever is around it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.removeprefix("\ufeff").encode(), parser)
    except etree.XMLSyntaxError as error:
        message = f"is not XML: {error.msg}"
        problems.error(Where(file, error.lineno or 0), message, "fix it there")
        return
    for element in root.iter("{*}chapter"):
        said = element.attrib
        yield (
            element.sourceline or 0,
            {
                "start": said.get("start"),
                "title": said.get("title"),
                "url": said.get("href"),
                "image": said.get("image"),
            },
        )


def _read_cues(text: str, file: str, problems: Problems) -> Rows:
    reading = transcript.read(file, text)
    for fault in reading.faults:
        problems.warning(Where(file, fault.line), fault.message, "fix this line")
    for cue in reading.cues:
        if cue.start is not None:
            yield 0, {"start": f"{cue.start:.3f}", "title": cue.text}


_READERS: dict[str, Callable[[str, str, Problems], Rows]] = {
    ".json": _read_json,
    ".psc": _read_xml,
    ".xml": _read_xml,
    ".vtt": _read_cues,
    ".srt": _read_cues,
}
