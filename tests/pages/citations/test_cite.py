"""What `backlist cite` answers."""

from pathlib import Path

import pytest

from backlist.pages.citations.cite import cite
from backlist.problems import BacklistError
from backlist.relate.archive import Archive
from tests.conftest import built


@pytest.fixture
def archive(rich: Path) -> Archive:
    made, _ = built(rich)
    assert made is not None
    return made.archive


def test_an_episode_is_cited_by_its_slug(archive: Archive) -> None:
    assert "title = {{Caches at Low Tide}}" in cite(archive, "caches-at-low-tide", "bibtex")


def test_a_moment_stands_in_the_line_and_the_address(archive: Archive) -> None:
    line = cite(archive, "queues-that-forget", "text", at="12:34")

    assert "12:34" in line
    assert "#t=754" in line


@pytest.mark.parametrize(
    ("wanted", "address", "note"),
    [
        ("bibtex", "/episodes/queues-that-forget/#t=754}", "At 12:34"),
        ("ris", "/episodes/queues-that-forget/#t=754\r\n", "N1  - "),
        ("csl", '/episodes/queues-that-forget/#t=754"', "At 12:34"),
    ],
)
def test_a_moment_is_in_every_format(
    archive: Archive, wanted: str, address: str, note: str
) -> None:
    written = cite(archive, "queues-that-forget", wanted, at="12:34")

    assert address in written
    assert note in written and "At 12:34" in written


@pytest.mark.parametrize(
    ("name", "sources"),
    [(None, False), ("evicting-the-sea", False), ("caches-at-low-tide", True)],
)
def test_a_moment_of_what_is_no_episode_is_told(
    archive: Archive, name: str | None, sources: bool
) -> None:
    with pytest.raises(BacklistError, match="`--at` is a position in one episode"):
        cite(archive, name, "bibtex", sources=sources, at="12:34")


def test_a_work_is_named_by_slug_or_id(archive: Archive) -> None:
    by_id = cite(archive, "usenix:fast24-lind", "ris")

    assert "Evicting the Sea" in by_id
    assert cite(archive, "evicting-the-sea", "ris") == by_id


def test_the_sources_of_an_episode_and_everything_can_be_had(archive: Archive) -> None:
    sources = cite(archive, "caches-at-low-tide", "csl", sources=True)

    assert "Evicting the Sea" in sources
    assert cite(archive, None, "bibtex").count("@") > 5


def test_a_wrong_name_is_answered_with_the_nearest(archive: Archive) -> None:
    with pytest.raises(BacklistError, match="did you mean `caches-at-low-tide`"):
        cite(archive, "cache-at-low-tide", "text")


def test_a_wrong_moment_is_told(archive: Archive) -> None:
    with pytest.raises(BacklistError, match="not a position in time"):
        cite(archive, "caches-at-low-tide", "text", at="noon")
