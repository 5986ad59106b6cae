from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from backlist import importers
from backlist.importers import Draft, Reading, ShowDraft, merge
from backlist.importers.records import RANK
from backlist.importers.report import Report
from backlist.importers.run import ImportOptions, import_sources
from backlist.model import Audio, Source
from backlist.model.scalars import moment
from backlist.problems import Problems
from tests.conftest import tree


def edited(draft: Draft, **fields: Any) -> Draft:
    return draft.model_copy(update=fields)


SHOW = ShowDraft(title="Tidal Notes")
MP3 = "https://a.example/e/2026-03-01-ropes-aa11bb.mp3"
ROPES = Draft(
    title="Ropes",
    guid="g-1",
    date=moment("2026-03-01"),
    audio=Audio(url=MP3),
    body="About ropes.",
    raw={"title": "Ropes"},
    line=4,
)


def feed(*drafts: Draft) -> Reading:
    return Reading(SHOW, drafts, "feed", "feed.xml")


def page(*drafts: Draft) -> Reading:
    return Reading(SHOW, drafts, "directory page (text)", "page.txt")


class Shelf:
    """A site's files in memory, imported into step by step."""

    def __init__(self, **records: str) -> None:
        self.files = {f"content/episodes/{name}.md": text for name, text in records.items()}
        self.problems = Problems()

    def take(self, reading: Reading, *, stubs: bool = False) -> Report:
        records = {path: text for path, text in self.files.items() if path.endswith(".md")}
        imported = {path: text for path, text in self.files.items() if path.endswith(".yaml")}
        self.problems = Problems()
        plan = merge.plan(records, imported, reading, self.problems, make_stubs=stubs)
        self.files |= plan.writes
        return plan.report

    def records(self) -> list[str]:
        return sorted(
            path.removeprefix("content/episodes/") for path in self.files if path.endswith(".md")
        )

    def texts(self) -> list[str]:
        return [text for path, text in sorted(self.files.items()) if path.endswith(".md")]

    def forget(self) -> None:
        self.files = {path: text for path, text in self.files.items() if path.endswith(".md")}

    def edit(self, path: str, old: str, new: str) -> None:
        assert old in self.files[path]
        self.files[path] = self.files[path].replace(old, new)

    def told(self) -> list[str]:
        return [problem.message for problem in self.problems]


PATH = "content/episodes/2026-03-01-ropes.md"


def test_a_new_episode_is_a_record_and_a_raw_record() -> None:
    shelf = Shelf()
    report = shelf.take(feed(ROPES))

    assert report.new == (PATH,)
    assert (
        f"---\ntitle: Ropes\nslug: ropes\nguid: g-1\ndate: 2026-03-01\naudio: {MP3}\n---\n\n"
        "About ropes.\n"
    ) == shelf.files[PATH]
    assert {
        "source": "feed.xml",
        "format": "feed",
        "raw": {"title": "Ropes"},
        "derived": {
            "title": "Ropes",
            "slug": "ropes",
            "guid": "g-1",
            "date": date(2026, 3, 1),
            "audio": MP3,
            "body": "About ropes.",
        },
    } == yaml.safe_load(shelf.files["content/imported/episodes/ropes.yaml"])


def test_the_same_import_twice_changes_nothing() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    report = shelf.take(feed(ROPES))

    assert (report.wrote, report.unchanged) == (0, 1)
    assert "nothing changed" in report.lines()


def test_what_nobody_edited_follows_the_source() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    report = shelf.take(feed(edited(ROPES, title="Ropes, Again", body="More.")))

    assert report.changed == ((PATH, ("title", "body")),)
    assert "title: Ropes, Again\nslug: ropes\n" in shelf.files[PATH]
    assert shelf.files[PATH].endswith("---\n\nMore.\n")


def test_what_a_person_edited_stays_and_is_told_once() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.edit(PATH, "title: Ropes\n", "# mine\ntitle: My Ropes  # better\n")
    changed = feed(edited(ROPES, title="Ropes!", body="More."))

    assert shelf.take(changed).kept == ((PATH, ("title",)),)
    assert "# mine\ntitle: My Ropes  # better\n" in shelf.files[PATH]
    assert "More." in shelf.files[PATH]
    assert ((again := shelf.take(changed)).kept, again.wrote) == ((), 0)


def test_an_empty_field_is_filled_and_a_removed_one_stays_removed() -> None:
    shelf = Shelf()
    shelf.take(feed(edited(ROPES, season=1)))
    shelf.edit(PATH, "season: 1\n", "")
    shelf.take(feed(edited(ROPES, season=1, number=7)))

    assert "number: 7\n" in shelf.files[PATH]
    assert "season" not in shelf.files[PATH]


