"""The guard of an import: what a source's notes showed, held against what its record shows.

It reads the source with another parser than the import (lxml, not html5ever) and the record as
the page does, so what the import only seems to understand comes to light here. Counted are links,
pictures, frames, media, drawings, forms, headings, list items, numbers and words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from backlist import urls
from backlist.feed.reader.text import strip_controls
from backlist.importers import markup
from backlist.importers.links import complete, is_link
from backlist.importers.markup_clean import BLOCKS, closed_embeds, framed_films
from backlist.importers.markup_media import (
    emoji_of,
    frame_address,
    is_hidden,
    picture_addresses,
)
from backlist.importers.source_lists import URL
from backlist.importers.text import trim_address
from backlist.parse import markdown
from backlist.parse.times import moment_of

Element = Any

FRAMES = {"iframe": "frames", "embed": "frames", "object": "frames"}
MEDIA = {"audio": "sounds", "video": "films"}
_UNSEEN = ("script", "style", "template", "select", "textarea", "title", "head", "svg")
_PARTS = {*BLOCKS, "br", "li", "td", "th", "tr", "rt", "rp", "mn", "mi", "mo", "img"}
_RAISED = re.compile("[⁰¹²³⁴-⁹₀-₉]+")
_WORD = re.compile(r"[^\W_]+")
_SPACER = 150
"""Characters of a picture in an address that is too small to show anything."""

_LABELS = {"source", "sources", "paper", "interactive", "visualization"}
_NONE: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class Loss:
    """What is gone of one kind: how many, the first one, and the record's file."""

    kind: str
    count: int
    example: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a text shows, by kind; each of `groups` is one thing under several addresses."""

    found: Mapping[str, Counter[str]] = field(default_factory=dict)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()


def find_losses(raw: str, record: Any, base: str | None) -> tuple[Loss, ...]:
    """What the raw notes show and a record (body, sources, visualizations) does not."""
    return compare(survey(raw, base), survey_page(markdown.read(record.body).html, record))


def compare(source: Shown, kept: Shown) -> tuple[Loss, ...]:
    """What of a source is not kept, by kind, in the order of kinds."""
    losses = []
    addresses = kept.found["addresses"]
    for kind in ("links", "pictures", "frames", "sounds", "films"):
        gone = [
            said[0] for name, said in source.groups if name == kind and not _any(said, addresses)
        ]
        losses += [Loss(kind, len(gone), gone[0])] if gone else []
    for kind in ("drawings", "forms", "scripts", "headings", "list items", "numbers", "words"):
        missing = source.found.get(kind, _NONE) - kept.found.get(kind, _NONE)
        if missing:
            losses.append(Loss(kind, missing.total(), next(iter(missing))))
    return tuple(losses)


def _any(said: tuple[str, ...], addresses: Counter[str]) -> bool:
    return any(_bare(one) in addresses for one in said)


def _bare(address: str) -> str:
    return re.sub(r"\s+", "", unquote(address)).removesuffix("#").rstrip("/").lower()


def survey(raw: str, base: str | None = None) -> Shown:
    """What raw notes show, whether they are text or HTML, also HTML that was escaped twice."""
    if not markup.has_tags(raw) and markup.has_tags(unescape(raw)):
        raw = unescape(raw)
    if markup.has_tags(raw):
        return _survey_tree(_parse(raw), base)
    words = urls.decode_entities(raw)
    addresses = [trim_address(match[0]) for match in URL.finditer(words)]
    groups = tuple(("links", (one,)) for one in addresses if urls.is_address(one))
    return Shown(_count_words(words), groups)


Counted = Counter[str]


def words_of(raw: str) -> Counted:
    """The words that raw notes show, text or HTML, each as often as it stands there."""
    found = survey(raw).found
    return found["words"] + found["numbers"]


def links_of(raw: str) -> tuple[str, ...]:
    """The addresses that raw notes lead to, each once, as they are compared."""
    groups = survey(raw).groups
    return tuple(dict.fromkeys(_bare(said[0]) for kind, said in groups if kind == "links"))


def survey_page(html: str, record: Any = None) -> Shown:
    """What a page or a feed of ours shows; a record's sources and visualizations count as shown."""
    said = list(_structured(record)) if record else []
    shown = _survey_tree(_parse(html.replace(urls.ROOT, "/")), None)
    text = "\n".join(said)
    found = {kind: Counter(counted) for kind, counted in shown.found.items()}
    for kind, counted in _count_words(text).items():
        found[kind] += counted
    linked = [unescape(one) for one in re.findall(r"""(?:href|src)=["']([^"']*)""", html)]
    spelled = [trim_address(match[0]) for match in URL.finditer(f"{unescape(html)}\n{text}")]
    found["addresses"] = Counter(map(_bare, (*linked, *spelled, *said)))
    if said:
        found["words"].update(dict.fromkeys(_LABELS, 9))
        found["headings"].update(dict.fromkeys(_LABELS, 9))
        found["list items"].update({"": len(said)})
    return replace(shown, found=found)


