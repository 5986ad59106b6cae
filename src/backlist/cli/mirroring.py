"""`mirror`: what the records name at other hosts, brought home."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from backlist.cli.options import site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import Problems

MOST = 500_000_000
"""Bytes of pictures that an import brings; who wants more asks for it with `mirror`."""

Watch = Callable[[str, int, int], None]


@click.command()
@site_option
@click.option("--pictures", is_flag=True, help="Bring home covers, and pictures of notes.")
@click.option("--refresh", is_flag=True, help="Also ask for newer versions of those already here.")
def mirror(root: Path, *, pictures: bool, refresh: bool) -> None:
    """Download what your records name at other hosts into static/.

    Pages never show a picture from another host. With --pictures, the covers of show and episodes
    are downloaded, and your files name the copies; so are the pictures in notes if site.yaml has
    `mirror_pictures: true` under `site:`.
    """
    from backlist.mirror import bring_pictures

    if not pictures:
        raise click.UsageError("say what to bring home: --pictures")
    problems = Problems()
    with Counter() as counter:
        found = bring_pictures(root, problems, refresh=refresh, watch=counter.tell)
    click.echo(_said(found.pictures, found.bytes) or "no new pictures")
    finish(problems, "")


def _said(count: int, size: int) -> str:
    pictures = "1 picture" if count == 1 else f"{count} pictures"
    return f"brought home {pictures} ({size / 1e6:.1f} MB) into static/" if count else ""


def _unwatched(what: str, done: int, of: int) -> None:
    """Nobody watches."""


def bring_or_tell(
    root: Path,
    sources: Sequence[str],
    problems: Problems,
    watch: Watch = _unwatched,
    *,
    pictures: bool | None,
) -> str:
    """Bring covers home after an import, or say how that is done.

    An import of a file asks no server unless it is told to. A feed on a private network may name
    pictures at its own host, and nowhere else there.
    """
    from backlist import http, urls
    from backlist.mirror import bring_pictures, count_pictures

    addresses = [source for source in sources if ":/" in source]
    if pictures is False or (pictures is None and not addresses):
        count = count_pictures(root)
        if not count:
            return ""
        one, many = "1 picture is at another host", f"{count} pictures are at other hosts"
        said = one if count == 1 else many
        return f"{said}, and not shown: `backlist mirror --pictures` brings covers home"
    # A host on the internet is trusted with nothing: its name may lead elsewhere the next time.
    at_home = filter(http.is_private, addresses)
    hosts = frozenset(urls.split(one).netloc.rpartition("@")[2].lower() for one in at_home)
    found = bring_pictures(root, problems, most=MOST, trusted=hosts, watch=watch)
    rest = f"; {found.left} more: run `backlist mirror --pictures`" if found.left else ""
    return _said(found.pictures, found.bytes) + rest