def test_without_raw_records_a_difference_is_kept_and_an_absence_filled() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.forget()
    report = shelf.take(feed(edited(ROPES, title="Other", number=7)))

    assert report.kept == ((PATH, ("title",)),)
    assert report.completed == ((PATH, ("number",)),)
    assert "title: Ropes\n" in shelf.files[PATH]


def test_parts_of_the_audio_are_merged_one_by_one() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.edit(PATH, f"audio: {MP3}", f"audio:\n  url: {MP3}\n  duration: 1:00")
    moved = MP3.replace("a.example", "b.example")
    shelf.take(feed(edited(ROPES, audio=Audio(url=moved, length=99, duration=61))))

    assert (
        f"audio:\n  url: {moved}\n  duration: '1:00'\n  length: 99\n  previous_urls:\n    - {MP3}\n"
    ) in shelf.files[PATH]


BESIDE = "audio:\n  file: audio/ropes.mp3\n  duration: 1:00"


def test_a_sound_beside_the_site_is_left_alone() -> None:
    shelf = Shelf()
    shelf.take(feed(edited(ROPES, audio=Audio(url=MP3, length=9, duration=60))))
    shelf.edit(PATH, f"audio:\n  url: {MP3}\n  length: 9\n  duration: '1:00'", BESIDE)
    mine = shelf.files[PATH]
    moved = Audio(url=MP3.replace("a.example", "b.example"), length=10, duration=61)

    assert shelf.take(feed(edited(ROPES, audio=Audio(url=MP3, length=9, duration=60)))).kept == ()
    assert shelf.take(feed(edited(ROPES, audio=moved))).kept == ((PATH, ("audio",)),)
    assert shelf.take(feed(edited(ROPES, audio=moved))).wrote == 0
    assert shelf.files[PATH] == mine


def test_a_record_made_with_its_sound_beside_it_gets_no_address() -> None:
    record = f"---\ntitle: Ropes\nslug: ropes\nguid: g-1\n{BESIDE}\n---\n"
    shelf = Shelf(ropes=record)
    path = "content/episodes/ropes.md"
    report = shelf.take(feed(edited(ROPES, audio=Audio(url=MP3, length=9))))

    assert shelf.records() == ["ropes.md"]
    assert report.kept == ((path, ("audio",)),)
    assert f"\n{BESIDE}\n" in shelf.files[path]
    assert "url:" not in shelf.files[path]


def test_guid_and_slug_never_change() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.take(feed(edited(ROPES, guid="g-2", title="New Title")))

    assert [PATH.rsplit("/")[-1]] == shelf.records()
    assert "slug: ropes\nguid: g-1\n" in shelf.files[PATH]
    assert (shelf.told()) == [
        "the source has the guid `g-2`, content/episodes/2026-03-01-ropes.md has `g-1`; kept"
    ]


def test_a_feed_completes_the_draft_of_a_page() -> None:
    shelf = Shelf()
    shelf.take(page(edited(ROPES, guid=None, date=None, audio=None)))
    report = shelf.take(feed(ROPES))

    assert shelf.records() == ["ropes.md"]
    assert report.matched_by_title == ("content/episodes/ropes.md",)
    assert {"guid", "date", "audio", "order"} == set(report.completed[0][1])
    assert "order:" not in shelf.files["content/episodes/ropes.md"]


def test_a_page_changes_nothing_a_feed_has_said() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    report = shelf.take(page(edited(ROPES, guid=None, body="Flat.", season=2)))

    assert report.completed == ((PATH, ("season",)),)
    assert "About ropes." in shelf.files[PATH]


def test_a_moved_file_is_matched_by_its_name_and_former_addresses() -> None:
    audio = f"audio:\n  url: https://c.example/new.mp3\n  previous_urls: [{MP3}]\n"
    record = f"---\ntitle: Old\nslug: old\n{audio}---\n"
    shelf = Shelf(old=record)
    shelf.take(feed(edited(ROPES, audio=Audio(url=MP3.replace("a.example", "z.example")))))

    assert shelf.records() == ["old.md"]


def test_a_file_name_all_share_identifies_nothing() -> None:
    one = edited(ROPES, guid="a", audio=Audio(url="https://a.example/1/default.mp3"))
    two = edited(one, title="Two", guid="b", audio=Audio(url="https://a.example/2/default.mp3"))
    shelf = Shelf()
    shelf.take(feed(one, two))

    assert shelf.take(feed(one, two)).wrote == 0
    assert len(shelf.records()) == 2


