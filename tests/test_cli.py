"""The program as a person types it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from backlist import build as chain
from backlist import write
from backlist.cli import main
from backlist.commands import create_site
from tests.conftest import MakeSite, episode, tree
from tests.nobody import NEEDS_FORK, without_privileges

PAGE = """\
The Small Hours

Night Radio

A show about things that happen late.

  1. 2D AGO

    Owls in the Server Room

    This episode counts owls. Sources: 1. https://arxiv.org/pdf/2401.00001v2 \
2. A Night of Birds — Ann Roe, 2020 https://birds.example/night \
3. The Small Hours: Foxes — The Hosts, 2026 \
https://audio.night.example/e/2026-01-01-foxes-under-the-floor-aaaaaa.mp3 \
Interactive Visualization: Owls

Ratings & Reviews
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def test_build_says_what_it_wrote_and_counts_notices(site: MakeSite, tmp_path: Path) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})

    code, said = run("build", "--site", root)

    assert code == 0
    assert " written, 0 unchanged, 0 removed" in said
    assert said.endswith("1 info; `backlist check` shows every info\n")
    assert (root / "build/index.html").is_file()


def test_a_cache_that_cannot_be_kept_keeps_nobody_from_building(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a"), ".cache": "in the way"})

    code, said = run("build", "--site", root)

    assert code == 0
    assert ".cache: warning: cannot be written: nothing is kept" in said
    assert (root / "build/index.html").exists()
    assert (root / ".cache").read_text("utf-8") == "in the way"


@NEEDS_FORK
@pytest.mark.parametrize("mode", [0, 0o555])
def test_a_cache_without_permissions_is_told_and_does_without(site: MakeSite, mode: int) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})
    run("build", "--site", root)
    (root / "content/episodes/a.md").write_text(episode("Another", "a"))
    (root / ".cache").chmod(mode)
    try:
        code, said = without_privileges(lambda: run("build", "--site", root))
    finally:
        (root / ".cache").chmod(0o755)

    assert code == 0
    assert ".cache: warning: cannot be written" in said
    assert "Another" in (root / "build/episodes/a/index.html").read_text("utf-8")


def test_a_file_that_changes_during_a_build_is_told(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})
    real = write.publish

    def change(*args: Any) -> Any:
        (root / "content/episodes/a.md").write_text(episode("Another", "a"))
        return real(*args)

    with monkeypatch.context() as changing:
        changing.setattr(chain, "publish", change)
        _, said = run("build", "--site", root)
    assert "files of the site changed during the build: build again" in said
    _, again = run("build", "--site", root)
    assert "changed during" not in again
    assert "Another" in (root / "build/episodes/a/index.html").read_text("utf-8")


@NEEDS_FORK
@pytest.mark.parametrize("place", ["content/episodes", "content/imported/episodes", "content"])
def test_an_import_into_what_it_cannot_read_writes_nothing(
    tmp_path: Path, feed: Path, place: str
) -> None:
    root = tmp_path / "new"
    run("import", feed, "--site", root)
    before = tree(root)
    (root / place).chmod(0 if place == "content" else 0o300)
    try:
        code, said = without_privileges(lambda: run("import", feed, "--site", root))
    finally:
        (root / place).chmod(0o755)

    assert code == 1
    assert f"{place}" in said and "cannot be read: Permission denied" in said
    assert tree(root) == before


def test_an_import_writes_nothing_through_a_link(tmp_path: Path, feed: Path) -> None:
    root = tmp_path / "new"
    run("import", feed, "--site", root)
    (root / "content/episodes").rename(tmp_path / "elsewhere")
    (root / "content/episodes").symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path / "elsewhere").iterdir():
        path.unlink()

    code, said = run("import", feed, "--site", root)

    assert code == 1
    assert "content/episodes: error: is a symlink out of the site folder" in said
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_fault_ends_with_one_and_says_what_was_left(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": "---\ntitle: A\n---\n"})

    code, said = run("build", "--site", root)

    assert code == 1
    assert "content/episodes/a.md:2: error: `slug` is missing" in said
    assert f"1 error; {root / 'build'} was not changed" in said
    assert not (root / "build").exists()


def test_check_lists_notices_and_writes_nothing(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})

    code, said = run("check", "--site", root)

    assert code == 0
    assert (
        said.count("has no audio address: its page has no player, and it is not in the feed") == 1
    )
    assert not (root / "build").exists()


