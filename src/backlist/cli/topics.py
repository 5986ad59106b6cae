"""`suggest-topics`: topics for an archive that has none."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlist.cli.options import site_option
from backlist.cli.saying import finish
from backlist.problems import Problems, printable

if TYPE_CHECKING:
    from backlist.commands.suggest_topics import Suggestion

_SHOWN = 3


@click.command("suggest-topics")
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def suggest_topics(root: Path, *, dry_run: bool) -> None:
    """Offer topics for an archive that has none.

    Adds names and pairs of words that divide the published episodes to content/topics.yaml, each
    with its episodes and why. Delete what you do not want, a topic or an episode of one: it is not
    offered again. A later run adds later episodes to the topics you kept; nothing else that is
    there changes.
    """
    from backlist import build as chain
    from backlist.cache.store import Cache
    from backlist.commands.suggest_topics import suggest
    from backlist.load import load
    from backlist.resolve import resolve

    problems = Problems()
    with Cache(root / ".cache") as cache:
        workspace = load(root, problems)
        catalog = resolve(workspace, chain.clock(), cache, problems)
    if catalog is None or problems.stop():
        finish(problems, "content/ was not changed")
        return
    told = Problems()
    found = suggest(root, catalog, workspace.topics, told, dry_run=dry_run)
    if not told.stop():
        for title, slugs in found.later.items():
            click.echo(printable(f"more for {title} ({len(slugs)}): {_some(slugs)}"))
        for one in found.topics:
            click.echo(printable(f"{one.title} ({len(one.episodes)}): {_some(one.episodes)}"))
        for line in _summary(found, dry_run=dry_run):
            click.echo(line)
    finish(told, "content/ was not changed")


def _some(slugs: Sequence[str]) -> str:
    more = " …" if len(slugs) > _SHOWN else ""
    return ", ".join(slugs[:_SHOWN]) + more


def _summary(found: "Suggestion", *, dry_run: bool) -> Iterator[str]:
    """What was found as a whole, and what to do with it."""
    from backlist.load import TOPICS

    covered = len({slug for one in found.topics for slug in one.episodes})
    more = sum(map(len, found.later.values()))
    parts = [f"{len(found.topics)} topics for {covered} episodes"] if found.topics else []
    if more:
        parts.append(f"{more} more entries in {len(found.later)} topics you have")
    if not parts:
        yield "no new topic divides the archive well; write your own in " + TOPICS
    elif dry_run:
        yield f"would offer {' and '.join(parts)} in {TOPICS}"
    else:
        yield f"{' and '.join(parts)} are in {TOPICS}: delete what"
        yield "you do not want, change what you like, then run `backlist build`"
