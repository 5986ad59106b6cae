"""A language that nobody speaks: every message in accents and brackets, to find what is none."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from lxml import html

from scripts import messages

PLAIN = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "ȧƀƈđḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑ"
TABLE = str.maketrans(PLAIN + PLAIN.upper(), ACCENTED + ACCENTED.upper())

NAMES = {
    *("Apple", "Podcasts", "Podcast", "Pocket", "Casts", "Addict", "AntennaPod", "Overcast"),
    *("Mastodon", "RSS", "JSON", "CSL", "CSL-JSON", "RIS", "BibTeX", "VTT", "HTML"),
    *("arXiv", "arxiv", "doi", "kB", "MB", "GB"),
}
"""Names of apps, formats and units, which no language translates."""

SAID = ("aria-label", "alt", "title", "placeholder", "label")
"""Attributes that are read to somebody or shown."""

UNTOLD = {"status", "type", "slug", "id", "file", "language", "kind"}
"""Keys whose values are words of the program."""


def accented(text: str) -> str:
    """A message in the language: `{n} episodes` is `[!! {n} ḗƥīşǿđḗş !!]`."""
    parts = re.split(r"({\w+})", text)
    return f"[!! {''.join(p if p[:1] == '{' else p.translate(TABLE) for p in parts)} !!]"


def catalogue(folder: Path, language: str) -> Path:
    """Write the whole catalogue of the language into a folder of catalogues."""
    wanted = messages.template()
    made = Catalog(language, fuzzy=False)
    for message in wanted:
        if message.context in ("comma", "colon"):
            made.add(
                message.id, {"comma": "、", "colon": "："}[message.context], context=message.context
            )
        elif isinstance(message.id, tuple):
            forms = tuple(accented(message.id[min(n, 1)]) for n in range(made.num_plurals))
            made.add(message.id, forms, context=message.context)
        elif message.context:
            made.add(message.id, accented(str(message.id)), context=message.context)
    path = folder / language / "LC_MESSAGES/backlist.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(messages.text(made))
    return path


def _words(text: str) -> str:
    return " ".join(re.findall("[A-Za-z]{2,}", text)).lower()


def content(root: Path) -> str:
    """The words that the files of a site hold, one after the other."""
    return " | ".join(_words(text) for path in sorted(root.rglob("*")) for text in _texts(path))


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".md" and path.read_bytes().startswith(b"---"):
        _, front, body = re.split("(?m)^---\n", path.read_text("utf-8"), maxsplit=2)
        yield from _values(yaml.safe_load(front))
        yield re.sub(r"[*_`\[]|\]\([^)]*\)", "", body)
        yield body
    elif path.suffix in (".yaml", ".json") and ".cache" not in path.parts:
        yield from _values(yaml.safe_load(path.read_text("utf-8")))
    elif path.parent.name in ("transcripts", "chapters"):
        yield re.sub("<[^>]*>", " ", path.read_text("utf-8"))


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in UNTOLD:
                yield from _values(one)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one)
    elif value not in (None, "host", "guest"):
        yield str(value)


def untranslated(texts: Iterable[str], known: str) -> Iterator[str]:
    """What in texts is neither a message nor content: runs of English words, as they stand."""
    whole = f" {known} "
    for text in texts:
        text = re.sub("</?[a-z][^>]*>", " ", text)  # code to be copied
        for run in re.split(r"https?://\S*|\bdoi:|{\w+}|[^\sA-Za-z’'.&0-9-]+|[\[\]]", text):
            if re.search("[A-Za-z]{2}", run) and f" {_words(run)}" not in whole:
                left = [word for word in re.findall("[A-Za-z-]{2,}", run) if word not in NAMES]
                if left:
                    yield run.strip()


def read_out(page: bytes) -> Iterator[str]:
    """Every text of a page, and every attribute that somebody sees or hears, scripts' words too."""
    document = html.document_fromstring(page)
    for element in document.iter("*"):
        if element.tag in ("script", "style", "code", "pre", "iframe"):
            yield from (element.get("title", ""), element.tail or "")
            continue
        yield from (element.text or "", element.tail or "")
        yield from (element.get(name, "") for name in SAID)
        yield from (v for k, v in element.attrib.items() if k.startswith("data-") and " " in v)
        if element.tag == "meta" and "description" in str(element.attrib):
            yield element.get("content", "")
