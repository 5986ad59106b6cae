"""What the tests of the lock share."""

from pathlib import Path

import pytest

from tests.conftest import MakeSite
from tests.feed.lock.small_site import record


@pytest.fixture(autouse=True)
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(site: MakeSite) -> Path:
    return site({f"content/episodes/{n}.md": record(n) for n in range(1, 5)})
