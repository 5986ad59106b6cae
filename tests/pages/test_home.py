"""The home page leads in by topic, paper, visualization and year, where there is a way."""

from backlist.pages.home import TOPICS, WORKS
from tests.conftest import MakeSite, built, episode


def home(site: MakeSite, files: dict[str, str]) -> str:
    made, problems = built(site(files))
    assert made is not None and not problems.stop(), list(problems)
    return made.outputs["index.html"].read().decode()


def cited(*numbers: int) -> str:
    return (
        "["
        + ", ".join(f"{{title: Paper {n:02}, url: https://papers.example/{n}}}" for n in numbers)
        + "]"
    )


def test_papers_lead_in_when_several_episodes_draw_on_them(site: MakeSite) -> None:
    many = range(WORKS + 2)
    text = home(
        site,
        {
            "content/episodes/a.md": episode("A", "a", sources=cited(*many, 50)),
            "content/episodes/b.md": episode("B", "b", sources=cited(*many)),
            "content/episodes/c.md": episode("C", "c", sources=cited(7)),
        },
    )

    assert text.index("By paper") < text.index("Paper 07") < text.index("Paper 00")
    assert text.count('class="row work"') == WORKS
    assert "Paper 50" not in text
    assert '<a href="./works/">All works</a>' in text


def test_what_one_episode_cites_is_no_way_in_and_what_it_is_about_is(site: MakeSite) -> None:
    source = cited(1).replace("}]", "}, {title: The one, url: https://papers.example/x, ")
    text = home(
        site, {"content/episodes/a.md": episode("A", "a", sources=f"{source}role: subject}}]")}
    )

    assert "The one" in text
    assert "Paper 01" not in text


def test_a_small_archive_shows_no_empty_ways(site: MakeSite) -> None:
    text = home(site, {"content/episodes/a.md": episode("A", "a", date="2025-01-01")})

    assert "Latest episode" in text
    for heading in ("Recent episodes", "By topic", "By paper", "Interactive", "By year"):
        assert heading not in text


def test_many_topics_lead_to_their_index(site: MakeSite) -> None:
    topics = "[" + ", ".join(f"T{number:02}" for number in range(TOPICS + 1)) + "]"
    files = {
        "content/episodes/a.md": episode("A", "a", topics=topics),
        "content/episodes/b.md": episode("B", "b"),
    }
    text = home(site, files)

    section = text.partition('id="topics"')[2].partition("</section>")[0]
    assert section.count("<li>") == TOPICS
    assert '<a href="./topics/">All topics</a>' in section
