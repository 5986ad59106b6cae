"""HTML of others made safe to publish: words, structure and links, and nothing that runs.

A file on the site's own address would run with the rights of the site. nh3 keeps what is listed
here and drops the rest; the policy in the head refuses scripts, pictures and frames once more.
"""

import re
from typing import Any

import nh3
from lxml import etree
from markupsafe import escape

_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"} | {"main", "section"}
_DROPPED_WHOLE = {"head", "title", "script", "style", "template", "noscript"} | {
    *("iframe", "math", "object", "svg")
}
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto"}


def clean_html(data: bytes) -> str:
    """A page with the words of an HTML file, its structure, and its links to other sites."""
    root, _ = parsed(_decoded(data))
    title = lang = body = ""
    if root is not None:
        title = " ".join("".join(root.xpath("string(//title)")).split())
        lang = f' lang="{escape(root.get("lang", ""))}"' if root.get("lang") else ""
        for link in root.iter("a"):
            _keep_whole_address(link)
        body = nh3.clean(
            etree.tostring(root, method="html", encoding="unicode"),
            tags=_TAGS,
            clean_content_tags=_DROPPED_WHOLE,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
        )
    return (
        f"<!doctype html>\n<html{lang}>\n"
        '<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title or 'Transcript')}</title>\n"
        f"</head>\n<body>\n{body.strip()}\n</body>\n</html>\n"
    )


def parsed(text: str) -> tuple[Any, bool]:
    """The tree of an HTML text, None where there is nothing in it; and whether all was read.

    lxml reads it in time that grows with the text; nh3 alone takes its square where elements for
    formatting are left open.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return root, not any("depth" in error.message for error in parser.error_log)


def _keep_whole_address(link: Any) -> None:
    """A link that is no whole address would lead to a page of this site: its words stay."""
    href = link.attrib.pop("href", "").strip()
    if re.match(r"https?://|mailto:", href, re.IGNORECASE):
        link.set("href", href)


def _decoded(data: bytes) -> str:
    """The text of a file: UTF-8, else what browsers take a page for that does not say (HTML)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
