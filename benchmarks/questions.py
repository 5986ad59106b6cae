"""Whether what `backlist mcp` answers opens at its words: questions, citations, a browser.

    python -m benchmarks.questions DIR [--questions FILE] [--results N]

DIR is a built site; FILE has a question a line (by default those of `questions.txt` under the
heading that the show's title begins with). Each question is asked as a client asks it, and the
first N results (default: 3) are opened in a Chromium, whose requests to the site's address are
answered from DIR. Printed: seconds of one core to read the site and to index it, milliseconds a
question, and the citations that did not open with their words on the screen.
"""

import argparse
import asyncio
import functools
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from mcp import Client
from playwright.sync_api import sync_playwright
from tests.conftest import CHROMIUM_FLAGS
from tests.opening import opens_at
from tests.serving import serving

from backlist.commands.mcp_server.published import Published
from backlist.commands.mcp_server.reading import Site
from backlist.commands.mcp_server.server import make_server

QUESTIONS = Path(__file__).with_name("questions.txt")


def main() -> None:
    """Print what each part costs, and each citation that opens elsewhere."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--results", type=int, default=3)
    asked = parser.parse_args()
    archive = Published(Site.at(str(asked.folder)))
    began = time.process_time()
    places = len(archive.places)
    read = time.process_time()
    _ = archive.index
    print(
        f"{len(archive.episodes)} episodes, {places} places: "
        f"{read - began:.1f} s to read, {time.process_time() - read:.1f} s to index"
    )
    questions = read_questions(asked.questions, str(archive.show["title"]))
    citations = asyncio.run(ask(archive, questions, asked.results))
    check(asked.folder, archive.base, citations)


def read_questions(file: Path | None, title: str) -> list[str]:
    """The questions of a file, or those kept for a show."""
    if file:
        return file.read_text("utf-8").split("\n")[:-1]
    for part in QUESTIONS.read_text("utf-8").split("# ")[1:]:
        show, *lines = part.strip().splitlines()
        if title.startswith(show):
            return [line for line in lines if line]
    raise SystemExit(f"questions.txt has none for {title}: give --questions FILE")


async def ask(archive: Published, questions: list[str], results: int) -> list[dict[str, Any]]:
    """The first results of each question, through the protocol."""
    found: list[dict[str, Any]] = []
    took, empty = [], []
    async with Client(make_server(archive)) as client:
        for question in questions:
            began = time.perf_counter()
            answer = await client.call_tool("search", {"query": question, "limit": results})
            took.append((time.perf_counter() - began) * 1000)
            told = (answer.structured_content or {})["results"]
            found += told
            if not told:
                empty.append(question)
    print(
        f"{len(questions)} questions: {statistics.median(took):.0f} ms each (median), "
        f"{max(took):.0f} ms at most; without an answer: {empty}"
    )
    return found


def check(folder: Path, base: str, citations: list[dict[str, Any]]) -> None:
    """Open every citation once."""
    wanted = {(one["url"], beginning(one)): one["kind"] for one in citations}
    wrong, above = [], 0
    with serving(folder) as home, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
        )
        page = browser.new_page()
        local = functools.partial(_at_home, base=base, home=home)
        for (url, words), kind in wanted.items():
            if not opens_at(page, url, words, local):
                wrong.append((kind, url, words))
            above += opens_at(page, url.partition("#")[0], words, local, patience=0.3)
        browser.close()
    print(f"{len(wanted)} citations: {len(wanted) - len(wrong)} open at their words")
    print(f"{above} have them on the screen already where the page alone is opened")
    for row in wrong:
        print("  ", *row)


def _at_home(address: str, base: str, home: str) -> str:
    return home + address.removeprefix(base)


def beginning(result: dict[str, Any]) -> str:
    """The words that a citation opens at: the first of the passage, without who says them."""
    first = str(result["text"]).split("\n")[0]
    if result["kind"] == "transcript" and result.get("speakers"):
        first = first.removeprefix(f"{result['speakers'][0]}: ")
    if result["kind"] == "source":
        first = first.split(". ")[0]
    return " ".join(first.split()[:6])


if __name__ == "__main__":
    main()
