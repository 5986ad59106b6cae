"""Which record an item is, and what a second import does to it: the rules that cost subscribers."""

import pytest

from backlist.importers import Draft
from backlist.model import Audio
from backlist.model.scalars import moment
from tests.importers.test_merge import MP3, PATH, ROPES, Shelf, edited, feed, page

DRAFT = edited(ROPES, guid=None, audio=None, date=None)
OTHER = "https://a.example/e/other.mp3"


def test_a_guid_counts_more_than_another_item_s_address() -> None:
    """All items are asked for their guid before any is known by its address."""
    shelf = Shelf()
    shelf.take(feed(ROPES))
    thief = Draft(title="Thief", guid="g-9", audio=Audio(url=MP3), raw={"title": "Thief"})
    shelf.take(feed(thief, edited(ROPES, audio=Audio(url=OTHER))))

    assert "guid: g-1" in shelf.files[PATH]
    assert shelf.records() == ["2026-03-01-ropes.md", "thief.md"]


def test_an_address_wrapped_in_another_is_the_same_sound() -> None:
    wrapped = "https://host.example/s/1/podcast/play/2/" + MP3.replace(":", "%3A").replace(
        "/", "%2F"
    )
    shelf = Shelf()
    shelf.take(feed(edited(ROPES, guid=None)))
    shelf.take(feed(edited(ROPES, guid=None, title="Ropes II", audio=Audio(url=wrapped))))

    assert len(shelf.records()) == 1
    assert f"url: {wrapped}" in shelf.files[PATH]


def test_one_file_name_under_two_guids_is_two_episodes() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    moved = Audio(url=MP3.replace("a.example/e", "a.example/two"))
    shelf.take(feed(ROPES, edited(ROPES, title="Other", guid="g-2", audio=moved)))

    assert len(shelf.records()) == 2


@pytest.mark.parametrize(
    ("drafted", "came", "merged"),
    [
        (None, "2026-03-01", True),
        ("2026-03-01", None, True),
        ("2026-02-26", "2026-03-01", True),
        ("2026-02-25", "2026-03-01", False),
    ],
)
def test_a_title_completes_a_draft_only_where_the_dates_allow(
    drafted: str | None, came: str | None, merged: bool
) -> None:
    shelf = Shelf()
    shelf.take(page(edited(DRAFT, date=moment(drafted) if drafted else None)))
    report = shelf.take(feed(edited(ROPES, date=moment(came) if came else None)))

    assert bool(report.matched_by_title) == merged
    assert len(shelf.records()) == (1 if merged else 2)
    assert any(
        "by title alone" in what if merged else "not merged" in what for what in shelf.told()
    )


def test_a_page_that_counts_in_weeks_may_be_a_week_off() -> None:
    aged = edited(DRAFT, date=moment("2026-02-23"), raw={"title": "Ropes", "age": "4W AGO"})
    shelf = Shelf()
    shelf.take(page(aged))

    assert shelf.take(feed(ROPES)).matched_by_title


def test_two_items_of_one_title_complete_nothing() -> None:
    shelf = Shelf()
    shelf.take(page(DRAFT))
    report = shelf.take(feed(ROPES, edited(ROPES, guid="g-2", audio=None)))

    assert (report.matched_by_title, len(report.new)) == ((), 2)


def test_equal_titles_with_two_guids_are_two_episodes_and_told() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.take(feed(ROPES, edited(ROPES, guid="g-2", audio=None, date=moment("2026-03-02"))))

    assert len(shelf.records()) == 2


def test_an_item_of_another_day_is_new_and_its_namesake_named() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    later = moment("2026-03-09")
    shelf.take(feed(edited(ROPES, guid="g-2", audio=Audio(url=OTHER), date=later)))

    assert len(shelf.records()) == 2
    assert f"`Ropes` is also the title of {PATH}; not merged, a record of its own" in shelf.told()


def test_a_slug_changed_on_purpose_keeps_its_history() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.edit(PATH, "slug: ropes", "slug: knots")
    shelf.edit(PATH, "title: Ropes", "title: My Ropes")
    report = shelf.take(feed(edited(ROPES, body="More.")))

    assert "slug: knots" in shelf.files[PATH]
    assert "title: My Ropes" in shelf.files[PATH]
    assert report.changed == ((PATH, ("body",)),)


def test_what_the_source_takes_back_goes_where_nobody_edited_it() -> None:
    shelf = Shelf()
    full = edited(ROPES, season=2, number=7, type="bonus", link="https://x.example/")
    shelf.take(feed(full))
    shelf.edit(PATH, "number: 7", "number: 8")
    report = shelf.take(feed(ROPES))

    assert "season" not in shelf.files[PATH]
    assert "type" not in shelf.files[PATH]
    assert "number: 8" in shelf.files[PATH]
    assert report.kept == ((PATH, ("number",)),)


def test_a_source_that_falls_silent_takes_no_sound_date_or_text() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.take(feed(edited(ROPES, audio=None, date=None, body="")))

    assert f"audio: {MP3}" in shelf.files[PATH]
    assert "date: 2026-03-01" in shelf.files[PATH]
    assert shelf.files[PATH].endswith("About ropes.\n")


def test_size_and_type_go_with_the_address_they_belong_to() -> None:
    shelf = Shelf()
    shelf.take(feed(edited(ROPES, audio=Audio(url=MP3, length=5, type="audio/ogg", duration=60))))
    shelf.take(feed(edited(ROPES, audio=Audio(url=OTHER))))

    assert (
        f"audio:\n  url: {OTHER}\n  duration: '1:00'\n  previous_urls:\n    - {MP3}\n"
    ) in shelf.files[PATH]


def test_a_sound_a_person_chose_gets_no_foreign_size() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.edit(PATH, MP3, OTHER)
    report = shelf.take(
        feed(edited(ROPES, audio=Audio(url="https://b.example/new.mp3", length=77)))
    )

    assert "77" not in shelf.files[PATH]
    assert report.kept == ((PATH, ("audio.url",)),)


def test_a_guid_taken_out_by_a_person_stays_out() -> None:
    shelf = Shelf()
    shelf.take(feed(ROPES))
    shelf.edit(PATH, "guid: g-1\n", "")
    shelf.take(feed(ROPES))

    assert "guid" not in shelf.files[PATH]
