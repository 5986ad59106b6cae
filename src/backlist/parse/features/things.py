"""What an episode's title, summary and notes seem to name: methods, products, people, places.

One episode shows only how a word is written there. Whether it is a name is decided where all
episodes are known (`relate.named_things`), by how the whole archive writes it. What is kept is
therefore each candidate with the evidence for it, and the words that stand in lower case.

Capitals are evidence inside a sentence, in a language that keeps them for names. German and
scripts without capitals have only shapes (`GraphQL`, `H2O`, `NATO`) and links that are named
as their host is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import dropwhile

from backlist import urls
from backlist.model import Episode
from backlist.parse.features.terms import STOP

MOST_WORDS = 3
LONG = 8
"""A line of so many words that `terms.REPEATED` episodes have is a repeated block, not what they
treat."""

SHAPED, LINKED, CAPITAL, TITLE, OTHER, CREDIT = "s", "l", "c", "t", "-", "h"

LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\([ ]?<?([^)\s>\[]{0,1000}+)>?[^)\n]{0,300}+\)")
_NOISE = re.compile(
    r"`[^`\n]*`|https?://\S+|<[^<>\n]*>|&#?\w+;|[*~\\]|\b_|_\b|(?<![\w.+-])[\w.+-]++@[\w.-]+"
)
_MAY_BE_NOISE = re.compile(r"[`<&*~\\_@]|https?:")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s+(.*)|\*\*([^*]+)\*\*:?|__([^_]+)__:?)\s*")
_PAID = re.compile(
    r"sponsor|promo(?:tional)? code|coupon|discount|\d ?% off|free trial|days free|brought to you"
    r"|shameless"
    r"|\bpicks\b|use (?:the )?code|affiliate|patreon|subscribe|donat"
    r"|anzeige|werbung|patrocin|publicit"
    r"|スポンサー|赞助|贊助|حامی|رعاية",
    re.IGNORECASE,
)
_MAY_BE_PAID = (
    "sponsor", "promo", "coupon", "discount", "% off", "free trial", "days free", "brought to you",
    "shameless", "picks", "use code", "use the code", "affiliate", "patreon", "subscribe", "donat",
    "anzeige", "werbung", "patrocin", "publicit", "スポンサー", "赞助", "贊助", "حامی", "رعاية",
)  # fmt: skip
"""One of these is said wherever `_PAID` finds anything; to look for them is faster."""
_PLUG = re.compile(
    r"\bthank(?:s|ed)?\b|\bout now\b|\bpre-?order|\b(?:is|are) (?:now )?available\b"
    r"|\bis the author of\b|\btickets?\b",
    re.IGNORECASE,
)
"""What a sentence says that is no part of what the episode treats."""
_MAY_BE_PLUG = ("thank", "out now", "order", "available", "is the author of", "ticket")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s|\s*$")
_CREDIT = re.compile(
    r"(?:\b(?:co-?)?hosts?|\bpresenters?|\binterviewers?|\bproducers?|\bmoderat(?:ors?|ion)"
    r"|\bgastgeber(?:in)?|\bpr[ée]sent[ée]e? par|\bpresentado por|\bapresentado por"
    r"|\b(?:hosted|presented|moderated|interviewed|produced|edited|mixed|narrated|music|sound) by)"
    r"(?: (?:is|are|was|were))?[\s:–—-]{1,3}(?=[A-Z])",
    re.IGNORECASE,
)
_MAKERS = (
    "host", "presenter", "interviewer", "producer", "moderat", "gastgeb", "ed by", "music by",
    "sound by", " par", " por",
)  # fmt: skip
"""One of these is said wherever `_CREDIT` finds anything; to look for them is faster."""
_CREDITED = re.compile(
    r"[,&\s]{0,3}(?:\b(?:and|und|et|y|e)\s)?((?:[A-Z][\w'’.-]{1,30} ){1,2}[A-Z][\w'’-]{1,30})"
)
_STAFF = re.compile(r"/(?:team|about|hosts?|staff|crew|contributors?)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"<(?:itunes:author|dc:creator)\b[^>]*>([^<]*)<")
_ENDS = re.compile(
    r"(?<![A-Z])(?:(?<![.!?…])[.!?…]++[\"'”’)\]]*\s+)|[:;|•·«»„“\"]|\s[-–—/=]+\s|[–—]|\s['‘(\[]"
    r"|^\W+|\s\d+[.)]\s"
)
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?= [A-Z])|\.NET\b"
    r"|[^\W_]\w*(?:(?:[-'’]|\.(?=[a-z\d]|NET\b))\w+)*[+#]*"
)
_SHORTENED = re.compile("['’](?:m|ve|ll|re|d|t|s)\\b")
OWNED = re.compile("['’]s?$")
_COMPOUND = re.compile(r"-[a-z]{4,}$")
_JOINING = frozenset("of de del da do van von".split())  # noqa: SIM905
_NUMBERED = re.compile(r"(?:S|E|Ep|EP|Q|P|Pt|No|V|Vol|N)\d+.*|\d.*|[IVX]+|M[Pp]\d")
_ACRONYM = re.compile(r"[A-Z]{2,6}s?")
_CAMEL = re.compile(
    r"(?!(?:Mc|Mac|De|Di|La|Le|Van|Fitz)[A-Z])(?![a-z]\w*\.)\w*(?:[a-z][A-Z]|[A-Z]{2}[a-z]{2})"
)
_GERMAN = frozenset(("und", "der", "die"))
_NO_NAME = STOP | frozenset(
    """
    a am an and ask bonus best ceo cfo chapter check code coming congratulations cto day days dr
    ed ep episode episodes est et everyone faq feat figure first follow ft getting gmt great guest
    guests happy hello here hey hi host hosts how id ii iii interview intro introduction iv join
    listen live llc inc ltd mc more mp3 mp4 mr mrs ms new news next no note notes ok one our outro
    part pdf phd picks please pm podcast podcasts pr prof ps pst pt qa q&a question questions
    read recorded review season section show shownotes special st step support talk tbd thank
    thanks the this tip today topics tv uk us usa utc vs watch we webcast website welcome what
    when why with year yes you your edt pdt cet cest eu rss url urls html5 faqs aka asap btw diy
    fyi imo lol omg eta etc ama rsvp tldr wip tba ad ads
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december mon tue wed thu fri sat sun jan feb mar
    apr jun jul aug sep sept oct nov dec spring summer autumn fall winter
    american british english european french german spanish italian chinese japanese russian
    latino latina indian african asian canadian australian dutch swedish western eastern northern
    southern god irish scottish welsh greek turkish polish swiss austrian brazilian mexican arab
    arabic jewish christian catholic muslim portuguese korean danish norwegian finnish belgian
    ukrainian israeli iranian egyptian
    twitter facebook instagram youtube patreon itunes spotify soundcloud stitcher discord
    mastodon linkedin tiktok libsyn overcast gmail email skype paypal github bluesky threads
    apple google-podcasts tweet tweets blog slack reddit medium wikipedia amazon audible zoom
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)

