"""The style sheet of a look, in one file with the typefaces it names.

Its parts are `static/site.css`, the look's own `static/themes/NAME.css`, and those of
`static/fonts/*.css` whose typeface one of them or `site.font` names. A typeface that nothing names
is not published.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

SHEET = "site.css"
CLASSIC = "classic"
_LOOKS, _FONTS = "themes/", "fonts/"
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FAMILY = re.compile(r'font-family:\s*"([^"]+)"')
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_LIST = re.compile(r"(--font-[\w-]+)\s*:\s*([^;{}]*)")

SCRIPTS = {
    "cyrillic": frozenset(["be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"]),
    "greek": frozenset(["el"]),
    "": frozenset(
        [
            "am",
            "ar",
            "bn",
            "ckb",
            "fa",
            "gu",
            "he",
            "hi",
            "hy",
            "ja",
            "ka",
            "km",
            "kn",
            "ko",
            "lo",
            "ml",
            "mr",
            "my",
            "ne",
            "pa",
            "ps",
            "sd",
            "si",
            "ta",
            "te",
            "th",
            "ur",
            "yi",
            "zh",
        ]
    ),
}
"""Languages by the part of a typeface that their pages need at once; none is for scripts that no
typeface of ours has, and the others are written in Latin letters."""


def hashed(name: str, content: bytes) -> str:
    """A file's name with a hash of its content, so that browsers may keep it for good."""
    stem, dot = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}"


@dataclass(frozen=True)
class Styles:
    """What a look is drawn with; `assets` are all static files by their names there.

    `font` is the list of fonts that the site itself chose, or empty.
    """

    assets: Mapping[str, Path]
    look: str = CLASSIC
    font: str = ""
    _texts: dict[str, str] = field(default_factory=dict)

    @cached_property
    def unpublished(self) -> frozenset[str]:
        """Files that are inside the style sheet, or belong to what is not used."""
        looks = (name for name in self.assets if name.startswith(_LOOKS) and name.endswith(".css"))
        unused = (
            posixpath.join(posixpath.dirname(name), file)
            for name in self._sheets
            if name not in self.used
            for file in [*_URL.findall(self._text(name)), _licence(name)]
        )
        return frozenset((*looks, *self._sheets, *unused)) & self.assets.keys()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The files of the typefaces in use → the names they are published by, in `static/`."""
        files = (
            posixpath.join(posixpath.dirname(name), file)
            for name in self.used
            for file in _URL.findall(self._text(name))
        )
        return {
            file: hashed(file, self.assets[file].read_bytes())
            for file in files
            if file in self.assets
        }

    @cached_property
    def sheet(self) -> str:
        """The whole style sheet; empty when the site has none."""
        if SHEET not in self.assets:
            return ""
        return "".join([*map(self._faces, self.used), *self._own])

    def first(self, language: str) -> tuple[str, ...]:
        """The files that a page in a language needs at once, by their published names."""
        tongue = language.lower().partition("-")[0]
        script = next((one for one, tongues in SCRIPTS.items() if tongue in tongues), "latin")
        return tuple(
            published for name, published in self.names.items() if name.endswith(f"-{script}.woff2")
        )

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The style sheets of the typefaces that are used."""
        lists = {name: value for text in self._own for name, value in _LIST.findall(text)}
        if self.font:
            lists["--font-text"] = self.font
        rest = "".join(_LIST.sub("", text) for text in self._own)
        named = rest + ", ".join(lists.values())
        return tuple(name for name in self._sheets if _names(named, self._text(name)))

    @property
    def _own(self) -> list[str]:
        """The texts of the theme's and the look's own style sheets."""
        names = (SHEET, f"{_LOOKS}{self.look}.css")
        return [self._text(name) for name in names if name in self.assets]

    @property
    def _sheets(self) -> list[str]:
        """The names of the style sheets of all typefaces."""
        return sorted(n for n in self.assets if n.startswith(_FONTS) and n.endswith(".css"))

    def _faces(self, name: str) -> str:
        def address(match: re.Match[str]) -> str:
            file = posixpath.join(posixpath.dirname(name), match[1])
            return f'url("{self.names.get(file, file)}")'

        return _URL.sub(address, self._text(name))

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = self.assets[name].read_text("utf-8", errors="replace")
        return self._texts[name]


def _names(text: str, sheet: str) -> bool:
    """Whether a text names the first typeface of a style sheet."""
    face = _FACE.search(sheet)
    family = _FAMILY.search(face[0]) if face else None
    if family is None:
        return False
    return re.search(rf"(?<![\w-]){re.escape(family[1])}(?![\w:-])", text) is not None


def _licence(name: str) -> str:
    return posixpath.basename(name).removesuffix(".css") + ".LICENSE.txt"
