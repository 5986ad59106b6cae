"""A show and its host: a feed that changes, a repository with a remote, and somebody who works."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from xml.sax.saxutils import escape

from backlist.commands.follow import Followed, FollowOptions, follow
from backlist.commands.follow.github import GitHub
from backlist.problems import Problems
from tests.pictures import picture
from tests.serving import answering, respond

FIRST = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
"""The day before the first day of a history, on which the site is created."""

ENV = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": "2026-03-01T06:00:00Z",
    "GIT_COMMITTER_DATE": "2026-03-01T06:00:00Z",
}
PERSON = ("-c", "user.name=Ada", "-c", "user.email=ada@tide.example")


@dataclass(frozen=True)
class Item:
    """An episode as the host has it."""

    number: int
    title: str
    notes: str
    date: datetime
    audio: str = ""
    length: int = 1_000_000
    guid: str = ""
    image: str = ""

    def xml(self) -> str:
        audio = self.audio or f"https://media.host.example/{self.number:03}.mp3"
        return (
            f"<item><title>{escape(self.title)}</title>"
            f'<guid isPermaLink="false">{self.guid or f"td-{self.number:04}"}</guid>'
            f"<pubDate>{format_datetime(self.date)}</pubDate>"
            f'<enclosure url="{escape(audio)}" type="audio/mpeg" length="{self.length}"/>'
            + (f'<itunes:image href="{self.image}"/>' if self.image else "")
            + f"<description>{escape(self.notes)}</description></item>"
        )


def made(number: int, date: datetime) -> Item:
    """The next episode of the show."""
    return Item(number, f"Part {number}", f"<p>What the tide left on day {number}.</p>", date)


@dataclass
class Host:
    """The host's server: its items, newest first, and what is wrong with it today."""

    items: list[Item] = field(default_factory=list)
    hidden: list[Item] = field(default_factory=list)
    about: str = "Two engineers and the sea."
    built: int = 0
    broken: str = ""
    requests: int = 0
    covers: int = 0
    site: bytes = b""
    """The feed that the show's own site publishes."""
    told: list[str] = field(default_factory=list)

    def feed(self, items: list[Item] | None = None) -> bytes:
        shown = "".join(item.xml() for item in (self.items if items is None else items))
        # A host writes its feed anew each day, whether anything has changed or not.
        return (
            '<?xml version="1.0"?><rss version="2.0" '
            'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
            f"<title>The Tide Desk</title><description>{escape(self.about)}</description>"
            "<language>en</language><itunes:explicit>false</itunes:explicit>"
            f"<lastBuildDate>{format_datetime(FIRST + timedelta(days=self.built))}</lastBuildDate>"
            f"{shown}</channel></rss>"
        ).encode()

    def item(self, number: int) -> Item:
        return next(item for item in self.items if item.number == number)

    def change(self, number: int, **fields: object) -> None:
        self.items = [
            replace(item, **fields) if item.number == number else item  # type: ignore[arg-type]
            for item in self.items
        ]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        if path == "/site/feed.xml":
            return (200, {}, self.site) if self.site else (404, {}, b"")
        if path == "/cover.png":
            self.covers += 1
            return 200, {"Content-Type": "image/png"}, picture((60, 60))
        self.requests += 1
        if path == "/new.xml" and self.broken in ("moved", "elsewhere"):
            return 200, {}, self.feed()
        good = self.feed()
        answers: dict[str, tuple[int, dict[str, str], bytes]] = {
            "": (200, {"ETag": f'"{hashlib.md5(good).hexdigest()}"'}, good),
            "503": (503, {}, b""),
            "page": (200, {}, b"<!DOCTYPE html><html><head><title>Soon</title></head></html>"),
            "half": (200, {}, good[:-200]),
            "moved": (301, {"Location": "/new.xml"}, b""),
            "elsewhere": (302, {"Location": "/new.xml"}, b""),
            "ours": (301, {"Location": "/site/feed.xml"}, b""),
        }
        return answers[self.broken]


@dataclass
class Server:
    """Where the host of the day is, without a slash at its end."""

    address: str
    host: Host


