"""Sized copies of the pictures in `static/`, under names that say what is in them."""

from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Made, Output
from backlist.pages.context import SiteContext
from backlist.pages.covers import CHAPTER
from backlist.pictures import VERSION, WEBP, Picture
from backlist.problems import BacklistError, Where


def make(site: SiteContext) -> Iterator[Output]:
    """Every copy that a page may show, once for pictures that are the same."""
    for picture, side, kind in dict.fromkeys(_copies(site)):
        path, name = site.theme.assets[picture.name], f"static/{picture.name}"
        key = key_of(VERSION, picture.digest, side, kind)
        made = Made(key, partial(_copy, path, name, picture.digest, side, kind))
        yield Output(urls.sized(picture.digest, side, kind), made, "pictures", name)


def _copies(site: SiteContext) -> Iterator[tuple[Picture, int, str]]:
    """Pictures, each with the side and the kind of a copy; that of a digest is always the same."""
    shown = [site.archive.cover, *(entry.cover for entry in site.archive.entries)]
    by_digest = {one.digest: one for one in shown if one and one.kind}
    for picture in by_digest.values():
        for side, kind in product(site.covers.sides(picture), site.covers.kinds(picture)):
            yield picture, side, kind
    for entry in site.archive.entries:
        for found in filter(None, map(site.covers.chapter_picture, entry.chapters)):
            picture = by_digest.setdefault(found.digest, found)
            yield picture, picture.sides((CHAPTER,))[0], WEBP


def _copy(path: Path, name: str, digest: str, side: int, kind: str) -> bytes:
    # Who makes no copy does not load what makes them.
    from backlist.pictures.copies import copy
    from backlist.pictures.opening import UnreadableError

    try:
        return copy(path, digest, side, kind)
    except UnreadableError as error:
        hint = "save it again as JPEG or PNG, or remove it"
        raise BacklistError(Where(name), f"cannot be shown: {error}", hint) from error
