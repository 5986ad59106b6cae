"""Answers of services are read in their documented shapes, and nothing else is."""

import json

import pytest

from backlist.commands.lookup.records import Author, Form, Question, Record
from backlist.commands.lookup.services import SERVICES, arxiv, crossref, datacite, openalex
from tests.commands.lookup import stand_ins
from tests.commands.lookup.stand_ins import Paper, answer_list

PAPER = Paper(
    "Surveying Owls by Night",
    ("Ann Owl", "Ben Wren"),
    2023,
    "Proceedings of Field Ornithology",
    "10.5555/owl.1",
    "2201.00001",
    subtitle="A Field Study",
    preprint_year=2022,
)


@pytest.mark.parametrize("ident", SERVICES)
def test_every_service_knows_a_paper(ident: str) -> None:
    (record,) = SERVICES[ident].read(answer_list(ident, [PAPER]))

    assert record.full_title == "Surveying Owls by Night: A Field Study"
    assert [one.name for one in record.authors] == ["Ann Owl", "Ben Wren"]
    assert record.year == (2022 if ident in ("datacite", "arxiv") else 2023)
    assert record.keys <= {"doi:10.5555/owl.1", "arxiv:2201.00001"}
    assert record.keys
    assert record.seen.startswith("https://")


@pytest.mark.parametrize("ident", SERVICES)
@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>Bad gateway</body></html>",
        b'{"error": "no"}',
        b"[]",
        b"null",
        b'{"data": {}, "results": 5, "message": []}',
        b'<?xml version="1.0"?><rss/>',
        b'{"message-type": "work-list", "message": {"items": null}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_nonsense_is_not_understood(ident: str, data: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        SERVICES[ident].read(data)


@pytest.mark.parametrize("ident", ["crossref", "datacite", "openalex"])
def test_an_answer_whose_values_are_of_other_kinds_is_read_without_them(ident: str) -> None:
    data = json.loads(answer_list(ident, [PAPER]))

    def spoilt(value: object, depth: int = 0) -> object:
        if isinstance(value, dict) and depth < 4:
            return {key: spoilt(one, depth + 1) for key, one in value.items()}
        if isinstance(value, list) and depth < 3:
            return [spoilt(one, depth + 1) for one in value]
        return value if depth < 3 else {"unexpected": [None]}

    # What is inside a record may be anything; the record is then of nothing.
    spoiled = spoilt(data)
    if ident == "crossref":
        spoiled["message-type"] = "work-list"  # type: ignore[index]
    for record in SERVICES[ident].read(json.dumps(spoiled).encode()):
        assert isinstance(record, Record)


def test_crossref_says_what_was_taken_back_and_by_which_notice() -> None:
    retracted = Paper("Owls Read Minds", ("Ann Owl",), 2020, doi="10.5555/mind", retracted=True)
    notice = Paper(
        "Retraction Note: Owls Read Minds", (), 2021, doi="10.5555/n", notice_of="10.5555/MIND"
    )
    marked = Paper("RETRACTED: Owls Read Minds", ("Ann Owl",), 2020, doi="10.5555/mind")

    first, second, third = crossref.read(answer_list("crossref", [retracted, notice, marked]))

    assert "10.5555/notice.1" in first.retracted
    assert second.form is Form.OTHER
    assert second.retracts == {"10.5555/mind"}
    assert third.title == "Owls Read Minds"
    assert third.retracted


def test_arxiv_tells_of_withdrawals_and_strips_versions() -> None:
    withdrawn = Paper("Owls Count", ("Ann Owl",), 2020, arxiv="2001.00009", withdrawn=True)

    (record,) = arxiv.read(answer_list("arxiv", [withdrawn]))

    assert record.arxiv == "2001.00009"
    assert record.retracted == "withdrawn at arXiv"
    assert not arxiv.read(answer_list("arxiv", [PAPER]))[0].retracted


def test_an_error_of_arxiv_is_an_entry() -> None:
    entry = "<entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title></entry>"

    with pytest.raises(ValueError, match="error"):
        arxiv.read(stand_ins.arxiv_feed([entry]))


def test_data_and_reviews_are_not_papers() -> None:
    data = Paper("Surveying Owls by Night", ("Ann Owl",), 2023, doi="10.5281/z.1", kind="dataset")
    review = Paper("Review for Owls", ("Ann Owl",), 2023, doi="10.5555/r", kind="peer-review")

    assert datacite.read(answer_list("datacite", [data]))[0].form is Form.OTHER
    assert crossref.read(answer_list("crossref", [review]))[0].form is Form.OTHER


def test_a_name_of_an_organisation_stays_whole() -> None:
    code = Paper("Safetensors", ("Hugging Face",), 2022, arxiv="2201.00002")
    lone = Paper("Safetensors", ("OpenAI",), 2022, arxiv="2201.00002", doi="10.5555/s")

    assert datacite.read(answer_list("datacite", [lone]))[0].authors == (Author("OpenAI"),)
    assert crossref.read(answer_list("crossref", [lone]))[0].authors == (Author("OpenAI"),)
    assert openalex.read(answer_list("openalex", [code]))[0].authors == (Author("Hugging Face"),)


def test_a_question_puts_no_sign_into_an_address_that_means_something_there() -> None:
    question = Question("w", "H2O: Heavy, $\\delta$ | (A OR B) & 100%?", "Zhang et al.", "2023")

    assert "title.search%3Ah2o+heavy+delta+100" in openalex.search("https://o", question)
    assert "%28h2o+OR+heavy+OR+delta+OR+100%29" in datacite.search("https://d", question)
    assert "sort=relevance" in datacite.search("https://d", question)
    assert "ti%3Aheavy" in arxiv.search("https://a", question)
    assert "Zhang+2023" in crossref.search("https://c", question)