def test_strict_makes_warnings_fatal(site: MakeSite) -> None:
    root = site(
        {"content/episodes/a.md": episode("A", "a", guid="a", audio="https://a.example/a.mp3")}
    )

    assert run("check", "--site", root)[0] == 0
    code, said = run("check", "--strict", "--site", root)
    assert code == 1
    assert "error: " in said and "warning" not in said


def test_a_folder_that_is_no_site_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "something").write_text("")

    code, said = run("build", "--site", tmp_path)

    assert code == 1
    assert "is not a site: it has no `site.yaml`" in said


def test_wrong_usage_ends_with_two(site: MakeSite) -> None:
    assert run("build", "--base-url", "example.org", "--site", site({}))[0] == 2
    assert run("import")[0] == 2


def test_importing_into_an_empty_folder_founds_a_site_that_builds(
    tmp_path: Path, page: Path
) -> None:
    root = tmp_path / "new"
    root.mkdir()

    code, said = run("import", page, "--as-of", "2026-03-22", "--stubs", "--site", root)

    assert code == 0, said
    settings = (root / "site.yaml").read_text("utf-8")
    assert "title: The Small Hours" in settings
    assert run("build", "--site", root)[0] == 0
    assert (root / "build/episodes/owls-in-the-server-room/index.html").is_file()
    assert (root / "build/episodes/foxes/index.html").is_file()


def test_a_failed_import_founds_nothing(tmp_path: Path) -> None:
    root = tmp_path / "new"
    root.mkdir()
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("just some words\n")

    code, said = run("import", wrong, "--site", root)

    assert code == 1
    assert "neither a feed nor a directory page" in said
    assert list(root.iterdir()) == []


