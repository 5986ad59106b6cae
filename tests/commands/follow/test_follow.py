"""Following a feed with plain Git and with a hosting service: one case of each."""

from datetime import timedelta

import pytest

from backlist.problems import BacklistError
from tests.commands.follow.hub import Hub
from tests.commands.follow.world import FIRST, World, git, made

PART_2 = "content/episodes/2026-02-22-part-2.md"


def test_new_episodes_are_proposed_once(world: World, hub: Hub) -> None:
    world.create()

    for _ in range(2):
        world.follow()

    (pull,) = hub.pulls
    assert pull["title"] == "Follow the feed: 3 new episodes"
    assert "| `Part 3` | `2026-02-23T06:00:00+00:00` |" in pull["body"]
    assert "### Checks" in pull["body"]
    assert "PATCH pulls/1" not in hub.asked
    assert not [name for name in world.files() if name.startswith("content/")]
    assert PART_2 in world.files("follow-feed")


def test_the_checkout_is_left_alone(world: World, hub: Hub) -> None:
    world.create()
    (world.checkout / "site.yaml").write_text("mine: not committed\n")

    world.follow()

    assert git(world.checkout, "status", "--porcelain") == "M site.yaml"
    assert git(world.checkout, "worktree", "list").count("\n") == 0
    assert git(world.checkout, "branch", "--all").split()[:2] == ["*", "main"]


def test_a_feed_written_anew_without_changes_proposes_nothing(followed: World, hub: Hub) -> None:
    followed.host.built = 5

    run, _ = followed.follow()

    assert run.lines == (f"{followed.address}/feed.xml: nothing",)
    assert hub.open_pulls == []


def test_changes_are_told_field_by_field(followed: World, hub: Hub) -> None:
    followed.host.change(2, title="Part 2 | again", length=2, notes="<p>Other notes, @all.</p>")

    followed.follow()

    (pull,) = hub.open_pulls
    assert pull["title"] == "Follow the feed: 1 changed episode"
    assert "| `title` | `Part 2` | `Part 2 \\| again` |" in pull["body"]
    assert "| `audio.length` | `1000000` | `2` |" in pull["body"]
    assert "-What the tide left on day 2.\n+Other notes, @all." in pull["body"]


def test_an_edit_stays_and_the_conflict_is_told_once(followed: World, hub: Hub) -> None:
    followed.edit(PART_2, "title: Part 2", "title: The second part")
    followed.commit("A better title")
    followed.host.change(2, title="Part II")

    followed.follow()

    (pull,) = hub.open_pulls
    assert pull["title"] == "Follow the feed: 1 conflict"
    assert "| `title` | `The second part` | `Part II` |" in pull["body"]
    followed.merge()
    hub.close(pull, merged=True)
    followed.follow()
    assert hub.open_pulls == []
    assert "title: The second part" in followed.files()[PART_2]


def test_what_is_moot_is_closed_and_its_branch_removed(followed: World, hub: Hub) -> None:
    followed.host.change(2, title="Part II")
    followed.follow()
    followed.host.change(2, title="Part 2")

    followed.follow()

    assert hub.open_pulls == [] and followed.branches() == {"main"}
    assert hub.comments[-1][1].startswith("The host's feed and your site agree again")


def test_a_persons_commit_on_the_branch_stays_and_the_import_goes_on_top(
    followed: World, hub: Hub
) -> None:
    followed.host.change(2, notes="<p>Notes with a tpyo.</p>")
    followed.follow()
    followed.pull("follow-feed")
    followed.edit(PART_2, "tpyo", "typo")
    followed.commit("Correct it", "follow-feed")
    followed.pull()
    followed.write("content/pages/about.md", "---\ntitle: About\nslug: about\n---\nWe.\n")
    followed.commit("A page")
    followed.host.items.insert(0, made(4, FIRST))

    followed.follow()
    followed.follow()

    assert len(hub.open_pulls) == 1
    branch = followed.files("follow-feed")
    assert "Notes with a typo." in branch[PART_2]
    assert "content/episodes/2026-03-01-part-4.md" in branch
    log = git(followed.remote, "log", "--format=%s", "main..follow-feed").splitlines()
    assert log == [
        "Follow the feed: 1 new episode",
        "Merge main",
        "Correct it",
        "Follow the feed: 1 changed episode",
    ]


def test_a_branch_that_cannot_be_joined_is_left_and_told(followed: World, hub: Hub) -> None:
    followed.host.change(2, notes="<p>Notes with a tpyo.</p>")
    followed.follow()
    followed.pull("follow-feed")
    followed.edit(PART_2, "tpyo", "typo")
    followed.commit("Correct it", "follow-feed")
    before = followed.files("follow-feed")
    followed.pull()
    followed.edit(PART_2, "What the tide left on day 2.", "Something else.")
    followed.commit("Notes of our own")

    followed.follow()

    assert followed.files("follow-feed") == before
    assert len(hub.open_pulls) == 1
    assert "## The pull request conflicts with the site" in hub.open_issues[0]["body"]
    assert f"- `{PART_2}`" in hub.open_issues[0]["body"]


