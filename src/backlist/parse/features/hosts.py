"""What single hosts say of their addresses: which lead to one place, and what only tracks.

Every rule has its reason beside it: what the host documents, or the redirect it answers with.
A host without a rule tells everything apart.
"""

import re
from collections.abc import Callable, Mapping, Sequence

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
"""What the path and query of an address match, and the place they name."""

_ALIASES = {
    # mirrors for phones and applications; each shows the same content or redirects
    "m.youtube.com": "youtube.com",
    "music.youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com",  # YouTube Help, "Privacy-enhanced mode"
    "mobile.twitter.com": "twitter.com",
    "x.com": "twitter.com",  # X redirects since May 2024
    "mobile.x.com": "twitter.com",
    "fb.com": "facebook.com",
    "m.facebook.com": "facebook.com",
    "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "m.reddit.com": "reddit.com",
    "m.imdb.com": "imdb.com",
    "docs.microsoft.com": "learn.microsoft.com",  # Microsoft Learn, "docs.microsoft.com moved"
    "export.arxiv.org": "arxiv.org",  # arXiv, "Bulk data": for programs, the same articles
    "dx.doi.org": "doi.org",  # DOI Handbook, 3.8: the earlier name of the proxy
    "aclweb.org": "aclanthology.org",  # redirects /anthology/…
    "papers.nips.cc": "proceedings.neurips.cc",
    "papers.neurips.cc": "proceedings.neurips.cc",
}
_WIKIPEDIA = re.compile(r"^([a-z-]+)\.m\.(wikipedia|wiktionary|wikiquote|wikibooks)\.org$")
_NOT_ALIKE = {"pool.ntp.org"}
"""Hosts whose `www.` is another site; browsers that hid it had to make the same exception."""


def plain(host: str) -> str:
    """A host in lower case and ASCII (RFC 5891), `www.` and mirrors folded.

    >>> plain("www.Example.org"), plain("m.youtube.com"), plain("m.example.org")
    ('example.org', 'youtube.com', 'm.example.org')
    """
    host = _ascii(host.lower().rstrip("."))
    bare = host.removeprefix("www.")
    if "." in bare and bare not in _NOT_ALIKE:
        host = bare
    if host.startswith("smile.amazon."):  # closed in 2023; redirected to the shop
        host = host.removeprefix("smile.")
    return _ALIASES.get(host) or _WIKIPEDIA.sub(r"\1.\2.org", host)


def _ascii(host: str) -> str:
    if host.isascii() or len(host) > 253:
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


_TRACKING = {
    # the "share" buttons of each append these
    "youtube.com": {"si", "feature", "ab_channel", "pp"},
    "youtu.be": {"si", "feature"},
    "twitter.com": {"s", "t", "ref_src", "ref_url", "cn", "refsrc"},
    "open.spotify.com": {"si", "nd", "context", "dl_branch", "pi"},
    "reddit.com": {"share_id", "rdt", "ref", "ref_source", "context"},
    "facebook.com": {"mibextid", "refid", "__tn__", "_rdr", "hc_ref", "fref"},
    "instagram.com": {"hl", "img_index"},
    "tiktok.com": {"_t", "_r", "is_from_webapp", "sender_device"},
    "linkedin.com": {"trk", "trackingid", "lipi", "rcm"},
    "medium.com": {"source", "sk", "gi"},
    "nytimes.com": {"smid", "smtyp", "unlocked_article_code", "referringsource"},
    "imdb.com": {"ref_", "pf_rd_m", "pf_rd_p", "pf_rd_r", "pf_rd_s", "pf_rd_t", "pf_rd_i"},
    "docs.google.com": {"usp", "ouid", "rtpof", "sd"},
    "drive.google.com": {"usp", "ouid", "rtpof", "sd", "resourcekey"},
    "podcasts.apple.com": {"uo", "mt", "at", "ct", "ls", "app", "l", "itsct", "itscg"},
    "itunes.apple.com": {"uo", "mt", "at", "ct", "ls", "app", "l", "itsct", "itscg"},
    "apps.apple.com": {"uo", "mt", "at", "ct", "ls", "app", "l", "itsct", "itscg"},
}


def tracks(host: str, name: str) -> bool:
    """Whether a parameter only measures at this host."""
    return name.lower() in _TRACKING.get(_family(host), ())


def place(host: str, path: str) -> str | None:
    """The place that a path and query name at a host with rules; None where none of them fits."""
    for pattern, named in _RULES.get(_family(host), ()):
        match = pattern.fullmatch(path)
        if match:
            found = named(match)
            return host + found if found.startswith("/") else found
    return None


def _family(host: str) -> str:
    """The host whose rules a host follows."""
    if host.startswith("amazon."):
        return "amazon"
    for family in ("stackexchange.com", "wikipedia.org", "medium.com"):
        if host.endswith(f".{family}"):
            return family
    return host


