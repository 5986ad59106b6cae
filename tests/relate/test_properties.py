"""What holds for the relations of any archive, and what they are in this repository's own."""

import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlist.cache.store import NO_CACHE
from backlist.load import load
from backlist.problems import Level, Problems
from backlist.relate import relate
from backlist.relate.archive import Archive
from backlist.resolve import resolve
from tests.conftest import HERE, NOW, SETTINGS, episode

WORDS = ["owl", "heron", "wader", "marsh", "loom", "engine", "algebra", "kettle", "tide", "lamp"]
GUESTS = ["Ines Falk", "Rui Ode"]
SECRET = "xyzzyplugh"
LIMIT = 3
STATUSES = ["published", "published", "published", "stub", "private", "draft", "removed"]


@dataclass(frozen=True)
class Told:
    """An invented episode: its status, what it says, and which others it names, by place."""

    status: str
    words: tuple[str, ...]
    papers: tuple[int, ...]
    names: tuple[int, ...]
    guest: str | None
    takes: tuple[int, ...] = ()

    @property
    def hidden(self) -> bool:
        return self.status in ("private", "draft", "removed")


TOLD = st.builds(
    Told,
    status=st.sampled_from(STATUSES),
    words=st.lists(st.sampled_from(WORDS), max_size=8).map(tuple),
    papers=st.lists(st.integers(0, 3), max_size=3, unique=True).map(tuple),
    names=st.lists(st.integers(0, 9), max_size=3, unique=True).map(tuple),
    guest=st.sampled_from([None, *GUESTS]),
    takes=st.lists(st.integers(0, 9), max_size=1).map(tuple),
)
SHOWS = st.lists(TOLD, max_size=10)
few = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def slug(place: int, told: Told) -> str:
    return f"{SECRET}-{place}" if told.hidden else f"e{place}"


def sound(place: int, told: Told) -> str:
    return f"https://audio.example/e/the-episode-called-{slug(place, told)}.mp3"


def files(show: list[Told], names: list[str] | None = None) -> dict[str, str]:
    """The files of an invented show, each under its slug or the name given."""
    found = {}
    for place, told in enumerate(show):
        others = [n for n in told.names if n < len(show)]
        sources = [{"url": sound(n, show[n])} for n in others]
        sources += [{"title": f"A Theory of {WORDS[n].title()} Number {n}"} for n in told.papers]
        fields: dict[str, Any] = {
            "date": f"2026-01-{1 + place % 4:02}",
            "status": told.status,
            "audio": sound(place, told),
            "sources": json.dumps(sources),
            "same_paper": json.dumps(
                [slug(n, show[n]) for n in told.takes if n < len(show) and n != place]
            ),
            "people": json.dumps([{"name": told.guest, "role": "guest"}] if told.guest else []),
        }
        title = f"{SECRET} {place}" if told.hidden else f"Episode {place}"
        name = names[place] if names else slug(place, told)
        found[f"content/episodes/{name}.md"] = episode(
            title, slug(place, told), " ".join(told.words), **fields
        )
    return found


def related(root: Path) -> Archive:
    """The archive of a site as pages find it; none is rendered."""
    problems = Problems()
    catalog = resolve(load(root, problems), NOW, NO_CACHE, problems)
    assert catalog is not None
    archive = relate(catalog, problems)
    assert [str(one) for one in problems if one.level is Level.ERROR] == []
    return archive


def made(pages: dict[str, str]) -> Archive:
    """The archive of the files."""
    settings_file = SETTINGS + f"  related: {LIMIT}\n"
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"site.yaml": settings_file, **pages}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return related(Path(folder))


@few
@given(SHOWS)
def test_relations_hold_whatever_the_show(show: list[Told]) -> None:
    archive = made(files(show))
    slugs = {entry.slug for entry in archive.entries}
    for entry in archive.entries:
        related = [one.slug for one in entry.related]
        assert len(set(related)) == len(related) <= LIMIT
        assert entry.slug not in {*related, *entry.mentions, *entry.takes}
        assert {*related, *entry.mentions, *entry.mentioned_by, *entry.takes} <= slugs
        assert not {*related} & {*entry.takes}
        assert all(r.text for one in entry.related for r in one.reasons)


