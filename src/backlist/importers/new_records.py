"""A draft as a record of the site: what of it is worth writing, its slug and its file."""

import hashlib
from collections import Counter
from collections.abc import Container, Sequence

from backlist import content, urls
from backlist.importers.draft import Draft, ShowDraft
from backlist.model import Audio, Episode, writable
from backlist.problems import Problems, Where

FOLDER = "content/episodes"


def episode_of(draft: Draft, slug: str, show: ShowDraft, order: int | None = None) -> Episode:
    """The record a draft makes, without what only repeats the show or a file extension."""
    return Episode(
        title=draft.title,
        slug=slug,
        guid=draft.guid,
        # Apps take a guid for the same with and without the mark, but a reader that resolves
        # addresses rewrites one that is marked and is none.
        # Only an address may be marked as one (RSS 2.0, `guid`).
        permalink=draft.permalink and urls.is_address(draft.guid or ""),
        date=draft.date,
        order=order,
        audio=_plain_audio(draft.audio),
        season=draft.season,
        number=draft.number,
        type=draft.type,
        explicit=None if draft.explicit == (show.explicit or False) else draft.explicit,
        image=None if draft.image == show.image else draft.image,
        link=draft.link,
        summary=draft.summary,
        people=() if draft.people == show.people else draft.people,
        transcripts=draft.transcripts,
        chapters=draft.chapters,
        chapters_url=draft.chapters_url,
        soundbites=draft.soundbites,
        license=None if draft.license == show.license else draft.license,
        location=draft.location,
        visualizations=draft.visualizations,
        sources=draft.sources,
        body=draft.body,
    )


def _plain_audio(audio: Audio | None) -> Audio | None:
    if audio is None or audio.type != urls.audio_type(audio.url):
        return audio
    return audio.model_copy(update={"type": None})


def number_ties(drafts: Sequence[Draft]) -> list[int | None]:
    """Each draft's place among those of the same date, 1 the newest; None where a date is alone.

    Drafts without a date are numbered among themselves. A source that begins with its oldest
    episode is counted from its end.
    """
    dates = [draft.date.instant for draft in drafts if draft.date]
    oldest_first = bool(dates) and dates[0] < dates[-1]
    keys = [str(draft.date or "") for draft in drafts]
    ties = Counter(keys)
    seen: Counter[str] = Counter()
    orders: list[int | None] = []
    for key in reversed(keys) if oldest_first else keys:
        seen[key] += 1
        orders.append(seen[key] if ties[key] > 1 or not key else None)
    return orders[::-1] if oldest_first else orders


def choose_slug(
    title: str, keys: Sequence[str | None], taken: Container[str], where: Where, problems: Problems
) -> str:
    """A slug nobody has: of the title, else of the first known of `keys`; told when not plain.

    A clash is settled by a suffix from a stable key, never by a counter: the next import may
    have another order.
    """
    key = next((key for key in keys if key), title)
    mark = hashlib.sha256(key.encode()).hexdigest()[:6]
    slug = urls.slug_of(title)
    if not slug:
        slug = f"episode-{mark}"
        problems.notice(
            where,
            f"no address can be spelt from the title `{title}`; called `{slug}`",
            "change `slug:` in the record before the site is published, never after",
        )
    if slug in taken:
        problems.notice(
            where,
            f"the slug `{slug}` is taken; `{title}` is called `{slug}-{mark}`",
            "change `slug:` in the record before the site is published, never after",
        )
        slug = f"{slug}-{mark}"
    return slug


def slug_keys(draft: Draft) -> tuple[str | None, ...]:
    """What a draft's slug can be made unique by, the most lasting first."""
    audio = draft.audio.url if draft.audio else None
    said = draft.raw.get("description", "")
    return draft.guid, audio, f"{draft.title} {draft.date or said}"


def file_of(episode: Episode) -> str:
    """The file of a new record, from the site's folder."""
    day = f"{episode.date.instant.date().isoformat()}-" if episode.date else ""
    return f"{FOLDER}/{day}{episode.slug}.md"


def write(episode: Episode) -> str:
    """The text of a new record."""
    return content.dump_markdown(writable(episode), episode.body)
