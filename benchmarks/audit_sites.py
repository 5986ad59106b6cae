"""The sites that `audit` looks at: an archive made of somebody's show notes, and a web server."""

import gzip
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.serving import answering

from backlist import content, urls
from backlist.problems import Problems

SETTINGS: dict[str, Any] = {
    "show": {
        "title": "A Show of a Thousand Episodes",
        "description": "Real show notes, published to be measured.",
        "author": "Their authors",
        "categories": ["Technology"],
        "people": ["One Host", "Another Host"],
    },
    "site": {"base_url": "https://measured.example/"},
}
TOPICS = 24
"""Words of titles that become topics, the commonest."""

_LINK = re.compile(r"^\s*[*-] \[([^\]]+)\]\((https?://[^)\s]+)\)", re.MULTILINE)
_TIME = re.compile(r"\*{0,2}\[(\d+:\d\d(?::\d\d)?)\]\(#t=[^)]*\)\*{0,2}")
_BARE = re.compile(r"(\]\()(?=[\w-]+(?:\.[\w-]+)+)")
_BROKEN = re.compile(r"\]\((?!https?://|mailto:|#)")
_COMMON = {
    "About",
    "Development",
    "Episode",
    "Hasty",
    "More",
    "Potluck",
    "Should",
    "Syntax",
    "Treat",
    "With",
}


def write_site(root: Path, notes: Path) -> int:
    """Write a site of the notes in a folder; gives the number of its episodes.

    The links in a list are its sources, common words of titles the topics, a guest is a guest.
    Links without `https://` get it; notes with other broken links are left out.
    """
    read = [_read(path) for path in sorted(notes.glob("*.md"))]
    known = [
        (front, body)
        for front, body in read
        if front.get("title") and front.get("date") and not _BROKEN.search(body)
    ]
    topics = _topics([str(front["title"]) for front, _ in known])
    (root / "content/episodes").mkdir(parents=True)
    (root / "site.yaml").write_text(content.dump_yaml(SETTINGS), "utf-8")
    for front, body in known:
        record = _record(front, body, topics)
        (root / f"content/episodes/{record['slug']}.md").write_text(
            content.dump_markdown(record, body), "utf-8"
        )
    return len(known)


def _read(path: Path) -> tuple[Mapping[str, Any], str]:
    document = content.parse_markdown(path.read_text("utf-8"), path.name, Problems())
    if document is None:
        return {}, ""
    return document.data, _TIME.sub(r"[\1]", _BARE.sub(r"\1https://", document.body))


def _topics(titles: Sequence[str]) -> list[str]:
    words = Counter(
        word for title in titles for word in set(re.findall(r"[A-Z][A-Za-z]{3,}", title))
    )
    return [word for word, _ in words.most_common(TOPICS + len(_COMMON)) if word not in _COMMON]


def _record(front: Mapping[str, Any], body: str, topics: Sequence[str]) -> dict[str, Any]:
    number, title = str(front.get("number", "0")), str(front["title"])
    day = datetime.fromtimestamp(int(str(front["date"])) / 1000, UTC)
    guest = front.get("guest")
    people = [{"name": guest["name"], "role": "guest"}] if isinstance(guest, dict) else []
    return {
        "title": title,
        "slug": urls.slug_of(f"{title} {number}"),
        "guid": urls.slug_of(f"measured {title} {number}"),
        "date": day.isoformat(timespec="seconds"),
        "audio": {"url": str(front["url"]), "length": "48000000", "duration": "48:00"},
        "people": [*SETTINGS["show"]["people"], *people],
        "topics": [word for word in topics if word in title],
        "sources": [{"title": words, "url": url} for words, url in _LINK.findall(body)],
    }


def served(folder: Path) -> AbstractContextManager[str]:
    """The address of a server of the folder: compressed and cached as GitHub Pages does."""
    return answering(partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(str(path))
        small = kind.startswith("text/") or path.suffix in (".js", ".json", ".svg", ".xml")
        data = _compressed(path) if small else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if small else kind)
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)
