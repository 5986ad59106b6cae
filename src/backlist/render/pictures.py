"""The drawn cover of every episode, and the cards that shared links show.

Open Graph protocol, `og:image`: https://ogp.me/#structured. Pictures at other hosts are never
put into a page: it would ask that host for them.
"""

from collections.abc import Iterator

from backlist import covers, pictures, urls
from backlist.archive import Archive, Entry, Interactive
from backlist.model import Status
from backlist.outputs import Output
from backlist.pictures import Words
from backlist.render import fragments, phrases
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The show's card; a cover and a card for episodes; a card a visualization."""
    yield _picture(urls.CARD, _show(archive))
    for entry in archive.entries:
        if not fragments.own_image(theme, entry):
            svg = covers.cover(archive, entry).encode()
            yield Output(urls.cover(entry.slug), svg, "pictures", entry.file)
        if entry.episode.status is not Status.STUB:
            yield _picture(urls.card(entry.slug), _episode(archive, entry), entry.file)
    for held in archive.visualizations:
        yield _picture(urls.visualization_card(held.id), _visualization(archive, held))


def _picture(path: str, png: bytes, source: str = "") -> Output:
    return Output(path, png, "pictures", source)


def _show(archive: Archive) -> bytes:
    words = Words("", archive.show.title, note=archive.site.tagline or "")
    return pictures.card(words, covers.holdings(archive), covers.PLAIN)


def _episode(archive: Archive, entry: Entry) -> bytes:
    episode = entry.episode
    labels = archive.site.labels
    day = phrases.day(episode.date, labels, approximate=episode.date_approximate)
    words = Words(
        show=archive.show.title,
        title=episode.title,
        date=day.text if day else "",
        note=fragments.source_count(entry, labels),
    )
    return pictures.card(words, covers.books(archive, entry), covers.cloth(entry))


def _visualization(archive: Archive, held: Interactive) -> bytes:
    """Over the books of the first episode it belongs to."""
    words = Words(archive.show.title, held.title, note=archive.site.labels.interactive)
    first = next(iter(held.episodes), None)
    if first is None:
        return pictures.card(words, covers.holdings(archive), covers.PLAIN)
    entry = archive.entry(first)
    return pictures.card(words, covers.books(archive, entry), covers.cloth(entry))
