"""Addresses that no program can take apart, wherever a feed or a person may write one."""

from pathlib import Path

import pytest

from backlist.importers.run import import_sources
from backlist.problems import Problems
from tests.conftest import MakeSite, built, episode

ODD = ["http://[here]/a.mp3", "http://a\u2100b.example/", "[http://a.example]", "https:///a.mp3"]
FEED = """\
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Odd</title><link>ODD</link>
<description>Odd.</description><itunes:image href="ODD"/>
<podcast:funding url="ODD">Give</podcast:funding>
<item><title>One</title><link>ODD</link><guid>ODD</guid>
<pubDate>Mon, 02 Jan 2023 00:00:00 GMT</pubDate><enclosure url="ODD" type="audio/mpeg" length="1"/>
<podcast:person href="ODD" img="ODD">Jo</podcast:person>
<podcast:transcript url="ODD" type="text/vtt"/><podcast:chapters url="ODD" type="x/y"/>
<podcast:license url="ODD">cc-by-4.0</podcast:license>
<description>&lt;a href="ODD"&gt;a&lt;/a&gt; &lt;img src="ODD"&gt; (ODD) Sources: 1. A — B, 2020 ODD
2. ODD Interactive Visualization: Owls ODD</description></item>
<item><title>Two</title><guid>two</guid><pubDate>Tue, 03 Jan 2023 00:00:00 GMT</pubDate>
<enclosure url="https://a.example/two.mp3" type="audio/mpeg" length="1"/>
<description>Source: ODD</description></item></channel></rss>
"""
RECORD = """\
title: One
slug: one
audio:
  url: ODD
sources:
  - url: ODD
same_paper: [ODD]
people:
  - name: Jo
    url: ODD
"""


@pytest.mark.parametrize("odd", ODD)
def test_a_feed_full_of_them_is_imported_and_builds(tmp_path: Path, odd: str) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED.replace("ODD", odd), "utf-8")
    root = tmp_path / "site"
    root.mkdir()
    problems = Problems()

    report = import_sources(root, [str(feed)], problems=problems)
    site, faults = built(root)

    assert report is not None and len(report.new) == 2
    assert site is not None and not faults.stop()
    assert {entry.episode.title for entry in site.archive.entries} == {"One", "Two"}
    assert any(entry.episode.guid == odd for entry in site.archive.entries)
    assert any(str(problem.message).startswith("the enclosure is not") for problem in problems)


@pytest.mark.parametrize("odd", ODD)
def test_a_record_full_of_them_is_told_at_its_lines(site: MakeSite, odd: str) -> None:
    quoted = RECORD.replace("ODD", f'"{odd}"')
    files = {
        "content/episodes/one.md": f"---\n{quoted}---\n\n[a]({odd}) <{odd}> {odd}\n",
        "content/works.yaml": f'works:\n  - known_as: ["{odd}"]\n    title: A\n',
        "content/visualizations/lab.yaml": f'title: Lab\nurl: "{odd}"\nworks: ["{odd}"]\n',
        "content/episodes/two.md": episode("Two", "two", f"[a]({odd}) <{odd}> {odd}"),
    }
    made, problems = built(site(files))
    told = {str(p).split(": ")[0] for p in problems if "is not a web address" in p.message}

    assert made is None or problems.stop()
    assert told == {
        "content/episodes/one.md:5",
        "content/episodes/one.md:7",
        "content/episodes/one.md:11",
        "content/visualizations/lab.yaml:2",
    }


@pytest.mark.parametrize("odd", ODD)
def test_notes_full_of_them_stay_as_they_are(site: MakeSite, odd: str) -> None:
    files = {
        "content/episodes/two.md": episode("Two", "two", f"<{odd}> and {odd}"),
        "content/works.yaml": f'works:\n  - known_as: ["{odd}"]\n    title: A\n',
    }
    made, problems = built(site(files))

    told = [problem.message for problem in problems if problem.where.file == "content/works.yaml"]
    assert made is not None and len(told) == 1
    assert odd in made.outputs["episodes/two/index.html"].read().decode()
