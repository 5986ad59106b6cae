"""Which addresses may become links: one list of schemes, used wherever an address is shown.

A list of what is known to do no harm, because browsers run more than `javascript:` and read an
address less strictly than it is written.
"""

import re

LINKED = frozenset(
    """
    http https ftp ftps sftp mailto tel sms geo xmpp irc ircs matrix sip sips webcal news nntp
    gopher gemini magnet ipfs ipns bitcoin ethereum lightning monero nostr podcast pcast itpc
    feed rss itms itmss itms-podcasts spotify overcast castro pktc antennapod-subscribe
    podcastaddict skype tg whatsapp viber signal steam doi urn tag acct
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""Schemes that lead to another page, or to a program that asks before it acts.

`javascript`, `vbscript`, `data` and `blob` run on the page; `file` leads to the reader's disk.
"""

WEB = frozenset(("http", "https"))

_IGNORED = re.compile(r"[\t\n\r]|^[\0- ]+|[\0- ]+$")
"""What browsers take out of an address before they read it (URL Standard, 4.4)."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def of(address: str) -> str:
    r"""The scheme of an address as a browser reads it, in lower case; empty for a path.

    >>> of("HTTPS://example.org"), of("java\nscript:x"), of("/a/b:c"), of("//example.org/a")
    ('https', 'javascript', '', '')
    """
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[1].lower() if found else ""


def is_linkable(address: str) -> bool:
    """Whether an address may become a link: a path, or a scheme that does nothing on a page."""
    scheme = of(address)
    return not scheme or scheme in LINKED
