"""What there is to look up in an archive: works that no address is known of."""

from collections import defaultdict
from collections.abc import Callable, Collection

from backlist.commands.lookup import titles
from backlist.commands.lookup.records import Question
from backlist.parse.features import identity
from backlist.relate.archive import Archive, Citation, Work

Cited = dict[str, list[tuple[str, Citation]]]


def unidentified(archive: Archive, episodes: Collection[str] = ()) -> list[Question]:
    """The works without address and identifiers that nobody has looked up, as questions.

    `episodes` are slugs; without any, all episodes are asked about. Drafts and private episodes
    are no part of an archive, so that no service learns of them.
    """
    return _questions(archive, episodes, _is_unidentified)


def identified(archive: Archive, episodes: Collection[str] = ()) -> list[tuple[Question, Work]]:
    """The works that have a DOI or an arXiv id, to ask whether they were taken back."""
    works = {work.id: work for work in archive.works}
    asked = _questions(archive, episodes, lambda work: bool({"doi", "arxiv"} & work.ids.keys()))
    return [(question, works[question.work]) for question in asked]


def _is_unidentified(work: Work) -> bool:
    is_worded = bool(titles.key(work.title or ""))
    return is_worded and not work.url and not work.ids and work.status is None


def _questions(
    archive: Archive, episodes: Collection[str], is_wanted: Callable[[Work], bool]
) -> list[Question]:
    cited: Cited = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in reversed(archive.entries):
        for citation in entry.citations:
            if citation.work:
                cited[citation.work].append((entry.slug, citation))
                owners[_fold(citation)].add(citation.work)
    found = []
    for work in archive.works:
        mine = sorted(cited[work.id], key=lambda one: bool(episodes) and one[0] not in episodes)
        here = bool(mine) and (not episodes or mine[0][0] in episodes)
        if here and is_wanted(work):
            found.append((mine[0][1].number, _question(work, mine, owners)))
    order = {entry.slug: place for place, entry in enumerate(reversed(archive.entries))}
    found.sort(key=lambda one: (order[one[1].places[0][0]], one[0]))
    return [question for _, question in found]


def _question(
    work: Work, cited: list[tuple[str, Citation]], owners: dict[str, set[str]]
) -> Question:
    names: dict[str, None] = {}
    for slug, citation in cited:
        title = identity.searched_title(citation.source)
        # A title that other works bear too would bring their sources here.
        is_own = title and owners[_fold(citation)] == {work.id}
        names[title if title and is_own else f"{slug}#{citation.number}"] = None
    return Question(
        work=work.id,
        title=work.title or "",
        authors=work.authors or "",
        year=work.year or "",
        names=tuple(names),
        places=tuple((slug, citation.number) for slug, citation in cited),
    )


def _fold(citation: Citation) -> str:
    return " ".join((identity.searched_title(citation.source) or "").casefold().split())
