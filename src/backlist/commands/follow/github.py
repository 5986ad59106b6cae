"""GitHub's REST API, as far as following a feed needs it (docs.github.com/rest).

Actions tells the address of the API, the repository and a token in the environment. The token is
sent to that address alone: redirects are not followed.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from backlist import http, urls
from backlist.problems import BacklistError, Where

TIMEOUT = 30
"""Seconds a server may stay silent."""

DEADLINE = 60
"""Seconds a whole answer may take."""

_MOST = 64_000_000
"""Bytes of an answer that are read."""

_WRITERS = ("OWNER", "MEMBER", "COLLABORATOR")
_NEEDED = ("GITHUB_REPOSITORY", "GITHUB_TOKEN")


class GitHubError(Exception):
    """A request that GitHub did not do: `status` is 0 where nothing answered."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request of our branch: `head` is the commit its branch ends or ended with."""

    number: int
    title: str
    body: str
    open: bool
    merged: bool
    head: str
    address: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue that a run of ours has opened."""

    number: int
    body: str
    open: bool


@dataclass(frozen=True, slots=True)
class GitHub:
    """One repository at GitHub: `workflow` is the file of the workflow that runs, if one does."""

    api: str
    repository: str
    token: str
    server: str = "https://github.com"
    workflow: str = ""

    @property
    def owner(self) -> str:
        """Who owns the repository."""
        return self.repository.partition("/")[0]

    def find_pull(self, branch: str) -> PullRequest | None:
        """The open pull request of a branch of this repository, else the one closed last."""
        head = {"head": f"{self.owner}:{branch}", "per_page": "1"}
        latest = {"sort": "updated", "direction": "desc"}
        for query in ({"state": "open", **head}, {"state": "closed", **latest, **head}):
            for said in self._ask("GET", f"pulls?{urlencode(query)}") or ():
                return _pull(said)
        return None

    def open_pull(self, branch: str, base: str, title: str, body: str) -> PullRequest:
        """Open a pull request."""
        data = {"title": title, "body": body, "head": branch, "base": base}
        return _pull(self._ask("POST", "pulls", data))

    def change_pull(self, number: int, **fields: str) -> None:
        """Give a pull request another title, body or state."""
        self._ask("PATCH", f"pulls/{number}", fields)

    def find_issue(self, mark: str) -> Issue | None:
        """Our issue, an open one first: its body begins with `mark`, and nobody else wrote it."""
        found = None
        for page in range(1, 11):
            query = {"state": "all", "sort": "updated", "per_page": "100", "page": str(page)}
            listed = self._ask("GET", f"issues?{urlencode(query)}") or []
            for said in filter(lambda one: _is_ours(one, mark), listed):
                issue = Issue(said["number"], said["body"], said["state"] == "open")
                if issue.open:
                    return issue
                found = found or issue
            if len(listed) < 100:
                break
        return found

    def open_issue(self, title: str, body: str) -> None:
        """Open an issue."""
        self._ask("POST", "issues", {"title": title, "body": body})

    def change_issue(self, number: int, **fields: str) -> None:
        """Give an issue another body or state."""
        self._ask("PATCH", f"issues/{number}", fields)

    def comment(self, number: int, body: str) -> None:
        """Add a comment to an issue or a pull request."""
        self._ask("POST", f"issues/{number}/comments", {"body": body})

    def enable(self, workflow: str) -> None:
        """Enable a workflow, which GitHub counts as a sign of life also of one that is enabled."""
        self._ask("PUT", f"actions/workflows/{quote(workflow, safe='')}/enable")

    def run(self, workflow: str, branch: str) -> None:
        """Run a workflow: a commit that a workflow pushes starts none by itself."""
        self._ask(
            "POST", f"actions/workflows/{quote(workflow, safe='')}/dispatches", {"ref": branch}
        )

    def compare_address(self, base: str, branch: str) -> str:
        """The page on which a person can open a pull request."""
        names = f"{quote(base)}...{quote(branch)}"
        return f"{self.server}/{self.repository}/compare/{names}?expand=1"

    def _ask(self, method: str, what: str, data: Mapping[str, Any] | None = None) -> Any:
        """The JSON of an answer, None where it has no body. Raises `GitHubError`."""
        address = f"{self.api}/repos/{self.repository}/{what}"
        headers = {
            "Accept": "application/vnd.github+json",
            "Accept-Encoding": "identity",
            "Authorization": f"Bearer {self.token}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        body = None if data is None else json.dumps(data).encode()
        home = http.is_private(self.api)
        try:
            with http.request(
                method,
                address,
                headers | ({"Content-Type": "application/json"} if body else {}),
                timeout=TIMEOUT,
                at_home=lambda _: home,
                body=body,
                redirects=0,
            ) as answer:
                if not 200 <= answer.status < 300:
                    raise GitHubError(answer.status, _reason(answer))
                said = _read(answer)
        except OSError as error:
            raise GitHubError(0, f"{urls.host(self.api)} does not answer: {error}") from error
        return said


def _read(answer: http.Response) -> Any:
    data = http.receive(answer, _MOST, DEADLINE)
    try:
        return json.loads(data) if data else None
    except ValueError as error:
        raise OSError("the answer is no JSON") from error


def _reason(answer: http.Response) -> str:
    try:
        said = _read(answer)
    except OSError:
        said = None
    message = said.get("message") if isinstance(said, dict) else ""
    return f"GitHub answered {answer.status} {message or answer.reason}".rstrip()


def _pull(said: Mapping[str, Any]) -> PullRequest:
    return PullRequest(
        number=said["number"],
        title=said["title"],
        body=said["body"] or "",
        open=said["state"] == "open",
        merged=bool(said.get("merged_at")),
        head=said["head"]["sha"],
        address=said["html_url"],
    )


def _is_ours(said: Mapping[str, Any], mark: str) -> bool:
    """Whether a run of ours has opened an issue: anybody can write our mark into one."""
    if "pull_request" in said or not (said["body"] or "").startswith(mark):
        return False
    by_program = (said["user"] or {}).get("type") == "Bot"
    return by_program or said["author_association"] in _WRITERS


def from_environment() -> GitHub:
    """The repository that Actions runs for. Raises `BacklistError` outside of it."""
    missing = [name for name in _NEEDED if not os.environ.get(name)]
    if missing:
        raise BacklistError(
            Where("--github"),
            f"needs {' and '.join(f'`{name}`' for name in missing)} in the environment",
            "GitHub Actions sets GITHUB_REPOSITORY (`owner/name`); the workflow gives the token: "
            "`GITHUB_TOKEN: ${{ github.token }}`",
        )
    # owner/name/.github/workflows/follow.yml@refs/heads/main
    workflow = os.environ.get("GITHUB_WORKFLOW_REF", "").partition("@")[0].rpartition("/")[2]
    return GitHub(
        os.environ.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"),
        os.environ["GITHUB_REPOSITORY"],
        os.environ["GITHUB_TOKEN"],
        os.environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/"),
        workflow,
    )
