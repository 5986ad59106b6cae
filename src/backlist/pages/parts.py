"""The parts that several kinds of pages show: episodes in lists, topics, sources."""

from collections.abc import Iterable
from functools import partial

from backlist import locale, urls
from backlist.cache.keys import key_of
from backlist.model import Audio, Labels, Status, Verdict
from backlist.pages import formatting, rows
from backlist.pages.citations import wording
from backlist.pages.context import PageContext
from backlist.pages.views import Card, CardView, CoverView, Link, SourceView
from backlist.relate.archive import Archive, Citation, Entry, Kind, Work

SUMMARY = 280
"""Characters of an episode's summary on a card."""

COMMON = 12
"""A work that more episodes draw on is a commonplace: naming them all would drown the list."""


def mark(entry: Entry, labels: Labels = formatting.ENGLISH) -> str:
    """A word for an episode that is not simply published, or not a full one; else empty."""
    words = {Status.DRAFT: labels.draft, Status.STUB: labels.mentioned_only}
    kinds = {"trailer": labels.trailer, "bonus": labels.bonus}
    return words.get(entry.episode.status, "") or kinds.get(entry.episode.type, "")


def numbered(entry: Entry, labels: Labels) -> str:
    """`Season 2, episode 1`, as far as the episode has numbers; empty without any."""
    season = formatting.plain(entry.episode.season or "", labels)
    number = formatting.plain(entry.number, labels)
    if season and number:
        return labels.season_episode.format(season=season, number=number)
    if season:
        return labels.season_number.format(season=season)
    return labels.episode_number.format(number=number) if number else ""


def language_name(archive: Archive, entry: Entry) -> str:
    """In which language an episode is, in words; empty where it is the show's."""
    if not entry.language:
        return ""
    name = locale.language_name(entry.language, archive.show.language)
    return archive.site.labels.language_is.format(language=name)


def card(ctx: PageContext, slug: str, *, covered: bool = False) -> Card:
    """An episode as it stands in a list, `covered` where the list shows covers; made once."""
    made = ctx.site.covered if covered else ctx.site.cards
    if slug not in made:
        entry = ctx.archive.entry(slug)
        shown = ctx.site.covers.of(entry) if covered else None
        key = key_of(entry.listed_key, shown) if shown else entry.listed_key
        made[slug] = Card(key, partial(_card, ctx, entry, shown))
    return made[slug]


def _card(ctx: PageContext, entry: Entry, shown: CoverView | None) -> CardView:
    episode = entry.episode
    cited = sum(not one.is_mention for one in entry.citations)
    plays = rows.plays(ctx, entry)
    return CardView(
        title=episode.title,
        language=entry.language,
        direction=ctx.site.turned(episode.title),
        url=ctx.to(urls.episode(entry.slug)),
        number=rows.number(ctx.archive, entry),
        summary=formatting.cut(entry.summary, SUMMARY),
        line=rows.line(entry),
        date=formatting.day(episode.date, ctx.labels, approximate=episode.date_approximate),
        duration=formatting.duration(episode.audio.duration if episode.audio else None, ctx.labels),
        topics=tuple(topics(ctx, episode.topics)),
        sources=formatting.counted(cited, ctx.labels.n_sources) if cited else "",
        mark=mark(entry, ctx.labels),
        listenable=episode.audio is not None and episode.audio.is_played,
        recording=recording(episode.audio, ctx.labels),
        plays=plays,
        play=ctx.labels.play_title.format(title=episode.title) if plays else "",
        place=rows.place_key(entry),
        seconds=str((episode.audio and episode.audio.duration) or ""),
        interactive=any(one.id for one in entry.visualizations),
        transcript=entry.transcript is not None,
        stub=episode.status is Status.STUB,
        picture=ctx.site.covers.of_row(entry),
        cover=shown,
        extra=episode.extra,
    )


def recording(audio: Audio | None, labels: Labels) -> str:
    """What there is to hear, see or read, in words: `42 min`, `Video 42 min`, `Document`."""
    if audio is None:
        return ""
    length = formatting.duration(audio.duration, labels)
    if audio.kind == "audio":
        return length or labels.audio
    if audio.kind != "video":
        return labels.document
    return labels.video_length.format(length=length) if length else labels.video


def cards(ctx: PageContext, slugs: Iterable[str], *, covered: bool = False) -> tuple[Card, ...]:
    """Episodes as they stand in a list."""
    return tuple(card(ctx, slug, covered=covered) for slug in slugs)


