"""The words of an episode as weighted terms, for telling what it is about.

A term is a word in its plainest form, an outbound address, or an address's host. How much a
term counts depends on where it stands: a title says more than a transcript. The rules are
those a study of seven archives measured: no stop list of topics, digits kept (`2306` and
`h2o` mean something), plurals folded, scripts without spaces cut where the script changes.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from backlist.memo import remembered
from backlist.model import Episode
from backlist.parse.transcript import Transcript
from backlist.relate import addresses, identity

TITLE, SUMMARY, TOPIC, GUEST, NOTES, SPEECH, ADDRESS, HOST = 3, 2, 2, 3, 1, 1, 2, 1

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
_STOP = frozenset(
    """
    a about after all also am an and any are as at be because been being but by can could did do
    does doing don't down each even few for from further get got had has have having he her here
    hers him his how i if in into is isn't it its it's just let like me more most my no nor not
    now of off on once only or other our out over own really same she should so some such than
    that the their them then there these they this those through to too under until up us very
    was we were what when where which while who whom why will with would you your yours
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)


def words(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text as (term, form): the plain form to compare, and the form as written."""
    for form in _forms(text):
        yield from _plain(form)


def _forms(text: str) -> list[str]:
    """The words of a text as they are written."""
    text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    return (_UNSPACED if _EAST.search(text) else _SPACED).findall(text)


@lru_cache(maxsize=1 << 15)
def _plain(form: str) -> tuple[tuple[str, str], ...]:
    """The terms of a word, each with the form to show; none where it says nothing."""
    plain = form.casefold().removesuffix("'s")
    if len(plain) > 6 and _HAN.fullmatch(plain):
        return tuple((pair, pair) for pair in (plain[n : n + 2] for n in range(len(plain) - 1)))
    if (len(plain) > 1 or plain.isdigit()) and plain not in _STOP:
        return ((_singular(plain), form),)
    return ()


def _singular(word: str) -> str:
    """Plurals folded and nothing else: the S-stemmer (Harman 1991)."""
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word if word.endswith(("us", "ss", "is")) else word[:-1]


def _count(text: str) -> str:
    """Term, count and first form of each word of a text, one after the other, for the memo."""
    forms: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for written, count in Counter(_forms(text)).items():
        for term, form in _plain(written):
            counts[term] += count
            forms.setdefault(term, form)
    return " ".join(f"{term} {count} {forms[term]}" for term, count in counts.items())


_counted = remembered(_count)


@remembered
def _counted_speech(text: str) -> str:
    """The words of a transcript file, counted."""
    return _count(text)


@lru_cache(maxsize=1 << 16)
def _address_terms(address: str) -> tuple[str, ...]:
    """An address and its host as terms; none when it is a search."""
    if identity.is_search(address):
        return ()
    ids = identity.ids(address)
    name = next((f"{k}:{v}" for k, v in ids.items()), None) or addresses.key(address)
    return f"\0{name}", f"\0{addresses.home(address)}/"


class Terms:
    """The weighted terms of one episode: `weights` for ranking, `forms` for telling why.

    `forms` has the terms that the episode first writes otherwise, each followed by that form;
    `spoken` says that a transcript is among the texts.
    """

    def __init__(self) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self.spoken = False
        self.forms: list[str] = []

    def add_text(self, text: str, weight: int) -> None:
        """Count every word of a text."""
        if text:
            self._add(_counted(text), weight)

    def add_script(self, script: Transcript) -> None:
        """Count every word that is said."""
        self.spoken = True
        self._add(_counted_speech(script.words), SPEECH)

    def _add(self, counted: str, weight: int) -> None:
        parts = counted.split()
        for term, count, form in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            if form != term and term not in self.weights:
                self.forms += term, form
            self.weights[term] += weight * int(count)

    def add_address(self, address: str, seen: set[str]) -> None:
        """Count an outbound address and its host, each once an episode."""
        for term, weight in zip(_address_terms(address), (ADDRESS, HOST), strict=False):
            if term not in seen:
                seen.add(term)
                self.weights[term] += weight


def says_something(term: str) -> bool:
    """Whether a term reads as a reason: a word, without digits, and no cut of a longer one."""
    cut = len(term) == 2 and _HAN.fullmatch(term)
    return len(term) > 1 and not cut and not re.search(r"[\0\d]", term)


def of(
    episode: Episode, links: Sequence[str], own: frozenset[int], script: Transcript | None = None
) -> Terms:
    """The terms of an episode whose notes link to `links` and in which `script` is said.

    `own` holds the places of sources that are other episodes of the show: they are explicit
    relations already and say nothing of the topic.
    """
    terms = Terms()
    terms.add_text(episode.title, TITLE)
    terms.add_text(episode.summary or "", SUMMARY)
    terms.add_text("\n".join(episode.topics), TOPIC)
    terms.add_text("\n".join(p.name for p in episode.people if p.role == "guest"), GUEST)
    terms.add_text(_ADDRESSES.sub(" ", episode.body), NOTES)
    if script:
        terms.add_script(script)
    seen: set[str] = set()
    for place, source in enumerate(episode.sources):
        if place not in own:
            terms.add_text(source.title or "", NOTES)
            if source.url:
                terms.add_address(source.url, seen)
    for link in links:
        if link.startswith(("http://", "https://")):
            terms.add_address(link, seen)
    return terms
