"""What pages say in schema.org's words, as JSON-LD 1.1 (https://schema.org, version 29).

A thing with a page has one identifier wherever it is named: the page's address and a fragment.
What is not known is left out; nothing is guessed, so a person's role that the vocabulary has no
property for is given as a `Role` (https://schema.org/Role).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from backlist import urls
from backlist.feed.writer import audio_type, transcript_type, transcript_url
from backlist.model import Audio, Episode, License, Person
from backlist.pages import citations, follow, parts, share_image
from backlist.pages.citations import names
from backlist.pages.views import ImageView
from backlist.parse.moments import AnyChapter
from backlist.relate.archive import Archive, Citation, Entry, Work

Json = dict[str, Any]

_PROPERTIES = {
    "author": "author",
    "writer": "author",
    "director": "director",
    "editor": "editor",
    "producer": "producer",
    "executive producer": "producer",
    "composer": "musicBy",
    "translator": "translator",
}
"""Properties of an episode for roles of the podcast taxonomy; who has another role is heard."""

_TYPES = {
    "article": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "webpage": "WebPage",
}
"""Types by CSL's, which `citations` finds from evidence; anything else is a `CreativeWork`."""


def script(*things: Json) -> Markup:
    """Things as the content of a `script` element of type `application/ld+json`.

    `<`, `>` and `&` are written as escapes, so that no text can end the element (HTML, 4.12.1.3).
    """
    told = things[0] if len(things) == 1 else {"@graph": list(things)}
    text = json.dumps({"@context": "https://schema.org", **told}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # every sign that HTML could read was escaped


def _terms(given: License | None) -> str | None:
    return follow.terms(given.name, given.url)[1] or None if given else None


def series(archive: Archive) -> Json:
    """The show, a `PodcastSeries`."""
    show, site = archive.show, archive.site
    return _known(
        {
            **_show(archive),
            "description": show.description,
            "inLanguage": show.language,
            "author": show.author,
            "genre": list(show.categories),
            "image": _picture(share_image.of_show(archive)),
            "webFeed": archive.feed_address,
            "sameAs": [
                one.url for one in (*site.subscribe, *site.social) if urls.is_address(one.url)
            ],
            "license": _terms(show.license),
            "copyrightNotice": show.copyright,
            **_people(show.people),
        }
    )


def episode(entry: Entry, archive: Archive, library: citations.Library) -> Json:
    """An episode, a `PodcastEpisode`, with its sound, its people, and what it draws on."""
    one, base = entry.episode, archive.site.base_url
    sources = [(item, _source(item, archive, library)) for item in entry.citations]
    works = [(item, source) for item, source in sources if not item.is_mention]
    published = one.date and not one.date_approximate
    return _known(
        {
            **_episode(entry, archive),
            "mainEntityOfPage": urls.absolute(urls.episode(entry.slug), base),
            "partOfSeries": _show(archive),
            "partOfSeason": _season(one),
            "episodeNumber": one.number,
            "description": entry.summary,
            "inLanguage": one.language or archive.show.language,
            "datePublished": str(one.date) if published else None,
            "dateModified": str(one.changed) if one.changed else None,
            "correction": [
                {"@type": "CorrectionComment", "text": said.text, "datePublished": str(said.date)}
                for said in one.corrections
            ],
            "duration": _duration(one.audio.duration) if one.audio else None,
            "keywords": list(one.topics),
            "image": _picture(share_image.of_episode(archive, entry)),
            "license": _terms(one.license),
            "associatedMedia": _sound(one.audio, entry, base) if one.audio else None,
            "hasPart": [_clip(chapter, entry, base) for chapter in entry.chapters],
            **_people(entry.people),
            "about": [source for item, source in works if item.source.role == "subject"],
            "citation": [source for item, source in works if item.source.role != "subject"],
            "mentions": [source for item, source in sources if item.is_mention],
        }
    )


def stub(entry: Entry, archive: Archive) -> Json:
    """An episode that is only mentioned: nothing is known of it but its name."""
    return _known({**_episode(entry, archive), "partOfSeries": _show(archive)})


def work(one: Work, archive: Archive, library: citations.Library) -> Json:
    """A work, with the episodes that are about it or cite it."""
    return _known(
        {
            **_work(one, archive, library),
            "alternateName": list(one.aliases),
            "subjectOf": [_episode(archive.entry(slug), archive) for slug in one.subject_of],
        }
    )


def trail(archive: Archive, *steps: tuple[str, str]) -> Json:
    """The way from the home page to a page: titles and output paths."""
    whole = ((archive.show.title, urls.HOME), *steps)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": title,
                "item": urls.absolute(path, archive.site.base_url),
            }
            for place, (title, path) in enumerate(whole, 1)
        ],
    }


