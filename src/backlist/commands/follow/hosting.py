"""The one pull request and the one issue, kept as they should be at the hosting service."""

import re
from collections.abc import Sequence

from backlist.commands.follow import troubles
from backlist.commands.follow.github import GitHub, PullRequest
from backlist.commands.follow.propose import Branches
from backlist.commands.follow.troubles import MARK, TITLE, Means, Trouble

_MARKED = re.compile(rf"\A{re.escape(MARK)}([^\s>]+) -->")


def mark_of(body: str) -> str:
    """What a run of ours noted in the first line of a text; empty where there is no note."""
    found = _MARKED.match(body)
    return found[1] if found else ""


def is_told(pull: PullRequest | None, digest: str) -> bool:
    """Whether an open pull request tells of exactly these changes."""
    return pull is not None and pull.open and mark_of(pull.body) == digest


def is_declined(pull: PullRequest | None, digest: str) -> bool:
    """Whether a person closed a pull request with exactly these changes."""
    return pull is not None and not (pull.open or pull.merged) and mark_of(pull.body) == digest


def keep_pull(
    github: GitHub, pull: PullRequest | None, branches: Branches, title: str, body: str
) -> tuple[str, str]:
    """Open the pull request or bring its words up to date: its address, and what was done."""
    if pull is None or not pull.open:
        return github.open_pull(branches.name, branches.base, title, body).address, "opened"
    github.change_pull(pull.number, title=title, body=body)
    return pull.address, "changed"


def close_pull(github: GitHub, pull: PullRequest | None) -> bool:
    """Close the pull request because there is nothing left to merge, and say so in it."""
    if pull is None or not pull.open:
        return False
    github.comment(pull.number, "The host's feed and your site agree again: nothing is left to do.")
    github.change_pull(pull.number, state="closed")
    return True


def keep_issue(github: GitHub, found: Sequence[Trouble], means: Means) -> str:
    """Open the issue, bring it up to date, or close it when all is over; what was done.

    An issue that a person closed is opened again only when there is something else to decide.
    """
    issue = github.find_issue(MARK)
    if not found:
        if issue is None or not issue.open:
            return ""
        github.comment(issue.number, "It is over: the feed can be followed.")
        github.change_issue(issue.number, state="closed", body=_over(issue.body))
        return "closed the issue"
    body, mark = troubles.issue_text(found, means), troubles.digest(found)
    if issue is None or (not issue.open and mark_of(issue.body) == _OVER):
        github.open_issue(TITLE, body)
        return "opened an issue"
    if mark_of(issue.body) == mark:
        return "the issue says what to do" if issue.open else "the issue was closed by a person"
    github.change_issue(issue.number, body=body, state="open")
    if not issue.open:
        github.comment(issue.number, "There is something else to decide: see above.")
    return "changed the issue"


_OVER = "over"


def _over(body: str) -> str:
    return _MARKED.sub(f"{MARK}{_OVER} -->", body, count=1)
