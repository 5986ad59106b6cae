"""`site.yaml`: what the show is, and where and how its archive is published."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from backlist import urls
from backlist.model import platforms
from backlist.model.base import Extra, License, Location, People, Record, Value, text_for
from backlist.model.head import HeadHtml
from backlist.model.labels import Labels
from backlist.model.scalars import (
    BaseUrl,
    Contact,
    EditUrl,
    FeedElement,
    Ping,
    Place,
    Target,
    Text,
    Typeface,
    Url,
)


class Owner(Record):
    """Whom a directory writes to."""

    name: Text = Field(description="name of the person or company that owns the show")
    email: str | None = Field(None, description="becomes public in the feed")


class Funding(Record):
    """A way to support the show (podcast namespace, `funding`)."""

    url: Url = Field(description="where to give")
    text: str = Field("", description="the words to click, at best 128 characters")


class Txt(Record):
    """Free text for machines (podcast namespace, `txt`)."""

    text: Text = Field(max_length=4000, description="the text")
    purpose: str | None = Field(None, max_length=128, description="what it is for")


class Show(Record):
    """What a directory shows of the podcast."""

    title: Text = Field(description="the show's title")
    description: Text = Field(description="what the show is about; plain text")
    author: str | None = Field(None, description="who makes the show")
    language: str = Field("en", description="language of the show (BCP 47: `en`, `pt-br`)")
    categories: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (), description="Apple's categories, `Technology` or `Society & Culture > Documentary`"
    )
    explicit: bool = Field(False, description="whether the show is marked explicit")
    type: Literal["episodic", "serial"] = Field("episodic", description="how to listen to it")
    image: Place | None = Field(
        None, description="square cover: an address, or a path in `static/`"
    )
    owner: Owner | None = Field(None, description="name and e-mail directories use")
    copyright: str | None = Field(None, description="the rights line")
    guid: str | None = Field(None, description="the show's `podcast:guid`, once it has one")
    link: Url | None = Field(None, description="the show's page elsewhere, as a feed gave it")
    people: People = Field((), description="the hosts")
    funding: tuple[Funding, ...] = Field((), description="ways to support the show")
    locked: bool | None = Field(
        None, description="whether other hosts must refuse to import the feed; no during a move"
    )
    medium: str = Field("podcast", description="what the feed carries (`podcast`, `audiobook`, …)")
    license: License | None = Field(None, description="the terms of use")
    location: Location | None = Field(None, description="where the show is about")
    value: tuple[Value, ...] = Field((), description="payments while listening")
    txt: tuple[Txt, ...] = Field((), description="further texts for machines")
    block: bool = Field(False, description="hides the show from directories; say it on purpose")
    complete: bool = Field(False, description="no episode will follow; apps then ask less often")
    feed_elements: tuple[FeedElement, ...] = Field(
        (),
        description="further elements of the feed's channel, each as XML; see "
        "`backlist docs feeds`",
    )
    ai_generated: str | None = Field(
        None, description="a sentence that discloses machine-made content; shown and in the feed"
    )
    extra: Extra = Field(
        {}, description="keys of your own, for your templates (see `backlist docs templates`)"
    )


class Link(Record):
    """A labelled address."""

    label: Text = Field(description="the words to click")
    url: Target = Field(min_length=1, description="an address, or a path of this site (`about/`)")


class Platform(Record):
    """Where the show is in an app or a network; a text alone is its address."""

    url: Target = Field(min_length=1, description="the show's page there, or a link the app opens")
    label: str = Field(
        "",
        description="the words to click; needed only where backlist does not know the host "
        "(see `backlist docs subscribing`)",
    )

    @model_validator(mode="after")
    def _has_a_name(self) -> "Platform":
        if urls.host(self.url) in platforms.MANAGED:
            message, hint = _FOR_OWNERS
        elif not (self.label or platforms.recognised(self.url)):
            message, hint = _NAMELESS
        else:
            return self
        given = {"message": f'{message}: "{self.url}"', "hint": hint}
        raise PydanticCustomError("backlist", "{message}", given)


_NAMELESS = "needs a label, because its host is not a known one", "add a line `label: …`"
_FOR_OWNERS = (
    "is where you manage the show; listeners cannot open it",
    "write the address of the show's public page",
)

Platforms = tuple[Annotated[Platform, text_for("url")], ...]


class FeedSettings(Record):
    """How the feeds are published."""

    url: Url | None = Field(
        None, description="public address of the main feed, if it is not base_url + feed.xml"
    )
    previous_urls: tuple[Url, ...] = Field(
        (), description="earlier addresses of the main feed; for a planned move, add the old one"
    )
    topics: bool = Field(True, description="whether each topic has a feed of its own")
    page_size: int | None = Field(
        None, ge=10, description="episodes an archive page (RFC 5005); no pages without it"
    )
    copies: tuple[Literal["transcripts", "chapters", "sound"], ...] = Field(
        (),
        description="what the feed names at this site once `backlist mirror` has brought it home "
        "(`transcripts`, `chapters`, `sound`), in place of the addresses in the records; pages use "
        "copies without it",
    )
    complete: bool = Field(
        True, description="whether the main feed holds every episode although there are pages"
    )


class FollowSettings(Record):
    """How the site follows the feed of the show's host (`backlist follow`)."""

    feed: Url | None = Field(
        None, description="address of the host's feed; without it, that of the last import"
    )
    how: Literal["pull request", "commit"] = Field(
        "pull request",
        description="`pull request` keeps one that you merge; `commit` takes changes over at once, "
        "if the checks find no error",
    )
    branch: Text = Field("follow-feed", description="the branch of the pull request")
    keep_alive: bool = Field(
        True, description="whether GitHub is kept from stopping the schedule after 60 quiet days"
    )
    pings: tuple[Ping, ...] = Field(
        (),
        description="who is told when your published feed changes: `podcast index`, `podping`, or "
        "the address of a WebSub hub",
    )


