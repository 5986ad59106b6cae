"""`content/topics.yaml`: which topics episodes have by it, and those that are offered for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from backlist.cache import NO_CACHE
from backlist.cli import main
from backlist.load import TOPICS, load
from backlist.problems import Problems
from backlist.resolve import resolve

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SITE = """\
show: {title: Bench, description: Of things, author: Ann, categories: [Technology], language: en}
site: {base_url: "https://bench.example/"}
"""


def episode(root: Path, slug: str, title: str, *, more: str = "", body: str = "Notes.") -> None:
    text = (
        f"---\ntitle: {title}\nslug: {slug}\ndate: 2025-01-01\nguid: g-{slug}\n{more}---\n{body}\n"
    )
    (root / "content/episodes").mkdir(parents=True, exist_ok=True)
    (root / f"content/episodes/{slug}.md").write_text(text, "utf-8")


def topics(root: Path, text: str = "") -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The topics of each episode by slug, and what is wrong, with `text` in the file."""
    (root / "site.yaml").write_text(SITE, "utf-8")
    if text:
        (root / TOPICS).write_text(text, "utf-8")
    problems = Problems()
    catalog = resolve(load(root, problems), NOW, NO_CACHE, problems)
    assert catalog is not None
    found = {one.episode.slug: one.episode.topics for one in catalog.episodes}
    return found, [str(one) for one in problems.found if TOPICS in str(one)]


def test_an_episode_has_its_own_topics_by_their_titles_and_those_it_is_given(
    tmp_path: Path,
) -> None:
    episode(tmp_path, "one", "One", more="topics: [K8S, Rust, kubernetes]\n")
    episode(tmp_path, "two", "Two")
    episode(tmp_path, "hidden", "Hidden", more="status: private\n")
    found, wrong = topics(
        tmp_path,
        "topics:\n- title: Kubernetes\n  also: [k8s]\n  episodes: [two, hidden]\n",
    )
    assert found == {"one": ("Kubernetes", "Rust"), "two": ("Kubernetes",)}
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("topics:\n- title: A\n  episodes:\n  - onne\n", 4, "no episode is called `onne`"),
        ("topics:\n- title: A\n  also: [X]\n- title: B\n  also:\n  - x\n", 6, "of the topic `A`"),
        ("topics:\n- title: A\n- title: a\n", 3, "of the topic `A`"),
        ("topics:\n- title: A\n  episodes:\n  - one\n  - one\n", 5, "twice"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    episode(tmp_path, "one", "One")
    _, wrong = topics(tmp_path, text)
    assert len(wrong) == 1
    assert f"{TOPICS}:{line}:" in wrong[0]
    assert words in wrong[0]


def test_offered_topics_have_their_episodes_and_none_that_is_hidden_and_return_never(
    tmp_path: Path,
) -> None:
    for number in range(12):
        subject = ("soil erosion", "river deltas", "plain talk")[number // 4]
        more = "status: private\n" if number == 3 else ""
        body = f"We speak of {subject} today, and of item {number}."
        episode(tmp_path, f"e{number}", f"About {subject}, {number}", more=more, body=body)
    topics(tmp_path)
    run = CliRunner().invoke(main, ["suggest-topics", "--site", str(tmp_path)])
    assert run.exit_code == 0, run.output
    path = tmp_path / TOPICS
    offered = {one["title"]: one for one in yaml.safe_load(path.read_text("utf-8"))["topics"]}
    assert offered["soil erosion"]["episodes"] == ["e0", "e1", "e2"]
    assert "3 of 3 titles" in offered["soil erosion"]["why"]
    kept = "# mine\ntopics:\n- title: Deltas # changed\n  episodes: [e4]\n"
    kept += f"offered: [{', '.join(offered)}]\n"
    path.write_text(kept, "utf-8")
    again = CliRunner().invoke(main, ["suggest-topics", "--site", str(tmp_path)])
    assert "no new topic" in again.output
    assert path.read_text("utf-8") == kept
