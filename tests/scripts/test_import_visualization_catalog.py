"""A catalogue of visualizations: what is read, what is refused, and what a second import does."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backlist.importers.run import import_sources
from backlist.load import VISUALIZATIONS
from backlist.problems import BacklistError, Level, Problems
from scripts import import_visualization_catalog as script
from tests.conftest import MakeSite, built, episode

DATA = Path(__file__).parent / "data"
KEYS = "visualization.yaml"
PAGE = "<title>A lab</title>\n"

EPISODES = {
    "content/episodes/owls.md": episode("Owls", "owls"),
    "content/episodes/b.md": episode("Bats", "b", audio="https://cdn.example/bats-0a1b2c.mp3"),
    "content/episodes/f.md": episode("Foxes", "f", link="https://night.example/foxes"),
    "content/episodes/m1.md": episode("Moths", "m1"),
    "content/episodes/m2.md": episode("Moths", "m2"),
    "content/episodes/tide.md": episode("Tides in a cache", "tide"),
    "content/episodes/far.md": episode(
        "Far", "far", visualizations="[{title: Lab, url: 'https://far.example/lab/?day=1'}]"
    ),
}


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def bring(root: Path, *sources: Path, dry_run: bool = False) -> tuple[script.Report, list[str]]:
    """The report of an import, and what it told as `level: what`."""
    problems = Problems()
    report = script.run(root, [str(source) for source in sources], problems, dry_run=dry_run)
    return report, [f"{problem.level}: {problem.message}" for problem in problems]


class Shelf:
    """A catalogue that is written anew as a test goes on."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "catalog.json"
        folder.mkdir()

    def write(self, *entries: dict[str, Any] | str, **pages: str) -> Path:
        for name, text in pages.items():
            (self.file.parent / f"{name}.html").write_text(text, "utf-8")
        self.file.write_text(json.dumps({"visualizations": entries}, indent=1), "utf-8")
        return self.file


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


LAB = {"id": "lab", "title": "The lab", "description": "Pull it.", "url": "lab.html"}


def test_the_catalogue_with_every_trap_means_what_stands_beside_it(site: MakeSite) -> None:
    root = site(EPISODES)
    expected = yaml.safe_load((DATA / "catalog.expected.yaml").read_text("utf-8"))

    report, told = bring(root, DATA / "catalog/catalog.json")

    written = {
        path.removeprefix("content/"): yaml.safe_load(text)
        for path, text in tree(root).items()
        if path.endswith(KEYS)
    }
    assert written == expected["written"]
    assert sorted(told) == sorted(expected["told"])
    assert (report.found, len(report.new), report.left_out) == (21, 3, 18)


def test_pages_and_pictures_are_copied_byte_for_byte_and_nothing_else(site: MakeSite) -> None:
    root = site({})
    bring(root, DATA / "catalog/catalog.json")
    shelf = DATA / "catalog"

    found = tree(root / VISUALIZATIONS)

    assert {name: found[name] for name in found if not name.endswith(KEYS)} == {
        "12/index.html": (shelf / "2026/tides.html").read_bytes(),
        "12/poster.svg": (shelf / "images/tides.svg").read_bytes(),
        "leaky-buckets/index.html": (shelf / "buckets & leaks.htm").read_bytes(),
    }


def test_every_fault_has_its_line_and_a_remedy(site: MakeSite) -> None:
    source = DATA / "catalog/catalog.json"
    problems = Problems()
    script.run(site({}), [str(source)], problems)

    warnings = [each for each in problems if each.level is Level.WARNING]

    assert warnings
    assert all(each.where.file == str(source) and each.where.line for each in warnings)
    assert all(each.hint for each in warnings)


def test_the_imported_site_builds(site: MakeSite) -> None:
    root = site(EPISODES)
    bring(root, DATA / "catalog/catalog.json")

    made, problems = built(root)

    assert made is not None, problems.found
    assert not problems.stop(), problems.found


def test_a_second_import_changes_nothing_and_says_so(site: MakeSite) -> None:
    root = site(EPISODES)
    bring(root, DATA / "catalog/catalog.json")
    before = tree(root)

    report, _ = bring(root, DATA / "catalog/catalog.json")

    assert report.writes == {}
    assert (report.unchanged, report.writes) == (3, {})
    assert tree(root) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(site: MakeSite) -> None:
    root = site(EPISODES)
    before = tree(root)

    report, told = bring(root, DATA / "catalog/catalog.json", dry_run=True)

    assert tree(root) == before
    wet, told_wet = bring(root, DATA / "catalog/catalog.json")
    assert (report.new, told) == (wet.new, told_wet)


