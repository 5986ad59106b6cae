"""Pictures of other hosts in the HTML of notes: on a page they are links.

A page that showed one would tell its host who reads what. Feeds carry them as they were: apps load
them on their readers' behalf, as they did from the feed before.
"""

import re
from html import unescape

from markupsafe import escape

from backlist import urls

_PART = re.compile(
    r'(?P<open><a [^>]*>)|(?P<close></a>)|<img src="(?P<address>(?:https?:)?//[^"]*)"'
    r' alt="(?P<alt>[^"]*)"[^>]*>',
    re.IGNORECASE,
)


def as_links(html: str, words: str) -> str:
    """The HTML of `markdown.read`, where links stand for pictures of other hosts.

    They say what the picture shows, else `words` with `{host}` filled in. Inside a link only that
    stays: it leads elsewhere already.

    >>> as_links('<img src="https://a.example/x.png" alt="The sea" loading="lazy" />', "")
    '<a class="picture" href="https://a.example/x.png" rel="external">The sea</a>'
    """
    if "<img src=" not in html:
        return html
    inside = False

    def put(found: re.Match[str]) -> str:
        nonlocal inside
        if found["address"] is None:
            inside = found["open"] is not None
            return found[0]
        host = urls.host(unescape(found["address"]))
        text = found["alt"].strip() or str(escape(words.format(host=host)))
        if inside:
            return text
        return f'<a class="picture" href="{found["address"]}" rel="external">{text}</a>'

    return _PART.sub(put, html)
