"""The traps: what services answer that is like the paper, and is not it."""

from collections.abc import Sequence

import pytest

from backlist.commands.lookup.joining import join
from backlist.commands.lookup.judge import judge
from backlist.commands.lookup.records import Found, Judged, Question
from backlist.commands.lookup.services import SERVICES
from tests.commands.lookup.stand_ins import Paper, answer_list

PAPER = Paper(
    "Surveying Owls by Night: A Field Study",
    ("Ann Owl", "Ben Wren", "Cem Kite"),
    2023,
    "Field Ornithology",
    "10.5555/owl.1",
    "2201.00001",
    preprint_year=2022,
)


def found(*papers: Paper, years: Sequence[int] = ()) -> list[Found]:
    """What services say of papers, as works."""
    return join(
        [
            record
            for ident, service in SERVICES.items()
            for record in service.read(
                answer_list(ident, [one for one in papers if ident in one.services()])
            )
        ],
        years,
    )


def answer(
    title: str, authors: str, year: str, papers: Sequence[Paper]
) -> tuple[Judged | None, list[Judged]]:
    return judge(Question("w", title, authors, year), found(*papers))


def test_a_paper_and_its_preprint_are_one_work() -> None:
    (work,) = found(PAPER)

    assert (work.doi, work.arxiv) == ("10.5555/owl.1", "2201.00001")
    assert (work.year, work.preprint_year, work.is_preprint) == (2023, 2022, False)
    assert work.url == "https://doi.org/10.5555/owl.1"
    assert set(work.services) == {"Crossref", "DataCite", "OpenAlex", "arXiv"}


def test_a_preprint_of_another_title_is_known_by_its_identifiers() -> None:
    renamed = Paper(**{**PAPER.__dict__, "preprint_title": "Counting Owls in the Dark"})

    (work,) = found(renamed)

    assert "Counting Owls in the Dark" in work.titles
    assert answer("Counting Owls in the Dark", "Owl et al.", "2022", [renamed])[0]


def test_one_title_of_other_people_is_another_work() -> None:
    other = Paper(PAPER.title, ("Zoe Lark",), 2023, doi="10.5555/other")

    match, rest = answer(PAPER.title, "Owl et al.", "2023", [other, PAPER])

    assert match and match.found.doi == PAPER.doi
    assert [one.against for one in rest] == ["its authors are others"]
    assert answer(PAPER.title, "Owl et al.", "2023", [other])[0] is None


def test_two_works_that_agree_equally_are_both_candidates() -> None:
    papers = [
        Paper(PAPER.title, (name,), 2023, doi=f"10.5555/{n}")
        for n, name in enumerate(("Ann Owl", "Zoe Lark"))
    ]

    match, rest = answer(PAPER.title, "", "2023", papers)

    assert match is None
    assert {one.against for one in rest} == {"another work agrees as well"}


@pytest.mark.parametrize("title", ["Transformers", "Owls", "Deep Learning", "On Owls"])
def test_a_short_title_needs_author_and_year(title: str) -> None:
    paper = Paper(title, ("Ann Owl",), 2015, doi="10.5555/short")

    assert answer(title, "Ann Owl", "2015", [paper])[0]
    assert answer(title, "Ann Owl", "2016", [paper])[0]
    assert answer(title, "Ann Owl", "", [paper])[0] is None
    assert answer(title, "", "2015", [paper])[0] is None
    assert answer(title, "Ann Owl", "2019", [paper])[0] is None


def test_a_book_of_the_same_title_years_later_is_another_work() -> None:
    book = Paper(PAPER.title, PAPER.authors, 2031, doi="10.5555/book", kind="book")

    match, _ = answer(PAPER.title, "Owl et al.", "2023", [book, PAPER])

    assert match and match.found.doi == PAPER.doi
    assert answer(PAPER.title, "Owl et al.", "2023", [book])[0] is None


def test_data_of_a_paper_is_not_the_paper() -> None:
    data = Paper(PAPER.title, PAPER.authors, 2023, doi="10.5281/zenodo.1", kind="dataset")

    match, rest = answer(PAPER.title, "Owl et al.", "2023", [data])

    assert match is None
    assert rest[0].against == "it is not the paper itself"
    assert answer(PAPER.title, "Owl et al.", "2023", [data, PAPER])[0]


def test_the_year_may_be_that_of_the_preprint() -> None:
    for year in ("2022", "2023", "2021-2023"):
        match, _ = answer(PAPER.title, "Owl et al.", year, [PAPER])
        assert match and match.differs == ()


def test_a_wide_range_of_years_agrees_with_too_much() -> None:
    assert answer(PAPER.title, "Various", "2023-2024", [PAPER])[0]
    assert answer(PAPER.title, "Various", "2010-2024", [PAPER])[0] is None
    match, _ = answer(PAPER.title, "Owl et al.", "2010-2024", [PAPER])
    assert match and match.differs == ()


