"""Bare addresses, source numbers and footnotes lead somewhere, or it is told that they do not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from backlist import urls
from backlist.parse import markdown
from backlist.parse.markdown import Notes
from tests.conftest import MakeSite, built, episode


def links(written: str, sources: int = 0) -> list[tuple[str, str]]:
    """The words and the address of each link, but those that lead back from footnotes."""
    text = markdown.read(written, sources=sources).html.replace(urls.ROOT, "/")
    page = html.fragment_fromstring(text, "div")
    return [
        (one.text_content(), one.get("href") or "")
        for one in page.iter("a")
        if one.get("class") != "footnote-backref"
    ]


def words(notes: Notes) -> str:
    return str(html.fragment_fromstring(notes.html, "div").text_content())


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Read https://tea.example/guide.", "https://tea.example/guide"),
        ("Read https://tea.example/guide, then rest", "https://tea.example/guide"),
        ("(see https://tea.example/guide)", "https://tea.example/guide"),
        ("(https://tea.example/Oolong_(tea))", "https://tea.example/Oolong_(tea)"),
        ("“https://tea.example/guide”", "https://tea.example/guide"),
        ("*https://tea.example/guide*", "https://tea.example/guide"),
        ("**https://tea.example/guide** and **more**", "https://tea.example/guide"),
        ("Really? https://tea.example/?q=a&b=c!", "https://tea.example/?q=a&b=c"),
        ("https://tea.example/a_b_c*d*e", "https://tea.example/a_b_c*d*e"),
        (r"https://tea.example/a\_b", "https://tea.example/a_b"),
        ("https://tea.example/a&amp;b", "https://tea.example/a&b"),
        ("詳細は https://tea.example/a。次に", "https://tea.example/a"),
        ("- https://tea.example/guide", "https://tea.example/guide"),
        ("> https://tea.example/guide", "https://tea.example/guide"),
        ("https://tea.example/?x[0]=1", "https://tea.example/?x%5B0%5D=1"),
        ("More at https://tea.example...", "https://tea.example"),
        ("As at https://tea.example/a.[^1]\n\n[^1]: x", "https://tea.example/a"),
        ("HTTP://tea.example/", "HTTP://tea.example/"),
        ("www.tea.example/a_b.", "http://www.tea.example/a_b"),
        ("hi@tea.example.", "mailto:hi@tea.example"),
        ("first_last@tea.example!", "mailto:first_last@tea.example"),
    ],
)
def test_a_bare_address_is_a_link(written: str, address: str) -> None:
    (_, found), *_ = links(written)

    assert found == address


@pytest.mark.parametrize(
    "written",
    [
        "`https://tea.example/`",
        "```\nhttps://tea.example/\n```",
        "    https://tea.example/",
        "https://tea.example/a-long-na… and https://tea.example/another...",
        "https:// and https://localhost and http:tea.example",
        "javascript://tea.example/%0aalert(1)",
        "readme.md, Node.js, tea@2.10.1, @ada@tea.example, git@tea.example:a/b.git",
    ],
)
def test_what_is_no_address_stays_text(written: str) -> None:
    assert links(written) == []


def test_a_link_with_an_address_for_words_is_one_link() -> None:
    assert links("[https://a.example](https://b.example), <https://c.example/d>") == [
        ("https://a.example", "https://b.example"),
        ("https://c.example/d", "https://c.example/d"),
    ]


def test_a_bare_address_is_among_the_links_of_the_notes() -> None:
    found = markdown.read("See https://a.example/x, [b](/b/) and [2].", sources=2)

    assert found.links == ("https://a.example/x", "/b/")
    assert found.text == "See https://a.example/x, b and [2]."


ADDRESSES = st.from_regex(
    r"https?://[a-z]{1,8}\.example(/[a-zA-Z0-9_~%.-]{0,12}){0,3}(\?[a-z]=[a-z0-9&=]{0,9})?",
    fullmatch=True,
).filter(lambda address: "~~" not in address)  # which strikes out, as `**` makes bold


@given(ADDRESSES, st.sampled_from([" ", " (", " “", " *", "\n- "]))
def test_the_words_around_an_address_stay(address: str, before: str) -> None:
    after = {"(": ")", "“": "”", "*": "*"}.get(before[-1], "") + ", and on"
    notes = markdown.read(f"Read{before}{address}{after}")
    page = html.fragment_fromstring(notes.html, "div")
    (anchor,) = page.iter("a")
    end = len(address) - len(address.rstrip("?!.,:;*_~'"))

    assert anchor.text_content() == address[: len(address) - end]
    assert words(notes).strip().endswith(address + after.replace("*", ""))


def test_a_number_leads_to_its_source() -> None:
    assert links("As in [3], [1, 2] and [4–6].", 6) == [
        ("[3]", "#source-3"),
        *((str(number), f"#source-{number}") for number in (1, 2, 4, 6)),
    ]
    assert (
        words(markdown.read("As in [3], [1, 2] and [4–6].", sources=6))
        == "As in [3], [1, 2] and [4–6]."
    )


@pytest.mark.parametrize(
    "written", [r"\[3\]", "`[3]`", "They won [3-1].", "[2023]", "[03]", "[x]", "![3](/a.png)"]
)
def test_what_is_no_number_of_a_source_stays_text(written: str) -> None:
    notes = markdown.read(written, sources=5)

    assert "#source" not in notes.html
    assert notes.faults == ()


def test_a_number_that_is_a_link_of_its_own_stays_it() -> None:
    assert links("[3](/a/) and [1]\n\n[1]: https://b.example/", 5) == [
        ("3", "/a/"),
        ("1", "https://b.example/"),
    ]
    assert links("[as in [3] there](/a/)", 5) == [("as in [3] there", "/a/")]


def test_without_sources_a_number_stays_text() -> None:
    assert links("As in [3].") == []
    assert markdown.read("As in [3].").faults == ()


def test_a_footnote_leads_to_its_text_and_back() -> None:
    notes = markdown.read(
        "The claim.[^1] Another.[^long] Again.[^1]\n\n"
        "[^long]: Two blocks.\n\n    https://a.example/\n\n[^1]: The *source*.\n"
    )
    page = html.fragment_fromstring(notes.html, "div")
    anchors = {one.get("id") for one in page.xpath("//*[@id]")}
    addresses = [one.get("href") for one in page.iter("a")]

    assert "[^" not in notes.html
    assert [one.text_content() for one in page.iter("sup")] == ["[1]", "[2]", "[1]"]
    assert {one[1:] for one in addresses if one.startswith("#")} <= anchors
    assert "https://a.example/" in addresses
    assert notes.links == ("https://a.example/",)
    assert notes.lead == "The claim. Another. Again."
    assert notes.faults == ()


RECORD = """\
---
title: One
slug: one
date: 2026-01-01
sources:
  - title: A
    url: https://a.example/
  - title: B
    url: https://b.example/
