"""Links in imported notes that lead to nothing here.

They were written for another site: a link to `/shop` meant the shop of the old host. A reader gets
their words, and whoever keeps the records a warning; what a person links to must be there.
"""

from collections.abc import Collection
from dataclasses import replace

from backlist import urls
from backlist.cache.keys import key_of
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive, Entry


def without_broken_links(archive: Archive, paths: Collection[str], problems: Problems) -> Archive:
    """The archive with words in place of broken links; itself if there are none.

    `paths` are the output paths of the whole site.
    """
    base = urls.base_path(archive.site.base_url)
    broken = {entry.slug: _broken(entry, paths, base) for entry in archive.entries}
    if not any(broken.values()):
        return archive
    for entry in archive.entries:
        for address in broken[entry.slug]:
            problems.warning(
                Where(entry.file, entry.line_of(address)),
                f"the imported notes link to {address}, which is not on this site",
                "the page shows the text only; write the full address, or remove the link",
            )
    entries = (_unlinked(entry, broken[entry.slug]) for entry in archive.entries)
    return replace(archive, entries=tuple(entries))


def _broken(entry: Entry, paths: Collection[str], base: str) -> tuple[str, ...]:
    if not entry.is_imported:
        return ()
    page = urls.episode(entry.slug)
    return tuple(
        address
        for address in entry.notes.local
        if urls.output_path(_from_home(address, base), page, base) not in paths
    )


def _from_home(address: str, base: str) -> str:
    """The path of an address; one that begins with a slash begins at the home page."""
    path = urls.split(address).path
    return base + path[1:] if path.startswith("/") else path


def _unlinked(entry: Entry, addresses: tuple[str, ...]) -> Entry:
    if not addresses:
        return entry
    digest = key_of(entry.digest, addresses)
    return replace(entry, notes=entry.notes.without(addresses), digest=digest)
