"""Where a source words its work otherwise than the publication, and what pages make of it."""

from dataclasses import replace
from typing import Any

import pytest

from backlist.model import Labels, Source, Verdict, WorkStatus
from backlist.outputs.search import records
from backlist.pages.citations import wording
from backlist.parse.features import of_source
from backlist.relate.published import differences
from backlist.relate.records import Citation, Published, Work
from tests.conftest import MakeSite, built, episode

FOUND = WorkStatus(verdict=Verdict.VERIFIED)
AUTHORS = "Ann B. Owl, Bénédicte Wren-Day, Cy Tit, Dee Jay"


def work(**fields: Any) -> Work:
    told: dict[str, Any] = {"title": "Owls by Night", "authors": AUTHORS, "year": "2024"}
    made = Work("w", "w", **told, url=None, ids={}, subject_of=(), cited_by=("a",), status=FOUND)
    return replace(made, **fields)


def differs(title: str = "", authors: str = "", year: str = "", **real: str) -> Published | None:
    source = Source(title=title or None, authors=authors or None, year=year or None)
    return differences(source, of_source(source).authors, work(**real))


@pytest.mark.parametrize(
    "authors",
    [
        "",
        "Owl et al.",
        "Owl et al. (Night Group)",
        "A. Owl, B. Wren-Day, C. Tit, and D. Jay",
        "Owl, Wren-Day, Tit and Jay",
        "Annie Owl, Benedicte Wren Day, Cy Tit, Dee Jay",
        "Cy Tit & Dee Jay, et al.",
        "Various",
        "Owl authors",
    ],
)
def test_names_written_shorter_or_otherwise_are_the_same_names(authors: str) -> None:
    assert differs("Owls by night!", authors, "2024") is None


@pytest.mark.parametrize(
    "authors", ["Eve Roc et al.", "Ann Owl, Eve Roc", "Ann B. Owl, Bénédicte Wren-Day"]
)
def test_other_people_and_a_list_that_leaves_some_out_differ(authors: str) -> None:
    assert differs("Owls by Night", authors, "2024") == Published("2024", authors=AUTHORS)


@pytest.mark.parametrize(
    ("given", "same"), [("2024", True), ("2023-2025", True), ("", True), ("2023", False)]
)
def test_a_year_outside_those_given_differs(given: str, same: bool) -> None:
    assert (differs("Owls by Night", "", given) is None) is same


def test_another_title_is_told_with_the_year(site: MakeSite) -> None:
    found = differs("Owls: A Survey of the Night", "Owl et al.", "2024")
    citation = Citation(1, Source(title="Owls: A Survey of the Night"), published=found)

    assert found == Published("2024", title="Owls by Night")
    assert wording.published(citation, Labels()) == "Published as Owls by Night, 2024"


def test_a_work_nobody_looked_up_differs_from_nothing() -> None:
    source = Source(title="Owls at Noon")
    unknown = WorkStatus(verdict=Verdict.UNKNOWN)

    for status in (None, unknown):
        one = Work("w", "w", "Owls", None, None, None, {}, (), ("a",), status=status)
        assert differences(source, None, one) is None


def test_many_authors_are_told_in_brief() -> None:
    five = "Ann Owl, Ben Wren, Cy Tit, Dee Jay, Eve Roc"

    assert wording.briefly(five, Labels()) == "Ann Owl, Ben Wren, Cy Tit et al."
    assert wording.briefly(AUTHORS, Labels()) == AUTHORS
    assert wording.briefly("Night Group", Labels()) == "Night Group"


SEARCH = "https://scholar.google.com/scholar?q=Owls"
WORKS = """
works:
  - known_as: ["Owls: A Survey of the Night", "a#3"]
    title: Owls by Night
    authors: Ann Owl, Ben Wren
    year: 2024
    url: https://owls.example/night
    status: {verdict: differs, date: 2026-01-02}
"""


def test_a_found_source_keeps_its_words_and_leads_to_the_paper(site: MakeSite) -> None:
    sources = (
        f"[{{title: 'Owls: A Survey of the Night', authors: Owl et al., year: 2023, "
        f"url: '{SEARCH}'}}, {{title: Owls Nobody Found, url: '{SEARCH}'}}, "
        "{url: 'https://owls.example/files/7.pdf', authors: Unknown}]"
    )
    files = {"content/episodes/a.md": episode("A", "a", sources=sources)}
    made, problems = built(site({**files, "content/works.yaml": WORKS}))

    assert made is not None and not problems.stop(), list(problems)
    first, lost, bare = made.archive.entry("a").citations
    assert (first.title, first.year) == ("Owls: A Survey of the Night", "2023")
    assert (first.url, first.search) == ("https://owls.example/night", None)
    assert (lost.url, lost.search, lost.published) == (None, SEARCH, None)
    assert (bare.title, bare.authors, bare.year) == ("Owls by Night", "Ann Owl, Ben Wren", "2024")
    assert (bare.url, bare.published) == ("https://owls.example/files/7.pdf", None)
    page = made.outputs["episodes/a/index.html"].read().decode()
    assert "Published as Owls by Night, 2024" in page
    assert page.count("find-link") == 1
    (record,) = records.gather(made.archive, lambda _: records.Shown("", "", None), Labels())
    assert ("alias", "Owls by Night", 1) in [(p.field, p.text, p.source) for p in record.parts]


def test_what_is_retracted_is_cited_as_that(site: MakeSite) -> None:
    files = {"content/episodes/a.md": episode("A", "a", sources="[{title: Owls, role: subject}]")}
    works = "works:\n  - {known_as: [Owls], title: Owls, status: retracted}\n"
    made, problems = built(site({**files, "content/works.yaml": works}))

    assert made is not None and not problems.stop(), list(problems)
    assert "note = {Retracted}" in made.outputs["citations.bib"].read().decode()
    page = made.outputs["works/owls/index.html"].read().decode()
    assert '<p class="state">Retracted</p>' in page
    assert '"creativeWorkStatus": "Retracted"' in page


def test_a_page_that_gets_a_better_name_leaves_a_redirect(site: MakeSite) -> None:
    sources = "[{title: 'Owls: A Survey of the Night', role: subject}]"
    files = {"content/episodes/a.md": episode("A", "a", sources=sources)}
    works = WORKS.replace(', "a#3"', "")
    made, problems = built(site({**files, "content/works.yaml": works}))

    assert made is not None and not problems.stop(), list(problems)
    assert made.archive.works[0].slug == "owls-by-night"
    earlier = made.outputs["works/owls-a-survey-of-the-night/index.html"].read().decode()
    assert 'url=../owls-by-night/"' in earlier
