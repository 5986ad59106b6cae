"""Copies of what records name elsewhere: pages use them, feeds only where the site says so."""

import zlib
from pathlib import Path

import pytest
from lxml import etree

from backlist import content
from backlist.content import MIRROR
from backlist.model import Copy
from backlist.problems import Problems
from tests.conftest import SETTINGS, MakeSite, built, episode

AT = "https://host.example/"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>Grunion come ashore to spawn.\n"
MARKS = '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Low tide"}]}'
ONE = episode(
    "One",
    "one",
    guid="one",
    date="2026-01-01",
    audio=f"{{url: '{AT}one.mp3', length: 5, type: audio/mpeg}}",
    transcripts=f"[{{url: '{AT}t?id=1', type: text/vtt, language: en}}]",
    chapters_url=f"{AT}one.json",
)


def copy(address: str, file: str | None, **more: object) -> Copy:
    told = {"url": address, "file": file, "size": 7, "sha256": "0" * 64, "fetched": "2026-01-02"}
    return Copy.model_validate(told | more)


COPIES = content.write_copies(
    [
        copy(f"{AT}t?id=1", "content/transcripts/one.vtt"),
        copy(f"{AT}one.json", "content/chapters/one.json"),
        copy(f"{AT}one.mp3", "static/sound/one.mp3"),
        copy(f"{AT}gone.vtt", "content/transcripts/gone.vtt"),
    ]
)
FILES = {
    "content/episodes/one.md": ONE,
    "content/transcripts/one.vtt": VTT,
    "content/chapters/one.json": MARKS,
    "static/sound/one.mp3": "seven b",
    MIRROR: COPIES,
}


def item(root: Path) -> tuple[dict[str, str], list[str]]:
    """Where the one item of the feed leads, by element, and what the build told."""
    made, problems = built(root)
    assert made is not None
    found = etree.fromstring(made.outputs["feed.xml"].read()).find("channel/item")
    assert found is not None
    named = {etree.QName(one).localname: one.get("url", "") for one in found}
    assert found.findtext("guid") == "one"
    return named, [str(one) for one in problems]


def page(root: Path, path: str = "episodes/one/index.html") -> str:
    made, _ = built(root)
    assert made is not None
    return made.outputs[path].read().decode()


def test_pages_and_search_use_copies_and_the_feed_keeps_its_addresses(site: MakeSite) -> None:
    root = site({**FILES, "site.yaml": SETTINGS.replace("  search: false\n", "")})

    shown = page(root)

    assert "Grunion come ashore" in shown
    assert "Low tide" in shown
    assert 'src="../../static/sound/one.mp3"' in shown
    assert 'href="../../transcripts/one.vtt"' in shown
    markdown = page(root, "episodes/one/index.md")
    assert "(https://small.example/static/sound/one.mp3)" in markdown
    assert "(https://small.example/transcripts/one.vtt)" in markdown
    assert f"{AT}one.mp3" not in shown
    made, _ = built(root)
    assert made is not None
    texts = [made.outputs[path].read() for path in made.outputs if path.endswith(".zlib")]
    assert any(b"Grunion come" in zlib.decompress(text) for text in texts)
    named, told = item(root)
    assert named["enclosure"] == f"{AT}one.mp3"
    assert named["transcript"] == f"{AT}t?id=1"
    assert named["chapters"] == f"{AT}one.json"
    assert [one for one in told if "not used" in one] == []


@pytest.mark.parametrize(
    ("kind", "element", "address"),
    [
        ("sound", "enclosure", "static/sound/one.mp3"),
        ("transcripts", "transcript", "transcripts/one.vtt"),
        ("chapters", "chapters", "episodes/one/chapters.json"),
    ],
)
def test_the_feed_names_copies_where_the_site_says_so(
    site: MakeSite, kind: str, element: str, address: str
) -> None:
    before = item(site(FILES))[0]
    root = site({**FILES, "site.yaml": f"{SETTINGS}  feed:\n    copies: [{kind}]\n"})

    after, _ = item(root)

    assert after == before | {element: f"https://small.example/{address}"}


def test_the_lock_sees_the_enclosure_that_the_feed_has(site: MakeSite) -> None:
    root = site({**FILES, "site.yaml": f"{SETTINGS}  feed:\n    copies: [sound]\n"})

    made, _ = built(root)

    assert made is not None
    (locked,) = made.diff.new.items
    assert locked.audio == "https://small.example/static/sound/one.mp3"
    assert locked.length == 7


def test_a_copy_that_is_not_there_changes_nothing(site: MakeSite) -> None:
    alone = {"content/episodes/one.md": ONE}
    bare = built(site(alone))[0]
    assert bare is not None
    before = {path: bare.outputs[path].read() for path in bare.outputs}

    again = built(site({**alone, MIRROR: COPIES}))[0]

    assert again is not None
    assert {path: again.outputs[path].read() for path in again.outputs} == before


def test_a_copy_elsewhere_is_played_from_there(site: MakeSite) -> None:
    store = "https://store.example/one.mp3"
    told = content.write_copies([copy(f"{AT}one.mp3", None, at=[store])])
    root = site({"content/episodes/one.md": ONE, MIRROR: told})

    assert f'src="{store}"' in page(root)
    assert item(root)[0]["enclosure"] == f"{AT}one.mp3"


def test_what_hidden_episodes_copied_is_published_nowhere(site: MakeSite) -> None:
    draft = ONE.replace("slug: one", "slug: one\nstatus: draft")
    shown = episode("Two", "two")
    root = site({**FILES, "content/episodes/one.md": draft, "content/episodes/two.md": shown})

    made, problems = built(root)

    assert made is not None
    assert [path for path in made.outputs if "one" in path] == []
    assert [str(one) for one in problems if "not used" in one.message] == []


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "static/../../x", "content/episodes/one.md", "static//x"]
)
def test_no_entry_leads_out_of_the_folders_of_copies(site: MakeSite, file: str) -> None:
    root = site({**FILES, MIRROR: COPIES.replace("static/sound/one.mp3", file)})

    _, problems = built(root)

    assert [one.where.file for one in problems if "no file of the site" in one.message] == [MIRROR]


def test_the_same_copies_are_always_written_in_the_same_order() -> None:
    found = content.read_copies(COPIES.encode(), Problems())

    assert content.write_copies(reversed(found.values())) == COPIES
    assert COPIES.index("one.json") < COPIES.index("one.mp3")
