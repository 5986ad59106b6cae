"""The transcripts that episodes name: which are published, which is shown, what is said in it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from backlist import urls
from backlist.feed.vocabulary import LINKED_TYPES, TRANSCRIPT_TYPES
from backlist.files import File
from backlist.load import TRANSCRIPTS, Reader
from backlist.model.copies import uncopied
from backlist.problems import Problems, Where, did_you_mean
from backlist.resolve.files import EpisodeFile, TranscriptFile, read_transcript

_FOR_APPS = (".vtt", ".srt")


def published(item: EpisodeFile, problems: Problems) -> EpisodeFile:
    """An episode without the files that are no transcripts and could run on the site's address.

    What is left out, and what is published without being read, is reported.
    """
    named = item.episode.transcripts
    read = any(_is_read(one.url) for one in named if "://" not in one.url)
    kept = []
    for index, one in enumerate(named):
        kind = urls.extension(one.url)
        where = item.document.where("transcripts", index)
        if "://" in one.url or _is_read(one.url):
            kept.append(one)
        elif kind in LINKED_TYPES:
            kept.append(one)
            if not read:
                problems.info(
                    where,
                    f"{one.url} is linked only: a `{kind}` file is not shown and not searched",
                    "name a WebVTT, SRT, HTML or text export before it, if you have one",
                )
        else:
            problems.warning(
                where,
                f"{one.url} is left out: `{kind or one.url}` is no kind of transcript",
                "export it as WebVTT, SRT, JSON, HTML, Markdown, TTML or text; "
                f"{', '.join(LINKED_TYPES)} files are linked as they are",
            )
    return without(item, frozenset(one.url for one in named if one not in kept))


def files(
    shown: Iterable[EpisodeFile], there: Mapping[str, Path], problems: Problems
) -> dict[str, str]:
    """The files of `content/transcripts/` that episodes name; one that is not there is an error."""
    found = {}
    for item in shown:
        for index, named in enumerate(item.episode.transcripts):
            name = named.url
            if "://" in name:
                continue
            if name in there:
                found[name] = str(there[name])
                continue
            problems.error(
                item.document.where("transcripts", index),
                f"there is no file {TRANSCRIPTS}/{name}",
                did_you_mean(name, there) or "put it there, or write a full address",
            )
    return found


def spoken(
    shown: Iterable[EpisodeFile], there: Mapping[str, str], reader: Reader, problems: Problems
) -> tuple[dict[str, TranscriptFile], frozenset[str]]:
    """What is said in each episode, in the first file it names that has words; the others' names.

    A file without words (a placeholder, JSON of an unknown kind) is reported where it is read.
    """
    wanted = {name: path for name, path in there.items() if _is_read(name)}
    listed = [File(f"{TRANSCRIPTS}/{name}", Path(path)) for name, path in wanted.items()]
    parsed = dict(zip(wanted, reader.each(read_transcript, listed), strict=True))
    found, unread = {}, {}
    for item in shown:
        named = [one.url for one in item.episode.transcripts]
        for name in named:
            one = parsed.get(name)
            if one is None:
                continue
            problems.extend(one.problems)
            if one.record is not None and one.record.transcript.cues:
                found[item.episode.slug] = one.record
                if one.record.transcript.form and not any(map(_is_for_apps, named)):
                    unread[name] = one.record.transcript.form
                break
    _report_unread(unread, problems)
    empty = (name for name, one in parsed.items() if one.record and not one.record.transcript.cues)
    return found, frozenset(empty)


def without(item: EpisodeFile, names: frozenset[str]) -> EpisodeFile:
    """An episode without the files of these names; a copy gives way to what it was made of."""
    kept = tuple(
        uncopied(one) if one.url in names else one
        for one in item.episode.transcripts
        if one.url not in names or uncopied(one) is not one
    )
    if kept == item.episode.transcripts:
        return item
    return replace(item, episode=item.episode.model_copy(update={"transcripts": kept}))


def _is_read(address: str) -> bool:
    return urls.extension(address) in TRANSCRIPT_TYPES


def _is_for_apps(address: str) -> bool:
    return urls.extension(address) in _FOR_APPS


def _report_unread(forms: Mapping[str, str], problems: Problems) -> None:
    """Say which transcripts are read here and not by podcast apps, in one message."""
    if not forms:
        return
    named = [f"{name} ({form})" for name, form in list(forms.items())[:3]]
    more = f" and {len(forms) - 3} more" if len(forms) > 3 else ""
    one = len(forms) == 1
    problems.info(
        Where(TRANSCRIPTS),
        f"{len(forms)} transcript{'' if one else 's'} that the page shows "
        f"{'is' if one else 'are'} in a form podcast apps do not read: {', '.join(named)}{more}",
        "name a WebVTT or SRT export of the same words beside it",
    )
