"""What reaches the disk, and what never does."""

import json
from pathlib import Path

import pytest

from backlist.output import Output, collect
from backlist.problems import BacklistError, Problems
from backlist.write import MANIFEST, Written, guard, write


def outputs(**contents: str) -> dict[str, Output]:
    made = [
        Output(name.replace("_", "/"), text.encode(), "test") for name, text in contents.items()
    ]
    return collect(made, Problems())


def test_only_what_differs_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    write(outputs(a="1", b="2", d_e="3"), tmp_path)
    kept = (tmp_path / "a").stat().st_mtime_ns

    written = write(outputs(a="1", b="other"), tmp_path)

    assert written == Written(written=1, kept=1, removed=1)
    assert (tmp_path / "a").stat().st_mtime_ns == kept
    assert (tmp_path / "b").read_text() == "other"
    assert not (tmp_path / "d").exists()


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("tide.example")

    write(outputs(a="1"), tmp_path)
    write(outputs(), tmp_path)

    assert (tmp_path / "CNAME").read_text() == "tide.example"
    assert not (tmp_path / "a").exists()


def test_a_manifest_that_points_outside_is_not_believed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / MANIFEST).write_text(json.dumps({"files": ["../victim", str(victim), 3]}))

    write(outputs(a="1"), out)

    assert victim.read_text() == "mine"


def test_files_to_copy_are_copied(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"\x00\x01")
    out = tmp_path / "out"

    write({"x.bin": Output("x.bin", source, "test")}, out)
    again = write({"x.bin": Output("x.bin", source, "test")}, out)

    assert (out / "x.bin").read_bytes() == b"\x00\x01"
    assert again.written == 0


@pytest.mark.parametrize("place", [".", "..", "content", "content/episodes", "static"])
def test_the_sites_own_folders_are_refused(tmp_path: Path, place: str) -> None:
    root = tmp_path / "site"
    (root / "content/episodes").mkdir(parents=True)

    with pytest.raises(BacklistError, match="holds the site's own files"):
        guard(root / place, root)


def test_another_site_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.yaml").write_text("")

    with pytest.raises(BacklistError, match="is a site itself"):
        guard(other, tmp_path / "site")


def test_two_makers_of_one_path_are_an_error_naming_both() -> None:
    problems = Problems()

    made = collect([Output("A/x", b"1", "pages", "one.md"), Output("a/X", b"2", "lists")], problems)

    assert list(made) == ["A/x"]
    assert [str(problem) for problem in problems] == [
        "build: error: a/X would be written twice\n"
        "  by pages: one.md and by lists; give one of them another slug or name"
    ]
