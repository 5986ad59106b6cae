"""Git, through its own program: a working tree beside the person's checkout, and its branches.

Nothing here touches the files, the index or the branches of the checkout itself.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backlist.feed.rules.secrets import mask
from backlist.problems import BacklistError, Where

PARTS = ("content", "static", "site.yaml")
"""What an import may write, in the site's folder."""

_BOT = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
_TREE = re.compile(r"^Backlist-Tree: ([0-9a-f]+)$", re.MULTILINE)
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_EDITOR": "true"}
_OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Set where a hook of another repository runs us."""


class GitError(Exception):
    """A command that failed, with what Git said."""


def git(folder: Path, *words: str, given: bytes | None = None) -> bytes:
    """What a command of Git prints. Raises `GitError` where it fails.

    Raises `BacklistError` where there is no Git. Hooks and signatures are left to people.
    """
    settings = ("core.hooksPath=/dev/null", "commit.gpgSign=false", "core.quotePath=false")
    command = ["git", *(part for each in settings for part in ("-c", each)), *words]
    env = {name: value for name, value in os.environ.items() if name not in _OWN} | _QUIET
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, input=given, capture_output=True, check=True
        )
    except FileNotFoundError as error:
        hint = "install Git (https://git-scm.com), or import by hand with `backlist import`"
        raise BacklistError(Where("git"), "is not installed", hint) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip() or f"exit code {error.returncode}"
        raise GitError(mask(" ".join(said.split()))) from error
    return done.stdout


class RaceError(GitError):
    """A push that the remote refused because the branch does not end as it did."""


_RACE = re.compile(r"stale info|fetch first|non-fast-forward|cannot lock ref")


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository a site is in: its folder, the site's place there, and the remote to follow.

    `heads` are the remote's branches with the commits they ended with when it was asked, `default`
    the one that a clone begins with, empty where the remote does not say.
    """

    top: Path
    prefix: str
    remote: str
    heads: Mapping[str, str]
    default: str

    def say(self, *words: str) -> str:
        """What a command prints, without white space around it."""
        return git(self.top, *words).decode(errors="replace").strip()

    def fetch(self, branch: str) -> str | None:
        """The commit that a branch of the remote ends with, which is then here; None without it."""
        tip = self.heads.get(branch)
        if tip is not None and not self._has_all_of(tip):
            self.say("fetch", "-q", "--no-tags", *self._deeper(), self.remote, tip)
        return tip

    def _has_all_of(self, commit: str) -> bool:
        """Whether a commit is here with all that it was made from."""
        try:
            self.say("cat-file", "-e", f"{commit}^{{commit}}")
        except GitError:
            return False
        return not self._deeper()

    def _deeper(self) -> list[str]:
        """What a checkout of the newest commit alone, as workflows make it, lacks."""
        shallow = self.say("rev-parse", "--is-shallow-repository") == "true"
        return ["--unshallow"] if shallow else []

    def has_foreign(self, base: str, tip: str) -> bool:
        """Whether a branch has commits that are not ours, or ours that somebody amended.

        Each of ours notes the tree it was made with. A merge is somebody's work where a file of it
        is as on neither side.
        """
        said = self.say("log", "--format=%T%x1f%B%x1e", "--no-merges", f"{base}..{tip}")
        for entry in filter(str.strip, said.split("\x1e")):
            tree, _, message = entry.strip().partition("\x1f")
            found = _TREE.search(message)
            if found is None or found[1] != tree:
                return True
        merges = self.say("rev-list", "--merges", f"{base}..{tip}").split()
        return any(self.say("show", "--cc", "--name-only", "--format=", one) for one in merges)

    def texts(self, commit: str, paths: Sequence[str]) -> Mapping[str, str]:
        """The text files of a commit by their paths in the site; those it has not are left out."""
        asked = "".join(f"{commit}:{self.prefix}{path}\n" for path in paths).encode()
        said, found, place = git(self.top, "cat-file", "--batch", given=asked), {}, 0
        for path in paths:
            start = said.index(b"\n", place) + 1
            head, place = said[place : start - 1], start
            if not head.endswith(b" missing"):
                place += int(head.split()[-1])
                found[path] = said[start:place].decode(errors="replace")
                place += 1
        return found

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that two have in common."""
        return self.say("merge-base", one, other)

    def is_same(self, one: str, other: str) -> bool:
        """Whether every file of two commits is the same."""
        trees = [self.say("rev-parse", f"{commit}^{{tree}}") for commit in (one, other)]
        return trees[0] == trees[1]

    def list_files(self, commit: str, folder: str) -> tuple[str, ...]:
        """The paths in the site of all files below a folder of it."""
        said = git(
            self.top, "ls-tree", "-r", "-z", "--name-only", commit, self.prefix + folder or "."
        )
        names = said.decode(errors="replace").split("\0")
        return tuple(name.removeprefix(self.prefix) for name in names if name)

    def changed(self, old: str, new: str) -> tuple[str, ...]:
        """The paths in the site that differ between two commits or trees."""
        said = git(
            self.top,
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            old,
            new,
            "--",
            self.prefix or ".",
        )
        names = said.decode(errors="replace").split("\0")
        return tuple(name.removeprefix(self.prefix) for name in names if name.strip())

    def push(self, commit: str, branch: str, last: str | None, options: Sequence[str] = ()) -> None:
        """Make a branch of the remote end with a commit, if it still ends as it did (`last`).

        `options` are for the server (git-push, `--push-option`).
        """
        lease = f"--force-with-lease=refs/heads/{branch}:{last or ''}"
        said = [word for option in options for word in ("-o", option)]
        try:
            self.say("push", "-q", lease, *said, self.remote, f"{commit}:refs/heads/{branch}")
        except GitError as error:
            raise (RaceError if _RACE.search(str(error)) else GitError)(str(error)) from error

    def delete(self, branch: str, last: str) -> None:
        """Remove a branch of the remote, if it still ends as it did."""
        lease = f"--force-with-lease=refs/heads/{branch}:{last}"
        self.say("push", "-q", lease, self.remote, f":refs/heads/{branch}")

    @contextmanager
    def worktree(self, commit: str) -> Iterator["Worktree"]:
        """A working tree of a commit in a temporary folder, removed afterwards."""
        with tempfile.TemporaryDirectory(prefix="backlist-follow-") as folder:
            place = Path(folder) / "site"
            self.say("worktree", "add", "-q", "--detach", str(place), commit)
            try:
                yield Worktree(self, place)
            finally:
                self.say("worktree", "remove", "--force", str(place))


@dataclass(frozen=True, slots=True)
class Worktree:
    """A working tree of its own: what is done in it is seen nowhere else until it is pushed."""

    repository: Repository
    top: Path

    @property
    def site(self) -> Path:
        """The site's folder."""
        return self.top / self.repository.prefix

    def say(self, *words: str) -> str:
        """What a command prints."""
        return git(self.top, *words).decode(errors="replace").strip()

    @property
    def head(self) -> str:
        """The commit it is at."""
        return self.say("rev-parse", "HEAD")

    def reset(self, commit: str) -> None:
        """Make every file what it is in a commit."""
        self.say("reset", "-q", "--hard", commit)
        self.say("clean", "-q", "-fd")

    def merge(self, commit: str, name: str) -> tuple[str, ...]:
        """Merge a commit; the files in conflict, where it cannot be done and was not."""
        words = ("-m", f"Merge {name}", commit)
        try:
            self.say(*self._author(), "merge", "-q", "--no-edit", *words)
        except GitError:
            said = git(self.top, "diff", "--name-only", "-z", "--diff-filter=U").decode()
            self.say("merge", "--abort")
            return tuple(filter(None, said.split("\0"))) or ("?",)
        return ()

    def take(self, commit: str, paths: Sequence[str]) -> None:
        """Write files of the site as another commit has them."""
        if paths:
            git(self.site, "checkout", "-q", commit, "--", *paths)

    def stage(self) -> str:
        """The tree of all that the import has written, noted in the index."""
        parts = [part for part in PARTS if (self.site / part).exists()]
        git(self.site, "add", "-A", "--", *parts)
        return self.say("write-tree")

    def ignores(self, path: str) -> bool:
        """Whether the repository leaves a path of the site out."""
        try:
            git(self.site, "check-ignore", "-q", "--no-index", path)
        except GitError:
            return False
        return True

    def commit(self, message: str, tree: str) -> str:
        """The commit of what was staged; its message notes the tree, see `has_foreign`."""
        words = ("-m", message, "-m", f"Backlist-Tree: {tree}")
        self.say(*self._author(), "commit", "-q", "--no-verify", "--allow-empty", *words)
        return self.head

    def _author(self) -> tuple[str, ...]:
        try:
            self.say("config", "user.email")
        except GitError:
            return ("-c", f"user.name={_BOT[0]}", "-c", f"user.email={_BOT[1]}")
        return ()


