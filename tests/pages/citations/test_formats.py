"""Every format is read back by somebody else's parser."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    NameParts,
    SeparateCoAuthors,
    SplitNameParts,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from backlist.pages import citations as room
from backlist.pages.citations import (
    FORMATS,
    Item,
    Name,
    Names,
    bibtex,
    csl,
    distinct,
    ris,
    work_item,
)
from tests.pages.citations.making import LINE, items, work

SCHEMA = json.loads((Path(__file__).parent / "csl-data.json").read_text("utf-8"))
FULL = Item(
    id="key",
    ident="work:x",
    type="broadcast",
    title="100% of R&D: {A} ~ B_1^2 $5 #7 \\o/",
    author=Names((Name("Berg", "Jan", "van der"), Name("Steele", "Guy L.", "", "Jr.")), True),
    guest=(Name("Hopper", "Grace"),),
    issued=(2026, 3, 18),
    container_title="A Show",
    publisher="Us & Them",
    genre="Podcast episode",
    number="7",
    dimensions="42:10",
    language="en",
    url="https://a.example/x?a=1&b=%20;c#d_e",
    doi="10.1000/a_b",
    note="Year as given: 2024-2025",
)
BARE = Item("key", "work:x", "document")


def decoder() -> Any:
    """pylatexenc's, with the standard text symbols it does not know (LaTeX 2e, table 3.3)."""
    context = get_default_latex_context_db()
    symbols = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    symbols |= {"textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\"}
    macros = [
        MacroTextSpec(name, simplify_repl=lambda _, c=char: c) for name, char in symbols.items()
    ]
    context.add_context_category("symbols", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, keep_comments=True)


DECODER = decoder()
VERBATIM = ("url", "doi", "eprint")


def read_bibtex(text: str) -> dict[str, dict[str, Any]]:
    """Entries by key: names split, escapes decoded but in the verbatim fields."""
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    raw = {
        entry.key: {f.key: f.value for f in entry.fields if f.key in VERBATIM}
        for entry in library.entries
    }
    library = LatexDecodingMiddleware(decoder=DECODER).transform(library)
    assert not library.failed_blocks
    return {
        entry.key: {f.key: f.value for f in entry.fields} | raw[entry.key] | {"": entry.entry_type}
        for entry in library.entries
    }


def spelt(parts: NameParts) -> tuple[str, ...]:
    """Von, last, jr and first of a name, decoded; braces make a literal one a last name."""
    joined = (" ".join(part) for part in (parts.von, parts.last, parts.jr, parts.first))
    return tuple(squeezed(DECODER.latex_to_text(part)) for part in joined)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def last_name(name: Name) -> tuple[str, ...]:
    """The parts BibTeX has of a name, in the order of `spelt`."""
    if not name.given:
        return ("", name.literal or name.last, "", "")
    return (name.particle, name.family, name.suffix, name.given)


@given(items)
def test_bibtex_is_read_back(item: Item) -> None:
    read = read_bibtex(bibtex.write([item]))[item.id]

    assert squeezed(read.get("title", "")) == item.title
    assert [spelt(parts) for parts in read.get("author", [])] == [
        *map(last_name, item.author.people),
        *([("", "others", "", "")] if item.author.others else []),
    ]
    assert read.get("year") == (str(item.issued[0]) if item.issued else None)
    assert read.get("url", "") == item.url
    assert read.get("doi", "") == item.doi
    assert item.note in read.get("note", "")
    assert item.container_title in read.get("howpublished", "")


@given(st.lists(items, max_size=5, unique_by=lambda item: item.id))
def test_bibtex_keeps_entries_apart(several: list[Item]) -> None:
    assert list(read_bibtex(bibtex.write(several))) == [item.id for item in several]


@given(LINE)
def test_escaped_text_pairs_its_braces(text: str) -> None:
    written = bibtex.escaped(text)
    depths = [written[:end].count("{") - written[:end].count("}") for end in range(len(written))]

    assert min(depths, default=0) >= 0
    assert written.count("{") == written.count("}")


def test_bibtex_whole() -> None:
    assert bibtex.write([FULL]) == (
        "@misc{key,\n"
        "  author = {van der Berg, Jan and Steele, Jr., Guy L. and others},\n"
        "  title = {{100\\% of R\\&D: \\{A\\} {\\textasciitilde} B\\_1{\\textasciicircum}2 \\$5 "
        "\\#7 {\\textbackslash}o/}},\n"
        "  howpublished = {Podcast episode, A Show},\n"
        "  year = {2026},\n"
        "  month = mar,\n"
        "  day = {18},\n"
        "  doi = {10.1000/a_b},\n"
        "  url = {https://a.example/x?a=1&b=%20;c#d_e},\n"
        "  note = {Guests: Grace Hopper. Year as given: 2024-2025},\n"
        "  langid = {english},\n"
        "}\n"
    )


def test_an_arxiv_id_is_an_eprint() -> None:
    item = work_item(work(title="A", ids={"arxiv": "2511.11571"}))
    read = read_bibtex(bibtex.write([item]))[item.id]

    assert (read["eprint"], read["archivePrefix"]) == ("2511.11571", "arXiv")


def test_an_address_with_braces_does_not_end_its_field() -> None:
    item = Item("key", "x", "webpage", url="https://a.example/{x}}")

    assert read_bibtex(bibtex.write([item]))["key"] == {
        "": "online",
        "url": "https://a.example/%7Bx%7D%7D",
    }


@given(items)
def test_ris_is_read_back(item: Item) -> None:
    (read,) = rispy.loads(ris.write([item]))

    assert read["id"] == item.id
    assert read.get("title", "") == item.title
    assert read.get("secondary_title", "") == item.container_title
    assert len(read.get("authors", [])) == len(item.author.people) + item.author.others
    for name, said in zip(item.author.people, read.get("authors", []), strict=False):
        assert said == (name.literal or said)
        assert said.startswith(name.last)
        assert name.given in said
    assert read.get("year", "") == (str(item.issued[0]) if item.issued else "")
    assert [url.replace("%3B", ";") for url in read.get("urls", [])] == [item.url] * bool(item.url)
    assert read.get("doi", "") == item.doi
    assert item.note in "".join(read.get("notes", []))


@given(st.lists(items, max_size=5))
def test_ris_keeps_records_apart(several: list[Item]) -> None:
    text = ris.write(several)

    assert [one["id"] for one in rispy.loads(text)] == [item.id for item in several]
    assert text.count("\n") == text.count("\r\n")


def test_ris_whole() -> None:
    assert ris.write([FULL]).split("\r\n") == [
        "TY  - SOUND",
        "ID  - key",
        "AU  - van der Berg, Jan",
        "AU  - Steele, Guy L., Jr.",
        "AU  - et al.",
        "TI  - 100% of R&D: {A} ~ B_1^2 $5 #7 \\o/",
        "T2  - A Show",
        "M3  - Podcast episode",
        "PB  - Us & Them",
        "PY  - 2026",
        "DA  - 2026/03/18",
        "IS  - 7",
        "DO  - 10.1000/a_b",
        "UR  - https://a.example/x?a=1&b=%20%3Bc#d_e",
        "LA  - en",
        "N1  - Guests: Grace Hopper. Year as given: 2024-2025",
        "ER  - ",
        "",
    ]


@given(st.lists(items, max_size=5, unique_by=lambda item: item.id))
def test_csl_is_read_back(several: list[Item]) -> None:
    text = csl.write(several)
    read = json.loads(text)

    jsonschema.validate(read, SCHEMA)
    assert [one["id"] for one in read] == [item.id for item in several]
    for item, one in zip(several, read, strict=True):
        assert one.get("title", "") == item.title
        assert one.get("URL", "") == item.url
        assert one.get("note", "") == item.note
        people = one.get("author", [])
        assert [p.get("literal") or p["family"] for p in people] == [
            *(name.literal or name.family for name in item.author.people),
            *(["others"] if item.author.others else []),
        ]


def test_citeproc_reads_csl() -> None:
    # citeproc-py knows CSL 1.0.1, which has no guests.
    several = [replace(FULL, guest=()), Item("b", "work:y", "article")]
    read = CiteProcJSON(json.loads(csl.write(several)))

    assert str(read["key"].title) == FULL.title
    assert [str(name.family) for name in read["key"].author[:2]] == ["Berg", "Steele"]
    assert read["key"].issued.year == 2026
    assert read["b"].type == "article"


def test_csl_whole() -> None:
    assert csl.record(FULL) == {
        "id": "key",
        "type": "broadcast",
        "title": FULL.title,
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "Steele", "given": "Guy L.", "suffix": "Jr."},
            {"literal": "others"},
        ],
        "guest": [{"family": "Hopper", "given": "Grace"}],
        "issued": {"date-parts": [[2026, 3, 18]]},
        "container-title": "A Show",
        "publisher": "Us & Them",
        "genre": "Podcast episode",
        "number": "7",
        "dimensions": "42:10",
        "language": "en",
        "URL": FULL.url,
        "DOI": FULL.doi,
        "note": FULL.note,
    }