@contextmanager
def serving_feed() -> Iterator[Server]:
    """A server of whichever host it is given."""
    server = Server("", Host())

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
            """Say nothing."""

        def do_GET(self) -> None:
            status, headers, body = server.host.answer(self.path)
            tag = headers.get("ETag")
            if tag and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            respond(self, status, body, headers)

        def do_POST(self) -> None:
            server.host.told.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            respond(self, 202, b"")

    with answering(Handler) as address:
        server.address = address.rstrip("/")
        yield server


def git(folder: Path, *words: str) -> str:
    """What a command of Git prints, as a person runs it."""
    done = subprocess.run(
        ["git", *PERSON, *words], cwd=folder, env=ENV, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


SETTINGS = """\
show:
  title: The Tide Desk
  description: Two engineers and the sea.
  categories: [Technology]
site:
  base_url: {address}/site/
  search: false
  share_cards: 'off'
  embeds: 'off'
  follow:
    feed: {address}/feed.xml
{more}"""


@dataclass
class World:
    """The checkout that a scheduled job has, its remote, and a clone of somebody's own."""

    folder: Path
    host: Host
    address: str
    github: GitHub | None = None
    now: datetime = FIRST

    @property
    def remote(self) -> Path:
        return self.folder / "remote.git"

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    @property
    def own(self) -> Path:
        return self.folder / "own"

    def create(self, more: str = "") -> None:
        """A site with one page, pushed to its remote."""
        git(self.folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        git(self.folder, "init", "-q", "-b", "main", str(self.own))
        git(self.own, "remote", "add", "origin", str(self.remote))
        self.write("site.yaml", SETTINGS.format(address=self.address, more=more))
        self.write(".gitignore", "/build/\n/.cache/\n")
        self.commit("Start")
        git(self.folder, "clone", "-q", str(self.remote), str(self.checkout))

    def write(self, name: str, text: str) -> None:
        """A file of somebody's own clone."""
        path = self.own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.own / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def commit(self, message: str, branch: str = "main") -> None:
        git(self.own, "add", "-A")
        git(self.own, "commit", "-q", "-m", message)
        git(self.own, "push", "-q", "origin", f"HEAD:{branch}")

    def pull(self, branch: str = "main") -> None:
        """Somebody's clone at what the remote has."""
        git(self.own, "fetch", "-q", "origin")
        git(self.own, "checkout", "-q", "-B", branch, f"origin/{branch}")

    def merge(self, branch: str = "follow-feed", *, squash: bool = False) -> None:
        """As the button of a pull request does."""
        self.pull()
        if squash:
            git(self.own, "merge", "-q", "--squash", f"origin/{branch}")
            git(self.own, "commit", "-q", "-m", "Squashed")
        else:
            git(self.own, "merge", "-q", "--no-ff", "-m", "Merged", f"origin/{branch}")
        git(self.own, "push", "-q", "origin", "main")

    def files(self, branch: str = "main") -> dict[str, str]:
        """Every file of a branch of the remote."""
        names = git(self.remote, "ls-tree", "-r", "--name-only", branch).splitlines()
        asked = "".join(f"{branch}:{name}\n" for name in names)
        said = subprocess.run(
            ["git", "cat-file", "--batch"],
            cwd=self.remote,
            input=asked.encode(),
            capture_output=True,
            check=True,
        ).stdout
        texts = {}
        for name in names:
            head, _, said = said.partition(b"\n")
            size = int(head.split()[-1])
            texts[name], said = said[:size].decode(errors="replace"), said[size + 1 :]
        return texts

    def branches(self) -> set[str]:
        """The branches of the remote; nothing packs references here."""
        return {path.name for path in (self.remote / "refs/heads").iterdir()}

    def publish(self) -> None:
        """Let the site's own feed have what its main branch has."""
        files = self.files().items()
        texts = "".join(text for name, text in files if name.startswith("content/episodes/"))
        shown = [
            replace(item, guid="") for item in self.host.items if f"td-{item.number:04}" in texts
        ]
        self.host.site = self.host.feed(shown)

    def follow(self, root: Path | None = None, **options: object) -> tuple[Followed, Problems]:
        """One scheduled run."""
        problems = Problems()
        asked = FollowOptions(github=self.github, **options)  # type: ignore[arg-type]
        followed = follow(root or self.checkout, asked, self.now, problems)
        assert followed is not None, [str(one) for one in problems]
        return followed, problems
