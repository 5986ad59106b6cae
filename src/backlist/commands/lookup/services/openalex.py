"""OpenAlex API, `/works` (developers.openalex.org)."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from backlist.commands.lookup import titles
from backlist.commands.lookup.records import Author, Form, Found, Question, Record
from backlist.commands.lookup.services import shape
from backlist.commands.lookup.services.shape import Json
from backlist.parse.features import identity

_FIELDS = (
    "id,doi,title,publication_year,type,is_retracted,is_paratext,authorships,"
    "primary_location,locations"
)
_FORMS = {
    "article": Form.PUBLISHED,
    "book-chapter": Form.PUBLISHED,
    "reference-entry": Form.PUBLISHED,
    "report": Form.PUBLISHED,
    "dissertation": Form.PUBLISHED,
    "standard": Form.PUBLISHED,
    "other": Form.PUBLISHED,
    "book": Form.BOOK,
    "preprint": Form.PREPRINT,
}
"""By `type`; what is not here is no work: a review of a peer, a data set, a letter, an erratum."""


def search(base: str, question: Question) -> str:
    """The address that asks for a title; commas, colons and bars would be part of the filter."""
    words = " ".join(shape.search_words(question.title))
    asked = {"filter": f"title.search:{words}", "per_page": shape.ROWS, "select": _FIELDS}
    return f"{base}/works?{urlencode(asked)}"


def by_id(base: str, found: Sequence[Found]) -> str:
    """The address of one DOI, which costs nothing; arXiv's articles have DOIs as well."""
    one = found[0]
    doi = one.doi or (f"10.48550/arxiv.{one.arxiv}" if one.arxiv else "")
    return (
        f"{base}/works/doi:{quote(doi, safe='/')}?{urlencode({'select': _FIELDS})}" if doi else ""
    )


def read(data: bytes) -> list[Record]:
    """The records of a list, or the one that was asked for. Raises `ValueError`."""
    answer = shape.document(data)
    if shape.text(answer.get("id")).startswith("https://openalex.org/W"):
        return [_record(answer)]
    if not isinstance(answer.get("results"), list):
        raise ValueError("is no list of works")
    return [_record(item) for item in shape.items(answer["results"])]


def _record(item: Json) -> Record:
    title, is_marked = titles.without_mark(shape.text(item.get("title")))
    kind, ident = shape.doi_key(item.get("doi"))
    places = [shape.mapping(item.get("primary_location")), *shape.items(item.get("locations"))]
    published = [place for place in places if place and _is_publication(place)]
    known = {key for place in places for key in _keys(_address(place))}
    doi = ident if kind == "doi" else next(_of("doi", known), "")
    arxiv = ident if kind == "arxiv" else next(_of("arxiv", known), "")
    elsewhere = next(_addresses(published if doi or arxiv else places), "")
    is_retracted = item.get("is_retracted") is True
    return Record(
        service="OpenAlex",
        title=title,
        authors=tuple(_authors(item)),
        year=shape.number(item.get("publication_year")),
        form=_form(item, is_at_arxiv=bool(arxiv) and not (doi or elsewhere)),
        doi=doi,
        arxiv=arxiv,
        url=_url(doi, elsewhere, arxiv),
        venue=next(filter(None, map(_venue, published)), ""),
        seen=shape.text(item.get("id")),
        related=frozenset(known),
        retracted=_TAKEN_BACK if is_retracted or is_marked else "",
    )


def _is_publication(place: Json) -> bool:
    """Whether a place is where something was published: no repository that has a copy."""
    return shape.mapping(place.get("source")).get("type") != "repository"


def _address(place: Json) -> str:
    return shape.text(place.get("landing_page_url"))


def _addresses(places: Sequence[Json]) -> Iterator[str]:
    """The addresses of places other than arXiv."""
    yield from (one for one in map(_address, places) if one and "arxiv" not in identity.ids(one))


def _url(doi: str, elsewhere: str, arxiv: str) -> str:
    if doi:
        return f"https://doi.org/{doi}"
    return elsewhere or (f"https://arxiv.org/abs/{arxiv}" if arxiv else "")


def _venue(place: Json) -> str:
    return shape.text(shape.mapping(place.get("source")).get("display_name"))


def _form(item: Json, *, is_at_arxiv: bool) -> Form:
    """What it is; what only arXiv has is a preprint, although OpenAlex may say `article`."""
    form = _FORMS.get(shape.text(item.get("type")), Form.OTHER)
    if item.get("is_paratext") is True:
        return Form.OTHER
    return Form.PREPRINT if is_at_arxiv and form is Form.PUBLISHED else form


def _keys(address: str) -> Iterator[str]:
    yield from (
        f"{kind}:{ident}" for kind, ident in identity.ids(address).items() if kind in _KINDS
    )


_KINDS = ("doi", "arxiv")
_TAKEN_BACK = "OpenAlex lists it as retracted"


def _of(kind: str, keys: set[str]) -> Iterator[str]:
    yield from (key.partition(":")[2] for key in sorted(keys) if key.startswith(f"{kind}:"))


def _authors(item: Json) -> Iterator[Author]:
    for one in shape.items(item.get("authorships")):
        said = shape.mapping(one.get("author")).get("display_name")
        name = shape.name(said) or shape.name(one.get("raw_author_name"))
        if name:
            yield Author(name)
