"""What the podcast namespace and Podlove's chapters say of an episode.

Tags: podcast namespace 1.0, `docs/tags/`; chapters inline: Podlove Simple Chapters 1.2.
"""

from backlist.importers import feed_xml as xml
from backlist.importers.feed_fields import Fields, address
from backlist.importers.feed_names import PSC, name_of
from backlist.model import Chapter, Soundbite, Transcript
from backlist.urls import file_name

_SRT = frozenset(("application/srt", "text/srt", "application/x-subrip", "text/x-subrip"))
_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "html": "text/html",
    "txt": "text/plain",
}


def read_transcripts(fields: Fields) -> tuple[Transcript, ...]:
    """Every transcript with a web address, in order; SubRip under its registered type."""
    found = []
    for _, said in fields.each("transcript"):
        url = address(said.get("url", ""))
        if url is None:
            fields.problems.warning(
                fields.where,
                f'a transcript has no web address: "{said.get("url", "")}"',
                "put the file into content/transcripts/ and name it in the record",
            )
            continue
        transcript = fields.make(
            Transcript,
            "podcast:transcript",
            url=url,
            type=_read_type(url, said.get("type", "").lower()),
            language=said.get("language"),
            captions=said.get("rel", "").lower() == "captions",
        )
        found += [transcript] if transcript and transcript not in found else []
    return tuple(found)


def _read_type(url: str, said: str) -> str | None:
    """The media type where the file's extension does not say it."""
    kind = "application/x-subrip" if said in _SRT else said
    extension = file_name(url).rpartition(".")[2].lower()
    return None if kind == _TYPES.get(extension) else kind or None


def read_chapters(fields: Fields) -> tuple[Chapter, ...]:
    """The chapter marks that stand in the item itself, in order of time."""
    found = []
    for element in (each for group in fields.all("chapters", PSC) for each in group):
        if name_of(element) != (PSC, "chapter"):
            continue
        said = {name: value.strip() for name, value in xml.attributes(element).items()}
        chapter = fields.make(
            Chapter,
            "psc:chapter",
            start=said.get("start", ""),
            title=said.get("title"),
            url=address(said.get("href", "")),
            image=address(said.get("image", "")),
        )
        found += [chapter] if chapter else []
    return tuple(sorted(found, key=lambda chapter: chapter.start))


def read_soundbites(fields: Fields) -> tuple[Soundbite, ...]:
    """The parts worth sharing, in order."""
    made = (
        fields.make(
            Soundbite,
            "podcast:soundbite",
            start=said.get("starttime"),
            duration=said.get("duration"),
            title=words,
        )
        for words, said in fields.each("soundbite")
    )
    return tuple(soundbite for soundbite in made if soundbite)
