"""How the archive is shelved: which episodes belong to a topic, and which to a year."""

from collections.abc import Iterator

from backlist import urls
from backlist.archive import Archive, Entry
from backlist.model import Status


def by_topic(archive: Archive) -> dict[str, list[str]]:
    """Topic → its episodes, the fullest topic first. Spellings of one slug are one topic."""
    spelling: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for entry in archive.entries:
        for name in entry.episode.topics:
            slug = urls.slug_of(name)
            if slug and entry.slug not in (listed := found.setdefault(slug, [])):
                spelling.setdefault(slug, name)
                listed.append(entry.slug)
    ranked = sorted(found, key=lambda slug: (-len(found[slug]), slug))
    return {spelling[slug]: found[slug] for slug in ranked}


def by_year(archive: Archive) -> dict[int, list[str]]:
    """Year → its episodes, newest year first; stubs, whose day is a guess, are left out."""
    found: dict[int, list[str]] = {}
    for entry in full(archive):
        if entry.episode.date:
            found.setdefault(entry.episode.date.instant.year, []).append(entry.slug)
    return dict(sorted(found.items(), reverse=True))


def full(archive: Archive) -> Iterator[Entry]:
    """The episodes that are more than a mention, newest first."""
    return (entry for entry in archive.entries if entry.episode.status is not Status.STUB)
