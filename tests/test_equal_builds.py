"""A build says and publishes the same whatever is remembered of earlier ones, and on any cores."""

import dataclasses
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backlist.build import Options, build
from backlist.cache import stamp
from backlist.cache.store import NO_CACHE, Cache, Memory
from backlist.parse import markdown
from backlist.problems import Problems
from tests.conftest import HERE, NOW, SITES, tree

Built = tuple[Mapping[str, bytes], list[str]]
Edit = Callable[[Path], None]

EPISODES = "content/episodes"
QUEUES = f"{EPISODES}/2025-11-03-queues-that-forget.md"
LOW_TIDE = f"{EPISODES}/2025-12-01-low-tide-again.md"


def run(root: Path, out: Path, cache: Memory, options: Options = Options()) -> Built:  # noqa: B008
    """What is published into a folder, and what is said; nothing is where there are errors."""
    problems = Problems()
    written = build(root, out, NOW, options, problems, cache)
    return {} if written is None else tree(out), [str(one) for one in problems]


class Site:
    """A copy of the fictional site, without search, with the folder and the cache of its builds."""

    def __init__(self, folder: Path) -> None:
        self.root = Path(shutil.copytree(SITES / "rich", folder / "site"))
        # A lock would refuse edits that subscribers notice.
        (self.root / "content/feed.lock.yaml").unlink()
        change_settings("site", search="false")(self.root)
        self.folder = folder

    def warm(self, out: str = "warm", options: Options = Options()) -> Built:  # noqa: B008
        """A build that knows those before it."""
        with Cache(self.folder / "cache") as cache:
            return run(self.root, self.folder / out, cache, options)

    def cold(self) -> Built:
        """A build that knows nothing, into a new folder."""
        shutil.rmtree(self.folder / "cold", ignore_errors=True)
        return run(self.root, self.folder / "cold", NO_CACHE)


@pytest.fixture
def rich_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("CI", "true")  # the lock is not written, so that every build is the first
    return Site(tmp_path)


# ---- edits, as a person makes them


def change(name: str, **fields: Any) -> Edit:
    """Give an episode other fields; None takes one away."""

    def edit(root: Path) -> None:
        path = root / name
        if not path.exists():
            return
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        known = yaml.load(front, yaml.BaseLoader)
        body = fields.get("body", body)
        told = {**known, **{key: value for key, value in fields.items() if key != "body"}}
        told = {key: value for key, value in told.items() if value is not None}
        front = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
        path.write_text(f"---\n{front}---\n{body}", "utf-8")

    return edit


def change_settings(part: str, **fields: Any) -> Edit:
    def edit(root: Path) -> None:
        path = root / "site.yaml"
        told = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        told[part].update(fields)
        path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")

    return edit


