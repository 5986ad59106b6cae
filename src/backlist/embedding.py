"""The copy of a visualization that goes into a frame: its bytes, with a few lines spliced in.

The original is other people's page and is kept byte for byte. The copy gets a policy (Content
Security Policy 3, section 3.3, `meta`) that lets it run its own script and fetch nothing, a
base target so that its links leave the frame, a reset of heights that would chase the frame's
own, and a few lines that tell the page around it how tall it is. It is spliced, never parsed
and written again: a parser would mend what the page relies on.
"""

import re
from collections.abc import Sequence

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

# The height is measured with a range over the body: `scrollHeight` and the body's own height
# never fall below the frame's, so a frame once too tall would stay so. A change below 8 px is
# the page settling; after 20 changes in a second the page and the frame chase each other.
_RESIZER = """\
(() => {
  const range = document.createRange();
  let last = 0, count = 0, since = 0;
  const tell = () => {
    const body = document.body;
    if (!body) return;
    range.selectNodeContents(body);
    const style = getComputedStyle(body);
    const bottom = range.getBoundingClientRect().bottom + scrollY;
    const below = parseFloat(style.paddingBottom) + parseFloat(style.marginBottom);
    const height = Math.ceil(bottom + below);
    const now = performance.now();
    if (now - since > 1000) { since = now; count = 0; }
    if (Math.abs(height - last) < 8 || ++count > 20) return;
    last = height;
    parent.postMessage({ type: "backlist-height", height }, "*");
  };
  addEventListener("load", tell);
  addEventListener("resize", tell);
  addEventListener("DOMContentLoaded", () => {
    tell();
    new ResizeObserver(tell).observe(document.body);
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(tell).observe(document.body, all);
  });
})();
"""
_RESET = "html,body{min-height:0!important;height:auto!important}"

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)
_HTML = re.compile(rb"<html(?:\s[^>]*)?>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!doctype[^>]*>", re.IGNORECASE)
_BASE = re.compile(rb"<base\s", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


def embed(page: bytes, frame_src: Sequence[str] = (), script_src: Sequence[str] = ()) -> bytes:
    """A page's bytes with policy, base target, height reset and resizer spliced into its head.

    `frame_src` are origins that the page may frame itself (`https://docs.google.com`),
    `script_src` sources of scripts beside its own, for pages that we made ourselves. The rest
    of the bytes, a byte order mark included, is as it was.
    """
    blind = _COMMENT.sub(lambda match: b" " * len(match[0]), page)
    place = _place(blind)
    return page[:place] + _splice(blind, frame_src, script_src).encode() + page[place:]


def _place(blind: bytes) -> int:
    """Where the head begins: after `<head>`, else after `<html>`, else after the doctype."""
    for pattern in (_HEAD, _HTML, _DOCTYPE):
        match = pattern.search(blind)
        if match:
            return match.end()
    return len(_BOM) if blind.startswith(_BOM) else 0


def _charset(blind: bytes) -> str:
    """The page's own charset again: it must stand in the first 1,024 bytes (HTML, 13.2.3.2)."""
    match = _CHARSET.search(blind)
    return f'<meta charset="{match[1].decode()}">' if match else ""


def _splice(blind: bytes, frame_src: Sequence[str], script_src: Sequence[str]) -> str:
    frames = f"; frame-src {' '.join(frame_src)}" if frame_src else ""
    policy = "; ".join(POLICY) + frames
    if script_src:
        policy = policy.replace("script-src", f"script-src {' '.join(script_src)}", 1)
    parts = [
        _charset(blind),
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        "" if _BASE.search(blind) else '<base target="_blank">',
        f"<style>{_RESET}</style>",
        f"<script>{_RESIZER}</script>",
    ]
    return "".join(parts)
