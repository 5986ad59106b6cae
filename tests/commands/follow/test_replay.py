"""Sixty days of a feed, played day by day against a repository and a stand-in of its host."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from backlist import content
from backlist.commands.follow import Followed
from backlist.importers.fields import flatten
from backlist.model import Episode
from backlist.problems import Problems
from tests.commands.follow.hub import Hub
from tests.commands.follow.world import FIRST, World, made

NUMBERS = {f"td-{number:04}": number for number in range(1, 20)} | {"new-0001": 1}
Fields = dict[str, Any]


def records(files: dict[str, str]) -> dict[int, tuple[str, Fields]]:
    """The records of a state of the site by the numbers of their episodes: path and fields."""
    found = {}
    for path, text in files.items():
        if path.startswith("content/episodes/"):
            problems = Problems()
            document = content.parse_markdown(text, path, problems)
            assert document is not None
            episode = content.read(Episode, document, problems, body=document.body)
            assert episode is not None and episode.guid, [str(one) for one in problems]
            found[NUMBERS[episode.guid]] = path, flatten(episode)
    return found


@dataclass
class Replay:
    """The history so far: what may differ, and what everybody has seen."""

    world: World
    hub: Hub
    day: int = 0
    allowed: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Fields that the host has changed since they were merged last, by number of episode."""
    last: dict[int, tuple[str, Fields]] = field(default_factory=dict)
    headings: dict[int, list[str]] = field(default_factory=dict)
    said: dict[int, Followed] = field(default_factory=dict)
    wrote: set[int] = field(default_factory=set)

    # -- what happens

    def publish(self, number: int) -> None:
        """The host has a new episode."""
        self.world.host.items.insert(0, made(number, self.world.now - timedelta(hours=1)))
        self.allowed[number].add("new")

    def change(self, number: int, *names: str, **fields: object) -> None:
        """The host changes fields of an item."""
        self.world.host.change(number, **fields)
        self.allowed[number] |= {*names}

    def merge(self, *, squash: bool = False, publish: bool = True) -> None:
        """Somebody merges the pull request, and the site is published."""
        (pull,) = self.hub.open_pulls
        self.world.merge(squash=squash)
        self.hub.close(pull, merged=True)
        self.check_fields(self.world.files())
        self.allowed.clear()
        if publish:
            self.world.publish()
        self.last = records(self.world.files())

    def edit(self, number: int, old: str, new: str, branch: str = "main") -> None:
        """Somebody edits a record."""
        self.world.pull(branch)
        self.world.edit(self.last[number][0], old, new)
        self.world.commit("An edit", branch)
        if branch == "main":
            self.last = records(self.world.files())

    def edit_new(self, number: int, old: str, new: str) -> None:
        """Somebody edits, on the branch of the pull request, a record that is new there."""
        self.world.pull("follow-feed")
        self.world.edit(records(self.world.files("follow-feed"))[number][0], old, new)
        self.world.commit("A correction", "follow-feed")

    def run(self, **options: int) -> Followed:
        """A scheduled run, after which what must never be is not."""
        before = self.hub.tip("main"), self.hub.tip("follow-feed")
        self.said[self.day], problems = self.world.follow(None, **options)
        assert not problems.stop(), [str(one) for one in problems]
        assert self.hub.tip("main") == before[0]
        assert len(self.hub.open_pulls) <= 1
        assert len(self.hub.open_issues) <= 1
        assert self.world.branches() <= {"main", "follow-feed"}
        if self.hub.open_pulls and self.hub.tip("follow-feed") != before[1]:
            self.check_fields(self.world.files("follow-feed"))
        if self.said[self.day].pushed:
            self.wrote.add(self.day)
        issues = [issue["body"] for issue in self.hub.open_issues]
        self.headings[self.day] = [
            line[3:] for body in issues for line in body.split("\n") if line.startswith("## ")
        ]
        return self.said[self.day]

    # -- what must be true

    def check_fields(self, files: dict[str, str]) -> None:
        """No episode is lost, and no field differs that nobody has changed."""
        now = records(files)
        for number, (path, fields) in self.last.items():
            assert now[number][0] == path
            ours = now[number][1]
            changed = {name for name in {*fields, *ours} if fields.get(name) != ours.get(name)}
            assert changed <= self.allowed[number], (self.day, number, changed)
        for number in now.keys() - self.last.keys():
            assert "new" in self.allowed[number]


Day = Callable[[Replay], None]


