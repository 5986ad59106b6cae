"""The copy of a visualization that goes into a frame: the page with a few lines spliced in.

The original is other people's page and is kept byte for byte. The copy gets a policy (Content
Security Policy 3, section 3.3, `meta`) that lets it run its own script and fetch nothing, a
base target so that its links leave the frame, a reset of heights that would chase the frame's
own, and a script that tells the page around it how tall it is. It is spliced, never parsed and
written again: a parser would fix what the page relies on.
"""

import re
from collections.abc import Sequence
from html import unescape
from importlib import resources

from backlist.extras.visualizations.sandbox import charset

POLICY = (
    "default-src 'none'",
    "script-src 'unsafe-inline'",
    "style-src 'unsafe-inline' https://fonts.googleapis.com",
    "font-src https://fonts.gstatic.com data:",
    "img-src data: blob:",
    "media-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
)
BESIDE = ("script-src", "style-src", "font-src", "img-src", "media-src")
"""What a page of several files may load from its own site as well."""

_LINES = resources.files(__package__).joinpath("inside.js").read_text("utf-8").splitlines()
_INSIDE = "\n".join(line for one in _LINES if not (line := one.strip()).startswith("//"))
_RESET = "html,body{min-height:0!important;height:auto!important}"

_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
# What may stand before a doctype, and the doctype: it ends at the first `>`, quoted or not
# (HTML, 13.2.5.53 and on). A comment ends at its first end: atomic groups never look further.
_DOCTYPE = re.compile(
    r"(?>[ \t\n\f\r]+|<!--(?>-?>|.*?--!?>)|<\?[^>]*>)*+<!doctype[^>]*>", re.DOTALL | re.IGNORECASE
)
_BASE_TARGET = re.compile(r"<base\s[^<>]*\btarget\b", re.IGNORECASE)


def embed(
    page: bytes,
    frame_src: Sequence[str] = (),
    script_src: Sequence[str] = (),
    *,
    beside: bool = False,
) -> bytes:
    """A page with policy, base target, height reset and script spliced in, as UTF-8.

    `frame_src` are origins that the page may frame itself (`https://docs.google.com`),
    `script_src` sources of scripts beside its own, for pages that we made ourselves; `beside` says
    that it has files of its own beside it. The rest of a page in UTF-8, a byte order mark
    included, is byte for byte as it was; one in another encoding is encoded anew.
    """
    text = charset.text(page)
    mark = charset.MARK if text.startswith(charset.MARK) or not charset.is_utf8(page) else ""
    text = text.removeprefix(charset.MARK)
    place = _place(text)
    whole = (
        mark
        + text[:place]
        + _splice(text, _policy(frame_src, script_src, beside=beside))
        + text[place:]
    )
    return whole.encode("utf-8", "surrogateescape")


def title(page: bytes) -> str | None:
    """What a page calls itself."""
    found = next(charset.inside("title", without_comments(charset.text(page))), "")
    return " ".join(unescape(found).split()) or None


def without_comments(text: str) -> str:
    """HTML with its comments blanked, every other character where it was."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _place(text: str) -> int:
    """Right after the doctype, or the very beginning where there is none.

    Not after `<head>`: a page could show one in a script or an attribute and run its own script
    before the policy. `<html>` and `<head>` that follow are merged into those already open (HTML,
    13.2.6.4.4 and 13.2.6.4.7).
    """
    match = _DOCTYPE.match(text)
    return match.end() if match else 0


def _splice(text: str, policy: str) -> str:
    parts = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="robots" content="noindex">',
        "" if _BASE_TARGET.search(without_comments(text)) else '<base target="_blank">',
        f"<style>{_RESET}</style>",
        f"<script>{_INSIDE}</script>",
    ]
    return "".join(parts)


def _policy(frame_src: Sequence[str], script_src: Sequence[str], *, beside: bool) -> str:
    more = {name: ["'self'"] for name in BESIDE} if beside else {}
    more["script-src"] = [*more.get("script-src", ()), *script_src]
    rules = [" ".join([rule, *more.get(rule.split(" ", 1)[0], ())]) for rule in POLICY]
    return "; ".join([*rules, f"frame-src {' '.join(frame_src)}"] if frame_src else rules)
