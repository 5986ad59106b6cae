"""How often `backlist lookup` finds the right paper, on a set made for it, with labels.

    python -m benchmarks.lookup [--part dev|held|show] [--misses]

`lookup_papers.txt` has facts about 186 papers that everybody in their fields knows. Each is worded
twice as shows word sources (15 ways, `WORDINGS`), and services answer with what is most like the
wording among all the papers and some that are made to be mistaken for it (`_decoys`): a sequel, a
survey, a correction, a book or data of the same title, the same title by others. For every
other paper they do so once more without the paper itself, and then nothing is right. Besides there
are sources that mean no paper: sequels nobody wrote, one paper's name before another's title. The
answers pass through the readers of each service in its documented shape; only the network is
left out. `tests/lookup` has that.

A third part are the real sources of this repository's own show, as a program worded them, with
the papers that a person found for them (`content/works.yaml`) among the others. Where nobody found
one, nothing is right; where title, authors and year are all wrong, nothing can be taken.

It is a made set. Decoys are as near as the author of the rules could make them, but by the same
hand; real services have errors nobody thinks of. Half of the papers (by a digest of the title)
were held out: no rule was changed because of their rows.

Precision: of the papers taken, those that are right. Recall: of the sources that mean a paper in
the services, those for which it is taken.
"""

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.commands.lookup.stand_ins import Paper, answer_list, ranked

from backlist import content
from backlist.commands.lookup.joining import join
from backlist.commands.lookup.judge import LONG, judge, years_in
from backlist.commands.lookup.records import Found, Question
from backlist.commands.lookup.services import SERVICES
from backlist.commands.lookup.titles import words
from backlist.load import WORKS
from backlist.model import WorkNote, WorkNotes
from backlist.parse.features.identity import is_search
from backlist.problems import Problems
from backlist.relate import corrections

FACTS = Path(__file__).with_name("lookup_papers.txt")
SHOW = FACTS.parents[1]
NO_DOI = re.compile(r"OSDI|NSDI|USENIX|ICLR|ICML|NIPS|NeurIPS|Journal of Machine|Advances|COLM")
"""Where papers have an address and no DOI."""

RETRACTED = "Stimulus-triggered fate conversion of somatic cells into pluripotency"
Wording = tuple[str, str, str]
"""Title, authors and year as a show gives them."""


@dataclass(frozen=True)
class Row:
    """A source, what is in the services, and the paper it means, None for none."""

    kind: str
    given: Wording
    near: tuple[Paper, ...]
    expected: Paper | None
    absent: Paper | None = None
    held: bool = False


def main() -> None:
    """Print precision and recall of both halves, and what was missed on request."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", choices=("dev", "held", "show"))
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    papers = facts()
    made = list(rows(papers))
    parts = {
        "dev": [row for row in made if not row.held],
        "held": [row for row in made if row.held],
        "show": list(rows_of_show(SHOW)),
    }
    for name, mine in parts.items():
        if asked.part in (None, name):
            results = [(row, look(row, papers)) for row in mine]
            _print(name, results)
            if asked.misses:
                _print_misses(results)


def facts() -> list[Paper]:
    """The papers of the file, with stand-ins for identifiers that are not in it."""
    lines = FACTS.read_text("utf-8").splitlines()
    return [_paper(number, line) for number, line in enumerate(lines) if not line.startswith("#")]


def _paper(number: int, line: str) -> Paper:
    title, authors, year, venue, arxiv, at_arxiv = (part.strip() for part in line.split("|"))
    is_bare = not venue or NO_DOI.search(venue) is not None
    return Paper(
        title=title,
        authors=tuple(name.strip() for name in authors.split(";")),
        year=int(year),
        venue=venue,
        doi="" if is_bare else f"10.5555/{number}",
        arxiv=arxiv,
        preprint_year=int(at_arxiv or 0),
        url=f"https://venue.example/{number}" if is_bare and venue else "",
        retracted=title == RETRACTED,
    )


def look(row: Row, papers: Sequence[Paper]) -> Found | None:
    """The paper that is taken for a row's source."""
    title, authors, year = row.given
    question = Question("w", title, authors, year)
    world = [*row.near, *(one for one in papers if one is not row.absent)]
    records = [
        record
        for ident, service in SERVICES.items()
        for record in service.read(answer_list(ident, _answered(ident, question, world)))
    ]
    match, _ = judge(question, join(records, years_in(year)))
    return match.found if match else None


def _answered(ident: str, question: Question, world: Sequence[Paper]) -> list[Paper]:
    asked = " ".join((question.title, question.authors, question.year))
    return ranked(asked, [one for one in world if ident in one.services()])


def is_right(found: Found, paper: Paper) -> bool:
    """Whether what was found is a paper, by any of its identifiers."""
    named = {paper.doi, paper.arxiv, paper.url} - {""}
    return bool(named & {found.doi, found.arxiv, found.url})


