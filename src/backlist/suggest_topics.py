"""Topics for an archive without: named things and pairs of words that divide it well.

What is found is added to `content/topics.yaml` for a person to look through. Nothing there
changes, and what was offered once is not offered again: deleting a topic is enough to refuse it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from backlist import content, files, urls
from backlist.content import Document
from backlist.features import terms
from backlist.load import TOPICS
from backlist.model import TopicNote, TopicNotes, writable
from backlist.problems import BacklistError, Problems, Where
from backlist.relate.named_things import NamedThings
from backlist.resolve import Catalog, EpisodeFile

MOST = 40
SMALLEST, SMALLEST_SHARE = 2, 0.006
"""A topic of fewer episodes divides nothing."""
LARGEST, LARGEST_LEAST = 0.25, 5
"""A topic of more of the episodes tells them from none of the others; in a small archive five may
be."""
ALIKE = 0.5
"""Topics that share more of their episodes (Jaccard) are one to a listener."""
LEAST_NEW = 0.4
"""The share of a topic's episodes, at least, that the topics before leave without one."""
TIMES = 2
"""How often a text names what it is about, if its title does not."""
TITLED, TITLED_PAIR = 0.15, 0.25
"""The share of a topic's episodes, at least, that have it in their title."""

HEAD = "# Topics of the archive. Delete what you do not want; `offered` remembers it.\n"
_EAST = re.compile("[\u30a0-\u30ff]{3,}|[\u4e00-\u9fff]{2,6}")
_MARKS = re.compile(r"[.!?…:;,|()\[\]\n\"“”–—/]+")
_NOISE = re.compile(r"\]\([^)\s]*\)|https?://\S+|<[^>\n]*>")


