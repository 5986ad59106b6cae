"""The mutations made to the records of a site: the build blocks each and publishes nothing."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from backlist.build import Options, build
from backlist.load import LOCK
from backlist.problems import Level, Problems
from tests.conftest import NOW, episode, write_site

Fields = dict[str, str]
COUNT = 40


def fields(number: int) -> Fields:
    return {
        "guid": f"'http://old.example/?p={number:03}x '",
        "date": (date(2025, 1, 1) + timedelta(weeks=number)).isoformat(),
        "audio": f"{{url: https://audio.small.example/{number}.mp3, length: 9}}",
    }


SHOW = {number: fields(number) for number in range(1, COUNT + 1)}
Show = dict[int, Fields]


def each(name: str, make: Callable[[str], str]) -> Callable[[Show], Show]:
    return lambda show: {n: {**told, name: make(told[name])} for n, told in show.items()}


def swap(name: str) -> Callable[[Show], Show]:
    return lambda show: {
        **show,
        3: {**show[3], name: show[9][name]},
        9: {**show[9], name: show[3][name]},
    }


def later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=3)).isoformat()


MUTATIONS: dict[str, tuple[Callable[[Show], Show], str]] = {
    "prefix": (
        each("guid", lambda g: g.replace("'http", "'urn:http")),
        "40 of 40 guids would have something added before or after",
    ),
    "case": (
        each("guid", lambda g: g.replace("x", "X")),
        "40 of 40 guids would differ only in case",
    ),
    "strip": (
        each("guid", lambda g: g.replace(" ", "")),
        "40 of 40 guids would differ only in white space",
    ),
    "https": (
        each("guid", lambda g: g.replace("http:", "https:")),
        "40 of 40 guids would differ only in `http://` and `https://`",
    ),
    "host": (
        each("guid", lambda g: g.replace("old.", "new.")),
        "40 of 40 guids would differ only in the host",
    ),
    "dropped": (lambda show: dict(list(show.items())[30:]), "30 of 40 items would be lost"),
    "emptied": (lambda show: {}, "the feed would be empty: all 40 items would be lost"),
    "swapped guids": (swap("guid"), "2 of 40 guids would move to another episode"),
    "swapped dates": (swap("date"), "2 of 40 publication dates would be those of other items"),
    "later": (each("date", later), "1 of 40 publication dates would move past the newest"),
}


def publish(root: Path, show: Show) -> Problems:
    folder = root / "content/episodes"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for number, told in show.items():
        text = episode(f"Night {number}", f"night-{number}", **told)
        (folder / f"{number}.md").write_text(text)
    problems = Problems()
    build(root, root / "build", NOW, Options(), problems)
    return problems


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_site(tmp_path_factory.mktemp("published") / "site", {})
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CI", raising=False)
        assert not publish(root, SHOW).stop()
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the published show, which a test may change."""
    monkeypatch.delenv("CI", raising=False)
    return Path(shutil.copytree(published, tmp_path / "site"))


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_build_refuses_and_leaves_site_and_lock_alone(root: Path, name: str) -> None:
    mutate, words = MUTATIONS[name]
    before = (root / LOCK).read_bytes(), (root / "build/feed.xml").read_bytes()

    problems = publish(root, mutate(SHOW))

    errors = [one for one in problems if one.level is Level.ERROR]
    assert len(errors) == 1
    assert errors[0].message.startswith(words)
    assert "`backlist accept-changes " in errors[0].hint
    assert ((root / LOCK).read_bytes(), (root / "build/feed.xml").read_bytes()) == before
    assert not publish(root, SHOW).stop()
