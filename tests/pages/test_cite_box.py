"""A citation stands on its page: it can be saved without script, and costs no file."""

from pathlib import Path
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from backlist.files.output import Outputs
from backlist.pages.citations import FORMATS, Item, Library
from backlist.pages.cite_box import exports
from tests.conftest import built
from tests.pages.citations.making import items

EXPORTS = "//span[@class='export']/a"


def carried(address: str) -> str:
    """The text of a `data:` address (RFC 2397), with its line ends."""
    return unquote(address.partition(",")[2])


@given(st.lists(items, min_size=1, max_size=3))
def test_an_address_holds_the_citation_and_nothing_html_or_addresses_would_change(
    cited: list[Item],
) -> None:
    for form, one in zip(FORMATS, exports(cited, "key"), strict=True):
        assert one.url.startswith(f"data:{form.media_type};charset=utf-8,")
        assert carried(one.url) == form.write(cited)
        assert one.url.isascii() and not set(one.url) & set(" \r\n\t\"'<>&#{}|\\^`")
        assert one.name == f"key.{form.extension}"


def test_an_episode_offers_itself_and_its_sources(rich: Path) -> None:
    made, _ = built(rich)
    assert made is not None
    page = html.document_fromstring(made.outputs["episodes/caches-at-low-tide/index.html"].read())
    known = Library(made.archive)
    entry = made.archive.entry("caches-at-low-tide")
    item = known.episode(entry.slug)

    sources, own = (
        page.xpath(f"//ol[@class='sources']/..{EXPORTS}"),
        page.xpath(f"//section[@aria-labelledby='cite']{EXPORTS}"),
    )
    assert [one.get("download") for one in own] == [
        f"{item.id}.{form.extension}" for form in FORMATS
    ]
    assert [carried(one.get("href")) for one in own] == [form.write([item]) for form in FORMATS]
    assert [one.get("download") for one in sources] == [
        f"{item.id}-sources.{form.extension}" for form in FORMATS
    ]
    assert [carried(one.get("href")) for one in sources] == [
        form.write(known.cited_by(entry)) for form in FORMATS
    ]
    for one in (*own, *sources):
        [button] = one.xpath("following-sibling::button")
        assert button.get("hidden") is not None and button.get("data-copy") == ""
        assert button.text_content() == f"Copy {one.text_content()}"


def test_only_the_whole_archive_has_citation_files(outputs: Outputs) -> None:
    files = {path for path, output in outputs.items() if output.maker == "citations"}

    assert files == {f"citations.{form.extension}" for form in FORMATS}
    assert not any(path.endswith((".bib", ".ris")) for path in outputs.keys() - files)
