"""What notes of a feed show is held against the feed and the pages that are published."""

from pathlib import Path

from click.testing import CliRunner

from backlist.cli import main
from backlist.importers.published import report_lost_notes
from backlist.problems import Problems

NOTES = (
    "<h2>Ebb</h2><p>At 10<sup>9</sup> points <a href='https://a.example/x'>here</a>.</p>"
    "<ol start='4'><li>one</li><li>two</li></ol><p>Line<br>after line, at 12:30.</p>"
    "<iframe src='https://f.example/1' title='A film'></iframe>"
)
ITEM = (
    '<item><title>Low water</title><guid isPermaLink="false">g</guid>'
    "<pubDate>Fri, 02 Jan 2026 06:00:00 +0000</pubDate>"
    '<enclosure url="https://a.example/a.mp3" length="5" type="audio/mpeg"/>'
)
HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Tides</title><link>https://a.example/</link><description>On tides.</description>"
)


def feed(notes: str) -> str:
    return (
        f"{HEAD}{ITEM}<content:encoded><![CDATA[{notes}]]></content:encoded></item></channel></rss>"
    )


def test_check_counts_what_is_lost_on_the_way_to_feed_and_page(tmp_path: Path) -> None:
    source = tmp_path / "feed.xml"
    source.write_text(feed(NOTES))
    run = CliRunner().invoke
    run(main, ["init", str(tmp_path / "site"), "--from", str(source)], catch_exceptions=False)
    options = ["--site", str(tmp_path / "site"), "--feed", str(source)]

    assert "notes of 1 items compared, 0 losses" in run(main, ["check", *options]).output

    record = next((tmp_path / "site/content/episodes").glob("*.md"))
    record.write_text(record.read_text().replace("10⁹ points", "109 points").replace("## Ebb", ""))
    said = run(main, ["check", *options]).output

    assert "2 numbers of the notes of 1 item are not in the feed, such as `10`" in said
    assert "1 heading of the notes of 1 item is not on the page, such as `ebb`" in said


def test_a_feed_that_shows_less_is_told_with_its_line() -> None:
    problems = Problems()
    said = report_lost_notes(
        feed(NOTES).encode(), "old.xml", [feed("<p>At points here.</p>").encode()], {}, problems
    )

    assert said == "old.xml: notes of 1 items compared, 6 losses"
    found = [str(problem).split("\n")[0] for problem in problems]
    assert found[:2] == [
        "old.xml:1: warning: 1 link of the notes of 1 item is not in the feed, such as "
        "`https://a.example/x`",
        "old.xml:1: warning: 1 frame of the notes of 1 item is not in the feed, such as "
        "`https://f.example/1`",
    ]


def test_what_is_no_feed_is_left_to_others() -> None:
    assert report_lost_notes(b"<", "x", [], {}, Problems()) is None
