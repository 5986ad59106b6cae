"""The host's feed, imported into a working tree beside the checkout: the commit that it amounts to.

A branch that only runs of ours have written is made anew from the site's own branch, so that it
holds one commit, and what is true now. A branch with commits of people is never rewritten: the
site's branch is merged into it where that is needed, and the import goes on top.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backlist.commands.follow.changes import IMPORTED, Changes, compare
from backlist.commands.follow.git import Repository, Worktree
from backlist.commands.follow.text import count_changes
from backlist.content import MIRROR
from backlist.importers import records
from backlist.importers.report import Report
from backlist.problems import Level, Problems

Import = Callable[[Problems], Report | None]
"""Imports the feed into the working tree; None where it is refused."""


@dataclass(frozen=True, slots=True)
class Branches:
    """The site's branch and ours: names, and the commits they end with at the remote.

    `closed` is the commit of ours that a person has merged, or declined, where the hosting service
    says so: nothing goes on from there.
    """

    base: str
    base_tip: str
    name: str
    tip: str | None = None
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the site's branch lacks.

    `head` is the commit that has it, `last` the one our branch ends with now; they are the same
    where nothing is to be pushed. `foreign` says that people have committed to the branch, `stuck`
    names the files in which it cannot be joined with the site. `problems` are those of the import,
    `report` is None where it was refused.
    """

    head: str
    last: str | None
    changes: Changes
    problems: Problems
    report: Report | None
    foreign: bool = False
    stuck: tuple[str, ...] = ()
    empty: bool = False

    @property
    def is_new(self) -> bool:
        """Whether there is something to push."""
        return self.head != self.last and not self.empty


@dataclass(frozen=True, slots=True)
class _Attempt:
    head: str
    problems: Problems
    report: Report | None


def propose(tree: Worktree, branches: Branches, bring: Import) -> Proposal:
    """Import the feed with `bring`, and commit what differs; nothing is pushed."""
    return _Proposing(tree, branches, bring).propose()


class _Proposing:
    def __init__(self, tree: Worktree, branches: Branches, bring: Import) -> None:
        self.tree, self.branches, self.bring = tree, branches, bring
        self.repository: Repository = tree.repository

    def propose(self) -> Proposal:
        """The proposal, from the site's branch or from ours."""
        ours = self.branches
        tip = None if ours.tip == ours.closed else ours.tip
        foreign = tip is not None and self.repository.has_foreign(ours.base_tip, tip)
        if tip and foreign:
            stuck = self._start_from(tip)
            attempt = _Attempt(tip, Problems(), None) if stuck else self._import(tip)
            return self._result(attempt, foreign=True, stuck=stuck)
        attempt = self._import(ours.base_tip)
        if tip and attempt.report is None and _is_acceptable(attempt.problems):
            # A person may have accepted it in the proposal that waits to be merged.
            again = attempt if self._start_from(tip) else self._import(tip)
            attempt = again if again.report else attempt
        return self._result(attempt, foreign=False)

    def _start_from(self, tip: str) -> tuple[str, ...]:
        """Go on from our branch as it is, joined with the site's; the files in conflict."""
        self.tree.reset(tip)
        return self.tree.merge(self.branches.base_tip, self.branches.base)

    def _import(self, start: str) -> _Attempt:
        """Import on top of what the working tree has, which is `start`, maybe joined."""
        joined, problems = self.tree.head, Problems()
        report = self.bring(problems)
        if report is None:
            return _Attempt(start, problems, None)
        staged = self.tree.stage()
        found = changes_between(self.repository, joined, staged)
        if not found:
            return _Attempt(start, problems, report)
        message = f"Follow the feed: {count_changes(found)}"
        return _Attempt(self.tree.commit(message, staged), problems, report)

    def _result(self, attempt: _Attempt, *, foreign: bool, stuck: tuple[str, ...] = ()) -> Proposal:
        ours, head = self.branches, attempt.head
        refused = attempt.report is None
        if refused and ours.tip and ours.tip != ours.closed:
            # What waits to be merged stays as it is.
            head = ours.tip
        if head == ours.base_tip:
            return Proposal(head, ours.tip, Changes(), attempt.problems, attempt.report, empty=True)
        fork = self.repository.merge_base(ours.base_tip, head)
        changes = changes_between(self.repository, fork, head)
        if not foreign and ours.tip and self._says_the_same(changes, head):
            head = ours.tip
        self.tree.reset(head)
        return Proposal(
            head,
            ours.tip,
            changes,
            attempt.problems,
            attempt.report,
            foreign,
            stuck,
            empty=not changes and self.repository.is_same(fork, head),
        )

    def _says_the_same(self, changes: Changes, head: str) -> bool:
        """Whether our branch has these changes already, in files that are the same."""
        tip = self.branches.tip or ""
        fork = self.repository.merge_base(self.branches.base_tip, tip)
        if changes_between(self.repository, fork, tip) != changes:
            return False
        now = set(self.repository.changed(self.branches.base_tip, head))
        other = set(self.repository.changed(tip, head)) & now
        return all(path.startswith(IMPORTED) for path in other)


def changes_between(repository: Repository, old: str, new: str) -> Changes:
    """What a commit or tree has that another one has not."""
    paths = repository.changed(old, new)
    if not paths:
        return Changes()
    before = repository.texts(old, [*paths, MIRROR])
    episodes = repository.list_files(new, records.FOLDER)
    after = repository.texts(new, sorted({*paths, *episodes, MIRROR}))
    return compare(paths, before, after)


def _is_acceptable(problems: Problems) -> bool:
    return any(one.accept for one in problems if one.level is Level.ERROR)
