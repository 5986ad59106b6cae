"""A folder a fault, with the exact words a person gets: messages are a tested product.

`make golden` rewrites `expected.txt`; read the difference before committing.
"""

from pathlib import Path

import pytest

from backlist.build import Options, build
from backlist.problems import BacklistError, Problems, tally
from tests.conftest import NOW, SITES

BROKEN = sorted((SITES / "broken").iterdir())


def told(root: Path, out: Path) -> str:
    """Everything a strict build of a broken site says."""
    problems = Problems()
    try:
        build(root, out, NOW, Options(strict=True), problems)
    except BacklistError as error:
        problems.extend([error.problem])
    lines = [str(problem) for problem in problems]
    return "\n".join([*lines, tally(problems)]) + "\n"


@pytest.mark.parametrize("root", BROKEN, ids=lambda root: root.name)
def test_a_broken_site_is_told_in_these_words_and_writes_nothing(
    root: Path, tmp_path: Path
) -> None:
    out = tmp_path / "build"

    assert told(root, out) == (root / "expected.txt").read_text("utf-8")
    assert not out.exists()
