"""With what a site is made: the program, Python, and every package that shapes its bytes."""

import platform
from pathlib import Path

from backlist import __version__
from backlist.commands.create_site.program import NAME, WHEEL, versions
from backlist.commands.create_site.repository import VENDOR


def own_wheel(root: Path) -> dict[str, Path]:
    """The wheel of this program that a site's repository keeps, by its name there; or nothing."""
    path = root / VENDOR / WHEEL
    return {f"{VENDOR}/{WHEEL}": path} if path.is_file() and not path.is_symlink() else {}


def requirements(wheel: str = "") -> str:
    """The installed versions, in the form of pip's requirements files, by name.

    The program itself is named by its version, or by where its `wheel` lies beside the file.
    """
    own = f"./{wheel}" if wheel else f"{NAME}=={__version__}"
    lines = [f"{name}=={version}" for name, version in versions(extras=("charts",)).items()]
    head = f"# Made with {NAME} {__version__} on Python {platform.python_version()}."
    return "\n".join([head, own, *lines]) + "\n"
