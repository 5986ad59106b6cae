"""From the bytes of a feed to its tree: parsed safely, forgiven where it must be, all of it told.

libxml2 is reported neither to fetch nor to expand anything, and its limits stay on: a feed whose
entities multiply is refused.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from html import escape
from html.entities import html5
from typing import Any

from lxml import etree

from backlist.feed.reader import control
from backlist.feed.vocabulary import XHTML, Name, names, prefix_of
from backlist.problems import Level, Problems, Where

Element = Any

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""No entity, no DTD and no address named by a feed is ever followed.

`huge_tree` would lift libxml2's guard against entities that multiply (XML_PARSE_HUGE); without it
a single text may have 10 MB, many times what show notes have.
"""

_MOST_ERRORS = 10
_UNREAD = re.compile(rb"<!--|<!\[CDATA\[")
_ITEM = re.compile(rb"<(?:[\w-]+:)?item[\s>]")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_NUMBERED = re.compile(rb"&#(?:([0-9]{1,9})|x([0-9A-Fa-f]{1,8}));")
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML_NAMES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_STRUCTURED = names("", "image", "textInput", "skipDays", "skipHours")
"""The elements of RSS 2.0 that hold others of its own."""

_VOID = frozenset(("br", "hr", "img", "wbr"))
_BOMB = re.compile("amplification|entity.*loop", re.IGNORECASE)


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin as an RSS (or Atom) feed does."""
    start = data[:20_000]
    return (
        re.search(rb"<(?:[\w-]+:)?(?:rss|rdf|feed|channel)[\s>]", start, re.IGNORECASE) is not None
        and re.search(rb"<html[\s>]", start, re.IGNORECASE) is None
    )


def parse(data: bytes, file: str, problems: Problems) -> tuple[Element | None, int]:
    """The root element, or None with the error reported; and the lines before the XML declaration.

    Parsed strictly first, then with recovery, every error line reported and the items counted.
    """
    body = data.removeprefix(codecs.BOM_UTF8).lstrip()
    skipped = data[: len(data) - len(body)].count(b"\n")
    try:
        root = etree.fromstring(body, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as error:
        plain = control.leave_out(body, file, problems, skipped)
        if plain is not body:
            return parse(b"\n" * skipped + plain, file, problems)
        return _forgive(body, file, skipped, error, problems), skipped
    _tell_entities(root, file, problems)
    return root, skipped


def _forgive(
    body: bytes, file: str, skipped: int, strict: etree.XMLSyntaxError, problems: Problems
) -> Element | None:
    """The tree of a feed that is not well-formed; what is forgiven is reported."""
    where = Where(file, (strict.lineno or 0) + skipped)
    if _BOMB.search(str(strict)):
        _refuse_bomb(where, problems)
        return None
    root = _decode_and_parse(body, file, problems) if _is_about_encoding(strict) else None
    if root is None:
        mended, root = _mend_and_parse(body, file, skipped, problems)
        if root is None:
            root = _recover(mended, file, skipped, problems)
    if root is None and not any(
        each.where.file == file and each.level is Level.ERROR for each in problems.found
    ):
        problems.error(
            where,
            f"is not XML: {str(strict.msg).split(', line ')[0]}",
            "save the complete feed again, as the host sends it",
        )
    return root


def _refuse_bomb(where: Where, problems: Problems) -> None:
    problems.error(
        where,
        "the feed declares nested entities; it was not read",
        "no podcast feed needs them: check where this file comes from",
    )


def _tell_entities(root: Element, file: str, problems: Problems) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        problems.warning(
            Where(file, 1),
            "the feed declares its own entities; they are ignored",
            "check whether words such as `&name;` appear in the texts",
        )


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
            "check whether letters with accents came out right",
        )
        return root
    return None


def _mend_and_parse(
    body: bytes, file: str, skipped: int, problems: Problems
) -> tuple[bytes, Element | None]:
    """A feed without characters that XML forbids, and with HTML's names for characters spelt out.

    Its tree where that was all that was wrong with it; what was mended is reported.
    """
    found = _FORBIDDEN.search(body)
    kept = _FORBIDDEN.sub(b"", body)
    parts, named, numbers = [], 0, 0
    for text, unread in _split_unread(kept):
        text, count = _NAMED.subn(_spell_entity, text)
        spelt = _NUMBERED.sub(_drop_forbidden, text)
        named, numbers = named + count, numbers + text.count(b"&#") - spelt.count(b"&#")
        parts += [spelt, unread]
    mended = b"".join(parts)
    forbidden = len(body) - len(kept) + numbers
    if forbidden:
        line = body.count(b"\n", 0, found.start()) + 1 + skipped if found else 0
        problems.warning(
            Where(file, line),
            f"{forbidden} character{'s' if forbidden > 1 else ''} that XML forbids left out",
            "check whether a letter is missing",
        )
    try:
        root = etree.fromstring(mended, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError:
        return mended, None
    if named:
        problems.warning(
            Where(file), "the feed uses HTML entities that XML does not define; read as HTML"
        )
    return mended, root


def _drop_forbidden(match: re.Match[bytes]) -> bytes:
    """A reference to a character, unless XML has none such (XML 1.0, section 2.2)."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    allowed = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return match[0] if allowed or 0x10000 <= code < 0x110000 else b""


