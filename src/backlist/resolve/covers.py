"""The covers in `static/`, and what notes show of it; the colour of the show's picture."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from backlist import pictures, urls
from backlist.files import File
from backlist.load import Reader
from backlist.model import Settings
from backlist.parse.moments import AnyChapter
from backlist.pictures import Picture
from backlist.resolve.files import EpisodeFile


def find(
    settings: Settings,
    episodes: Iterable[EpisodeFile],
    marks: Mapping[str, tuple[AnyChapter, ...]],
    assets: Mapping[str, Path],
    reader: Reader,
) -> dict[str, Picture]:
    """The pictures in `static/` that the show, episodes, notes and chapters name, by name."""
    listed = list(episodes)
    given = [settings.show.image, *(one.episode.image for one in listed)]
    names = [urls.static_name(one) for one in given if one and "://" not in one]
    names += [name for one in listed for name in one.notes.pictures]
    names += [
        urls.own_picture(one.image, settings.site.base_url)
        for chapters in marks.values()
        for one in chapters
        if one.image
    ]
    there = [name for name in dict.fromkeys(names) if name in assets]
    found = reader.measure(pictures.look, [File(f"static/{name}", assets[name]) for name in there])
    return {name: replace(one, name=name) for name, one in zip(there, found, strict=True)}


ACCENTS = (
    *("#a33b20", "#8a5a00", "#5d6b1a", "#2f6f3e", "#0b6e74", "#1d6fa5"),
    *("#3d55b8", "#6a43b5", "#8e3a9d", "#b3306a", "#a12d3a", "#5a6270"),
)
"""Colours for shows without a picture: each its own, so that no two sites look alike by default."""


def coloured(
    settings: Settings, found: Mapping[str, Picture], assets: Mapping[str, Path], reader: Reader
) -> Settings:
    """The settings with an accent: their own, else that of the cover, else one by the title.

    A grey cover keeps the theme's.
    """
    if settings.site.accent:
        return settings
    name = urls.static_name(settings.show.image or "")
    if name in found and found[name].kind:
        (colour,) = reader.measure(pictures.accent, [File(f"static/{name}", assets[name])])
    else:
        colour = ACCENTS[zlib.crc32(settings.show.title.encode()) % len(ACCENTS)]
    site = settings.site.model_copy(update={"accent": colour or None})
    return settings.model_copy(update={"site": site})
