"""`make golden`: rewrite what the tests expect, for a person to read before committing."""

import re
import shutil
import tempfile
from pathlib import Path

from backlist.build import Options, build
from backlist.content import schemas
from backlist.model.reference import records_page
from backlist.problems import Problems
from backlist.write import MANIFEST
from tests.conftest import HERE, NOW, SITES
from tests.test_broken_sites import BROKEN, told

RECORDS = HERE.parent / "docs/records.md"
SCHEMAS = HERE.parent / "src/backlist/model/schemas"
GOLDEN = HERE / "golden" / "rich"
OTHERS = (
    "static/",
    "cards/",
    "search/engine/",
    "search/text/",
    "search/facets.zlib",
    "search/names.zlib",
)
"""The theme's own files, pictures, whose bytes are Pillow's, and the index that Pagefind names."""


_HASH = re.compile(rb"\.[0-9a-f]{8}(?=\.(?:css|js)\b)")


def published(out: Path) -> dict[str, bytes]:
    """Every file a build wrote, but what is not ours to compare byte for byte.

    What of an asset's name follows from its bytes is left out: with it a change of the style
    would change every page.
    """
    files = {p.relative_to(out).as_posix(): p for p in sorted(out.rglob("*")) if p.is_file()}
    kept = {
        name: _HASH.sub(rb"", path.read_bytes()) for name, path in files.items() if _is_ours(name)
    }
    listed = kept[MANIFEST].decode().splitlines(keepends=True)
    ours = [line for line in listed if _is_ours(line.strip().strip('",'))]
    return {**kept, MANIFEST: "".join(ours).encode()}


def _is_ours(name: str) -> bool:
    return not name.startswith(OTHERS) and not name.endswith("card.png")


def main() -> None:
    """Build the sites and keep what came of it; write docs/records.md and the schemas."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        # The first build brings the site's feed lock up to date, the second has nothing to tell.
        build(SITES / "rich", out, NOW, Options(), Problems())
        problems = Problems()
        build(SITES / "rich", out, NOW, Options(), problems)
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name, data in published(out).items():
            target = GOLDEN / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        (GOLDEN.parent / "rich.txt").write_text("".join(f"{p}\n" for p in problems), "utf-8")
        for root in BROKEN:
            (root / "expected.txt").write_text(told(root, Path(folder) / root.name), "utf-8")
    RECORDS.write_text(records_page(), "utf-8")
    for name in schemas.FILES:
        (SCHEMAS / f"{name}.json").write_text(schemas.written(name), "utf-8")


if __name__ == "__main__":
    main()
