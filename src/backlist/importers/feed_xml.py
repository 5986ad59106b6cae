"""From the bytes of a feed to its tree: parsed safely, forgiven where it must be, all of it told.

Elements are matched by namespace address and local name, never by prefix: feeds use `ns0:` for
iTunes, write its address in capitals, and put a default namespace on `<rss>`.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from backlist.problems import Problems, Where

Element = Any

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
"""No entity, no DTD and no address named by a feed is ever followed."""

ITUNES = "itunes"
PODCAST = "podcast"
CONTENT = "content"
ATOM = "atom"

_SPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": ITUNES,
    "https://podcastindex.org/namespace/1.0": PODCAST,
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": PODCAST,
    "http://purl.org/rss/1.0/modules/content/": CONTENT,
    "http://www.w3.org/2005/atom": ATOM,
}
_MOST_ERRORS = 10
_UNREAD = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_ITEM = re.compile(rb"<(?:[\w-]+:)?item[\s>]")


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin as an RSS (or Atom) feed does."""
    start = data[:20_000]
    return (
        re.search(rb"<(?:[\w-]+:)?(?:rss|rdf|feed|channel)[\s>]", start, re.IGNORECASE) is not None
        and re.search(rb"<html[\s>]", start, re.IGNORECASE) is None
    )


def parse(data: bytes, file: str, problems: Problems) -> tuple[Element | None, int]:
    """The root element, or None with the fault told; and the lines before the XML declaration.

    Parsed strictly first, then with recovery, every error line told and the items counted.
    """
    body = data.removeprefix(codecs.BOM_UTF8).lstrip()
    skipped = data[: len(data) - len(body)].count(b"\n")
    try:
        return etree.fromstring(body, etree.XMLParser(**SAFE)), skipped
    except etree.XMLSyntaxError as error:
        strict = error
    root = _decode_and_parse(body, file, problems) if _is_about_encoding(strict) else None
    if root is None:
        root = _recover(body, file, skipped, problems)
    if root is None:
        problems.error(
            Where(file, (strict.lineno or 0) + skipped),
            f"is not XML: {str(strict.msg).split(', line ')[0]}",
            "save the feed again, whole, as the host sends it",
        )
    return root, skipped


def _is_about_encoding(error: etree.XMLSyntaxError) -> bool:
    return re.search("encoding|not proper UTF-8|invalid bytes", str(error), re.I) is not None


def _decode_and_parse(body: bytes, file: str, problems: Problems) -> Element | None:
    """The tree of a feed whose declared encoding is wrong: read as UTF-8, else as cp1252."""
    for encoding in ("utf-8", "cp1252"):
        try:
            text = body.decode(encoding)
            root = etree.fromstring(text.encode(), etree.XMLParser(**SAFE, encoding="utf-8"))
        except (UnicodeDecodeError, etree.XMLSyntaxError):
            continue
        problems.warning(
            Where(file, 1),
            f"the feed is not in the encoding it declares; read as `{encoding}`",
            "look whether letters with accents came out right",
        )
        return root
    return None


def _recover(body: bytes, file: str, skipped: int, problems: Problems) -> Element | None:
    parser = etree.XMLParser(**SAFE, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    errors = list(parser.error_log)
    for error in errors[:_MOST_ERRORS]:
        problems.warning(
            Where(file, error.line + skipped),
            f"the feed is not well-formed: {error.message.strip()}",
            "look whether the episode near this line was read whole",
        )
    if len(errors) > _MOST_ERRORS:
        problems.warning(
            Where(file), f"{len(errors) - _MOST_ERRORS} more places are not well-formed"
        )
    shown = _UNREAD.sub(b"", body)
    named, found = len(_ITEM.findall(shown)), len(list(find_items(root)))
    if named != found:
        problems.warning(
            Where(file), f"{named} items are named, {found} could be read", "repair the feed's XML"
        )
    return root


def find_items(root: Element) -> Iterator[Element]:
    """The `<item>` elements in document order, whatever namespace RSS itself is put in."""
    return (element for element in root.iter() if name_of(element) == ("", "item"))


def name_of(element: Element) -> tuple[str, str]:
    """An element's namespace, as a known short name or an address, and its local name."""
    if not isinstance(element.tag, str):
        return "", ""
    space, _, local = element.tag.rpartition("}")
    space = space.lstrip("{").strip()
    short = _SPACES.get(space.lower().rstrip(), "")
    if not short and space and space != _rss_space(element):
        # An undeclared prefix survives recovery as part of the name.
        return space, local
    if not space and ":" in local:
        prefix, _, local = local.partition(":")
        return prefix.lower(), local
    return short, local


def _rss_space(element: Element) -> str:
    root = element.getroottree().getroot()
    space: str = root.tag.rpartition("}")[0].lstrip("{") if isinstance(root.tag, str) else ""
    return space


def children(element: Element) -> dict[tuple[str, str], list[Element]]:
    """An element's children by name, each name's in order."""
    found: dict[tuple[str, str], list[Element]] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(name_of(child), []).append(child)
    return found


def text_of(element: Element | None) -> str:
    """An element's text as it stands, with that of elements a feed forgot to escape."""
    return "" if element is None else "".join(element.itertext())


def attributes(element: Element) -> Mapping[str, str]:
    """An element's attributes by local name, lower case."""
    return {str(key).rpartition("}")[2].lower(): str(value) for key, value in element.items()}


def raw_fields(element: Element) -> dict[str, str]:
    """An element's children as text: `space:name` and `space:name@attribute`, repeats counted."""
    raw: dict[str, str] = {}
    for (space, local), found in children(element).items():
        for count, child in enumerate(found, 1):
            name = f"{space}:{local}" if space else local
            name += f"[{count}]" if len(found) > 1 else ""
            words = text_of(child)
            if words.strip() or not child.attrib:
                raw[name] = words
            raw |= {f"{name}@{key}": value for key, value in attributes(child).items()}
    return raw
