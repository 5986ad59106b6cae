"""Sources of all episodes joined into works."""

from backlist.relate.archive import Archive
from tests.conftest import MakeSite, built, episode


def archive(site: MakeSite, *lists: str) -> Archive:
    names = "abcdef"
    root = site(
        {
            f"content/episodes/{name}.md": episode(name.upper(), name, sources=f"[{sources}]")
            for name, sources in zip(names, lists, strict=False)
        }
    )
    made, _ = built(root)
    assert made is not None
    return made.archive


SEARCH = "https://scholar.google.com/scholar?q=Some+Known+Paper"


def test_equal_titles_are_one_work_with_the_fullest_authors(site: MakeSite) -> None:
    found = archive(
        site,
        f"{{title: 'Some Known Paper', authors: Doe et al., year: 2023, url: '{SEARCH}'}}",
        f"{{title: 'Some Known Paper', authors: 'Jane Doe, Ann Roe', year: 2023, url: '{SEARCH}'}}",
        "{title: 'Some Known Paper', authors: Some Known Paper authors and more of them}",
    )

    (work,) = found.works
    assert (work.title, work.authors, work.year) == (
        "Some Known Paper",
        "Jane Doe, Ann Roe",
        "2023",
    )
    assert (work.url, work.ids, work.cited_by) == (None, {}, ("a", "b", "c"))


def test_a_title_joins_the_address_that_bears_it(site: MakeSite) -> None:
    found = archive(
        site,
        "{title: Some Known Paper, url: 'https://arxiv.org/abs/2401.00001', role: subject}",
        "{title: 'Some known paper'}",
    )

    (work,) = found.works
    assert (work.id, work.subject_of, work.cited_by) == ("arxiv:2401.00001", ("a",), ("b",))
    assert work.ids == {"arxiv": "2401.00001"}


def test_one_title_at_two_addresses_is_not_guessed_at(site: MakeSite) -> None:
    found = archive(
        site,
        "{title: Some Known Paper, url: 'https://arxiv.org/abs/2401.00001'}",
        "{title: Some Known Paper, url: 'https://arxiv.org/abs/2401.00002'}",
        "{title: Some Known Paper}",
    )

    assert len(found.works) == 3
    assert len({work.slug for work in found.works}) == 3


def test_short_titles_stay_apart(site: MakeSite) -> None:
    found = archive(site, "{title: Gato}", "{title: Gato}")

    assert [work.cited_by for work in found.works] == [("a",), ("b",)]


def test_episodes_with_one_subject_are_takes_of_each_other(site: MakeSite) -> None:
    subject = "{url: 'https://arxiv.org/abs/2401.00001', role: subject}"

    found = archive(site, subject, subject, "{url: 'https://arxiv.org/abs/2401.00001'}")

    assert found.entry("a").takes == ("b",)
    assert found.entry("b").takes == ("a",)
    assert found.entry("c").takes == ()


def test_an_episode_about_two_works_joins_nobody_of_one_to_the_other(site: MakeSite) -> None:
    one, other = (f"{{url: 'https://arxiv.org/abs/2401.0000{n}', role: subject}}" for n in (1, 2))

    found = archive(site, one, f"{one}, {other}", other)

    assert [found.entry(slug).takes for slug in "abc"] == [("b",), ("a", "c"), ("b",)]


def test_two_files_of_one_repository_are_two_works(site: MakeSite) -> None:
    file = "{{url: 'https://github.com/ann/owl/blob/main/{}.md', role: subject}}"

    found = archive(site, file.format("a"), file.format("b"))

    assert len(found.works) == 2
    assert [found.entry(slug).takes for slug in "ab"] == [(), ()]


def test_one_title_by_different_people_is_no_work(site: MakeSite) -> None:
    found = archive(
        site,
        "{title: The Shape of Owls, authors: Ann Roe}",
        "{title: The Shape of Owls, authors: 'Bob Poe, Cy Low'}",
        "{title: The Shape of Owls}",
        "{title: The Shape of Foxes, authors: Roe et al.}",
        "{title: The Shape of Foxes, authors: 'Ann Roe, Cy Low'}",
    )

    assert sorted(work.cited_by for work in found.works) == [("a",), ("b",), ("c",), ("d", "e")]


def test_takes_named_by_hand_count_both_ways_and_carry_over(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", same_paper="[b]"),
            "content/episodes/b.md": episode("B", "b"),
            "content/episodes/c.md": episode("C", "c", same_paper="[b]"),
        }
    )

    made, _ = built(root)

    assert made is not None
    assert made.archive.entry("b").takes == ("a", "c")
    assert made.archive.entry("c").takes == ("a", "b")


def test_what_has_no_title_is_called_by_its_id_or_where_it_lies(site: MakeSite) -> None:
    found = archive(
        site,
        "{url: 'https://arxiv.org/abs/2401.00001v2'}, {url: 'https://owl.example/a/b.html'}",
    )

    names = ["arXiv:2401.00001", "owl.example › b.html"]
    assert [one.title for one in found.entry("a").citations] == names
    assert sorted(str(work.name) for work in found.works) == names


def test_the_kind_of_a_source_is_what_it_turned_out_to_be(site: MakeSite) -> None:
    found = archive(
        site,
        f"{{title: One Known Paper, url: '{SEARCH}', authors: Unknown}}",
        "{title: A, role: subject, authors: Ann Roe}, {title: B, url: 'https://owl.example/b'}",
        "{title: C}, {title: 'The Small Hours: Not Here'}",
    )
    cited = [one for slug in "abc" for one in found.entry(slug).citations]

    assert [one.kind for one in cited] == ["search", "subject", "work", "search", "absent"]
    assert [bool(one.search) for one in cited] == [True, False, False, False, False]
    assert [one.authors for one in cited] == [None, "Ann Roe", None, None, None]
