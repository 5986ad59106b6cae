"""What reaches the disk, and what never does."""

import errno
import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from backlist.cache.store import NO_CACHE, Cache
from backlist.files import replace
from backlist.files.output import Made, Output, Outputs, collect
from backlist.problems import BacklistError, Problems, Where
from backlist.write import (
    MANIFEST,
    STAGE,
    Place,
    Written,
    claim,
    discard,
    exclusive,
    place,
    prepare,
    publish,
    trees,
    write,
)
from tests.conftest import tree
from tests.nobody import NEEDS_FORK, without_privileges


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
    odd = ["../victim", "a/../../victim", str(victim), f"/{victim}", "./../victim", "", "x\0", 3]
    (out / MANIFEST).write_text(json.dumps({"files": odd}))

    write(outputs(a="1"), out)
    publish_with(outputs(b="1"), Place(out, tmp_path / "workshop"))

    assert tree(out).keys() == {"b", MANIFEST}
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

    here = Place(tmp_path, None)
    prepared = prepare(outputs(a="other", c="3"), here, facts, NO_CACHE, problems)

    left = tree(tmp_path)
    assert {path: left[path] for path in before} == before
    assert {path.split("/")[0] for path in left.keys() - before.keys()} == {STAGE}
    assert prepared.staged.keys() == {"a", "c"}
    discard(here)
    assert tree(tmp_path) == before


def test_preparing_for_no_folder_touches_no_disk(tmp_path: Path) -> None:
    page = Output("index.html", b"<p>x", "test")

    prepared = prepare({page.path: page}, None, facts, NO_CACHE, Problems())

    assert prepared.facts == {"index.html": "index.html: 4"}
    assert prepared.staged == {}


def test_what_was_prepared_and_not_published_leaves_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    prepare(outputs(a="1"), Place(out, None), facts, NO_CACHE, Problems())

    discard(Place(out, None))
    assert not out.exists()


def failing() -> bytes:
    raise BacklistError(Where("templates/x.html", 3), "is wrong", "mend it")


def test_an_output_that_cannot_be_made_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write(outputs(a="1", b="2"), tmp_path)
    before = tree(tmp_path)
    wrong = {**outputs(a="other"), "z": Output("z", Made(b"z", failing), "test")}

    with pytest.raises(BacklistError, match="is wrong"):
        write(wrong, tmp_path)

    discard(Place(tmp_path, None))
    assert tree(tmp_path) == before


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    write(outputs(a="1", d_e="2"), tmp_path)
    before = tree(tmp_path)
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "0").write_text("half")
    (tmp_path / ".backlist-x.tmp").write_text("half")

    write(outputs(a="1", d_e="2"), tmp_path)

    assert tree(tmp_path) == before


def test_what_a_killed_run_published_is_removed_by_the_next(tmp_path: Path) -> None:
    """The manifest names old and new files before the first of them is put."""
    write(outputs(a="1"), tmp_path)
    new = outputs(b="2", c="3")
    here = Place(tmp_path, None)
    claim(new, prepare(new, here, facts, NO_CACHE, Problems()), here, NO_CACHE)
    (tmp_path / "b").write_text("2")

    write(outputs(c="3"), tmp_path)

    assert tree(tmp_path).keys() == {"c", MANIFEST}


def publish_with_memory(files: Outputs, here: Place, cache_folder: Path) -> Written:
    with Cache(cache_folder) as cache:
        prepared = prepare(files, here, facts, cache, Problems())
        plan = claim(files, prepared, here, cache)
        return publish(files, prepared, here, cache, plan)


@pytest.mark.parametrize("workshop", ["workshop", None])
def test_a_known_file_that_somebody_changed_is_written_again(
    tmp_path: Path, workshop: str | None
) -> None:
    out = tmp_path / "out"
    here = Place(out, tmp_path / workshop if workshop else None)
    files = outputs(a="1", b="2")
    publish_with_memory(files, here, tmp_path / "cache")
    (out / "a").write_text("x")
    (out / "b").unlink()

    written = publish_with_memory(files, here, tmp_path / "cache")

    assert written == Written(written=2, kept=0, removed=0)
    assert ((out / "a").read_text(), (out / "b").read_text()) == ("1", "2")


def test_a_folder_that_is_none_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")

    with pytest.raises(BacklistError, match="cannot be written: Not a directory"):
        write(outputs(a="1"), tmp_path / "out")
    discard(Place(tmp_path / "out", None))
    assert (tmp_path / "out").read_text() == "in the way"


