"""A bag is proven file by file, and each fault is told at its file."""

import os
import shutil
from pathlib import Path

import pytest

from backlist.commands.export.verify import verify
from backlist.problems import BacklistError, Level, Problems
from tests.commands.export.test_export import exported, unwatched
from tests.conftest import SITES


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    exported(Path(shutil.copytree(SITES / "rich", folder / "site")), folder / "bag")
    return folder / "bag"


@pytest.fixture
def bag(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "bag"))


def faults(bag: Path, level: Level = Level.ERROR) -> list[str]:
    problems = Problems()
    verify(bag, problems, unwatched)
    return [f"{one.where}: {one.message}" for one in problems if one.level >= level]


def test_a_whole_bag_has_no_fault(bag: Path) -> None:
    import bagit

    assert faults(bag, Level.INFO) == []
    assert bagit.Bag(str(bag)).validate()


def test_every_fault_is_told_at_its_file(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("secret", "utf-8")
    (bag / "data/content/pages/about.md").write_text("other", "utf-8")
    (bag / "data/content/feed.lock.yaml").unlink()
    (bag / "data/build").mkdir()
    (bag / "data/build/index.html").write_text("", "utf-8")
    (bag / "data/static/cover.png").unlink()
    (bag / "data/static/cover.png").symlink_to(tmp_path / "outside.txt")
    (bag / "README.txt").write_text("", "utf-8")

    said = faults(bag)
    wrong = "is not as it was made: its sha256 and sha512 differ from the bag's list"
    assert said == [
        f"README.txt: {wrong}",
        "data/build/index.html: is in none of the bag's lists",
        "data/content/feed.lock.yaml: is missing",
        f"data/content/pages/about.md: {wrong}",
        "data/static/cover.png: is a symlink",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among files")
def test_a_pipe_is_not_waited_for(bag: Path) -> None:
    os.mkfifo(bag / "data/static/pipe")
    assert faults(bag) == ["data/static/pipe: is not a regular file"]

    (bag / "bag-info.txt").unlink()
    os.mkfifo(bag / "bag-info.txt")
    with pytest.raises(BacklistError, match="is not a regular file"):
        faults(bag)


def test_a_folder_that_was_replaced_by_a_link_is_not_entered(bag: Path, tmp_path: Path) -> None:
    (bag / "data/static").rename(tmp_path / "static")
    (bag / "data/static").symlink_to(tmp_path / "static")

    assert faults(bag) == [
        "data/static: is a symlink",
        "data/static/cover.png: is missing",
    ]


@pytest.mark.parametrize(
    "name", ["../outside.txt", "/etc/hostname", "data/../../bag-2/x", "~/x", "../bag-2/x"]
)
def test_a_list_that_leads_out_of_the_bag_is_refused(bag: Path, name: str) -> None:
    (bag.parent / "bag-2").mkdir()
    (bag.parent / "bag-2/x").write_text("x", "utf-8")
    with (bag / "manifest-sha256.txt").open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  {name}\n")

    with pytest.raises(BacklistError, match="cannot be trusted"):
        faults(bag)


def test_a_download_list_cannot_lead_out_of_the_bag_and_completes_nothing(bag: Path) -> None:
    (bag / "data/content/pages/about.md").unlink()
    fetch = bag / "fetch.txt"
    fetch.write_text("https://a.example/about.md - data/content/pages/about.md\n", "utf-8")

    assert "data/content/pages/about.md: is not here yet" in faults(bag)[0]
    fetch.write_text("https://a.example/x - ../x\n", "utf-8")
    with pytest.raises(BacklistError, match="cannot be trusted"):
        faults(bag)


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        (
            ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"],
            "tagmanifest-sha512.txt: is missing: nothing proves the lists themselves and "
            "`bag-info.txt`",
        ),
        (
            ["data/site.yaml"],
            "data/site.yaml: is missing",
        ),
        (
            ["manifest-sha512.txt"],
            "manifest-sha512.txt: is missing",
        ),
    ],
)
def test_a_bag_that_lacks_what_proves_it(bag: Path, removed: list[str], said: str) -> None:
    for name in removed:
        (bag / name).unlink()

    assert faults(bag) == [said]


def test_what_is_no_bag_is_told(tmp_path: Path, bag: Path) -> None:
    with pytest.raises(BacklistError, match="is not a bag"):
        faults(tmp_path)
    (bag / "bagit.txt").write_text("BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n")
    with pytest.raises(BacklistError, match="cannot be trusted: Unsupported bag version"):
        faults(bag)
    (bag / "bagit.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(BacklistError, match="cannot be trusted"):
        faults(bag)


def test_a_list_that_lacks_a_file_of_another_list(bag: Path) -> None:
    path = bag / "manifest-sha512.txt"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(one for one in lines if "about.md" not in one), "utf-8")
    for one in bag.glob("tagmanifest-*"):
        one.unlink()

    assert "data/content/pages/about.md: is missing in manifest-sha512.txt" in faults(bag)


def test_a_bag_of_another_program_is_proven_as_far_as_it_can_be(tmp_path: Path) -> None:
    import bagit

    (tmp_path / "bag").mkdir()
    (tmp_path / "bag/a.txt").write_text("a", "utf-8")
    bagit.make_bag(str(tmp_path / "bag"), checksums=["md5"])
    assert faults(tmp_path / "bag", Level.INFO) == []

    (tmp_path / "bag/tagmanifest-md5.txt").unlink()
    info = tmp_path / "bag/bag-info.txt"
    info.write_text(info.read_text("utf-8").replace("Oxum: 1.1", "Oxum: 1.2"), "utf-8")
    assert faults(tmp_path / "bag") == [
        "bag-info.txt: says 1.2 in `Payload-Oxum`, and there are 1.1"
    ]
