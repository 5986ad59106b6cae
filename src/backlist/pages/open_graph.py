"""What a shared link shows of a page beside its picture: the Open Graph protocol (https://ogp.me).

Twitter's cards take title, description and picture from the same properties.
"""

import re
from collections.abc import Iterator

from backlist import urls
from backlist.model import Status
from backlist.pages.views import Meta
from backlist.relate.archive import Entry


def locale(language: str) -> Iterator[Meta]:
    """`og:locale`, where a page's language (BCP 47) names a region, as the protocol wants."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?-([A-Za-z]{2})", language)
    if match:
        yield Meta("og:locale", f"{match[1].lower()}_{match[2].upper()}")


def article(entry: Entry, base_url: str) -> Iterator[Meta]:
    """When an episode came out and changed, what it is about, and its sound."""
    episode = entry.episode
    if episode.date and not episode.date_approximate:
        yield Meta("article:published_time", str(episode.date))
    if episode.changed:
        yield Meta("article:modified_time", str(episode.changed))
    for topic in episode.topics:
        yield Meta("article:tag", topic)
    audio = episode.audio
    if audio and audio.is_played and episode.status is not Status.STUB:
        kind = audio.type or urls.audio_type(audio.url) or ""
        name = f"og:{audio.kind}"
        yield Meta(name, audio.as_played(base_url).url)
        if kind:
            yield Meta(f"{name}:type", kind)
