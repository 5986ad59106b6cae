"""What a feed says of the language of an item is its record's, where the channel says another."""

from pathlib import Path

import pytest

from backlist import content, importers
from backlist.build import Options
from backlist.importers import Draft
from backlist.importers.run import import_sources
from backlist.model import Episode
from backlist.problems import Problems
from tests.conftest import built


def feed(said: str, *, channel: str = "<language>en-us</language>", mark: str = "") -> str:
    """A feed of one item."""
    return f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
<title>Slack</title><description>D</description><link>https://ebb.example/</link>{channel}
<item{mark}><title>Ebbe</title><guid isPermaLink="false">1</guid>
<pubDate>Sun, 01 Mar 2026 06:30:00 +0000</pubDate><description>Worte.</description>
<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="5"/>{said}</item>
</channel></rss>"""


def read(text: str) -> tuple[Draft, list[str]]:
    problems = Problems()
    found = importers.read(text.encode(), "feed.xml", problems)
    assert found is not None
    return found.drafts[0], [str(one) for one in problems]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("<dc:language>de</dc:language>", "de"),
        ("<dc:language> pt_BR </dc:language>", "pt-BR"),
        ("<dc:language>en-GB</dc:language>", "en-GB"),
    ],
)
def test_another_language_than_the_channel_s_becomes_a_key(said: str, language: str) -> None:
    draft, told = read(feed(said))

    assert (draft.language, draft.feed_elements, told) == (language, (), [])


def test_xml_lang_says_it_too() -> None:
    assert read(feed("", mark=' xml:lang="de"'))[0].language == "de"
    assert read(feed("", mark=' xml:lang="en-US"'))[0].language is None


@pytest.mark.parametrize("language", ["en-us", "EN-US", "en"])
def test_what_only_repeats_the_channel_goes_out_again_as_it_came(language: str) -> None:
    draft, told = read(feed(f"<dc:language>{language}</dc:language>"))

    assert draft.language is None
    assert draft.feed_elements == (f"<dc:language>{language}</dc:language>",)
    assert told == []


def test_a_channel_may_say_it_with_dublin_core() -> None:
    own = "<dc:language>de</dc:language>"

    assert read(feed(own, channel=own))[0].language is None
    assert read(feed(own, channel=""))[0].language == "de"


def test_what_is_no_code_is_kept_and_told() -> None:
    draft, told = read(feed("<dc:language>German</dc:language>"))

    assert draft.language is None
    assert draft.feed_elements == ("<dc:language>German</dc:language>",)
    assert told == [
        'feed.xml:4: warning: the language is not a code: "German"\n'
        "  write `language:` into the record: `de`"
    ]


def bring(root: Path, text: str) -> Episode:
    """The record of the one item, after an import into the site at `root`."""
    source = root.with_suffix(".xml")
    source.write_text(text, "utf-8")
    problems = Problems()
    assert import_sources(root, [str(source)], problems=problems) is not None, problems.found
    (path,) = (root / "content/episodes").glob("*.md")
    document = content.parse_markdown(path.read_text("utf-8"), path.name, problems)
    assert document is not None
    episode = content.read(Episode, document, problems)
    assert episode is not None
    return episode


@pytest.mark.parametrize("language", ["de", "en", "en-GB", "German"])
def test_import_build_import_gives_the_same_record(tmp_path: Path, language: str) -> None:
    said = f"""<dc:language>{language}</dc:language>
<podcast:transcript url="https://a.example/1.vtt" type="text/vtt"/>
<podcast:transcript url="https://a.example/2.vtt" type="text/vtt" language="fr"/>"""
    first = bring(tmp_path / "one", feed(said))
    site, problems = built(tmp_path / "one", Options("https://own.example/"))
    assert site is not None, [str(problem) for problem in problems]
    published = site.outputs["feed.xml"].read().decode()

    assert published.count("dc:language>") == 2
    # Apps take a transcript that names none for one in the channel's language.
    named = f' language="{first.language}"' if first.language else ""
    assert f'1.vtt" type="text/vtt"{named}/>' in published
    assert [one.language for one in first.transcripts] == [None, "fr"]
    # The notes get a link to the page, which is now another.
    own = {"summary", "link", "body"}
    again = bring(tmp_path / "two", published)
    assert again.model_dump(exclude=own) == first.model_dump(exclude=own)
    assert first.language == (language if language in ("de", "en-GB") else None)


def test_an_import_by_an_earlier_version_is_put_right(tmp_path: Path) -> None:
    """It kept the element as it came; nobody has edited it."""
    text = feed("<dc:language>de</dc:language>")
    root = tmp_path / "site"
    bring(root, text)
    for path in (*root.glob("content/episodes/*"), *root.glob("content/imported/episodes/*")):
        kept = path.read_text("utf-8")
        assert "language: de\n" in kept
        indent = "  " if "imported" in path.parts else ""
        older = f"feed_elements:\n{indent}- <dc:language>de</dc:language>\n"
        path.write_text(kept.replace("language: de\n", older), "utf-8")

    record = bring(root, text)

    assert (record.language, record.feed_elements) == ("de", ())
