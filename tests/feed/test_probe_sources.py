"""Whether sources are still there: asked once a month, remembered, and noted on request."""

from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.cli import main
from backlist.feed import probe
from backlist.feed.probe import answers, sources
from backlist.problems import Problems
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.serving import answering

DAY = date(2026, 3, 1)


class Handler(BaseHTTPRequestHandler):
    """A host of papers; what it says of each path can change."""

    asked: list[str]
    says: dict[str, int]

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        moved = {"/old": (301, "/new"), "/lent": (302, "/new"), "/lost/paper": (301, "/")}
        code, target = moved.get(self.path, (self.says.get(self.path, 200), ""))
        self.send_response(code)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(sources, "PAUSE", 0)
    Handler.asked, Handler.says = [], {}
    with answering(Handler) as address:
        yield address.rstrip("/")


def site_of(site: MakeSite, server: str, *paths: str, works: str = "") -> Path:
    listed = ", ".join(f"{{title: Paper {path}, url: '{server}{path}'}}" for path in paths)
    # The site is on this machine as well, or nobody here could be asked.
    files = {
        "site.yaml": SETTINGS.replace("https://small.example/cover", f"{server}/cover").replace(
            "https://small.example/\n", f"{server}/site/\n"
        ),
        "content/episodes/a.md": episode("A", "a", sources=f"[{listed}]"),
    }
    return site({**files, **({"content/works.yaml": works} if works else {})})


def ask(root: Path, day: date = DAY) -> tuple[str, list[str]]:
    made, problems = built(root)
    assert made is not None and not problems.stop(), list(problems)
    found = Problems()
    said, _ = probe.check_sources(made.archive, root, day, found, probe.unwatched)
    return said, [f"{one.where}: {one.level}: {one.message}" for one in found]


def test_what_is_gone_or_moved_is_told_and_a_refusal_is_not(site: MakeSite, server: str) -> None:
    Handler.says = {"/gone": 410, "/shut": 403}
    root = site_of(site, server, "/there", "/gone", "/old", "/lent", "/lost/paper", "/shut")

    said, told = ask(root)

    assert said == (
        "sources: 6 addresses, 6 requested now; 3 are there, 2 gone, 1 moved, 1 did not say"
    )
    file = "content/episodes/a.md"
    assert told == [
        f"{file}: warning: source 2 is gone: its server answers 410: {server}/gone",
        f"{file}: warning: source 5 is gone: it leads to a home page: "
        f"{server}/lost/paper → {server}/",
        f"{file}: info: source 3 has moved permanently: {server}/old → {server}/new",
    ]


def test_an_address_is_asked_once_a_month_and_told_each_time(site: MakeSite, server: str) -> None:
    Handler.says = {"/gone": 404}
    root = site_of(site, server, "/there", "/gone")
    ask(root)
    Handler.asked.clear()

    assert "0 requested now" in ask(root, date(2026, 3, 30))[0]
    assert len(ask(root, date(2026, 3, 30))[1]) == 1
    assert Handler.asked == []
    Handler.says = {}
    said, told = ask(root, date(2026, 3, 31))
    assert ("2 requested now; 2 are there, 0 gone" in said, told) == (True, [])


def test_a_run_asks_so_many_and_leaves_a_server_that_wants_it(
    site: MakeSite, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST", 2)
    root = site_of(site, server, "/1", "/2", "/3", "/4")
    assert "2 requested now; 2 are there, 0 gone, 2 are left for the next run" in ask(root)[0]

    Handler.says = {"/3": 429}
    Handler.asked.clear()
    assert "0 requested now" in ask(root)[0]
    assert set(Handler.asked) == {"/3"}


def test_silence_is_told_after_a_week(site: MakeSite, server: str) -> None:
    works = "works:\n  - known_as: [A Paper of Owls]\n    url: http://127.0.0.1:9/paper\n"
    root = site_of(site, server, works=works)
    only = episode("A", "a", sources="[{title: A Paper of Owls}]")
    (root / "content/episodes/a.md").write_text(only, "utf-8")

    assert ask(root)[1] == []
    (told,) = ask(root, date(2026, 3, 8))[1]
    assert told.startswith("content/works.yaml: warning: “A Paper of Owls” has not answered since ")
    assert "since 2026-03-01 (" in told


def test_a_record_says_it_and_the_page_with_it(site: MakeSite, server: str) -> None:
    Handler.says = {"/gone": 404, "/noted": 404}
    works = (
        "# by hand\nworks:\n"
        f"  - known_as: ['{server}/noted']\n    title: Noted  # so\n"
        f"  - known_as: ['{server}/marked']\n    status: {{verdict: gone, date: 2026-01-01}}\n"
    )
    root = site_of(site, server, "/gone", "/noted", "/marked", works=works)

    run = CliRunner().invoke(main, ["check", "--site", str(root), "--online", "--update"])

    assert "content/works.yaml: 2 noted as gone; review and commit it" in run.output
    assert "source 3 answers again" in run.output
    text = (root / "content/works.yaml").read_text("utf-8")
    assert text.startswith("# by hand\n") and "title: Noted  # so" in text
    made, problems = built(root)
    assert made is not None and not problems.stop(), list(problems)
    assert [one.status and one.status.verdict for one in made.archive.works] == ["gone"] * 3
    assert made.outputs["episodes/a/index.html"].read().count(b'class="state"') == 3
    again = CliRunner().invoke(main, ["check", "--site", str(root), "--online", "--update"])
    assert "noted as gone" not in again.output


def test_an_entry_in_brackets_is_left_and_told(site: MakeSite, server: str) -> None:
    Handler.says = {"/gone": 404}
    works = f"works:\n  - {{known_as: ['{server}/gone'], title: Owls}}\n"
    root = site_of(site, server, "/gone", works=works)

    run = CliRunner().invoke(main, ["check", "--site", str(root), "--online", "--update"])

    assert "content/works.yaml: error: cannot be added to: `works[1]` is not a list" in run.output
    assert "source 1 is gone" in run.output
    assert (root / "content/works.yaml").read_text("utf-8") == works


def test_update_needs_online(site: MakeSite, server: str) -> None:
    run = CliRunner().invoke(
        main, ["check", "--site", str(site_of(site, server, "/x")), "--update"]
    )

    assert (run.exit_code, "--update needs --online" in run.output) == (2, True)


def test_a_damaged_memory_is_begun_anew(site: MakeSite, server: str) -> None:
    root = site_of(site, server, "/there")
    for damaged in ("{", "[]", '{"x": 1}', '{"x": {"said": "?", "asked": "2026-01-01"}}'):
        (root / ".cache").mkdir(exist_ok=True)
        (root / answers.FILE).write_text(damaged, "utf-8")
        assert "1 requested now; 1 are there" in ask(root)[0]
