"""What a person should look at in the source lists: honest marks, whole."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from backlist.files.output import Outputs
from backlist.model import Status
from backlist.parse.features import identity
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive, Entry, Work

ALIKE = 0.8
"""Share of words two titles have in common from which on a person should look at them."""

BLOCK = 40
"""A word that more titles have says nothing of any two of them."""


_NUMBER = re.compile(r"(?:\b(?:episode|ep\.?)\s*|#)(\d{1,5})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"/(?:episodes?|shows?|ep|e)/0*(\d{1,5})(?=$|[/?#])", re.IGNORECASE)


_LOOK = "run `backlist lookup`, or "


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report sources that lead nowhere or name nobody, and titles that may be one work."""
    for entry in archive.entries:
        _check_title(entry, archive, problems)
        if entry.episode.status is not Status.STUB:
            _check_sources(entry, problems)
            _check_numbers(entry, problems)
    for one, other in _alike(archive):
        problems.info(
            Where("content/works.yaml"),
            f"two works may be the same: “{one.title}” and “{other.title}”",
            "if they are, put both under `known_as:` of one entry of `works:`; if not, list them "
            "under `distinct:`",
        )


def _check_sources(entry: Entry, problems: Problems) -> None:
    sources = [one for one in entry.citations if not one.is_mention]
    searches = sum(bool(one.search) for one in sources)
    nobody = sum(bool(one.source.authors and not one.authors) for one in sources)
    facts = [
        f"{searches} of {len(sources)} sources only link to a search" if searches else "",
        f"{nobody} have no author" if nobody else "",
    ]
    if any(facts):
        problems.info(
            Where(entry.file),
            ", ".join(filter(None, facts)),
            f"{_LOOK if searches else ''}add the address or author if you know it; the page marks "
            "them until then",
        )


def _check_title(entry: Entry, archive: Archive, problems: Problems) -> None:
    """A title that repeats the show's name or says "Episode" (Apple: title holds neither)."""
    lead, colon, rest = entry.episode.title.partition(":")
    named = lead.strip().casefold() in ("episode", archive.show.title.casefold())
    if colon and named and rest.strip():
        problems.info(
            Where(entry.file), f"the title begins with “{lead}:”", f"write “{rest.strip()}”"
        )


def _check_numbers(entry: Entry, problems: Problems) -> None:
    """A source that says one episode number and links to another; the address is believed."""
    for one in entry.citations:
        said = _NUMBER.search(one.source.title or "")
        linked = _NUMBERED.search(one.source.url or "")
        if said and linked and int(said[1]) != int(linked[1]):
            problems.info(
                Where(entry.file),
                f"source {one.number} says episode {said[1]} and links to {linked[1]}",
                "the address is used; fix the one that is wrong",
            )


def _alike(archive: Archive) -> Iterator[tuple[Work, Work]]:
    """Pairs of works whose titles share most of their words, and that nobody has told apart."""
    titled = [work for work in archive.works if work.title]
    words = [frozenset(identity.title_words(str(work.title))) for work in titled]
    times = Counter(word for mine in words for word in mine)
    having: dict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(words):
        for word in _rarest(mine, times):
            having[word].append(place)
    pairs = {
        (one, other)
        for places in having.values()
        if len(places) <= BLOCK
        for one in places
        for other in places
        if one < other
    }
    for one, other in sorted(pairs):
        shared, either = words[one] & words[other], words[one] | words[other]
        if len(shared) >= ALIKE * len(either) and not _apart(titled[one], titled[other], archive):
            yield titled[one], titled[other]


def _rarest(words: frozenset[str], times: Mapping[str, int]) -> Sequence[str]:
    """The words of which two titles alike enough have one in common.

    Who shares `ALIKE` of a title's words lacks so few of them that among its rarest ones, one
    more than those, a shared one must be (prefix filtering: Chaudhuri and others 2006).
    """
    lacking = len(words) - math.ceil(ALIKE * len(words) - 1e-9)
    return sorted(words, key=lambda word: (times[word], word))[: lacking + 1]


def _apart(one: Work, other: Work, archive: Archive) -> bool:
    return any({one.title, other.title} <= names for names in archive.distinct)
