"""Where the show is elsewhere, how it is supported and reached, and what its owner adds."""

import re
from pathlib import Path

import pytest
from lxml import html

from backlist.files.output import ALIAS, Outputs
from backlist.importers.run import import_sources
from backlist.model import Labels, platforms
from backlist.model.head import head_html
from backlist.pages import follow, icons
from backlist.problems import Problems
from tests.conftest import HERE, SETTINGS, SITES, MakeSite, built, episode

APPS = """\
  subscribe:
    - https://podcasts.apple.com/podcast/id1
    - https://open.spotify.com/show/1
    - https://pca.st/x
    - https://overcast.fm/x
    - https://www.youtube.com/@x
    - https://podcastaddict.com/podcast/1
    - {url: 'https://pods.example/x', label: Harbour Pods}
"""


def published(site: MakeSite, more: str, **files: str) -> Outputs:
    given = {"site.yaml": SETTINGS + more, "content/episodes/a.md": episode("A", "a"), **files}
    made, problems = built(site(given))
    assert made is not None and not problems.stop(), list(problems)
    return made.outputs


def texts(outputs: Outputs, path: str, query: str) -> list[str]:
    """What stands in the elements of a page that an XPath finds; `.name` is those of a class."""
    of_class = r"[contains(concat(' ', @class, ' '), ' \1 ')]"
    document = html.document_fromstring(outputs[path].read())
    found = document.xpath(re.sub(r"\.([\w-]+)", of_class, query))
    return [" ".join(one.text_content().split()) for one in found]


def test_the_documentation_names_every_platform() -> None:
    text = (HERE.parent / "docs/subscribing.md").read_text("utf-8")

    assert [one.name for one in platforms.PLATFORMS.values() if one.name not in text] == []


def test_every_icon_is_there_and_a_site_publishes_only_those_it_shows() -> None:
    wanted = {one.icon for one in platforms.PLATFORMS.values() if one.icon}
    wanted |= {follow.RSS, follow.APP, follow.LINK, follow.MAIL, follow.HEART}
    sprite = icons.sprite(["spotify", "rss", "no such icon"]).content.decode()

    assert set(re.findall(r'id="(\w+)"', icons.FILE.read_text("utf-8"))) == wanted
    assert re.findall(r'id="(\w+)"', sprite) == ["rss", "spotify"]
    assert icons.FILE.with_name("icons.LICENSE.md").read_text("utf-8").startswith("# CC0 1.0")


def test_five_apps_are_on_every_page_and_all_of_them_on_their_own(site: MakeSite) -> None:
    outputs = published(site, APPS)

    five = ["Apple Podcasts", "Spotify", "Pocket Casts", "Overcast", "YouTube", "RSS feed"]
    for path in ("index.html", "episodes/a/index.html"):
        assert texts(outputs, path, "//a.app-link") == five
        assert texts(outputs, path, "//ul.compact//a")[-2:] == ["All 7 apps", "What is RSS?"]
    assert texts(outputs, "subscribe/index.html", "//section[h2/@id='apps']//a.app-link") == [
        *five[:5],
        "Podcast Addict",
        "Harbour Pods",
    ]
    # Those that are listed are not offered again.
    assert texts(
        outputs, "subscribe/index.html", "//h3[@id='opening']/following-sibling::ul//a"
    ) == ["AntennaPod"]


def test_without_apps_the_feed_can_be_followed(site: MakeSite) -> None:
    outputs = published(site, "")
    page = outputs["subscribe/index.html"].read().decode()

    assert "pktc://subscribe/small.example/feed.xml" in page
    assert "overcast://x-callback-url/add?url=https%3A%2F%2Fsmall.example%2Ffeed.xml" in page
    assert 'data-copy="https://small.example/feed.xml"' in page
    assert texts(outputs, "index.html", "//a.app-link") == ["RSS feed"]


def test_the_owner_s_address_is_in_the_feed_and_on_no_page(site: MakeSite) -> None:
    owner = "show:\n  owner: {name: Ada, email: private@small.example}\n"
    settings = SETTINGS.replace("show:\n", owner) + "  contact: hello@small.example\n"
    outputs = published(site, "", **{"site.yaml": settings})

    told = [path for path, out in outputs.items() if b"private@small.example" in out.read()]
    assert told == ["feed.xml"]
    assert b'href="mailto:hello@small.example"' in outputs["404.html"].read()


