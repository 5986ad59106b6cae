"""Every link, image and anchor inside the built pages leads somewhere."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import html

from backlist import urls
from backlist.output import Output, Outputs
from backlist.pages.embeds import FRAME
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive

_ADDRESSES = (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("iframe", "src"))


@dataclass(frozen=True, slots=True)
class _Page:
    anchors: frozenset[str]
    addresses: tuple[str, ...]


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report each broken internal address once a page, by the file a person would edit."""
    base = urls.base_path(archive.site.base_url)
    pages = {output.path: _read(output) for output in outputs.values() if _is_ours(output)}
    for path, page in pages.items():
        for address in dict.fromkeys(page.addresses):
            fault = _fault(address, path, base, pages, outputs)
            if fault:
                source = outputs[path].source or path
                problems.error(
                    Where(source),
                    f"broken link on {path}: {address} ({fault})",
                    "mend the address, or make what it names",
                )


def _is_ours(output: Output) -> bool:
    """Pages of ours; a visualization's own page is other people's and framed."""
    theirs = output.maker == "visualizations" and output.path.endswith(f"/{FRAME}")
    return output.path.endswith(".html") and isinstance(output.content, bytes) and not theirs


def _read(output: Output) -> _Page:
    root = html.document_fromstring(output.read().decode())
    anchors = {str(value) for value in root.xpath("//@id | //a/@name")}
    return _Page(frozenset(anchors), tuple(_addresses(root)))


def _addresses(root: html.HtmlElement) -> Iterator[str]:
    for tag, name in _ADDRESSES:
        for element in root.iter(tag):
            address = element.get(name)
            # A `data:` address is its own content and leads nowhere.
            if address is not None and not address.startswith("data:"):
                yield address


def _fault(address: str, path: str, base: str, pages: Mapping[str, _Page], outputs: Outputs) -> str:
    """What is wrong with an address on the page at `path`; empty when it is sound or outside."""
    parts = urls.split(address)
    if parts.scheme or parts.netloc:
        return ""
    target = _target(unquote(parts.path), path, base)
    if target not in outputs:
        return f"nothing is published at {target}"
    moment = parts.fragment.startswith("t=")
    anchored = parts.fragment and not moment and target in pages
    if anchored and unquote(parts.fragment) not in pages[target].anchors:
        return f"{target} has no anchor `{parts.fragment}`"
    return ""


def _target(address: str, path: str, base: str) -> str:
    """The output path an address stands for on the page at `path`."""
    if not address:
        return path
    if address.startswith("/"):
        joined = address.removeprefix(base) if address.startswith(base) else f"..{address}"
    else:
        joined = posixpath.join(posixpath.dirname(path), address)
    target = posixpath.normpath(joined) if joined else "."
    folder = address.endswith("/") or target in (".", "")
    return posixpath.normpath(posixpath.join(target, "index.html")) if folder else target
