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


def slugs(*groups: tuple[str, ...]) -> dict[str, str]:
    """The slug of each topic of episodes, oldest first."""
    fields = {f"e{n}": {"topics": group} for n, group in enumerate(groups[::-1])}
    found = replace(archive(), entries=entries(**fields))
    topics = {name: found.topic(name) for group in groups for name in group}
    return {name: topic.slug for name, topic in topics.items() if topic}


def test_names_that_differ_in_a_sign_are_topics_of_their_own() -> None:
    assert slugs(("C++", "C", "C#")) == {"C": "c", "C++": "c-plus-plus", "C#": "c-sharp"}
    assert slugs((".NET", "net", "A*", "A")) == {
        ".NET": "net-2",
        "net": "net",
        "A": "a",
        "A*": "a-star",
    }


def test_a_topic_is_found_by_any_spelling() -> None:
    one = replace(archive(), entries=entries(a={"topics": ("C++", "C", "KV cache")}))
    found = [one.topic_called(name) for name in ("C++", "C", "kv Cache", "Land")]

    assert [topic and topic.slug for topic in found] == ["c-plus-plus", "c", "kv-cache", None]


def test_the_address_of_a_topic_stays_when_another_joins() -> None:
    assert slugs(("C++",)) == {"C++": "c"}
    assert slugs(("C++",), ("C", "C#")) == {"C++": "c", "C": "c-2", "C#": "c-sharp"}


def test_names_that_only_sound_alike_are_not_joined() -> None:
    found = slugs(("事实", "失实"), ("Shi Shi", "café", "Cafe", "δ-mem", "delta-mem"))

    assert len({found["事实"], found["失实"], found["Shi Shi"]}) == 3
    assert found["café"] == found["Cafe"] == "cafe"
    assert found["δ-mem"] == found["delta-mem"] == "delta-mem"


def test_people_whose_names_only_sound_alike_are_two() -> None:
    people = {"a": "李娜", "b": "李纳", "c": "Ada"}
    fields = {slug: {"people": [{"name": name}]} for slug, name in people.items()}
    found = replace(
        archive(),
        entries=tuple(replace(entry, people=entry.episode.people) for entry in entries(**fields)),
    ).contributors

    assert sorted(one.name for one in found) == sorted(people.values())
    assert len({one.slug for one in found}) == 3


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
        Season(2, "", ("a", "c")),
        Season(1, "", ("b",)),
    )
    assert one.years == (Year(2026, ("a",)), Year(2025, ("b", "c")))
