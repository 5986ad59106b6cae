"""Feeds in pages (RFC 5005): read on to their end, or told where they go on."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from backlist import urls
from backlist.feed.rules.secrets import mask
from backlist.importers.draft import Draft, Reading
from backlist.problems import Level, Problems, Where

MOST = 200
"""Pages of one feed that are asked for."""

PAUSE = 0.5
"""Seconds between two requests to a server."""

PATIENCE = 600
"""Seconds after which no further page is begun."""

ReadPage = Callable[[str, Problems], Reading | None]


def read_on(first: Reading, read: ReadPage, problems: Problems) -> Reading:
    """A feed with all its pages, each episode once; `read` reads the page at an address.

    What ends the reading before the feed does is a warning with the address: a file cannot be
    read on, a page fails or holds nothing new, or there are too many.
    """
    if first.next_page is None:
        return first
    if "://" not in first.name:
        _tell(first, "this file is one page of a feed that", problems)
        return first
    whole, seen, end = first, {first.name}, time.monotonic() + PATIENCE
    while whole.next_page is not None:
        address = whole.next_page
        if not urls.is_address(address) or address in seen:
            _tell(first, "the feed", problems, address, "to a page that was read already")
        elif len(seen) >= MOST or time.monotonic() > end:
            _tell(first, f"{len(seen)} pages were read; the feed", problems, address)
        else:
            seen.add(address)
            time.sleep(PAUSE)
            page = _read_page(address, read, first, problems)
            if page is not None:
                whole = _join(whole, page, problems)
                continue
        break
    return replace(whole, next_page=None)


def _read_page(address: str, read: ReadPage, first: Reading, problems: Problems) -> Reading | None:
    """The page at an address; one that cannot be read is a warning, as others have been."""
    found = Problems()
    page = read(address, found)
    errors = [each for each in found.found if each.level is Level.ERROR]
    problems.extend(each for each in found.found if each not in errors)
    if page is None or errors:
        why = errors[0].message if errors else "it has not changed"
        _tell(first, "the feed", problems, address, f"where no page can be read ({why})")
        return None
    return page


def _join(whole: Reading, page: Reading, problems: Problems) -> Reading:
    """Two parts of one feed: episodes that came in between stand on both pages."""
    known = {_identity(draft) for draft in whole.drafts}
    fresh = tuple(
        draft.model_copy(update={"file": page.name})
        for draft in page.drafts
        if _identity(draft) not in known
    )
    following = page.next_page
    if not fresh and following:
        _tell(whole, "the feed", problems, following, "after a page with nothing new")
        following = None
    counts = Counter(dict(whole.carried)) + Counter(dict(page.carried))
    return replace(
        whole,
        drafts=whole.drafts + fresh,
        carried=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        next_page=following,
        whole=whole.whole and page.whole,
    )


def _identity(draft: Draft) -> tuple[str, ...]:
    if draft.guid:
        return (draft.guid,)
    return draft.audio.url if draft.audio else "", draft.title, str(draft.date)


def _tell(
    first: Reading, what: str, problems: Problems, address: str | None = None, how: str = ""
) -> None:
    address = mask(address or first.next_page or "")
    problems.warning(
        Where(first.name),
        f"{what} goes on at {address}{f', {how}' if how else ''}",
        "older episodes may be missing: import the address of the feed, which reads every page, "
        "or save the pages and name them all in one command",
    )
