"""Episodes and works as items, and their keys."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.model import Status
from backlist.pages.citations import Library, Name, Names, distinct, episode_item, work_item
from backlist.relate.archive import Kind
from tests.pages.citations.making import HOSTILE, archive, citation, citing, entry, work


def test_a_work_of_which_nothing_is_known_has_only_key_and_type() -> None:
    item = work_item(work("source:a-1"))

    assert (item.id, item.type) == ("sourcea1", "document")
    known = {"id", "ident", "type"}
    assert not any(getattr(item, name) for name in item.__slots__ if name not in known | {"author"})
    assert item.author == Names()


@pytest.mark.parametrize("year", ["2024-2025", "2020–2024", "c. 1999", "2023?", "20233", "٢٠٢٣"])
def test_what_is_no_single_year_becomes_a_note(year: str) -> None:
    item = work_item(work(title="A", year=year))

    assert item.issued == ()
    assert item.note == f"Year as given: {year}"
    assert "20" not in item.id


def test_a_year_is_a_year_and_no_year_is_none() -> None:
    assert work_item(work(year=" 2023 ")).issued == (2023,)
    assert work_item(work(year="unknown")).note == ""


def test_the_parenthesis_of_an_authors_text_is_told_in_its_words() -> None:
    item = work_item(work(title="vLLM", authors="Kwon et al. (vLLM)", year="2023-2024"))

    assert item.note == "Authors as given: Kwon et al. (vLLM). Year as given: 2023-2024"


def test_an_arxiv_paper_is_cited_at_its_abstract() -> None:
    item = work_item(work(url="https://arxiv.org/pdf/2511.11571v2", ids={"arxiv": "2511.11571"}))

    assert (item.type, item.number) == ("article", "arXiv:2511.11571")
    assert item.url == "https://arxiv.org/abs/2511.11571"


@pytest.mark.parametrize(
    ("url", "ids", "expected"),
    [
        ("https://doi.org/10.1/x", {"doi": "10.1/x"}, "article"),
        ("https://www.usenix.org/x/fast26.pdf", {"usenix": "fast26"}, "paper-conference"),
        ("https://a.example/post", {}, "webpage"),
        ("https://a.example/", {}, "webpage"),
        ("https://a.example/post.html", {}, "webpage"),
        ("https://a.example/paper.PDF", {}, "document"),
        (None, {}, "document"),
    ],
)
def test_the_type_is_what_the_evidence_allows(url: str, ids: dict[str, str], expected: str) -> None:
    assert work_item(work(url=url, ids=ids)).type == expected


def test_an_episode_is_a_broadcast_by_its_hosts() -> None:
    one = entry(
        "a-slug", date="2026-03-18", audio={"url": "https://a.example/a.mp3", "duration": "42:10"}
    )
    item = episode_item(one, archive(one))

    assert (item.type, item.genre, item.container_title, item.publisher, item.hosted) == (
        *("broadcast", "Podcast episode", "AI Post Transformers", "mcgrof"),
        True,
    )
    assert item.author.people == (Name("Turing", "Hal"), Name("Shannon", "Ada"))
    assert (item.issued, item.dimensions) == ((2026, 3, 18), "42:10")
    assert item.url == "https://example.org/show/episodes/a-slug/"
    assert item.id == "aiposttransformers2026slug"


def test_without_hosts_it_is_by_the_shows_author_and_without_these_by_nobody() -> None:
    guest: Any = [{"name": "Grace Hopper", "role": "guest"}]
    one = entry(people=guest)
    item = episode_item(one, archive(one))

    assert item.author == Names((Name(literal="mcgrof"),))
    assert (item.publisher, item.hosted) == ("", False)
    assert item.guest == (Name("Hopper", "Grace"),)
    assert episode_item(one, archive(one, author=None)).author == Names()


def test_who_is_in_an_episode_only_mentioned_is_not_known() -> None:
    one = entry(status=Status.STUB)

    assert episode_item(one, archive(one)).hosted is False


def test_a_guessed_day_is_a_note() -> None:
    item = episode_item(one := entry(date="2026-03-16", date_approximate=True), archive(one))

    assert (item.issued, item.note) == ((), "Date as given: about 2026-03-16")


def test_a_day_is_that_of_the_zone_it_was_given_in() -> None:
    one = entry(date="2026-03-18T00:30:00+02:00")

    assert episode_item(one, archive(one)).issued == (2026, 3, 18)


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({"title": "H2O: Heavy-Hitter", "authors": "Zhang et al.", "year": "2023"}, "zhang2023h2o"),
        ({"title": "The Tail at Scale", "authors": "Dean and Barroso"}, "deantail"),
        ({"title": "A café", "authors": "Gökhan Tür", "year": "2011"}, "tur2011cafe"),
        ({"title": "Safetensors: Simple", "authors": "HuggingFace"}, "huggingfacesafetensors"),
        ({"title": "Attention Sinks", "year": "2024"}, "attention2024sinks"),
        ({"title": "字", "year": "2024"}, "zi2024"),
        ({"title": "Of the", "year": "2024"}, "of2024the"),
    ],
)
def test_a_key_is_author_year_and_first_word(known: dict[str, str], key: str) -> None:
    assert work_item(work(**known)).id == key


WORKS = [
    work(f"arxiv:{number}", title="One title", authors="Chen et al.", year="2024")
    for number in range(9)
] + [work("title:another", title="Another title", authors="Chen et al.", year="2024")]


@given(st.permutations(WORKS))
def test_keys_are_unique_and_do_not_depend_on_order(works: list[Any]) -> None:
    straight = {item.ident: item.id for item in distinct(map(work_item, WORKS))}
    mixed = distinct(map(work_item, works))

    assert {item.ident: item.id for item in mixed} == straight
    assert len(set(straight.values())) == len(WORKS)
    assert straight["work:title:another"] == "chen2024another"
    assert [item.ident for item in mixed] == [f"work:{one.id}" for one in works]


@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=6))
def test_keys_are_ascii_whatever_the_texts(texts: list[tuple[str, str]]) -> None:
    works = [
        work(f"source:{n}", title=title, authors=authors)
        for n, (title, authors) in enumerate(texts)
    ]
    found = distinct(map(work_item, works))

    assert all(item.id.isascii() and item.id.replace("-", "").isalnum() for item in found)
    assert len({item.id for item in found}) == len(works)
    assert distinct(found) == found
    some = random.Random(1).sample(found, len(found) // 2)
    assert distinct(some) == tuple(some)


def test_a_third_of_one_key_changes_no_key() -> None:
    two = {item.ident: item.id for item in distinct(map(work_item, WORKS[:2]))}
    three = {item.ident: item.id for item in distinct(map(work_item, WORKS[:3]))}

    assert two.items() <= three.items()


def test_a_choice_from_a_library_keeps_its_keys() -> None:
    a = citing("a", citation(1, work="arxiv:1"), citation(2, mention="b", kind=Kind.EPISODE))
    held = Library(archive(a, entry("b"), works=tuple(WORKS)))

    chosen = held.cited_by(a)
    assert [item.ident for item in chosen] == ["work:arxiv:1", "episode:b"]
    assert distinct(chosen) == chosen
    assert chosen[0].id.startswith("chen2024one-")
    assert len(held.items) == len(WORKS) + 2


def test_a_source_cited_twice_or_not_in_the_archive_is_listed_once_or_not() -> None:
    a = citing(
        "a",
        citation(1, work="arxiv:1"),
        citation(2, work="arxiv:1"),
        citation(3, kind=Kind.ABSENT),
        citation(4, work="gone"),
    )

    assert len(Library(archive(a, works=tuple(WORKS))).cited_by(a)) == 1
