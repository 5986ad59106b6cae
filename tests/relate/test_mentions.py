"""Own episodes among the sources, both ways."""

from backlist.model import Source
from backlist.relate.archive import Archive
from backlist.relate.mentions import without_show
from tests.conftest import MakeSite, built, episode

SOUND = "https://audio.example/e/2026-01-02-the-second-one-beef00.mp3"


def archive(site: MakeSite, sources: str, **second: str) -> tuple[Archive, list[str]]:
    root = site(
        {
            "content/episodes/a.md": episode("The First One", "first", sources=sources),
            "content/episodes/b.md": episode(
                "The Second One", "second", **{"audio": SOUND, "date": "2026-01-01", **second}
            ),
        }
    )
    made, problems = built(root)
    assert made is not None
    return made.archive, [str(p) for p in problems if "feed" not in str(p)]


def mentions(site: MakeSite, source: str, **second: str) -> tuple[str, ...]:
    found, _ = archive(site, f"[{source}]", **second)
    assert found.entry("second").mentioned_by == (
        ("first",) if found.entry("first").mentions else ()
    )
    return found.entry("first").mentions


def test_an_episode_is_known_by_its_sound_file(site: MakeSite) -> None:
    assert mentions(site, f"{{url: '{SOUND}'}}") == ("second",)


def test_the_file_name_counts_whatever_the_host_and_an_odd_host_is_told(site: MakeSite) -> None:
    odd = SOUND.replace("audio.example", "audoi.example")

    found, said = archive(site, f"[{{title: x, url: '{odd}'}}]")

    assert found.entry("first").mentions == ("second",)
    assert said == [
        "content/episodes/a.md:4: warning: host `audoi.example` looks mistyped: the same audio "
        "file is known on `audio.example`\n"
        "  the mention still links to the episode's page; the text was not changed"
    ]


def test_an_earlier_address_of_the_sound_still_counts(site: MakeSite) -> None:
    old = "https://old.example/podcast/play/1/xyz.mp3"
    audio = f"{{url: '{SOUND}', previous_urls: ['{old}']}}"
    root = site(
        {
            "content/episodes/a.md": episode("First", "first", sources=f"[{{url: '{old}'}}]"),
            "content/episodes/b.md": episode("Second", "second", audio=audio),
        }
    )

    made, _ = built(root)

    assert made is not None
    assert made.archive.entry("first").mentions == ("second",)


def test_a_title_counts_when_the_show_is_named_before_it(site: MakeSite) -> None:
    assert mentions(site, "{title: 'The Small Hours: the second one'}") == ("second",)
    assert mentions(site, "{title: 'The Second One'}") == ()


def test_the_page_of_an_episode_counts(site: MakeSite) -> None:
    assert mentions(site, "{url: 'https://small.example/episodes/second/'}") == ("second",)


def test_a_link_in_the_notes_counts(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("First", "first", f"See [it]({SOUND})."),
            "content/episodes/b.md": episode("Second", "second", audio=SOUND),
        }
    )

    made, _ = built(root)

    assert made is not None
    assert made.archive.entry("second").mentioned_by == ("first",)


def test_a_short_common_file_name_is_no_identity_on_another_host(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode(
                "First", "first", sources="[{url: 'https://else.example/audio.mp3'}]"
            ),
            "content/episodes/b.md": episode(
                "Second", "second", audio="https://x.example/audio.mp3"
            ),
        }
    )

    made, _ = built(root)

    assert made is not None
    assert made.archive.entry("first").mentions == ()


def test_a_mention_is_counted_once_and_never_of_itself(site: MakeSite) -> None:
    twice = f"{{url: '{SOUND}'}}, {{title: 'The Small Hours: The Second One'}}"
    itself = "{title: 'The Small Hours: The First One'}"

    found, said = archive(site, f"[{twice}, {itself}]")

    assert found.entry("first").mentions == ("second",)
    assert found.entry("first").citations[2].is_mention is False
    assert any("the source is the episode itself" in line for line in said)


def test_an_absent_episode_stays_text_and_is_told(site: MakeSite) -> None:
    absent = "https://audio.example/e/2025-12-24-not-here-000000.mp3"

    found, said = archive(site, f"[{{title: 'The Small Hours: Not Here', url: '{absent}'}}]")

    citation = found.entry("first").citations[0]
    assert (citation.is_mention, citation.mention, citation.work) == (True, None, None)
    assert citation.source == Source(title="The Small Hours: Not Here", url=absent)
    assert citation.display_title == "Not Here"
    assert [line.splitlines()[0] for line in said] == [
        "content/episodes/a.md:4: info: 1 mentioned episode not in this archive: "
        "The Small Hours: Not Here"
    ]


def test_a_sound_file_elsewhere_is_an_ordinary_source(site: MakeSite) -> None:
    found, _ = archive(
        site, "[{title: A talk, url: 'https://else.example/a-talk-about-things.mp3'}]"
    )

    assert found.entry("first").citations[0].is_mention is False


def test_only_the_show_itself_is_cut_from_a_title(site: MakeSite) -> None:
    found, _ = archive(site, "[]")

    assert without_show("The Small Hours: Hello: World", found.show) == "Hello: World"
    assert without_show("Hello: World", found.show) == "Hello: World"
    assert without_show("The Small Hours:", found.show) == "The Small Hours:"


def test_the_shows_own_pages_count_by_slug_and_by_number(site: MakeSite) -> None:
    home = "https://hours.example"
    notes = f"[one]({home}/show/second.html) [two]({home}/42) [three]({home}/page/42)"
    root = site(
        {
            "content/episodes/a.md": episode("First", "first", notes, link=f"{home}/first"),
            "content/episodes/b.md": episode("Second", "second"),
            "content/episodes/c.md": episode("Third", "third", number=42),
        }
    )

    made, _ = built(root)

    assert made is not None
    assert made.archive.entry("first").mentions == ("second", "third")


def test_what_two_episodes_are_called_names_neither(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("One", "a", link="https://owl.example/#here"),
            "content/episodes/b.md": episode("One", "b", link="https://owl.example/#there"),
            "content/episodes/c.md": episode("C", "c", link="https://owl.example/all?show=1"),
            "content/episodes/d.md": episode("D", "d", link="https://owl.example/all?show=2"),
            "content/episodes/e.md": episode(
                "E",
                "e",
                sources="[{title: 'The Small Hours: One'}, {url: 'https://owl.example/all?show=2'}]",
            )
            + "\n[home](https://owl.example/)\n",
        }
    )

    made, _ = built(root)

    assert made is not None
    assert made.archive.entry("e").mentions == ("d",)
