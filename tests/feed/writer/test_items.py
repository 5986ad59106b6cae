"""An item is made once, from its facts alone, and is the same in every feed."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from backlist.build import Options, Site, build
from backlist.cache.store import Cache
from backlist.check import feed as feed_check
from backlist.feed import writer
from backlist.feed.writer import FeedItem, ItemFacts, make_item, make_items, write_feeds
from backlist.feed.writer.specs import TOPIC_ITEMS
from backlist.feed.writer.truncate import parse_html
from backlist.problems import Problems
from tests.conftest import NOW, SETTINGS, SITES, MakeSite, built, episode
from tests.feed.rules.strict import violations


def made(root: Path) -> Site:
    site, _ = built(root)
    assert site is not None
    return site


def test_the_same_item_is_in_every_feed_byte_for_byte(rich: Path) -> None:
    site = made(rich)
    items = make_items(site.archive)

    for spec in writer.feed_specs(site.archive):
        data = site.outputs[spec.path].read()
        assert data.count(b"<item>") == len(spec.entries) > 0
        for entry in spec.entries:
            item = items[entry.slug]
            assert (item.brief if spec.brief else item.xml) in data
            assert b"<content:encoded>" in item.xml and b"<content:encoded>" not in item.brief


def test_an_item_is_made_once_however_many_feeds_it_is_in(
    rich: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[ItemFacts] = []

    def make(facts: ItemFacts) -> FeedItem:
        ran.append(facts)
        return make_item(facts)

    monkeypatch.setattr(writer, "make_item", make)
    archive = made(rich).archive

    assert sum(len(spec.entries) for spec in writer.feed_specs(archive)) > len(ran) == 3


def test_a_cache_gives_the_same_items_and_makes_none_again(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = made(rich).archive
    with Cache(tmp_path / "cache") as cache:
        first = make_items(archive, cache)

    monkeypatch.setattr(writer, "make_item", None)
    with Cache(tmp_path / "cache") as cache:
        again = make_items(archive, cache)

    assert first == again == writer.items_of(archive)


NOTED = episode(
    "Eins",
    "eins",
    guid="g",
    audio="https://m.example/1.mp3",
    date="2026-01-01",
    sources="[{title: A}, {url: 'https://a.example/b'}]",
    visualizations="[{title: V, url: 'https://v.example/'}]",
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Interactive visualization: <a", "Sources", "This episode in the archive")),
        ("de", ("Interaktive Visualisierung: <a", "Quellen", "Diese Folge im Archiv")),
        ("ja", ("インタラクティブな図解：<a", "出典", "アーカイブでこのエピソードを見る")),
    ],
)
def test_notes_say_in_the_language_of_the_show_what_the_record_does_not_say(
    site: MakeSite, language: str, said: tuple[str, ...]
) -> None:
    settings = SETTINGS.replace("site:\n", f"  language: {language}\nsite:\n", 1)
    outputs = made(site({"site.yaml": settings, "content/episodes/1.md": NOTED})).outputs

    for path in ("feed.xml", "feed.json"):
        notes = outputs[path].read().decode()
        assert [one for one in said if one not in notes] == [], path


def test_other_words_make_the_items_anew_and_are_no_change_to_subscribers(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    root = site({"content/episodes/1.md": NOTED})
    out = tmp_path / "build"
    assert build(root, out, NOW, Options(), Problems())
    assert "<p>Sources</p>" in (out / "feed.xml").read_text("utf-8")
    settings = SETTINGS + "  labels: {sources: Papers}\n"
    (root / "site.yaml").write_text(settings, "utf-8")
    problems = Problems()

    assert build(root, out, NOW, Options(), problems)
    assert "<p>Papers</p>" in (out / "feed.xml").read_text("utf-8")
    assert [str(one) for one in problems if "lock" in str(one.where)] == []


def test_the_notes_of_an_item_are_parsed_once(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def parse(text: str) -> Any:
        parsed.append(str(text))
        return parse_html(text)

    monkeypatch.setattr("backlist.feed.writer.notes.parse_html", parse)
    archive = made(rich).archive
    parsed.clear()

    make_items(archive)

    bodies = [writer.item_facts(entry, archive).body_html for entry in writer.in_feed(archive)]
    assert [parsed.count(body) for body in bodies] == [1, 1, 1]


def test_another_process_makes_the_same_item() -> None:
    archive = made(SITES / "rich").archive
    facts = [writer.item_facts(entry, archive) for entry in writer.in_feed(archive)]
    here = [make_item(one) for one in facts]

    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert list(pool.map(make_item, facts)) == here
    assert pickle.loads(pickle.dumps(here)) == here


def test_the_feed_of_a_topic_holds_its_newest_items(site: MakeSite) -> None:
    count = TOPIC_ITEMS + 5
    files = {
        f"content/episodes/{n}.md": episode(
            f"T{n}",
            f"e{n}",
            guid=n,
            date=f"20{n // 28:02}-01-{n % 28 + 1:02}",
            audio=f"https://audio.example/{n}.mp3",
            topics="[Tides]",
        )
        for n in range(count)
    }
    outputs = made(site(files)).outputs

    topic, main = outputs["topics/tides/feed.xml"].read(), outputs["feed.xml"].read()
    assert main.count(b"<item>") == count
    assert topic.count(b"<item>") == TOPIC_ITEMS
    assert f">{count - 1}</guid>".encode() in topic and b">4</guid>" not in topic


def test_judged_in_parts_a_feed_has_the_violations_it_has_whole(site: MakeSite) -> None:
    audio = "{url: 'http://audio.example/1.mp3'}"
    files = {
        f"content/episodes/{name}.md": episode(
            f"'Episode 1: {name}'", name, guid=guid, audio=audio, date="2026-01-01"
        )
        for name, guid in (("a", "one"), ("b", "'two '"), ("c", "three"))
    }
    root = site(files)
    archive = made(root).archive
    outputs = {output.path: output for output in write_feeds(archive, make_items(archive))}
    whole = violations(outputs["feed.xml"].read())

    parts = [
        *feed_check.channel_violations(archive, make_items(archive)),
        *(one for item in make_items(archive).values() for one in item.violations),
    ]

    told_by_records = {"length_is_known"}
    assert len(parts) > 5
    assert parts == [one for one in whole if one.rule not in told_by_records]


def test_addresses_numbers_and_footnotes_lead_to_the_page(site: MakeSite) -> None:
    """In an app the fragment of an address leads nowhere, so each begins with the page's own."""
    notes = "As in [2] and at https://tea.example/a.[^1]\n\n[^1]: Said so.\n"
    sources, audio = '[{title: "A"}, {title: "B"}]', "https://m.example/1.mp3"
    text = episode("One", "one", notes, guid="g", audio=audio, date="2026-01-01", sources=sources)
    feed = made(site({"content/episodes/one.md": text})).outputs["feed.xml"].read()
    page = "https://small.example/episodes/one/"

    content = feed.decode().split("<content:encoded>")[1].split("</content:encoded>")[0]
    assert f'<a href="{page}#source-2">[2]</a>' in content
    assert '<a href="https://tea.example/a">https://tea.example/a</a>.' in content
    assert f'<sup><a href="{page}#fn1">[1]</a></sup>' in content
    assert "Said so." in content
    assert "↩" not in content


def test_a_time_is_text_that_apps_link_and_a_moment_under_other_words_leads_to_the_page(
    site: MakeSite,
) -> None:
    old = "https://old.example/e1"
    notes = f"At [0:24]. [12:30]({old}#t=12:30) fairness. [How ropes are made]({old}?t=750)."
    record = episode("A", "a", notes, guid="a", audio="https://a.example/a.mp3", link=old)
    made, _ = built(site({"content/episodes/a.md": record}))
    assert made is not None
    feed = made.outputs["feed.xml"].read().decode()

    assert "At 0:24. 12:30 fairness." in feed
    assert 'href="https://small.example/episodes/a/#t=750">How ropes are made</a>' in feed
    assert old not in feed.partition("<content:encoded>")[2].partition("</content:encoded>")[0]
