"""The one door, and the faults of records that see each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backlist.build import Options
from backlist.model import Status
from tests.conftest import SETTINGS, MakeSite, built, episode

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


LAB = "content/visualizations/lab"
AUDIO = "---\ntitle: A\nslug: a\naudio:\n  url: https://a.example/1.mp3\n"
RENAMED = [
    ("site.yaml", SETTINGS, "  type: sans", "site.type", "font"),
    (
        "site.yaml",
        SETTINGS + "  feed:\n",
        "    was: [https://a.example/x]",
        "site.feed.was",
        "previous_urls",
    ),
    ("content/episodes/a.md", "---\ntitle: A\nslug: a\n", "takes: [b]", "takes", "same_paper"),
    (
        "content/episodes/a.md",
        AUDIO,
        "  was: [https://a.example/0.mp3]",
        "audio.was",
        "previous_urls",
    ),
    ("content/works.yaml", "", "apart: [[A, B]]", "apart", "distinct"),
    (f"{LAB}/visualization.yaml", "title: Lab\n", "start: true", "start", "autostart"),
]
"""File, text, a line under its old name, the key as a message names it, and its new name."""


def _site_with(site: MakeSite, file: str, text: str) -> Path:
    end = "---\n" if file.endswith(".md") else ""
    others = {
        "content/episodes/a.md": episode("A", "a"),
        "content/episodes/b.md": episode("B", "b"),
        f"{LAB}/index.html": "<!doctype html><title>Lab</title>",
    }
    return site({**others, file: text + end})


@pytest.mark.parametrize(("file", "text", "line", "old", "new"), RENAMED)
def test_an_old_name_of_a_key_works_with_a_warning(
    site: MakeSite, file: str, text: str, line: str, old: str, new: str
) -> None:
    made, problems = built(_site_with(site, file, f"{text}{line}\n"))

    assert made is not None
    assert not problems.stop()
    assert [str(problem) for problem in problems if "is now called" in str(problem)] == [
        f"{file}:{text.count(chr(10)) + 1}: warning: `{old}` is now called `{new}`\n"
        f"  write `{new}:`; the old name stops working in the next release"
    ]


@pytest.mark.parametrize(("file", "text", "line", "old", "new"), RENAMED)
def test_both_names_of_a_key_are_an_error(
    site: MakeSite, file: str, text: str, line: str, old: str, new: str
) -> None:
    key = old.rpartition(".")[2]

    _, problems = built(_site_with(site, file, f"{text}{line}\n{line.replace(key, new)}\n"))

    assert [str(problem) for problem in problems if "given twice" in str(problem)] == [
        f"{file}:{text.count(chr(10)) + 1}: error: `{new}` is given twice: `{key}` is its old name"
        f"\n  keep `{new}:` and remove `{key}:`"
    ]


def test_a_problem_of_a_key_with_an_old_name_is_reported_at_its_line(site: MakeSite) -> None:
    _, problems = built(site({"content/episodes/a.md": episode("A", "a", takes="[c]")}))

    assert "content/episodes/a.md:4: error: no episode is called `c`" in "\n".join(
        map(str, problems)
    )
