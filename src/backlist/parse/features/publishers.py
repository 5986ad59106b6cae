"""Public identifiers in the addresses of publishers, repositories and libraries.

An identifier is read only at hosts that are known to put it there, from a path of exactly the
shape they document. A slide deck, a supplement or a comment beside a paper is not the paper.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, parse_qs, unquote

_ARXIV_ID = r"((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7})|\d{4}\.\d{4,5})(?:v\d+)?"
_ARXIV = re.compile(rf"/(?:abs|pdf|html|format|ps|e-print)/{_ARXIV_ID}(?:\.pdf)?/?")
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV_ID}", re.IGNORECASE)
_IS_DOI = re.compile(r"/(?:doi:)?(10\.\d{4,9}(?:\.\d+)*/[^\s]+)", re.IGNORECASE)
_DOI = r"(10\.\d{4,9}(?:\.\d+)*/[^/?#\s]+)"
"""A DOI with one slash, in a path where more may follow: figures, tables, supplements."""

_IN_DOI_PATH = re.compile(
    r"/doi/(?:(?:abs|full|fullHtml|full-html|pdf|epdf|pdfplus|pdfdirect|epub|reader|"
    rf"book|proceedings)/)?{_DOI}"
)


def ids(host: str, parts: SplitResult) -> dict[str, str]:
    """The identifiers in the parts of an address at a host without mirrors; mostly none."""
    reader = _READERS.get(host)
    found = reader(parts) if reader else None
    return dict([found]) if found else {}


Found = tuple[str, str] | None


def _arxiv(parts: SplitResult) -> Found:
    """arXiv, "Understanding the arXiv identifier": versions and forms of one article."""
    match = _ARXIV.fullmatch(parts.path)
    return ("arxiv", _without_class(match[1])) if match else None


def _without_class(ident: str) -> str:
    """An old identifier without its optional subject class: `math.GT/0309136`."""
    return re.sub(r"\.[A-Z]{2}/", "/", ident)


def _doi(parts: SplitResult) -> Found:
    match = _IS_DOI.fullmatch(unquote(parts.path))
    return _named_doi(match[1]) if match else None


def _named_doi(doi: str) -> Found:
    """A DOI folded as the DOI Handbook, 2.4, says; arXiv's own DOIs are its identifiers."""
    article = _ARXIV_DOI.fullmatch(doi)
    if article:
        return "arxiv", _without_class(article[1])
    return "doi", "".join(c.lower() if c.isascii() else c for c in doi).rstrip("/")


def _doi_path(parts: SplitResult) -> Found:
    """Atypon, whose sites show an article at `/doi/`, and its forms below."""
    match = _IN_DOI_PATH.fullmatch(unquote(parts.path))
    return _named_doi(match[1]) if match else None


def _springer(parts: SplitResult) -> Found:
    match = re.fullmatch(
        rf"/(?:article|chapter|book|referenceworkentry|content/pdf)/{_DOI}", unquote(parts.path)
    )
    return _named_doi(match[1].removesuffix(".pdf")) if match else None


def _preprint(parts: SplitResult) -> Found:
    """A preprint at bioRxiv or medRxiv (FAQ): one DOI for all versions of a preprint."""
    match = re.fullmatch(
        r"/content/(10\.\d{4,9}/[\d.]+?)(?:v\d+)?(?:\.abstract|\.full(?:-text)?)?(?:\.pdf)?/?",
        parts.path,
    )
    return _named_doi(match[1]) if match else None


def _plos(parts: SplitResult) -> Found:
    given = parse_qs(parts.query).get("id", [""])[0]
    match = re.fullmatch(_DOI, given)
    is_article = re.fullmatch(r"/\w+/article(?:/file)?", parts.path)
    return _named_doi(match[1]) if match and is_article and "type=supp" not in parts.query else None


def _openreview(parts: SplitResult) -> Found:
    """A submission as page or PDF; a `noteId` of its own is somebody's comment on it."""
    asked = parse_qs(parts.query)
    ident = asked.get("id", [""])[0]
    about = asked.get("noteId", [ident])[0] == ident
    return ("openreview", ident) if ident and about and parts.path in _OPENREVIEW else None


_OPENREVIEW = ("/forum", "/pdf")


def _usenix(parts: SplitResult) -> Found:
    """USENIX names the file of a paper after its conference and the page it is presented at."""
    match = re.fullmatch(r"/system/files/(?:conference/\w+/)?([\w.-]+?)\.pdf", parts.path)
    if match:
        return "usenix", match[1].lower()
    match = re.fullmatch(r"/conference/(\w+)/presentation/([\w-]+)/?", parts.path)
    conference = re.sub("^usenixsecurity", "sec", match[1]) if match else ""
    return ("usenix", f"{conference}-{match[2]}".lower()) if match else None


def _acl(parts: SplitResult) -> Found:
    """ACL Anthology, "Anthology identifiers"; a version is `v2` at the end."""
    match = re.fullmatch(
        r"/(?:anthology/)?(?:papers/\w/\w+/)?"
        r"([A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)(?:v\d+)?(?:\.pdf)?/?",
        parts.path,
    )
    return ("aclanthology", match[1].lower()) if match else None


def _pubmed(parts: SplitResult) -> Found:
    """PubMed and PubMed Central Help: one number an article, at two hosts each."""
    match = re.fullmatch(r"(?:/pubmed)?/(\d+)/?", parts.path)
    if match:
        return "pmid", match[1]
    match = re.fullmatch(r"(?:/pmc)?/articles/(PMC\d+)(?:/pdf(?:/[^/]*)?)?/?", parts.path)
    return ("pmcid", match[1]) if match else None


def _neurips(parts: SplitResult) -> Found:
    """NeurIPS proceedings: a paper is its hash, as abstract and as PDF."""
    match = re.fullmatch(
        r"/paper(?:_files/paper)?/\d{4}/(?:hash|file)/"
        r"([0-9a-f]{32})-(?:Abstract|Paper)(?:-[\w-]+)?\.(?:html|pdf)",
        parts.path,
    )
    return ("neurips", match[1]) if match else None


def _mlr(parts: SplitResult) -> Found:
    """PMLR: `v70/finn17a.html` is the page of `v70/finn17a/finn17a.pdf`."""
    match = re.fullmatch(r"/(v\d+)/([\w-]+?)(?:\.html|/\2\.pdf)?", parts.path)
    return ("pmlr", f"{match[1]}/{match[2]}") if match else None


_READERS: Mapping[str, Callable[[SplitResult], Found]] = {
    "arxiv.org": _arxiv,
    # readers of arXiv that keep its identifiers in its own places
    "ar5iv.org": _arxiv,
    "ar5iv.labs.arxiv.org": _arxiv,
    "alphaxiv.org": _arxiv,
    "doi.org": _doi,
    "dl.acm.org": _doi_path,
    "onlinelibrary.wiley.com": _doi_path,
    "tandfonline.com": _doi_path,
    "journals.sagepub.com": _doi_path,
    "pubs.acs.org": _doi_path,
    "science.org": _doi_path,
    "pnas.org": _doi_path,
    "link.springer.com": _springer,
    "biorxiv.org": _preprint,
    "medrxiv.org": _preprint,
    "journals.plos.org": _plos,
    "openreview.net": _openreview,
    "usenix.org": _usenix,
    "aclanthology.org": _acl,
    "pubmed.ncbi.nlm.nih.gov": _pubmed,
    "pmc.ncbi.nlm.nih.gov": _pubmed,
    "ncbi.nlm.nih.gov": _pubmed,
    "proceedings.neurips.cc": _neurips,
    "proceedings.mlr.press": _mlr,
}
