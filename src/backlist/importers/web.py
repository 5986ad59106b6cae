"""Redirects for those who open addresses with urllib; everybody else uses `backlist.http`."""

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPMessage
from typing import IO

from backlist import urls
from backlist.http import MOST_REDIRECTS, Redirect, permit_all

__all__ = ["Follower", "Redirect", "make_opener"]


@dataclass
class Follower(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses and notes them; urllib's own would also follow `ftp:`.

    `permit` is asked before each and raises `OSError` for one that is not to be followed.
    """

    steps: list[Redirect] = field(default_factory=list)
    permit: Callable[[str], None] = permit_all
    # urllib's own guards would speak first, in words of their own.
    max_redirections = 2 * MOST_REDIRECTS
    max_repeats = 2 * MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The request that follows a redirect, by the method of the one before it."""
        if urls.split(newurl).scheme.lower() not in ("http", "https"):
            fp.close()
            raise urllib.error.URLError(f"it redirects to `{newurl}`")
        if len(self.steps) == MOST_REDIRECTS:
            fp.close()
            raise urllib.error.URLError(f"it redirects more than {MOST_REDIRECTS} times")
        self.steps.append(Redirect(code, req.full_url, newurl))
        try:
            self.permit(newurl)
        except OSError:
            fp.close()
            raise
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            # Before Python 3.13 a HEAD went on as a GET.
            following.method = req.get_method()
        return following


def make_opener(follower: Follower) -> urllib.request.OpenerDirector:
    """What opens web addresses and nothing else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        follower,
    ):
        opener.add_handler(handler)
    return opener
