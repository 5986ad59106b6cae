"""Whatever is written as Markdown says the same when it is read."""

from html import unescape
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from backlist import urls
from backlist.content import markdown_text
from backlist.parse import markdown

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
words = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]<>()#+-.!|~&;:=/ 1ab^$\"'"),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
    ),
    max_size=40,
)


@given(words)
def test_a_line_of_words_stays_words(text: str) -> None:
    said = " ".join(text.split())
    tokens = READER.parse(markdown_text.line(text))

    assert [token.type for token in tokens if token.nesting == 1] == (
        ["paragraph_open"] if said else []
    )
    assert READER.render(markdown_text.line(text)) == (f"<p>{plain(said)}</p>\n" if said else "")


@given(words, st.from_regex(r"https?://[a-z]{1,8}\.example/[!-~]{0,30}", fullmatch=True))
def test_a_link_has_its_words_and_its_address(text: str, url: str) -> None:
    page = html.fragment_fromstring(
        READER.render(f"- {markdown_text.link(text, url)}, more"), "div"
    )
    (anchor,) = page.iter("a")

    assert anchor.text_content() == (" ".join(text.split()) or url)
    assert unescape(anchor.get("href") or "") == READER.normalizeLink(url)


def plain(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text


def test_a_text_below_a_title_begins_with_the_second_level() -> None:
    text = "# A\n\n## B\n\n```\n# not one\n```\n\nC\n=\n\nD and\nE\n---\n\n> # F\n"

    inset = markdown.read(text).markdown

    assert inset.startswith("## A\n\n### B\n\n```\n# not one\n```\n\n## C\n")
    assert "\n### D and E\n" in inset
    assert markdown.read("## B\n\n### D").markdown == "## B\n\n### D", "which it does already"


@given(st.lists(st.integers(1, 6), min_size=1, max_size=9))
def test_no_level_of_heading_is_skipped(levels: list[int]) -> None:
    """WCAG 2.2, 1.3.1: other people's notes begin with any level and jump as they like."""
    text = "\n\n".join(f"{'#' * level} Heading {n}" for n, level in enumerate(levels))

    page = html.fragment_fromstring(markdown.read(text).html, "div")
    found = [int(one.tag[1]) for one in page]

    assert found[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(found))
    for (one, a), (other, b) in pairwise(zip(levels, found, strict=True)):
        assert (a < b) == (one < other) or b == 6
    assert markdown.read(markdown.read(text).markdown).html == markdown.read(text).html


def test_paths_of_the_site_are_put_behind_its_root() -> None:
    text = "See [a](/x/), [b](</y z/> 'title'), [c] and `](/x/)`; not [d](//e/f).\n\n[c]: /w/\n"

    found = markdown.read(
        markdown.read(text).markdown.replace(urls.ROOT, "https://s.example/")
    ).links

    assert found == (
        "https://s.example/x/",
        "https://s.example/y%20z/",
        "https://s.example/w/",
        "//e/f",
    )


@given(st.from_regex(markdown._NORMAL, fullmatch=True))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_an_address_that_is_taken_as_it_is_is_what_markdown_it_would_write(address: str) -> None:
    assert normalizeLink(address) == address


def test_an_address_with_something_to_escape_is_written_by_markdown_it() -> None:
    notes = markdown.read("[a](https://example.org/a[b]) [c](https://exämple.org/ü?q=%zz)")
    assert notes.links == (
        "https://example.org/a%5Bb%5D",
        "https://xn--exmple-cua.org/%C3%BC?q=%25zz",
    )
