"""The picture beside a title: an episode's own, else the show's, else a drawing.

Pages show sized copies of pictures in `static/`, not the files where there is a choice, and never a
picture at another host: that would make readers request it there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from backlist import pictures, urls
from backlist.extras import cover_art
from backlist.pages.views import CoverView, ImageView
from backlist.parse.moments import AnyChapter
from backlist.pictures import JPEG, WEBP, Picture
from backlist.relate.archive import Archive, Entry

CHAPTER = 256
"""Pixels of a chapter's picture: a lock screen shows it as well."""


@dataclass(frozen=True)
class Covers:
    """The covers of an archive; `published` are the output paths of static files by name."""

    archive: Archive
    published: Mapping[str, str]

    def of(self, entry: Entry | None = None) -> CoverView:
        """The cover of an episode; without one, that of the show."""
        found = entry.cover if entry else self.archive.cover
        if found is None:
            return self._drawn(entry)
        sides = self.sides(found)
        return CoverView(
            url=self._address(found, sides[-1:]),
            small=self._address(found, sides[:1]),
            webp=_choice(found, sides, WEBP),
            jpeg=_choice(found, sides, JPEG) if JPEG in self.kinds(found) else "",
            small_webp=_choice(found, sides[:1], WEBP).partition(" ")[0],
            drawing=Markup(),
            monogram=Markup(),
            is_own=not self._is_shared(found),
        )

    def of_row(self, entry: Entry) -> CoverView | None:
        """The picture of an episode in a list; none where all would have that of the show."""
        return self.of(entry) if entry.cover and self._tell_apart else None

    @cached_property
    def _tell_apart(self) -> bool:
        return any(one.cover and not self._is_shared(one.cover) for one in self.archive.entries)

    def _drawn(self, entry: Entry | None) -> CoverView:
        archive = self.archive
        drawing = cover_art.CoverArt(archive, entry) if entry else cover_art.ShowArt(archive)
        own = cover_art.is_own(archive, entry)
        return CoverView("", "", "", "", "", drawing, cover_art.Monogram(archive, entry), own)

    @property
    def emblem(self) -> str:
        """The show's picture as it stands beside its name on every page; empty without one."""
        found = self.archive.cover
        return self._address(found, self.sides(found)[:1]) if found else ""

    @property
    def touch_icon(self) -> str:
        """The show's picture as it stands on the home screen of a phone; empty without one."""
        found = self.archive.cover
        sides = self.sides(found) if found else ()
        return self._address(found, sides[1:2] or sides) if found and found.kind else ""

    def artwork(self, entry: Entry) -> str:
        """A picture that a lock screen can show (Media Session, `artwork`); empty without one."""
        found = entry.cover
        return self._address(found, self.sides(found)[-1:]) if found and found.kind else ""

    def of_chapter(self, chapter: AnyChapter) -> str:
        """The picture of a chapter, small; empty where it has none in `static/`."""
        found = self.chapter_picture(chapter)
        return (
            urls.rooted(urls.sized(found.digest, found.sides((CHAPTER,))[0], WEBP)) if found else ""
        )

    def chapter_picture(self, chapter: AnyChapter) -> Picture | None:
        """The picture of a chapter in `static/`; None where a page shows none."""
        name = urls.own_picture(chapter.image or "", self.archive.site.base_url)
        found = self.archive.pictures.get(name)
        return found if found and found.kind else None

    def square(self, entry: Entry) -> ImageView | None:
        """The cover of an episode at its public address; None where it is drawn."""
        found, base = entry.cover, self.archive.site.base_url
        if found is None or not found.kind:
            return None
        width, height = found.width, found.height
        if JPEG in self.kinds(found):
            width = height = self.sides(found)[-1]
        address = self._address(found, self.sides(found)[-1:])
        return ImageView(urls.escaped(address.replace(urls.ROOT, base)), width, height, "")

    def sides(self, picture: Picture) -> tuple[int, ...]:
        """The sides of a picture's copies, the smallest first."""
        return picture.sides(pictures.SIDES if self._is_shared(picture) else self._own_sides)

    def kinds(self, picture: Picture) -> tuple[str, ...]:
        """What each copy is made as; beside those of one episode's picture stands the file itself.

        The show's cover is on most pages, and costs six files once. The others cost as many files
        an episode.
        """
        return (WEBP, JPEG) if self._is_shared(picture) else (WEBP,)

    def _is_shared(self, picture: Picture) -> bool:
        shown = self.archive.cover
        return shown is not None and shown.digest == picture.digest

    @cached_property
    def _own_sides(self) -> tuple[int, ...]:
        found = {entry.cover.digest for entry in self.archive.entries if entry.cover}
        return pictures.FEW_SIDES if len(found) > pictures.MANY else pictures.OWN_SIDES

    def _address(self, picture: Picture, sides: Sequence[int]) -> str:
        """The address of a copy that every browser shows; where there is none, of the file."""
        if sides and JPEG in self.kinds(picture):
            return urls.rooted(urls.sized(picture.digest, sides[0], JPEG))
        return urls.rooted(self.published[picture.name])


def _choice(picture: Picture, sides: Sequence[int], kind: str) -> str:
    """Copies of one kind as a `srcset`; empty without any."""
    addresses = (urls.rooted(urls.sized(picture.digest, side, kind)) for side in sides)
    return ", ".join(f"{address} {side}w" for address, side in zip(addresses, sides, strict=True))
