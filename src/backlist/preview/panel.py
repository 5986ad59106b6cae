"""Faults as a reader of the preview meets them: on top of the page."""

import html
from collections.abc import Iterable

from backlist.problems import Problem

_PANEL = (
    '<details open id="backlist-problems" style="all:initial;display:block;position:fixed;'
    "inset:0 0 auto 0;"
    "z-index:2147483647;box-sizing:border-box;max-height:70vh;overflow:auto;padding:.75rem 1rem;"
    "background:#fff4f2;color:#1d1b1a;border-bottom:4px solid #b3261e;font:16px/1.4 sans-serif;"
    'box-shadow:0 4px 16px #0006"><summary style="all:revert;display:list-item;cursor:pointer;'
    'font-weight:bold;color:#8c1d18">{heading}</summary>{problems}'
    # What a site hangs before and after its own details is beyond the reach of `style=`.
    "<style>#backlist-problems ::before,#backlist-problems ::after"
    "{{content:none!important}}</style></details>"
)
_PROBLEM = (
    '<pre style="all:initial;display:block;margin:.75rem 0 0;white-space:pre-wrap;'
    'overflow-wrap:anywhere;color:#1d1b1a;font:14px/1.5 monospace">{}</pre>'
)


def panel(faults: Iterable[Problem], *, good: bool) -> str:
    """The errors as HTML that stands on any page, needs no script, and folds away."""
    said = [_PROBLEM.format(html.escape(str(fault))) for fault in faults]
    if not said:
        return ""
    count = "1 problem" if len(said) == 1 else f"{len(said)} problems"
    rest = "below is the last good site" if good else "there is no site to show yet"
    return _PANEL.format(heading=f"{count}; {rest}", problems="".join(said))
