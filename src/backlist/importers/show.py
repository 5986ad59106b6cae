"""What a source says of its show, compared with the settings of the site.

An old host redirects to the new feed once a show has moved; importing that would only read back
what this site wrote. A feed is ours by its address, not by its host: a show may well publish
beside the feed it came from.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from backlist import urls
from backlist.feed.rules.secrets import describe, mask
from backlist.http import Redirect
from backlist.importers.draft import Reading, ShowDraft
from backlist.problems import Problems, Where

OWN_FEED, MOVED = "own feed", "moved"
"""Kinds of problems."""

_FORMER_HOST = "import the feed of the show's former host, or a copy saved from it"
_UNTITLED = "Untitled show"


def refuse_own_feed(settings: Mapping[str, Any], reading: Reading, problems: Problems) -> None:
    """Report as an error that a source is, or calls itself, a feed of this site.

    `settings` is the whole of `site.yaml` as read; what is no address in it is passed over.
    """
    site = settings.get("site")
    if not isinstance(site, dict):
        return
    own = {_plain(address): key for address, key in _own_addresses(site).items()}
    for address in filter(None, (reading.name, reading.show.feed)):
        key = own.get(_plain(address)) if "://" in address else None
        if key is None and _is_below_site(address, reading, site):
            key = "site.base_url"
        if key:
            problems.error(
                Where(reading.name),
                f"this is the feed the site itself publishes (`{key}`): `{address}`",
                _FORMER_HOST
                if key != "site.feed.previous_urls"
                else f"if another host still publishes there, remove it from `{key}` first",
                kind=OWN_FEED,
            )
            return


def tell_moved(settings: Mapping[str, Any], reading: Reading, problems: Problems) -> None:
    """Warn that a feed names another address as its new one (Apple, `itunes:new-feed-url`).

    One that moved to this site says so too, and a feed in its place names itself.
    """
    said = reading.show.raw.get("itunes:new-feed-url", "").strip()
    site = settings.get("site")
    known = {_plain(each) for each in (reading.name, reading.show.feed or "")}
    known |= {_plain(each) for each in _own_addresses(site if isinstance(site, dict) else {})}
    if urls.is_address(said) and _plain(said) not in known:
        problems.warning(
            Where(reading.name),
            f"the show has moved: the feed names {said} as its new address (itunes:new-feed-url)",
            "newer episodes are there: import that address, unless your new site will have it",
            kind=MOVED,
            accept=said,
        )


def tell_redirected(source: str, redirects: Sequence[Redirect], problems: Problems) -> None:
    """Note that the server gives a feed another address for good (RFC 9110, 15.4.2 and 15.4.9)."""
    if redirects and all(step.code in (301, 308) for step in redirects):
        problems.info(
            Where(mask(source)),
            f"the feed has moved for good: {mask(source)} leads to {redirects[-1].target}",
            "import that address from now on: the old one may stop working",
            kind=MOVED,
            accept=redirects[-1].target,
        )


def tell_secrets(reading: Reading, problems: Problems) -> None:
    """Warn of addresses with secrets that records, pages and the feed would show to everybody."""
    shown = [reading.show.link, reading.show.image]
    for draft in reading.drafts:
        shown += [draft.guid, draft.link, draft.image, draft.chapters_url]
        shown += [draft.audio.url if draft.audio else None, *(t.url for t in draft.transcripts)]
    found = describe(filter(None, shown))
    if found:
        problems.warning(
            Where(reading.name),
            f"the feed holds {found}; pages and feed would show it to everybody",
            "import the public feed of the show, or move those files before you publish; the "
            "records and content/imported/ hold the addresses as they are",
        )


def _own_addresses(site: Mapping[str, Any]) -> dict[str, str]:
    """The addresses the main feed has or had, by the key of `site.yaml` that says so."""
    found = {}
    base, feed = site.get("base_url"), site.get("feed")
    if isinstance(base, str):
        found[urls.absolute(urls.FEED, base.rstrip("/") + "/")] = "site.base_url"
    if isinstance(feed, dict):
        previous = feed.get("previous_urls")
        for address in previous if isinstance(previous, list) else []:
            found[str(address)] = "site.feed.previous_urls"
        if isinstance(feed.get("url"), str):
            found[feed["url"]] = "site.feed.url"
    return found


def _is_below_site(address: str, reading: Reading, site: Mapping[str, Any]) -> bool:
    """Whether backlist wrote it and it lies in the site: the feed of a topic, an archive page."""
    base = site.get("base_url")
    wrote = reading.show.raw.get("generator", "").split("/")[0].split(" ")[0] == "backlist"
    return wrote and isinstance(base, str) and _plain(address).startswith(_plain(base) + "/")


def _plain(address: str) -> str:
    """An address to compare by: scheme, case and script of the host, last slash do not count."""
    parts = urls.split(urls.escaped(address.strip()))
    host = parts.netloc.lower().removesuffix(":443").removesuffix(":80")
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def settings_of_new_site(reading: Reading, problems: Problems) -> dict[str, Any]:
    """A `show:` mapping fit to build with: what the source leaves out is filled in and reported."""
    show, where = reading.show, Where(reading.name)
    title = show.title or _guess_title(show)
    if not show.title:
        problems.warning(
            where, f"the source gives the show no title; called `{title}`", "write `show.title`"
        )
    if not show.description:
        problems.warning(
            where,
            "the source does not describe the show; its title is used instead",
            "write one or two sentences as `show.description` into site.yaml",
        )
    if show.block:
        problems.warning(
            where,
            "the source hides itself from directories; the new site does too",
            "remove `show.block` from site.yaml unless you want that",
        )
    if show.locked:
        problems.info(
            where,
            "the source is locked: other hosts refuse to import it",
            "write `locked: false` into site.yaml while the show moves",
        )
    return {"title": title, "description": title} | show.settings()


def _guess_title(show: ShowDraft) -> str:
    return show.author or urls.split(show.link or "").hostname or _UNTITLED