def _known(thing: Json) -> Json:
    return {key: value for key, value in thing.items() if value not in (None, "", [], {})}


def _show(archive: Archive) -> Json:
    base = archive.site.base_url
    return {
        "@type": "PodcastSeries",
        "@id": f"{base}#show",
        "name": archive.show.title,
        "url": base,
    }


def _episode(entry: Entry, archive: Archive) -> Json:
    address = urls.absolute(urls.episode(entry.slug), archive.site.base_url)
    return {
        "@type": "PodcastEpisode",
        "@id": f"{address}#this",
        "name": entry.episode.title,
        "url": address,
    }


def _picture(image: ImageView | None) -> str | None:
    return image.url if image else None


def _season(one: Episode) -> Json | None:
    return {"@type": "PodcastSeason", "seasonNumber": one.season} if one.season else None


_OBJECTS = {"audio": "AudioObject", "video": "VideoObject"}


def _sound(audio: Audio, entry: Entry, base: str) -> Json:
    audio = audio.as_played(base)
    return _known(
        {
            "@type": _OBJECTS.get(audio.kind, "MediaObject"),
            "contentUrl": audio.url,
            "encodingFormat": audio_type(audio),
            "contentSize": str(audio.length) if audio.length else None,
            "duration": _duration(audio.duration),
            "caption": [
                _known(
                    {
                        "@type": "MediaObject",
                        "contentUrl": transcript_url(one, base),
                        "encodingFormat": transcript_type(one),
                        "inLanguage": one.language or entry.language,
                    }
                )
                for one in entry.episode.transcripts
            ],
        }
    )


def _duration(length: int | None) -> str | None:
    """ISO 8601: `PT1H2M3S`."""
    if not length:
        return None
    minutes, seconds = divmod(length, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{number}{unit}" for number, unit in parts if number)


def _clip(chapter: AnyChapter, entry: Entry, base: str) -> Json:
    start = int(chapter.start)
    address = urls.absolute(urls.episode(entry.slug), base)
    return _known(
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": start,
            "url": f"{address}#t={start}",
        }
    )


def _people(people: tuple[Person, ...]) -> Mapping[str, list[Json]]:
    """People by property."""
    found: dict[str, list[Json]] = {}
    for one in people:
        role = one.role.casefold()
        person = _known({"@type": "Person", "name": one.name, "url": one.url, "image": one.image})
        if role in _PROPERTIES:
            found.setdefault(_PROPERTIES[role], []).append(person)
        else:
            heard = {"@type": "Role", "roleName": one.role, "actor": person}
            found.setdefault("actor", []).append(heard)
    return found


def _source(citation: Citation, archive: Archive, library: citations.Library) -> Json:
    if citation.mention:
        return _episode(archive.entry(citation.mention), archive)
    title = parts.source_title(citation)
    if citation.is_mention:
        return {"@type": "PodcastEpisode", "name": title, "partOfSeries": _show(archive)}
    if citation.work:
        return _work(archive.work(citation.work), archive, library)
    return _known({"@type": "CreativeWork", "name": title, "author": _authors(citation)})


def _authors(citation: Citation) -> list[Json | str]:
    return list(_names(names.authors(citation.authors)))


def _work(one: Work, archive: Archive, library: citations.Library) -> Json:
    item = library.work(one.id)
    address = urls.absolute(archive.work_path(one), archive.site.base_url)
    ids = [f"{kind}:{ident}" for kind, ident in sorted(one.ids.items())]
    return _known(
        {
            "@type": _TYPES.get(item.type, "CreativeWork"),
            "@id": f"{address}#this" if one.has_page else None,
            "name": item.title or parts.work_title(one),
            "author": list(_names(item.author)),
            "datePublished": str(item.issued[0]) if item.issued else None,
            "url": item.url or address,
            "sameAs": f"https://doi.org/{item.doi}" if item.doi else None,
            "identifier": ids,
            "creativeWorkStatus": "Retracted" if one.is_retracted else None,
        }
    )


def _names(given: citations.Names) -> Iterator[Json | str]:
    """Names as persons where they are known to be; a literal one may be anybody's."""
    for one in given.people:
        if one.literal:
            yield one.literal
        else:
            yield _known(
                {
                    "@type": "Person",
                    "name": " ".join(filter(None, (one.given, one.last, one.suffix))),
                    "familyName": one.last,
                    "givenName": one.given,
                }
            )
