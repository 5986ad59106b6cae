"""`mirror`: every transcript that real feeds name, and runs killed at random moments.

    python -m benchmarks.mirror transcripts FEEDS
    python -m benchmarks.mirror kills [KILLS]

`transcripts` takes every `podcast:transcript` of the feeds in folder FEEDS, and lets a server on
this machine answer for their hosts: at the same paths, with made words in the type that the feed
declares. Each feed is imported, mirrored and built; then the server is turned off, everything that
a build keeps is removed, and it is built again. A transcript counts as readable where the page of
its episode shows its words, or for a further one of the same episode, where it leads to a file of
the site that has them.

`kills` brings a show home in processes that are killed (SIGKILL) when the server has sent a random
share of all bytes, looks at what is left, and lets another run go on to the end. The moments are
counted in bytes, so that they are spread over the run on a busy machine as well.
"""

import argparse
import collections
import html
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from tests.pictures import picture
from tests.serving import answering

from backlist import content
from backlist.commands.mirror import WHAT, Options, Plan, bring
from backlist.feed.vocabulary import registered_transcript_type
from backlist.problems import Problems

Tree = dict[str, bytes]

_TRANSCRIPT = re.compile(r'<podcast:transcript\b[^>]*?\burl="([^"]*)"[^>]*>')
_TYPE = re.compile(r'\btype="([^"]*)"')
_WORDS = {
    "text/vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>{}\n",
    "application/x-subrip": "1\n00:00:01,000 --> 00:00:04,000\nAda: {}\n",
    "text/html": "<!DOCTYPE html><html><body><p>Ada: {}</p></body></html>",
    "application/json": '{{"version": "1.0.0", "segments": [{{"startTime": 1, "body": "{}"}}]}}',
    "text/plain": "Ada: {}\n",
}


