"""What searching costs: the time an index takes, its size, and what a reader loads for it.

    python -m benchmarks.search [--said WORDS] [--folder DIR] COUNT DATASET.json.gz…

Builds an archive of COUNT episodes out of data sets (see related.py), repeated with words of
their own, each with twelve sources of title and authors, and with `--said` a transcript of so
many words, a cue each eighth of a minute. Then a Chromium opens the home page, asks for each
of some words in a fresh window, and counts every byte that comes from a server which compresses
nothing. Printed: seconds of one core for the words and for the engine, files and megabytes of
the index; then for each question the results, and the bytes, requests and milliseconds until they
are there. `--folder` keeps the built site.
"""

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Request, sync_playwright
from tests.serving import serving

from backlist import content, load
from backlist.cache.store import NO_CACHE
from backlist.files.output import collect
from backlist.outputs import assets, search_page
from backlist.pages import home
from backlist.pages.context import SiteContext
from backlist.problems import Level, Problems
from backlist.relate import relate, similar
from backlist.resolve import resolve
from backlist.write import write
from benchmarks import related

SOURCES = 12
QUESTIONS = ("react", "kubernetes security", "the", "a", "2306.14048", "sebastian", "perf", "data")


def main() -> None:
    """Print a row for the index and one for each question."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("datasets", nargs="+", type=Path, metavar="DATASET.json.gz")
    parser.add_argument("--said", type=int, default=0, metavar="WORDS")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, out = Path(folder) / "site", asked.folder or Path(folder) / "build"
        root.mkdir()
        write_archive(root, asked.count, asked.datasets, asked.said)
        print(f"{asked.count} episodes, {asked.said} words said:", build(root, out), flush=True)
        for row in ask(out):
            print(row, flush=True)


def write_archive(root: Path, count: int, paths: list[Path], said: int) -> None:
    """A site folder of `count` episodes."""
    given = [episode for path in paths for episode in related._read(path)["episodes"]]
    running = [word for episode in given for word in str(episode.get("text") or "").split()]
    episodes = [related._repeated(given[n % len(given)], n, len(given)) for n in range(count)]
    related.write_site(root, episodes, depth=0)
    chance = random.Random(7)
    for n in range(count):
        path = root / load.EPISODES / f"e{n}.md"
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        front = _without_sources(head)
        front += content.dump_yaml({"sources": list(_sources(n, running, chance))})
        if said:
            name = f"e{n}.vtt"
            (root / load.TRANSCRIPTS / name).write_text(_vtt(running, said, chance), "utf-8")
            front += f"transcripts: [{name}]\n"
        path.write_text(f"---\n{front}---\n{body}", "utf-8")


def _without_sources(head: str) -> str:
    """The front matter less its source list, which is its last key."""
    return head.split("\nsources:")[0] + "\n"


def _sources(number: int, running: list[str], chance: random.Random) -> Iterator[Mapping[str, Any]]:
    for place in range(SOURCES):
        start = chance.randrange(len(running) - 20)
        names = [word.strip(",.:;()").capitalize() for word in running[start + 9 : start + 17]]
        yield {
            "title": related._clean(" ".join(running[start : start + 9])),
            "authors": related._clean(
                ", ".join(f"{a} {b}" for a, b in zip(names[::2], names[1::2], strict=False))
            ),
            "year": str(2010 + place),
            "url": f"https://arxiv.org/abs/{1001 + number % 2500}.{10000 + 37 * number + place}",
        }


def _vtt(running: list[str], said: int, chance: random.Random) -> str:
    start = chance.randrange(len(running) - said)
    cues = []
    for n in range(0, said, 19):
        text = related._clean(" ".join(running[start + n : start + n + 19])).replace("<", "")
        minute, second = divmod(n * 60 // 152, 60)
        hour, minute = divmod(minute, 60)
        at = f"{hour:02}:{minute:02}:{second:02}.000"
        cues.append(f"{at} --> {at}\n{text.replace('-->', '')}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def build(root: Path, out: Path) -> str:
    """The home page and what searching needs in `out`; told is what the index took."""
    problems = Problems()
    catalog = resolve(load.load(root, problems), datetime.now(UTC), NO_CACHE, problems)
    if catalog is None or problems.stop():
        sys.exit("\n".join(str(one) for one in problems if one.level is Level.ERROR))
    similar.rank = lambda episodes, *_, **__: {one.slug: () for one in episodes}  # takes longest
    archive, theme = relate(catalog, problems), load.load(root, problems).theme
    site = SiteContext(archive, theme.saying(archive.site.labels))
    start, own = _core(), time.process_time()
    index = list(search_page.make(site))
    whole, own = _core() - start, time.process_time() - own
    outputs = collect([*home.make(site), *assets.make(site), *index], problems)
    shutil.rmtree(out, ignore_errors=True)
    write(outputs, out)
    size = sum(len(output.read()) for output in index) / 1e6
    return f"words {own:.1f} s, engine {whole - own:.1f} s, {len(index)} files, {size:.1f} MB"


def _core() -> float:
    """Seconds of one core used so far, by this process and those it started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def ask(out: Path) -> Iterator[str]:
    """A row for each question, asked in a window of its own."""
    with serving(out) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for question in QUESTIONS:
            yield _ask(browser, address, question)
        browser.close()


def _ask(browser: Browser, address: str, question: str) -> str:
    page = browser.new_page()
    page.goto(address)
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))
    began = time.perf_counter()
    page.keyboard.press("/")
    field = page.locator("dialog[open] input")
    field.fill(question)
    told = page.locator("dialog .muted")
    told.filter(has_text="episode").wait_for()
    first = (time.perf_counter() - began) * 1000
    page.wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes()["responseBodySize"] for request in loaded}
    count = told.inner_text()
    page.close()
    return (
        f"  {question:<20} {count[:40]:<42} {sum(sizes.values()) / 1000:6.1f} KB  "
        f"{len(sizes):3} requests  {first:5.0f} ms"
    )


if __name__ == "__main__":
    main()
