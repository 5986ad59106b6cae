"""Time down the page: which row an episode is in, and at what height.

A small archive has a row an episode. A large one has a row a day, week, month, quarter or year,
whichever is the finest that keeps the picture to `MOST_ROWS`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from backlist.extras.map.records import Grain, Mark, Period
from backlist.relate.archive import Entry

MOST_TITLES = 60
"""Episodes up to which every title is written."""

MOST_LINES = 240
"""Episodes up to which each has a row of its own."""

MOST_ROWS = 120
"""Rows of an archive that is drawn in periods."""

FEWEST = 28
"""Ticks for which a row of a period has room at least: a short row's stand no further apart."""

BLANK = 2
"""Periods without an episode that stay as blank rows; more of them become a break."""

PITCH = {Grain.TITLES: 34.0, Grain.LINES: 11.0, Grain.PERIODS: 19.0}
_AIR = {Grain.TITLES: 10.0, Grain.LINES: 5.0, Grain.PERIODS: 0.0}
_HEADING = {Grain.TITLES: 46.0, Grain.LINES: 38.0, Grain.PERIODS: 36.0}
_BREAK = 24.0
_EDGE = 14.0


@dataclass(frozen=True, slots=True)
class Row:
    """Episodes at one height, newest first."""

    y: float
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row from the top, the marks of time beside them, and how high it all is."""

    grain: Grain
    period: Period
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    height: float

    @property
    def step(self) -> float:
        """How far the episodes of a row stand apart, in hundredths of their zone."""
        return 100 / max(FEWEST, *(len(row.slugs) for row in self.rows))

    def end(self, row: Row) -> float:
        """Where the last episode of a row stands; where there is one a row, they stand at 0."""
        if self.grain is not Grain.PERIODS:
            return 0.0
        return round((len(row.slugs) - 0.5) * self.step, 2)


def layout(entries: Sequence[Entry]) -> Rows:
    """Rows of an archive's episodes, given newest first.

    Rows follow the days that are shown, which offsets can put in another order than the instants.
    """
    entries = sorted(entries, key=_newest_day_first)
    grain, period = _grain(entries)
    if grain is Grain.PERIODS:
        return _Column(grain, period).periods(entries)
    return _Column(grain, period).singles(entries)


def day_of(entry: Entry) -> date | None:
    """The day of an episode, in the offset it was given in."""
    return entry.episode.date.instant.date() if entry.episode.date else None


def begin(day: date, period: Period) -> date:
    """The first day of the period a day is in."""
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def place(day: date, period: Period) -> int:
    """A number for the period a day is in; that of the next period is one more."""
    match period:
        case Period.DAY:
            return day.toordinal()
        case Period.WEEK:
            return begin(day, period).toordinal() // 7
        case Period.MONTH:
            return day.year * 12 + day.month
        case Period.QUARTER:
            return day.year * 4 + (day.month - 1) // 3
    return day.year


def _newest_day_first(entry: Entry) -> int:
    day = day_of(entry)
    return -day.toordinal() if day else 1


def _grain(entries: Sequence[Entry]) -> tuple[Grain, Period]:
    if len(entries) <= MOST_TITLES:
        return Grain.TITLES, Period.DAY
    if len(entries) <= MOST_LINES:
        return Grain.LINES, Period.MONTH
    days = [day for entry in entries if (day := day_of(entry))]
    return Grain.PERIODS, next(
        (period for period in Period if _count(days, period) <= MOST_ROWS), Period.YEAR
    )


def _count(days: Iterable[date], period: Period) -> int:
    """Rows that days make, short runs of blank ones included."""
    places = sorted({place(day, period) for day in days})
    gaps = (b - a - 1 for a, b in pairwise(places))
    return len(places) + sum(gap for gap in gaps if gap <= BLANK)


class _Column:
    """Rows and marks while they are being put one under the other."""

    def __init__(self, grain: Grain, period: Period) -> None:
        self.grain, self.period = grain, period
        self.y = _EDGE
        self.rows: list[Row] = []
        self.marks: list[Mark] = []

    def singles(self, entries: Sequence[Entry]) -> Rows:
        """A row an episode, with air where the day or month changes."""
        year = _changes(lambda day: day.year)
        period = _changes(lambda day: place(day, self.period))
        for entry in entries:
            day = day_of(entry)
            new_year, new_period = year(day), period(day)
            if new_year:
                self._heading(day)
            elif new_period:
                self.y += _AIR[self.grain]
            if new_period and day:
                self.marks.append(Mark(self._middle(), self.period, begin(day, self.period)))
            self._row((entry.slug,))
        return self._done()

    def periods(self, entries: Sequence[Entry]) -> Rows:
        """A row a period, blank ones included where they are few."""
        year = _changes(lambda day: day.year)
        above: int | None = None
        for _, group in groupby(entries, key=self._place_of):
            together = tuple(group)
            day = day_of(together[0])
            # Offsets can put a day of the old year after one of the new: that skips nothing.
            skipped = max(0, above - place(day, self.period) - 1) if day and above else 0
            if skipped <= BLANK:
                self.y += PITCH[self.grain] * skipped
            if year(day) and (self.period is not Period.YEAR or day is None):
                self._heading(day)
            if skipped > BLANK:
                self.y += _BREAK
            if day:
                first = begin(day, self.period)
                gap = skipped if skipped > BLANK else 0
                self.marks.append(Mark(self._middle(), self.period, first, skipped=gap))
                above = place(day, self.period)
            self._row(tuple(entry.slug for entry in together))
        return self._done()

    def _place_of(self, entry: Entry) -> int | None:
        day = day_of(entry)
        return place(day, self.period) if day else None

    def _heading(self, day: date | None) -> None:
        self.y += _HEADING[self.grain]
        first = begin(day, Period.YEAR) if day else None
        self.marks.append(Mark(round(self.y - 12, 1), Period.YEAR, first, heading=True))

    def _middle(self) -> float:
        return round(self.y + PITCH[self.grain] / 2, 1)

    def _row(self, slugs: tuple[str, ...]) -> None:
        self.rows.append(Row(self._middle(), slugs))
        self.y += PITCH[self.grain]

    def _done(self) -> Rows:
        height = round(self.y + _EDGE, 1)
        return Rows(self.grain, self.period, tuple(self.rows), tuple(self.marks), height)


def _changes(of: Callable[[date], int]) -> Callable[[date | None], bool]:
    """Whether a day is in another year, or another period, than the one asked about before."""
    last: list[int | None] = []

    def changed(day: date | None) -> bool:
        now = of(day) if day else None
        new = not last or last[0] != now
        last[:] = [now]
        return new

    return changed
