"""One page an episode."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Output
from backlist.model import Status
from backlist.pages import (
    citations,
    cite_box,
    embed_page,
    embeds,
    formatting,
    json_ld,
    open_graph,
    parts,
    player,
    share_image,
    transcripts,
)
from backlist.pages.context import PageContext, SiteContext, made_page
from backlist.pages.parts import COMMON, card
from backlist.pages.views import (
    CorrectionView,
    EpisodePage,
    Head,
    Link,
    Meta,
    RelatedView,
    VisualizationView,
)
from backlist.relate.archive import Entry, Related

REASONS = 3
"""Reasons shown for a related episode; `archive.json` has them all."""

NEXT = 3
"""Episodes offered right after the notes; the list of related ones follows at the end."""

SOURCES = 8
"""Sources of a long list that are shown unfolded."""

LONG = 900
"""Characters of notes that fill about twelve lines; longer ones are folded."""


def make(site: SiteContext) -> Iterator[Output]:
    """The page of every episode, stubs included."""
    for entry in site.archive.entries:
        key = key_of(urls.episode(entry.slug), shown_with(site, entry), site.key)
        yield page(site, entry, key)


def page(site: SiteContext, entry: Entry, key: bytes) -> Output:
    """The page of one episode; `key` says all it depends on."""
    ctx = site.page(urls.episode(entry.slug))
    view = partial(_view, ctx, entry, site.library)
    return made_page(ctx, "episode.html", view, key, "episodes", entry.file)


def shown_with(site: SiteContext, entry: Entry) -> bytes:
    """The key of all that the pages of an episode show."""
    return site.share(_shown)[entry.slug]


def _shown(site: SiteContext) -> dict[str, bytes]:
    """The key of each episode; more than one page asks."""
    return {entry.slug: key_of(*_shown_by(site, entry)) for entry in site.archive.entries}


def _shown_by(site: SiteContext, entry: Entry) -> tuple[object, ...]:
    """All that the pages of an episode show, of which its key is taken.

    That is the entry, the cards of episodes it leads to, the works it draws on, who is heard, and
    its visualizations. Nothing else of the archive may be shown there.
    """
    archive, ctx = site.archive, site.page("")
    drawn = [archive.work(one.work) for one in entry.citations if one.work]
    linked = dict.fromkeys(
        (
            *(slug for slug in (entry.newer, entry.older, entry.next_part) if slug),
            *(*entry.takes, *entry.mentions, *entry.mentioned_by),
            *(one.slug for one in entry.related),
            *(one.mention for one in entry.citations if one.mention),
            *(slug for work in drawn if len(work.episodes) <= COMMON for slug in work.episodes),
        )
    )
    people = [archive.contributor(person.name) for person in entry.people]
    return (
        entry.key,
        [archive.entry(slug).listed_key for slug in linked],
        [card(ctx, slug, covered=True).key for slug in _next(entry)],
        drawn,
        [one and (one.name, one.path, one.has_page) for one in people],
        [archive.visualization(one.id) for one in entry.visualizations],
        [topic and topic.slug for topic in map(archive.topic, entry.episode.topics)],
        site.library.keys_of(entry),
    )


def _view(ctx: PageContext, entry: Entry, library: citations.Library) -> EpisodePage:
    episode = entry.episode
    stub = episode.status is Status.STUB
    item, cited = library.episode(entry.slug), library.cited_by(entry)
    sources = tuple(parts.source(ctx, entry, one) for one in entry.citations)
    subject = next((one for one in sources if one.kind == "subject"), None)
    most = SOURCES if len(sources) > SOURCES + 2 else len(sources)
    plays = tuple(embeds.shown(ctx, one) for one in entry.visualizations)
    return EpisodePage(
        head=_head(ctx, entry, plays, library, () if stub else tuple(cite_box.meta(item, cited))),
        title=episode.title,
        language=entry.language,
        language_name=parts.language_name(ctx.archive, entry),
        letters=formatting.letters(episode.title),
        date=formatting.day(episode.date, ctx.labels, approximate=episode.date_approximate),
        duration=formatting.duration(episode.audio.duration if episode.audio else None, ctx.labels),
        mark=parts.mark(entry, ctx.labels),
        numbered=parts.numbered(entry, ctx.labels) if ctx.archive.site.numbers else "",
        stub=stub,
        guess=_guess(ctx, entry) if stub else "",
        cover=ctx.site.covers.of(entry),
        disclosure=episode.disclosure(ctx.archive.show.ai_generated),
        corrections=tuple(
            CorrectionView(formatting.day(one.date, ctx.labels), one.text)
            for one in episode.corrections
        ),
        long=len(entry.notes.text) > LONG,
        topics=tuple(parts.topics(ctx, episode.topics)),
        people=tuple(_people(ctx, entry)),
        summary=entry.summary if entry.has_own_summary else "",
        body=ctx.html(entry.notes, entry.pictures, entry.language),
        audio=player.audio(ctx, entry),
        embed=embed_page.code(ctx.archive, entry),
        oembed=urls.absolute(urls.oembed(entry.slug), ctx.archive.site.base_url)
        if embed_page.has_page(ctx.archive, entry)
        else "",
        chapters=player.chapters(ctx, entry),
        transcript=None if stub else transcripts.view(ctx, entry),
        visualizations=plays,
        subject=subject,
        next=tuple(_offered_next(ctx, entry)),
        sources=sources[:most],
        more_sources=sources[most:],
        more_sources_label=formatting.counted(len(sources) - most, ctx.labels.n_more_sources),
        source_count=parts.source_count(entry, ctx.labels),
        takes_title=ctx.labels.n_takes.format(
            n=formatting.figure(len(entry.takes), ctx.labels.language)
        ),
        takes=parts.cards(ctx, entry.takes),
        related=tuple(_offered(ctx, one) for one in entry.related),
        mentioned_by=parts.cards(ctx, entry.mentioned_by),
        citation="" if stub else citations.text.write(item, labels=ctx.labels),
        citation_form=citations.text.form(item, ctx.labels) if episode.audio and not stub else "",
        exports=() if stub else tuple(cite_box.exports([item], item.id)),
        source_exports=tuple(cite_box.exports(cited, f"{item.id}-sources")) if cited else (),
        newer=_neighbour(ctx, entry.newer),
        older=_neighbour(ctx, entry.older),
        license=ctx.terms(episode.license) if episode.license != ctx.archive.show.license else None,
        map=ctx.to(urls.on_map(entry.slug)) if ctx.archive.has_map else "",
        edit=ctx.edit(entry.file),
        extra=episode.extra,
    )


def _next(entry: Entry) -> list[str]:
    """What to go on with: the next part of a serial show, and the best of the related episodes."""
    part = entry.next_part
    others = (one.slug for one in entry.related if one.slug != part)
    return [*([part] if part else []), *islice(others, NEXT - bool(part))]


def _offered_next(ctx: PageContext, entry: Entry) -> Iterator[RelatedView]:
    related = {one.slug: one for one in entry.related}
    for slug in _next(entry):
        if slug == entry.next_part:
            yield RelatedView(card(ctx, slug, covered=True), (ctx.labels.next_part,))
        else:
            yield _offered(ctx, related[slug], covered=True)


def _guess(ctx: PageContext, entry: Entry) -> str:
    """That the day of an episode which is only mentioned is a guess; empty without a day."""
    day = formatting.day(entry.episode.date, ctx.labels)
    guessed = entry.episode.date_approximate
    return ctx.labels.stub_date.format(date=day.text) if day and guessed else ""


def _offered(ctx: PageContext, one: Related, *, covered: bool = False) -> RelatedView:
    """A related episode with its strongest reasons."""
    reasons = tuple(why.words for why in one.reasons[:REASONS])
    return RelatedView(parts.card(ctx, one.slug, covered=covered), reasons)


def _head(
    ctx: PageContext,
    entry: Entry,
    plays: tuple[VisualizationView, ...],
    library: citations.Library,
    meta: tuple[Meta, ...],
) -> Head:
    title, stub = entry.episode.title, entry.episode.status is Status.STUB
    about = entry.summary or title
    frames = embeds.framed(plays)
    scripts = [*player.scripts(entry), *([embeds.SCRIPT] if frames else [])]
    head = ctx.head(
        title,
        about,
        "article",
        scripts,
        frames=frames,
        words=f"{title} {entry.notes.text}",
        language=entry.language,
        rows=bool(entry.takes or entry.mentioned_by or entry.related),
    )
    thing = json_ld.stub if stub else partial(json_ld.episode, library=library)
    trail = json_ld.trail(ctx.archive, (ctx.labels.episodes, urls.ARCHIVE), (title, ctx.path))
    return replace(
        head,
        image=share_image.of_episode(ctx.archive, entry),
        meta=meta,
        framed=embed_page.framed(ctx.archive, entry),
        properties=(*head.properties, *open_graph.article(entry, ctx.archive.site.base_url)),
        structured=json_ld.script(thing(entry, ctx.archive), trail),
    )


def _people(ctx: PageContext, entry: Entry) -> Iterator[Link]:
    """Who is heard; a page of theirs here comes before one elsewhere."""
    for person in entry.people:
        known = ctx.archive.contributor(person.name)
        url = ctx.to(known.path) if known and known.has_page else person.url or ""
        yield Link(person.name, url, note=formatting.role(person.role, ctx.labels))


def _neighbour(ctx: PageContext, slug: str | None) -> Link | None:
    return ctx.episode_link(slug) if slug else None
