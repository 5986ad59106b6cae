"""Answers are taken whole, within limits of size and time, or not at all."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from backlist import http
from backlist.http import RequestError, Response
from backlist.http.download import Downloader, Limits, StoppedError
from tests.commands.mirror.hosting import Host, hosting

LIMITS = Limits(1_000_000, 30, 30)


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


def downloader(folder: Path) -> Downloader:
    return Downloader(folder, at_home=lambda address: True)


def test_a_file_is_what_its_server_sent(host: Host, tmp_path: Path) -> None:
    address = host.put("a.bin", b"abc" * 1000, "text/plain; charset=utf-8")

    got = downloader(tmp_path).download(address, "*/*", LIMITS)

    assert got is not None
    assert got.path.read_bytes() == b"abc" * 1000
    assert (got.size, got.type, got.address) == (3000, "text/plain", address)
    assert host.headers[0]["accept-encoding"] == "identity"


def test_what_is_packed_unasked_is_unpacked(host: Host, tmp_path: Path) -> None:
    packed = {"Content-Encoding": "gzip"}
    address = host.put("a.txt", gzip.compress(b"words" * 1000), "text/plain", headers=packed)

    got = downloader(tmp_path).download(address, "*/*", LIMITS)

    assert got is not None
    assert got.path.read_bytes() == b"words" * 1000
    assert got.size == 5000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(bytes(5_000_000), mtime=0), "larger than 0 MiB"),
        (gzip.compress(b"words", mtime=0)[:-8], "it ends early"),
        (b"no gzip", "cannot be unpacked"),
    ],
)
def test_what_cannot_be_unpacked_is_none(
    host: Host, tmp_path: Path, data: bytes, words: str
) -> None:
    address = host.put("a", data, headers={"Content-Encoding": "gzip"})

    with pytest.raises(RequestError, match=words):
        downloader(tmp_path).download(address, "*/*", LIMITS)


@pytest.mark.parametrize(
    ("limits", "fault"),
    [(Limits(1000, 30, 30), "large"), (Limits(10**6, 30, -1), "slow")],
)
def test_a_body_of_unknown_length_is_not_waited_for_without_end(
    host: Host, tmp_path: Path, limits: Limits, fault: str
) -> None:
    address = host.put("a", bytes(2000), headers={"Content-Length": ""})

    with pytest.raises(RequestError) as error:
        downloader(tmp_path).download(address, "*/*", limits)

    assert error.value.fault == fault


def test_a_stopped_download_keeps_what_it_has(host: Host, tmp_path: Path) -> None:
    stopped = downloader(tmp_path)
    stopped.stop.set()

    with pytest.raises(StoppedError):
        stopped.download(host.put("a", b"abc"), "*/*", LIMITS)

    assert [path.read_bytes() for path in tmp_path.glob("*.part")] == [b"abc"]
    stopped.forget(f"{host.address}a")
    assert list(tmp_path.iterdir()) == []


def answer(*chunks: bytes, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://h.example/", 200, named, (), lambda: iter(chunks))


def test_small_answers_are_received_within_limits() -> None:
    assert http.receive(answer(b"a", b"b"), 2, 60) == b"ab"
    for largest, deadline, fault in ((1, 60, "large"), (2, -1, "slow")):
        with pytest.raises(RequestError) as error:
            http.receive(answer(b"a", b"b"), largest, deadline)
        assert error.value.fault == fault


def test_a_server_says_how_long_to_wait_in_seconds_or_by_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)

    assert answer(retry_after="120").wait == 120
    assert 3000 < (answer(retry_after=soon).wait or 0) <= 3600
    assert answer(retry_after=past).wait == 0
    assert answer(retry_after="later").wait is None
    assert answer().wait is None


def test_a_length_is_a_number_that_can_be_one() -> None:
    assert answer(content_length="12").length == 12
    assert answer(content_length="9" * 30).length == answer(content_length="-1").length == 0
