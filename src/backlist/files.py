"""Files are replaced whole: a reader, or a crash, sees the old file or the new one."""

import os
import tempfile
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` by way of a temporary file beside it; folders are made.

    Raises `OSError` when the disk does not let it; `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
