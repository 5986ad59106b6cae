"""The text of `content/mirror.yaml` and what it says."""

from collections.abc import Iterable

from backlist.content.documents import decode, parse_yaml
from backlist.content.records import read
from backlist.content.writing import dump_yaml
from backlist.model import Copies, Copy, writable
from backlist.problems import Problems

MIRROR = "content/mirror.yaml"

_HEAD = """\
# Copies of what records name at other hosts, written by `backlist mirror`.
# An entry stands for the address in the records; the build uses its file where it is there.
"""


def read_copies(data: bytes, problems: Problems) -> dict[str, Copy]:
    """Address → copy; nothing, and an error reported, where the file cannot be understood."""
    text = decode(data, MIRROR, problems)
    document = parse_yaml(text, MIRROR, problems) if text else None
    found = read(Copies, document, problems) if document else None
    return {one.url: one for one in (found.copies if found else ())}


def write_copies(copies: Iterable[Copy]) -> str:
    """The text of `mirror.yaml`, by file and address, so that a change shows as what it is."""
    ordered = sorted(copies, key=lambda one: (one.file or "", one.url))
    return _HEAD + dump_yaml({"copies": [writable(one) for one in ordered]})
