"""`docs` and `schema`: what every key means, for people and for editors."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import wrap

import click

from backlist.cli.options import site_option
from backlist.problems import BacklistError, Where, did_you_mean


@click.command()
@click.argument("name", required=False, metavar="[KEY|GUIDE]")
def docs(name: str | None) -> None:
    """Print the documentation of a key, or a guide; without a name, list what there is.

    A KEY is named as in messages: `site.covers`, `audio.url`, or `episode` for all of its keys. A
    GUIDE is a page of the documentation, such as `writing`.
    """
    from backlist import files
    from backlist.model import reference

    guides = files.shipped_guides()
    if name is None:
        _show(_contents(guides, reference.FILES))
        return
    plain = name.rpartition("/")[2].removesuffix(".md")
    if plain in guides:
        _show(guides[plain].read_text("utf-8"))
    elif plain in reference.FILES:
        _show(_fitted(reference.describe_record(reference.FILES[plain], plain)))
    elif found := reference.find(name):
        _show("\n\n".join(_fitted(reference.describe(key)) for key in found))
    else:
        known = [*guides, *reference.FILES, *(key.name for key in reference.all_keys())]
        hint = did_you_mean(name, known) or "`backlist docs` lists the guides and the files"
        raise BacklistError(Where("backlist docs"), f"knows no key or guide `{name}`", hint)


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--write", is_flag=True, help="Write all of them into the site, for editors.")
@site_option
def schema(name: str | None, write: bool, root: Path) -> None:
    """Print the JSON Schema of a file that you write; without a NAME, list them.

    Editors check and complete your files by them: `backlist docs editors` says how.
    """
    from backlist.commands import create_site
    from backlist.content import schemas

    if write:
        create_site.require_site(root)
        for file in (changed := schemas.keep(root)):
            click.echo(f"wrote {file}")
        if not changed:
            click.echo(f"{schemas.FOLDER}/ has the schemas of this version")
    elif name is None:
        for known, (_, title) in schemas.FILES.items():
            click.echo(f"{known:<14} {title}")
    elif name in schemas.FILES:
        click.echo(schemas.shipped(name), nl=False)
    else:
        hint = did_you_mean(name, schemas.FILES)
        raise BacklistError(Where("backlist schema"), f"knows no schema `{name}`", hint)


_WIDTH = 100


def _contents(guides: Mapping[str, Path], records: Iterable[str]) -> str:
    """What can be asked for: the guides with their titles, and the files whose keys are known."""
    width = max(map(len, guides))
    lines = [f"  {name:<{width}}  {_title(path)}" for name, path in guides.items()]
    return "\n".join(
        [
            "Guides (`backlist docs NAME`):",
            *lines,
            "",
            "Keys (`backlist docs NAME` lists them, `backlist docs NAME.KEY` explains one):",
            f"  {', '.join(records)}",
        ]
    )


def _title(guide: Path) -> str:
    with guide.open(encoding="utf-8") as lines:
        return next(lines).removeprefix("#").strip()


def _fitted(text: str) -> str:
    """Text with its long lines broken, each part indented as its line's second column is."""
    fitted = []
    for line in text.split("\n"):
        start = len(line) - len(line.lstrip())
        column = line.find("  ", start)
        inner = column + len(line[column:]) - len(line[column:].lstrip()) if column > 0 else start
        fitted += wrap(line, _WIDTH, subsequent_indent=" " * inner, break_long_words=False) or [""]
    return "\n".join(fitted)


def _show(text: str) -> None:
    click.echo_via_pager(text.rstrip("\n") + "\n")