---

As in [2] and
in [7].

Claims.[^a] More.[^b]

[^a]: First text.
[^a]: Second text.
[^c]: Nobody asks.
"""


def test_what_leads_nowhere_is_told_at_its_line(site: MakeSite) -> None:
    made, problems = built(site({"content/episodes/one.md": RECORD}))
    told = [str(one).split("\n")[0] for one in problems if one.where.file.endswith("one.md")]
    name = "content/episodes/one.md"

    assert made is not None
    assert [one for one in told if "warning" in one] == [
        f"{name}:13: warning: `[7]` leads to no source: there are 2",
        f"{name}:15: warning: `[^b]` has no text",
        f"{name}:17: warning: the footnote `[^a]` is written again below: this text is not shown",
        f"{name}:19: warning: nothing leads to the footnote `[^c]`: it is not shown",
    ]


def test_a_page_of_the_site_has_them_too(site: MakeSite) -> None:
    text = "---\ntitle: About\nslug: about\n---\nSee https://a.example/.[^1]\n\n[^1]: Yes.\n"
    made, problems = built(
        site({"content/episodes/one.md": episode("One", "one"), "content/pages/about.md": text})
    )

    assert made is not None and not problems.stop()
    page = made.outputs["about/index.html"].read().decode()
    assert 'href="https://a.example/"' in page and 'id="fn1"' in page


@pytest.mark.parametrize(
    "piece",
    [
        "https://",
        "https://a.example/)",
        "https://a.example/[",
        "www.",
        "a@",
        "a:",
        "[1",
        "[1,",
        "[^",
    ],
)
def test_reading_takes_time_as_the_text_grows(piece: str) -> None:
    def taken(count: int) -> float:
        began = time.process_time()
        markdown.read(piece * count, sources=9)
        return time.process_time() - began

    taken(100)
    # Python looks for what can be freed when it likes, but hardly three times in a row just here.
    assert any(taken(2400) < 40 * max(taken(300), 0.001) for _ in range(3))