def _rule(pattern: str, form: str) -> Rule:
    """A rule whose place is a template of the parts that the pattern keeps."""
    return re.compile(pattern), lambda match: match.expand(form)


def _folded(pattern: str, form: str) -> Rule:
    """The same for a place where capitals do not matter."""
    return re.compile(pattern), lambda match: match.expand(form).lower()


_ID = r"(?!videoseries|live_stream)([\w-]{11})"
_ANY = r"(?:\?.*)?"

_YOUTUBE = [
    # YouTube Help, "Share videos": one video by its eleven characters, whatever the list or time
    _rule(rf"/watch\?(?:.*&)?v={_ID}(?:&.*)?", r"youtube.com/\1"),
    _rule(rf"/(?:embed|shorts|live|v|e)/{_ID}{_ANY}", r"youtube.com/\1"),
    # YouTube Help, "Handles": not case-sensitive
    _folded(r"/(@[\w.-]+)", r"youtube.com/\1"),
]
_GITHUB: list[Rule] = [
    # GitHub Docs, "REST API: issues": every pull request is an issue, numbers are shared
    _folded(
        r"/([\w.-]+)/([\w.-]+)/(?:issues|pull)/(\d+)(?:/(?:files|commits|checks))?",
        r"github.com/\1/\2/issues/\3",
    ),
    # the page of a repository, as a browser and as git asks for it; its tabs show the same page
    _folded(
        r"/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:\?tab=readme-ov-file)?",
        r"github.com/\1/\2",
    ),
    # a file as a page and raw; names of owner and repository fold, branches and files do not
    (
        re.compile(
            r"/([\w.-]+)/([\w.-]+)/(?:blob|raw)/(?:refs/heads/)?(.+?)(?:\?(?:raw|plain)=(?:1|true))?"
        ),
        lambda m: f"github.com/{m[1]}/{m[2]}".lower() + f"/blob/{m[3]}",
    ),
    (
        re.compile(r"/([\w.-]+)/([\w.-]+)/(.+)"),
        lambda m: f"github.com/{m[1]}/{m[2]}".lower() + f"/{m[3]}",
    ),
    _folded(r"/([\w-]+)", r"github.com/\1"),
]
_RAW: list[Rule] = [
    (
        re.compile(r"/([\w.-]+)/([\w.-]+)/(?:refs/heads/)?([^?]+)"),
        lambda m: f"github.com/{m[1]}/{m[2]}".lower() + f"/blob/{m[3]}",
    )
]
_TWITTER = [
    # X API, "Post object": ids are unique, the name before them may be any
    _rule(
        r"/(?:\w+|i/web)/status(?:es)?/(\d+)(?:/(?:photo|video)/\d+)?(?:\?lang=\w+)?",
        r"twitter.com/status/\1",
    ),
    # X Help, "Username": not case-sensitive
    _folded(r"/(\w{1,15})(?:\?lang=\w+)?", r"twitter.com/\1"),
]
_REDDIT = [
    # Reddit API, "id36": a post or comment is its id; the words after it are for people
    _rule(r"(?:/(?:r|user)/[\w-]+)?/comments/([a-z0-9]+)(?:/[^/?]*)?", r"reddit.com/\1"),
    _rule(
        r"/(?:r|user)/[\w-]+/comments/([a-z0-9]+)/[^/?]*/([a-z0-9]+)",
        r"reddit.com/\1/\2",
    ),
    _folded(r"/(r/\w+)", r"reddit.com/\1"),
]
_STACK = [
    # Stack Exchange, "share" links: /q/ID/USER and /a/ID/USER; the words after an id are free
    _rule(r"/(?:q|questions)/(\d+)(?:/\d+)?", r"/questions/\1"),
    _rule(r"/questions/(\d+)/[^/?]*[^/?\d][^/?]*", r"/questions/\1"),
    _rule(r"/questions/\d+/[^/?]+/(\d+)", r"/a/\1"),
    _rule(r"/a/(\d+)(?:/\d+)?", r"/a/\1"),
]


def _asin(match: re.Match[str]) -> str:
    """A product: the number of a printed book is its ISBN-10, the same in every country."""
    number = match[1].upper()
    return f"amazon/{number}" if _is_isbn(number) else f"/{number}"


def _is_isbn(number: str) -> bool:
    """Whether ten characters are an ISBN-10 (ISO 2108, check digit modulo 11)."""
    if not re.fullmatch(r"\d{9}[\dX]", number, re.ASCII):
        return False
    return sum((10 - n) * (10 if d == "X" else int(d)) for n, d in enumerate(number)) % 11 == 0


