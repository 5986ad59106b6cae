"""Stand-ins for Crossref, DataCite, OpenAlex and arXiv: answers of our own in their documented
shapes, made from facts about papers. They always answer something, as the real ones do."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.serving import respond

SERVICES = ("crossref", "datacite", "openalex", "arxiv")
ROWS = 5
HANGS = 0
"""The status of a service that takes a request and says nothing."""


@dataclass(frozen=True)
class Paper:
    """What there is to know of a paper; `authors` as `Given Family`.

    `kind` is `article`, `book`, `dataset`, `peer-review` or `notice`. `preprint_year` is that of
    arXiv, `notice_of` the DOI that a notice retracts. `only` names the services that have it.
    """

    title: str
    authors: tuple[str, ...] = ()
    year: int = 0
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    subtitle: str = ""
    kind: str = "article"
    preprint_year: int = 0
    preprint_title: str = ""
    retracted: bool = False
    withdrawn: bool = False
    notice_of: str = ""
    url: str = ""
    only: tuple[str, ...] = ()

    def services(self) -> tuple[str, ...]:
        """The services that have it."""
        if self.only:
            return self.only
        found = ["openalex"] if self.kind in ("article", "book") else []
        if self.doi:
            found.append("datacite" if self.kind == "dataset" else "crossref")
        if self.arxiv:
            found += ["datacite", "arxiv"]
        return tuple(found)

    @property
    def full_title(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def _parts(name: str) -> tuple[str, str]:
    given, _, family = name.rpartition(" ")
    return given, family


CROSSREF_KINDS = {
    "article": "proceedings-article",
    "book": "monograph",
    "notice": "journal-article",
}


def crossref_item(paper: Paper) -> dict[str, Any]:
    item: dict[str, Any] = {
        "DOI": paper.doi.upper(),
        "title": [paper.title],
        "author": [
            {"given": given, "family": family, "sequence": "first" if n == 0 else "additional"}
            if given
            else {"name": family, "sequence": "first"}
            for n, (given, family) in enumerate(map(_parts, paper.authors))
        ],
        "issued": {"date-parts": [[paper.year, 3, 18] if paper.year else [None]]},
        "type": CROSSREF_KINDS.get(paper.kind, paper.kind),
        "container-title": [paper.venue] if paper.venue else [],
    }
    if paper.subtitle:
        item["subtitle"] = [paper.subtitle]
    if paper.retracted:
        item["updated-by"] = [
            {"DOI": "10.5555/notice.1", "type": "retraction", "source": "retraction-watch"}
        ]
    if paper.notice_of:
        item["update-to"] = [{"DOI": paper.notice_of, "type": "retraction", "label": "Retraction"}]
    return item


def crossref_list(items: Sequence[dict[str, Any]]) -> bytes:
    message = {"total-results": 4_200_000, "items": [*items], "items-per-page": 8}
    return json.dumps(
        {
            "status": "ok",
            "message-type": "work-list",
            "message-version": "1.0.0",
            "message": message,
        }
    ).encode()


def openalex_item(paper: Paper) -> dict[str, Any]:
    doi = paper.doi or (f"10.48550/arxiv.{paper.arxiv}" if paper.arxiv else "")
    places = [f"https://doi.org/{paper.doi}"] if paper.doi else []
    places += [f"http://arxiv.org/abs/{paper.arxiv}"] if paper.arxiv else []
    places += [paper.url] if paper.url else []
    locations = [
        {"landing_page_url": one, "source": _openalex_source(one, paper)} for one in places
    ]
    is_preprint = bool(paper.arxiv and not paper.doi and not paper.url)
    kinds = {"article": "preprint" if is_preprint else "article"}
    return {
        "id": f"https://openalex.org/W{sum(map(ord, paper.full_title)) + 2_000_000_000}",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "title": paper.full_title,
        "publication_year": paper.year or None,
        "type": kinds.get(paper.kind, paper.kind),
        "is_retracted": paper.retracted,
        "is_paratext": False,
        "authorships": [
            {"author_position": "middle", "author": {"display_name": name}, "raw_author_name": name}
            for name in paper.authors
        ],
        "primary_location": locations[0] if locations else None,
        "locations": locations,
    }


def _openalex_source(address: str, paper: Paper) -> dict[str, str] | None:
    if "arxiv.org" in address:
        return {"display_name": "arXiv (Cornell University)", "type": "repository"}
    return {"display_name": paper.venue, "type": "conference"} if paper.venue else None


def openalex_list(items: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"meta": {"count": len(items), "page": 1}, "results": [*items]}).encode()


def datacite_item(paper: Paper) -> dict[str, Any]:
    is_data = paper.kind == "dataset"
    doi = paper.doi if is_data or not paper.arxiv else f"10.48550/arxiv.{paper.arxiv}"
    return {
        "id": doi,
        "type": "dois",
        "attributes": {
            "doi": doi,
            "titles": [{"title": paper.preprint_title or paper.full_title}],
            "creators": [
                {
                    "name": f"{family}, {given}" if given else family,
                    "nameType": "Personal" if given else "Organizational",
                    "givenName": given or None,
                    "familyName": family if given else None,
                }
                for given, family in map(_parts, paper.authors)
            ],
            "publicationYear": paper.preprint_year or paper.year or None,
            "publisher": "Zenodo" if is_data else "arXiv",
            "types": {"resourceTypeGeneral": "Dataset" if is_data else "Preprint"},
            "relatedIdentifiers": [],
        },
    }


def datacite_list(items: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"data": [*items], "meta": {"total": len(items)}, "links": {}}).encode()


def arxiv_entry(paper: Paper) -> str:
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    comment = "This paper has been withdrawn by the authors." if paper.withdrawn else "12 pages"
    doi = f"<arxiv:doi>{escape(paper.doi)}</arxiv:doi>" if paper.doi else ""
    year = paper.preprint_year or paper.year
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv}v2</id>"
        f"<title>{escape(paper.preprint_title or paper.full_title)}</title>"
        f"<published>{year}-05-01T10:00:00Z</published><updated>2025-01-01T10:00:00Z</updated>"
        f"<summary>We study it.</summary>{people}"
        f"<arxiv:comment>{comment}</arxiv:comment>{doi}</entry>"
    )


def arxiv_feed(entries: Sequence[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<title>arXiv Query</title>{''.join(entries)}</feed>"
    ).encode()


def answer_list(service: str, papers: Sequence[Paper]) -> bytes:
    """What a service answers that has found these papers."""
    if service == "crossref":
        return crossref_list([crossref_item(one) for one in papers])
    if service == "openalex":
        return openalex_list([openalex_item(one) for one in papers])
    if service == "datacite":
        return datacite_list([datacite_item(one) for one in papers])
    return arxiv_feed([arxiv_entry(one) for one in papers])


def ranked(words: str, papers: Sequence[Paper]) -> list[Paper]:
    """The papers a search puts first: those with most of the words, and always some."""
    asked = _words_in(words)
    return sorted(papers, key=lambda one: -len(asked & _words_of(one)))[:ROWS]


@cache
def _words_of(paper: Paper) -> frozenset[str]:
    return _words_in(f"{paper.full_title} {paper.preprint_title} {' '.join(paper.authors)}")


def _words_in(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


@dataclass
class StandIns:
    """Four services that have papers between them; `asked` are the requests that came.

    `instead` has what a service answers before it comes to its senses: status, headers, body.
    """

    papers: list[Paper] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    address: str = ""
    over: Event = field(default_factory=Event)
    instead: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)

    def of(self, service: str) -> list[Paper]:
        return [one for one in self.papers if service in one.services()]

    def count(self, service: str) -> int:
        return sum(one.startswith(f"/{service}/") for one in self.asked)

    def answer(self, service: str, path: str, query: dict[str, list[str]]) -> tuple[int, bytes]:
        having = self.of(service)
        if service == "arxiv" and "id_list" in query:
            ids = query["id_list"][0].split(",")
            return 200, answer_list(service, [one for one in having if one.arxiv in ids])
        by_doi = re.fullmatch(r"/works/(?:doi:)?(10\..+)", path)
        if by_doi:
            doi = by_doi[1].lower()
            found = next((one for one in having if doi in _dois(one)), None)
            return (200, _single(service, found)) if found else (404, b"Resource not found.")
        words = " ".join(value for values in query.values() for value in values)
        return 200, answer_list(service, ranked(words, having))

    def bases(self, address: str) -> dict[str, str]:
        """The address of each service at the server of this address."""
        return {one: f"{address.rstrip('/')}/{one}" for one in SERVICES}

    def handler(self) -> type[BaseHTTPRequestHandler]:
        class Handler(_Handler):
            stand_ins = self

        return Handler


def _dois(paper: Paper) -> tuple[str, ...]:
    return (paper.doi.lower(), f"10.48550/arxiv.{paper.arxiv}")


def _single(service: str, paper: Paper) -> bytes:
    if service == "openalex":
        return json.dumps(openalex_item(paper)).encode()
    message = crossref_item(paper)
    return json.dumps({"status": "ok", "message-type": "work", "message": message}).encode()


class _Handler(BaseHTTPRequestHandler):
    stand_ins: ClassVar[StandIns]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        _, service, rest = parts.path.split("/", 2)
        self.stand_ins.asked.append(self.path)
        self.stand_ins.agents.append(self.headers["User-Agent"])
        waiting = self.stand_ins.instead.get(service)
        if waiting:
            status, headers, body = waiting.pop(0)
            if status == HANGS:
                self.stand_ins.over.wait()
                return
        else:
            headers = {}
            status, body = self.stand_ins.answer(
                service, "/" + unquote(rest), parse_qs(parts.query)
            )
        respond(self, status, body, headers)
