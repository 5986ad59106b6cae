"""What is published has a budget: hosts and repositories count files."""

from collections import Counter

import pytest

from backlist.files.output import Outputs
from backlist.pages import share_image
from tests.conftest import SEARCHED, MakeSite, built, episode
from tests.pictures import picture

COUNT = 40


def made(site: MakeSite, count: int = COUNT, **fields: str) -> Outputs:
    """An archive of many episodes with four sources each, of which one is shared by two."""
    files = {
        f"content/episodes/{n}.md": episode(
            f"Episode {n}",
            f"e{n}",
            date=f"{2025 - n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}",
            sources="["
            + ", ".join(
                f"{{title: Source {name}, url: 'https://s.example/{name}'}}"
                for name in (f"{n}-a", f"{n}-b", f"{n}-c", f"shared-{n // 2}")
            )
            + "]",
            topics="[One, Two]",
            people=f"[{{name: Guest {n}, role: guest}}]",
            **fields,
        )
        for n in range(count)
    }
    result, problems = built(site({"site.yaml": SEARCHED, **files}))
    assert result is not None and not problems.stop(), list(problems)
    return result.outputs


def test_an_episode_costs_a_page_a_markdown_page_and_a_search_text(site: MakeSite) -> None:
    outputs = made(site)

    own = Counter(path.split("/")[1] for path in outputs if path.startswith("episodes/e"))
    assert set(own.values()) == {2}
    assert sum(path.startswith("search/text/") for path in outputs) == COUNT


def test_a_page_for_frames_costs_two_more_files_where_the_archive_is_small(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page, and what says so to programs: asked for, so above the budget of the others."""
    sound = "{url: 'https://a.example/a.mp3'}"
    outputs = made(site, audio=sound)
    own = [path.split("/")[2:] for path in outputs if path.startswith("episodes/e7/")]
    assert own == [["embed", "index.html"], ["embed", "oembed.json"], ["index.html"], ["index.md"]]

    assert share_image.MOST == 500
    monkeypatch.setattr(share_image, "MOST", COUNT)
    assert any("/embed/" in path for path in made(site, audio=sound))
    assert not any("/embed/" in path for path in made(site, count=COUNT + 1, audio=sound))


def test_only_what_several_episodes_share_costs_more(site: MakeSite) -> None:
    outputs = made(site)

    works = [path for path in outputs if path.startswith("works/source-")]
    assert len(works) == 2 * COUNT // 2
    assert [path for path in outputs if path.startswith("people/")] == [
        "people/index.html",
        "people/index.md",
    ]
    assert [path for path in outputs if path.startswith("topics/") and path.endswith(".md")] == [
        "topics/index.md"
    ]


def test_the_demonstration_stays_small(outputs: Outputs) -> None:
    """Six of the files lead from what papers were called to what they are."""
    assert len(outputs) < 220


def test_pictures_cost_what_is_shown_of_them(site: MakeSite) -> None:
    """The show's picture costs six copies in all, one of an episode two.

    With the file itself, such an episode costs three files beside its pages and its search text; a
    share card is then not drawn. More than a thousand of them have one copy each
    (`pictures.MANY`). Where no episode has a picture, there are the six copies only.
    """
    covered = {f"content/episodes/p{n}.md": episode("P", f"p{n}", image="own.png") for n in (1, 2)}
    bare = {f"content/episodes/b{n}.md": episode("B", f"b{n}") for n in range(20)}
    settings = SEARCHED.replace("https://small.example/cover.jpg", "show.png")
    root = site({"site.yaml": settings, **covered, **bare, "static/own.png": ""})
    (root / "static/show.png").write_bytes(picture((1400, 1400), "#883311"))
    (root / "static/own.png").write_bytes(picture((1400, 1400), "#228833"))

    made, _ = built(root)

    assert made is not None
    sized = Counter(path.partition("-")[0] for path in made.outputs if "/sized/" in path)
    assert sorted(sized.values()) == [2, 6]
    assert not any(path.endswith("card.png") for path in made.outputs)
