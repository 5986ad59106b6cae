import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from backlist.feed.reader.text import clean
from backlist.importers import notes, text
from backlist.importers.notes import Notes
from backlist.model import Source, VisualizationRef
from backlist.problems import Problems, Where

HERE = Where("feed.xml", 3)

SOURCES = (
    Source(url="https://a.example/x(1)?", role="subject"),
    Source(
        title="Part 3. Next", authors="B. C", year="2020-2024", url="https://b.example/?q=a,(b)"
    ),
    Source(title="Harbour 3.0: Depth", url="https://c.example/Why?"),
)


def read_notes(raw: str, **options: Any) -> Notes:
    problems = Problems()
    found = notes.read(raw, HERE, problems, **options)

    assert [str(problem) for problem in problems] == []

    return found


LINES = """About **deep** water.

Sources:
  1. https://a.example/x(1)?
  2. Part 3. Next — B. C, 2020-2024
     https://b.example/?q=a,(b)
  3. Harbour 3.0: Depth
     https://c.example/Why?

Interactive Visualization: The Gauge"""

ONE_LINE = " ".join(LINES.split())

BREAKS = (
    "<p>About <b>deep</b> water.</p><p>Sources:<br>"
    '1. <a href="https://a.example/x(1)?">https://a.example/x…</a><br>'
    '2. Part 3. Next — B. C, 2020-2024<br /><a href="https://b.example/?q=a,(b)">https://b.example/</a>'
    '<br>3. <a href="https://c.example/Why?">Harbour 3.0: Depth</a></p>'
    "<p>Interactive Visualization: The Gauge</p>"
)

GIANT = (
    "<p>About <strong>deep</strong> water.</p><p>Sources:</p>"
    '<a href="https://a.example/x(1)?">1. https://a.example/x(1)?<br>'
    "2. Part 3. Next — B. C, 2020-2024<br>https://b.example/?q=a,(b)<br>"
    "3. Harbour 3.0: Depth<br>https://c.example/Why?</a><br>"
    "<br>Interactive Visualization: The Gauge"
)

LIST = (
    "<div>About <b>deep</b> water.</div><h3>Sources:</h3><ol>"
    '<li><a href="https://a.example/x(1)?">https://a.example/x</a></li>'
    "<li>Part 3. Next — B. C, 2020-2024 https://b.example/?q=a,(b)</li>"
    '<li><a href="https://c.example/Why?">Harbour 3.0: Depth</a></li></ol>'
    "<div>Interactive Visualization: The Gauge</div>"
)


@pytest.mark.parametrize("raw", [LINES, ONE_LINE, BREAKS, GIANT, LIST])
def test_every_shape_of_the_same_notes_gives_the_same(raw: str) -> None:
    expected = Notes("About **deep** water.", SOURCES, (VisualizationRef(title="The Gauge"),))

    assert expected == read_notes(raw)


def test_addresses_run_together_are_sources_without_titles() -> None:
    found = read_notes("Words. Sources: https://a.example/1v1https://b.example/2")

    assert found.body == "Words."
    assert [s.url for s in found.sources] == ["https://a.example/1v1", "https://b.example/2"]


def test_source_and_paper_lines_are_sources_when_there_is_no_list() -> None:
    found = read_notes("Source: https://a.example/1\nPaper: https://b.example/2")

    assert (found.body, [s.role for s in found.sources]) == ("", ["subject", "cited"])
    assert found == read_notes("Source: https://a.example/1 Paper: https://b.example/2")


def test_a_sentence_that_says_source_stays_a_sentence() -> None:
    found = read_notes("Read on, Source: https://a.example/1 and more.")

    assert found.sources == ()


@pytest.mark.parametrize(
    "raw", ["The Sources: of the Nile.", "Sources: see below", "Sources:\nMany thanks to all", "x"]
)
def test_the_word_sources_alone_is_no_list(raw: str) -> None:
    found = read_notes(raw)

    assert (raw.replace("\n", "\\\n"), ()) == (found.body, found.sources)


def test_a_paragraph_after_the_list_is_text_again() -> None:
    found = read_notes("A.\n\nSources:\n1. T\n   https://a.example\n\nWrite to us.")

    assert (found.body, len(found.sources)) == ("A.\n\nWrite to us.", 1)


def test_blank_lines_between_entries_do_not_end_the_list() -> None:
    found = read_notes("Sources:\n\n1. T\n\nhttps://a.example\n\n2. U\nhttps://b.example")

    assert [source.title for source in found.sources] == ["T", "U"]


def test_a_miscounted_list_stays_in_the_text() -> None:
    problems = Problems()
    found = notes.read("A. Sources: 2. T https://a.example", HERE, problems, lenient_lists=True)

    assert (found.body, found.sources) == ("A. Sources: 2. T <https://a.example>", ())
    assert not problems.stop()


@pytest.mark.parametrize("raw", ["a<b and c>d", "Vec<T> of <i>", "3 < 4 & x", "a <b c> d"])
def test_text_that_looks_like_html_stays_text(raw: str) -> None:
    assert raw == rendered(read_notes(raw).body)


def test_html_escaped_twice_is_read_as_html_and_told() -> None:
    problems = Problems()
    found = notes.read("&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt;&lt;/p&gt;", HERE, problems)

    assert found.body == "Hello **you**"
    assert [problem.message for problem in problems] == [
        "the description is HTML escaped twice; read as HTML"
    ]