def test_two_episodes_with_one_slug_get_a_suffix_from_a_stable_key() -> None:
    older = edited(ROPES, guid="g-0", date=moment("2020-01-01"), audio=None)
    newer = edited(ROPES, audio=None)
    forth, back = Shelf(), Shelf()
    forth.take(feed(newer, older))
    back.take(feed(older, newer))

    assert forth.records() == back.records()
    assert forth.records() == ["2020-01-01-ropes.md", "2026-03-01-ropes-b98175.md"]
    assert any("the slug `ropes` is taken" in what for what in forth.told())


def test_a_title_without_ascii_gets_a_slug_of_its_own() -> None:
    shelf = Shelf()
    shelf.take(feed(edited(ROPES, title="♫ ☂")))

    assert shelf.records()[0].startswith("2026-03-01-episode-")
    assert "no slug can be made from the title `♫ ☂`" in shelf.told()[0]


def test_ties_and_missing_dates_are_ordered_as_the_source_has_them() -> None:
    day = moment("2026-03-01")
    drafts = [
        Draft(title="A", date=day),
        Draft(title="B", date=day),
        Draft(title="C", date=moment("2026-02-01")),
    ]
    shelf = Shelf()
    shelf.take(page(*drafts, Draft(title="D"), Draft(title="E")))
    orders = {
        name: yaml.safe_load(text.split("---")[1]).get("order")
        for name, text in shelf.files.items()
        if name.endswith(".md")
    }

    assert [
        orders[f"content/episodes/{name}.md"] for name in ("2026-03-01-b", "2026-03-01-a", "d", "e")
    ] == [2, 1, 1, 2]
    assert orders["content/episodes/2026-02-01-c.md"] is None


def test_one_guid_on_two_items_is_told() -> None:
    copy = edited(ROPES, line=9)
    other = edited(ROPES, title="Other", audio=None, line=12)
    shelf = Shelf()
    report = shelf.take(feed(ROPES, copy, other))

    assert 2 == len(report.new) == report.found
    assert shelf.told() == [
        "the guid `g-1` is the same as on line 4; this copy is left out",
        "the guid `g-1` is the same as on line 4; this episode has none",
    ]
    assert shelf.take(feed(ROPES, copy, other)).wrote == 0


def test_an_item_without_a_guid_is_known_by_its_audio_address() -> None:
    shelf = Shelf()
    nameless = edited(ROPES, guid=None)
    twin = edited(nameless, title="Twin", raw={"title": "Twin"}, line=9)
    shelf.take(feed(nameless, twin))

    guids = [yaml.safe_load(text.split("---")[1])["guid"] for text in shelf.texts()]
    assert MP3 in guids and len(set(guids)) == 2
    assert shelf.told() == [
        "2 of 2 items have no guid; their audio address is now their guid",
    ]
    assert shelf.take(feed(nameless, twin)).wrote == 0


def test_the_guid_stays_when_the_audio_of_a_nameless_item_moves() -> None:
    shelf = Shelf()
    shelf.take(feed(edited(ROPES, guid=None)))
    moved = MP3.replace("a.example", "b.example")

    report = shelf.take(feed(edited(ROPES, guid=None, audio=Audio(url=moved))))

    assert not report.new and f"guid: {MP3}\n" in shelf.files[PATH]
    assert f"url: {moved}\n" in shelf.files[PATH]


def test_a_record_of_a_page_gets_its_guid_from_a_feed_that_has_none() -> None:
    shelf = Shelf()
    shelf.take(page(edited(ROPES, guid=None)))
    assert "guid" not in shelf.files[PATH]

    shelf.take(feed(edited(ROPES, guid=None)))

    assert f"guid: {MP3}\n" in shelf.files[PATH]


FOG = "https://a.example/e/2026-02-20-fog-cc22dd.mp3"
MENTIONING = edited(
    ROPES,
    sources=(
        Source(url="https://p.example/x.pdf", role="subject"),
        Source(title="Tidal Notes: Fog", url=FOG),
        Source(title="Fog", url=FOG),
        Source(title="Elsewhere", url="https://other.example/1.mp3"),
        Source(title="Tidal Notes: Ropes", url=MP3),
    ),
)


