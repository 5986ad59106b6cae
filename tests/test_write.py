"""What reaches the disk, and what never does."""

import json
from pathlib import Path

import pytest

from backlist.cache import NO_CACHE, Cache
from backlist.output import Made, Output, collect
from backlist.problems import BacklistError, Problems, Where
from backlist.write import (
    MANIFEST,
    STAGE,
    Written,
    claim,
    discard,
    guard,
    prepare,
    publish,
    write,
)
from tests.conftest import tree


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


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    write(outputs(a="1", b_c_d="2"), tmp_path)

    write(outputs(a_e="3", b="4"), tmp_path)

    assert (tmp_path / "a/e").read_text() == "3"
    assert (tmp_path / "b").read_text() == "4"


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


def facts(output: Output, data: bytes) -> str:
    return f"{output.path}: {len(data)}"


def test_preparing_changes_nothing_that_is_published(tmp_path: Path) -> None:
    write(outputs(a="1", b="2"), tmp_path)
    before = tree(tmp_path)
    problems = Problems()

    prepared = prepare(outputs(a="other", c="3"), tmp_path, facts, NO_CACHE, problems)

    left = tree(tmp_path)
    assert {path: left[path] for path in before} == before
    assert {path.split("/")[0] for path in left.keys() - before.keys()} == {STAGE}
    assert prepared.staged.keys() == {"a", "c"}
    discard(tmp_path)
    assert tree(tmp_path) == before


def test_preparing_for_no_folder_touches_no_disk(tmp_path: Path) -> None:
    page = Output("index.html", b"<p>x", "test")

    prepared = prepare({page.path: page}, None, facts, NO_CACHE, Problems())

    assert prepared.facts == {"index.html": "index.html: 4"}
    assert prepared.staged == {}


def test_what_was_prepared_and_not_published_leaves_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    prepare(outputs(a="1"), out, facts, NO_CACHE, Problems())

    discard(out)
    assert not out.exists()


def failing() -> bytes:
    raise BacklistError(Where("templates/x.html", 3), "is wrong", "mend it")


def test_an_output_that_cannot_be_made_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write(outputs(a="1", b="2"), tmp_path)
    before = tree(tmp_path)
    wrong = {**outputs(a="other"), "z": Output("z", Made(b"z", failing), "test")}

    with pytest.raises(BacklistError, match="is wrong"):
        write(wrong, tmp_path)

    discard(tmp_path)
    assert tree(tmp_path) == before


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    write(outputs(a="1", d_e="2"), tmp_path)
    before = tree(tmp_path)
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "0").write_text("half")
    (tmp_path / "d/.backlist-x.tmp").write_text("half")

    write(outputs(a="1", d_e="2"), tmp_path)

    assert tree(tmp_path) == before


def test_what_a_killed_run_published_is_removed_by_the_next(tmp_path: Path) -> None:
    """The manifest names old and new files before the first of them is put."""
    write(outputs(a="1"), tmp_path)
    new = outputs(b="2", c="3")
    claim(new, tmp_path)
    (tmp_path / "b").write_text("2")

    write(outputs(c="3"), tmp_path)

    assert tree(tmp_path).keys() == {"c", MANIFEST}


def test_a_known_file_that_somebody_changed_is_written_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Cache(tmp_path / "cache") as cache:
        files = outputs(a="1", b="2")
        publish(files, prepare(files, out, facts, cache, Problems()), out, cache)
    (out / "a").write_text("x")
    (out / "b").unlink()

    with Cache(tmp_path / "cache") as cache:
        written = publish(files, prepare(files, out, facts, cache, Problems()), out, cache)

    assert written == Written(written=2, kept=0, removed=0)
    assert ((out / "a").read_text(), (out / "b").read_text()) == ("1", "2")


def test_a_folder_that_is_none_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")

    with pytest.raises(BacklistError, match="cannot be written: Not a directory"):
        write(outputs(a="1"), tmp_path / "out")
    discard(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "in the way"


@pytest.mark.parametrize("place", [".", "..", "content", "content/episodes", "static"])
def test_the_sites_own_folders_are_refused(tmp_path: Path, place: str) -> None:
    root = tmp_path / "site"
    (root / "content/episodes").mkdir(parents=True)

    with pytest.raises(BacklistError, match="contains the site's own files"):
        guard(root / place, root)


def test_another_site_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.yaml").write_text("")

    with pytest.raises(BacklistError, match="is itself a site"):
        guard(other, tmp_path / "site")


def test_two_makers_of_one_path_are_an_error_naming_both() -> None:
    problems = Problems()

    made = collect([Output("A/x", b"1", "pages", "one.md"), Output("a/X", b"2", "lists")], problems)

    assert list(made) == ["A/x"]
    assert [str(problem) for problem in problems] == [
        "build: error: a/X would be written twice\n"
        "  by pages: one.md and by lists; give one of them another slug or name"
    ]
