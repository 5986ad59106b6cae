import gzip
import json
import os
import shutil
import stat
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from backlist.build import Options, build, make
from backlist.cache.store import NO_CACHE, Cache, Memory
from backlist.outputs import search
from backlist.outputs.search import engine
from backlist.problems import Level, Problems
from tests.conftest import NOW, SEARCHED, MakeSite, built, tree
from tests.outputs.search.searchable import FILES, H2O

Files = dict[str, bytes]


def search_files(root: Path, options: Options | None = None, cache: Memory = NO_CACHE) -> Files:
    problems = Problems()
    made = make(root, NOW, options or Options(), problems, cache)
    assert made is not None and not problems.stop(), list(problems)
    found = {path: out for path, out in made.outputs.items() if path.startswith("search/")}
    return {path: output.read() for path, output in found.items()}


def unpacked(files: Files) -> Files:
    """The files as a browser has them: the engine's are gzip, ours zlib."""
    return {path: _unpacked(data) for path, data in files.items()}


def _unpacked(data: bytes) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        return gzip.decompress(data)
    return zlib.decompress(data) if data.startswith(b"x\xda") else data


def episodes_in(files: Files) -> list[dict[str, Any]]:
    found = (json.loads(data) for path, data in unpacked(files).items() if "/text/" in path)
    return [one for one in found if isinstance(one, dict)]


def test_every_episode_let_out_can_be_found_and_no_other(site: MakeSite) -> None:
    files = search_files(site(FILES))

    titles = {one["title"] for one in episodes_in(files)}
    assert "δ-mem: a memory that learns" in titles
    assert len(titles) == 36
    assert not any(b"xyzzy" in data.lower() for data in unpacked(files).values())
    assert any(b"lighthouse" in data for data in unpacked(files).values())


def test_a_preview_finds_drafts_and_never_what_is_private(site: MakeSite) -> None:
    files = search_files(site(FILES), Options(drafts=True))

    marks = {one["title"]: one["mark"] for one in episodes_in(files)}
    assert marks["Xyzzydraft"] == marks["Xyzzyfuture"] == "Draft"
    assert "Xyzzyprivate" not in marks


def test_a_stub_is_marked(site: MakeSite) -> None:
    marks = {one["title"]: one["mark"] for one in episodes_in(search_files(site(FILES)))}

    assert marks["The forgotten quokka"] == "Not in the archive"


def test_every_field_of_an_episode_is_there(site: MakeSite) -> None:
    files = search_files(site(FILES))

    found = next(one for one in episodes_in(files) if one["url"] == "episodes/heavy-hitters/")
    texts = {(p["in"], p.get("source"), p.get("label")): p["text"] for p in found["parts"]}
    assert texts["summary", None, None].startswith("About keeping")
    assert texts["notes", None, None].startswith("The notes speak")
    assert texts["notes", None, "Topics"] == "Caches"
    assert texts["notes", None, "Chapter at 2:05"] == "The wombat interlude"
    assert texts["author", None, "People"] == "Ines Falk, Rui Ode"
    assert texts["author", 1, None] == "Zhenyu Zhang, Ying Sheng"
    assert texts["id", 1, None].replace("\u200b", "") == "arXiv:2306.14048"
    assert texts["alias", None, None] == "The hitters episode"
    assert texts["alias", 1, None] == "HeavyHitterKV"
    assert (
        found["works"]["1"] == "works/h2o-heavy-hitter-oracle-for-efficient-generative-inference/"
    )


def test_the_first_paragraph_is_the_summary_where_none_is_written(site: MakeSite) -> None:
    text = H2O.replace("summary: About keeping the tokens that matter.\n", "") + "\nMore of it.\n"

    files = search_files(site({"site.yaml": SEARCHED, "content/episodes/h2o.md": text}))

    parts = {p["in"]: p["text"] for p in reversed(episodes_in(files)[0]["parts"])}
    assert parts["summary"].startswith("The notes speak")
    notes = [p["text"] for p in episodes_in(files)[0]["parts"] if p["in"] == "notes"]
    assert notes[0] == "More of it."


