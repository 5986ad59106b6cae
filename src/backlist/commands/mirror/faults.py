"""Why a file is not brought home: a sentence for each fault, and what to do about it."""

from collections.abc import Sequence

from backlist import urls
from backlist.http import PrivateError, Redirect, RequestError
from backlist.http.download import StatusError

GONE = (404, 410)
CLOSED = (401, 402, 403, 407, 451)
TOO_MANY = 429
BUSY = (TOO_MANY, 503)
"""Answers that a server gives who wants to be asked later (RFC 9110, 15.6.4; RFC 6585, 4)."""

AGAIN = "run it again later; what was fetched stays, and it goes on where it stopped"
BROWSER = "open the address in a browser; write the address of the file itself, not of a page"


class RefusedError(Exception):
    """A file that is not taken: what is wrong, and what to do.

    `fault` names the kind of fault for machines. `silent` says that its server did not answer at
    all, `closed` that it wants no further request in this run.
    """

    def __init__(
        self,
        message: str,
        hint: str,
        fault: str = "content",
        *,
        silent: bool = False,
        closed: bool = False,
        redirects: Sequence[Redirect] = (),
    ) -> None:
        super().__init__(message)
        self.message, self.hint, self.fault = message, hint, fault
        self.silent, self.closed, self.redirects = silent, closed, tuple(redirects)


def refusal(error: Exception, address: str) -> RefusedError:
    """The refusal that an error of a request comes to."""
    if isinstance(error, StatusError):
        return _of_status(error)
    if isinstance(error, PrivateError):
        hint = (
            "only hosts on the internet are asked; put the file into the site, or name a host you "
            "trust: `--trust HOST`"
        )
        message = f"it leads into a private network ({error})"
        return RefusedError(message, hint, "private")
    if isinstance(error, RequestError):
        return _of_request(error, address)
    return RefusedError(f"it cannot be fetched ({error})", AGAIN, "other")


def _of_status(error: StatusError) -> RefusedError:
    fault, hint, closed = "status", AGAIN, False
    message = f"the server answers {error}"
    if error.status in GONE:
        hint = "open the address in a browser; write the new one, or remove the line if it is gone"
    elif error.status in CLOSED:
        hint = "it is not public: get the file from the host, and name your copy in the record"
    elif error.status in BUSY:
        fault, closed = "busy", error.status == TOO_MANY or error.wait is not None
        if error.wait is not None:
            message += f", and asks to wait {_spoken(error.wait)}"
            hint = f"run it again in {_spoken(error.wait)}; what was fetched stays"
    return RefusedError(message, hint, fault, closed=closed, redirects=error.redirects)


def _spoken(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


def _of_request(error: RequestError, address: str) -> RefusedError:
    last = error.redirects[-1].target if error.redirects else address
    host = urls.split(last).hostname or last
    message, hint = {
        "name": (
            f"no server is called `{host}`",
            "check the spelling and your network; if the host is gone, name a copy of the file",
        ),
        "refused": (f"`{host}` refuses the connection", AGAIN),
        "slow": (f"its server is too slow ({error})", AGAIN),
        "cut": (f"it ended early ({error})", AGAIN),
        "certificate": (
            f"`{host}` cannot prove its name ({_certificate(error)})",
            "open the address in a browser: tell the host, or write an address that is safe",
        ),
        "large": (str(error), "put a smaller copy into the site, and name it in the record"),
        "other": (f"it cannot be reached ({error})", AGAIN),
    }[error.fault]
    silent = error.fault in ("name", "refused", "slow", "other") and not error.redirects
    return RefusedError(message, hint, error.fault, silent=silent, redirects=error.redirects)


def _certificate(error: RequestError) -> str:
    """What is wrong with a certificate, without what only programmers need."""
    reason = str(error).partition("certificate verify failed: ")[2].partition(" (_ssl")[0]
    return reason or str(error)
