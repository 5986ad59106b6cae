"""How to read the map, in words, and what it leaves out."""

from collections.abc import Iterator

from backlist.extras.map.records import Drawn, Grain, Layout, Period
from backlist.model import Labels, Status
from backlist.pages import formatting
from backlist.relate.archive import Archive


def row(picture: Layout, labels: Labels) -> str:
    """What runs down the page."""
    if picture.grain is not Grain.PERIODS:
        return labels.key_time
    return {
        Period.DAY: labels.key_row_day,
        Period.WEEK: labels.key_row_week,
        Period.MONTH: labels.key_row_month,
        Period.QUARTER: labels.key_row_quarter,
        Period.YEAR: labels.key_row_year,
    }[picture.period]


def skipped(period: Period, labels: Labels) -> str:
    """The label that counts periods without an episode."""
    return {
        Period.DAY: labels.n_days_skipped,
        Period.WEEK: labels.n_weeks_skipped,
        Period.MONTH: labels.n_months_skipped,
        Period.QUARTER: labels.n_quarters_skipped,
        Period.YEAR: labels.n_years_skipped,
    }[period]


def node(picture: Layout, labels: Labels) -> str:
    """What an episode looks like."""
    return labels.key_tick if picture.grain is Grain.PERIODS else labels.key_episode


def stub(archive: Archive, labels: Labels) -> str:
    """What one without a record looks like."""
    some = any(entry.episode.status is Status.STUB for entry in archive.entries)
    return labels.key_stub if some else ""


def arc(picture: Layout, labels: Labels) -> str:
    """What an arc is."""
    return labels.key_arc if any(arc.down for arc in picture.arcs) else ""


def back(picture: Layout, labels: Labels) -> str:
    """What a broken arc is."""
    return labels.key_arc_back if any(not arc.down for arc in picture.arcs) else ""


def lane(picture: Layout, labels: Labels) -> str:
    """What a lane is."""
    return labels.key_lane if picture.lanes else ""


def play(archive: Archive, picture: Layout, labels: Labels) -> str:
    """What the mark of an interactive episode is."""
    held = any(one.id for entry in archive.entries for one in entry.visualizations)
    return labels.key_interactive if held and picture.grain is not Grain.PERIODS else ""


def left_out(picture: Layout, labels: Labels) -> Iterator[str]:
    """What is not in the picture; nothing where all is."""
    written = sum(node.label is not None for node in picture.nodes)
    if written < len(picture.nodes):
        titles = Drawn(written, len(picture.nodes), 0)
        yield _some(titles, labels.titles_shown, labels)
    works, mentions = picture.works, picture.mentions
    if works.count < works.of:
        yield _some(works, labels.works_drawn if works.every else labels.works_newest, labels)
    if picture.boilerplate:
        yield formatting.counted(picture.boilerplate, labels.n_common_works)
    if mentions.count < mentions.of:
        sentence = labels.mentions_drawn if mentions.every else labels.mentions_newest
        yield _some(mentions, sentence, labels)
    if picture.within:
        yield formatting.counted(picture.within, _within(picture.period, labels))


def _some(drawn: Drawn, sentence: str, labels: Labels) -> str:
    def figure(number: int) -> str:
        return formatting.figure(number, labels.language)

    return sentence.format(
        shown=figure(drawn.count), all=figure(drawn.of), least=figure(drawn.least)
    )


def _within(period: Period, labels: Labels) -> str:
    return {
        Period.DAY: labels.n_within_day,
        Period.WEEK: labels.n_within_week,
        Period.MONTH: labels.n_within_month,
        Period.QUARTER: labels.n_within_quarter,
        Period.YEAR: labels.n_within_year,
    }[period]