_FILLERS = _NO_NAME | _JOINING


_CAPITAL_NOUNS = ("de", "lb", "gsw")


def writes_nouns_large(tag: str | None) -> bool:
    """Whether every noun of a language has a capital, so that capitals tell no names.

    >>> writes_nouns_large("de-AT"), writes_nouns_large("en"), writes_nouns_large(None)
    (True, False, False)
    """
    return (tag or "").partition("-")[0].casefold() in _CAPITAL_NOUNS


@dataclass(frozen=True)
class Things:
    """The candidates of one episode, packed: thousands of episodes are read in one go.

    `written` has a line for each: a key of the long line it stands in (empty elsewhere), the
    evidence (`SHAPED`, `LINKED`, `CAPITAL`, `TITLE` or `OTHER`), how often, and the form, with tabs
    between. `CREDIT` is no candidate but somebody who makes the show, and has in front the host of
    the page that says so, or nothing where the notes or the feed do. `plain` are the words that
    stand in lower case, with spaces between.
    """

    written: str = ""
    plain: str = ""


NO_THINGS = Things()


def of(episode: Episode, notes: str) -> Things:
    """The candidates of an episode whose notes are `notes`, as Markdown."""
    book = _Book()
    book.read(episode.title, TITLE)
    for line in (episode.summary or "").splitlines():
        book.read(line)
    for line in unpaid_lines(notes):
        if "](" in line:
            book.read_links(line)
            line = LINK.sub(r"\1", line)
        book.read(line)
    book.read_credits(notes)
    for element in episode.feed_elements:
        for authors in _AUTHOR.findall(element):
            book.credit(unescape(authors))
    return book.close()


