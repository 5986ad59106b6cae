"""One page an episode."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from backlist import citations, urls
from backlist.model import Status
from backlist.output import Output
from backlist.pages import (
    cite_box,
    context,
    embeds,
    formatting,
    json_ld,
    open_graph,
    player,
    share_image,
    transcripts,
)
from backlist.pages.context import Desk
from backlist.pages.paper import printed
from backlist.pages.views import EpisodePage, Head, Link, Meta, RelatedView, VisualizationView
from backlist.relate.archive import Archive, Entry
from backlist.theme import Theme

REASONS = 3
"""Reasons shown for a related episode; `archive.json` has them all."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The page of every episode, stubs included."""
    library = citations.library(archive)
    for entry in archive.entries:
        desk = Desk(archive, theme, urls.episode(entry.slug))
        view = _view(desk, entry, library)
        yield printed(desk, "episode.html", view, "episodes", entry.file)


def _view(desk: Desk, entry: Entry, library: citations.Library) -> EpisodePage:
    episode = entry.episode
    stub = episode.status is Status.STUB
    item, cited = library.episodes[entry.slug], library.cited_by(entry)
    sources = tuple(context.source(desk, entry, one) for one in entry.citations)
    subject = next((one for one in sources if one.kind == "subject"), None)
    plays = tuple(embeds.shown(desk, one) for one in entry.visualizations)
    return EpisodePage(
        head=_head(desk, entry, plays, library, () if stub else tuple(cite_box.meta(item, cited))),
        title=episode.title,
        date=formatting.day(episode.date, desk.labels, approximate=episode.date_approximate),
        duration=formatting.duration(
            episode.audio.duration if episode.audio else None, desk.labels
        ),
        mark=context.mark(entry, desk.labels),
        stub=stub,
        cover=context.cover(desk, entry),
        topics=tuple(context.topics(desk, episode.topics)),
        people=tuple(_people(desk, entry)),
        summary=_summary(entry),
        body=desk.html(entry.notes),
        audio=player.audio(desk, entry),
        chapters=player.chapters(entry),
        transcript=None if stub else transcripts.view(desk, entry),
        visualizations=plays,
        subject=subject,
        sources=sources,
        source_count=context.source_count(entry, desk.labels),
        takes=context.cards(desk, entry.takes),
        related=tuple(
            RelatedView(
                context.card(desk, one.slug),
                tuple(formatting.reason(why, desk.labels) for why in one.reasons[:REASONS]),
            )
            for one in entry.related
        ),
        mentioned_by=context.cards(desk, entry.mentioned_by),
        citation="" if stub else citations.text.write(item),
        citation_form=citations.text.form(item) if episode.audio and not stub else "",
        exports=() if stub else tuple(cite_box.exports([item], item.id)),
        source_exports=tuple(cite_box.exports(cited, f"{item.id}-sources")) if cited else (),
        newer=_neighbour(desk, entry.newer),
        older=_neighbour(desk, entry.older),
        map=desk.to(urls.on_map(entry.slug)) if desk.archive.connected else "",
        edit=desk.edit(entry.file),
    )


def _head(
    desk: Desk,
    entry: Entry,
    plays: tuple[VisualizationView, ...],
    library: citations.Library,
    meta: tuple[Meta, ...],
) -> Head:
    title, stub = entry.episode.title, entry.episode.status is Status.STUB
    about = context.summary(entry) or title
    frames = embeds.framed(plays)
    scripts = [*player.scripts(entry), *([embeds.SCRIPT] if frames else [])]
    head = desk.head(title, about, "article", scripts, frames=frames)
    thing = json_ld.stub if stub else partial(json_ld.episode, library=library)
    trail = json_ld.trail(desk.archive, (desk.labels.episodes, urls.ARCHIVE), (title, desk.path))
    return replace(
        head,
        image=share_image.of_episode(desk.archive, entry),
        meta=meta,
        properties=(*head.properties, *open_graph.article(entry)),
        structured=json_ld.script(thing(entry, desk.archive), trail),
    )


def _summary(entry: Entry) -> str:
    """The written summary, unless the body begins with the same words."""
    written = entry.episode.summary or ""
    return "" if written == entry.notes.lead else written


def _people(desk: Desk, entry: Entry) -> Iterator[Link]:
    """Who is heard; a page of theirs here comes before one elsewhere."""
    for person in desk.archive.heard(entry):
        known = desk.archive.contributor(person.name)
        url = desk.to(known.path) if known and known.has_page else person.url or ""
        yield Link(person.name, url, note=formatting.role(person.role, desk.labels))


def _neighbour(desk: Desk, slug: str | None) -> Link | None:
    if slug is None:
        return None
    return desk.page_link(desk.archive.entry(slug).episode.title, urls.episode(slug))
