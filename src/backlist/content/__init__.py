"""The one codec between files and records, both ways, with the line of every value.

YAML is read as text only: PyYAML's own rules take `42:10` for 2530, `no` for False and let a
repeated key win in silence (YAML 1.1, section "tag resolution"). Here a scalar stays what was
typed, a repeated key is an error, and the record's types decide the rest.
"""

from backlist.content.copies import MIRROR, read_copies, write_copies
from backlist.content.documents import (
    SITE,
    Document,
    decode,
    is_markdown,
    normal_newlines,
    parse_markdown,
    parse_yaml,
)
from backlist.content.json_text import locate_json, parse_json
from backlist.content.records import read
from backlist.content.renamed import with_new_names
from backlist.content.writing import (
    amend,
    amend_yaml,
    append_items,
    append_to_item,
    dump_markdown,
    dump_yaml,
    fill_item,
    replace_body,
)

__all__ = [
    "MIRROR",
    "SITE",
    "Document",
    "amend",
    "amend_yaml",
    "append_items",
    "append_to_item",
    "decode",
    "dump_markdown",
    "dump_yaml",
    "fill_item",
    "is_markdown",
    "locate_json",
    "normal_newlines",
    "parse_json",
    "parse_markdown",
    "parse_yaml",
    "read",
    "read_copies",
    "replace_body",
    "with_new_names",
    "write_copies",
]