@few
@given(SHOWS)
def test_a_mention_and_its_backlink_are_one_and_so_are_takes(show: list[Told]) -> None:
    archive = made(files(show))
    mentions = {(e.slug, other) for e in archive.entries for other in e.mentions}
    assert mentions == {(o, e.slug) for e in archive.entries for o in e.mentioned_by}
    takes = {(e.slug, other) for e in archive.entries for other in e.takes}
    assert takes == {(other, one) for one, other in takes}
    for entry in archive.entries:
        for one in entry.related:
            kinds = {reason.kind for reason in one.reasons}
            assert ("cites" in kinds) == (one.slug in entry.mentions)
            assert ("cited-by" in kinds) == (one.slug in entry.mentioned_by)


@few
@given(SHOWS)
def test_nothing_hidden_is_anywhere_in_the_archive(show: list[Told]) -> None:
    archive = made(files(show))
    assert all(SECRET not in entry.slug for entry in archive.entries)
    for entry in archive.entries:
        shown = (*entry.mentions, *entry.mentioned_by, *entry.takes)
        assert not any(SECRET in other for other in shown)
        assert not any(SECRET in repr(one) for one in entry.related)


@few
@given(SHOWS, st.integers(0, 99))
def test_the_order_of_files_does_not_matter(show: list[Told], seed: int) -> None:
    names = [f"n{place}" for place in range(len(show))]
    random.Random(seed).shuffle(names)
    assert _relations(made(files(show))) == _relations(made(files(show, names)))


def _relations(archive: Archive) -> list[object]:
    return [(e.slug, e.related, e.mentions, e.mentioned_by, e.takes) for e in archive.entries]


BIRDS = {
    f"content/episodes/bird{n}.md": episode(
        f"Bird {n}", f"bird{n}", "owl heron wader marsh", date="2026-01-01"
    )
    for n in range(3)
}


@few
@given(st.lists(st.text("bcdfgjklmnpqtvwxyz", min_size=5, max_size=9), unique=True, max_size=8))
def test_an_episode_that_shares_no_word_changes_no_other_list(words: list[str]) -> None:
    """Four like episodes and six others, so that no word crosses the bound of the commonplace."""
    others = {
        f"content/episodes/other{n}.md": episode(
            f"Lone{n}", f"other{n}", f"single{n}", date="2026-01-01"
        )
        for n in range(6)
    }
    newcomer = episode("Zyzzyva", "zyzzyva", " ".join(words), date="2026-02-01")
    before = made({**BIRDS, **others})
    after = made({**BIRDS, **others, "content/episodes/zyzzyva.md": newcomer})
    assert after.entry("zyzzyva").related == ()
    for entry in before.entries:
        assert after.entry(entry.slug).related == entry.related


E1 = "accelerating-llm-cold-starts-with-programmable-page-cache"
E2 = "generative-file-systems-replacing-code-with-formal-specifications"
E3 = "optimizing-mixture-of-block-attention-through-statistical-theory"
E4 = "solidattention-co-designing-sparse-attention-and-ssd-io"
E5 = "xerxes-cxl-3-0-simulation-for-scalable-memory-systems"
E6 = "bidaw-computation-storage-aware-kv-caching-for-llms"

IDEAL = {
    E1: [(E6, "cites"), (E4, "cited-by"), (E5, "cited-by")],
    E2: [],
    E3: [(E4, "cites"), (E6, "cites-take"), (E5, "shared-mention")],
    E4: [(E6, "cites"), (E1, "cites"), (E3, "cited-by"), (E5, "cited-by")],
    E5: [(E1, "cites"), (E4, "cites"), (E6, "shared-mention"), (E3, "shared-mention")],
    E6: [(E4, "cited-by"), (E1, "cited-by"), (E5, "shared-mention")],
}


@pytest.fixture(scope="module")
def own() -> Archive:
    return related(HERE.parent)


@pytest.mark.parametrize("slug", IDEAL)
def test_the_show_of_this_repository_is_related_as_a_reader_would(own: Archive, slug: str) -> None:
    found = [(one.slug, one.reasons[0].kind) for one in own.entry(slug).related]

    assert found == IDEAL[slug]
