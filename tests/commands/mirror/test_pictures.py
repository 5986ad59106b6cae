"""Pictures come home once, only real ones, and never from a private network."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from backlist import http
from backlist.cli import main
from backlist.cli.mirroring import bring_or_tell
from backlist.commands.mirror import Options, Plan, Report
from backlist.commands.mirror import bring as bring_all
from backlist.content import MIRROR, read_copies
from backlist.importers.kept import FORMER
from backlist.problems import Problems
from tests.commands.mirror.hosting import Host, bring, hosting
from tests.conftest import NOW, SETTINGS, MakeSite, built, episode, tree
from tests.pictures import picture

RED, BLUE = picture((60, 60), "#c03028"), picture((60, 60), "#2850c0", "JPEG")
FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>Low Water</title><link>https://low.example/</link><description>Tides.</description>
<language>en</language><itunes:image href="{at}red.png"/>
{items}</channel></rss>"""
ITEM = """<item><title>Part {n}</title><guid isPermaLink="false">low-{n}</guid>
<pubDate>Mon, 0{n} Jan 2024 10:00:00 +0000</pubDate><description>Notes {n}.</description>
<enclosure url="https://low.example/{n}.mp3" length="5" type="audio/mpeg"/>
<itunes:image href="{image}"/></item>"""


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        host.put("red.png", RED, "image/png")
        host.put("blue.jpg", BLUE, "image/jpeg")
        yield host


@pytest.fixture
def server(host: Host) -> str:
    return host.address


def refused(root: Path, address: str, *trusted: str) -> str:
    """Why a picture at an address is not brought home."""
    record = root / "content/episodes/x.md"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(episode("X", "x", image=address), "utf-8")
    (root / "site.yaml").write_text(
        SETTINGS.replace("  image: https://small.example/cover.jpg\n", "")
    )
    options = Options(frozenset({"pictures"}), trusted=frozenset(trusted))
    report = bring_all(Plan(root, options, NOW), Problems())
    ((_, error),) = report.failed
    assert error.hint
    return error.message


def field(root: Path, file: str) -> str:
    match = re.search(r"image: (\S+)", (root / file).read_text("utf-8"))
    return match[1] if match else ""


def feed(host: Host, *images: str) -> None:
    items = "".join(ITEM.format(n=n, image=image) for n, image in enumerate(images, 1))
    host.put("feed.xml", FEED.format(at=host.address, items=items), "text/xml")


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


def test_an_import_from_an_address_brings_covers_home_and_asks_for_each_once(
    host: Host, server: str, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    again = f"{server}to/{server}red.png"
    feed(host, again, f"{server}to/{server}blue.jpg", f"{server}none.png")

    said = run("init", root, "--from", f"{server}feed.xml")

    assert "brought home 2 pictures" in said
    assert f"the picture is not brought home: the server answers 404 Not Found: {server}n" in said
    assert field(root, "site.yaml") == field(root, "content/episodes/2024-01-01-part-1.md")
    assert field(root, "site.yaml") == "covers/show.png"
    assert field(root, "content/episodes/2024-01-02-part-2.md") == "covers/part-2.jpg"
    assert (root / "static/covers/show.png").read_bytes() == RED
    assert sorted(path.name for path in (root / "static/covers").iterdir()) == [
        "part-2.jpg",
        "show.png",
    ]
    made, _ = built(root)
    assert made is not None
    assert 'itunes:image href="https://example.org/static/covers/part-2.jpg"' in (
        made.outputs["feed.xml"].read().decode()
    )
    assert not any(server in made.outputs[path].read().decode() for path in made.outputs
                   if path.endswith("part-1/index.html"))  # fmt: skip

    host.asked.clear()
    before = tree(root)
    said = run("import", "--site", root, "--refresh", f"{server}feed.xml")
    assert host.asked == ["/feed.xml", "/none.png"]
    assert "kept" not in said
    assert tree(root) == before


def test_a_new_picture_at_the_source_takes_the_place_of_what_was_brought_and_not_of_an_edit(
    host: Host, server: str, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    host.put("new.png", picture((50, 50), "green"), "image/png")
    first, second = (f"content/episodes/2024-01-0{n}-part-{n}.md" for n in (1, 2))

    def imported(*images: str) -> tuple[str, str, str]:
        feed(host, *images)
        said = run("import", "--site", root, "--refresh", f"{server}feed.xml")
        return field(root, first), field(root, second), said

    root.mkdir()
    blue, new = f"{server}blue.jpg", f"{server}new.png"
    assert imported(blue, blue)[:2] == ("covers/part-1.jpg", "covers/part-1.jpg")
    mine = root / second
    mine.write_text(mine.read_text("utf-8").replace("covers/part-1.jpg", "my.png"), "utf-8")

    assert imported(new, new)[:2] == ("covers/part-1.png", "my.png")
    assert imported(f"{server}red.png", new)[:2] == ("", "my.png")


def test_an_import_of_a_file_asks_nobody_and_says_how_covers_come_home(
    host: Host, server: str, tmp_path: Path
) -> None:
    feed(host, f"{server}blue.jpg")
    file = tmp_path / "feed.xml"
    file.write_bytes(host.pages["/feed.xml"].data)

    said = run("init", tmp_path / "show", "--from", file)

    assert host.asked == []
    assert "at other hosts, and not shown: 2 pictures; `backlist mirror` brings them home" in said


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/red.png",
        "http://localhost:{port}/red.png",
        "http://2130706433:{port}/red.png",
        "http://[::ffff:127.0.0.1]:{port}/red.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/red.png",
    ],
)
def test_no_record_can_make_us_ask_a_private_network(
    host: Host, tmp_path: Path, address: str
) -> None:
    port = urlsplit(host.address).port

    assert "it leads into a private network" in refused(tmp_path, address.format(port=port))
    assert host.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = host.address.replace("127.0.0.1", "127.0.0.2")
    for target in (f"{elsewhere}red.png", "http://169.254.169.254/red.png"):
        told = refused(tmp_path, f"{host.address}to/{target}", host.name)
        assert "it leads into a private network" in told

    # A name that led to the internet when it was looked up leads home when it is asked.
    monkeypatch.setattr(http, "is_private", lambda address: False)
    assert "it leads into a private network" in refused(tmp_path, f"{host.address}red.png")