def _structured(record: Any) -> Iterator[str]:
    """What the fields of a record say that notes are read into, numbers of sources among them."""
    for number, source in enumerate(record.sources, 1):
        said = (source.url, source.title, source.authors, source.year, source.note)
        yield from (str(number), *filter(None, said))
    for shown in record.visualizations:
        yield from filter(None, (shown.url, shown.title))


def _parse(html: str) -> Element:
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.fragment_fromstring(
            closed_embeds(framed_films(strip_controls(html))), create_parent="div", parser=parser
        )
    except etree.ParserError:
        return lxml_html.Element("div")


def _survey_tree(tree: Element, base: str | None) -> Shown:
    found = {
        "scripts": Counter(one.get("src") for one in tree.iter("script") if one.get("src")),
        "drawings": Counter("<svg>" for _ in tree.iter("svg")),
        "forms": Counter(_form(one) for one in tree.iter("form")),
    }
    groups = [*_media(tree, base)]
    for element in [*tree.iter(*FRAMES, *MEDIA)]:
        # What stands inside is for browsers that cannot show it.
        for child in list(element):
            element.remove(child)
        element.text = None
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    groups += [("links", one) for one in _links(tree, base)]
    found["headings"] = Counter(_headings(tree))
    found["list items"] = Counter("" for one in tree.iter("li") if _is_seen(one))
    return Shown(found | _count_words("".join(_text(tree))), tuple(groups))


def _form(form: Element) -> str:
    return f'<form action="{form.get("action") or ""}">'


def _media(tree: Element, base: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    inside: set[Element] = set()
    for element in tree.iter(*FRAMES, *MEDIA):
        if element in inside or is_hidden(element):
            continue
        inside.update(element.iter())
        address = frame_address(element)
        if address or element.get("srcdoc"):
            kind = FRAMES.get(element.tag) or MEDIA[element.tag]
            yield kind, (address or f"<{element.tag}>", *picture_addresses(element))
    for image in tree.iter("img"):
        if image in inside or is_hidden(image) or emoji_of(image):
            continue
        said = (*picture_addresses(image), *_choices(image))
        said += tuple(filter(None, (complete(one, base) for one in said if not is_link(one))))
        data = image.get("src") or ""
        if said or len(data) > _SPACER:
            yield "pictures", said or (f"{data[:40]}…",)


def _choices(image: Element) -> Iterator[str]:
    for picture in image.iterancestors("picture"):
        for source in picture.iter("source"):
            yield from picture_addresses(source)


def _links(tree: Element, base: str | None) -> Iterator[tuple[str, ...]]:
    for anchor in tree.iter("a", "area"):
        said = (anchor.get("href") or "").strip()
        if said and (anchor.tag == "area" or _is_seen(anchor)):
            whole = said if is_link(said) else complete(said, base)
            moment = moment_of(said)
            here = f"#t={int(moment[1])}" if moment else None
            yield (said, *filter(None, (whole, here)))


def _is_seen(element: Element) -> bool:
    return bool(element.text_content().strip()) or any(
        not is_hidden(one) for one in element.iter("img", *FRAMES, *MEDIA)
    )


def _headings(tree: Element) -> Iterator[str]:
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        words = " ".join(_words(_without_addresses("".join(_text(heading)))))
        if words:
            yield words


def _text(tree: Element) -> Iterator[str]:
    """The text of a tree; what stands in parts of their own is parted."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        parted = element.tag in _PARTS or (element.tag in ("sup", "sub") and _has_digit(element))
        if event == "start":
            yield " " if parted else ""
            yield element.text or ""
            yield f" {element.get('alt')} " if element.tag == "img" and element.get("alt") else ""
        else:
            yield " " if parted else ""
            yield (element.tail or "") if element is not tree else ""


def _has_digit(element: Element) -> bool:
    return any(char.isdigit() for char in element.text_content())


def _count_words(text: str) -> dict[str, Counter[str]]:
    words = _words(_without_addresses(urls.decode_entities(text)))
    numbers = (run for word in words for run in re.findall(r"\d+", word))
    return {
        "numbers": Counter(numbers),
        "words": Counter(word for word in words if not word.isdigit()),
    }


def _without_addresses(text: str) -> str:
    """Addresses are compared as such; as words they are often shortened."""
    return re.sub(r"https?://\S+", " ", text)


def _words(text: str) -> list[str]:
    """Words as they are heard: without powers run into them, hidden letters, or case."""
    text = _RAISED.sub(lambda match: f" {match[0]} ", text)
    text = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]", "", text)
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
