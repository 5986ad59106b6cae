"""The whole archive as a bag: what is in it, what stays out, and what can be made of it."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from backlist import build as chain
from backlist import load
from backlist.cache.store import NO_CACHE
from backlist.commands.create_site import program
from backlist.commands.export import bag
from backlist.commands.export.archive import Exported, Options, export
from backlist.commands.export.verify import verify
from backlist.problems import BacklistError, Problems, Where
from backlist.write import trees
from tests.conftest import NOW, MakeSite, episode, tree

ISSUED = "2026-06-01"


def unwatched(what: str, done: int, of: int) -> None:
    pass


def exported(
    root: Path, target: Path, *, private: bool = False, replace: bool = False
) -> tuple[Exported | None, Problems]:
    problems = Problems()
    options = Options(root / "build", private, replace)
    made = export(root, target, NOW, options, problems, NO_CACHE, unwatched)
    return made, problems


def built(root: Path) -> Mapping[str, bytes]:
    assert chain.build(root, root / "build", NOW, chain.Options(), Problems()) is not None
    return tree(root / "build")


@pytest.fixture
def full(rich: Path) -> Path:
    """The site with one of everything, with all that an episode can lead to, public and hidden."""
    for slug in ("queues-that-forget", "xyzzyplugh-private"):
        raw = rich / f"content/imported/episodes/{slug}.yaml"
        raw.parent.mkdir(parents=True, exist_ok=True)
        raw.write_text(f"source: a\nformat: feed\nderived:\n  title: {slug}\n", "utf-8")
        added = rich / f"content/added/{slug}.yaml"
        added.parent.mkdir(exist_ok=True)
        added.write_text(f"derived:\n  title: {slug}\n", "utf-8")
        static = rich / f"static/covers/{slug}.png"
        static.parent.mkdir(exist_ok=True)
        shutil.copy(rich / "static/cover.png", static)
        lab = rich / f"content/visualizations/lab-of-{slug}"
        lab.mkdir()
        (lab / "index.html").write_text(f"<title>{slug}</title>", "utf-8")
        (lab / "visualization.yaml").write_text(f"title: Lab\nepisodes: [{slug}]\n", "utf-8")
        (rich / "content/chapters").mkdir(exist_ok=True)
        (rich / f"content/chapters/{slug}.txt").write_text("00:00 Xyzzyplugh?\n", "utf-8")
    kept = "".join(
        f"  - url: https://img.example/{slug}.png\n    file: static/covers/{slug}.png\n"
        f"    size: 1\n    sha256: {'0' * 64}\n    fetched: 2026-01-01\n"
        for slug in ("queues-that-forget", "xyzzyplugh-private")
    )
    (rich / "content/mirror.yaml").write_text(f"copies:\n{kept}", "utf-8")
    for path in (rich / "content/episodes").glob("*"):
        slug = "xyzzyplugh-private" if "secret-private" in path.name else "queues-that-forget"
        if "secret-private" in path.name or "queues" in path.name:
            text = path.read_text("utf-8")
            extra = f"---\nimage: covers/{slug}.png\n"
            extra += f"chapters_file: {slug}.txt\n" if slug == "xyzzyplugh-private" else ""
            path.write_text(text.replace("---\n", extra, 1), "utf-8")
    return rich


def test_a_bag_builds_the_same_site_without_the_episodes_nobody_may_see(
    full: Path, tmp_path: Path
) -> None:
    site = built(full)

    made, _ = exported(full, tmp_path / "bag")
    again = built(Path(shutil.copytree(tmp_path / "bag/data", tmp_path / "again")))

    assert made is not None
    assert again == site
    assert dict(made.without) == {
        "with `status: draft`": 1,
        "with `status: private`": 1,
        "dated in the future": 1,
    }


def test_no_byte_of_a_bag_tells_of_what_is_private(full: Path, tmp_path: Path) -> None:
    built(full)
    (full / "content/chapters/queues-that-forget.txt").unlink()

    exported(full, tmp_path / "bag")

    told = {
        name
        for name, data in tree(tmp_path / "bag").items()
        if b"xyzzyplugh" in data.lower() or "xyzzyplugh" in name or "secret" in name
    }
    assert told == set()
    names = set(tree(tmp_path / "bag/data"))
    assert {
        "content/imported/episodes/queues-that-forget.yaml",
        "content/added/queues-that-forget.yaml",
        "content/visualizations/lab-of-queues-that-forget/index.html",
        "content/transcripts/queues-that-forget.vtt",
        "static/covers/queues-that-forget.png",
        "published/feed.xml",
        "content/feed.lock.yaml",
    } <= names


def test_a_bag_for_ones_own_keeping_holds_every_file(full: Path, tmp_path: Path) -> None:
    site = built(full)

    exported(full, tmp_path / "bag", private=True)

    data = tree(tmp_path / "bag/data")
    inputs = {
        name: content
        for name, content in tree(full).items()
        if name.startswith(("content/", "static/", "site.yaml"))
    }
    assert data == {**inputs, "published/feed.xml": site["feed.xml"]}
    assert "private and draft" in (tmp_path / "bag/bag-info.txt").read_text("utf-8")


def test_the_lock_forgets_what_stays_out_and_the_bag_still_builds(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # where a build only reads the lock
    sound = "https://a.example/{}.mp3"
    root = site(
        {
            f"content/episodes/{name}.md": episode(
                name, name, guid=f"guid-{name}", date="2026-01-01", audio=sound.format(name)
            )
            for name in ("one", "withdrawn")
        }
    )
    built(root)
    record = root / "content/episodes/withdrawn.md"
    record.write_text(record.read_text("utf-8").replace("---\n", "---\nstatus: removed\n", 1))

    exported(root, tmp_path / "bag")

    data = tree(tmp_path / "bag/data")
    assert not [name for name, text in data.items() if b"withdrawn" in text]
    assert b"guid-one" in data["content/feed.lock.yaml"]
    assert built(Path(shutil.copytree(tmp_path / "bag/data", tmp_path / "again")))


def test_a_slug_that_a_public_record_names_stands_for_an_episode_that_stays_out(
    site: MakeSite, tmp_path: Path
) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", same_paper="[b]"),
            "content/episodes/b.md": episode("The secret", "b", status="private"),
        }
    )

    exported(root, tmp_path / "bag")

    data = tmp_path / "bag/data/content/episodes"
    assert (data / "b.md").read_text("utf-8") == (
        "---\ntitle: Not public\nslug: b\nstatus: private\n---\n"
    )
    assert (data / "a.md").read_bytes() == (root / "content/episodes/a.md").read_bytes()


def test_copies_of_what_is_elsewhere_are_in_the_bag_but_those_of_hidden_episodes(
    site: MakeSite, tmp_path: Path
) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nSaid of {}.\n"
    names = ("shown", "hidden")
    copied = [
        f"  - url: https://a.example/{name}.{kind}\n    file: {folder}/{name}.{kind}\n"
        f"    size: 1\n    sha256: {'0' * 64}\n    fetched: 2026-01-01\n"
        for name in names
        for kind, folder in (("vtt", "content/transcripts"), ("mp3", "static/audio"))
    ]
    root = site(
        {
            "content/mirror.yaml": "copies:\n" + "".join(copied),
            **{f"content/transcripts/{name}.vtt": text.format(name) for name in names},
            **{f"static/audio/{name}.mp3": "sound" for name in names},
            **{
                f"content/episodes/{name}.md": episode(
                    name,
                    name,
                    status=status,
                    audio=f"https://a.example/{name}.mp3",
                    transcripts=f"[https://a.example/{name}.vtt]",
                )
                for name, status in zip(names, ("published", "private"), strict=True)
            },
        }
    )
    before = built(root)

    made, _ = exported(root, tmp_path / "bag")

    data = tree(tmp_path / "bag/data")
    assert not [name for name, told in data.items() if b"hidden" in told or "hidden" in name]
    assert data["content/transcripts/shown.vtt"] and data["static/audio/shown.mp3"]
    assert made is not None and made.elsewhere == {"pictures": 1}
    assert built(Path(shutil.copytree(tmp_path / "bag/data", tmp_path / "again"))) == before


def test_a_feed_from_before_an_episode_was_withdrawn_stays_out(
    site: MakeSite, tmp_path: Path
) -> None:
    fields = {"guid": "g-a", "date": "2026-01-01", "audio": "https://a.example/a.mp3"}
    root = site({"content/episodes/a.md": episode("A", "a", **fields)})
    built(root)
    (root / "content/episodes/a.md").write_text(episode("A", "a", status="private", **fields))

    _, problems = exported(root, tmp_path / "bag")

    said = [problem.message for problem in problems]
    assert said == ["is left out: it tells of `a`, which is no longer published"]
    assert not (tmp_path / "bag/data/published").exists()


def test_bags_of_the_same_content_are_the_same_bytes(rich: Path, tmp_path: Path) -> None:
    built(rich)

    exported(rich, tmp_path / "one")
    exported(rich, tmp_path / "two")

    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    info = (tmp_path / "one/bag-info.txt").read_text("utf-8")
    assert f"Bagging-Date: {ISSUED}\n" in info
    assert "Source-Organization: Harbour Radio\n" in info
    assert "External-Description: The Tide Desk: Two engineers read" in info
    assert (tmp_path / "one/bagit.txt").read_text("utf-8").startswith("BagIt-Version: 1.0\n")
    assert "\nbacklist==" in (tmp_path / "one/requirements.txt").read_text("utf-8")


def test_the_programs_own_wheel_goes_along_where_the_repository_keeps_it(
    site: MakeSite, tmp_path: Path
) -> None:
    wheel = f"vendor/{program.WHEEL}"
    root = site({"content/episodes/a.md": episode("A", "a"), wheel: "packed"})

    exported(root, tmp_path / "bag")

    assert (tmp_path / "bag" / wheel).read_text("utf-8") == "packed"
    lines = (tmp_path / "bag/requirements.txt").read_text("utf-8").splitlines()
    assert lines[1] == f"./{wheel}"
    assert wheel in (tmp_path / "bag/tagmanifest-sha512.txt").read_text("utf-8")
    problems = Problems()
    verify(tmp_path / "bag", problems, unwatched)
    assert [*problems] == []


def test_a_name_with_a_percent_sign_is_one_that_other_programs_find(
    site: MakeSite, tmp_path: Path
) -> None:
    import bagit

    root = site({"static/50%25 off.txt": "half"})

    exported(root, tmp_path / "bag")

    assert bagit.Bag(str(tmp_path / "bag")).is_valid()


def test_a_place_that_is_taken_stays_as_it_is(site: MakeSite, tmp_path: Path) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})
    exported(root, tmp_path / "bag")
    before = tree(tmp_path / "bag")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/notes.txt").write_text("mine", "utf-8")
    (root / "content/episodes/a.md").write_text(episode("B", "a"), "utf-8")

    for target, said in (
        ("bag", "is a bag already"),
        ("other", "is there already, and is not a bag"),
        ("site", "contains the site's own files"),
        ("site/content/bag", "contains the site's own files, or lies among them"),
        (".", "contains the site's own files"),
    ):
        with pytest.raises(BacklistError, match=said):
            exported(root, tmp_path / target)
    with pytest.raises(BacklistError, match="is there already"):
        exported(root, tmp_path / "other", replace=True)

    assert tree(tmp_path / "bag") == before
    exported(root, tmp_path / "bag", replace=True)
    assert tree(tmp_path / "bag") != before
    assert (tmp_path / "other/notes.txt").read_text("utf-8") == "mine"


def test_a_site_with_an_error_leaves_the_last_bag(site: MakeSite, tmp_path: Path) -> None:
    root = site({"content/episodes/a.md": "no record"})

    made, problems = exported(root, tmp_path / "bag")

    assert made is None
    assert problems.stop()
    assert not (tmp_path / "bag").exists()


def test_a_run_that_dies_leaves_no_bag_and_the_next_one_no_litter(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})

    def dies(*_: object) -> None:
        os.kill(os.getpid(), 9)

    child = os.fork() if hasattr(os, "fork") else pytest.skip("this system has no fork")
    if child == 0:
        monkeypatch.setattr(bag, "put", dies)
        exported(root, tmp_path / "bag")
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == 9
    assert not (tmp_path / "bag").exists()
    exported(root, tmp_path / "bag")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "site"]


def test_where_folders_cannot_change_places_the_last_bag_is_never_lost(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})
    target = tmp_path / "bag"
    exported(root, target)
    before = tree(target)
    monkeypatch.setattr(trees, "exchange", lambda *_: False)
    rename = Path.rename

    def fails(path: Path, to: Path) -> Path:
        if path.parent.name.startswith(".backlist-") and path.name == "bag":
            raise OSError(5, "a fault of the disk", str(to))
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(BacklistError, match="a fault of the disk"):
        exported(root, target, replace=True)
    assert tree(target) == before

    monkeypatch.setattr(Path, "rename", rename)
    # As a run leaves it that was killed between the two steps.
    (tmp_path / ".backlist-bag.tmp").mkdir()
    target.rename(tmp_path / ".backlist-bag.tmp/.old")
    with pytest.raises(BacklistError), bag.beside(target):
        raise BacklistError(Where("a"), "an error")
    assert tree(target) == before


def test_a_file_that_changes_while_it_is_copied_stops_the_bag(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bagit

    root = site({"static/a.txt": "one"})
    make_bag = bagit.make_bag

    def damaged(folder: str, *rest: object, **named: object) -> object:
        (Path(folder) / "static/a.txt").write_text("two", "utf-8")
        return make_bag(folder, *rest, **named)

    monkeypatch.setattr(bagit, "make_bag", damaged)

    with pytest.raises(BacklistError, match="differs from its copy"):
        exported(root, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


def test_a_bag_knows_every_place_that_a_build_reads() -> None:
    """A file of a new kind is public, private or of an episode: `selection` has to say which."""
    folders = "added chapters episodes imported pages transcripts visualizations"
    lists = "feed.lock.yaml mirror.yaml topics.yaml works.yaml"

    assert sorted(load._CONTENT) == sorted([*folders.split(), *lists.split()])
    assert load.INPUTS == ("site.yaml", "content", "templates", "static")
