"""Runs killed at chosen moments: no half file, and the next run goes on to the same end."""

from pathlib import Path

from backlist.content import MIRROR, read_copies
from backlist.problems import Problems
from tests.commands.mirror.hosting import bring, hosting
from tests.commands.mirror.mirroring import TASK, host_a_show
from tests.conftest import MakeSite, tree
from tests.killing import killing

MOMENTS = 10
"""Kills here; `benchmarks.mirror` has 200."""


def test_a_killed_run_leaves_no_half_file_and_the_next_one_goes_on(
    site: MakeSite, tmp_path: Path
) -> None:
    with hosting() as host, killing(TASK) as killer:
        records = host_a_show(host, 2)
        root = site(records)
        before = tree(root)
        count = killer.run(root, root, host.name)
        whole = tree(root)
        assert count > 2 * MOMENTS
        for number in range(MOMENTS):
            other = tmp_path / f"{number}"
            for name, data in before.items():
                path = other / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

            killer.kill(1 + number * (count // 2) // MOMENTS, other, other, host.name)

            left = tree(other)
            hidden = {name for name in left if "/.backlist-" in name}
            new = left.keys() - before.keys() - hidden - {MIRROR}
            assert {name: left[name] for name in new} == {name: whole[name] for name in new}
            known = read_copies(left.get(MIRROR, b""), Problems())
            assert {one.file for one in known.values()} <= left.keys()
            report, told = bring(other, host, *("transcripts", "chapters", "pictures", "sound"))
            assert told == []
            assert report.failed == ()
            assert tree(other) == whole
