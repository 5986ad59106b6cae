"""Items: episodes and works in the vocabulary all formats of citation are written from.

It is that of CSL-JSON (CSL 1.0.2, input schema `csl-data.json`; specification, appendices III
and IV), because the others are narrower. What is not known stays out; what is known but is no
year, no name or no date of a bibliography is told in the note, as it was given.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from backlist import urls
from backlist.model import Episode, Person, Show
from backlist.model.scalars import clock, stamp
from backlist.pages.citations import keys, names
from backlist.pages.citations.names import Name, Names
from backlist.pages.citations.text_cleaning import one_line
from backlist.relate.archive import Archive, Entry, Work

ARXIV = "arXiv:"
GENRE = "Podcast episode"
NOBODY = Names()
_PROCEEDINGS = {"usenix", "aclanthology"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be cited; the fields are CSL's, an empty one is unknown.

    `ident` says what it is, whatever its key: `work:doi:10.1/x`, `episode:a-slug`. `issued` is a
    year, or year, month and day. `hosted` says that the authors are an episode's hosts.
    """

    id: str
    ident: str
    type: str
    title: str = ""
    author: Names = NOBODY
    guest: tuple[Name, ...] = ()
    hosted: bool = False
    issued: tuple[int, ...] = ()
    container_title: str = ""
    publisher: str = ""
    genre: str = ""
    number: str = ""
    dimensions: str = ""
    language: str = ""
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    note: str = ""


def work_item(work: Work) -> Item:
    """A work as an item; its key is the one it would like, `distinct` makes keys unique."""
    author, title = names.authors(work.authors), one_line(work.title)
    year = _year(work.year)
    arxiv, doi = (one_line(work.ids.get(kind)) for kind in ("arxiv", "doi"))
    first = author.people[0] if author.people else Name()
    return Item(
        id=keys.of_work(first.family or keys.first_word(first.literal), year, title, work.id),
        ident=f"work:{work.id}",
        type=_type(work),
        title=title,
        author=author,
        issued=(year,) if year else (),
        container_title=one_line(work.venue),
        number=ARXIV + arxiv if arxiv else "",
        url=_address(work.url, arxiv),
        doi=doi,
        arxiv=arxiv,
        note=_note(work, author, year),
    )


def episode_key(episode: Episode, show: Show) -> str:
    """The key an episode would like; several can like the same."""
    issued = _day(episode)
    return keys.of_episode(show.title, issued[0] if issued else None, episode.slug)


def episode_item(entry: Entry, archive: Archive) -> Item:
    """An episode as an item, by its hosts or else by the show's author."""
    episode, show = entry.episode, archive.show
    author, guests = _heard(entry.people)
    maker = one_line(show.author)
    issued = _day(episode)
    sound = episode.audio.duration if episode.audio else None
    return Item(
        id=episode_key(episode, show),
        ident=f"episode:{episode.slug}",
        type="broadcast",
        title=one_line(episode.title),
        author=author or _named(maker),
        guest=guests,
        hosted=author is not None,
        issued=issued,
        container_title=one_line(show.title),
        publisher=maker if author else "",
        genre=GENRE,
        number=str(episode.number or ""),
        dimensions=clock(sound) if sound else "",
        language=one_line(episode.language or show.language),
        url=urls.absolute(urls.episode(episode.slug), archive.site.base_url),
        note=f"Date as given: about {episode.date}" if episode.date and not issued else "",
    )


def at_moment(item: Item, at: float) -> Item:
    """An episode's item for a place in its recording, in seconds: in its address and its note.

    The address has the moment as W3C Media Fragments 1.0, 4.2.1 writes it.
    """
    url = f"{item.url}#t={round(at, 3):.3f}".rstrip("0").rstrip(".") if item.url else ""
    note = ". ".join(part for part in (f"At {stamp(at)}", item.note) if part)
    return replace(item, url=url, note=note)


def distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items in their order, each once, no two of one key.

    Which key an item gets depends on the set of items only. Items that already are distinct
    stay as they are, so a choice among them keeps the keys they had together.
    """
    once = {item.ident: item for item in items}
    own = keys.told_apart({ident: item.id for ident, item in once.items()})
    return tuple(replace(item, id=own[ident]) for ident, item in once.items())


def remarks(item: Item) -> str:
    """The note for formats that have no place for guests."""
    said = [f"Guests: {', '.join(names.spoken(name) for name in item.guest)}"] if item.guest else []
    return ". ".join([*said, *([item.note] if item.note else [])])


def _type(work: Work) -> str:
    """The type the evidence allows (CSL 1.0.2, appendix III); without any, `document`.

    An arXiv id or a DOI says only that there is an article; the two venues whose paths are read
    publish proceedings; an address that is no file is a web page.
    """
    if work.ids.keys() & _PROCEEDINGS:
        return "paper-conference"
    if work.ids:
        return "article"
    address = _address(work.url, "")
    name = urls.file_name(address) if address else ""
    is_file = re.search(r"\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$", name, re.IGNORECASE)
    return "document" if is_file or not address else "webpage"


def _address(url: str | None, arxiv: str) -> str:
    """Where a work is; of an arXiv paper the page of the abstract, and never a search."""
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    return one_line(url)


def _year(text: str | None) -> int | None:
    said = one_line(text)
    return int(said) if re.fullmatch(r"[12][0-9]{3}", said) else None


def _note(work: Work, author: Names, year: int | None) -> str:
    """What was given and has no place of its own, in the words it was given in."""
    said = one_line(work.year)
    notes = ["Retracted"] if work.is_retracted else []
    notes += [f"Authors as given: {one_line(work.authors)}"] if author.note else []
    if year is None and re.search(r"\d", said):
        notes.append(f"Year as given: {said}")
    return ". ".join(notes)


def _day(episode: Episode) -> tuple[int, ...]:
    """The day of publication, in the zone it was given in; a guess is none."""
    if episode.date is None or episode.date_approximate:
        return ()
    day = episode.date.instant
    return (day.year, day.month, day.day)


def _heard(people: Sequence[Person]) -> tuple[Names | None, tuple[Name, ...]]:
    """Hosts, if there are any, and guests."""
    hosts, guests = _role(people, "host"), _role(people, "guest")
    return (Names(hosts) if hosts else None), guests


def _role(people: Sequence[Person], role: str) -> tuple[Name, ...]:
    return tuple(
        names.person(one.name)
        for one in people
        if one.role.casefold() == role and one_line(one.name)
    )


def _named(maker: str) -> Names:
    return Names((Name(literal=maker),)) if maker else NOBODY
