"""`screenshots`: pictures of visualizations."""

from collections.abc import Sequence
from pathlib import Path

import click

from backlist.cli.options import or_old, renamed_option, site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import Problems


@click.command()
@click.argument("idents", nargs=-1, metavar="[ID...]")
@site_option
@click.option("--refresh", is_flag=True, callback=or_old, help="Replace screenshots taken earlier.")
@renamed_option("--again", "--refresh", is_flag=True)
@click.option("--browser", metavar="PROGRAM", help="The Chromium to use (default: find one).")
def screenshots(idents: Sequence[str], root: Path, refresh: bool, browser: str | None) -> None:
    """Take a screenshot of each visualization without a poster.

    This needs Chromium or Chrome on your machine. A poster is what readers see until they start
    the visualization. Look at the screenshots, and commit them with your content. To use a picture
    of your own, save it beside the page as poster.png, .jpg, .webp, .avif or .svg.
    """
    from backlist.build import clock
    from backlist.preview.screenshots import take

    problems = Problems()
    taken = 0
    with Counter() as counter:
        for path, length in take(
            root, idents, clock(), problems, refresh=refresh, browser=browser, watch=counter.tell
        ):
            taken += 1
            click.echo(f"wrote {path} ({length / 1000:.0f} kB)")
    if not taken and not problems.stop():
        click.echo("every visualization has a poster; use `--refresh` to take new screenshots")
    finish(problems, "", quiet=True)