def test_the_same_archive_gives_the_same_bytes(site: MakeSite, tmp_path: Path) -> None:
    root = site(FILES)
    program = (
        "import sys; from pathlib import Path; from backlist.cli import main;"
        f"main(['build', '--site', {str(root)!r}, '--out', sys.argv[1]])"
    )
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    trees = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-c", program, str(out)]
        subprocess.run(
            command, env={**env, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        )
        trees.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
        shutil.rmtree(root / ".cache")

    assert trees[0] == trees[1]
    assert any("engine" in path.parts for path in trees[0])


def test_the_engine_is_not_asked_again_for_the_same_archive(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = site(FILES), tmp_path / "out"

    def publish() -> Files:
        with Cache(tmp_path / "cache") as cache:
            assert build(root, out, NOW, Options(), Problems(), cache) is not None
        return tree(out / "search")

    first = publish()
    monkeypatch.setattr(engine, "run", lambda *_: pytest.fail("the engine was asked"))

    assert publish() == first


def test_an_edit_is_found(site: MakeSite, tmp_path: Path) -> None:
    root = site({"site.yaml": SEARCHED, "content/episodes/h2o.md": H2O})
    with Cache(tmp_path) as cache:
        search_files(root, cache=cache)
    (root / "content/episodes/h2o.md").write_text(H2O.replace("running caches", "zebras"), "utf-8")

    with Cache(tmp_path) as cache:
        found = episodes_in(search_files(root, cache=cache))
    assert any("zebras" in str(one) for one in found)


def test_search_can_be_switched_off(site: MakeSite) -> None:
    settings = FILES["site.yaml"] + "  search: false\n"

    made, problems = built(site({**FILES, "site.yaml": settings}))

    assert made is not None and not problems.stop()
    assert not any(path.startswith("search/") for path in made.outputs)
    assert b"data-search" not in made.outputs["index.html"].read()
    assert b'role="search"' not in made.outputs["index.html"].read()


@pytest.mark.parametrize("language", ["en", "de-at", "pt-br", "zh", "ja", "ko", "xx", "EN-GB"])
def test_any_language_can_be_searched(site: MakeSite, language: str) -> None:
    settings = FILES["site.yaml"].replace("show:\n", f"show:\n  language: {language}\n")

    files = search_files(site({"site.yaml": settings, "content/episodes/h2o.md": H2O}))

    entry = json.loads(files["search/engine/pagefind-entry.json"])
    [found] = entry["languages"].values()
    assert f"search/engine/wasm.{found['wasm'] or 'unknown'}.pagefind" in files


def test_only_what_searching_needs_is_published(site: MakeSite) -> None:
    names = {path for path in search_files(site(FILES)) if path.startswith("search/engine/")}

    rest = {name for name in names if "/index/" not in name}
    assert {name.rsplit(".", 1)[-1] for name in rest} == {"js", "json", "pf_meta", "pagefind"}
    assert len(rest) == 4


@pytest.mark.parametrize(
    "program",
    [
        None,
        "#!/bin/sh\nexit 3\n",
        "#!/bin/sh\necho 'nonsense,'\n",
        "#!/bin/sh\nprintf 'eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyByb29tIn19,'\n",
    ],
    ids=["missing", "ends", "babbles", "refuses"],
)
def test_an_engine_that_is_missing_or_fails_is_a_problem_with_a_remedy(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    path = tmp_path / "engine"
    if program:
        path.write_text(program)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(path))
    problems = Problems()

    written = build(site(FILES), tmp_path / "out", NOW, Options(), problems)

    assert written is None
    [fault] = [problem for problem in problems if problem.level is Level.ERROR]
    assert str(fault).startswith("site.yaml: error: the search index cannot be made: ")
    assert "pip install" in fault.hint and "search: false" in fault.hint


def test_an_episode_without_a_word_is_no_stumbling_block() -> None:
    record = search.Record("…", "episodes/a/", "", "", ())

    files = search.index([record], "en")

    assert not any(name.startswith("text/") for name in files.files)
