"""Transcripts to read: on the episode's page, and a long one on a page of its own."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from backlist import locale, urls
from backlist.feed.vocabulary import LINKED_TYPES, TRANSCRIPT_TYPES
from backlist.files.output import Output
from backlist.model import Labels
from backlist.pages import direction, formatting, player, share_image
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.views import Link, TranscriptPage, TranscriptView
from backlist.parse import transcript_html
from backlist.parse.transcript import Transcript
from backlist.relate.archive import Archive, Entry


def make(site: SiteContext) -> Iterator[Output]:
    """A page for every transcript that is long."""
    archive = site.archive
    for entry in apart(archive):
        ctx = site.page(urls.transcript_page(entry.slug))
        yield render_page(ctx, "transcript.html", _page(ctx, entry), "transcripts", entry.file)


def apart(archive: Archive) -> Iterator[Entry]:
    """The episodes whose transcript would weigh down their page, and has one of its own."""
    return (one for one in archive.full if one.transcript and one.transcript.is_long)


def title(entry: Entry, labels: Labels) -> str:
    """What the page of a transcript is called."""
    return labels.transcript_of.format(title=entry.episode.title)


def words(entry: Entry, labels: Labels = formatting.ENGLISH) -> str:
    """How much is said: `6 012 words`."""
    return formatting.counted(entry.transcript.count, labels.n_words) if entry.transcript else ""


def view(ctx: PageContext, entry: Entry) -> TranscriptView | None:
    """The transcripts of an episode as the page at the context shows them."""
    spoken = entry.transcript
    elsewhere = tuple(_elsewhere(ctx, entry))
    if spoken is None:
        return TranscriptView(Markup(), "", "", elsewhere) if elsewhere else None
    own = urls.transcript_page(entry.slug)
    tongue = language(ctx.archive, entry)
    is_apart = spoken.is_long and ctx.path != own
    return TranscriptView(
        html=Markup() if is_apart else _html(ctx, entry, spoken),
        page=ctx.to(own) if is_apart else "",
        words=words(entry, ctx.labels),
        files=elsewhere,
        language=tongue,
        direction=direction.of_language(tongue) if tongue else "",
    )


def _html(ctx: PageContext, entry: Entry, spoken: Transcript) -> Markup:
    page = urls.episode(entry.slug)
    elsewhere = ctx.to(page) if ctx.path != page else ""
    return transcript_html.to_html(spoken, len(entry.citations), elsewhere)


def language(archive: Archive, entry: Entry) -> str:
    """The language of a transcript, its own or its episode's, where it is not the show's."""
    spoken = entry.transcript
    given = {one.url: one.language for one in entry.episode.transcripts}
    said = spoken and (given.get(spoken.name) or entry.language)
    return locale.other_language(said or None, archive.show.language)


def _page(ctx: PageContext, entry: Entry) -> TranscriptPage:
    return TranscriptPage(
        head=replace(
            ctx.head(
                title(entry, ctx.labels),
                entry.summary or entry.episode.title,
                "article",
                scripts=player.scripts(entry),
                words=f"{entry.episode.title} {entry.notes.text}",
            ),
            image=share_image.of_episode(ctx.archive, entry),
        ),
        title=entry.episode.title,
        disclosure=entry.episode.disclosure(ctx.archive.show.ai_generated),
        episode=ctx.episode_link(entry.slug),
        audio=player.audio(ctx, entry),
        chapters=player.chapters(ctx, entry),
        transcript=view(ctx, entry),
        edit=ctx.edit(f"content/transcripts/{entry.transcript.name}") if entry.transcript else "",
    )


def _elsewhere(ctx: PageContext, entry: Entry) -> Iterator[Link]:
    """The files of a transcript, here and on other hosts."""
    for one in entry.episode.transcripts:
        here = "://" not in one.url
        if here and one.url not in ctx.archive.transcripts:
            continue
        kind = one.url.rpartition(".")[2].upper()
        known = f".{kind.lower()}" in {*TRANSCRIPT_TYPES, *LINKED_TYPES}
        named = kind if known else ctx.labels.transcript
        address = ctx.to(urls.transcript(one.url)) if here else one.url
        note = ctx.labels.comma.join(
            filter(None, (one.language or "", "" if here else urls.host(one.url)))
        )
        yield Link(named, address, note=note)
