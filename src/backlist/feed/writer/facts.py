"""What an item of a feed says, collected from an entry: small, plain, and all there is.

Making an item (`items.make_item`) is a pure function of its facts. So they are what a cache
compares, and what a worker process is given.
"""

from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from backlist import urls
from backlist.feed.vocabulary import (
    LINKED_TYPES,
    TRANSCRIPT_TYPES,
    registered_transcript_type,
    without_control,
)
from backlist.feed.writer.chapters_file import has_chapters_file
from backlist.model import Audio, Episode, Labels, License, Person, Site, TranscriptRef
from backlist.model.copies import uncopied
from backlist.pages.citations import wording
from backlist.relate.archive import Archive, Citation, Entry


@dataclass(frozen=True, slots=True)
class NotesWords:
    """What a feed says in notes besides the record's own words, in the show's language.

    `more` and `whole` lead to the episode's page, below notes that are cut and below whole ones.
    """

    sources: str
    visualization: str
    more: str
    whole: str


def _words(labels: Labels) -> NotesWords:
    return NotesWords(
        sources=labels.sources,
        visualization=f"{labels.feed_visualization}{labels.colon}",
        more=labels.feed_more,
        whole=labels.feed_whole,
    )


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the list of sources: a title, the address it links to, authors and year.

    `published` says how the publication differs.
    """

    title: str
    url: str | None
    origin: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Everything an item is made of; addresses are whole, except those inside `body_html`.

    What apps look for in an item and the show may say for all of them, stands in every item:
    `image`, `people`, `license`. `summary` is plain text, and `summary_in_notes` says that the
    notes begin with it.
    `visualizations` are (address, title) pairs; addresses of this site begin with `base_url`.
    `corrections` are sentences in the show's language. `language` is the episode's, where it is
    another.
    """

    episode: Episode
    base_url: str
    page_url: str
    explicit: bool
    author: str | None
    image: str | None
    people: tuple[Person, ...]
    license: License | None
    summary: str
    summary_in_notes: bool
    body_html: str
    words: NotesWords
    visualizations: tuple[tuple[str, str], ...] = ()
    corrections: tuple[str, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    chapters_url: str | None = None
    language: str = ""


def item_facts(entry: Entry, archive: Archive) -> ItemFacts:
    """The facts of an episode that is in the feed."""
    episode, base = entry.episode, archive.site.base_url
    image = episode.image or archive.show.image
    at_home = partial(urls.absolute, base_url=base)
    own_chapters = at_home(urls.chapters(entry.slug)) if has_chapters_file(entry) else None
    return ItemFacts(
        episode=_as_subscribers_get(episode, archive.site),
        base_url=base,
        page_url=at_home(urls.episode(entry.slug)),
        explicit=archive.show.explicit if episode.explicit is None else episode.explicit,
        author=archive.show.author,
        image=image and urls.static_file(image, base),
        people=entry.people,
        license=episode.license or archive.show.license,
        # `&#12;` in Markdown is a form feed in HTML.
        summary=without_control(entry.summary),
        summary_in_notes=not entry.has_own_summary,
        body_html=without_control(entry.notes.html.replace(urls.ROOT, base)),
        words=_words(archive.site.labels),
        visualizations=tuple(
            (address, one.title)
            for one in entry.visualizations
            if (address := at_home(urls.visualization(one.id)) if one.id else one.url)
        ),
        corrections=tuple(map(without_control, wording.corrections(entry, archive.site.labels))),
        sources=tuple(_source(one, archive) for one in entry.citations),
        chapters_url=own_chapters or urls.escaped(episode.chapters_url or "") or None,
        language=entry.language,
    )


def _source(citation: Citation, archive: Archive) -> SourceLine:
    """A mention of an episode leads to its page, and to nothing where the archive lacks it."""
    labels = archive.site.labels
    title = citation.title or labels.untitled_source
    if citation.is_mention:
        slug = citation.mention
        page = urls.absolute(urls.episode(slug), archive.site.base_url) if slug else None
        return SourceLine(title, page)
    by = wording.authors(citation, labels)
    origin = ", ".join(part for part in (by, citation.year) if part)
    address = citation.url or citation.search
    told = wording.published(citation, labels)
    return SourceLine(title, address, origin, told)


def _as_subscribers_get(episode: Episode, site: Site) -> Episode:
    """The episode as its record says, but for what the site serves itself."""
    transcripts = episode.transcripts
    if "transcripts" not in site.feed.copies:
        transcripts = tuple(map(uncopied, transcripts))
    audio = episode.audio and enclosure(episode.audio, site, site.base_url)
    return episode.model_copy(update={"transcripts": transcripts, "audio": audio})


def enclosure(audio: Audio, site: Site, base_url: str) -> Audio:
    """The recording as feeds name it: a copy only where the site says so."""
    return audio.as_played(base_url) if "sound" in site.feed.copies else audio


def audio_type(audio: Audio) -> str:
    """The media type of an enclosure: as recorded, by extension, else that of most audio."""
    return audio.type or urls.audio_type(audio.url) or "audio/mpeg"


def transcript_url(transcript: TranscriptRef, base_url: str) -> str:
    """Where a transcript is, here or elsewhere."""
    if "://" in transcript.url:
        return urls.escaped(transcript.url)
    return urls.absolute(urls.transcript(quote(transcript.url)), base_url)


def transcript_type(transcript: TranscriptRef) -> str:
    """A media type as the podcast namespace lists it, by extension where none is given."""
    if "://" in transcript.url:
        path, said = transcript.url, transcript.type
    else:
        path = urls.transcript(transcript.url)
        said = transcript.type if path.endswith(transcript.url) else None
    by_extension = {**LINKED_TYPES, **TRANSCRIPT_TYPES}.get(urls.extension(path), "text/plain")
    return registered_transcript_type(said or by_extension)
