"""The importer of podcast feeds (RSS 2.0 with the iTunes, podcast and Podlove namespaces).

A feed is the only authority for guid, enclosure and publication date: the guid is taken byte for
byte, and what cannot be read stays unknown and is reported.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from backlist import urls
from backlist.feed.apple import category_today
from backlist.feed.reader import xml
from backlist.feed.reader.carry import bare_words, carry
from backlist.feed.reader.fields import Fields, address, find_categories
from backlist.feed.reader.text import clean
from backlist.feed.reader.value import read_values
from backlist.feed.vocabulary import (
    ATOM,
    DC,
    FEED_FORMAT,
    HISTORY,
    IN_CHANNEL,
    ITUNES,
    PODCAST,
    Name,
    says_yes,
)
from backlist.importers import labels, markup
from backlist.importers.draft import Importer, Reading, ReadOptions, ShowDraft
from backlist.importers.rss_item import read_item
from backlist.importers.text import name_of
from backlist.model import Funding, Owner, Txt
from backlist.problems import Problems, Where, working_on

FORMAT = FEED_FORMAT

_NOT_KEPT = frozenset([("", "item"), ("", "lastBuildDate"), ("", "pubDate")])
"""Items have records of their own; the dates change at every fetch and mean nothing."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def recognise(data: bytes, name: str) -> bool:
    """Whether the bytes are an RSS feed."""
    return xml.is_feed(data)


def read(data: bytes, name: str, problems: Problems, options: ReadOptions) -> Reading | None:
    """The show and every item of a feed, in its order; None with the error reported."""
    root, skipped = xml.parse(data, name, problems)
    if root is None:
        return None
    items = list(xml.find_items(root))
    if not items:
        problems.error(
            Where(name),
            "the feed has no `<item>`",
            "give the address of the podcast's RSS feed, or a complete copy of it",
        )
        return None
    channel = next((e for e in root.iter() if xml.name_of(e) == ("", "channel")), root)
    show = read_show(channel, Where(name, skipped + 1), problems)
    boilerplate = labels.find_boilerplate(items, Where(name, skipped + 1), problems)
    drafts = []
    for element in items:
        where = Where(name, (element.sourceline or 0) + skipped)
        with working_on(where):
            drafts.append(read_item(element, where, problems, options, show, boilerplate))
        options.tick(len(drafts), len(items))
    texts = [*show.feed_elements, *(text for draft in drafts for text in draft.feed_elements)]
    return Reading(
        show,
        tuple(drafts),
        FORMAT,
        name,
        _count_names(texts),
        _find_next_page(Fields(channel, Where(name), problems), name, show.feed),
        xml.is_whole(root, data),
    )


def _find_next_page(fields: Fields, name: str, own: str | None) -> str | None:
    """Where a feed in pages goes on: RFC 5005, `next` of section 3, `prev-archive` of section 4.

    One that is called complete (section 2) does not.
    """
    if fields.all("complete", HISTORY):
        return None
    links = [xml.attributes(link) for space in (ATOM, "") for link in fields.all("link", space)]
    for rel in ("next", "prev-archive"):
        for said in links:
            if rel in said.get("rel", "").lower().split() and said.get("href", "").strip():
                base = name if "://" in name else own or ""
                return urls.join(base, said["href"].strip())
    return None


