"""Templates hold no logic, and documentation and views agree."""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, nodes

from backlist import theme
from backlist.extras.map import views as map_views
from backlist.pages import views
from tests.conftest import HERE

SHIPPED = theme.shipped_folder()
TEMPLATES = sorted((SHIPPED / "templates").rglob("*.html"))
LOGIC = (
    nodes.Filter,
    nodes.Assign,
    nodes.BinExpr,
    nodes.Compare,
    nodes.Test,
    nodes.Slice,
    nodes.Getitem,
    nodes.CondExpr,
)
ROOT = HERE.parent


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_only_places_what_it_is_given(path: Path) -> None:
    tree = Environment().parse(path.read_text("utf-8"))
    allowed_math = (nodes.And, nodes.Or)
    found = [
        f"{path.name}:{node.lineno}: {type(node).__name__}"
        for node in tree.find_all(LOGIC)
        if not isinstance(node, allowed_math)
    ]

    assert found == []


def test_no_show_is_named_in_the_theme() -> None:
    show = yaml.safe_load((ROOT / "site.yaml").read_text("utf-8"))["show"]
    words = [show["title"], show["author"], *show["people"]]
    texts = [
        p
        for folder in ("templates", "static")
        for p in (SHIPPED / folder).rglob("*")
        if p.suffix in (".css", ".html", ".js", ".svg")
    ]

    named = [(p.name, w) for p in texts for w in words if w.lower() in p.read_text("utf-8").lower()]

    assert named == []


def test_every_field_of_a_view_is_documented_and_none_that_is_gone() -> None:
    text = (ROOT / "docs/templates.md").read_text("utf-8")
    documented = {
        (heading, field)
        for heading, body in re.findall(r"^###[^\n]*`(\w+)`\n(.*?)(?=^##|\Z)", text, re.S | re.M)
        for field in re.findall(r"^\| `(\w+)`", body, re.M)
    }
    shown = {**vars(views), **vars(map_views)}
    shown["Card"] = shown.pop("CardView")  # a card is a view that is made where it is printed
    real = {
        (name, field.name)
        for name, view in shown.items()
        if dataclasses.is_dataclass(view)
        for field in dataclasses.fields(view)
    }

    assert documented == real
