"""Works, episodes and texts for the tests of citations."""

from typing import Any

from hypothesis import strategies as st

from backlist.model import Episode, Show, Site, Source, Status
from backlist.pages.citations import Item, Name, Names
from backlist.pages.citations.text_cleaning import one_line
from backlist.relate.archive import Archive, Citation, Entry, Work

SHOW: dict[str, Any] = {
    "title": "AI Post Transformers",
    "description": "A show.",
    "author": "mcgrof",
    "people": ["Hal Turing", "Dr. Ada Shannon"],
}

HOSTILE = (
    st.text(st.sampled_from("aB1 {}\\%&$#_~^\"'`-,;@=|<>*!?\n\r\t\u2028é字ß—“🎙\0")) | st.text()
)
"""Texts with all that means something to LaTeX, BibTeX, RIS or JSON."""

LINE = HOSTILE.map(one_line).filter(bool)


def work(ident: str = "title:a-work", **known: Any) -> Work:
    unknown: dict[str, Any] = dict.fromkeys(("title", "authors", "year", "url"))
    unknown |= {"ids": {}, "subject_of": (), "cited_by": ()}
    return Work(id=ident, slug="a", **unknown | known)


def entry(slug: str = "a-slug", title: str = "A title", **fields: Any) -> Entry:
    episode = Episode(title=title, slug=slug, **fields)
    heard = () if episode.status is Status.STUB else episode.people or Show(**SHOW).people
    return Entry(episode, f"content/episodes/{slug}.md", people=heard)


def citing(slug: str, *cited: Citation) -> Entry:
    return Entry(Episode(title=slug, slug=slug), f"content/episodes/{slug}.md", citations=cited)


def citation(number: int, **points_at: Any) -> Citation:
    return Citation(number, Source(title="As given"), **points_at)


def archive(*entries: Entry, works: tuple[Work, ...] = (), **show: Any) -> Archive:
    return Archive(
        show=Show(**SHOW | show),
        site=Site(base_url="https://example.org/show/"),
        entries=entries,
        works=works,
    )


_FAMILY = st.sampled_from(["Ré", "Hakkani-Tür", "O’Brien", "DeCandia", "Łukasz", "Fu", "Øster"])
_GIVEN = st.sampled_from(["Ada", "J.-P.", "Daniel Y.", "Gyeong-In", ""])

names = (
    st.builds(
        Name,
        family=_FAMILY,
        given=_GIVEN,
        particle=st.sampled_from(["", "van der", "de"]),
        suffix=st.just(""),
    )
    | st.builds(Name, family=_FAMILY, given=st.just("Ada"), suffix=st.sampled_from(["Jr.", "III"]))
    | st.builds(Name, literal=LINE)
)

ADDRESS = st.text(st.sampled_from("abcXYZ019/%#_&?=~;,.-+:é")).map(
    lambda rest: f"https://example.org/{rest}"
)

items = st.builds(
    Item,
    id=st.from_regex(r"[a-z]{1,8}[0-9]{4}[a-z]{0,6}", fullmatch=True),
    ident=st.uuids().map(str),
    type=st.sampled_from(["article", "broadcast", "document", "paper-conference", "webpage"]),
    title=LINE | st.just(""),
    author=st.builds(Names, st.lists(names, min_size=1, max_size=4).map(tuple), st.booleans())
    | st.just(Names()),
    guest=st.lists(names, max_size=2).map(tuple),
    issued=st.just(())
    | st.tuples(st.integers(1000, 2999))
    | st.dates().map(lambda day: (max(day.year, 1000), day.month, day.day)),
    container_title=LINE | st.just(""),
    genre=st.just("") | st.just("Podcast episode"),
    url=ADDRESS | st.just(""),
    doi=st.just("") | st.just("10.1000/a_b%20(c)<1::x>2.0;2-#"),
    note=LINE | st.just(""),
)
