"""What a value is, as a short key: equal values have equal keys, whatever objects they are."""

import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from operator import attrgetter
from pathlib import PurePath
from typing import Any

_VERSION = 2
"""Of `marshal`: the last one that writes a value the same whether its parts are shared or not."""

_SAME: frozenset[type] = frozenset((str, int, float, bool, bytes, type(None)))

Plain = Callable[[Any], Any]

_plain: dict[type, Plain] = dict.fromkeys(_SAME, lambda value: value)


def key_of(*values: object) -> bytes:
    """A digest of 16 bytes of values: texts, numbers, dates, enums, collections, and records.

    A record with a `key` of its own stands for itself by that. Raises `TypeError` for a value of
    a kind that is not known to say all it is.
    """
    told = marshal.dumps(plain(values), _VERSION)
    return hashlib.blake2b(told, digest_size=16).digest()


def key_of_fields(record: Any) -> bytes:
    """The key of a frozen record that keeps it as its `key`."""
    return key_of(*(getattr(record, field.name) for field in fields(record)))


def plain(value: Any) -> Any:
    """A value as tuples of texts, numbers and bytes."""
    kind = type(value)
    known = _plain.get(kind)
    if known is None:
        known = _plain[kind] = _reader(kind)
    return known(value)


def _reader(kind: type) -> Plain:
    """How values of a kind are read; found once a kind."""
    if hasattr(kind, "key") or "key" in getattr(kind, "__dataclass_fields__", ()):
        return attrgetter("key")
    if issubclass(kind, Enum):
        return lambda value: value.value
    if is_dataclass(kind):
        return _record(tuple(field.name for field in fields(kind)))
    if hasattr(kind, "model_fields"):
        return _record(tuple(kind.model_fields))
    for base, reader in _KINDS:
        if issubclass(kind, base):
            return reader
    raise TypeError(f"{kind.__name__} has no key")


def _record(names: tuple[str, ...]) -> Plain:
    read = attrgetter(*names)
    if len(names) == 1:
        return lambda value: (plain(read(value)),)
    return lambda value: _parts(read(value))


def _parts(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as they are told; most are texts, which are spared a call."""
    return tuple([part if type(part) in _SAME else plain(part) for part in values])


_KINDS: tuple[tuple[type, Plain], ...] = (
    (str, str),
    (datetime, datetime.isoformat),
    (date, date.isoformat),
    (PurePath, str),
    (tuple, _parts),
    (list, _parts),
    (Mapping, lambda value: tuple([(plain(k), plain(value[k])) for k in sorted(value)])),
    (frozenset, lambda value: tuple(sorted(plain(part) for part in value))),
)
