"""An episode's notes as apps show them: a description that fits, and the full text.

Addresses are absolute because an app has no page to be relative to. `[12:34]` stays text: apps
make a seek link of it themselves (AntennaPod, Pocket Casts, Apple Podcasts), and a link of ours
would lead out of the app.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from backlist import urls
from backlist.feed.writer.facts import ItemFacts, SourceLine
from backlist.feed.writer.truncate import parse_html, truncate

LIMIT = 4000
"""Bytes a description may have, tags included (Apple, "A Podcaster's Guide to RSS")."""


BRIEF = 1000
"""Bytes of a description in the feed of a topic, whose readers get the rest on the page."""


@dataclass(frozen=True, slots=True)
class ItemNotes:
    """An episode's notes as every feed shows them, both as HTML.

    `description` has the tags Apple shows only (PSP-1, item description: `p`, `ol`, `ul`, `li`,
    `a`) and at most 4,000 bytes, the link to the page always last; `brief` is the same in 1,000;
    `content` has everything.
    """

    description: str
    brief: str
    content: str


def item_notes(facts: ItemFacts) -> ItemNotes:
    """Corrections, summary, notes, visualizations and numbered sources; each is parsed once."""
    parts = list(_parts(facts))
    link = _page_link(facts, facts.words.more)
    whole = _page_link(facts, facts.words.whole)
    short, brief = (
        truncate((tree for _, tree in parts), limit - len(link.encode())) + link
        for limit in (LIMIT, BRIEF)
    )
    return ItemNotes(short, brief, "\n".join([*(text for text, _ in parts), whole]))


def _parts(facts: ItemFacts) -> Iterator[tuple[str, Any]]:
    """The parts of the notes, each as HTML and as the tree of it."""
    for said in facts.corrections:
        yield _parsed(Markup("<p>{}</p>").format(said))
    if not facts.summary_in_notes:
        yield _parsed(Markup("<p>{}</p>").format(facts.summary))
    if facts.body_html:
        tree = _clean_tree(facts.body_html, facts.page_url)
        yield _inside(tree), tree
    for address, title in facts.visualizations:
        text = Markup('<p>{}<a href="{}">{}</a></p>')
        yield _parsed(text.format(facts.words.visualization, address, title))
    if facts.sources:
        lines = Markup("\n").join(map(_source, facts.sources))
        listed = Markup("<p>{}</p>\n<ol>\n{}\n</ol>")
        yield _parsed(listed.format(facts.words.sources, lines))


def _parsed(text: Markup) -> tuple[str, Any]:
    return str(text), parse_html(text)


def _page_link(facts: ItemFacts, words: str) -> str:
    return str(Markup('<p><a href="{}">{}</a></p>').format(facts.page_url, words))


def _clean_tree(text: str, page_url: str) -> Any:
    """The notes with every address whole, and without what only a page needs."""
    tree = parse_html(text)
    for element in _WITH_ATTRIBUTES(tree):
        given = dict(element.items())
        if given.get("class") == "time" and _CLOCK.search(element.text or ""):
            element.tag = _DROPPED
            continue
        if given.get("class") == "footnote-backref":
            element.tag = _REMOVED
            continue
        for needless in _NEEDLESS.intersection(given):
            del element.attrib[needless]
        for name in _ADDRESSES.intersection(given):
            element.set(name, urls.join(page_url, given[name]))
    etree.strip_tags(tree, _DROPPED)
    etree.strip_elements(tree, _REMOVED, with_tail=False)
    return tree


_NEEDLESS = frozenset(("id", "loading", "class", "tabindex"))
_ADDRESSES = frozenset(("href", "src"))
_WITH_ATTRIBUTES = etree.XPath(".//*[@*]")
_CLOCK = re.compile(r"\d[:：]\d\d")
"""A time in words, of which apps make a link; a moment called otherwise stays ours."""

_DROPPED = "dropped"
"""A tag that stands for none: its content stays."""
_REMOVED = "removed"
"""A tag of what only a page needs: its content goes too."""


def _inside(tree: Any) -> str:
    """What lxml writes back is the tree it read: markdown-it escaped what authors wrote."""
    inside = "".join(etree.tostring(child, method="html", encoding="unicode") for child in tree)
    return str(escape(tree.text or "")) + inside.strip()


def _source(line: SourceLine) -> Markup:
    linked = Markup('<a href="{}">{}</a>').format(line.url, line.title)
    title = linked if line.url else escape(line.title)
    origin = f" — {line.origin}" if line.origin else ""
    return Markup("<li>{}{}{}</li>").format(title, origin, line.published and f". {line.published}")
