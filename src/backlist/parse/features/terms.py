"""The words of an episode as weighted terms, for telling what it is about.

A term is a word in its plainest form, an outbound address, or an address's host. How much a
term counts depends on where it stands: a title says more than a transcript. The rules are
those a study of seven archives measured: no stop list of topics, digits kept (`2306` and
`h2o` mean something), plurals folded, scripts without spaces cut where the script changes.

Terms are of one episode alone: they can be counted on any core and kept as they are.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from backlist.model import Episode
from backlist.parse.features import addresses, identity

TITLE, SUMMARY, TOPIC, GUEST, NOTES, SPEECH, ADDRESS, HOST = 3, 2, 2, 3, 1, 1, 2, 1

LONG = 6
"""A line of so many words can be told from others: where `REPEATED` episodes have it, it is a block
that is repeated (a sponsor's text, how to subscribe), and not what they are about."""
REPEATED = 3

_SCRIPTS = (
    "[\u30a0-\u30ff]+"  # katakana
    "|[\uac00-\ud7af]+"  # hangul
    "|[\u4e00-\u9fff\u3400-\u4dbf]+"  # han
)
_SPACED = re.compile(r"[^\W_]+(?:'[^\W_]+)?[+#]*")
_UNSPACED = re.compile(
    rf"{_SCRIPTS}|(?:(?![\u3040-\u309f]|{_SCRIPTS})[^\W_])+(?:'(?:[^\W_])+)?[+#]*"
)
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ADDRESSES = re.compile(r"\]\([^)\s]*\)|https?://[^\s)>\]]+")
_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]+")
STOP = frozenset(
    """
    a about after all also am an and any are as at be because been being but by can could did do
    does doing don't down each even few for from further get got had has have having he her here
    hers him his how i if in into is isn't it its it's just let like me more most my no nor not
    now of off on once only or other our out over own really same she should so some such than
    that the their them then there these they this those through to too under until up us very
    was we were what when where which while who whom why will with would you your yours
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)


class Lines(NamedTuple):
    """The long lines of an episode's notes, packed, so that repeated ones can be taken out again.

    `keys` has a number for each line, the same wherever the line stands (`int64`); `lengths` how
    many terms it has (`int32`), and `places` where each of these is among the episode's terms
    (`int32`), line by line. Each of them counts `NOTES`.
    """

    keys: bytes = b""
    lengths: bytes = b""
    places: bytes = b""


NO_LINES = Lines()


@dataclass(frozen=True)
class Terms:
    """The weighted terms of one episode, packed: thousands of episodes are read in one go.

    `names` are the terms, a line each; `counts` their weights in the same order, as an array of
    `int32`; `spoken` says that a transcript is among the texts; `lines` are those of its notes.
    """

    names: str = ""
    counts: bytes = b""
    spoken: bool = False
    lines: Lines = NO_LINES

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each term."""
        return dict(zip(self.names.split("\n"), array("i", self.counts), strict=False))


def words(text: str) -> Iterator[str]:
    """Each word of a text in the plain form that is compared."""
    for form in _forms(text):
        yield from _plain(form)


def of(episode: Episode, text: str, links: Iterable[str], said: str | None = None) -> Terms:
    """The terms of an episode whose notes are `text` and link to `links`.

    `said` are the words of its transcript, None where it has none. Every source counts; `without`
    takes those out again that turn out to be episodes of the show.
    """
    book = _Book()
    book.count(episode.title, TITLE)
    book.count(episode.summary or "", SUMMARY)
    book.count("\n".join(episode.topics), TOPIC)
    book.count("\n".join(p.name for p in episode.people if p.role == "guest"), GUEST)
    for topic in episode.topics:
        book.weights[of_topic(topic)] += TOPIC
    book.count_lines(_ADDRESSES.sub(" ", text))
    book.count(said or "", SPEECH)
    for source in episode.sources:
        book.count(source.title or "", NOTES)
    outbound = [*(source.url for source in episode.sources), *links]
    for name in {name for address in outbound for name in of_address(address)}:
        book.weights[name] += HOST if name.endswith("/") else ADDRESS
    return book.close(spoken=said is not None)


def of_speech(said: str) -> Terms:
    """The terms of a transcript."""
    book = _Book()
    book.count(said, SPEECH)
    return book.close(spoken=True)


def joined(terms: Terms, speech: Terms) -> Terms:
    """The terms of an episode with those of its transcript."""
    book = _Book(terms)
    book.weights.update(speech.weights)
    return book.close(spoken=True)


def without(terms: Terms, episode: Episode, links: Sequence[str], own: Collection[int]) -> Terms:
    """Terms of which the sources at the places `own` (from 0) are no part.

    These are other episodes of the show: explicit relations already, they say nothing of the
    topic.
    """
    book = _Book(terms)
    gone, kept = set[str](), set[str]()
    for place, source in enumerate(episode.sources):
        (gone if place in own else kept).update(of_address(source.url))
        if place in own:
            book.count(source.title or "", -NOTES)
    kept.update(name for link in links for name in of_address(link))
    for name in gone - kept:
        del book.weights[name]
    return book.close(spoken=terms.spoken)


@lru_cache(maxsize=1 << 17)
def of_address(address: str | None) -> tuple[str, ...]:
    """An address and its host as terms; none when it is a search, or leads nowhere outside."""
    if not address or not address.startswith(("http://", "https://")):
        return ()
    if identity.is_search(address):
        return ()
    ids = identity.ids(address)
    name = next((f"{k}:{v}" for k, v in ids.items()), None) or addresses.key(address)
    name = re.sub(r"\s", "+", name).rstrip("/")
    return f"\0{name}", f"\0{addresses.home(address)}/"


def of_topic(topic: str) -> str:
    """A topic as one term, beside its words: what two shows of one subject call it is rarer."""
    return f"\1{' '.join(topic.casefold().split())}"


class _Book:
    """Weights while they are being summed up, and the terms of long lines."""

    def __init__(self, known: Terms | None = None) -> None:
        self.weights: Counter[str] = Counter(known.weights if known else ())
        self.lines: list[tuple[int, list[str]]] = list(_unpacked(known)) if known else []

    def count_lines(self, text: str) -> None:
        """Add every word of the notes, and keep which of them are in one long line."""
        found: list[str] = []
        for line in text.splitlines():
            forms = _forms(line) if line else []
            found += forms
            if len(forms) >= LONG:
                terms = [term for form in forms for term in _plain(form)]
                self.lines.append((_key(forms), terms))
        self._add(Counter(found), NOTES)

    def count(self, text: str, weight: int) -> None:
        """Add every word of a text."""
        if text:
            self._add(Counter(_forms(text)), weight)

    def _add(self, forms: Counter[str], weight: int) -> None:
        weights = self.weights
        for written, count in forms.items():
            for term in _plain(written):
                weights[term] += weight * count

    def close(self, *, spoken: bool) -> Terms:
        """What was summed up, in the order of the terms' texts."""
        kept = sorted(term for term, weight in self.weights.items() if weight > 0)
        counts = array("i", [self.weights[term] for term in kept])
        return Terms("\n".join(kept), counts.tobytes(), spoken, self._packed(kept))

    def _packed(self, kept: Sequence[str]) -> Lines:
        place = {term: number for number, term in enumerate(kept)}
        runs = [[place[t] for t in terms if t in place] for _, terms in self.lines]
        return Lines(
            array("q", [key for key, _ in self.lines]).tobytes(),
            array("i", map(len, runs)).tobytes(),
            array("i", chain.from_iterable(runs)).tobytes(),
        )


def _unpacked(known: Terms) -> Iterator[tuple[int, list[str]]]:
    """The key and the terms of each long line."""
    names, places = known.names.split("\n"), array("i", known.lines.places)
    keys, lengths = array("q", known.lines.keys), array("i", known.lines.lengths)
    first = 0
    for key, length in zip(keys, lengths, strict=True):
        yield key, [names[place] for place in places[first : first + length]]
        first += length


def _key(forms: Sequence[str]) -> int:
    """The number of a line: that of its words, whatever is between them."""
    words = " ".join(forms).casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big", signed=True)


def _forms(text: str) -> list[str]:
    """The words of a text as they are written."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
        if _EAST.search(text):
            return _UNSPACED.findall(text)
    return _SPACED.findall(text)


@lru_cache(maxsize=1 << 17)
def _plain(form: str) -> tuple[str, ...]:
    """The terms of a word; none where it says nothing."""
    plain = form.casefold().removesuffix("'s")
    if len(plain) > 6 and _HAN.fullmatch(plain):
        return tuple(plain[n : n + 2] for n in range(len(plain) - 1))
    if (len(plain) > 1 or plain.isdigit()) and plain not in STOP:
        return (singular(plain),)
    return ()


def singular(word: str) -> str:
    """Plurals folded and nothing else: the S-stemmer (Harman 1991)."""
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word if word.endswith(("us", "ss", "is")) else word[:-1]
