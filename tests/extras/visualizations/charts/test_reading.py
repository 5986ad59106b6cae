"""From a specification and its data to a chart."""

import json
import re
from importlib.metadata import PackageNotFoundError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.extras.visualizations import charts
from backlist.extras.visualizations.charts import Chart, engine
from backlist.extras.visualizations.charts.tables import infer, read_delimited, tabulate
from backlist.problems import Problems, Where

FOLDER = "content/visualizations/rain"
CSV = b"month,place,mm\nJan,Coast,90\nFeb,Hill,\n"
BAR: dict[str, Any] = {
    "mark": "bar",
    "encoding": {
        "x": {"field": "month", "type": "ordinal"},
        "y": {"field": "mm", "type": "quantitative"},
    },
}


def read(specification: object, **files: bytes) -> tuple[Chart | None, list[str]]:
    problems = Problems()
    named = {name.replace("_", "."): data for name, data in files.items()}
    named["chart.vl.json"] = json.dumps(specification).encode()
    found = charts.read(FOLDER, "chart.vl.json", "Rain by month", named, problems)
    return found, [str(problem) for problem in problems]


def source(chart: Chart) -> list[dict[str, Any]]:
    """The records that the runtime is given."""
    (first, *_) = json.loads(chart.vega)["data"]
    found: list[dict[str, Any]] = first["values"]
    return found


def test_a_file_beside_it_becomes_records_a_table_and_a_picture() -> None:
    chart, told = read({"data": {"url": "rain.csv"}, **BAR}, rain_csv=CSV)

    assert told == []
    assert chart is not None
    assert source(chart) == [
        {"month": "Jan", "place": "Coast", "mm": 90},
        {"month": "Feb", "place": "Hill", "mm": None},
    ]
    (table,) = chart.tables
    assert table.columns == ("month", "place", "mm")
    assert table.rows == (("Jan", "Coast", "90"), ("Feb", "Hill", ""))
    assert table.numeric == (False, False, True)
    assert table.file == "rain.csv"
    assert chart.drawn.startswith("<svg ")
    assert f'height="{chart.height}"' in chart.drawn
    assert chart.drawn.count('aria-roledescription="bar"') == 1


@pytest.mark.parametrize(
    "data",
    [
        {"values": [{"month": "Jan", "mm": 90}]},
        {"values": "month;mm\nJan;90", "format": {"type": "dsv", "delimiter": ";"}},
        {"url": "rain.json", "format": {"property": "of.wales"}},
        {"url": "rain.tsv"},
        {"url": "./rain.data", "format": {"type": "csv"}},
    ],
    ids=["inline", "text", "json", "tsv", "told type"],
)
def test_data_in_every_form_draws_the_same(data: dict[str, Any]) -> None:
    chart, told = read(
        {"data": data, **BAR},
        rain_json=b'{"of": {"wales": [{"month": "Jan", "mm": 90}]}}',
        rain_tsv=b"\xef\xbb\xbfmonth\tmm\r\nJan\t90\r\n",
        rain_data=b"month,mm\nJan,90\n",
    )

    assert told == []
    assert chart is not None
    (table,) = chart.tables
    assert (table.columns, table.rows) == (("month", "mm"), (("Jan", "90"),))
    # The bar's own words: what is drawn is what the data says.
    assert 'aria-label="month: Jan; mm: 90"' in chart.drawn


def test_data_named_once_is_used_twice_and_shown_once() -> None:
    layer = {"data": {"name": "rain"}, **BAR}
    chart, told = read({"datasets": {"rain": [{"month": "Jan", "mm": 9}]}, "layer": [layer, layer]})

    assert told == []
    assert chart is not None
    assert [table.name for table in chart.tables] == ["rain"]


def test_a_column_the_specification_types_itself_stays_as_it_is_written() -> None:
    data = {"url": "rain.csv", "format": {"parse": {"month": "string"}}}
    chart, _ = read({"data": data, **BAR}, rain_csv=b"month,mm\n007,90\n")

    assert chart is not None
    assert source(chart)[0] == {"month": "007", "mm": 90}


