"""The gallery, a full view of each visualization, and its files, none of which runs by itself.

A visualization is other people's script. It is never part of a page of ours: it runs in a
frame that may run scripts and nothing else (HTML, `iframe sandbox`, no `allow-same-origin`),
so that it can reach neither the page around it nor the reader's storage.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from backlist import urls
from backlist.cache.keys import key_of
from backlist.extras.visualizations import charts, passive
from backlist.extras.visualizations.charts import Chart
from backlist.extras.visualizations.sandbox import embed
from backlist.files.output import FRAMED, Made, Output
from backlist.pages import formatting, share_image
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.embeds import FRAME, SCRIPT, framed, interactive
from backlist.pages.views import GalleryPage, VisualizationPage
from backlist.relate.archive import VisualizationEntry


def make(site: SiteContext) -> Iterator[Output]:
    """Nothing when the archive holds no visualization."""
    archive = site.archive
    if not archive.visualizations:
        return
    yield _gallery(site.page(urls.VISUALIZATIONS))
    for held in archive.visualizations:
        yield _full_view(site.page(urls.visualization(held.id)), held)
        yield from _files(held, site)


def _gallery(ctx: PageContext) -> Output:
    title, show = ctx.labels.visualizations, ctx.archive.show.title
    view = GalleryPage(
        head=ctx.head(title, f"{show} · {title}"),
        title=title,
        count=formatting.counted(len(ctx.archive.visualizations), ctx.labels.n_visualizations),
        visualizations=tuple(interactive(ctx, held) for held in ctx.archive.visualizations),
    )
    return render_page(ctx, "visualizations.html", view, "visualizations")


def _full_view(ctx: PageContext, held: VisualizationEntry) -> Output:
    one = interactive(ctx, held)
    view = VisualizationPage(
        head=replace(
            ctx.head(
                held.title,
                held.description or held.title,
                scripts=(SCRIPT,) if held.allowed else (),
                frames=framed([one]),
            ),
            image=share_image.of_visualization(ctx.archive, held),
        ),
        visualization=one,
        back=ctx.page_link(ctx.labels.all_visualizations, urls.VISUALIZATIONS),
        extra=held.extra,
    )
    return render_page(ctx, "visualization.html", view, "visualizations", held.file)


def _files(held: VisualizationEntry, site: SiteContext) -> Iterator[Output]:
    """The copy for the frame, and every file as what cannot run as a page of the site."""
    if held.index:
        copy = _chart(held, held.chart, site) if held.chart else _copy(held)
        target = urls.visualization_file(held.id, FRAME)
        yield Output(target, copy, FRAMED, f"{held.folder}/{held.index}")
    for name, path in held.files.items():
        target = urls.visualization_file(held.id, passive.name(name))
        source = Output(target, Path(path), "visualizations", f"{held.folder}/{name}")
        yield _cleaned(source, name) if passive.is_picture(name) else source


def _cleaned(picture: Output, name: str) -> Output:
    """A picture in SVG without what could run; what is none would not be drawn, and is empty."""

    def make() -> bytes:
        return passive.published(name, picture.read())

    return replace(picture, content=Made(key_of("clean", picture.key), make))


def _copy(held: VisualizationEntry) -> bytes:
    beside = any(name not in (held.index, held.poster) for name in held.files)
    return embed(held.page, held.frame_src, beside=beside)


def _chart(held: VisualizationEntry, chart: Chart, site: SiteContext) -> bytes:
    """The page for the frame of a chart.

    Its policy allows the library and what stands in the page itself. The library is named twice:
    a sandboxed page has no origin of its own that `'self'` would be bound to stand for (Content
    Security Policy 3, section 6.7.2.8), and a preview is not at the public address.
    """
    path, archive = library_path(), site.archive
    there = urls.relative(path, urls.visualization_file(held.id, FRAME))
    page = charts.frame(chart, held.title, archive.show.language, there)
    public = urls.absolute(path, archive.site.base_url)
    return embed(page, held.frame_src, script_src=("'self'", public))


def library_path() -> str:
    """Where the library is published: its name holds its version and what it is made of."""
    name = charts.LIBRARY.removesuffix(".js")
    return f"static/{name}.{charts.library_key().hex()[:8]}.js"