@dataclass
class Served:
    """What the server has at each path: type and bytes; `slow` sends these in small pieces."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: int = 0
    sent: int = 0
    slow: float = 0.0


class _Handler(BaseHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        self.served.asked += 1
        kind, data = self.served.files.get(self.path, ("", b""))
        tag = f'"{len(data)}"'
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(wanted[1]) if wanted and self.headers.get("If-Range") == tag else 0
        self.send_response(206 if start else 200 if kind else 404)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("ETag", tag)
        self.end_headers()
        with suppress(ConnectionError):
            for place in range(start, len(data), 16_384):
                piece = data[place : place + 16_384]
                self.wfile.write(piece)
                self.served.sent += len(piece)
                time.sleep(self.served.slow)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _backlist(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "backlist", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def transcripts(feeds: Path) -> None:
    """Import, mirror and build each feed that names transcripts, with its host and without."""
    total: collections.Counter[str] = collections.Counter()
    for path in sorted(feeds.glob("*.xml")):
        text = path.read_text("utf-8", "replace")
        if _TRANSCRIPT.search(text):
            found = _feed(path.name, text)
            total.update(found)
            print(f"{path.name}: {_line(found)}", flush=True)
    print(f"together: {_line(total)}")


def _line(found: collections.Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.items())


def _feed(name: str, text: str) -> collections.Counter[str]:
    served, found = Served(), collections.Counter[str]()
    handler = type("Handler", (_Handler,), {"served": served})
    with tempfile.TemporaryDirectory() as folder:
        root, feed = Path(folder) / "site", Path(folder) / name
        with answering(handler) as server:
            feed.write_text(_at(server, text, served), "utf-8")
            found["named"] = len(_TRANSCRIPT.findall(text))
            _backlist("init", root, "--from", feed, "--no-pictures")
            host = urlsplit(server).netloc
            run = _backlist("mirror", "--site", root, "--what", "transcripts", "--trust", host)
            found["failed"] = run.returncode
            _build(root)
            found["readable"] = _readable(root, served)
        asked = served.asked
        for folder_name in ("build", ".cache"):
            shutil.rmtree(root / folder_name)
        _backlist("mirror", "--site", root, "--what", "transcripts", "--trust", host)
        _build(root)
        found["readable without the host"] = _readable(root, served)
        found["requests after it"] = served.asked - asked
    return found


def _build(root: Path) -> None:
    _backlist("build", "--site", root, "--base-url", "https://show.example/")


def _at(server: str, text: str, served: Served) -> str:
    """The feed with its transcripts at the server, which gets words of its own for each."""

    def put(match: re.Match[str]) -> str:
        parts = urlsplit(html.unescape(match[1]))
        path = f"/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        said = _TYPE.search(match[0])
        kind = registered_transcript_type(said[1].lower()) if said else "text/plain"
        words = f"word{len(served.files)} is said here and nowhere else"
        if path not in served.files:
            served.files[path] = (kind, _WORDS[kind].format(words).encode())
        return match[0].replace(match[1], html.escape(server.rstrip("/") + path))

    return _TRANSCRIPT.sub(put, text)


def _readable(root: Path, served: Served) -> int:
    """How many transcripts of the records can be read on the built pages."""
    words = {path: re.search(rb"word\d+ is said", data) for path, (_, data) in served.files.items()}
    copies = content.read_copies((root / content.MIRROR).read_bytes(), Problems())
    files = {
        (one.file or "").rpartition("/")[2]: match[0]
        for address, one in copies.items()
        if (match := words.get(urlsplit(address).path + _query(address)))
    }
    return sum(_on_page(page, files, root / "build") for page in _pages(root))


def _query(address: str) -> str:
    query = urlsplit(address).query
    return f"?{query}" if query else ""


def _pages(root: Path) -> Iterator[bytes]:
    for path in sorted((root / "build/episodes").glob("*/index.html")):
        long = path.parent / "transcript/index.html"
        yield path.read_bytes() + (long.read_bytes() if long.is_file() else b"")


def _on_page(page: bytes, files: dict[str, bytes], build: Path) -> int:
    """How many transcripts a page shows, or leads to in a file of the site."""
    named = set(re.findall(rb'href="\.\./\.\./transcripts/([^"]+)"', page))
    there = [name.decode() for name in named if name.decode() in files]
    shown = sum(files[name] in page for name in there)
    linked = [name for name in there if files[name] not in page]
    return shown + sum(files[n] in (build / "transcripts" / n).read_bytes() for n in linked)


def _bring(root: str, host: str) -> None:
    options = Options(frozenset(WHAT), trusted=frozenset({host}))
    bring(Plan(Path(root), options, datetime(2026, 6, 1, tzinfo=UTC)), Problems())


def kills(count: int) -> None:
    """Kill runs, look at what they left, and let others go on."""
    served = Served(slow=0.004)
    handler = type("Handler", (_Handler,), {"served": served})
    chance, counted = random.Random(11), collections.Counter[str]()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["backlist.commands.mirror", "backlist.pictures.opening", __name__]
    )
    with answering(handler) as server, tempfile.TemporaryDirectory() as folder:
        host = urlsplit(server).netloc
        start = _site(Path(folder) / "start", server, served)
        whole = Path(folder) / "whole"
        shutil.copytree(start, whole)
        _run(context, whole, host, served)
        before, after, total = _tree(start), _tree(whole), served.sent
        print(f"a whole run fetches {total / 1e6:.1f} MB into {len(after) - len(before)} files")
        for number in range(count):
            root = Path(folder) / f"{number}"
            shutil.copytree(start, root)
            killed = _run(context, root, host, served, chance.randrange(total))
            counted["killed" if killed else "ended before"] += 1
            left = _tree(root)
            counted["left files in place"] += left != before
            begun = sum(path.stat().st_size > 0 for path in root.glob(".cache/mirror/*.part"))
            counted["left files begun"] += begun > 0
            counted["half files"] += sum(
                left[name] != after[name]
                for name in left.keys() - before.keys() - {content.MIRROR}
                if ".backlist-" not in name
            )
            _run(context, root, host, served)
            counted["wrong after the next run"] += _tree(root) != after
            shutil.rmtree(root)
    for name, number in counted.items():
        print(f"{number:>5} {name}")


def _run(
    context: multiprocessing.context.ForkServerContext,
    root: Path,
    host: str,
    served: Served,
    share: int | None = None,
) -> bool:
    """A run in a process of its own; whether it was killed when so many bytes had been sent."""
    served.sent = 0
    process = context.Process(target=_bring, args=(str(root), host))
    process.start()
    while share is not None and process.is_alive() and served.sent <= share:
        process.join(0.002)
    running = share is not None and process.is_alive()
    if running and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return running


def _tree(root: Path) -> Tree:
    files = ((path.relative_to(root), path) for path in sorted(root.rglob("*")))
    return {
        name.as_posix(): path.read_bytes()
        for name, path in files
        if path.is_file() and name.parts[0] != ".cache"
    }


def _site(root: Path, server: str, served: Served) -> Path:
    """A show of 12 episodes whose files are at the server."""
    settings = "show:\n  title: T\n  description: D\nsite:\n  base_url: https://show.example/\n"
    files = {"site.yaml": settings}
    for n in range(12):
        marks = json.dumps({"chapters": [{"startTime": 0, "title": f"Part {n}"}]})
        served.files |= {
            f"/{n}.vtt": ("text/vtt", _WORDS["text/vtt"].format(f"word{n}").encode()),
            f"/{n}.json": ("application/json", marks.encode()),
            f"/{n}.png": ("image/png", picture((40 + n, 40), "red")),
            f"/{n}.mp3": ("audio/mpeg", b"ID3" + random.Random(n).randbytes(300_000)),
        }
        files[f"content/episodes/e{n}.md"] = content.dump_markdown(
            {
                "title": f"Episode {n}",
                "slug": f"e{n}",
                "image": f"{server}{n}.png",
                "transcripts": [f"{server}{n}.vtt"],
                "chapters_url": f"{server}{n}.json",
                "audio": f"{server}{n}.mp3",
            },
            "Notes.",
        )
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def main() -> None:
    """Do what the command line says."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = ask.add_subparsers(dest="what", required=True)
    what.add_parser("transcripts").add_argument("feeds", type=Path)
    what.add_parser("kills").add_argument("kills", type=int, nargs="?", default=200)
    asked = ask.parse_args()
    if asked.what == "transcripts":
        transcripts(asked.feeds)
    else:
        kills(asked.kills)


if __name__ == "__main__":
    main()
