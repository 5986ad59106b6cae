"""Every reader takes time that grows with its text, or refuses: no short text stops a build.

A reader gets four times as much of the same, over and over. One that takes the square of it takes
sixteen times as long; nine times is told, and only where it is slow enough to be measured well.
"""

import re
import time
from collections.abc import Callable

import pytest

from backlist import content, urls
from backlist.commands.suggest_topics import abbreviations, han, texts, told
from backlist.content import markdown_text
from backlist.extras import cards
from backlist.extras.map import text_width
from backlist.extras.visualizations import passive, sandbox
from backlist.extras.visualizations.charts import tables
from backlist.extras.visualizations.sandbox import charset
from backlist.extras.visualizations.sandbox.background import background
from backlist.model import Episode, Show, Source, scalars
from backlist.outputs.search import words
from backlist.pages import formatting
from backlist.pages.citations import FORMATS, names, text, work_item
from backlist.parse import features, markdown, times
from backlist.parse.chapters import files as chapters
from backlist.parse.features import addresses, identity, terms
from backlist.problems import Problems, Where
from backlist.relate.series import Series
from backlist.urls import schemes
from tests.pages.citations.making import work

PIECES = [
    piece.replace("·", " ").replace("¶", "\n")
    for piece in r"""
    a A 9 0: . , ; - _ * ** ~ ` # | / \ ' " ( ) [ ] { } < > = + % & ! ? : @ ~~ -- … – é 中 ﬁ İ · ¶
    a, ,; ,, A, a; (a a) and et. al. ). .- -. a. A.B :// // /. /.. ../ ?a= &a=1 %2 %41 %u #/ #a=
    &# &#x &amp; &amp;amp; <!-- --> <style> <style <meta <meta·charset <base <base· <title> <title
    </ <? <![CDATA[ <!doctype <script> color-scheme url( --a: var(--a) html{ @import import{ /* \75
    0% #fff [[ ![ [a]( [a][ ]( [^a] [^a]:· [1] [1,· [a]:·b¶¶ **a *a_ ``a ~~a <a <a> <b> \[ |a ¶|a|
    ¶-· ¶>· ¶#· ¶¶ http:// https://a.b/ www.a.b/ a@b.c javascript: data:, 12:34 [12:34] 1:2
    00:00:01· 1h 1m -1: ¶1:2·a A·B,· A·B·and· et·al.· van· Jr.,· (note)· "a", a·
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
]
PIECES += ["\t", "\r", "\x0b", "\u2028", "\u0301", "\ufeff"]
"""What a text may repeat; together they hold every sign that a reader looks for."""

SMALL, TIMES, MOST = 500, 4, 9
SLOW = 0.015
"""Seconds of the processor from which on it is looked at whether time grows with the square."""

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def _source(said: str) -> object:
    url = "https://a.example/" + said
    return features.of_source(Source(title=said.strip() or None, authors=said, url=url))


def _episode(said: str) -> object:
    return features.of(Episode(title=f"a{said}", slug="a", summary=said), said, (said,), said)


def _series(said: str) -> object:
    titles = [f"a{said}", f"a{said}a", f"a{said}b"]
    episodes = [Episode(title=t, slug=f"e{n}") for n, t in enumerate(titles)]
    return Series(episodes, Show(title=f"a{said}", description="a")).apart


def _citations(said: str) -> object:
    item = work_item(work(title=said or "a", authors=said, year=said[:9], url="https://a.example/"))
    return [one.write([item]) for one in FORMATS], text.write(item)


def _at(host: str) -> Callable[[str], object]:
    return lambda said: identity.id_key(Source(url=f"https://{host}/{said}"))


def _chapters(ending: str) -> Callable[[str], object]:
    return lambda said: chapters.read(said, f"a{ending}", Problems())


def _refused(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader of values, which refuses what it cannot read with an error of its own."""

    def tried(said: str) -> object:
        try:
            return read(said)
        except ValueError as error:
            return error

    return tried


HOSTS = (
    "youtube.com github.com raw.githubusercontent.com gist.github.com twitter.com reddit.com "
    "amazon.com en.wikipedia.org stackoverflow.com medium.com podcasts.apple.com vimeo.com "
    "open.spotify.com docs.google.com drive.google.com semanticscholar.org arxiv.org doi.org "
    "dl.acm.org link.springer.com biorxiv.org journals.plos.org openreview.net usenix.org "
    "aclanthology.org pmc.ncbi.nlm.nih.gov proceedings.neurips.cc proceedings.mlr.press"
)
READERS: dict[str, Callable[[str], object]] = {
    "address": lambda said: addresses.key(f"https://a.example/{said}"),
    "address host": lambda said: addresses.key(f"https://{said}"),
    "address plain": addresses.plain,
    **{f"address at {host}": _at(host) for host in HOSTS.split()},
    "search address": lambda said: identity.is_search(f"https://a.example/search?q={said}"),
    "scheme": schemes.of,
    "source": _source,
    "episode": _episode,
    "terms": lambda said: list(terms.words(said)),
    "title": identity.fingerprint,
    "names": names.authors,
    "person": names.person,
    "citations": _citations,
    "series": _series,
    "slug": urls.slug_of,
    "entities": urls.decode_entities,
    "alias": urls.alias,
    "relative address": lambda said: urls.relative(f"a/{said}", f"b/{said}"),
    "output path": lambda said: urls.output_path(said, "a/index.html", "/"),
    "escaped address": lambda said: urls.escaped(f"https://a.example/{said}"),
    "address escaped host": _refused(lambda said: urls.escaped(f"https://{said}/")),
    "is an address": urls.is_address,
    "Markdown": markdown.read,
    "Markdown escaped": markdown_text.escape,
    "Markdown line": markdown_text.line,
    "times": lambda said: times.rows(said.split("\n")),
    "YAML": lambda said: content.parse_yaml(said, "a.yaml", Problems()),
    "front matter": lambda said: content.parse_markdown(f"---\n{said}", "a.md", Problems()),
    "JSON": lambda said: content.parse_json(said, "a.json", Problems()),
    **{f"chapters {end}": _chapters(end) for end in (".txt", ".json", ".xml", ".vtt")},
    "duration": _refused(scalars.seconds),
    "timestamp": _refused(scalars.timestamp),
    "moment": _refused(scalars.moment),
    "typeface": _refused(scalars.typeface),
    "feed element": _refused(scalars.element),
    "page of a visualization": lambda said: sandbox.embed(said.encode()),
    "title of a visualization": lambda said: sandbox.title(said.encode()),
    "comments": sandbox.without_comments,
    "encoding": lambda said: charset.name(said.encode()),
    "background": lambda said: background(said.encode()),
    "style": lambda said: background(f"<style>{said}</style>".encode()),
    "style of a rule": lambda said: background(f"<style>html{{color:{said}}}</style>".encode()),
    "meta": lambda said: background(f'<meta name=theme-color content="{said}">'.encode()),
    "picture": lambda said: passive.clean("a.svg", SVG.format(said).encode()),
    "picture's style": lambda said: passive.clean(
        "a.svg", SVG.format(f"<style><![CDATA[{said}]]></style>").encode()
    ),
    "table": lambda said: tables.read_delimited(said, Where("a.csv"), ",", Problems()),
    "text of a card": cards.writable,
    "text on the map": lambda said: text_width.wrap(said, 40, 2),
    "searched words": lambda said: words.split(words.spaced(said)),
    "search": words.query,
    "cut": lambda said: formatting.cut(said, 160),
    "abbreviations": lambda said: list(abbreviations.explained(said)),
    "sentences for topics": lambda said: list(told.sentences(said)),
    "words for topics": texts.words_of,
    "words of Chinese": lambda said: list(han.cut(said, 0)),
}


def _seconds(read: Callable[[str], object], said: str) -> float:
    began = time.process_time()
    read(said)
    return time.process_time() - began


def _grows(read: Callable[[str], object], piece: str) -> bool:
    """Whether four times as much takes far more than four times as long, three times in a row."""
    count = SMALL // len(piece)
    for _ in range(3):
        if _seconds(read, piece * count * TIMES) < SLOW:
            return False
        small = min(_seconds(read, piece * count) for _ in range(2))
        if _seconds(read, piece * count * TIMES) < MOST * max(small, 0.001):
            return False
    return True


@pytest.mark.parametrize("name", READERS)
def test_time_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    READERS[name]("a")  # what it needs is loaded once
    assert [piece for piece in PIECES if _grows(READERS[name], piece)] == []


def test_a_card_shows_the_beginning_of_a_title_of_any_length() -> None:
    """What is measured letter by letter, in each size, is bounded."""
    assert cards.writable("a" * 20_000) == "a" * cards.MOST


def test_what_takes_the_square_is_found() -> None:
    assert _grows(lambda said: [re.search("a*b", said) for _ in range(9)], "a")


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("said", ["", " ", "<!--", "\n", "9" * 5000, "-" + "9" * 400, "\0"])
def test_nothing_is_too_odd_to_be_read(name: str, said: str) -> None:
    READERS[name](said)
