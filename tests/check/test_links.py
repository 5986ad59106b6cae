"""Links inside the built pages."""

import pytest

from backlist.check import FactReader, links
from backlist.files.output import Output
from backlist.model import Show, Site
from backlist.problems import Problems
from backlist.relate.archive import Archive


def faults(page: str, path: str = "a/index.html") -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in told(page, path)]


def hints(page: str) -> list[str]:
    return [problem.hint for problem in told(page)]


def told(page: str, path: str = "a/index.html") -> Problems:
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
    return problems


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


@pytest.mark.parametrize(
    ("href", "hint"),
    [
        ("www.tea.example", "write the whole address: https://www.tea.example"),
        ("tea-time.com/a?b", "write the whole address: https://tea-time.com/a?b"),
        ("hi@tea.example", "write `mailto:` before it: mailto:hi@tea.example"),
        ("notes.md", "correct the address, or create what it names"),
        ("../about", "correct the address, or create what it names"),
    ],
)
def test_an_address_without_its_beginning_is_told_so(href: str, hint: str) -> None:
    assert hints(f'<a href="{href}">x</a>') == [hint]