def open_repository(root: Path, remote: str) -> Repository:
    """The repository that the site at `root` is in, and what its remote has.

    Raises `BacklistError` where it is in none, or the remote does not answer.
    """
    try:
        said = git(root, "rev-parse", "--show-toplevel", "--show-prefix").decode().split("\n")
        if not re.search(r"[/:]", remote):
            git(root, "remote", "get-url", remote)
    except GitError as error:
        raise BacklistError(
            Where(str(root)),
            f"is in no Git repository with a remote `{remote}`: {error}",
            "run `git init`, commit the site, and add the remote repository: "
            f"`git remote add {remote} ADDRESS`",
        ) from error
    try:
        listed = git(root, "ls-remote", "--symref", remote, "HEAD", "refs/heads/*").decode()
    except GitError as error:
        raise BacklistError(
            Where(mask(remote)),
            f"the remote repository does not answer: {error}",
            "`git remote -v` shows its address; `git fetch` must work without questions",
        ) from error
    default = re.search(r"^ref: refs/heads/(.+)\tHEAD$", listed, re.MULTILINE)
    heads = re.findall(r"^([0-9a-f]+)\trefs/heads/(.+)$", listed, re.MULTILINE)
    found = {name: tip for tip, name in heads}
    return Repository(Path(said[0]), said[1], remote, found, default[1] if default else "")
