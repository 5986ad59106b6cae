"""Which pages stand for a whole site: a few on which everything that it shows can be seen."""

from collections.abc import Iterator, Mapping

from lxml import html

from backlist.files.output import ALIAS, Outputs


def texts(outputs: Outputs) -> dict[str, bytes]:
    """The site's own pages by output path.

    Redirects are left out, for nobody gets to see them, and so is other people's HTML.
    """
    return {
        path: output.read()
        for path, output in outputs.items()
        if path.endswith(".html") and not output.maker.startswith(ALIAS) and not _foreign(path)
    }


def _foreign(path: str) -> bool:
    return path.startswith(("visualizations/", "static/", "transcripts/")) and not path.endswith(
        "/index.html"
    )


def kinds(pages: Mapping[str, bytes], besides: Mapping[str, bytes] = {}) -> list[str]:
    """Pages that between them have every kind of page and of element, found greedily.

    Kinds that the pages `besides` have are left to those. A kind of page is a folder and a depth,
    a kind of element its name, class, role and state. A page kind that is added one day is
    therefore among them without anybody naming it.
    """
    having = {path: frozenset(_traits(path, text)) for path, text in pages.items()}
    seen = frozenset(trait for path, text in besides.items() for trait in _traits(path, text))
    missing = frozenset[str]().union(*having.values()) - seen
    chosen = []
    while missing:
        best = max(sorted(having), key=lambda path: len(having[path] & missing))
        chosen.append(best)
        missing -= having[best]
    return chosen


def _traits(path: str, text: bytes) -> Iterator[str]:
    folder, *rest = path.split("/")
    yield f"{folder}/{len(rest)}"
    for element in html.document_fromstring(text).iter("*"):
        of = element.attrib
        for name in str(of.get("class", "")).split() or [""]:
            yield f"{element.tag}.{name}"
        if "role" in of:
            yield f"{element.tag} role={of['role']}"
        yield from (f"{element.tag} {key}" for key in of if key.startswith(("data-", "aria-")))