def test_unknown_parts_stay_out_of_every_format() -> None:
    assert bibtex.write([BARE]) == "@misc{key,\n}\n"
    assert ris.write([BARE]) == "TY  - GEN\r\nID  - key\r\nER  - \r\n"
    assert json.loads(csl.write([BARE])) == [{"id": "key", "type": "document"}]


def test_a_range_of_years_is_a_note_in_every_format() -> None:
    item = work_item(work(title="A", authors="Gouk et al. (SK hynix)", year="2024-2025"))
    said = "Authors as given: Gouk et al. (SK hynix). Year as given: 2024-2025"

    entry = read_bibtex(bibtex.write([item]))[item.id]
    assert entry["note"] == said
    assert "year" not in entry
    (record,) = rispy.loads(ris.write([item]))
    assert record["notes"] == [said]
    assert not {"year", "date", "publication_year"} & record.keys()
    (one,) = json.loads(csl.write([item]))
    assert one["note"] == said
    assert "issued" not in one


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_a_format_writes_an_item_once_and_keys_apart(each: room.Format) -> None:
    alike = [Item("key", f"work:{n}", "document", title="A") for n in (1, 2, 1)]
    text = each.write(alike)

    assert text == each.writer(distinct(alike))
    assert len(re.findall(r"key-[0-9a-f]{4}", text)) == 2
    assert each.write([]).strip() in ("", "[]")
    text.encode()


def test_every_format_is_in_the_list() -> None:
    folder = Path(str(room.__file__)).parent
    having = {
        path.stem
        for path in folder.glob("*.py")
        if "\ndef write(items: Iterable[Item])" in path.read_text("utf-8")
    }

    assert {each.writer.__module__.rsplit(".", 1)[1] for each in FORMATS} == having
    assert len({each.extension for each in FORMATS}) == len(FORMATS)
