"""A run that puts copies into a storage or the Internet Archive, and one after it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backlist.commands import mirror
from backlist.content import MIRROR, read_copies
from backlist.problems import Problems
from tests.commands.mirror.archive_server import archive
from tests.commands.mirror.hosting import Host, bring, hosting
from tests.commands.mirror.test_bring import BARE, VTT
from tests.commands.mirror.test_s3 import storage
from tests.conftest import MakeSite, built, episode
from tests.pictures import picture

__all__ = ["storage"]


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


@pytest.fixture
def root(host: Host, site: MakeSite) -> Path:
    audio, words = host.put("a.mp3", b"ID3 sound", "audio/mpeg"), host.put("a.vtt", VTT)
    told = {"guid": "one", "date": "2026-01-01", "audio": f"'{audio}'"}
    return site(
        {
            "site.yaml": BARE,
            "content/episodes/one.md": episode("One", "one", transcripts=f"['{words}']", **told),
            "content/episodes/secret.md": episode("Two", "two", status="private", **told),
        }
    )


def copies(root: Path) -> list[tuple[str, ...]]:
    return [one.at for one in read_copies((root / MIRROR).read_bytes(), Problems()).values()]


def player_of(root: Path) -> str:
    made, _ = built(root)
    assert made is not None
    return made.outputs["episodes/one/index.html"].read().decode()


def test_a_bucket_gets_every_copy_once(storage: Any, host: Host, root: Path) -> None:
    first = bring(root, host, *mirror.WHAT, to="s3://owls/run")
    host.asked.clear()

    second = bring(root, host, *mirror.WHAT, to="s3://owls/run")

    assert (first[1], second[1], host.asked) == ([], [], [])
    there = storage.list_objects_v2(Bucket="owls", Prefix="run/")["Contents"]
    assert [one["Key"] for one in there] == ["run/sound/one.mp3", "run/transcripts/one.vtt"]
    base = "https://owls.s3.eu-north-1.amazonaws.com/run"
    assert copies(root) == [(f"{base}/sound/one.mp3",), (f"{base}/transcripts/one.vtt",)]
    assert f'src="{base}/sound/one.mp3"' in player_of(root)


def test_what_a_bucket_lost_is_not_missed_where_it_was_put_by_another_run(
    storage: Any, host: Host, root: Path
) -> None:
    bring(root, host, *mirror.WHAT, to="s3://owls/again")
    (root / MIRROR).unlink()
    before = storage.head_object(Bucket="owls", Key="again/sound/one.mp3")["LastModified"]

    bring(root, host, *mirror.WHAT, to="s3://owls/again")

    assert storage.head_object(Bucket="owls", Key="again/sound/one.mp3")["LastModified"] == before


def test_no_picture_leaves_the_site_before_its_episode_is_out(
    storage: Any, host: Host, site: MakeSite
) -> None:
    covers = {
        name: host.put(f"{name}.png", picture((60, 60), colour), "image/png")
        for name, colour in (("out", "red"), ("draft", "blue"), ("future", "green"))
    }
    told = {"out": {}, "draft": {"status": "draft"}, "future": {"date": "2030-01-01"}}
    root = site(
        {
            "site.yaml": BARE,
            **{
                f"content/episodes/{name}.md": episode(name, name, image=cover, **told[name])
                for name, cover in covers.items()
            },
        }
    )

    bring(root, host, to="s3://owls/covers")

    there = storage.list_objects_v2(Bucket="owls", Prefix="covers/")["Contents"]
    assert [one["Key"] for one in there] == ["covers/covers/out.png"]


def test_an_item_gets_every_copy_once(
    monkeypatch: pytest.MonkeyPatch, host: Host, root: Path
) -> None:
    with archive(monkeypatch) as remote:
        first = bring(root, host, *mirror.WHAT, to="ia:owl-show")
        second = bring(root, host, *mirror.WHAT, to="ia:owl-show")

    assert (first[1], second[1]) == ([], [])
    assert sorted(remote.puts) == ["sound/one.mp3", "transcripts/one.vtt"]
    assert remote.content["owl-show/sound/one.mp3"] == b"ID3 sound"
    assert 'src="https://archive.org/download/owl-show/sound/one.mp3"' in player_of(root)


def test_a_file_that_cannot_be_put_is_told_and_the_others_are(
    monkeypatch: pytest.MonkeyPatch, host: Host, root: Path
) -> None:
    with archive(monkeypatch) as remote:
        remote.answers = [500]
        _, told = bring(root, host, *mirror.WHAT, to="ia:owl-show")

    (line,) = told
    assert "cannot be put at ia:owl-show (the Archive answers 500" in line
    assert len(remote.content) == 1
