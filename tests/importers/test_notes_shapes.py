"""Shapes of show notes in the wild, and what a reader must find of each on the page."""

import re
import time

import pytest

from backlist.importers import notes
from backlist.parse import markdown
from backlist.problems import Problems, Where

BASE = "https://notes.example/e/1"


def shown(raw: str) -> str:
    """What the page shows of a raw description, block after block on one line."""
    found = notes.read(raw, Where("f"), Problems(), base=BASE)
    return re.sub(r"\n", "", markdown.read(found.body).html).replace(' loading="lazy"', "")


def told(raw: str) -> list[str]:
    problems = Problems()
    notes.read(raw, Where("f"), problems, base=BASE)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\ufeffOne\u2028Two\u2029Three", "<p>One<br />Two</p><p>Three</p>"),
        ("Told by Ann.\nDrawn by Ben.", "<p>Told by Ann.<br />Drawn by Ben.</p>"),
        ("🎧 Ears\n🧠 Mind\n\nEnd", "<p>🎧 Ears<br />🧠 Mind</p><p>End</p>"),
        ('By <a href="https://a.example">Ann</a>\nand <b>Ben</b>\n\nEnd',
         '<p>By <a href="https://a.example">Ann</a><br />and <strong>Ben</strong></p><p>End</p>'),
        ("One\n\nTwo\n<ul>\n<li>a</li>\n</ul>\nThree",
         "<p>One</p><p>Two</p><ul><li>a</li></ul><p>Three</p>"),
        ("* a\n# b\n1. c\n_d_ <b> [x](y) &lt;i&gt;",
         "<p>* a<br /># b<br />1. c<br />_d_ &lt;b&gt; [x](y) &lt;i&gt;</p>"),
        ("Caf&eacute; &amp;amp; Co&#8230; &nbsp;x", "<p>Café &amp; Co… \u00a0x</p>"),
        ("See https://a.example/?a=1&copy=2", '<p>See <a href="https://a.example/?a=1&amp;copy=2">'
         "https://a.example/?a=1&amp;copy=2</a></p>"),
    ],
)  # fmt: skip
def test_plain_text_keeps_its_lines_and_signs(raw: str, expected: str) -> None:
    assert shown(raw) == expected


def test_text_wrapped_at_a_column_is_a_paragraph() -> None:
    wrapped = (
        "The harbour was built when the river still reached the gate of the\n"
        "town, and nobody who lived there would have believed that it could\n"
        "ever be filled with sand. Two hundred years later it was a meadow."
    )

    assert "<br" not in shown(wrapped)
    assert (
        shown(wrapped.replace("the\n", "the.\n").replace("could\n", "could.\n")).count("<br") == 2
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>10<sup>9</sup>, CO<sub>2</sub>, 2<sup>n+1</sup></p>", "<p>10⁹, CO₂, 2ⁿ⁺¹</p>"),
        ("<p>10<sup>9a</sup>, v<sub>max</sub>, 2<sup>a b</sup></p>",
         "<p>10^9a, v_max, 2^(a b)</p>"),
        ("<p>the 1<sup>st</sup>, word<sup>[2]</sup></p>", "<p>the 1st, word[2]</p>"),
        ("<p>word<sup><a href='#n1'>1</a></sup></p>", f'<p>word<a href="{BASE}#n1">¹</a></p>'),
        ("<math><msup><mn>10</mn><mn>9</mn></msup></math>", "<p>10⁹</p>"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "<p>1/2</p>"),
        ("<p><abbr title='Random Access Memory'>RAM</abbr></p>",
         "<p>RAM (Random Access Memory)</p>"),
        ("<p><ruby>井<rp>(</rp><rt>い</rt><rp>)</rp></ruby></p>", "<p>井(い)</p>"),
        ("<p><q>Well</q></p>", "<p>&quot;Well&quot;</p>"),
    ],
)  # fmt: skip
def test_words_keep_what_their_tags_said(raw: str, expected: str) -> None:
    assert shown(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<ol start='3'><li>c</li></ol><ol><li>a</li></ol>",
         '<ol start="3"><li>c</li></ol><ol><li>a</li></ol>'),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("<ol type='A'><li>x</li><li>y</li></ol>", "<ul><li>A. x</li><li>B. y</li></ul>"),
        ("<ol reversed><li>b</li><li>a</li></ol>",
         '<ol start="2"><li>b</li></ol><ol><li>a</li></ol>'),
        ("<ol><li>a</li><li value='7'>g</li><li>h</li></ol>",
         '<ol><li>a</li></ol><ol start="7"><li>g</li><li>h</li></ol>'),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a<ol start='4'><li>b</li></ol></li></ul>",
         '<ul><li><p>a</p><ol start="4"><li>b</li></ol></li></ul>'),
        ("<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>",
         "<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>"),
    ],
)  # fmt: skip
def test_lists_keep_start_nesting_and_separateness(raw: str, expected: str) -> None:
    assert shown(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('<p>Hi <img src="https://s.w.org/images/core/emoji/1.png" alt="🌍" class="wp-smiley"></p>',
         "<p>Hi 🌍</p>"),
        ('<p>Hi <img src="https://x.example/emoji/1f30d-200d-2744.svg" class="emoji"></p>',
         "<p>Hi 🌍\u200d❄</p>"),
        ('<p><img class="wp-smiley" src="/smilies/icon_wink.gif" alt=";-)"></p>', "<p>;-)</p>"),
        ('<img src="data:image/gif;base64,x" data-lazy-src="https://a.example/b.png" alt="B">',
         '<p><img src="https://a.example/b.png" alt="B" /></p>'),
        ('<img alt="B" srcset="https://a.example/s.png 300w, https://a.example/l.png 900w">',
         '<p><img src="https://a.example/l.png" alt="B" /></p>'),
        ('<img src="/x.gif" data-src="https://a.example/b.png"><noscript>'
         '<img src="https://a.example/b.png"></noscript>',
         '<p><img src="https://a.example/b.png" alt="" /></p>'),
        ('<noscript><img src="https://a.example/b.png" alt="B"></noscript>',
         '<p><img src="https://a.example/b.png" alt="B" /></p>'),
        ('<picture><source srcset="https://a.example/b.webp"><img alt="B"></picture>',
         '<p><img src="https://a.example/b.webp" alt="B" /></p>'),
        ('<img src="data:image/png;base64,x" alt="A chart">', "<p>A chart</p>"),
        ('<h2>A <img src="https://a.example/b.png" alt="[B]"></h2>',
         '<h2 id="a">A <img src="https://a.example/b.png" alt="[B]" /></h2>'),
    ],
)  # fmt: skip
def test_pictures_are_pictures_and_emoji_letters(raw: str, expected: str) -> None:
    assert shown(raw) == expected


