"""The settings of a new site, of what a source says of its show."""

from typing import Any

from backlist import urls
from backlist.importers.draft import Reading, ShowDraft
from backlist.model import Record, writable
from backlist.problems import Problems, Where

_UNTITLED = "Untitled show"


def show_settings(reading: Reading) -> dict[str, Any]:
    """A `show:` mapping for `site.yaml`, of what the source says and no more."""
    show = reading.show
    known: dict[str, Any] = {
        "title": show.title,
        "description": show.description,
        "author": show.author,
        "language": show.language,
        "categories": list(show.categories),
        "explicit": True if show.explicit else None,
        "type": "serial" if show.type == "serial" else None,
        "image": show.image,
        "owner": _plain(show.owner),
        "copyright": show.copyright,
        "guid": show.guid,
        "link": show.link,
        "people": [_short(_plain(person)) for person in show.people],
        "funding": [_plain(funding) for funding in show.funding],
        "locked": show.locked,
        "medium": None if show.medium == "podcast" else show.medium,
        "license": _plain(show.license),
        "location": _plain(show.location),
        "value": [_plain(value) for value in show.value],
        "txt": [_plain(txt) for txt in show.txt],
        "block": show.block or None,
        "complete": show.complete or None,
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def _plain(record: Record | None) -> dict[str, Any] | None:
    return writable(record) if record else None


def _short(person: dict[str, Any] | None) -> Any:
    """A person with nothing but a name is that name."""
    return person["name"] if person and list(person) == ["name"] else person


def founding_settings(reading: Reading, problems: Problems) -> dict[str, Any]:
    """`show_settings` fit to build with: what the source leaves out is filled in and told."""
    show, where = reading.show, Where(reading.name)
    title = show.title or _guess_title(show)
    if not show.title:
        problems.warning(
            where, f"the source gives the show no title; called `{title}`", "write `show.title`"
        )
    if not show.description:
        problems.warning(
            where,
            "the source does not describe the show; its title stands in",
            "write one or two sentences as `show.description` into site.yaml",
        )
    if show.block:
        problems.warning(
            where,
            "the source hides itself from directories; the new site does too",
            "take `show.block` out of site.yaml unless that is meant",
        )
    if show.locked:
        problems.notice(
            where,
            "the source is locked: other hosts refuse to import it",
            "write `locked: false` into site.yaml for as long as the show moves",
        )
    return {"title": title, "description": title} | show_settings(reading)


def _guess_title(show: ShowDraft) -> str:
    return show.author or urls.split(show.link or "").hostname or _UNTITLED
