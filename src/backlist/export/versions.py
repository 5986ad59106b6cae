"""With what a site is made: the program, Python, and every package that shapes its bytes."""

import platform
import re
from importlib.metadata import PackageNotFoundError, distribution

from backlist import __version__

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ONLY_FOR_WORK = re.compile(r"""extra\s*==\s*['"](?:test|fonts)['"]""")


def requirements() -> str:
    """The installed versions, in the form of pip's requirements files, by name.

    It lists what this program requires, and what that requires, as far as it is installed here.
    """
    lines = [f"{name}=={version}" for name, version in sorted(_installed().items())]
    head = f"# Made with backlist {__version__} on Python {platform.python_version()}."
    return "\n".join([head, *lines]) + "\n"


def _installed() -> dict[str, str]:
    found = {"backlist": __version__}
    waiting = list(_required("backlist", own=True))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name).version
        except PackageNotFoundError:
            continue  # optional, or for another system
        waiting += _required(name, own=False)
    return found


def _required(name: str, *, own: bool) -> list[str]:
    """The names a package requires; of extras only those of ours that are no tools for work."""
    try:
        told = distribution(name).requires or ()
    except PackageNotFoundError:
        return []
    left_out = _ONLY_FOR_WORK.search if own else re.compile(r"extra\s*==").search
    named = (_NAME.match(line) for line in told if not left_out(line))
    return [re.sub(r"[-_.]+", "-", one[0]).lower() for one in named if one]
