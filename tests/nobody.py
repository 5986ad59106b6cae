"""What a user without privileges sees: tests may run as root, whom no permission keeps out."""

import ctypes
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from typing import TypeVar

import pytest

R = TypeVar("R")

NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="privileges cannot be dropped")

_CAPSET = {"x86_64": 126, "aarch64": 91}
_VERSION = 0x20080522
"""`_LINUX_CAPABILITY_VERSION_3`: the header, then two triples of 32 bits."""


def without_privileges(ask: Callable[[], R]) -> R:
    """What a function gives in a process of its own without privileges; it can be pickled."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.geteuid() == 0:
                _drop()
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(ask(), pipe)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    assert said, "it failed: its traceback is on standard error"
    answer: R = pickle.loads(said)
    return answer


def _drop() -> None:
    """Let permissions count for root as well (capabilities(7))."""
    header, none = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    failed = ctypes.CDLL(None).syscall(_CAPSET[os.uname().machine], header, none)
    assert not failed, "privileges could not be dropped"
