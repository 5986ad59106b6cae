"""What the site publishes is never imported; what is beside it on the same host is."""

from pathlib import Path

import pytest

from backlist.importers.run import import_sources
from backlist.problems import Problems

SITE = """\
show:
  title: S
  description: D
site:
  base_url: https://ebb.example/show
  feed:
    url: https://feeds.ebb.example/main
    previous_urls: [https://old.example/rss]
"""


def told(tmp_path: Path, address: str, generator: str = "") -> list[str]:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text(SITE)
    source = tmp_path / "feed.xml"
    source.write_text(
        '<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>S</title>'
        f'<atom:link rel="self" href="{address}"/><generator>{generator}</generator>'
        "<item><title>T</title><guid>g</guid></item></channel></rss>"
    )
    problems = Problems()
    report = import_sources(root, [str(source)], problems=problems)

    assert (report is None) == problems.stop()

    return [problem.message.partition(":")[0] for problem in problems]


@pytest.mark.parametrize(
    ("address", "by"),
    [
        ("https://ebb.example/show/feed.xml", "site.base_url"),
        ("http://EBB.example/show/feed.xml/", "site.base_url"),
        ("https://feeds.ebb.example:443/main", "site.feed.url"),
        ("https://old.example/rss", "site.feed.previous_urls"),
    ],
)
def test_a_feed_that_calls_itself_ours_is_refused(tmp_path: Path, address: str, by: str) -> None:
    assert told(tmp_path, address) == [f"this is the feed the site itself publishes (`{by}`)"]


@pytest.mark.parametrize(
    "address",
    ["https://ebb.example/feed.xml", "https://ebb.example/show/rss", "https://old.example/rss?x=1"],
)
def test_another_feed_of_the_same_host_is_not_ours(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, address) == []


def test_the_other_feeds_this_program_wrote_for_the_site_are_ours(tmp_path: Path) -> None:
    address = "https://ebb.example/show/topics/tides/feed.xml"

    assert told(tmp_path, address, "backlist") == [
        "this is the feed the site itself publishes (`site.base_url`)"
    ]
