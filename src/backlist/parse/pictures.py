"""Pictures in the HTML of notes, as pages show them: those of other hosts are links.

A page that showed one would tell its host who reads what. Feeds carry them as they were: apps load
them on their readers' behalf, as they did from the feed before. Pictures of the site have their
size, so that the text below does not jump when they come.
"""

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

from markupsafe import escape

from backlist import urls

_PART = re.compile(
    rf'(?P<open><a [^>]*>)|</a>|<img src="(?:(?P<address>(?:https?:)?//[^"]*)"'
    rf' alt="(?P<alt>[^"]*)"[^>]*>|{urls.ROOT}(?P<path>[^"]*)")',
    re.IGNORECASE,
)


def as_shown(
    html: str, words: str, sizes: Mapping[str, tuple[int, int]], language: str = ""
) -> str:
    """The HTML of `markdown.read`, where links stand for pictures of other hosts.

    `sizes` are width and height of pictures of the site by output path. A link says what its
    picture shows, else `words` with `{host}` filled in. Inside a link only that stays: it leads
    elsewhere already. `language` is that of `words`, where the notes are in another.

    >>> as_shown('<img src="https://a.example/x.png" alt="The sea" loading="lazy" />', "", {})
    '<a class="picture" href="https://a.example/x.png" rel="external">The sea</a>'
    """
    if "<img src=" not in html:
        return html
    inside = False
    begin, end = (f'<span lang="{escape(language)}">', "</span>") if language else ("", "")

    def put(found: re.Match[str]) -> str:
        nonlocal inside
        if found["path"] is not None:
            size = sizes.get(unquote(unescape(found["path"])))
            return found[0] + (f' width="{size[0]}" height="{size[1]}"' if size else "")
        if found["address"] is None:
            inside = found["open"] is not None
            return found[0]
        host = urls.host(unescape(found["address"]))
        text = found["alt"].strip() or begin + str(escape(words.format(host=host))) + end
        if inside:
            return text
        return f'<a class="picture" href="{found["address"]}" rel="external">{text}</a>'

    return _PART.sub(put, html)
