"""Citations: what an archive holds, in the formats of reference managers and for people.

To add a format:

1. write a module here with a `write(items)` that gives the whole text of a file; take from an
   `Item` only what is known, and name the specification;
2. add its `Format` to `FORMATS`;
3. read its file back with somebody else's parser in `tests/pages/citations/`.

Make one `Library` an archive and choose from it, so that a key means one thing everywhere. The
text is to be encoded as UTF-8 and its line ends are to stay (RIS ends lines in CR LF).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backlist.pages.citations import bibtex, csl, ris, text
from backlist.pages.citations.items import Item, distinct, episode_item, work_item
from backlist.pages.citations.library import Library
from backlist.pages.citations.names import Name, Names

__all__ = [
    "FORMATS",
    "Format",
    "Item",
    "Library",
    "Name",
    "Names",
    "distinct",
    "episode_item",
    "text",
    "work_item",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of citation: its name, what a person calls it, its files and who writes them."""

    name: str
    label: str
    extension: str
    media_type: str
    writer: Callable[[Sequence[Item]], str]

    def write(self, items: Iterable[Item]) -> str:
        """The items as the text of one file, each once, no two of one key."""
        return self.writer(distinct(items))


FORMATS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", "bib", "application/x-bibtex", bibtex.write),
    Format("ris", "RIS", "ris", "application/x-research-info-systems", ris.write),
    Format("csl", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl.write),
)
