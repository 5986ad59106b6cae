"""Related episodes come with their true reasons."""

import pytest

from backlist.relate import reasons as relations
from backlist.relate import shared_topics
from backlist.relate.archive import Archive
from tests.conftest import MakeSite, built, episode

PAPER = "{title: 'Patience: A Theory of Waiting'}"


def archive(site: MakeSite, **episodes: dict[str, str]) -> Archive:
    root = site(
        {
            f"content/episodes/{slug}.md": episode(
                f"Episode {slug}", slug, date="2026-01-01", **fields
            )
            for slug, fields in episodes.items()
        }
    )
    made, problems = built(root)
    assert made is not None and not problems.stop()
    return made.archive


def reasons(found: Archive, slug: str) -> list[tuple[str, list[str]]]:
    return [(one.slug, [r.text for r in one.reasons]) for one in found.entry(slug).related]


def sound(slug: str) -> str:
    return f"https://audio.example/e/the-episode-called-{slug}.mp3"


def test_mentions_come_first_and_say_which_way(site: MakeSite) -> None:
    found = archive(
        site,
        a={"sources": f"[{{url: '{sound('b')}'}}, {PAPER}]"},
        b={"audio": sound("b")},
        c={"sources": f"[{PAPER}]"},
    )

    assert reasons(found, "a") == [
        ("b", ["mentioned in this episode"]),
        ("c", ["both cite Patience"]),
    ]
    assert reasons(found, "b") == [("a", ["mentions this episode"])]


def test_episodes_that_share_nothing_are_not_offered(site: MakeSite) -> None:
    found = archive(site, a={"topics": "[Sea]"}, b={"topics": "[Land]"})

    assert reasons(found, "a") == []


def test_other_takes_and_stubs_are_not_offered(site: MakeSite) -> None:
    found = archive(
        site,
        a={"sources": f"[{PAPER}]", "same_paper": "[b]"},
        b={"sources": f"[{PAPER}]"},
        c={"sources": f"[{PAPER}]", "status": "stub"},
    )

    assert reasons(found, "a") == []


def test_a_mention_of_another_take_is_a_reason(site: MakeSite) -> None:
    found = archive(
        site,
        a={"sources": f"[{{url: '{sound('b')}'}}]"},
        b={"audio": sound("b"), "status": "stub"},
        c={"same_paper": "[b]"},
    )

    assert reasons(found, "a") == [("c", ["this episode mentions “Episode b”, on the same paper"])]


def test_shared_topics_are_named(site: MakeSite) -> None:
    found = archive(site, a={"topics": "[Sea, Ships]"}, b={"topics": "[Ships, Sea]"}, c={})

    assert reasons(found, "a") == [("b", ["both about Sea and Ships"])]


def test_a_topic_that_names_a_kind_of_episode_is_no_reason(site: MakeSite) -> None:
    found = archive(
        site,
        a={"topics": "[Interviews, Sea]"},
        b={"topics": "[Sea, Interviews]"},
        c={"topics": "[Interviews]"},
    )

    assert reasons(found, "a")[0] == ("b", ["both about Sea"])
    assert all(not why for slug, why in reasons(found, "a") if slug == "c")


