"""HTML that a site puts into the head of its pages.

It comes from the owner and is trusted. What is checked is that it stays in the head: a browser
ends the head at the first thing that does not belong there, and an open element takes in the rest
of the page.
"""

import re
from html.parser import HTMLParser
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

_HOLDING = ("script", "style", "noscript", "template")
_EMPTY = ("link", "meta")
_SCRIPT = re.compile(r"<script\b.*?</script", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class _Head(HTMLParser):
    """Follows what is open, and keeps the first fault."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in (*_HOLDING, *_EMPTY) and "template" not in self.open:
            self.fault = self.fault or f"holds `<{tag}>`, which it may not"
        elif tag in _HOLDING:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # `<script/>` is open all the same

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif "template" not in self.open:
            self.fault = self.fault or f"closes `</{tag}>`, which is not open"

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.open:
            self.fault = self.fault or f'holds text outside of elements: "{data.strip()[:40]}"'


def head_html(value: object) -> object:
    """HTML that a head may hold: scripts, styles, links and meta elements, all of them closed."""
    if not isinstance(value, str):
        return value
    parser = _Head()
    parser.feed(value)
    parser.close()
    fault = parser.fault
    if not fault and parser.open:
        fault = f"leaves `<{parser.open[-1]}>` open"
    elif not fault and "<!--" in _COMMENT.sub("", _SCRIPT.sub("", value)):
        fault = "leaves a comment open"
    if not fault:
        return value
    names = ", ".join(f"<{name}>" for name in (*_HOLDING, *_EMPTY))
    hint = f"use only {names}, and close what you open"
    raise PydanticCustomError("backlist", "{message}", {"message": fault, "hint": hint})


HeadHtml = Annotated[str, BeforeValidator(head_html)]