def test_mentions_are_counted_and_become_stubs_on_request() -> None:
    shelf = Shelf()
    report = shelf.take(feed(MENTIONING))

    assert (report.mentions, report.mentioned_episodes, report.mentioned_here) == (3, 2, 1)
    assert (
        "1 mentioned episode without a record; `--stubs` creates a stub for each" in report.lines()
    )
    assert shelf.take(feed(MENTIONING), stubs=True).stubs == ("content/episodes/2026-02-20-fog.md",)
    assert (
        "---\ntitle: Fog\nslug: fog\ndate: 2026-02-20\ndate_approximate: true\nstatus: stub\n"
        f"audio: {FOG}\n---\n"
    ) == shelf.files["content/episodes/2026-02-20-fog.md"]
    assert shelf.take(feed(MENTIONING), stubs=True).wrote == 0


def test_a_stub_is_completed_by_the_episode_itself() -> None:
    shelf = Shelf()
    shelf.take(feed(MENTIONING), stubs=True)
    fog = Draft(
        title="Fog Signals", guid="g-2", date=moment("2026-02-21"), audio=Audio(url=FOG), body="F."
    )
    shelf.take(feed(MENTIONING, fog))

    assert (
        "---\ntitle: Fog Signals\nslug: fog\ndate: 2026-02-21\n"
        f"audio: {FOG}\nguid: g-2\n---\n\nF.\n"
    ) == shelf.files["content/episodes/2026-02-20-fog.md"]


def test_no_stub_beside_a_record_of_that_title_without_audio() -> None:
    shelf = Shelf(fog="---\ntitle: Fog\nslug: fog\n---\n")
    report = shelf.take(feed(MENTIONING), stubs=True)

    assert report.stubs == ()
    assert any("has the title of content/episodes/fog.md" in what for what in shelf.told())


def test_the_show_is_offered_for_the_settings() -> None:
    show = ShowDraft(title="T", author="A", explicit=False, categories=("Science",), type="serial")

    assert show.settings() == {
        "title": "T",
        "author": "A",
        "categories": ["Science"],
        "type": "serial",
    }


def site(root: Path, sources: list[Path], **options: Any) -> tuple[list[str], list[str]]:
    problems = Problems()
    report = import_sources(
        root,
        [str(path) for path in sources],
        ImportOptions(as_of=date(2026, 3, 22), **options),
        problems=problems,
    )
    return report.lines() if report else [], [str(problem) for problem in problems]


def test_a_page_and_a_feed_together_make_one_site(tmp_path: Path, data: Path) -> None:
    said, _ = site(tmp_path, [data / "page.txt", data / "feed.xml"])

    assert said[1] == "3 new episodes, 3 completed"
    assert len(list((tmp_path / "content/episodes").iterdir())) == 3
    assert not [
        path for path in tmp_path.rglob("*.yaml") if str(data) in path.read_text(encoding="utf-8")
    ]
    files = tree(tmp_path)

    assert site(tmp_path, [data / "feed.xml"])[0][1] == "nothing changed"
    assert tree(tmp_path) == files


def test_one_error_in_one_source_leaves_the_site_alone(tmp_path: Path, data: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text(
        "S\n\nM\n\n1. 4D AGO\n\nT\n\nA. Sources: 1. https://a.example 3. B https://b.example"
    )
    empty = tmp_path / "empty.xml"
    empty.touch()
    root = tmp_path / "site"
    said, told = site(root, [data / "page.txt", broken, empty, tmp_path / "none"])

    assert said == []
    assert not root.exists()
    assert sum(": error: " in each for each in told) == 3


def test_the_site_s_own_feed_is_refused(tmp_path: Path, data: Path) -> None:
    (tmp_path / "site.yaml").write_text("site:\n  base_url: https://old.example.org/\n")
    said, told = site(tmp_path, [data / "feed.xml"])

    assert said == []
    assert any("this is the feed the site itself publishes" in each for each in told)


def test_the_real_page_makes_six_episodes_and_sixteen_stubs(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    source = shared("seed/apple-podcasts-page.txt")
    said, _ = site(tmp_path, [source], stubs=True)

    assert said[1] == "6 new episodes, 16 stubs"
    assert said[-1] == "28 mentions of 19 episodes of the show, 3 of them in this import"
    assert site(tmp_path, [source], stubs=True)[0][1] == "nothing changed"


@pytest.mark.long
def test_real_feeds_imported_twice_change_nothing(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    for name in ("radiodaal-fa", "rss092-dave-winer", "se-radio-wordpress", "multi-enclosures"):
        source = shared(f"feeds/{name}.xml")
        said, _ = site(tmp_path / name, [source])

        assert site(tmp_path / name, [source])[0][1] == "nothing changed", name
        assert said


def test_every_format_of_episodes_has_a_rank() -> None:
    assert {each.name for each in importers.IMPORTERS} < set(RANK)
