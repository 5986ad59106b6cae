"""The services that are asked, a module each: how a question is put, how an answer is read.

A module has `search`, the address that asks for a title; `by_id`, the address that asks for what
has identifiers; and `read`, the records of an answer, which raises `ValueError` on anything that
is not of the documented shape.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backlist.commands.lookup.records import Found, Question, Record
from backlist.commands.lookup.services import arxiv, crossref, datacite, openalex

Read = Callable[[bytes], list[Record]]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its name as people know it, its address, and how often it may be asked.

    `interval` is how many seconds lie between two requests of somebody who says who asks,
    `anonymous` of somebody who does not; `concurrent` is how many may be open at a time. `key` is
    the parameter that carries a key, empty where none is used; `batch` how many identifiers one
    request may name.
    """

    ident: str
    name: str
    base: str
    interval: float
    anonymous: float
    concurrent: int
    search: Callable[[str, Question], str]
    by_id: Callable[[str, Sequence[Found]], str]
    read: Read
    key: str = ""
    batch: int = 1


SERVICES: Mapping[str, Service] = {
    one.ident: one
    for one in (
        # "Access and authentication": lists 3 a second, 3 at a time in the polite pool, else 1.
        Service(
            "crossref",
            "Crossref",
            "https://api.crossref.org",
            0.35,
            1.05,
            2,
            crossref.search,
            crossref.by_id,
            crossref.read,
        ),
        # "Rate limit": 1,000 requests in 5 minutes of who is identified, else 500.
        Service(
            "datacite",
            "DataCite",
            "https://api.datacite.org",
            0.35,
            0.65,
            2,
            datacite.search,
            datacite.by_id,
            datacite.read,
        ),
        # "Authentication & Rate Limits": a search costs what a free key has 1,000 times a day, and
        # nobody without a key more than 10 times.
        Service(
            "openalex",
            "OpenAlex",
            "https://api.openalex.org",
            0.1,
            0.1,
            2,
            openalex.search,
            openalex.by_id,
            openalex.read,
            key="api_key",
        ),
        # "Terms of Use for arXiv APIs": one request every three seconds, one at a time.
        Service(
            "arxiv",
            "arXiv",
            "https://export.arxiv.org",
            3.0,
            3.0,
            1,
            arxiv.search,
            arxiv.by_id,
            arxiv.read,
            batch=50,
        ),
    )
}

FIRST = ("crossref", "datacite")
"""Asked for every title: all that has a DOI, and so all of arXiv.

OpenAlex is asked where these do not know: its searches cost money. arXiv is slow, and asked for
titles only where DataCite did not answer.
"""
