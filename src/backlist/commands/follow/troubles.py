"""What a person has to decide: each trouble with its remedy, and the one issue they stand in."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backlist import importers
from backlist.commands.follow.text import LONGEST, code, fenced, fit, problem_in_words
from backlist.importers import reissued, removed, show
from backlist.importers.fetch import UNREACHABLE
from backlist.problems import Level, Problem, Problems

PATIENCE = timedelta(days=2)
"""How long a feed may be out of reach before a person is told."""

LATE = timedelta(hours=24)
"""How long an episode may be in the feed and not on the site."""

TITLE = "Following the feed needs you"

_DISABLE = fenced("gh workflow disable follow.yml", "sh")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is in the way: its kind, a heading, and Markdown that says what to do."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Means:
    """How a person accepts something here: the address followed, and whether GitHub runs it."""

    feed: str
    hosted: bool


def find_troubles(problems: Problems, means: Means) -> list[Trouble]:
    """What an import was refused for, or what it says of the feed's future.

    A feed that is out of reach is no trouble yet (see `out_of_reach`).
    """
    ours = any(problem.kind == show.OWN_FEED for problem in problems)
    return [
        _REMEDIES.get(problem.kind or _kind_of(problem), _refused)(problem, means)
        for problem in problems
        if (problem.level is Level.ERROR and problem.kind != UNREACHABLE)
        or (problem.kind == show.MOVED and not ours)
    ]


def _kind_of(problem: Problem) -> str:
    """Errors in the bytes of a feed are of many kinds; those in a record are not its."""
    return importers.NO_FEED if "://" in problem.where.file else ""


def _removed(problem: Problem, means: Means) -> Trouble:
    return Trouble(
        removed.REMOVED,
        "The feed lacks episodes it had",
        _blocks(
            fenced(problem.message),
            "Most often the feed is incomplete for a while: then there is nothing to do, and this "
            "issue closes itself. Nothing is deleted from your site either way.",
            "**If they are gone for good**, accept exactly this number. Their records stay:",
            _accepting(problem.accept, means),
        ),
    )


def _reissued(problem: Problem, means: Means) -> Trouble:
    pairs = problem.hint.partition("\nthey are")[0]
    return Trouble(
        reissued.REISSUED,
        "The feed has given episodes new guids",
        _blocks(
            fenced(f"{problem.message}\n{pairs}"),
            "They are most likely the same episodes. Apps know them by the guids on your site, "
            "which stay.",
            "**If they are the same**, accept exactly this number:",
            _accepting(problem.accept, means),
            "**If one is another episode**, change the title or the date of its record first.",
        ),
    )


def _own_feed(problem: Problem, means: Means) -> Trouble:
    return Trouble(
        show.OWN_FEED,
        "The feed is your own site's",
        _blocks(
            fenced(problem.message),
            "The host now leads to your site: the move is complete, and there is nothing left to "
            "follow. Add new episodes with your own files.",
            "**To stop following**, "
            + (
                "disable the workflow:\n\n" + _DISABLE
                if means.hosted
                else "remove `backlist follow` from your schedule."
            ),
            "**If the host still has a feed of its own**, write its address into `site.yaml`:",
            _in_settings("https://…"),
        ),
    )


def _moved(problem: Problem, means: Means) -> Trouble:
    return Trouble(
        show.MOVED,
        "The feed has moved",
        _blocks(
            fenced(problem.message),
            "The old address still works, and is followed until it stops.",
            "**If the new address is right**, write it into `site.yaml`:",
            _in_settings(problem.accept),
        ),
    )


def _no_feed(problem: Problem, means: Means) -> Trouble:
    return Trouble(
        importers.NO_FEED,
        "The address gives no feed that can be read",
        _blocks(
            problem_in_words(problem),
            "If the host is only being repaired, there is nothing to do. Else find the feed's "
            "address at the host, and write it into `site.yaml`:",
            _in_settings("https://…"),
        ),
    )


def _broken(problem: Problem, means: Means) -> Trouble:
    return Trouble(
        removed.BROKEN,
        "The feed breaks off",
        _blocks(
            problem_in_words(problem),
            "Most often the host is at fault for an hour: then there is nothing to do.",
        ),
    )


def _refused(problem: Problem, means: Means) -> Trouble:
    return Trouble("refused", "The import was refused", problem_in_words(problem))


_REMEDIES: dict[str, Callable[[Problem, Means], Trouble]] = {
    removed.REMOVED: _removed,
    reissued.REISSUED: _reissued,
    show.OWN_FEED: _own_feed,
    show.MOVED: _moved,
    importers.NO_FEED: _no_feed,
    removed.BROKEN: _broken,
}


def out_of_reach(since: datetime, problem: Problem, means: Means) -> Trouble:
    """A feed that could not be fetched for days."""
    return Trouble(
        UNREACHABLE,
        "The feed cannot be fetched",
        _blocks(
            f"Since {since.day} {since:%B %Y, %H:%M} UTC:",
            problem_in_words(problem),
            "Open the address in a browser. If the feed is elsewhere now, write its address into "
            "`site.yaml`:",
            _in_settings("https://…"),
            "**If the host is gone for good**, your site stays as it is: stop following it"
            + (
                ":\n\n" + _DISABLE
                if means.hosted
                else " by removing `backlist follow` from your schedule."
            ),
        ),
    )


def late(titles: Sequence[str], feed: str, proposal: str) -> Trouble:
    """Episodes that the host's feed has and the published one lacks; `proposal` may be merged."""
    named = [f"- {code(title)}" for title in titles[:10]]
    named += [f"- and {len(titles) - 10} more"] if len(titles) > 10 else []
    many = "episodes are" if len(titles) > 1 else "episode is"
    return Trouble(
        "late",
        "The feed is newer than your site",
        _blocks(
            f"{len(titles)} {many} in the host's feed for more than a day, and not in the feed of "
            f"your site ({code(feed)}):",
            "\n".join(named),
            f"**Merge {proposal}.**"
            if proposal
            else "Nothing waits to be merged: look at the latest run of the workflow that "
            "publishes the site, and run it again.",
        ),
    )


