"""What the tools answer: facts and passages, each with the address that opens it.

Keys of `archive.json` keep their names here (`docs/archive-json.md`); what is added is `url`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from backlist.commands.mcp_server import search as searching
from backlist.commands.mcp_server.published import Kind, Place, Published, Record

MOST = 50
"""Passages in one answer: a model reads them all."""

Answer = dict[str, Any]


class UnknownError(ValueError):
    """A question about something that the archive has not, or that no tool takes; says so."""


def search(archive: Published, query: str, kind: Kind | None, limit: int, offset: int) -> Answer:
    """The passages, titles and sources that have the words of a query, best first."""
    asked = searching.parse(query)
    if not asked.text:
        raise UnknownError("The query is empty: give words, or a phrase in quotes.")
    found = [archive.places[place] for place in archive.index.find(asked)]
    if kind:
        found = [one for one in found if one.kind == kind]
    answer = _page(archive, found, limit, offset)
    if archive.unread:
        answer["unread"] = (
            f"{len(archive.unread)} of {len(archive.episodes)} episodes: {archive.unread[0]}"
        )
    return answer


def passage(
    archive: Published, episode: str, kind: Kind | None, at: float | None, limit: int, offset: int
) -> Answer:
    """The passages of an episode in their order, from second `at` of its recording on."""
    found = [
        one
        for one in archive.said_in(_episode(archive, episode)["slug"])
        if kind in (None, one.kind)
    ]
    if at is not None:
        timed = [one for one in found if one.start is not None and one.kind == "transcript"]
        later = [n for n, one in enumerate(timed) if (one.start or 0) <= at]
        found = timed[later[-1] if later else 0 :]
    return _page(archive, found, limit, offset)


def episode(archive: Published, named: str) -> Answer:
    """The facts of an episode, each source with the address of its place in the list."""
    known = _episode(archive, named)
    facts = {key: value for key, value in known.items() if key != "related"}
    sources = [
        {**one, "opens": archive.source_url(known["slug"], one["number"])}
        for one in known["sources"]
    ]
    return {**facts, "sources": sources, **_links(archive, known)}


def related(archive: Published, named: str) -> Answer:
    """Related episodes with reasons, best first; mentions and other takes of the same paper."""
    known = _episode(archive, named)
    found = [
        {**one, "reasons": [reason["text"] for reason in near["reasons"]]}
        for near in known["related"]
        for one in _named(archive, [near["slug"]])
    ]
    links = _links(archive, known)
    return {"episode": known["title"], "url": known["url"], "related": found, **links}


def work(archive: Published, named: str) -> Answer:
    """A paper, book or post, and the place in each episode's list that cites it."""
    known = _work(archive, named)
    cited = [*_citing(archive, known["id"])]
    has_page = known["subject_of"] or len(known["cited_by"]) > 1
    page = f"{archive.base}works/{known['slug']}/" if has_page else None
    facts = {key: value for key, value in known.items() if key not in ("subject_of", "cited_by")}
    return {**facts, "opens": page or (cited[0]["url"] if cited else None), "episodes": cited}


def _citing(archive: Published, ident: str) -> Iterator[Answer]:
    for slug, one in archive.episodes.items():
        for source in one["sources"]:
            if source["work"] == ident:
                url = archive.source_url(slug, source["number"])
                yield {"episode": slug, "title": one["title"], "role": source["role"], "url": url}


def _page(archive: Published, found: Sequence[Place], limit: int, offset: int) -> Answer:
    limit, offset = max(1, min(limit, MOST)), max(0, offset)
    after = offset + limit
    return {
        "total": len(found),
        "next_offset": after if after < len(found) else None,
        "results": [_result(archive, one) for one in found[offset:after]],
    }


def _result(archive: Published, place: Place) -> Answer:
    about = archive.episodes[place.episode]
    told = {
        "url": place.url,
        "kind": place.kind,
        "text": place.text,
        "episode": place.episode,
        "title": about["title"],
        "date": about.get("date"),
        "start": place.start,
        "end": place.end,
        "speakers": list(place.speakers),
    }
    return {key: value for key, value in told.items() if value not in (None, [])}


def _links(archive: Published, known: Record) -> Answer:
    """The episodes that an episode mentions, that mention it, or that treat the same paper."""
    kinds = ("mentions", "mentioned_by", "takes")
    return {kind: _named(archive, known.get(kind, ())) for kind in kinds}


def _named(archive: Published, slugs: Iterable[str]) -> list[Answer]:
    known = (archive.episodes[slug] for slug in slugs if slug in archive.episodes)
    return [
        {"slug": one["slug"], "title": one["title"], "date": one.get("date"), "url": one["url"]}
        for one in known
    ]


def _episode(archive: Published, named: str) -> Record:
    """An episode by slug, address or title."""
    slug = named.strip().removeprefix(archive.base).partition("#")[0]
    slug = slug.removeprefix("episodes/").strip("/").partition("/")[0]
    if slug in archive.episodes:
        return archive.episodes[slug]
    title = " ".join(named.casefold().split())
    for one in archive.episodes.values():
        if " ".join(one["title"].casefold().split()) == title:
            return one
    raise UnknownError(f"There is no episode `{named}`: `search` gives the slugs of episodes.")


def _work(archive: Published, named: str) -> Record:
    """A work by id, slug, address or title; a DOI or arXiv id with or without its prefix."""
    said = " ".join(named.casefold().split())
    for one in archive.works.values():
        ids = {str(value).casefold() for value in (one.get("ids") or {}).values()}
        names = {str(one[key]).casefold() for key in ("id", "slug", "title") if one[key]}
        address = f"{archive.base}works/{one['slug']}/".casefold()
        if said in names | ids | {address, str(one.get("url")).casefold()}:
            return one
    raise UnknownError(
        f"There is no work `{named}`: `search` with kind `source` finds what episodes cite."
    )
