"""An error that nobody expected names the file it was about and asks for a report."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist import problems
from backlist.cli import main
from backlist.cli.saying import TRACEBACK, explain
from backlist.importers import rss
from backlist.parse import markdown
from backlist.problems import Where
from tests.conftest import MakeSite, episode


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("the sky\x1b[31m\nfell")


def build(root: Path) -> str:
    done = CliRunner().invoke(main, ["build", "--site", str(root)])

    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert not (root / "build").exists() or not list((root / "build").glob("*.html"))
    return done.stderr


def test_a_fault_of_ours_names_the_record_and_where_to_see_more(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "read", fail)
    said = build(site({"content/episodes/tern.md": episode("Tern", "tern")}))

    assert said.startswith(
        "content/episodes/tern.md: error: an error nobody expected: RuntimeError: the sky"
    )
    assert "report it" in said
    assert f"{TRACEBACK}=1" in said
    assert "Traceback" not in said
    assert "\x1b" not in said


def test_an_import_names_the_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rss, "read_item", fail)
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss><channel><title>S</title>\n\n<item/></channel></rss>")
    done = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--from", str(feed)])

    assert done.exit_code == 1
    assert done.stderr.startswith(f"{feed}:3: error: an error nobody expected")


def test_the_whole_error_is_shown_to_those_who_ask(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "read", fail)
    monkeypatch.setenv(TRACEBACK, "1")
    root = site({"content/episodes/tern.md": episode("Tern", "tern")})
    done = CliRunner().invoke(main, ["build", "--site", str(root)])

    assert isinstance(done.exception, RuntimeError)


def test_what_the_system_refuses_is_no_fault_of_ours() -> None:
    problem = explain(PermissionError(13, "Permission denied", "content/x.md"))

    assert str(problem).startswith("content/x.md: error: cannot be used: Permission denied")
    assert "report" not in problem.hint


def test_the_innermost_work_is_named() -> None:
    with (
        pytest.raises(RuntimeError) as raised,
        problems.working_on(Where("feed.xml")),
        problems.working_on(Where("feed.xml", 7)),
    ):
        fail()

    assert str(explain(raised.value)).startswith("feed.xml:7: error: ")
