"""Markdown, read once into HTML, plain text, links and chapter lines.

HTML inside Markdown stays text: notes come from other people's feeds, and `Vec<T>` must
survive. An address that begins with `/` is a path of the site and is put behind `ROOT`, which
stands for the way from a page to the home page. Times become links to their moment (`moments`).
"""

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from backlist import urls
from backlist.cache.packed import PackedText
from backlist.parse import host_lines, markdown_links, markdown_shortcuts, moments
from backlist.parse.moments import ChapterLine
from backlist.urls import ROOT, schemes

_WORDS = r"(?:[^\[\]]|\[[^\[\]]*\])*"


@dataclass(frozen=True)
class Notes:
    """A Markdown text, parsed once: everything anybody asks of it.

    `html` is for a page and `markdown` to stand below a title (its headings have the levels they
    have on the page); in both, addresses that are paths of the site stand behind `ROOT`. `text`
    is the words, a blank line between blocks; `lead` those of the first paragraph that no host
    added, on one line.
    `links` are all addresses linked to, in order; `local` those of links and images that lead to
    other files of the site, as they are written; `pictures` the names in `static/` of those shown;
    `chapters` the lines of every list of chapters;
    `faults` are line (from 0), message and hint of what leads nowhere.
    """

    html: PackedText = PackedText()
    markdown: str = ""
    text: PackedText = PackedText()
    lead: str = ""
    links: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    chapters: tuple[ChapterLine, ...] = ()
    faults: tuple[tuple[int, str, str], ...] = ()

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Hold an address once that many episodes link to, as those of the show's own pages."""
        vars(self).update(state, links=tuple(map(sys.intern, state["links"])))

    def without(self, addresses: Collection[str]) -> "Notes":
        """The notes with the words of links and images in place of those to `addresses`.

        These are some of `local`.
        """
        html, markdown = self.html, self.markdown
        for address in addresses:
            rooted = ROOT + address[1:] if address.startswith("/") else address
            href = re.escape(escapeHtml(rooted))
            html = re.sub(rf'<a href="{href}"[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL)
            html = re.sub(rf'<img src="{href}" alt="([^"]*)"[^>]*>', r"\1", html)
            spelled = "|".join(re.escape(one) for one in (rooted, unquote(rooted)))
            markdown = re.sub(rf"!?\[({_WORDS})\]\(\s*<?(?:{spelled})>?[^)]*\)", r"\1", markdown)
        return replace(self, html=html, markdown=markdown)


NOTHING = Notes()


def read(written: str, own: Collection[str] = (), sources: int = 0) -> Notes:
    """The notes of a Markdown text.

    `own` are the keys of addresses of the episode they belong to: links to its moments seek here.
    `sources` is how many numbered sources they can lead to.
    """
    if not written:
        return NOTHING
    env: dict[str, Any] = {"own": own, "sources": sources}
    tokens = _parser().parse(written, env)
    links = tuple(_links(tokens))
    addresses = (*links, *_images(tokens))
    notes = Notes(
        markdown=_below_a_title(written, tokens, links),
        text="\n\n".join(filter(None, map(moments.words, tokens))),
        lead=_lead(tokens),
        links=links,
        local=tuple(dict.fromkeys(filter(_is_local, addresses))),
        pictures=tuple(dict.fromkeys(_own_pictures(tokens))),
        chapters=tuple(env.get("chapters", ())),
        faults=tuple(markdown_links.faults(tokens, env)),
    )
    # Rendering comes last: it puts addresses behind the root in the tokens themselves.
    html = _parser().renderer.render(tokens, _parser().options, {**env, "root": ROOT})
    return replace(notes, html=str(html).strip())


def _below_a_title(written: str, tokens: Sequence[Token], links: Iterable[str]) -> str:
    lines = written.split("\n")
    for one in tokens:
        if one.type == "heading_open":
            first, end = one.map or (0, 0)
            lines[first:end] = [_heading(lines[first:end], one), *[""] * (end - first - 1)]
    text = "\n".join(lines)
    for address in {one[1:] for one in links if re.match("/(?!/)", one)}:
        spelled = "|".join(re.escape(one) for one in (address, unquote(address)))
        place = rf"((?:\]\(|\]:)\s*<?)/(?=(?:{spelled})(?:[\s>)]|$))"
        text = re.sub(place, rf"\g<1>{ROOT}", text)
    text = text.strip()
    return written if text == written else text  # most are: kept once, as one object


def _heading(lines: list[str], token: Token) -> str:
    """A heading at the level it has on the page; a setext one (CommonMark 4.3) as an ATX one."""
    marks = "#" * int(token.tag[1])
    if token.markup.startswith("#"):
        return re.sub(r"^(\s*)#{1,6}", rf"\g<1>{marks}", lines[0])
    return " ".join([marks, *(line.strip() for line in lines[:-1])])


def _lead(tokens: Sequence[Token]) -> str:
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open":
            words = host_lines.without(" ".join(moments.words(inline).split()))
            if words:
                return words
    return ""


def _links(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and not child.meta:
                yield str(child.attrs["href"])


def _own_pictures(tokens: Sequence[Token]) -> Iterator[str]:
    """The names in `static/` of what is shown of it."""
    for address in map(unquote, _images(tokens)):
        if address.startswith("/static/"):
            yield urls.static_name(address)


def _images(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                yield str(child.attrs["src"])


def _is_local(address: str) -> bool:
    """Whether an address leads to a file of the site; most do not, and are recognized quickly."""
    if address.startswith(("https://", "http://", "#")):
        return False
    parts = urls.split(address)
    return not parts.scheme and not parts.netloc


@cache
def _parser() -> MarkdownIt:
    # What is nested deeper than `maxNesting` would be left out without a word.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable(
        ["table", "strikethrough"]
    )
    parser.validateLink = _may_be_shown  # type: ignore[method-assign, assignment]
    parser.normalizeLink = _normal  # type: ignore[method-assign, assignment]
    parser.core.ruler.push("levels", _set_levels)
    parser.core.ruler.push("anchors", _set_anchors)
    markdown_links.install(parser)
    parser.core.ruler.push("times", moments.link)
    markdown_shortcuts.install(parser)
    parser.add_render_rule("link_open", _render_link)
    parser.add_render_rule("image", _render_image)
    return parser


_NORMAL = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}"
    r"(?:/[A-Za-z0-9._~/-]*+)?(?:\?[A-Za-z0-9._~&=/-]*+)?(?:#[A-Za-z0-9._~/-]*+)?"
)
"""Most addresses: nothing in them is escaped or has to be."""