def source_count(entry: Entry, labels: Labels) -> str:
    """How many of the numbered entries are sources, and how many other episodes."""
    episodes = sum(one.is_mention for one in entry.citations)
    counts = ((len(entry.citations) - episodes, labels.n_sources), (episodes, labels.n_episodes))
    return labels.comma.join(formatting.counted(*count) for count in counts if count[0])


def topics(ctx: PageContext, names: Iterable[str]) -> Iterable[Link]:
    """Links to topic pages."""
    known = ((name, ctx.archive.topic(name)) for name in names)
    return (ctx.page_link(name, urls.topic(topic.slug)) for name, topic in known if topic)


def source(ctx: PageContext, entry: Entry, citation: Citation) -> SourceView:
    """One entry of the numbered list, ready to print."""
    also = tuple(_also(ctx, entry, citation))
    work = ctx.archive.work(citation.work) if citation.work else None
    url = ctx.to(urls.episode(citation.mention)) if citation.mention else citation.url or ""
    return SourceView(
        number=citation.number,
        figure=_figure(ctx, citation.number),
        name=ctx.labels.source_number.format(n=_figure(ctx, citation.number)),
        kind=citation.kind.value,
        label=_kind_in_words(citation.kind, ctx.labels),
        title=source_title(citation, ctx.labels),
        url=url,
        search=citation.search or "",
        authors="" if citation.is_mention else authors(citation, ctx.labels),
        year="" if citation.is_mention else citation.year or "",
        venue=(work and work.venue) or "",
        place=urls.host(url) if url and not citation.is_mention else "",
        note=citation.source.note or "",
        published=wording.published(citation, ctx.labels),
        state=state(work, ctx.labels),
        also=also,
        also_title=formatting.counted(len(also), ctx.labels.also_in_n),
        work=ctx.to(urls.work(work.slug)) if work and work.has_page else "",
    )


def _figure(ctx: PageContext, number: int) -> str:
    return formatting.figure(number, ctx.labels.language)


def _kind_in_words(kind: Kind, labels: Labels) -> str:
    """The kind of a source where it must be said; a work needs no word."""
    words = {
        Kind.SUBJECT: labels.subject,
        Kind.EPISODE: labels.episode,
        Kind.ABSENT: labels.absent,
    }
    return words.get(kind, "")


def source_title(citation: Citation, labels: Labels = formatting.ENGLISH) -> str:
    """What a source is called, where anything is known of it."""
    return citation.title or labels.untitled_source


def authors(citation: Citation, labels: Labels = formatting.ENGLISH) -> str:
    """A source's authors as they are shown; a text that names nobody says so."""
    named = wording.authors(citation, labels)
    return named or (labels.unknown_author if citation.source.authors else "")


def state(work: Work | None, labels: Labels) -> str:
    """What readers should know of a work that is retracted or gone, and when it was seen."""
    status = work.status if work else None
    words = {Verdict.RETRACTED: labels.retracted, Verdict.GONE: labels.address_gone}
    what = words.get(status.verdict, "") if status else ""
    seen = formatting.day(status.date, labels) if status else None
    return labels.seen_on.format(what=what, date=seen.text) if what and seen else what


def checked(work: Work, labels: Labels) -> str:
    """When somebody compared what is said of a work with its publication; empty if nobody did."""
    same = work.status if work.status and work.status.verdict.is_same else None
    seen = formatting.day(same.date, labels) if same else None
    return labels.details_checked.format(date=seen.text) if seen else ""


def _also(ctx: PageContext, entry: Entry, citation: Citation) -> Iterable[Link]:
    """The other episodes that draw on the same work."""
    if citation.work is None:
        return
    work = ctx.archive.work(citation.work)
    others = work.episodes
    if len(others) > COMMON:
        return
    for slug in others:
        if slug != entry.slug:
            yield ctx.episode_link(slug)


def work_title(work: Work, labels: Labels = formatting.ENGLISH) -> str:
    """What a work is called, where anything is known of it."""
    return work.name or labels.untitled_source


PLACES = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "openreview": "https://openreview.net/forum?id={}",
}
"""Where public identifiers of works lead."""


def public_address(ident: str) -> str:
    """The address of a work by its public id, `arxiv:2306.14048`; an address is its own."""
    kind, _, name = ident.partition(":")
    return PLACES[kind].format(name) if kind in PLACES else ident
