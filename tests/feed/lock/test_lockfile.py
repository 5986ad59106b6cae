"""The lock as a file: the same both ways, small differences, faults with their line."""

import difflib

from hypothesis import given
from hypothesis import strategies as st

from backlist import content
from backlist.feed.lock import lockfile
from backlist.feed.lock.lockfile import FeedLock, LockedFeed, LockedItem
from backlist.model import writable
from backlist.problems import Problems
from tests.feed.lock.invented import items

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def parsed(text: str) -> tuple[FeedLock | None, Problems]:
    problems = Problems()
    document = content.parse_yaml(text, "content/feed.lock.yaml", problems)
    return (lockfile.read(document, problems) if document else None), problems


@given(guid=words, title=words, pad=st.sampled_from(["", " ", "\n", "\n  ", "\t", "\r\n "]))
def test_what_is_written_is_read_byte_for_byte(guid: str, title: str, pad: str) -> None:
    lock = FeedLock(
        feed=LockedFeed(address="https://a.example/feed.xml", guid="0b"),
        items=(LockedItem(guid=f"{pad}{guid}{pad}", title=title, audio="https://a.example/1.mp3"),),
    )

    assert parsed(lockfile.dump(lock))[0] == lock


def test_a_long_lock_is_written_in_parts_that_make_one_file() -> None:
    lock = FeedLock(items=tuple(items(lockfile.PART + 1)), dropped=("a",))

    assert lockfile.dump(lock).endswith(content.dump_yaml(writable(lock)))


def test_a_new_episode_is_one_block_at_the_top() -> None:
    before = lockfile.dump(FeedLock(items=tuple(items(50))))
    after = lockfile.dump(FeedLock(items=tuple(items(51))))

    changed = list(difflib.ndiff(before.splitlines(), after.splitlines()))

    assert [line for line in changed if line[0] == "-"] == []
    assert [line for line in changed if line[0] == "+"] == [
        "+   - guid: small-0051",
        "+     title: Night 51",
        "+     date: '2020-12-28T06:00:00+00:00'",
        "+     audio: https://audio.small.example/e/night-51.mp3",
        "+     length: 1051",
        "+     type: audio/mpeg",
        "+     page: episodes/night-51/",
    ]


def test_faults_are_told_at_their_line() -> None:
    lock, problems = parsed("items:\n  - guid: a\n    audio: b\n    lenth: 1\n  - audio: c\n")

    assert lock is None
    assert [str(one).splitlines()[0] for one in problems] == [
        "content/feed.lock.yaml:4: error: unknown key `items[1].lenth`",
        "content/feed.lock.yaml:5: error: `items[2].guid` is missing",
    ]


def test_a_guid_twice_in_the_lock_is_a_fault() -> None:
    lock, problems = parsed("items:\n  - guid: a\n    audio: b\n  - guid: a\n    audio: c\n")

    assert lock is None
    (fault,) = problems
    assert str(fault).startswith(
        'content/feed.lock.yaml:4: error: `guid` is the same as in item 1: "a"'
    )


def test_a_merge_left_half_done_is_a_fault() -> None:
    _, problems = parsed("items:\n<<<<<<< here\n  - guid: a\n=======\n")

    assert problems.stop()


def test_a_lock_without_items_is_a_fault() -> None:
    """An emptied lock would guard nothing and say nothing of it."""
    _, problems = parsed("feed:\n  guid: a\n")

    assert "`items` is missing" in str(next(iter(problems)))
