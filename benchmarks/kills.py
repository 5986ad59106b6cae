"""Builds killed at random moments: what is published is the site before, or the new one, whole.

    python -m benchmarks.kills [KILLS] [--episodes N]

Every build is a process of its own with all its workers, as with `make build`; each is killed
(SIGKILL) after a random share of the time that a build takes, and then run to its end. One that
ends before its kill counts as well. The archive is that of `benchmarks.builds`.
"""

import argparse
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.builds import build, write_archive

Tree = dict[str, bytes]


def published(root: Path) -> Tree:
    """Every file of the output folder by its path."""
    out = root / "build"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def change(root: Path, state: int) -> None:
    """Another title on every page, and in state 1 an episode more."""
    settings = root / "site.yaml"
    title = ("The Long Archive", "The Longer Archive")
    settings.write_text(
        settings.read_text("utf-8").replace(title[1 - state], title[state]), "utf-8"
    )
    text = (root / "content/episodes/e000001.md").read_text("utf-8")
    more = root / "content/episodes/more.md"
    more.unlink(missing_ok=True)
    if state:
        # Without audio: an item of the feed could not be taken back.
        lines = [line for line in text.splitlines() if not line.startswith(("audio:", "guid:"))]
        more.write_text("\n".join(lines).replace("slug: e1", "slug: more"), "utf-8")


def kill(root: Path, seconds: float) -> bool:
    """A build that is killed after some seconds; whether it still ran."""
    command = [sys.executable, "-m", "backlist", "build", "--site", str(root)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    running = process.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return running


def main() -> None:
    """Kill builds, and count what was published after each."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("kills", type=int, nargs="?", default=200)
    ask.add_argument("--episodes", type=int, default=40)
    asked = ask.parse_args()
    chance, counted = random.Random(11), collections.Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        write_archive(root, asked.episodes, lean=True)
        states: list[Tree] = []
        took = 0.0
        for state in (0, 1):
            change(root, state)
            took = build(root).wall
            states.append(published(root))
        for number in range(asked.kills):
            state = number % 2
            change(root, state)
            running = kill(root, chance.uniform(0, took * 1.1))
            left = published(root)
            found = ("old", "new")[states.index(left) == state] if left in states else "MIXED"
            counted[f"{'killed' if running else 'ended'}: {found}"] += 1
            began = time.monotonic()
            build(root)
            took = (took + time.monotonic() - began) / 2
            counted["wrong after the next build"] += published(root) != states[state]
        shutil.rmtree(root)
    for name, count in sorted(counted.items()):
        print(f"{count:>5} {name}")


if __name__ == "__main__":
    main()