def _count_names(elements: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each element is kept as it came, the most frequent first."""
    counts = Counter(re.split(r"[\s/>]", text[1:], maxsplit=1)[0] for text in elements)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


IMPORT = Importer(FORMAT, recognise, read)


def read_show(channel: Any, where: Where, problems: Problems) -> ShowDraft:
    """Everything the channel says of the show."""
    fields = Fields(channel, where, problems)
    said: dict[str, Any] = {
        "title": fields.line("title") or fields.line("title", ITUNES),
        "author": fields.line("author", ITUNES) or name_of(fields.line("managingEditor")),
        "description": _read_description(fields),
        "language": _read_language(fields),
        "link": address(fields.text("link")),
        "image": fields.image() or _read_rss_image(fields),
        "categories": _read_categories(fields),
        "explicit": fields.explicit(),
        "type": _read_type(fields),
        "owner": _read_owner(fields),
        "copyright": fields.line("copyright"),
        "guid": fields.text("guid", PODCAST),
        "feed": _read_self_address(fields),
        "people": fields.people(),
        "funding": _read_funding(fields),
        "locked": fields.yes("locked", PODCAST),
        "medium": fields.text("medium", PODCAST).lower(),
        "license": fields.license(),
        "location": fields.location(),
        "value": read_values(fields),
        "txt": _read_txt(fields),
        "block": _is_blocked(fields),
        "complete": says_yes(fields.text("complete", ITUNES)),
    }
    known = {name: value for name, value in said.items() if value not in (None, "")}
    show = ShowDraft(**known, raw=xml.raw_fields(channel, without=_NOT_KEPT))
    return show.model_copy(update={"feed_elements": _carry(fields, show)})


def _carry(fields: Fields, show: ShowDraft) -> tuple[str, ...]:
    """What no key of the settings holds; of these it is filled what only repeats one."""
    words = bare_words(show.description)

    def repeats(name: Name, text: str) -> bool:
        is_description = name in ((ITUNES, "summary"), (ITUNES, "subtitle"))
        return is_description and bool(bare_words(text)) and words.startswith(bare_words(text))

    _leave_what_says_more(fields, show)
    return carry(fields, IN_CHANNEL, repeats)


def _leave_what_says_more(fields: Fields, show: ShowDraft) -> None:
    """Flags and names that no key can hold whole: a `block` of one directory, a `no`."""
    if show.owner is None or not show.owner.email:
        fields.unread += fields.all("owner", ITUNES)
    for space, name in ((ITUNES, "block"), (PODCAST, "block"), (ITUNES, "complete")):
        fields.unread += [
            element
            for element in fields.all(name, space)
            if xml.attributes(element).get("id") or not says_yes(xml.text_of(element))
        ]
    email = show.owner.email if show.owner else None
    for element in fields.all("locked", PODCAST):
        if show.locked is None or xml.attributes(element).get("owner", email) != email:
            fields.unread.append(element)


def _read_description(fields: Fields) -> str:
    said = fields.text("description") or fields.text("summary", ITUNES)
    said = said or fields.text("subtitle", ITUNES)
    return markup.plain(clean(said, fields.where, fields.problems))


def _read_language(fields: Fields) -> str | None:
    """The language where it is written as BCP 47 has it; `en_US` is read as `en-US`."""
    said = fields.text("language") or fields.text("language", DC)
    code = said.replace("_", "-")
    if said and not _LANGUAGE.fullmatch(code):
        fields.problems.warning(
            fields.where, f'the language is not a code: "{said}"', "write `show.language`"
        )
        return None
    return code or None


def _read_rss_image(fields: Fields) -> str | None:
    for image in fields.all("image"):
        url = address(Fields(image, fields.where, fields.problems).text("url"))
        if url:
            return url
    return None


def _read_categories(fields: Fields) -> tuple[str, ...]:
    """Apple's categories under the names they have today."""
    found: dict[str, None] = {}
    for said, _ in find_categories(fields.element):
        today = category_today(said)
        found[today] = None
        if today != said:
            fields.info(f"Apple calls the category `{said}` `{today}` today; written so")
    return tuple(found)


def _read_type(fields: Fields) -> str | None:
    said = fields.text("type", ITUNES).lower()
    return said if said in ("episodic", "serial") else None


def _read_owner(fields: Fields) -> Owner | None:
    """Name and e-mail; an e-mail alone stands for both."""
    for element in fields.all("owner", ITUNES):
        inside = Fields(element, fields.where, fields.problems)
        name, email = inside.line("name", ITUNES), inside.line("email", ITUNES)
        if name or email:
            return Owner(name=name or email, email=email or None)
    return None


def _read_self_address(fields: Fields) -> str | None:
    for element in fields.all("link", ATOM):
        said = xml.attributes(element)
        if said.get("rel") == "self":
            return address(said.get("href", ""))
    return None


def _read_funding(fields: Fields) -> tuple[Funding, ...]:
    found = []
    for words, said in fields.each("funding"):
        funding = fields.make(
            Funding,
            "podcast:funding",
            url=said.get("url"),
            text=words or said.get("message", ""),
        )
        found += [funding] if funding and funding not in found else []
    return tuple(found)


def _read_txt(fields: Fields) -> tuple[Txt, ...]:
    made = (
        fields.make(Txt, "podcast:txt", text=words, purpose=said.get("purpose"))
        for words, said in fields.each("txt")
        if words
    )
    return tuple(txt for txt in made if txt)


def _is_blocked(fields: Fields) -> bool:
    """Whether the show hides from all directories: only `yes` acts (Apple, `itunes:block`).

    Blocking one directory by its name is not that.
    """
    everywhere = (says_yes(words) for words, said in fields.each("block") if not said.get("id"))
    return says_yes(fields.text("block", ITUNES)) or any(everywhere)