@pytest.mark.parametrize("folder", [".", "..", "content", "content/episodes", "static"])
def test_the_sites_own_folders_are_refused(tmp_path: Path, folder: str) -> None:
    root = tmp_path / "site"
    (root / "content/episodes").mkdir(parents=True)

    with pytest.raises(BacklistError, match="contains the site's own files"):
        place(root / folder, root)


def test_another_site_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.yaml").write_text("")

    with pytest.raises(BacklistError, match="is itself a site"):
        place(other, tmp_path / "site")


def test_two_makers_of_one_path_are_an_error_naming_both() -> None:
    problems = Problems()

    made = collect([Output("A/x", b"1", "pages", "one.md"), Output("a/X", b"2", "lists")], problems)

    assert list(made) == ["A/x"]
    assert [str(problem) for problem in problems] == [
        "build: error: a/X would be written twice\n"
        "  by pages: one.md and by lists; give one of them another slug or name"
    ]


# --- whole at every moment


def at(tmp_path: Path) -> Place:
    """A place whose next state is made beside it."""
    return Place(tmp_path / "out", tmp_path / "workshop")


def publish_with(files: Outputs, here: Place) -> Written:
    """Publish with what memory keeps beside the place."""
    return publish_with_memory(files, here, here.out.parent / "cache")


NEEDS_EXCHANGE = pytest.mark.skipif(
    not trees.can_exchange(), reason="folders cannot change places here"
)


@NEEDS_EXCHANGE
def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text(name)

    assert trees.exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a/x").read_text() == "b"
    assert not trees.exchange(tmp_path / "a", tmp_path / "none")
    assert (tmp_path / "a/x").read_text() == "b"


@NEEDS_EXCHANGE
def test_nothing_in_the_folder_changes_before_the_last_step_and_then_all_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = at(tmp_path)
    publish_with(outputs(a="1", b="2", d_e="3"), here)
    before, seen_before = tree(here.out), []
    real = trees.exchange

    def look(one: Path, other: Path) -> bool:
        seen_before.append(tree(here.out))
        assert real(one, other)
        seen_before.append(tree(here.out))
        return True

    monkeypatch.setattr(trees, "exchange", look)
    publish_with(outputs(a="other", d_f="4"), here)

    assert seen_before == [before, tree(here.out)]
    assert tree(here.out).keys() == {"a", "d/f", MANIFEST}


@NEEDS_EXCHANGE
def test_both_states_are_equal_after_a_build_and_share_their_files(tmp_path: Path) -> None:
    """A server that was started in the folder goes on to show what is published."""
    here = at(tmp_path)
    publish_with(outputs(a="1", b="2"), here)
    inside = os.open(here.out, os.O_RDONLY)
    for n in range(4):
        publish_with(outputs(a=f"{n}", d_e=f"{n}", x="same"), here)

        assert tree(here.tree) == tree(here.out)
        assert set(os.listdir(inside)) == {path.name for path in here.out.iterdir()}  # noqa: PTH208
        assert all((here.out / path).stat().st_nlink == 2 for path in ("a", "d/e", "x"))
    os.close(inside)


@NEEDS_EXCHANGE
def test_an_edit_costs_what_differs_and_no_link_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = at(tmp_path)
    many = {f"p{n}": f"{n}" for n in range(200)}
    publish_with(outputs(**many), here)
    linked: list[str] = []
    real = os.link

    def count(source: str, target: str) -> None:
        linked.append(target)
        real(source, target)

    monkeypatch.setattr(os, "link", count)

    publish_with(outputs(**{**many, "p7": "edited"}), here)

    assert len(linked) == 1
    assert (here.out / "p7").read_text() == "edited"


@NEEDS_EXCHANGE
@pytest.mark.parametrize("spoil", ["add", "remove", "replace", "folder gone", "state gone"])
def test_what_others_did_between_two_builds_is_respected(tmp_path: Path, spoil: str) -> None:
    here = at(tmp_path)
    publish_with(outputs(a="1", d_e="3"), here)
    if spoil == "add":
        (here.out / "d/e.gz").write_text("of another tool")
    elif spoil == "remove":
        (here.tree / "a").unlink()
    elif spoil == "replace":
        (here.out / "x").write_text("x")
        (here.out / "x").replace(here.out / "a")
    elif spoil == "folder gone":
        shutil.rmtree(here.out)
    else:
        shutil.rmtree(here.tree)

    for text in ("2", "3"):
        publish_with(outputs(a="1", d_e=text), here)

        assert (here.out / "a").read_text() == "1"
        assert (here.out / "d/e").read_text() == text
        assert (here.out / "d/e.gz").exists() == (spoil == "add")


