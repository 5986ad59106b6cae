"""Files are replaced whole: a reader, or a crash, sees the old file or the new one."""

import os
import tempfile
from pathlib import Path

_PREFIX, _SUFFIX = ".backlist-", ".tmp"


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` by way of a temporary file beside it; folders are made.

    Raises `OSError` when the disk does not let it; `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed run left in a folder or below it."""
    for path in folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)
