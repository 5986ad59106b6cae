"""Which sources are other episodes of the same show, told by their audio addresses.

A file is known by its name: a mistyped or changed host does not make it another episode.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from backlist import urls
from backlist.importers.draft import Draft, Reading
from backlist.model import Audio, Source
from backlist.problems import Problems, Where
from backlist.urls import is_audio


@dataclass(frozen=True, slots=True)
class Mention:
    """A source that is an episode: its file, the title it is given, and where it is named."""

    file: str
    url: str
    title: str | None
    by: str
    line: int = 0


def audio_file(url: str) -> str:
    """The name of a sound file on any host, also where one address is wrapped in another."""
    return unquote(urls.split(url).path).rstrip("/").rsplit("/", 1)[-1]


def host(url: str) -> str:
    """The host of an address, lower case."""
    return (urls.split(url).hostname or "").lower()


def short_title(title: str, show: str | None) -> str:
    """A title as mentioned, without the show's name before it."""
    return title.removeprefix(f"{show}: ") if show else title


def find_mentions(reading: Reading, hosts: Iterable[str] = ()) -> tuple[Mention, ...]:
    """The sources that name episodes of this show, in order.

    They are sound files whose title begins with the show's name, or on a host that such files,
    the show's own audio or `hosts` (of the records) use.
    """
    listed = [
        (draft, source)
        for draft in reading.drafts
        for source in draft.sources
        if source.url and is_audio(source.url)
    ]
    own = {host(draft.audio.url) for draft in reading.drafts if draft.audio} | set(hosts)
    own |= {host(source.url or "") for _, source in listed if _is_named(source, reading)}
    files = {audio_file(source.url or "") for _, source in listed if host(source.url or "") in own}
    return tuple(
        _mention(draft, source, reading)
        for draft, source in listed
        if host(source.url or "") in own or audio_file(source.url or "") in files
    )


def _is_named(source: Source, reading: Reading) -> bool:
    """Whether a source bears the show's name, or the whole title of one of its episodes."""
    prefix = reading.show.title
    if prefix and source.title and source.title.startswith(f"{prefix}: "):
        return True
    return any(source.title == draft.title for draft in reading.drafts)


def _mention(draft: Draft, source: Source, reading: Reading) -> Mention:
    url = source.url or ""
    title = short_title(source.title, reading.show.title) if source.title else None
    return Mention(audio_file(url), url, title, draft.title, draft.line)


def addresses(mentions: Iterable[Mention]) -> dict[str, str]:
    """The address of each mentioned file: of several hosts the one most mentions use."""
    found = list(mentions)
    uses = Counter(host(mention.url) for mention in found)
    chosen: dict[str, str] = {}
    for mention in found:
        known = chosen.get(mention.file)
        if known is None or uses[host(mention.url)] > uses[host(known)]:
            chosen[mention.file] = mention.url
    return chosen


def report_odd_hosts(
    reading: Reading, mentions: Iterable[Mention], chosen: Mapping[str, str], problems: Problems
) -> None:
    """Warn of every mention whose file stands on another host in most mentions."""
    for mention in mentions:
        odd, usual = host(mention.url), host(chosen[mention.file])
        if odd != usual:
            problems.warning(
                Where(reading.name, mention.line),
                f"host `{odd}` looks mistyped: the same file stands on `{usual}`",
                f"`{mention.file}` is taken from `{usual}`; the source keeps what the show wrote",
            )


def adopt_audio(reading: Reading, problems: Problems) -> tuple[Draft, ...]:
    """The drafts, each with the audio address that mentions of its title show."""
    mentions = find_mentions(reading)
    chosen = addresses(mentions)
    report_odd_hosts(reading, mentions, chosen, problems)
    titles = Counter(draft.title for draft in reading.drafts)
    return tuple(
        draft
        if draft.audio or titles[draft.title] > 1
        else _adopt(draft, reading, mentions, chosen, problems)
        for draft in reading.drafts
    )


def _adopt(
    draft: Draft,
    reading: Reading,
    mentions: Iterable[Mention],
    chosen: Mapping[str, str],
    problems: Problems,
) -> Draft:
    files = {mention.file: mention.by for mention in mentions if mention.title == draft.title}
    where = Where(reading.name, draft.line)
    if len(files) > 1:
        problems.warning(
            where,
            f"`{draft.title}` is mentioned with {len(files)} files: "
            + ", ".join(f"`{file}`" for file in sorted(files)),
            "no audio address is taken; write the right one into the record",
        )
    if len(files) != 1:
        return draft
    file, by = next(iter(files.items()))
    problems.notice(where, f"`{draft.title}` has its audio address from a mention of it in `{by}`")
    return replace(draft, audio=Audio(url=chosen[file]))
