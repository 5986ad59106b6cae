"""What a chart looks like unless its specification says otherwise: the site's own ink and type.

Colours are custom properties of the page the chart stands in, so one drawing serves light and
dark. They stand beside a plain colour, for where the picture stands alone.
"""

import json
from collections.abc import Mapping
from typing import Any

WIDTH = 640
"""The width of the drawn picture, in pixels; the living chart takes the frame's."""

_SERIES = ("#a8401f", "#2f6d80", "#8a6d1f", "#6b4d8a", "#4e7a3a", "#9c3f66", "#5e564b")
_INK, _SOFT, _LINE = "#1c1814", "#5e564b", "#d8d0c1"
_DARK = ("#f0926f", "#7fbdd0", "#d8b65c", "#bfa0dd", "#9cc787", "#e893b6", "#aaa192")
_DARK_INK, _DARK_SOFT, _DARK_LINE = "#ece6da", "#aaa192", "#3a352e"

# The first of these that the carrier of Vega brings along itself is what the picture is measured
# with, so that it is the same on every machine.
_PICTURE_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_FONT = "Seravek, 'Gill Sans Nova', 'Segoe UI', Ubuntu, Cantarell, 'Noto Sans', sans-serif"


def _of(name: str, plain: str) -> str:
    return f"var(--{name}, {plain})"


_LABELS = {
    "labelColor": _of("soft", _SOFT),
    "titleColor": _of("ink", _INK),
    "labelFontSize": 13,
    "titleFontSize": 13,
    "titleFontWeight": "normal",
}
CONFIG: Mapping[str, Any] = {
    "background": "transparent",
    "font": _FONT,
    "padding": 4,
    "view": {"stroke": None},
    "mark": {"color": _of("series1", _SERIES[0])},
    "text": {"color": _of("ink", _INK), "fontSize": 13},
    "rule": {"color": _of("soft", _SOFT)},
    "axis": {
        **_LABELS,
        "domainColor": _of("soft", _SOFT),
        "gridColor": _of("line", _LINE),
        "tickColor": _of("soft", _SOFT),
        "labelPadding": 6,
        "titlePadding": 10,
    },
    "legend": {**_LABELS, "orient": "top", "symbolType": "square"},
    "header": _LABELS,
    "title": {
        "color": _of("ink", _INK),
        "subtitleColor": _of("soft", _SOFT),
        "anchor": "start",
        "fontSize": 15,
        "fontWeight": 600,
    },
    "range": {
        "category": [_of(f"series{n}", plain) for n, plain in enumerate(_SERIES, 1)],
        # Ramps are mixed by Vega, which must know the colours; these are seen on either ground.
        "ramp": ["#8a7a62", "#c0603c"],
        "heatmap": ["#8a7a62", "#c0603c"],
    },
}


def properties() -> str:
    """The custom properties of the page around a chart, light and dark."""
    names = [f"series{n}" for n in range(1, len(_SERIES) + 1)] + ["ink", "soft", "line", "ground"]
    light = (*_SERIES, _INK, _SOFT, _LINE, "#f8f5ee")
    dark = (*_DARK, _DARK_INK, _DARK_SOFT, _DARK_LINE, "#171513")
    return "".join(
        f"--{name}:light-dark({day},{night});"
        for name, day, night in zip(names, light, dark, strict=True)
    )


def dress(data: Mapping[str, Any], label: str) -> dict[str, Any]:
    """A specification with our looks under its own, as wide as its frame, and with a description.

    Only single and layered views can take the width of what is around them (Vega-Lite, "Width
    and Height of Container").
    """
    given = data.get("config")
    dressed = {**data, "config": _under(CONFIG, given if isinstance(given, dict) else {})}
    dressed.setdefault("description", label)
    encoding = data.get("encoding")
    split = {"row", "column", "facet"} & (encoding.keys() if isinstance(encoding, dict) else set())
    if {"mark", "layer"} & data.keys() and not split:
        dressed.setdefault("width", "container")
    return dressed


def _under(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Two settings as one: theirs count, ours fill in."""
    merged = {**ours, **theirs}
    for key in ours.keys() & theirs.keys():
        mine, own = ours[key], theirs[key]
        if isinstance(mine, Mapping) and isinstance(own, dict):
            merged[key] = _under(mine, own)
    return merged


def for_picture(vega: str) -> str:
    """The Vega text for a picture: of a fixed width, and in type that every machine has."""
    data = json.loads(vega)
    for signal in data.get("signals", ()):
        if "containerSize()" in signal.get("init", ""):
            size = WIDTH if signal["name"] == "width" else WIDTH * 5 // 8
            signal.pop("init")
            signal.pop("on", None)
            signal["value"] = size
    text = json.dumps(data, ensure_ascii=False)
    return text.replace(json.dumps(_FONT, ensure_ascii=False)[1:-1], _PICTURE_FONT)
