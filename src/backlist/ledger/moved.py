"""The rules for items whose guid stayed: sound, date and page."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from backlist import urls
from backlist.ledger.findings import Finding, examples, named, of_all
from backlist.ledger.pairing import Pair, Pairing
from backlist.ledger.records import Item
from backlist.problems import Level

MOMENT = timedelta(seconds=1)
"""What a date may differ by: feeds write whole seconds."""


def _sounds_stay(pairing: Pairing) -> Iterator[Finding]:
    """Normal in a move; an app that goes by the enclosure address downloads again."""
    moved = [(old, new) for old, new in pairing.kept if old.audio != new.audio]
    if moved:
        yield Finding(
            "audio",
            Level.WARNING,
            f"{of_all(len(moved), pairing.total, 'audio address')} would change, the guids staying"
            + _whole_move(moved, pairing),
            examples(
                f"{named(old, new, pairing)}: {old.audio} → {new.audio}" for old, new in moved
            ),
            "let the old addresses answer 301 for good; a few apps download again",
            _guids(moved),
        )


def _whole_move(moved: list[Pair], pairing: Pairing) -> str:
    """What all of them have in common: another host, or another scheme."""
    if len(moved) != len(pairing.kept):
        return ""
    hosts = Counter((urls.host(old.audio), urls.host(new.audio)) for old, new in moved)
    if all(_without_scheme(old) == _without_scheme(new) for old, new in moved):
        return f": all move to {urls.split(moved[0][1].audio).scheme}://"
    if all(before != after for before, after in hosts):
        before, after = hosts.most_common(1)[0][0]
        return f": all move to another host, {before} → {after}"
    return ""


def _without_scheme(item: Item) -> str:
    return item.audio.partition("://")[2]


def _types_stay(pairing: Pairing) -> Iterator[Finding]:
    """Players go by the type, some by the extension."""
    changed = [(old, new) for old, new in pairing.kept if _kind(old, new) or _kind(new, old)]
    if changed:
        yield Finding(
            "type",
            Level.WARNING,
            f"{of_all(len(changed), pairing.total, 'item')} "
            "would change media type or file extension",
            examples(
                f"{named(old, new, pairing)}: {_sort(old)} → {_sort(new)}" for old, new in changed
            ),
            "see that the type fits the bytes (`audio.type`); players go by it",
            _guids(changed),
        )


def _kind(old: Item, new: Item) -> bool:
    """Whether type or extension differ, as far as both are known."""
    types = {(item.type or "").lower() for item in (old, new)} - {""}
    suffixes = {_suffix(item) for item in (old, new)} - {""}
    return len(types) > 1 or len(suffixes) > 1


def _suffix(item: Item) -> str:
    return PurePosixPath(urls.file_name(item.audio)).suffix.lower()


def _sort(item: Item) -> str:
    return " ".join(filter(None, (item.type, _suffix(item)))) or "unknown"


def _lengths_stay(pairing: Pairing) -> Iterator[Finding]:
    """RSS 2.0, enclosure: the length is required; 0 stands for unknown."""
    emptied = [(old, new) for old, new in pairing.kept if old.length and not new.length]
    if emptied:
        yield Finding(
            "length",
            Level.WARNING,
            f"{of_all(len(emptied), pairing.total, 'item')} would lose the size in bytes",
            examples(f"{named(old, new, pairing)}: {old.length} → 0" for old, new in emptied),
            "write `audio.length` back",
            _guids(emptied),
        )


def _dates_stay(pairing: Pairing) -> Iterator[Finding]:
    """Apps sort by date, and one that moves ahead of all can count as new."""
    changed = [(old, new) for old, new in pairing.kept if _far_apart(old, new)]
    newest = max((_instant(item) for item in pairing.old.items if item.date), default=None)
    ahead = [(old, new) for old, new in changed if newest and new.date and _instant(new) > newest]
    traded = _traded(_without(changed, ahead))
    quiet = _without(changed, [*ahead, *traded])
    for rule, level, pairs, words, remedy in (
        ("date-ahead", Level.ERROR, ahead, "move past the newest known item", _PUT_BACK),
        ("date-swapped", Level.ERROR, traded, "be those of other items", _PUT_BACK),
        ("date", Level.WARNING, quiet, "change", "apps sort by it; put it back unless it is meant"),
    ):
        if pairs:
            yield Finding(
                rule,
                level,
                f"{of_all(len(pairs), pairing.total, 'publication date')} would {words}",
                examples(
                    f"{named(old, new, pairing)}: {old.date} → {new.date}" for old, new in pairs
                ),
                remedy,
                _guids(pairs),
            )


_PUT_BACK = "write the old dates back: an app may take the episodes for new ones"


def _without(pairs: list[Pair], told: list[Pair]) -> list[Pair]:
    guids = set(_guids(told))
    return [(old, new) for old, new in pairs if old.guid not in guids]


def _far_apart(old: Item, new: Item) -> bool:
    if old.date is None or new.date is None:
        return old.date is not new.date
    return abs(_instant(new) - _instant(old)) > MOMENT


def _instant(item: Item) -> datetime:
    assert item.date is not None, "only items with a date are asked"
    return item.date.instant


def _traded(changed: list[Pair]) -> list[Pair]:
    """Pairs of items of which each now has the date of the other."""
    both = {(_instant(old), _instant(new)) for old, new in changed if old.date and new.date}
    return [
        (old, new)
        for old, new in changed
        if old.date and new.date and (_instant(new), _instant(old)) in both
    ]


def _pages_stay(pairing: Pairing) -> Iterator[Finding]:
    """Links and search engines hold the old address."""
    moved = [
        (old, new)
        for old, new in (*pairing.kept, *pairing.altered)
        if old.page
        and new.page
        and old.page != new.page
        and old.page not in pairing.new.redirects.get(new.guid, ())
    ]
    if moved:
        yield Finding(
            "page",
            Level.ERROR,
            f"{of_all(len(moved), pairing.total, 'page')} would move without a redirect",
            examples(
                f"{named(old, new, pairing)}: /{old.page} → /{new.page}" for old, new in moved
            ),
            f"add the old path to the record, `aliases: [/{moved[0][0].page}]`, "
            "or put the slug back",
            _guids(moved),
        )


def _words_stay(pairing: Pairing) -> Iterator[Finding]:
    """Harmless, and worth a look."""
    retitled = [(old, new) for old, new in pairing.kept if old.title and new.title != old.title]
    if retitled:
        yield Finding(
            "title",
            Level.NOTICE,
            f"{of_all(len(retitled), pairing.total, 'title')} would change; nobody loses anything",
            examples(f"“{old.title}” → “{new.title}”" for old, new in retitled),
            "",
            _guids(retitled),
        )


def _guids(pairs: list[Pair]) -> tuple[str, ...]:
    return tuple(old.guid for old, _ in pairs)


RULES = (
    _sounds_stay,
    _types_stay,
    _lengths_stay,
    _dates_stay,
    _pages_stay,
    _words_stay,
)
