"""What programs are told: only what is published, each with an address that opens at its words."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client

from backlist import build
from backlist.commands.mcp_server.published import Place, Published
from backlist.commands.mcp_server.reading import Site
from backlist.commands.mcp_server.server import make_server
from backlist.outputs import corpus
from backlist.problems import BacklistError, Problems
from tests.conftest import NOW, SITES, built, episode
from tests.opening import opens_at
from tests.serving import answering, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "https://tide.example/archive/"
FILLER = "\n\n".join(f"Paragraph {n} is about the harbour and nothing else." for n in range(60))
SECRET = "zugzwang"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with long notes, and with episodes that nobody is to know of."""
    root = tmp_path_factory.mktemp("mcp") / "site"
    shutil.copytree(SITES / "rich", root)
    settings = root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "  search: false\n", "utf-8")
    far = f"{FILLER}\n\nAt the end the lighthouse keeper — old, tired — says his piece."
    hidden: dict[str, dict[str, Any]] = {
        "a-private-one": {"status": "private"},
        "a-draft": {"status": "draft"},
        "a-later-one": {"date": "2031-01-01"},
    }
    episodes = root / "content/episodes"
    (episodes / "far.md").write_text(episode("A Long Way", "far", far), "utf-8")
    for slug, fields in hidden.items():
        text = episode(f"The {SECRET} of {slug}", slug, f"About {SECRET}.", **fields)
        (episodes / f"{slug}.md").write_text(text, "utf-8")
    problems = Problems()
    build.build(root, root / "build", NOW, build.Options(), problems)
    assert (root / "build/archive.json").is_file(), [str(one) for one in problems]
    return root / "build"


