"""The engine: Pagefind, an index in small pieces that a browser loads as it needs them.

It is given one document an episode, in their order, over a pipe, and gives back every file of its
index: folder order and scheduling, which would show in the bytes, have no part in it. Of its own
files a site gets what searching needs; the texts that readers see are published beside it.
https://pagefind.app/docs/
"""

import base64
import gzip
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

from backlist.problems import BacklistError, Where

SCRIPT = "pagefind.js"
_ENTRY = "pagefind-entry.json"
_SIGNATURE = b"pagefind_dcd"
_HINT = (
    "install it anew: pip install --force-reinstall 'pagefind[bin]'\n"
    "or name it: PAGEFIND_BINARY_PATH=/path/to/pagefind\n"
    "or do without: `search: false` under `site:`"
)


@dataclass(frozen=True, slots=True)
class Index:
    """The files a browser searches with, by name; and the engine's id of each document.

    A document in which there is nothing to find has no id.
    """

    files: Mapping[str, bytes]
    ids: tuple[str | None, ...]


def identity() -> str:
    """Which engine would run, as a text that changes with it."""
    program = _program()
    found = program.stat()
    return f"{program} {found.st_size} {found.st_mtime_ns}"


def run(documents: Sequence[str], language: str) -> Index:
    """Index documents of HTML. Raises `BacklistError` when there is no engine, or it fails."""
    answers = _converse(_requests(documents, language), len(documents) + 2)
    files = {file["path"]: base64.b64decode(file["content"]) for file in answers[-1]["files"]}
    return Index(_needed(files), _ids(files, len(documents)))


def _requests(documents: Sequence[str], language: str) -> Iterator[dict[str, Any]]:
    config = {"force_language": language} if language else {}
    yield {"type": "NewIndex", "config": config}
    for number, document in enumerate(documents):
        yield {"type": "AddFile", "index_id": 0, "url": f"/{number}", "file_contents": document}
    yield {"type": "GetFiles", "index_id": 0}


def _converse(requests: Iterator[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """The engine's answer to each of `count` requests, in order.

    This is what its own Python wrapper says to it, which waits a tenth of a second an answer.
    """
    messages = (
        base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","
        for number, payload in enumerate(requests)
    )
    command = [str(_program()), "--service"]
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin and process.stdout
            writer = Thread(target=_write, args=(process.stdin, messages), daemon=True)
            writer.start()
            answers = [_payload(answer) for answer in _read(process.stdout, count)]
            writer.join()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _failed(f"the search engine cannot be started: {error}") from error
    if len(answers) < count or not answers[-1].get("files"):
        raise _failed("the search engine stopped early")
    return answers


def _write(stream: IO[bytes], messages: Iterator[bytes]) -> None:
    try:
        for message in messages:
            stream.write(message)
        stream.flush()
    except OSError:
        pass  # it ended early, which the reader of its answers tells


def _read(stream: IO[bytes], count: int) -> Iterator[bytes]:
    """So many answers, each ended by a comma; fewer when the engine ends."""
    held: list[bytes] = []
    while count and (chunk := stream.read1(1 << 20)):  # type: ignore[attr-defined]
        *ended, rest = chunk.split(b",")
        for piece in ended:
            yield b"".join((*held, piece))
            held, count = [], count - 1
        held.append(rest)


def _payload(answer: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(base64.b64decode(answer, validate=True))["payload"]
    if payload["type"] == "Error":
        raise _failed(f"the search engine reports: {payload.get('message')}")
    return payload


def _needed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Script, table of contents, index and program; no user interfaces, no second texts."""
    entry = json.loads(files[_ENTRY])
    programs = {
        f"wasm.{found['wasm'] or 'unknown'}.pagefind" for found in entry["languages"].values()
    }
    return {
        path: content
        for path, content in sorted(files.items())
        if path in (SCRIPT, _ENTRY, *programs)
        or path.endswith(".pf_meta")
        or path.startswith("index/")
    }


def _ids(files: Mapping[str, bytes], count: int) -> tuple[str | None, ...]:
    """The engine calls a document by its digest; its own copy of it says which one it is."""
    found: dict[int, str] = {}
    for path, content in files.items():
        if path.startswith("fragment/"):
            text = gzip.decompress(content).removeprefix(_SIGNATURE)
            found[int(json.loads(text)["url"].strip("/"))] = Path(path).stem
    return tuple(found.get(number) for number in range(count))


def _program() -> Path:
    try:
        from pagefind.service import get_executable

        program = get_executable()
    except (ImportError, OSError) as error:
        raise _failed(f"Pagefind is not installed: {error}") from error
    if program is None or not program.is_file():
        raise _failed(f"there is no program {program or 'pagefind'}")
    return program


def _failed(what: str) -> BacklistError:
    return BacklistError(Where("site.yaml"), f"the search index cannot be made: {what}", _HINT)
