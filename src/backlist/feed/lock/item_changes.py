"""The rules for items whose guid stayed: audio, date, page and title."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from backlist import urls
from backlist.feed.lock.lockfile import LockedItem
from backlist.feed.lock.matching import ItemPair, Matches
from backlist.feed.lock.violations import LockViolation, about_pairs
from backlist.problems import Level

SAME_MOMENT = timedelta(seconds=1)
"""What a date may differ by: feeds write whole seconds."""


def _audio_stays(matches: Matches) -> Iterator[LockViolation]:
    """Normal in a move; an app that goes by the enclosure address downloads again."""
    moved = [
        (old, new)
        for old, new in matches.kept
        # Nobody has downloaded anything from a placeholder.
        if old.audio != new.audio and not urls.is_placeholder(old.audio)
    ]
    nowhere = [(old, new) for old, new in moved if urls.is_placeholder(new.audio)]
    moved = [pair for pair in moved if pair not in nowhere]
    yield from about_pairs(
        "audio-nowhere",
        Level.ERROR,
        nowhere,
        matches,
        "audio address| would lead to a placeholder",
        "write the real address as `site.base_url`",
        lambda old, new: f"{old.audio} → {new.audio}",
        acceptable=False,
    )
    yield from about_pairs(
        "audio",
        Level.WARNING,
        moved,
        matches,
        f"audio address| would change, the guids staying{_whole_move(moved, matches)}",
        "redirect the old addresses with 301; a few apps download again",
        lambda old, new: f"{old.audio} → {new.audio}",
    )


def _whole_move(moved: Sequence[ItemPair], matches: Matches) -> str:
    """What all of them have in common: another host, or another scheme."""
    if not moved or len(moved) != len(matches.kept):
        return ""
    hosts = Counter((urls.host(old.audio), urls.host(new.audio)) for old, new in moved)
    if all(_without_scheme(old) == _without_scheme(new) for old, new in moved):
        return f": all move to {urls.split(moved[0][1].audio).scheme}://"
    if all(before != after for before, after in hosts):
        before, after = hosts.most_common(1)[0][0]
        return f": all move to another host, {before} → {after}"
    return ""


def _without_scheme(item: LockedItem) -> str:
    return item.audio.partition("://")[2]


def _types_stay(matches: Matches) -> Iterator[LockViolation]:
    """Players go by the type, some by the extension."""
    return about_pairs(
        "type",
        Level.WARNING,
        [(old, new) for old, new in matches.kept if _type_differs(old, new)],
        matches,
        "item| would change media type or file extension",
        "check that `audio.type` fits the file; players go by it",
        lambda old, new: f"{_type_of(old)} → {_type_of(new)}",
    )


def _type_differs(old: LockedItem, new: LockedItem) -> bool:
    """Whether type or extension differ, as far as both are known."""
    types = {(item.type or "").lower() for item in (old, new)} - {""}
    if len(types) > 1 or old.audio == new.audio:
        return len(types) > 1
    return len({_suffix(item) for item in (old, new)} - {""}) > 1


def _suffix(item: LockedItem) -> str:
    return PurePosixPath(urls.file_name(item.audio)).suffix.lower()


def _type_of(item: LockedItem) -> str:
    return " ".join(filter(None, (item.type, _suffix(item)))) or "unknown"


def _lengths_stay(matches: Matches) -> Iterator[LockViolation]:
    """RSS 2.0, enclosure: the length is required; 0 stands for unknown."""
    return about_pairs(
        "length",
        Level.WARNING,
        [(old, new) for old, new in matches.kept if old.length and not new.length],
        matches,
        "item| would lose the size in bytes",
        "write `audio.length` back",
        lambda old, _: f"{old.length} → 0",
    )


def _dates_stay(matches: Matches) -> Iterator[LockViolation]:
    """Apps sort by date, and one that moves ahead of all can count as new."""
    changed = [(old, new) for old, new in matches.kept if _dates_differ(old, new)]
    newest = max((_instant(item) for item in matches.old.items if item.date), default=None)
    ahead = [(old, new) for old, new in changed if newest and new.date and _instant(new) > newest]
    swapped = _swapped(_without(changed, ahead))
    others = _without(changed, [*ahead, *swapped])
    for rule, level, pairs, words, hint in (
        ("date-ahead", Level.ERROR, ahead, "move past the newest known item", _PUT_BACK),
        ("date-swapped", Level.ERROR, swapped, "be those of other items", _PUT_BACK),
        ("date", Level.WARNING, others, "change", "apps sort by date; undo what you do not mean"),
    ):
        noun = f"publication date| would {words}"
        yield from about_pairs(rule, level, pairs, matches, noun, hint, _dates)


_PUT_BACK = "write the old dates back: an app may take the episodes for new ones"


def _dates(old: LockedItem, new: LockedItem) -> str:
    return f"{old.date} → {new.date}"


def _without(pairs: Sequence[ItemPair], others: Sequence[ItemPair]) -> list[ItemPair]:
    guids = {old.guid for old, _ in others}
    return [(old, new) for old, new in pairs if old.guid not in guids]


def _dates_differ(old: LockedItem, new: LockedItem) -> bool:
    if old.date is None or new.date is None:
        return old.date is not new.date
    return abs(_instant(new) - _instant(old)) > SAME_MOMENT


def _instant(item: LockedItem) -> datetime:
    assert item.date is not None, "only items with a date are asked"
    return item.date.instant


def _swapped(changed: Sequence[ItemPair]) -> list[ItemPair]:
    """Pairs of items of which each now has the date of the other."""
    dated = [(old, new) for old, new in changed if old.date and new.date]
    both = {(_instant(old), _instant(new)) for old, new in dated}
    return [(old, new) for old, new in dated if (_instant(new), _instant(old)) in both]


def _pages_stay(matches: Matches) -> Iterator[LockViolation]:
    """Links and search engines hold the old address."""
    moved = [
        (old, new)
        for old, new in (*matches.kept, *matches.changed)
        if old.page
        and new.page
        and old.page != new.page
        and old.page not in matches.new.redirects.get(new.guid, ())
    ]
    first = moved[0][0].page if moved else ""
    return about_pairs(
        "page",
        Level.ERROR,
        moved,
        matches,
        "page| would move without a redirect",
        f"add the old path to the record, `aliases: [/{first}]`, or put the slug back",
        lambda old, new: f"/{old.page} → /{new.page}",
    )


def _titles_stay(matches: Matches) -> Iterator[LockViolation]:
    """Harmless, and worth a look."""
    retitled = [(old, new) for old, new in matches.kept if old.title and new.title != old.title]
    return about_pairs(
        "title",
        Level.INFO,
        retitled,
        matches,
        "title| would change; subscribers lose nothing",
        "",
        lambda _, new: f"becomes “{new.title}”",
    )


RULES = (
    _audio_stays,
    _types_stay,
    _lengths_stay,
    _dates_stay,
    _pages_stay,
    _titles_stay,
)
