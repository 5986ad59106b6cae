"""Creating a site: a folder of real files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backlist import content, files, locale
from backlist.commands.create_site import repository
from backlist.commands.create_site.settings import first_settings
from backlist.content import schemas
from backlist.content.markdown_text import escape_words
from backlist.problems import BacklistError, Problems, Where

_BLANK = {
    "title": "Name of the show",
    "description": "One or two sentences on what the show is about.",
}
_HEADING = (
    schemas.modeline("site", content.SITE)
    + "# The show, and where its archive is published; `backlist docs site` lists every key.\n"
)


def require_site(root: Path, *, or_empty: bool = True) -> None:
    """Raise `BacklistError` unless `root` is a site, or an empty folder that can become one."""
    if not (root / content.SITE).is_file() and not (or_empty and is_empty(root)):
        raise BacklistError(
            Where(str(root)),
            "is not a site: it has no `site.yaml`",
            "go to the site's folder, name it with `--site DIR`, or "
            + ("start in an empty folder" if or_empty else "create one: `backlist init DIR`"),
        )


def is_empty(root: Path) -> bool:
    """Whether a folder holds nothing but what Git keeps, or does not exist yet."""
    return not root.exists() or (
        root.is_dir() and all(path.name == ".git" for path in root.iterdir())
    )


def require_empty(root: Path) -> None:
    """Raise `BacklistError` unless a folder holds nothing, or does not exist yet."""
    if (root / content.SITE).is_file():
        raise BacklistError(
            Where(str(root)),
            "is already a site",
            f"choose another folder, or add to this site: `backlist import SOURCE --site {root}`",
        )
    if not is_empty(root):
        raise BacklistError(
            Where(str(root)), "is not empty", "choose another folder, or empty this one"
        )


def create(root: Path, show: Mapping[str, Any] | None = None) -> list[str]:
    """Write the first files of a site and give their names.

    `show` is a `show:` mapping known from elsewhere. Raises `BacklistError` when the folder
    holds something already.
    """
    require_empty(root)
    made = _first_files(dict(show or _BLANK))
    for name, text in made.items():
        files.replace(root / name, text.encode())
    return list(made)


def title_of(root: Path) -> str:
    """The show's title in `site.yaml`, or the folder's name where it gives none."""
    text = (root / content.SITE).read_text("utf-8", "replace")
    settings = content.parse_yaml(text, content.SITE, Problems())
    show = settings.data.get("show") if settings else None
    title = show.get("title") if isinstance(show, dict) else None
    return str(title or root.resolve().name)


def _first_files(show: Mapping[str, Any]) -> dict[str, str]:
    """Name → text of the files a site begins with."""
    language = str(show.get("language", ""))
    slugs = slugs_in(language)
    site = {"slugs": slugs} if slugs != "ascii" else {}
    about = {"title": _about(language), "slug": "about"}
    return {
        content.SITE: _HEADING + first_settings(show, site),
        "content/pages/about.md": content.dump_markdown(about, _as_markdown(show)),
        ".gitignore": repository.common(".gitignore"),
        **schemas.texts(),
    }


_SPELT_OUT = frozenset(["Latn", "Cyrl", "Grek", "Armn", "Geor"])
"""Scripts (ISO 15924) that write each sound: their readers can read their words in Latin letters,
and are used to it in addresses. Others lose vowels that way, or are read as another language."""


def slugs_in(language: str) -> str:
    """What `site.slugs` of a new site is in a language (BCP 47): `ascii` or `unicode`.

    >>> slugs_in("ru"), slugs_in("fa"), slugs_in("ja-JP"), slugs_in("")
    ('ascii', 'unicode', 'unicode', 'ascii')
    """
    return "ascii" if locale.script_of(language) in _SPELT_OUT else "unicode"


def _about(language: str) -> str:
    """What the first page is called, in the show's language where the theme speaks it."""
    path = locale.file_of(language)
    _, words = locale.read(path.read_bytes()) if path else (None, {})
    return words["about_show"][1] if "about_show" in words else "About"


def _as_markdown(show: Mapping[str, Any]) -> str:
    """The show's description, which is plain text, as Markdown that says the same."""
    return "\n".join(map(escape_words, str(show.get("description", "")).split("\n")))