def test_a_closed_pull_request_is_a_no_until_something_else_changes(
    followed: World, hub: Hub
) -> None:
    followed.host.change(2, title="Part II")
    followed.follow()
    hub.close(hub.open_pulls[0])

    run, _ = followed.follow()

    assert hub.open_pulls == []
    assert run.lines[-1] == "a pull request with these changes was closed: nothing is proposed"
    followed.host.change(1, title="Part I")
    followed.follow()
    assert [pull["title"] for pull in hub.open_pulls] == ["Follow the feed: 2 changed episodes"]


def test_a_squashed_merge_with_a_later_change_is_one_new_pull_request(
    followed: World, hub: Hub
) -> None:
    followed.host.change(2, title="Part II")
    followed.follow()
    followed.pull()
    followed.merge(squash=True)
    hub.close(hub.open_pulls[0], merged=True)
    followed.host.change(1, title="Part I")

    followed.follow()

    assert [pull["title"] for pull in hub.open_pulls] == ["Follow the feed: 1 changed episode"]
    assert len(git(followed.remote, "rev-list", "main..follow-feed").split()) == 1


def test_a_shrunken_feed_is_one_issue_that_closes_itself(followed: World, hub: Hub) -> None:
    kept = followed.host.items
    followed.host.items = kept[:1]

    for _ in range(2):
        _, problems = followed.follow()

    (issue,) = hub.issues
    assert "2 episodes of the last import are not in it: `Part 1`, `Part 2`" in issue["body"]
    assert "gh workflow run follow.yml -f allow_removed=2" in issue["body"]
    assert not problems.stop() and hub.open_pulls == []
    followed.host.items = kept
    followed.follow()
    assert hub.open_issues == []
    assert hub.comments == [(issue["number"], "It is over: the feed can be followed.")]


def test_accepting_is_a_pull_request_that_later_runs_go_on_from(followed: World, hub: Hub) -> None:
    followed.host.items = followed.host.items[:1]
    followed.follow()
    followed.follow(allow_removed=2)
    assert hub.open_issues == []
    followed.host.items.insert(0, made(4, FIRST))

    followed.follow()

    assert hub.open_issues == [] and len(hub.open_pulls) == 1
    assert "### Gone from the feed, kept on the site\n\n- `Part 1`" in hub.open_pulls[0]["body"]
    followed.merge()
    hub.close(hub.open_pulls[0], merged=True)
    followed.follow()
    assert hub.open_issues == [] and hub.open_pulls == []
    assert PART_2 in followed.files()


def test_committing_at_once_starts_the_workflow_that_publishes(world: World, hub: Hub) -> None:
    world.create("    how: commit\n")

    run, _ = world.follow()

    assert run.committed and hub.pulls == []
    assert PART_2 in world.files() and world.branches() == {"main"}
    assert hub.actions == ["run publish.yml on main"]


def test_what_cannot_be_built_is_not_committed(world: World, hub: Hub) -> None:
    world.create("    how: commit\n  navigation: [{label: Nowhere, url: nowhere/}]\n")

    run, _ = world.follow()

    assert not run.committed and PART_2 not in world.files()
    assert "## The site cannot be built with the feed's changes" in hub.open_issues[0]["body"]
    assert "nowhere/" in hub.open_issues[0]["body"]


def test_without_a_service_there_is_a_branch(world: World) -> None:
    world.create()

    run, _ = world.follow()
    git(world.remote, "branch", "-m", "follow-feed", "kept")
    world.follow()

    assert run.lines[-1] == "pushed the branch `follow-feed`: merge it to take the changes over"
    assert world.branches() == {"main", "kept", "follow-feed"}


def test_a_dry_run_changes_nothing(world: World, hub: Hub) -> None:
    world.create()

    run, _ = world.follow(dry_run=True)

    assert "| `Part 3` |" in run.markdown
    assert world.branches() == {"main"} and hub.issues == hub.pulls == []
    assert not (world.checkout / ".cache").exists()


def test_a_feed_out_of_reach_is_told_after_two_days(followed: World, hub: Hub) -> None:
    followed.publish()
    followed.host.broken = "503"
    for hours in (0, 24, 47):
        followed.now = FIRST + timedelta(hours=hours)
        _, problems = followed.follow()
        assert hub.issues == [] and not problems.stop()

    followed.now = FIRST + timedelta(hours=48)
    followed.follow()

    assert "Since 1 March 2026, 06:00 UTC:" in hub.open_issues[0]["body"]
    assert "the server answered 503" in hub.open_issues[0]["body"]


def test_without_content_imported_nothing_can_be_followed(world: World) -> None:
    world.create()
    world.write(".gitignore", "content/imported/\n")
    world.commit("Ignore it")

    with pytest.raises(BacklistError, match="leaves out `content/imported/`"):
        world.follow()


def test_where_there_is_no_feed_only_a_person_is_told_so(world: World, hub: Hub) -> None:
    world.create()
    world.edit("site.yaml", f"    feed: {world.address}/feed.xml\n", "    keep_alive: true\n")
    world.commit("Follow nothing")

    run, _ = world.follow()

    assert run.lines == ("there is no feed to follow: `site.follow.feed` names none",)
    world.github = None
    with pytest.raises(BacklistError, match="does not say which feed to follow"):
        world.follow()
