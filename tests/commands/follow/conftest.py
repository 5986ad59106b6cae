import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.commands.follow.hub import Hub, hosting
from tests.commands.follow.world import ENV, FIRST, Host, Server, World, made, serving_feed


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of all hosts, one after the other."""
    with serving_feed() as server:
        yield server


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this computer's settings."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, ENV[name])


@pytest.fixture
def world(tmp_path: Path, server: Server) -> World:
    """A show of three episodes; its site exists once it is created."""
    server.host = Host([made(number, FIRST - timedelta(days=9 - number)) for number in (3, 2, 1)])
    return World(tmp_path, server.host, server.address)


@pytest.fixture
def hub(world: World) -> Iterator[Hub]:
    """The hosting service, which the world then uses."""
    hub = Hub(world.remote)
    with hosting(hub) as github:
        world.github = github
        yield hub


@pytest.fixture(scope="session")
def merged(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Path:
    """The folder of a world whose site has what the feed has."""
    server.host = Host([made(number, FIRST - timedelta(days=9 - number)) for number in (3, 2, 1)])
    world = World(tmp_path_factory.mktemp("merged"), server.host, server.address)
    world.create()
    world.follow()
    world.merge()
    world.follow()
    assert world.branches() == {"main"}
    return world.folder


@pytest.fixture
def followed(merged: Path, world: World, hub: Hub) -> World:
    """A site that has what the feed has: the first pull request is merged."""
    shutil.copytree(merged, world.folder, dirs_exist_ok=True)
    for clone in (world.own, world.checkout):
        config = clone / ".git/config"
        config.write_text(config.read_text().replace(str(merged), str(world.folder)))
    return world
