"""An item of the Internet Archive keeps copies, against a stand-in on this machine."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from backlist.commands.mirror import internet_archive
from backlist.commands.mirror.stores import PLAIN, Store, Terms, open_store
from backlist.problems import BacklistError
from tests.commands.mirror.archive_server import KEY, SECRET, Archive, archive

FACTS = {"title": "Owls — after dark", "creator": "Ann Roe", "language": "en"}


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(internet_archive, "PAUSE", 0.001)
    with archive(monkeypatch) as made:
        yield made


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "owl.mp3"
    path.write_bytes(b"hoo" * 1000)
    return path


def opened(target: str = "ia:owl-show", terms: Terms = PLAIN) -> Store:
    store = open_store(target, terms)
    assert store is not None
    return store


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_is_put_whole_and_known_afterwards(remote: Archive, sound: Path) -> None:
    store = opened(terms=Terms(facts=FACTS))
    before = store.has("audio/owl one.mp3", digest(sound))

    store.put(sound, "audio/owl one.mp3")

    assert not before and store.has("audio/owl one.mp3", digest(sound))
    assert remote.content == {"owl-show/audio/owl one.mp3": sound.read_bytes()}
    assert remote.items["owl-show"] == {
        "identifier": "owl-show",
        "mediatype": "audio",
        "collection": "opensource_audio",
        "subject": "podcast",
        **FACTS,
    }
    address = "https://archive.org/download/owl-show/audio/owl%20one.mp3"
    assert store.address("audio/owl one.mp3") == address


def test_a_later_run_puts_nothing_that_is_there(remote: Archive, sound: Path) -> None:
    opened().put(sound, "owl.mp3")

    later = opened()

    assert later.has("owl.mp3", digest(sound))
    assert not later.has("owl.mp3", "0" * 64)
    later.put(sound, "owl.mp3")
    assert remote.puts == ["owl.mp3"]


def test_a_file_that_somebody_else_put_is_known_by_its_md5(remote: Archive, sound: Path) -> None:
    opened().put(sound, "owl.mp3")
    del remote.files["owl-show"]["owl.mp3"]["sha256"]
    later = opened()
    before = later.has("owl.mp3", digest(sound))

    later.put(sound, "owl.mp3")

    assert not before and later.has("owl.mp3", digest(sound))
    assert remote.puts == ["owl.mp3"]


def test_an_overloaded_server_is_asked_again(remote: Archive, sound: Path) -> None:
    remote.answers = [503, 503]

    opened().put(sound, "owl.mp3")

    assert remote.content["owl-show/owl.mp3"] == sound.read_bytes()


def test_what_cannot_be_put_now_is_said(remote: Archive, sound: Path) -> None:
    store = opened()
    remote.answers = [503] * 10
    with pytest.raises(OSError, match="the Archive is overloaded: run it again later"):
        store.put(sound, "owl.mp3")
    remote.answers = [500]
    with pytest.raises(OSError, match="the Archive answers 500: Please reduce"):
        store.put(sound, "owl.mp3")
    remote.answers, remote.loses_bytes = [], True
    with pytest.raises(OSError, match="the Archive answers 400: The Content-MD5"):
        store.put(sound, "owl.mp3")
    assert remote.content == {}
    assert not store.has("owl.mp3", digest(sound))


def test_an_item_of_somebody_else_is_told_with_a_remedy(remote: Archive, sound: Path) -> None:
    remote.others.add("owl-show")

    with pytest.raises(BacklistError, match="refuses these credentials") as told:
        opened().put(sound, "owl.mp3")

    assert "choose another name" in str(told.value)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("ia:", "is no name of an item"),
        ("ia:-owl", "is no name of an item"),
        ("ia:owl/show", "is no name of an item"),
        ("ia:dark", "was taken down"),
    ],
)
def test_a_place_that_cannot_be_used_is_told(remote: Archive, target: str, said: str) -> None:
    remote.dark.add("dark")

    with pytest.raises(BacklistError, match=said):
        opened(target)


@pytest.mark.parametrize("missing", ["IA_ACCESS_KEY_ID", "IA_ACCESS_KEY_ID IA_SECRET_ACCESS_KEY"])
def test_missing_credentials_are_told_with_a_remedy(
    remote: Archive, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing.split():
        monkeypatch.delenv(name)

    with pytest.raises(BacklistError, match="credentials") as told:
        opened()

    assert "`ia configure`" in str(told.value)


def test_no_message_says_a_secret(
    remote: Archive, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote.others.add("owl-show")
    with pytest.raises(BacklistError) as told:
        opened().put(sound, "owl.mp3")

    said = str(told.value) + "".join(capsys.readouterr())
    assert KEY not in said and SECRET not in said
