"""Import, build and check every feed in a folder, and write what came of it as a table.

    python -m benchmarks.feeds FOLDER [TABLE.md]

Figures only: no text of a feed goes into the table. Each feed gets an empty site of its own in a
temporary folder.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from backlist import build, content
from backlist.cache.store import Cache
from backlist.feed.reader import xml
from backlist.feed.reader.losses import Losses, find_losses
from backlist.importers.published import report_lost_notes
from backlist.importers.run import ImportOptions, import_sources
from backlist.problems import BacklistError, Level, Problems

_FORGIVEN = re.compile("not well-formed|encoding|HTML characters|entities of its own|are named")
_MARKUP_LEFT_OUT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_BASE = "https://archive.example/"
_HEAD = """\
# Imported feeds

{feeds} real feeds: each was imported into an empty site of its own, imported again, built and
checked. `python -m benchmarks.feeds FOLDER docs/imported-feeds.md` writes this page for any folder
of feeds. The feeds belong to other people and are not in the repository.

- **items**: `<item>` elements in the file's bytes, and how many of them the published feed has (a
  second copy of an item counts with the first)
- **elements**: what the file says of the show and its episodes, counted by name in the channel and
  in each item as `backlist check --feed` does, and how much of it the published feed says
  (an address that is none, such as `file:///…`, and an unreadable date are reported at import)
- **notes**: items whose notes were compared with the published feed, as `backlist check --feed`
  does, and the kinds of things gone (links, pictures, frames, sounds, films, headings, list items,
  numbers, words), each counted once an item
- **guids**: items with a guid, and how many records hold it, byte for byte
- **repaired**: errors in the XML that the import repaired, each reported with its line
- **reported**: warnings and notices of the import
- **again**: what a second import of the same file changed
- **build**: `ok`, or the errors by their number and the first one's kind

"""


@dataclass(frozen=True)
class Outcome:
    """What came of one feed."""

    name: str
    items: int
    published: int
    elements: int
    kept_elements: int
    notes: str
    guids: int
    kept: int
    forgiven: int
    told: int
    again: str
    build: str
    seconds: float

    def row(self) -> str:
        """The outcome as a row of a Markdown table."""
        cells = (
            self.name,
            f"{self.items} / {self.published}",
            f"{self.elements} / {self.kept_elements}",
            self.notes,
            f"{self.guids} / {self.kept}",
            str(self.forgiven),
            str(self.told),
            self.again,
            self.build,
            f"{self.seconds:.1f}",
        )
        return f"| {' | '.join(cells)} |"


def run_feed(path: Path, root: Path) -> Outcome:
    """Import a feed twice into the empty folder `root`, then build and check the site."""
    problems = Problems()
    start = time.perf_counter()
    report = import_sources(root, [str(path)], problems=problems)
    seconds = time.perf_counter() - start
    items, named = count_items(path)
    told = len(problems.found)
    if report is None:
        fault = first_error(problems)
        return Outcome(path.stem, items, 0, 0, 0, "–", named, 0, 0, told, "–", fault, seconds)
    guids, said = list(read_guids(root)), guids_said(path)
    again, built = import_again(path, root), build_site(root)
    found = compare(path, root / "build/feed.xml")
    return Outcome(
        name=path.stem,
        items=items,
        published=found.items - len(found.lost_items) if found else 0,
        elements=found.elements if found else 0,
        kept_elements=found.elements - found.lost_elements if found else 0,
        notes=compare_notes(path, root / "build/feed.xml"),
        guids=named,
        kept=sum(guid in said for guid in guids),
        forgiven=sum(bool(_FORGIVEN.search(problem.message)) for problem in problems),
        told=told,
        again=again,
        build=built,
        seconds=seconds,
    )


def compare(path: Path, published: Path) -> Losses | None:
    """What the feed says and the published one does not; None without one to compare with."""
    source, skipped = xml.parse(path.read_bytes(), path.name, Problems())
    if source is None or not published.exists():
        return None
    ours, _ = xml.parse(published.read_bytes(), published.name, Problems())
    return find_losses(source, [ours], path.name, skipped)


def compare_notes(path: Path, published: Path) -> str:
    """How many items have notes to compare, and how many kinds of things those of ours lack."""
    if not published.exists():
        return "–"
    said = report_lost_notes(path.read_bytes(), "", [published.read_bytes()], {}, Problems())
    return " / ".join(re.findall(r"\d+", said or "")[-2:])


def count_items(path: Path) -> tuple[int, int]:
    """How many items the bytes of a feed name, and how many of them have a guid with text."""
    shown = _MARKUP_LEFT_OUT.sub(lambda match: b"x" if match[0][:3] == b"<![" else b"",
                                 path.read_bytes())  # fmt: skip
    items = re.split(rb"<(?:\w+:)?item[\s>]", shown)[1:]
    named = sum(bool(re.search(rb"<(?:\w+:)?guid[^>]*>\s*[^\s<]", item)) for item in items)
    return len(items), named


def guids_said(path: Path) -> set[str]:
    """The guids a feed's XML says, read without the importer."""
    root = etree.fromstring(path.read_bytes().lstrip(), etree.XMLParser(recover=True))
    return {str(guid) for guid in root.xpath("//*[local-name()='guid']/text()")}


