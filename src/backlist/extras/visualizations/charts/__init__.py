"""Data instead of code: a Vega-Lite specification and its data become a chart in a frame.

A specification (`*.vl.json`) with its data, inline or in neighbouring files, is read, checked by
Vega-Lite's own schema, compiled by the real Vega-Lite and drawn once by the real Vega, all at
build time and without a network: what cannot be drawn is an error of the build, not an empty
box for a reader. What is published is a page of our own for the frame, with the drawn picture in
it; a script turns the picture into the living chart, with the Vega runtime that all charts of a
site share. The data is also a table, for everybody.

Vega's expressions are run by its interpreter, so the frame's policy forbids `eval` here as it
does everywhere else.
"""

from backlist.extras.visualizations.charts.engine import LIBRARY, library, library_key
from backlist.extras.visualizations.charts.frame import frame, picture
from backlist.extras.visualizations.charts.reading import SUFFIX, Chart, read
from backlist.extras.visualizations.charts.tables import Table

__all__ = [
    "LIBRARY",
    "SUFFIX",
    "Chart",
    "Table",
    "frame",
    "library",
    "library_key",
    "picture",
    "read",
]
