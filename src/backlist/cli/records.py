"""`assign-guid` and `cite`: single episodes and works."""

from collections.abc import Sequence
from pathlib import Path

import click

from backlist.cli.options import site_option
from backlist.cli.saying import finish
from backlist.problems import Problems


@click.command("assign-guid")
@click.argument("slugs", nargs=-1, metavar="SLUG...")
@click.option("--all", "every", is_flag=True, help="Every published episode with audio.")
@site_option
def assign_guid(slugs: Sequence[str], every: bool, root: Path) -> None:
    """Add episodes from a directory page to the feed: their audio address becomes their guid.

    A guid never changes afterwards. If the show has a live feed, import that feed instead: apps
    know each episode by its guid there, and an episode with another guid shows up twice. Episodes
    you write yourself get their guid at the first build.
    """
    from backlist.feed.assign_guid import assign_guids

    if bool(slugs) == every:
        raise click.UsageError("name episodes by slug, or use --all")
    problems = Problems()
    assigned = assign_guids(root, None if every else slugs, problems)
    for slug, guid in assigned:
        click.echo(f"{slug}: guid {guid}")
    if every and not assigned and not problems.stop():
        click.echo("every published episode with audio has a guid")
    finish(problems, "content/ was not changed")


@click.command()
@click.argument("name", required=False, metavar="[SLUG|WORK]")
@site_option
@click.option(
    "--format",
    "wanted",
    type=click.Choice(["text", "bibtex", "ris", "csl"]),
    default="bibtex",
    show_default=True,
)
@click.option(
    "--sources", is_flag=True, help="Cite the sources of the episode instead of the episode."
)
@click.option("--at", metavar="12:34", help="A position in the episode.")
def cite(name: str | None, root: Path, wanted: str, sources: bool, at: str | None) -> None:
    """Print the citation of an episode, a work, or (without a name) of everything.

    A WORK is named by its slug or id, such as arxiv:2306.14048.
    """
    from backlist import build as chain
    from backlist.cache.store import Cache
    from backlist.pages.citations import cite

    problems = Problems()
    with Cache(root / ".cache") as cache:
        archive = chain.archive(root, chain.clock(), problems, cache)
    if archive is None or problems.stop():
        finish(problems, "")
        return
    text = cite.cite(archive, name, wanted, sources=sources, at=at)
    click.echo(text.removesuffix("\n"))
