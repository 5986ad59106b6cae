"""People have pages when episodes differ by them."""

from backlist.relate.archive import Archive
from tests.conftest import SETTINGS, MakeSite, built, episode

HOSTS = SETTINGS.replace("show:\n", "show:\n  people: [Ines Falk, Rui Ode]\n")


def made(site: MakeSite, *people: str, settings: str = HOSTS) -> tuple[Archive, dict[str, str]]:
    """An episode for each text of people, newest first; an empty one means the hosts."""
    files = {
        f"content/episodes/{number}.md": episode(
            f"E{number}",
            f"e{number}",
            date=f"2025-01-{20 - number:02}",
            **({"people": text} if text else {}),
        )
        for number, text in enumerate(people)
    }
    result, problems = built(site({"site.yaml": settings, **files}))
    assert result is not None and not problems.stop(), list(problems)
    pages = {
        name: output.read().decode()
        for name, output in result.outputs.items()
        if name.endswith(".html")
    }
    return result.archive, pages


def test_the_same_hosts_everywhere_need_no_page(site: MakeSite) -> None:
    archive, pages = made(site, "", "")

    assert archive.contributors == ()
    assert not any(name.startswith("people/") for name in pages)
    assert "people/" not in pages["index.html"]


def test_a_guest_has_a_page_and_the_host_of_all_has_none(site: MakeSite) -> None:
    guest = "{name: Ada Ames, role: guest, url: https://ames.example/}"
    archive, pages = made(site, f"[Ines Falk, {guest}]", f"[Ines Falk, {guest}]", "")

    assert [(one.name, one.episodes) for one in archive.contributors] == [
        ("Ada Ames", ("e0", "e1")),
        ("Rui Ode", ("e2",)),
    ]
    page = pages["people/ada-ames/index.html"]
    assert "Guest" in page and "https://ames.example/" in page
    assert "../../people/ada-ames/" in pages["episodes/e0/index.html"]
    assert "people/ines-falk" not in "".join(pages.values())
    assert 'href="./people/"' in pages["index.html"]


def test_who_is_heard_once_leads_from_the_index_to_that_episode(site: MakeSite) -> None:
    guest = "{name: Ada Ames, role: guest, url: https://ames.example/}"
    _, pages = made(site, f"[Ines Falk, {guest}]", "[Ines Falk]", "[Ines Falk]")

    assert "people/ada-ames/index.html" not in pages
    assert '<a href="../episodes/e0/"><span class="name">Ada Ames' in pages["people/index.html"]
    assert '<a href="https://ames.example/">Ada Ames' in pages["episodes/e0/index.html"]


def test_a_role_belongs_to_an_episode(site: MakeSite) -> None:
    _, pages = made(
        site, "[{name: Ada, role: guest}]", "[{name: ada, role: host}]", "[{name: Bo, role: Guest}]"
    )

    page = pages["people/ada/index.html"]
    assert page.index('id="role-1">Guest') < page.index("E0") < page.index('id="role-2">Host')
    assert page.rindex("E1") > page.index('id="role-2"')
    assert "2 episodes" in page


def test_stubs_and_hidden_episodes_name_nobody(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", people="[Ada]"),
            "content/episodes/b.md": episode("B", "b", people="[Bo]", status="private"),
            "content/episodes/c.md": episode("C", "c", people="[Cy]", status="stub"),
            "content/episodes/d.md": episode("D", "d", people="[Di]"),
        }
    )

    result, _ = built(root)

    assert result is not None
    assert [one.name for one in result.archive.contributors] == ["Ada", "Di"]


def test_a_name_without_letters_has_no_page_and_breaks_nothing(site: MakeSite) -> None:
    _, pages = made(site, '["???"]', "[Ada]", "[Ada]")

    assert "???" in pages["episodes/e0/index.html"]
    assert "people/ada/index.html" in pages


def test_roles_that_an_import_gives_are_in_the_show_s_language(site: MakeSite) -> None:
    settings = HOSTS.replace("show:\n", "show:\n  language: de\n", 1)
    roles = ("author", "Contributor", "guest", "cover art designer")
    people = ", ".join(f"{{name: P{n}, role: {role}}}" for n, role in enumerate(roles))
    _, pages = made(site, f"[{people}]", settings=settings)
    page = pages["episodes/e0/index.html"]

    told = ("Autorschaft", "Mitwirkung", "Gast", "cover art designer")
    assert [one for one in told if f'<span class="role">{one}</span>' not in page] == []
