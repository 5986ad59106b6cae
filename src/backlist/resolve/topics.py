"""Which topics an episode has: its own, by the names the show decided on, and those it was given.

`content/topics.yaml` is the person's decision. What it says of hidden episodes goes nowhere.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from backlist import content
from backlist.cache.keys import key_of
from backlist.content import Document
from backlist.model import TopicNote, TopicNotes
from backlist.problems import Problems, did_you_mean
from backlist.resolve.files import EpisodeFile


def assign(
    shown: Sequence[EpisodeFile],
    slugs: Collection[str],
    document: Document | None,
    problems: Problems,
) -> tuple[EpisodeFile, ...]:
    """The episodes with all their topics; `slugs` are those of every record, hidden ones too."""
    notes = content.read(TopicNotes, document, problems) if document else None
    if notes is None or document is None:
        return tuple(shown)
    titles = _titles(notes, document, problems)
    given: dict[str, list[str]] = {}
    for place, topic in enumerate(notes.topics):
        _check_episodes(place, topic, slugs, document, problems)
        for slug in topic.episodes:
            given.setdefault(slug, []).append(topic.title)
    return tuple(_with_topics(item, titles, given.get(item.episode.slug, ())) for item in shown)


def fold(name: str) -> str:
    """A name as names of topics are compared.

    >>> fold("Web  Components")
    'web components'
    """
    return " ".join(name.casefold().split())


def _titles(notes: TopicNotes, document: Document, problems: Problems) -> dict[str, str]:
    """The title that each name means; a name of two topics is an error."""
    titles: dict[str, str] = {}
    for place, topic in enumerate(notes.topics):
        named = [(("title",), topic.title), *((("also", n), a) for n, a in enumerate(topic.also))]
        for key, name in named:
            first = titles.setdefault(fold(name), topic.title)
            if first != topic.title or (key == ("title",) and _is_second(notes, place)):
                problems.error(
                    document.where("topics", place, *key),
                    f"`{name}` is a name of the topic `{first}` already",
                    "keep it in one of the two, or make them one topic",
                )
    return titles


def _is_second(notes: TopicNotes, place: int) -> bool:
    title = fold(notes.topics[place].title)
    return any(fold(one.title) == title for one in notes.topics[:place])


def _check_episodes(
    place: int, topic: TopicNote, slugs: Collection[str], document: Document, problems: Problems
) -> None:
    for number, slug in enumerate(topic.episodes):
        where = document.where("topics", place, "episodes", number)
        if slug not in slugs:
            problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, slugs))
        elif slug in topic.episodes[:number]:
            problems.warning(where, f"`{slug}` is in the list twice", "remove one of the lines")


def _with_topics(item: EpisodeFile, titles: dict[str, str], given: Iterable[str]) -> EpisodeFile:
    own = (titles.get(fold(name), name) for name in item.episode.topics)
    named: dict[str, str] = {}
    for one in (*own, *given):
        named.setdefault(fold(one), one)
    topics = tuple(named.values())
    if topics == item.episode.topics:
        return item
    return replace(
        item,
        episode=item.episode.model_copy(update={"topics": topics}),
        digest=key_of(item.digest, topics),
        front=key_of(item.front, topics),
    )
