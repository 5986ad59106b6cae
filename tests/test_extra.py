"""Keys of somebody's own: they reach templates, and nothing else."""

from pathlib import Path

import pytest

from backlist import content
from backlist.build import Options, build
from backlist.model import Episode, writable
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite, episode

SITE = """\
show:
  title: The Owl Show
  description: Owls.
  extra: {station: Radio 9}
site:
  base_url: https://example.org/
  extra: {donors: [Ada, Ben]}
"""
TEMPLATE = """\
{% extends "theme/episode.html" %}
{% block notes %}<p class="own">{% if page.extra.sponsor is defined %}{{ page.extra.sponsor }}
{%- endif %} {{ site.show_extra.station }} {{ site.extra.donors | join("+") }}</p>{% endblock %}
"""


@pytest.fixture
def owls(site: MakeSite) -> Path:
    own = {"sponsor": "Barn & <Sons>", "live": "yes", "places": ["Lisbon", {"near": "Porto"}]}
    return site(
        {
            "site.yaml": SITE,
            "templates/episode.html": TEMPLATE,
            "content/episodes/one.md": episode("One", "one", date="2026-01-01", extra=own),
            "content/episodes/two.md": episode("Two", "two", date="2026-01-02"),
        }
    )


def published(root: Path) -> dict[str, str]:
    problems = Problems()
    assert build(root, root / "build", NOW, Options(), problems) is not None
    assert not problems.stop(), [*problems]
    return {
        path.relative_to(root / "build").as_posix(): path.read_text("utf-8", errors="replace")
        for path in (root / "build").rglob("*")
        if path.is_file()
    }


def test_they_reach_templates_and_nothing_else(owls: Path) -> None:
    pages = published(owls)

    one, two = (pages[f"episodes/{name}/index.html"] for name in ("one", "two"))
    assert '<p class="own">Barn &amp; &lt;Sons&gt; Radio 9 Ada+Ben</p>' in one
    assert '<p class="own"> Radio 9 Ada+Ben</p>' in two
    said = ("Barn", "Radio 9", "Lisbon")
    assert {name for name, text in pages.items() if any(word in text for word in said)} == {
        "episodes/one/index.html",
        "episodes/two/index.html",
    }


def test_a_change_makes_the_pages_anew_that_can_show_it(owls: Path) -> None:
    before = published(owls)
    record = owls / "content/episodes/one.md"
    record.write_text(record.read_text("utf-8").replace("Barn", "Tawny"), "utf-8")
    after = published(owls)

    assert "Tawny &amp;" in after["episodes/one/index.html"]
    assert {name for name in before if before[name] != after[name]} == {"episodes/one/index.html"}
    settings = owls / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Ben", "Cy"), "utf-8")
    assert "Ada+Cy" in published(owls)["episodes/two/index.html"]


def test_they_are_kept_as_they_were_written() -> None:
    own = {"sponsor": "Barn & Sons", "at": "42:10", "list": ["1", {"a": "no"}]}
    record = Episode(title="One", slug="one", extra=own)
    document = content.parse_markdown(
        content.dump_markdown(writable(record), ""), "one.md", Problems()
    )

    assert document is not None and document.data["extra"] == own
    assert content.read(Episode, document, Problems(), body="") == record
