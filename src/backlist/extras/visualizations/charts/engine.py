"""The real Vega and Vega-Lite, as `vl-convert-python` carries them: no network, no Node.

That package holds the npm packages of Vega at fixed versions and runs them in an engine of its
own. It is pinned to one release, because its bytes are published: the same site must give the
same files on every machine.
"""

import json
import re
from importlib.metadata import PackageNotFoundError, version

from backlist.cache.keys import key_of
from backlist.extras.visualizations.charts.notices import NOTICES

CARRIER = "vl-convert-python"
PINNED = "1.9.0.post1"
VEGA, VEGA_LITE, INTERPRETER, TOOLTIP = "6.2.0", "6.4", "2.0.0", "1.0.0"

LIBRARY = f"vega-{VEGA}.js"
"""The name of the published runtime, before a hash of its content is put in."""

REMEDY = "install what draws charts: pip install 'backlist[charts]'"

_PACKAGES = "https://cdn.jsdelivr.net/npm"
"""How the carrier names the packages it holds; nothing is asked of that address."""

# The carrier's own names for Vega stand for all of it, Vega-Lite and an export menu included.
_SNIPPET = f"""\
import {{ parse, View }} from "{_PACKAGES}/vega@{VEGA}/+esm";
import {{ expressionInterpreter }} from "{_PACKAGES}/vega-interpreter@{INTERPRETER}/+esm";
import {{ Handler }} from "{_PACKAGES}/vega-tooltip@{TOOLTIP}/+esm";
window.backlistVega = {{ parse, View, expressionInterpreter, Handler }};
"""


def absence() -> str:
    """What is wrong with what draws charts on this machine; empty when nothing is."""
    try:
        found = version(CARRIER)
        version("altair")
    except PackageNotFoundError as error:
        return f"charts cannot be drawn here: the package {error.name} is not installed"
    if found != PINNED:
        return f"charts need {CARRIER} {PINNED}, and {found} is installed"
    return ""


def compile_to_vega(specification: str) -> tuple[str, str]:
    """The Vega text of a Vega-Lite text, and what is wrong where there is none."""
    import vl_convert

    try:
        vega = vl_convert.vegalite_to_vega(specification, vl_version=VEGA_LITE)
    except ValueError as error:
        return "", _reason(error)
    return json.dumps(vega, ensure_ascii=False, separators=(",", ":")), ""


def draw(vega: str) -> tuple[str, str]:
    """The picture (SVG) of a Vega text, and what is wrong where there is none."""
    import vl_convert

    try:
        return vl_convert.vega_to_svg(vega, allowed_base_urls=[]), ""
    except ValueError as error:
        return "", _reason(error)


def library() -> bytes:
    """The script that all charts of a site share: Vega's runtime, interpreter and tooltips."""
    import vl_convert

    # A module in a classic script: its names must not become the page's.
    body = vl_convert.javascript_bundle(_SNIPPET, vl_version=VEGA_LITE)
    return f'/*!\n{NOTICES}*/\n(() => {{\n"use strict";\n{body}\n}})();\n'.encode()


def library_key() -> bytes:
    """Says what the library is, without making it."""
    return key_of(PINNED, VEGA_LITE, _SNIPPET, NOTICES)


def _reason(error: ValueError) -> str:
    """What a library said, without where in its own text it was when it said so."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = [line for line in lines[1:] if not line.startswith("at ")] or lines[:1]
    return re.sub(r"^\w*Error: ", "", said[0]).rstrip(".")
