"""A stand-in for GitHub's API in the documented shape, beside a bare repository on this machine."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from backlist.commands.follow.github import GitHub
from tests.serving import answering, respond

REPOSITORY = "harbour/tide-desk"
TOKEN = "t0ken-of-a-run"


class Hub:
    """What the service knows: pull requests, issues, comments, and what was asked of Actions."""

    def __init__(self, remote: Path) -> None:
        self.remote = remote
        self.pulls: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.comments: list[tuple[int, str]] = []
        self.actions: list[str] = []
        self.refused: dict[str, tuple[int, str]] = {}
        self.asked: list[str] = []

    @property
    def open_pulls(self) -> list[dict[str, Any]]:
        return [pull for pull in self.pulls if pull["state"] == "open"]

    @property
    def open_issues(self) -> list[dict[str, Any]]:
        return [issue for issue in self.issues if issue["state"] == "open"]

    def tip(self, branch: str) -> str:
        """The commit a branch ends with, empty without it; nothing packs references here."""
        ref = self.remote / "refs/heads" / branch
        return ref.read_text().strip() if ref.is_file() else ""

    def heads(self) -> None:
        """An open pull request ends where its branch ends; one whose branch is gone is closed."""
        for pull in self.open_pulls:
            tip = self.tip(pull["head"]["ref"])
            if tip:
                pull["head"]["sha"] = tip
            else:
                pull["state"] = "closed"

    def close(self, pull: dict[str, Any], *, merged: bool = False) -> None:
        """As a person does on the page of it."""
        self.heads()
        pull["state"] = "closed"
        pull["merged_at"] = "2026-06-01T00:00:00Z" if merged else None

    def answer(self, method: str, path: str, data: dict[str, Any]) -> tuple[int, Any]:  # noqa: C901 - a table
        """What the service says to a request."""
        self.heads()
        what = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(what.query).items()}
        name = what.path.removeprefix(f"/api/v3/repos/{REPOSITORY}/")
        self.asked.append(f"{method} {name}")
        for pattern, refusal in self.refused.items():
            if re.fullmatch(pattern, f"{method} {name}"):
                return refusal[0], {"message": refusal[1]}
        match method, name.split("/"):
            case "GET", ["pulls"]:
                return 200, self._list_pulls(query)
            case "POST", ["pulls"]:
                return self._open_pull(data)
            case "PATCH", ["pulls", number]:
                pull = next(one for one in self.pulls if one["number"] == int(number))
                pull |= data
                return 200, pull
            case "GET", ["issues"]:
                assert query["state"] == "all"
                return 200, [*reversed(self.issues), *reversed(self.pulls)]
            case "POST", ["issues"]:
                issue = self._number() | data | _BY_BOT
                self.issues.append(issue)
                return 201, issue
            case "PATCH", ["issues", number]:
                issue = next(one for one in self.issues if one["number"] == int(number))
                issue |= data
                return 200, issue
            case "POST", ["issues", number, "comments"]:
                self.comments.append((int(number), data["body"]))
                return 201, {}
            case "PUT", ["actions", "workflows", workflow, "enable"]:
                self.actions.append(f"enable {workflow}")
                return 204, None
            case "POST", ["actions", "workflows", workflow, "dispatches"]:
                self.actions.append(f"run {workflow} on {data['ref']}")
                return 204, None
        return 404, {"message": "Not Found"}

    def _number(self) -> dict[str, Any]:
        return {"number": len(self.pulls) + len(self.issues) + 1, "state": "open"}

    def _list_pulls(self, query: dict[str, str]) -> list[dict[str, Any]]:
        branch = query["head"].removeprefix(f"{REPOSITORY.split('/')[0]}:")
        found = [
            pull
            for pull in reversed(self.pulls)
            if pull["state"] == query["state"] and pull["head"]["ref"] == branch
        ]
        return found[: int(query["per_page"])]

    def _open_pull(self, data: dict[str, Any]) -> tuple[int, Any]:
        if any(pull["head"]["ref"] == data["head"] for pull in self.open_pulls):
            return 422, {"message": "Validation Failed"}
        assert self.tip(data["head"]), "the branch must be there before its pull request"
        number = self._number()
        head = {"ref": data["head"], "sha": self.tip(data["head"])}
        pull = number | {
            "title": data["title"],
            "body": data["body"],
            "head": head,
            "base": {"ref": data["base"]},
            "merged_at": None,
            "html_url": f"https://github.example/{REPOSITORY}/pull/{number['number']}",
            "pull_request": {},
        }
        self.pulls.append(pull | _BY_BOT)
        return 201, self.pulls[-1]


_BY_BOT = {"user": {"type": "Bot"}, "author_association": "NONE"}


@contextmanager
def hosting(hub: Hub) -> Iterator[GitHub]:
    """A running stand-in, and how it is reached."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
            """Say nothing."""

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            data = json.loads(self.rfile.read(length)) if length else {}
            assert self.headers["Authorization"] == f"Bearer {TOKEN}"
            status, said = hub.answer(self.command, self.path, data)
            body = b"" if said is None else json.dumps(said).encode()
            respond(self, status, body)

        do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815 - as its parent calls them

    with answering(Handler) as address:
        yield GitHub(f"{address}api/v3", REPOSITORY, TOKEN, "https://github.example", "follow.yml")
