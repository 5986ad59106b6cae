"""What pages say in schema.org's words, held against its vocabulary."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from schema_org.registry import CLASS_METADATA, ancestry

from backlist.files.output import Outputs
from backlist.pages import json_ld
from tests.conftest import MakeSite, built, episode
from tests.page_kinds import texts

ADDRESSES = ("@id", "url", "item", "image", "contentUrl", "webFeed", "mainEntityOfPage", "sameAs")


def told(page: bytes) -> list[dict[str, Any]]:
    """The things a page speaks of."""
    found = []
    for element in html.document_fromstring(page).xpath("//script[@type='application/ld+json']"):
        data = json.loads(element.text)
        assert data.pop("@context") == "https://schema.org"
        found += data.get("@graph", [data])
    return found


def within(thing: object, role: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every thing inside one, itself first, with the property that led to it."""
    if isinstance(thing, dict):
        yield role, thing
        for key, value in thing.items():
            yield from within(value, key)
    elif isinstance(thing, list):
        for one in thing:
            yield from within(one, role)


def properties(kind: str) -> set[str]:
    """What a thing of that type may say: its model says the same, and takes seconds to make."""
    kinds = (kind, *ancestry(kind))
    return {name for one in kinds for name in CLASS_METADATA[one].properties}


def test_every_type_and_property_is_in_the_vocabulary(outputs: Outputs) -> None:
    found, seen = [], set()
    for path, page in texts(outputs).items():
        for whole in told(page):
            for role, thing in within(whole):
                kind = thing["@type"]
                seen.add(kind)
                known = properties(kind) | {"@type", "@id"}
                # A Role carries the property it qualifies (https://schema.org/Role).
                known |= {role} if kind == "Role" else set()
                found += [f"{path}: {kind} {key}" for key in thing.keys() - known]

    assert not found
    assert {"PodcastSeries", "PodcastEpisode", "AudioObject", "ScholarlyArticle"} <= seen


def test_nothing_is_empty_and_every_address_is_whole(outputs: Outputs) -> None:
    for path, page in texts(outputs).items():
        for whole in told(page):
            for _, thing in within(whole):
                assert None not in thing.values(), path
                assert not [key for key, value in thing.items() if value in ("", [], {})], path
                whole_ones = [thing[key] for key in ADDRESSES if key in thing]
                flat = [one for v in whole_ones for one in (v if isinstance(v, list) else [v])]
                assert all(one.startswith("http") for one in flat), path


def test_identifiers_of_our_own_lead_to_the_page_that_defines_them(outputs: Outputs) -> None:
    defined = {one["@id"] for page in texts(outputs).values() for one in told(page) if "@id" in one}
    named = {
        thing["@id"]
        for page in texts(outputs).values()
        for whole in told(page)
        for _, thing in within(whole)
        if "@id" in thing
    }

    assert named == defined


def test_an_episode_has_sound_people_sources_and_show(site: MakeSite) -> None:
    front = {
        "date": "2026-01-02",
        "updated": "2026-02-03",
        "audio": "{url: https://s.example/a.mp3, length: 5, duration: '1:00:05'}",
        "people": "[Ann, {name: Bo, role: guest}, {name: Cy, role: Translator}]",
        "sources": "[{title: A paper of note on tides, authors: Ann Lee,"
        " url: https://arxiv.org/abs/2401.00001, role: subject},"
        " {title: Another one that is cited here}]",
    }
    made, _ = built(site({"content/episodes/a.md": episode("A </script> & B", "a", **front)}))
    assert made is not None
    thing, trail = told(made.outputs["episodes/a/index.html"].read())

    assert thing["name"] == "A </script> & B"
    assert thing["dateModified"] == "2026-02-03"
    assert thing["associatedMedia"]["duration"] == thing["duration"] == "PT1H5S"
    assert [(one["roleName"], one["actor"]["name"]) for one in thing["actor"]] == [
        ("host", "Ann"),
        ("guest", "Bo"),
    ]
    assert thing["translator"][0]["name"] == "Cy"
    assert thing["about"][0]["@type"] == "ScholarlyArticle"
    assert [one["name"] for one in thing["citation"]] == ["Another one that is cited here"]
    assert thing["partOfSeries"]["name"] == "The Small Hours"
    assert [one["position"] for one in trail["itemListElement"]] == [1, 2, 3]


def test_a_stub_claims_nothing_but_its_name(outputs: Outputs) -> None:
    pages = [told(page) for page in texts(outputs).values() if b"known only because" in page]
    for thing, _ in (one for one in pages if one):
        assert thing.keys() <= {"@type", "@id", "name", "url", "partOfSeries"}


@given(st.text())
def test_no_text_ends_the_script_it_stands_in(text: str) -> None:
    written = json_ld.script({"name": text})

    assert "<" not in written
    assert json.loads(written)["name"] == text
