"""The picture that a shared link shows: a record's own, else a drawn card (`site.share_cards`).

Open Graph protocol, `og:image`: https://ogp.me/#structured.
"""

from backlist import urls
from backlist.model import Status
from backlist.pages.views import ImageView
from backlist.relate.archive import Archive, Entry, VisualizationEntry

WIDTH, HEIGHT = 1200, 630
"""Pixels of a card (the size that most readers crop to)."""

MOST = 500
"""Episodes of the largest archive that can afford further files for each."""


def of_show(archive: Archive) -> ImageView | None:
    """The show's own picture, else its card; None where neither is published."""
    title = archive.show.title
    if archive.show.image:
        return _own(archive.show.image, title, archive)
    return _card(urls.CARD, title, archive) if draws_show(archive) else None


def of_episode(archive: Archive, entry: Entry) -> ImageView | None:
    """The episode's own picture, else its card, else what the show has."""
    episode = entry.episode
    title = f"{archive.show.title}: {episode.title}"
    if episode.image:
        return _own(episode.image, title, archive)
    if draws_episode(archive, entry):
        return _card(urls.card(entry.slug), title, archive)
    return of_show(archive)


def of_visualization(archive: Archive, held: VisualizationEntry) -> ImageView | None:
    """The card of a visualization, else what the show has."""
    title = f"{archive.show.title}: {held.title}"
    if draws_each(archive):
        return _card(urls.visualization_card(held.id), title, archive)
    return of_show(archive)


def card_path(archive: Archive, entry: Entry) -> str | None:
    """The output path of the card that stands for an episode; None where there is none."""
    if draws_episode(archive, entry):
        return urls.card(entry.slug)
    return urls.CARD if draws_show(archive) else None


def draws_show(archive: Archive) -> bool:
    """Whether the show has a card: it has no picture, and nobody switched cards off."""
    return archive.site.share_cards != "off" and not archive.show.image


def draws_episode(archive: Archive, entry: Entry) -> bool:
    """Whether an episode has a card of its own."""
    episode = entry.episode
    return draws_each(archive) and not episode.image and episode.status is not Status.STUB


def draws_each(archive: Archive) -> bool:
    """Whether cards are drawn one by one: a file each, which a large archive cannot afford."""
    wanted = archive.site.share_cards
    return wanted == "all" or (wanted == "auto" and not archive.show.image and is_small(archive))


def is_small(archive: Archive) -> bool:
    """Whether an archive can afford further files for each episode."""
    return len(archive.full) <= MOST


def _own(given: str, alt: str, archive: Archive) -> ImageView:
    return ImageView(urls.static_file(given, archive.site.base_url), 0, 0, alt)


def _card(path: str, alt: str, archive: Archive) -> ImageView:
    return ImageView(urls.absolute(path, archive.site.base_url), WIDTH, HEIGHT, alt)
