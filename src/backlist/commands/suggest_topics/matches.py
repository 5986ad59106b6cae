"""Which episodes treat what a person calls by some names, as `also:` gives them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from backlist.commands.suggest_topics.han import is_eastern
from backlist.commands.suggest_topics.texts import Said, words_of
from backlist.commands.suggest_topics.told import TITLE
from backlist.commands.suggest_topics.words import fold

MOST_WORDS = 6


def key_of(name: str) -> str:
    """A name as spellings of it are compared.

    >>> key_of("Web Components") == key_of("web-component")
    True
    """
    return "".join(map(fold, words_of(name))) or name.casefold()


def treating(topics: Mapping[str, Iterable[str]], said: Mapping[str, Said]) -> dict[str, set[str]]:
    """The episodes about each topic, by one of its names, not those that mention it in passing."""
    topic_of = {key_of(name): topic for topic, names in topics.items() for name in names}
    eastern = {name for names in topics.values() for name in names if is_eastern(name)}
    found: dict[str, set[str]] = {topic: set() for topic in topics}
    for slug, one in said.items():
        times, titled = Counter[str](), set[str]()
        for run in one.runs:
            for key in (*_keys(run.words), *_within(run.words, eastern)):
                if (topic := topic_of.get(key)) is not None:
                    times[topic] += 1
                    if run.where == TITLE:
                        titled.add(topic)
        for topic, count in times.items():
            if topic in titled or count >= one.needed:
                found[topic].add(slug)
    return found


def _keys(words: tuple[str, ...]) -> Iterable[str]:
    folded = list(map(fold, words))
    for start in range(len(folded)):
        key = ""
        for part in folded[start : start + MOST_WORDS]:
            key += part
            yield key


def _within(words: tuple[str, ...], names: Iterable[str]) -> Iterable[str]:
    """Names of a script without spaces that words hold, each as its key."""
    for word in words if names else ():
        yield from (key_of(name) for name in names if name in word and name != word)
