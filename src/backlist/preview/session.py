"""What a preview shows: the last good build, and what is wrong with the present files."""

import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from backlist import files
from backlist.build import Options, Site, build_site, clock
from backlist.cache.store import Cache
from backlist.preview.ahead import LastSite
from backlist.problems import BacklistError, Level, Problem, Problems, Where, tally
from backlist.write import Written

FOLDER = ".cache/preview"
"""Not `build/`: no draft may lie in the folder that gets published."""


class Session:
    """The last good build, and the errors that keep the present files from replacing it.

    `generation` names what a page shows; it is new whenever that is.
    """

    def __init__(self, root: Path, address: str, say: Callable[[str], object]) -> None:
        self.root = root
        self.out = root / FOLDER
        self.options = Options(base_url=address, drafts=True)
        self.searched, self._indexed, self._ahead = False, False, False
        self.cache = Cache(root / ".cache", self.options.edition, resident=True)
        self.say = say
        self.good = False
        self.faults: tuple[Problem, ...] = ()
        self.generation = ""
        self._last: LastSite | None = None
        self._shown_first = False

    def show_first(self, paths: Collection[str]) -> bool:
        """Show the page of an episode whose notes are all that was saved; whether it could be.

        `rebuild` then makes everything else.
        """
        if self._last is None or self.faults or len(paths) != 1:
            return False
        (path,) = map(Path, paths)
        if not path.is_relative_to(self.root):
            return False
        made = self._last.page(self.root, path.relative_to(self.root).as_posix())
        if made is None or not (self.out / made[0]).is_file():
            return False
        files.replace(self.out / made[0], made[1], durable=False)
        self.generation = str(time.time_ns())
        self._shown_first = True
        return True

    def rebuild(self) -> bool:
        """Build the files as they are now; whether a page looks different afterwards.

        The search follows, because to index an archive takes longer than all else: until
        `follow`, readers search the last build.
        """
        began, problems = time.monotonic(), Problems()
        ahead, self._ahead = self._ahead, False
        self.searched = not self._indexed
        first, self._shown_first = self._shown_first, False
        done = None
        if self._indexed:
            done = self._try(problems, replace(self.options, search_later=True))
        if done is None:
            # There is no search yet, or it lies there no more: it cannot wait.
            problems = Problems()
            done = self._try(problems, self.options)
            self._indexed = done is not None
        self._last = LastSite(done[0]) if done else None
        written = done[1] if done else None
        faults = tuple(problem for problem in problems if problem.level is Level.ERROR)
        moved = done is not None and _differs(*done, pages_only=first)
        changed = moved or ahead or faults != self.faults or not self.generation
        self.faults = faults
        self.good = written is not None or (self.good and not self.lost())
        if changed:
            # A time and not a count: a page left open from an earlier run is told as well.
            self.generation = str(time.time_ns())
        self._report(written, problems, time.monotonic() - began)
        return changed

    def lost(self) -> bool:
        """Whether somebody has removed what was built."""
        return self.good and not self.out.is_dir()

    def follow(self) -> None:
        """Make the search of what `rebuild` has shown, if that is not done."""
        if not self.searched:
            # It may show what was saved this very moment, of which no page has been told.
            self.searched = self._ahead = True
            self._try(Problems(), self.options)

    def _try(self, problems: Problems, options: Options) -> tuple[Site, Written] | None:
        try:
            with self.cache as cache:
                return build_site(self.root, self.out, clock(), options, problems, cache)
        except BacklistError as error:
            problems.extend([error.problem])
        except Exception as error:
            # An error of ours must not take the preview down with it.
            self.say(traceback.format_exc().rstrip())
            problems.extend([unforeseen(error)])
        return None

    def _report(self, written: Written | None, problems: Problems, seconds: float) -> None:
        for fault in self.faults:
            self.say(str(fault))
        found = tally(problems)
        if written is None:
            self.say(f"{found}; " + ("the last good site stays up" if self.good else "no site yet"))
            return
        hint = f"; {found}: `backlist check` lists them" if found else ""
        self.say(
            f"built in {seconds:.1f} s: {written.written} written, {written.kept} unchanged, "
            f"{written.removed} removed{hint}"
        )


def _differs(site: Site, written: Written, *, pages_only: bool) -> bool:
    """Whether a build changed anything; of what a page has been shown for, whether another page."""
    if pages_only and not written.removed:
        return any(path.endswith(".html") for path in site.prepared.staged)
    return bool(written.written or written.removed)


def unforeseen(error: Exception) -> Problem:
    """An exception nobody thought of, as a problem at the line of the program it came from."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Problem(
        Where(Path(last.filename).name, last.lineno or 0),
        Level.ERROR,
        f"{type(error).__name__}: {error}",
        "this is a bug in backlist: report it with the lines shown in the terminal",
    )