def put(name: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")

    return edit


def remove(name: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return edit


def add(name: str, like: str, **fields: Any) -> Edit:
    def edit(root: Path) -> None:
        if (root / like).exists():
            shutil.copy(root / like, root / name)
            change(name, **fields)(root)

    return edit


def replace(name: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / name
        if path.exists():
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return edit


TEMPLATE = (HERE.parent / "templates/episode.html").read_text("utf-8")
NEW = add(f"{EPISODES}/new.md", QUEUES, title="New", slug="new", guid="new-1", date="2026-05-01")

EDITS: dict[str, Edit] = {
    "text": change(QUEUES, body="Another text, see [the tide](/episodes/caches-at-low-tide/).\n"),
    "title": change(LOW_TIDE, title="High Tide, for Once"),
    "the first spelling of a topic": change(
        f"{EPISODES}/2026-01-05-delta-mem-friends.md", topics=["caches", "Compression"]
    ),
    "who is heard": change(LOW_TIDE, people=["Rui Ode", "Ines Falke"]),
    "the day": change(LOW_TIDE, date="2025-12-03"),
    "a new episode": NEW,
    "a template": put("templates/episode.html", TEMPLATE.replace("<article>", "<article lang=fr>")),
    "a style": put("static/site.css", "body { color: red }\n"),
    "the show's title": change_settings("show", title="The Ebb Desk"),
    "who hosts": change_settings("show", people=["Rui Ode", "Somebody Else"]),
    "the base address": change_settings("site", base_url="https://ebb.example/"),
    "a label": change_settings("site", labels={"episodes": "Talks"}),
    "a transcript": replace("content/transcripts/queues-that-forget.vtt", "a server", "a cat"),
    "a visualization's title": replace(
        "content/visualizations/queue-lab/visualization.yaml", "title: ", "title: My "
    ),
    "a visualization's page": replace(
        "content/visualizations/queue-lab/index.html", "<body", "<body style='background:red'"
    ),
    "a page": replace("content/pages/about.md", "Start with", "Begin with"),
    "no map": change_settings("site", map="false"),
    "no visualization": remove("content/visualizations/queue-lab"),
    "a deleted episode": remove(LOW_TIDE),
    "a fault": change(QUEUES, title=None),
}
"""In an order in which each can follow those before it: what is taken away comes last."""


@pytest.mark.long
def test_every_edit_gives_what_a_cold_build_gives(rich_site: Site) -> None:
    """One after the other, so that what a build knows is of the edits before it too."""
    before = rich_site.warm()
    for name, edit in EDITS.items():
        edit(rich_site.root)

        after = rich_site.warm()

        assert after[1] == (cold := rich_site.cold())[1], name
        assert after[0] == cold[0], name
        assert after != before, name
        before = after


def test_a_build_without_changes_and_one_into_another_folder_are_the_same(rich_site: Site) -> None:
    first = rich_site.warm()

    assert first == rich_site.cold()
    assert rich_site.warm() == first
    assert rich_site.warm("elsewhere") == first


def test_what_somebody_did_to_the_published_files_is_undone(rich_site: Site) -> None:
    first, out = rich_site.warm(), rich_site.folder / "warm"
    page = out / "episodes/queues-that-forget/index.html"
    page.write_bytes(page.read_bytes()[:-1])
    (out / "feed.xml").unlink()
    (out / "index.html").write_text("mine")

    assert rich_site.warm() == first


def test_two_builds_at_once_are_both_right(rich_site: Site) -> None:
    command = [sys.executable, "-m", "backlist", "build", "--site", str(rich_site.root)]
    out = rich_site.root / "build"

    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]

    assert [one.wait() for one in running] == [0, 0]
    assert subprocess.run([*command, "--out", str(out.with_name("alone"))]).returncode == 0
    assert tree(out) == tree(out.with_name("alone"))


def test_other_options_in_between_change_nothing(rich_site: Site) -> None:
    first = rich_site.warm()
    rich_site.warm("drafts", Options(drafts=True, base_url="http://127.0.0.1:8000/"))

    assert rich_site.warm() == first


def test_another_library_gives_the_same_bytes(
    rich_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rich_site.warm()
    monkeypatch.setattr(stamp, "program", lambda: "another program")

    assert rich_site.warm() == first


def test_an_upgrade_of_the_markdown_parser_shows_on_the_pages(
    rich_site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another version writes other HTML; nothing but its metadata folder tells of it."""
    monkeypatch.setenv("BACKLIST_CORES", "1")
    packages = tmp_path / "packages"
    (packages / "markdown_it_py-4.0.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(packages)
    page = f"episodes/{SLUGS[0]}/index.html"
    before = rich_site.warm()[0][page]
    read = markdown.read

    def upgraded(text: str, *others: Any) -> markdown.Notes:
        notes = read(text, *others)
        return dataclasses.replace(notes, html=notes.html.replace("<p>", '<p class="new">'))

    monkeypatch.setattr(markdown, "read", upgraded)
    assert rich_site.warm()[0][page] == before, "with the same libraries nothing is read again"

    (packages / "markdown_it_py-4.0.0.dist-info").rename(packages / "markdown_it_py-4.1.dist-info")
    assert b'<p class="new">' in rich_site.warm()[0][page]


@pytest.mark.parametrize("cores", ["1", "2"])
def test_the_number_of_cores_does_not_matter(
    rich_site: Site, monkeypatch: pytest.MonkeyPatch, cores: str
) -> None:
    first = rich_site.cold()
    monkeypatch.setenv("BACKLIST_CORES", cores)

    assert rich_site.cold() == first
    assert rich_site.warm() == first


def test_each_text_is_parsed_once_and_never_again(
    rich_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    read = markdown.read

    def counting(text: str, *others: Any) -> markdown.Notes:
        parsed.append(text)
        return read(text, *others)

    monkeypatch.setattr(markdown, "read", counting)
    monkeypatch.setenv("BACKLIST_CORES", "1")
    texts = [*(rich_site.root / "content").glob("*/*.md")]

    rich_site.warm()
    assert len(parsed) == len(texts)
    parsed.clear()

    rich_site.warm()
    assert parsed == []

    EDITS["text"](rich_site.root)
    rich_site.warm()
    assert [text.strip()[:12] for text in parsed] == ["Another text"]


# ---- any edits, one after the other

NAMES = sorted(path.name for path in (SITES / "rich" / EPISODES).iterdir())
SLUGS = ["queues-that-forget", "caches-at-low-tide", "low-tide-again", "the-lost-pilot", "new"]
SOURCES = [
    {"title": "Evicting the Sea", "url": "https://www.usenix.org/system/files/fast24-lind.pdf"},
    {"title": "Another Paper", "authors": "Ann Roe", "url": "https://arxiv.org/abs/2401.01234"},
    {"title": "The Tide Desk: Queues That Forget"},
    {"title": "Post", "url": "https://blog.example/post", "year": "2024", "role": "subject"},
]
BODIES = [
    "A few words about queues and the tide.\n",
    "See [queues](/episodes/queues-that-forget/) and “Caches at Low Tide”.\n\n## More\n\nWords.\n",
    "We read https://arxiv.org/abs/2401.01234 again.\n\n- 00:00 Begin\n- 01:00 On\n- 02:00 End\n",
]


def some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def many(*values: Any) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(values), max_size=3, unique_by=str)


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "title": some("Queues That Forget", "δ-mem", "Caches & Queues at Low Tide", "Tide <b>7</b>"),
    "summary": some(None, "In short, queues.", "Caches at Low Tide, again."),
    "body": some(*BODIES),
    "topics": many("Queues", "Caches", "Overload", "Tides"),
    "date": some(None, "2025-01-01", "2025-11-03", "2026-05-30", "2099-01-01"),
    "people": many("Ines Falk", "Rui Ode", "Dr. Mara Lind", "Ann Roe"),
    "sources": many(*SOURCES),
    "status": some(None, "published", "draft", "private", "stub", "removed"),
    "takes": many(*SLUGS),
    "visualizations": many({"id": "queue-lab"}, {"title": "Lab", "url": "https://lab.example/"}),
    "audio": some(None, {"url": "https://a.example/a.mp3", "length": "5", "duration": "1:00"}),
    "guid": some(None, "tide-0001", "another"),
    "slug": some(*SLUGS),
    "aliases": many("/old", "/queues.html"),
}


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Edit]:
    """An edit and its name; most are of one field of an episode."""
    if draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(sorted(EDITS)))
        return name, EDITS[name]
    file = draw(st.sampled_from([*NAMES, "new.md"]))
    field = draw(st.sampled_from(sorted(FIELDS)))
    value = draw(FIELDS[field])
    return f"{file}: {field} = {value}", change(f"{EPISODES}/{file}", **{field: value})


@pytest.mark.long
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(edits(), min_size=1, max_size=4))
@example(steps=[("new", NEW), ("new again", change(f"{EPISODES}/new.md", takes=SLUGS[:1]))])
def test_any_edits_give_what_a_cold_build_gives(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[str, Edit]],
) -> None:
    monkeypatch.setenv("CI", "true")
    site = Site(tmp_path_factory.mktemp("edits"))
    site.warm()
    for name, edit in steps:
        edit(site.root)
        warm, cold = site.warm(), site.cold()
        assert warm[1] == cold[1], name
        assert warm[0] == cold[0], name
    shutil.rmtree(site.folder)