def _normal(address: str) -> str:
    """An address as markdown-it writes it, which takes a tenth of a text's time to find out."""
    return address if _NORMAL.fullmatch(address) else normalizeLink(address)


def _may_be_shown(address: str) -> bool:
    """Whether an address becomes a link or a picture; another one stays text, as it is written.

    markdown-it only refuses four schemes, and itself allows pictures that stand in the address.
    """
    return schemes.is_linkable(address) or bool(_PICTURE.match(address.strip()))


_PICTURE = re.compile(r"data:image/(?:gif|png|jpeg|webp);", re.IGNORECASE)


def _set_levels(state: StateCore) -> None:
    """Below the page's own `h1` a text begins with `h2`; no level is skipped on the way down."""
    above: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            given = int(token.tag[1])
            above = [*(level for level in above if level < given), given]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, 1 + len(above))}"


def _set_anchors(state: StateCore) -> None:
    """An id for every heading; the same words get `-1`, `-2`, and so on.

    The plugin for this counts from 1 for each heading, which takes long where many are equal.
    """
    used: set[str] = set()
    counts: Counter[str] = Counter()
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open":
            spoken = (one.content for one in inline.children or () if one.type in _SPOKEN)
            slug = anchor = urls.slug_of("".join(spoken))
            while anchor in used:
                counts[slug] += 1
                anchor = f"{slug}-{counts[slug]}"
            used.add(anchor)
            opening.attrSet("id", anchor)


_SPOKEN = ("text", "code_inline")


def _render_link(
    renderer: RendererHTML, tokens: list[Token], place: int, options: object, env: dict[str, str]
) -> str:
    _put_behind_root(tokens[place], "href", env.get("root", ""))
    return str(renderer.renderToken(tokens, place, options, env))  # type: ignore[arg-type]


def _render_image(
    renderer: RendererHTML, tokens: list[Token], place: int, options: object, env: dict[str, str]
) -> str:
    _put_behind_root(tokens[place], "src", env.get("root", ""))
    tokens[place].attrs["loading"] = "lazy"
    return str(renderer.image(tokens, place, options, env))  # type: ignore[arg-type]


def _put_behind_root(token: Token, name: str, root: str) -> None:
    address = str(token.attrs.get(name, ""))
    if address.startswith("/") and not address.startswith("//"):
        token.attrs[name] = root + address[1:] or "./"
