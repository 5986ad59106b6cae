from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.follow.hub import Hub, hosting
from tests.follow.world import ENV, FIRST, Host, World, made, serving_feed


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A show of three episodes; its site exists once it is created."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, ENV[name])
    host = Host([made(number, FIRST - timedelta(days=9 - number)) for number in (3, 2, 1)])
    with serving_feed(host) as address:
        yield World(tmp_path, host, address)


@pytest.fixture
def hub(world: World) -> Iterator[Hub]:
    """The hosting service, which the world then uses."""
    hub = Hub(world.remote)
    with hosting(hub) as github:
        world.github = github
        yield hub
