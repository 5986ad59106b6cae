"""The covers in `static/`: what they are, and the colour of the show's."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from backlist import pictures, urls
from backlist.files import File
from backlist.load import Reader
from backlist.model import Episode, Settings, Show
from backlist.pictures import Picture


def find(
    show: Show, episodes: Iterable[Episode], assets: Mapping[str, Path], reader: Reader
) -> dict[str, Picture]:
    """The pictures in `static/` that the show and episodes name, by name."""
    given = [show.image, *(one.image for one in episodes)]
    names = dict.fromkeys(urls.static_name(one) for one in given if one and "://" not in one)
    there = [name for name in names if name in assets]
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
