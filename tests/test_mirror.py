"""Pictures come home once, only real ones, and never from a private network."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from backlist import http
from backlist.cli import main
from backlist.cli.mirroring import bring_or_tell
from backlist.importers.kept import KEPT, read_kept
from backlist.mirror import Brought, bring_pictures
from backlist.mirror.download import RefusedError, download
from backlist.problems import Problems
from tests.conftest import SETTINGS, MakeSite, built, episode, tree
from tests.pictures import picture
from tests.serving import answering

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


class Handler(BaseHTTPRequestHandler):
    """Serves what `files` has, tells what was asked, and redirects `/to/ADDRESS`."""

    asked: ClassVar[list[str]] = []
    files: ClassVar[dict[str, tuple[str, bytes]]] = {}

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/to/"):
            self.answer(302, b"", Location=self.path[4:])
            return
        kind, data = self.files.get(self.path, ("", b""))
        if not kind:
            self.answer(404, b"")
        elif self.headers.get("If-None-Match") == f'"{len(data)}"':
            self.answer(304, b"")
        else:
            self.answer(200, data, ETag=f'"{len(data)}"', **{"Content-Type": kind})

    def answer(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked.clear()
    Handler.files = {"/red.png": ("image/png", RED), "/blue.jpg": ("image/jpeg", BLUE)}
    with answering(Handler) as address:
        yield address


def trusted(server: str) -> frozenset[str]:
    return frozenset({urlsplit(server).netloc})


def brought(root: Path, server: str, *, refresh: bool = False) -> list[str]:
    problems = Problems()
    bring_pictures(root, problems, trusted=trusted(server), refresh=refresh)
    return [str(one).split("\n", maxsplit=1)[0] for one in problems]


def field(root: Path, file: str) -> str:
    match = re.search(r"image: (\S+)", (root / file).read_text("utf-8"))
    return match[1] if match else ""


def feed(server: str, *images: str) -> None:
    items = "".join(ITEM.format(n=n, image=image) for n, image in enumerate(images, 1))
    Handler.files["/feed.xml"] = ("text/xml", FEED.format(at=server, items=items).encode())


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


def test_an_import_from_an_address_brings_covers_home_and_asks_for_each_once(
    server: str, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    again = f"{server}to/{server}red.png"
    feed(server, again, f"{server}to/{server}blue.jpg", f"{server}none.png")

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

    Handler.asked.clear()
    before = tree(root)
    said = run("import", "--site", root, "--refresh", f"{server}feed.xml")
    assert Handler.asked == ["/feed.xml", "/none.png"]
    assert "kept" not in said
    assert tree(root) == before


def test_a_new_picture_at_the_source_takes_the_place_of_what_was_brought_and_not_of_an_edit(
    server: str, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    Handler.files["/new.png"] = ("image/png", picture((50, 50), "green"))
    first, second = (f"content/episodes/2024-01-0{n}-part-{n}.md" for n in (1, 2))

    def imported(*images: str) -> tuple[str, str, str]:
        feed(server, *images)
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
    server: str, tmp_path: Path
) -> None:
    feed(server, f"{server}blue.jpg")
    file = tmp_path / "feed.xml"
    file.write_bytes(Handler.files["/feed.xml"][1])

    said = run("init", tmp_path / "show", "--from", file)

    assert Handler.asked == []
    assert "2 pictures are at other hosts, and not shown: `backlist mirror --pictures`" in said


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/red.png",
        "http://localhost:{port}/red.png",
        "http://2130706433:{port}/red.png",
        "http://[::ffff:127.0.0.1]:{port}/red.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/red.png",
        "file:///etc/passwd",
    ],
)
def test_no_record_can_make_us_ask_a_private_network(server: str, address: str) -> None:
    port = urlsplit(server).port

    with pytest.raises(RefusedError, match=r"private network|not a web address"):
        download(address.format(port=port))

    assert Handler.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = {urlsplit(server).netloc}
    elsewhere = server.replace("127.0.0.1", "127.0.0.2")

    with pytest.raises(RefusedError, match="private network"):
        download(f"{server}to/{elsewhere}red.png", frozenset(public))
    with pytest.raises(RefusedError, match="private network"):
        download(f"{server}to/http://169.254.169.254/red.png", frozenset(public))

    # A name that led to the internet when it was looked up leads home when it is asked.
    monkeypatch.setattr(http, "is_private", lambda address: False)
    with pytest.raises(RefusedError, match="private network"):
        download(f"{server}red.png")


def test_a_feed_on_the_internet_is_trusted_with_no_private_host(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def bring(root: Path, problems: Problems, **how: object) -> Brought:
        seen.append(how["trusted"])
        return Brought()

    monkeypatch.setattr("backlist.mirror.bring_pictures", bring)
    for address in ("https://93.184.215.14/feed.xml", f"{server}feed.xml"):
        bring_or_tell(tmp_path, [address], Problems(), pictures=True)

    assert seen == [frozenset(), trusted(server)]


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
def test_only_real_pictures_come_home(server: str, kind: str, data: bytes, words: str) -> None:
    Handler.files["/x.png"] = (kind, data)

    with pytest.raises(RefusedError, match=words) as error:
        download(f"{server}x.png", trusted(server))
    assert error.value.hint


def test_an_existing_site_brings_its_pictures_home_and_keeps_what_a_person_wrote(
    server: str, site: MakeSite
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

    told = brought(root, server)

    assert len(told) == 1
    assert told[0].startswith(
        "content/episodes/a.md:8: warning: the picture is not brought home: the server answers 404"
    )
    assert "/secret.png" not in Handler.asked
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
    assert set(read_kept((root / KEPT).read_text("utf-8"))) == {
        f"{server}red.png",
        f"{server}blue.jpg",
    }

    Handler.asked.clear()
    brought(root, server)
    assert Handler.asked == ["/none.png"]
    Handler.files["/red.png"] = ("image/png", picture((61, 61), "green"))
    brought(root, server, refresh=True)
    assert sorted(Handler.asked) == ["/none.png", "/none.png", "/red.png"]
    fresh = field(root, "content/episodes/b.md")
    assert fresh != cover[1]
    assert field(root, "site.yaml") == fresh
    assert (root / "static" / fresh).read_bytes() == Handler.files["/red.png"][1]


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

    def silent(address: str, *_: object) -> None:
        asked.append(address)
        raise RefusedError("it cannot be reached (no route)", "try again", silent=True)

    monkeypatch.setattr("backlist.mirror.pictures.download", silent)
    monkeypatch.setattr("backlist.mirror.pictures.CONCURRENT", 1)  # two are asked for at a time
    root = site(
        {
            f"content/episodes/{n}.md": episode("E", f"e{n}", image=f"https://gone.example/{n}.png")
            for n in range(20)
        }
    )
    problems = Problems()

    found = bring_pictures(root, problems)

    assert found.failed == 21
    assert len([one for one in asked if "gone" in one]) in (3, 4)
    assert len(list(problems)) == 6
    assert "16 more pictures are not brought home" in str(list(problems)[-1])


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
