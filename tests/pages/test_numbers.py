"""Season, number and kind of an episode, where a reader meets them."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeSite, built, episode

PAGE, LIST = "episodes/a/index.html", "episodes/index.html"


def shown(root: Path, path: str) -> str:
    site, _ = built(root)
    assert site is not None
    return site.outputs[path].read().decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"season": 2, "number": 1}, "Season 2, episode 1"),
        ({"season": 2}, "Season 2"),
        ({"number": 206}, "Episode 206"),
    ],
)
def test_a_page_says_season_and_number(site: MakeSite, fields: dict[str, Any], words: str) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", **fields)})
    assert f"<span>{words}</span>" in shown(root, PAGE)
    assert words in shown(root, "episodes/a/index.md")


def test_a_page_without_numbers_says_nothing(site: MakeSite) -> None:
    text = shown(site({"content/episodes/a.md": episode("A", "a")}), PAGE)
    assert "Season" not in text and "Episode 1" not in text and 'class="badge"' not in text


@pytest.mark.parametrize("kind", ["trailer", "bonus"])
def test_what_is_no_full_episode_is_marked_on_its_page_and_in_lists(
    site: MakeSite, kind: str
) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", type=kind)})
    for path in (PAGE, LIST):
        assert f'<b class="badge">{kind.title()}</b>' in shown(root, path)
