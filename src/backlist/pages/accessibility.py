"""The accessibility statement: what holds for this theme and this archive, and what does not.

Every sentence is a fact of the program or is counted from the archive.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backlist import urls
from backlist.files.output import Output
from backlist.model import Labels
from backlist.pages import formatting
from backlist.pages.context import SiteContext, render_page
from backlist.pages.views import AccessibilityPage
from backlist.relate.archive import Archive, Entry


@dataclass(frozen=True, slots=True)
class Statement:
    """Sentences: what readers can rely on, and what they cannot."""

    holds: tuple[str, ...]
    limits: tuple[str, ...]


def make(site: SiteContext) -> Iterator[Output]:
    """`accessibility/`, unless the site has written a page of its own there."""
    if not has_page(site.archive):
        return
    ctx = site.page(urls.ACCESSIBILITY)
    said, labels = site.share(statement), ctx.labels
    view = AccessibilityPage(
        head=ctx.head(labels.accessibility, labels.access_note),
        title=labels.accessibility,
        holds=said.holds,
        limits=said.limits,
    )
    yield render_page(ctx, "accessibility.html", view, "accessibility")


def has_page(archive: Archive) -> bool:
    """Whether the page is made; a page that the site has written stands in for it."""
    return all(urls.page(page.slug) != urls.ACCESSIBILITY for page in archive.pages)


def statement(site: SiteContext) -> Statement:
    """What is true of a site; `Markdown` pages say the same."""
    labels, archive = site.archive.site.labels, site.archive
    heard = [entry for entry in archive.full if entry.episode.audio]
    silent = [entry for entry in heard if not entry.episode.transcripts]
    read = len(heard) - len(silent)
    return Statement(tuple(_holds(archive, labels, read, len(heard))), tuple(_limits(site, silent)))


def _holds(archive: Archive, labels: Labels, read: int, heard: int) -> Iterator[str]:
    yield labels.access_tested
    yield labels.access_keyboard
    if heard:
        yield labels.access_player
    yield labels.access_contrast
    yield labels.access_zoom
    yield labels.access_motion
    yield labels.access_language
    if read:
        every = formatting.figure(heard, labels.language)
        yield formatting.counted(read, labels.access_transcripts, all=every)


def _limits(site: SiteContext, silent: list[Entry]) -> Iterator[str]:
    labels, archive = site.archive.site.labels, site.archive
    counts = (
        (len(silent), labels.access_untranscribed),
        (sum(map(_is_video, silent)), labels.access_videos),
        (len(archive.visualizations), labels.access_visualizations),
    )
    yield from (formatting.counted(number, label) for number, label in counts if number)
    if any(entry.is_imported for entry in archive.full):
        yield labels.access_notes
    if site.theme.own:
        yield labels.access_own_theme


def _is_video(entry: Entry) -> bool:
    return entry.episode.audio is not None and entry.episode.audio.kind == "video"
