"""Single files become records, each by a function of its name and bytes alone.

These are what a build spends most of its time on, so they are what it keeps between runs and
spreads over cores: nothing here may depend on another file, the settings or the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backlist import content
from backlist.cache.keys import key_of
from backlist.content import Document
from backlist.files import Parsed
from backlist.model import Episode, Page
from backlist.model.scalars import Moment, moment
from backlist.parse import chapters, features, host_lines, markdown, transcript
from backlist.parse.chapters import Mark
from backlist.parse.features import Features, addresses, terms
from backlist.parse.features.terms import Terms
from backlist.parse.markdown import Notes
from backlist.parse.transcript import Transcript
from backlist.problems import Problem, Problems, Where

MOST_ERRORS = 3
"""Places of one transcript that are reported."""


@dataclass(frozen=True)
class EpisodeFile:
    """An episode, the document it was read from, its notes, and what it is compared by.

    `own_notes` are the notes without lines that a host added, where there are any. `digest` stands
    for all of it, and `front` for all but the notes.
    """

    episode: Episode
    document: Document
    notes: Notes
    features: Features
    digest: bytes
    front: bytes = b""
    own_notes: Notes | None = None


@dataclass(frozen=True)
class TranscriptFile:
    """What is said in a transcript file, and the terms of it."""

    transcript: Transcript
    terms: Terms


@dataclass(frozen=True)
class PageFile:
    """A page of the site's own, the document it was read from, and its text."""

    page: Page
    document: Document
    notes: Notes


@dataclass(frozen=True)
class ImportedItem:
    """What a raw record keeps of a source's item: the source's format, and how apps know it."""

    format: str
    guid: str | None = None
    audio: str | None = None
    title: str | None = None
    date: Moment | None = None


def read_episode(name: str, data: bytes) -> Parsed[EpisodeFile]:
    """The record of `content/episodes/*.md`."""
    problems = Problems()
    document = _document(name, data, problems)
    if document is None:
        return Parsed(None, tuple(problems.found))
    episode = content.read(Episode, document, problems, body=document.body)
    if episode is None:
        return Parsed(None, tuple(problems.found))
    own = frozenset(_own_addresses(episode))
    notes = markdown.read(episode.body, own, len(episode.sources))
    _tell_faults(notes, document, problems)
    own_body = host_lines.without(episode.body)
    compared = features.of(episode, episode.body, notes.links, own_text=own_body)
    front = key_of(episode.model_copy(update={"body": ""}))
    item = EpisodeFile(
        episode,
        _places(document),
        notes,
        compared,
        key_of(name, data),
        front,
        None if own_body == episode.body else markdown.read(own_body, own, len(episode.sources)),
    )
    return Parsed(item, tuple(problems.found))


def _own_addresses(episode: Episode) -> Iterator[str]:
    """The keys of the addresses an episode's page and recording have, or had elsewhere."""
    guid = episode.guid if episode.permalink else None
    audio = (episode.audio.url, *episode.audio.previous_urls) if episode.audio else ()
    for address in (episode.link, guid, *audio, *episode.aliases):
        if address and "://" in address:
            yield addresses.key(address)


def read_page(name: str, data: bytes) -> Parsed[PageFile]:
    """The record of `content/pages/*.md`."""
    problems = Problems()
    document = _document(name, data, problems)
    if document is None:
        return Parsed(None, tuple(problems.found))
    page = content.read(Page, document, problems, body=document.body)
    if page is None:
        return Parsed(None, tuple(problems.found))
    notes = markdown.read(page.body)
    _tell_faults(notes, document, problems)
    return Parsed(PageFile(page, _places(document), notes), tuple(problems.found))


def read_transcript(name: str, data: bytes) -> Parsed[TranscriptFile]:
    """A file of `content/transcripts/` as what is said in it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Parsed(None, (_not_text(name, data, error),))
    found = replace(transcript.read(name.rpartition("/")[2], text), digest=key_of(name, data))
    item = TranscriptFile(found, terms.of_speech(found.words))
    return Parsed(item, tuple(_transcript_problems(name, found)))


def read_chapters(name: str, data: bytes) -> Parsed[tuple[Mark, ...]]:
    """The marks in a file of `content/chapters/`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Parsed(None, (_not_text(name, data, error),))
    problems = Problems()
    marks = tuple(chapters.read(text, name, problems))
    return Parsed(marks, tuple(problems.found))


def read_imported(name: str, data: bytes) -> Parsed[ImportedItem]:
    """The identity of an item in `content/imported/episodes/*.yaml`."""
    parsed = read_yaml(name, _without_texts(data))
    if parsed.record is None:
        return Parsed(None, parsed.problems)
    derived = parsed.record.data.get("derived")
    if not isinstance(derived, dict):
        problems = Problems()
        hint = "delete the file; the next import creates it again"
        problems.error(parsed.record.where(), "has no `derived` fields", hint)
        return Parsed(None, tuple(problems.found))
    said = {key: value for key, value in derived.items() if isinstance(value, str)}
    audio = derived.get("audio")
    url = audio.get("url") if isinstance(audio, dict) else audio
    item = ImportedItem(
        str(parsed.record.data.get("format")),
        guid=said.get("guid") or None,
        audio=url if isinstance(url, str) else None,
        title=said.get("title"),
        date=_moment(said.get("date")),
    )
    return Parsed(item, parsed.problems)


_DERIVED, _BODY = b"\nderived:\n", b"\n  body:"


def _without_texts(data: bytes) -> bytes:
    """A raw record without the source's own fields and the notes: most of it, and not asked for."""
    head, mark, derived = data.partition(_DERIVED)
    raw = head.find(b"\nraw:\n")
    if not mark or raw < 0:
        return data
    return head[:raw] + mark + derived.partition(_BODY)[0] + b"\n"


def _moment(said: str | None) -> Moment | None:
    try:
        return moment(said) if said else None
    except ValueError:
        return None


def read_yaml(name: str, data: bytes) -> Parsed[Document]:
    """A YAML file as text with lines."""
    problems = Problems()
    text = content.decode(data, name, problems)
    document = content.parse_yaml(text, name, problems) if text is not None else None
    return Parsed(document, tuple(problems.found))


def _document(name: str, data: bytes, problems: Problems) -> Document | None:
    text = content.decode(data, name, problems)
    return content.parse_markdown(text, name, problems) if text is not None else None


def _tell_faults(notes: Notes, document: Document, problems: Problems) -> None:
    for line, message, hint in notes.faults:
        problems.warning(Where(document.file, document.body_line + line), message, hint)


def _places(document: Document) -> Document:
    """A document without its values: the record has them, and only lines are asked for now."""
    return replace(document, data={}, body="")


def _not_text(name: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    problems = Problems()
    where = Where(name, data[: error.start].count(b"\n") + 1)
    problems.warning(where, "is not UTF-8 text; it was not read", "save the file as UTF-8")
    return problems.found[0]


def _transcript_problems(name: str, found: Transcript) -> list[Problem]:
    """What cannot be read in a transcript: three places, and how many more there are."""
    problems = Problems()
    faults = found.faults
    for number, fault in enumerate(faults[:MOST_ERRORS], 1):
        more = f" (and {len(faults) - number} more)" if number == MOST_ERRORS < len(faults) else ""
        problems.warning(
            Where(name, fault.line),
            fault.message + more,
            "the rest of the file was read; fix this line, or export the transcript again"
            if found.cues
            else "page and feed leave the file out; export the transcript again",
        )
    return problems.found
