"""What is published has a budget: hosts and repositories count files."""

from collections import Counter

from backlist.output import Outputs
from tests.conftest import SETTINGS, MakeSite, built, episode

COUNT = 40


def made(site: MakeSite, **fields: str) -> Outputs:
    """An archive of forty episodes with four sources each, of which one is shared by two."""
    files = {
        f"content/episodes/{n}.md": episode(
            f"Episode {n}",
            f"e{n}",
            date=f"2025-{n // 28 + 1:02}-{n % 28 + 1:02}",
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
        for n in range(COUNT)
    }
    result, problems = built(site({"site.yaml": SETTINGS, **files}))
    assert result is not None and not problems.stop(), list(problems)
    return result.outputs


def test_an_episode_costs_a_page_a_markdown_page_and_a_search_text(site: MakeSite) -> None:
    outputs = made(site)

    own = Counter(path.split("/")[1] for path in outputs if path.startswith("episodes/e"))
    assert set(own.values()) == {2}
    assert sum(path.startswith("search/text/") for path in outputs) == COUNT


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
    assert len(outputs) < 220
