"""No test asks another computer: every call that would is refused, noted, and fails its test.

`tests/conftest.py` puts this folder first on `PYTHONPATH`, so every Python that a test starts
imports it (https://docs.python.org/3/library/site.html#module-sitecustomize), and the tests'
own processes do as well. What is refused is also written to a file, because code under test may
well report a refused call as a problem of the network, and go on.
"""

import ipaddress
import os
import socket
import sys
from contextlib import suppress

NOTES = "BACKLIST_TESTS_ASKED"
"""The environment variable that names the file of refused calls."""

_CONNECTING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_INSTALLED = "_backlist_tests_offline"


class AskedAnotherComputerError(BaseException):
    """Passes by whatever handles errors of the network."""


def is_here(host: object) -> bool:
    """Whether a host is this computer by its loopback address or name, or is none at all.

    >>> [is_here(host) for host in ("127.0.0.1", "::1", b"localhost", None)]
    [True, True, True, True]
    >>> [is_here(host) for host in ("a.example", "10.0.0.1", "localhost.example")]
    [False, False, False]
    """
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    if name in ("", "localhost") or name.endswith(".localhost"):
        return True
    with suppress(ValueError):
        address = ipaddress.ip_address(name.partition("%")[0])
        return address.is_loopback or address.is_unspecified
    return False


def _is_number(host: object) -> bool:
    """Whether a host is an address in numbers, which no other computer is asked for.

    >>> [_is_number(host) for host in ("10.0.0.1", "0x7f.1", b"2130706433", "::1", "a.example")]
    [True, True, True, True, False]
    """
    name = host.decode() if isinstance(host, bytes) else str(host)
    with suppress(OSError):
        six = ":" in name
        return bool(socket.inet_pton(socket.AF_INET6, name) if six else socket.inet_aton(name))
    return False


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook (PEP 578): raises where a call leaves this computer, and notes it."""
    if event in _CONNECTING:
        connection, address = arguments[:2]
        families = (socket.AF_INET, socket.AF_INET6)
        of_network = getattr(connection, "family", None) in families
        if not of_network or not isinstance(address, tuple) or is_here(address[0]):
            return
        asked = address[0]
    elif event in _RESOLVING:
        asked = arguments[0]
        if is_here(asked) or (event == "socket.getaddrinfo" and _is_number(asked)):
            return
    else:
        return
    message = f"{event} {asked!r}"
    with open(os.environ[NOTES], "a", encoding="utf-8") as notes:  # noqa: PTH123
        notes.write(f"{message}\n")
    raise AskedAnotherComputerError(f"a test asked another computer: {message}")


def install() -> None:
    """Refuse from now on, in this process; a hook cannot be removed again, so there is one."""
    if not hasattr(sys, _INSTALLED):
        setattr(sys, _INSTALLED, True)
        sys.addaudithook(refuse)


if NOTES in os.environ:
    install()
