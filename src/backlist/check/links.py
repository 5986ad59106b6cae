"""Every link, image and anchor inside the built pages leads somewhere."""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from backlist import content, urls
from backlist.files.output import Output, Outputs
from backlist.model import Site
from backlist.pages.context import place_of
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive

_ANCHORS = etree.XPath("//@id | //a/@name", smart_strings=False)
_ADDRESSES = etree.XPath(
    "//a/@href | //link/@href | //img/@src | //script/@src | //iframe/@src", smart_strings=False
)
_ELSEWHERE = ("https://", "http://", "data:")
"""What most addresses that lead out of the site begin with; a `data:` address leads nowhere."""


@dataclass(frozen=True)
class PageFacts:
    """What can be linked to on a page, and what it links to inside the site.

    `links` are each address as it is written, the output path it stands for, and its anchor; those
    to places of the same page that are there are left out.
    """

    anchors: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]


class FactReader:
    """Reads the facts of pages of a site whose base URL has the path `base`."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._from_root: dict[tuple[str, int], tuple[str, str] | None] = {}
        self._shared: dict[tuple[str, str, str], tuple[str, str, str]] = {}

    def __call__(self, output: Output, data: bytes) -> PageFacts:
        """The facts of a page."""
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
        if root is None:
            return PageFacts((), ())
        anchors = dict.fromkeys(_ANCHORS(root))
        addresses = dict.fromkeys(_ADDRESSES(root))
        links = [
            link
            for link in self._inside(addresses, output.path)
            if link[1] != output.path or (link[2] and link[2] not in anchors)
        ]
        return PageFacts(tuple(anchors), tuple(links))

    def share(self, facts: PageFacts) -> PageFacts:
        """The same facts: what other pages have as well is one object with theirs."""
        one = self._shared.setdefault
        links = [one(link, link) for link in facts.links]
        return PageFacts(tuple(map(sys.intern, facts.anchors)), tuple(links))

    def _inside(self, addresses: Mapping[str, None], path: str) -> Iterator[tuple[str, str, str]]:
        depth = path.count("/")
        way = "../" * depth
        for address in addresses:
            if address.startswith(_ELSEWHERE):
                continue
            # Most lead by way of the home page, to the same place from every page as deep.
            if not depth or not address.startswith(way) or ".." in address[len(way) :]:
                led = self._lead(address, path)
            elif (address, depth) in self._from_root:
                led = self._from_root[address, depth]
            else:
                led = self._from_root[address, depth] = self._lead(address, path)
            if led:
                yield address, *led

    def _lead(self, address: str, path: str) -> tuple[str, str] | None:
        """The output path and the anchor that an address leads to; None where it leads out."""
        parts = urls.split(address)
        if parts.scheme or parts.netloc:
            return None
        target = urls.output_path(parts.path, path, self.base)
        moment = parts.fragment.startswith("t=")
        return target, "" if moment else unquote(parts.fragment)


def check(
    pages: Mapping[str, PageFacts], outputs: Outputs, archive: Archive, problems: Problems
) -> None:
    """Report each broken internal address once a page, by the file a person would edit.

    What `site.yaml` names is on every page, and told of once. An anchor that imported notes name
    wrongly leads to the top of its page, which is no error.
    """
    entries = {entry.file: entry for entry in archive.entries}
    everywhere = _of_settings(archive)
    for path, page in pages.items():
        for address, target, anchor in page.links:
            if target not in outputs:
                fault = f"nothing is published at {target}"
            elif anchor and target in pages and anchor not in pages[target].anchors:
                fault = f"{target} has no anchor `{anchor}`"
            else:
                continue
            named = everywhere.get((target, anchor))
            if named:
                name, url = named
                message = f"`{name}` leads nowhere: {url} ({fault})"
                problems.error(Where(content.SITE), message, _remedy(url))
                continue
            file = outputs[path].source or path
            entry = entries.get(file)
            report = problems.warning if entry and entry.is_imported else problems.error
            report(
                Where(file, entry.line_of(address.lstrip("./")) if entry else 0),
                f"broken link on {path}: {address} ({fault})",
                _remedy(address),
            )


def _of_settings(archive: Archive) -> dict[tuple[str, str], tuple[str, str]]:
    """What `site.yaml` calls the links it puts on every page, by output path and anchor."""
    places = ((place_of(url), (name, url)) for name, url in _named(archive.site))
    return {
        (target, unquote(rest.partition("#")[2])): one for (target, rest), one in places if target
    }


def _named(site: Site) -> Iterator[tuple[str, str]]:
    """Each address in the settings that may be of this site, and what to call it by."""
    yield from ((one.label, one.url) for one in site.navigation)
    yield from ((one.label, one.url) for one in (*site.subscribe, *site.social))
    yield from (("newsletter", one) for one in (site.newsletter,) if one)
    yield from (("contact", one) for one in (site.contact,) if one)


_OUTSIDE = re.compile(
    r"(?:www\.[^/?#]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|fm|dev|app|tv|de|fr|uk))"
    r"(?:[/?#].*)?",
    re.IGNORECASE,
)


def _remedy(address: str) -> str:
    if _OUTSIDE.fullmatch(address):
        return f"write the whole address: https://{address}"
    if re.fullmatch(r"[\w.+-]+@[\w.-]+", address):
        return f"write `mailto:` before it: mailto:{address}"
    return "correct the address, or create what it names"
