"""`content/mirror.yaml`: what was brought home, and records that know of their copies."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from backlist import urls
from backlist.model.base import Record
from backlist.model.episode import Audio, TranscriptRef
from backlist.model.scalars import Url, When


def _inside(value: object) -> object:
    """The name of a file in a folder of copies: nobody's text leads out of the site."""
    if not isinstance(value, str) or (
        re.match(r"static/|content/transcripts/|content/chapters/", value)
        and not {"", ".", ".."} & set(value.split("/"))
        and "\\" not in value
    ):
        return value
    message = f'is no file of the site that copies are kept in: "{value}"'
    hint = "delete the entry; `backlist mirror` writes it again"
    raise PydanticCustomError("backlist", "{message}", {"message": message, "hint": hint})


class Copy(Record):
    """A file from another host as it was fetched; `backlist mirror` writes it."""

    url: Url = Field(description="the address as records name it")
    file: Annotated[str, BeforeValidator(_inside)] | None = Field(
        None, description="the copy in the site's folder; none where it is only elsewhere"
    )
    at: tuple[Url, ...] = Field((), description="addresses of copies elsewhere")
    size: int = Field(ge=0, description="size in bytes")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="digest of the bytes (FIPS 180-4)")
    type: str | None = Field(None, description="media type, as its server said")
    fetched: When = Field(description="the day these bytes were fetched")
    etag: str | None = Field(None, description="what its server calls this version")
    modified: str | None = Field(None, description="when its server says it changed last")


class Copies(Record):
    """The whole of `content/mirror.yaml`."""

    copies: tuple[Copy, ...] = Field((), description="an entry for each address")


class CopiedTranscript(TranscriptRef):
    """A transcript of another host whose copy `url` names, in `content/transcripts/`.

    Made by `resolve`, and no part of a file; `original` is what the record says.
    """

    original: TranscriptRef


def uncopied(one: TranscriptRef) -> TranscriptRef:
    """A transcript as its record names it."""
    return one.original if isinstance(one, CopiedTranscript) else one


class CopiedAudio(Audio):
    """A recording at another host with a copy; made by `resolve`, and no part of a file.

    The copy is `copy_file` in `static/`, else at `copy_url`.
    """

    copy_file: str = ""
    copy_url: str = ""
    copy_size: int = 0

    def as_played(self, base_url: str) -> Audio:
        """The recording as if the record named the copy."""
        address = urls.static_file(self.copy_file, base_url) if self.copy_file else self.copy_url
        known = {name: getattr(self, name) for name in Audio.model_fields}
        placed = {"url": address, "file": self.copy_file or None, "length": self.copy_size}
        return Audio.model_construct(**known | placed)
