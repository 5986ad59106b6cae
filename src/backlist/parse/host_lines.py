"""Lines that podcast hosts add to everybody's notes: about adverts, privacy and themselves.

Known are sentences, and addresses that only such lines lead to. A line is one when it leads
nowhere else and is no longer than a host writes.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 500

_HOSTS = (
    "Acast|Acast Creator|ART19|Audioboom|Audiomeans|Ausha|Buzzsprout|Captivate|Firstory|Libsyn"
    "|Megaphone|Omny(?: Studio)?|Podbean|Podigee|RedCircle|Simplecast|SoundOn|Spreaker|Transistor"
)
_SENTENCES = re.compile(
    rf"(?:Hosted|Podcast hosted|Powered) (?:on|by) (?:{_HOSTS})(?: Hosting|, an AdsWizz company)?\b"
    r"|(?:Hébergé|Propulsé|Alojado|Hospedado|Ospitato|Gehostet) (?:par|en|por|da|bei|von) "
    rf"(?:{_HOSTS})\b"
    r"|(?:To )?learn more about (?:your ad[ -]?choices|listener data and our privacy practices)"
    r"|Advertising Inquiries:|Privacy (?:&|and) Opt-?Out:"
    r"|Our GDPR privacy policy was updated"
    r"|This podcast uses the following third-party services for analysis",
    re.IGNORECASE,
)
_OF_THE_SHOW = re.compile(
    r"This is a public episode\. If you(?:'d|’d| would) like to discuss this with other subscribers"
    r"|Get full access to .{1,120} at \S+\.substack\.com/subscribe"
    r"|Send us (?:a text|fan mail)\W*$"
    r"|The post .{1,200} appeared first on .{1,120}$",
    re.IGNORECASE,
)
"""Sentences that lead to a page of the show's own."""

_OPENINGS = re.compile(
    r"(?:See|Visit|Read|For|Our|More|Privacy|California|Hosted|OP3|Podtrac|Chartable|Podscribe"
    r"|Podsights|Spotify Ad Analytics|https?:)\b",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(
    r"(?:https?://)?(?:www\.)?(?:"
    r"acast\.com/(?:\w\w/)?privacy|art19\.com/privacy|audacyinc\.com/privacy-policy"
    r"|audiomeans\.fr/\S*politique\S*|ausha\.co/\S*(?:privacy|politique|datenschutz)\S*"
    r"|chartable\.com/privacy|firstory\.(?:me|io)/zh"
    r"|analytics\.podtrac\.com/privacy\S*|megaphone\.fm/adchoices"
    r"|omnystudio\.com/listener|op3\.dev/privacy|pcm\.adswizz\.com|podcastchoices\.com/adchoices"
    r"|podscribe\.com/privacy|podsights\.com/privacy|redcircle\.com/(?:brands|privacy)"
    r"|spreaker\.com/privacy|wondery\.com/privacy"
    r")[^\s()<>\]]*",
    re.IGNORECASE,
)
_MAY_OPEN = re.compile(
    r"[\s<>•★–—\\*_\[-]*(?:host|podc|powe|héb|prop|aloj|hosp|ospi|geho|to le|lear|adve|priv|our"
    r"|this|get|send|the p|see|visi|read|for|more|cali|op3|podt|char|pods|spot|http"
    r"|[^\w\s]|\w{0,4}[\\*_])",
    re.IGNORECASE,
)
"""How the lines begin that are known here; most others are told at once by their first letters."""
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(<?([^\s()<>]*)>?(?: \"[^\"]*\")?\)")
_END = re.compile(r"(?<=[.!?…])\s+")
_MOST_SENTENCES = 4


def is_host_line(line: str) -> bool:
    """Whether a line of Markdown or plain text is one that a host added.

    >>> is_host_line("Hosted on Acast. See acast.com/privacy for more information.")
    True
    """
    if not line or len(line) > _LONGEST or not _MAY_OPEN.match(line):
        return False
    words = _LINK.sub(r"\1", re.sub(r"[\\*_]", "", line)).strip(" <>-–—•★\n")
    if _OF_THE_SHOW.match(words):
        return True
    if not (_SENTENCES.match(words) or (_OPENINGS.match(words) and _ADDRESSES.search(line))):
        return False
    addresses = [match[2] for match in _LINK.finditer(line)]
    addresses += re.findall(r"https?://[^\s<>()\]]+", line)
    return all(map(_ADDRESSES.match, addresses))


def without(text: str) -> str:
    """A text without the lines, and the sentences at the end of lines, that hosts added.

    A rule that nothing follows any more goes with them.
    """
    blocks = re.split(r"\n{2,}", text)
    kept = [left for block in blocks if (left := "\n".join(_keep(block.split("\n"))))]
    while kept and re.fullmatch(r"[-*_]{3,}", kept[-1]) and len(kept) < len(blocks):
        kept.pop()
    return "\n\n".join(kept) if kept != blocks else text


def _keep(lines: list[str]) -> Iterator[str]:
    left = [line if line.startswith(("    ", "```")) else _own_words(line) for line in lines]
    while left and not left[-1]:
        left.pop()
    for place, line in enumerate(left):
        if line or not lines[place]:
            yield line.removesuffix("\\") if place == len(left) - 1 else line


@lru_cache(maxsize=1 << 12)
def _own_words(line: str) -> str:
    """A line without what a host put at its end; nothing where all of it is the host's."""
    words = line.removesuffix("\\")
    if is_host_line(words):
        return ""
    ends = list(_END.finditer(words[-_LONGEST:]))[-_MOST_SENTENCES:]
    skipped = max(0, len(words) - _LONGEST)
    for match in ends:
        if is_host_line(words[skipped + match.end() :]):
            return words[: skipped + match.start()]
    return line
