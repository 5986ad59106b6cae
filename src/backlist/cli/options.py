"""Options that several commands share."""

from pathlib import Path

import click

site_option = click.option(
    "--site",
    "root",
    metavar="DIR",
    default=".",
    type=click.Path(path_type=Path, file_okay=False),
    help="The site's folder, the one with site.yaml (default: here).",
)


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None or value.startswith(("http://", "https://")):
        return value
    raise click.BadParameter("write the whole address: https://example.org/show/")


base_url_option = click.option(
    "--base-url", metavar="URL", callback=_address, help="Publish at URL instead of site.base_url."
)
drafts_option = click.option(
    "--drafts", is_flag=True, help="Show drafts and episodes of the future."
)
strict_option = click.option("--strict", is_flag=True, help="Let warnings stop the run.")
