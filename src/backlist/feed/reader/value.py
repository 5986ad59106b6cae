"""How listeners pay as they listen (podcast namespace, `value`), of a show or of one episode."""

from typing import Any

from backlist.feed.reader import xml
from backlist.feed.reader.fields import Fields
from backlist.feed.vocabulary import PODCAST
from backlist.model import Recipient, Value

_VALUE = {"type", "method", "suggested"}
_RECIPIENT = {"type", "address", "split", "name", "customkey", "customvalue", "fee"}


def read_values(fields: Fields) -> tuple[Value, ...]:
    """Every `value` that a record can hold whole; one with splits by time is left unread."""
    found = []
    for element in fields.all("value", PODCAST):
        try:
            found.append(_read_value(element))
        except ValueError:
            fields.unread.append(element)
    return tuple(found)


def _read_value(element: Any) -> Value:
    said = _said(element, _VALUE)
    if any(xml.name_of(child) != (PODCAST, "valueRecipient") for child in _children(element)):
        raise ValueError("more than recipients")
    recipients = [_read_recipient(child) for child in _children(element)]
    return Value.model_validate(said | {"recipients": recipients})


def _read_recipient(element: Any) -> Recipient:
    said = _said(element, _RECIPIENT)
    for old, new in (("customkey", "custom_key"), ("customvalue", "custom_value")):
        if old in said:
            said[new] = said.pop(old)
    return Recipient.model_validate(said)


def _children(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str)]


def _said(element: Any, known: set[str]) -> dict[str, Any]:
    said = {name: value.strip() for name, value in xml.attributes(element).items()}
    if not said.keys() <= known:
        raise ValueError("an attribute that no key holds")
    return {name: value for name, value in said.items() if value}
