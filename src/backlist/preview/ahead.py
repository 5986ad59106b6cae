"""The page of an episode whose notes were just saved, ahead of the build that tells all others.

Most saves change the notes of one episode. What it knows of the archive is then as it was, and its
page is made in a small part of the time that a build takes.
"""

from pathlib import Path

from backlist.build import Site
from backlist.cache.store import NO_CACHE
from backlist.files import parse_bytes
from backlist.outputs import context
from backlist.pages import episodes
from backlist.pages.context import SiteContext
from backlist.problems import BacklistError
from backlist.relate import with_notes
from backlist.resolve.files import read_episode


class LastSite:
    """The site of the last good build, as one page of it is made again."""

    def __init__(self, site: Site) -> None:
        # The rest of a site, every output among it, need not wait in memory for the next save.
        self._archive, self._theme = site.archive, site.theme
        self._entries = {entry.file: entry for entry in site.archive.entries}
        self._context: SiteContext | None = None

    def page(self, root: Path, file: str) -> tuple[str, bytes] | None:
        """The output path and the bytes of the page whose notes are in `file`, as they are now.

        None where that takes a build: more than the notes changed, or something in them is wrong.
        """
        entry = self._entries.get(file)
        if entry is None:
            return None
        try:
            parsed = parse_bytes(read_episode, file, (root / file).read_bytes())
            if parsed.record is None or parsed.problems:
                return None
            again = with_notes(entry, parsed.record, self._archive)
            if again is None or again.notes == entry.notes:
                return None
            made = episodes.page(self._site_context(), again, parsed.record.digest)
            return made.path, made.read()
        except (BacklistError, OSError):  # a build tells what it is
            return None

    def _site_context(self) -> SiteContext:
        if self._context is None:
            self._context = context(self._archive, self._theme, NO_CACHE)
        return self._context
