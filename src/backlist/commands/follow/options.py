"""What a run is asked for, and the feed that it follows."""

from dataclasses import dataclass
from pathlib import Path

from backlist import content, urls
from backlist.commands.follow.git import Worktree
from backlist.commands.follow.github import GitHub
from backlist.importers import records
from backlist.model import Settings, Site
from backlist.problems import BacklistError, Problems, Where


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """What a run is asked for.

    `feed` overrides `site.follow.feed`; `remote` and `base` say which branch the site is; `github`
    is the service that is talked to, if any; `base_url` overrides that of site.yaml. `preview` is
    a folder for the built site where something is proposed; `refresh` makes everything anew.
    `allow_removed` and `keep_guids` are as for an import, `push_options` for the server that is
    pushed to. A `dry_run` changes nothing anywhere.
    """

    feed: str | None = None
    remote: str = "origin"
    base: str | None = None
    github: GitHub | None = None
    base_url: str | None = None
    preview: Path | None = None
    refresh: bool = False
    allow_removed: int | None = None
    keep_guids: int | None = None
    push_options: tuple[str, ...] = ()
    dry_run: bool = False


def require_imported(tree: Worktree) -> None:
    """Raise `BacklistError` where Git leaves out what an import compares with."""
    if tree.ignores(records.SHOW):
        raise BacklistError(
            Where(".gitignore"),
            "leaves out `content/imported/`, and without it an import cannot tell your edits from "
            "the host's",
            "remove that line, and commit the folder",
        )


def read_site(root: Path, problems: Problems) -> Site | None:
    """The settings of the site as the branch has it; None where they cannot be understood."""
    if not (root / content.SITE).is_file():
        hint = "commit the site and push it, or name its branch with `--base`"
        raise BacklistError(Where(content.SITE), "is not on the branch of the remote", hint)
    document = content.parse_yaml((root / content.SITE).read_text("utf-8"), content.SITE, problems)
    settings = content.read(Settings, document, problems) if document else None
    return settings.site if settings else None


def feed_to_follow(root: Path, site: Site, options: FollowOptions) -> str | None:
    """The address to import: as the run was told, as site.yaml has it, as it was imported last.

    A workflow that every repository gets has nothing to do where there is none; a person who
    asked for it has forgotten something.
    """
    told = options.feed or site.follow.feed
    if told:
        return told
    last = records.source_of(root / records.SHOW)
    if "…" in last:
        raise BacklistError(
            Where(content.SITE),
            f"the feed imported last has a secret in its address, which is written nowhere: {last}",
            "give the whole address in the environment variable BACKLIST_FEED",
        )
    if urls.is_address(last):
        return last
    if options.github is None:
        raise BacklistError(
            Where(content.SITE),
            "does not say which feed to follow",
            "write its address:\nsite:\n  follow:\n    feed: https://…",
        )
    return None
