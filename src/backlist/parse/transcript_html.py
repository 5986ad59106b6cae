"""What is said, for reading: cues become paragraphs, paragraphs HTML and Markdown.

A paragraph ends where the file ends it, where somebody else speaks, and, in a file of lines or cues
without paragraphs, at a pause and with a sentence after some length.
Every cue has an address that an edit elsewhere in the file does not change: `#t-754` is what is
said from second 754 on.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from backlist.content.markdown_text import line
from backlist.model.scalars import clock
from backlist.parse import source_numbers
from backlist.parse.transcript import Cue, Transcript, attributed

PAUSE = 2.5
"""Seconds of silence that begin a paragraph."""

ENOUGH, TOO_MUCH = 60, 160
"""Words after which a paragraph ends with the sentence, and after which it ends at all."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Cues that belong together; `speaker` is named where it is another than before."""

    speaker: str
    cues: tuple[tuple[int, Cue], ...]

    @property
    def is_heading(self) -> bool:
        """Whether it stands above what follows, and nobody says it."""
        return self.cues[0][1].heading


def to_html(transcript: Transcript, sources: int = 0, page: str = "") -> Markup:
    """The HTML of a transcript: paragraphs with time, speaker, and a `span` a cue.

    `[3]` leads to the third of so many `sources`, which stand on `page` if not on this one.
    """
    cues = attributed(transcript.cues)
    idents = _idents(cues)
    html = "\n".join(_paragraph(one, idents, sources, page) for one in paragraphs(cues))
    return Markup(html)  # every cue was escaped


def to_markdown(transcript: Transcript) -> str:
    """The paragraphs of a transcript, time and speaker in front."""
    cues = attributed(transcript.cues)
    return "\n\n".join(map(_plain_paragraph, paragraphs(cues)))


def _plain_paragraph(one: Paragraph) -> str:
    first = one.cues[0][1]
    time = "" if first.start is None else f"[{clock(int(first.start))}]"
    speaker = f"**{line(one.speaker)}**" if one.speaker else ""
    said = line(" ".join(cue.text for _, cue in one.cues))
    mark = "###" if one.is_heading else ""
    return " ".join(filter(None, (mark, time, speaker, said)))


def addressed(transcript: Transcript) -> Iterator[tuple[Paragraph, list[str]]]:
    """The paragraphs of a transcript, each with the addresses of its cues."""
    cues = attributed(transcript.cues)
    idents = _idents(cues)
    for one in paragraphs(cues):
        yield one, [idents[place] for place, _ in one.cues]


def paragraphs(cues: Sequence[Cue]) -> Iterator[Paragraph]:
    """Cues by the file's own paragraphs, speaker, pause and sentence; each with its place."""
    given = any(cue.opens for cue in cues[1:])
    block: list[tuple[int, Cue]] = []
    words, speaker, named = 0, "", ""
    for place, cue in enumerate(cues):
        spoken = cue.speaker or ""
        last = block[-1][1] if block else None
        if last and (
            spoken not in ("", speaker)
            or _is_parted(last, cue)
            or _is_break(last, cue, words, given)
        ):
            yield Paragraph(named, tuple(block))
            block, words, named = [], 0, ""
        if cue.heading:
            speaker = ""  # it is named again after a heading
        elif spoken and spoken != speaker:
            speaker = named = spoken
        block.append((place, cue))
        words += len(cue.text.split())
    if block:
        yield Paragraph(named, tuple(block))


def _is_parted(last: Cue, cue: Cue) -> bool:
    """Whether the file itself begins a paragraph with a cue."""
    return cue.opens or cue.heading or last.heading


def _is_break(last: Cue, cue: Cue, words: int, given: bool) -> bool:
    """Whether a paragraph that has so many words ends between two cues.

    `given` says that the file has paragraphs of its own.
    """
    ended = last.text.rstrip("”\"'’)»").endswith((".", "?", "!", "…", "。", "？", "！"))
    if cue.start is None:
        return ended and (not given or words >= TOO_MUCH)
    if last.end is not None and cue.start - last.end >= PAUSE:
        return True
    return words >= TOO_MUCH or (ended and words >= ENOUGH)


def _idents(cues: Sequence[Cue]) -> list[str]:
    """An address for each cue: its second, counted where one second has several."""
    taken: Counter[str] = Counter()
    idents = []
    for place, cue in enumerate(cues):
        ident = f"said-{place + 1}" if cue.start is None else f"t-{int(cue.start)}"
        taken[ident] += 1
        idents.append(ident if taken[ident] == 1 else f"{ident}-{taken[ident]}")
    return idents


def _paragraph(one: Paragraph, idents: Sequence[str], sources: int, page: str) -> str:
    place, first = one.cues[0]
    if one.is_heading:
        return f'<h3 id="{idents[place]}">{escape(first.text)}</h3>'
    shown = str(place + 1) if first.start is None else clock(int(first.start))
    time = f'<a class="time" href="#{idents[place]}">{shown}</a> '
    speaker = f'<b class="speaker">{escape(one.speaker)}</b> ' if one.speaker else ""
    said = " ".join(
        f'<span id="{idents[n]}">{_linked(cue.text, sources, page)}</span>' for n, cue in one.cues
    )
    return f"<p>{time}{speaker}{said}</p>"


def _linked(text: str, sources: int, page: str) -> str:
    """What is said as HTML; a number of a source leads to it."""
    if not sources or "[" not in text:
        return str(escape(text))
    return "".join(
        f'<a href="{page}#source-{source}">{part}</a>' if source else str(escape(part))
        for part, source in source_numbers.split(text, sources)
    )