def test_what_came_of_a_preprint_is_known_by_the_identifier_arxiv_has() -> None:
    preprint = Paper(
        "How Owls Hear Mice in Snow",
        ("Ann Owl",),
        2022,
        arxiv="2201.00007",
        doi="10.5555/snow",
        only=("arxiv",),
    )

    (work,) = found(preprint)

    assert (work.doi, work.is_preprint) == ("10.5555/snow", False)
    assert work.url == "https://doi.org/10.5555/snow"


def test_of_a_talk_and_its_article_that_of_the_year_given_is_it() -> None:
    talk = Paper(PAPER.title, PAPER.authors, 2021, "Workshop on Owls", "10.5555/talk")
    article = Paper(PAPER.title, PAPER.authors, 2023, "Field Ornithology", "10.5555/owl.1")

    for year, doi in (("2021", talk.doi), ("2023", article.doi)):
        records = found(talk, article, years=(int(year),))
        assert [one.doi for one in records] == [doi]


def test_what_is_written_down_is_without_markup() -> None:
    loud = Paper(
        "H<SUB>2</SUB>O &amp; OWLS AT NIGHT*", ("Ann &Ocirc;wl",), 2023, "R&amp;D", "10.5555/h"
    )
    quiet = Paper("$H_2O$ & Owls at Night", ("Ann Ôwl",), 2023, arxiv="2301.00001")

    (one,) = found(loud, quiet)

    assert one.title == "H2O & Owls at Night"
    assert one.authors[0].name == "Ann Ôwl"
    assert one.venue == "R&D"


def test_a_copy_in_a_repository_is_no_publication() -> None:
    copied = Paper("How Owls Hear Mice in Snow", ("Ann Owl",), 2022, arxiv="2201.00007")

    (one,) = found(copied)

    assert one.is_preprint
    assert (one.url, one.venue) == ("https://arxiv.org/abs/2201.00007", "")


def test_what_differs_is_named() -> None:
    match, _ = answer(PAPER.title, "Ann Owl, Zoe Lark", "2019", [PAPER])
    led, _ = answer(f"OwlNet: {PAPER.title}", "Owl et al.", "2023", [PAPER])

    assert match and match.differs == ("authors", "year")
    assert led and led.differs == ("title",)
    assert match.score < led.score <= 1


def test_what_came_of_a_preprint_a_year_later_is_no_difference() -> None:
    preprint = Paper("How Owls Hear Mice in Snow", ("Ann Owl",), 2022, arxiv="2201.00007")

    later, _ = answer(preprint.title, "Ann Owl", "2023", [preprint])
    before, _ = answer(preprint.title, "Ann Owl", "2021", [preprint])

    assert later and later.differs == ()
    assert later.found.is_preprint
    assert before and before.differs == ("year",)


def test_a_title_changed_before_publication_needs_all_its_authors() -> None:
    given = "OwlNet: Fast Detection of Owls in Forests"
    paper = Paper(
        "OwlNet: Quick Detection of Owls in Forests", PAPER.authors, 2023, doi="10.5555/net"
    )
    whole = ", ".join(PAPER.authors)

    assert answer(given, whole, "2023", [paper])[0]
    assert answer(given, "Owl et al.", "2023", [paper])[0] is None
    assert answer(given, whole, "2022", [paper])[0] is None
    assert answer(given.replace("OwlNet", "WrenNet"), whole, "2023", [paper])[0] is None


def test_a_preprint_withdrawn_for_its_publication_is_not_retracted() -> None:
    published = Paper(**{**PAPER.__dict__, "withdrawn": True})
    alone = Paper("Owls Count to Nine", ("Ann Owl",), 2020, arxiv="2001.00009", withdrawn=True)

    assert found(published)[0].retracted == ""
    assert found(alone)[0].retracted == "withdrawn at arXiv"


def test_a_notice_retracts_the_paper_it_names() -> None:
    notice = Paper(f"Retraction: {PAPER.title}", (), 2024, doi="10.5555/note", notice_of=PAPER.doi)

    match, _ = answer(PAPER.title, "Owl et al.", "2023", [notice, PAPER])

    assert match and match.found.doi == PAPER.doi
    assert "notice" in match.found.retracted


def test_titles_without_spaces_are_long_by_their_letters() -> None:
    paper = Paper(
        "フクロウの夜間飛行に関する研究", ("太郎 山田", "花子 鈴木"), 2019, doi="10.5555/jp"
    )

    assert answer(paper.title, "", "2019", [paper])[0]
    match, _ = answer(paper.title, "山田太郎、鈴木花子", "2019", [paper])
    assert match