def test_nothing_but_a_width_of_its_own_keeps_a_chart_from_following_its_frame() -> None:
    data = {"values": [{"month": "Jan", "mm": 1}]}
    free, _ = read({"data": data, **BAR})
    fixed, _ = read({"data": data, "width": 300, **BAR})
    split, told = read({"data": data, "hconcat": [BAR, BAR]})

    assert free is not None
    assert fixed is not None
    assert split is not None
    assert told == []
    assert "containerSize" in free.vega
    assert "containerSize" not in fixed.vega
    assert "containerSize" not in split.vega
    assert "containerSize" not in free.drawn


def test_the_specifications_own_looks_win() -> None:
    data = {"values": [{"month": "Jan", "mm": 1}]}
    plain, _ = read({"data": data, **BAR})
    own, _ = read({"data": data, **BAR, "config": {"mark": {"color": "#123456"}}})

    assert plain is not None
    assert own is not None
    assert "#123456" not in plain.drawn
    assert 'fill="#123456"' in own.drawn
    assert 'fill="var(--soft' in own.drawn


def test_its_description_is_what_those_are_told_who_do_not_see_it() -> None:
    data = {"values": [{"month": "Jan", "mm": 1}]}
    named, _ = read({"data": data, "description": "Wet <winters>", **BAR})
    unnamed, _ = read({"data": data, **BAR})

    assert named is not None
    assert unnamed is not None
    page = charts.frame(named, "T", "en", "../vega.js").decode()
    assert 'aria-label="Wet &lt;winters&gt;"' in page
    assert unnamed.label == "Rain by month"


def test_data_cannot_end_the_element_it_stands_in() -> None:
    word = "</script><script>alert(1)</script>"
    chart, _ = read({"data": {"values": [{"month": word, "mm": 1}]}, **BAR})

    assert chart is not None
    page = charts.frame(chart, word, "en", "vega.js").decode()
    assert page.count("<script") == 3
    held = re.search(r'id="chart">(.*?)</script>', page, re.DOTALL)
    assert held is not None
    assert json.loads(held[1])["data"][0]["values"][0]["month"] == word


def test_without_what_draws_charts_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(engine, "version", missing)
    chart, told = read({"data": {"values": []}, **BAR})

    assert chart is None
    assert told == [
        f"{FOLDER}/chart.vl.json: error: charts cannot be drawn here: the package "
        "vl-convert-python is not installed\n"
        "  install what draws charts: pip install 'backlist[charts]'"
    ]


def test_another_release_of_what_draws_charts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "version", lambda name: "0.1")
    _, told = read({"data": {"values": []}, **BAR})

    assert f"charts need vl-convert-python {engine.PINNED}, and 0.1 is installed" in told[0]


def test_the_pinned_release_carries_the_versions_it_is_said_to() -> None:
    import altair
    import vl_convert

    assert vl_convert.get_vega_version() == engine.VEGA
    assert engine.VEGA_LITE in vl_convert.get_vegalite_versions()
    assert altair.SCHEMA_VERSION.lstrip("v").startswith("6.")


def test_the_library_is_the_same_every_time_and_keeps_its_notices() -> None:
    first = charts.library()

    assert first == charts.library()
    assert first.startswith(b"/*!\nThis file holds Vega 6.2.0")
    assert b"University of Washington Interactive Data Lab" in first[:6000]
    assert b"Mike Bostock" in first[:6000]
    assert len(first) < 700_000


def table_text(rows: list[list[str]]) -> str:
    quoted = (",".join('"' + value.replace('"', '""') + '"' for value in row) for row in rows)
    return "\n".join(quoted) + "\n"


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5)
)
def test_every_table_written_by_the_rules_is_read_back(rows: list[list[str]]) -> None:
    problems = Problems()
    text = table_text([["a", "b"], *rows])

    found = read_delimited(text, Where("t.csv"), ",", problems)

    assert list(problems) == []
    assert found == [dict(zip("ab", row, strict=True)) for row in rows]


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_numbers_are_read_as_numbers(number: float) -> None:
    assert infer([{"n": repr(number)}], {}) == [{"n": number}]
    table = tabulate("n", [{"n": number}])
    assert table is not None
    assert table.numeric == (True,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["+1", "02", ".5", "3."], [1, 2, 0.5, 3]),
        (["true", ""], [True, None]),
        (["1", "x"], ["1", "x"]),
    ],
)
def test_columns_are_typed_by_all_of_their_values(written: list[str], meant: list[Any]) -> None:
    assert [each["c"] for each in infer([{"c": text} for text in written], {})] == meant
