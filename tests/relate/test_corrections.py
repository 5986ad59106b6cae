"""What `content/works.yaml` says of works, and what is wrong with it."""

from pathlib import Path

from backlist.relate.archive import Archive
from tests.conftest import MakeSite, built, episode

FIRST = "{title: The Owl Paper of Ann, year: 2020}, {title: 'Owls, a Paper by Ann'}"
SECOND = "{title: The Owl Paper of Ann}, {url: 'https://arxiv.org/abs/2401.00001'}"


def site_of(site: MakeSite, works: str) -> Path:
    return site(
        {
            "content/episodes/a.md": episode("A", "a", sources=f"[{FIRST}]"),
            "content/episodes/b.md": episode("B", "b", sources=f"[{SECOND}]"),
            "content/works.yaml": works,
        }
    )


def archive(site: MakeSite, works: str) -> Archive:
    made, problems = built(site_of(site, works))
    assert made is not None and not problems.stop(), list(problems)
    return made.archive


def faults(site: MakeSite, works: str) -> list[str]:
    _, problems = built(site_of(site, works))
    return [str(p).split("\n")[0] for p in problems if "works.yaml" in str(p.where)]


def test_names_of_one_work_are_merged_and_a_person_has_the_last_word(site: MakeSite) -> None:
    found = archive(
        site,
        """
works:
  - known_as: [The Owl Paper of Ann, "Owls, a Paper by Ann", "arxiv:2401.00001"]
    title: Owls
    slug: owls
    ids: {doi: 10.1/owl}
    aliases: [Ann's paper]
""",
    )

    (work,) = found.works
    assert (work.id, work.slug, work.title, work.year) == ("doi:10.1/owl", "owls", "Owls", "2020")
    assert work.cited_by == ("a", "b")
    assert work.ids == {"arxiv": "2401.00001", "doi": "10.1/owl"}
    assert work.aliases == ("Ann's paper",)


def test_one_entry_of_one_episode_can_be_split_off(site: MakeSite) -> None:
    found = archive(site, "works:\n  - known_as: ['b#1']\n    title: Another Owl\n")

    titles = {work.title: work.cited_by for work in found.works if work.title}
    assert titles["Another Owl"] == ("b",)
    assert titles["The Owl Paper of Ann"] == ("a",)


def test_a_correction_that_fits_nothing_is_told_at_its_line(site: MakeSite) -> None:
    works = "works:\n  - title: Owls\n    known_as:\n      - The Owl Papers of Ann\n      - c#1\n"

    assert faults(site, works) == [
        "content/works.yaml:4: error: no source is known as `The Owl Papers of Ann`",
        "content/works.yaml:5: error: no source is known as `c#1`",
    ]


def test_a_name_belongs_to_one_entry(site: MakeSite) -> None:
    works = """\
works:
  - known_as: [The Owl Paper of Ann]
    slug: one
  - known_as: [the owl paper of ann]
    slug: two
  - known_as: ["Owls, a Paper by Ann"]
    slug: one
"""

    assert faults(site, works) == [
        "content/works.yaml:4: error: "
        "`the owl paper of ann` belongs to the work `work:one` already",
        "content/works.yaml:6: error: two entries are the work `work:one`",
    ]


def test_titles_that_look_alike_are_told_until_somebody_says_they_are_apart(site: MakeSite) -> None:
    titles = ("Owls of the Northern Marsh Lands", "Owls of the Northern Marsh")
    sources = ", ".join(f"{{title: {title}}}" for title in titles)
    files = {"content/episodes/a.md": episode("A", "a", sources=f"[{sources}]")}

    _, before = built(site(files))
    apart = {"content/works.yaml": f"distinct:\n  - [{', '.join(titles)}]\n"}
    _, after = built(site({**files, **apart}))

    assert [p.message for p in before if "may be the same" in p.message] == [
        "two works may be the same: “Owls of the Northern Marsh”"
        " and “Owls of the Northern Marsh Lands”"
    ]
    assert [p.message for p in after if "may be the same" in p.message] == []


def test_an_entry_has_the_sources_whose_addresses_bear_its_identifiers(site: MakeSite) -> None:
    sources = (
        "[{title: Owls at Night, url: 'https://arxiv.org/pdf/2401.00001v3'}, "
        "{url: 'https://doi.org/10.1000/OWL.7'}, {title: Owls by Day}]"
    )
    works = """
works:
  - known_as: [Owls by Day]
    title: Owls at Night and by Day
    ids: {doi: "https://doi.org/10.1000/Owl.7", arxiv: "arXiv:2401.00001v2"}
    venue: Journal of Owls
    status: {verdict: differs, date: 2026-01-02, evidence: ["https://owls.example/7"]}
"""
    files = {"content/episodes/a.md": episode("A", "a", sources=sources)}
    made, problems = built(site({**files, "content/works.yaml": works}))

    assert made is not None and not problems.stop(), list(problems)
    (work,) = made.archive.works
    assert work.id == "doi:10.1000/owl.7"
    assert work.ids == {"doi": "10.1000/owl.7", "arxiv": "2401.00001"}
    assert [one.work for one in made.archive.entry("a").citations] == [work.id] * 3
    assert (work.venue, work.status and work.status.verdict) == ("Journal of Owls", "differs")


def test_an_identifier_belongs_to_one_entry(site: MakeSite) -> None:
    works = """\
works:
  - known_as: [The Owl Paper of Ann]
    ids: {arxiv: 2401.00001}
  - known_as: ["Owls, a Paper by Ann"]
    ids: {doi: 10.1000/owl, arxiv: 2401.00001}
"""

    assert faults(site, works) == [
        "content/works.yaml:4: error: "
        "`arxiv:2401.00001` belongs to the work `arxiv:2401.00001` already",
    ]
