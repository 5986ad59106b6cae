"""What XML cannot hold is left out and told with its line, wherever text becomes XML."""

import unicodedata
from pathlib import Path

import pytest
from lxml import etree

from backlist import importers
from backlist.feed.reader import control
from backlist.feed.reader.text import strip_controls
from backlist.problems import Problems
from tests.conftest import SETTINGS, MakeSite, built, episode

BAD = ["\x01", "\x08", "\x0b", "\x0c", "\x1b", "\ufffe", "\uffff"]
AUDIO = "https://a.example/a.mp3"


def test_what_is_no_text_is_left_out_of_what_others_wrote() -> None:
    every = [chr(code) for code in range(0x12000)]
    text = [
        char
        for char in every
        if char in "\t\n"
        or (unicodedata.category(char) not in ("Cc", "Cs") and char not in "\ufffe\uffff")
    ]

    assert strip_controls("".join(every)) == "".join(text)


def made(root: Path) -> list[str]:
    """Every XML and SVG of the site can be read; the warnings about characters."""
    site, problems = built(root)
    assert site is not None and not problems.stop(), [str(problem) for problem in problems]
    for path, output in site.outputs.items():
        if path.endswith((".xml", ".svg")):
            etree.fromstring(output.read())
    return [str(p).split("\n")[0] for p in problems if "control character" in p.message]


@pytest.mark.parametrize("char", BAD)
def test_in_notes(site: MakeSite, char: str) -> None:
    body = f"Words{char}more [12:40] and [l{char}ink](https://x.example/{char}a).\n\nAnd more."
    root = site({"content/episodes/a.md": episode("A", "a", body, guid="g", audio=AUDIO)})

    told = f"`body` contains the control character U+{ord(char):04X}; it is left out"
    assert made(root) == [f"content/episodes/a.md:8: warning: {told}"]


@pytest.mark.parametrize("char", BAD)
def test_in_values(site: MakeSite, char: str) -> None:
    spelled = f"\\u{ord(char):04x}"
    fields = {
        "guid": f'"g{spelled}1"',
        "audio": f'"https://a.example/{spelled}a.mp3"',
        "summary": f'"a{spelled}b"',
        "people": f'["An{spelled}n"]',
        "topics": f'["T{spelled}t"]',
        "sources": f'[{{title: "a{spelled}b", url: "https://x.example/{spelled}b"}}]',
        "feed_elements": f"[\"<podcast:chat server='a{spelled}b'/>\"]",
    }
    settings = SETTINGS.replace(
        "A show for tests.",
        f'"A{spelled}b"\n  author: "A{spelled}b"\n  owner: {{name: "A{spelled}b", email: a@b.c}}',
    )
    files = {
        "site.yaml": settings,
        "content/episodes/a.md": episode(f'"T{spelled}b"', "a", **fields),
    }

    told = made(site(files))

    assert len(told) == len(fields) + 2 + 3
    assert all(f"U+{ord(char):04X}; it is left out" in line for line in told)
    assert "content/episodes/a.md:4:" in told[1]


@pytest.mark.parametrize("char", BAD)
def test_in_front_matter_as_it_stands(site: MakeSite, char: str) -> None:
    root = site({"content/episodes/a.md": episode(f"T{char}b", "a", audio=AUDIO)})

    assert made(root) == [
        "content/episodes/a.md:2: warning: has a control character that no feed can hold: "
        f"U+{ord(char):04X}; left out"
    ]


def test_a_form_feed_that_markdown_makes(site: MakeSite) -> None:
    body = "One &#12;two [12:40], [a](https://x.example/&#12;b) &#1; &#xFFFE; &#xD800;"

    assert made(site({"content/episodes/a.md": episode("A", "a", body, audio=AUDIO)})) == []


def test_a_surrogate_in_yaml_is_an_error_with_its_line(site: MakeSite) -> None:
    _, problems = built(site({"content/episodes/a.md": episode('"A\\ud800b"', "a")}))

    assert "content/episodes/a.md:2" in [str(problem.where) for problem in problems]


FEED = """\
<rss version="2.0"><channel><title>S</title><link>https://a.example/</link>
<description>D@</description><language>en@</language>
<item><title>A@ and B</title><guid>g@</guid>
<enclosure url="https://a.example/a@.mp3" length="5" type="audio/mpeg@"/>
<description>w@ 1:00 [x](y)</description></item></channel></rss>
"""


@pytest.mark.parametrize("said", [*BAD, "&#1;", "&#xFFFE;", "&#xD800;", "&#x110000;"])
def test_in_a_feed_with_the_text_around_it(said: str) -> None:
    problems = Problems()
    reading = importers.read(FEED.replace("@", said).encode(), "f.xml", problems)

    assert reading is not None
    [draft] = reading.drafts
    assert draft.title == "A and B" and draft.audio is not None
    assert draft.audio.url.replace(" ", "") == "https://a.example/a.mp3" or said in "\x0b\x0c"
    lines = [problem.where.line for problem in problems if "left out" in problem.message]
    assert lines == [2, 3, 4, 5]


def test_in_html_of_a_feed() -> None:
    html = '<![CDATA[<p>a&#1;b &#12;c <a href="https://x.example/&#x1b;">d</a></p>]]>'
    text = FEED.replace("w@ 1:00 [x](y)", html).replace("@", "")
    problems = Problems()
    reading = importers.read(text.encode(), "f.xml", problems)

    assert reading is not None
    assert reading.drafts[0].body == "ab c [d](https://x.example/)"
    assert [p.message for p in problems if "control" in p.message] == [
        "3 control characters removed"
    ]


def test_in_a_saved_page() -> None:
    problems = Problems()
    page = b"<html><body><h1>Sl\x01ack</h1>\n<p>4D AGO</p>\n<p>Wor\x0bds</p>\x1b</body></html>"
    importers.read(page, "p.html", problems)

    lines = [problem.where.line for problem in problems if "left out" in problem.message]
    assert lines == [1, 3]


def test_many_lines_are_counted() -> None:
    problems = Problems()
    data = control.leave_out(b"a\x01\n" * 30, "f.xml", problems)

    assert data == b"a\n" * 30
    assert len(problems.found) == 11
    assert "20 more lines" in problems.found[-1].message
    assert control.leave_out(data, "f.xml", problems) is data


def test_numbers_beyond_reason_are_told() -> None:
    problems = Problems()
    many = "9" * 5000
    text = FEED.replace("@", "").replace('length="5"', f'length="{many}"')
    more = f"<itunes:duration>{'9' * 400}</itunes:duration><itunes:season>{many}</itunes:season>"
    text = text.replace("<guid>", f"{more}<guid>").replace(
        "<rss", '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    reading = importers.read(text.encode(), "f.xml", problems)

    assert reading is not None and reading.drafts[0].audio is not None
    assert reading.drafts[0].audio.length is None and reading.drafts[0].season is None
    assert len(problems.found) == 3
    assert max(len(problem.message) for problem in problems) <= 300


def test_a_feed_whose_name_ends_in_html_is_no_page(site: MakeSite) -> None:
    settings = SETTINGS + (
        "  feed:\n    url: https://small.example/feed.html\n"
        "    previous_urls: [https://small.example/old/rss.html]\n"
    )
    files = {"site.yaml": settings, "content/episodes/a.md": episode("A", "a", audio=AUDIO)}
    made_site, problems = built(site(files))

    assert made_site is not None and not problems.stop()
    for path in ("feed.html", "old/rss.html"):
        assert made_site.outputs[path].read() == made_site.outputs["feed.xml"].read()
