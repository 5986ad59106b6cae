"""Secrets in addresses: whoever reads a feed, a page or a record may use them.

Names and passwords before the host (RFC 3986, 3.2.1), the keys of private feeds, and signatures
of storage services, which also stop working after a time.
"""

import re
from collections.abc import Iterable

_NAMES = (
    r"(?:access|auth|api|user|private|session|security|download)?[_-]?(?:token|key|secret|passw(?:or)?d)"
    r"|token[_-](?:hash|time)|auth|apikey|pwd|sig(?:nature)?|key-pair-id"
    r"|x-(?:amz|goog)-(?:signature|credential|security-token)|awsaccesskeyid|hdnts|verify"
)
_PARAMETER = re.compile(rf"(?<=[?&;])(?P<name>{_NAMES})=(?P<value>[^&;#\s]{{6,}})", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/?#@\s]+@")


def has_login(address: str) -> bool:
    """Whether a name, with or without a password, stands before the host."""
    return _LOGIN.search(address) is not None


def without_login(address: str) -> str:
    """An address for everybody."""
    return _LOGIN.sub("", address)


def find_secret(address: str) -> str | None:
    """What in an address looks secret, by the name it has there; None where nothing does.

    >>> find_secret("https://a.example/1.mp3?auth=k3Yk3Y"), find_secret("https://a.example/?key=1")
    ('auth', None)
    """
    if has_login(address):
        return "password"
    found = _PARAMETER.search(address)
    return found["name"] if found else None


def mask(address: str) -> str:
    """An address as it may be shown and kept: without a login, and with secrets blotted out.

    >>> mask("https://me:pw@a.example/feed?auth=k3Yk3Y&page=2")
    'https://a.example/feed?auth=…&page=2'
    """
    return _PARAMETER.sub(lambda found: f"{found['name']}=…", without_login(address))


def describe(addresses: Iterable[str]) -> str | None:
    """What a message says of the secrets in several addresses; None where there is none."""
    found = {address: name for address in addresses if (name := find_secret(address))}
    if not found:
        return None
    count = "1 address" if len(found) == 1 else f"{len(found)} addresses"
    names = ", ".join(f"`{name}`" for name in dict.fromkeys(found.values()))
    return f"{count} with what looks like a secret ({names}), such as {mask(next(iter(found)))}"
