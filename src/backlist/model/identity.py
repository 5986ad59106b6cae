"""The guid of an episode that has none yet. Once written, a guid is never computed again."""

from collections.abc import Container
from uuid import NAMESPACE_URL, uuid5


def new_guid(address: str | None, seed: str, taken: Container[str]) -> str:
    """The address of the audio, by which apps know an item without a guid.

    (Apple, "A Podcaster's Guide to RSS", guid.) Where there is no lasting address, or another
    episode has it as its guid, a UUID of `seed` (RFC 9562, version 5): the same wherever it is
    computed.

    >>> new_guid("https://a.example/1.mp3", "one", ())
    'https://a.example/1.mp3'
    >>> new_guid(None, "one", ())
    'e6ed77eb-8910-5502-9af3-e72690a5d49d'
    """
    if address and address not in taken:
        return address
    return str(uuid5(NAMESPACE_URL, seed))
