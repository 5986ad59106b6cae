"""`export`: the whole archive as one folder that outlives this program."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlist.cli.options import site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import BacklistError, Problems, Where

if TYPE_CHECKING:
    from backlist.commands.export.archive import Exported
    from backlist.commands.export.verify import Verified

FOLDER = "export"
"""Where a bag is written, if nobody says otherwise."""


@click.command("export")
@click.argument("target", required=False, metavar="[DIR|FILE]", type=click.Path(path_type=Path))
@site_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The built site. Default: build/."
)
@click.option(
    "--with-private",
    "private",
    is_flag=True,
    help="Include everything, private and draft episodes as well: for your own keeping.",
)
@click.option("--replace", is_flag=True, help="Replace the bag that is there.")
@click.option(
    "--verify",
    "verifying",
    is_flag=True,
    help="Check the bag: every file is there, and as it was made.",
)
def export_(
    target: Path | None,
    root: Path,
    out: Path | None,
    *,
    private: bool,
    replace: bool,
    verifying: bool,
) -> None:
    """Write the whole archive as a bag (BagIt) into DIR (default: export/), or into FILE.zip.

    A bag holds every file the site is made of, with hashes that prove it is complete and
    unchanged. Private, draft and future episodes stay out unless you say --with-private.
    """
    _require_bagit()
    target = target or root / FOLDER
    if verifying:
        if private or replace:
            raise click.UsageError("--verify changes nothing: leave the other options out")
        _verify(target)
        return
    from backlist.build import clock
    from backlist.cache.store import Cache
    from backlist.commands.export.archive import Options, export

    problems = Problems()
    with Cache(root / ".cache") as cache, Counter() as counter:
        options = Options(out or root / "build", private, replace)
        made = export(root, target, clock(), options, problems, cache, counter.tell)
    if made is not None:
        click.echo(f"{target}: {_counted(made.episodes, 'episode')}, {_size(made)}")
        for line in _lines(made, private=private):
            click.echo(line)
        click.echo(f"next: `backlist export --verify {target}`")
    finish(problems, f"{target} was not written", quiet=True)


def _verify(target: Path) -> None:
    from backlist.commands.export.verify import verify

    problems = Problems()
    with Counter() as counter:
        found = verify(target, problems, counter.tell)
    if not problems.stop():
        click.echo(f"{target}: {_size(found)}: complete, and every hash is right")
    finish(problems, f"{target} is damaged or incomplete")


def _lines(made: "Exported", *, private: bool) -> Iterator[str]:
    """What is in the bag, what is not, and why."""
    if private:
        yield "it may hold private and draft episodes: keep it to yourself"
    elif made.without:
        counts = ", ".join(f"{count} {why}" for why, count in made.without.items())
        yield f"not in the bag: {counts} (`--with-private` includes everything)"
    if made.elsewhere:
        from backlist.commands.mirror import WHAT, listed

        kinds = ",".join(one for one in WHAT if one in made.elsewhere)
        yield f"not in the bag, because it is at other hosts: {listed(made.elsewhere)}"
        yield f"to have it in the next bag: `backlist mirror --what {kinds}`"


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def _size(made: "Exported | Verified") -> str:
    from backlist.files import in_words

    return f"{_counted(made.files, 'file')}, {in_words(made.bytes)}"


def _require_bagit() -> None:
    if find_spec("bagit") is None:
        hint = "run `pip install 'backlist[export]'`"
        raise BacklistError(Where("backlist export"), "needs the package `bagit`", hint)
