"""Show notes in HTML become Markdown that renders to the same words, links, lists, emphasis."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from backlist.importers import markup, notes
from backlist.importers.links import complete
from backlist.parse import markdown
from backlist.problems import Problems, Where

BASE = "https://notes.example/episodes/1"

words = st.text(st.sampled_from("ab é日本*_[]()<>&#.,!:-`~|\\1. "), min_size=1, max_size=12).map(
    escape
)
addresses = st.sampled_from(
    ["https://a.example/", "https://b.example/x_(y)?q=1&amp;r=*a*", "/about", "mailto:a@b.example"]
)


def wrap(tag: str) -> Callable[[str], str]:
    return lambda inside: f"<{tag}>{inside}</{tag}>"


texts = st.lists(
    st.one_of(
        words,
        words.map(wrap("b")),
        words.map(wrap("em")),
        st.tuples(addresses, words).map(lambda pair: f'<a href="{pair[0]}">{pair[1]}</a>'),
        st.just("<br>"),
    ),
    min_size=1,
    max_size=5,
).map("".join)
lists = st.lists(texts.map(wrap("li")), min_size=1, max_size=3).map("".join)
blocks = st.one_of(texts.map(wrap("p")), lists.map(wrap("ul")), lists.map(wrap("ol")))
pages = st.lists(blocks, min_size=1, max_size=3).map("".join)


def render(raw: str, base: str | None = BASE) -> str:
    return shown_of(notes.read(raw, Where("f"), Problems(), lenient_lists=True, base=base))


def shown_of(found: notes.Notes) -> str:
    """What a page shows of notes, in HTML."""
    targets = [*(each.url for each in found.sources), *(each.url for each in found.visualizations)]
    links = "".join(f'<a href="{escape(url)}">source</a>' for url in targets if url)
    return markdown.read(found.body).html + links


def links_in(html: str, base: str | None = BASE) -> set[str]:
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    found = set()
    for anchor in tree.iter("a"):
        href = str(anchor.get("href") or "").strip()
        if not anchor.text_content().strip() and anchor.find(".//img") is None:
            continue
        if not re.match("https?://|mailto:", href):
            href = "" if href.startswith("#t=") else complete(href, base) or ""
        found |= {unquote(href).rstrip("/").lower()} if href else set()
    return found


def marks_in(html: str) -> Counter[str]:
    """How many list items with words there are, and the letters that are emphasised."""
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    kinds = {"b": "strong", "i": "em"}
    found = Counter("li" for item in tree.iter("li") if any(map(str.isalnum, item.text_content())))
    for element in tree.iter("b", "strong", "i", "em"):
        for char in filter(str.isalnum, element.text_content()):
            found[f"{kinds.get(element.tag, element.tag)} {char}"] += 1
    return found


def letters(html: str) -> str:
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    return "".join(filter(str.isalnum, tree.text_content()))


@given(pages)
def test_notes_render_to_what_the_source_showed(raw: str) -> None:
    rendered = render(raw)

    assert links_in(rendered) >= links_in(raw)
    assert marks_in(rendered) == marks_in(raw)
    assert letters(rendered) == letters(raw)


@given(st.text(st.sampled_from("ab<>&;/!?=\"' \n1."), max_size=40))
def test_plain_text_with_signs_stays_text(raw: str) -> None:
    if markup.has_tags(raw) or "&" in raw:
        return

    assert letters(f"<p>{escape(raw)}</p>") == letters(f"<p>{render(raw)}</p>")
    assert (
        [e.tag for e in lxml_html.fragments_fromstring(f"<i>{render(raw)}</i>")[0].iter()][1:]
        in (
            ["p"],
            [],
        )
        or "\n" in raw
        or re.search(r"https?:", raw)
    )


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<img src="https://t.example/p.gif" width="1" height="1">',
        '<img src="https://t.example/p.gif" style="display: none">',
        '<img src="https://t.example/p.gif" style="width:1px;height:1px">',
        '<iframe src="https://t.example/" width="0" height="0"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe>',
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)">x</p>',
        '<object data="data:text/html,alert(1)"></object>',
    ],
)
def test_scripts_trackers_and_styles_do_not_survive(evil: str) -> None:
    rendered = render(f"<p>Words.</p>{evil}")

    assert not re.search("alert|t.example|style|script", rendered)
    assert "Words." in rendered


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a<b>「日本」</b>語", "<p>a「<strong>日本</strong>」語</p>"),
        ("<p>the <em>Game.&nbsp;</em>Hosted</p>", "<p>the <em>Game.</em> Hosted</p>"),
        ("<p><b>a</b><b>b</b></p>", "<p><strong>ab</strong></p>"),
        (
            '<p>x<a href="https://a.example/">A<br></a>- y</p>',
            '<p>x<a href="https://a.example/">A</a><br />\n- y</p>',
        ),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "<p>Term</p>\n<p>Meaning</p>"),
        ("<li>one</li><li>two</li>", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ('<p><a href="www.a.example">A</a></p>', '<p><a href="http://www.a.example">A</a></p>'),
        ('<p><a href="#top">A</a></p>', f'<p><a href="{BASE}#top">A</a></p>'),
    ],
)
def test_shapes_that_markdown_cannot_say_as_they_stand(raw: str, expected: str) -> None:
    assert render(raw) == expected


def test_a_table_keeps_the_cells_its_first_row_lacks() -> None:
    raw = '<table><tr><td colspan="2">Air</td></tr><tr><td>A</td>'
    raw += '<td><p>B <a href="https://b.example/">b</a></p></td></tr></table>'

    assert links_in(render(raw)) == {"https://b.example"}


def test_blanks_around_an_address_are_no_part_of_it() -> None:
    assert 'href="https://a.example/x"' in render('<p><a href=" https://a.example/x ">A</a></p>')