def measure(results: Sequence[tuple[Row, Found | None]]) -> tuple[float, float]:
    """Precision and recall."""
    taken = [(row, found) for row, found in results if found]
    right = sum(bool(row.expected and is_right(found, row.expected)) for row, found in taken)
    wanted = sum(row.expected is not None for row, _ in results)
    return right / len(taken), right / wanted


def rows(papers: Sequence[Paper]) -> Iterator[Row]:
    """Every row, the same each time."""
    for number, paper in enumerate(papers):
        held = hashlib.sha256(paper.title.encode()).digest()[0] % 2 == 1
        for turn in (0, 1):
            kind = list(WORDINGS)[(2 * number + 7 * turn) % len(WORDINGS)]
            given = WORDINGS[kind](paper)
            near = tuple(_decoys(paper, given, number + turn))
            yield Row(kind, given, near, paper, held=held)
        if number % 2:
            kind = ABSENT[number // 2 % len(ABSENT)]
            given = WORDINGS[kind](paper)
            near = tuple(_decoys(paper, given, number, every=True))
            yield Row(f"absent, {kind}", given, near, None, paper, held)
        else:
            name, invented = _invented(paper, papers[(number + 31) % len(papers)], number // 2)
            decoys = _decoys(paper, invented, number)
            near = tuple(one for one in decoys if "/sequel" not in one.doi)
            yield Row(name, invented, near, None, held=held)


def rows_of_show(folder: Path) -> Iterator[Row]:
    """A row for each source of a show that only leads to a search."""
    document = content.parse_yaml((folder / WORKS).read_text("utf-8"), WORKS, Problems())
    notes = content.read(WorkNotes, document, Problems()) if document else None
    assert notes
    papers = {id(note): _paper_of(number, note) for number, note in enumerate(notes.works)}
    by_name = {name: papers[id(note)] for note in notes.works for name in note.known_as}
    near = tuple(papers.values())
    for path in sorted((folder / "content/episodes").glob("*.md")):
        record = content.parse_markdown(path.read_text("utf-8"), path.name, Problems())
        assert record
        for number, source in enumerate(record.data.get("sources") or (), 1):
            if source.get("title") and is_search(source.get("url", "")):
                own = by_name.get(f"{record.data['slug']}#{number}", by_name.get(source["title"]))
                given = (source["title"], source.get("authors", ""), source.get("year", ""))
                yield Row("of the show", given, near, own)


def _paper_of(number: int, note: WorkNote) -> Paper:
    ids = corrections.ids(note)
    return Paper(
        title=note.title or "",
        authors=tuple((note.authors or "").split(", ")),
        year=int(note.year or 0),
        venue=note.venue or "",
        doi=ids.get("doi", ""),
        arxiv=ids.get("arxiv", ""),
        url="" if ids.get("doi") else f"https://venue.example/show/{number}",
    )


def _invented(paper: Paper, other: Paper, turn: int) -> tuple[str, Wording]:
    """A source that means no paper, made of papers."""
    authors, year = _some(paper), str(paper.year)
    main, colon, _ = paper.title.partition(": ")
    if turn % 3 == 0:
        sequel = f"{main} 2{colon}{paper.title[len(main + colon) :]}"
        return "a sequel nobody wrote", (sequel, authors, str(paper.year + 1))
    if turn % 3 == 1:
        tail = other.title.rpartition(": ")[2]
        return "two papers in one", (f"{main}: {tail}", authors, year)
    return "a paper's topic", (f"On {_reworded(paper.title)}", authors, year)


def _decoys(paper: Paper, given: Wording, turn: int, *, every: bool = False) -> Iterator[Paper]:
    """Papers that can be taken for another: four of twelve, or all."""
    made = list(_all_decoys(paper, given))
    yield from made if every else [one for n, one in enumerate(made) if (n + turn) % 12 < 4]


def _all_decoys(paper: Paper, given: Wording) -> Iterator[Paper]:
    main, colon, tail = paper.title.partition(": ")
    names_nobody = not given[1] or "authors" in given[1]
    many_words = len(words(paper.title)) >= LONG
    # Where nobody is named, one of the same title and year could as well be meant.
    later = 6 if names_nobody or many_words else 0
    base = replace(paper, arxiv="", preprint_year=0, url="", retracted=False, only=())
    others = ("Quentin Marsh", "Dora Feld")

    def made(name: str, **changes: object) -> Paper:
        doi = f"10.5555/{name}.{hashlib.sha256(paper.title.encode()).hexdigest()[:8]}"
        return replace(base, **{"doi": doi, **changes})  # type: ignore[arg-type]

    yield made("same", authors=others, year=paper.year + later)
    yield made("sequel", title=f"{main}-2{colon}{tail}", year=paper.year + 1)
    yield made("survey", title=f"{main}: A Survey", authors=others, year=paper.year + 2)
    yield made("again", title=f"Revisiting {paper.title}", authors=others)
    yield made("data", kind="dataset")
    yield made("review", title=paper.title, kind="peer-review", authors=others)
    yield made("fix", title=f"Correction: {paper.title}")
    yield made("other", title=_reworded(paper.title), authors=(paper.authors[0], *others))
    yield made("book", title=main, kind="book", authors=others, year=paper.year + 3)
    yield made("twin", title=f"Owlet: {tail}" if colon else f"{_reworded(main)}: Owlet")
    yield made("edition", kind="book", year=paper.year + 8)
    yield made("part", title=f"{paper.title} (Part II)", year=paper.year)


def _reworded(title: str) -> str:
    """A title with another word of weight in it."""
    parts = title.split()
    place = max(range(len(parts)), key=lambda n: len(parts[n]))
    parts[place] = "Adaptive" if parts[place] != "Adaptive" else "Robust"
    return " ".join(parts)


def _family(name: str) -> str:
    return name.split()[-1]


def _et_al(paper: Paper) -> str:
    family = _family(paper.authors[0])
    return f"{family} et al." if len(paper.authors) > 1 else paper.authors[0]


def _some(paper: Paper) -> str:
    return ", ".join(paper.authors[:4]) + (" et al." if len(paper.authors) > 4 else "")


def _initials(paper: Paper) -> str:
    named = [
        " ".join(f"{part[0]}." for part in name.split()[:-1]) + f" {_family(name)}"
        for name in paper.authors[:3]
    ]
    return ", ".join(named) + (" et al." if len(paper.authors) > 3 else "")


def _turned(paper: Paper) -> str:
    return "; ".join(
        f"{_family(name)}, {' '.join(name.split()[:-1])}" for name in paper.authors[:4]
    )


def _spelt(title: str) -> str:
    plain = title.lower().replace("-", " ").replace(" and ", " & ").replace(": ", " – ")
    return plain.replace("β", "beta").replace("é", "e").replace('"', "“")


def _mistyped(title: str) -> str:
    longest = max(re.findall(r"[A-Za-z]+", title), key=len)
    return title.replace(longest, longest[:3] + longest[4:], 1)


def _led(title: str) -> str:
    lead, colon, rest = title.partition(": ")
    if colon and len(lead.split()) <= 2 and len(rest.split()) >= 4:
        return rest
    return f"NightOwl: {title}" if len(title.split()) >= 4 and not colon else title


WORDINGS: dict[str, Callable[[Paper], Wording]] = {
    "as published": lambda p: (p.title, ", ".join(p.authors), str(p.year)),
    "et al.": lambda p: (p.title, _et_al(p), str(p.year)),
    "nobody named": lambda p: (p.title, "", str(p.year)),
    "initials": lambda p: (p.title, _initials(p), str(p.preprint_year or p.year)),
    "names turned": lambda p: (p.title, _turned(p), str(p.year)),
    "no subtitle": lambda p: (p.title.partition(": ")[0], _et_al(p), str(p.year)),
    "spelt otherwise": lambda p: (_spelt(p.title), _et_al(p), str(p.year)),
    "a letter missing": lambda p: (_mistyped(p.title), _some(p), str(p.year)),
    "-ise": lambda p: (p.title.replace("iz", "is"), _some(p), str(p.year)),
    "other authors": lambda p: (p.title, "Fabrice Lemaire, Rosa Quint", str(p.year)),
    "another year": lambda p: (p.title, _et_al(p), str(p.year + 4)),
    "a year beside it": lambda p: (p.title, _et_al(p), str(p.year + 1)),
    "a range of years": lambda p: (p.title, "Paper authors", f"{p.year - 1}-{p.year}"),
    "a name before it": lambda p: (_led(p.title), _et_al(p), str(p.year)),
    "one author wrong": lambda p: (
        p.title,
        ", ".join((p.authors[0], "Rosa Quint", *p.authors[1:2])),
        str(p.year),
    ),
}
"""The ways a source is worded."""

ABSENT = ("as published", "et al.", "initials", "names turned", "spelt otherwise", "nobody named")


def _print(part: str, results: Sequence[tuple[Row, Found | None]]) -> None:
    precision, recall = measure(results)
    taken = sum(found is not None for _, found in results)
    print(f"{part}: {len(results)} rows, {taken} taken")
    print(f"  precision {precision:.3f}, recall {recall:.3f}")
    wanted = Counter(row.kind for row, _ in results if row.expected)
    got = Counter(
        row.kind for row, one in results if one and row.expected and is_right(one, row.expected)
    )
    for kind, count in wanted.items():
        print(f"    {kind:<20} {got[kind]:>3} of {count}")


def _print_misses(results: Sequence[tuple[Row, Found | None]]) -> None:
    for row, found in results:
        if found and not (row.expected and is_right(found, row.expected)):
            print(f"  WRONG  [{row.kind}] {row.given} → {found.title} {found.doi}{found.arxiv}")
        if row.expected and not found:
            print(f"  missed [{row.kind}] {row.given}")


if __name__ == "__main__":
    main()
