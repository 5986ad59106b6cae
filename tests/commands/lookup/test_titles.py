"""Titles are compared by their letters and digits; what tells two papers apart stays."""

import pytest

from backlist.commands.lookup import titles
from backlist.commands.lookup.titles import Likeness


@pytest.mark.parametrize(
    ("given", "registered"),
    [
        ("δ-mem: Efficient Memory", r"$\delta$-Mem: Efficient Memory"),
        ("δ-mem: Efficient Memory", "Delta-mem: efficient memory"),
        ("H2O: Heavy-Hitter Oracle", "H<sub>2</sub>O: Heavy-Hitter Oracle"),
        ("H2O: Heavy-Hitter Oracle", r"H$_2$O: Heavy-Hitter Oracle"),
        ("H₂O: Heavy-Hitter Oracle", "H 2 O: Heavy-Hitter Oracle"),
        ("Poincaré Embeddings for Learning", r"Poincar\'{e} Embeddings for Learning"),
        ("The μ-opioid Receptor", "The <i>µ</i>-opioid receptor"),
        ("R&D and Growth", "R&amp;D &amp; Growth"),
        ("Tiered Memory", "Tiered-Memory"),
        ("“Why Should I Trust You?”", '"Why should I trust you?"'),
        ("Attention Is All You Need (2017)", "Attention is All you Need"),
        ("[Retraction Watch] Owls at Night", "Owls at Night"),
        ("100% of Owls & 5$ Mice", r"100\% of owls \& 5\$ mice"),
        ("ﬁne-grained Owls", "Fine–Grained Owls"),
    ],
)
def test_one_title_spelt_two_ways_is_equal(given: str, registered: str) -> None:
    assert titles.compare(given, registered) is Likeness.EQUAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LoRA: Low-Rank Adaptation of Models", "LoRA+: Low-Rank Adaptation of Models"),
        ("Owls in the City, Part I", "Owls in the City, Part II"),
        ("YOLOv3: A Detector for Real Time", "YOLOv4: A Detector for Real Time"),
        ("GPT-2 in Clinical Practice", "GPT-3 in Clinical Practice"),
        ("Mixture of Experts: A Survey", "Owls of Expertise: A History"),
        ("Transformers", "Formers"),
    ],
)
def test_what_tells_papers_apart_is_no_spelling(one: str, other: str) -> None:
    assert titles.compare(one, other) is Likeness.NONE


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Pond", "Pond: CXL-Based Memory Pooling", Likeness.SUBTITLE),
        (
            "vLLM: Efficient Memory for Serving Models",
            "Efficient Memory for Serving Models",
            Likeness.LEAD,
        ),
        (
            "Optimisation of the Owl Population",
            "Optimization of the Owl Population",
            Likeness.TYPING,
        ),
        (
            "Semi-supervised Learning of Owl Calls",
            "Unsupervised Learning of Owl Calls",
            Likeness.NEAR,
        ),
    ],
)
def test_titles_are_alike_in_ways_of_their_own(one: str, other: str, likeness: Likeness) -> None:
    assert titles.compare(one, other) is likeness


@pytest.mark.parametrize("before", ["Correction: ", "Review: ", "Reply: "])
def test_a_notice_is_not_the_paper_with_a_name_before_it(before: str) -> None:
    paper = "Efficient Memory for Serving Models"

    assert titles.compare(before + paper, paper) < Likeness.LEAD
    assert titles.compare(f"{paper}: a {before.lower().strip(': ')}", paper) < Likeness.SUBTITLE


def test_a_subtitle_may_be_missing_in_the_source_alone() -> None:
    assert titles.compare("Owls at Night", "Owls at Night: A Survey") is Likeness.SUBTITLE
    assert titles.compare("Owls at Night: A Survey", "Owls at Night") is Likeness.NONE


def test_single_wrong_letters_count_in_long_words_alone() -> None:
    assert (
        titles.compare("Owls Fly at Night in Woods", "Owls Fly at Sight in Woods")
        is Likeness.TYPING
    )
    assert (
        titles.compare("Cats Fly at Night in Woods", "Bats Fly at Night in Woods") < Likeness.TYPING
    )
