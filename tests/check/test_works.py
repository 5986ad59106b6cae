"""Honest marks on source lists."""

from tests.conftest import MakeSite, built, episode


def said(site: MakeSite, title: str, sources: str) -> list[str]:
    _, problems = built(site({"content/episodes/a.md": episode(title, "a", sources=sources)}))
    return [p.message for p in problems if "not in the feed" not in p.message]


def test_searches_and_missing_authors_are_counted(site: MakeSite) -> None:
    search = "https://scholar.google.com/scholar?q=x"
    sources = f"[{{title: A Paper of Owls, url: '{search}', authors: Unknown}}, {{title: B}}]"

    assert said(site, "A", sources) == ["1 of 2 sources only link to a search, 1 have no author"]


def test_a_title_that_repeats_the_show_is_told(site: MakeSite) -> None:
    assert said(site, "'Episode: Owls'", "[]") == ["the title begins with “Episode:”"]
    assert said(site, "'The small hours: Owls'", "[]") == [
        "the title begins with “The small hours:”"
    ]
    assert said(site, "'Owls: A Story'", "[]") == []


def test_a_number_that_its_address_contradicts_is_told(site: MakeSite) -> None:
    wrong = "[{title: 'Tides #372', url: 'https://tides.example/show/362/owls'}]"
    right = "[{title: 'Tides #362', url: 'https://tides.example/show/362/owls'}]"

    assert said(site, "A", wrong) == ["source 1 says episode 372 and links to 362"]
    assert said(site, "A", right) == []
