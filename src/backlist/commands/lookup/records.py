"""What is asked, what services answer, and what came of it. Plain frozen data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from backlist.model import Verdict


@dataclass(frozen=True, slots=True)
class Author:
    """A name as a service has it: in two parts, or only whole (`given` is then empty)."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """As it is shown, `Ann Owl`."""
        return f"{self.given} {self.family}".strip()


class Form(StrEnum):
    """What a service says a thing is, as far as it matters here."""

    PUBLISHED = "published"
    """A paper, a chapter, a report, a thesis, a post."""
    BOOK = "book"
    PREPRINT = "preprint"
    OTHER = "other"
    """A data set, slides, a review, a notice: never the paper itself."""


@dataclass(frozen=True, slots=True)
class Record:
    """One answer of one service.

    `doi` is folded, `arxiv` without a version; both are empty where there is none. `year` is 0
    where it is unknown. `related` are keys (`doi:…`, `arxiv:…`) of what the service calls the
    same work: a preprint, its publication. `retracted` says in words that it was taken back, and
    `retracts` names the DOIs that this record, a notice, takes back.
    """

    service: str
    title: str
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    year: int = 0
    form: Form = Form.PUBLISHED
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    venue: str = ""
    seen: str = ""
    related: frozenset[str] = frozenset()
    retracted: str = ""
    retracts: frozenset[str] = frozenset()

    @property
    def full_title(self) -> str:
        """The title with its subtitle, once."""
        if not self.subtitle or self.subtitle.casefold() in self.title.casefold():
            return self.title
        return f"{self.title.rstrip(' :')}: {self.subtitle}"

    @property
    def keys(self) -> frozenset[str]:
        """Its identifiers as keys."""
        return _keys(self.doi, self.arxiv)


def _keys(doi: str, arxiv: str) -> frozenset[str]:
    named = (("doi", doi), ("arxiv", arxiv))
    return frozenset(f"{kind}:{ident}" for kind, ident in named if ident)


@dataclass(frozen=True, slots=True)
class Question:
    """A work as its sources word it: what is looked for.

    `work` is its id in the archive, `names` what `known_as` would call it, `places` its sources
    as episode (slug) and number. `authors` and `year` are texts as given, empty without any.
    """

    work: str
    title: str
    authors: str = ""
    year: str = ""
    names: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A work in the services: its publication and its preprint as one, with both identifiers.

    Title, authors, year, venue and address are those of the publication, or of the preprint where
    no publication is known (`is_preprint`). `years` are all years it has, `preprint_year` the
    earliest of a preprint (0 without one); `seen` are addresses of the records that say so.
    """

    title: str
    titles: tuple[str, ...]
    authors: tuple[Author, ...]
    year: int
    years: frozenset[int]
    venue: str = ""
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    is_preprint: bool = False
    preprint_year: int = 0
    is_other: bool = False
    services: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    retracted: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Its identifiers as keys."""
        return _keys(self.doi, self.arxiv)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one found work has to do with a question.

    `score` is from 0 to 1; `differs` names what the sources say otherwise (`title`, `authors`,
    `year`), and `against` why it is not accepted, empty where it is. `is_likely` says that it is
    worth a person's look all the same.
    """

    found: Found
    score: float
    differs: tuple[str, ...] = ()
    against: str = ""
    is_likely: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A question with its answer; `candidates` are what was found instead, the likeliest first.

    `unanswered` are services that gave no answer: what is unknown may be known to them.
    """

    question: Question
    verdict: Verdict
    match: Judged | None = None
    candidates: tuple[Judged, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How a run asks.

    `episodes` are slugs or files of those it is about (none: all). `again` also asks about works
    that have identifiers already, for retractions. `offline` answers only from what was asked
    before, `refresh` asks anew. `dry_run` writes nothing. `mail` is how services reach who asks;
    `services` maps a service's name to another base address; `keys` has its key, where one
    is needed.
    """

    episodes: tuple[str, ...] = ()
    again: bool = False
    offline: bool = False
    refresh: bool = False
    dry_run: bool = False
    mail: str = ""
    services: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, what it wrote, and how services answered.

    `written` are the findings that are now in `content/works.yaml`; `checked` counts the papers
    that were known before and asked about again. `silent` counts, by service, the questions that
    it did not answer, and `reasons` says why in words. `requests` counts those made.
    """

    findings: tuple[Finding, ...] = ()
    written: tuple[Finding, ...] = ()
    silent: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    checked: int = 0
    requests: int = 0


Watch = Callable[[str, int, int], None]


def unwatched(what: str, done: int, of: int) -> None:
    """For runs that nobody watches."""
