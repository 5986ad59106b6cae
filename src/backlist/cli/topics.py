"""`suggest-topics`: topics for an archive that has none."""

from pathlib import Path

import click

from backlist.cli.options import site_option
from backlist.cli.saying import finish
from backlist.problems import Problems, printable

_SHOWN = 3


@click.command("suggest-topics")
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def suggest_topics(root: Path, *, dry_run: bool) -> None:
    """Offer topics for an archive that has none.

    Adds names and pairs of words that divide the published episodes to content/topics.yaml, each
    with its episodes and why. Delete what you do not want: it is not offered again. Nothing that is
    there changes.
    """
    from backlist import build as chain
    from backlist.cache import Cache
    from backlist.load import TOPICS, load
    from backlist.resolve import resolve
    from backlist.suggest_topics import suggest

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
        for one in found:
            more = " …" if len(one.episodes) > _SHOWN else ""
            named = ", ".join(one.episodes[:_SHOWN])
            click.echo(printable(f"{one.title} ({len(one.episodes)}): {named}{more}"))
        covered = len({slug for one in found for slug in one.episodes})
        if not found:
            click.echo("no new topic divides the archive well; write your own in " + TOPICS)
        elif dry_run:
            click.echo(f"would offer {len(found)} topics for {covered} episodes in {TOPICS}")
        else:
            click.echo(f"{len(found)} topics for {covered} episodes are in {TOPICS}: delete what")
            click.echo("you do not want, change what you like, then run `backlist build`")
    finish(told, "content/ was not changed")