def test_a_second_import_changes_nothing_and_says_so(site: MakeSite, page: Path) -> None:
    root = site({})
    run("import", page, "--as-of", "2026-03-22", "--stubs", "--site", root)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}

    code, said = run("import", page, "--as-of", "2026-03-22", "--stubs", "--site", root)

    assert code == 0
    assert "nothing changed" in said
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_every_fault_of_every_source_is_told_in_one_run(
    site: MakeSite, tmp_path: Path, page: Path
) -> None:
    root = site({})
    files = {"empty.txt": b"", "binary.bin": b"\x00\x01\x02", "words.txt": b"hello\n"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    code, said = run(
        "import", page, *(tmp_path / name for name in files), tmp_path / "none.xml", "--site", root
    )

    assert code == 1
    assert all(name in said for name in (*files, "none.xml"))
    assert said.count("error:") == 4
    assert not (root / "content").exists()


FEED = """\
<rss xmlns:g="http://www.google.com/schemas/play-podcasts/1.0"><channel><title>Night Radio</title>
<item><title>Owls</title><guid>g-1</guid><g:author>x</g:author><pubDate>soon</pubDate></item>
<item><title>Bats</title><guid>g-2</guid></item>
</channel></rss>
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, "utf-8")
    return path


def test_an_import_reports_on_a_page(tmp_path: Path, feed: Path) -> None:
    code, said = run("import", feed, "--site", tmp_path / "new")

    assert code == 0
    assert said.startswith(
        f"read 2 episodes from {feed}\n"
        "2 new episodes\n"
        "  new: content/episodes/owls.md\n"
        "  new: content/episodes/bats.md\n"
        "kept as they came, in `feed_elements`, for the feed to say again: googleplay:author (1)\n"
    )
    assert "warning: the source does not describe the show; its title is used instead" in said
    assert said.endswith("2 warnings\n")
    assert run("build", "--site", tmp_path / "new")[0] == 0


def test_a_dry_run_writes_nothing_and_says_so(tmp_path: Path, feed: Path) -> None:
    code, said = run("import", feed, "--dry-run", "--site", tmp_path / "new")

    assert code == 0
    assert "2 new episodes; dry run, nothing written" in said
    assert not (tmp_path / "new").exists()


def test_an_import_reports_as_one_json_object(tmp_path: Path, feed: Path) -> None:
    code, said = run("import", feed, "--json", "--site", tmp_path / "new")
    outcome = json.loads(said)

    assert code == 0
    assert outcome["report"]["new"] == ["content/episodes/owls.md", "content/episodes/bats.md"]
    assert outcome["report"]["carried"] == {"googleplay:author": 1}
    assert {
        "file": str(feed),
        "line": 2,
        "level": "warning",
        "message": 'the publication date cannot be read: "soon"',
        "hint": "write `date:` into the record, such as 2026-03-18T06:30:00+01:00",
    } in outcome["problems"]


def test_an_import_that_fails_is_json_too(tmp_path: Path, feed: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/something").touch()
    for arguments in (("none.xml", "new"), (feed, "other")):
        code, said = run("import", arguments[0], "--json", "--site", tmp_path / arguments[1])

        assert code == 1
        assert json.loads(said)["report"] is None
        assert json.loads(said)["problems"][0]["level"] == "error"


def test_removed_episodes_are_allowed_by_their_number(tmp_path: Path, feed: Path) -> None:
    root = tmp_path / "new"
    run("import", feed, "--site", root)
    feed.write_text(re.sub("(?m)^<item><title>Bats.*", "", FEED), "utf-8")

    code, said = run("import", feed, "--site", root)
    assert code == 1
    assert "1 episode of the last import is not in it: `Bats`" in said
    assert "nothing was written to content/" in said

    code, said = run("import", feed, "--allow-removed", "1", "--site", root)
    assert code == 0
    assert "gone from the source, record kept: content/episodes/bats.md" in said
    assert (root / "content/episodes/bats.md").is_file()


def test_old_spellings_of_options_work_and_warn(tmp_path: Path, feed: Path) -> None:
    root = tmp_path / "new"
    run("import", feed, "--site", root)
    feed.write_text(re.sub("(?m)^<item><title>Bats.*", "", FEED), "utf-8")

    code, said = run("import", feed, "--insist", "1", "--again", "--keep-lists", "--site", root)
    assert code == 0
    assert "gone from the source, record kept: content/episodes/bats.md" in said
    for old, new in (
        ("--insist", "--allow-removed"),
        ("--again", "--refresh"),
        ("--keep-lists", "--lenient-lists"),
    ):
        assert f"`{old}` is now `{new}`; the old name stops working in the next release" in said
    assert "--insist" not in run("import", "--help")[1]


def test_init_refuses_a_folder_that_is_a_site(tmp_path: Path, feed: Path) -> None:
    root = tmp_path / "new"
    run("init", root, "--from", feed)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    choices: list[list[str | Path]] = [[], ["--from", feed]]
    for more in choices:
        code, said = run("init", root, *more)
        assert code == 1
        assert f"{root}: error: is already a site" in said
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_progress_is_for_terminals(
    tmp_path: Path, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\r" not in run("import", feed, "--site", tmp_path / "one")[1]

    monkeypatch.setattr("backlist.cli.saying.Counter.wanted", lambda _: True)

    assert "\rreading 1 of 2" in strip_codes(run("import", feed, "--site", tmp_path / "two")[1])


def strip_codes(said: str) -> str:
    return said.replace("\x1b[K", "")


def test_init_makes_a_site_that_builds(tmp_path: Path) -> None:
    code, said = run("init", tmp_path / "new")

    assert code == 0
    assert "site.yaml" in said
    assert run("build", "--site", tmp_path / "new")[0] == 0
    assert run("init", tmp_path / "new")[0] == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [("fa", "دربارهٔ پادکست"), ("de-AT", "Über den Podcast"), ("tlh", "About")],
)
def test_the_first_page_is_called_in_the_language_of_the_show(
    tmp_path: Path, language: str, title: str
) -> None:
    create_site.create(tmp_path, {"title": "S", "description": "D", "language": language})

    assert f"title: {title}\n" in (tmp_path / "content/pages/about.md").read_text("utf-8")


@pytest.mark.parametrize(
    "said", ["[x](y)", "# One", "1. a", "*b* `c` <i>", "a\n\n    b", "[^1]: x"]
)
def test_what_a_show_says_of_itself_is_no_markdown(tmp_path: Path, said: str) -> None:
    feed, root = tmp_path / "feed.xml", tmp_path / "new"
    feed.write_text(
        f"<rss><channel><title>S</title><description><![CDATA[{said}]]></description>"
        "<item><title>One</title><guid>g-1</guid></item></channel></rss>",
        "utf-8",
    )

    assert run("init", root, "--from", feed)[0] == 0
    code, told = run("build", "--site", root)
    page = (root / "build/about/index.html").read_text("utf-8")

    assert (code, "leads to nothing" in told) == (0, False), told
    assert '<a href="y"' not in page
    assert "<li>a" not in page


def test_a_folder_that_only_git_has_begun_is_empty(tmp_path: Path) -> None:
    (tmp_path / "new/.git").mkdir(parents=True)

    assert run("init", tmp_path / "new")[0] == 0
    assert (tmp_path / "new/site.yaml").is_file()


def test_adopting_makes_the_audio_address_the_guid(site: MakeSite) -> None:
    text = episode("A", "a", audio="https://a.example/a.mp3")
    root = site({"content/episodes/a.md": text})

    code, said = run("assign-guid", "a", "--site", root)

    assert (code, said) == (0, "a: guid https://a.example/a.mp3\n")
    assert (root / "content/episodes/a.md").read_text() == text.replace(
        "\n---\n\n", "\nguid: https://a.example/a.mp3\n---\n\n"
    )


def test_adopting_never_changes_a_guid_and_does_all_or_nothing(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", audio="https://a.example/a.mp3"),
            "content/episodes/b.md": episode("B", "b", audio="https://a.example/b.mp3", guid="b"),
        }
    )

    code, said = run("assign-guid", "a", "b", "c", "--site", root)

    assert code == 1
    assert "no episode is called `c`" in said
    assert "already has a guid: b" in said
    assert "guid" not in (root / "content/episodes/a.md").read_text()


def test_all_gives_a_guid_to_what_is_published_with_audio(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", audio="https://a.example/a.mp3"),
            "content/episodes/b.md": episode("B", "b", audio="https://a.example/b.mp3", guid="b"),
            "content/episodes/c.md": episode("C", "c"),
            "content/episodes/d.md": episode("D", "d", audio="https://a.example/d.mp3").replace(
                "slug: d", "slug: d\nstatus: draft"
            ),
        }
    )

    assert run("assign-guid", "--all", "--site", root) == (0, "a: guid https://a.example/a.mp3\n")
    assert run("assign-guid", "--all", "--site", root) == (
        0,
        "every published episode with audio has a guid\n",
    )
    assert run("assign-guid", "--site", root)[0] == 2
    assert run("assign-guid", "a", "--all", "--site", root)[0] == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [("accept", "accept-changes"), ("adopt", "assign-guid"), ("posters", "screenshots")],
)
def test_an_old_name_of_a_command_works_and_says_so(old: str, new: str) -> None:
    code, said = run(old, "--help")

    assert code == 0
    assert f"warning: `{old}` is now `{new}`" in said
    assert f"Usage: backlist {old}" in said or f"Usage: main {old}" in said
    assert f"  {old} " not in run("--help")[1]


def small_show(site: MakeSite) -> Path:
    """A site of four episodes whose feed subscribers have."""
    root = site(
        {
            f"content/episodes/{n}.md": episode(
                f"Night {n}", f"night-{n}", guid=f"small-{n}", date=f"2026-01-0{n}", audio=audio(n)
            )
            for n in range(1, 5)
        }
    )
    assert run("build", "--site", root)[0] == 0
    return root


def audio(number: int) -> str:
    return f"{{url: https://a.example/{number}.mp3, length: 9}}"


@pytest.fixture
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("at_the_desk")
def test_build_says_what_is_new_in_the_lock(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", guid="a", audio=audio(1))})

    assert "content/feed.lock.yaml: 1 new item; commit it" in run("build", "--site", root)[1]
    assert "feed.lock.yaml" not in run("build", "--site", root)[1]


@pytest.mark.usefixtures("at_the_desk")
def test_a_changed_guid_is_refused_and_accepted_by_its_number(site: MakeSite) -> None:
    root = small_show(site)
    path = root / "content/episodes/1.md"
    path.write_text(path.read_text().replace("small-1", "SMALL-1"))
    before = (root / "build/feed.xml").read_bytes()

    code, said = run("build", "--site", root)
    assert code == 1
    assert "content/feed.lock.yaml:" in said
    assert "error: 1 of 4 guids would differ only in case" in said
    assert "if you mean all of this: `backlist accept-changes 1`" in said
    assert (root / "build/feed.xml").read_bytes() == before

    code, said = run("accept-changes", "3", "--site", root)
    assert code == 1
    assert "1 change would be accepted, not 3" in said

    code, said = run("accept-changes", "1", "--site", root)
    assert code == 0
    assert "content/feed.lock.yaml: 1 change accepted, 4 items" in said
    assert run("build", "--site", root)[0] == 0
    assert b"SMALL-1" in (root / "build/feed.xml").read_bytes()


@pytest.mark.usefixtures("at_the_desk")
def test_accept_is_refused_in_ci_and_needs_a_number(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_show(site)
    monkeypatch.setenv("CI", "true")

    code, said = run("accept-changes", "0", "--site", root)

    assert code == 1
    assert "content/feed.lock.yaml: error: is read only where CI=true" in said
    assert run("accept-changes", "--site", root)[0] == 2
    assert run("accept-changes", "all", "--site", root)[0] == 2


@pytest.mark.usefixtures("at_the_desk")
def test_a_live_feed_stands_in_for_the_lock(site: MakeSite, tmp_path: Path) -> None:
    root = small_show(site)
    live = tmp_path / "live.xml"
    text = (root / "build/feed.xml").read_text("utf-8")
    live.write_text(text, "utf-8")
    before = tree(root)

    code, said = run("check", "--feed", live, "--site", root)
    assert code == 0
    assert "live.xml: 4 items compared, 0 new since" in said
    assert "live.xml: 4 items in, 4 out; " in said
    counts = re.search(r"(\d+) elements in, (\d+) out", said)
    assert counts and counts[1] == counts[2]

    live.write_text(text.replace("<language>", "<ttl>60</ttl><language>"))
    code, said = run("check", "--feed", live, "--site", root)
    assert code == 0
    assert "warning: `ttl` is not in the published feed: 1 of 1 in the channel" in said
    assert "such as <ttl>60</ttl>" in said

    live.write_text(text.replace("small-2<", "small-2b<").replace("a.example/", "b.example/"))
    code, said = run("check", "--feed", live, "--site", root)
    assert code == 1
    assert "error: 1 of 4 guids would lose their beginning or end" in said
    assert "warning: 3 of 4 audio addresses would change, the guids staying" in said
    assert "all move to another host, b.example → a.example" in said
    assert "backlist accept-changes" not in said

    live.write_text("<html>not found</html>")
    assert run("check", "--feed", live, "--site", root)[0] == 1
    assert run("check", "--feed", tmp_path / "none.xml", "--site", root)[0] == 2
    assert tree(root) == before


def test_help_waits_for_no_library(tmp_path: Path) -> None:
    """The heavy libraries are imported by the commands that need them."""
    code = "import sys, backlist.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(done.stdout.split())

    assert not loaded & {
        "lxml",
        "yaml",
        "jinja2",
        "pydantic",
        "feedgen",
        "markdown_it",
        "livereload",
    }
