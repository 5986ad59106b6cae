"""The program goes along: as a release, or as the wheel it was installed from."""

import base64
import hashlib
import io
import re
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import backlist
from backlist.commands.create_site import program
from tests.conftest import HERE

INFO = "backlist-9.1.dist-info"
INSTALLED = {
    "backlist/__init__.py": "",
    "backlist/_theme/.hidden": "kept",
    "backlist/__pycache__/__init__.cpython-311.pyc": "made here",
    f"{INFO}/METADATA": "Metadata-Version: 2.4\nName: backlist\nVersion: 9.1\n"
    "Requires-Dist: click>=8.1\nRequires-Dist: ruff>=0.6; extra == 'test'\n",
    f"{INFO}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{INFO}/entry_points.txt": "[console_scripts]\nbacklist = backlist.cli:main\n",
    f"{INFO}/licenses/LICENSE": "MIT",
    f"{INFO}/INSTALLER": "pip",
    f"{INFO}/direct_url.json": '{"url": "file:///somebody/at/home/backlist.whl"}',
}
"""What lies in a folder of packages once a wheel is installed."""


@pytest.fixture
def installed(tmp_path: Path) -> metadata.Distribution:
    for name, text in INSTALLED.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    record = "".join(f"{name},,\n" for name in (*INSTALLED, "../../../bin/backlist"))
    (tmp_path / INFO / "RECORD").write_text(record, "utf-8")
    return metadata.PathDistribution(tmp_path / INFO)


def test_an_installed_program_is_packed_as_the_wheel_it_came_from(
    installed: metadata.Distribution,
) -> None:
    data = program.pack_installed(installed)
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        assert wheel.testzip() is None
        found = {name: wheel.read(name) for name in wheel.namelist()}

    record = found.pop(f"{INFO}/RECORD").decode().splitlines()
    left_out = ("INSTALLER", "direct_url.json", ".pyc")
    assert sorted(found) == sorted(name for name in INSTALLED if not name.endswith(left_out))
    for name, content in found.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        assert f"{name},sha256={digest},{len(content)}" in record
    assert len(record) == len(found) + 1
    assert program.pack_installed(installed) == data


def test_a_release_is_named_and_anything_else_goes_along(
    installed: metadata.Distribution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_installed", lambda: installed)
    monkeypatch.setattr(backlist, "__file__", str(tmp_path / "backlist/__init__.py"))
    wheel = f"./vendor/{program.WHEEL}"

    assert program.pack("vendor").requirement == wheel
    monkeypatch.setattr(backlist, "RELEASED", True)
    assert program.pack("vendor").requirement == wheel, "it came from a file"
    (tmp_path / INFO / "direct_url.json").unlink()
    given = program.pack("vendor")
    assert (given.requirement, given.wheel) == (f"backlist=={backlist.__version__}", None)
    with_charts = f"backlist[charts]=={backlist.__version__}"
    assert program.pack("vendor", "[charts]").requirement == with_charts


def test_only_what_this_program_needs_is_held_at_its_version(
    installed: metadata.Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_installed", lambda: installed)
    monkeypatch.setattr(program, "_wheel", lambda _: (None, ""))

    assert program.pack("vendor").versions == {"click": metadata.version("click")}


def test_a_wheel_that_cannot_be_made_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("this is no TOML")
    monkeypatch.setattr(program, "_installed", lambda: None)
    monkeypatch.setattr(backlist, "__file__", str(tmp_path / "src/backlist/__init__.py"))
    given = program.pack("vendor")

    assert given.wheel is None and given.versions == {}
    assert given.missing.startswith("pip could not build it: ")
    (tmp_path / "pyproject.toml").unlink()
    assert program.pack("vendor").missing == "how it was installed is not known"


def test_the_program_and_the_changelog_agree_on_whether_this_is_a_release() -> None:
    changelog = (HERE.parent / "CHANGELOG.md").read_text("utf-8")
    heading = re.search(rf"(?m)^## {re.escape(backlist.__version__)}\b.*", changelog)

    assert heading is not None
    assert backlist.RELEASED is ("unreleased" not in heading[0])
