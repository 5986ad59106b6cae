"""What all records share, and the small ones that the show and its episodes both use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic_core import core_schema

from backlist.model.scalars import Text, Url


class Record(BaseModel):
    """What every record shares: frozen, and no key that is not written down here."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class text_for:  # noqa: N801 - it stands where pydantic's own validators stand
    """Lets a text stand for a record whose field `name` it is: `people: [Ada]`."""

    name: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {TEXT_FOR: self.name, "anyOf": [handler(core)]}

    def _read(self, value: object) -> object:
        return {self.name: value} if isinstance(value, str) else value


TEXT_FOR = "text-for"
"""Marks in a JSON Schema the key of a record that a text alone stands for (see `content`)."""


class Person(Record):
    """Somebody heard in an episode."""

    name: Text = Field(description="the name as it is spoken or credited")
    role: str = Field("host", description="`host`, `guest` or another role of the podcast taxonomy")
    group: str | None = Field(None, description="group of the podcast taxonomy, `cast` if none")
    url: Url | None = Field(None, description="a page about the person")
    image: Url | None = Field(None, description="a picture of the person")


class License(Record):
    """The terms of use (podcast namespace, `license`)."""

    name: Text = Field(description="an SPDX-like name, `cc-by-4.0`, or a name of your own")
    url: Url | None = Field(None, description="the full terms")


class Location(Record):
    """Where it plays or is about (podcast namespace, `location`)."""

    name: Text = Field(description="the place in words")
    geo: str | None = Field(None, description="a geo address, `geo:30.26,-97.74`")
    osm: str | None = Field(None, description="an OpenStreetMap id, `R113314`")
    rel: str | None = Field(None, description="`subject`, or `creator` for where it is made")
    country: str | None = Field(None, description="country code, `us`")


class Recipient(Record):
    """Who gets a share of a value payment."""

    type: Text = Field(description="kind of address, `node`")
    address: Text = Field(description="where the share goes")
    split: int = Field(ge=0, description="the share")
    name: str | None = Field(None, description="who it is")
    custom_key: str | None = Field(None, description="further key of the address")
    custom_value: str | None = Field(None, description="its value")
    fee: bool | None = Field(None, description="whether it is a fee taken off before")


class Value(Record):
    """How listeners can pay as they listen (podcast namespace, `value`)."""

    type: Text = Field(description="the service, `lightning`")
    method: Text = Field(description="how it is sent, `keysend`")
    suggested: str | None = Field(None, description="suggested amount")
    recipients: tuple[Recipient, ...] = Field((), description="who gets it")


Extra = Mapping[Text, Any]
"""Keys of somebody's own: texts, lists and groups of them, which nothing here understands."""

People = tuple[Annotated[Person, text_for("name")], ...]


def writable(record: Record) -> dict[str, Any]:
    """A record as plain text, lists and mappings, without what is at its default.

    Reading it back gives an equal record; `content.dump` writes it in the fields' order.
    """
    plain: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    return {key: _short(key, value) for key, value in plain.items()}


_SHORT = {"people": "name", "visualizations": "id", "transcripts": "url"}


def _short(key: str, value: Any) -> Any:
    if key == "audio" and list(value) == ["url"]:
        return value["url"]
    if key in _SHORT:
        name = _SHORT[key]
        return [item[name] if list(item) == [name] else item for item in value]
    return value
