"""What lies in a site folder and cannot be read is told, wherever it lies."""

import pytest

from tests.conftest import MakeSite, built, episode

EPISODE = {"content/episodes/one.md": episode("One", "one")}
FOLDERS = ["pages", "visualizations", "transcripts", "chapters"]


@pytest.mark.parametrize(
    "folder", [*(f"content/{name}" for name in FOLDERS), "templates", "static"]
)
def test_a_file_in_the_place_of_a_folder_is_told(site: MakeSite, folder: str) -> None:
    _, problems = built(site({**EPISODE, folder: "in the way"}))

    assert problems.stop()
    assert f"{folder}: error: is not a directory" in [str(p).split("\n")[0] for p in problems]


def test_no_episodes_because_their_folder_is_a_file_is_told(site: MakeSite) -> None:
    _, problems = built(site({"content/episodes": "in the way"}))

    assert [str(problem).split("\n")[0] for problem in problems] == [
        "content/episodes: error: is not a directory"
    ]


@pytest.mark.parametrize("folder", ["visualizations/lab", "transcripts", "chapters", ""])
def test_a_link_to_what_is_not_there_is_told(site: MakeSite, folder: str) -> None:
    root = site(EPISODE)
    place = root / "content" / folder if folder else root / "static"
    place.mkdir(parents=True)
    (place / "logo.svg").symlink_to("gone.svg")
    (place / ".#logo.svg").symlink_to("an-editor@here.4711")
    _, problems = built(root)

    told = [str(problem) for problem in problems if "link" in problem.message]
    name = (place / "logo.svg").relative_to(root).as_posix()
    assert told == [f"{name}: error: is a broken symlink: gone.svg\n  fix the link, or remove it"]


def test_links_of_an_editor_beside_a_record_are_passed_over(site: MakeSite) -> None:
    root = site(EPISODE)
    (root / "content/episodes/.#one.md").symlink_to("an-editor@here.4711")
    made, problems = built(root)

    assert made is not None and not problems.stop()
