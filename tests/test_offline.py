"""No test reaches another computer: not the tests, not what they start, not their browser."""

import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.conftest import asked_others, require_offline
from tests.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

# By its words: a worker of the tests has loaded the class under another name.
REFUSED = r"a test asked another computer"
ELSEWHERE = "192.0.2.1"
"""An address that belongs to nobody (RFC 5737)."""


def test_a_connection_to_another_computer_is_refused_and_noted() -> None:
    with socket.socket() as asking, pytest.raises(BaseException, match=REFUSED):
        asking.connect((ELSEWHERE, 80))
    with pytest.raises(BaseException, match=REFUSED):
        socket.getaddrinfo("shows.example", 443)

    assert asked_others().splitlines() == [
        f"socket.connect '{ELSEWHERE}'",
        "socket.getaddrinfo 'shows.example'",
    ]


def test_what_handles_the_refusal_fails_its_test_all_the_same() -> None:
    with suppress(BaseException):  # as a careless program might
        socket.getaddrinfo("shows.example", 443)

    with pytest.raises(pytest.fail.Exception, match=r"shows\.example"):
        require_offline()
    require_offline()


def test_a_program_that_a_test_starts_is_refused_as_well() -> None:
    code = f"import urllib.request as r; r.urlopen('http://{ELSEWHERE}/', timeout=0.1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1 and "AskedAnotherComputerError" in done.stderr
    assert ELSEWHERE in asked_others()


def test_this_computer_may_be_asked(tmp_path: "Path") -> None:
    (tmp_path / "a.txt").write_text("here")
    with serving(tmp_path) as address:
        for host in ("127.0.0.1", "localhost"):
            found = urllib.request.urlopen(address.replace("127.0.0.1", host) + "a.txt")
            with found:
                assert found.read() == b"here"


@pytest.mark.browser
@pytest.mark.parametrize("host", ["shows.example", ELSEWHERE])
def test_the_browser_finds_no_other_computer(browser: "Browser", host: str) -> None:
    from playwright.sync_api import Error

    page = browser.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(f"http://{host}/")
    page.close()
