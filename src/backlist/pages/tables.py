"""The data of a chart as tables of our own pages: for readers without script, and for all."""

from typing import TYPE_CHECKING

from backlist import urls
from backlist.extras.visualizations.charts import Table
from backlist.pages import formatting
from backlist.pages.views import Cell, TableView
from backlist.relate.archive import VisualizationEntry

if TYPE_CHECKING:
    from backlist.pages.context import PageContext

ROWS = 100
"""The records a table shows; a longer one is cut, and says so."""


def tables(ctx: "PageContext", held: VisualizationEntry) -> tuple[TableView, ...]:
    """The data that a chart draws; empty for a visualization that is code."""
    given = held.chart.tables if held.chart else ()
    return tuple(_table(ctx, held, table, alone=len(given) == 1) for table in given)


def _table(ctx: "PageContext", held: VisualizationEntry, table: Table, *, alone: bool) -> TableView:
    name = table.file or held.index
    shown = table.rows[:ROWS]
    caption = held.title if alone else f"{held.title}{ctx.labels.colon}{table.name}"
    return TableView(
        caption=caption,
        summary=ctx.labels.data_as_table.format(title=caption),
        columns=_cells(table, table.columns),
        rows=tuple(_cells(table, row) for row in shown),
        cut=ctx.labels.first_rows.format(
            n=formatting.figure(ROWS, ctx.labels.language),
            all=formatting.figure(len(table.rows), ctx.labels.language),
        )
        if table.rows[ROWS:]
        else "",
        file=ctx.page_link(name, urls.visualization_file(held.id, name)),
    )


def _cells(table: Table, texts: tuple[str, ...]) -> tuple[Cell, ...]:
    pairs = zip(texts, table.numeric, strict=True)
    return tuple(Cell(text, numeric) for text, numeric in pairs)
