"""Which works become threads, and what is on them."""

import dataclasses

from backlist.atlas import rows, threads
from backlist.model import Episode
from backlist.relate.archive import Archive, Work
from tests.atlas import invented


def archive(slugs: str, *works: Work, takes: tuple[str, ...] = ()) -> Archive:
    """An archive of episodes called by letters, newest first; the words of `takes` are families."""
    families = {slug: tuple(s for s in family if s != slug) for family in takes for slug in family}
    return invented.make(
        [
            invented.entry(Episode(title=slug.upper(), slug=slug), takes=families.get(slug, ()))
            for slug in slugs
        ],
        works,
    )


def test_a_work_of_one_episode_is_no_thread() -> None:
    bonds = threads.bonds(archive("abc", invented.work(1, "a", ""), invented.work(2, "", "bc")))

    assert [(bond.about, bond.cited_by) for bond in bonds] == [((), ("b", "c"))]


def test_an_episode_that_is_about_a_work_and_cites_it_is_on_it_once() -> None:
    (bond,) = threads.bonds(archive("ab", invented.work(1, "a", "ab")))

    assert bond.episodes == ("a", "b")


def test_takes_join_the_work_that_one_of_them_is_about() -> None:
    (bond,) = threads.bonds(archive("abc", invented.work(1, "a", ""), takes=("abc",)))

    assert bond.work == "title:1"
    assert bond.about == ("a", "b", "c")


def test_takes_without_a_work_are_a_thread_of_their_own() -> None:
    (bond,) = threads.bonds(archive("abc", takes=("ac",)))

    assert (bond.work, bond.about) == (None, ("a", "c"))


def test_a_family_joins_only_the_work_most_of_it_is_about() -> None:
    bonds = threads.bonds(
        archive("abcd", invented.work(1, "ab", ""), invented.work(2, "c", "d"), takes=("abc",))
    )

    assert {bond.work: bond.episodes for bond in bonds} == {
        "title:1": ("a", "b", "c"),
        "title:2": ("c", "d"),
    }


def test_threads_are_cut_where_the_number_of_episodes_changes() -> None:
    slugs = "abcdefgh"
    many = [invented.work(n, "", slugs[:3]) for n in range(5)]
    few = [invented.work(n, "", slugs[:2]) for n in range(5, 60)]
    told = archive(slugs, *many, *few)
    bonds, laid = threads.bonds(told), rows.lay(told.entries)

    spun, lanes, counted = threads.spin(bonds, laid.rows, laid.height)

    assert (counted.count, counted.of, counted.least, counted.every) == (5, 60, 3, True)
    assert (len(spun), lanes) == (5, 5)


def test_when_all_are_alike_the_newest_are_drawn() -> None:
    slugs = "abcdefgh"
    told = archive(slugs, *(invented.work(n, "", slugs[n % 4 : n % 4 + 2]) for n in range(80)))
    bonds, laid = threads.bonds(told), rows.lay(told.entries)

    spun, lanes, counted = threads.spin(bonds, laid.rows, laid.height)

    assert (counted.of, counted.least, counted.every) == (80, 2, False)
    assert 0 < len(spun) == counted.count <= threads.MOST
    assert lanes <= threads.LANES
    assert all(thread.episodes == ("a", "b") for thread in spun)


def test_what_nearly_all_notes_carry_is_no_thread() -> None:
    slugs = "abcdefghijklmnopqrst"
    bare = dataclasses.replace(invented.work(1, "", slugs[:13]), title=None)
    titled = invented.work(2, "", slugs[:13])
    subject = dataclasses.replace(invented.work(3, slugs[:1], slugs[1:]), title=None)
    everywhere = invented.work(4, "", slugs)
    told = archive(slugs, bare, titled, subject, everywhere)

    bonds = threads.telling(told, threads.bonds(told))

    assert {bond.work for bond in bonds} == {titled.id, subject.id}


def test_a_small_archive_has_no_furniture() -> None:
    bare = dataclasses.replace(invented.work(1, "", "abcd"), title=None)
    told = archive("abcd", bare)

    assert len(threads.telling(told, threads.bonds(told))) == 1


def test_no_name_stands_far_from_its_thread() -> None:
    slugs = "abcdefghij"
    told = archive(slugs, *(invented.work(n, "", slugs[n % 3 : n % 3 + 2]) for n in range(12)))
    laid = rows.lay(told.entries)

    spun, _, _ = threads.spin(threads.bonds(told), laid.rows, laid.height)

    named = [thread for thread in spun if thread.name_y is not None]
    assert 0 < len(named) < len(spun)
    for thread in named:
        assert thread.stops[0].y <= (thread.name_y or 0) <= thread.stops[-1].y + threads.AWAY


def test_a_low_picture_names_the_most_shared_only() -> None:
    works = [invented.work(n, "", "ab") for n in range(12)]
    told = archive("ab", *works)
    laid = rows.lay(told.entries)

    spun, _, _ = threads.spin(threads.bonds(told), laid.rows, laid.height)

    named = [thread.name_y for thread in spun if thread.name_y is not None]
    assert 0 < len(named) < len(spun)
    assert max(named) <= laid.height - threads.LINE / 2
