"""HTML cut to a number of bytes."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from backlist.feed.writer.truncate import Truncated, parse_html, truncate

NOTES = """<p>Tides <em>come</em>, and <a href="https://a.example/?x=1&amp;y=2">go</a>.</p>
<h2>Why</h2><table><tr><td>high</td><td>low</td></tr></table>
<ul>
<li>The <b>moon</b></li>
<li></li><li><p>Vec&lt;T&gt;<br>too</p></li></ul><blockquote><p>Ebb ä</p></blockquote>"""


def shortened(room: int) -> str:
    return truncate([parse_html(NOTES)], room)


def test_only_the_tags_apple_shows_remain() -> None:
    assert shortened(4000) == (
        '<p>Tides come, and <a href="https://a.example/?x=1&amp;y=2">go</a>.</p>'
        "<p>Why</p><p>high low</p><ul><li>The moon</li><li><p>Vec&lt;T&gt;</p><p>too</p></li></ul>"
        "<p>Ebb ä</p>"
    )


def test_it_is_cut_at_a_word_and_closed() -> None:
    assert shortened(30) == "<p>Tides come, and…</p>"


@given(st.integers(0, 400))
def test_it_fits_and_every_tag_is_closed(room: int) -> None:
    text = shortened(room)

    assert len(text.encode()) <= room
    opened = re.findall(r"<(\w+)[^>]*>", text)
    assert sorted(opened) == sorted(re.findall(r"</(\w+)>", text))
    assert "<>" not in re.sub(r"<(\w+)[^>]*></\1>", "<>", text)


@given(st.text(max_size=300), st.integers(20, 200))
def test_any_text_is_cut_whole_words_only(text: str, room: int) -> None:
    short = Truncated(room)
    short.begin("p")
    short.words(text)
    short.end()

    words = short.text().removeprefix("<p>").removesuffix("</p>").removesuffix("…").split()
    given_words = [html.fromstring(f"<p>{word}</p>").text or "" for word in words]
    assert given_words == text.split()[: len(words)] or any(ord(c) < 32 for c in text)
