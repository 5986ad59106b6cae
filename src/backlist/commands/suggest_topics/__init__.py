"""Topics for an archive without: named things and pairs of words that divide it well.

What is found is added to `content/topics.yaml` for a person to look through. Nothing that is
there is taken away or changed, and what was offered once is not offered again: deleting a topic,
or an episode of one, is enough to refuse it. A later run adds later episodes to the topics that
were kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backlist import content, files
from backlist.commands.suggest_topics import candidates
from backlist.commands.suggest_topics.candidates import NAME, Candidate, Evidence
from backlist.commands.suggest_topics.choose import MOST, choose
from backlist.commands.suggest_topics.matches import key_of, treating
from backlist.content import Document
from backlist.load import TOPICS
from backlist.model import TopicNote, TopicNotes, writable
from backlist.problems import BacklistError, Problems, Where
from backlist.resolve import Catalog

HEAD = """\
# Topics of the archive. Delete what you do not want, a topic or an episode of one: `offered` and
# `offered_episodes` remember it.
"""

Offered = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Suggestion:
    """Topics that are new in the file, and episodes that are new in its topics, by their titles."""

    topics: tuple[TopicNote, ...] = ()
    later: Offered = field(default_factory=dict)


def suggest(
    root: Path, catalog: Catalog, document: Document | None, problems: Problems, *, dry_run: bool
) -> Suggestion:
    """What is now in the file of the site at `root`, or would be.

    `document` is the file as it is. Raises `BacklistError` where it cannot be written.
    """
    notes = content.read(TopicNotes, document, problems) if document else TopicNotes()
    if notes is None or problems.stop():
        return Suggestion()
    evidence = Evidence(catalog)
    later = _later(notes, catalog, evidence)
    covered = [{*one.episodes, *later.get(one.title, ())} for one in notes.topics]
    found = _propose(catalog, evidence, _known(notes, catalog), covered)
    if (found or later) and not dry_run:
        _write(root / TOPICS, notes, found, later, problems)
    return Suggestion(found, later)


def _known(notes: TopicNotes, catalog: Catalog) -> set[str]:
    """What needs no offer: names of topics, of episodes' own, and what was offered before."""
    named = [name for one in notes.topics for name in (one.title, *one.also)]
    own = [name for item in catalog.episodes for name in item.episode.topics]
    return set(map(key_of, (*named, *notes.offered, *own)))


def _propose(
    catalog: Catalog, evidence: Evidence, known: set[str], covered: Sequence[set[str]]
) -> tuple[TopicNote, ...]:
    found = [
        one
        for one in candidates.find(evidence)
        if known.isdisjoint(one.keys) and known.isdisjoint(map(key_of, (one.title, *one.also)))
    ]
    chosen = choose(found, evidence.size, covered, MOST - len(covered))
    order = {item.episode.slug: place for place, item in enumerate(catalog.episodes)}
    return tuple(_note(one, order) for one in chosen)


def _note(one: Candidate, order: Mapping[str, int]) -> TopicNote:
    count, titled = len(one.episodes), len(one.titled & one.episodes)
    what = "a name" if one.kind == NAME else "words"
    where = f"in {titled} of {count} titles" if titled else "in no title"
    return TopicNote(
        title=one.title,
        also=one.also,
        episodes=tuple(sorted(one.episodes, key=order.__getitem__)),
        why=f"{what} {where}" + ("; other notes say it several times" if titled < count else ""),
    )


def _later(notes: TopicNotes, catalog: Catalog, evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """Episodes that topics of the file lack, by title: never one that was offered before.

    A topic that a person gave its episodes, and that was never offered, is left as it is.
    """
    before = {
        one.title: given
        for one in notes.topics
        if (given := _offered(one, notes)) is not None or not one.episodes
    }
    asked = {one.title: (one.title, *one.also) for one in notes.topics if one.title in before}
    having = {one.title: set(one.episodes) for one in notes.topics}
    for item in catalog.episodes:
        for topic in item.episode.topics:
            having.setdefault(topic, set()).add(item.episode.slug)
    found = treating(asked, evidence.said) if asked else {}
    order = [item.episode.slug for item in catalog.episodes]
    fresh = {
        title: slugs - having[title] - set(before[title] or ()) for title, slugs in found.items()
    }
    return {
        title: tuple(slug for slug in order if slug in slugs)
        for title, slugs in fresh.items()
        if slugs
    }


def _offered(topic: TopicNote, notes: TopicNotes) -> tuple[str, ...] | None:
    """The episodes that were offered with a topic; None where it never was offered."""
    names = {key_of(name) for name in (topic.title, *topic.also)}
    found = [slugs for name, slugs in notes.offered_episodes.items() if key_of(name) in names]
    return tuple(slug for slugs in found for slug in slugs) if found else None


def _write(
    path: Path,
    notes: TopicNotes,
    found: Sequence[TopicNote],
    later: Offered,
    problems: Problems,
) -> None:
    """Add to the file what was found, unless it cannot take it as it is written."""
    text = path.read_text("utf-8") if path.is_file() else HEAD
    try:
        for place, topic in enumerate(notes.topics):
            if topic.title in later:
                text = content.append_to_item(text, "topics", place, "episodes", later[topic.title])
        if found:
            text = content.append_items(text, "topics", [writable(one) for one in found])
        text = content.amend_yaml(text, _memory(notes, found, later))
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, text.encode())
    except ValueError as error:
        hint = "write each topic on lines that begin with `- `, then run it again"
        problems.error(Where(TOPICS), f"cannot be added to: {error}", hint)
    except OSError as error:
        hint = "check the folder's permissions and the space on the disk, then run it again"
        raise BacklistError(Where(TOPICS), f"cannot be written: {error.strerror}", hint) from error


def _memory(notes: TopicNotes, found: Sequence[TopicNote], later: Offered) -> dict[str, object]:
    """What the file says was offered: names, and the episodes of each."""
    episodes = {name: list(slugs) for name, slugs in notes.offered_episodes.items()}
    for title, slugs in (*later.items(), *((one.title, one.episodes) for one in found)):
        episodes.setdefault(title, []).extend(slugs)
    names = dict.fromkeys((*notes.offered, *(one.title for one in found)))
    return {"offered": list(names) or None, "offered_episodes": episodes}
