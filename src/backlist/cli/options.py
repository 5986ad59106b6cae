"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

site_option = click.option(
    "--site",
    "root",
    metavar="DIR",
    default=".",
    type=click.Path(path_type=Path, file_okay=False),
    help="The site's folder, the one with site.yaml (default: the current folder).",
)


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None or value.startswith(("http://", "https://")):
        return value
    raise click.BadParameter("write the full address: https://example.org/show/")


base_url_option = click.option(
    "--base-url",
    metavar="URL",
    callback=_address,
    help="Publish at URL instead of the `site.base_url` in site.yaml.",
)
out_option = click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Default: build/."
)
drafts_option = click.option(
    "--drafts", is_flag=True, help="Include drafts and episodes dated in the future."
)
pictures_option = click.option(
    "--pictures/--no-pictures",
    default=None,
    help="Bring covers home into static/ (default: only where the source is an address).",
)
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


def renamed_option(old: str, new: str, **settings: Any) -> Callable[[F], F]:
    """A hidden option that still works under its old spelling, with a warning."""

    def take_over(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            click.echo(
                f"warning: `{old}` is now `{new}`; the old name stops working in the next release",
                err=True,
            )
            ctx.meta[new] = value

    return click.option(
        old, hidden=True, expose_value=False, is_eager=True, callback=take_over, **settings
    )


def or_old(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    """The value of an option, also where it was given under its old spelling."""
    return value or ctx.meta.get(option.opts[0], value)
