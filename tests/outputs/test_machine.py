"""Sitemaps with dates that are known, Markdown pages, and llms.txt."""

import json
from datetime import date
from urllib.parse import urljoin

from lxml import etree, html
from markdown_it import MarkdownIt

from backlist import urls
from backlist.build import Options
from backlist.files.output import Outputs
from backlist.outputs import sitemap
from backlist.outputs.markdown_pages import MOST
from tests.conftest import BASE, MakeSite, built, episode
from tests.page_kinds import texts

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def days(sitemap: bytes) -> dict[str, str]:
    """Address → `lastmod`, empty where it has none."""
    rows = etree.fromstring(sitemap).xpath("s:url | s:sitemap", namespaces=NAMES)
    return {
        row.findtext("s:loc", None, NAMES): row.findtext("s:lastmod", "", NAMES) for row in rows
    }


def indexed(outputs: Outputs) -> dict[str, bytes]:
    """The pages that search engines may list."""
    return {path: text for path, text in texts(outputs).items() if b'"noindex"' not in text}


def described(outputs: Outputs) -> dict[str, tuple[bytes, bytes]]:
    """The pages that have a Markdown page, each with it."""
    return {
        path: (outputs[path].read(), outputs[markdown].read())
        for path in indexed(outputs)
        if (markdown := beside(path, outputs))
    }


def beside(path: str, outputs: Outputs) -> str | None:
    """The Markdown page that a page ought to have: that of a stub would say nothing."""
    listed = json.loads(outputs[urls.ARCHIVE_JSON].read())["episodes"]
    stubs = {urls.episode(one["slug"]) for one in listed if one["status"] == "stub"}
    assert stubs
    return None if path in stubs else urls.markdown(path)


def test_every_page_is_in_the_page_index(outputs: Outputs) -> None:
    """A page of a new kind needs a `PageInfo` in `pages/page_index.py`, or a robots `noindex`."""
    wanted = (beside(path, outputs) for path in indexed(outputs))
    missing = [markdown for markdown in wanted if markdown and markdown not in outputs]

    assert missing == [], "name them in pages/page_index.py: Markdown pages and sitemap follow it"


def test_topics_years_and_people_are_sections_of_one_markdown_page(outputs: Outputs) -> None:
    for folder in ("topics", "years", "people"):
        inside = [path for path in outputs if path.startswith(f"{folder}/")]
        single = {path.split("/")[1] for path in inside if path.endswith("/index.html")} - {
            "index.html"
        }
        if inside:
            assert [path for path in inside if path.endswith(".md")] == [f"{folder}/index.md"]
            whole = rendered(outputs[f"{folder}/index.md"].read())
            links = {str(one) for one in whole.xpath("//h2/a/@href")}
            assert links == {f"{BASE}{folder}/{name}/" for name in single}


def test_a_long_section_of_a_markdown_page_leads_to_the_rest(site: MakeSite) -> None:
    count = MOST + 2
    files = {
        f"content/episodes/{n}.md": episode(
            f"E {n}",
            f"e{n}",
            date=f"{1900 + n}-01-01",
            topics="[Every, Few]" if n < 2 else "[Every]",
        )
        for n in range(count)
    }
    made, _ = built(site(files))
    assert made is not None
    whole = rendered(made.outputs["topics/index.md"].read())
    lists = {
        heading.text_content(): [line.text_content() for line in heading.getnext()]
        for heading in whole.xpath("//h2")
    }

    assert lists["Few"] == ["1901-01-01: E 1", "1900-01-01: E 0"]
    assert [lists["Every"][n] for n in (0, -2)] == ["2001-01-01: E 101", "1902-01-01: E 2"]
    assert len(lists["Every"]) == MOST + 1 and lists["Every"][-1] == f"All {count} episodes"


def test_the_sitemap_names_pages_that_may_be_listed_and_nothing_else(outputs: Outputs) -> None:
    named = set(days(outputs["sitemap.xml"].read()))
    pages = {urls.absolute(path, BASE): text for path, text in indexed(outputs).items()}

    assert named <= pages.keys()
    left_out = {pages[address] for address in pages.keys() - named}
    assert all(b"mention it" in text for text in left_out), "only stubs are not worth finding"


def test_a_page_is_as_new_as_the_newest_thing_it_shows(site: MakeSite) -> None:
    about = "---\ntitle: About\nslug: about\n---\n\nUs.\n"
    news = "---\ntitle: News\nslug: news\nupdated: 2026-03-04\n---\n\nUs.\n"
    files = {
        "content/episodes/a.md": episode("A", "a", date="2026-01-01", topics="[X]"),
        "content/episodes/b.md": episode("B", "b", date="2026-02-02", topics="[Y]"),
        "content/episodes/c.md": episode("C", "c", date="2026-01-20", updated="2026-04-05"),
        "content/episodes/d.md": episode("D", "d", date="2020-01-01", date_approximate="yes"),
        "content/pages/about.md": about,
        "content/pages/news.md": news,
    }
    made, problems = built(site(files), Options(base_url=BASE))
    assert made is not None, list(problems)
    found = {
        key.removeprefix(BASE): day for key, day in days(made.outputs["sitemap.xml"].read()).items()
    }

    assert found["episodes/b/"] == "2026-02-02"
    assert found["episodes/c/"] == "2026-04-05", "its record says so"
    assert found["episodes/a/"] == "2026-01-20", "the link to the next episode came with that"
    assert found["topics/y/"] == "2026-02-02"
    assert found["years/2020/"] == found["episodes/d/"].replace("2026-01-01", "")
    assert found["about/"] == ""
    assert found["news/"] == "2026-03-04"


