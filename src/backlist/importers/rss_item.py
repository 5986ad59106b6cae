"""One `<item>` of a feed to a draft; its errors are reported where it stands."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from backlist import locale
from backlist.feed.reader import media, xml
from backlist.feed.reader.carry import Repeats, bare_words, carry
from backlist.feed.reader.dates import read_date
from backlist.feed.reader.fields import Fields, address
from backlist.feed.reader.value import read_values
from backlist.feed.vocabulary import ATOM, DC, IN_ITEM, ITUNES, PODCAST, RSS, Name
from backlist.importers import descriptions, labels, notes
from backlist.importers.draft import Draft, ReadOptions, ShowDraft
from backlist.importers.mentions import audio_file
from backlist.importers.text import name_of, read_title
from backlist.model import Audio, Person
from backlist.model.scalars import is_language
from backlist.problems import Problems, Where

_TYPES: dict[str, Literal["full", "trailer", "bonus"]] = {
    "": "full",
    "full": "full",
    "trailer": "trailer",
    "bonus": "bonus",
}


def read_item(
    element: Any,
    where: Where,
    problems: Problems,
    options: ReadOptions,
    show: ShowDraft,
    boilerplate: frozenset[str] = frozenset(),
) -> Draft:
    """Everything an item of a show says; `boilerplate` are labels that are no topics."""
    fields = Fields(element, where, problems)
    audio = media.read_audio(fields)
    guid, permalink = _read_guid(fields)
    link = address(fields.text("link"))
    published = fields.text("pubDate")
    said, summary = descriptions.choose(fields)
    description = notes.read(
        said,
        where,
        problems,
        lenient_lists=options.lenient_lists,
        base=link or show.link,
    )
    draft = Draft(
        title=_read_title(fields, audio, guid),
        date=read_date(published, where, problems) if published else None,
        guid=guid,
        permalink=permalink,
        audio=audio,
        season=_read_number(fields, "season"),
        number=_read_number(fields, "episode"),
        type=_read_type(fields),
        language=_read_language(fields, show),
        explicit=fields.explicit(),
        image=fields.image() or media.read_picture(fields),
        link=link,
        people=_read_people(fields, show),
        topics=labels.choose_topics(labels.read_labels(fields), boilerplate),
        transcripts=media.read_transcripts(fields),
        chapters=media.read_chapters(fields),
        chapters_url=address(fields.attribute("chapters", "url", PODCAST)),
        soundbites=media.read_soundbites(fields),
        license=fields.license(),
        location=fields.location(),
        value=read_values(fields),
        raw=xml.raw_fields(element),
        line=where.line,
        summary=summary,
        body=description.body,
        sources=description.sources,
        visualizations=description.visualizations,
        losses=description.losses,
    )
    _leave_other_enclosures(fields, audio)
    elements = carry(fields, IN_ITEM, _repeats(draft, show, said))
    return draft.model_copy(update={"feed_elements": elements})


def _leave_other_enclosures(fields: Fields, audio: Audio | None) -> None:
    """Every enclosure but the one that is the episode's sound goes out as another recording.

    Without a sound there is no key for its duration.
    """
    enclosures = fields.all("enclosure")
    addresses = [xml.attributes(each).get("url", "").strip() for each in enclosures]
    if audio is None:
        fields.unread += fields.all("duration", ITUNES)
    played = audio.url if audio else None
    used = addresses.index(played) if played in addresses else None
    fields.unread += [
        each
        for at, (each, url) in enumerate(zip(enclosures, addresses, strict=True))
        if at != used and address(url)
    ]


def _repeats(draft: Draft, show: ShowDraft, description: str) -> Repeats:
    """Which elements say only what the record says: the writer fills these from its keys."""
    told = bare_words(draft.summary or description)
    topics = {topic.casefold() for topic in draft.topics}

    def is_told(words: str) -> bool:
        return bool(bare_words(words)) and told.startswith(bare_words(words))

    def are_the_topics(words: str) -> bool:
        return {word.strip().casefold() for word in words.split(",")} == topics

    tests: dict[Name, Callable[[str], bool]] = {
        (ITUNES, "summary"): is_told,
        (ITUNES, "subtitle"): is_told,
        (ITUNES, "keywords"): are_the_topics,
        (RSS, "category"): lambda words: words.casefold() in topics,
        (ITUNES, "title"): draft.title.__eq__,
        (ITUNES, "author"): (show.author or "").__eq__,
        (PODCAST, "season"): str(draft.season).__eq__,
        (PODCAST, "episode"): str(draft.number).__eq__,
    }
    return lambda name, words: name in tests and tests[name](words)


def _read_people(fields: Fields, show: ShowDraft) -> tuple[Person, ...]:
    """Who is credited: `podcast:person`, and by name alone `atom:contributor` and `dc:creator`.

    Persons of an item replace the show's (podcast namespace, `person`), so these are named as well
    where somebody is added to them. Who only publishes the show is no author of an episode.
    """
    people = fields.people()
    known = {person.name.casefold() for person in people or show.people}
    known |= {name.casefold() for name in (show.author, show.title) if name}
    added = []
    for name, role, url in _credits(fields):
        if name and name.casefold() not in known:
            known.add(name.casefold())
            added.append(Person(name=name, role=role, url=url))
    return (*(people or show.people), *added) if added else people


def _credits(fields: Fields) -> Iterator[tuple[str, str, str | None]]:
    """Name, role and address of everybody whom other namespaces than `podcast` name."""
    for element in fields.all("contributor", ATOM):
        inside = Fields(element, fields.where, fields.problems)
        yield inside.line("name", ATOM), "contributor", address(inside.text("uri", ATOM))
    for element in fields.all("creator", "dc"):
        name = name_of(fields.one_line(xml.text_of(element)))
        yield "" if "@" in name else name, "author", None


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


def _read_language(fields: Fields, show: ShowDraft) -> str | None:
    """The language where it is another than the channel's (`dc:language`, `xml:lang`).

    A `dc:language` that no key takes goes out again as it came.
    """
    given = fields.all("language", DC)
    said = fields.text("language", DC) or xml.attributes(fields.element).get("lang", "").strip()
    code = said.replace("_", "-")
    if said and not is_language(code):
        fields.warn(
            f'the language is not a code: "{said}"', "write `language:` into the record: `de`"
        )
    other = locale.other_language(code, show.language) if is_language(code) else ""
    fields.unread += given[1:] if other else given
    return other or None


def _read_number(fields: Fields, name: str) -> int | None:
    """The first number from 1 up that either namespace gives.

    Apple's have to be such numbers; `podcast:episode` may be 0 or 1.5, and is kept as it came.
    """
    found = [fields.text(name, PODCAST), fields.text(name, ITUNES)]
    for said in found:
        if re.fullmatch(r"[0-9]{1,9}", said) and int(said) > 0:
            return int(said)
    said = found[1]
    if said and not found[0] and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", said):
        fields.unread += fields.all(name, ITUNES)[:1]
    elif said:
        fields.warn(f'the {name} is not a number from 1 up: "{said}"', "left out")
    return None


def _read_type(fields: Fields) -> Literal["full", "trailer", "bonus"]:
    said = fields.text("episodeType", ITUNES).lower()
    if said not in _TYPES:
        fields.warn(f'unknown kind of episode: "{said}"', "taken as `full`")
    return _TYPES.get(said, "full")
