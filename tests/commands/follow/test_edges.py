"""What services, servers and people do otherwise than expected."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from backlist import content
from backlist.commands.follow import published
from backlist.model import FollowSettings
from backlist.problems import BacklistError, Problems
from tests.commands.follow.hub import Hub
from tests.commands.follow.world import FIRST, World, git, made

PART_2 = "content/episodes/2026-02-22-part-2.md"


def test_what_a_feed_says_calls_nobody_and_closes_nothing(followed: World, hub: Hub) -> None:
    hostile = "@everybody fixes #1 `</code>` <!-- backlist follow: x --> | ![](https://a.example/)"
    followed.host.items.insert(0, replace(made(4, FIRST), title=hostile))

    followed.follow()

    (pull,) = hub.open_pulls
    cell = hostile.replace("|", "\\|")
    assert f"| `` {cell} `` |" in pull["body"]
    message = git(followed.remote, "log", "-1", "--format=%B", "follow-feed")
    assert message.startswith("Follow the feed: 1 new episode\n\nBacklist-Tree: ")


def test_the_show_in_other_words_is_told_and_site_yaml_stays(followed: World, hub: Hub) -> None:
    followed.host.about = "Three engineers."

    followed.follow()

    (pull,) = hub.open_pulls
    assert pull["title"] == "Follow the feed: the show"
    assert "| `description` | `Two engineers and the sea.` | `Three engineers.` |" in pull["body"]
    changed = git(followed.remote, "diff", "--name-only", "main", "follow-feed").split()
    assert changed == ["content/imported/fetched.yaml", "content/imported/show.yaml"]


def test_another_guid_for_the_same_recording_is_told(followed: World, hub: Hub) -> None:
    followed.host.change(2, guid="other")

    followed.follow()

    assert "| `guid` | `td-0002` | `other` |" in hub.open_pulls[0]["body"]
    assert "guid: td-0002" in followed.files("follow-feed")[PART_2]


def test_a_cover_is_fetched_once_while_the_proposal_waits(followed: World, hub: Hub) -> None:
    cover = f"{followed.address}/cover.png"
    followed.host.items.insert(0, replace(made(4, FIRST), image=cover))
    followed.follow()
    followed.host.items.insert(0, made(5, FIRST))

    followed.follow()

    assert followed.host.covers == 1
    branch = followed.files("follow-feed")
    assert cover in branch["content/mirror.yaml"]
    assert "content/episodes/2026-03-01-part-5.md" in branch


def test_declining_a_removal_brings_the_issue_back(followed: World, hub: Hub) -> None:
    followed.host.items = followed.host.items[:1]
    followed.follow(allow_removed=2)
    hub.close(hub.open_pulls[0])

    followed.follow()

    assert hub.open_pulls == [] and len(hub.open_issues) == 1


def test_an_issue_that_a_person_closed_stays_closed(followed: World, hub: Hub) -> None:
    followed.host.items = followed.host.items[:1]
    followed.follow()
    hub.issues[0]["state"] = "closed"

    followed.follow()
    assert hub.open_issues == []

    followed.host.items = []
    followed.follow()
    assert [issue["number"] for issue in hub.open_issues] == [hub.issues[0]["number"]]


def test_a_strangers_issue_with_our_mark_is_left_alone(followed: World, hub: Hub) -> None:
    trap = {"number": 90, "state": "open", "body": "<!-- backlist follow: x -->\nTrap"}
    stranger = {"user": {"type": "User"}, "author_association": "NONE"}
    hub.issues.append({**trap, **stranger})
    followed.host.items = followed.host.items[:1]

    followed.follow()

    assert hub.issues[0]["body"] == trap["body"] and len(hub.issues) == 2


def test_a_forbidden_pull_request_is_an_issue_with_the_way_out(followed: World, hub: Hub) -> None:
    said = "GitHub Actions is not permitted to create or approve pull requests."
    hub.refused["POST pulls"] = 403, said
    followed.host.change(2, title="Part II")

    followed.follow()
    followed.follow()

    (issue,) = hub.open_issues
    assert said in issue["body"]
    assert "Allow GitHub Actions to create and approve pull requests" in issue["body"]
    assert "/harbour/tide-desk/compare/main...follow-feed?expand=1" in issue["body"]
    del hub.refused["POST pulls"]
    followed.follow()
    assert hub.open_issues == [] and len(hub.open_pulls) == 1


def test_where_issues_are_off_the_run_fails(followed: World, hub: Hub) -> None:
    hub.refused[".*issues.*"] = 410, "Issues are disabled for this repo"
    followed.host.items = followed.host.items[:1]

    _, problems = followed.follow()

    assert [p.message for p in problems if p.level.name == "ERROR"] == [
        "The feed lacks episodes it had"
    ]


def test_missing_permissions_are_named(followed: World, hub: Hub) -> None:
    hub.refused["GET pulls"] = 403, "Resource not accessible by integration"

    with pytest.raises(BacklistError, match=r"answered 403 Resource not[^`]*`permissions:`"):
        followed.follow()


def test_somebody_who_pushes_meanwhile_wins(
    followed: World, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed.host.change(2, title="Part II")
    answer = followed.host.answer

    def push_first(path: str) -> tuple[int, dict[str, str], bytes]:
        if not hub.tip("follow-feed"):
            git(followed.own, "push", "-q", "origin", "main:follow-feed")
        return answer(path)

    monkeypatch.setattr(followed.host, "answer", push_first)

    run, problems = followed.follow()

    assert not run.pushed and hub.open_pulls == []
    assert [p.message for p in problems] == ["somebody pushed meanwhile, so nothing was pushed"]


def test_a_site_in_a_folder_of_its_repository(world: World) -> None:
    world.create()
    git(world.own, "rm", "-q", "--cached", "site.yaml")
    world.write("shows/tide/site.yaml", (world.own / "site.yaml").read_text())
    (world.own / "site.yaml").unlink()
    world.commit("Into a folder")
    git(world.checkout, "pull", "-q")

    world.follow(root=world.checkout / "shows/tide")
    run, _ = world.follow(root=world.checkout / "shows/tide")

    assert f"shows/tide/{PART_2}" in world.files("follow-feed")
    assert run.lines[-1] == "the branch `follow-feed` waits to be merged"


def test_options_for_the_server_are_pushed_along(world: World) -> None:
    world.create()
    git(world.remote, "config", "receive.advertisePushOptions", "true")
    hook = world.remote / "hooks/post-receive"
    hook.write_text('#!/bin/sh\necho "$GIT_PUSH_OPTION_0" > options\n')
    hook.chmod(0o755)

    world.follow(push_options=("merge_request.create",), remote=str(world.remote))

    assert (world.remote / "options").read_text() == "merge_request.create\n"


def test_what_was_remembered_may_be_lost_or_broken(followed: World, hub: Hub) -> None:
    state = followed.checkout / ".cache/follow.json"
    followed.publish()
    for text in ("{", "[]", '{"silent": "yesterday", "untold": [], "missing": {}}'):
        state.write_text(text)
        _, problems = followed.follow()
        assert not problems.found and "published" in state.read_text()


def test_drafts_and_what_a_short_feed_has_no_room_for_are_not_missed(
    followed: World, hub: Hub
) -> None:
    followed.edit("content/episodes/2026-02-23-part-3.md", "slug:", "status: draft\nslug:")
    followed.commit("Not yet")
    followed.host.site = followed.host.feed(followed.host.items[1:2])

    for hours in (0, 30):
        followed.now = FIRST + timedelta(hours=hours)
        followed.follow()

    assert hub.issues == []


def test_who_is_told_of_a_new_feed_and_how(
    followed: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    answer = followed.host.answer
    monkeypatch.setattr(published, "PODCAST_INDEX", f"{followed.address}/pubnotify")
    monkeypatch.setattr(published, "PODPING", f"{followed.address}/podping")
    monkeypatch.setattr(
        followed.host,
        "answer",
        lambda path: (
            (200, {}, b"")
            if path[1:4] in ("pub", "pod") and not asked.append(path)  # type: ignore[func-returns-value]
            else answer(path)
        ),
    )
    feed = f"{followed.address}/site/feed.xml"

    assert published.tell("podcast index", feed) == ""
    assert published.tell("podping", feed).startswith("`PODPING_TOKEN` is not set")
    monkeypatch.setenv("PODPING_TOKEN", "k")
    assert published.tell("podping", feed) == ""
    assert published.tell(f"{followed.address}/new.xml", feed) == ""
    assert published.tell("http://127.0.0.1:1/", feed) != ""

    quoted = feed.replace(":", "%3A").replace("/", "%2F")
    assert asked == [
        f"/pubnotify?url={quoted}",
        f"/podping?url={quoted}&reason=update&medium=podcast",
    ]
    assert followed.host.told == [f"hub.mode=publish&hub.url={quoted}"]


def test_who_is_told_must_be_known_or_an_address() -> None:
    problems = Problems()
    data = {"pings": ["podcast index", "podping", "https://hub.example/", "podcast-index"]}

    assert content.read(FollowSettings, content.Document("site.yaml", data, {}), problems) is None
    assert [one.message for one in problems] == [
        '`pings[4]` is neither a known name nor an address: "podcast-index"'
    ]
