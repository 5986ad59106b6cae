"""Where the show is elsewhere, and how it is supported, reached and licensed: words and icons.

`apps` and the others give what settings say; `PageContext` addresses it from a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from backlist import urls
from backlist.model import Labels, Show, Site
from backlist.model.platforms import recognised
from backlist.model.show import Platforms

PAGE = urls.page("subscribe")
"""The output path of the page of all apps; the site's own page of that name stands in for it."""

SHOWN = 5
"""Apps with a button on every page; the page of the others is one click away."""

RSS, APP, LINK, MAIL, HEART = "rss", "app", "link", "mail", "heart"
"""Icons that stand for no platform."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link with an icon, by the name it has in `icons.svg`; `own` says that it is a brand's."""

    text: str
    url: str
    icon: str
    own: bool = False


def apps(site: Site) -> list[Way]:
    """The apps and directories that carry the show."""
    return list(_listed(site.subscribe, APP))


def accounts(site: Site) -> list[Way]:
    """The show in social networks."""
    return list(_listed(site.social, LINK))


def support(show: Show, labels: Labels) -> list[Way]:
    """The ways to give."""
    ways = []
    for one in show.funding:
        known = recognised(one.url)
        text = one.text or (known.name if known else labels.support_show)
        ways.append(Way(text, one.url, (known and known.icon) or HEART))
    return ways


def contact(site: Site, labels: Labels) -> Way | None:
    """How to write to the show."""
    if site.contact is None:
        return None
    return Way(labels.contact, site.contact, MAIL)


def newsletter(site: Site, labels: Labels) -> Way | None:
    """Where to sign up for the newsletter."""
    return Way(labels.newsletter, site.newsletter, MAIL) if site.newsletter else None


def every(show: Show, site: Site) -> Iterator[str]:
    """The names of all icons that the site shows."""
    yield RSS
    yield from (way.icon for way in (*apps(site), *accounts(site)))
    yield from (way.icon for way in support(show, Labels()))
    yield from (way.icon for way in opening("https://x.example/", site))
    yield from (way.icon for way in (contact(site, Labels()), newsletter(site, Labels())) if way)


def _listed(entries: Platforms, neutral: str) -> Iterator[Way]:
    for one in entries:
        known = recognised(one.url)
        icon = known.icon if known else ""
        yield Way(one.label or (known.name if known else ""), one.url, icon or neutral, bool(icon))


_OPENING = (
    "podcast://{bare}",
    "pktc://subscribe/{bare}",
    "overcast://x-callback-url/add?url={quoted}",
    "antennapod-subscribe://{bare}",
    "podcastaddict://{bare}",
)
"""Links by which apps take the address of any feed: without its scheme, or as a parameter."""


def opening(feed: str, site: Site) -> Iterator[Way]:
    """Links that open a feed in an app which is installed; those with a button are left out."""
    listed = {way.text for way in apps(site)}
    bare, quoted = re.sub(r"^https?://", "", feed), quote(feed, safe="")
    for form in _OPENING:
        address = form.format(bare=bare, quoted=quoted)
        known = recognised(address)
        if known and known.name not in listed:
            yield Way(known.name, address, known.icon, own=True)


_CREATIVE_COMMONS = re.compile(r"cc-(by(?:-nc)?(?:-sa|-nd)?)-(\d\.\d)", re.IGNORECASE)
_CREATIVE_COMMONS_PAGE = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)\S*")
_ZERO = re.compile(r"cc0-1\.0", re.IGNORECASE)


def terms(name: str, url: str | None) -> tuple[str, str]:
    """A licence as readers know it and where it can be read; the address may be empty.

    >>> terms("cc-by-nc-4.0", None)
    ('CC BY-NC 4.0', 'https://creativecommons.org/licenses/by-nc/4.0/')
    >>> terms("https://creativecommons.org/licenses/by-sa/3.0/", None)
    ('CC BY-SA 3.0', 'https://creativecommons.org/licenses/by-sa/3.0/')
    >>> terms("Ours", "https://x.example/terms")
    ('Ours', 'https://x.example/terms')
    """
    given = _CREATIVE_COMMONS_PAGE.sub(r"cc-\1-\2", name)
    if match := _CREATIVE_COMMONS.fullmatch(given):
        kind, version = match[1].lower(), match[2]
        known = f"https://creativecommons.org/licenses/{kind}/{version}/"
        return f"CC {kind.upper()} {version}", url or known
    if _ZERO.fullmatch(given):
        return "CC0 1.0", url or "https://creativecommons.org/publicdomain/zero/1.0/"
    if urls.is_address(name):
        return urls.host(name), url or name
    return name, url or ""
