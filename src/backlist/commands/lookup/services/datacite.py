"""DataCite REST API, `/dois` (support.datacite.org, "Queries and Filtering"): also all of arXiv."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from backlist.commands.lookup import titles
from backlist.commands.lookup.records import Author, Form, Found, Question, Record
from backlist.commands.lookup.services import shape
from backlist.commands.lookup.services.shape import Json

_FORMS = {
    "Preprint": Form.PREPRINT,
    "Book": Form.BOOK,
    "JournalArticle": Form.PUBLISHED,
    "ConferencePaper": Form.PUBLISHED,
    "BookChapter": Form.PUBLISHED,
    "Report": Form.PUBLISHED,
    "Dissertation": Form.PUBLISHED,
    "Text": Form.PUBLISHED,
}
"""By `resourceTypeGeneral` (DataCite 4, appendix); data sets, software and slides are no papers."""

_SAME = (
    "IsVersionOf",
    "HasVersion",
    "IsPreprintOf",
    "HasPreprint",
    "IsIdenticalTo",
    "IsPublishedIn",
)


def search(base: str, question: Question) -> str:
    """The address that asks for words of a title: those first that have most of them.

    Without `sort` the newest would be first.
    """
    words = " OR ".join(shape.search_words(question.title))
    asked = {
        "query": f"titles.title:({words})",
        "sort": "relevance",
        "page[number]": 1,
        "page[size]": shape.ROWS,
        "disable-facets": "true",
    }
    return f"{base}/dois?{urlencode(asked)}"


def by_id(base: str, found: Sequence[Found]) -> str:
    """Nothing: what is taken back at arXiv, arXiv says itself."""
    return ""


def read(data: bytes) -> list[Record]:
    """The records of a list. Raises `ValueError`."""
    found = shape.document(data).get("data")
    if not isinstance(found, list):
        raise ValueError("is no list of DOIs")
    return [_record(shape.mapping(item.get("attributes"))) for item in shape.items(found)]


def _record(item: Json) -> Record:
    named = list(shape.items(item.get("titles")))
    main = [shape.text(one.get("title")) for one in named if not one.get("titleType")]
    below = [shape.text(one.get("title")) for one in named if one.get("titleType") == "Subtitle"]
    title, is_marked = titles.without_mark(next(iter(main), ""))
    kind, ident = shape.doi_key(item.get("doi"))
    general = shape.text(shape.mapping(item.get("types")).get("resourceTypeGeneral"))
    form = Form.PREPRINT if kind == "arxiv" else _FORMS.get(general, Form.OTHER)
    doi = ident if kind == "doi" else ""
    arxiv = ident if kind == "arxiv" else ""
    address = f"https://arxiv.org/abs/{arxiv}" if arxiv else f"https://doi.org/{doi}" if doi else ""
    return Record(
        service="DataCite",
        title=title,
        subtitle=next(iter(below), ""),
        authors=tuple(_authors(item)),
        year=shape.number(item.get("publicationYear")),
        form=form,
        doi=doi,
        arxiv=arxiv,
        url=address,
        venue="" if arxiv else _publisher(item),
        seen=address,
        related=frozenset(filter(None, _related(item))),
        retracted="marked as withdrawn in its title" if is_marked else "",
    )


def _publisher(item: Json) -> str:
    """A name; newer answers have it in an object."""
    said = item.get("publisher")
    return shape.text(shape.mapping(said).get("name")) or shape.text(said)


def _authors(item: Json) -> Iterator[Author]:
    for one in shape.items(item.get("creators")):
        family, given = shape.name(one.get("familyName")), shape.name(one.get("givenName"))
        name = shape.name(one.get("name"))
        if not family and one.get("nameType") != "Organizational":
            family, _, given = (part.strip() for part in name.partition(","))
        if family or name:
            yield Author(family or name, given)


def _related(item: Json) -> Iterator[str]:
    for one in shape.items(item.get("relatedIdentifiers")):
        if one.get("relationType") not in _SAME:
            continue
        value = shape.text(one.get("relatedIdentifier"))
        if one.get("relatedIdentifierType") == "DOI":
            yield shape.key(value)
        if one.get("relatedIdentifierType") == "arXiv":
            yield shape.key(f"10.48550/arXiv.{value.removeprefix('arXiv:')}")
