"""An item of the Internet Archive as a store.

Files are put by its S3-like interface and known by its metadata interface, which learns of a file
some minutes after it was put (https://archive.org/developers/). Each file has the SHA-256 of its
bytes among its metadata; one that has none is known by its MD5. The Archive makes no further files
of ours (`x-archive-queue-derive: 0`).
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import internetarchive
from internetarchive.exceptions import AuthenticationError
from requests import HTTPError, RequestException

from backlist.commands.mirror.stores import Terms, digests
from backlist.problems import BacklistError, Where

SHA256 = "sha256"
RETRIES, PAUSE = 3, 30
"""How often, and after how many seconds, an overloaded server is asked again."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,99}")
_NEW_ITEM = {"mediatype": "audio", "collection": "opensource_audio", "subject": "podcast"}
"""What an item is that does not exist yet; those that exist keep what they say."""

_ACCOUNT = (
    "set `IA_ACCESS_KEY_ID` and `IA_SECRET_ACCESS_KEY` (https://archive.org/account/s3.php), or "
    "run `ia configure`"
)


def open_item(target: str, terms: Terms) -> "Item":
    """The place `ia:ITEM`, which is made by the first file. Raises `BacklistError`."""
    name, where = target.removeprefix("ia:"), Where(target)
    if not _NAME.fullmatch(name):
        hint = "an item's name has 3 to 100 letters, digits, `.`, `_` and `-`: `ia:my-show-audio`"
        raise BacklistError(where, "is no name of an item", hint)
    try:
        session = internetarchive.get_session()
    except ValueError as error:
        raise BacklistError(where, "needs both parts of the credentials", _ACCOUNT) from error
    if not (session.access_key and session.secret_key):
        raise BacklistError(where, "needs credentials, and finds none", _ACCOUNT)
    try:
        item = session.get_item(name)
    except (RequestException, ValueError) as error:
        hint = "check the network, and try again later"
        message = f"cannot be reached: {type(error).__name__}"
        raise BacklistError(where, message, hint) from error
    if item.is_dark:
        hint = "choose another name"
        raise BacklistError(where, "was taken down by the Internet Archive", hint)
    return Item(item, terms, target)


class Item:
    """An item with its files."""

    def __init__(self, item: Any, terms: Terms, target: str) -> None:
        self.item, self.base, self.target = item, terms.address, target
        self.facts = {**_NEW_ITEM, **terms.facts}
        self.known = {str(one.get("name")): str(one.get(SHA256)) for one in item.files}

    def has(self, name: str, sha256: str) -> bool:
        """Whether the file is there with these bytes, as far as the Archive knows yet."""
        return self.known.get(name) == sha256

    def put(self, file: Path, name: str) -> None:
        """Put a file there, unless it has its MD5; the server compares the MD5 of what it gets."""
        (sha256,) = digests(file, SHA256)
        try:
            self.item.upload_file(
                str(file),
                key=name,
                metadata=self.facts,
                file_metadata={SHA256: sha256.hexdigest()},
                queue_derive=False,
                verify=True,
                checksum=True,
                retries=RETRIES,
                retries_sleep=PAUSE,
            )
        except AuthenticationError as error:
            raise BacklistError(Where(self.target), "needs credentials", _ACCOUNT) from error
        except HTTPError as error:
            raise self._failed(error) from error
        except RequestException as error:
            raise OSError(f"it cannot be reached: {type(error).__name__}") from error
        self.known[name] = sha256.hexdigest()

    def address(self, name: str) -> str:
        """The public address of a file."""
        base = self.base.rstrip("/") or f"https://archive.org/download/{self.item.identifier}"
        return f"{base}/{quote(name, safe='/~')}"

    def _failed(self, error: Any) -> BacklistError | OSError:
        """What an answer of the server means: for the whole item, or for one file."""
        status = error.response.status_code
        if status in (401, 403):
            hint = f"choose another name if the item is somebody else's; for your key, {_ACCOUNT}"
            return BacklistError(Where(self.target), f"refuses these credentials ({status})", hint)
        if status == 503:
            return OSError("the Archive is overloaded: run it again later")
        said = re.search(r"<Message>([^<]*)", error.response.text)
        return OSError(f"the Archive answers {status}{f': {said[1][:200]}' if said else ''}")
