"""What scalars mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backlist.model import Episode, Site
from backlist.model.scalars import TYPES, clock, moment, seconds


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("754", 754),
        ("12:34", 754),
        ("1:02:03", 3723),
        ("00:09:08", 548),
        ("62:03", 3723),
        ("7.5", 7),
    ],
)
def test_a_length_of_time_is_read(text: str, length: int) -> None:
    assert seconds(text) == length


@given(st.integers(0, 10**6))
def test_a_clock_reads_back_as_the_same_length(length: int) -> None:
    assert seconds(clock(length)) == length


def test_a_day_stays_a_day_and_an_offset_stays_an_offset() -> None:
    assert str(moment("2026-03-18")) == "2026-03-18"
    assert str(moment("2026-03-18T06:30:00+01:00")) == "2026-03-18T06:30:00+01:00"
    assert str(moment("2026-03-18 06:30")) == "2026-03-18T06:30:00+00:00"


@pytest.mark.parametrize("slug", ["Has Capitals", "-x", "a--b", "a/b", ""])
def test_a_slug_must_be_one(slug: str) -> None:
    with pytest.raises(ValidationError, match="is not a slug"):
        Episode(title="T", slug=slug)


@pytest.mark.parametrize("tag", ["de", "pt-BR", "zh-Hant-TW", "deu", "no", "de-1996"])
def test_a_language_is_a_tag_and_stays_as_it_is_written(tag: str) -> None:
    assert Episode(title="T", slug="t", language=tag).language == tag


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("German", "write it as `de` or `pt-br` (BCP 47)"),
        ("xx", "write it as `de` or `pt-br` (BCP 47)"),
        ("", "write it as `de` or `pt-br` (BCP 47)"),
        ("pt_BR", "write it as `pt-BR` (BCP 47)"),
        (" de ", "write it as `de` (BCP 47)"),
    ],
)
def test_what_is_no_language_is_refused_with_one_that_is(tag: str, hint: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Episode(title="T", slug="t", language=tag)

    (error,) = refused.value.errors()
    assert error["msg"] == f'is not a language code: "{tag}"'
    assert error["ctx"]["hint"] == hint


def test_records_are_frozen() -> None:
    record = Episode(title="T", slug="t")

    with pytest.raises(ValidationError, match="frozen"):
        record.title = "other"  # type: ignore[misc]


@pytest.mark.parametrize("typeface", [*TYPES, "Charter, Georgia, serif", '"PT Serif", serif'])
def test_a_typeface_is_a_name_or_a_list_that_ends_in_a_generic_one(typeface: str) -> None:
    assert Site(base_url="https://a.example/", font=typeface).font == typeface


@pytest.mark.parametrize(
    "typeface",
    ["Charter", "Sans", "serif; color: red", "x), serif", '"a, serif', "url(x), serif", ""],
)
def test_what_is_no_typeface_is_refused_with_the_names(typeface: str) -> None:
    with pytest.raises(ValidationError, match="is not a typeface"):
        Site(base_url="https://a.example/", font=typeface)
