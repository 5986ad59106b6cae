"""A new site as a repository: what it holds, and that the hosts' own steps publish it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.build import Options
from backlist.cli import creating, main
from backlist.commands.create_site import program, repository
from backlist.commands.create_site.program import WHEEL, Program
from backlist.problems import Level
from tests.commands.create_site import hosts
from tests.conftest import built

PACKED = Program(f"./vendor/{WHEEL}", b"a wheel", versions={"click": "8.1.0", "lxml": "6.0"})
SCHEMAS = {".github/workflows/": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}
ADDRESSES = {
    "github": ["https://a.example/night-radio", "https://show.example/"],
    "gitlab": ["https://a.example/night-radio"],
}
"""What the hosts answer to one run after another."""
HOSTS = pytest.mark.parametrize("host", repository.HOSTS)
FEED = """\
<rss><channel><title>Night Radio</title><description>Owls.</description>
<item><title>Owls</title><guid>g-1</guid><pubDate>Mon, 02 Mar 2026 06:00:00 +0000</pubDate>
<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="4000000"/></item>
</channel></rss>
"""


@pytest.fixture(autouse=True)
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel is made in tests/test_wheel.py: here it is a few bytes."""
    monkeypatch.setattr(program, "pack", lambda *_: PACKED)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    return tmp_path / "feed.xml"


def run(*words: str | Path, said: str = "") -> tuple[int, str]:
    """Exit code of a command and everything it said."""
    done = CliRunner().invoke(main, [str(word) for word in words], input=said)
    return done.exit_code, done.output


def texts(host: str) -> dict[str, str]:
    """The files of a repository, filled in."""
    return repository.texts(host, repository.places(host, "The Small Hours", PACKED))


def schema_of(name: str) -> str:
    """The schema that a file has to fit, if there is one."""
    return next((schema for start, schema in SCHEMAS.items() if name.startswith(start)), "")