def test_what_nobody_edited_follows_the_source(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    bring(root, shelf.write(LAB, lab=PAGE))
    changed = {"id": "lab", "title": "The new lab", "url": "lab.html", "papers": ["arxiv:1.2"]}

    report, _ = bring(root, shelf.write(changed, lab="<title>New</title>"))

    path = f"{VISUALIZATIONS}/lab/{KEYS}"
    assert report.changed == [(path, ("title", "description", "works", "index.html"))]
    assert (root / path).read_text("utf-8") == "title: The new lab\nworks:\n  - arxiv:1.2\n"
    assert (root / f"{VISUALIZATIONS}/lab/index.html").read_text("utf-8") == "<title>New</title>"


def test_what_a_person_edited_stays_and_is_a_conflict_once(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    bring(root, shelf.write(LAB, lab=PAGE))
    keys, page = root / f"{VISUALIZATIONS}/lab/{KEYS}", root / f"{VISUALIZATIONS}/lab/index.html"
    edited = "# mine\ntitle: My lab   # better\ndescription: Pull it.\nheight: 700\n"
    keys.write_text(edited, "utf-8")
    page.write_text("<title>Mine</title>", "utf-8")

    quiet, _ = bring(root, shelf.file)
    changed = LAB | {"title": "Their lab", "description": "Push it."}
    report, _ = bring(root, shelf.write(changed, lab="<title>Theirs</title>"))
    again, _ = bring(root, shelf.file)

    path = f"{VISUALIZATIONS}/lab/{KEYS}"
    assert (quiet.writes, quiet.kept) == ({}, [])
    assert report.kept == [(path, ("title", "index.html"))]
    assert report.changed == [(path, ("description",))]
    assert keys.read_text("utf-8") == edited.replace("Pull it.", "Push it.")
    assert page.read_text("utf-8") == "<title>Mine</title>"
    assert again.writes == {}


def test_a_removed_visualization_comes_back_whole(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    bring(root, shelf.write(LAB, lab=PAGE))
    before = tree(root)
    for name in (KEYS, "index.html"):
        (root / VISUALIZATIONS / "lab" / name).unlink()

    report, _ = bring(root, shelf.file)

    assert report.new == [f"{VISUALIZATIONS}/lab/{KEYS}"]
    assert tree(root) == before


@pytest.mark.parametrize("written", range(4))
def test_an_import_that_was_cut_off_is_completed_by_the_next(
    site: MakeSite, shelf: Shelf, written: int
) -> None:
    root = site({})
    far = {"id": "far", "title": "Far", "url": "https://far.example/"}
    (shelf.file.parent / "p.png").write_bytes(b"\x89PNG")
    bring(root, shelf.write(LAB | {"image": "p.png"}, far, lab=PAGE))
    whole = tree(root)
    order = [f"{VISUALIZATIONS}/lab/{name}" for name in ("index.html", "poster.png", KEYS)]
    order += [f"{VISUALIZATIONS}/far/{KEYS}"]
    kept = [*order[:written], *([order[3]] if written == 3 else [])]
    for path in [*order, *(each for each in whole if "imported" in each)]:
        if path not in kept:
            (root / path).unlink()

    bring(root, shelf.file)

    assert tree(root) == whole


def test_a_visualization_of_the_same_id_is_never_taken_over(site: MakeSite, shelf: Shelf) -> None:
    mine = {
        f"{VISUALIZATIONS}/lab/{KEYS}": "title: Mine\n",
        f"{VISUALIZATIONS}/lab/index.html": "<title>Mine</title>",
        f"{VISUALIZATIONS}/flat.html": "<title>Mine</title>",
    }
    root = site(mine)
    before = tree(root)

    report, told = bring(
        root, shelf.write(LAB, {"id": "flat", "title": "Flat", "url": "lab.html"}, lab=PAGE)
    )

    assert tree(root) == before
    assert report.left_out == 2
    assert [what.split(" is there")[0] for what in told] == [
        f"warning: {VISUALIZATIONS}/lab",
        f"warning: {VISUALIZATIONS}/flat.html",
    ]


def test_a_poster_of_ones_own_stays(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    bring(root, shelf.write(LAB, lab=PAGE))
    own = root / VISUALIZATIONS / "lab/poster.svg"
    own.write_text("<svg/>", "utf-8")
    (shelf.file.parent / "p.png").write_bytes(b"\x89PNG")

    report, _ = bring(root, shelf.write(LAB | {"image": "p.png"}, lab=PAGE))
    again, _ = bring(root, shelf.file)

    assert report.kept == [(f"{VISUALIZATIONS}/lab/{KEYS}", ("poster",))]
    assert again.writes == {}
    assert not (own.parent / "poster.png").exists()
    assert "poster" not in (own.parent / KEYS).read_text("utf-8")


def test_a_picture_that_is_missing_later_stays(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    picture = shelf.file.parent / "p.png"
    picture.write_bytes(b"\x89PNG")
    bring(root, shelf.write(LAB | {"image": "p.png"}, lab=PAGE))
    before = tree(root)
    picture.unlink()

    report, told = bring(root, shelf.file)

    assert report.writes == {}
    assert told == ["info: the image of `lab` is not there: p.png; it comes without"]
    assert tree(root) == before


def test_a_page_that_moves_elsewhere_or_back(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    far = {"id": "far", "title": "Far", "url": "https://far.example/"}
    bring(root, shelf.write(LAB, far, lab=PAGE))

    here, away = LAB | {"url": "https://lab.example/"}, far | {"url": "lab.html"}
    _, told = bring(root, shelf.write(here, away, lab=PAGE))
    again, _ = bring(root, shelf.file)

    assert told == [
        f"info: `lab` is elsewhere now: https://lab.example/; `index.html` in "
        f"{VISUALIZATIONS}/lab stays"
    ]
    assert (root / f"{VISUALIZATIONS}/far/{KEYS}").read_text("utf-8") == "title: Far\n"
    assert (root / f"{VISUALIZATIONS}/far/index.html").read_text("utf-8") == PAGE
    assert again.writes == {}
    made, problems = built(root)
    assert made is not None
    assert not problems.stop(), problems.found


def test_a_title_of_two_episodes_is_matched_with_neither(site: MakeSite, shelf: Shelf) -> None:
    root = site(EPISODES)

    _, told = bring(root, shelf.write(LAB | {"title": "Moths"}, lab=PAGE))

    assert told == ["info: 2 episodes are called as `lab` is: m1, m2"]
    keys = yaml.safe_load((root / f"{VISUALIZATIONS}/lab/{KEYS}").read_text("utf-8"))
    assert "episodes" not in keys


def test_entries_gone_from_the_source_are_told_and_stay(site: MakeSite, shelf: Shelf) -> None:
    root = site({})
    bring(root, shelf.write(LAB, LAB | {"id": "two"}, lab=PAGE))
    before = tree(root)

    _, told = bring(root, shelf.write(LAB, lab=PAGE))

    assert told == [
        "info: 1 visualization of the last import not in it: two; all files stay",
    ]
    assert tree(root) == before


def test_an_id_of_two_catalogues_belongs_to_the_first(
    site: MakeSite, shelf: Shelf, tmp_path: Path
) -> None:
    root = site({})
    other = Shelf(tmp_path / "other").write(LAB | {"title": "Other"}, lab=PAGE)

    report, told = bring(root, shelf.write(LAB, lab=PAGE), other)

    assert (len(report.new), report.left_out) == (1, 1)
    assert told == [f"warning: the id `lab` is taken by {shelf.file}; the entry is left out"]


FEED = """\
<rss><channel><title>Night Radio</title><description>Late.</description>
<item><title>The lab</title><guid>g-1</guid></item>
</channel></rss>
"""


def test_an_empty_folder_is_no_site(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(BacklistError, match="create a site first"):
        bring(tmp_path / "new", shelf.write(LAB, lab=PAGE))

    assert not (tmp_path / "new").exists()


def test_import_names_the_script(site: MakeSite, shelf: Shelf) -> None:
    problems = Problems()
    source = str(shelf.write(LAB, lab=PAGE))

    assert import_sources(site({}), [source], problems=problems) is None
    assert "scripts/import_visualization_catalog.py" in problems.found[0].hint


def test_the_script_reports_and_ends_with_a_code(
    site: MakeSite, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    root = site({})
    source = str(shelf.write(LAB, lab=PAGE))

    assert script.main([source, "--site", str(root)]) == 0
    assert capsys.readouterr().out.startswith("1 visualizations: 1 new\n")
    assert script.main([str(root / "none.json"), "--site", str(root)]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (b'{"visualizations": [', "is not valid JSON: expecting value"),
        (b'{"visualizations": [{"id": 1, "id": 2}]}', "`id` is written twice"),
        (b'{"visualizations": {}}', "is JSON without a list of `visualizations`"),
        (b'["a"]', "is JSON without a list of `visualizations`"),
        (b'{"visualizations": []}', "the catalogue lists no visualization"),
        (b'{"visualizations": [NaN]}', "is not valid JSON: it has the value NaN"),
        (b'{"visualizations": [' + b"[" * 60 + b"]" * 60 + b"]}", "is nested too deeply"),
        (b'{"visualizations": [' + b"[" * 99999, "is nested too deeply"),
        (b'{"visualizations": ["\xff"]}', "is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(
    site: MakeSite, tmp_path: Path, words: bytes, told: str
) -> None:
    (tmp_path / "catalog.json").write_bytes(words)
    root = site({})
    before = tree(root)
    problems = Problems()

    report = script.run(root, [str(tmp_path / "catalog.json")], problems)

    assert report.writes == {}
    [fault] = problems
    assert fault.message.startswith(told)
    assert fault.level is Level.ERROR
    assert fault.hint
    assert tree(root) == before


def test_halves_of_characters_and_control_characters_are_taken_out(
    site: MakeSite, shelf: Shelf
) -> None:
    root = site({})
    bad = LAB | {"title": "A\ud800\u0007 lab", "note\udfff": "x\ud83c", "episodes": 5, "papers": 7}

    _, told = bring(root, shelf.write(bad, lab=PAGE))

    assert yaml.safe_load((root / f"{VISUALIZATIONS}/lab/{KEYS}").read_text("utf-8")) == {
        "title": "A lab",
        "description": "Pull it.",
    }
    assert [line for line in told if line.startswith("warning")] == [
        "warning: 2 control characters removed",
        "warning: `episodes` of `lab` is no list of texts",
        "warning: a paper of `lab` cannot be read, and is left out: `7`",
    ]


def test_a_link_out_of_the_folder_is_not_followed(
    site: MakeSite, shelf: Shelf, tmp_path: Path
) -> None:
    (tmp_path / "secret.html").write_text("<title>Secret</title>", "utf-8")
    (shelf.file.parent / "lab.html").symlink_to(tmp_path / "secret.html")
    root = site({})

    report, told = bring(root, shelf.write(LAB))

    assert report.left_out == 1
    assert "is a link out of the catalogue's folder" in told[0]
    assert not (root / "content").exists()


def test_the_folder_above_counts_where_the_catalogue_lies_in_it_by_name(
    site: MakeSite, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "viz")
    (tmp_path / "images").mkdir()
    (tmp_path / "images/lab.png").write_bytes(b"\x89PNG")
    root = site({})

    bring(root, shelf.write(LAB | {"url": "viz/lab.html", "image": "images/lab.png"}, lab=PAGE))

    assert {"lab/index.html", "lab/poster.png"} <= set(tree(root / VISUALIZATIONS))


def test_a_file_that_is_too_large_is_left_out(
    site: MakeSite, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "LIMIT", 9)

    report, told = bring(site({}), shelf.write(LAB, lab="<" * 10))

    assert report.left_out == 1
    assert "is larger than" in told[0]


PATHS = st.one_of(
    st.lists(
        st.sampled_from(["..", "/", "\\", "%2e%2e", "%2F", "%5c", "a", "lab.html", "C:", "\0", "."])
    ).map("".join),
    st.text(max_size=12).map(lambda text: f"{text}lab.html"),
)


@given(path=PATHS, ident=st.one_of(PATHS, st.integers(), st.text(max_size=6)))
def test_no_path_and_no_id_leads_out(path: str, ident: str | int) -> None:
    words = json.dumps(
        {"visualizations": [{"id": ident, "title": "t", "url": path, "image": f"{path}.png"}]}
    )
    found = script.read_items(words.encode(), "catalog.json", Problems())

    assert found is not None
    for item in found[0]:
        assert "/" not in item.id
        assert item.id.strip(".")
        for name in (item.page, item.image):
            parts = name.split("/")
            assert ".." not in parts
            assert not name.startswith("/")
            assert "\\" not in name
            assert ":" not in parts[0]
