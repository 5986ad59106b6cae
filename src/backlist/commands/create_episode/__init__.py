"""An episode that is made here: by a person (`new`), or by a program (`add`).

Its slug, guid and date are written down now and never computed again. `new` writes a record for a
person to go on with; `add` merges what a program gives, three-way, as an import does.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backlist import content, files
from backlist.commands import create_site
from backlist.content import Document
from backlist.importers import records
from backlist.model import Settings
from backlist.problems import BacklistError, Level, Problems, Where


@dataclass(frozen=True, slots=True)
class Known:
    """A record that the site has: its file, the text of it, and what stands there, untyped."""

    path: str
    text: str
    document: Document

    @property
    def slug(self) -> str:
        """Its place on the site; that of the file's name where it says none."""
        return str(self.document.data.get("slug") or Path(self.path).stem)

    @property
    def guid(self) -> str | None:
        """Its identity in the feed."""
        return self.document.data.get("guid")

    @property
    def sound(self) -> str | None:
        """The address or the file of its recording."""
        return sound_of(self.document.data.get("audio"))


def sound_of(audio: Any) -> str | None:
    """What tells one recording from another, as `audio:` says it."""
    if isinstance(audio, Mapping):
        audio = audio.get("url") or audio.get("file")
    return audio if isinstance(audio, str) else None


@dataclass(frozen=True, slots=True)
class Here:
    """A site as far as a new episode has to fit into it."""

    root: Path
    settings: Settings
    known: tuple[Known, ...]

    @property
    def guids(self) -> set[str]:
        """Every guid that is given away."""
        return {one.guid for one in self.known if one.guid}


def read_site(root: Path, problems: Problems) -> Here | None:
    """The site, or None with what is wrong reported.

    Raises `BacklistError` where there is none. Records are not validated, nor warned of: what is
    wrong with another episode is for a build to say, unless it cannot be read at all.
    """
    create_site.require_site(root)
    if not (root / content.SITE).is_file():
        hint = "run `backlist init DIR` first, or name the site's folder with `--site DIR`"
        raise BacklistError(Where(str(root)), "is not a site: it has no `site.yaml`", hint)
    text = _read(root / content.SITE, content.SITE, problems)
    document = content.parse_yaml(text, content.SITE, problems) if text is not None else None
    settings = document and content.read(Settings, document, problems)
    known = []
    for name, path in files.find_all(root, records.FOLDER, problems).items():
        file = f"{records.FOLDER}/{name}"
        if not content.is_markdown(name):
            continue
        text, found = _read(path, file, problems), Problems()
        said = content.parse_markdown(text, file, found) if text is not None else None
        problems.extend(one for one in found if one.level is Level.ERROR)
        if said is not None and text is not None:
            known.append(Known(file, text, said))
    return Here(root, settings, tuple(known)) if settings and not problems.stop() else None


def slug_for(title: str, here: Here, taken: Container[str] = ()) -> str:
    """The slug of a title; that of its digest where nothing in it can be spelt."""
    script = here.settings.site.every_script
    return records.choose_slug(title, (), taken, Where(""), Problems(), every_script=script)


def _read(path: Path, file: str, problems: Problems) -> str | None:
    try:
        return content.decode(files.read(path), file, problems)
    except OSError as error:
        problems.extend([files.unreadable(file, error)])
    return None


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Write files by their paths from the site's folder; raises `BacklistError` where one is not.

    Each is whole or as it was, and after those that are written the others can be written again.
    """
    try:
        for file, text in texts.items():
            files.replace(root / file, text.encode(), durable=False)
        files.settle()
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        hint = "check the folder's permissions and the space on the disk, then run it again"
        raise BacklistError(Where(str(error.filename or root)), message, hint) from error
