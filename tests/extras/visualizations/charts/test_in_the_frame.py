"""What a reader sees of a chart: the living one in its frame, the picture and the table without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite, built, episode, write_site
from tests.serving import serving

pytestmark = pytest.mark.browser

SPECIFICATION = """\
{
  "data": {"url": "rain.csv"},
  "params": [{"name": "pick", "select": {"type": "point", "fields": ["place"]}, "bind": "legend"}],
  "mark": {"type": "bar", "tooltip": true},
  "encoding": {
    "x": {"field": "month", "type": "ordinal", "sort": null},
    "xOffset": {"field": "place"},
    "y": {"field": "mm", "type": "quantitative", "title": "rain in mm"},
    "color": {"field": "place", "type": "nominal"},
    "opacity": {"condition": {"param": "pick", "value": 1}, "value": 0.2}
  }
}
"""
FILES = {
    "content/episodes/rain.md": episode("Rain", "rain", date="2026-01-01", visualizations="[rain]"),
    "content/visualizations/rain/visualization.yaml": "title: Rain by month\n",
    "content/visualizations/rain/rain.vl.json": SPECIFICATION,
    "content/visualizations/rain/rain.csv": "month,place,mm\nJan,Coast,90\nJan,Hill,120\n",
}
VIEW = "visualizations/rain/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one chart, under a sub-path and away from its public address."""
    top = tmp_path_factory.mktemp("chart")
    root, out = write_site(top / "site", FILES), top / "served/shows/rain"
    assert build(root, out, NOW, Options(), Problems()) is not None
    with serving(top / "served") as server:
        yield f"{server}shows/rain/"


def opened(browser: Browser, address: str, faults: list[str], **context: object) -> Page:
    """A page of its own; what goes wrong in it, and what it asks of others, is noted."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if "127.0.0.1" in asked.url else faults.append(asked.url))
    page.goto(address)
    page.locator("iframe").scroll_into_view_if_needed()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1040])
def test_a_chart_lives_in_its_frame(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    faults: list[str] = []
    page = opened(
        browser,
        address + VIEW,
        faults,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    inside = page.frame_locator("iframe")
    expect(inside.locator("html[data-chart=living]")).to_have_count(1)

    sandbox = page.locator("iframe").get_attribute("sandbox") or ""
    assert "allow-same-origin" not in sandbox
    policy = inside.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    bars = inside.locator(".mark-rect path")
    expect(bars).to_have_count(2)
    ink = {"light": "rgb(168, 64, 31)", "dark": "rgb(240, 146, 111)"}[scheme]
    assert bars.first.evaluate("bar => getComputedStyle(bar).fill") == ink
    drawn = inside.locator("svg.marks").evaluate("svg => svg.getBoundingClientRect().width")
    room = inside.locator("main").evaluate("main => main.clientWidth")
    assert abs(room - drawn) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    bars.first.hover()
    expect(inside.locator("#vg-tooltip-element")).to_contain_text(re.compile("Coast"))
    inside.locator(".role-legend-symbol path").first.click()
    expect(bars.nth(1)).to_have_attribute("opacity", "0.2")
    assert faults == []
    page.context.close()


def test_without_script_there_is_the_picture_and_the_table(browser: Browser, address: str) -> None:
    faults: list[str] = []
    page = opened(browser, address + VIEW, faults, java_script_enabled=False)

    expect(page.frame_locator("iframe").locator("svg[role=img] .mark-rect path")).to_have_count(2)
    page.get_by_text("the data as a table").click()
    table = page.get_by_role("table", name="Rain by month")
    expect(table.get_by_role("columnheader")).to_have_text(["month", "place", "mm"])
    expect(table.get_by_role("row").nth(2)).to_have_text("JanHill120")
    data = page.get_by_role("link", name="rain.csv")
    expect(data).to_have_attribute("href", "../../visualizations/rain/rain.csv")
    assert faults == []
    page.context.close()


def test_a_library_that_does_not_come_leaves_the_picture(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/static/vega*", lambda route: route.abort())
    page.goto(address + VIEW)

    expect(page.frame_locator("iframe").locator(".picture .mark-rect path")).to_have_count(2)
    page.close()


def test_the_library_is_published_once_and_only_for_charts(site: MakeSite) -> None:
    plain, _ = built(site({}))
    twin = {name.replace("rain/", "twin/"): text for name, text in FILES.items() if "rain/" in name}
    charted, problems = built(site({**FILES, **twin}))

    assert plain is not None
    assert charted is not None
    assert not problems.stop()
    assert [path for path in plain.outputs if "vega" in path] == []
    assert len([path for path in charted.outputs if "static/vega" in path]) == 1


def test_a_long_table_is_cut_and_says_so(site: MakeSite) -> None:
    rows = "".join(f"m{number},Coast,{number}\n" for number in range(1200))
    files = {**FILES, "content/visualizations/rain/rain.csv": f"month,place,mm\n{rows}"}
    charted, _ = built(site(files))

    assert charted is not None
    page = charted.outputs["visualizations/rain/index.html"].read().decode()
    assert "The first 100 of 1\u202f200 rows." in page
    assert page.count("<tr>") == 101


def test_a_chart_keeps_free_what_its_picture_needs(site: MakeSite) -> None:
    charted, _ = built(site(FILES))
    own = "content/visualizations/rain/visualization.yaml"
    told, _ = built(site({**FILES, own: "title: Rain by month\nheight: 500\n"}))

    assert charted is not None
    assert told is not None
    (held,) = charted.archive.visualizations
    assert held.chart is not None
    assert held.height == held.chart.height + 40
    assert told.archive.visualizations[0].height == 500
