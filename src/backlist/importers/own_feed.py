"""Refusing to import what this site publishes itself.

An old host redirects to the new feed once a show has moved; importing that would only read back
what this site wrote. A feed is ours by its address, not by its host: a show may well publish
beside the feed it came from.
"""

from collections.abc import Mapping
from typing import Any

from backlist import urls
from backlist.importers.draft import Reading
from backlist.problems import Problems, Where

_REMEDY = "import the feed of the show's former host, or a copy saved from it"


def own_addresses(settings: Mapping[str, Any]) -> dict[str, str]:
    """The addresses the main feed has or had, by how `site.yaml` comes to say so.

    `settings` is the whole of `site.yaml` as read; what is no address in it is passed over.
    """
    site = settings.get("site")
    if not isinstance(site, dict):
        return {}
    found = {}
    base, feed = site.get("base_url"), site.get("feed")
    if isinstance(base, str):
        found[urls.absolute(urls.FEED, base.rstrip("/") + "/")] = "site.base_url"
    if isinstance(feed, dict):
        was = feed.get("was")
        for address in was if isinstance(was, list) else []:
            found[str(address)] = "site.feed.was"
        if isinstance(feed.get("url"), str):
            found[feed["url"]] = "site.feed.url"
    return found


def refuse_own_feed(settings: Mapping[str, Any], reading: Reading, problems: Problems) -> None:
    """Tell as an error that a source is, or calls itself, a feed of this site."""
    own = {_plain(address): said for address, said in own_addresses(settings).items()}
    for address in (reading.name, reading.show.feed):
        said = own.get(_plain(address)) if address and "://" in address else None
        if said is None and address and _is_our_making(address, reading, settings):
            said = "site.base_url"
        if said:
            problems.error(
                Where(reading.name),
                f"this is the feed the site itself publishes (`{said}`): `{address}`",
                _REMEDY
                if said != "site.feed.was"
                else "if another host still publishes there, take it out of `site.feed.was` first",
            )
            return


def _is_our_making(address: str, reading: Reading, settings: Mapping[str, Any]) -> bool:
    """Whether backlist wrote it and it lies in the site: the feed of a topic, an archive page."""
    base = settings["site"].get("base_url") if isinstance(settings.get("site"), dict) else None
    wrote = reading.show.raw.get("generator", "").split("/")[0].split(" ")[0] == "backlist"
    return wrote and isinstance(base, str) and _plain(address).startswith(_plain(base) + "/")


def _plain(address: str) -> str:
    """An address to compare by: the scheme, the host's case and a last slash make no other feed."""
    parts = urls.split(address.strip())
    host = parts.netloc.lower().removesuffix(":443").removesuffix(":80")
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
