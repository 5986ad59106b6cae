"""What a frame will not let a visualization do, and what its reader will miss.

Read from the page as it is given, so that each line can be found there; whether a script gets by
without what is refused, only a look at the page shows.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from lxml import etree, html

from backlist import urls
from backlist.extras.visualizations import passive
from backlist.extras.visualizations.sandbox import charset
from backlist.files.output import Outputs
from backlist.model.scalars import allows
from backlist.problems import Level, Problem, Problems, Where
from backlist.relate.archive import Archive, VisualizationEntry

HEAVY = 1_000_000
"""Bytes of a page from which on a phone is kept waiting."""

BIG_POSTER = 200_000
"""Bytes of a picture that stands for a page before it runs."""

FONTS = ("https://fonts.googleapis.com", "https://fonts.gstatic.com")
"""Other people's servers that the policy lets a page ask, once it runs."""

_LOADING = (
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("audio", "src"),
    ("video", "src"),
    ("source", "src"),
    ("embed", "src"),
    ("object", "data"),
)
_INSIDE = ("data:", "blob:", "#", "about:")


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    message: str
    hint: str


_SCRIPTS = (
    _Rule(
        re.compile(r"\b(?:localStorage|sessionStorage|indexedDB)\b|document\.cookie\b"),
        "stores data in the browser, which its frame rejects with an error",
        "wrap it in `try`, and continue without it",
    ),
    _Rule(
        re.compile(r"\b(?:fetch|importScripts)\s*\(|\b(?:XMLHttpRequest|WebSocket|EventSource)\b"),
        "requests data while it runs, which its frame blocks",
        "put the data into the page",
    ),
    _Rule(
        re.compile(r"\b(?:top|parent)\.(?:location|document)\b"),
        "accesses the page around it, which its frame rejects with an error",
        "remove it, or wrap it in `try`",
    ),
    _Rule(
        re.compile(r"(?<![\w.])(?:alert|confirm|prompt)\s*\("),
        "opens a dialog, which its frame blocks silently",
        "show the message in the page",
    ),
    _Rule(
        re.compile(r"""(?<![\w.])import\s{0,99}(?:[\w*{][^"';]{0,999}from\s{0,99})?["'(]"""),
        "imports a module, which a frame without an origin cannot load from most servers",
        "put the code into the page",
    ),
)


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report each once a page, at the first line it stands on."""
    for held in archive.visualizations:
        problems.extend(_belonging(held))
        problems.extend(_files(held, outputs))
        if held.page:
            problems.extend(_Reading(held).problems())


def _belonging(held: VisualizationEntry) -> Iterator[Problem]:
    """What stands, or does not stand, in the file with its keys."""
    where = Where(held.file)
    if not held.works and not held.elsewhere:
        yield Problem(
            where,
            Level.INFO,
            "belongs to no work: no work page links to it",
            "name the papers it shows: `works: [arxiv:2306.14048]`",
        )
    if not held.poster and held.page:
        yield Problem(
            where,
            Level.INFO,
            "has no poster; a drawn card is shown until it runs",
            f"run `backlist screenshots {held.id}` to take one",
        )
    if held.autostart and held.url:
        message = "`autostart` has no effect on a visualization that is on another site"
        yield Problem(where, Level.WARNING, message, "remove the line")
    if held.url and held.frame_src and not held.allowed:
        yield Problem(
            where,
            Level.WARNING,
            f"`frame_src` does not list its origin: {urls.origin(held.url)}",
            "add this origin to show it in a frame, or remove the line to show a link",
        )


def _files(held: VisualizationEntry, outputs: Outputs) -> Iterator[Problem]:
    """Pictures too large or too lively; what an error kept from being made cannot be checked."""
    for name, path in held.files.items():
        where = Where(f"{held.folder}/{name}")
        made = outputs.get(urls.visualization_file(held.id, passive.name(name)))
        content = made.read() if made and name == held.poster else b""
        if len(content) > BIG_POSTER:
            size = f"{len(content) // 1000} kB"
            message = f"the poster has {size} and loads with every page that shows it"
            yield Problem(where, Level.WARNING, message, "save it smaller, 1200 pixels wide")
        if made and passive.is_picture(name):
            yield from _taken_out(where, name, Path(path))
        elif passive.name(name) != name and name not in _pages(held):
            message = f"is published as {passive.name(name)}: as it is, it could run as a page"
            hint = "put it into the page, or save it in a format that only shows something"
            yield Problem(where, Level.INFO, message, hint)


def _pages(held: VisualizationEntry) -> tuple[str, ...]:
    """The page itself, of which the frame has a copy and the original is text on purpose."""
    return (held.index,) if held.index else ()


def _taken_out(where: Where, name: str, path: Path) -> Iterator[Problem]:
    """What a picture is published without."""
    found = passive.clean(name, path.read_bytes())
    if found is None:
        message = "is no well-formed SVG, which no browser draws; an empty picture is published"
        yield Problem(where, Level.WARNING, message, "export it again")
    elif found.taken_out:
        kinds = ", ".join(found.taken_out[:3]) + (" …" if found.taken_out[3:] else "")
        message = f"is published without {kinds}: opened by itself, it could run on this site"
        yield Problem(where, Level.WARNING, message, "put the picture into the page")


class _Reading:
    """One page as a browser would read it, with the lines things stand on."""

    def __init__(self, held: VisualizationEntry) -> None:
        self.held = held
        self.file = f"{held.folder}/{held.index}"
        text = charset.text(held.page).removeprefix(charset.MARK)
        plain = text.encode("utf-8", "replace").replace(b"\0", b"")
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
        try:
            self.tree = html.document_fromstring(plain, parser=parser)
        except etree.ParserError:  # white space or a comment and nothing else
            self.tree = html.document_fromstring(b"<html></html>", parser=parser)

    def problems(self) -> Iterator[Problem]:
        """Everything, each kind once."""
        said = set()
        found = (self._page(), self._resources(), self._links(), self._frames(), self._scripts())
        for problem in chain.from_iterable(found):
            if problem.message not in said:
                said.add(problem.message)
                yield problem

    def _at(self, line: int, level: Level, message: str, hint: str) -> Problem:
        return Problem(Where(self.file, line), level, message, hint)

    def _warning(self, line: int, message: str, hint: str) -> Problem:
        return self._at(line, Level.WARNING, message, hint)

    def _info(self, line: int, message: str, hint: str) -> Problem:
        return self._at(line, Level.INFO, message, hint)

    def _page(self) -> Iterator[Problem]:
        tree, size = self.tree, len(self.held.page)
        if not (tree.findtext(".//title") or "").strip():
            yield self._warning(1, "has no `<title>`", "add a title for readers who open the file")
        names = {(one.get("name") or "").lower() for one in tree.iter("meta")}
        if "viewport" not in names:
            hint = '`<meta name="viewport" content="width=device-width">` fits it to phones'
            yield self._warning(1, "has no viewport", hint)
        if size > HEAVY:
            message = f"has {size / 1e6:.1f} MB, which loads slowly on a phone"
            yield self._warning(1, message, "shorten its data, or round its numbers")
        encoding = charset.name(self.held.page)
        if encoding != "utf-8":
            message = f"is in {encoding}: its frame serves it as UTF-8"
            yield self._info(1, message, "save it as UTF-8")
        for one in tree.iter("form"):
            message = "has a form, which its frame cannot submit, not even to its own script"
            yield self._warning(one.sourceline, message, "use the controls without `<form>`")
        for one in tree.iter("meta"):
            if (one.get("http-equiv") or "").lower() == "refresh":
                message = "redirects to another page, which its frame does not show"
                yield self._warning(one.sourceline, message, "remove the refresh")

    def _resources(self) -> Iterator[Problem]:
        for tag, name in _LOADING:
            for one in self.tree.iter(tag):
                address = (one.get(name) or "").strip()
                if address and not address.lower().startswith(_INSIDE) and _is_loaded(one):
                    yield from self._resource(one, address)

    def _resource(self, one: html.HtmlElement, address: str) -> Iterator[Problem]:
        line, place = one.sourceline, urls.origin(address).partition("://")[2]
        if any(address.startswith(font) for font in FONTS):
            message = f"asks {place} for fonts as soon as it runs"
            yield self._info(
                line, message, "to protect readers' privacy, use fonts they have installed"
            )
        elif "//" in address.split("?")[0]:
            message = f"loads a {one.tag} from {place or address}, which its frame blocks"
            yield self._warning(line, message, "put it into the page or beside it")
        elif one.get("type") == "module":
            message = f"loads the module {address}, which a frame without an origin cannot"
            yield self._warning(line, message, "put the code into the page")
        elif not self._is_beside(address):
            message = f"loads {address}, which does not exist"
            yield self._warning(line, message, f"put it into {self.held.folder}, or remove it")

    def _is_beside(self, address: str) -> bool:
        name = unquote(re.split(r"[?#]", address)[0]).removeprefix("./")
        return posixpath.normpath(name) in self.held.files

    def _links(self) -> Iterator[Problem]:
        for one in self.tree.iter("a"):
            address = (one.get("href") or "").strip()
            if address.startswith("/") and not address.startswith("//"):
                message = f"links to {address}, a path of the server it was made for"
                yield self._warning(one.sourceline, message, "write the full address")
            if address.lower().startswith("javascript:") and not one.get("onclick"):
                message = "has a `javascript:` link, which its frame does not run"
                yield self._warning(one.sourceline, message, "make it a `<button>` with a listener")

    def _frames(self) -> Iterator[Problem]:
        """Frames of the page's own, against what `frame_src` allows."""
        wanted: dict[str, int] = {}
        for one in self.tree.iter("iframe"):
            address = (one.get("src") or "").strip()
            if "allow-same-origin" in (one.get("sandbox") or ""):
                message = "asks for `allow-same-origin` in a frame of its own, which is not allowed"
                yield self._warning(one.sourceline, message, "take it out")
            if address.startswith(("http://", "https://")):
                wanted.setdefault(urls.origin(address), one.sourceline)
        for origin, line in wanted.items():
            if not allows(self.held.frame_src, origin):
                message = f"frames {origin}, which `frame_src` does not name: the frame stays empty"
                yield self._warning(
                    line, message, f"add `frame_src: [{origin}]`, or remove the frame"
                )
        for origin in self.held.frame_src:
            if not any(allows([origin], one) for one in wanted):
                message = f"`frame_src` names {origin}, but no frame of the page uses it"
                yield Problem(Where(self.held.file), Level.INFO, message, "take it out")

    def _scripts(self) -> Iterator[Problem]:
        whole = ""
        for one in self.tree.iter("script"):
            code = one.text or ""
            whole += code
            for rule in _SCRIPTS:
                found = rule.pattern.search(code)
                if found:
                    line = one.sourceline + code[: found.start()].count("\n")
                    yield self._info(line, rule.message, rule.hint)
        restless = re.search(r"\b(?:requestAnimationFrame|setInterval)\b", whole)
        if self.held.autostart and restless and "prefers-reduced-motion" not in whole:
            message = "starts automatically and moves without checking `prefers-reduced-motion`"
            yield self._warning(
                1, message, "remove `autostart`, or honour `prefers-reduced-motion`"
            )


def _is_loaded(one: html.HtmlElement) -> bool:
    """Whether a `link` is one that a browser follows by itself."""
    kinds = {*(one.get("rel") or "").lower().split()}
    return one.tag != "link" or bool(kinds & {"stylesheet", "preload", "modulepreload"})