@pytest.mark.parametrize(
    ("raw", "address", "words"),
    [
        ('<iframe src="https://www.youtube.com/embed/AbCdEfGh12_?start=9" title="Film"></iframe>',
         "https://www.youtube.com/watch?v=AbCdEfGh12_&amp;t=9s", "Film (youtube.com)"),
        ('<iframe data-src="//player.vimeo.com/video/12?x=1"></iframe>',
         "https://vimeo.com/12", "vimeo.com"),
        ('<lite-youtube class="x" videoid="AbCdEfGh12_"><a href="/w">Play</a></lite-youtube>',
         "https://www.youtube.com/watch?v=AbCdEfGh12_", "youtube.com"),
        ("<lite-vimeo videoid=12></lite-vimeo>", "https://vimeo.com/12", "vimeo.com"),
        ('<audio controls src="https://a.example/x.mp3">No sound here</audio>',
         "https://a.example/x.mp3", "a.example"),
        ('<video><source src="https://a.example/x.mp4"></video>',
         "https://a.example/x.mp4", "a.example"),
        ('<object><param name="movie" value="https://a.example/x"><embed src="x"></object>',
         "https://a.example/x", "a.example"),
        ('<map><area href="https://a.example/x" alt="North"></map>',
         "https://a.example/x", "North"),
    ],
)  # fmt: skip
def test_frames_and_media_become_links_with_their_host(raw: str, address: str, words: str) -> None:
    assert shown(f"<p>A</p>{raw}<p>B</p>") == (
        f'<p>A</p><p><a href="{address}">{words}</a></p><p>B</p>'
    )


def test_what_follows_an_embedded_file_is_not_taken_for_its_fallback() -> None:
    raw = '<embed src="https://a.example/x.swf"> then <iframe src="https://b.example/y"></iframe>'

    assert shown(raw) == (
        '<p><a href="https://a.example/x.swf">a.example</a></p><p>then</p>'
        '<p><a href="https://b.example/y">b.example</a></p>'
    )


