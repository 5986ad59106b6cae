"""The only stage that reads the site folder; it finds files and understands nothing.

What there may be thousands of (episodes, pages, transcripts, chapters) is listed as `File`s. They
are read and understood in `resolve`, through a `Reader`: how often a file is really read, and on
how many cores, is the reader's affair.
"""

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from backlist import content, theme, urls
from backlist.content import Document
from backlist.extras.visualizations import charts
from backlist.files import File, Parse, Parsed, exists, find, find_all, read, unreadable
from backlist.problems import BacklistError, Problems, Where, did_you_mean

EPISODES = "content/episodes"
PAGES = "content/pages"
VISUALIZATIONS = "content/visualizations"
LOCK = "content/feed.lock.yaml"
WORKS = "content/works.yaml"
TOPICS = "content/topics.yaml"
IMPORTED = "content/imported/episodes"
ADDED = "content/added"
TRANSCRIPTS = "content/transcripts"
CHAPTERS = "content/chapters"
INPUTS = (content.SITE, "content", theme.TEMPLATES, theme.STATIC)
"""What a build reads, and so what a preview watches."""

_PLACES = (
    EPISODES,
    PAGES,
    VISUALIZATIONS,
    TRANSCRIPTS,
    CHAPTERS,
    LOCK,
    WORKS,
    TOPICS,
    content.MIRROR,
)

HTML = (".html", ".htm")
"""How the pages of visualizations end."""

R = TypeVar("R")
T = TypeVar("T")


class Reader(Protocol):
    """Reads files, each with the same function."""

    def each(self, parse: Parse[R], files: Sequence[File]) -> list[Parsed[R]]:
        """What `parse` makes of each file, in their order."""

    def measure(self, look: Callable[[Path], R], files: Sequence[File]) -> list[R]:
        """What `look` finds in each file; for large ones that are not read whole."""

    def make(self, kind: str, make: Callable[[T], R], items: Sequence[tuple[bytes, T]]) -> list[R]:
        """What `make` makes of each item, which its key describes whole, in their order."""


