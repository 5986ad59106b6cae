"""`backlist export` as a person types it."""

from pathlib import Path

import pytest

from backlist.cli import exporting
from tests.conftest import MakeSite, episode
from tests.test_cli import run


@pytest.fixture
def root(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    return site(
        {
            "content/episodes/a.md": episode("A", "a", audio="https://a.example/a.mp3"),
            "content/episodes/b.md": episode("B", "b", status="private"),
        }
    )


def test_it_says_what_is_in_the_bag_and_what_is_not(root: Path, tmp_path: Path) -> None:
    code, said = run("export", tmp_path / "bag", "--site", root)

    assert code == 0
    assert said.splitlines()[0].startswith(f"{tmp_path / 'bag'}: 1 episode, 2 files, 1 KB")
    assert (
        "not in the bag: 1 with `status: private` (`--with-private` includes everything)\n"
        "not in the bag, because it is at other hosts: 1 picture, 1 recording\n"
        "to have it in the next bag: `backlist mirror --what pictures,sound`\n"
        f"next: `backlist export --verify {tmp_path / 'bag'}`\n"
    ) in said
    assert "feed.xml: warning: is not there: the bag has no published feed" in said


def test_private_episodes_are_a_choice_that_is_said(root: Path, tmp_path: Path) -> None:
    code, said = run("export", tmp_path / "bag", "--site", root, "--with-private")

    assert code == 0
    assert "it may hold private and draft episodes: keep it to yourself" in said
    assert (tmp_path / "bag/data/content/episodes/b.md").is_file()


def test_a_bag_is_proven_or_its_faults_are_told(root: Path, tmp_path: Path) -> None:
    run("export", "--site", root)
    bag = root / "export"

    code, said = run("export", "--verify", "--site", root)
    assert (code, said) == (0, f"{bag}: 2 files, 1 KB: complete, and every hash is right\n")

    (bag / "data/site.yaml").unlink()
    code, said = run("export", "--verify", bag)
    assert code == 1
    assert said == (
        "data/site.yaml: error: is missing\n"
        "  take it from another copy of the bag, or export again\n"
        f"1 error; {bag} is damaged or incomplete\n"
    )


def test_a_bag_is_not_replaced_unasked(root: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "bag", "--site", root)

    code, said = run("export", tmp_path / "bag", "--site", root)
    assert code == 1
    assert "is a bag already" in said

    assert run("export", tmp_path / "bag", "--site", root, "--replace")[0] == 0
    assert run("export", tmp_path / "bag", "--verify", "--replace")[0] == 2


def test_without_its_package_it_says_how_to_get_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "find_spec", lambda _: None)

    code, said = run("export", "--site", root)

    assert code == 1
    assert "needs the package `bagit`\n  run `pip install 'backlist[export]'`" in said