def test_support_and_licence_are_where_readers_look(site: MakeSite) -> None:
    ways = (
        "show:\n  license: {name: cc-by-nc-4.0}\n  funding:\n"
        "    - url: https://www.patreon.com/x\n    - url: https://x.example/give\n"
    )
    settings = SETTINGS.replace("show:\n", ways)
    free = episode("B", "b", license="{name: cc0-1.0}")
    outputs = published(site, "", **{"site.yaml": settings, "content/episodes/b.md": free})

    for path in ("index.html", "episodes/a/index.html"):
        assert texts(outputs, path, "//ul.support-list//a") == ["Patreon", "Support the show"]
    footer = html.document_fromstring(outputs["subscribe/index.html"].read())
    assert footer.xpath("//footer//a[text()='Support the show']/@href") == ["../#support"]
    assert footer.xpath("//footer//a[@rel='license']/@href") == [
        "https://creativecommons.org/licenses/by-nc/4.0/"
    ]
    assert texts(outputs, "episodes/b/index.html", "//main//p.license") == ["Licence: CC0 1.0"]
    assert texts(outputs, "episodes/a/index.html", "//main//p.license") == []


def test_accounts_say_that_they_are_the_show_s(site: MakeSite) -> None:
    outputs = published(site, "  social: ['https://social.example/@x', 'https://bsky.app/x']\n")
    page = html.document_fromstring(outputs["episodes/a/index.html"].read())

    assert page.xpath("//footer//a[@rel='me']/@href") == [
        "https://social.example/@x",
        "https://bsky.app/x",
    ]


def test_the_statement_counts_transcripts_and_gives_way_to_a_page_of_one_s_own(
    site: MakeSite,
) -> None:
    files = {
        "content/transcripts/a.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nTides.\n",
        "content/episodes/b.md": episode("B", "b", audio="https://a.example/b.mp4"),
        "content/episodes/c.md": episode(
            "C", "c", audio="https://a.example/c.mp3", transcripts="[a.vtt]"
        ),
    }
    said = texts(published(site, "", **files), "accessibility/index.html", "//main//li")
    assert "1 of 2 episodes have a transcript." in said
    assert said[-2:] == ["1 episode has no transcript.", "1 episode is a video without captions."]

    own = "---\ntitle: For everybody\nslug: accessibility\n---\n\nCall us.\n"
    outputs = published(site, "", **{"content/pages/accessibility.md": own})
    assert texts(outputs, "accessibility/index.html", "//main//h1") == ["For everybody"]
    assert texts(outputs, "index.html", "//header//nav//a") == ["Episodes"]
    assert "Accessibility" in texts(outputs, "index.html", "//footer//a")


def test_html_of_the_owner_is_in_every_page_and_in_nothing_else() -> None:
    made, _ = built(SITES / "rich")
    assert made is not None
    pages = {path: out for path, out in made.outputs.items() if path.endswith(".html")}
    counted = {path for path, out in pages.items() if b"window.counted" in out.read()}

    framed = {path for path in pages if path.startswith("visualizations/queue-lab/")}
    moved = {path for path, out in pages.items() if out.maker.startswith(ALIAS)}
    assert "404.html" in counted
    elsewhere = {path for path in pages if path.endswith("/embed/index.html")}
    own = {"visualizations/queue-lab/index.html"}
    assert set(pages) - counted == moved | elsewhere | framed - own


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>", "leaves `<script>` open"),
        ("<script src='x'/>", "leaves `<script>` open"),
        ("<base href='/'>", "holds `<base>`"),
        ("<noscript><img src='x'></noscript>", "holds `<img>`"),
        ("</head>", "closes `</head>`"),
        ("hello", "holds text"),
        ("<script>a</script><!-- b", "leaves a comment open|holds text"),
    ],
)
def test_what_would_leave_the_head_is_refused(text: str, fault: str) -> None:
    with pytest.raises(Exception, match=fault):
        head_html(text)


def test_what_belongs_into_a_head_is_kept_as_it_is() -> None:
    text = '<!-- a -->\n<script>if (a < b) x("</div>")</script><link rel="x" href="y" />\n'

    assert head_html(text) == text


def test_an_import_writes_nothing_for_the_head(tmp_path: Path) -> None:
    feed = HERE / "importers/data/everything.xml"
    text = feed.read_text("utf-8").replace("<channel>", "<channel><head>&lt;script></head>")
    source = tmp_path / "feed.xml"
    source.write_text(text, "utf-8")
    import_sources(tmp_path / "site", [str(source)], problems=Problems())

    settings = (tmp_path / "site/site.yaml").read_text("utf-8")
    keys = re.findall(r"^  (\w+):", settings.partition("\nsite:\n")[2], re.MULTILINE)
    assert keys == ["base_url"]


def test_a_way_without_words_is_called_as_the_service_is() -> None:
    made, _ = built(SITES / "rich")
    assert made is not None
    assert follow.support(made.archive.show, Labels())[0].text == "Keep the lamp lit"
