"""The reader of podcast feeds (RSS 2.0 with the iTunes and podcast namespaces).

A feed is the only authority for guid, enclosure and publication date: the guid is taken byte for
byte, and what cannot be read stays unknown and is told.
"""

import re
from typing import Any, Literal

from backlist.importers import description, markup, text
from backlist.importers import feed_xml as xml
from backlist.importers.directory_page import read_title
from backlist.importers.draft import Draft, Importer, Options, Reading, ShowDraft
from backlist.importers.feed_audio import read_audio
from backlist.importers.feed_dates import read_date
from backlist.importers.mentions import audio_file
from backlist.model import Audio, Owner
from backlist.problems import Problems, Where
from backlist.urls import decode_entities

FORMAT = "feed"

_EXPLICIT = {
    **dict.fromkeys(("true", "yes", "explicit", "1"), True),
    **dict.fromkeys(("false", "no", "clean", "0", "none", ""), False),
}


def recognise(data: bytes, name: str) -> bool:
    """Whether the bytes are an RSS feed."""
    return xml.is_feed(data)


def read(data: bytes, name: str, problems: Problems, options: Options) -> Reading | None:
    """The show and every item of a feed, in its order; None with the fault told."""
    root, skipped = xml.parse(data, name, problems)
    if root is None:
        return None
    items = list(xml.find_items(root))
    if not items:
        problems.error(
            Where(name), "the feed has no `<item>`", "give the address of the podcast's RSS feed"
        )
        return None
    channel = next((e for e in root.iter() if xml.name_of(e) == ("", "channel")), root)
    drafts = tuple(
        _Item(item, Where(name, (item.sourceline or 0) + skipped), problems).read(options)
        for item in items
    )
    return Reading(_read_show(channel, Where(name, skipped + 1), problems), drafts, FORMAT, name)


IMPORT = Importer(FORMAT, recognise, read)


class _Fields:
    """The children of an element, asked for by namespace and name."""

    def __init__(self, element: Any) -> None:
        self.found = xml.children(element)

    def text(self, local: str, space: str = "") -> str:
        """The first non-empty text of that name, stripped; empty when there is none."""
        texts = (xml.text_of(element).strip() for element in self.found.get((space, local), ()))
        return next(filter(None, texts), "")

    def attribute(self, local: str, name: str, space: str = "") -> str:
        """The first non-empty value of an attribute, stripped."""
        values = (xml.attributes(e).get(name, "").strip() for e in self.all(local, space))
        return next(filter(None, values), "")

    def all(self, local: str, space: str = "") -> list[Any]:
        """Every child of that name."""
        return self.found.get((space, local), [])


def _read_show(channel: Any, where: Where, problems: Problems) -> ShowDraft:
    fields = _Fields(channel)
    about = fields.text("description") or fields.text("summary", xml.ITUNES)
    return ShowDraft(
        title=text.collapse(decode_entities(text.clean(fields.text("title"), where, problems)))
        or None,
        author=fields.text("author", xml.ITUNES) or fields.text("managingEditor") or None,
        description=markup.plain(text.clean(about, where, problems)) or None,
        language=fields.text("language") or None,
        link=_address(fields.text("link")),
        image=_address(fields.attribute("image", "href", xml.ITUNES)) or _rss_image(fields),
        categories=tuple(dict.fromkeys(_read_categories(channel))),
        explicit=_EXPLICIT.get(fields.text("explicit", xml.ITUNES).lower())
        if fields.text("explicit", xml.ITUNES)
        else None,
        type=_read_show_type(fields.text("type", xml.ITUNES)),
        owner=_read_owner(fields),
        copyright=fields.text("copyright") or None,
        guid=fields.text("guid", xml.PODCAST) or None,
        feed=_self_address(fields),
    )


def _address(text_: str) -> str | None:
    return text_ if re.match(r"https?://[^\s/]+", text_) else None


def _rss_image(fields: _Fields) -> str | None:
    urls = (_Fields(image).text("url") for image in fields.all("image"))
    return next(filter(None, map(_address, urls)), None)


def _read_categories(element: Any, parent: str = "") -> list[str]:
    """Apple's categories, a subcategory as `Parent > Child`."""
    found = []
    for category in xml.children(element).get((xml.ITUNES, "category"), ()):
        name = decode_entities(xml.attributes(category).get("text", "")).strip()
        below = _read_categories(category, name)
        own = f"{parent} > {name}" if parent else name
        found += below or ([own] if name else [])
    return found


