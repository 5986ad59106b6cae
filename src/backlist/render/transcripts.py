"""Transcripts to read: on the episode's page, and a long one on a page of its own."""

from collections.abc import Iterator

from markupsafe import Markup

from backlist import urls
from backlist.archive import Archive, Entry
from backlist.model import Labels
from backlist.outputs import Output
from backlist.render import listening, phrases, speech
from backlist.render.fragments import Desk
from backlist.render.paper import printed
from backlist.render.views import Link, TranscriptPage, TranscriptView
from backlist.theme import Theme

LONG = 10_000
"""Words from which on a transcript has a page of its own: an hour and more of speech."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """A page for every transcript that is long."""
    for entry in apart(archive):
        desk = Desk(archive, theme, urls.transcript_page(entry.slug))
        yield printed(desk, "transcript.html", _page(desk, entry), "transcripts", entry.file)


def apart(archive: Archive) -> Iterator[Entry]:
    """The episodes whose transcript would weigh down their page, and has one of its own."""
    return (one for one in archive.full if one.script and speech.count(one.script) >= LONG)


def title(entry: Entry) -> str:
    """What the page of a transcript is called."""
    return f"Transcript: {entry.episode.title}"


def words(entry: Entry, labels: Labels = phrases.ENGLISH) -> str:
    """How much is said: `6 012 words`."""
    return phrases.counted(speech.count(entry.script), labels.n_words) if entry.script else ""


def view(desk: Desk, entry: Entry) -> TranscriptView | None:
    """The transcripts of an episode as the page at the desk shows them."""
    script = entry.script
    elsewhere = tuple(_elsewhere(desk, entry))
    if script is None:
        return TranscriptView(Markup(), "", "", elsewhere) if elsewhere else None
    own = urls.transcript_page(entry.slug)
    is_apart = speech.count(script) >= LONG and desk.path != own
    return TranscriptView(
        html=Markup() if is_apart else speech.to_html(script),
        page=desk.to(own) if is_apart else "",
        words=words(entry, desk.labels),
        files=elsewhere,
    )


def _page(desk: Desk, entry: Entry) -> TranscriptPage:
    return TranscriptPage(
        head=desk.head(
            title(entry),
            entry.summary or entry.episode.title,
            "article",
            scripts=listening.scripts(entry),
            card=urls.card(entry.slug),
        ),
        title=entry.episode.title,
        episode=desk.page_link(entry.episode.title, urls.episode(entry.slug)),
        audio=listening.audio(desk, entry),
        chapters=listening.chapters(entry),
        transcript=view(desk, entry),
        edit=desk.edit(f"content/transcripts/{entry.script.name}") if entry.script else "",
    )


def _elsewhere(desk: Desk, entry: Entry) -> Iterator[Link]:
    """The files of a transcript, here and on other hosts."""
    for one in entry.episode.transcripts:
        here = "://" not in one.url
        if here and one.url not in desk.archive.transcripts:
            continue
        kind = one.url.rpartition(".")[2].upper()
        named = kind if f".{kind.lower()}" in urls.TRANSCRIPT_TYPES else "transcript"
        address = desk.to(urls.transcript(one.url)) if here else one.url
        note = ", ".join(filter(None, (one.language or "", "" if here else urls.host(one.url))))
        yield Link(named, address, note=note)
