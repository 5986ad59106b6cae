"""Which sources are other episodes of the same show, told by their audio addresses.

A file is known by its name: a mistyped or changed host does not make it another episode. An
episode that is only mentioned can become a stub: a title and a sound file, nothing more.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from backlist import urls
from backlist.importers.draft import Draft, Reading
from backlist.model import Audio, Episode, Status
from backlist.model.scalars import Moment, moment
from backlist.problems import Problems, Where


@dataclass(frozen=True, slots=True)
class Mention:
    """A source that is an episode: its address and file, the title given, who names it where."""

    url: str
    file: str
    title: str | None
    by: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """The mentions in a reading, how many files of its own they name, and which have no record.

    `missing` has the first mention of each file that nothing is known of, with its usual address.
    """

    mentions: tuple[Mention, ...] = ()
    here: int = 0
    missing: tuple[Mention, ...] = ()

    @property
    def files(self) -> set[str]:
        """The files mentioned."""
        return {mention.file for mention in self.mentions}


def audio_file(url: str) -> str:
    """The name of a sound file on any host, also where one address is wrapped in another."""
    return unquote(urls.split(url).path).rstrip("/").rsplit("/", 1)[-1]


def _host(url: str) -> str:
    return (urls.split(url).hostname or "").lower()


def find_mentions(reading: Reading, own: Iterable[str] = ()) -> tuple[Mention, ...]:
    """The sources that name episodes of this show, in order.

    They are sound files whose title is that of an episode or begins with the show's name, or on a
    host that such files, the show's own audio or `own` (the addresses in its records) use.
    """
    prefix = f"{reading.show.title}: " if reading.show.title else ""
    titles = {draft.title for draft in reading.drafts}
    hosts = {_host(url) for url in own}
    hosts |= {_host(draft.audio.url) for draft in reading.drafts if draft.audio}
    listed = []
    for draft in reading.drafts:
        for source in draft.sources:
            if not source.url or not urls.is_audio(source.url):
                continue
            title = source.title.removeprefix(prefix) if source.title else None
            file = audio_file(source.url)
            listed.append(Mention(source.url, file, title, draft.title, draft.line))
            if title != source.title or source.title in titles:
                hosts.add(_host(source.url))
    files = {mention.file for mention in listed if _host(mention.url) in hosts}
    return tuple(mention for mention in listed if mention.file in files)


def usual_addresses(mentions: Sequence[Mention]) -> dict[str, str]:
    """The address of each mentioned file: of several hosts the one most mentions use."""
    uses = Counter(_host(mention.url) for mention in mentions)
    chosen: dict[str, str] = {}
    for mention in mentions:
        known = chosen.get(mention.file)
        if known is None or uses[_host(mention.url)] > uses[_host(known)]:
            chosen[mention.file] = mention.url
    return chosen


def adopt_audio(reading: Reading, problems: Problems) -> tuple[Draft, ...]:
    """The drafts, each with the audio address that mentions of its title show."""
    mentions = find_mentions(reading)
    addresses = usual_addresses(mentions)
    _report_odd_hosts(reading, mentions, addresses, problems)
    named: dict[str | None, dict[str, str]] = defaultdict(dict)
    for mention in mentions:
        named[mention.title][mention.file] = mention.by
    titles = Counter(draft.title for draft in reading.drafts)
    drafts = []
    for draft in reading.drafts:
        files = named.get(draft.title, {})
        if draft.audio or titles[draft.title] > 1 or not files:
            drafts.append(draft)
        elif len(files) > 1:
            drafts.append(draft)
            problems.warning(
                reading.where(draft),
                f"`{draft.title}` is mentioned with {len(files)} files: "
                + ", ".join(f"`{file}`" for file in sorted(files)),
                "the audio address was not used; write the right one into the record",
            )
        else:
            [(file, by)] = files.items()
            drafts.append(draft.model_copy(update={"audio": Audio(url=addresses[file])}))
            problems.info(
                reading.where(draft),
                f"`{draft.title}` has its audio address from a mention of it in `{by}`",
            )
    return tuple(drafts)


def _report_odd_hosts(
    reading: Reading, mentions: Iterable[Mention], usual: Mapping[str, str], problems: Problems
) -> None:
    """Warn of every mention whose file is on another host in most mentions."""
    for mention in mentions:
        odd, host = _host(mention.url), _host(usual[mention.file])
        if odd != host:
            problems.warning(
                Where(reading.name, mention.line),
                f"host `{odd}` looks mistyped: the same file is on `{host}`",
                f"`{mention.file}` is taken from `{host}`; the source keeps what the show wrote",
            )


def survey(reading: Reading, own: Sequence[str]) -> Survey:
    """The mentions in a reading, compared with its own drafts and `own`, the records' addresses."""
    mentions = find_mentions(reading, own)
    here = {audio_file(draft.audio.url) for draft in reading.drafts if draft.audio}
    known = here | {audio_file(url) for url in own}
    usual = usual_addresses(mentions)
    by_file: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_file[mention.file].append(mention)
    missing = tuple(
        Mention(
            usual[file],
            file,
            next((mention.title for mention in found if mention.title), None),
            found[0].by,
            found[0].line,
        )
        for file, found in by_file.items()
        if file not in known
    )
    return Survey(mentions, len(here & set(by_file)), missing)


def choose_stubs(
    missing: Iterable[Mention], silent: Mapping[str, str], reading: Reading, problems: Problems
) -> list[Mention]:
    """The mentioned files that get a stub.

    Not one without a title, nor one whose title is that of a record that knows no audio yet
    (`silent`: title → file): that is for a person to join.
    """
    chosen = []
    for mention in missing:
        where = Where(reading.name, mention.line)
        if not mention.title:
            problems.info(where, f"`{mention.file}` is mentioned without a title; no stub is made")
        elif mention.title in silent:
            problems.info(
                where,
                f"`{mention.file}` has the title of {silent[mention.title]}; no stub is made",
                f"if it is the same episode, write `audio: {mention.url}` into that record",
            )
        else:
            chosen.append(mention)
    return chosen


def stub_of(mention: Mention, slug: str) -> Episode:
    """The stub record; the day in the file's name is a guess at its date, and marked so."""
    day = _day_in(mention.file)
    return Episode(
        title=mention.title or mention.file,
        slug=slug,
        status=Status.STUB,
        date=day,
        date_approximate=day is not None,
        audio=Audio(url=mention.url),
    )


def _day_in(file: str) -> Moment | None:
    """The day a file's name begins with, or None."""
    match = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", file)
    try:
        return moment(match[0]) if match else None
    except ValueError:
        return None
