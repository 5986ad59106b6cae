"""What may be a topic, with its episodes: phrases that are complete, no person and no format."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backlist.commands.suggest_topics import abbreviations, phrases, texts
from backlist.commands.suggest_topics.han import is_eastern, is_everyday, names_things
from backlist.commands.suggest_topics.people import People
from backlist.commands.suggest_topics.phrases import END, Phrase
from backlist.commands.suggest_topics.words import Language, Verbs, fold, is_noun
from backlist.resolve import Catalog

CLIPPED = 0.6
"""A phrase that is so often followed, or preceded, by the same word is a part of a longer one."""
BEGINS, ENDS = 0.1, 0.25
"""How often, at least, a phrase stands after and before a mark or a word that says nothing."""
FORMAT, FORMAT_SHARE = 3, 0.5
"""Titles that have a phrase as a part by itself, and the share of its titles: a kind of episode."""
RARE_FORM = 3
"""A spelling that is not commoner, by `Phrase.forms`, is a slip."""
NAMED = 0.8
"""How often, at least, a name is written as one where capitals tell."""

FIRM = 2
"""Episodes, at least, that name a topic of one plain word in their title, or more than once."""
MEANT = 0.5
"""The share of what titles say, at least, that their notes repeat, where titles are no jokes."""

NAME, PAIR, WORD = "name", "pair", "word"


@dataclass(frozen=True)
class Candidate:
    """What may be a topic: a name or words, its spellings, who treats it, and whose titles do."""

    kind: str
    title: str
    also: tuple[str, ...]
    keys: frozenset[str]
    episodes: frozenset[str]
    titled: frozenset[str]
    touched: frozenset[str]
    """Episodes that treat it or nearly do: with one mention less."""
    words: tuple[str, ...]
    noun: bool


class Evidence:
    """What an archive says, read once."""

    def __init__(self, catalog: Catalog) -> None:
        show = catalog.settings.show
        self.language = Language(show.language)
        self.said = texts.read(catalog.episodes, self.language)
        self.size = len(self.said)
        self.phrases = phrases.find(self.said, self.language, least=2)
        self.verbs = Verbs(run.words for one in self.said.values() for run in one.runs)
        title = show.title.split()
        initials = "".join(word[0] for word in title).casefold()
        # `SE Radio` is the show `Software Engineering Radio`, too.
        self.own = {*map(fold, title), *(initials[:end] for end in range(2, len(initials) + 1))}
        raw = [
            f"{i.episode.title}\n{i.episode.summary or ''}\n{i.episode.body}"
            for i in catalog.episodes
        ]
        self.means = abbreviations.find(raw, self.phrases)
        abbreviated = set(self.means.values())
        self.people = People(catalog, self.said, self.phrases, abbreviated)
        self.trusts_titles = self._are_meant()

    def _are_meant(self) -> bool:
        """Whether what several titles say is mostly in their notes too, which jokes are not."""
        things = [one for one in self.phrases.values() if not self.people.has(one)]
        told = [slug in one.noted for one in things for slug in one.titled if self.said[slug].tells]
        return sum(told) >= MEANT * len(told)

    def treated(self, group: list[Phrase], less: int = 0) -> Iterator[str]:
        """The episodes that are about one of some phrases, not only mention it.

        With `less`, they may name it so many times less often than it takes.
        """
        titled = self.titled(group)
        yield from titled
        for slug, count in self.told(group).items():
            if slug not in titled and count >= max(1, self.said[slug].needed - less):
                yield slug

    def told(self, group: list[Phrase]) -> Counter[str]:
        """How often the notes of each episode say one of some phrases, not in passing."""
        told = Counter[str]()
        for one in group:
            told.update(one.noted)
            told.subtract(one.passing)
        return told

    def firm(self, group: list[Phrase]) -> int:
        """How many episodes say one of some phrases in their title, or more than once."""
        often = {slug for slug, count in self.told(group).items() if count > 1}
        return len(often | self.titled(group))

    def titled(self, group: list[Phrase]) -> frozenset[str]:
        """The episodes whose titles say one of some phrases and mean it."""
        keys = {key for one in group for key in one.noted}
        return frozenset(
            slug
            for one in group
            for slug in one.titled
            if self.trusts_titles or slug in keys or not self.said[slug].tells
        )


def find(evidence: Evidence) -> list[Candidate]:
    """The candidates of an archive, abbreviations with what they stand for."""
    groups: dict[str, list[Phrase]] = {}
    for key, one in evidence.phrases.items():
        groups.setdefault(_root(key, evidence.means), []).append(one)
    return [
        made for key, group in sorted(groups.items()) if (made := _candidate(key, group, evidence))
    ]


def _root(key: str, means: Mapping[str, str]) -> str:
    seen = {key}
    while (after := means.get(key)) is not None and after not in seen:
        seen.add(after)
        key = after
    return key


def _candidate(key: str, group: list[Phrase], evidence: Evidence) -> Candidate | None:
    main = evidence.phrases.get(key, group[0])
    kind = _kind(main, evidence)
    is_plain = len(main.words) == 1 and not main.shaped
    if kind is None or (is_plain and evidence.firm(group) < FIRM):
        return None
    episodes = frozenset(evidence.treated(group))
    titled = evidence.titled(group)
    spelled = {
        form.casefold(): form
        for one in group
        for form in (*sorted(f for f, n in one.forms.items() if n > RARE_FORM), one.form)
    }
    title = main.form
    spelled.pop(title.casefold(), None)
    return Candidate(
        kind,
        title,
        tuple(sorted(spelled.values())),
        frozenset(one.key for one in group),
        episodes,
        titled,
        frozenset(evidence.treated(group, less=1)),
        main.words,
        kind != WORD or is_noun(main.form) or not evidence.language.is_english,
    )


def _kind(phrase: Phrase, evidence: Evidence) -> str | None:
    """Whether a phrase is a name, words or a word that a topic may be; None for any other."""
    is_name = _is_name(phrase, trusts=evidence.language.trusts_capitals)
    if _is_clipped(phrase, evidence.language) or (not is_name and _is_format(phrase)):
        return None
    if evidence.people.has(phrase) or _is_inside(phrase) or _is_opening(phrase):
        return None
    if evidence.own.issuperset(phrase.words):
        return None
    if evidence.language.is_chinese and not _is_chinese_thing(phrase):
        return None
    if is_name:
        return NAME if evidence.people.shows_thing(phrase) else None
    if any(map(evidence.verbs.has, _edges(phrase))) or _is_compound(phrase):
        return None
    if len(phrase.words) == 1:
        return WORD
    return PAIR


def _is_chinese_thing(phrase: Phrase) -> bool:
    """Whether a phrase names a thing; one of every day has to be in notes, too."""
    return names_things(phrase.form) and (bool(phrase.noted) or not is_everyday(phrase.form))


def _edges(phrase: Phrase) -> tuple[str, ...]:
    parts = phrase.form.split()
    return parts[0], parts[-1]


def _is_compound(phrase: Phrase) -> bool:
    """Whether a phrase is written with hyphens only, as what says something of another."""
    return (
        len(phrase.words) > 1
        and all(" " not in form for form in phrase.forms)
        and phrase.form.isascii()
    )


def _is_name(phrase: Phrase, *, trusts: bool) -> bool:
    told = phrase.capital + phrase.lower
    if phrase.shaped:
        return phrase.lower <= told * 0.5 or phrase.shaped > phrase.lower
    return trusts and phrase.capital >= 2 and phrase.capital >= NAMED * told


def _is_clipped(phrase: Phrase, language: Language) -> bool:
    """Whether a phrase is mostly a part of a longer one."""
    total = phrase.before.total()
    if phrase.ends < ENDS * total or phrase.begins < BEGINS * total:
        return True
    if any(count > max(FORMAT - 1, CLIPPED * total) for count in phrase.beyond.values()):
        return True
    return total > 1 and any(
        word != END and count > CLIPPED * total and not joins(word)
        for side, joins in ((phrase.before, language.is_stop), (phrase.after, language.is_function))
        for word, count in side.most_common(2)
    )


def _is_format(phrase: Phrase) -> bool:
    """Whether words are what titles call a kind of episode."""
    return len(phrase.whole) >= max(FORMAT, FORMAT_SHARE * len(phrase.titled))


def _is_inside(phrase: Phrase) -> bool:
    """Whether a word is mostly a part of longer names, each another."""
    return len(phrase.words) == 1 and phrase.beside > CLIPPED * max(1, phrase.prose)


def _is_opening(phrase: Phrase) -> bool:
    """Whether a word only opens titles, where a script has no capitals to tell names of guests."""
    form = phrase.form
    uncased = form.lower() == form.upper() and not is_eastern(form)
    return uncased and 0 < len(phrase.titled) <= 2 * phrase.opened
