"""Which works become lanes, and what is on them."""

import dataclasses

from backlist.extras.map import lanes, rows
from backlist.model import Episode
from backlist.relate.archive import Archive, Work
from tests.extras.map import invented


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


def test_a_work_of_one_episode_is_no_lane() -> None:
    links = lanes.links(archive("abc", invented.work(1, "a", ""), invented.work(2, "", "bc")))

    assert [(link.about, link.cited_by) for link in links] == [((), ("b", "c"))]


def test_an_episode_that_is_about_a_work_and_cites_it_is_on_it_once() -> None:
    (link,) = lanes.links(archive("ab", invented.work(1, "a", "ab")))

    assert link.episodes == ("a", "b")


def test_takes_join_the_work_that_one_of_them_is_about() -> None:
    (link,) = lanes.links(archive("abc", invented.work(1, "a", ""), takes=("abc",)))

    assert link.work == "title:1"
    assert link.about == ("a", "b", "c")


def test_takes_without_a_work_are_a_lane_of_their_own() -> None:
    (link,) = lanes.links(archive("abc", takes=("ac",)))

    assert (link.work, link.about) == (None, ("a", "c"))


def test_a_family_joins_only_the_work_most_of_it_is_about() -> None:
    links = lanes.links(
        archive("abcd", invented.work(1, "ab", ""), invented.work(2, "c", "d"), takes=("abc",))
    )

    assert {link.work: link.episodes for link in links} == {
        "title:1": ("a", "b", "c"),
        "title:2": ("c", "d"),
    }


def test_lanes_are_cut_where_the_number_of_episodes_changes() -> None:
    slugs = "abcdefgh"
    many = [invented.work(n, "", slugs[:3]) for n in range(5)]
    few = [invented.work(n, "", slugs[:2]) for n in range(5, 60)]
    told = archive(slugs, *many, *few)
    links, grid = lanes.links(told), rows.layout(told.entries)

    drawn, columns, counted = lanes.layout(links, grid.rows, grid.height)

    assert (counted.count, counted.of, counted.least, counted.every) == (5, 60, 3, True)
    assert (len(drawn), columns) == (5, 5)


def test_when_all_are_alike_the_newest_are_drawn() -> None:
    slugs = "abcdefgh"
    told = archive(slugs, *(invented.work(n, "", slugs[n % 4 : n % 4 + 2]) for n in range(80)))
    links, grid = lanes.links(told), rows.layout(told.entries)

    drawn, columns, counted = lanes.layout(links, grid.rows, grid.height)

    assert (counted.of, counted.least, counted.every) == (80, 2, False)
    assert 0 < len(drawn) == counted.count <= lanes.MOST
    assert columns <= lanes.COLUMNS
    assert all(lane.episodes == ("a", "b") for lane in drawn)


def test_what_nearly_all_notes_carry_is_no_lane() -> None:
    slugs = "abcdefghijklmnopqrst"
    bare = dataclasses.replace(invented.work(1, "", slugs[:13]), title=None)
    titled = invented.work(2, "", slugs[:13])
    subject = dataclasses.replace(invented.work(3, slugs[:1], slugs[1:]), title=None)
    everywhere = invented.work(4, "", slugs)
    told = archive(slugs, bare, titled, subject, everywhere)

    links = lanes.telling(told, lanes.links(told))

    assert {link.work for link in links} == {titled.id, subject.id}


def test_a_small_archive_has_no_boilerplate() -> None:
    bare = dataclasses.replace(invented.work(1, "", "abcd"), title=None)
    told = archive("abcd", bare)

    assert len(lanes.telling(told, lanes.links(told))) == 1


def test_no_name_stands_far_from_its_lane() -> None:
    slugs = "abcdefghij"
    told = archive(slugs, *(invented.work(n, "", slugs[n % 3 : n % 3 + 2]) for n in range(12)))
    grid = rows.layout(told.entries)

    drawn, _, _ = lanes.layout(lanes.links(told), grid.rows, grid.height)

    named = [lane for lane in drawn if lane.name_y is not None]
    assert 0 < len(named) < len(drawn)
    for lane in named:
        assert lane.stops[0].y <= (lane.name_y or 0) <= lane.stops[-1].y + lanes.AWAY


def test_a_low_picture_names_the_most_shared_only() -> None:
    works = [invented.work(n, "", "ab") for n in range(12)]
    told = archive("ab", *works)
    grid = rows.layout(told.entries)

    drawn, _, _ = lanes.layout(lanes.links(told), grid.rows, grid.height)

    named = [lane.name_y for lane in drawn if lane.name_y is not None]
    assert 0 < len(named) < len(drawn)
    assert max(named) <= grid.height - lanes.LINE / 2
