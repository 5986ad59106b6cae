"""One page an episode."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from backlist import citing, urls
from backlist.archive import Archive, Entry
from backlist.model import Status
from backlist.outputs import Output
from backlist.render import (
    citations,
    exhibits,
    fragments,
    listening,
    phrases,
    sharing,
    structured,
    transcripts,
)
from backlist.render.fragments import Desk
from backlist.render.paper import printed
from backlist.render.views import EpisodePage, Head, Link, Meta, RelatedView, VisualizationView
from backlist.theme import Theme

REASONS = 3
"""Reasons shown for a related episode; `archive.json` has them all."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The page of every episode, stubs included."""
    library = citing.library(archive)
    for entry in archive.entries:
        desk = Desk(archive, theme, urls.episode(entry.slug))
        view = _view(desk, entry, library)
        yield printed(desk, "episode.html", view, "episodes", entry.file)


def _view(desk: Desk, entry: Entry, library: citing.Library) -> EpisodePage:
    episode = entry.episode
    stub = episode.status is Status.STUB
    item, cited = library.episodes[entry.slug], library.cited_by(entry)
    sources = tuple(fragments.source(desk, entry, one) for one in entry.citations)
    subject = next((one for one in sources if one.kind == "subject"), None)
    plays = tuple(exhibits.shown(desk, one) for one in entry.visualizations)
    return EpisodePage(
        head=_head(desk, entry, plays, library, () if stub else tuple(citations.meta(item, cited))),
        title=episode.title,
        date=phrases.day(episode.date, desk.labels, approximate=episode.date_approximate),
        duration=phrases.duration(episode.audio.duration if episode.audio else None, desk.labels),
        mark=fragments.mark(entry, desk.labels),
        stub=stub,
        cover=fragments.cover(desk, entry),
        topics=tuple(fragments.topics(desk, episode.topics)),
        people=tuple(_people(desk, entry)),
        summary=entry.summary if entry.has_own_summary else "",
        body=desk.html(episode.body),
        audio=listening.audio(desk, entry),
        chapters=listening.chapters(entry),
        transcript=None if stub else transcripts.view(desk, entry),
        visualizations=plays,
        subject=subject,
        sources=sources,
        source_count=fragments.source_count(entry, desk.labels),
        takes=fragments.cards(desk, entry.takes),
        related=tuple(
            RelatedView(
                fragments.card(desk, one.slug),
                tuple(phrases.reason(why, desk.labels) for why in one.reasons[:REASONS]),
            )
            for one in entry.related
        ),
        mentioned_by=fragments.cards(desk, entry.mentioned_by),
        citation="" if stub else citing.text.write(item),
        citation_form=citing.text.form(item) if episode.audio and not stub else "",
        exports=() if stub else tuple(citations.links(desk, desk.path, "cite")),
        source_exports=tuple(citations.links(desk, desk.path, "sources")) if cited else (),
        newer=_neighbour(desk, entry.newer),
        older=_neighbour(desk, entry.older),
        map=desk.to(urls.on_map(entry.slug)) if desk.archive.has_map else "",
        edit=desk.edit(entry.file),
    )


def _head(
    desk: Desk,
    entry: Entry,
    plays: tuple[VisualizationView, ...],
    library: citing.Library,
    meta: tuple[Meta, ...],
) -> Head:
    title, stub = entry.episode.title, entry.episode.status is Status.STUB
    card = urls.CARD if stub else urls.card(entry.slug)
    about = entry.summary or title
    frames = exhibits.framed(plays)
    scripts = [*listening.scripts(entry), *([exhibits.SCRIPT] if frames else [])]
    head = desk.head(title, about, "article", scripts, card=card, frames=frames)
    thing = structured.stub if stub else partial(structured.episode, library=library)
    trail = structured.trail(desk.archive, (desk.labels.episodes, urls.ARCHIVE), (title, desk.path))
    return replace(
        head,
        meta=meta,
        properties=(*head.properties, *sharing.article(entry)),
        structured=structured.script(thing(entry, desk.archive), trail),
    )


def _people(desk: Desk, entry: Entry) -> Iterator[Link]:
    """Who is heard; a page of theirs here comes before one elsewhere."""
    for person in entry.people:
        known = desk.archive.contributor(person.name)
        url = desk.to(urls.person(known.slug)) if known else person.url or ""
        yield Link(person.name, url, note=phrases.role(person.role, desk.labels))


def _neighbour(desk: Desk, slug: str | None) -> Link | None:
    if slug is None:
        return None
    return desk.page_link(desk.archive.entry(slug).episode.title, urls.episode(slug))
