"""What builds cost: from nothing, after one edited episode, and without a change.

    python -m benchmarks.builds [EPISODES…] [--lean] [--runs N] [--serve]

Every build is a process of its own, as with `make build`. The archive is written for the purpose:
notes of some 600 words with headings, lists, links and numbered sources, out of a vocabulary of
3,000 words; its seed is fixed. `--lean` leaves out search and share cards. Printed are medians:
seconds of wall clock and of all cores, and the most memory of one process; then files and bytes.
`--serve` adds the seconds from saving an episode until the preview has its page.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PORT = 8917
SETTINGS = """\
show:
  title: The Long Archive
  author: Nobody
  description: A show that was made to be measured.
  language: en
site:
  base_url: https://long.example/
"""
LEAN = """\
  search: false
  share_cards: "off"
"""


class Cost(NamedTuple):
    """What one build took: seconds of wall clock, seconds of all cores, MB."""

    wall: float
    cores: float
    memory: float


def write_archive(root: Path, count: int, *, lean: bool) -> None:
    """A site of `count` episodes."""
    chance = random.Random(count)
    (root / "content/episodes").mkdir(parents=True)
    (root / "site.yaml").write_text(SETTINGS + (LEAN if lean else ""), "utf-8")
    words = [_word(chance) for _ in range(3000)]
    topics = [" ".join(chance.sample(words, 2)).capitalize() for _ in range(40)]
    for number in range(count):
        path = root / f"content/episodes/e{number:06}.md"
        path.write_text(_episode(number, chance, words, topics), "utf-8")


def _word(chance: random.Random) -> str:
    syllables = ("ka", "lo", "mi", "ner", "ta", "su", "ver", "po", "ri", "den", "fa", "gu")
    return "".join(chance.choices(syllables, k=chance.randint(1, 4)))


def _episode(number: int, chance: random.Random, words: list[str], topics: list[str]) -> str:
    def said(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most)))

    day = f"{1980 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    parts = [said(40, 80).capitalize() + "."]
    for _ in range(4):
        parts.append(f"## {said(2, 5).capitalize()}")
        parts.append(
            f"{said(30, 60)} [{said(1, 3)}](https://{said(1, 1)}.example/{number}) {said(9, 30)}."
        )
        parts.append("\n".join(f"- {said(4, 9)}" for _ in range(5)))
    named = ", ".join(chance.sample(topics, 2))
    audio = f"url: https://cdn.example/{number}.mp3, type: audio/mpeg, length: 1000000"
    head = (
        f"title: {said(3, 7).capitalize()} {number}\nslug: e{number}\nguid: g{number}\ndate: {day}"
    )
    return (
        f"---\n{head}\ntopics: [{named}]\naudio: {{{audio}}}\n---\n\n" + "\n\n".join(parts) + "\n"
    )


def build(root: Path) -> Cost:
    """One build of a site folder. Exits when it fails."""
    began = time.monotonic()
    command = [sys.executable, "-m", "backlist", "build", "--site", str(root)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None, "it is piped"
    told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(told.decode(errors="replace")[-2000:])
    return Cost(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def edit(root: Path, count: int) -> Path:
    """Add a paragraph to the episode in the middle; gives its file."""
    path = root / f"content/episodes/e{count // 2:06}.md"
    path.write_text(f"{path.read_text('utf-8')}\nEdited at {time.time_ns()}.\n", "utf-8")
    return path


def measure(root: Path, count: int, runs: int) -> Iterator[str]:
    """A line for each kind of build, and one for what is published."""

    def from_nothing() -> Cost:
        for name in ("build", ".cache"):
            shutil.rmtree(root / name, ignore_errors=True)
        return build(root)

    def edited() -> Cost:
        edit(root, count)
        return build(root)

    cases: dict[str, Callable[[], Cost]] = {
        "from nothing": from_nothing,
        "one episode edited": edited,
        "nothing changed": lambda: build(root),
    }
    for name, case in cases.items():
        taken = [case() for _ in range(runs)]
        wall, cores, memory = (statistics.median(part) for part in zip(*taken, strict=True))
        yield f"{count:>7} {name:<20} {wall:8.2f} s {cores:8.2f} s of cores {memory:7.0f} MB"
    sizes = [path.stat().st_size for path in (root / "build").rglob("*") if path.is_file()]
    each, size = len(sizes) / count, sum(sizes) / 1e6
    yield f"{count:>7} {len(sizes)} files, {each:.2f} an episode, {size:.1f} MB"


def measure_preview(root: Path, count: int, runs: int) -> str:
    """A line that says how long a save takes to arrive in the preview."""
    with _serving(root) as address:
        taken = []
        for _ in range(runs):
            path, began = edit(root, count), time.monotonic()
            last = path.read_text("utf-8").splitlines()[-1]
            while last not in _fetched(f"{address}episodes/e{count // 2}/"):
                time.sleep(0.01)
            taken.append(time.monotonic() - began)
    return f"{count:>7} save to changed page {statistics.median(taken):6.2f} s"


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "backlist", "serve", "--site", str(root), "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}/"
    try:
        while not _fetched(address):
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def _fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def main() -> None:
    """Measure archives of the sizes asked for."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("episodes", type=int, nargs="*", default=[1000])
    ask.add_argument("--lean", action="store_true")
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--serve", action="store_true")
    asked = ask.parse_args()
    for count in asked.episodes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "site"
            write_archive(root, count, lean=asked.lean)
            for line in measure(root, count, asked.runs):
                print(line, flush=True)
            if asked.serve:
                print(measure_preview(root, count, asked.runs), flush=True)


if __name__ == "__main__":
    main()
