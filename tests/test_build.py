"""The chain as a whole."""

import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backlist import build as chain
from backlist import outputs as makers
from backlist.build import Options, build
from backlist.cache.store import STORE, Cache
from backlist.files.output import Outputs
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite, built, episode, tree
from tests.golden import GOLDEN, published


def test_the_rich_site_is_the_golden_one(rich: Path, tmp_path: Path) -> None:
    """`make golden` rewrites what is expected; the difference is for a person to read."""
    problems = Problems()

    build(rich, tmp_path / "out", NOW, Options(), problems)

    assert published(tmp_path / "out") == published(GOLDEN)
    assert "".join(f"{p}\n" for p in problems) == (GOLDEN.parent / "rich.txt").read_text("utf-8")


def test_building_twice_gives_the_same_bytes_and_touches_nothing(
    rich: Path, tmp_path: Path
) -> None:
    first = build(rich, tmp_path / "out", NOW, Options(), Problems())
    before = tree(tmp_path / "out")

    second = build(rich, tmp_path / "out", datetime(2027, 1, 1, tzinfo=UTC), Options(), Problems())

    assert first is not None and second is not None
    assert (second.written, second.removed) == (0, 0)
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize("seed", ["0", "1", "7"])
def test_hash_seeds_do_not_matter(rich: Path, tmp_path: Path, seed: str) -> None:
    build(rich, tmp_path / "here", NOW, Options(), Problems())
    command = [sys.executable, "-m", "backlist", "build", "--site", str(rich)]
    env = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}

    subprocess.run(
        [*command, "--out", str(tmp_path / "there")], env=env, check=True, capture_output=True
    )

    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def test_the_order_of_makers_does_not_matter(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(rich, tmp_path / "one", NOW, Options(), Problems())
    shuffled = list(makers.MAKERS)
    random.Random(5).shuffle(shuffled)
    monkeypatch.setattr(makers, "MAKERS", tuple(shuffled))

    build(rich, tmp_path / "two", NOW, Options(), Problems())

    assert tree(tmp_path / "two") == tree(tmp_path / "one")


def test_an_error_leaves_the_last_good_site_as_it_was(rich: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(rich, out, NOW, Options(), Problems())
    before = tree(out)
    (rich / "content/episodes/new.md").write_text("---\ntitle: No slug\n---\n")
    problems = Problems()

    written = build(rich, out, NOW, Options(), problems)

    assert written is None
    assert problems.stop()
    assert tree(out) == before


def test_strict_lets_warnings_stop_the_build(rich: Path, tmp_path: Path) -> None:
    assert build(rich, tmp_path / "out", NOW, Options(strict=True), Problems()) is None
    assert not (tmp_path / "out").exists()


def test_the_cache_changes_time_but_no_byte(rich: Path, tmp_path: Path) -> None:
    build(rich, tmp_path / "without", NOW, Options(), Problems())
    for _ in range(2):
        with Cache(tmp_path / "cache") as cache:
            build(rich, tmp_path / "with", NOW, Options(), Problems(), cache)

    assert tree(tmp_path / "with") == tree(tmp_path / "without")


def test_a_cache_that_cannot_be_read_is_forgotten(rich: Path, tmp_path: Path) -> None:
    (tmp_path / STORE).write_text('{"program": 3')

    with Cache(tmp_path) as cache:
        assert build(rich, tmp_path / "out", NOW, Options(), Problems(), cache) is not None


def test_every_link_stays_inside_under_a_sub_path(rich: Path) -> None:
    base = "https://example.org/shows/tide/"

    made, problems = built(rich, Options(base_url=base))

    assert made is not None and not problems.stop()
    missing = made.outputs["404.html"].read().decode()
    assert 'href="/shows/tide/episodes/"' in missing
    assert f"<loc>{base}episodes/</loc>" in made.outputs["sitemap.xml"].read().decode()
    assert f'href="{base}feed.xml"' in made.outputs["feed.xml"].read().decode()


def test_no_address_keeps_the_placeholder_for_the_way_home(outputs: Outputs) -> None:
    ends = (".html", ".xml", ".json", ".md", ".txt")
    texts = ((path, out.read()) for path, out in outputs.items() if path.endswith(ends))

    left = [b"\0", b"%00", b"\\u0000", b"&#0;", "\ufffd/".encode()]
    assert [path for path, text in texts if any(one in text for one in left)] == []


def test_an_empty_archive_is_a_site_too(site: MakeSite, tmp_path: Path) -> None:
    problems = Problems()

    assert build(site({}), tmp_path / "out", NOW, Options(), problems) is not None


def test_undated_episodes_come_last_in_their_stored_order(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", order=2),
            "content/episodes/b.md": episode("B", "b", order=1),
            "content/episodes/c.md": episode("C", "c", date="2020-01-01"),
        }
    )

    made, _ = built(root)

    assert made is not None
    assert [entry.slug for entry in made.archive.entries] == ["c", "b", "a"]
    assert [(e.newer, e.older) for e in made.archive.entries] == [
        (None, "b"),
        ("c", "a"),
        ("b", None),
    ]


def test_the_clock_can_be_set_for_reproducible_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    assert chain.clock() == datetime(1970, 1, 2, tzinfo=UTC)
