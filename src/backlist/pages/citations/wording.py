"""What is said beside a show's own words: authors in brief, how it was published, corrections."""

from collections.abc import Iterator

from backlist.model import Labels
from backlist.pages.citations import names
from backlist.pages.citations.text_cleaning import one_line
from backlist.relate.archive import Citation, Entry

MOST = 4
"""Authors that are all named; of more, the first three."""


def briefly(authors: str | None, labels: Labels) -> str:
    """The names in an authors text, of many only the first ones; the text itself if it has none.

    >>> briefly("Ann Owl, Ben Wren, Cy Tit, Dee Jay, Eve Roc", Labels())
    'Ann Owl, Ben Wren, Cy Tit et al.'
    """
    people = names.authors(authors).people
    if len(people) <= MOST:
        return one_line(authors)
    first = labels.comma.join(map(names.spoken, people[: MOST - 1]))
    return labels.and_others.format(names=first)


def authors(citation: Citation, labels: Labels) -> str:
    """The authors of a source: as it gives them, or in brief those that only its work names."""
    if citation.authors == citation.source.authors:
        return citation.authors or ""
    return briefly(citation.authors, labels)


def published(citation: Citation, labels: Labels) -> str:
    """How the publication differs from the words of a source, as a sentence; empty if it does not.

    `Published as Surveying Owls by Night, 2024`, or `As published: Ann Owl, Ben Wren, 2024`.
    """
    differs = citation.published
    if differs is None:
        return ""
    told = (one_line(differs.title), briefly(differs.authors, labels), one_line(differs.year))
    what = labels.comma.join(filter(None, told))
    return (labels.published_as if differs.title else labels.as_published).format(what=what)


def corrections(entry: Entry, labels: Labels) -> Iterator[str]:
    """What an episode said wrong, each as a sentence: `Correction, 2026-03-18: …`."""
    for said in entry.episode.corrections:
        head = labels.corrected_on.format(date=said.date.instant.date().isoformat())
        yield f"{head}{labels.colon}{one_line(said.text)}"
