"""A bag as one file: the same bytes each time, and nothing unpacked that could do harm."""

import shutil
import stat
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from backlist.commands.export.verify import Verified, verify
from backlist.problems import BacklistError, Problems
from tests.commands.export.test_export import exported, unwatched
from tests.conftest import MakeSite, episode


@pytest.fixture
def root(site: MakeSite) -> Path:
    return site({"content/episodes/a.md": episode("A", "a"), "static/a.txt": "text"})


def proven(file: Path) -> Verified:
    problems = Problems()
    found = verify(file, problems, unwatched)
    assert [*problems] == []
    return found


def test_a_packed_bag_is_proven_and_the_same_each_time(root: Path, tmp_path: Path) -> None:
    exported(root, tmp_path / "show.zip")
    first = (tmp_path / "show.zip").read_bytes()

    exported(root, tmp_path / "show.zip", replace=True)

    assert proven(tmp_path / "show.zip").files == 3
    assert (tmp_path / "show.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "show.zip") as archive:
        assert "show/data/static/a.txt" in archive.namelist()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["show.zip", "site"]


def test_a_fault_in_a_packed_bag_is_told_at_its_file(root: Path, tmp_path: Path) -> None:
    exported(root, tmp_path / "show.zip")
    with zipfile.ZipFile(tmp_path / "show.zip", "a") as archive:
        archive.writestr("show/data/more.txt", "more")
    problems = Problems()

    verify(tmp_path / "show.zip", problems, unwatched)

    assert [str(one.where) for one in problems] == ["data/more.txt"]


def test_a_place_that_is_taken_stays_as_it_is(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine", "utf-8")

    with pytest.raises(BacklistError, match="is there already, and is not a bag"):
        exported(root, tmp_path / "mine.zip", replace=True)
    with pytest.raises(BacklistError, match="is no kind of file that is written"):
        exported(root, tmp_path / "show.tar.gz")

    assert (tmp_path / "mine.zip").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["../x", "/x", "bag/../../x", "bag\\..\\x", "C:/x"])
def test_what_would_be_unpacked_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as archive:
        archive.writestr("bag/bagit.txt", "")
        archive.writestr(name, "x")

    with pytest.raises(BacklistError, match="cannot be trusted: it has a file outside of the bag"):
        verify(tmp_path / "bag.zip", Problems(), unwatched)


def test_links_bombs_and_damage_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = zipfile.ZipInfo("bag/data/x")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr("bag/bagit.txt", "")
        archive.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(tmp_path / "large.zip", "w") as archive:
        archive.writestr("bag/bagit.txt", "0" * 5000)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    (tmp_path / "torn.zip").write_bytes((tmp_path / "large.zip").read_bytes()[:2000])

    for name, said in (
        ("link.zip", "cannot be trusted: it has a symlink"),
        ("empty.zip", "does not hold one bag"),
        ("torn.zip", "is damaged"),
    ):
        with pytest.raises(BacklistError, match=said):
            verify(tmp_path / name, Problems(), unwatched)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4000))
    with pytest.raises(BacklistError, match="takes 5 KB to unpack, and there is room for 4 KB"):
        verify(tmp_path / "large.zip", Problems(), unwatched)