def test_a_feed_on_the_internet_is_trusted_with_no_private_host(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def bring(plan: Plan, *_: object) -> Report:
        seen.append(plan.options.trusted)
        return Report()

    monkeypatch.setattr("backlist.commands.mirror.after_import.bring", bring)
    (tmp_path / "site.yaml").write_text(SETTINGS, "utf-8")
    for address in ("https://93.184.215.14/feed.xml", f"{server}feed.xml"):
        bring_or_tell(tmp_path, [address], Problems(), pictures=True)

    assert seen == [frozenset(), frozenset({urlsplit(server).netloc})]


def bomb() -> bytes:
    """A picture that says it has 900 million pixels."""
    return RED.replace((60).to_bytes(4, "big") * 2, (30_000).to_bytes(4, "big") * 2, 1)


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("image/svg+xml", b"<svg/>", "not a picture but image/svg"),
        ("text/html", b"<html>", "not a picture but text/html"),
        ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG, PNG, WebP or GIF"),
        ("image/png", b"", "not a JPEG, PNG, WebP or GIF"),
        ("image/png", picture((900, 900))[:-400], "not a JPEG, PNG, WebP or GIF"),
        ("image/png", bomb(), "not a JPEG|too large to be unpacked"),
        ("image/png", bytes(21 * 1024 * 1024), "larger than 20 MiB"),
    ],
)
def test_only_real_pictures_come_home(
    host: Host, tmp_path: Path, kind: str, data: bytes, words: str
) -> None:
    address = host.put("x.png", data, kind)

    assert re.search(words, refused(tmp_path, address, host.name))


def test_an_existing_site_brings_its_pictures_home_and_keeps_what_a_person_wrote(
    host: Host, server: str, site: MakeSite
) -> None:
    settings = SETTINGS.replace(
        "https://small.example/cover.jpg", f"'{server}red.png'  # the old one"
    )
    notes = f'One ![a sea]({server}blue.jpg) two.\n\n![b]({server}none.png "t")'
    root = site(
        {
            "site.yaml": settings + "  mirror_pictures: true\n",
            "content/episodes/a.md": episode("A", "a", notes),
            "content/episodes/b.md": episode("B", "b", image=f"{server}red.png  # mine"),
            "content/episodes/p.md": episode(
                "P", "p", notes, image=f"{server}secret.png", status="private"
            ),
            "static/covers/show.png": "another picture of mine",
        }
    )

    _, told = bring(root, host, "pictures")

    assert len(told) == 1
    assert told[0].startswith(
        "content/episodes/a.md:8: error: the picture is not brought home: the server answers 404"
    )
    assert "/secret.png" not in host.asked
    site_yaml = (root / "site.yaml").read_text("utf-8")
    cover = re.search(r"  image: (covers/show-\w+\.png)  # the old one\n", site_yaml)
    assert cover
    assert field(root, "content/episodes/b.md") == cover[1]
    written = (root / "content/episodes/a.md").read_text("utf-8")
    assert "One ![a sea](/static/pictures/a-1.jpg) two." in written
    assert f'![b]({server}none.png "t")' in written
    made, problems = built(root)
    assert made is not None
    assert [p.message for p in problems if "picture" in p.message] == []
    page = made.outputs["episodes/a/index.html"].read().decode()
    assert '<img src="../../static/pictures/a-1.jpg" width="60" height="60" alt="a sea"' in page
    assert set(read_copies((root / MIRROR).read_bytes(), Problems())) == {
        f"{server}red.png",
        f"{server}blue.jpg",
    }

    host.asked.clear()
    bring(root, host, "pictures")
    assert host.asked == ["/none.png"]
    host.put("red.png", picture((61, 61), "green"), "image/png")
    bring(root, host, "pictures", refresh=True)
    assert sorted(host.asked) == ["/none.png", "/none.png", "/red.png"]
    fresh = field(root, "content/episodes/b.md")
    assert fresh != cover[1]
    assert field(root, "site.yaml") == fresh
    assert (root / "static" / fresh).read_bytes() == host.pages["/red.png"].data