def _read_show_type(word: str) -> Literal["episodic", "serial"] | None:
    match word.lower():
        case "episodic":
            return "episodic"
        case "serial":
            return "serial"
    return None


def _read_owner(fields: _Fields) -> Owner | None:
    for owner in fields.all("owner", xml.ITUNES):
        inside = _Fields(owner)
        name, email = inside.text("name", xml.ITUNES), inside.text("email", xml.ITUNES)
        if name:
            return Owner(name=name, email=email or None)
    return None


def _self_address(fields: _Fields) -> str | None:
    for link in fields.all("link", xml.ATOM):
        values = xml.attributes(link)
        if values.get("rel") == "self":
            return _address(values.get("href", "").strip())
    return None


class _Item:
    """One `<item>`, read field by field; its faults are told where it stands."""

    def __init__(self, element: Any, where: Where, problems: Problems) -> None:
        self.element, self.where, self.problems = element, where, problems
        self.fields = _Fields(element)

    def read(self, options: Options) -> Draft:
        enclosures = [xml.attributes(element) for element in self.fields.all("enclosure")]
        duration = self.fields.text("duration", xml.ITUNES)
        audio = read_audio(enclosures, duration, self.where, self.problems)
        guid, permalink = self._read_guid()
        raw = self._raw_description()
        notes = description.read(raw, self.where, self.problems, keep_lists=options.keep_lists)
        published = self.fields.text("pubDate")
        return Draft(
            title=self._read_title(audio, guid),
            date=read_date(published, self.where, self.problems) if published else None,
            guid=guid,
            permalink=permalink,
            audio=audio,
            season=self._read_number("season"),
            number=self._read_number("episode"),
            type=self._read_type(),
            explicit=self._read_explicit(),
            image=_address(self.fields.attribute("image", "href", xml.ITUNES)),
            link=_address(self.fields.text("link")),
            body=notes.body,
            sources=notes.sources,
            visualizations=notes.visualizations,
            raw=xml.raw_fields(self.element),
            line=self.where.line,
        )

    def _read_title(self, audio: Audio | None, guid: str | None) -> str:
        raw = self.fields.text("title") or self.fields.text("title", xml.ITUNES)
        title = read_title(raw, self.where, self.problems)
        if not title:
            title = (audio_file(audio.url) if audio else "") or guid or "untitled"
            self.problems.warning(
                self.where, f"the item has no title; called `{title}`", "write one into the record"
            )
        return title

    def _read_guid(self) -> tuple[str | None, bool]:
        """The guid exactly as it stands, and whether it is an address.

        RSS 2.0 makes `isPermaLink` true where it is absent; a guid that is no address then
        only lacks the attribute.
        """
        for element in self.fields.all("guid"):
            guid = xml.text_of(element)
            if not guid.strip():
                continue
            if guid != guid.strip():
                self.problems.notice(
                    self.where, "the guid has white space around it; kept, byte for byte"
                )
            said = xml.attributes(element).get("ispermalink", "").strip().lower()
            permalink = said == "true" or (not said and guid.strip().startswith("http"))
            return guid, permalink
        return None, False

    def _read_number(self, name: str) -> int | None:
        said = self.fields.text(name, xml.ITUNES)
        if re.fullmatch(r"[0-9]{1,9}", said) and int(said) > 0:
            return int(said)
        if said:
            self.problems.warning(
                self.where, f'the {name} is not a number from 1 up: "{said}"', "left out"
            )
        return None

    def _read_type(self) -> Literal["full", "trailer", "bonus"]:
        match self.fields.text("episodeType", xml.ITUNES).lower():
            case "full" | "":
                return "full"
            case "trailer":
                return "trailer"
            case "bonus":
                return "bonus"
            case other:
                self.problems.warning(
                    self.where, f'unknown kind of episode: "{other}"', "taken as `full`"
                )
                return "full"

    def _read_explicit(self) -> bool | None:
        said = self.fields.text("explicit", xml.ITUNES).lower()
        if not said:
            return None
        if said not in _EXPLICIT:
            self.problems.warning(
                self.where, f'explicit is neither yes nor no: "{said}"', "left to the show's mark"
            )
        return _EXPLICIT.get(said)

    def _raw_description(self) -> str:
        """The fuller of `content:encoded` and `description`, else the iTunes summary."""
        encoded = self.fields.text("encoded", xml.CONTENT)
        short = self.fields.text("description")
        fuller = encoded if len(encoded) >= len(short) else short
        return fuller or self.fields.text("summary", xml.ITUNES)