def silent(feed: str, why: str) -> Trouble:
    """The feed of the site itself, which could not be fetched for a day."""
    return Trouble(
        "silent",
        "Your site's feed cannot be fetched",
        _blocks(
            fenced(f"{feed}: {why}"),
            "Look at the latest run of the workflow that publishes the site. If the site is at "
            "another address, correct `site.base_url` (or `site.feed.url`) in `site.yaml`.",
        ),
    )


def stuck(branch: str, paths: Sequence[str]) -> Trouble:
    """A branch with commits of people that cannot be joined with the site."""
    return Trouble(
        "stuck",
        "The pull request conflicts with the site",
        _blocks(
            f"The branch `{branch}` has commits of people, which are kept, and these files changed "
            "on both sides:",
            "\n".join(f"- {code(path)}" for path in paths),
            "Merge the site's branch into it and resolve the conflicts, or close the pull request "
            "and delete the branch. Until then it is not brought up to date.",
        ),
    )


def failing_checks(problems: Problems) -> Trouble:
    """Changes that were not committed because the site could not be built with them."""
    found = "\n".join(str(problem) for problem in problems if problem.level is Level.ERROR)
    return Trouble(
        "checks",
        "The site cannot be built with the feed's changes",
        _blocks(
            fenced(found[:6000]),
            "Nothing was committed. Run `backlist import FEED` and `backlist check` on your "
            "machine, correct what they name, and commit. `how: pull request` under `site.follow` "
            "shows such changes before they are taken over.",
        ),
    )


def forbidden(message: str, compare: str) -> Trouble:
    """A pull request that the service did not let us open; `compare` is where a person can."""
    return Trouble(
        "forbidden",
        "No pull request could be opened",
        _blocks(
            fenced(message),
            "Allow it in the repository's settings: **Actions → General → Workflow permissions → "
            "Allow GitHub Actions to create and approve pull requests**.",
            f"Until then, open it yourself: {compare}" if compare else "",
        ),
    )


def _accepting(option: str, means: Means) -> str:
    local = f"backlist follow {option}"
    if not means.hosted:
        return fenced(local, "sh")
    name, _, number = option.removeprefix("--").partition(" ")
    field = name.replace("-", "_")
    return _blocks(
        fenced(f"gh workflow run follow.yml -f {field}={number}", "sh"),
        f"or on the page of the workflow: **Run workflow**, `{field}`: {number}.",
    )


def _in_settings(feed: str) -> str:
    """What site.yaml says to follow a feed."""
    return fenced(f"site:\n  follow:\n    feed: {feed}", "yaml")


def _blocks(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


MARK = "<!-- backlist follow: "


def issue_text(found: Sequence[Trouble], means: Means) -> str:
    """The body of the issue; its first line is for the next run."""
    head = (
        f"{MARK}{digest(found)} -->\n"
        f"Your site follows {code(means.feed)}. Each run updates this issue, and closes it when "
        "it is over. What is published stays as it is."
    )
    blocks = [f"## {trouble.heading}\n\n{trouble.text}" for trouble in found]
    return fit([head, *blocks], LONGEST)


def digest(found: Sequence[Trouble]) -> str:
    """The same for the same troubles."""
    said = repr([(trouble.kind, trouble.text) for trouble in found])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
