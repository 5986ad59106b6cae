"""What the archive says of its records."""

from backlist.relate.archive import Work


def test_a_work_names_each_episode_once_those_about_it_first() -> None:
    work = Work("w", "w", None, None, None, None, {}, ("b", "a"), ("c", "a"))
    assert work.episodes == ("b", "a", "c")
