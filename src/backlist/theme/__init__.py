"""Templates and static files: the site's own over the shipped ones.

A template of the site replaces the shipped one of its name, and `{% extends
"theme/base.html" %}` still reaches the shipped one. A look is a folder of shipped templates that
come before the others, which it reaches as `classic/base.html`. Templates see finished views and no
logic; an undefined name is an error, not an empty text.
"""

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from backlist import files, locale, urls
from backlist.cache import stamp
from backlist.cache.keys import key_of
from backlist.files import shipped_folder
from backlist.model import Labels
from backlist.problems import BacklistError, Where
from backlist.theme.styles import CLASSIC, SHEET, Styles, hashed

__all__ = ["STATIC", "TEMPLATES", "Theme", "shipped_folder"]

TEMPLATES, STATIC = "templates", "static"
SHIPPED = "theme"
"""Before the name of a template: the shipped one, whatever the site has."""

_INSIDE = r"(?:[^<>{]|\{\{.*?\}\}|\{%.*?%\})*?"
_LABEL = r"\{\{ labels\.(\w+) \}\}"
_SAID = re.compile(
    rf"<([a-z]\w*)({_INSIDE})>(?=\s*{_LABEL}\s*</\1>)"
    rf'|<(button|input|select|textarea)\b({_INSIDE} aria-label="{_LABEL}"{_INSIDE})>'
)
"""An element that holds one label and nothing else, or is only called by one."""


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were last compiled, by name, in this process and in a folder of its user.

    They are program code, which is believed only where nobody else can write: not in the cache of
    a site, which may come from anywhere. Code of another program or package, and damaged code, is
    compiled anew.
    """

    def __init__(self) -> None:
        self.codes: dict[str, tuple[str, bytes]] = {}
        try:
            super().__init__(pattern="backlist-%s")
        except (OSError, RuntimeError):  # there is no folder that only this user can write
            self.directory = ""

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.codes.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)
        elif self.directory:
            with suppress(OSError):
                kept = Path(self._get_cache_filename(bucket)).read_bytes()
                if kept[:16] == self._digest(bucket, kept[16:]):
                    bucket.bytecode_from_string(kept[16:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = bucket.bytecode_to_string()
        self.codes[bucket.key] = bucket.checksum, code
        if self.directory:
            path = Path(self._get_cache_filename(bucket))
            with suppress(OSError):
                files.replace(path, self._digest(bucket, code) + code, durable=False)

    def _digest(self, bucket: Bucket, code: bytes) -> bytes:
        return key_of(self._program, bucket.checksum, code)

    @cached_property
    def _program(self) -> str:
        return stamp.program()


_COMPILED = _Compiled()


@dataclass(frozen=True)
class Theme:
    """Every template by name, and every static file by its path in the output."""

    own: Mapping[str, str]
    shipped: Mapping[str, str]
    assets: Mapping[str, Path]
    labels: Labels = field(default_factory=Labels)
    look: str = CLASSIC
    font: str = ""

    def saying(self, labels: Labels) -> "Theme":
        """The same theme in a show's own words, which every template gets as `labels`."""
        return replace(self, labels=labels)

    def dressed(self, look: str, font: str) -> "Theme":
        """The same theme in one of its looks, with the fonts that the site chose for text."""
        return replace(self, look=look, font=font)

    @cached_property
    def styles(self) -> Styles:
        """The style sheet, and the typefaces in it."""
        return Styles(self.assets, self.look, self.font)

    @cached_property
    def key(self) -> bytes:
        """What the theme is: every template, and the show's own words."""
        said = self.labels, self.labels.english
        return key_of(self.own, self.shipped, *said, self.published, self.look)

    @cached_property
    def environment(self) -> Environment:
        """The one Jinja environment: autoescape on, strict about undefined names."""
        english = self.labels.english
        classic = _loader(self.shipped, SHIPPED, english)
        folder = f"themes/{self.look}/"
        look = {n.removeprefix(folder): t for n, t in self.shipped.items() if n.startswith(folder)}
        shipped = ChoiceLoader([_loader(look, f"{SHIPPED}/{folder}".rstrip("/"), english), classic])
        prefixes = PrefixLoader({SHIPPED: shipped, CLASSIC: classic})
        environment = Environment(
            loader=ChoiceLoader([_loader(self.own, TEMPLATES, english), shipped, prefixes]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_COMPILED,
        )
        environment.globals["labels"] = self.labels
        environment.globals["controls"] = _controls(self.labels.language)
        environment.globals["shared"] = _Components(environment)
        return environment

    def is_shipped(self, name: str) -> bool:
        """Whether a static file, if there is one, is the theme's and not the site's own."""
        shipped = shipped_folder() / STATIC / name
        return self.assets.get(name, shipped).resolve() == shipped.resolve()

    @cached_property
    def published(self) -> Mapping[str, str]:
        """Asset name → output path; style sheets, scripts and typefaces carry a hash.

        What lands at the root of the site keeps its name (see `urls.asset`).
        """
        styles = self.styles
        names = {
            name: f"{STATIC}/{styles.names[name]}"
            if name in styles.names
            else _output_name(name, path)
            for name, path in self.assets.items()
            if name not in styles.unpublished
        }
        if SHEET in names:
            names[SHEET] = f"{STATIC}/{hashed(SHEET, styles.sheet.encode())}"
        return names

    def render(self, template: str, **context: object) -> str:
        """A template filled in. Raises `BacklistError` naming file and line when it cannot be.

        Whatever goes wrong inside a template is an error of the template, division by zero too.
        """
        try:
            return self.environment.get_template(template).render(**context)
        except TemplateSyntaxError as error:
            where = Where(error.filename or f"{TEMPLATES}/{template}", error.lineno)
            raise BacklistError(
                where, f"is not a valid template: {error.message}", "fix it, or delete it"
            ) from error
        except TemplateNotFound as error:
            where = _where(error) or Where(f"{TEMPLATES}/{template}")
            message = f"names a template that does not exist: {error}"
            raise BacklistError(where, message, "fix the name, or add the template") from error
        except Exception as error:
            inside = _where(error)
            if inside is None:
                raise
            raise BacklistError(
                inside,
                f"cannot be rendered: {error}",
                "`backlist docs templates` says what a template can use",
            ) from error


def _controls(language: str) -> dict[str, object]:
    """What the buttons of the player say in figures, as a language writes them."""

    def shown(figure: str) -> str:
        places = len(figure.partition(".")[2])
        return locale.in_language(float(figure), language, places) if language else figure

    speeds = [{"value": one, "shown": f"{shown(one)}×", "usual": one == "1"} for one in _SPEEDS]
    return {"back": f"−{shown('15')}", "forward": f"+{shown('30')}", "speeds": speeds}


_SPEEDS = ("0.75", "1", "1.2", "1.5", "1.75", "2", "2.5")


class _Components:
    """Components that many pages show, each filled in once a value: `shared("row", card)`.

    A component may hold nothing of the page around it, so it is the same text wherever it stands.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.made: dict[tuple[str, int], tuple[object, Markup]] = {}
        self.macros: dict[str, Callable[[object], str]] = {}

    def __call__(self, name: str, value: object) -> Markup:
        known = self.made.get((name, id(value)))
        if known is None:
            # The value is kept beside its text, for as long as its identity stands for it.
            known = self.made[name, id(value)] = value, Markup(self._macro(name)(value))
        return known[1]

    def _macro(self, name: str) -> Callable[[object], str]:
        if name not in self.macros:
            module = self.environment.get_template(f"components/{name}.html").module
            self.macros[name] = getattr(module, name)
        return self.macros[name]


def _output_name(name: str, path: Path) -> str:
    place = urls.asset(name)
    pure = PurePosixPath(name)
    if pure.suffix not in (".css", ".js") or not place.startswith(f"{STATIC}/"):
        return place
    return f"{STATIC}/{hashed(name, path.read_bytes())}"


def _loader(templates: Mapping[str, str], folder: str, english: Collection[str]) -> FunctionLoader:
    """Loads templates that know, for whoever reads of an error, which file they come from."""

    def load(name: str) -> tuple[str, str, None] | None:
        if name not in templates:
            return None
        return _in_english(templates[name], english), f"{folder}/{name}", None

    return FunctionLoader(load)


def _in_english(template: str, labels: Collection[str]) -> str:
    """A template whose elements say so where all that they say is a label that stays English."""

    def marked(found: re.Match[str]) -> str:
        tag, held, label = found[1] or found[4], found[2] or found[5] or "", found[3] or found[6]
        told = label in labels and " lang=" not in held
        return f'<{tag} lang="en"{held}>' if told else found[0]

    return _SAID.sub(marked, template) if labels else template


def _where(error: BaseException) -> Where | None:
    """The place in a template an error left from: Jinja rewrites tracebacks to template lines."""
    found, trace = None, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith((f"{TEMPLATES}/", f"{SHIPPED}/")):
            found = Where(file, trace.tb_lineno)
        trace = trace.tb_next
    return found