def history() -> dict[int, Day]:  # noqa: C901 - small deeds, and a table of them
    """What happens before the run of a day."""

    def wait(replay: Replay) -> None:
        """Nothing."""

    def both(*deeds: Day) -> Day:
        def do(replay: Replay) -> None:
            for deed in deeds:
                deed(replay)

        return do

    def merged(replay: Replay) -> None:
        replay.merge()

    def publishes(number: int) -> Day:
        return lambda replay: replay.publish(number)

    def breaks(how: str) -> Day:
        return lambda replay: setattr(replay.world.host, "broken", how)

    def lists(*numbers: int) -> Day:
        """The feed has exactly these items today; the host remembers the others."""

        def do(replay: Replay) -> None:
            host = replay.world.host
            known = {item.number: item for item in (*host.items, *host.hidden)}
            host.items = [known.pop(number) for number in numbers]
            host.hidden = [*known.values()]

        return do

    def moves_its_files(replay: Replay) -> None:
        for item in replay.world.host.items:
            address = f"https://cdn.host.example/v2/{item.number:03}.mp3"
            replay.change(
                item.number,
                "audio.url",
                "audio.previous_urls",
                "audio.length",
                audio=address,
                length=item.length + 1,
            )

    def moves(replay: Replay) -> None:
        replay.world.pull()
        replay.world.edit("site.yaml", "/feed.xml\n", "/new.xml\n")
        replay.world.commit("The new address")
        replay.world.host.broken = ""

    def declines(replay: Replay) -> None:
        replay.hub.close(replay.hub.open_pulls[0])

    return {
        0: wait,
        1: merged,
        3: publishes(4),
        4: lambda r: r.change(2, "title", title="Part 2 (again)"),
        5: lambda r: r.change(4, notes="<p>Corrected on day 5.</p>"),
        6: merged,
        8: lists(1, 2, 3, 4),
        9: lists(4, 3, 2, 1),
        10: breaks("503"),
        11: breaks(""),
        13: lists(4, 3, 1),
        15: lists(4, 3, 2, 1),
        17: breaks("elsewhere"),
        18: breaks("moved"),
        20: moves,
        22: lists(4),
        23: lists(4, 3, 2, 1),
        25: moves_its_files,
        26: merged,
        27: lambda r: r.change(2, "body", notes="<p>The host's second thoughts.</p>"),
        28: lambda r: r.edit(2, "title: Part 2 (again)", "title: Two"),
        29: merged,
        30: lambda r: r.change(2, title="Part II"),
        31: merged,
        33: publishes(5),
        34: both(
            lambda r: r.edit_new(5, "What the tide left", "What the tide had left"),
            publishes(6),
        ),
        35: lambda r: r.merge(squash=True),
        37: lambda r: r.change(1, "title", title="BUY NOW"),
        38: declines,
        40: lambda r: r.change(1, title="Part 1"),
        42: lambda r: r.change(3, "title", title="Part 33"),
        43: lambda r: r.change(3, title="Part 3"),
        44: breaks("page"),
        45: breaks("half"),
        46: breaks(""),
        48: breaks("503"),
        52: breaks(""),
        53: lambda r: r.change(
            1,
            "audio.url",
            "audio.previous_urls",
            guid="new-0001",
            audio="https://new.example/1.mp3",
        ),
        54: lambda r: r.run(keep_guids=1),
        55: merged,
        56: lists(6, 5, 4, 3, 2),
        57: lambda r: r.run(allow_removed=1),
        58: both(merged, publishes(7)),
        60: lambda r: r.merge(publish=False),
        62: lambda r: r.world.publish(),
        64: breaks("ours"),
    }


@pytest.mark.long
def test_sixty_days(world: World, hub: Hub) -> None:
    world.create(f"    pings: ['{world.address}/hub']\n")
    replay = Replay(world, hub)
    for number in (1, 2, 3):
        replay.allowed[number].add("new")

    days = history()
    for day in range(66):
        replay.day, world.host.built = day, day
        world.now = FIRST + timedelta(days=day)
        if day in days:
            days[day](replay)
        replay.run()

    assert {day: said for day, said in replay.headings.items() if said} == EXPECTED_ISSUES
    assert [pull["title"].removeprefix("Follow the feed: ") for pull in hub.pulls] == PULLS
    # Every day of rest was one: the feed is written anew each day.
    assert sorted(replay.wrote) == WRITTEN
    ping = "hub.mode=publish&hub.url=" + quote(f"{world.address}/site/feed.xml", "")
    assert world.host.told == [ping] * 8
    assert set(hub.actions) == {"enable follow.yml", "enable publish.yml"}
    final = records(world.files())
    assert [final[number][1]["title"] for number in range(1, 8)] == TITLES
    assert "What the tide had left on day 5." in final[5][1]["body"]
    assert {final[number][1]["guid"] for number in (1, 2)} == {"td-0001", "td-0002"}


LACKS, LATE = "The feed lacks episodes it had", "The feed is newer than your site"
EXPECTED_ISSUES: dict[int, list[str]] = {
    4: [LATE],
    5: [LATE],
    13: [LACKS],
    14: [LACKS],
    18: ["The feed has moved"],
    19: ["The feed has moved"],
    22: [LACKS],
    34: [LATE],
    44: ["The address gives no feed that can be read"],
    45: ["The feed breaks off"],
    50: ["The feed cannot be fetched"],
    51: ["The feed cannot be fetched"],
    53: ["The feed has given episodes new guids"],
    56: [LACKS],
    59: [LATE],
    60: [LATE],
    61: [LATE],
    64: ["The feed is your own site's"],
    65: ["The feed is your own site's"],
}
TITLES = ["Part 1", "Two", "Part 3", "Part 4", "Part 5", "Part 6", "Part 7"]
PULLS = [
    "3 new episodes",
    "1 new episode, 1 changed",
    "4 changed episodes",
    "1 changed episode",
    "1 conflict",
    "2 new episodes",
    "1 changed episode",
    "1 changed episode",
    "1 changed episode, 1 with another guid in the feed",
    "1 episode gone from the feed",
    "1 new episode",
]
WRITTEN = [0, 3, 4, 5, 25, 27, 28, 30, 33, 34, 37, 42, 54, 57, 58]
