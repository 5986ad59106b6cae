"""Links of the header and the groups of the archive page lead where they say."""

import re

import pytest
from lxml import html

from backlist.pages import groups
from tests.conftest import SEARCHED, MakeSite, built, episode

ABOUT = "---\ntitle: About\nslug: about\n---\n\n## Team\n\nUs.\n"


def navigating(*urls: str) -> str:
    rows = "".join(f"    - label: Link {n}\n      url: {url!r}\n" for n, url in enumerate(urls))
    return SEARCHED.rstrip("\n") + "\n  navigation:\n" + rows


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("about/#team", "../../about/#team"),
        ("/about#team", "../../about/#team"),
        ("search/?q=tide&x=1", "../../search/?q=tide&amp;x=1"),
        ("episodes/one/#t=75", "../../episodes/one/#t=75"),
        ("#main", "../../#main"),
        ("feed.xml?from=site", "../../feed.xml?from=site"),
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
    ],
)
def test_an_entry_of_the_header_keeps_its_query_and_fragment(
    site: MakeSite, url: str, href: str
) -> None:
    files = {
        "content/episodes/one.md": episode("One", "one"),
        "content/pages/about.md": ABOUT,
        "site.yaml": navigating(url),
    }
    made, problems = built(site(files))

    assert made is not None and not problems.stop(), list(map(str, problems))
    page = made.outputs["episodes/one/index.html"].read().decode()
    assert f'<a href="{href}">Link 0</a>' in page


def test_only_the_page_itself_is_marked_as_the_one_a_reader_is_on(site: MakeSite) -> None:
    files = {
        "content/episodes/one.md": episode("One", "one"),
        "content/pages/about.md": ABOUT,
        "site.yaml": navigating("about/#team", "about/"),
    }
    made, _ = built(site(files))

    assert made is not None
    page = made.outputs["about/index.html"].read().decode()
    marked = re.findall(r'<a href="[^"]*"([^>]*)>Link (\d)</a>', page)
    assert [(number, "current" in told) for told, number in marked] == [("0", False), ("1", True)]


def test_a_year_is_one_group_even_if_offsets_cross_new_year(site: MakeSite) -> None:
    dates = {
        "a": "2026-01-02T00:00:00+00:00",
        "b": "2025-12-31T20:00:00-08:00",
        "c": "2026-01-01T05:00:00+03:00",
        "d": "2025-12-30",
    }
    made, problems = built(
        site(
            {
                f"content/episodes/{s}.md": episode(s.upper(), s, date=day)
                for s, day in dates.items()
            }
        )
    )

    assert made is not None and not problems.stop()
    page = made.outputs["episodes/index.html"].read().decode()
    assert re.findall(r'id="(y\d+)"', page) == ["y2026", "y2025"]
    assert re.findall(r'href="\.\./episodes/(\w)/"', page) == ["a", "c", "b", "d"]


@pytest.mark.parametrize(
    ("url", "fault", "hint"),
    [
        (
            "none/?q=1",
            "nothing is published at none/index.html",
            "correct the address, or create what it names",
        ),
        (
            "about/#staff",
            "about/index.html has no anchor `staff`",
            "correct the address, or create what it names",
        ),
        (
            "www.tea.example/shop",
            "nothing is published at www.tea.example/shop/index.html",
            "write the whole address: https://www.tea.example/shop",
        ),
    ],
)
def test_a_broken_entry_of_the_header_is_told_once(
    site: MakeSite, url: str, fault: str, hint: str
) -> None:
    files = {
        "content/episodes/one.md": episode("One", "one"),
        "content/pages/about.md": ABOUT,
        "site.yaml": navigating(url),
    }
    _, problems = built(site(files))

    assert [str(one) for one in problems if str(one.level) == "error"] == [
        f"site.yaml: error: `Link 0` leads nowhere: {url} ({fault})\n  {hint}"
    ]


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("en", {"la": "Alm Ångström Ärlig", "lz": "zander Zorn"}),
        ("sv", {"la": "Alm", "lz": "zander Zorn", "luc5": "Ångström", "luc4": "Ärlig"}),
    ],
)
def test_an_index_of_many_names_stands_under_their_letters(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, language: str, letters: dict[str, str]
) -> None:
    names = ["Zorn", "Ångström", "zander", "Ärlig", "Alm", "2001"]
    listed = str(names)
    files = {
        "site.yaml": SEARCHED.replace("  title:", f"  language: {language}\n  title:"),
        "content/episodes/a.md": episode("A", "a", topics=listed, people=listed),
        "content/episodes/b.md": episode("B", "b", topics="[Zorn]"),
    }
    for most in (len(names), len(names) - 1):
        monkeypatch.setattr(groups, "NAMES", most)
        made, problems = built(site(files))
        assert made is not None, list(problems)
        for path in ("topics", "people"):
            page = html.document_fromstring(made.outputs[f"{path}/index.html"].read())
            found = {
                str(one.get("id")): " ".join(one.xpath("..//*[@class='name']/text()"))
                for one in page.xpath("//section/h2")
            }
            jumps = [str(one)[1:] for one in page.xpath("//nav[@class='page-nav']//a/@href")]
            assert sorted(page.xpath("//*[@class='name']/text()")) == sorted(names)
            assert jumps == list(found)
            assert found == ({} if most == len(names) else {"l0-9": "2001", **letters})


def test_years_stand_in_their_order_however_many(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "NAMES", 1)
    files = {
        f"content/episodes/e{n}.md": episode("E", f"e{n}", date=f"202{n}-01-01") for n in range(3)
    }
    made, _ = built(site(files))

    assert made is not None
    page = html.document_fromstring(made.outputs["years/index.html"].read())
    assert page.xpath("//*[@class='name']/text()") == ["2022", "2021", "2020"]
    assert not page.xpath("//section/h2")
