"""Which files of a site belong in its bag: all of them, or what the published site is made of.

A bag that is given away holds nothing that no page shows: not the records of private, draft,
removed and future episodes, nor what only these use, nor files that nothing names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backlist import content, files, urls
from backlist.commands.export.bag import Payload
from backlist.content import MIRROR
from backlist.feed.lock import lockfile
from backlist.load import (
    ADDED,
    CHAPTERS,
    EPISODES,
    IMPORTED,
    INPUTS,
    LOCK,
    PAGES,
    TOPICS,
    TRANSCRIPTS,
    WORKS,
    Reader,
    Workspace,
)
from backlist.model import Copy, Episode, Status
from backlist.problems import Problems
from backlist.resolve import Catalog, copies
from backlist.resolve.files import read_episode

_LISTS = (
    LOCK,
    WORKS,
    TOPICS,
    MIRROR,
    "content/imported/show.yaml",
    "content/imported/fetched.yaml",
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into a bag; `without` counts by reason the episodes that stay out."""

    payload: Payload
    without: Mapping[str, int]


def everything(root: Path, problems: Problems) -> Selection:
    """All files a build of the site at `root` could read, private and draft episodes as well."""
    return Selection(dict(_inputs(root, problems)), {})


def public(root: Path, workspace: Workspace, catalog: Catalog, reader: Reader) -> Selection:
    """What the published site is made of; building it gives the same bytes.

    Files are as they are in the site, with three exceptions: the feed lock and the lists of
    mirrored files lose the lines of what stays out, and where a public file names an episode
    that stays out by its slug, a record with nothing but that slug stands in for it.
    """
    # Everything was told of when the site was loaded.
    there = dict(_inputs(root, Problems()))
    records = _records(workspace, reader)
    out = {item.document.file for item in catalog.episodes}
    shown = [episode for name, episode in records.items() if name in out]
    unseen = hidden(workspace, catalog, reader)
    kept, dropped = _copies(workspace, reader, there, records.keys() - out, out, catalog.withheld)
    wanted = {*out, *_named(shown, catalog), *_files(kept), *_LISTS}
    withheld = {*_files(dropped), *(f"static/{name}" for name in catalog.withheld)}
    chosen: dict[str, Path | bytes] = {
        name: path
        for name, path in there.items()
        if name in wanted or (_is_always_public(name) and name not in withheld)
    }
    if unseen:
        chosen.update(_amended(chosen, catalog, unseen))
        chosen.update(_placeholders(shown, unseen, catalog, chosen))
    if dropped:
        chosen[MIRROR] = content.write_copies(kept).encode()
    return Selection(chosen, dict(catalog.hidden))


def hidden(workspace: Workspace, catalog: Catalog, reader: Reader) -> list[Episode]:
    """The episodes that no output shows: private, draft, removed and future ones."""
    out = {item.document.file for item in catalog.episodes}
    return [one for name, one in _records(workspace, reader).items() if name not in out]


def _records(workspace: Workspace, reader: Reader) -> dict[str, Episode]:
    """The records as written, by file; those of the catalog lack what is missing."""
    parsed = (one.record for one in reader.each(read_episode, workspace.episodes))
    return {item.document.file: item.episode for item in parsed if item is not None}


def _inputs(root: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    """The files of a site by name; a site that is the generator itself keeps its theme there."""
    own = root.resolve() != files.shipped_folder().resolve()
    for name in INPUTS if own else INPUTS[:2]:
        if name == content.SITE:
            yield name, root / name
            continue
        visible = urls.HIDDEN if name == "static" else ()
        for inner, path in files.find_all(root, name, problems, hidden=visible).items():
            yield f"{name}/{inner}", path


def _is_always_public(name: str) -> bool:
    return name == content.SITE or name.startswith(("static/", "templates/", f"{PAGES}/"))


def _copies(
    workspace: Workspace,
    reader: Reader,
    there: Mapping[str, Path],
    unseen: Iterable[str],
    shown: Iterable[str],
    withheld: Iterable[str],
) -> tuple[list[Copy], list[Copy]]:
    """The copies of files at other hosts, without those that only hidden records name."""
    if workspace.copies is None:
        return [], []
    (parsed,) = reader.each(copies.read, [workspace.copies])
    found = (parsed.record or {}).values()
    told, secret = (
        "\n".join(there[name].read_text("utf-8") for name in names if name in there)
        for names in (shown, unseen)
    )
    # A record names the file of a picture, and not its address.
    files = {f"static/{name}" for name in withheld}
    dropped = [
        one for one in found if one.file in files or (one.url in secret and one.url not in told)
    ]
    return [one for one in found if one not in dropped], dropped


def _files(found: Iterable[Copy]) -> Iterator[str]:
    return (one.file for one in found if one.file)


def _named(shown: list[Episode], catalog: Catalog) -> Iterator[str]:
    """What belongs to episodes that are out, by name."""
    for episode in shown:
        yield f"{IMPORTED}/{episode.slug}.yaml"
        yield f"{ADDED}/{episode.slug}.yaml"
        yield from (f"{TRANSCRIPTS}/{one.url}" for one in episode.transcripts)
        if episode.chapters_file:
            yield f"{CHAPTERS}/{episode.chapters_file}"
    for item in catalog.visualizations.values():
        yield item.files.document.file
        yield from (f"{item.files.folder}/{name}" for name in item.files.files)


def _amended(
    chosen: Payload, catalog: Catalog, hidden: list[Episode]
) -> Iterator[tuple[str, bytes]]:
    """The feed lock, without the items of episodes that stay out."""
    if LOCK in chosen and catalog.lock and (lock := lockfile.read(catalog.lock, Problems())):
        guids = {episode.guid for episode in hidden}
        sounds = {episode.audio.url for episode in hidden if episode.audio}
        kept = tuple(
            one for one in lock.items if one.guid not in guids and str(one.audio) not in sounds
        )
        if len(kept) < len(lock.items):
            yield LOCK, lockfile.dump(lock.model_copy(update={"items": kept})).encode()


def _placeholders(
    shown: list[Episode], hidden: list[Episode], catalog: Catalog, chosen: Payload
) -> Iterator[tuple[str, bytes]]:
    """A record without content for each slug that public files name, which a build looks for."""
    named = {slug for episode in shown for slug in episode.same_paper}
    for item in catalog.visualizations.values():
        named.update(item.record.episodes)
    for slug in sorted(named & {episode.slug for episode in hidden}):
        name = f"{EPISODES}/{slug}.md"
        if name in chosen:
            name = f"{EPISODES}/{slug}-not-public.md"
        said = {"title": "Not public", "slug": slug, "status": str(Status.PRIVATE)}
        yield name, content.dump_markdown(said, "").encode()
