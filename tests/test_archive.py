"""What the archive says of its records, and what it keeps for the rooms after it."""

from dataclasses import replace

from backlist.model import Show, Site
from backlist.relate.archive import Archive, Work, once


def archive() -> Archive:
    return Archive(Show(title="Hours", description="Talk."), Site(base_url="https://example.org/"))


def test_a_work_names_each_episode_once_those_about_it_first() -> None:
    work = Work("w", "w", None, None, None, None, {}, ("b", "a"), ("c", "a"))
    assert work.episodes == ("b", "a", "c")


def test_what_a_room_makes_of_an_archive_is_made_once_for_each_archive() -> None:
    made = []

    @once
    def title(archive: Archive) -> str:
        """Say it."""
        made.append(archive)
        return archive.show.title.upper()

    first = archive()
    assert title(first) == title(first) == "HOURS"
    assert len(made) == 1
    assert title.__doc__ == "Say it."

    other = replace(first, show=Show(title="Days", description="Talk."))
    assert title(other) == "DAYS"
    assert first == archive()


def test_an_answer_of_none_is_kept_too() -> None:
    made = []

    @once
    def nothing(archive: Archive) -> None:
        made.append(archive)

    one = archive()
    nothing(one)
    nothing(one)
    assert len(made) == 1
