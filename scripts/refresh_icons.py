"""Rewrites `src/backlist/pages/icons.svg` from a release of Simple Icons.

    npm pack simple-icons@16.37.0
    python scripts/refresh_icons.py simple-icons-16.37.0.tgz

The icons are those that `model/platforms.py` names, and RSS. Simple Icons drops an icon when its
owner asks for it: the script then says so, and the platform's icon must be taken out of the table.
Icons under a licence other than that of the collection (CC0 1.0) are refused. Ours, for what has
no icon there, are kept in `OWN`.
"""

import json
import re
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

from backlist.model import platforms
from backlist.pages import icons

OWN = {
    # A play button in a ring, for an app or directory without an icon.
    "app": "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm0 2a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z"
    "M9.5 7v10l8-5Z",
    "heart": "M12 21.5 10.4 20C5 15.1 1.5 11.9 1.5 8a5.6 5.6 0 0 1 5.7-5.6c1.8 0 3.6.8 "
    "4.8 2.2a6.3 6.3 0 0 1 4.8-2.2A5.6 5.6 0 0 1 22.5 8c0 3.9-3.5 7.1-8.9 12Z",
    # A globe.
    "link": "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm7.5 7h-3a15.5 15.5 0 0 0-1.5-4.5A9 9 0 0 1 "
    "19.5 8ZM12 3.2c.9 1.2 1.6 2.8 2.1 4.8H9.9c.5-2 1.2-3.6 2.1-4.8ZM4.5 8A9 9 0 0 1 9 "
    "3.5 15.5 15.5 0 0 0 7.5 8Zm-1.3 6a9 9 0 0 1 0-4h3.9a19 19 0 0 0 0 4Zm1.3 2h3A15.5 15.5 0 0 "
    "0 9 20.5 9 9 0 0 1 4.5 16ZM12 20.8c-.9-1.2-1.6-2.8-2.1-4.8h4.2c-.5 2-1.2 3.6-2.1 "
    "4.8ZM14.5 14h-5a17 17 0 0 1 0-4h5a17 17 0 0 1 0 4Zm.5 6.5a15.5 15.5 0 0 0 1.5-4.5h3a9 9 0 0 "
    "1-4.5 4.5Zm1.9-6.5a19 19 0 0 0 0-4h3.9a9 9 0 0 1 0 4Z",
    "mail": "M3 4h18a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm1.7 2 7.3 "
    "5.8L19.3 6ZM21 7.2l-9 7.2-9-7.2V18h18Z",
}
HEAD = """\
<!-- Simple Icons {version} (https://simpleicons.org), CC0 1.0: see icons.LICENSE.md. The marks are
their owners'. The last {own} are our own. Written by scripts/refresh_icons.py. -->
"""


def main(archive: Path) -> int:
    """Write the icons; 1 when one is gone or is not under the collection's licence."""
    wanted = sorted({one.icon for one in platforms.PLATFORMS.values() if one.icon} | {"rss"})
    with tarfile.open(archive) as package:

        def read(name: str) -> str:
            member = package.extractfile(f"package/{name}")
            assert member is not None
            return member.read().decode()

        listed = {_slug(one): one for one in json.loads(read("data/simple-icons.json"))}
        names = set(package.getnames())
        gone = [name for name in wanted if f"package/icons/{name}.svg" not in names]
        other = [name for name in wanted if listed.get(name, {}).get("license", CC0) != CC0]
        for name in gone:
            print(f"{name}: not in this release; take it out of model/platforms.py")
        for name in other:
            print(f"{name}: under a licence of its own; take it out of model/platforms.py")
        if gone or other:
            return 1
        version = json.loads(read("package.json"))["version"]
        paths = {name: _path_of(read(f"icons/{name}.svg")) for name in wanted}
        licence = read("LICENSE.md")
    head = HEAD.format(version=version, own=len(OWN))
    icons.FILE.write_text(_written({**paths, **OWN}, head), "utf-8")
    icons.FILE.with_name("icons.LICENSE.md").write_text(licence, "utf-8")
    return 0


def _path_of(drawing: str) -> str:
    """The one path of an icon's own file."""
    (path,) = re.findall(r'<path[^>]*\sd="([^"]+)"', drawing)
    return str(path)


def _written(paths: Mapping[str, str], note: str) -> str:
    """`icons.svg`, of the path of each icon in a square of 24."""
    rows = (
        f'<symbol id="{name}" viewBox="0 0 24 24"><path d="{path}"/></symbol>\n'
        for name, path in paths.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{note}{"".join(rows)}</svg>\n'


def _slug(one: dict[str, str]) -> str:
    return one.get("slug") or re.sub(r"[^a-z0-9]", "", one["title"].lower())


CC0 = {"type": "CC0-1.0"}

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
