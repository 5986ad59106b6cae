"""`check --mirror`: copies are what was fetched, and what is not at home is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.cli import main
from backlist.commands.mirror import check_copies
from backlist.problems import Problems
from tests.commands.mirror.hosting import Host, bring, hosting
from tests.commands.mirror.test_bring import VTT
from tests.conftest import NOW, SETTINGS, MakeSite, episode
from tests.pictures import picture


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


@pytest.fixture
def mirrored(host: Host, site: MakeSite) -> Path:
    """A site with a transcript, a cover and a recording at home."""
    settings = SETTINGS.replace("  image: https://small.example/cover.jpg\n", "")
    record = episode(
        "One",
        "one",
        guid="one",
        date="2026-01-01",
        transcripts=f"['{host.put('a.vtt', VTT)}']",
        image=host.put("a.png", picture((60, 60), "red"), "image/png"),
        audio=f"{{url: '{host.put('a.mp3', b'ID3 sound', 'audio/mpeg')}', length: 9}}",
    )
    root = site({"site.yaml": settings, "content/episodes/one.md": record})
    bring(root, host, "transcripts", "pictures", "sound")
    return root


def told(root: Path) -> tuple[str, list[str]]:
    problems = Problems()
    said = check_copies(root, problems, NOW)
    return said, [str(one).split("\n", maxsplit=1)[0] for one in problems]


def test_copies_as_they_were_fetched_are_well(mirrored: Path) -> None:
    assert told(mirrored) == ("copies: 3 of 3 as they were fetched (1 KB)", [])


def test_changed_and_lost_copies_are_errors(mirrored: Path) -> None:
    (mirrored / "static/sound/one.mp3").write_bytes(b"ID3 bound")
    (mirrored / "content/transcripts/one.vtt").unlink()

    said, lines = told(mirrored)

    assert said.startswith("copies: 1 of 3")
    assert lines[0].startswith(
        "content/mirror.yaml: error: content/transcripts/one.vtt is not there: it is the copy of"
    )
    assert "static/sound/one.mp3: error: is not what was fetched from http://127.0.0.1" in lines[1]
    assert len(lines) == 2


def test_what_is_at_other_hosts_only_is_named(mirrored: Path) -> None:
    for number in range(7):
        record = episode("E", f"e{number}", transcripts=f"['https://h.example/{number}.vtt']")
        (mirrored / f"content/episodes/e{number}.md").write_text(record, "utf-8")

    _, lines = told(mirrored)

    assert (
        sum("the transcript is at another host only: https://h.example/" in x for x in lines) == 5
    )
    assert "content/mirror.yaml: warning: 2 transcripts more at other hosts only" in lines


def test_copies_that_nothing_names_are_told(mirrored: Path) -> None:
    record = mirrored / "content/episodes/one.md"
    text = record.read_text("utf-8")
    record.write_text("\n".join(x for x in text.split("\n") if "transcripts" not in x), "utf-8")
    (mirrored / "static/covers/old.png").write_bytes(b"old")

    _, lines = told(mirrored)

    assert len(lines) == 2
    assert "info: no record names http://127.0.0.1" in lines[0]
    assert lines[0].endswith("the copy of which is content/transcripts/one.vtt")
    assert lines[1] == "static/covers/old.png: info: is the copy of nothing, and no record names it"


def test_the_command_checks_copies_when_asked(mirrored: Path) -> None:
    (mirrored / "static/sound/one.mp3").write_bytes(b"ID3 bound")

    plain = CliRunner().invoke(main, ["check", "--site", str(mirrored)])
    asked = CliRunner().invoke(main, ["check", "--site", str(mirrored), "--mirror"])

    assert "copies:" not in plain.output
    assert plain.exit_code == 0
    assert "copies: 2 of 3 as they were fetched" in asked.output
    assert asked.exit_code == 1
