"""The gallery, a full view of each visualization, and its files, byte for byte.

A visualization is other people's script. It is never part of a page of ours: it runs in a
frame that may run scripts and nothing else (HTML, `iframe sandbox`, no `allow-same-origin`),
so that it can reach neither the page around it nor the reader's storage.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from backlist import urls
from backlist.extras import charts
from backlist.output import FRAMED, Output
from backlist.pages import formatting, share_image
from backlist.pages.context import Desk
from backlist.pages.embeds import FRAME, SCRIPT, framed, interactive, is_page, text_name
from backlist.pages.paper import printed
from backlist.pages.views import GalleryPage, VisualizationPage
from backlist.relate.archive import Archive, Interactive
from backlist.theme import Theme
from backlist.visualizations.sandbox import embed


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Nothing when the archive holds no visualization."""
    if not archive.visualizations:
        return
    yield _gallery(Desk(archive, theme, urls.VISUALIZATIONS))
    for held in archive.visualizations:
        yield _full_view(Desk(archive, theme, urls.visualization(held.id)), held)
        yield from _files(held, archive)


def _gallery(desk: Desk) -> Output:
    title, show = desk.labels.visualizations, desk.archive.show.title
    view = GalleryPage(
        head=desk.head(title, f"{show}: {title}."),
        title=title,
        count=formatting.counted(len(desk.archive.visualizations), desk.labels.n_visualizations),
        visualizations=tuple(interactive(desk, held) for held in desk.archive.visualizations),
    )
    return printed(desk, "visualizations.html", view, "visualizations")


def _full_view(desk: Desk, held: Interactive) -> Output:
    one = interactive(desk, held)
    view = VisualizationPage(
        head=replace(
            desk.head(
                held.title,
                held.description or held.title,
                scripts=(SCRIPT,) if held.allowed else (),
                frames=framed([one]),
            ),
            image=share_image.of_visualization(desk.archive, held),
        ),
        visualization=one,
        back=desk.page_link(desk.labels.all_visualizations, urls.VISUALIZATIONS),
    )
    return printed(desk, "visualization.html", view, "visualizations", held.file)


def _files(held: Interactive, archive: Archive) -> Iterator[Output]:
    """The copy for the frame, and every file as it is."""
    if held.index:
        copy = charts.framed(held, held.chart, archive) if held.chart else _copy(held)
        target = urls.visualization_file(held.id, FRAME)
        yield Output(target, copy, FRAMED, f"{held.folder}/{held.index}")
    for name, path in held.files.items():
        published = text_name(name) if is_page(name) else name
        target = urls.visualization_file(held.id, published)
        yield Output(target, Path(path), "visualizations", f"{held.folder}/{name}")


def _copy(held: Interactive) -> bytes:
    beside = any(name not in (held.index, held.poster) for name in held.files)
    return embed(held.page, held.frame_src, beside=beside)