@dataclass(frozen=True, slots=True)
class VisualizationFiles:
    """A visualization as it lies on disk: its id, its keys, its other files by name.

    `folder` is where these lie in the site; `pages` are the bytes of its HTML files, `data` those
    of specifications of charts (`*.vl.json`) and, where there is one, of every file beside it.
    `described` says that there is a file with its keys.
    """

    id: str
    folder: str
    document: Document
    files: Mapping[str, Path]
    pages: Mapping[str, bytes]
    data: Mapping[str, bytes] = field(default_factory=dict)
    described: bool = True


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a build reads; no settings when they are unreadable.

    `audio` are the audio files in `static/`, `transcripts` those of `content/transcripts/` and
    `chapters` those of `content/chapters/`, by name; `lock` the feed lock and `works` the
    corrections to works, `topics` the decisions on topics, `copies` what was brought home, where
    there are any. `imported` are the raw records of an import by slug: the notes of such an
    episode are somebody else's.
    """

    settings: Document | None
    episodes: tuple[File, ...]
    pages: tuple[File, ...]
    visualizations: tuple[VisualizationFiles, ...]
    theme: theme.Theme
    audio: Mapping[str, File] = field(default_factory=dict)
    transcripts: Mapping[str, Path] = field(default_factory=dict)
    chapters: Mapping[str, File] = field(default_factory=dict)
    lock: File | None = None
    works: Document | None = None
    topics: Document | None = None
    imported: Mapping[str, File] = field(default_factory=dict)
    copies: File | None = None


def load(root: Path, problems: Problems) -> Workspace:
    """Find the site's files in folder `root`; errors of single files go to `problems`.

    Raises `BacklistError` when the folder is no site.
    """
    shipped = theme.shipped_folder()
    own = root.resolve()
    overrides = own != shipped.resolve()
    assets = {
        **(find_all(shipped, theme.STATIC, problems) if overrides else {}),
        **_readable(theme.STATIC, _static(own, problems), problems),
    }
    for name in INPUTS:
        exists(root, name, problems)
    _tell_strays(root, problems)
    return Workspace(
        settings=_settings(root, problems),
        episodes=tuple(_markdown(root, EPISODES, problems)),
        pages=tuple(_markdown(root, PAGES, problems)),
        visualizations=tuple(_visualizations(root, problems)),
        theme=theme.Theme(
            own=_templates(own, problems) if overrides else {},
            shipped=_templates(shipped, problems),
            assets=assets,
        ),
        audio=_named(theme.STATIC, {n: path for n, path in assets.items() if urls.is_audio(n)}),
        transcripts=find_all(root, TRANSCRIPTS, problems),
        chapters=_named(CHAPTERS, find_all(root, CHAPTERS, problems)),
        lock=_single(root, LOCK, problems),
        works=_optional(root, WORKS, problems),
        topics=_optional(root, TOPICS, problems),
        imported={
            name.removesuffix(".yaml"): File(f"{IMPORTED}/{name}", path)
            for name, path in find_all(root, IMPORTED, problems).items()
            if name.endswith(".yaml")
        },
        copies=_single(root, content.MIRROR, problems),
    )


def _static(root: Path, problems: Problems) -> dict[str, Path]:
    """The files of `static/`; what is hidden there and might be meant for the root is reported."""
    for folder in (theme.STATIC, f"{theme.STATIC}/root"):
        for name in _names(root / folder):
            if name.startswith(".") and name not in (*urls.HIDDEN, *_UNWANTED):
                message = "is hidden, and not published"
                hint = f"only {', '.join(urls.HIDDEN)} are published among hidden files"
                problems.info(Where(f"{folder}/{name}"), message, hint)
    found = find_all(root, theme.STATIC, problems, hidden=urls.HIDDEN)
    for name, path in found.items():
        if target := _link_as_text(path):
            message = f"is a text that says `{target}`, as git writes a symlink where it cannot"
            hint = "copy the file it names here, or check out with `git config core.symlinks true`"
            problems.warning(Where(f"{theme.STATIC}/{name}"), message, hint)
    return found


_UNWANTED = (".DS_Store", ".gitignore", ".gitkeep", ".gitattributes", ".nojekyll")
"""What systems and tools leave in folders; `.nojekyll` is published without it."""


_LONGEST_LINK = 200


def _link_as_text(path: Path) -> str:
    """Where a file would lead if it was a symlink before Windows, or an archive, lost that."""
    try:
        if not 0 < path.stat().st_size <= _LONGEST_LINK:
            return ""
        told = read(path).decode()
        names_a_file = told.isprintable() and "/" in told and (path.parent / told).exists()
    except (OSError, ValueError):
        return ""
    return told if names_a_file else ""


def _named(folder: str, files: Mapping[str, Path]) -> dict[str, File]:
    return {name: File(f"{folder}/{name}", path) for name, path in files.items()}


def _readable(folder: str, files: Mapping[str, Path], problems: Problems) -> dict[str, Path]:
    """The files that can be read, of those that are published without being read before."""
    found = {}
    for name, path in files.items():
        if os.access(path, os.R_OK):
            found[name] = path
        else:
            error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            problems.extend([unreadable(f"{folder}/{name}", error)])
    return found


def _settings(root: Path, problems: Problems) -> Document | None:
    path = find(root, content.SITE, problems)
    if path is None and not os.path.lexists(root / content.SITE):
        raise BacklistError(
            Where(str(root)),
            "is not a site: it has no `site.yaml`",
            "go to the site's folder, name it with `--site DIR`, or run `backlist init DIR`",
        )
    text = _text(path, content.SITE, problems) if path else None
    return content.parse_yaml(text, content.SITE, problems) if text is not None else None


def _templates(root: Path, problems: Problems) -> dict[str, str]:
    files = find_all(root, theme.TEMPLATES, problems)
    texts = {
        name: _text(path, f"{theme.TEMPLATES}/{name}", problems)
        for name, path in files.items()
        if name.endswith(".html")
    }
    return {name: text for name, text in texts.items() if text is not None}


def _single(root: Path, name: str, problems: Problems) -> File | None:
    """A file that need not be there."""
    path = find(root, name, problems)
    return File(name, path) if path else None


def _optional(root: Path, name: str, problems: Problems) -> Document | None:
    """A YAML file that need not be there; None when it is not, or the error with it is reported."""
    path = find(root, name, problems)
    text = _text(path, name, problems) if path else None
    return content.parse_yaml(text, name, problems) if text is not None else None


def _markdown(root: Path, folder: str, problems: Problems) -> Iterator[File]:
    """The Markdown files of a folder and below, by name; others are reported."""
    for name, path in find_all(root, folder, problems).items():
        if content.is_markdown(name):
            yield File(f"{folder}/{name}", path)
        else:
            hint = "move other files to `static/`, or rename it if it is a record: `name.md`"
            if content.is_markdown(name.removesuffix(".txt")):
                hint = f"rename it to `{name.removesuffix('.txt')}`"
            problems.warning(Where(f"{folder}/{name}"), "is not read: it is not Markdown", hint)


def _tell_strays(root: Path, problems: Problems) -> None:
    """Warn of what lies in `content/` where nothing is read."""
    for name in _names(root / "content"):
        if name not in _CONTENT and not name.startswith("."):
            known = [one for one in _CONTENT if one not in ("imported", "added")]
            hint = did_you_mean(name, known)
            problems.warning(Where(f"content/{name}"), "is not read: nothing has this name", hint)


def _names(folder: Path) -> list[str]:
    """What lies in a folder, in order; what cannot be listed is reported elsewhere."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return []