def test_many_addresses_share_sitemaps_that_an_index_names() -> None:
    rows = [(f"{BASE}{number}/", date(2026, 1, number)) for number in range(1, 6)]
    made = dict(sitemap.sitemaps(rows, BASE, most=2))

    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert days(made["sitemap.xml"]) == {
        f"{BASE}sitemap-1.xml": "2026-01-02",
        f"{BASE}sitemap-2.xml": "2026-01-04",
        f"{BASE}sitemap-3.xml": "2026-01-05",
    }
    shared = [row for part in ("1", "2", "3") for row in days(made[f"sitemap-{part}.xml"])]
    assert shared == [address for address, _ in rows]


def rendered(markdown: bytes) -> html.HtmlElement:
    return html.document_fromstring(MarkdownIt("commonmark").render(markdown.decode()))


def test_a_markdown_page_has_the_pages_title_and_leads_to_pages_that_exist(
    outputs: Outputs,
) -> None:
    for path, (text, markdown) in described(outputs).items():
        page, written = html.document_fromstring(text), rendered(markdown)
        title = " ".join(page.xpath("string(//h1)").split())
        assert written.xpath("string(//h1)") == title, path
        assert len(written.xpath("//h1")) == 1, path
        links = [str(one) for one in written.xpath("//a/@href")]
        assert [one for one in links if not one.startswith(("http", "mailto:"))] == [], path
        ours = [one.removeprefix(BASE) for one in links if one.startswith(BASE)]
        for one in ours:
            target = one.partition("#")[0]
            assert (
                f"{target}index.html" if target.endswith("/") or not target else target
            ) in outputs


def test_an_episodes_markdown_page_has_every_source_of_the_page(outputs: Outputs) -> None:
    for path, (text, markdown) in described(outputs).items():
        page = html.document_fromstring(text)
        sources = page.xpath("//li[starts-with(@id, 'source-')]//p[@class='title']")
        if not sources:
            continue
        written = rendered(markdown)
        listed = written.xpath("//ol[last()]/li")
        assert len(listed) == len(sources), path
        given = page.xpath("//li[starts-with(@id, 'source-')]//p[@class='title']/a[1]/@href")
        whole = {urljoin(urls.absolute(path, BASE), str(one)) for one in given}
        assert whole <= {str(one) for one in written.xpath("//ol//a/@href")}, path


def test_pages_name_their_markdown_page_where_there_is_one(outputs: Outputs) -> None:
    for path, text in texts(outputs).items():
        links = html.document_fromstring(text).xpath("//link[@type='text/markdown']/@href")
        wanted = filter(None, [beside(path, outputs)])
        assert [urljoin(path, str(one)) for one in links] == [*wanted]


def test_llms_txt_has_the_shape_and_every_link_leads_to_a_file(outputs: Outputs) -> None:
    """https://llmstxt.org: a title, a quotation, prose, then sections that are lists of links."""
    guide = rendered(outputs["llms.txt"].read())
    body = guide.find("body")
    assert body is not None
    first = [child.tag for child in body][:3]

    assert first == ["h1", "blockquote", "p"]
    assert {child.tag for child in body} == {"h1", "h2", "blockquote", "p", "ul"}
    for link in guide.xpath("//li/a/@href"):
        assert str(link).removeprefix(BASE) in outputs


def test_hidden_episodes_are_in_no_file_for_machines(outputs: Outputs) -> None:
    for name, output in outputs.items():
        if name.endswith((".md", ".txt", "sitemap.xml")):
            assert b"secret" not in output.read().lower(), name


def test_signs_in_titles_stay_signs(site: MakeSite) -> None:
    title = "1. *A* [b](c) <i> & `d` # e_f_ \\ | g"
    text = episode(
        f"'{title}'", "a", body="# One\n\nSee [all](/episodes/).\n\nTwo\n---\n", date="2026-01-01"
    )
    made, _ = built(site({"content/episodes/a.md": text}), Options(base_url=BASE))
    assert made is not None
    written = rendered(made.outputs["episodes/a/index.md"].read())

    assert written.xpath("string(//h1)") == title
    assert [one.tag for one in written.xpath("//h2 | //h3")] == ["h2", "h3"]
    assert f"{BASE}episodes/" in written.xpath("//a/@href")
    home = rendered(made.outputs["index.md"].read())
    assert title in [one.text_content() for one in home.xpath("//a")]
