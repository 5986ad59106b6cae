"""The drawn cover of every episode, and the cards that shared links show.

Open Graph protocol, `og:image`: https://ogp.me/#structured. Pictures at other hosts are never
put into a page: it would ask that host for them.
"""

from collections.abc import Iterator

from backlist import urls
from backlist.extras import cards, cover_art
from backlist.extras.cards import Words
from backlist.model import Status
from backlist.output import Output
from backlist.pages import context, formatting
from backlist.relate.archive import Archive, Entry, Interactive
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The show's card; a cover and a card for episodes; a card a visualization."""
    yield _picture(urls.CARD, _show(archive))
    for entry in archive.entries:
        if not context.own_image(theme, entry):
            svg = cover_art.cover(archive, entry).encode()
            yield Output(urls.cover(entry.slug), svg, "pictures", entry.file)
        if entry.episode.status is not Status.STUB:
            yield _picture(urls.card(entry.slug), _episode(archive, entry), entry.file)
    for held in archive.visualizations:
        yield _picture(urls.visualization_card(held.id), _visualization(archive, held))


def _picture(path: str, png: bytes, source: str = "") -> Output:
    return Output(path, png, "pictures", source)


def _show(archive: Archive) -> bytes:
    words = Words("", archive.show.title, note=archive.site.tagline or "")
    return cards.card(words, cover_art.holdings(archive), cover_art.PLAIN)


def _episode(archive: Archive, entry: Entry) -> bytes:
    episode = entry.episode
    labels = archive.site.labels
    day = formatting.day(episode.date, labels, approximate=episode.date_approximate)
    words = Words(
        show=archive.show.title,
        title=episode.title,
        date=day.text if day else "",
        note=context.source_count(entry, labels),
    )
    return cards.card(words, cover_art.books(archive, entry), cover_art.cloth(entry))


def _visualization(archive: Archive, held: Interactive) -> bytes:
    """Over the books of the first episode it belongs to."""
    words = Words(archive.show.title, held.title, note=archive.site.labels.interactive)
    first = next(iter(held.episodes), None)
    if first is None:
        return cards.card(words, cover_art.holdings(archive), cover_art.PLAIN)
    entry = archive.entry(first)
    return cards.card(words, cover_art.books(archive, entry), cover_art.cloth(entry))