def read_guids(root: Path) -> Iterator[str]:
    """The guids of all records of a site."""
    for path in sorted((root / "content/episodes").glob("*.md")):
        document = content.parse_markdown(path.read_text("utf-8"), path.name, Problems())
        if document is not None and document.data.get("guid") is not None:
            yield str(document.data["guid"])


def import_again(path: Path, root: Path) -> str:
    """What a second import of the same file changes, in a word or two."""
    problems = Problems()
    report = import_sources(root, [str(path)], ImportOptions(refresh=True), problems=problems)
    if report is None:
        return first_error(problems)
    return f"{report.wrote} files" if report.wrote else "nothing"


def build_site(root: Path) -> str:
    """`ok`, or how many errors a build finds and the first one."""
    problems = Problems()
    now = datetime.now(UTC)
    try:
        with Cache(root / ".cache") as cache:
            build.build(root, root / "build", now, build.Options(_BASE), problems, cache)
    except BacklistError as error:
        problems.extend([error.problem])
    return first_error(problems) if problems.stop() else "ok"


def first_error(problems: Problems) -> str:
    """The number of errors and the kind of the first, without anything the feed says."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    kind = re.sub(r"`[^`]*`|\"[^\"]*\"|https?://\S+", "…", errors[0].message)
    return f"{len(errors)}: {kind.split(' on ')[0].split(': ')[0][:60]}"


def run_folder(folder: Path) -> Iterator[Outcome]:
    """The outcome of every feed in a folder, by name."""
    for path in sorted(folder.glob("*.xml")):
        with tempfile.TemporaryDirectory() as root:
            yield run_feed(path, Path(root))


def write_table(outcomes: list[Outcome]) -> str:
    """The page: what the columns mean, a row each, and the sums."""
    head = "| feed | items | elements | notes | guids | repaired | reported | again | build | "
    head += "seconds |\n"
    head += "| --- | --: | --: | --: | --: | --: | --: | --- | --- | --: |\n"
    built = sum(each.build == "ok" for each in outcomes)
    sums = (
        f"\n{len(outcomes)} feeds: {sum(each.items for each in outcomes)} items in, "
        f"{sum(each.published for each in outcomes)} out; "
        f"{sum(each.elements for each in outcomes)} elements in, "
        f"{sum(each.kept_elements for each in outcomes)} out; "
        f"{sum(each.kept for each in outcomes)} guids kept, {built} sites built.\n"
    )
    return (
        _HEAD.format(feeds=len(outcomes))
        + head
        + "".join(f"{each.row()}\n" for each in outcomes)
        + sums
    )


def main() -> None:
    """Run the folder named first; write the table into the file named second, or show it."""
    outcomes = []
    for outcome in run_folder(Path(sys.argv[1])):
        sys.stderr.write(f"{outcome.row()}\n")
        outcomes.append(outcome)
    page = write_table(outcomes)
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(page, "utf-8")
    else:
        sys.stdout.write(page)


if __name__ == "__main__":
    main()