def unpaid_lines(notes: str, besides: re.Pattern[str] | None = None) -> Iterator[str]:
    """The lines of notes without headings and without what is advertised or picked.

    A heading opens a section, and a line like `Sponsored by:` the list below it. Sections whose
    heading has something of `besides` are left out too.
    """
    paid = listed = False
    for line in notes.splitlines():
        heading = _HEADING.fullmatch(line)
        listed = listed and not heading and _ITEM.match(line) is not None
        if heading:
            paid = _says(line, _MAY_BE_PAID, _PAID) or bool(besides and besides.search(line))
        elif _says(line, _MAY_BE_PAID, _PAID):
            listed = listed or line.rstrip().endswith(":")
        elif not paid and not listed and line.strip():
            yield line


def _says(text: str, words: Iterable[str], pattern: re.Pattern[str]) -> bool:
    """Whether a pattern is found in a text; one of `words` is in every text that it is found in."""
    lower = text.casefold()
    for word in words:
        if word in lower:
            return pattern.search(text) is not None
    return False


class _Book:
    """Candidates while they are being collected."""

    def __init__(self) -> None:
        self.written: Counter[tuple[str, str, str]] = Counter()
        self.plain: set[str] = set()

    def close(self) -> Things:
        """What was collected, in order; capitals say nothing where the words are German."""
        german = self.plain >= _GERMAN
        lines = sorted(
            f"{block}\t{OTHER if german and how == CAPITAL else how}\t{count}\t{form}"
            for (block, how, form), count in self.written.items()
        )
        return Things("\n".join(lines), " ".join(sorted(self.plain)))

    def read_links(self, line: str) -> None:
        """Keep the words of links that are named as their host or their repository is."""
        for words, address in LINK.findall(line):
            form = " ".join(words.split())
            if form[:1].isupper() and form.count(" ") < MOST_WORDS and _names(form, address):
                self._keep("", LINKED, form)

    def read_credits(self, notes: str) -> None:
        """Keep who makes the show: whom the notes credit, or link to a page of its people for."""
        for words, address in LINK.findall(notes) if "/" in notes else ():
            named = _STAFF.search(address) and _CREDITED.fullmatch(" ".join(words.split()))
            if named:
                self._keep(urls.host(address), CREDIT, named[1])
        lower = notes.lower()
        if any(word in lower for word in _MAKERS):
            text = LINK.sub(r"\1", notes)
            for found in _CREDIT.finditer(text):
                self.credit(text[found.end() : found.end() + 200])

    def credit(self, text: str) -> None:
        """Keep the full names that a text begins with."""
        found = _CREDITED.match(text)
        while found:
            self._keep("", CREDIT, found[1])
            found = _CREDITED.match(text, found.end())

    def read(self, line: str, where: str = OTHER) -> None:
        """Keep the candidates of one line of words; `where` is what those without evidence are."""
        found, low = _read_line(line, where)
        self.written.update(found)
        self.plain |= low

    def _keep(self, block: str, how: str, form: str) -> None:
        if is_possible(form):
            self.written[block, how, form] += 1


@lru_cache(maxsize=1 << 12)
def _read_line(line: str, where: str) -> tuple[tuple[tuple[str, str, str], ...], frozenset[str]]:
    """The candidates of a line, and its words in lower case; many episodes have the same lines."""
    plain = _NOISE.sub(" ", line) if _MAY_BE_NOISE.search(line) else line
    if not plain.isascii():
        plain = _EAST.sub(" | ", plain)
    tokens = _TOKEN.findall(plain)
    block = " ".join(tokens)[:80] if len(tokens) >= LONG else ""
    plugs = _says(plain, _MAY_BE_PLUG, _PLUG)
    found: list[tuple[str, str, str]] = []
    low: set[str] = set()
    for sentence in _ENDS.split(plain):
        if not (plugs and _PLUG.search(sentence)):
            words = list(_TOKEN.finditer(sentence))
            small = [word[0] for word in words if _is_low(word[0])]
            if where != TITLE:
                low.update(map(_not_owned, small))
            if len(small) < len(words):
                named = _read_sentence(sentence, words, len(small), where)
                found += [(block, how, form) for how, form in named if is_possible(form)]
    return tuple(found), frozenset(low)


