"""Templates and static files: the site's own over the shipped ones.

A template of the site replaces the shipped one of its name, and `{% extends
"theme/base.html" %}` still reaches the shipped one. Templates see finished views and no
logic; an undefined name is an error, not an empty text.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    DictLoader,
    Environment,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError, TemplateSyntaxError

from backlist.model import Labels
from backlist.problems import BacklistError, Where

TEMPLATES, STATIC = "templates", "static"


class _Compiled(BytecodeCache):
    """Templates as they were last compiled, by name: a preview builds over and over."""

    def __init__(self) -> None:
        self.codes: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.codes.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.checksum, bucket.bytecode_to_string()


_COMPILED = _Compiled()


@dataclass(frozen=True)
class Theme:
    """Every template by name, and every static file by its path in the output."""

    own: Mapping[str, str]
    shipped: Mapping[str, str]
    assets: Mapping[str, Path]
    labels: Labels = field(default_factory=Labels)

    def saying(self, labels: Labels) -> "Theme":
        """The same theme in a show's own words, which every template gets as `labels`."""
        return replace(self, labels=labels)

    @cached_property
    def environment(self) -> Environment:
        """The one Jinja environment: autoescape on, strict about undefined names."""
        shipped = DictLoader(dict(self.shipped))
        environment = Environment(
            loader=ChoiceLoader(
                [DictLoader(dict(self.own)), shipped, PrefixLoader({"theme": shipped})]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_COMPILED,
        )
        environment.globals["labels"] = self.labels
        return environment

    @cached_property
    def published(self) -> Mapping[str, str]:
        """Asset name → output path; style sheets and scripts carry a hash of their content."""
        return {name: _output_name(name, path) for name, path in self.assets.items()}

    def render(self, template: str, **context: object) -> str:
        """A template filled in. Raises `BacklistError` naming file and line when it cannot be."""
        try:
            return self.environment.get_template(template).render(**context)
        except TemplateSyntaxError as error:
            where = Where(f"{TEMPLATES}/{error.name or template}", error.lineno)
            raise BacklistError(
                where, f"is not a valid template: {error.message}", "mend it, or delete it"
            ) from error
        except TemplateError as error:
            raise BacklistError(
                Where(f"{TEMPLATES}/{template}", _line_in_template(error)),
                f"cannot be filled in: {error}",
                "docs/templates.md lists what a template may use",
            ) from error


def shipped_folder() -> Path:
    """Where the shipped theme lies: beside the modules when installed, else in the checkout."""
    here = Path(__file__).parent
    installed = here / "_theme"
    return installed if installed.is_dir() else here.parents[1]


def templates_in(folder: Path) -> dict[str, str]:
    """Template name → text of every HTML template under `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def assets_in(folder: Path) -> dict[str, Path]:
    """Asset name → file of everything under `folder` that is not hidden."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*"))}
    return {
        name.as_posix(): path
        for name, path in files.items()
        if path.is_file() and not any(part.startswith(".") for part in name.parts)
    }


def _output_name(name: str, path: Path) -> str:
    pure = PurePosixPath(name)
    if pure.suffix not in (".css", ".js"):
        return f"{STATIC}/{name}"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return f"{STATIC}/{pure.with_name(f'{pure.stem}.{digest}{pure.suffix}')}"


def _line_in_template(error: BaseException) -> int:
    """The template line an error left from: Jinja rewrites tracebacks to template lines."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
