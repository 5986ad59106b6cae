"""What identifies a work: the keys an entry of a source list has, strongest first.

DOI, arXiv id without version, the venue's own path, the canonical address, and the exact
fingerprint of the title. Nothing here is fuzzy: a false merge states a wrong fact on a page,
a missed one only leaves two entries. A search address identifies nothing.
"""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qs

from backlist import urls
from backlist.model import Source
from backlist.parse.features import addresses, publishers

_SEARCH_HOST = re.compile(r"(?:scholar\.)?google(?:\.[a-z]{2,3}){1,2}|duckduckgo\.com|bing\.com")
_ASKED = {"q", "query", "search", "search_query"}
_PLACEHOLDER = re.compile(r"\b(unknown|various|anonymous|n/?a|authors|cited in)\b", re.IGNORECASE)


def ids(url: str) -> dict[str, str]:
    """The public identifiers an address carries: `doi`, `arxiv`, `openreview`, a venue's path."""
    return publishers.ids(addresses.home(url), urls.split(url))


def is_search(url: str) -> bool:
    """Whether an address is a search, not a place: it shows that no paper was found."""
    if "?" not in url:
        return False
    parts = urls.split(url)
    host = urls.host(url)
    asked = parse_qs(parts.query).keys()
    path = parts.path.rstrip("/")
    if "s" in asked and not path:  # WordPress, "Search": `/?s=words`
        return True
    is_page = path.rpartition("/")[2].lower() in ("search", "special:search", "results")
    return bool(_ASKED & asked) and (is_page or bool(_SEARCH_HOST.fullmatch(host)))


def fingerprint(title: str) -> str | None:
    """The words of a title as an exact key, or None when it is too short to identify a work.

    Accents, case and punctuation go; digits and `+` stay, so that `LoRA+` is not `LoRA`; a
    leading `[Tag]` goes. At least three words or fifteen characters.
    """
    words = title_words(title)
    key = " ".join(words)
    return key if len(words) >= 3 or len(key) >= 15 else None


def title_words(title: str) -> list[str]:
    """The words of a title without accents, case, punctuation and a leading `[Tag]`."""
    text = unicodedata.normalize("NFKD", re.sub(r"^\s*\[[^\]]*\]\s*", "", title))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return re.findall(r"[^\W_]+\+*|\++", text)


def searched_title(source: Source) -> str | None:
    """The title of an entry, or what its search address asks for when it has none."""
    if source.title or source.url is None or not is_search(source.url):
        return source.title
    asked = parse_qs(urls.split(source.url).query).get("q")
    return asked[0] if asked else None


def id_key(source: Source) -> str | None:
    """The strongest key an entry's address gives, `arxiv:2511.11571` or `url:example.org/x`."""
    if source.url is None or is_search(source.url):
        return None
    for kind, ident in ids(source.url).items():
        return f"{kind}:{ident}"
    key = addresses.key(source.url)
    return f"url:{key}" if re.search("[/?#].", key) else None


def title_key(source: Source) -> str | None:
    """The key an entry's title gives."""
    title = searched_title(source)
    mark = fingerprint(title) if title else None
    return f"title:{mark.replace(' ', '-')}" if mark else None


def name_of(url: str, ids: Mapping[str, str]) -> str:
    """What an address without a title is called: its public identifier, or where it lies."""
    for kind, name in (("arxiv", "arXiv"), ("doi", "doi")):
        if kind in ids:
            return f"{name}:{ids[kind]}"
    return _readable(url)


def name_words(authors: str) -> frozenset[str]:
    """The words of a list of authors that can tell one from another; initials and `et al.` go."""
    return frozenset(w for w in title_words(authors) if len(w) > 1) - {"et", "al", "and", "others"}


def is_placeholder(authors: str | None) -> bool:
    """Whether an authors text names nobody: `Unknown`, `MiKV authors`, `Cited in paper`."""
    return not authors or bool(_PLACEHOLDER.search(authors))


def _readable(url: str) -> str:
    """An address as a person reads it: host and last part of the path.

    >>> _readable("https://www.usenix.org/system/files/fast26-zheng.pdf")
    'usenix.org › fast26-zheng.pdf'
    """
    name = urls.file_name(url.rstrip("/"))
    return f"{urls.host(url)} › {name}" if name else urls.host(url) or url
