"""Crossref REST API, `/works` (api.crossref.org, "REST API documentation")."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from backlist.commands.lookup import titles
from backlist.commands.lookup.records import Author, Form, Found, Question, Record
from backlist.commands.lookup.services import shape
from backlist.commands.lookup.services.shape import Json
from backlist.pages.citations import names

_FIELDS = (
    "DOI,title,subtitle,author,issued,type,container-title,relation,update-to,updated-by,publisher"
)
_FORMS = {
    "book": Form.BOOK,
    "monograph": Form.BOOK,
    "edited-book": Form.BOOK,
    "reference-book": Form.BOOK,
    "posted-content": Form.PREPRINT,
} | dict.fromkeys(
    (
        "journal-article",
        "proceedings-article",
        "book-chapter",
        "book-section",
        "book-part",
        "book-track",
        "reference-entry",
        "report",
        "report-component",
        "dissertation",
        "standard",
        "other",
    ),
    Form.PUBLISHED,
)
"""By type ("Types"); what is not here is no work: a journal, a component, a peer review."""

_TAKES_BACK = ("retraction", "withdrawal", "removal")
_SAME = ("is-preprint-of", "has-preprint", "is-version-of", "has-version", "is-identical-to")


def search(base: str, question: Question) -> str:
    """The address that asks for a title, with first author and year where they are known."""
    first = names.authors(question.authors).people[:1]
    said = [question.title, *(one.last or one.literal for one in first), question.year]
    asked = {
        "query.bibliographic": " ".join(filter(None, said)),
        "rows": shape.ROWS,
        "select": _FIELDS,
    }
    return f"{base}/works?{urlencode(asked)}"


def by_id(base: str, found: Sequence[Found]) -> str:
    """The address of one DOI; empty for what has none."""
    doi = found[0].doi
    return f"{base}/works/{quote(doi, safe='')}" if doi else ""


def read(data: bytes) -> list[Record]:
    """The records of a list, or the one that was asked for. Raises `ValueError`."""
    answer = shape.document(data)
    message = shape.mapping(answer.get("message"))
    if answer.get("message-type") == "work":
        return [_record(message)]
    if answer.get("message-type") != "work-list" or not isinstance(message.get("items"), list):
        raise ValueError("is no list of works")
    return [_record(item) for item in shape.items(message["items"])]


def _record(item: Json) -> Record:
    title, is_marked = titles.without_mark(shape.text(item.get("title")))
    kind, ident = shape.doi_key(item.get("DOI"))
    updates = list(shape.items(item.get("update-to")))
    retracts = frozenset(
        shape.doi_key(one.get("DOI"))[1] for one in updates if one.get("type") in _TAKES_BACK
    )
    taken_back = next(_taken_back(item), "marked as retracted in its title" if is_marked else "")
    return Record(
        service="Crossref",
        title=title,
        subtitle=shape.text(item.get("subtitle")),
        authors=tuple(_authors(item)),
        year=_year(item),
        form=_FORMS.get(shape.text(item.get("type")), Form.OTHER) if not updates else Form.OTHER,
        doi=ident if kind == "doi" else "",
        arxiv=ident if kind == "arxiv" else "",
        url=f"https://doi.org/{ident}" if kind == "doi" else "",
        venue=shape.text(item.get("container-title")),
        seen=f"https://doi.org/{ident}" if kind == "doi" else "",
        related=frozenset(filter(None, _related(item))),
        retracted=taken_back,
        retracts=retracts - {""},
    )


def _taken_back(item: Json) -> Iterator[str]:
    """What `updated-by` says of a retraction: its notice."""
    for one in shape.items(item.get("updated-by")):
        if one.get("type") in _TAKES_BACK:
            notice = shape.doi_key(one.get("DOI"))[1]
            yield f"retracted, see https://doi.org/{notice}" if notice else "retracted"


def _authors(item: Json) -> Iterator[Author]:
    for one in shape.items(item.get("author")):
        family = shape.name(one.get("family")) or shape.name(one.get("name"))
        if family:
            yield Author(family, shape.name(one.get("given")))


def _year(item: Json) -> int:
    parts = shape.mapping(item.get("issued")).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else ()
    return shape.number(first[0]) if isinstance(first, list) and first else 0


def _related(item: Json) -> Iterator[str]:
    relation = shape.mapping(item.get("relation"))
    for kind in _SAME:
        for one in shape.items(relation.get(kind)):
            if one.get("id-type") == "doi":
                yield shape.key(one.get("id"))
            if one.get("id-type") == "arxiv":
                yield shape.key(f"10.48550/arXiv.{shape.text(one.get('id'))}")
