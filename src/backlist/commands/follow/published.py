"""The feed that the site publishes: what it lacks of the host's, and who is told of a new one."""

import hashlib
import os
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from backlist import content, http, urls
from backlist.feed import lock
from backlist.importers import records, rss
from backlist.importers.fetch import fetch
from backlist.importers.records import Base, read_base
from backlist.model import Episode, Site, Status
from backlist.problems import Problems

TIMEOUT = 20
"""Seconds a server may stay silent."""

PODCAST_INDEX = "https://api.podcastindex.org/api/1.0/hub/pubnotify"
PODPING = "https://podping.cloud/"
TOKEN = "PODPING_TOKEN"
"""The environment variable with the token that Podping gives to publishers."""


@dataclass(frozen=True, slots=True)
class Published:
    """The live feed: its address, a digest of its bytes, guids, the oldest date, and any error."""

    address: str
    digest: str = ""
    guids: frozenset[str] = frozenset()
    oldest: datetime | None = None
    error: str = ""


def feed_address(site: Site, base_url: str | None = None) -> str:
    """Where the main feed of a site is."""
    return site.feed.url or urls.absolute(urls.FEED, (base_url or site.base_url).rstrip("/") + "/")


def read_published(address: str) -> Published:
    """The feed at an address, as it is now."""
    problems = Problems()
    fetched = fetch(address, problems)
    if fetched is None or fetched.data is None:
        return Published(address, error=next((p.message for p in problems), "no answer"))
    snapshot = lock.snapshot_of_rss(fetched.data, address, problems)
    if snapshot is None:
        return Published(address, error="it is no feed")
    dates = [item.date.instant for item in snapshot.items if item.date]
    return Published(
        address,
        hashlib.sha256(fetched.data).hexdigest(),
        frozenset(item.guid for item in snapshot.items),
        min(dates, default=None),
    )


def find_missing(root: Path, published: Published, now: datetime) -> dict[str, str]:
    """Episodes that the host's feed has, that are to be published, and are not: guid → title.

    What is older than a feed of the newest episodes holds is not missed.
    """
    missing = {}
    for episode in _followed(root, published.guids):
        date = episode.date.instant if episode.date else None
        shown = published.oldest is None or date is None or date >= published.oldest
        if episode.guid and episode.guid not in published.guids and shown and not _later(date, now):
            missing[episode.guid] = episode.title
    return missing


def _later(date: datetime | None, now: datetime) -> bool:
    return date is not None and date > now


_GUID = re.compile(r"^guid:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def _followed(root: Path, known: Container[str]) -> Iterator[Episode]:
    """The published records of a site whose episodes are in the host's feed; not those `known`."""
    for path in sorted((root / records.FOLDER).rglob("*.md")):
        text = path.read_text("utf-8")
        guid = _GUID.search(text)
        if guid and guid[1].strip("\"'") in known:
            # Nearly all are, and to read them whole takes a minute in a large archive.
            continue
        document = content.parse_markdown(text, path.name, Problems())
        if document is None:
            continue
        filled = replace(document, data={"slug": path.stem, **document.data})
        episode = content.read(Episode, filled, Problems(), body="")
        if episode and episode.audio and episode.status is Status.PUBLISHED:
            yield from (episode for base in [_base(root, episode.slug)] if base and not base.gone)


def _base(root: Path, slug: str) -> Base | None:
    raw = root / records.raw_path(slug)
    base = read_base(raw.read_text("utf-8"), raw.name, Problems()) if raw.is_file() else None
    return base if base and base.format == rss.FORMAT else None


def tell(name: str, feed: str) -> str:
    """Tell somebody that a feed has changed; what went wrong, or nothing.

    `podcast index` is told by its API, `podping` by podping.cloud with a token, and a WebSub hub,
    given by its address, as subscribers' hubs are (W3C WebSub, 6).
    """
    method, address, body = "GET", name, None
    headers: Mapping[str, str] = {}
    if name == "podcast index":
        address = f"{PODCAST_INDEX}?{urlencode({'url': feed})}"
    elif name == "podping":
        if not os.environ.get(TOKEN):
            return f"`{TOKEN}` is not set: podping.cloud gives a token to publishers who ask"
        address = f"{PODPING}?{urlencode({'url': feed, 'reason': 'update', 'medium': 'podcast'})}"
        headers = {"Authorization": os.environ[TOKEN]}
    else:
        method, body = "POST", urlencode({"hub.mode": "publish", "hub.url": feed}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
    home = http.is_private(feed)
    try:
        with http.request(
            method,
            address,
            headers,
            timeout=TIMEOUT,
            at_home=lambda _: home,
            body=body,
            redirects=0,
        ) as answer:
            good = 200 <= answer.status < 300
            return "" if good else f"the answer is {answer.status} {answer.reason}".rstrip()
    except OSError as error:
        return str(error)