@HOSTS
def test_what_a_host_reads_fits_its_schema(host: str, tmp_path: Path) -> None:
    by_schema: dict[str, list[str]] = {}
    for number, (name, text) in enumerate(texts(host).items()):
        if schema := schema_of(name):
            (tmp_path / f"{number}.yml").write_text(text, "utf-8")
            by_schema.setdefault(schema, []).append(f"{number}.yml")

    assert by_schema
    for schema, names in by_schema.items():
        command = ["-m", "check_jsonschema", "--builtin-schema", schema, *names]
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    used = [
        line.strip()
        for name, text in texts("github").items()
        if name.startswith(".github/")
        for line in text.splitlines()
        if "uses:" in line
    ]
    pinned = re.compile(r"(- )?uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

    assert used
    assert [one for one in used if not pinned.fullmatch(one)] == []


def test_the_artifact_of_pages_holds_hidden_files() -> None:
    assert "include-hidden-files: true" in texts("github")[".github/workflows/publish.yml"]


@HOSTS
def test_a_repository_says_what_installs_it_and_what_to_do_at_its_host(host: str) -> None:
    made = texts(host)

    assert made["requirements.txt"].endswith(
        f"--constraint constraints.txt\n{PACKED.requirement}\n"
    )
    assert made["constraints.txt"].endswith("\nclick==8.1.0\nlxml==6.0\n")
    assert made[".python-version"] == f"{sys.version_info[0]}.{sys.version_info[1]}\n"
    assert "# The Small Hours\n" in made["README.md"]
    assert repository.HOSTS[host] in made["README.md"]
    assert not any(re.search("@[A-Z]+@", text) for text in made.values())


@HOSTS
def test_a_new_repository_is_published_by_the_steps_of_its_host(
    host: str, tmp_path: Path, feed: Path
) -> None:
    root, origin = tmp_path / "night-radio", tmp_path / "origin.git"
    code, said = run("init", root, "--from", feed, f"--{host}")
    assert code == 0, said
    assert (root / f"vendor/{WHEEL}").read_bytes() == b"a wheel"
    settings = root / "site.yaml"
    settings.write_text(settings.read_text().replace("site:\n", "site:\n  search: false\n"))
    for name in ("CNAME", ".well-known/security.txt"):
        (root / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "static" / name).write_text("show.example\n")
    hosts.push_new(root, origin)
    path, out = hosts.programs(tmp_path / "bin"), "public" if host == "gitlab" else "build"

    for number, address in enumerate(ADDRESSES[host]):
        work = tmp_path / f"runner-{number}"
        hosts.clone(origin, work)
        if number:  # what the host keeps between runs
            shutil.copytree(tmp_path / "runner-0/.cache", work / ".cache")
        done = hosts.publish(host, work, address, path, origin)

        assert done.returncode == 0, done.stdout + done.stderr
        home = (work / out / "index.html").read_text("utf-8")
        assert f'<link rel="canonical" href="{address.rstrip("/")}/">' in home
        assert (work / out / "CNAME").is_file()
        hidden = {path.name for path in (work / out).iterdir() if path.name.startswith(".")}
        assert hidden == {".nojekyll", ".well-known"}
        assert not hosts.git(work, "status", "--porcelain")

    # The first run commits the lock; a second finds it as it is.
    log = hosts.git(origin, "log", "--format=%s", "--name-only", "main", "-2").splitlines()
    assert log[:3] == ["Record what the feed publishes", "", "content/feed.lock.yaml"]
    assert log[3] == "Start the archive"


def test_a_lock_that_cannot_be_pushed_keeps_gitlab_from_publishing(
    tmp_path: Path, feed: Path
) -> None:
    root, origin = tmp_path / "night-radio", tmp_path / "origin.git"
    run("init", root, "--from", feed, "--gitlab")
    hosts.push_new(root, origin)
    hosts.clone(origin, tmp_path / "runner")
    path = hosts.programs(tmp_path / "bin")
    (path / "backlist").write_text("#!/bin/sh\necho items: >content/feed.lock.yaml\n")
    done = hosts.publish("gitlab", tmp_path / "runner", "", path, tmp_path / "nothing")

    assert done.returncode == 1
    assert "allow Git push requests" in done.stdout


@pytest.mark.parametrize(
    "address", ["https://me.example/repo/", "https://me.example/", "https://show.example"]
)
def test_a_new_site_is_right_at_any_address(tmp_path: Path, feed: Path, address: str) -> None:
    root = tmp_path / "night-radio"
    run("init", root, "--from", feed, "--github")
    made, problems = built(root, Options(base_url=address))
    base = address.rstrip("/") + "/"

    assert made is not None and not problems.stop()
    feed_text = made.outputs["feed.xml"].read().decode()
    assert f'href="{base}feed.xml"' in feed_text and f"<link>{base}" in feed_text
    assert f"<loc>{base}episodes/owls/</loc>" in made.outputs["sitemap.xml"].read().decode()
    lost = made.outputs["404.html"].read().decode()
    assert (
        f'href="{base.removeprefix("https://").partition("/")[2].join("//")}'.replace("//", "/")
        in lost
    )
    assert "example.org" not in lost + feed_text


def test_it_ends_with_the_next_three_commands(tmp_path: Path, feed: Path) -> None:
    _, said = run("init", tmp_path / "my show", "--from", feed, "--github")
    commands = said[said.index("next:\n") :].splitlines()[1:4]

    assert [one.split()[0] for one in commands] == ["backlist", "cd", "gh"]
    assert f"'{tmp_path}/my show'" in commands[0]
    _, said = run("init", tmp_path / "other")
    assert said[said.index("next:\n") :].splitlines()[1:4] == [
        f"  cd {tmp_path}/other",
        "  backlist serve",
        "  backlist build",
    ]


@pytest.mark.parametrize(("said", "file"), [("gitlab\n", ".gitlab-ci.yml"), ("neither\n", "")])
def test_a_person_at_a_terminal_is_asked_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, file: str
) -> None:
    monkeypatch.setattr(creating, "_is_terminal", lambda: True)
    code, told = run("init", tmp_path / "new", said=said)

    assert code == 0
    assert "Where will you publish it?" in told
    assert {path.name for path in (tmp_path / "new").iterdir()} & {".gitlab-ci.yml", ".github"} == (
        {file} if file else set()
    )
    assert "Where" not in run("init", tmp_path / "github", "--github")[1]