def test_pictures_that_only_hidden_notes_show_are_not_published(site: MakeSite) -> None:
    shown, hidden = "![](/static/pictures/a-1.png)", "![](/static/pictures/p-1.png)"
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", shown),
            "content/episodes/p.md": episode("P", "p", f"{shown} {hidden}", status="private"),
            "static/pictures/a-1.png": "1",
            "static/pictures/p-1.png": "2",
        }
    )

    made, _ = built(root)

    assert made is not None
    assert "static/pictures/a-1.png" in made.outputs
    assert "static/pictures/p-1.png" not in made.outputs


def test_a_host_that_never_answers_is_not_asked_for_all_of_its_pictures(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def silent(method: str, address: str, *_: object, **__: object) -> None:
        asked.append(address)
        raise http.RequestError("no route")

    monkeypatch.setattr(http, "request", silent)
    root = site(
        {
            f"content/episodes/{n}.md": episode("E", f"e{n}", image=f"https://gone.example/{n}.png")
            for n in range(20)
        }
    )

    report, told = bring(root, None, "pictures")

    gone = [one for one in asked if "gone" in one]
    assert len(gone) in (3, 4)
    assert len(report.failed) == len(gone) + 1
    assert len(told) == len(gone) + 2
    assert f"{20 - len(gone)} more at gone.example are not asked for" in " ".join(told)


def test_what_an_earlier_version_noted_is_taken_over(host: Host, site: MakeSite) -> None:
    former = f"pictures:\n  {host.address}red.png:\n    file: covers/show.png\n    digest: 0f\n"
    settings = SETTINGS.replace("  image: https://small.example/cover.jpg\n", "")
    root = site({"site.yaml": settings, FORMER: former, "static/covers/show.png": "x"})
    (root / "static/covers/show.png").write_bytes(RED)
    record = root / "content/episodes/a.md"
    record.parent.mkdir(parents=True)
    record.write_text(episode("A", "a", image=f"{host.address}red.png"), "utf-8")

    bring(root, host, "pictures")

    assert host.asked == []
    assert field(root, "content/episodes/a.md") == "covers/show.png"
    assert not (root / FORMER).exists()
    (copy,) = read_copies((root / MIRROR).read_bytes(), Problems()).values()
    assert (copy.file, copy.size) == ("static/covers/show.png", len(RED))


def test_a_picture_of_another_host_is_a_link_on_pages_and_a_picture_in_the_feed(
    site: MakeSite,
) -> None:
    notes = (
        "One ![The sea](https://h.example/x.png) [![](https://h.example/y.png)](https://z.example/)"
        " ![](//h.example/z.png)"
    )
    sound = "{url: 'https://audio.example/1.mp3', length: 5}"
    root = site({"content/episodes/a.md": episode("A", "a", notes, guid="a", audio=sound)})

    made, _ = built(root)

    assert made is not None
    page = made.outputs["episodes/a/index.html"].read().decode()
    assert re.findall(r'<img[^>]*src="(?:https?:)?//[^>]*>', page) == []
    assert 'href="https://h.example/x.png" rel="external">The sea</a>' in page
    assert '<a href="https://z.example/">Picture at h.example</a>' in page
    assert 'href="//h.example/z.png" rel="external">Picture at h.example</a>' in page
    assert '<img src="https://h.example/x.png" alt="The sea"' in (
        made.outputs["feed.xml"].read().decode()
    )
