"""The map's page: what a reader without script and one without a picture get."""

import dataclasses
import gzip
import json
import re
from pathlib import Path

import pytest
from lxml import html

from backlist import theme, urls
from backlist.extras import map as map_page
from backlist.extras.map.layout import layout
from backlist.files import find_all
from backlist.model import Episode, Labels, Status
from backlist.pages import formatting
from backlist.pages.context import SiteContext
from backlist.problems import Problems
from backlist.relate.archive import Archive, VisualizationEntry, VisualizationLink
from backlist.theme import Theme
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.extras.map import invented

ROOT = theme.shipped_folder()
TEMPLATES = find_all(ROOT, "templates", Problems()).items()
THEME = Theme(
    {},
    {name: path.read_text("utf-8") for name, path in TEMPLATES},
    find_all(ROOT, "static", Problems()),
)


def page(archive: Archive) -> html.HtmlElement:
    (output,) = map_page.make(SiteContext(archive, THEME))
    return html.document_fromstring(output.read().decode())


def pair(**fields: object) -> Archive:
    """Two episodes, of which the first mentions the second."""
    return invented.make(
        [
            invented.entry(Episode(title="Above", slug="above"), mentions=("below",)),
            invented.entry(
                Episode.model_validate({"title": "Below", "slug": "below", **fields}),
                mentioned_by=("above",),
            ),
        ]
    )


def test_every_episode_is_a_link_with_a_title_and_an_anchor() -> None:
    archive = invented.archive(30)
    nodes = page(archive).xpath("//a[contains(@class, 'node')]")

    assert [node.get("href") for node in nodes] == [
        urls.relative(urls.episode(entry.slug), urls.MAP) for entry in archive.entries
    ]
    assert [node.findtext("title").split("\n")[0] for node in nodes] == [
        entry.episode.title for entry in archive.entries
    ]
    assert nodes[0].get("id") == urls.on_map(archive.entries[0].slug).partition("#")[2]


def test_an_episode_known_by_mention_looks_and_says_so() -> None:
    document = page(pair(status=Status.STUB))

    (stub,) = document.xpath("//a[contains(@class, 'stub')]")
    assert stub.findtext("title").endswith("Not in the archive")
    assert document.xpath("//li[contains(., 'its date is a guess')]")
    assert not page(pair()).xpath("//li[contains(., 'its date is a guess')]")


MONTHS = ", ".join(f"Monat {number}" for number in "abcdefghijkl")


@pytest.mark.parametrize("count", [12, 400])
def test_the_map_speaks_the_words_of_the_show(count: int) -> None:
    archive = invented.archive(count)
    given = {"months": MONTHS, "undated": "Ohne Tag", "n_episodes": "{n} Folge | {n} Folgen"}
    labels = archive.site.labels.model_copy(update=given)
    site = archive.site.model_copy(update={"labels": labels})
    (output,) = map_page.make(SiteContext(dataclasses.replace(archive, site=site), THEME))
    text = output.read().decode()

    for english in ("January", "March", "October", "December", "No date"):
        assert english not in text
    assert "Folgen" in text and "Monat " in text


def test_months_are_cut_to_what_tells_them_apart() -> None:
    french = "janvier, février, mars, avril, mai, juin, juillet, août, sept, oct, nov, déc"
    labels = Labels(months=french)

    assert [formatting.short_month(n, labels) for n in (6, 7, 8)] == ["juin", "juil", "août"]
    assert [formatting.short_month(n) for n in (6, 7, 9)] == ["Jun", "Jul", "Sep"]


def test_a_visualization_is_marked_and_linked() -> None:
    archive = pair()
    above, below = archive.entries
    shown = invented.entry(
        above.episode,
        mentions=above.mentions,
        visualizations=(VisualizationLink("lab", "The lab"),),
    )
    held = VisualizationEntry("lab", "The lab", None, 640, "index.html", b"", {}, ("above",))
    whole = invented.make([shown, below])
    document = page(
        Archive(whole.show, whole.site, whole.entries, whole.works, visualizations=(held,))
    )

    (play,) = document.xpath("//a[@class='play']")
    assert play.get("href") == "../visualizations/lab/"
    assert play.findtext("title") == "Interactive: The lab"


def test_takes_on_a_work_without_a_title_are_called_after_the_newest() -> None:
    archive = pair()
    takes = {"above": ("below",), "below": ("above",)}
    entries = [
        invented.entry(e.episode, mentions=e.mentions, takes=takes[e.slug]) for e in archive.entries
    ]
    document = page(invented.make(entries))

    (lane,) = document.xpath("//a[@class='lane']")
    assert lane.findtext("title") == "Above\n2 episodes"
    assert lane.get("href") == "../episodes/above/"