def test_a_site_that_is_there_is_not_begun_again(tmp_path: Path) -> None:
    assert run("init", tmp_path / "new", "--github")[0] == 0
    (tmp_path / "new/README.md").unlink()

    code, said = run("init", tmp_path / "new", "--github")

    assert (code, "is already a site" in said) == (1, True)
    assert not (tmp_path / "new/README.md").exists()


def test_a_site_gets_its_workflows_later_and_keeps_what_is_its_own(tmp_path: Path) -> None:
    root = tmp_path / "new"
    run("init", root)
    (root / "README.md").write_text("Mine.")
    (root / "requirements.txt").write_text("backlist==0.0.1\n")

    code, said = run("workflows", "--github", "--site", root)

    assert code == 0
    assert "wrote .github/workflows/publish.yml\n" in said
    assert "kept README.md: it is there already\n" in said
    assert "kept requirements.txt: it is there already\n" in said
    (root / "vendor/backlist-0.0.1-py3-none-any.whl").write_text("an older one")
    code, said = run("workflows", "--github", "--renew", "--site", root)
    assert said == (
        "wrote requirements.txt\n"
        "kept README.md: it is there already\n"
        "removed vendor/backlist-0.0.1-py3-none-any.whl\n"
    )
    assert (root / "README.md").read_text() == "Mine."
    assert PACKED.requirement in (root / "requirements.txt").read_text()
    assert run("workflows", "--site", root)[0] == 2
    assert run("workflows", "--github", "--gitlab", "--site", root)[0] == 2
    for other in (tmp_path, tmp_path / "nothing"):
        code, said = run("workflows", "--github", "--site", other)
        assert (code, "is not a site" in said) == (1, True)


def test_no_link_has_anything_written_outside_the_site(tmp_path: Path) -> None:
    root, outside = tmp_path / "new", tmp_path / "outside"
    run("init", root)
    outside.mkdir()
    (root / "vendor").symlink_to(outside)

    code, said = run("workflows", "--github", "--site", root)

    assert (code, "vendor: error: is a symlink out of the site folder" in said) == (1, True)
    assert [*outside.iterdir()] == []
    assert not (root / "requirements.txt").exists()


def test_a_wheel_that_is_missing_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "pack", lambda *_: Program(f"./vendor/{WHEEL}", missing="no pip"))
    code, said = run("init", tmp_path / "new", "--github")

    assert code == 0
    assert f"vendor/{WHEEL}: warning: cannot be made, and requirements.txt names it: no pip" in said
    assert f"--wheel-dir {tmp_path}/new/vendor" in said
    (tmp_path / "new/requirements.txt").write_text("backlist==0.0.1\n")
    renew = ("workflows", "--github", "--renew", "--site", tmp_path / "new")
    code, said = run(*renew)
    assert (code, "error: cannot be made" in said) == (1, True)
    assert (tmp_path / "new/requirements.txt").read_text() == "backlist==0.0.1\n"
    (tmp_path / "new/vendor").mkdir()
    (tmp_path / f"new/vendor/{WHEEL}").write_bytes(b"made by hand, as the message says")
    assert run(*renew) == (0, "wrote requirements.txt\n")


def test_a_site_with_charts_installs_what_draws_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", tmp_path / "new")
    asked = []

    def pack(_: str, extras: str) -> Program:
        asked.append(extras)
        return PACKED

    monkeypatch.setattr(program, "pack", pack)
    run("workflows", "--github", "--site", tmp_path / "new")
    folder = tmp_path / "new/content/visualizations/tides"
    folder.mkdir(parents=True)
    (folder / "tides.vl.json").write_text("{}")
    run("workflows", "--github", "--site", tmp_path / "new")

    assert asked == ["", "[charts]"]


def test_every_suggestion_in_the_first_settings_is_valid(tmp_path: Path) -> None:
    root = tmp_path / "new"
    run("init", root)
    settings = root / "site.yaml"
    text, uncommented = re.subn(r"(?m)^  # (?=\w+: )", "  ", settings.read_text("utf-8"))
    settings.write_text(text.replace("image: cover.jpg", "image: https://a.example/c.jpg"))
    made, problems = built(root)

    assert uncommented >= 12
    assert made is not None
    assert [one.message for one in problems if one.level is Level.ERROR] == []
