"""Which sentences of an episode tell what it is about, and where they stand.

Left out are advertised blocks, sections on who takes part, and what many episodes say in the same
words (how to subscribe, credits, a block on a sponsor).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from backlist.parse import host_lines
from backlist.parse.features import terms
from backlist.parse.features.things import LINK, unpaid_lines
from backlist.resolve import EpisodeFile

TITLE, NOTES, PASSING = "title", "notes", "passing"
"""Where a sentence stands: `PASSING` are links by name, thanks, what an earlier episode said word
for word, and other episodes named by their titles."""

LONG = 5
"""A sentence of so many words that `terms.REPEATED` episodes have is no part of what they are
about; shorter ones may be names and headings."""
OFTEN, OFTEN_SHARE = 5, 0.1
"""What so many episodes have, in so large a share, is none however short it is."""
RETOLD, RETOLD_LONG = 3, 4
"""Notes that have the titles of so many other episodes look back at them; a title of so many words
is one wherever it stands."""
NAMED = 4
"""A link of fewer words is a name, of more a title that says what it is about."""

_NOISE = re.compile(
    r"`[^`\n]*`|https?://\S+|(?<![\w.+-])[\w.+-]++@[\w.-]+|<[^<>\n]*>|&#?\w+;"
    r"|(?<!\d)\d{1,3}:\d\d(?::\d\d)?|[*~\\_#]{1,6}(?=\W|$)|(?:(?<=\W)|^)[*~\\_#]{1,6}|@\w+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|io|fm|de|co|tv|me)\b(?:/\S*)?"
)
_SENTENCES = re.compile(r"(?<=[.!?…。！？])(?:[\"'”’)\]]*\s+|(?=[\u3040-\u9fff]))|\n")
_NUMBER = re.compile(r"\W*[^\W\d_]{1,8}\d{1,4}\b\W*(?=\w)")
"""What most titles of a show begin with: `CRE191`."""
_PARTS = re.compile(r"[:|()\[\]–—«»“”\"]|\s-\s")
_LINKS = re.compile(r"(?:[\s*+•|/&,;–—-]*(?:\d+[.)]\s*)?!?\[[^\[\]\n]*\]\([^)\n]*\)[\s.,;]*)+")
"""A line that is links and nothing else."""
_ON_PEOPLE = re.compile(
    r"\b(?:speakers?|guests?|(?:co-?)?hosts?|panell?ists?|presenters?|contributors?|bios?|credits"
    r"|contact|follow|find (?:us|me|him|her|them)|on the web"
    r"|gäste?|gast|sprecher(?:in|innen)?|invité(?:e|s|es)?|intervenant(?:e|s|es)?|invitad[oa]s?"
    r"|convidad[oa]s?|ponentes?|гост[ьия]|ведущи[ей])\b|嘉宾|嘉賓|主播|ゲスト|出演",
    re.IGNORECASE,
)
"""A heading of a section on who somebody is, or where to find them."""

_THANKS = re.compile(
    r"\b(?:thanks|thank you|merci à|gracias a|danke an|dank an|obrigad[oa] a|grazie a|спасибо)\b"
    r"|感谢|感謝",
    re.IGNORECASE,
)

Told = tuple[str, str]


def read(items: Sequence[EpisodeFile]) -> dict[str, list[Told]]:
    """Where each sentence of an episode stands, and its words without marks, by slug."""
    numbered = sum(_NUMBER.match(item.episode.title) is not None for item in items)
    cut = _NUMBER if 2 * numbered > len(items) else None
    parts = {item.episode.slug: list(_sentences(item, cut)) for item in items}
    return _without_titles(_without_repeats(parts))


def _sentences(item: EpisodeFile, cut: re.Pattern[str] | None) -> Iterator[Told]:
    episode = item.episode
    heading = cut.sub("", episode.title) if cut else episode.title
    yield TITLE, heading
    seen, title = set[str](), _key(heading)
    for lines in (
        (episode.summary or "").splitlines(),
        unpaid_lines(host_lines.without(episode.body), _ON_PEOPLE),
    ):
        for line in lines:
            links = len(LINK.findall(line)) if _LINKS.fullmatch(line) else 0
            for plain in sentences(line):
                # A summary is often the beginning of the notes, and these the title again.
                if plain not in seen and not _is_again(_key(plain), title):
                    seen.add(plain)
                    is_named = _key(plain).count(" ") < NAMED * links
                    yield PASSING if is_named or _THANKS.search(plain) else NOTES, plain


def _is_again(key: str, title: str) -> bool:
    """Whether a sentence is a title, or most of one."""
    return key in title and 2 * len(key) > len(title)


def sentences(line: str) -> Iterator[str]:
    """The sentences of a line of Markdown, without what is no words."""
    for part in _SENTENCES.split(_NOISE.sub(" | ", LINK.sub(r"\1", line))):
        if plain := " ".join(part.split()):
            yield plain


def _without_repeats(parts: Mapping[str, list[Told]]) -> dict[str, list[Told]]:
    having = Counter(
        key
        for found in parts.values()
        for key in {_key(text) for where, text in found if where != TITLE}
    )
    often = max(OFTEN, OFTEN_SHARE * len(parts))
    repeated = {
        key
        for key, count in having.items()
        if count >= (terms.REPEATED if key.count(" ") >= LONG - 1 else often) and " " in key
    }
    seen = set[str]()

    def place(where: str, key: str) -> str:
        again = where == NOTES and key.count(" ") >= LONG - 1 and key in seen
        seen.add(key)
        return PASSING if again else where

    return {
        slug: [
            (place(where, key), text)
            for where, text in found
            if (key := _key(text)) not in repeated or where == TITLE
        ]
        for slug, found in parts.items()
    }


def _without_titles(parts: Mapping[str, list[Told]]) -> dict[str, list[Told]]:
    """The sentences, those that hold a title of another episode as `PASSING`."""
    owners: dict[str, set[str]] = {}
    for slug, found in parts.items():
        for key in _title_parts(found[0][1]):
            owners.setdefault(key, set()).add(slug)
    marked = {}
    for slug, (title, *found) in parts.items():
        named = [
            {key for key in _title_parts(text) if slug not in owners.get(key, {slug})}
            for _, text in found
        ]
        looks_back = len(set().union(*named)) >= RETOLD
        marked[slug] = [
            title,
            *(
                (PASSING, text)
                if any(looks_back or key.count(" ") >= RETOLD_LONG - 1 for key in keys)
                else (where, text)
                for (where, text), keys in zip(found, named, strict=True)
            ),
        ]
    return marked


def _title_parts(text: str) -> set[str]:
    """The parts of a text between marks, each as it is compared, that are no single word."""
    return {key for part in _PARTS.split(text) if " " in (key := _key(part))}


def _key(sentence: str) -> str:
    """A sentence as it is compared."""
    return " ".join(terms.words(sentence))
