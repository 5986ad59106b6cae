"""Links inside the built pages."""

import pytest

from backlist.check import FactReader, links
from backlist.model import Show, Site
from backlist.output import Output
from backlist.problems import Problems
from backlist.relate.archive import Archive


def faults(page: str, path: str = "a/index.html") -> list[str]:
    problems = Problems()
    outputs = {
        path: Output(path, f"<html><body>{page}</body></html>".encode(), "test", "a.md"),
        "b/index.html": Output("b/index.html", b"<p id='here'>b</p>", "test"),
        "c.css": Output("c.css", b"", "test"),
    }
    read = FactReader("/shows/x/")
    pages = {one.path: read(one, one.read()) for one in outputs.values() if one.is_page}
    archive = Archive(
        Show(title="Low Tide", description="Caches."),
        Site(base_url="https://tide.example/shows/x/"),
    )
    links.check(pages, outputs, archive, problems)
    return [f"{problem.where}: {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    "href",
    [
        "../b/",
        "../b/#here",
        "#me",
        "",
        "../c.css",
        "https://else.example/x",
        "mailto:a@b.example",
        "#t=12:34",
        "../b/?q=1",
        "/shows/x/b/",
        "data:text/plain,a%20b/c",
    ],
)
def test_a_link_that_leads_somewhere_is_sound(href: str) -> None:
    assert faults(f'<a id="me" href="{href}">x</a>') == []


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("../none/", "nothing is published at none/index.html"),
        ("../b", "nothing is published at b"),
        ("../b/#there", "b/index.html has no anchor `there`"),
        ("#there", "a/index.html has no anchor `there`"),
        ("/b/", "nothing is published at ../b/index.html"),
        ("../../b/", "nothing is published at ../b/index.html"),
    ],
)
def test_a_broken_link_names_the_file_to_mend(href: str, why: str) -> None:
    assert faults(f'<a href="{href}">x</a>') == [
        f"a.md: broken link on a/index.html: {href} ({why})"
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="x.png">',
        '<script src="x.png"></script>',
        '<iframe src="x.png"></iframe>',
        '<link href="x.png">',
    ],
)
def test_images_scripts_frames_and_style_sheets_count(tag: str) -> None:
    assert faults(tag) == [
        "a.md: broken link on a/index.html: x.png (nothing is published at a/x.png)"
    ]
