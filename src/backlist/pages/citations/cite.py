"""Answers to "how do I cite this": an episode, a work, a list of works, or everything."""

from collections.abc import Sequence

from backlist.model.scalars import timestamp
from backlist.pages.citations import FORMATS, Item, Library, text
from backlist.pages.citations.items import at_moment
from backlist.problems import BacklistError, Where, did_you_mean
from backlist.relate.archive import Archive


def cite(
    archive: Archive, name: str | None, wanted: str, *, sources: bool = False, at: str | None = None
) -> str:
    """The citation of what `name` names, in the format `wanted` (`text`, or one of `FORMATS`).

    `sources` asks for what an episode cites; `at` is a moment of it (`12:34`). Raises
    `BacklistError` when nothing has that name, the moment cannot be read, or what is asked for is
    no episode and so has no moments.
    """
    shelf = Library(archive)
    items = _choose(archive, shelf, name, sources=sources)
    moment = None if at is None else _moment(at, items)
    labels = archive.site.labels
    if wanted == "text":
        return "\n".join(text.write(item, moment, labels) for item in items) + "\n"
    if moment is not None:
        items = [at_moment(item, moment) for item in items]
    return next(form.write(items) for form in FORMATS if form.name == wanted)


def _choose(archive: Archive, shelf: Library, name: str | None, *, sources: bool) -> Sequence[Item]:
    if name is None:
        return shelf.items
    if f"episode:{name}" in shelf.keys:
        entry = archive.entry(name)
        return shelf.cited_by(entry) if sources else [shelf.episode(name)]
    works = {work.slug: work.id for work in archive.works}
    ident = works.get(name, name)
    if f"work:{ident}" in shelf.keys:
        return [shelf.work(ident)]
    names = [*(entry.slug for entry in archive.entries), *works]
    raise BacklistError(
        Where("cite"),
        f"nothing is called `{name}`",
        did_you_mean(name, names) or "name an episode's or a work's slug",
    )


def _moment(at: str, items: Sequence[Item]) -> float:
    if [item.type for item in items] != ["broadcast"]:
        hint = "name an episode, and leave out `--sources`"
        raise BacklistError(Where("cite"), "`--at` is a position in one episode", hint)
    try:
        return timestamp(at)
    except ValueError as error:
        raise BacklistError(
            Where("cite"), f"`--at` is not a position in time: {at}", "write it as 12:34 or 1:02:03"
        ) from error
