"""What single values of a record mean: dates, lengths of time, addresses, slugs.

Every scalar arrives as text (see `content`); each type here reads it or says what is wrong and
how to write it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from xml.etree import ElementTree

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from backlist import urls
from backlist.feed.apple import LANGUAGES
from backlist.feed.vocabulary import NAMESPACES
from backlist.urls import schemes


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time as a record gives it: a day, or a day with a time and an offset."""

    instant: datetime
    day_only: bool = False

    def __str__(self) -> str:
        """ISO 8601: `2026-03-18` or `2026-03-18T06:30:00+01:00`."""
        return self.instant.date().isoformat() if self.day_only else self.instant.isoformat()


def moment(value: object) -> Moment:
    """A `Moment` from `YYYY-MM-DD` or ISO 8601 date and time with offset (UTC when it has none)."""
    if isinstance(value, Moment):
        return value
    text = str(value).strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), day_only=True)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _error(
            f'is not a date: "{text}"', "write it as 2026-03-18 or 2026-03-18T06:30:00+01:00"
        ) from None
    return Moment(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


LONGEST = 1000 * 3600
"""Seconds; what is longer is a mistake (milliseconds, often) and no recording."""

_LENGTH = re.compile(r"(?:(?:(\d{1,9}):)?(\d{1,9}):)?(\d{1,9})(?:\.\d+)?")


def seconds(value: object) -> int:
    """A length of time in whole seconds from `754`, `12:34`, `75:30` or `1:02:03`."""
    text = str(value).strip().replace("：", ":")  # the colon of Chinese and Japanese keyboards
    match = _LENGTH.fullmatch(text)
    hours, minutes, rest = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    if match is None or (match[2] and rest > 59) or (hours and minutes > 59):
        raise _error(
            f'is not a duration: "{_cut(text)}"', "write it as 1:02:03, 62:03 or 3723 (seconds)"
        )
    length = hours * 3600 + minutes * 60 + rest
    if length > LONGEST:
        raise _error(
            f'is longer than any recording: "{_cut(text)}"', "write it as 1:02:03, or in seconds"
        )
    return length


def timestamp(value: object) -> float:
    """A place in a recording in seconds, to the millisecond: `1:02:03.5`, `12:34`, `754.25`."""
    text = str(value).strip()
    whole, dot, part = text.partition(".")
    if dot and not re.fullmatch(r"\d+", part):
        raise _error(
            f'is not a position in time: "{_cut(text)}"', "write it as 1:02:03.500 or 3723.5"
        )
    return round(seconds(whole) + float(f"0.{part or 0}"), 3)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def stamp(place: float) -> str:
    """A place in a recording as a person writes it, milliseconds only where there are any.

    >>> stamp(754), stamp(3723.5)
    ('12:34', '1:02:03.500')
    """
    whole, rest = divmod(round(place * 1000), 1000)
    return clock(whole) + (f".{rest:03}" if rest else "")


def clock(length: int) -> str:
    """Whole seconds as a person writes them.

    >>> clock(754), clock(3723)
    ('12:34', '1:02:03')
    """
    hours, rest = divmod(length, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def _error(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("backlist", "{message}", {"message": message, "hint": hint})


def _address(value: object) -> object:
    if not isinstance(value, str) or urls.is_address(value):
        return value
    raise _error(
        f'is not a web address: "{value}"', "write the full address, starting with https://"
    )


def _place(value: object) -> object:
    """A path, or a web address whose host can be read."""
    if not isinstance(value, str) or "://" not in value or urls.is_address(value):
        return value
    return _address(value)


def _target(value: object) -> object:
    """What a link may lead to: a path of the site, or an address that does nothing on a page."""
    if not isinstance(value, str):
        return value
    if schemes.of(value) in schemes.WEB:
        return _address(value)
    if schemes.is_linkable(value):
        return value
    raise _error(
        f'begins with `{schemes.of(value)}:`, which is not allowed in links: "{value}"',
        "write an address that starts with https:// or mailto:, or a path of this site: `about/`",
    )


def _written_to(value: object) -> object:
    """Where somebody is written to: as any link, and an e-mail address as it is spoken."""
    if isinstance(value, str) and re.fullmatch(r"[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?]+", value):
        return f"mailto:{value}"
    return _target(value)


def _ping(value: object) -> object:
    """Somebody who wants to know of a changed feed: one known by name, or a WebSub hub."""
    if not isinstance(value, str) or value in PINGS or urls.is_address(value):
        return value
    raise _error(
        f'is neither a known name nor an address: "{value}"',
        f"use {' or '.join(f'`{name}`' for name in PINGS)}, or the full address of a WebSub hub",
    )


PINGS = ("podcast index", "podping")


def slug(value: object) -> object:
    """A slug in normalization form C; anything but a text is for the record to refuse."""
    if not isinstance(value, str):
        return value
    value = unicodedata.normalize("NFC", value)  # as some keyboards and disks do not write it
    if urls.is_slug(value):
        return value
    raise _error(
        f'is not a slug: "{value}"',
        "use lowercase letters, digits and single hyphens: `a-good-slug`",
    )


_TAG = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8})*")


def is_language(text: str) -> bool:
    """Whether a text is a language tag (BCP 47), of a language that ISO 639 knows.

    >>> is_language("pt-BR"), is_language("pt_BR"), is_language("German"), is_language("xx")
    (True, False, False, False)
    """
    tag = _TAG.fullmatch(text)
    return tag is not None and (len(tag[1]) == 3 or tag[1].lower() in LANGUAGES)


def _language(value: object) -> object:
    if not isinstance(value, str) or is_language(value):
        return value
    meant = value.strip().replace("_", "-")
    hint = f"write it as `{meant}`" if is_language(meant) else "write it as `de` or `pt-br`"
    raise _error(f'is not a language code: "{_cut(value)}"', f"{hint} (BCP 47)")


def _origin(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(
        r"https?://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?/?", value
    ):
        return value.rstrip("/").lower()
    if not isinstance(value, str):
        return value
    raise _error(
        f'is not an origin: "{value}"',
        "write only scheme and host: https://docs.google.com or https://*.example.org",
    )


def allows(origins: Iterable[str], asked: str) -> bool:
    """Whether one of several origins is the one asked for (CSP 3, section 6.7.2.8).

    >>> allows(["https://*.example.org"], "https://docs.example.org")
    True
    """
    scheme, _, there = asked.partition("://")
    return any(
        asked == one or (one.startswith(f"{scheme}://*.") and there.endswith(one.split("*", 1)[1]))
        for one in origins
    )


def _base(value: object) -> object:
    value = _address(value)
    if not isinstance(value, str):
        return value
    if "?" in value or "#" in value:
        raise _error(
            f'is not a base address: "{value}"',
            "write only scheme, host and path: https://example.org/show/",
        )
    return value.rstrip("/") + "/"


def _edit(value: object) -> object:
    value = _address(value)
    if isinstance(value, str) and "{file}" not in value:
        raise _error(
            f'does not contain `{{file}}`: "{value}"',
            "write `{file}` in its place: https://github.com/owner/name/edit/main/{file}",
        )
    return value


TYPES = {
    "serif": "",
    "oldstyle": '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, serif',
    "sans": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif',
    "grotesque": 'Inter, Roboto, "Helvetica Neue", "Arial Nova", "Nimbus Sans", Arial, sans-serif',
    "slab": 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif',
    "mono": 'ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace',
}
"""Typefaces that systems bring along, by a name of ours; `serif` is the style sheet's own."""

_GENERIC = ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif")


def typeface(value: object) -> str:
    """A CSS `font-family` list (CSS Fonts 4, 3.1) from a name in `TYPES` or a list of one's own."""
    text = " ".join(str(value).split())
    if text in TYPES:
        return text
    names = [name.strip() for name in text.split(",")]
    plain = all(re.fullmatch(r"""[\w -]+|"[\w .+-]+"|'[\w .+-]+'""", name) for name in names)
    if plain and len(names) > 1 and names[-1] in _GENERIC:
        return text
    raise _error(
        f'is not a typeface: "{text}"',
        f"use one of {', '.join(TYPES)}, or a list that ends in one of {', '.join(_GENERIC)}: "
        "`font: Charter, Georgia, serif`",
    )


_OWN_KEY = {
    "title": "title",
    "link": "slug",
    "description": "summary",
    "guid": "guid",
    "pubDate": "date",
    "enclosure": "audio",
    "item": "records in content/episodes/",
    "itunes:new-feed-url": "site.feed.previous_urls",
    "lastBuildDate": "nothing: a build writes it",
    "generator": "nothing: a build writes it",
}
"""What an app may find once only, and where a site says it."""

_DECLARED = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())


def element(value: object) -> str:
    """An element of a feed as its XML: one, well-formed, and none that has a key of its own."""
    text = str(value).strip()
    try:
        found = list(ElementTree.fromstring(f"<x{_DECLARED}>{text}</x>"))
    except ElementTree.ParseError as reason:
        raise _error(
            f'is not XML ({str(reason).partition(":")[0]}): "{text}"',
            'write one whole element, such as `<podcast:chat server="irc.example"/>`; a prefix '
            "that is not known here needs its `xmlns:`",
        ) from None
    if len(found) != 1 or (found[0].tail or "").strip() or not text.startswith("<"):
        raise _error(
            f'is not one element: "{text}"', "write each element as an entry of its own, `- <…>`"
        )
    name = re.match(r"<([^\s/>]+)", text)
    if name and name[1] in _OWN_KEY:
        raise _error(f"repeats `{name[1]}`", f"it comes from {_OWN_KEY[name[1]]}; remove it here")
    return text


def _spelled(*patterns: str, **more: object) -> WithJsonSchema:
    """How JSON Schema 7 says what a type reads: texts of these patterns (ECMA 262).

    An editor takes `754` and `true` for more than text: `more` says which of these are read too.
    """
    texts = {"type": "string", "pattern": "|".join(patterns)}
    return WithJsonSchema({"anyOf": [texts, more]} if more else texts)


_ADDRESS = r"^[hH][tT][tT][pP][sS]?://[^\s/]"
_NO_ADDRESS = r"^(?![\s\S]*://)"
_NUMBER = {"type": "number", "minimum": 0, "maximum": LONGEST}
_CLOCK = r"^\s*(\d{1,9}[:：]){0,2}\d{1,9}(\.\d+)?\s*$"
_WORD = r"[^\x00-/:-\x60{-\x7f]"
_YEAR_FIRST = r"^\s*\d{4}-?(\d\d-?\d\d|W\d\d)"

Text = Annotated[str, Field(min_length=1)]
FeedElement = Annotated[str, BeforeValidator(element), _spelled(r"^\s*<[^>]+>[\s\S]*$")]
Url = Annotated[str, BeforeValidator(_address), _spelled(_ADDRESS)]
Uri = Annotated[Text, AfterValidator(urls.escaped)]
Place = Annotated[
    str, BeforeValidator(_place), _spelled(_ADDRESS, _NO_ADDRESS, type=["number", "boolean"])
]
Target = Annotated[str, BeforeValidator(_target)]
Ping = Annotated[str, BeforeValidator(_ping)]
Contact = Annotated[str, BeforeValidator(_written_to)]
BaseUrl = Annotated[str, BeforeValidator(_base), _spelled(_ADDRESS + r"[^?#]*$")]
EditUrl = Annotated[str, BeforeValidator(_edit), _spelled(_ADDRESS + r".*\{file\}")]
Origin = Annotated[
    str, BeforeValidator(_origin), _spelled(r"^https?://(\*\.)?[A-Za-z0-9.-]+(:\d+)?/?$")
]
Slug = Annotated[
    str,
    BeforeValidator(slug),
    _spelled(rf"^{_WORD}+(?:[-_]{_WORD}+)*$", type=["integer", "boolean"], minimum=0),
]
Language = Annotated[
    str, BeforeValidator(_language), _spelled(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
]
When = Annotated[
    Moment,
    BeforeValidator(moment),
    PlainSerializer(str),
    _spelled(_YEAR_FIRST, type="integer", minimum=1000_01_01),
]
Typeface = Annotated[
    str, BeforeValidator(typeface), _spelled(*(f"^\\s*{name}\\s*$" for name in TYPES), ",")
]
Duration = Annotated[
    int, BeforeValidator(seconds), PlainSerializer(clock), _spelled(_CLOCK, **_NUMBER)
]
Timestamp = Annotated[
    float, BeforeValidator(timestamp), PlainSerializer(stamp), _spelled(_CLOCK, **_NUMBER)
]
