"""A bucket of Amazon S3, or of another storage that speaks its protocol, as a store.

Each object has the SHA-256 of its bytes among its metadata, by which a later run knows it. The
server compares the MD5 of what it got before it keeps an object (RFC 1864), and is then asked what
it has.
"""

import base64
from pathlib import Path
from typing import Any
from urllib.parse import quote

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)
from botocore.exceptions import ConnectionError as ServerError

from backlist import urls
from backlist.commands.mirror.stores import Terms, digests
from backlist.feed.rules.secrets import mask
from backlist.feed.vocabulary import AUDIO_TYPES, LINKED_TYPES, TRANSCRIPT_TYPES
from backlist.problems import BacklistError, Where

LARGEST = 5 * 1024**3
"""Bytes that one request may put."""

SHA256 = "sha256"
_PICTURE_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
# What somebody else's page could run on the show's own domain is served as its text.
_AS_TEXT = dict.fromkeys((".html", ".htm"), "text/plain")
TYPES = {**LINKED_TYPES, **TRANSCRIPT_TYPES, **AUDIO_TYPES, **_PICTURE_TYPES, **_AS_TEXT}

_NO_CREDENTIALS = (
    NoCredentialsError,
    PartialCredentialsError,
    CredentialRetrievalError,
    ProfileNotFound,
)
_REFUSED = frozenset(
    (
        *("AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken"),
        *("SignatureDoesNotMatch", "RequestTimeTooSkewed", "AllAccessDisabled", "401", "403"),
    )
)
_ELSEWHERE = ("PermanentRedirect", "AuthorizationHeaderMalformed", "301")


def open_bucket(target: str, terms: Terms) -> "Bucket":
    """The place `s3://BUCKET/PREFIX`, asked whether it can be used. Raises `BacklistError`.

    Credentials and region are found as by every program of AWS (environment, profiles), the server
    in `AWS_ENDPOINT_URL` unless `terms` name it.
    """
    bucket, _, prefix = target.removeprefix("s3://").partition("/")
    # Storages of others do not know the checksums that are newer than the protocol.
    settings = Config(
        retries={"mode": "standard", "max_attempts": 3},
        connect_timeout=20,
        read_timeout=120,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    try:
        session = boto3.session.Session()
        client = session.client("s3", config=settings, endpoint_url=terms.endpoint or None)
    except (BotoCoreError, Boto3Error, ValueError) as error:
        raise _unusable(target, error) from error
    made = Bucket(client, bucket, prefix.strip("/"), terms.address, target)
    made.knock()
    return made


class Bucket:
    """A bucket, or what in it has names that begin with a prefix."""

    def __init__(self, client: Any, bucket: str, prefix: str, base: str, target: str) -> None:
        self.client, self.bucket, self.prefix = client, bucket, prefix
        self.base, self.target = base, target

    def knock(self) -> None:
        """Raise `BacklistError` where the bucket is not there, or no server is."""
        try:
            self.client.head_bucket(Bucket=self.bucket)
        except ClientError as error:
            # Who may only read and write objects is refused here, and can go on.
            if _code(error) not in _REFUSED:
                raise _failed(self.target, error) from error
        except BotoCoreError as error:
            raise _unusable(self.target, error) from error

    def has(self, name: str, sha256: str) -> bool:
        """Whether the object is there with these bytes."""
        try:
            found = self._look(name)
        except ClientError as error:
            if _code(error) in ("404", "NoSuchKey", "403"):  # 403: it may not know what is missing
                return False
            raise _failed(self.target, error) from error
        return bool(found["Metadata"].get(SHA256) == sha256)

    def put(self, file: Path, name: str) -> None:
        """Put a file there, and compare what the server then says of it."""
        size = file.stat().st_size
        if size > LARGEST:
            raise OSError(f"it has {size / 1e9:.1f} GB, and one upload may have 5 GB")
        md5, sha256 = digests(file, "md5", "sha256")
        try:
            with file.open("rb") as body:
                self.client.put_object(
                    Bucket=self.bucket,
                    Key=self._key(name),
                    Body=body,
                    ContentLength=size,
                    ContentMD5=base64.b64encode(md5.digest()).decode(),
                    ContentType=TYPES.get(urls.extension(name), "application/octet-stream"),
                    Metadata={SHA256: sha256.hexdigest()},
                )
            found = self._look(name)
        except ClientError as error:
            raise _failed(self.target, error) from error
        except _NO_CREDENTIALS as error:
            raise _unusable(self.target, error) from error
        except BotoCoreError as error:
            raise OSError(_reason(error)) from error
        if found["ContentLength"] != size or found["Metadata"].get(SHA256) != sha256.hexdigest():
            raise OSError("the storage has other bytes than were sent")

    def address(self, name: str) -> str:
        """The public address: below the one given, else as the server names objects itself."""
        key = quote(self._key(name), safe="/~")
        if self.base:
            return f"{self.base.rstrip('/')}/{key}"
        meta = self.client.meta
        server = str(meta.endpoint_url)
        if ".amazonaws.com" not in server:
            return f"{server.rstrip('/')}/{self.bucket}/{key}"
        region = meta.region_name if meta.region_name != "aws-global" else "us-east-1"
        if "." in self.bucket:  # its certificate covers one name below
            return f"https://s3.{region}.amazonaws.com/{self.bucket}/{key}"
        return f"https://{self.bucket}.s3.{region}.amazonaws.com/{key}"

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    def _look(self, name: str) -> Any:
        """What the server says of an object. Raises `ClientError`, `OSError`, `BacklistError`."""
        try:
            return self.client.head_object(Bucket=self.bucket, Key=self._key(name))
        except _NO_CREDENTIALS as error:
            raise _unusable(self.target, error) from error
        except BotoCoreError as error:
            raise OSError(_reason(error)) from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _failed(target: str, error: ClientError) -> BacklistError | OSError:
    """What an answer of the server means: for the whole place, or for one file."""
    code, where = _code(error), Where(target)
    if code in ("NoSuchBucket", "404"):
        hint = "create it, or check its name and the server (`AWS_ENDPOINT_URL`)"
        return BacklistError(where, "there is no bucket of this name", hint)
    if code in _REFUSED:
        hint = "check the key, and that it may read and write objects in the bucket"
        return BacklistError(where, f"refuses these credentials ({code})", hint)
    if code in _ELSEWHERE:
        hint = "set `AWS_DEFAULT_REGION` to the region of the bucket"
        return BacklistError(where, f"is in another region ({code})", hint)
    said = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())
    return OSError(f"the storage answers {code}: {mask(said)[:200]}".removesuffix(": "))


def _unusable(target: str, error: Exception) -> BacklistError:
    """Why the place cannot be used at all."""
    where = Where(target)
    if isinstance(error, _NO_CREDENTIALS):
        hint = (
            "set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or name a profile in "
            "`AWS_PROFILE`"
        )
        return BacklistError(where, "needs credentials, and finds none", hint)
    if isinstance(error, HTTPClientError | ServerError):
        hint = "check the network, and the server's address (`AWS_ENDPOINT_URL`)"
        return BacklistError(where, f"cannot be reached: {_reason(error)}", hint)
    hint = "write `s3://BUCKET/FOLDER`, and a server's full address in `AWS_ENDPOINT_URL`"
    return BacklistError(where, f"cannot be used: {_reason(error)}", hint)


def _reason(error: Exception) -> str:
    return mask(" ".join(str(error).split()))[:200]
