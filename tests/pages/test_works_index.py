"""The index of works stays light, however many there are, and few works need a page."""

import json
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from lxml import html

from backlist.pages import works
from tests.conftest import MakeSite, built, episode


@pytest.fixture
def pages(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, html.HtmlElement]]:
    monkeypatch.setattr(works, "WHOLE", 4)
    titles = ["Alpha of the tides", "Ärger with the tides", "Beta of the tides", "7 tides and more"]
    listed = ", ".join(
        f"{{title: {title}, url: 'https://w.example/{n}'}}" for n, title in enumerate(titles)
    )
    files = {
        f"content/episodes/{slug}.md": episode(slug.upper(), slug, sources=f"[{listed}]")
        for slug in "abc"
    }
    more = "[{title: Only once in here, url: 'https://w.example/9'}]"
    made, _ = built(site({**files, "content/episodes/d.md": episode("D", "d", sources=more)}))
    assert made is not None
    yield {
        path: html.document_fromstring(output.read())
        for path, output in made.outputs.items()
        if path.startswith("works/") and path.endswith(".html")
    }


def titles(page: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in page.xpath("//a[@class='title']")]


def test_many_works_are_split_by_letter(pages: dict[str, html.HtmlElement]) -> None:
    index = pages["works/index.html"]
    links = index.xpath("//nav[@aria-label='Works by letter']//a/@href")

    assert [urljoin("/works/", str(one)) for one in links] == [
        f"/works/letters/{one}/" for one in ("0-9", "a", "b", "o")
    ]
    assert "Only once in here" not in titles(index), "the head is what many episodes draw on"
    assert titles(pages["works/letters/a/index.html"]) == [
        "Alpha of the tides",
        "Ärger with the tides",
    ]
    assert titles(pages["works/letters/o/index.html"]) == ["Only once in here"]


def test_every_work_is_on_the_page_of_one_letter(pages: dict[str, html.HtmlElement]) -> None:
    listed = [
        title
        for path, page in pages.items()
        if path.startswith("works/letters/")
        for title in titles(page)
    ]

    assert len(listed) == len(set(listed)) == 5


def test_a_work_has_a_page_when_it_is_a_subject_or_shared(site: MakeSite) -> None:
    subject = "{title: The subject of one, url: 'https://w.example/1', role: subject}"
    once = "{title: Cited only once, url: 'https://w.example/2'}"
    shared = "{title: Cited by several, url: 'https://w.example/3'}"
    made, problems = built(
        site(
            {
                "content/episodes/a.md": episode("A", "a", sources=f"[{subject}, {once}]"),
                "content/episodes/b.md": episode("B", "b", sources=f"[{shared}]"),
                "content/episodes/c.md": episode("C", "c", sources=f"[{shared}]"),
            }
        )
    )
    assert made is not None and not problems.stop(), list(problems)
    outputs = made.outputs

    folders = {path.split("/")[1] for path in outputs if path.startswith("works/")}
    assert folders == {"index.html", "index.md", "the-subject-of-one", "cited-by-several"}
    index = html.document_fromstring(outputs["works/index.html"].read())
    places = {
        one.text_content(): urljoin("/works/", one.get("href"))
        for one in index.xpath("//a[@class='title']")
    }
    assert places == {
        "The subject of one": "/works/the-subject-of-one/",
        "Cited only once": "/episodes/a/#source-2",
        "Cited by several": "/works/cited-by-several/",
    }
    page = outputs["episodes/a/index.html"].read().decode()
    assert '<a href="../../works/the-subject-of-one/">About this work' in page
    assert "works/cited-only-once" not in page
    written = outputs["episodes/a/index.md"].read().decode()
    assert "works/the-subject-of-one/" in written
    assert "works/cited-only-once" not in written
    assert "episodes/a/#source-2" in outputs["works/index.md"].read().decode()
    listed = json.loads(outputs["archive.json"].read())["works"]
    assert {work["slug"] for work in listed} == {
        "the-subject-of-one",
        "cited-only-once",
        "cited-by-several",
    }
