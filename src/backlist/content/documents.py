"""Files to documents: text, lists and mappings, with the line each value stands on."""

import marshal
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from backlist.content import yaml_notices
from backlist.content.renamed import old_spelling
from backlist.feed.vocabulary import NOT_XML, without_control
from backlist.problems import Problems, Where

SITE = "site.yaml"
"""A folder that holds this file is a site."""

Key = tuple[str | int, ...]

MOST_CHARACTERS = 10_000_000
"""How long YAML may be: a lock of 30,000 items."""

MOST_REPEATED = 100_000
"""Characters that aliases (`*name`) may add to what is written: they can multiply without end."""

MOST_LEVELS = 60
"""Lists and mappings inside each other; records have four."""

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FENCE = re.compile(
    r"(?:[ \t]*\n)*---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_DROPS = re.compile(r"[ \t](?:#|[&!]\S)")
"""What a reader may drop in a line: most texts hold none of it, and are not looked at twice."""


class Lines(Mapping[Key, int]):
    """The line of each key. Pickled as one string and taken apart when it is asked.

    Only messages ask for lines, and a large archive holds a hundred thousand of them.
    """

    def __init__(self, found: Mapping[Key, int] | bytes) -> None:
        self._found: Mapping[Key, int] | bytes = found

    @property
    def _thawed(self) -> Mapping[Key, int]:
        if isinstance(self._found, bytes):
            self._found = dict(marshal.loads(self._found))
        return self._found

    def __getitem__(self, key: Key) -> int:
        return self._thawed[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._thawed)

    def __len__(self) -> int:
        return len(self._thawed)

    def __reduce__(self) -> tuple[type["Lines"], tuple[bytes]]:
        found = self._found
        return Lines, (found if isinstance(found, bytes) else marshal.dumps(dict(found)),)


@dataclass(frozen=True)
class Document:
    """A YAML mapping as text, and the line each value stands on (`("audio", "url")` → 7)."""

    file: str
    data: dict[str, Any]
    lines: Mapping[Key, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def where(self, *key: str | int) -> Where:
        """The place of a value, or of the nearest thing around it."""
        old = old_spelling(key)
        for end in range(len(key), -1, -1):
            for spelling in (key[:end], old[:end]):
                if spelling in self.lines:
                    return Where(self.file, self.lines[spelling])
        return Where(self.file, 1)


def is_markdown(name: str) -> bool:
    """Whether a file is a record by its name.

    >>> is_markdown("season-1/One.MD"), is_markdown("one.markdown"), is_markdown("one.md.txt")
    (True, True, False)
    """
    return name.lower().endswith((".md", ".markdown"))


def parse_markdown(text: str, file: str, problems: Problems) -> Document | None:
    """A Markdown file with front matter between `---` lines, or None with the error reported."""
    text = normal_newlines(text)
    match = FENCE.match(text)
    if match is None:
        problems.error(Where(file, 1), *_without_front(text))
        return None
    first_line = text.count("\n", 0, match.start("front")) + 1
    front = parse_yaml(match["front"], file, problems, first_line=first_line)
    if front is None:
        return None
    body_line = text[: match.end()].count("\n") + 1
    body = text[match.end() :]
    body_line += len(body) - len(body.lstrip("\n"))
    return Document(file, front.data, front.lines, body.strip("\n").rstrip(), body_line)


def _without_front(text: str) -> tuple[str, str]:
    """Message and hint for a file whose front matter cannot be found."""
    first = text.lstrip().partition("\n")[0].rstrip()
    if first == "---":
        return "has front matter without an end", "write a line `---` below the last field"
    hint = "begin the file with a line `---`, the fields, and another line `---`"
    if re.fullmatch("[-‐‑–—―−]+", first):
        hint = "write the first line as three hyphens: `---`"
    elif first in ("+++", "{", ";;;"):
        hint = f"write the fields as YAML, between two lines `---` instead of `{first}`"
    return "has no front matter", hint


def parse_yaml(text: str, file: str, problems: Problems, *, first_line: int = 1) -> Document | None:
    """A YAML mapping read as text, or None with the error reported.

    `first_line` is the line of `file` that `text` begins on.
    """
    text = _without_control(normal_newlines(text), file, first_line, problems)
    try:
        return _read(text, file, first_line, problems)
    except yaml.YAMLError as error:
        line, message, hint = yaml_notices.explain(error, text.split("\n"))
        problems.error(Where(file, first_line + line), message, hint)
    except _BeyondBoundsError as error:
        problems.error(Where(file, error.line), *error.args)
    except RecursionError:  # raised by the loader that is used where libyaml is missing
        problems.error(Where(file, first_line), *_TOO_DEEP)
    return None


_TOO_DEEP = (
    "contains a list or mapping that is nested too deeply, or in itself",
    "write it without nesting, and without `&` and `*`",
)


class _BeyondBoundsError(Exception):
    """What a document holds is more than it may hold: the line, what is wrong, and the remedy."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.line = line


def _read(text: str, file: str, first_line: int, problems: Problems) -> Document | None:
    if len(text) > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS // 1_000_000} million characters"
        hint = "remove what nobody needs, or split it"
        raise _BeyondBoundsError(first_line, f"has more than {most} of YAML", hint)
    node = yaml.compose(text, Loader=LOADER)
    if node is None:
        return Document(file, {}, {(): first_line})
    if not isinstance(node, yaml.MappingNode):
        message = "is not a list of `key: value` lines"
        hint = "write each field on its own line, with a space after the colon"
        problems.error(Where(file, first_line), message, hint)
        return None
    written = text.split("\n") if _DROPS.search(text) else ()
    # A value is written with at least as many characters as it has, and one beside it.
    reader = _Reader(file, first_line, problems, written, room=2 * len(text) + MOST_REPEATED)
    data = reader.value(node, ())
    return Document(file, data, Lines(reader.lines)) if reader.sound else None


class _Reader:
    """Turns composed nodes into text, lists and mappings, noting lines as it goes."""

    def __init__(
        self, file: str, first_line: int, problems: Problems, written: Sequence[str], room: int
    ) -> None:
        self.file, self.first_line, self.problems = file, first_line, problems
        self.written = written
        self.room = room
        self.lines: dict[Key, int] = {}
        self.sound = True

    def value(self, node: yaml.Node, key: Key) -> Any:
        self.lines.setdefault(key, node.start_mark.line + self.first_line)
        self._bound(node, key)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*key, place)) for place, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        if self.written:
            self._tell_dropped(node, key)
        # The style of what is not quoted is None, or empty where libyaml reads.
        return None if not node.style and node.value in ("", "~", "null") else node.value

    def _tell_dropped(self, node: yaml.ScalarNode, key: Key) -> None:
        name = next((part for part in reversed(key) if isinstance(part, str)), "")
        where = Where(self.file, node.start_mark.line + self.first_line)
        yaml_notices.tell_dropped(node, name, self.written, where, self.problems)

    def _bound(self, node: yaml.Node, key: Key) -> None:
        """Raise `_BeyondBoundsError` where there is more, or deeper, than a record can have."""
        self.room -= 1 + (len(node.value) if isinstance(node, yaml.ScalarNode) else 0)
        if self.room < 0:
            message = f"repeats more than {MOST_REPEATED:,} characters by aliases (`*name`)"
            raise _BeyondBoundsError(self.lines[key[:1]], message, "write the values out")
        if len(key) > MOST_LEVELS:
            raise _BeyondBoundsError(self.lines[key[:1]], *_TOO_DEEP)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + self.first_line
            if not isinstance(name_node, yaml.ScalarNode):
                self.sound = False
                message = "has a list or group where the name of a field is expected"
                hint = "quote a value that begins with `[` or `{`"
                self.problems.error(Where(self.file, line), message, hint)
                continue
            name = str(name_node.value)
            self.room -= len(name)
            if name in found:
                self.sound = False
                self.problems.error(
                    Where(self.file, line),
                    f"`{name}` is written twice",
                    f"keep one of them; the first is on line {self.lines[(*key, name)]}",
                )
            self.lines[(*key, name)] = line
            found[name] = self.value(value_node, (*key, name))
        return found


def _without_control(text: str, file: str, first_line: int, problems: Problems) -> str:
    """YAML without the characters that it cannot hold; each line that has some is reported.

    Escapes in a quoted value are read in `records`.
    """
    if NOT_XML.search(text) is None:
        return text
    for number, line in enumerate(text.split("\n"), first_line):
        found = dict.fromkeys(f"U+{ord(match[0]):04X}" for match in NOT_XML.finditer(line))
        if found:
            problems.warning(
                Where(file, number),
                f"has a control character that no feed can hold: {', '.join(found)}; left out",
                "delete it, and check whether a letter is missing",
            )
    return without_control(text)


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """The text of a file, without a byte order mark, or None with the error reported."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.error(Where(file, line), "is not UTF-8 text", "save the file as UTF-8")
    return None


def normal_newlines(text: str) -> str:
    """Text without a byte order mark, every line ending in a line feed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
