"""`posters`: pictures of visualizations."""

from collections.abc import Sequence
from pathlib import Path

import click

from backlist.cli.options import site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import Problems


@click.command()
@click.argument("idents", nargs=-1, metavar="[ID...]")
@site_option
@click.option("--again", is_flag=True, help="Take new ones in place of those taken before.")
@click.option("--browser", metavar="PROGRAM", help="The Chromium to use (default: find one).")
def posters(idents: Sequence[str], root: Path, again: bool, browser: str | None) -> None:
    """Picture visualizations that have no poster, with a Chromium on this machine.

    A poster stands for its visualization until a reader starts it. It is content: look at it, and
    commit it. Any picture called poster.png, .jpg, .webp, .avif or .svg beside the page serves too.
    """
    from backlist.build import clock
    from backlist.preview import screenshots as studio

    problems = Problems()
    taken = 0
    with Counter() as counter:
        for path, length in studio.take(
            root, idents, clock(), problems, again=again, browser=browser, watch=counter.tell
        ):
            taken += 1
            click.echo(f"wrote {path} ({length / 1000:.0f} kB)")
    if not taken and not problems.stop():
        click.echo("every visualization has its poster; `--again` takes new ones")
    finish(problems, "", quiet=True)
