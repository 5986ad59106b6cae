"""A bucket keeps copies, against a stand-in for S3 in this process."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from backlist.commands.mirror import stores
from backlist.commands.mirror.s3 import Bucket
from backlist.commands.mirror.stores import PLAIN, Store, Terms, open_store
from backlist.problems import BacklistError

KEY, SECRET = "key-of-tests", "secret-of-tests"
SHA256 = hashlib.sha256(b"hoo").hexdigest()


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of a storage with the bucket `owls`; to start one takes longer than most tests."""
    nothing = str(tmp_path_factory.mktemp("home") / "none")
    said = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "eu-north-1",
        "AWS_CONFIG_FILE": nothing,
        "AWS_SHARED_CREDENTIALS_FILE": nothing,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
            environment.delenv(name, raising=False)
        for name, value in said.items():
            environment.setenv(name, value)
        client = boto3.client("s3")
        place = {"LocationConstraint": "eu-north-1"}
        client.create_bucket(Bucket="owls", CreateBucketConfiguration=place)
        yield client


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "owl.mp3"
    path.write_bytes(b"hoo")
    return path


@pytest.fixture(scope="module")
def store(storage: Any) -> Store:
    return opened()


def opened(target: str = "s3://owls/show", terms: Terms = PLAIN) -> Store:
    store = open_store(target, terms)
    assert store is not None
    return store


def test_a_file_is_put_with_its_type_and_known_afterwards(
    storage: Any, store: Store, sound: Path
) -> None:
    before = store.has("audio/owl.mp3", SHA256)

    store.put(sound, "audio/owl.mp3")

    assert not before and store.has("audio/owl.mp3", SHA256)
    assert not store.has("audio/owl.mp3", "0" * 64)
    assert opened().has("audio/owl.mp3", SHA256)
    found = storage.get_object(Bucket="owls", Key="show/audio/owl.mp3")
    assert (found["Body"].read(), found["ContentType"]) == (b"hoo", "audio/mpeg")


def test_the_ending_says_the_type(storage: Any, store: Store, sound: Path) -> None:
    kinds = {
        "a.vtt": "text/vtt",
        "a.json": "application/json",
        "a.jpg": "image/jpeg",
        "a.html": "text/plain",
        "a": "application/octet-stream",
    }

    for name in kinds:
        store.put(sound, name)

    found = {name: storage.head_object(Bucket="owls", Key=f"show/{name}") for name in kinds}
    assert {name: one["ContentType"] for name, one in found.items()} == kinds


def test_addresses_are_those_of_the_storage_or_the_one_given(storage: Any) -> None:
    elsewhere = boto3.client("s3", endpoint_url="https://s3.storage.example")
    name = "audio/owl one.mp3"

    for client, bucket, given, address in (
        (storage, "owls", "", "https://owls.s3.eu-north-1.amazonaws.com/show/"),
        (storage, "my.owls", "", "https://s3.eu-north-1.amazonaws.com/my.owls/show/"),
        (storage, "owls", "https://cdn.example/", "https://cdn.example/show/"),
        (elsewhere, "owls", "", "https://s3.storage.example/owls/show/"),
    ):
        store = Bucket(client, bucket, "show", given, "s3://…")
        assert store.address(name) == f"{address}audio/owl%20one.mp3"


def test_an_endpoint_that_nobody_answers_is_told(
    storage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    with pytest.raises(BacklistError, match="cannot be reached") as told:
        opened(terms=Terms(endpoint="http://127.0.0.1:9"))

    assert "`AWS_ENDPOINT_URL`" in str(told.value)


def test_a_bucket_that_is_not_there_is_told(storage: Any) -> None:
    with pytest.raises(BacklistError, match="there is no bucket of this name"):
        opened("s3://wolves/show")
    with pytest.raises(BacklistError, match="cannot be used"):
        opened("s3://")


def test_missing_credentials_are_told_with_a_remedy(
    storage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    with pytest.raises(BacklistError, match="needs credentials, and finds none") as told:
        opened()

    assert "`AWS_ACCESS_KEY_ID`" in str(told.value)


def test_an_answer_is_told_for_the_place_or_for_the_file(
    store: Any, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"Message": "said"}

    def refuse(**_: object) -> None:
        raise ClientError({"Error": answer}, "PutObject")

    monkeypatch.setattr(store.client, "put_object", refuse)

    for code, said, kind in (
        ("SignatureDoesNotMatch", "refuses these credentials", BacklistError),
        ("NoSuchBucket", "there is no bucket", BacklistError),
        ("PermanentRedirect", "is in another region", BacklistError),
        ("SlowDown", "the storage answers SlowDown: said", OSError),
        ("BadDigest", "the storage answers BadDigest: said", OSError),
    ):
        answer["Code"] = code
        with pytest.raises(kind, match=said) as told:
            store.put(sound, "owl.mp3")
        assert KEY not in str(told.value) and SECRET not in str(told.value)


def test_what_arrives_otherwise_than_it_was_sent_is_told(
    store: Any, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = store.client.put_object

    def lose(**said: Any) -> Any:
        # The storage would refuse other bytes: the MD5 is that of the file.
        assert said.pop("ContentMD5") == "dDtfAZ2A4BKgjca1mLGBQQ=="
        return put(**said | {"Body": b"ho", "ContentLength": 2})

    monkeypatch.setattr(store.client, "put_object", lose)

    with pytest.raises(OSError, match="the storage has other bytes than were sent"):
        store.put(sound, "lost.mp3")


def test_what_is_no_place_for_copies_is_told() -> None:
    assert open_store("static") is None
    with pytest.raises(BacklistError, match="is no place for copies: `ftp://a`") as told:
        open_store("ftp://a")
    assert "`s3://…`, `ia:…`" in str(told.value)


def test_without_its_package_a_place_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "find_spec", lambda _: None)

    for target, extra in (("s3://owls", "s3"), ("ia:owls", "archive")):
        with pytest.raises(BacklistError, match="needs the package") as told:
            open_store(target)
        assert f"pip install 'backlist[{extra}]'" in str(told.value)
