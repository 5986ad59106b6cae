"""`init` and `workflows`: a new site, and the files by which a host publishes it."""

import shlex
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from backlist.cli.importing import import_
from backlist.cli.options import pictures_option, site_option
from backlist.cli.saying import finish
from backlist.problems import BacklistError, Level, Problem, Problems, Where, printable

_HOSTS = _GITHUB, _GITLAB = "github", "gitlab"
_NOWHERE = "neither"


def _host_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for name, title in (("gitlab", "GitLab"), ("github", "GitHub")):
        said = f"Write the files by which {title} publishes the site."
        function = click.option(f"--{name}", is_flag=True, help=said)(function)
    return function


def _host(*, github: bool, gitlab: bool) -> str | None:
    """The host that was named. Raises `click.UsageError` for two."""
    if github and gitlab:
        raise click.UsageError("name one host: --github or --gitlab")
    return _GITHUB if github else _GITLAB if gitlab else None


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option(
    "--from", "source", metavar="SOURCE", help="A feed or saved page to import right away."
)
@_host_options
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day a page was saved (YYYY-MM-DD).",
)
@pictures_option
@click.pass_context
def init(
    ctx: click.Context,
    /,
    folder: Path,
    source: str | None,
    as_of: datetime | None,
    pictures: bool | None,
    **hosts: bool,
) -> None:
    """Create a new site in DIR: a site.yaml to fill in, and a first page.

    With --github or --gitlab it is a repository that publishes itself once it is pushed. On a
    terminal, without either, you are asked.
    """
    from backlist.commands import create_site

    host = _host(**hosts)
    create_site.require_empty(folder)
    host = host or _ask_for_host()
    if source is not None:
        folder.mkdir(parents=True, exist_ok=True)
        ctx.invoke(import_, sources=[source], root=folder, as_of=as_of, pictures=pictures)
    else:
        _say_wrote(create_site.create(folder))
    if host in _HOSTS:
        _write_repository(folder, host, renew=False)
    _say_next(folder, host)


@click.command()
@site_option
@_host_options
@click.option("--renew", is_flag=True, help="Replace existing files by those of this version.")
def workflows(root: Path, *, renew: bool, **hosts: bool) -> None:
    """Write the files by which GitHub or GitLab publishes this site.

    Files that are there stay as they are. With --renew the workflows, requirements.txt,
    constraints.txt and .python-version become those of this version of backlist.
    """
    from backlist.commands import create_site

    host = _host(**hosts)
    if host is None:
        raise click.UsageError("say where the site is published: --github or --gitlab")
    create_site.require_site(root, or_empty=False)
    _write_repository(root, host, renew=renew)


def _ask_for_host() -> str:
    """Where a person at a terminal wants to publish; nowhere if nobody can be asked."""
    if not _is_terminal():
        return _NOWHERE
    choice = click.Choice([*_HOSTS, _NOWHERE])
    said = "Where will you publish it? A repository at one of these publishes itself"
    return str(click.prompt(said, type=choice, default=_HOSTS[0]))


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _write_repository(root: Path, host: str, *, renew: bool) -> None:
    """Write the files for a host, and say which; with `renew` not without a wheel to install.

    Raises `BacklistError` where they cannot be written.
    """
    from backlist.commands.create_site import program, repository, title_of

    packed = program.pack(repository.VENDOR, repository.extras_of(root))
    problems = Problems()
    if packed.missing and not (root / repository.VENDOR / program.WHEEL).is_file():
        problems.extend([_missing(root / repository.VENDOR / program.WHEEL, packed.missing)])
        if renew:
            finish(problems, "nothing was written", strict=True)
    try:
        written = repository.write(root, host, title_of(root), packed, problems, renew=renew)
    except OSError as error:
        where, said = Where(str(error.filename or root)), f"cannot be written: {error.strerror}"
        raise BacklistError(where, said, "check its permissions and the disk") from error
    _say_wrote(written.wrote)
    for name in written.kept:
        click.echo(printable(f"kept {name}: it is there already"))
    for name in written.removed:
        click.echo(printable(f"removed {name}"))
    finish(problems, "nothing was written")


def _missing(wheel: Path, reason: str) -> Problem:
    """A wheel that requirements.txt names, and that could not be made."""
    return Problem(
        Where(str(wheel)),
        Level.WARNING,
        f"cannot be made, and requirements.txt names it: {reason}",
        "in a checkout of backlist run "
        f"`python -m pip wheel --no-deps --wheel-dir {shlex.quote(str(wheel.parent))} .`",
    )


def _say_wrote(names: Iterable[str]) -> None:
    for name in names:
        click.echo(printable(f"wrote {name}"))


_PUSH = {
    "github": "gh repo create {name} --public --source . --push",
    "gitlab": "git push --set-upstream git@gitlab.com:YOU/{name}.git main",
}
_COMMIT = 'git init -b main && git add . && git commit -m "Start the archive"'


def _say_next(folder: Path, host: str) -> None:
    """The three commands that a newcomer wants next."""
    place = shlex.quote(str(folder))
    if host in _HOSTS:
        push = _PUSH[host].format(name=shlex.quote(folder.resolve().name))
        commands = [f"backlist serve --site {place}", f"cd {place} && {_COMMIT}", push]
        more = "README.md says what to set at the host, and how to publish without these commands"
    else:
        commands = [f"cd {place}", "backlist serve", "backlist build"]
        more = "site.yaml says what the show is; `backlist workflows --github` lets GitHub publish"
    click.echo("next:")
    for command in commands:
        click.echo(printable(f"  {command}"))
    click.echo(more)
