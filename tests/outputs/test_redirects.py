"""Earlier addresses lead to where the page is now."""

import pytest
from lxml import html

from backlist import urls
from backlist.build import Options
from tests.conftest import MakeSite, built, episode

PAGE = "---\ntitle: About\nslug: about\naliases: [/info.html]\n---\n\nWords.\n"
DRAWING = "title: A drawing\naliases: [/drawing/]\n"


def redirects(site: MakeSite, aliases: str, base: str | None = None) -> dict[str, str]:
    root = site({"content/episodes/a.md": episode("A & B", "a", aliases=aliases)})
    made, problems = built(root, Options(base_url=base))
    assert made is not None and not problems.stop(), problems.found
    return {
        path: output.read().decode()
        for path, output in made.outputs.items()
        if output.maker.startswith("alias")
    }


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/old/path/", "old/path/index.html"),
        ("/old/path", "old/path/index.html"),
        ("/old.html", "old.html"),
        ("/old/index.html", "old/index.html"),
        ("/2020/05/night-1.5", "2020/05/night-1.5/index.html"),
        ("/old.php", "old.php/index.html"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/old?p=1", None),
        ("/old/#part", None),
        ("/../up/", None),
        ("/a//b/", None),
        ("/a\\b/", None),
        ("old/", None),
        ("https://else.example/old/", None),
        ("/", "index.html"),
    ],
)
def test_an_alias_is_a_page_with_or_without_its_slash(alias: str, path: str | None) -> None:
    assert urls.alias(alias) == path


def test_a_redirect_works_without_a_server_and_keeps_the_moment(
    site: MakeSite,
) -> None:
    pages = redirects(site, "[/old/path/, /old.html]", "https://example.org/shows/x/")

    assert sorted(pages) == ["old.html", "old/path/index.html"]
    page = html.document_fromstring(pages["old/path/index.html"])
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../episodes/a/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/shows/x/episodes/a/"
    ]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//a/@href") == ["../../episodes/a/"]
    assert page.xpath("//a/text()") == ["A & B"]
    assert page.xpath("//noscript/meta/@content") == ["0; url=../../episodes/a/"]
    assert page.xpath("//script/text()") == [
        'location.replace("../../episodes/a/" + location.search + location.hash)'
    ]
    assert 'url=episodes/a/"' in pages["old.html"]


def test_names_and_addresses_among_the_aliases_lead_nowhere(site: MakeSite) -> None:
    assert redirects(site, "[The Old Name, 'https://old.example/a/']") == {}


def test_one_path_spelt_twice_is_one_page(site: MakeSite) -> None:
    assert list(redirects(site, "[/old, /old/, /old/index.html]")) == ["old/index.html"]


def test_pages_and_visualizations_may_have_moved_too(site: MakeSite) -> None:
    root = site(
        {
            "content/pages/about.md": PAGE,
            "content/visualizations/drawing/visualization.yaml": DRAWING,
            "content/visualizations/drawing/index.html": "<p>lines</p>",
        }
    )

    made, problems = built(root)

    assert made is not None and not problems.stop(), problems.found
    assert 'url=about/"' in made.outputs["info.html"].read().decode()
    drawing = made.outputs["drawing/index.html"].read().decode()
    assert 'url=../visualizations/drawing/"' in drawing


def test_the_sitemap_names_no_redirect(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", aliases="[/old/]")})

    made, _ = built(root)

    assert made is not None
    assert "old/" not in made.outputs["sitemap.xml"].read().decode()


def test_an_alias_that_hits_a_living_page_is_an_error_naming_both(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", aliases="[/episodes/b]"),
            "content/episodes/b.md": episode("B", "b"),
        }
    )

    made, problems = built(root)

    assert made is not None
    assert "alias" not in made.outputs["episodes/b/index.html"].maker
    assert [str(one) for one in problems if one.where.file == "build"] == [
        "build: error: episodes/b/index.html would be written twice\n"
        "  by episodes: content/episodes/b.md and by alias /episodes/b: content/episodes/a.md; "
        "remove the alias, or give the page another slug"
    ]


@pytest.mark.parametrize("alias", ["/old?p=1", "/../up", "/a//b"])
def test_a_path_that_can_be_no_page_is_told(site: MakeSite, alias: str) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", aliases=f"['{alias}']")})

    _, problems = built(root)

    assert f"the alias `{alias}` cannot become a redirect" in [one.message for one in problems]


@pytest.mark.parametrize(
    ("alias", "is_path"),
    [("old.html", True), ("2019/queues/", True), ("AC/DC", False), ("a.example/old/", False)],
)
def test_a_path_without_its_first_slash_is_told(site: MakeSite, alias: str, is_path: bool) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", aliases=f"['{alias}']")})

    made, problems = built(root)

    told = [one.hint for one in problems if "leads nowhere" in one.message]
    assert made is not None
    assert told == ([f"a path begins with a slash: `/{alias}`"] if is_path else [])
