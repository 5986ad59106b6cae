"""Files of chapter marks: two kinds of JSON, Podlove's XML, WebVTT, and lines of text.

JSON chapters 1.2 of the podcast namespace (`chapters/jsonChapters.md`); Podlove Simple Chapters
1.2 as XML and as JSON; WebVTT with a cue a chapter; `HH:MM:SS.mmm Title <address>`, as mp4chaps
and Podlove write it. Nothing here raises: what cannot be read is told with its line.
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
from backlist.parse import transcript
from backlist.problems import Problems, Where


@dataclass(frozen=True)
class Mark:
    """A chapter and the place it is written down at."""

    where: Where
    chapter: Chapter


Rows = Iterator[tuple[int, Mapping[str, Any]]]
"""Line and fields of each chapter: `start`, `title`, `url`, `image`."""


def read(text: str, file: str, problems: Problems) -> list[Mark]:
    """The marks of a chapters file in the order it gives them; `file` is its name for people."""
    reader = _READERS.get(posixpath.splitext(file)[1].lower(), _read_lines)
    marks = []
    for line, fields in reader(text, file, problems):
        given = {key: value for key, value in fields.items() if value not in (None, "")}
        document = Document(file, given, {(): line})
        chapter = content.read(Chapter, document, problems)
        marks += [Mark(Where(file, line), chapter)] if chapter else []
    if not marks and not any(problem.where.file == file for problem in problems):
        problems.warning(
            Where(file), "contains no chapters", "see docs/listening.md for the formats"
        )
    return marks


_LINE = re.compile(r"\s*(?P<start>[\d:]+(?:\.\d+)?)\s+(?P<title>.*?)\s*(?:<(?P<url>[^<>\s]+)>)?\s*")


def _read_lines(text: str, file: str, problems: Problems) -> Rows:
    for number, row in enumerate(content.normal_newlines(text).split("\n"), 1):
        found = _LINE.fullmatch(row)
        if found:
            yield number, found.groupdict()
        elif row.strip():
            message = f"does not consist of a time and a title: {row.strip()[:60]}"
            problems.warning(Where(file, number), message, "write it as `00:12:40 Title`")


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
    if not isinstance(listed, list):
        problems.error(Where(file, 1), "has no list of `chapters`", "see docs/listening.md")
        return
    lines = list(_lines_of_starts(text))
    for number, one in enumerate(listed):
        line = lines[number] if len(lines) == len(listed) else 0
        if not isinstance(one, dict):
            problems.error(Where(file, line), f"chapter {number + 1} is not a group of fields")
        elif one.get("toc") is not False:  # silent: only there to change the picture
            yield line, _named(one)


def _lines_of_starts(text: str) -> Iterator[int]:
    for found in re.finditer(r'"start(?:Time)?"\s*:', text):
        yield text.count("\n", 0, found.start()) + 1


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
}
