"""Reading what the store keeps: records of ours, and nothing that could run anything."""

import io
import pickle
from typing import Any

_PLAIN = {
    ("datetime", "datetime"),
    ("datetime", "date"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
    ("array", "array"),
    ("array", "_array_reconstructor"),
    ("markupsafe", "Markup"),
}
_classes: dict[tuple[str, str], Any] = {}


class _Unpickler(pickle.Unpickler):
    """Reads records of ours and a few plain types; a store from elsewhere can name nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        known = _classes.get((module, name))
        if known is None:
            plain = (module, name) in _PLAIN
            if not plain and not module.startswith("backlist."):
                raise pickle.UnpicklingError(f"{module}.{name}")
            known = super().find_class(module, name)
            # A module of ours could be named for what it imports, such as `subprocess.Popen`.
            if not plain and not (isinstance(known, type) and known.__module__ == module):
                raise pickle.UnpicklingError(f"{module}.{name}")
            _classes[module, name] = known
        return known


def unpickled(kept: bytes) -> Any:
    """The value of a pickle; None where it is none of ours."""
    try:
        return _Unpickler(io.BytesIO(kept)).load()
    except Exception:  # a damaged pickle can raise anything
        return None
