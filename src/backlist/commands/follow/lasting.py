"""What lasts from run to run: a feed out of reach, a site that lags behind, and who was told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from backlist.commands.follow import troubles
from backlist.commands.follow.published import Published, find_missing, tell
from backlist.commands.follow.state import State, read_state, since, write_state
from backlist.commands.follow.troubles import LATE, PATIENCE, Means, Trouble
from backlist.importers.fetch import UNREACHABLE
from backlist.problems import Level, Problems, Where


class Lasting:
    """What was so at the last run, and is brought up to date by this one."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.root, self.now = root, now
        self.state: State = read_state(root)

    def watch_feed(self, found: Problems, means: Means) -> list[Trouble]:
        """The trouble of a host's feed that has been out of reach for days, if it has."""
        failed = [one for one in found if one.kind == UNREACHABLE and one.level is Level.ERROR]
        if not failed:
            self.state = replace(self.state, unreachable="")
            return []
        began = since(self.state.unreachable, self.now)
        self.state = replace(self.state, unreachable=began.isoformat())
        lasts = self.now - began >= PATIENCE
        return [troubles.out_of_reach(began, failed[0], means)] if lasts else []

    def watch_site(self, site: Path, published: Published, proposal: str) -> list[Trouble]:
        """The trouble of a site that does not show what the host's feed has, for a day."""
        if published.error:
            began = since(self.state.silent, self.now)
            self.state = replace(self.state, silent=began.isoformat())
            silent = self.now - began >= LATE
            return [troubles.silent(published.address, published.error)] if silent else []
        titles = find_missing(site, published, self.now)
        missing = {
            guid: since(self.state.missing.get(guid, ""), self.now).isoformat() for guid in titles
        }
        self.state = replace(self.state, silent="", missing=missing)
        late = self._late(missing, titles)
        return [troubles.late(late, published.address, proposal)] if late else []

    def _late(self, missing: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
        began = {guid: datetime.fromisoformat(moment) for guid, moment in missing.items()}
        return [titles[guid] for guid, moment in began.items() if self.now - moment >= LATE]

    def tell_changed(
        self,
        published: Published,
        names: tuple[str, ...],
        problems: Problems,
        tell: Callable[[str, str], str] = tell,
    ) -> list[str]:
        """Tell those who asked for it that the published feed has other bytes; who was told.

        A feed that is seen for the first time is nothing new. Who could not be told is told by the
        next run.
        """
        if published.error:
            return []
        changed = self.state.published not in ("", published.digest)
        waiting = names if changed else tuple(set(self.state.untold) & set(names))
        failed = []
        for name in waiting:
            if fault := tell(name, published.address):
                failed.append(name)
                problems.warning(
                    Where(name),
                    f"was not told that the feed has changed: {fault}",
                    "the next run tries again",
                )
        self.state = replace(self.state, published=published.digest, untold=tuple(sorted(failed)))
        return [f"{name}: told that the feed has changed" for name in waiting if name not in failed]

    def keep(self) -> None:
        """Write it down for the next run."""
        write_state(self.root, self.state)