_AMAZON: list[Rule] = [
    # Amazon Associates, "Linking to a product": /dp/ASIN, all else is for people and measuring
    (
        re.compile(
            r"(?:/-/[a-z]{2})?(?:/[^/?]+)?/(?:dp|gp/product|exec/obidos/ASIN|o/ASIN)/([A-Za-z0-9]{10})(?:[/?].*)?"
        ),
        _asin,
    )
]


def _article(match: re.Match[str]) -> str:
    """A title with its first letter folded (Wikipedia, "Naming conventions: capitalization")."""
    title = re.sub(r"(?:%20)+", "_", match[1]).replace("%2B", "+").replace("%26", "&")
    return f"/wiki/{title[:1].upper()}{title[1:]}"


_WIKI: list[Rule] = [
    (re.compile(r"/wiki/([^?]+)"), _article),
    (re.compile(r"/w/index\.php\?title=([^&]+)"), _article),
]
# A post by the number at the end of its name, which medium.com/p/NUMBER redirects to
_MEDIUM = [
    _rule(r"/p/([0-9a-f]{10,12})", r"medium.com/p/\1"),
    _rule(r"/(?:@?[^/?]+/)?[^/?]*-([0-9a-f]{10,12})", r"medium.com/p/\1"),
]
# Apple, "Apple Services Performance Partners: linking": the id is one in all countries
_APPLE = [
    _rule(r"(?:/[a-z]{2})?/(?:podcast|app)(?:/[^/?]+)?/(id\d+)((?:\?i=\d+)?)", r"apple.com/\1\2"),
    _rule(r"/WebObjects/MZStore\.woa/wa/viewPodcast\?id=(\d+)", r"apple.com/id\1"),
]
# Spotify for Developers, "URIs and IDs": kind and id; language and player are how it is shown
_SPOTIFY = [
    _rule(
        r"(?:/intl-[a-z]{2})?(?:/embed(?:-podcast)?)?/(\w+)/([A-Za-z0-9]{22})(?:\?.*)?",
        r"open.spotify.com/\1/\2",
    )
]
# Vimeo Help, "Embed": the number is the video's, also in channels, groups and players
_VIMEO = [
    _rule(
        r"(?:/(?:channels|groups)/[^/?]+(?:/videos)?|/video)?/(\d+)(?:/[0-9a-f]{8,})?"
        r"(?:\?(?:h=[0-9a-f]+|fl=\w+|fe=\w+|&)*)?",
        r"vimeo.com/\1",
    )
]
_DOCS = [
    # Google Docs API, "Document ID": the same document, edited, viewed or shared
    _rule(
        r"/((?:document|spreadsheets|presentation)/d/(?!e/)[\w-]+)"
        r"(?:/(?:edit|view|preview|mobilebasic))?",
        r"docs.google.com/\1",
    )
]
_DRIVE = [
    _rule(r"/file/d/([\w-]+)(?:/(?:edit|view|preview))?", r"drive.google.com/\1"),
    _rule(r"/open\?id=([\w-]+)", r"drive.google.com/\1"),
]
_SCHOLAR = [
    # Semantic Scholar API, "paperId": forty digits; the words before them are for people
    _rule(r"/paper/(?:[^/?]+/)?([0-9a-f]{40})", r"semanticscholar.org/\1")
]
_GIST = [_rule(r"/(?:[\w-]+/)?([0-9a-f]{20,32})", r"gist.github.com/\1")]

_RULES: Mapping[str, Sequence[Rule]] = {
    "youtube.com": _YOUTUBE,
    "youtu.be": [_rule(rf"/{_ID}{_ANY}", r"youtube.com/\1")],
    "github.com": _GITHUB,
    "raw.githubusercontent.com": _RAW,
    "gist.github.com": _GIST,
    "twitter.com": _TWITTER,
    "reddit.com": _REDDIT,
    "redd.it": [_rule(r"/([a-z0-9]+)", r"reddit.com/\1")],
    # Instagram Help: usernames have no capitals; posts do
    "instagram.com": [_folded(r"/([\w.]+)", r"instagram.com/\1")],
    "stackexchange.com": _STACK,
    "stackoverflow.com": _STACK,
    "superuser.com": _STACK,
    "serverfault.com": _STACK,
    "askubuntu.com": _STACK,
    "mathoverflow.net": _STACK,
    "amazon": _AMAZON,
    "amzn.com": [_rule(r"/([A-Z0-9]{10})", r"amazon.com/\1")],
    "wikipedia.org": _WIKI,
    "medium.com": _MEDIUM,
    "podcasts.apple.com": _APPLE,
    "itunes.apple.com": _APPLE,
    "apps.apple.com": _APPLE,
    "open.spotify.com": _SPOTIFY,
    "vimeo.com": _VIMEO,
    "player.vimeo.com": _VIMEO,
    "docs.google.com": _DOCS,
    "drive.google.com": _DRIVE,
    "semanticscholar.org": _SCHOLAR,
}
