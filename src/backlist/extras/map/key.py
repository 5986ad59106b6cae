"""How to read the map, in words, and what it leaves out."""

from collections.abc import Iterator

from backlist.extras.map.records import Grain, Layout
from backlist.model import Status
from backlist.pages import formatting
from backlist.relate.archive import Archive


def row(picture: Layout) -> str:
    """What runs down the page."""
    if picture.grain is Grain.PERIODS:
        return f"Time runs down the page, a row a {picture.period.value}, newest on top."
    return "Time runs down the page, newest on top."


def node(picture: Layout) -> str:
    """What an episode looks like."""
    if picture.grain is Grain.PERIODS:
        return "an episode; the taller, the more connected"
    return "an episode; the larger, the more others mention it"


def stub(archive: Archive) -> str:
    """What one without a record looks like."""
    some = any(entry.episode.status is Status.STUB for entry in archive.entries)
    return "known only by mention, its day a guess" if some else ""


def arc(picture: Layout) -> str:
    """What an arc is."""
    if any(arc.down for arc in picture.arcs):
        return "the newer one mentions the older"
    return ""


def back(picture: Layout) -> str:
    """What a broken arc is."""
    if any(not arc.down for arc in picture.arcs):
        return "the older one mentions the newer"
    return ""


def lane(picture: Layout) -> str:
    """What a lane is."""
    return "a work they share: about it, or citing it" if picture.lanes else ""


def play(archive: Archive, picture: Layout) -> str:
    """What the mark of an interactive episode is."""
    held = any(one.id for entry in archive.entries for one in entry.visualizations)
    return "has something to play with" if held and picture.grain is not Grain.PERIODS else ""


def left_out(picture: Layout) -> Iterator[str]:
    """What is not in the picture; nothing where all is."""
    written = sum(node.label is not None for node in picture.nodes)
    if written < len(picture.nodes):
        episodes = formatting.count(len(picture.nodes), "episode")
        shown = formatting.figure(written)
        yield f"Titles are written for {shown} of {episodes}, the most connected."
    yield from _works(picture)
    mentions = picture.mentions
    if mentions.count < mentions.of:
        whose = f"those of episodes mentioned {formatting.figure(mentions.least)} times or more"
        if not mentions.every:
            whose = "the newest of the most mentioned episodes"
        told = formatting.count(mentions.of, "mention")
        yield f"Drawn are {formatting.figure(mentions.count)} of {told}: {whose}."
    if picture.within:
        told = formatting.count(picture.within, "mention")
        yield f"{told} inside one {picture.period.value} {_have(picture.within)} no arc."


def _works(picture: Layout) -> Iterator[str]:
    works = picture.works
    if works.count < works.of:
        whose = f"those that {formatting.figure(works.least)} episodes or more share"
        if not works.every:
            whose = f"the newest of those that {formatting.figure(works.least)} episodes share"
        shared = formatting.count(works.of, "shared work")
        yield f"Drawn are {formatting.figure(works.count)} of {shared}: {whose}."
    if picture.boilerplate:
        common = formatting.count(picture.boilerplate, "work")
        yield f"Not drawn: {common} too common to tell episodes apart."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
