"""The only stage that reads the site folder; it keeps file and line, and understands nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backlist import content, theme, urls
from backlist.content import Document
from backlist.parse import audio_file
from backlist.parse.audio_file import Sound
from backlist.parse.transcript import Script
from backlist.problems import BacklistError, Problems, Where
from backlist.visualizations import charts

EPISODES = "content/episodes"
PAGES = "content/pages"
VISUALIZATIONS = "content/visualizations"
LOCK = "content/feed.lock.yaml"
WORKS = "content/works.yaml"
TRANSCRIPTS = "content/transcripts"
CHAPTERS = "content/chapters"
INPUTS = (content.SITE, "content", theme.TEMPLATES, theme.STATIC)
"""What a build reads, and so what a preview watches."""

HTML = (".html", ".htm")
"""How the pages of visualizations end."""

_FOLDERS = (EPISODES, PAGES, VISUALIZATIONS, TRANSCRIPTS, CHAPTERS, theme.TEMPLATES, theme.STATIC)


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
    """Everything a build reads, as text with line numbers; no settings when they are unreadable.

    `sounds` are the sound files in `static/`, measured, by name; `transcripts` the files of
    `content/transcripts/`, `scripts` those of them that are text; `chapters` those of
    `content/chapters/`; `lock` the feed lock and `works` the corrections to works, where there
    are readable ones.
    """

    settings: Document | None
    episodes: tuple[Document, ...]
    pages: tuple[Document, ...]
    visualizations: tuple[VisualizationFiles, ...]
    theme: theme.Theme
    sounds: Mapping[str, Sound] = field(default_factory=dict)
    transcripts: Mapping[str, Path] = field(default_factory=dict)
    scripts: Mapping[str, Script] = field(default_factory=dict)
    chapters: Mapping[str, Script] = field(default_factory=dict)
    lock: Document | None = None
    works: Document | None = None


def load(root: Path, problems: Problems) -> Workspace:
    """Read the site in folder `root`; faults of single files go to `problems`.

    Raises `BacklistError` when the folder is no site.
    """
    shipped = theme.shipped_folder()
    own = root.resolve()
    overrides = own != shipped.resolve()
    assets = {
        **(theme.assets_in(shipped / theme.STATIC) if overrides else {}),
        **_files(own, theme.STATIC, problems),
    }
    transcripts = _files(root, TRANSCRIPTS, problems)
    for folder in _FOLDERS:
        if (root / folder).exists() and not (root / folder).is_dir():
            problems.error(Where(folder), "is no folder", "move what it holds into a folder")
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
        sounds={
            name: audio_file.measure(path) for name, path in assets.items() if urls.is_audio(name)
        },
        transcripts=transcripts,
        scripts=_scripts(TRANSCRIPTS, _spoken(transcripts), problems),
        chapters=_scripts(CHAPTERS, _files(root, CHAPTERS, problems), problems),
        lock=_optional(root, LOCK, problems),
        works=_optional(root, WORKS, problems),
    )


def _files(root: Path, folder: str, problems: Problems) -> dict[str, Path]:
    """Name → file of everything in a folder of the site; a link to nothing is told."""
    found = theme.assets_in(root / folder)
    for name in [name for name, path in found.items() if not path.exists()]:
        what = f"is a link to what is not there: {found.pop(name).readlink()}"
        problems.error(Where(f"{folder}/{name}"), what, "mend the link, or take it away")
    return found


def _settings(root: Path, problems: Problems) -> Document | None:
    path = root / content.SITE
    if not path.is_file():
        raise BacklistError(
            Where(str(root)),
            "is not a site: it has no `site.yaml`",
            "go to the site's folder, name it with `--site DIR`, or make one: `backlist init DIR`",
        )
    text = _text(path, content.SITE, problems)
    return content.parse_yaml(text, content.SITE, problems) if text is not None else None


def _templates(root: Path, problems: Problems) -> dict[str, str]:
    files = theme.templates_in(root / theme.TEMPLATES)
    texts = {
        name: _text(path, f"{theme.TEMPLATES}/{name}", problems) for name, path in files.items()
    }
    return {name: text for name, text in texts.items() if text is not None}


def _optional(root: Path, name: str, problems: Problems) -> Document | None:
    """A YAML file that need not be there; None when it is not, or the fault with it is told."""
    path = root / name
    text = _text(path, name, problems) if path.exists() else None
    return content.parse_yaml(text, name, problems) if text is not None else None


def _markdown(root: Path, folder: str, problems: Problems) -> Iterator[Document]:
    for path in sorted((root / folder).glob("[!.]*.md")):
        name = f"{folder}/{path.name}"
        text = _text(path, name, problems)
        document = content.parse_markdown(text, name, problems) if text is not None else None
        if document:
            yield document


def _visualizations(root: Path, problems: Problems) -> Iterator[VisualizationFiles]:
    """Folders with `visualization.yaml`, and HTML files with one of their name, or without."""
    folders: dict[str, dict[str, Path]] = {}
    for name, path in _files(root, VISUALIZATIONS, problems).items():
        folder, inside = name.split("/", 1) if "/" in name else ("", name)
        folders.setdefault(folder, {})[inside] = path
    alone = folders.pop("", {}).values()
    for folder, files in sorted(folders.items()):
        where = f"{VISUALIZATIONS}/{folder}"
        yield from _visualization(folder, where, files, "visualization.yaml", problems)
    for ident in sorted({path.stem for path in alone if path.suffix in (*HTML, ".yaml")}):
        own = {path.name: path for path in alone if path.stem == ident}
        yield from _visualization(ident, VISUALIZATIONS, own, f"{ident}.yaml", problems)


def _visualization(
    ident: str, folder: str, files: dict[str, Path], keys: str, problems: Problems
) -> Iterator[VisualizationFiles]:
    """One visualization; none, and a warning, where there is nothing that could be one."""
    described = files.pop(keys, None)
    pages = {name: path.read_bytes() for name, path in files.items() if path.suffix in HTML}
    if described is None and not pages:
        where = Where(folder)
        what = f"is no visualization: it has neither `{keys}` nor a page"
        problems.warning(where, what, "put its `index.html` there, or take the folder away")
        return
    name = f"{folder}/{keys if described else min(pages)}"
    document: Document | None = Document(name, {})
    if described:
        text = _text(described, name, problems)
        document = content.parse_yaml(text, name, problems) if text is not None else None
    if document:
        data = _chart_files(files)
        yield VisualizationFiles(ident, folder, document, files, pages, data, bool(described))


def _chart_files(files: Mapping[str, Path]) -> dict[str, bytes]:
    """What a chart may be made of; nothing where there is no specification."""
    if not any(name.endswith(charts.SUFFIX) for name in files):
        return {}
    return {name: path.read_bytes() for name, path in files.items()}


def _spoken(files: Mapping[str, Path]) -> dict[str, Path]:
    """The transcripts of kinds that are text."""
    kinds = urls.TRANSCRIPT_TYPES
    return {name: path for name, path in files.items() if path.suffix.lower() in kinds}


def _scripts(folder: str, files: Mapping[str, Path], problems: Problems) -> dict[str, Script]:
    """Files as text, by name; a transcript that is none is published all the same."""
    scripts = {}
    for name, path in files.items():
        found = path.read_bytes()
        try:
            scripts[name] = Script(name, found.decode("utf-8"))
        except UnicodeDecodeError as error:
            line = found[: error.start].count(b"\n") + 1
            where = Where(f"{folder}/{name}", line)
            what = "is not UTF-8 text: its words are not read"
            problems.warning(where, what, "save the file as UTF-8")
    return scripts


def _text(path: Path, name: str, problems: Problems) -> str | None:
    try:
        return content.decode(path.read_bytes(), name, problems)
    except OSError as error:
        problems.error(Where(name), f"cannot be read: {error.strerror}", "mend its permissions")
    return None
