"""The running program as something that pip installs elsewhere.

A release is named by its version. Anything else, such as an installed checkout, goes along as a
wheel: packed again from the installed files (the binary distribution format,
https://packaging.python.org/en/latest/specifications/binary-distribution-format/), or built by
pip from the checkout.
"""

import base64
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import backlist

NAME = "backlist"
WHEEL = f"{NAME}-{backlist.__version__}-py3-none-any.whl"
_PACKED = re.compile(r"METADATA|WHEEL|entry_points\.txt|licenses/.*")
"""What a wheel says of itself; an installer adds files of its own beside these."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)""")
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Program:
    """How this program is installed elsewhere.

    `requirement` is its line in requirements.txt, `wheel` the bytes of the wheel it names, if it
    names one that could be made; `missing` says why there is none. `versions` are those of
    all packages it uses here, by name.
    """

    requirement: str
    wheel: bytes | None = None
    missing: str = ""
    versions: Mapping[str, str] | None = None


def pack(folder: str, extras: str = "") -> Program:
    """Give this program as a release, or as a wheel that will lie in `folder` of a repository.

    `extras` are those to install with it, in brackets: `[charts]`.
    """
    installed = _installed()
    if backlist.RELEASED and installed and not installed.read_text("direct_url.json"):
        return Program(f"{NAME}{extras}=={backlist.__version__}", versions=versions())
    wheel, missing = _wheel(installed)
    return Program(f"./{folder}/{WHEEL}{extras}", wheel, missing, versions())


def _installed() -> metadata.Distribution | None:
    """The distribution of this program, where it is installed."""
    with suppress(metadata.PackageNotFoundError):
        return metadata.distribution(NAME)
    return None


def _wheel(installed: metadata.Distribution | None) -> tuple[bytes | None, str]:
    """The program as a wheel, or why it cannot be made."""
    here = Path(backlist.__file__).resolve()
    if installed and Path(str(installed.locate_file("backlist/__init__.py"))).resolve() == here:
        try:
            return pack_installed(installed), ""
        except OSError as error:
            return None, f"its files cannot be read: {error.strerror}"
    checkout = here.parents[2]
    if (checkout / "pyproject.toml").is_file():
        return build_wheel(checkout)
    return None, "how it was installed is not known"


def pack_installed(installed: metadata.Distribution) -> bytes:
    """The wheel that a distribution was installed from, packed again; same files, same bytes.

    Raises `OSError` where an installed file cannot be read.
    """
    members = {}
    for path in installed.files or ():
        folder, _, rest = path.as_posix().partition("/")
        described = folder.endswith(".dist-info")
        wanted = _PACKED.fullmatch(rest) if described else folder == NAME
        if wanted and path.suffix != ".pyc":
            members[path.as_posix()] = Path(str(path.locate())).read_bytes()
    record = f"{NAME}-{installed.version}.dist-info/RECORD"
    lines = [f"{name},{_hash(data)},{len(data)}\n" for name, data in sorted(members.items())]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(members.items()):
            _add(archive, name, data)
        _add(archive, record, f"{''.join(lines)}{record},,\n".encode())
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name)  # of 1980, so that equal files are an equal wheel
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _hash(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return f"sha256={digest.rstrip(b'=').decode()}"


def build_wheel(checkout: Path) -> tuple[bytes | None, str]:
    """The wheel that pip builds of a checkout, or why it does not."""
    with tempfile.TemporaryDirectory() as folder:
        options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", folder)
        command = [sys.executable, "-m", "pip", "wheel", *options, str(checkout)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, f"pip did not build it: {error}"
        made = Path(folder) / WHEEL
        if done.returncode == 0 and made.is_file():
            return made.read_bytes(), ""
    said = done.stderr.strip().splitlines()
    return None, f"pip could not build it: {said[-1] if said else 'it said nothing'}"


def versions(extras: Collection[str] = ()) -> dict[str, str]:
    """Name → version of every package that is installed here because this one needs it.

    Those that only `extras` of this one need count as far as they are installed; where this one
    itself is not installed, none are known.
    """
    found: dict[str, str] = {}
    waiting = list(_needed(_installed(), extras))
    while waiting:
        name = waiting.pop()
        if name in (NAME, *found):
            continue
        with suppress(metadata.PackageNotFoundError):
            distribution = metadata.distribution(name)
            # What was built for one kind of computer (`2.1+cpu`) is called so on no index.
            found[name] = distribution.version.partition("+")[0]
            waiting += _needed(distribution, ())
    return dict(sorted(found.items()))


def _needed(distribution: metadata.Distribution | None, extras: Collection[str]) -> Iterator[str]:
    for line in (distribution and distribution.requires) or ():
        extra, name = _EXTRA.search(line), _NAME.match(line)
        if name and (extra is None or extra[1] in extras):
            yield re.sub("[-_.]+", "-", name[0]).lower()
