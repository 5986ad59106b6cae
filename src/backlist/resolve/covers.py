"""The covers in `static/`, and what notes show of it; the colour of the show's picture."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from backlist import pictures, urls
from backlist.files import File
from backlist.load import Reader
from backlist.model import Settings, Show
from backlist.pictures import Picture
from backlist.resolve.files import EpisodeFile


def find(
    show: Show, episodes: Iterable[EpisodeFile], assets: Mapping[str, Path], reader: Reader
) -> dict[str, Picture]:
    """The pictures in `static/` that the show, episodes and their notes name, by name."""
    listed = list(episodes)
    given = [show.image, *(one.episode.image for one in listed)]
    names = [urls.static_name(one) for one in given if one and "://" not in one]
    names += [name for one in listed for name in one.notes.pictures]
    there = [name for name in dict.fromkeys(names) if name in assets]
    found = reader.measure(pictures.look, [File(f"static/{name}", assets[name]) for name in there])
    return {name: replace(one, name=name) for name, one in zip(there, found, strict=True)}


def coloured(
    settings: Settings, found: Mapping[str, Picture], assets: Mapping[str, Path], reader: Reader
) -> Settings:
    """The settings with the colour of the show's cover as accent, where they give none."""
    name = urls.static_name(settings.show.image or "")
    if settings.site.accent or name not in found or not found[name].kind:
        return settings
    (colour,) = reader.measure(pictures.accent, [File(f"static/{name}", assets[name])])
    site = settings.site.model_copy(update={"accent": colour or None})
    return settings.model_copy(update={"site": site})
