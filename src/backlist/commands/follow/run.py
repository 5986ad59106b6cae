"""One run: import the host's feed beside the checkout, check it, and propose what differs."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from backlist import build as chain
from backlist import content, urls
from backlist.cache.store import NO_CACHE, Memory
from backlist.commands.follow import hosting, text, troubles
from backlist.commands.follow.git import GitError, RaceError, Repository, Worktree, open_repository
from backlist.commands.follow.github import GitHub, GitHubError, PullRequest
from backlist.commands.follow.lasting import Lasting
from backlist.commands.follow.options import (
    FollowOptions,
    feed_to_follow,
    read_site,
    require_imported,
)
from backlist.commands.follow.propose import Branches, Proposal, propose
from backlist.commands.follow.published import feed_address, read_published
from backlist.commands.follow.troubles import MARK, Means, Trouble, find_troubles
from backlist.commands.mirror import bring_after_import
from backlist.content import MIRROR
from backlist.feed.rules.secrets import mask
from backlist.importers.report import Report
from backlist.importers.run import ImportOptions, import_sources
from backlist.model import Site
from backlist.problems import BacklistError, Level, Problems, Where

QUIET_DAYS = 30
"""GitHub stops schedules after 60 days without a commit; half of it is early enough."""

COPIES = ("static/", "content/transcripts/", "content/chapters/")
"""Where copies of what others host are kept."""

PUBLISH = "publish.yml"
"""The workflow that publishes the site."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a run: sentences for a person, and Markdown of what waits and what is wrong.

    `pushed` says that this run wrote the branch of the pull request, or of the site (`committed`);
    `previewed` that the site was built with the changes.
    """

    lines: tuple[str, ...]
    markdown: str
    troubles: tuple[Trouble, ...] = ()
    pushed: bool = False
    committed: bool = False
    previewed: bool = False


def follow(
    root: Path,
    options: FollowOptions,
    now: datetime,
    problems: Problems,
    cache: Memory = NO_CACHE,
) -> Followed | None:
    """Follow the feed of the show's host, once; None where the settings cannot be understood.

    The checkout at `root` stays as it is. Raises `BacklistError` where there is no site, no
    repository, or no feed to follow.
    """
    if not (root / content.SITE).is_file():
        hint = "go to the site's folder, or name it with `--site DIR`"
        raise BacklistError(Where(str(root)), "is not a site: it has no `site.yaml`", hint)
    repository = open_repository(root, options.remote)
    base = options.base or repository.default
    tip = repository.fetch(base)
    if tip is None:
        hint = "push the site first, or name its branch with `--base`"
        missing = f"has no branch `{base}`" if base else "has no branch yet"
        raise BacklistError(Where(options.remote), missing, hint)
    with repository.worktree(tip) as tree:
        require_imported(tree)
        site = read_site(tree.site, problems)
        if site is None:
            return None
        feed = feed_to_follow(tree.site, site, options)
        if feed is None:
            return Followed(("there is no feed to follow: `site.follow.feed` names none",), "")
        branches = Branches(base, tip, site.follow.branch)
        return _Run(root, tree, branches, site, feed, options, now, problems, cache).follow()


class _Run:
    """One run, step by step."""

    def __init__(
        self,
        root: Path,
        tree: Worktree,
        branches: Branches,
        site: Site,
        feed: str,
        options: FollowOptions,
        now: datetime,
        problems: Problems,
        cache: Memory,
    ) -> None:
        self.tree, self.branches, self.site, self.feed = tree, branches, site, feed
        self.options, self.now, self.problems, self.cache = options, now, problems, cache
        self.github = options.github
        self.repository: Repository = tree.repository
        self.means = Means(mask(feed), self.github is not None)
        self.lasting = Lasting(root, now)
        self.troubles: list[Trouble] = []
        self.lines: list[str] = []
        self.markdown = ""
        self.pushed = self.committed = self.previewed = False

    def follow(self) -> Followed:
        """All of it: the feed, the proposal, what is wrong, what lasts."""
        try:
            self._follow()
            self._keep_issue()
            self._stay_alive()
        except GitHubError as error:
            raise BacklistError(Where("GitHub"), str(error), _hint(error)) from error
        except RaceError:
            self.problems.warning(
                Where(self.tree.repository.remote),
                "somebody pushed meanwhile, so nothing was pushed",
                "the next run goes on from there",
            )
        except GitError as error:
            hint = "check whether this machine may push to the branch, or whether it is protected"
            raise BacklistError(Where("git"), str(error), hint) from error
        finally:
            if not self.options.dry_run:
                self.lasting.keep()
        parts = [self.markdown, *(f"## {one.heading}\n\n{one.text}" for one in self.troubles)]
        return Followed(
            tuple(self.lines),
            "\n\n".join(filter(None, parts)),
            tuple(self.troubles),
            self.pushed,
            self.committed,
            self.previewed,
        )

    def _follow(self) -> None:
        ours, pull = self.branches, None
        if not self.commits:
            pull = self.github.find_pull(ours.name) if self.github else None
            closed = pull.head if pull and not pull.open else None
            tip = self.repository.fetch(ours.name)
            self.branches = replace(ours, tip=tip, closed=closed)
        found = propose(self.tree, self.branches, self._import)
        self._judge(found)
        address = ""
        if found.empty:
            self._clear(found, pull)
        elif self.commits:
            self._commit(found)
        else:
            address = self._propose(found, pull)
        self._look_at_site(address)

    def _import(self, problems: Problems) -> Report | None:
        """Import into the working tree, with the covers that the feed names."""
        options, site = self.options, self.tree.site
        asked = ImportOptions(
            allow_removed=options.allow_removed,
            keep_guids=options.keep_guids,
            refresh=options.refresh,
        )
        report = import_sources(site, [self.feed], asked, problems=problems)
        if report is not None and report.writes_records and not options.dry_run:
            self._reuse_copies()
            bring_after_import(site, [self.feed], problems, self.now)
        return report

    def _reuse_copies(self) -> None:
        """Take what was brought home for a proposal that waits, so that it is fetched once."""
        base, tip = self.branches.base_tip, self.branches.tip
        if tip is None or self.tree.head != base:
            return
        fork = self.repository.merge_base(base, tip)
        brought = self.repository.changed(fork, tip)
        if MIRROR in brought and MIRROR not in self.repository.changed(fork, base):
            there = self.repository.list_files(tip, "")
            copies = [path for path in brought if path.startswith(COPIES) and path in there]
            self.tree.take(tip, [MIRROR, *copies])

    def _judge(self, found: Proposal) -> None:
        """Note what the import was refused for, and say what else it found."""
        self.troubles += find_troubles(found.problems, self.means)
        self.troubles += self.lasting.watch_feed(found.problems, self.means)
        if found.stuck:
            self.troubles.append(troubles.stuck(self.branches.name, found.stuck))
        if found.report is not None:
            self.lines.append(f"{self.means.feed}: {text.count_changes(found.changes)}")
        told = any(one.level is Level.ERROR for one in found.problems) and self.troubles
        # What an issue says, or what may be over in an hour, is no reason for a run to fail.
        lowered = not told or self.github is not None
        self.problems.extend(
            replace(one, level=min(one.level, Level.WARNING)) if lowered else one
            for one in found.problems
        )

    def _check(self, found: Proposal) -> Problems:
        """What `check` finds in the site with the changes; where asked for, the built site."""
        problems, site = Problems(), self.tree.site
        options = chain.Options(self.options.base_url)
        wanted = found.is_new or self.options.refresh
        if self.options.preview and wanted and not self.options.dry_run:
            out = self.options.preview.absolute()
            written = chain.build(site, out, self.now, options, problems, self.cache)
            self.previewed = written is not None
        else:
            chain.make(site, self.now, options, problems, self.cache)
        return problems

    def _describe(self, found: Proposal, checked: Problems) -> str:
        lost = found.report.loss_lines() if found.report else []
        blocks = [
            *text.describe(found.changes),
            *(["### Not shown by the records\n\n" + text.fenced("\n".join(lost))] if lost else []),
            f"### Checks\n\n{text.list_problems(checked)}",
        ]
        return text.fit(blocks)

    # -- where the changes go

    def _commit(self, found: Proposal) -> None:
        """Put the changes onto the site's own branch, unless the site could not be built."""
        base = self.branches.base
        checked = self._check(found)
        self.markdown = self._describe(found, checked)
        if checked.stop():
            self.troubles.append(troubles.failing_checks(checked))
            self.problems.extend(checked if self.github is None else ())
            return
        if self._is_dry(f"would commit to `{base}`"):
            return
        self.repository.push(found.head, base, self.branches.base_tip, self.options.push_options)
        self.pushed = self.committed = True
        self.lines.append(f"committed to `{base}`")
        if self.github:
            self.github.run(PUBLISH, base)
            self.lines.append(f"started {PUBLISH}")

    def _propose(self, found: Proposal, pull: PullRequest | None) -> str:
        """Push the branch and keep its pull request; where it is merged."""
        name = self.branches.name
        if hosting.is_declined(pull, found.changes.digest):
            self.lines.append("a pull request with these changes was closed: nothing is proposed")
            return ""
        if self._waits_already(found, pull):
            address = pull.address if pull else f"the branch `{name}`"
            self.lines.append(f"{address} waits to be merged")
            return address
        self.markdown = self._describe(found, self._check(found))
        if self._is_dry(f"would propose on the branch `{name}`"):
            return ""
        if found.is_new:
            self.repository.push(found.head, name, found.last, self.options.push_options)
            self.pushed = True
        if self.github is None:
            self.lines.append(f"pushed the branch `{name}`: merge it to take the changes over")
            return f"the branch `{name}`"
        return self._keep_pull(self.github, found, pull)

    def _waits_already(self, found: Proposal, pull: PullRequest | None) -> bool:
        """Whether the branch, and its pull request where there is one, say it all already."""
        if found.is_new or self.options.refresh or self.options.dry_run:
            return False
        return self.github is None or hosting.is_told(pull, found.changes.digest)

    def _keep_pull(self, github: GitHub, found: Proposal, pull: PullRequest | None) -> str:
        title = f"Follow the feed: {text.count_changes(found.changes)}"
        try:
            address, done = hosting.keep_pull(github, pull, self.branches, title, self._body(found))
        except GitHubError as error:
            if error.status not in _FORBIDDEN:
                raise
            compare = github.compare_address(self.branches.base, self.branches.name)
            self.troubles.append(troubles.forbidden(str(error), compare))
            return compare
        self.lines.append(f"{done} {address}")
        return address

    def _body(self, found: Proposal) -> str:
        hub = self.github
        preview = ""
        if hub and hub.workflow and self.options.preview:
            page = f"{hub.server}/{hub.repository}/actions/workflows/{hub.workflow}"
            preview = (
                f"**Preview:** the artefact `preview` of the [latest run]({page}) that changed "
                "this pull request. Unpack it, and run `python -m http.server` in it.\n\n"
            )
        return (
            f"{MARK}{found.changes.digest} -->\n"
            f"The feed {text.code(self.means.feed)} differs from your site. **Merge** to take the "
            "changes over. Commit to this branch if you want to correct something first: your "
            "commits are kept. **Close** to leave these changes out: you are asked again when "
            f"there are others.\n\n{preview}{self.markdown}"
        )

    def _clear(self, found: Proposal, pull: PullRequest | None) -> None:
        """Nothing differs: close what waits, and remove the branch unless people work on it."""
        waits = pull is not None and pull.open
        ours = self.branches
        removable = ours.tip is not None and not found.foreign and found.report is not None
        if not (waits or removable) or self._is_dry("would close what waits: nothing is left"):
            return
        if self.github and hosting.close_pull(self.github, pull):
            self.lines.append("closed the pull request: nothing is left to merge")
        if removable and ours.tip:
            self.repository.delete(ours.name, ours.tip)
            self.lines.append(f"removed the branch `{ours.name}`")

    # -- what lasts

    def _look_at_site(self, proposal: str) -> None:
        """Compare the published feed with the host's, and tell of it where it is new."""
        address = feed_address(self.site, self.options.base_url)
        if urls.host(address) == _PLACEHOLDER or self.options.dry_run:
            return
        published = read_published(address)
        self.troubles += self.lasting.watch_site(self.tree.site, published, proposal)
        self.lines += self.lasting.tell_changed(published, self.site.follow.pings, self.problems)

    def _keep_issue(self) -> None:
        if self.github is None or self._is_dry(""):
            return
        try:
            done = hosting.keep_issue(self.github, self.troubles, self.means)
        except GitHubError as error:
            if error.status != _NO_ISSUES:
                raise
            for trouble in self.troubles:
                hint = "issues are switched off in this repository, so nobody else is told"
                self.problems.error(Where(self.means.feed), trouble.heading, hint)
            return
        self.lines += [done] if done else []

    def _stay_alive(self) -> None:
        """Keep GitHub from stopping the schedules of a repository in which nothing happens."""
        if self.github is None or not self.site.follow.keep_alive or self._is_dry(""):
            return
        last = datetime.fromisoformat(
            self.tree.say("log", "-1", "--format=%cI", self.branches.base_tip)
        )
        if (self.now - last).days < QUIET_DAYS:
            return
        for workflow in filter(None, {self.github.workflow, PUBLISH}):
            try:
                self.github.enable(workflow)
            except GitHubError as error:
                if error.status != _MISSING:
                    raise
        self.lines.append(f"nothing was committed for {QUIET_DAYS} days: kept the schedules alive")

    @property
    def commits(self) -> bool:
        """Whether changes go to the site's own branch at once."""
        return self.site.follow.how == "commit"

    def _is_dry(self, would: str) -> bool:
        if self.options.dry_run and would:
            self.lines.append(f"{would}; dry run, nothing was changed")
        return self.options.dry_run


_PLACEHOLDER = "example.org"
_NO_ISSUES, _MISSING = 410, 404
_FORBIDDEN = (403, 422)


def _hint(error: GitHubError) -> str:
    if error.status in (401, 403, 404):
        return (
            "the workflow needs `permissions:` with `contents`, `pull-requests`, `issues` and "
            "`actions`, each `write`"
        )
    return "the next run tries again"
