"""`build`, `check`, `accept-changes`, `serve`: publish a site."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from backlist.cache.stamp import Stamp
from backlist.cli.options import (
    base_url_option,
    drafts_option,
    out_option,
    site_option,
    strict_option,
)
from backlist.cli.saying import Counter, answer_of, finish, guid_lines, repeat, show
from backlist.problems import Level, Problem, Problems, Where

if TYPE_CHECKING:
    from backlist.build import Options, Site


CACHE = ".cache"


def _stamp(root: Path, out: Path, base_url: str | None, *options: bool) -> Stamp:
    """The last build of these inputs into this folder with these options."""
    from backlist.files import shipped_folder

    reads = [str(root / name) for name in ("site.yaml", "content", "templates", "static")]
    reads += [str(shipped_folder() / name) for name in ("templates", "static")]
    asked = [base_url or "", *map(str, options), *map(os.environ.get, _ENVIRONMENT)]
    return Stamp(str(root / CACHE), reads, str(out), [one or "" for one in asked])


_ENVIRONMENT = ("CI", "SOURCE_DATE_EPOCH")


@click.command()
@site_option
@out_option
@base_url_option
@drafts_option
@strict_option
@click.option(
    "--update-lock",
    "keep_lock",
    is_flag=True,
    help="Write the feed lock and new guids even if CI=true; commit them afterwards.",
)
def build(
    root: Path,
    out: Path | None,
    base_url: str | None,
    drafts: bool,
    strict: bool,
    keep_lock: bool,
) -> None:
    """Write the site to build/. If there is an error, nothing is written."""
    out = out or root / "build"
    last = _stamp(root, out, base_url, drafts, strict, keep_lock)
    if answer := last.answer():
        repeat(out, answer)
        return
    from backlist import build as chain
    from backlist.cache.store import Cache
    from backlist.load import LOCK

    problems = Problems()
    options = chain.Options(base_url, drafts=drafts, strict=strict, lock=keep_lock)
    with _uncollected(), Cache(root / CACHE, options.edition) as cache:
        written = chain.build(root, out, chain.clock(), options, problems, cache)
    if cache.store.failed:
        message = "cannot be written: nothing is kept, and each build takes as long as the first"
        show(Problems([Problem(Where(CACHE), Level.WARNING, message, "fix its permissions")]))
    if written is not None:
        due = written.due.timestamp() if written.due else None
        told = answer_of(written.written + written.kept, written.left_out, problems)
        as_read = last.keep(told, due, own=())
        click.echo(
            f"{out}: {written.written} written, {written.kept} unchanged, {written.removed} removed"
        )
        if not (as_read or written.locked or written.assigned):
            click.echo("files of the site changed during the build: build again to publish them")
        for line in guid_lines(written.assigned):
            click.echo(line)
        if written.left_out:
            click.echo(written.left_out)
        _renew_schemas(root)
        if written.locked:
            items = "1 new item" if written.locked == 1 else f"{written.locked} new items"
            click.echo(f"{LOCK}: {items}; commit it with the episodes")
    finish(problems, f"{out} was not changed", strict=strict, quiet=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles: nearly all a build makes stays to its end, which is soon."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _renew_schemas(root: Path) -> None:
    """Bring the schemas that a site keeps for editors to this version, but where nobody edits."""
    from backlist.content import schemas

    if (root / schemas.FOLDER).is_dir() and os.environ.get("CI") != "true" and schemas.keep(root):
        click.echo(f"{schemas.FOLDER}/: brought to this version of backlist; commit it")


@click.command()
@site_option
@out_option
@base_url_option
@strict_option
@click.option(
    "--feed",
    type=click.File("rb"),
    metavar="FILE",
    help="Compare with a downloaded feed: items, elements, and what notes show (- for standard "
    "input).",
)
@click.option(
    "--online",
    "asking",
    is_flag=True,
    help="Also request every audio file, cover and former feed address, and once a month each "
    "the address of every source.",
)
@click.option(
    "--update",
    "noting",
    is_flag=True,
    help="With --online: note in content/works.yaml which sources are gone.",
)
@click.option(
    "--mirror",
    "copies",
    is_flag=True,
    help="Also compare every copy with what was fetched, and say what is at other hosts only.",
)
def check(
    root: Path,
    out: Path | None,
    base_url: str | None,
    strict: bool,
    feed: BinaryIO | None,
    asking: bool,
    noting: bool,
    copies: bool,
) -> None:
    """Run all checks; without --update nothing is written."""
    from backlist import build as chain
    from backlist.cache.store import Cache
    from backlist.feed import lock

    if noting and not asking:
        raise click.UsageError("--update needs --online")
    problems = Problems()
    options: Options = chain.Options(base_url, strict=strict)
    with Cache(root / CACHE, options.edition) as cache:
        site = chain.make(root, chain.clock(), options, problems, cache, last=out)
    if site is not None:
        entries = site.archive.entries
        click.echo(f"{len(entries)} episodes, {len(site.outputs)} files")
        lock.report_new_items(site.diff, problems)
        if feed is not None:
            for line in _compare(site, feed.read(), feed.name, problems):
                click.echo(line)
        if asking:
            for line in _ask_online(site, root, problems, noting=noting):
                click.echo(line)
    if copies:
        from backlist.commands.mirror import check_copies

        click.echo(check_copies(root, problems, chain.clock()))
    finish(problems, "", strict=strict)


def _ask_online(site: "Site", root: Path, problems: Problems, *, noting: bool) -> Iterator[str]:
    """What servers say of the addresses of the feed and of sources, in sentences."""
    from backlist import build as chain
    from backlist.feed import probe
    from backlist.load import WORKS

    with Counter() as counter:
        yield probe.check_online(site.archive, problems, counter.tell)
        today = chain.clock().date()
        said, gone = probe.check_sources(site.archive, root, today, problems, counter.tell)
    yield said
    if noting and gone:
        noted = probe.record_gone(root, gone, problems)
        yield f"{WORKS}: {noted} noted as gone; review and commit it"


def _compare(site: "Site", data: bytes, file: str, problems: Problems) -> Iterator[str]:
    """What a downloaded feed says beside what the site publishes: items, elements, notes."""
    from backlist import urls
    from backlist.feed import lock, writer
    from backlist.feed.reader import losses
    from backlist.importers import published

    yield lock.compare_with_feed(data, file, site.diff.new, problems)
    specs = [spec for spec in writer.feed_specs(site.archive) if not spec.brief]
    ours = [site.outputs[spec.path].read() for spec in specs]
    pages = {
        entry.episode.guid: (site.outputs[urls.episode(entry.slug)].read(), entry.episode)
        for entry in site.archive.entries
        if entry.episode.guid
    }
    said = (
        losses.report_losses(data, file, ours, problems),
        published.report_lost_notes(data, file, ours, pages, problems),
    )
    yield from filter(None, said)


@click.command("accept-changes")
@click.argument("count", type=click.IntRange(min=0), metavar="N")
@site_option
@out_option
def accept_changes(count: int, root: Path, out: Path | None) -> None:
    """Accept N changes that the feed lock blocked.

    Subscribers get the changes with the next build. Run `backlist check` first: it lists the
    changes, what each one means for subscribers, and N.
    """
    from backlist import build as chain
    from backlist.cache.store import Cache
    from backlist.load import LOCK

    problems = Problems()
    with Cache(root / CACHE, chain.Options().edition) as cache:
        items = chain.accept(root, count, chain.clock(), problems, cache, out)
    if items is not None:
        changes = "1 change" if count == 1 else f"{count} changes"
        click.echo(f"{LOCK}: {changes} accepted, {items} items; build, review, and commit it")
    finish(problems, "the feed lock was not changed", quiet=True)


@click.command()
@site_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(root: Path, port: int, host: str) -> None:
    """Preview the site with drafts; the browser reloads after every save. Stop with Ctrl-C."""
    from backlist import preview

    preview.serve(root, host, port, say=click.echo)
