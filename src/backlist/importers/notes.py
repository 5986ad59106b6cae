"""The reader of show notes: raw descriptions, text or HTML, to body, sources, visualizations.

Read once, at import; nothing is repaired when a page is made. Text and HTML are brought to the
same lines first, so one reader finds the lists in both.
"""

import re
from dataclasses import dataclass, replace
from html import unescape

from backlist import urls
from backlist.feed.reader.text import clean, collapse
from backlist.importers import markup, text
from backlist.importers.losses import Loss, find_losses
from backlist.importers.markup_media import Media
from backlist.importers.markup_write import to_markdown
from backlist.importers.source_lists import (
    URL,
    find_address,
    number_roles,
    read_list,
    split_unnumbered,
)
from backlist.model import Source, VisualizationRef
from backlist.problems import Problems, Where

Range = tuple[int, int]

_SOURCES = re.compile(r"(?<!\S)\**Sources\s?:\**(?P<gap>\s*)(?=(?P<next>\d{1,3}\.\s|https?://)?)")
_LINE = re.compile(r"(?<!\S)(?:Source|Paper):\s+(?P<url>https?://\S+)")
_VISUALIZATION = re.compile(r"(?<!\S)\**Interactive Visualization\s?:\**[^\S\n]*\n?")
_NEXT_PART = re.compile(r"(?<!\S)\**(?:Interactive Visualization|Sources)\s?:")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_LONGEST_TITLE = 250
_SPOILED = re.compile(
    "\ufffd|\u00e2\u20ac[^\\w\\s]|\u00c3[\u0080-\u00bf]|\u00f0\u0178[^\\w\\s]|\u00c2[\u00a0-\u00bf]"
)
"""U+FFFD, and what UTF-8 becomes when it is read as Windows-1252."""


@dataclass(frozen=True, slots=True)
class Notes:
    """A description taken apart: Markdown body, numbered sources, visualizations it points at.

    `losses` is what the description showed and none of these does.
    """

    body: str = ""
    sources: tuple[Source, ...] = ()
    visualizations: tuple[VisualizationRef, ...] = ()
    losses: tuple[Loss, ...] = ()


def read(
    raw: str,
    where: Where,
    problems: Problems,
    *,
    lenient_lists: bool = False,
    base: str | None = None,
) -> Notes:
    """The notes in a raw description; every error is reported at `where`, losses are counted.

    `lenient_lists` leaves a source list that does not count up in the body, as a warning; `base` is
    the address that relative links in HTML start from.
    """
    words = clean(raw, where, problems)
    found = _read(words, where, problems, lenient=lenient_lists, base=base)
    return replace(found, losses=find_losses(words, found, base))


def _read(
    words: str, where: Where, problems: Problems, *, lenient: bool, base: str | None
) -> Notes:
    if not markup.has_tags(words) and markup.has_tags(unescape(words)):
        problems.info(where, "the description is HTML escaped twice; read as HTML")
        words = unescape(words)
    _tell_damage(words, where, problems)
    if markup.has_tags(words):
        words = clean(words, where, problems)
        linear = markup.linearise(words, base)
        _tell_odd_links(linear.odd, where, problems)
        _tell_twice(linear.twice, where, problems)
        _tell_media(linear.media, where, problems)
        return _read_html(linear, where, problems, lenient=lenient)
    # Text without tags may still be encoded as HTML is.
    words = clean(urls.decode_entities(words), where, problems)
    found = _Finder(words, where, problems, lenient=lenient)
    return Notes(text.to_markdown(found.rest()), found.sources, found.visualizations)