def test_a_topic_of_most_episodes_is_no_reason(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {slug: {"topics": "[Sea]"} for slug in "abc"}
    before = archive(site, **fields)
    monkeypatch.setattr(shared_topics, "LEAST", 2)
    after = archive(site, **fields)

    assert all(why == ["both about Sea"] for _, why in reasons(before, "a"))
    assert not any(why for _, why in reasons(after, "a"))


def test_a_topic_that_not_both_speak_of_is_no_reason_in_a_large_archive(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_topics, "FEW", 2)
    fields = {slug: {"topics": "[Sea]", "summary": "Old harbours and seas."} for slug in "ac"}
    found = archive(site, b={"topics": "[Sea]", "summary": "Old harbours."}, d={}, **fields)

    assert dict(reasons(found, "a")) == {"b": [], "c": ["both about Sea"]}


def test_a_topic_that_most_episodes_speak_of_is_no_reason(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_topics, "LEAST", 2)
    spoken = {slug: {"summary": "The sea."} for slug in "cde"}
    found = archive(site, a={"topics": "[Sea]"}, b={"topics": "[Sea]"}, f={}, **spoken)

    assert ("b", []) in reasons(found, "a")


def test_file_names_do_not_matter(site: MakeSite) -> None:
    topics = {"topics": "[Sea]"}
    one = archive(site, a=topics, b=topics, c=topics)
    root = site({})
    folder = root / "content/episodes"
    for slug, name in {"a": "z", "b": "y", "c": "x"}.items():
        (folder / f"{slug}.md").rename(folder / f"{name}.md")

    made, _ = built(root)

    assert made is not None
    assert [e.related for e in made.archive.entries] == [e.related for e in one.entries]


def test_of_several_takes_only_the_best_placed_is_offered(site: MakeSite) -> None:
    found = archive(
        site,
        a={"sources": f"[{{url: '{sound('b')}'}}, {{url: '{sound('c')}'}}]"},
        b={"audio": sound("b"), "same_paper": "[c]"},
        c={"audio": sound("c")},
    )

    assert [one.slug for one in found.entry("a").related] == ["b"]


def test_what_is_only_said_relates_episodes_without_a_reason(site: MakeSite) -> None:
    def spoken(slug: str, words: str) -> dict[str, str]:
        return {
            f"content/transcripts/{slug}.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n",
            f"content/episodes/{slug}.md": episode(
                slug, slug, "", date="2026-01-01", transcripts=f"[{slug}.srt]"
            ),
        }

    made, _ = built(
        site(
            {
                **spoken("one", "Herons wade in marshes."),
                **spoken("two", "The marshes are full of Herons"),
                **spoken("three", "Looms weave algebra"),
            }
        )
    )

    assert made is not None
    assert reasons(made.archive, "one") == [("two", [])]
    assert reasons(made.archive, "three") == []


def test_what_everybody_mentions_leads_nowhere(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention = {"sources": f"[{{url: '{sound('z')}'}}]"}
    shown = {"a": mention, "b": mention, "z": {"audio": sound("z"), "status": "stub"}}
    before = archive(site, **shown)
    monkeypatch.setattr(relations, "MET", 1)
    after = archive(site, **shown)

    assert [one.slug for one in before.entry("a").related] == ["b"]
    assert after.entry("a").related == ()


def test_what_an_episode_says_of_itself_is_decided_once(site: MakeSite) -> None:
    found = archive(
        site,
        a={"audio": sound("a"), "guid": "tag:a", "summary": "Written."},
        b={"summary": "Word for word.", "people": "[Ann Roe]"},
    )
    a, b = found.entry("a"), found.entry("b")

    assert (a.summary, a.has_own_summary, a.in_feed) == ("Written.", True, True)
    assert (b.in_feed, [person.name for person in b.people]) == (False, ["Ann Roe"])


@pytest.mark.parametrize(
    ("summary", "is_own"),
    [
        ("Notes on queues, and on who waits", False),
        ("Notes on queues, and …", False),
        ("Notes on queues...", False),
        ("Notes on queues, and on who waits in them. Two guests.", True),
        ("Of queues", True),
        ("…", False),
    ],
)
def test_the_beginning_of_the_notes_is_no_summary_of_its_own(
    site: MakeSite, summary: str, is_own: bool
) -> None:
    text = episode("A", "a", "Notes on queues, and on who waits in them.", summary=f"'{summary}'")
    made, _ = built(site({"content/episodes/a.md": text}))
    assert made is not None

    assert made.archive.entry("a").has_own_summary is is_own
    page = made.outputs["episodes/a/index.html"].read()
    assert (b'class="intro"' in page) is is_own
