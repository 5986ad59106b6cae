"""An episode's notes as apps show them: a short description and the full text.

Apps show paragraphs, lists and links and little else (Apple, "A Podcaster's Guide to RSS",
description); addresses are absolute because an app has no page to be relative to.
"""

from collections.abc import Iterator

from markupsafe import Markup, escape

from backlist import prose, urls
from backlist.archive import Archive, Citation, Entry
from backlist.relate import identity
from backlist.render.fragments import summary

LIMIT = 4000
"""Bytes a description may have, tags included (Apple)."""


def short(entry: Entry, archive: Archive) -> str:
    """The summary as one paragraph, and a link to the page; at most 4,000 bytes."""
    page = urls.absolute(urls.episode(entry.slug), archive.site.base_url)
    link = Markup('<p><a href="{}">Sources, notes and related episodes</a></p>').format(page)
    room = LIMIT - len(link.encode()) - len("<p></p>")
    text = _fit(summary(entry), room)
    return str(Markup("<p>{}</p>{}").format(text, link) if text else link)


def full(entry: Entry, archive: Archive) -> str:
    """The notes, the visualizations and the numbered sources as HTML."""
    return "\n".join(str(part) for part in _parts(entry, archive) if part)


def _parts(entry: Entry, archive: Archive) -> Iterator[str]:
    base = archive.site.base_url
    written = entry.episode.summary
    if written and written != prose.lead(entry.episode.body):
        yield Markup("<p>{}</p>").format(written)
    yield prose.to_html(entry.episode.body, base)
    for one in entry.visualizations:
        address = urls.absolute(urls.visualization(one.id), base) if one.id else one.url
        if address:
            yield Markup('<p>Interactive visualization: <a href="{}">{}</a></p>').format(
                address, one.title
            )
    if entry.citations:
        items = Markup("\n").join(_source(one, base) for one in entry.citations)
        yield Markup("<p>Sources</p>\n<ol>\n{}\n</ol>").format(items)
    page = urls.absolute(urls.episode(entry.slug), base)
    yield Markup('<p><a href="{}">This episode in the archive</a></p>').format(page)


def _source(citation: Citation, base: str) -> Markup:
    given = citation.source
    title = citation.display_title or (urls.readable(given.url) if given.url else "Untitled source")
    address = given.url
    if citation.is_mention:
        own = citation.mention
        address = urls.absolute(urls.episode(own), base) if own else None
    named = Markup('<a href="{}">{}</a>').format(address, title) if address else escape(title)
    if citation.is_mention:
        return Markup("<li>{}</li>").format(named)
    authors = "" if identity.is_placeholder(given.authors) else given.authors
    rest = ", ".join(part for part in (authors, given.year) if part)
    return Markup("<li>{}{}</li>").format(named, f" — {rest}" if rest else "")


def _fit(text: str, room: int) -> str:
    """The text, or as many whole words of it as fit into `room` bytes once escaped."""
    text = " ".join(text.split())
    if len(str(escape(text)).encode()) <= room:
        return text
    words: list[str] = []
    used = len("…".encode())
    for word in text.split(" "):
        used += len(str(escape(word)).encode()) + 1
        if used > room:
            break
        words.append(word)
    return " ".join(words).rstrip(",;:—-") + "…"