def asked(archive: Published, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers of a server, through the protocol; the text of those that are errors."""

    async def ask() -> list[Any]:
        async with Client(make_server(archive)) as client:
            answers = [await client.call_tool(tool, given) for tool, given in calls]
        return [
            one.content[0].text if one.is_error else one.structured_content  # type: ignore[union-attr]
            for one in answers
        ]

    # A thread of its own: the browser of other tests has a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(ask())).result()


def search(archive: Published, query: str, **given: Any) -> list[dict[str, Any]]:
    (answer,) = asked(archive, ("search", {"query": query, **given}))
    results: list[dict[str, Any]] = answer["results"]
    return results


def test_each_tool_answers_with_addresses(folder: Path) -> None:
    archive = Published(Site.at(str(folder)))
    slug = "queues-that-forget"

    facts, spoken, work, related = asked(
        archive,
        ("episode", {"episode": slug}),
        ("passage", {"episode": f"{BASE}episodes/{slug}/#t-4", "kind": "transcript", "at": 4}),
        ("work", {"work": "evicting the sea"}),
        ("related", {"episode": "Queues That Forget: Dropping Work on Purpose"}),
    )

    assert facts["sources"][0]["opens"] == f"{BASE}episodes/{slug}/#source-1"
    (said,) = spoken["results"]
    assert (said["url"], said["start"]) == (f"{BASE}episodes/{slug}/#t-0", 0.0)
    assert said["text"].startswith(
        "Ines Falk: What if a server threw work away on purpose?\nRui Ode"
    )
    assert work["opens"] == f"{BASE}works/evicting-the-sea/"
    assert {one["url"].rpartition("#")[2] for one in work["episodes"]} == {"source-1"}
    assert all(one["url"].startswith(f"{BASE}episodes/") for one in related["related"])
    assert any(one["reasons"] for one in related["related"])


def test_answers_come_in_parts_and_questions_that_cannot_be_answered_say_why(folder: Path) -> None:
    archive = Published(Site.at(str(folder)))
    first, rest, *wrong = asked(
        archive,
        ("search", {"query": "harbour", "limit": 2}),
        ("search", {"query": "harbour", "limit": 50, "offset": 2}),
        ("search", {"query": " "}),
        ("episode", {"episode": "no-such"}),
        ("work", {"work": "no-such"}),
    )

    assert (len(first["results"]), first["next_offset"]) == (2, 2)
    assert (len(rest["results"]), rest["next_offset"]) == (first["total"] - 2, None)
    assert not [one for one in rest["results"] if one in first["results"]]
    assert [text.partition(": ")[2][:24] for text in wrong] == [
        "The query is empty: give",
        "There is no episode `no-",
        "There is no work `no-suc",
    ]


def test_nothing_is_told_that_is_not_published(folder: Path) -> None:
    archive = Published(Site.at(str(folder)))

    assert search(archive, SECRET) == search(archive, f'"{SECRET}"') == []
    (answer,) = asked(archive, ("episode", {"episode": "a-private-one"}))
    assert "There is no episode" in answer
    assert not {"a-private-one", "a-draft", "a-later-one"} & set(archive.episodes)
    assert len(search(archive, "lighthouse keeper")) > 0  # one that is


def test_a_corpus_and_the_pages_say_the_same(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(SITES / "rich", root)
    site, _ = built(root)
    assert site is not None
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(folder / "archive.json", copy)
    rows = [row for entry in site.archive.entries for row in corpus.rows(entry, site.archive)]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (copy / "corpus.jsonl.gz").write_bytes(lines.encode())

    def whole(place: Place) -> Place:
        """A page has whole seconds, and does not say where a cue ends."""
        return replace(place, start=place.start and float(int(place.start)), end=None)

    pages, told = Published(Site.at(str(folder))), Published(Site.at(str(copy)))

    for slug in told.episodes:
        assert {*map(whole, told.said_in(slug))} <= {*map(whole, pages.said_in(slug))}


def _at_home(address: str, home: str) -> str:
    return address.replace(BASE, home)


@pytest.mark.browser
def test_every_citation_opens_at_its_words(folder: Path, browser: "Browser") -> None:
    archive = Published(Site.at(str(folder)))
    found = [
        search(archive, query, limit=1, **given)[0]
        for query, given in (
            ('"lighthouse keeper"', {"kind": None}),
            ("fairness", {"kind": "chapter"}),
            ("told nobody", {"kind": "transcript"}),
            ("patience waiting lines", {"kind": "source"}),
        )
    ]
    found[0]["text"] = found[0]["text"].split("\n\n")[0]
    begins = {"transcript": "What if a server threw", "source": "Patience: A Theory of Waiting"}
    page = browser.new_page(viewport={"width": 900, "height": 500})

    with serving(folder) as home:
        local = partial(_at_home, home=home)
        for one in found:
            words = begins.get(one["kind"], one["text"])
            assert opens_at(page, one["url"], words, local), one
        far = found[0]
        assert not opens_at(page, far["url"].partition("#")[0], far["text"], local, patience=0.2)
    page.close()


def test_a_site_is_read_from_its_address(folder: Path) -> None:
    with serving(folder) as home:
        archive = Published(Site.at(f"{home}index.html"))
        far = search(archive, "lighthouse keeper")

    assert far == search(Published(Site.at(str(folder))), "lighthouse keeper")
    assert archive.unread == []


class _Broken(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""

    def do_GET(self) -> None:
        self.send_error(503)


def test_what_is_no_site_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/archive.json").write_text('{"episodes": 7, "show": {}}', "utf-8")

    def said(place: str) -> str:
        with pytest.raises(BacklistError) as error:
            Published(Site.at(place))
        return error.value.problem.message

    assert said(str(tmp_path / "nowhere")) == "is no folder"
    assert said(str(tmp_path)) == "is no site of backlist: it has no `archive.json`"
    assert said(str(tmp_path / "other")).endswith("its `archive.json` is none of an archive")
    assert said("ftp://tide.example/") == "is no web address"
    with answering(_Broken) as home:
        assert said(home) == "the answer to `archive.json` is 503 Service Unavailable"
    assert said(home) == "`archive.json` cannot be read: Connection refused"


def test_a_page_that_is_missing_is_named_and_the_others_are_searched(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.rmtree(copy / "episodes/far")

    archive = Published(Site.at(str(copy)))
    (answer,) = asked(archive, ("search", {"query": "fairness"}))

    assert answer["results"] and answer["unread"].startswith("1 of ")


def test_the_program_speaks_only_the_protocol(folder: Path, tmp_path: Path) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    call = {"name": "episode", "arguments": {"episode": "no-such"}}
    lines: Iterator[dict[str, Any]] = iter(
        (
            hello,
            {"jsonrpc": "2.0", "method": "notifications/initialized"},
            {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
        )
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "backlist", "mcp", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write("".join(f"{json.dumps(line)}\n" for line in lines))
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(2)]
    out, told = process.communicate()

    assert [one["id"] for one in answers] == [1, 2]
    assert answers[1]["result"]["isError"] is True
    assert (process.returncode, out, told) == (0, "", "")