def _tell_media(media: Media, where: Where, problems: Problems) -> None:
    """Report what a reader sees otherwise than at the source."""
    if media.linked:
        hosts = ", ".join(dict.fromkeys(urls.host(one) or one for one in media.linked))
        problems.warning(
            where,
            f"{_count(len(media.linked), 'frame or player', 'frames or players')} became "
            f"{'links' if len(media.linked) > 1 else 'a link'} to {hosts}",
            "notes show no frames: say in the record what the link leads to",
        )
    if media.lazy:
        problems.warning(
            where,
            f"{_count(len(media.lazy), 'picture', 'pictures')} that a script would load: the "
            f"address is taken from its attributes, `{media.lazy[0]}`",
            "check that it is the right picture",
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _tell_twice(said: str, where: Where, problems: Problems) -> None:
    entity = re.search(r"&#?\w+;", said)
    if entity:
        context = said[max(0, entity.start() - 20) : entity.end() + 20].strip()
        problems.info(where, f"letters were encoded twice; read as letters: `{context}`")


def _tell_damage(words: str, where: Where, problems: Problems) -> None:
    """Report letters that another program has spoiled; which ones they were is not guessed."""
    spoiled = _SPOILED.search(words)
    if spoiled:
        context = words[max(0, spoiled.start() - 15) : spoiled.end() + 15].split("\n")[0].strip()
        problems.warning(
            where,
            f"letters look damaged by a wrong encoding, kept as they are: `{context}`",
            "correct them at the source and import again, or in the record",
        )


def _tell_odd_links(odd: tuple[str, ...], where: Where, problems: Problems) -> None:
    if odd:
        named = ", ".join(f"`{said}`" for said in odd[:3])
        problems.info(
            where,
            f"{len(odd)} link{'s' if len(odd) > 1 else ''} without a full address: {named}",
            "completed with the address of the item's page where possible; check them",
        )


def _read_html(linear: markup.Linear, where: Where, problems: Problems, *, lenient: bool) -> Notes:
    found = _Finder(linear.text, where, problems, lenient=lenient)
    markup.cut(linear, found.ranges)
    return Notes(to_markdown(linear.tree), found.sources, found.visualizations)


class _Finder:
    """What stands in the lines of a description, and the ranges of them it takes up."""

    def __init__(self, lines: str, where: Where, problems: Problems, *, lenient: bool) -> None:
        self.lines, self.where, self.problems, self.lenient = lines, where, problems, lenient
        self.ranges: list[Range] = []
        self.visualizations = self._find_visualizations()
        self.sources = self._find_list() or self._find_labelled()

    def rest(self) -> str:
        """The lines without what was found."""
        return _remove(self.lines, self.ranges)

    def _open_lines(self) -> str:
        """The lines with found ranges blanked, so that places stay what they are."""
        lines = self.lines
        for start, end in self.ranges:
            lines = lines[:start] + " " * (end - start) + lines[end:]
        return lines

    def _find_visualizations(self) -> tuple[VisualizationRef, ...]:
        found = []
        for match in _VISUALIZATION.finditer(self.lines):
            reference, end = _read_visualization(self.lines, match.end())
            if reference is None:
                self.problems.info(
                    self.where,
                    "`Interactive Visualization:` has no title after it; left in the text",
                )
                continue
            self.ranges.append((match.start(), end))
            found.append(reference)
        return tuple(found)

    def _find_list(self) -> tuple[Source, ...]:
        lines = self._open_lines()
        for match in _SOURCES.finditer(lines):
            end = match.end() + _length_of_list(lines[match.end() :])
            listed = lines[match.end() : end]
            if not _is_list(match, listed):
                continue
            sources = read_list(listed, self.where, self.problems, lenient=self.lenient)
            if sources:
                self.ranges.append((match.start(), end))
            return sources
        return ()

    def _find_labelled(self) -> tuple[Source, ...]:
        """`Source: URL` and `Paper: URL`, where they are lines of their own or all there is."""
        lines = self._open_lines()
        matches = list(_LINE.finditer(lines))
        alone = not _LINE.sub("", lines).strip()
        lone = [match for match in matches if alone or _is_line(lines, match)]
        taken = [match for match in lone if urls.is_address(match["url"])]
        self.ranges += [match.span() for match in taken]
        return number_roles([Source(url=match["url"]) for match in taken])


def _remove(lines: str, ranges: list[Range]) -> str:
    for start, end in sorted(ranges, reverse=True):
        lines = f"{lines[:start].rstrip(' ')} {lines[end:].lstrip(' ')}"
    return lines.strip()


def _is_line(lines: str, match: re.Match[str]) -> bool:
    start = lines.rfind("\n", 0, match.start()) + 1
    end = lines.find("\n", match.end())
    after = lines[match.end() :] if end < 0 else lines[match.end() : end]
    return not (lines[start : match.start()].strip() or after.strip())


def _is_list(match: re.Match[str], listed: str) -> bool:
    """Whether `Sources:` heads a list and is not a word of a sentence."""
    return bool(match["next"] or ("\n" in match["gap"] and split_unnumbered(listed)))


def _length_of_list(lines: str) -> int:
    """How far a list reaches: to its end, or to a paragraph after it that is no part of it."""
    for gap in _BLANK.finditer(lines):
        following = lines[gap.end() :].lstrip()
        complete = URL.search(lines[: gap.start()]) is not None
        if complete and following and not re.match(r"\d{1,3}\.\s|https?://", following):
            paragraph = _BLANK.split(following, maxsplit=1)[0]
            if not re.match(r"[^\n]*\n?\s*https?://", paragraph) or _is_prose(lines, gap.start()):
                return gap.start()
    return len(lines)


def _is_prose(lines: str, end: int) -> bool:
    """Whether a list that numbers its entries has ended: what follows has no number."""
    return re.match(r"\s*\d{1,3}\.\s", lines[:end]) is not None


def _read_visualization(lines: str, start: int) -> tuple[VisualizationRef | None, int]:
    """A reference from `Title`, `Title URL` or `Title`, line break, `URL`; and where it ends."""
    stop = _NEXT_PART.search(lines, start)
    limit = stop.start() if stop else len(lines)
    line_end = lines.find("\n", start, limit)
    line_end = limit if line_end < 0 else line_end
    match = find_address(lines, start, line_end) or _address_on_next_line(lines, line_end, limit)
    end = match.end() if match else line_end
    title = lines[start : match.start() if match else line_end].strip(" \n\t*—-:")
    title = collapse(title)
    if len(title) > _LONGEST_TITLE or not (title or match):
        return None, start
    return VisualizationRef(title=title or None, url=match[0] if match else None), end


def _address_on_next_line(lines: str, line_end: int, limit: int) -> re.Match[str] | None:
    gap = re.compile(r"\s*").match(lines, line_end, limit)
    found = URL.match(lines, gap.end(), limit) if gap else None
    return found if found and urls.is_address(found[0]) else None
