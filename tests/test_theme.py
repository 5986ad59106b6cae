"""What is said of a template that cannot be rendered: the file and line it is wrong at."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from backlist import theme
from backlist.cache import stamp
from backlist.problems import BacklistError
from backlist.theme import Theme, _Compiled

SHIPPED = {
    "base.html": "<title>{% block title %}{% endblock %}</title>",
    "page.html": '{% extends "base.html" %}\n{% from "components/row.html" import row %}\n'
    "{% block title %}{{ row(page) }}{% endblock %}",
    "components/row.html": "{% macro row(page) %}{{ page }}{% endmacro %}",
}


def fault(own: dict[str, str]) -> str:
    """The first line of what is said."""
    with pytest.raises(BacklistError) as told:
        Theme(own, SHIPPED, {}).render("page.html", page="A Page")
    return str(told.value).split("\n")[0]


def test_a_template_of_the_site_stands_before_the_shipped_one_which_stays_in_reach() -> None:
    own = {"base.html": 'Before {% extends "theme/base.html" %}'}
    assert Theme({}, SHIPPED, {}).render("page.html", page="A & B") == "<title>A &amp; B</title>"
    assert Theme(own, SHIPPED, {}).render("page.html", page="A") == "Before <title>A</title>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n{{ nobody }}", "2: error: cannot be rendered: 'nobody' is undefined"),
        ("{{ page.no }}", "1: error: cannot be rendered: 'str object' has no attribute 'no'"),
        ("\n\n{{ 1 / 0 }}", "3: error: cannot be rendered: division by zero"),
        ("{{ page() }}", "1: error: cannot be rendered: 'str' object is not callable"),
        ("{% for a in 5 %}{% endfor %}", "1: error: cannot be rendered: 'int' object is not"),
        (
            "\n{% include 'gone.html' %}",
            "2: error: names a template that does not exist: gone.html",
        ),
        ("\n{% block %}", "2: error: is not a valid template: "),
    ],
)
def test_a_fault_in_what_others_build_on_is_told_where_it_is(text: str, said: str) -> None:
    assert fault({"base.html": text}).startswith(f"templates/base.html:{said}")


def test_a_shipped_template_that_misses_something_names_itself() -> None:
    told = fault({"components/row.html": "{% macro other() %}{% endmacro %}"})
    assert told.startswith("theme/page.html:")
    assert "'components/row.html'" in told and "'row'" in told


def test_a_template_that_changed_is_compiled_anew() -> None:
    for text in ("One", "Two"):
        assert Theme({"page.html": text}, SHIPPED, {}).render("page.html") == text


def test_compiled_templates_are_kept_and_damaged_ones_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = []
    compile_template = Environment.compile

    def counting(self: Environment, source: Any, *others: Any, **more: Any) -> Any:
        compiled.append(source)
        return compile_template(self, source, *others, **more)

    def rendered() -> str:
        """As another process would: nothing is known but what the folder holds."""
        kept = _Compiled()
        kept.directory = str(tmp_path)
        monkeypatch.setattr(theme, "_COMPILED", kept)
        return Theme({}, {"page.html": "{{ page }}"}, {}).render("page.html", page="A")

    monkeypatch.setattr(Environment, "compile", counting)
    assert [rendered(), rendered()] == ["A", "A"]
    assert len(compiled) == 1

    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
        kept.write_bytes(damaged)
        assert rendered() == "A"
    assert len(compiled) == 4

    monkeypatch.setattr(stamp, "program", lambda: "another program")
    assert rendered() == "A"
    assert len(compiled) == 5
