"""The one door, and the faults of records that see each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backlist.build import Options
from backlist.model import Status
from tests.conftest import MakeSite, built, episode

SECRET = "xyzzyplugh"
"""A word planted in a private, a draft and a future episode of the rich site."""


def leaks(root: Path, options: Options) -> Iterator[str]:
    made, _ = built(root, options)
    assert made is not None
    for output in made.outputs.values():
        if SECRET.encode() in output.read().lower() or SECRET in output.path.lower():
            yield output.path


def test_nothing_of_a_hidden_episode_reaches_any_output(rich: Path) -> None:
    assert list(leaks(rich, Options())) == []


def test_the_word_is_really_planted(rich: Path) -> None:
    planted = [
        p.name for p in (rich / "content/episodes").iterdir() if SECRET in p.read_text().lower()
    ]

    assert len(planted) == 3


def test_drafts_show_drafts_and_the_future_but_never_private_ones(rich: Path) -> None:
    made, _ = built(rich, Options(drafts=True))

    assert made is not None
    slugs = {entry.slug for entry in made.archive.entries}
    assert {"xyzzyplugh-draft", "xyzzyplugh-future"} <= slugs
    assert "xyzzyplugh-private" not in slugs


def test_drafts_never_enter_the_feed_nor_the_sitemap_as_published(rich: Path) -> None:
    made, _ = built(rich, Options(drafts=True))

    assert made is not None
    assert SECRET not in made.outputs["feed.xml"].read().decode().lower()
    assert made.archive.entry("xyzzyplugh-future").episode.status is Status.DRAFT


def test_an_episode_of_the_future_comes_out_at_its_time(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", date="2026-06-01T00:00:00+00:00")})
    later = site({"content/episodes/b.md": episode("B", "b", date="2026-06-01T00:00:01+00:00")})

    made, _ = built(root)

    assert root == later
    assert made is not None
    assert [entry.slug for entry in made.archive.entries] == ["a"]


@pytest.mark.parametrize("status", ["private", "draft"])
def test_a_mention_of_a_hidden_episode_is_text_without_a_link(site: MakeSite, status: str) -> None:
    sound = "https://audio.example/e/2026-01-01-hidden-thing-abcdef.mp3"
    hidden = episode("Hidden", "hidden-page", status=status, audio=sound)
    source = f"[{{title: 'The Small Hours: Hidden', url: '{sound}'}}]"
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", sources=source),
            "content/episodes/h.md": hidden,
        }
    )

    made, problems = built(root)

    assert made is not None
    assert not problems.stop()
    assert made.archive.entry("a").mentions == ()
    assert "hidden-page" not in "".join(
        o.read().decode()
        for o in made.outputs.values()
        if o.path.endswith((".html", ".xml", ".json"))
    )
