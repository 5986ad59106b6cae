"""What a run of `mirror` is asked for, what it would bring, and how much that is."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backlist import http, urls
from backlist.commands.mirror import places, stores
from backlist.commands.mirror.kinds import KINDS, PICTURES, SOUND, USUAL
from backlist.commands.mirror.ledger import Ledger
from backlist.commands.mirror.stores import Terms
from backlist.commands.mirror.wanted import Wanted, at_other_hosts, find, of_pictures
from backlist.http.politely import Politely

PATIENCE = 3
"""Requests that a host may leave without any answer; it is not asked for the rest."""

Watch = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for.

    `what` are kinds of files; `to` is where copies are put, besides what pages are made from, at
    the server `endpoint`, below `public_url` for the public, where these are not its own;
    `refresh` also asks for newer versions of what is at home; `most` is how many bytes a run may
    bring; hosts in `trusted` (`host` or `host:port`) may be on a private network.
    """

    what: frozenset[str] = frozenset(USUAL)
    to: str = stores.STATIC
    refresh: bool = False
    most: int | None = None
    trusted: frozenset[str] = frozenset()
    endpoint: str = ""
    public_url: str = ""

    def at_home(self, address: str) -> bool:
        """Whether an address may be on a private network."""
        parts = urls.split(address)
        return bool({parts.netloc.lower(), (parts.hostname or "").lower()} & self.trusted)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files and bytes, and how many there are to be."""

    done: int
    of: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much is to be brought: files, bytes as far as known, files of unknown size."""

    files: int
    bytes: int
    unknown: int


class Plan:
    """What a run would bring. Raises `BacklistError` where the site cannot be read."""

    def __init__(self, root: Path, options: Options, now: datetime) -> None:
        self.root, self.options, self.now = root, options, now
        self.ledger = Ledger(root)
        self.silent = Counter[str]()
        terms = Terms(options.public_url, options.endpoint, places.facts_of(root))
        self.store = stores.open_store(options.to, terms)
        homes = {}
        if options.refresh:
            homes = {name: a for a, name in self.files_in_static().items()}
        self.named = places.find(root, homes, now) if PICTURES in options.what else {}
        listed = (*of_pictures(self.named), *find(root, options.what, now))
        self.known = at_other_hosts(listed)
        self.wanted = tuple(one for one in self.known if self._is_wanted(one))

    def _is_wanted(self, one: Wanted) -> bool:
        here = self.ledger.home(one.address) is not None
        if self.goes_to_store(one):
            return one.out and not here and (self.options.refresh or not self.is_put(one))
        return self.options.refresh or not here

    def goes_to_store(self, one: Wanted) -> bool:
        """Whether a file is put elsewhere only: pages are made from all others."""
        return self.store is not None and one.what == SOUND

    def is_put(self, one: Wanted) -> bool:
        """Whether the store has the copy of an address, by the ledger."""
        known = self.ledger.copies.get(one.address)
        if known is None or self.store is None:
            return False
        place = self.store.address("")
        return any(one.startswith(place) for one in known.at)

    def files_in_static(self) -> dict[str, str]:
        """Address → name in `static/` of the copies there."""
        return {
            address: one.file.removeprefix("static/")
            for address, one in self.ledger.copies.items()
            if one.file and one.file.startswith("static/") and self.ledger.home(address)
        }

    def estimate(self) -> Estimate:
        """How much there is to bring; servers are asked for sizes that no record says."""
        sound = [one for one in self.wanted if one.what == SOUND]
        sizes = {one: one.length for one in sound}
        asking = Politely[Wanted, int](
            self._ask_size, lambda one: one.host, lambda one: self.silent[one.host] < PATIENCE
        )
        for one, future in asking.run([one for one in sound if not one.length]):
            sizes[one] = future.result()
        known = [size for size in sizes.values() if size]
        return Estimate(len(self.wanted), sum(known), len(sound) - len(known))

    def _ask_size(self, one: Wanted) -> int:
        limit = KINDS[one.what].limits.silence
        plain = {"Accept-Encoding": "identity"}
        try:
            with http.request(
                "HEAD", one.address, plain, timeout=limit, at_home=self.options.at_home
            ) as answer:
                return answer.length if answer.status == 200 else 0
        except OSError:
            self.silent[one.host] += 1
            return 0


def free_space(root: Path) -> int:
    """Bytes that are free on the disk of a site."""
    return shutil.disk_usage(root).free