@dataclass
class _Candidate:
    """What may be a topic: its spellings, who treats it, and whose title has it."""

    is_name: bool = False
    forms: Counter[str] = field(default_factory=Counter)
    episodes: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)

    @property
    def title(self) -> str:
        """The spelling that most episodes use."""
        return min(self.forms.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def suggest(
    root: Path, catalog: Catalog, document: Document | None, problems: Problems, *, dry_run: bool
) -> tuple[TopicNote, ...]:
    """The topics that are now in the file of the site at `root`, or would be.

    `document` is the file as it is. Raises `BacklistError` where it cannot be written.
    """
    notes = content.read(TopicNotes, document, problems) if document else TopicNotes()
    if notes is None or problems.stop():
        return ()
    known = {_key(name) for one in notes.topics for name in (one.title, *one.also)}
    known |= set(map(_key, notes.offered))
    known |= {_key(name) for item in catalog.episodes for name in item.episode.topics}
    covered = [one.episodes for one in notes.topics]
    found = propose(catalog, known, covered, MOST - len(notes.topics))
    if found and not dry_run:
        _write(root / TOPICS, notes, found, problems)
    return found


def propose(
    catalog: Catalog, known: set[str], covered: Sequence[Sequence[str]], most: int
) -> tuple[TopicNote, ...]:
    """At most `most` topics that are not `known`; `covered` are the episodes of each there is."""
    size = len(catalog.episodes)
    least = max(SMALLEST, round(SMALLEST_SHARE * size))
    fitting = {
        key: one
        for key, one in sorted(_candidates(catalog).items())
        if key not in known and least <= len(one.episodes) <= max(LARGEST_LEAST, LARGEST * size)
        if len(one.titled) >= (TITLED if one.is_name else TITLED_PAIR) * len(one.episodes)
    }
    having = Counter(slug for group in covered for slug in group)
    chosen: list[_Candidate] = []
    while fitting and len(chosen) < most:
        key = max(fitting, key=lambda key: (_gain(fitting[key], having), key))
        one = fitting.pop(key)
        new = sum(not having[slug] for slug in one.episodes)
        if new < LEAST_NEW * len(one.episodes) or any(_alike(one, other) for other in chosen):
            continue
        chosen.append(one)
        having.update(one.episodes)
    order = {item.episode.slug: n for n, item in enumerate(catalog.episodes)}
    return tuple(_note(one, order) for one in chosen)


def _gain(one: _Candidate, having: Mapping[str, int]) -> float:
    """How much a topic divides: its episodes, those without one and with it in the title first."""
    return sum((1 + 2 * (slug in one.titled)) / (1 + having[slug]) for slug in one.episodes)


def _alike(one: _Candidate, other: _Candidate) -> bool:
    both = len(one.episodes & other.episodes)
    return both > ALIKE * len(one.episodes | other.episodes)


def _note(one: _Candidate, order: Mapping[str, int]) -> TopicNote:
    also = sorted({form.casefold(): form for form in one.forms}.values())
    count, titled = len(one.episodes), len(one.titled)
    return TopicNote(
        title=one.title,
        also=tuple(form for form in also if form.casefold() != one.title.casefold()),
        episodes=tuple(sorted(one.episodes, key=order.__getitem__)),
        why=f"{'a name' if one.is_name else 'words'} in {titled} of {count} titles; "
        f"the other notes say it at least {TIMES} times",
    )


def _candidates(catalog: Catalog) -> dict[str, _Candidate]:
    """Named things and pairs of words by key, spellings of one together."""
    found: dict[str, _Candidate] = defaultdict(_Candidate)
    things = NamedThings(
        {item.episode.slug: item.features.things for item in catalog.episodes},
        catalog.settings.show,
        common=LARGEST,
        languages={
            item.episode.slug: item.episode.language
            for item in catalog.episodes
            if item.episode.language
        },
    )
    for form, slug, times, in_title in things.treated():
        _add(found[_key(form)], form, slug, times, in_title=in_title)
        found[_key(form)].is_name = True
    own = set(terms.words(catalog.settings.show.title))
    own |= {t for person in catalog.settings.show.people for t in terms.words(person.name)}
    for item in catalog.episodes:
        titled = set(_pairs(item.episode.title))
        guests = {t for one in item.episode.people for t in terms.words(one.name)}
        for form, times in Counter(_pairs(_text(item))).items():
            parts = list(terms.words(form))
            if own.isdisjoint(parts) and guests.isdisjoint(parts):
                one = found[_key(form)]
                _add(one, form, item.episode.slug, times, in_title=form in titled)
    return found


def _add(one: _Candidate, form: str, slug: str, times: int, *, in_title: bool) -> None:
    if in_title or times >= TIMES:
        one.forms[form] += 1
        one.episodes.add(slug)
    if in_title:
        one.titled.add(slug)


def _text(item: EpisodeFile) -> str:
    episode = item.episode
    return "\n".join((episode.title, episode.summary or "", _NOISE.sub(" ", episode.body)))


def _pairs(text: str) -> Iterator[str]:
    """Each two words that stand side by side, in lower case; of scripts without spaces, words."""
    for part in _MARKS.split(text):
        said = part.casefold().split()
        for first, second in pairwise(said):
            if all(map(_is_word, (first, second))):
                yield f"{first} {second}"
        yield from _EAST.findall(part)


def _is_word(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in terms.STOP and not _EAST.search(word)


def _key(name: str) -> str:
    """A name as spellings of one topic are compared: plural or not, with a hyphen or without."""
    return "".join(terms.words(urls.slug_of(name).replace("-", " "))) or name


def _write(path: Path, notes: TopicNotes, found: Sequence[TopicNote], problems: Problems) -> None:
    """Add to the file what was found, unless it cannot take it as it is written."""
    text = path.read_text("utf-8") if path.is_file() else HEAD
    try:
        text = content.append_items(text, "topics", [writable(one) for one in found])
        offered = [*notes.offered, *(one.title for one in found)]
        text = content.amend_yaml(text, {"offered": offered})
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, text.encode())
    except ValueError as error:
        hint = "write each topic on lines that begin with `- `, then run it again"
        problems.error(Where(TOPICS), f"cannot be added to: {error}", hint)
    except OSError as error:
        hint = "check the folder's permissions and the space on the disk, then run it again"
        raise BacklistError(Where(TOPICS), f"cannot be written: {error.strerror}", hint) from error