@NEEDS_EXCHANGE
def test_folders_stay_as_open_as_a_person_made_them(tmp_path: Path) -> None:
    here = at(tmp_path)
    publish_with(outputs(a="1", d_e="3"), here)
    for folder in (here.out, here.out / "d"):
        folder.chmod(0o2711)

    for text in ("4", "5", "6"):
        publish_with(outputs(a="1", d_e=text), here)
        for folder in (here.out, here.out / "d"):
            assert folder.stat().st_mode & 0o7777 == 0o2711


@pytest.mark.parametrize("way", ["folder of others", "no exchange", "no links", "refused"])
def test_where_folders_cannot_change_places_files_are_put_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    here = at(tmp_path)
    publish_with(outputs(a="1", b="2", d_e="3"), here)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    if way == "folder of others":
        (here.out / ".git/objects").mkdir(parents=True)
        (here.out / ".git/HEAD").write_text("ref")
    elif way == "no exchange":
        monkeypatch.setattr(trees, "can_exchange", lambda: False)
    elif way == "no links":
        shutil.rmtree(here.workshop or tmp_path)
        monkeypatch.setattr(os, "link", fail)
    else:
        monkeypatch.setattr(trees, "exchange", lambda *_: False)
    inode = here.out.stat().st_ino

    for text in ("4", "5"):
        publish_with(outputs(a=text, d_f="3"), here)

        assert here.out.stat().st_ino == inode
        assert (here.out / "a").read_text() == text
        own = {path for path in tree(here.out) if not path.startswith(".git")}
        assert own == {"a", "d/f", MANIFEST}
    assert (here.out / ".git/HEAD").exists() == (way == "folder of others")


def test_new_files_come_first_and_feeds_after_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Place(tmp_path / "out", None)
    first = {name: Output(name, b"1", "t") for name in ("feed.xml", "index.html", "z.css", "old")}
    second = {name: Output(name, b"2", "t") for name in first if name != "old"}
    second |= {name: Output(name, b"2", "t") for name in ("new.html", "y.css")}
    publish_with(first, here)
    put: list[str] = []
    real = os.replace

    def note(source: str, target: str) -> None:
        if Path(source).parent.name == STAGE:
            put.append(Path(target).name)
        real(source, target)

    monkeypatch.setattr(os, "replace", note)

    publish_with(second, here)

    assert put == ["y.css", "new.html", "z.css", "index.html", "feed.xml"]
    assert tree(here.out).keys() == {*second, MANIFEST}


@NEEDS_EXCHANGE
def test_a_place_of_a_site_keeps_its_workshop_in_the_cache_of_the_site(tmp_path: Path) -> None:
    for name in ("build", "other"):
        publish_with(outputs(a="1"), place(tmp_path / name, tmp_path))
    workshops = tmp_path / ".cache/publish"
    assert len(list(workshops.iterdir())) == 2

    shutil.rmtree(tmp_path / "other")
    shutil.rmtree(tmp_path / "build")
    publish_with(outputs(a="1"), place(tmp_path / "build", tmp_path))

    assert [one.name for one in workshops.iterdir()] == [
        place(tmp_path / "build", tmp_path).tree.parent.name
    ]


@NEEDS_EXCHANGE
def test_a_first_build_leaves_the_workshop_of_another_first_build(tmp_path: Path) -> None:
    # Its folder is not there before it is done, as if it had been removed.
    other = place(tmp_path / "other", tmp_path)
    published = outputs(a="1")
    with exclusive(other):
        prepared = prepare(published, other, facts, NO_CACHE, Problems())
        plan = claim(published, prepared, other, NO_CACHE)
        publish_with(outputs(a="2"), place(tmp_path / "build", tmp_path))
        publish(published, prepared, other, NO_CACHE, plan)

    assert (tmp_path / "other/a").read_text() == "1"


def test_where_nothing_is_built_twice_no_second_state_is_kept(tmp_path: Path) -> None:
    here = place(tmp_path / "build", tmp_path, spare=False)
    for text in ("1", "2"):
        publish_with(outputs(a=text), here)
        assert not here.tree.exists()
        assert (here.out / "a").read_text() == text


# --- links in and at the output folder


def test_nothing_is_written_or_removed_through_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "e").write_text("mine")
    for here in (at(tmp_path), Place(tmp_path / "in place", None)):
        publish_with(outputs(a="1", d_e="2"), here)
        shutil.rmtree(here.out / "d")
        (here.out / "d").symlink_to(victim)
        (here.out / "a").unlink()
        (here.out / "a").symlink_to(victim / "e")

        with pytest.raises(BacklistError, match="d: error: is a symlink, and nothing is written"):
            publish_with(outputs(a="1", d_e="3"), here)
        publish_with(outputs(a="mine"), here)

        assert tree(victim) == {"e": b"mine"}
        assert (here.out / "a").read_text() == "mine"
        assert not (here.out / "a").is_symlink()
        (tmp_path / "cache/store.sqlite").unlink()


