"""The recording of a new episode: a file that goes into `static/`, or one at another host."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backlist import http, urls
from backlist.http import PrivateError, RequestError, Response
from backlist.model import Audio
from backlist.model.scalars import clock
from backlist.parse.audio_file import HEAD, Sound, measure, measure_parts, missing_part

TIMEOUT = 20
"""Seconds a server may stay silent."""

MOST = 16 * 1024 * 1024
"""Bytes that are fetched to measure a recording."""

MOST_WHOLE = 100_000_000
"""Bytes of a recording that is fetched whole, because only a count of its frames tells."""

FOLDER = "audio"
"""Where recordings go in `static/`."""

_OFFLINE = "to go on without asking, add `--offline`, and write `length:` and `duration:` yourself"
_OPEN = "open the address in a browser: it has to be that of the audio file itself"


class SoundError(Exception):
    """A recording that is not taken: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Recording:
    """The `audio:` of an episode, and where its file comes from if that is not there yet."""

    audio: Audio
    copy_from: Path | None = None

    def describe(self) -> str:
        """What is known of it, for the person who gave it."""
        given, length, duration = self.audio, self.audio.length, self.audio.duration
        size = f"{length / 1e6:.1f} MB" if length is not None else "size unknown"
        plays = clock(duration) if duration is not None else "playing time unknown"
        return f"{f'static/{given.file}' if given.file else given.url}, {size}, {plays}"


def find(given: str, root: Path, slug: str, *, offline: bool) -> Recording:
    """The recording that a person gives as a path or an address; raises `SoundError`."""
    if "://" not in given:
        return _of_file(Path(given), root, slug)
    if not urls.is_address(given):
        raise SoundError(f'is not a web address: "{given}"', "start it with https://")
    if offline:
        return Recording(Audio(url=given))
    private = http.is_private(given)  # which the person has named
    return Recording(with_measures(Audio(url=given), at_home=lambda _: private))


def with_measures(audio: Audio, *, at_home: Callable[[str], bool] = http.nowhere) -> Audio:
    """Audio at an address with what its server says of it; raises `SoundError`.

    What the record says already stays. `at_home` says which addresses may be on a private network.
    """
    found = measure_address(audio.url, at_home)
    kind = found.type if found.type != urls.audio_type(audio.url) else None
    measured = {
        "type": audio.type or kind,
        "length": found.length if audio.length is None else audio.length,
        "duration": found.duration if audio.duration is None else audio.duration,
    }
    return audio.model_copy(update=measured)


def _of_file(path: Path, root: Path, slug: str) -> Recording:
    if not path.is_file():
        static = root / "static" / path
        if not static.is_file():
            hint = "check the spelling of the path; an address begins with https://"
            raise SoundError("there is no such file", hint)
        path = static
    try:
        found = measure(path)
    except OSError as error:
        hint = "check the file's permissions"
        raise SoundError(f"cannot be read: {error.strerror}", hint) from error
    if found.type is None:
        raise SoundError("cannot be read as sound", "save it as MP3 or M4A")
    inside = (root / "static").resolve()
    whole = path.resolve()
    below = whole.is_relative_to(inside)
    name = whole.relative_to(inside).as_posix() if below else _name_of(path, slug)
    audio = Audio(file=name, length=found.length, duration=_sure(found))
    return Recording(audio, None if below else whole)


def _name_of(path: Path, slug: str) -> str:
    """What a copy is called in `static/`: a name that every host can serve."""
    return f"{FOLDER}/{slug}{path.suffix.lower()}"


def _sure(found: Sound) -> int | None:
    return None if found.estimated else found.duration


def bring(recording: Recording, root: Path) -> None:
    """Copy the file of a recording to its place in `static/`; raises `SoundError`."""
    if recording.copy_from is None or not recording.audio.file:
        return
    target = root / "static" / recording.audio.file
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".backlist-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    try:
        shutil.copyfile(recording.copy_from, partial)
        Path(partial).chmod(0o644)
        Path(partial).replace(target)
    except OSError as error:
        Path(partial).unlink(missing_ok=True)
        hint = "check the folder's permissions and the space on the disk"
        raise SoundError(f"cannot be copied into static/: {error.strerror}", hint) from error


def measure_address(address: str, at_home: Callable[[str], bool] = http.nowhere) -> Sound:
    """What a recording at an address is, from its first bytes and the few others that tell.

    A playing time that would only be a guess is None. Raises `SoundError`.
    """
    head, length, kind = _get(address, 0, HEAD, at_home)
    if kind.startswith("text/") or head.lstrip()[:1] == b"<":
        raise SoundError(f"is not sound but {kind or 'a page'}", _OPEN)
    parts = {0: head}
    rest = missing_part(head, length)
    if rest is not None and rest[1] - rest[0] <= MOST:
        parts[rest[0]] = _get(address, *rest, at_home)[0]
    path = urls.split(address).path
    found = measure_parts(parts, length, path)
    if found.estimated and length <= MOST_WHOLE:
        found = measure_parts({0: _get(address, 0, length, at_home)[0]}, length, path)
    if found.type is None and not kind.startswith(("audio/", "video/", "application/")):
        raise SoundError(f"is not sound but {kind or 'of an unknown type'}", _OPEN)
    return Sound(length, found.type, _sure(found))


def _get(
    address: str, first: int, end: int, at_home: Callable[[str], bool]
) -> tuple[bytes, int, str]:
    """Bytes from `first` up to `end`, the size of the whole, and its media type."""
    headers = {"Range": f"bytes={first}-{end - 1}", "Accept-Encoding": "identity"}
    try:
        with http.request("GET", address, headers, timeout=TIMEOUT, at_home=at_home) as response:
            return _read(response, first, end)
    except PrivateError as error:
        message = f"leads into a private network ({error}), which was not asked"
        raise SoundError(message, _OFFLINE) from error
    except RequestError as error:
        message = f"cannot be reached: {error}"
        raise SoundError(message, f"check the address; {_OFFLINE}") from error
    except OSError as error:
        raise SoundError(f"cannot be reached: {error.strerror or error}", _OFFLINE) from error


def _read(response: Response, first: int, end: int) -> tuple[bytes, int, str]:
    status = response.status
    if not 200 <= status < 300:
        hint = _OPEN if status in (404, 410) else f"try again later; {_OFFLINE}"
        raise SoundError(f"the server answers {status} {response.reason}".rstrip(), hint)
    total = response.headers.get("content-length", "")
    if status == 206:
        total = response.headers.get("content-range", "").rpartition("/")[2].strip()
    if not total.isdecimal() or len(total) > 15:
        raise SoundError("the server does not say how large the file is", _OFFLINE)
    skip = 0 if status == 206 else first
    wanted, data = min(end, int(total)) - first, bytearray()
    try:
        for chunk in response.chunks():
            data += chunk
            if len(data) >= skip + wanted:
                break
    except RequestError:
        pass  # told below, like an answer that is too short
    if len(data) - skip < wanted:
        raise SoundError("the answer ends before its end", f"try again later; {_OFFLINE}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return bytes(data[skip : skip + wanted]), int(total), kind