class Site(Record):
    """Where and how the archive is published."""

    base_url: BaseUrl = Field(description="public address of the home page, with any sub-path")
    tagline: str | None = Field(None, description="one line under the show's title")
    accent: str | None = Field(
        None,
        pattern=r"^#[0-9a-fA-F]{6}$",
        description="accent colour, `#rrggbb`; without it, that of the show's picture, or one "
        "chosen by the show's title",
    )
    theme: Literal["classic", "studio"] = Field(
        "classic",
        description="look of the pages: `classic`, set like a good magazine, or `studio`, with a "
        "large cover, rounded cards and strong colour",
    )
    font: Typeface = Field(
        "serif",
        description="typeface of what is read: `serif`, `oldstyle`, `sans`, `grotesque`, `slab`, "
        "`mono`, or a list of fonts that readers have (`Charter, Georgia, serif`)",
    )
    navigation: tuple[Link, ...] = Field((), description="further links in the header")
    subscribe: Platforms = Field(
        (),
        description="apps and directories that carry the show, the most used first; addresses are "
        "enough for known ones",
    )
    social: Platforms = Field((), description="accounts of the show in social networks")
    newsletter: Target | None = Field(None, description="where readers sign up for the newsletter")
    contact: Contact | None = Field(
        None,
        description="an e-mail address, or the address of a page; pages show it, and never "
        "`show.owner.email`",
    )
    head: HeadHtml | None = Field(
        None,
        description="HTML for the head of every page, such as a script that counts visits; it is "
        "published as it is (see `backlist docs safety`)",
    )
    edit_url: EditUrl | None = Field(
        None,
        description="where a reader can edit a file, `{file}` for its path: "
        "`https://github.com/owner/name/edit/main/{file}`",
    )
    feed: FeedSettings = Field(FeedSettings(), description="the feeds")
    follow: FollowSettings = Field(
        FollowSettings(),
        description="following the feed of the show's host; `backlist docs following` shows how",
    )
    renamed_topics: Mapping[Text, Text] = Field(
        {},
        description="earlier names of topics, each with the name it has now: the page and the feed "
        "of the old name lead on (`KV caches: KV cache`)",
    )
    labels: Labels = Field(Labels(), description="the theme's own words, to rename or translate")
    related: int = Field(5, ge=0, le=20, description="related episodes an episode page may show")
    host_lines: bool = Field(
        True,
        description="whether lines that hosts add to notes, such as `Hosted on …. See …/privacy`, "
        "are shown; `false` leaves them out of pages, feeds and search, never of the records",
    )
    slugs: Literal["ascii", "unicode"] = Field(
        "ascii",
        description="letters of the addresses that are made of titles, topics and names: `ascii` "
        "writes all in Latin letters; `unicode` keeps those of other scripts. Choose before you "
        "publish: pages of topics and people move when it changes",
    )
    search: bool = Field(True, description="whether readers can search the archive")
    share_cards: Literal["auto", "all", "off"] = Field(
        "auto",
        description="pictures drawn for shared links: `auto` draws one for the show and each "
        "episode while the show has no picture, above 500 episodes for the show alone; `all` "
        "draws one for every episode without a picture; `off` draws none",
    )
    covers: Literal["cards", "books"] = Field(
        "cards",
        description="what is drawn where neither episode nor show has a picture in `static/`: "
        "`cards` with a number or the show's initials; `books`, a shelf of an episode's sources",
    )
    mirror_pictures: bool = Field(
        False,
        description="whether `backlist mirror` also brings home the pictures in notes; "
        "those at other hosts are links on pages",
    )
    embeds: Literal["auto", "all", "off"] = Field(
        "auto",
        description="code that others embed an episode by: `auto` and `all` make a small page for "
        "frames, two files an episode; above 500 episodes `auto` offers the browser's own player "
        "in its place; `off` offers nothing",
    )
    numbers: bool = Field(True, description="whether season and episode numbers are shown")
    map: bool | None = Field(
        None, description="whether there is a map; without it, where 20 links join the episodes"
    )
    corpus: bool = Field(
        False,
        description="whether all texts, also what is said, are published for machines in "
        "`corpus.jsonl.gz`, a passage a line (see `backlist docs corpus`)",
    )
    schemas: bool = Field(
        False,
        description="whether the JSON Schemas of your files are published, at `schemas/NAME.json`",
    )
    extra: Extra = Field(
        {}, description="keys of your own, for your templates (see `backlist docs templates`)"
    )

    @property
    def every_script(self) -> bool:
        """Whether slugs keep the letters of scripts other than Latin."""
        return self.slugs == "unicode"


class Settings(Record):
    """The whole of `site.yaml`."""

    show: Show = Field(description="the podcast")
    site: Site = Field(description="the published site")
