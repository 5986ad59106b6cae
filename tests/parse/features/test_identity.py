"""Which entries are one work: exact keys, never a fuzzy merge."""

import pytest

from backlist.model import Source
from backlist.parse.features import identity

ARXIV = [
    "https://arxiv.org/abs/2511.11571",
    "https://arxiv.org/pdf/2511.11571v2",
    "https://arxiv.org/pdf/2511.11571v2.pdf",
    "http://www.arxiv.org/html/2511.11571v1",
]


@pytest.mark.parametrize("url", ARXIV)
def test_arxiv_in_any_form_is_one_id_without_version(url: str) -> None:
    assert identity.id_key(Source(url=url)) == "arxiv:2511.11571"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://arxiv.org/abs/math.GT/0309136", "arxiv:math/0309136"),
        ("https://doi.org/10.1145/3600006.3613165", "doi:10.1145/3600006.3613165"),
        ("https://openreview.net/pdf?id=AbC1", "openreview:AbC1"),
        ("https://openreview.net/forum?id=AbC1", "openreview:AbC1"),
        ("https://www.usenix.org/system/files/fast26-zheng.pdf", "usenix:fast26-zheng"),
        ("https://example.org/a/?utm_source=x&b=1#top", "url:example.org/a?b=1"),
        ("https://example.org/", None),
        ("https://scholar.google.com/scholar?q=A+Title+Of+Words", None),
    ],
)
def test_an_address_gives_its_strongest_key(url: str, key: str | None) -> None:
    assert identity.id_key(Source(url=url)) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SageAttention2: Efficient Attention", "SageAttention2++: Efficient Attention"),
        ("LoRA: Low-Rank Adaptation of Models", "LoRA+: Low-Rank Adaptation of Models"),
        ("ERNIE 3.0: Large-scale Pre-training", "ERNIE 3.0 Titan: Large-scale Pre-training"),
        ("A Survey of Large Language Models", "Large Language Models: A Survey"),
        ("Crash Hoare Logic", "Using Crash Hoare Logic for Certifying the FSCQ File System"),
    ],
)
def test_titles_that_look_alike_are_kept_apart(one: str, other: str) -> None:
    assert identity.fingerprint(one) != identity.fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H2O: Heavy-Hitter Oracle", "h2o heavy hitter oracle"),
        ("[NeurIPS 23] The Café of Things", "The cafe of things"),
    ],
)
def test_case_accents_punctuation_and_tags_do_not_matter(one: str, other: str) -> None:
    assert identity.fingerprint(one) == identity.fingerprint(other)


def test_a_title_too_short_identifies_nothing() -> None:
    assert identity.fingerprint("Gato") is None
    assert identity.fingerprint("Multimodality!!") is None
    assert identity.fingerprint("Attention Mechanisms") is not None


@pytest.mark.parametrize(
    "authors",
    [
        None,
        "Unknown",
        "MiKV authors",
        "Cloud provider study authors",
        "Various (MoE literature)",
        "Cited in paper",
    ],
)
def test_placeholders_name_nobody(authors: str | None) -> None:
    assert identity.is_placeholder(authors)


@pytest.mark.parametrize("authors", ["Sheng et al.", "Sorin, Hill, and Wood", "HuggingFace"])
def test_people_and_organizations_are_somebody(authors: str) -> None:
    assert not identity.is_placeholder(authors)
