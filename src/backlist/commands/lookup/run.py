"""One run: what is unknown is asked, judged, asked again where needed, and written down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from backlist.commands.lookup import joining, propose
from backlist.commands.lookup.ask import Asker
from backlist.commands.lookup.judge import judge, years_in
from backlist.commands.lookup.questions import identified, unidentified
from backlist.commands.lookup.records import (
    Finding,
    Found,
    Judged,
    Options,
    Question,
    Record,
    Report,
    Watch,
    unwatched,
)
from backlist.commands.lookup.services import FIRST, SERVICES, Service
from backlist.commands.lookup.store import Answers
from backlist.model import Verdict
from backlist.problems import Problems, Where, did_you_mean
from backlist.relate.archive import Archive, Work

MOST_CANDIDATES = 3


def look_up(
    root: Path,
    archive: Archive,
    now: datetime,
    options: Options,
    problems: Problems,
    watch: Watch = unwatched,
) -> Report:
    """Look up the papers behind sources without address, and write what is sure.

    `root` is the site's folder. What is retracted, and what a person has to decide, is added to
    `problems`. Raises `BacklistError` where `content/works.yaml` cannot be read or written.
    """
    episodes = _slugs(archive, options, problems)
    if problems.stop():
        return Report()
    answers = Answers(root)
    services = [
        replace(one, base=options.services.get(one.ident, one.base).rstrip("/"))
        for one in SERVICES.values()
    ]
    try:
        with Asker(services, answers, options, now.date()) as asker:
            run = _Run(asker, watch)
            findings = run.find(unidentified(archive, episodes))
            known = identified(archive, episodes) if options.again else []
            findings += run.check(known)
    finally:
        answers.close()
    if asker.silent and not asker.answered:
        _tell_silence(asker, options, problems)
        return Report(silent=asker.silent, reasons=asker.reasons, requests=asker.requests)
    report = Report(tuple(findings), (), asker.silent, asker.reasons, len(known), asker.requests)
    works = {work.id: work for work in archive.works}
    new = [one for one in findings if works[one.question.work].status is None]
    _tell_retracted(findings, archive, problems)
    written = propose.write(root, archive, new, now.date(), problems, dry_run=options.dry_run)
    return replace(report, written=written)


def _slugs(archive: Archive, options: Options, problems: Problems) -> frozenset[str]:
    """The episodes that are named, by slug or by file; those that are none are reported."""
    known = {entry.slug: entry.slug for entry in archive.entries}
    files = {entry.file: entry.slug for entry in archive.entries}
    named = {
        name: known.get(name) or files.get(name.removeprefix("./")) for name in options.episodes
    }
    for name, slug in named.items():
        if slug is None:
            message = f"no published episode has the slug `{name}`"
            problems.error(Where("content/episodes"), message, did_you_mean(name, known))
    return frozenset(filter(None, named.values()))


def _tell_silence(asker: Asker, options: Options, problems: Problems) -> None:
    """A run in which no service answered anything has found out nothing."""
    reasons = "; ".join(f"{name} {why}" for name, why in asker.reasons.items())
    hint = "check the connection, then run it again"
    if options.offline:
        hint = "run it once without --offline"
    problems.error(Where("lookup"), f"no service answered: {reasons}", hint)


def _tell_retracted(findings: Iterable[Finding], archive: Archive, problems: Problems) -> None:
    files = {entry.slug: entry.file for entry in archive.entries}
    works = {work.id: work for work in archive.works}
    for finding in findings:
        status = works[finding.question.work].status
        if finding.verdict is not Verdict.RETRACTED or finding.match is None:
            continue
        if status and status.verdict is Verdict.RETRACTED:
            continue
        slug, number = finding.question.places[0]
        why = finding.match.found.retracted
        message = f"source {number} is retracted: “{finding.match.found.title}” ({why})"
        hint = "say so in the episode, or give a correction"
        if status:
            hint = "write `verdict: retracted` under its `status:` in content/works.yaml"
        problems.warning(Where(files[slug]), message, hint)


class _Run:
    """Questions and all records found for each."""

    def __init__(self, asker: Asker, watch: Watch) -> None:
        self.asker, self.watch = asker, watch
        self.records: dict[str, list[Record]] = {}
        self.unanswered: dict[str, list[str]] = {}

    def find(self, questions: Sequence[Question]) -> list[Finding]:
        """What each question means: asked of the first services, of all where these do not know.

        What is accepted is asked for by its identifiers as well: for its preprint, and whether
        it was taken back.
        """
        self._search(dict.fromkeys(FIRST, questions))
        if questions and not self.asker.answered:
            return []  # without a network the others would only be waited for
        open_ = [one for one in questions if self._judge(one)[0] is None]
        name = SERVICES["datacite"].name
        unseen = [one for one in open_ if name in self.unanswered.get(one.work, ())]
        self._search({"openalex": open_, "arxiv": unseen})
        accepted = [(one, match.found) for one in questions if (match := self._judge(one)[0])]
        self._ask_by_id(accepted)
        return [self._finding(one) for one in questions]

    def check(self, known: Sequence[tuple[Question, Work]]) -> list[Finding]:
        """Those of the works that have identifiers which were taken back."""
        self._ask_by_id([(question, _found_of(work)) for question, work in known])
        found = [self._retracted(question, work) for question, work in known]
        return [one for one in found if one]

    def _retracted(self, question: Question, work: Work) -> Finding | None:
        ids = _found_of(work).keys
        for one in joining.join(self.records.get(question.work, ())):
            if one.keys & ids and one.retracted:
                return Finding(question, Verdict.RETRACTED, Judged(one, 1.0))
        return None

    def _search(self, questions: Mapping[str, Sequence[Question]]) -> None:
        """Ask services for titles, all at the same time."""
        wanted: dict[tuple[str, str], str] = {}
        for ident, asked in questions.items():
            service = self._service(ident)
            wanted |= {(one.work, ident): service.search(service.base, one) for one in asked}
        for (work, ident), records in self.asker.ask(wanted, self.watch).items():
            self._note(work, ident, records)

    def _ask_by_id(self, found: Sequence[tuple[Question, Found]]) -> None:
        """Ask each service that has not answered about a work yet, by what identifies it."""
        wanted: dict[tuple[str, str], str] = {}
        asked: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
        for ident in SERVICES:
            service = self._service(ident)
            new = [(q.work, one) for q, one in found if service.name not in one.services]
            having = [(work, one) for work, one in new if service.by_id(service.base, [one])]
            for start in range(0, len(having), service.batch):
                part = having[start : start + service.batch]
                key = (part[0][0], ident)
                wanted[key] = service.by_id(service.base, [one for _, one in part])
                asked[key] = {work: one.keys for work, one in part}
        for key, records in self.asker.ask(wanted, self.watch).items():
            for work, ids in asked[key].items():
                mine = [one for one in records or () if one.keys & ids]
                self._note(work, key[1], None if records is None else mine)

    def _note(self, work: str, ident: str, records: Sequence[Record] | None) -> None:
        if records is None:
            self.unanswered.setdefault(work, []).append(self._service(ident).name)
        self.records.setdefault(work, []).extend(records or ())

    def _service(self, ident: str) -> Service:
        return self.asker.queues[ident].service

    def _judge(self, question: Question) -> tuple[Judged | None, list[Judged]]:
        records = self.records.get(question.work, ())
        return judge(question, joining.join(records, years_in(question.year)))

    def _finding(self, question: Question) -> Finding:
        match, others = self._judge(question)
        silent = tuple(dict.fromkeys(self.unanswered.get(question.work, ())))
        if match is None:
            likely = tuple(one for one in others if one.is_likely)[:MOST_CANDIDATES]
            return Finding(question, Verdict.UNKNOWN, None, likely, silent)
        return Finding(question, _verdict(match), match, (), silent)


def _verdict(match: Judged) -> Verdict:
    if match.found.retracted:
        return Verdict.RETRACTED
    return Verdict.DIFFERS if match.differs else Verdict.VERIFIED


def _found_of(work: Work) -> Found:
    """A work as far as it is asked for by its identifiers."""
    return Found(
        title=work.title or "",
        titles=(),
        authors=(),
        year=0,
        years=frozenset(),
        doi=work.ids.get("doi", ""),
        arxiv=work.ids.get("arxiv", ""),
    )
