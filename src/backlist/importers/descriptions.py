"""Which of an item's descriptions becomes the notes, and what becomes of the others."""

from dataclasses import dataclass

from backlist.feed.reader import xml
from backlist.feed.reader.fields import Fields
from backlist.feed.reader.text import clean, shorten
from backlist.feed.vocabulary import CONTENT, ITUNES, RSS, Name
from backlist.importers import losses, markup
from backlist.problems import Problems, Where

_NAMES: tuple[Name, ...] = ((CONTENT, "encoded"), (RSS, "description"), (ITUNES, "summary"))
_SHARE = 0.1
"""Words of a description that may be missing in another one that says the same."""

_LONGEST_SUMMARY = 600
_ADD = "content/imported/ keeps it; add what is missing"


@dataclass(frozen=True, slots=True)
class _Said:
    """One description: its element's name, its text as it stands, its words as counted, its links.

    `rank` is its place among the elements: those that hold HTML come first.
    """

    rank: int
    name: str
    raw: str
    words: losses.Counted
    links: tuple[str, ...]

    def adds_to(self, other: "_Said") -> bool:
        """Whether it says something that the other does not."""
        missing = (self.words - other.words).total()
        return missing > max(2, _SHARE * self.words.total())


def choose(fields: Fields) -> tuple[str, str | None]:
    """The longest description of an item as it stands, and a summary where another one is that.

    A plainer one gives way to a fuller element that says the same. What says something else is
    reported, and so are the links of an element that gives way to a longer one.
    """
    found = list(_read(fields))
    if not found:
        return fields.text("subtitle", ITUNES), None
    best = found[0]
    for said in found[1:]:
        if said.words.total() > best.words.total() and said.adds_to(best):
            best = said
    others = [said for said in found if said is not best and said.adds_to(best)]
    summary = next(filter(None, map(_as_summary, others)), None)
    for said in found:
        linked = _only_in(said, best)
        if said in others:
            kept = summary is not None and _as_summary(said) == summary
            fields.info(
                f"`{said.name}` says something else than `{best.name}`, the notes: "
                f'"{shorten(_plain(said), 80)}"' + (linked and f" ({linked})"),
                "it became the summary" if kept and not linked else _ADD,
            )
        elif linked and said.rank < best.rank:
            fields.info(
                f"`{best.name}` is longer than `{said.name}` and became the notes: {linked}", _ADD
            )
    return best.raw, summary


def _only_in(said: _Said, best: _Said) -> str:
    """The links that one description has and the notes have not, in words."""
    only = [link for link in said.links if link not in best.links]
    plural = "s" if len(only) > 1 else ""
    return f"{len(only)} link{plural} only there, such as {only[0]}" if only else ""


def _read(fields: Fields) -> list[_Said]:
    """The descriptions that say anything, each text once."""
    found: dict[str, str] = {}
    for space, local in _NAMES:
        for element in fields.all(local, space):
            raw = xml.text_of(element).strip()
            if raw:
                found.setdefault(raw, xml.label(element))
    return [
        _Said(rank, name, raw, losses.words_of(raw), losses.links_of(raw))
        for rank, (raw, name) in enumerate(found.items())
    ]


def _plain(said: _Said) -> str:
    return markup.plain(clean(said.raw, Where(""), Problems()))


def _as_summary(said: _Said) -> str | None:
    """One paragraph, short enough to stand above the notes."""
    words = _plain(said)
    return words if words and len(words) <= _LONGEST_SUMMARY else None
