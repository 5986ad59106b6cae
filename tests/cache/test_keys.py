"""Equal values have equal keys, and nothing of a value is left out of its key."""

import copy
import pickle
from collections import OrderedDict
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.cache.keys import key_of
from backlist.model import Audio, Chapter, Episode, Person, Source, Status
from backlist.pictures import Picture
from backlist.relate.archive import Citation, Entry, Related, VisualizationLink
from tests.conftest import SITES, built

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    PLAIN | st.binary() | st.dates() | st.datetimes(),
    lambda inner: (
        st.tuples(inner, inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.frozensets(st.text())
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_copy_has_the_same_key(value: Any) -> None:
    assert (
        key_of(value) == key_of(copy.deepcopy(value)) == key_of(pickle.loads(pickle.dumps(value)))
    )


@given(st.lists(PLAIN), st.lists(PLAIN))
def test_other_values_have_other_keys(one: list[Any], other: list[Any]) -> None:
    if repr(one) != repr(other):
        assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", ("b",)), ("a", "b")),
        ((1,), ("1",)),
        (("",), (None,)),
        ((1,), (True,)),
        ((0,), (False,)),
        ((b"a",), ("a",)),
        (({"a": "b"},), ({"b": "a"},)),
        (((),), ()),
    ],
)
def test_what_looks_alike_is_told_apart(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert key_of(*one) != key_of(*other)


def test_the_order_of_a_mapping_and_what_carries_it_do_not_count() -> None:
    one = {"a": 1, "b": 2}

    assert key_of(one) == key_of(OrderedDict([("b", 2), ("a", 1)])) == key_of(MappingProxyType(one))
    assert key_of(frozenset("abc")) == key_of(frozenset("cba"))


def test_shared_parts_and_equal_ones_have_the_same_key() -> None:
    shared = "a text of some length"
    other = "".join(["a text ", "of some length"])

    assert key_of((shared, shared)) == key_of((shared, other))


def test_dates_times_paths_and_enums_are_known() -> None:
    class Colour(Enum):
        RED = 1
        BLUE = 2

    when = datetime(2026, 1, 1, tzinfo=UTC)
    assert key_of(when) != key_of(when.replace(hour=1)) != key_of(date(2026, 1, 1))
    assert key_of(PurePosixPath("a")) != key_of(PurePosixPath("b"))
    assert key_of(Colour.RED) != key_of(Colour.BLUE)
    assert key_of(Status.DRAFT) != key_of(Status.STUB)


def test_a_value_that_may_not_say_all_it_is_has_no_key() -> None:
    with pytest.raises(TypeError, match="object has no key"):
        key_of(object())
    with pytest.raises(TypeError, match="has no key"):
        key_of(lambda: None)


def test_a_record_with_a_key_of_its_own_stands_for_itself() -> None:
    @dataclass(frozen=True)
    class Named:
        name: str
        noise: object

        @property
        def key(self) -> bytes:
            return self.name.encode()

    assert key_of(Named("a", object())) == key_of(Named("a", object()))
    assert key_of(Named("a", 1)) != key_of(Named("b", 1))


# ---- what an entry is

ENTRY = Entry(episode=Episode(title="A", slug="a"), file="content/episodes/a.md")
OTHER: dict[str, Any] = {
    "file": "content/episodes/b.md",
    "digest": b"other",
    "body_line": 9,
    "is_imported": True,
    "summary": "Short.",
    "has_own_summary": True,
    "people": (Person(name="Ada"),),
    "in_feed": True,
    "chapters": (Chapter(start=1.0, title="One"),),
    "citations": (Citation(1, Source(title="S")),),
    "mentions": ("b",),
    "mentioned_by": ("b",),
    "takes": ("b",),
    "related": (Related("b", ()),),
    "visualizations": (VisualizationLink(None, "V"),),
    "cover": Picture("0f3a", "PNG", 9, 9, 3, "a.png"),
    "pictures": (Picture("0f3a", "PNG", 9, 9, 3, "a.png"),),
    "next_part": "b",
    "language": "de",
    "newer": "b",
    "older": "b",
}
BY_DIGEST = {"episode", "notes", "transcript", "front"}
"""Read from files whose digests are part of the key."""


def test_every_field_of_an_entry_counts() -> None:
    assert OTHER.keys() | BY_DIGEST == {field.name for field in fields(Entry)}
    keys = {name: replace(ENTRY, **{name: value}).key for name, value in OTHER.items()}

    assert len({ENTRY.key, *keys.values()}) == len(keys) + 1
    assert replace(ENTRY).key == ENTRY.key


def test_what_is_decided_about_an_episode_beside_its_file_counts() -> None:
    """When it comes out, and where its sound lies, is not said in its file alone."""
    draft = ENTRY.episode.model_copy(update={"status": Status.DRAFT})
    moved = ENTRY.episode.model_copy(update={"audio": Audio(url="https://a.example/a.mp3")})

    keys = {replace(ENTRY, episode=one).key for one in (ENTRY.episode, draft, moved)}
    assert len(keys) == 3


def test_a_list_shows_what_stands_above_the_notes() -> None:
    draft = ENTRY.episode.model_copy(update={"status": Status.DRAFT})
    told = {
        replace(ENTRY, front=b"other").listed_key,
        replace(ENTRY, summary="Short.").listed_key,
        replace(ENTRY, episode=draft).listed_key,
        replace(ENTRY, visualizations=(VisualizationLink("lab", "V"),)).listed_key,
    }

    assert len(told | {ENTRY.listed_key}) == 5
    assert replace(ENTRY, digest=b"other", older="b").listed_key == ENTRY.listed_key


def test_the_same_site_read_twice_has_the_same_keys() -> None:
    one, other = (built(SITES / "rich")[0] for _ in range(2))
    assert one is not None and other is not None

    assert [e.key for e in one.archive.entries] == [e.key for e in other.archive.entries]
    assert [key_of(w) for w in one.archive.works] == [key_of(w) for w in other.archive.works]
    keys = [{path: out.key for path, out in site.outputs.items()} for site in (one, other)]
    assert keys[0] == keys[1]