def test_what_a_page_shows_otherwise_is_told() -> None:
    assert told('<iframe src="https://a.example/x"></iframe>') == [
        "1 frame or player became a link to a.example"
    ]
    assert told('<img data-src="https://a.example/x.png">') == [
        "1 picture that a script would load: the address is taken from its attributes, "
        "`https://a.example/x.png`"
    ]
    assert told("<p>Bread &amp;amp; butter</p>") == [
        "letters were encoded twice; read as letters: `Bread &amp; butter`"
    ]
    assert told("It isnâ€™t") == [
        "letters look damaged by a wrong encoding, kept as they are: `It isnâ€™t`"
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<pre>a\n````\nb</pre><p>c</p>", "<pre><code>a````b</code></pre><p>c</p>"),
        ('<pre><code class="language-python">x = 1</code></pre>',
         '<pre><code class="language-python">x = 1</code></pre>'),
        ('<pre>see <a href="https://a.example">it</a>\nnow</pre>',
         '<p>see <a href="https://a.example">it</a><br />now</p>'),
        ("<p>a <code>x<br>y</code></p>", "<p>a</p><pre><code>xy</code></pre>"),
        ("<p><code>a `b` c</code></p>", "<p><code>a `b` c</code></p>"),
        ("<p><code>&amp;amp;</code></p>", "<p><code>&amp;amp;</code></p>"),
        ("<table><caption>C</caption><tr></tr><tr><td><code>a|b</code></td><td>c</td></tr></table>",
         "<p>C</p><table><thead><tr><th></th><th></th></tr></thead><tbody><tr>"
         "<td><code>a|b</code></td><td>c</td></tr></tbody></table>"),
        ("<details><summary>S</summary>D</details>", "<p>S</p><p>D</p>"),
        ("<center>a</center><center>b</center>", "<p>a</p><p>b</p>"),
        ("<figure><img src='https://a.example/b.png' alt='B'><figcaption>C</figcaption></figure>",
         '<p><img src="https://a.example/b.png" alt="B" /></p><p>C</p>'),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>",
         "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        ("<p>a<br><br><br>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p><hr><p>b</p>", "<p>a</p><hr /><p>b</p>"),
        ("<a href='https://a.example'><div>T</div>y <i>z</i></a>",
         '<p><a href="https://a.example">T</a></p>'
         '<p><a href="https://a.example">y <em>z</em></a></p>'),
        ("<strong><ul><li>a</li><li>b</li></ul></strong>",
         "<ul><li><strong>a</strong></li><li><strong>b</strong></li></ul>"),
        ("<p><strike>a</strike></p>", "<p><s>a</s></p>"),
        ("<p>See <https://a.example/x> or Vec<Order></p>",
         '<p>See <a href="https://a.example/x">https://a.example/x</a> or Vec&lt;Order&gt;</p>'),
        ("<p>a<product>b</p><p>c</p>", "<p>a&lt;product&gt;b</p><p>c</p>"),
        ("<p>a<o:p>b</o:p></p>", "<p>ab</p>"),
    ],
)  # fmt: skip
def test_blocks_keep_what_they_hold(raw: str, expected: str) -> None:
    assert shown(raw) == expected


@pytest.mark.parametrize(
    "address", ["mailto:a@b.example", "tel:+4930", "magnet:?xt=urn:btih:1", "podcast://a.example/f"]
)
def test_links_of_other_schemes_stay(address: str) -> None:
    assert shown(f'<p><a href="{address}">x</a></p>') == f'<p><a href="{address}">x</a></p>'


@pytest.mark.parametrize("tag", ["b", "div", "blockquote", "span", "ul", "font"])
def test_words_survive_any_depth(tag: str) -> None:
    words = "".join(f"<{tag}>{number} " for number in range(3000))
    found = shown(words)

    assert [int(number) for number in re.findall(r"\d+", found)] == list(range(3000))


def test_a_text_direction_and_joiners_stay() -> None:
    raw = "می\u200cخواهم \u202bB\u202c a\u00adb 👩\u200d🚀 10\u00a0km"

    assert shown(raw) == shown(f"<p>{raw}</p>") == f"<p>{raw}</p>"
    assert shown("<p>a&nbsp; b &nbsp;c&nbsp;</p>") == "<p>a b c</p>"


PIECES = [
    *("<b>", "<b>x", "<div>x", "<a href='https://a.example'>x", "<ul><li>x", "x<sup>1</sup>"),
    *("<img data-src='https://a.example/x'>", "x\n", "&amp;amp;", "*", "[", "](", "1. ", "<!--"),
    *("1. https://a.example/x ", "Sources: ", "Source: https://a.example/x\n", "`", "<pre>x\n"),
    *("<tr><td>x", "<iframe src='https://a.example'></iframe>", "<object>", "<p style='width: "),
    *("<blockquote>x", "<i>a</i><i>b</i>", "<x>", "<a ", "\u00a0", "x. ", "<h2>x</h2>", "<svg>"),
]


@pytest.mark.parametrize("piece", PIECES)
def test_reading_takes_time_as_the_notes_grow(piece: str) -> None:
    def taken(count: int) -> float:
        began = time.process_time()
        notes.read(piece * count, Where("f"), Problems(), lenient_lists=True, base=BASE)
        return time.process_time() - began

    taken(100)
    # Python looks for what can be freed when it likes, but hardly three times in a row just here.
    assert any(taken(1600) < 40 * max(taken(200), 0.001) for _ in range(3))
