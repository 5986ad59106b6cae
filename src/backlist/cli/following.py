"""`follow`: the host's feed, as a proposal that a person merges."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from backlist.cli.options import base_url_option, site_option
from backlist.cli.saying import finish
from backlist.problems import Problems, printable


@click.command()
@site_option
@click.option(
    "--feed",
    metavar="URL",
    envvar="BACKLIST_FEED",
    help="Follow this feed (default: `site.follow.feed`, else the feed imported last).",
)
@click.option(
    "--github", "hosted", is_flag=True, help="Keep a pull request and an issue at GitHub."
)
@click.option("--remote", default="origin", show_default=True, help="The remote repository.")
@click.option("--base", metavar="BRANCH", help="The site's branch (default: that of the remote).")
@base_url_option
@click.option(
    "--preview",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also build the site with the changes into DIR.",
)
@click.option(
    "--allow-removed",
    type=click.IntRange(min=1),
    metavar="N",
    help="Accept that N episodes are gone from the feed.",
)
@click.option(
    "--keep-guids",
    type=click.IntRange(min=1),
    metavar="N",
    help="Accept that N items are records of the same title and day; the records keep their guids.",
)
@click.option("--refresh", is_flag=True, help="Download the feed even if it has not changed.")
@click.option(
    "--push-option",
    "push_options",
    multiple=True,
    metavar="TEXT",
    help="Send TEXT to the server that is pushed to, as `git push -o` does.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be proposed; change nothing.")
def follow(root: Path, *, hosted: bool, **options: Any) -> None:
    """Import the feed of the show's host into a branch that you merge.

    The import happens beside your checkout, which stays as it is: fields you did not edit follow
    the feed, your edits stay. What differs is committed to the branch `follow-feed` of the remote
    repository, or with `how: commit` under `site.follow` to the site's own branch.

    With --github there is one pull request that says what differs, and one issue where you have
    to decide something. GITHUB_REPOSITORY and GITHUB_TOKEN must be set, as GitHub Actions does.
    """
    from backlist import build as chain
    from backlist.cache.store import Cache
    from backlist.commands.follow import FollowOptions
    from backlist.commands.follow import follow as run
    from backlist.commands.follow.github import from_environment
    from backlist.importers.report import condense

    problems = Problems()
    asked = FollowOptions(**options, github=from_environment() if hosted else None)
    with Cache(root / ".cache", chain.Options(asked.base_url).edition) as cache:
        followed = run(root, asked, chain.clock(), problems, cache)
    if followed is not None:
        for line in followed.lines:
            click.echo(printable(line))
        if followed.markdown and not hosted:
            click.echo(f"\n{followed.markdown}")
        if hosted:
            _tell_workflow(followed.markdown or "Nothing to do.", previewed=followed.previewed)
    finish(problems, "", shown=condense(problems))
    if followed is not None and followed.troubles and not hosted:
        sys.exit(1)


def _tell_workflow(markdown: str, *, previewed: bool) -> None:
    """What the page of the run shows, and what its next steps go by (GitHub, workflow commands)."""
    said = {
        "GITHUB_STEP_SUMMARY": f"{markdown}\n",
        "GITHUB_OUTPUT": f"preview={str(previewed).lower()}\n",
    }
    for name, text in said.items():
        if file := os.environ.get(name):
            with Path(file).open("a", encoding="utf-8") as stream:
                stream.write(text)