_CONTENT = ("imported", "added", *(one.split("/")[1] for one in _PLACES))


def _visualizations(root: Path, problems: Problems) -> Iterator[VisualizationFiles]:
    """Folders with `visualization.yaml`, and HTML files with one of their name, or without."""
    folders: dict[str, dict[str, Path]] = {}
    for name, path in find_all(root, VISUALIZATIONS, problems).items():
        folder, inside = name.split("/", 1) if "/" in name else ("", name)
        folders.setdefault(folder, {})[inside] = path
    alone = folders.pop("", {}).values()
    for folder, files in sorted(folders.items()):
        where = f"{VISUALIZATIONS}/{folder}"
        yield from _visualization(folder, where, files, "visualization.yaml", problems)
    for ident in sorted({path.stem for path in alone if path.suffix.lower() in (*HTML, ".yaml")}):
        own = {path.name: path for path in alone if path.stem == ident}
        yield from _visualization(ident, VISUALIZATIONS, own, f"{ident}.yaml", problems)


def _visualization(
    ident: str, folder: str, files: dict[str, Path], keys: str, problems: Problems
) -> Iterator[VisualizationFiles]:
    """One visualization; none, and a warning, where there is nothing that could be one."""
    described = files.pop(keys, None)
    wanted = {name: path for name, path in files.items() if path.suffix.lower() in HTML}
    pages = _contents(folder, wanted, problems)
    if described is None and not pages:
        where = Where(folder)
        message = f"is not a visualization: it has neither `{keys}` nor a page"
        problems.warning(where, message, "put its `index.html` there, or remove the folder")
        return
    name = f"{folder}/{keys if described else min(pages)}"
    document: Document | None = Document(name, {})
    if described:
        text = _text(described, name, problems)
        document = content.parse_yaml(text, name, problems) if text is not None else None
    if document:
        data = _chart_files(folder, files, problems)
        yield VisualizationFiles(ident, folder, document, files, pages, data, bool(described))


def _chart_files(folder: str, files: Mapping[str, Path], problems: Problems) -> dict[str, bytes]:
    """What a chart may be made of; nothing where there is no specification."""
    if not any(name.endswith(charts.SUFFIX) for name in files):
        return {}
    return _contents(folder, files, problems)


def _contents(folder: str, files: Mapping[str, Path], problems: Problems) -> dict[str, bytes]:
    """The bytes of files by their names; those that cannot be read are reported."""
    found = {}
    for name, path in files.items():
        try:
            found[name] = read(path)
        except OSError as error:
            problems.extend([unreadable(f"{folder}/{name}", error)])
    return found


def _text(path: Path, name: str, problems: Problems) -> str | None:
    try:
        return content.decode(read(path), name, problems)
    except OSError as error:
        problems.extend([unreadable(name, error)])
    return None
