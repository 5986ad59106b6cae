"""What was found, written into `content/works.yaml`; nothing that is there changes.

A work without an entry gets one at the end of the list. One that a person named gets the fields
that are missing. Where more would have to change, it is told instead.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from backlist import content, files
from backlist.commands.lookup.joining import MOST_AUTHORS
from backlist.commands.lookup.records import Finding, Found, Judged, Question
from backlist.content import Document
from backlist.load import WORKS
from backlist.model import WorkNote, WorkNotes, WorkStatus, writable
from backlist.model.scalars import moment
from backlist.problems import BacklistError, Problems, Where
from backlist.relate import corrections
from backlist.relate.archive import Archive

HEAD = "# What is known of works beyond what their sources show.\n"


def write(
    root: Path,
    archive: Archive,
    findings: Sequence[Finding],
    today: date,
    problems: Problems,
    *,
    dry_run: bool,
) -> tuple[Finding, ...]:
    """Write what was found; those findings that are now, or would be, in the file.

    `archive` is what the file says now, applied. Raises `BacklistError` where the file cannot be
    read or written.
    """
    path = root / WORKS
    text = path.read_text("utf-8") if path.is_file() else ""
    document = content.parse_yaml(text, WORKS, problems) if text.strip() else Document(WORKS, {})
    notes = content.read(WorkNotes, document, problems) if document else None
    if document is None or notes is None:
        return ()
    plan = _Plan(document, notes, archive, today)
    for finding in findings:
        plan.add(finding, problems)
    if plan.written and not dry_run:
        _save(path, plan.apply(text or HEAD), plan, problems)
    return tuple(plan.written)


def _save(path: Path, text: str, plan: "_Plan", problems: Problems) -> None:
    """Put the file in place, unless it would say anything but what was there and what is new."""
    found = content.parse_yaml(text, WORKS, Problems())
    if found is None or found.data != plan.expected():
        message = "cannot be added to without changing it: its lists are written in an unusual way"
        hint = "write `works:` as lines that begin with `- `; `--json` shows what was found"
        problems.error(Where(WORKS), message, hint)
        plan.written.clear()
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, text.encode())
    except OSError as error:
        hint = "check the folder's permissions and the space on the disk, then run it again"
        raise BacklistError(Where(WORKS), f"cannot be written: {error.strerror}", hint) from error


class _Plan:
    """What is to be added: new entries, and fields of those that are there."""

    def __init__(self, document: Document, notes: WorkNotes, archive: Archive, today: date) -> None:
        self.document, self.notes, self.today = document, notes, today
        self.owners = {
            key: place for place, note in enumerate(notes.works) for key in corrections.keys(note)
        }
        self.works = {corrections.identify(note): place for place, note in enumerate(notes.works)}
        for work in archive.works:  # sources that an entry names have identifiers of their own
            if work.id in self.works:
                keys = (f"{kind}:{ident}" for kind, ident in work.ids.items())
                self.owners |= dict.fromkeys(keys, self.works[work.id])
        self.new: list[WorkNote] = []
        self.filled: dict[int, dict[str, Any]] = {}
        self.written: list[Finding] = []

    def add(self, finding: Finding, problems: Problems) -> None:
        """Plan an entry for a finding, or tell why there is none."""
        if finding.match is None:
            return
        note = note_of(finding, self.today)
        keys = corrections.keys(note)
        here = self.works.get(finding.question.work)
        others = [self.owners[key] for key in keys if self.owners.get(key, here) != here]
        if any(place < len(self.notes.works) for place in others):
            self._tell(finding.question, min(others), problems)
        elif others:
            self._merge(others[0], note)
            self.written.append(finding)
        elif here is not None:
            self._fill(here, note, finding)
        else:
            self.owners |= dict.fromkeys(keys, len(self.notes.works) + len(self.new))
            self.new.append(note)
            self.written.append(finding)

    def _tell(self, question: Question, place: int, problems: Problems) -> None:
        """Two works turned out to be one, and a person wrote down the other."""
        message = f"“{question.title}” is this work as well"
        names = ", ".join(f'"{name}"' for name in question.names)
        hint = f"add to its `known_as:` {names}"
        problems.info(self.document.where("works", place), message, hint)

    def _merge(self, place: int, note: WorkNote) -> None:
        """Two works are one, and this run found both."""
        place -= len(self.notes.works)
        first = self.new[place]
        names = tuple(dict.fromkeys((*first.known_as, *note.known_as)))
        self.new[place] = first.model_copy(update={"known_as": names})

    def _fill(self, place: int, note: WorkNote, finding: Finding) -> None:
        """Add what a person's entry does not say."""
        has = self.notes.works[place].model_fields_set
        fields = {name: value for name, value in writable(note).items() if name not in has}
        if fields:
            self.filled[place] = fields
            self.owners |= dict.fromkeys(corrections.keys(note), place)
            self.written.append(finding)

    def apply(self, text: str) -> str:
        """The text of the file with all that is planned."""
        try:
            for place, fields in sorted(self.filled.items(), reverse=True):
                text = content.fill_item(text, "works", place, fields)
            new = [writable(note) for note in self.new]
            return content.append_items(text, "works", new) if new else text
        except ValueError:
            return text  # what is expected is not there, and `_save` tells

    def expected(self) -> Mapping[str, Any]:
        """What the file has to say afterwards, as it is read: every value a text."""
        works = [dict(one) for one in self.document.data.get("works") or ()]
        for place, fields in self.filled.items():
            works[place] |= _texts(fields)
        return {**self.document.data, "works": [*works, *(_texts(writable(n)) for n in self.new)]}


def _texts(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _texts(one) for key, one in value.items()}
    return [_texts(one) for one in value] if isinstance(value, list | tuple) else str(value)


def note_of(finding: Finding, today: date) -> WorkNote:
    """The entry of `content/works.yaml` that says what was found."""
    assert finding.match is not None
    found = finding.match.found
    status = WorkStatus(
        verdict=finding.verdict,
        date=moment(today.isoformat()),
        evidence=found.seen,
        score=finding.match.score,
        note=". ".join(_remarks(finding.match)) or None,
    )
    return WorkNote(
        known_as=finding.question.names,
        title=found.title,
        authors=authors_of(found) or None,
        year=str(found.year) if found.year else None,
        venue=found.venue or None,
        url=found.url or None,
        ids={kind: one for kind, one in (("doi", found.doi), ("arxiv", found.arxiv)) if one},
        status=status,
    )


def authors_of(found: Found) -> str:
    """Its authors as a text, of very many the first."""
    names = [one.name.replace(",", "") for one in found.authors]
    others = " et al." if len(names) > MOST_AUTHORS else ""
    return ", ".join(names[:MOST_AUTHORS]) + others


def _remarks(match: Judged) -> list[str]:
    """What a person has to know beside the fields."""
    found, said = match.found, []
    if found.retracted:
        said.append(found.retracted[:1].upper() + found.retracted[1:])
    if match.differs:
        said.append(f"The sources give another {_listed(match.differs)}")
    if found.is_preprint:
        said.append("A preprint; no publication was found")
    elif found.arxiv and found.preprint_year and found.preprint_year != found.year:
        said.append(f"The preprint at arXiv is of {found.preprint_year}")
    return said


_WORDS = {"title": "title", "authors": "list of authors", "year": "year"}


def _listed(names: Sequence[str]) -> str:
    said = [_WORDS[name] for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
