"""One `<item>` of a feed to a draft; its faults are reported where it stands."""

import re
from typing import Any, Literal

from backlist.feed.reader import media, xml
from backlist.feed.reader.dates import read_date
from backlist.feed.reader.fields import Fields, address
from backlist.feed.vocabulary import CONTENT, ITUNES, PODCAST
from backlist.importers import notes
from backlist.importers.draft import Draft, ReadOptions
from backlist.importers.mentions import audio_file
from backlist.importers.text import read_title
from backlist.model import Audio
from backlist.problems import Problems, Where

_TYPES: dict[str, Literal["full", "trailer", "bonus"]] = {
    "": "full",
    "full": "full",
    "trailer": "trailer",
    "bonus": "bonus",
}


def read_item(
    element: Any, where: Where, problems: Problems, options: ReadOptions, base: str | None
) -> Draft:
    """Everything an item says; `base` is the address its relative links start from."""
    fields = Fields(element, where, problems)
    audio = media.read_audio(fields)
    guid, permalink = _read_guid(fields)
    link = address(fields.text("link"))
    published = fields.text("pubDate")
    description = notes.read(
        _find_description(fields),
        where,
        problems,
        lenient_lists=options.lenient_lists,
        base=link or base,
    )
    return Draft(
        title=_read_title(fields, audio, guid),
        date=read_date(published, where, problems) if published else None,
        guid=guid,
        permalink=permalink,
        audio=audio,
        season=_read_number(fields, "season"),
        number=_read_number(fields, "episode"),
        type=_read_type(fields),
        explicit=fields.explicit(),
        image=fields.image(),
        link=link,
        people=fields.people(),
        transcripts=media.read_transcripts(fields),
        chapters=media.read_chapters(fields),
        chapters_url=address(fields.attribute("chapters", "url", PODCAST)),
        soundbites=media.read_soundbites(fields),
        license=fields.license(),
        location=fields.location(),
        raw=xml.raw_fields(element),
        line=where.line,
        body=description.body,
        sources=description.sources,
        visualizations=description.visualizations,
    )


def _read_title(fields: Fields, audio: Audio | None, guid: str | None) -> str:
    raw = fields.text("title") or fields.text("title", ITUNES)
    title = read_title(raw, fields.where, fields.problems)
    if not title:
        title = (audio_file(audio.url) if audio else "") or guid or "untitled"
        fields.warn(f"the item has no title; called `{title}`", "write one into the record")
    return title


def _read_guid(fields: Fields) -> tuple[str | None, bool]:
    """The guid exactly as it stands, and whether it is called an address.

    RSS 2.0 makes `isPermaLink` true where it is absent; a guid that is no address then only
    lacks the attribute.
    """
    for element in fields.all("guid"):
        guid = xml.text_of(element)
        if not guid.strip():
            continue
        if guid != guid.strip():
            fields.info("the guid has white space around it; kept, byte for byte")
        said = xml.attributes(element).get("ispermalink", "").strip().lower()
        if said == "true" and address(guid) is None:
            fields.info(
                "the guid is marked as an address but is not one; published without the mark"
            )
        return guid, said == "true" or (not said and address(guid) is not None)
    return None, False


def _read_number(fields: Fields, name: str) -> int | None:
    """The first number from 1 up that either namespace gives."""
    found = [fields.text(name, PODCAST), fields.text(name, ITUNES)]
    for said in found:
        if re.fullmatch(r"[0-9]{1,9}", said) and int(said) > 0:
            return int(said)
    if any(found):
        said = next(filter(None, found))
        fields.warn(f'the {name} is not a number from 1 up: "{said}"', "left out")
    return None


def _read_type(fields: Fields) -> Literal["full", "trailer", "bonus"]:
    said = fields.text("episodeType", ITUNES).lower()
    if said not in _TYPES:
        fields.warn(f'unknown kind of episode: "{said}"', "taken as `full`")
    return _TYPES.get(said, "full")


def _find_description(fields: Fields) -> str:
    """The fuller of `content:encoded` and `description`, else the iTunes summary."""
    encoded = fields.text("encoded", CONTENT)
    short = fields.text("description")
    fuller = encoded if len(encoded) >= len(short) else short
    return fuller or fields.text("summary", ITUNES) or fields.text("subtitle", ITUNES)