def test_a_manifest_that_is_a_link_is_not_believed(tmp_path: Path) -> None:
    for here in (at(tmp_path), Place(tmp_path / "in place", None)):
        here.out.mkdir()
        (here.out / "mine").write_text("mine")
        (tmp_path / "list").write_text(json.dumps({"files": ["mine"]}))
        (here.out / MANIFEST).symlink_to(tmp_path / "list")

        publish_with(outputs(a="1"), here)

        assert (here.out / "mine").read_text() == "mine"
        assert json.loads((tmp_path / "list").read_text()) == {"files": ["mine"]}
        assert not (here.out / MANIFEST).is_symlink()
        (tmp_path / "cache/store.sqlite").unlink()


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, "{}", "[1]", "null", '{"files": null}', "\xff"]
)
def test_a_manifest_that_is_none_is_not_believed(tmp_path: Path, text: str) -> None:
    here = at(tmp_path)
    here.out.mkdir()
    (here.out / MANIFEST).write_text(text, "latin-1")

    publish_with(outputs(a="1"), here)
    assert json.loads((here.out / MANIFEST).read_text())["files"] == ["a"]


def test_a_name_with_two_dots_is_removed_with_its_source(tmp_path: Path) -> None:
    write({"static/a..b.png": Output("static/a..b.png", b"1", "assets")}, tmp_path)
    write(outputs(a="1"), tmp_path)

    assert tree(tmp_path).keys() == {"a", MANIFEST}


def test_a_link_in_the_place_of_the_stage_is_removed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    here = Place(tmp_path / "out", None)
    here.out.mkdir()
    (here.out / STAGE).symlink_to(victim)

    publish_with(outputs(a="1"), here)

    assert tree(victim) == {}
    assert tree(here.out).keys() == {"a", MANIFEST}


def test_an_output_folder_that_leads_out_of_the_site_is_named_by_the_person(
    tmp_path: Path,
) -> None:
    """What lies in the repository must not choose where a build machine writes."""
    root, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / "build").symlink_to(elsewhere)
    (root / "within").symlink_to("public")
    (tmp_path / "public").symlink_to(elsewhere)

    with pytest.raises(BacklistError, match=r"(?s)symlink out of the site folder.*--out"):
        place(root / "build", root)
    assert place(root / "within", root).out == (root / "public").resolve()
    here = place(tmp_path / "public", root)
    publish_with(outputs(a="1"), here)
    assert (elsewhere / "a").read_text() == "1"
    assert (tmp_path / "public").is_symlink()

    (root / ".cache").rename(root / "old")
    (root / ".cache").symlink_to(elsewhere)
    with pytest.raises(BacklistError, match=r"\.cache: error: is a symlink out of"):
        place(root / "other", root)


@NEEDS_FORK
@pytest.mark.parametrize("folder", ["out", "out/d", ".", "out/" + MANIFEST])
@pytest.mark.parametrize("mode", [0o000, 0o555, 0o666])
def test_an_output_folder_without_permissions_is_told_and_stays(
    tmp_path: Path, folder: str, mode: int
) -> None:
    here = at(tmp_path / "all")
    publish_with(outputs(a="1", d_e="2"), here)
    before = tree(here.out)
    path = tmp_path / "all" / folder

    def attempt() -> str:
        files = outputs(a="other", d_f="3")
        try:
            prepared = prepare(files, here, facts, NO_CACHE, Problems())
            publish(files, prepared, here, NO_CACHE, claim(files, prepared, here, NO_CACHE))
        except BacklistError as error:
            return str(error)
        return "written"

    path.chmod(mode)
    try:
        told = without_privileges(attempt)
    finally:
        path.chmod(0o755)

    if told == "written":  # what is replaced whole need not be writable itself
        assert mode != 0
        assert tree(here.out).keys() == {"a", "d/f", MANIFEST}
    else:
        assert "cannot be written: Permission denied" in told
        assert tree(here.out) == before


# --- lost power


def test_what_people_keep_is_flushed_before_and_after_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def flush(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")

    def rename(self: Path, target: Path) -> Path:
        done.append("name")
        return Path(shutil.move(self, target))

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(Path, "replace", rename)
    replace(tmp_path / "a", b"1")
    assert done == ["file", "name", "folder"]
    replace(tmp_path / "a", b"2", durable=False)
    assert done[3:] == ["name"]
    assert (tmp_path / "a").read_bytes() == b"2"
