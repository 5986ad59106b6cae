"""What records lack: facts a listener, an app or a directory will miss."""

from backlist import urls
from backlist.files.output import Outputs
from backlist.model import Status
from backlist.model.episode import NOTES_TO_WRITE
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive, Entry

LENGTH_UNKNOWN = "`audio.length` is unknown: the feed says 0 bytes"


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report each published episode that stays out of the feed, and what the feed will lack."""
    for entry in archive.entries:
        _check_topics(entry, archive, problems)
        if entry.episode.status is Status.PUBLISHED:
            _check_feed_place(entry, problems)
    _check_pictures(archive, problems)
    _check_texts(archive, problems)
    if not archive.show.image:
        problems.warning(
            Where("site.yaml"),
            "`show.image` is missing: directories reject a show without a cover",
            "name a square JPEG or PNG of 1400 to 3000 pixels, an address or a file in `static/`",
        )
    if urls.is_placeholder(archive.site.base_url):
        problems.warning(
            Where("site.yaml"),
            f"`site.base_url` is a placeholder: {archive.site.base_url}",
            "write the address the site is published at, or build with `--base-url`",
        )
    if not archive.show.categories:
        problems.warning(
            Where("site.yaml"),
            "`show.categories` is missing: directories list a show by category",
            "add a line such as `categories: [Technology]`",
        )


def _check_pictures(archive: Archive, problems: Problems) -> None:
    """Pages show no picture of another host: told once, with the command that brings them home.

    Who wrote a site by hand named the show's elsewhere on purpose; who imported it did not.
    """
    elsewhere = [entry for entry in archive.entries if "://" in (entry.episode.image or "")]
    meant = not elsewhere and not any(entry.is_imported for entry in archive.entries)
    named = ["that of the show"] if "://" in (archive.show.image or "") and not meant else []
    if elsewhere:
        count = len(elsewhere)
        named.append("that of 1 episode" if count == 1 else f"those of {count} episodes")
    if named:
        problems.info(
            Where("site.yaml"),
            f"pictures are at other hosts, and pages do not show them: {' and '.join(named)}",
            "`backlist mirror` brings them home",
        )


def _check_texts(archive: Archive, problems: Problems) -> None:
    """Transcripts and chapters of other hosts, for which a page asks nobody: told once."""
    unheard = [
        entry for entry in archive.full if entry.episode.transcripts and not entry.transcript
    ]
    unmarked = [
        entry for entry in archive.full if entry.episode.chapters_url and not entry.chapters
    ]
    count = sum(any("://" in one.url for one in entry.episode.transcripts) for entry in unheard)
    named = [
        f"the {what} of {'1 episode' if number == 1 else f'{number} episodes'}"
        for what, number in (("transcripts", count), ("chapters", len(unmarked)))
        if number
    ]
    if named:
        problems.info(
            Where("site.yaml"),
            f"{' and '.join(named)} are at other hosts only, neither shown nor searched",
            "`backlist mirror` brings them home",
        )


def _check_topics(entry: Entry, archive: Archive, problems: Problems) -> None:
    for name in entry.episode.topics:
        if not archive.topic(name):
            problems.warning(
                Where(entry.file),
                f"the topic `{name}` cannot be used in an address and gets no page",
                "give it a name with a letter or digit",
            )


def _check_feed_place(entry: Entry, problems: Problems) -> None:
    episode, where = entry.episode, Where(entry.file)
    if NOTES_TO_WRITE in episode.body:
        problems.error(
            Where(entry.file, entry.body_line),
            f"its notes are not written: `{NOTES_TO_WRITE}` would be published",
            "write them, or add a line `status: draft` above until they are",
        )
    if episode.audio is None:
        problems.info(
            where,
            "has no audio address: its page has no player, and it is not in the feed",
            "import the show's feed, or add `audio:` with the address of the audio file",
        )
        return
    if episode.guid is None:
        problems.info(
            where,
            "has no guid, because a directory page shows none: it is not in the feed",
            "import the show's live feed, which has it; if there is none, "
            f"`backlist assign-guid {episode.slug}` makes the audio address its guid",
        )
        return
    if episode.audio.length is None:
        problems.warning(
            where,
            LENGTH_UNKNOWN,
            "add the file's size in bytes: `audio:` with `url:` and `length:`",
        )
    if episode.date is None:
        problems.warning(
            where, "`date` is missing: apps sort by it", "add the day it was published"
        )
