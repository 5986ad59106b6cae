"""The cards of the show, its episodes and visualizations, where `site.share_cards` wants them."""

from collections.abc import Iterator, Mapping
from functools import partial

from backlist import urls
from backlist.cache.keys import key_of
from backlist.extras import cover_art
from backlist.extras.cover_art import Book, Palette
from backlist.files.output import Made, Output
from backlist.pages import formatting, parts, share_image
from backlist.pages.context import SiteContext
from backlist.relate.archive import Archive, Entry, VisualizationEntry


def make(site: SiteContext) -> Iterator[Output]:
    """A card wherever a page names one; `share_image` decides."""
    archive = site.archive
    if share_image.draws_show(archive):
        yield _output(urls.CARD, _show(archive))
    for entry in archive.entries:
        if share_image.draws_episode(archive, entry):
            yield _output(urls.card(entry.slug), _episode(archive, entry), entry.file)
    if share_image.draws_each(archive):
        for held in archive.visualizations:
            yield _output(urls.visualization_card(held.id), _visualization(archive, held))


def _output(path: str, png: Made, source: str = "") -> Output:
    return Output(path, png, "share_cards", source)


def _show(archive: Archive) -> Made:
    return _of_show(archive, show="", title=archive.show.title, note=archive.site.tagline or "")


def _episode(archive: Archive, entry: Entry) -> Made:
    episode = entry.episode
    labels = archive.site.labels
    day = formatting.day(episode.date, labels, approximate=episode.date_approximate)
    return _of_episode(
        archive,
        entry,
        show=archive.show.title,
        title=episode.title,
        date=day.text if day else "",
        note=parts.source_count(entry, labels),
    )


def _visualization(archive: Archive, held: VisualizationEntry) -> Made:
    """Over the books of the first episode it belongs to."""
    words = {
        "show": archive.show.title,
        "title": held.title,
        "note": archive.site.labels.interactive,
    }
    first = next(iter(held.episodes), None)
    if first is None:
        return _of_show(archive, **words)
    return _of_episode(archive, archive.entry(first), **words)


def _of_show(archive: Archive, **words: str) -> Made:
    return _drawn(archive, words, cover_art.show_books(archive), cover_art.PLAIN)


def _of_episode(archive: Archive, entry: Entry, **words: str) -> Made:
    books, palette = cover_art.books(archive, entry), cover_art.palette(entry)
    return _drawn(archive, words, books, palette)


def _drawn(
    archive: Archive, words: Mapping[str, str], books: tuple[Book, ...], palette: Palette
) -> Made:
    """With a shelf where the site has one, else with the show's initials.

    Books also stand in for a title in a script that the typeface lacks.
    """
    if cover_art.has_shelf(archive):
        return _card(words, books, palette)
    initials = {"initials": cover_art.initials(archive.show.title)}
    return _card({**words, **initials}, books, cover_art.palette_of(archive.site.accent))


def _card(words: Mapping[str, str], books: tuple[Book, ...], palette: Palette) -> Made:
    return Made(key_of(words, books, palette), partial(_draw, words, books, palette))


def _draw(words: Mapping[str, str], books: tuple[Book, ...], palette: Palette) -> bytes:
    # Who draws no card does not load what draws.
    from backlist.extras import cards

    return cards.card(cards.Words(**words), books, palette)
