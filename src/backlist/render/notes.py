"""An episode's notes as apps show them: a description that fits, and the full text.

Addresses are absolute because an app has no page to be relative to. `[12:34]` stays text: apps
make a seek link of it themselves (AntennaPod, Pocket Casts, Apple Podcasts), and a link of ours
would lead out of the app.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from markupsafe import Markup, escape

from backlist import urls
from backlist.memo import remembered
from backlist.pages.parts import source_title
from backlist.relate.archive import Archive, Citation, Entry
from backlist.render.briefs import cut

LIMIT = 4000
"""Bytes a description may have, tags included (Apple, "A Podcaster's Guide to RSS")."""


@dataclass(frozen=True, slots=True)
class Notes:
    """An episode's notes as every feed shows them, both as HTML.

    `short` has the tags Apple shows only (PSP-1, item description: `p`, `ol`, `ul`, `li`, `a`)
    and at most 4,000 bytes, the link to the page always last; `full` has everything.
    """

    short: str
    full: str


def notes(entry: Entry, archive: Archive) -> Notes:
    """Summary, notes, visualizations and the numbered sources of an episode."""
    parts = [str(part) for part in _parts(entry, archive) if part]
    link = str(_page_link(entry, archive, "Sources, notes and related episodes"))
    whole = str(_page_link(entry, archive, "This episode in the archive"))
    short = cut("".join(parts), LIMIT - len(link.encode()))
    return Notes(short + link, "\n".join([*parts, whole]))


def _parts(entry: Entry, archive: Archive) -> Iterator[str]:
    base = archive.site.base_url
    if entry.has_own_summary:
        yield Markup("<p>{}</p>").format(entry.summary)
    page = urls.absolute(urls.episode(entry.slug), base)
    yield _body(entry.notes.html.replace(urls.ROOT, base), page)
    for one in entry.visualizations:
        address = urls.absolute(urls.visualization(one.id), base) if one.id else one.url
        if address:
            yield Markup('<p>Interactive visualization: <a href="{}">{}</a></p>').format(
                address, one.title
            )
    if entry.citations:
        items = Markup("\n").join(_source(one, base) for one in entry.citations)
        yield Markup("<p>Sources</p>\n<ol>\n{}\n</ol>").format(items)


def _page_link(entry: Entry, archive: Archive, words: str) -> Markup:
    page = urls.absolute(urls.episode(entry.slug), archive.site.base_url)
    return Markup('<p><a href="{}">{}</a></p>').format(page, words)


@remembered
def _body(text: str, page: str) -> str:
    """The notes as HTML with every address whole, and without what only a page needs."""
    if not text:
        return ""
    tree = html.fragment_fromstring(text, create_parent="div")
    for link in list(tree.iter("a")):
        if link.get("class") == "time":
            link.drop_tag()
    for element in tree.iter(etree.Element):
        for needless in ("id", "loading", "class", "tabindex"):
            element.attrib.pop(needless, None)
        for name in ("href", "src"):
            if element.get(name) is not None:
                element.set(name, urls.join(page, element.get(name)))
    # What lxml writes back is the tree it read: markdown-it escaped what authors wrote.
    inside = "".join(html.tostring(child, encoding="unicode") for child in tree)
    return str(escape(tree.text or "")) + inside.strip()


def _source(citation: Citation, base: str) -> Markup:
    given = citation.source
    title = source_title(citation)
    address = given.url
    if citation.is_mention:
        own = citation.mention
        address = urls.absolute(urls.episode(own), base) if own else None
    named = Markup('<a href="{}">{}</a>').format(address, title) if address else escape(title)
    if citation.is_mention:
        return Markup("<li>{}</li>").format(named)
    rest = ", ".join(part for part in (citation.authors, given.year) if part)
    return Markup("<li>{}{}</li>").format(named, f" — {rest}" if rest else "")
