"""Visualizations: their keys as records, the page to open, the poster, and who may see them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from backlist import content, urls
from backlist.cache.keys import key_of
from backlist.extras.visualizations import charts, sandbox
from backlist.extras.visualizations.charts import Chart
from backlist.files import Parsed
from backlist.load import VISUALIZATIONS, Reader, VisualizationFiles
from backlist.model import Episode, Visualization
from backlist.problems import Problems, did_you_mean

POSTERS = (".webp", ".png", ".jpg", ".jpeg", ".avif", ".svg")
"""Pictures that may be a poster, the preferred first."""


@dataclass(frozen=True, slots=True)
class VisualizationRecord:
    """A visualization as a person described it, and the files it is made of.

    `index` names the HTML file to open, or the specification of the `chart`, and is empty for one
    that is elsewhere; `poster` names a
    picture, and is empty where there is none.
    """

    record: Visualization
    files: VisualizationFiles
    index: str
    poster: str
    chart: Chart | None = None
    background: str = ""


def read(
    found: Iterable[VisualizationFiles], reader: Reader, problems: Problems
) -> dict[str, VisualizationRecord]:
    """Visualizations by id; what cannot be shown is left out and reported."""
    records: dict[str, VisualizationRecord] = {}
    for files in found:
        record = content.read(Visualization, _titled(files), problems)
        if record is None or not _is_named(files, records, problems):
            continue
        index = _index(record, files, problems)
        poster = _poster(record, files, problems)
        if index is not None and poster is not None:
            records[files.id] = VisualizationRecord(record, files, index, poster)
    charted = _with_charts(records, reader, problems)
    return _with_backgrounds(charted, reader)


def _with_charts(
    records: Mapping[str, VisualizationRecord], reader: Reader, problems: Problems
) -> dict[str, VisualizationRecord]:
    """Visualizations with the charts that specifications make; one that fails is left out."""
    wanted = {ident: item for ident, item in records.items() if item.index.endswith(charts.SUFFIX)}
    asked = [
        (item.files.folder, item.index, item.record.description or item.record.title, data)
        for item in wanted.values()
        for data in [tuple(sorted(item.files.data.items()))]
    ]
    drawn = reader.make("chart", draw_chart, [(key_of(one), one) for one in asked])
    found = dict(records)
    for ident, one in zip(wanted, drawn, strict=True):
        problems.extend(one.problems)
        if one.record is None:
            del found[ident]
        else:
            found[ident] = replace(wanted[ident], chart=one.record)
    return found


def draw_chart(asked: tuple[str, str, str, tuple[tuple[str, bytes], ...]]) -> Parsed[Chart]:
    """The chart of a specification: folder, its name there, its label, and files by name."""
    folder, name, label, files = asked
    problems = Problems()
    chart = charts.read(folder, name, label, dict(files), problems)
    return Parsed(chart, tuple(problems.found))


def _with_backgrounds(
    records: Mapping[str, VisualizationRecord], reader: Reader
) -> dict[str, VisualizationRecord]:
    pages = [item.files.pages.get(item.index, b"") for item in records.values()]
    colours = reader.make("background", background_of, [(key_of(page), page) for page in pages])
    return {
        ident: replace(item, background=colour)
        for (ident, item), colour in zip(records.items(), colours, strict=True)
    }


def background_of(page: bytes) -> str:
    """The colour a page stands on; empty for one that does not say, or for no page."""
    # What it needs takes time to load, and a build without visualizations does not need it.
    from backlist.extras.visualizations.sandbox.background import background

    return background(page) if page else ""


def let_out(
    records: Mapping[str, VisualizationRecord],
    shown: Iterable[Episode],
    everything: Iterable[Episode],
) -> dict[str, VisualizationRecord]:
    """Visualizations without those that only hidden episodes have to do with."""
    public = {episode.slug for episode in shown}
    naming: dict[str, set[str]] = {
        ident: {*item.record.episodes} for ident, item in records.items()
    }
    for episode in everything:
        for reference in episode.visualizations:
            if reference.id in naming:
                naming[reference.id].add(episode.slug)
    slugs = {episode.slug for episode in everything}
    return {
        ident: item
        for ident, item in records.items()
        if not (naming[ident] & slugs) or naming[ident] & public
    }


def check_names(
    shown: Iterable[tuple[Episode, content.Document]],
    slugs: set[str],
    records: Mapping[str, VisualizationRecord],
    idents: set[str],
    problems: Problems,
) -> None:
    """Names that episodes and visualizations give of each other must be known ones."""
    for episode, document in shown:
        for place, reference in enumerate(episode.visualizations):
            where = document.where("visualizations", place)
            if reference.id and reference.id not in idents:
                problems.error(
                    where,
                    f"no visualization is called `{reference.id}`",
                    did_you_mean(reference.id, idents)
                    or f"put its files into {VISUALIZATIONS}/{reference.id}/",
                )
            elif not reference.id and not reference.title:
                message = "the visualization has neither `id` nor `title`"
                problems.error(where, message, "give it one of them")
    for item in records.values():
        for place, slug in enumerate(item.record.episodes):
            if slug not in slugs:
                where = item.files.document.where("episodes", place)
                problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, slugs))


def _titled(files: VisualizationFiles) -> content.Document:
    """The keys; without a file of keys the title is what the page calls itself."""
    if files.described:
        return files.document
    name = next(iter(_pages(files, "index.html")), min(files.pages))
    return replace(files.document, data={"title": sandbox.title(files.pages[name])})


def _is_named(
    files: VisualizationFiles, records: Mapping[str, VisualizationRecord], problems: Problems
) -> bool:
    """Whether an id can be an address, and is the only one of its kind."""
    where = files.document.where()
    if not urls.is_slug(files.id):
        good = urls.slug_of(files.id)
        hint = f"call it `{good}`" if good else "use lowercase letters and digits"
        problems.error(where, f"`{files.id}` cannot be a visualization's address", hint)
        return False
    if files.id in records:
        other = records[files.id].files.document.file
        problems.error(where, f"`{files.id}` is the same as in {other}", "rename one of them")
        return False
    return True


def _index(record: Visualization, files: VisualizationFiles, problems: Problems) -> str | None:
    """The HTML file to open: `index.html`, or the only page; None with the error reported."""
    pages = sorted(_pages(files))
    where = files.document.where("url") if record.url else files.document.where()
    if record.url:
        if not pages:
            return ""
        message = f"names `url`, and {pages[0]} is beside it"
        problems.error(where, message, "keep one of them: the page or the address")
        return None
    if "index.html" in pages:
        return "index.html"
    if len(pages) == 1:
        return pages[0]
    specifications = [name for name in files.data if name.endswith(charts.SUFFIX)]
    if not pages and len(specifications) == 1:
        return specifications[0]
    charted = f" and {len(specifications)} specifications of charts" if specifications else ""
    problems.error(
        where,
        f"the visualization has {len(pages)} HTML files{charted} and no `index.html`",
        f"put its page beside this file as {files.folder}/index.html, or name its `url`",
    )
    return None


def _pages(files: VisualizationFiles, *names: str) -> Iterator[str]:
    return (name for name in files.pages if not names or name in names)


def poster_stem(ident: str, folder: str) -> str:
    """What a poster is called without a key for it: by the id where all lie in one folder."""
    return ident if folder == VISUALIZATIONS else "poster"


def _poster(record: Visualization, files: VisualizationFiles, problems: Problems) -> str | None:
    """The picture named, else one called `poster`, or by the id beside a single page."""
    if record.poster is None:
        stem = poster_stem(files.id, files.folder)
        named = {name.lower(): name for name in sorted(files.files)}
        return next(
            (named[name] for end in POSTERS if (name := f"{stem}{end}".lower()) in named), ""
        )
    where = files.document.where("poster")
    if record.poster not in files.files:
        near = did_you_mean(record.poster, (n for n in files.files if n not in files.pages))
        hint = near or "put it beside this file, or remove the line to show a drawn card"
        problems.error(where, f"there is no file {files.folder}/{record.poster}", hint)
        return None
    if PurePosixPath(record.poster).suffix.lower() not in POSTERS:
        message = f"`{record.poster}` is not a picture format browsers show"
        problems.error(where, message, f"use one of {', '.join(POSTERS)}")
        return None
    return record.poster
