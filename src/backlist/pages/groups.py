"""Long lists: of episodes under headings and a page at a time, of names under their letters."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from backlist import locale, urls
from backlist.pages import formatting
from backlist.pages.context import PageContext, SiteContext
from backlist.pages.parts import cards
from backlist.pages.views import Group, Link, LinkGroup
from backlist.relate.archive import Archive, Entry

T = TypeVar("T")

PAGE = 200
"""Rows on a page: with pictures, summaries and sounds they are about 35 KB as they are sent."""

GROUPED = 12
"""A list of more rows has headings."""

NAMES = 200
"""An index of more names stands under their letters."""

NO_LETTER = "0–9"
"""The heading of names that begin with no letter."""


def page_count(rows: int) -> int:
    """How many pages a list of that many rows fills."""
    return max(1, -(-rows // PAGE))


def paged(
    site: SiteContext, path: str, items: Sequence[T]
) -> Iterator[tuple[PageContext, Sequence[T], tuple[Link, ...]]]:
    """Each page of a list: its context, its items, and the links to all pages of several."""
    count = page_count(len(items))
    for number in range(1, count + 1):
        ctx = site.page(urls.further(path, number))
        numbers = range(1, count + 1) if count > 1 else ()
        links = tuple(ctx.page_link(str(one), urls.further(path, one)) for one in numbers)
        yield ctx, items[PAGE * (number - 1) : PAGE * number], links


def title_of(ctx: PageContext, title: str, pages: Iterable[Link]) -> str:
    """What a page of a list is called: every page has a title of its own."""
    number = next((link.text for link in pages if link.current), "1")
    return title if number == "1" else ctx.labels.title_of_page.format(title=title, page=number)


def in_order(ctx: PageContext, slugs: Sequence[str]) -> Sequence[str]:
    """Episodes as lists show them: newest first, those of a serial show in the order of hearing."""
    if not ctx.archive.is_serial:
        return slugs
    wanted = frozenset(slugs)
    return [entry.slug for entry in ctx.archive.in_order if entry.slug in wanted]


def by_year(ctx: PageContext, slugs: Sequence[str]) -> tuple[Group, ...]:
    """A long list under its years, a short one or one of a single year without a heading."""
    groups = tuple(grouped(ctx, map(ctx.archive.entry, slugs), year_of))
    if len(slugs) > GROUPED and len(groups) > 1:
        return groups
    return undivided(ctx, slugs)


def undivided(ctx: PageContext, slugs: Sequence[str]) -> tuple[Group, ...]:
    """A list without a heading."""
    return (Group("", "all", "", "", cards(ctx, slugs)),)


Heading = tuple[str, str, str]
"""A title, an anchor, and the output path of the page of its own; empty without one."""


def grouped(
    ctx: PageContext, entries: Iterable[Entry], heading: Callable[[PageContext, Entry], Heading]
) -> Iterator[Group]:
    """Episodes under headings, in the order in which these are first met.

    Episodes are in the order of their moments, years those of their offsets: around New Year an
    episode of the old year can stand between two of the new.
    """
    found: dict[Heading, list[str]] = {}
    for entry in entries:
        found.setdefault(heading(ctx, entry), []).append(entry.slug)
    for (title, anchor, path), slugs in found.items():
        yield Group(
            title=title,
            anchor=anchor,
            url=ctx.to(path) if path else "",
            count=formatting.counted(len(slugs), ctx.labels.n_episodes),
            cards=cards(ctx, slugs),
        )


def year_of(ctx: PageContext, entry: Entry) -> Heading:
    """The year of an episode."""
    date = entry.episode.date
    return ctx.site.share(_years)[date.instant.year if date else None]


def _years(site: SiteContext) -> Mapping[int | None, Heading]:
    labels = site.archive.site.labels
    dates = (entry.episode.date for entry in site.archive.entries)
    found: dict[int | None, Heading] = {None: (labels.undated, "undated", "")}
    for number in {date.instant.year for date in dates if date}:
        found[number] = formatting.year(number, labels), f"y{number}", urls.year(number)
    return found


def season_of(ctx: PageContext, entry: Entry) -> Heading:
    """The season of an episode."""
    season = ctx.archive.season(entry.episode.season)
    if season is None:
        return ctx.labels.other_episodes, "other", ""
    return season_title(ctx, season.number), f"s{season.number}", urls.season(season.number)


def season_title(ctx: PageContext, number: int) -> str:
    """What a season is called: by its name, else by its number."""
    season = ctx.archive.season(number)
    name = season.name if season else ""
    return name or ctx.labels.season_number.format(season=formatting.plain(number, ctx.labels))


def by_letter(
    archive: Archive, items: Iterable[T], name: Callable[[T], str], tie: Callable[[T], str]
) -> Mapping[str, tuple[T, ...]]:
    """What has names under its letters, in the order of the show's language; `tie` settles equals.

    A letter is a Latin one in English, else one of the name's own script.
    """
    language, ranks = archive.show.language, archive.ranks

    def place(one: T) -> tuple[int, str, str, str]:
        called = name(one)
        return ranks.get(called, 0), "" if ranks else urls.slug_of(called), called, tie(one)

    found: dict[str, list[T]] = {}
    for one in sorted(items, key=place):
        given = locale.initial(name(one), language) if ranks else _latin(name(one))
        found.setdefault(given or NO_LETTER, []).append(one)
    return {letter: tuple(found[letter]) for letter in (found if ranks else sorted(found))}


def _latin(name: str) -> str:
    first = urls.slug_of(name)[:1].upper()
    return first if first.isalpha() else ""


def letter_anchor(letter: str) -> str:
    """The id of a letter's heading."""
    return f"l{urls.letter_slug(letter) or 'other'}"


def index(archive: Archive, links: Sequence[Link]) -> tuple[LinkGroup, ...]:
    """The names of a long index under their letters; nothing for a short one."""
    if len(links) <= NAMES:
        return ()
    found = by_letter(archive, links, lambda one: one.text, lambda one: one.url)
    return tuple(LinkGroup(one, letter_anchor(one), some) for one, some in found.items())