@pytest.mark.parametrize(("count", "days"), [(200, 4.0), (2000, 1.0)])
def test_the_page_says_what_it_left_out(count: int, days: float) -> None:
    archive = invented.archive(count, days)
    picture = layout(archive)
    assert picture is not None
    told = " ".join(page(archive).xpath("//p[@class='muted']//text()"))

    written = sum(node.label is not None for node in picture.nodes)
    assert f"{written} of {formatting.figure(count)} titles are shown" in told
    works = picture.works
    assert f"{works.count} of {works.of} shared works are drawn" in told
    assert f"those that {works.least} or more episodes share" in told
    assert ("mentions within one" in told) == bool(picture.within)


def test_the_page_says_what_is_too_common_to_draw() -> None:
    archive = invented.archive(30)
    everywhere = invented.work(99, (), tuple(entry.slug for entry in archive.entries))
    told = page(invented.make(archive.entries, (*archive.works, everywhere)))

    assert told.xpath("//p[.='1 work that very many episodes share is not drawn.']")
    assert not told.xpath(f"//a[contains(@href, '{everywhere.slug}/')]")


def test_a_small_archive_leaves_nothing_out() -> None:
    told = " ".join(page(invented.archive(30)).xpath("//p[@class='muted']//text()"))

    assert "are drawn" not in told
    assert "titles are" not in told


def test_the_lists_say_the_same_as_the_picture() -> None:
    document = page(invented.archive(60))
    picture = layout(invented.archive(60))
    assert picture is not None
    rows = document.xpath("//ol[@data-episodes]/li")
    works = document.xpath("//ol[@data-works]/li")

    assert len(rows) == len(picture.nodes)
    assert len(works) == len(picture.lanes)
    named = sum(len(row.xpath(".//p[starts-with(., 'Mentions')]/a")) for row in rows)
    assert named == picture.mentions.count + picture.within
    shared = sum(len(row.xpath(".//p[starts-with(., 'Shared works')]/a")) for row in rows)
    assert shared == sum(len(lane.episodes) for lane in picture.lanes)


def test_the_script_is_told_who_is_connected() -> None:
    archive = invented.archive(60)
    document = page(archive)
    (text,) = document.xpath("//script[@data-map]/text()")
    data = json.loads(text)

    place = {entry.slug: number for number, entry in enumerate(archive.entries)}
    assert data["mentions"] == [[place[s] for s in entry.mentions] for entry in archive.entries]
    assert [sorted(one) for one in data["topics"]] == [
        sorted(place[s] for s in topic.episodes) for topic in archive.topics
    ]
    lanes = document.xpath("//a[@class='lane']/title/text()")
    assert [title.split("\n")[1] for title in lanes] == [
        f"{len(one)} episodes" for one in data["works"][: len(lanes)]
    ]


def test_hidden_episodes_are_nowhere_on_the_map(site: MakeSite) -> None:
    source = "[{title: Secret xyzzy}]"
    root = site(
        {
            "site.yaml": SETTINGS + "  map: true\n",
            "content/episodes/a.md": episode(
                "Open", "open", date="2026-01-02", same_paper="[other]"
            ),
            "content/episodes/b.md": episode("Other", "other", date="2026-01-01", sources=source),
            "content/episodes/c.md": episode(
                "Secret xyzzy",
                "secret-xyzzy",
                date="2026-01-03",
                status="draft",
                same_paper="[open]",
            ),
        }
    )
    whole, _ = built(root)
    assert whole is not None
    text = whole.outputs[urls.MAP].read().decode()

    assert "episode-open" in text
    assert "xyzzy" not in text


def test_without_connections_nothing_leads_to_a_map(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("Open", "open", date="2026-01-02")})
    whole, _ = built(root)
    assert whole is not None

    assert urls.MAP not in whole.outputs
    assert not [
        path
        for path, output in whole.outputs.items()
        if path.endswith(".html") and re.search(rb'href="[./]*map/', output.read())
    ]


def test_home_and_episodes_lead_to_the_map(rich: Path) -> None:
    whole, _ = built(rich)
    assert whole is not None

    assert b'href="./map/"' in whole.outputs[urls.HOME].read()
    page = whole.outputs[urls.episode("caches-at-low-tide")].read()
    assert b'href="../../map/#episode-caches-at-low-tide"' in page
    assert b"/map/</loc>" in whole.outputs[urls.SITEMAP].read()


@pytest.mark.parametrize(
    ("said", "count", "made"),
    [(None, 9, False), (None, 120, True), (True, 9, True), (False, 120, False)],
)
def test_there_is_a_map_where_there_is_much_to_see_or_where_the_site_asks_for_one(
    said: bool | None, count: int, made: bool
) -> None:
    archive = invented.archive(count)
    site = archive.site.model_copy(update={"map": said})

    assert (
        len(list(map_page.make(SiteContext(dataclasses.replace(archive, site=site), THEME))))
        == made
    )


def test_a_large_map_stays_light() -> None:
    (output,) = map_page.make(SiteContext(invented.archive(2000), THEME))

    assert len(gzip.compress(output.read())) < 150_000
    assert (ROOT / "static" / map_page.SCRIPT).stat().st_size < 7_000
