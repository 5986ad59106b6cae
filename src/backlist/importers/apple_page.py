"""The reader of a saved directory page: a show and its latest episodes, as text or as HTML.

Such a page shows titles, ages and whole descriptions, but no guid, no audio address and often
no date; none of these is made up here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backlist.feed.reader.text import clean, collapse
from backlist.importers import ages, mentions, notes
from backlist.importers.draft import Draft, Importer, Reading, ReadOptions, ShowDraft
from backlist.importers.page_lines import Line, is_html, read_lines
from backlist.importers.text import read_title
from backlist.importers.wrong_kind import find_feeds
from backlist.problems import Problems, Where
from backlist.urls import decode_entities

TEXT = "directory page (text)"
HTML = "directory page (HTML)"

_NUMBERED = re.compile(r"\s*\d{1,4}\.\s+(?P<age>\S.*?)\s*")
_ENDS = re.compile(
    r"ratings (?:&|and) reviews|about|information|hosts (?:&|and) guests|featured on|creators"
    r"|you might also like|more from .{1,80}|more by .{1,80}|see all(?: \(.*\))?|top podcasts in .*"
    r"|customer reviews|top in .{1,80}|select a country or region",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:\d+\s*h(?:(?:ou)?rs?)?[,.]?\s*)?(?:\d+\s*m(?:in(?:ute)?s?)?\.?)?"
    r"(?:\s*\d+\s*s(?:ec)?s?)?(?:\s+left)?|play|episode \d+|e\d+|explicit",
    re.IGNORECASE,
)


def recognise_html(data: bytes, name: str) -> bool:
    """Whether the bytes are an HTML page."""
    return is_html(data)


def recognise_text(data: bytes, name: str) -> bool:
    """Whether the bytes are text with at least one line that dates an episode."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    return any(_age_of(line) for line in data.decode("utf-8", "replace").split("\n"))


def read_html(data: bytes, name: str, problems: Problems, options: ReadOptions) -> Reading | None:
    """A page saved as HTML."""
    words = _decode(data, name, problems)
    if words is None:
        return None
    reading = _read_page(read_lines(words), name, HTML, problems, options)
    if reading is None:
        feeds = find_feeds(words, name)
        problems.error(
            Where(name),
            "the page shows no episode",
            f"import the feed it names: {feeds}"
            if feeds
            else "save the show's page with its episode list open, or import its feed",
        )
    return reading


def read_text(data: bytes, name: str, problems: Problems, options: ReadOptions) -> Reading | None:
    """A page saved as text."""
    words = _decode(data, name, problems)
    if words is None:
        return None
    lines = [Line(line, line, number) for number, line in enumerate(words.split("\n"), 1)]
    # `recognise_text` found a line that dates one.
    return _read_page(lines, name, TEXT, problems, options)


def _decode(data: bytes, name: str, problems: Problems) -> str | None:
    try:
        return clean(data.decode("utf-8-sig"), Where(name), problems)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.error(Where(name, line), "is not UTF-8 text", "save the page again as UTF-8")
        return None


IMPORT_HTML = Importer(HTML, recognise_html, read_html)
IMPORT_TEXT = Importer(TEXT, recognise_text, read_text)


def _read_page(
    lines: Sequence[Line], name: str, form: str, problems: Problems, options: ReadOptions
) -> Reading | None:
    starts = _find_episodes(lines)
    if not starts:
        return None
    end = _find_end(lines, starts[0])
    starts = [start for start in starts if start < end]
    show = _read_show(lines[: starts[0]], name, problems)
    stops = [*starts[1:], end]
    found = [
        _read_episode(lines[start:stop], name, problems, options)
        for start, stop in zip(starts, stops, strict=True)
    ]
    drafts = tuple(draft for draft in found if draft is not None)
    _report_dates(drafts, name, problems, options)
    reading = Reading(show, drafts, form, name)
    return replace(reading, drafts=mentions.adopt_audio(reading, problems))


def _age_of(line: str) -> str | None:
    match = _NUMBERED.fullmatch(line)
    age = match["age"] if match else line.strip()
    return age if ages.is_age(age) else None


def _find_episodes(lines: Sequence[Line]) -> list[int]:
    """Where episodes begin: at numbered ages, or where no age is numbered at every age."""
    dated = [place for place, line in enumerate(lines) if _age_of(line.words)]
    numbered = [place for place in dated if _NUMBERED.fullmatch(lines[place].words)]
    return numbered or dated


def _find_end(lines: Sequence[Line], first: int) -> int:
    return next(
        (
            place
            for place, line in enumerate(lines)
            if place > first and _ENDS.fullmatch(line.words.strip())
        ),
        len(lines),
    )


def _read_show(lines: Sequence[Line], name: str, problems: Problems) -> ShowDraft:
    said = [collapse(line.words) for line in lines if line.words.strip()]
    if not said:
        problems.warning(
            Where(name), "the page does not name the show", "begin the file with the show's title"
        )
        return ShowDraft()
    where = Where(name, lines[0].number)
    said = [decode_entities(clean(line, where, problems)) for line in said]
    about = said[2:]
    # Between the author and the list a page also says "Episodes", "Follow" or a category.
    sentences = [line for line in about if len(line) > 40 or line.endswith((".", "!", "?"))]
    return ShowDraft(
        title=said[0],
        author=said[1] if len(said) > 1 else None,
        description="\n\n".join(sentences or about),
    )


def _read_episode(
    lines: Sequence[Line], name: str, problems: Problems, options: ReadOptions
) -> Draft | None:
    where = Where(name, lines[0].number)
    rest = list(_without_furniture(lines[1:]))
    age = _age_of(lines[0].words) or ""
    if not rest:
        problems.warning(
            where, f"there is no episode under `{age}`", "save the page again, scrolled down"
        )
        return None
    title = read_title(rest[0].words, where, problems)
    raw = "\n".join(line.full.strip() for line in rest[1:]).strip("\n")
    found = notes.read(raw, where, problems, lenient_lists=options.lenient_lists)
    return Draft(
        title=title,
        date=ages.date_of(age, options.as_of),
        age=age,
        body=found.body,
        sources=found.sources,
        visualizations=found.visualizations,
        losses=found.losses,
        raw={"title": collapse(rest[0].words), "age": age, "description": raw},
        line=lines[0].number,
    )


def _without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    """The title and what follows, without blank lines before the title and playing times."""
    begun = False
    for line in lines:
        words = line.words.strip()
        if words and _LENGTH.fullmatch(words):
            continue
        begun = begun or bool(words)
        if begun:
            yield line


def _report_dates(
    drafts: Sequence[Draft], name: str, problems: Problems, options: ReadOptions
) -> None:
    relative = [draft for draft in drafts if draft.age and ages.is_relative(draft.age)]
    unknown = [draft for draft in relative if draft.date is None]
    if options.as_of is None and relative:
        problems.info(
            Where(name),
            f"{len(relative)} of {len(drafts)} episodes have an age and no date",
            "give the day the page was saved, `--as-of 2026-01-31`, to turn ages into dates",
        )
        return
    for draft in unknown:
        problems.warning(
            Where(name, draft.line),
            f"`{draft.age}` names no day; the date stays unknown",
            "write `date:` into the record once you know it",
        )
    if len(unknown) < len(relative):
        problems.info(
            Where(name),
            f"{len(relative) - len(unknown)} ages turned into dates, counted from {options.as_of}",
        )
