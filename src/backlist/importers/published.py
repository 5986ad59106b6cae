"""The guard of what is published: notes of a downloaded feed against our feed and our pages.

Same survey as the import's (`losses`), one step later: what a feed showed must reach its readers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from backlist.feed.reader import xml
from backlist.feed.reader.fields import Fields, address
from backlist.feed.reader.losses import pair_items
from backlist.feed.vocabulary import CONTENT
from backlist.importers import descriptions, losses
from backlist.importers.losses import Loss, Shown
from backlist.model import Episode
from backlist.problems import Problems, Where

Element = Any
Pages = Mapping[str, tuple[bytes, Episode]]
"""Pages of episodes and what they are of, by guid."""


def report_lost_notes(
    data: bytes, file: str, published: Iterable[bytes], pages: Pages, problems: Problems
) -> str | None:
    """Report what the notes in a downloaded feed show and our feed or pages do not; a sentence.

    `published` are the documents of our feed. None when the download cannot be read.
    """
    source, skipped = xml.parse(data, file, Problems())
    if source is None:
        return None
    ours = [root for each in published if (root := xml.parse(each, "", Problems())[0]) is not None]
    found: dict[tuple[str, str], list[tuple[Where, Loss]]] = defaultdict(list)
    compared = 0
    link = next((xml.text_of(each) for each in source.iterfind("channel/link")), "").strip()
    for item, other in pair_items(source, ours):
        where = Where(file, (item.sourceline or 0) + skipped)
        compared += other is not None
        for place, loss in _losses(item, other, address(link), pages, where):
            found[place, loss.kind].append((where, loss))
    for (place, kind), lost in found.items():
        count, items = sum(loss.count for _, loss in lost), len(lost)
        problems.warning(
            lost[0][0],
            f"{count} {kind if count > 1 else kind.removesuffix('s')} of the notes of {items} "
            f"item{'s' if items > 1 else ''} {'are' if count > 1 else 'is'} not {place}, such as "
            f"`{lost[0][1].example}`",
            "add what is missing to the record, or import the feed again",
        )
    return f"{file}: notes of {compared} items compared, {sum(map(len, found.values()))} losses"


def _losses(
    item: Element, other: Element | None, link: str | None, pages: Pages, where: Where
) -> Iterator[tuple[str, Loss]]:
    if other is None:
        return
    fields = Fields(item, where, Problems())
    raw, _ = descriptions.choose(fields)
    source = losses.survey(raw, address(fields.text("link")) or link)
    guid = Fields(other, where, Problems()).text("guid")
    page, episode = pages.get(guid, (b"", None))
    notes = Fields(other, where, Problems()).text("encoded", CONTENT)
    in_feed = losses.compare(_without_moments(source), losses.survey_page(notes, episode))
    yield from (("in the feed", loss) for loss in in_feed)
    if page:
        on_page = losses.compare(source, losses.survey_page(_main(page), episode))
        yield from (("on the page", loss) for loss in on_page)


def _without_moments(shown: Shown) -> Shown:
    """Times are no links in a feed: apps make their own of them."""
    groups = (group for group in shown.groups if not any(one[:3] == "#t=" for one in group[1]))
    return replace(shown, groups=tuple(groups))


def _main(page: bytes) -> str:
    """The part of a page that is its own."""
    tree = lxml_html.document_fromstring(page)
    main = next(tree.iter("main"), tree)
    return str(etree.tostring(main, encoding="unicode", method="html"))
