"""The page of a chart: the drawn picture, and the script that brings it to life.

Without script, or if the library does not load, the picture stays.
"""

import re
from html import escape

from backlist.extras.visualizations.charts.reading import Chart
from backlist.extras.visualizations.charts.style import properties

_STYLE = """\
:root{color-scheme:light dark;%s}
body{margin:0;padding:1rem;background:var(--ground);color:var(--ink);
font:0.875rem/1.45 Seravek,"Gill Sans Nova","Segoe UI",Ubuntu,Cantarell,"Noto Sans",sans-serif}
main{overflow-x:auto}
svg{display:block;max-width:100%%}
.picture svg{height:auto}
.living svg{max-width:none}
.living{width:100%%}
.vega-bindings{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;padding-top:.75rem}
.vega-bind label{display:flex;gap:.5rem;align-items:center;min-height:1.75rem}
.vega-bind input,.vega-bind select{font:inherit;accent-color:var(--series1)}
#vg-tooltip-element{position:fixed;z-index:9;display:none;max-width:20rem;padding:.4rem .6rem;
background:var(--ground);border:1px solid var(--soft);font-variant-numeric:tabular-nums}
#vg-tooltip-element.visible{display:block}
#vg-tooltip-element .key{padding-right:.75rem;color:var(--soft);text-align:right}
"""

# Expressions are walked by the interpreter: the policy allows no `eval`.
_START = """\
(() => {
  const { parse, View, expressionInterpreter, Handler } = window.backlistVega ?? {};
  if (!parse) return;
  const picture = document.querySelector(".picture");
  const living = document.createElement("div");
  living.className = "living";
  picture.before(living);
  const spec = JSON.parse(document.getElementById("chart").textContent);
  const tooltip = new Handler({ disableDefaultStyle: true });
  const view = new View(parse(spec, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: living,
    hover: true,
    tooltip: tooltip.call,
  });
  picture.hidden = true;
  view.runAsync().then(
    () => {
      picture.remove();
      document.documentElement.dataset.chart = "living";
    },
    (error) => {
      living.remove();
      picture.hidden = false;
      throw error;
    },
  );
})();
"""


def frame(chart: Chart, title: str, language: str, library: str) -> bytes:
    """The page for the frame; `library` is the address of the shared script from there."""
    # A `<` in the data must not end the element it stands in.
    data = chart.vega.replace("<", "\\u003c")
    page = f"""\
<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{_STYLE % properties()}</style>
</head>
<body>
<main><div class="picture">{_labelled(chart)}</div></main>
<script type="application/json" id="chart">{data}</script>
<script src="{escape(library)}"></script>
<script>
{_START}</script>
</body>
</html>
"""
    return page.encode()


def picture(chart: Chart) -> bytes:
    """The picture as a file of its own, which follows light and dark by itself."""
    rules = f"<style>:root{{color-scheme:light dark;{properties()}}}</style>"
    return re.sub(r"(<svg\b[^>]*>)", lambda tag: tag[1] + rules, chart.drawn, count=1).encode()


def _labelled(chart: Chart) -> str:
    """The picture for a page: one image to those who do not see it, called by its description."""
    named = f'<svg role="img" aria-label="{escape(chart.label)}" '
    return chart.drawn.replace("<svg ", named, 1)