def test_entities_in_an_href_are_decoded_once() -> None:
    found = read_notes('<p><a href="https://a.example/?x=1&amp;amp;y=2&amp;z=3">here</a></p>')

    assert found.body == "[here](https://a.example/?x=1&amp;y=2&z=3)"


def test_scripts_and_pixels_are_dropped() -> None:
    found = read_notes(
        "<p>A</p><script>x</script><style>y</style>"
        '<iframe src="https://f.example" style="display:none">z</iframe>'
        '<img src="https://t.example/p.gif" width="1" height="1"><p>B</p>'
    )

    assert found.body == "A\n\nB"


def test_links_with_parentheses_stay_whole() -> None:
    body = read_notes('<p><a href="https://a.example/x_(y)">here</a></p>').body

    assert 'href="https://a.example/x_(y)"' in MarkdownIt().render(body)


def test_control_characters_are_removed_and_told() -> None:
    problems = Problems()
    found = notes.read("a\0b\x1fc\ud800d", HERE, problems)

    assert found.body == "abcd"
    assert [problem.message for problem in problems] == ["3 control characters removed"]


@pytest.mark.parametrize(
    ("raw", "title", "url", "body"),
    [
        ("A.\n\nInteractive Visualization: T", "T", None, "A."),
        ("A. Interactive Visualization: T", "T", None, "A."),
        ("A.\n\nInteractive Visualization: T\nhttps://v.example/1\n\nB.", "T", "v", "A.\n\nB."),
        ("A. Interactive Visualization: T https://v.example/1", "T", "v", "A."),
        ('<p>A.</p><p>Interactive Visualization: <a href="https://v.example/1">T</a></p>',
         "T", "v", "A."),
        ("A. Interactive Visualization: https://v.example/1", None, "v", "A."),
        ("A. Interactive Visualization: T: U Sources: 1. https://s.example", "T: U", None, "A."),
    ],
)  # fmt: skip
def test_visualizations_become_references(
    raw: str, title: str | None, url: str | None, body: str
) -> None:
    found = read_notes(raw)
    expected = VisualizationRef(title=title, url="https://v.example/1" if url else None)

    assert ((expected,), body) == (found.visualizations, found.body)


def test_signs_in_html_words_stay_signs() -> None:
    found = read_notes(
        "<p># one - two * three</p><p>1. four &lt;b> [x](y)</p><ul><li>- five</li></ul>"
    )

    assert found.body == "\\# one - two \\* three\n\n1\\. four \\<b> \\[x\\](y)\n\n- \\- five"


def test_an_exclamation_before_a_link_makes_no_image() -> None:
    assert read_notes('<p>Go!<a href="https://a.example">here</a></p>').body == (
        "Go\\![here](https://a.example)"
    )
    assert read_notes("Go!https://a.example/%20").body.startswith("Go\\![")


def test_lines_of_lists_stay_lines() -> None:
    assert read_notes("Read:\n• [00:41] A\n• B").body == "Read:\\\n• [00:41] A\\\n• B"


def test_lines_of_chapters_stay_lines() -> None:
    assert read_notes("00:00 Start\n01:20 Middle").body == "00:00 Start\\\n01:20 Middle"


def rendered(markdown: str) -> str:
    """The words a reader sees of Markdown."""
    html = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    words = html.render(markdown)
    words = re.sub(r"<br />\n?|</p>\n<p>", "\n", words)
    words = re.sub(r"<[^>]*>", "", words)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        words = words.replace(entity, char)
    return " ".join(words.split())


SIGNS = (
    *"\\`*_{}[]()<>#+-.!|~&=:;\"'^$@/%1a é\n\n",
    *("1. ", "- ", "# ", "> ", "***", "---", "```", "~~~", "&amp;", "&#35;", "<b>", "</p>", "](x)"),
    *("[a]: b", "![", "https://a.example/x_y_(z)%20", "http://", "www.a.example", "<!--", "    "),
    *("[12:40]", "|a|b|\n|-|-|", "===", "<https://x.example>", "\\\n"),
)
MARKS = st.sampled_from(SIGNS)
PLAIN = st.lists(MARKS, max_size=14).map("".join).filter(lambda words: "**" not in words)


@given(PLAIN | st.text(max_size=40).filter(lambda words: "**" not in words))
def test_plain_text_is_shown_as_it_is(words: str) -> None:
    words = clean(words, HERE, Problems())

    assert " ".join(words.split()) == rendered(text.to_markdown(words))


def test_bold_in_plain_text_is_strong() -> None:
    assert (
        MarkdownIt().render(text.to_markdown("A **big** * word."))
        == "<p>A <strong>big</strong> * word.</p>\n"
    )


def test_timestamps_stay_for_the_player() -> None:
    assert text.to_markdown("At [12:40] we[x] turn") == "At [12:40] we\\[x\\] turn"


def test_numbers_stay_for_the_sources() -> None:
    assert text.to_markdown("As in [1], [2](3) and [1234]") == (
        "As in [1], \\[2\\](3) and \\[1234\\]"
    )
    assert text.to_markdown("[1]: https://a.example/").startswith("\\[1\\]: ")