def _split_unread(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """A feed in pieces: what is read, and the comment or CDATA section after it.

    One that is never closed is read; its end is looked for once, however many there are.
    """
    last, unclosed = 0, set()
    for found in _UNREAD.finditer(body):
        if found.start() < last or found[0] in unclosed:
            continue
        end = body.find(b"-->" if found[0] == b"<!--" else b"]]>", found.end())
        if end < 0:
            unclosed.add(found[0])
            continue
        yield body[last : found.start()], body[found.start() : end + 3]
        last = end + 3
    yield body[last:], b""


def _spell_entity(match: re.Match[bytes]) -> bytes:
    characters = html5.get(match[1].decode() + ";")
    if match[1] in _XML_NAMES or characters is None:
        return match[0]
    return "".join(f"&#{ord(char)};" for char in characters).encode()


_NUMBERS = {b"quot": 34, b"amp": 38, b"apos": 39, b"lt": 60, b"gt": 62}
_PREDEFINED = re.compile(rb"&(quot|amp|apos|lt|gt);")


def _number_entities(body: bytes) -> bytes:
    """A feed with the entities of XML itself as numbers, except where they are plain text."""
    return b"".join(
        _PREDEFINED.sub(lambda match: b"&#%d;" % _NUMBERS[match[1]], read) + unread
        for read, unread in _split_unread(body)
    )


def _recover(body: bytes, file: str, skipped: int, problems: Problems) -> Element | None:
    parser = etree.XMLParser(**SAFE, recover=True)
    try:
        # After its first error libxml2 drops `&lt;` and the like; it keeps numbers of characters.
        root = etree.fromstring(_number_entities(body), parser)
    except etree.XMLSyntaxError:
        return None
    errors = list(parser.error_log)
    if any(_BOMB.search(error.message) for error in errors):
        _refuse_bomb(Where(file), problems)
        return None
    if root is None:
        return None
    for error in errors[:_MOST_ERRORS]:
        problems.warning(
            Where(file, error.line + skipped),
            f"the feed is not well-formed: {error.message.strip()}",
            "check whether the episode near this line is complete",
        )
    if len(errors) > _MOST_ERRORS:
        problems.warning(
            Where(file), f"{len(errors) - _MOST_ERRORS} more places are not well-formed"
        )
    _compare_count(root, body, file, problems)
    if not is_whole(root, body):
        problems.warning(
            Where(file, body.count(b"\n") + 1 + skipped),
            f"the feed breaks off: it does not end in `</{root.tag.rpartition('}')[2]}>`",
            "fetch it again: episodes after its last line are missing",
        )
    return root


def is_whole(root: Element, data: bytes) -> bool:
    """Whether a feed has its own end after its last item; one that broke off has not."""
    name = re.escape(str(root.tag).rpartition("}")[2].encode())
    read = b"".join(text for text, _ in _split_unread(data))
    ends = [found.start() for found in re.finditer(rb"</(?:[\w-]+:)?%b\s*>" % name, read)]
    return bool(ends) and ends[-1] > max(read.rfind(b"<item"), read.rfind(b"<entry"))


def _compare_count(root: Element, body: bytes, file: str, problems: Problems) -> None:
    read = b"".join(text for text, _ in _split_unread(body))
    named, found = len(_ITEM.findall(read)), len(list(find_items(root)))
    if named != found:
        problems.warning(
            Where(file), f"{named} items are named, {found} could be read", "repair the feed's XML"
        )


def find_items(root: Element) -> Iterator[Element]:
    """The `<item>` elements in document order, whatever namespace RSS itself is put in."""
    return (element for element in root.iter() if name_of(element) == ("", "item"))


def children(element: Element) -> dict[Name, list[Element]]:
    """An element's children by name, each name's in order."""
    found: dict[Name, list[Element]] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(name_of(child), []).append(child)
    return found


def text_of(element: Element | None) -> str:
    """An element's text as it stands; elements a feed forgot to escape are HTML again."""
    if element is None:
        return ""
    if is_markup(element):
        return _markup_in(element)
    # Not XPath's `string()`: it would expand the entities that parsing left alone.
    return "".join(element.itertext())


def _markup_in(element: Element) -> str:
    """The inside of an element as HTML, without namespaces."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        if isinstance(child.tag, str):
            tag = child.tag.rpartition("}")[2]
            said = "".join(f' {key}="{escape(value)}"' for key, value in attributes(child).items())
            end = "" if tag in _VOID else f"</{tag}>"
            parts.append(f"<{tag}{said}>{_markup_in(child)}{end}")
        elif child.tag is etree.Entity:
            parts.append(child.text)
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def attributes(element: Element) -> Mapping[str, str]:
    """An element's attributes by local name, lower case."""
    return {str(key).rpartition("}")[2].lower(): str(value) for key, value in element.items()}


def raw_fields(element: Element, *, without: frozenset[Name] = frozenset()) -> dict[str, str]:
    """All that stands in an element as text, by path: `podcast:value/podcast:valueRecipient@name`.

    Repeated elements are counted from 1 (`enclosure[2]@url`); children named in `without` are
    left out.
    """
    raw: dict[str, str] = {}
    for name, found in children(element).items():
        if name in without:
            continue
        for count, child in enumerate(found, 1):
            key = label(child) + (f"[{count}]" if len(found) > 1 else "")
            raw |= _raw_values(child, key)
    return raw


def _raw_values(element: Element, key: str) -> dict[str, str]:
    said = {f"{key}@{name}": value for name, value in attributes(element).items()}
    below: dict[str, str] = {}
    if is_markup(element) or not len(element):
        words = text_of(element)
    else:
        words = element.text or ""
        below = {f"{key}/{name}": value for name, value in raw_fields(element).items()}
    own = {key: words} if words.strip() or not (said or below) else {}
    return own | said | below


def name_of(element: Element) -> Name:
    """An element's namespace, as a known short name or an address, and its local name."""
    if not isinstance(element.tag, str):
        return "", ""
    space, _, local = element.tag.rpartition("}")
    space = space.lstrip("{").strip()
    short = prefix_of(space) if space else ""
    if not short and space and space != _rss_space(element):
        return space, local
    if not space and ":" in local:
        # An undeclared prefix survives recovery as part of the name.
        prefix, _, local = local.partition(":")
        return prefix.lower(), local
    return short, local


def _rss_space(element: Element) -> str:
    root = element.getroottree().getroot()
    space: str = root.tag.rpartition("}")[0].lstrip("{") if isinstance(root.tag, str) else ""
    return space


def label(element: Element) -> str:
    """An element's name for people: `podcast:person`, an unknown one as the feed spells it."""
    space, local = name_of(element)
    if "/" in space or ":" in space:
        space = element.prefix or space
    return f"{space}:{local}" if space else local


def is_markup(element: Element) -> bool:
    """Whether the elements inside are HTML that the feed forgot to escape."""
    if name_of(element) in _STRUCTURED:
        return False
    inside = [each for each in element.iterdescendants() if isinstance(each.tag, str)]
    return bool(inside) and all(name_of(each)[0] in ("", XHTML) for each in inside)
