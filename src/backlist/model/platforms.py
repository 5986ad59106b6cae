"""Podcast apps, networks and services that are recognised by an address.

An entry of `subscribe:`, `social:` or `show.funding` then needs no label: the button has the
platform's own name, and its icon where `pages/icons.svg` has one of that name.
"""

import re
from dataclasses import dataclass

from backlist import urls
from backlist.urls import schemes


@dataclass(frozen=True, slots=True)
class Platform:
    """A name as its owner writes it, and the icon's, empty where there is none."""

    name: str
    icon: str = ""


_HOSTS = """
Apple Podcasts | applepodcasts | podcasts.apple.com itunes.apple.com podcast: itms-podcasts:
Spotify | spotify | open.spotify.com spotify.link spotify:
Pocket Casts | pocketcasts | pca.st pocketcasts.com pktc:
Overcast | overcast | overcast.fm overcast:
YouTube Music | youtubemusic | music.youtube.com
YouTube | youtube | youtube.com youtu.be
Podcast Addict | podcastaddict | podcastaddict.com podcastaddict:
AntennaPod | antennapod | antennapod.org antennapod-subscribe:
Amazon Music | | music.amazon.*
Audible | audible | audible.*
Castamatic | | castamatic.com
Castbox | castbox | castbox.fm
Castro | castro | castro.fm castro:
Deezer | deezer | deezer.com deezer.page.link
Fountain | | fountain.fm
Goodpods | | goodpods.com
iHeart | iheartradio | iheart.com
JioSaavn | | jiosaavn.com
Listen Notes | | listennotes.com
LISTEN | | listen.style
Player FM | playerfm | player.fm
Podcast Guru | | podcastguru.io
Podcast Index | podcastindex | podcastindex.org
Podchaser | | podchaser.com
Podimo | | podimo.com
Podverse | | podverse.fm
RadioPublic | | radiopublic.com
Snipd | | snipd.com
SoundCloud | soundcloud | soundcloud.com
Spreaker | spreaker | spreaker.com
TrueFans | | truefans.fm
TuneIn | | tunein.com
ARD Audiothek | | ardaudiothek.de
Anghami | | anghami.com
Яндекс Музыка | | music.yandex.*
小宇宙 | | xiaoyuzhoufm.com
喜马拉雅 | | ximalaya.com
شنوتو | | shenoto.com
Bluesky | bluesky | bsky.app
Codeberg | codeberg | codeberg.org
Discord | discord | discord.gg discord.com
Facebook | facebook | facebook.com fb.com
GitHub Sponsors | githubsponsors | github.com/sponsors
GitHub | github | github.com
GitLab | gitlab | gitlab.com
Instagram | instagram | instagram.com
LinkedIn | | linkedin.com
Mastodon | mastodon | mastodon.social mastodon.online podcastindex.social
Matrix | matrix | matrix.to
Medium | medium | medium.com
Pinterest | pinterest | pinterest.com
Pixelfed | pixelfed | pixelfed.social
Reddit | reddit | reddit.com
Signal | signal | signal.group signal.me
Substack | substack | substack.com
Telegram | telegram | t.me telegram.me
Threads | threads | threads.net threads.com
TikTok | tiktok | tiktok.com
Tumblr | tumblr | tumblr.com
Twitch | twitch | twitch.tv
Vimeo | vimeo | vimeo.com
WhatsApp | whatsapp | whatsapp.com wa.me
X | x | x.com twitter.com
Buy Me a Coffee | buymeacoffee | buymeacoffee.com
Ko-fi | kofi | ko-fi.com
Liberapay | liberapay | liberapay.com
Open Collective | opencollective | opencollective.com
Patreon | patreon | patreon.com
PayPal | paypal | paypal.com paypal.me
Steady | | steady.page steadyhq.com
"""
"""A line has name, icon, hosts (`host.*` in several countries), and schemes of the app."""


def _table() -> dict[str, Platform]:
    table: dict[str, Platform] = {}
    for line in filter(None, _HOSTS.splitlines()):
        name, icon, addresses = (part.strip() for part in line.split("|"))
        for address in addresses.split():
            said = [address.replace("*", country) for country in _COUNTRIES]
            table |= dict.fromkeys(said, Platform(name, icon))
    return table


_COUNTRIES = "com ca co.uk de fr it es in com.au co.jp com.br com.mx ru".split()  # noqa: SIM905
PLATFORMS = _table()

_FEDIVERSE = re.compile(r"/@[\w.-]+/?")
"""The path of an account on a server of the fediverse, which may have any name."""

MANAGED = ("podcastsconnect.apple.com", "studio.youtube.com")
"""Where owners manage a show; nobody else can open such an address."""


def recognised(address: str) -> Platform | None:
    """The platform of an address, or None.

    >>> recognised("https://podcasts.apple.com/de/podcast/id1")
    Platform(name='Apple Podcasts', icon='applepodcasts')
    >>> recognised("https://social.example/@show")
    Platform(name='Mastodon', icon='mastodon')
    >>> recognised("https://pods.example/show") is None
    True
    """
    scheme = schemes.of(address)
    if scheme not in schemes.WEB:
        return PLATFORMS.get(f"{scheme}:")
    host, path = urls.host(address), urls.split(address).path
    for name in _ways_to_say(host, path.strip("/").partition("/")[0]):
        if name in PLATFORMS:
            return PLATFORMS[name]
    return PLATFORMS["mastodon.social"] if _FEDIVERSE.fullmatch(path) else None


def _ways_to_say(host: str, folder: str) -> list[str]:
    """How the table may name a host, the closest first: with a folder, itself, what it is below."""
    parts = host.split(".")
    below = [".".join(parts[place:]) for place in range(len(parts) - 1)]
    return [f"{host}/{folder}", *below]
