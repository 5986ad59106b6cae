"""`adopt` and `cite`: single episodes and works."""

from collections.abc import Sequence
from pathlib import Path

import click

from backlist.cli.options import site_option
from backlist.cli.saying import finish
from backlist.problems import Problems


@click.command()
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...")
@site_option
def adopt(slugs: Sequence[str], root: Path) -> None:
    """Put episodes into the feed: their audio address becomes their guid, for good.

    Apps that know the show from its live feed know each episode by the guid there. Import that
    feed if there is one; adopt only what no feed has carried, because a guid made here and
    another one there are two episodes to every app.
    """
    from backlist import adoption

    problems = Problems()
    for slug, guid in adoption.adopt(root, slugs, problems):
        click.echo(f"{slug}: guid {guid}")
    finish(problems, "content/ was left as it was")


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
@click.option("--sources", is_flag=True, help="What the episode cites, instead of the episode.")
@click.option("--at", metavar="12:34", help="A moment of the episode, for --format text.")
def cite(name: str | None, root: Path, wanted: str, sources: bool, at: str | None) -> None:
    """Print the citation of an episode, a work, or (without a name) of everything.

    A WORK is named by its slug or id, such as arxiv:2306.14048.
    """
    from backlist import build as chain
    from backlist.cache import Cache
    from backlist.citations import cite

    problems = Problems()
    with Cache(root / ".cache") as cache:
        archive = chain.archive(root, chain.clock(), problems, cache)
    if archive is None or problems.stop():
        finish(problems, "")
        return
    text = cite.cite(archive, name, wanted, sources=sources, at=at)
    click.echo(text.removesuffix("\n"))
