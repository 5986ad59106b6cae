from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """A file of the folder with real inputs, which is not part of the repository."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"no {name} beside the checkout")
        return path

    return find
