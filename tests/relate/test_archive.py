"""What the archive says of its records."""

from dataclasses import replace
from typing import Any

from backlist.model import Episode, Show, Site
from backlist.relate.archive import Archive, Entry, Season, Topic, Work, Year


def archive() -> Archive:
    return Archive(
        Show(title="Low Tide", description="Caches."), Site(base_url="https://tide.example/")
    )


def test_a_work_names_each_episode_once_those_about_it_first() -> None:
    work = Work("w", "w", None, None, None, None, {}, ("b", "a"), ("c", "a"))
    assert work.episodes == ("b", "a", "c")


def entries(**fields: dict[str, Any]) -> tuple[Entry, ...]:
    return tuple(
        Entry(Episode.model_validate({"title": slug, "slug": slug, **given}), f"{slug}.md")
        for slug, given in fields.items()
    )


def test_spellings_of_one_slug_are_one_topic_called_as_in_the_newest_episode() -> None:
    one = replace(
        archive(),
        entries=entries(a={"topics": ("KV cache", "…")}, b={"topics": ("kv Cache", "Sea")}),
    )

    assert one.topics == (Topic("kv-cache", "KV cache", ("a", "b")), Topic("sea", "Sea", ("b",)))
    assert one.topic("kv Cache") is one.topics[0]
    assert (one.topic("…"), one.topic("Land")) == (None, None)


def test_seasons_and_years_are_newest_first_and_leave_stubs_out() -> None:
    one = replace(
        archive(),
        entries=entries(
            a={"season": "2", "date": "2026-01-02"},
            b={"season": "1", "date": "2025-01-02"},
            c={"season": "2", "date": "2025-01-01"},
            d={"season": "3", "date": "2024-01-01", "status": "stub"},
        ),
    )

    assert one.seasons == (
        Season(2, "season-2", "Season 2", ("a", "c")),
        Season(1, "season-1", "Season 1", ("b",)),
    )
    assert one.years == (Year(2026, ("a",)), Year(2025, ("b", "c")))
