"""`accept` takes over the number of changes it is told, and no other."""

from pathlib import Path

import pytest

from backlist.build import accept
from backlist.load import LOCK
from backlist.problems import BacklistError, Problems
from tests.conftest import NOW, SETTINGS
from tests.feed.lock.small_site import edit, lock, run


@pytest.mark.parametrize("mark", ["block", "complete"])
def test_hiding_or_ending_the_show_has_to_be_accepted(root: Path, mark: str) -> None:
    run(root)
    (root / "site.yaml").write_text(SETTINGS.replace("site:\n", f"  {mark}: true\nsite:\n"))
    assert run(root)[0] is False

    assert accept(root, 1, NOW, Problems()) == 4
    assert run(root) == (True, [])
    assert f"{mark}: true" in lock(root)


def test_accept_takes_the_number_it_is_told_and_no_other(root: Path) -> None:
    run(root)
    for number in (1, 2, 3):
        edit(root, number, guid=f"SMALL-{number}")
    before = lock(root)

    with pytest.raises(BacklistError) as refusal:
        accept(root, 2, NOW, Problems())
    assert str(refusal.value).splitlines()[:3] == [
        f"{LOCK}: error: 3 changes would be accepted, not 2",
        "  3 of 4 guids would differ only in case: "
        "apps would show and download those episodes again",
        "    “Night 3” (content/episodes/3.md): `small-3` becomes `SMALL-3`",
    ]
    assert str(refusal.value).endswith("if you mean all of it: `backlist accept-changes 3`")
    assert lock(root) == before

    assert accept(root, 3, NOW, Problems()) == 4
    assert run(root) == (True, [])


def test_a_change_that_breaks_two_rules_counts_once(root: Path) -> None:
    run(root)
    edit(root, 1, date="2026-05-01", guid="small-1")
    text = (root / "content/episodes/1.md").read_text().replace("slug: night-1", "slug: first")
    (root / "content/episodes/1.md").write_text(text)

    written, told = run(root)

    assert not written and len(told) == 2
    assert all("`backlist accept-changes 1`" in one for one in told)


def test_accept_waits_until_other_faults_are_mended(root: Path) -> None:
    run(root)
    before = lock(root)
    edit(root, 1, guid="SMALL-1", permalink="true")
    problems = Problems()

    assert accept(root, 1, NOW, problems) is None
    assert problems.stop()
    assert lock(root) == before


def test_accept_of_nothing_brings_the_lock_up_to_date(root: Path) -> None:
    assert accept(root, 0, NOW, Problems()) == 4
    assert run(root) == (True, [])