def _read_sentence(
    sentence: str, words: Sequence[re.Match[str]], low: int, where: str
) -> Iterator[tuple[str, str]]:
    """What may be names in a sentence, each with its evidence; `low` words have no capital."""
    is_prose = len(words) >= 4 and low >= 0.4 * len(words)
    shouts = sum([word[0].isupper() for word in words]) > max(1, len(words) / 2)
    for run in map(_without_fillers, _runs(sentence, words)):
        if not 0 < len(run) <= MOST_WORDS:
            continue
        starts = run[0].start() == words[0].start()
        told = [_not_owned(word[0]) for word in run]
        shaped = [] if shouts else [word for word in told if is_shaped(word)]
        for word in shaped:
            yield TITLE if where == TITLE else SHAPED, word
        if shaped != told:
            trusted = is_prose and not starts and where != TITLE
            yield CAPITAL if trusted else where, " ".join(told)


def _is_low(word: str) -> bool:
    return word[0].islower() and (word.islower() or not _CAMEL.match(word))


def _not_owned(word: str) -> str:
    return OWNED.sub("", word) if word[-1] in "s'’" else word


@lru_cache(maxsize=1 << 15)
def is_possible(form: str) -> bool:
    """Whether a form may be a name: no filler, number or cut of one, and none of an app's."""
    first, *rest = form.casefold().split(" ")
    if len(first.rstrip(".")) < 2 or _NUMBERED.fullmatch(form.partition(" ")[0]):
        return False
    words = (first, *(word for word in rest if word not in _JOINING))
    return not _SHORTENED.search(form) and not _COMPOUND.search(form) and _NO_NAME.isdisjoint(words)


@lru_cache(maxsize=1 << 15)
def is_shaped(word: str) -> bool:
    """Whether a word is written as only names are: `GraphQL`, `H2O`, `Node.js`, `C#`, `NATO`."""
    if word.islower() or not any(map(str.isupper, word)) or _NUMBERED.fullmatch(word):
        return False
    if _CAMEL.match(word) or _ACRONYM.fullmatch(word) or word[-1] in "+#":
        return True
    return re.search(r"\w\.\w\w", word) is not None or any(map(str.isdigit, word))


def _runs(sentence: str, words: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Names in a sentence: words with capitals and numbers after them, a space between."""
    run: list[re.Match[str]] = []
    for word, after in zip(words, [*words[1:], None], strict=True):
        text = word[0]
        if run and sentence[run[-1].end() : word.start()] != " ":
            yield run
            run = []
        if (
            text[0].isupper()
            or (run and text[0].isdigit())
            or (not text.islower() and (_CAMEL.match(text) or text == ".NET"))
        ):
            run.append(word)
        elif not (run and after and text in _JOINING and after[0][0].isupper()):
            if run:
                yield run
            run = []
        else:
            run.append(word)
    if run:
        yield run


def _without_fillers(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """A run from its first word that may be of a name; nothing of one like `AT Protocol`."""
    if run[0][0].casefold() not in _FILLERS:
        return run
    kept = list(dropwhile(lambda word: word[0].casefold() in _FILLERS, run))
    gone = run[: len(run) - len(kept)]
    return [] if any(len(word[0]) > 1 and word[0].isupper() for word in gone) else kept


def _names(form: str, address: str) -> bool:
    """Whether a link's words are what its host is called, or the last part of its path."""
    if not address.startswith(("http://", "https://")):
        return False
    host, _, path = address.partition("://")[2].partition("/")
    label = host.removeprefix("www.").rpartition(".")[0]
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    name = _folded(form)
    return len(name) > 2 and (name in map(_folded, (*label.split("."), label, host, last)))


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
