"""The files with which a site's repository publishes itself, as pushed, at one host.

`repository/common/` holds what every repository gets, `repository/github/` and
`repository/gitlab/` what one host reads. A text has places such as `@PYTHON@`, which this fills
in; every other byte is written as it lies there.
"""

import re
from collections.abc import Mapping
from pathlib import Path

HOSTS = {"github": "GitHub", "gitlab": "GitLab"}
"""Hosts that a repository can be written for, by the name of their folder."""

_FOLDER = Path(__file__).parent / "repository"
_PLACE = re.compile(r"@([A-Z]+)@")


def texts(host: str, places: Mapping[str, str]) -> dict[str, str]:
    """Name in the repository → text, of all files for a host, in order.

    `places` gives the text for each `@NAME@`; `KeyError` for a place that is not among them.
    """
    found: dict[str, Path] = {}
    for folder in ("common", host):
        for path in sorted((_FOLDER / folder).rglob("*")):
            if path.is_file():
                found[path.relative_to(_FOLDER / folder).as_posix()] = path
    return {
        name: _PLACE.sub(lambda place: places[place[1]], path.read_text("utf-8"))
        for name, path in found.items()
    }
