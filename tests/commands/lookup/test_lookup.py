"""`backlist lookup`, from a site and four stand-in services to `content/works.yaml`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from backlist.cli import main
from backlist.commands.lookup import ask, services
from tests.commands.lookup.stand_ins import HANGS, Paper, StandIns
from tests.conftest import MakeSite, episode
from tests.serving import answering

PAPER = Paper(
    "Surveying Owls by Night: A Field Study",
    ("Ann Owl", "Ben Wren"),
    2023,
    "Field Ornithology",
    "10.5555/owl.1",
    "2201.00001",
    preprint_year=2022,
)
SECOND = Paper("How Barn Owls Hear Mice in the Dark", ("Cem Kite",), 2019, doi="10.5555/hear")
NOISE = Paper("A Survey of Surveys on Almost Everything", ("Zoe Lark",), 2020, doi="10.5555/z")
WORKS = "content/works.yaml"
SEARCH = "https://scholar.google.com/scholar?q=owls"


def source(title: str, authors: str = "", year: str = "", url: str = SEARCH) -> str:
    fields = {"title": title, "authors": authors, "year": year, "url": url}
    return json.dumps({name: value for name, value in fields.items() if value})


def show(*sources: str, slug: str = "one", **fields: str) -> dict[str, str]:
    said = episode("One", slug, date="2026-01-01", sources=f"[{', '.join(sources)}]", **fields)
    return {f"content/episodes/{slug}.md": said}


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIns]:
    """StandIns that need no pauses between two questions."""
    monkeypatch.setattr(ask, "pause", lambda closed, seconds: None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 6, 1, tzinfo=UTC).timestamp())))
    found = StandIns([PAPER, SECOND, NOISE])
    quick = {
        name: replace(one, interval=0.0, anonymous=0.0) for name, one in services.SERVICES.items()
    }
    monkeypatch.setattr("backlist.commands.lookup.run.SERVICES", quick)
    with answering(found.handler()) as address:
        found.address = address
        yield found
        found.over.set()


def look(root: Path, stand_ins: StandIns, *said: str) -> Result:
    at = [f"--service={name}={base}" for name, base in stand_ins.bases(stand_ins.address).items()]
    return CliRunner().invoke(main, ["lookup", "--site", str(root), *at, *said])


def works(root: Path) -> list[dict[str, object]]:
    found = yaml.safe_load((root / WORKS).read_text("utf-8"))["works"]
    assert isinstance(found, list)
    return found


def test_a_paper_and_its_preprint_are_one_entry_with_its_evidence(
    site: MakeSite, stand_ins: StandIns
) -> None:
    root = site(show(source("Surveying owls by night – a field study", "Owl et al.", "2023")))

    result = look(root, stand_ins)

    assert result.exit_code == 0, result.output
    (entry,) = works(root)
    assert entry["known_as"] == ["Surveying owls by night – a field study"]
    assert entry["title"] == "Surveying Owls by Night: A Field Study"
    assert entry["authors"] == "Ann Owl, Ben Wren"
    assert entry["ids"] == {"doi": "10.5555/owl.1", "arxiv": "2201.00001"}
    assert entry["url"] == "https://doi.org/10.5555/owl.1"
    assert entry["venue"] == "Field Ornithology"
    status = entry["status"]
    assert isinstance(status, dict)
    assert status["verdict"] == "verified"
    assert status["evidence"][0] == "https://doi.org/10.5555/owl.1"
    assert "https://arxiv.org/abs/2201.00001" in status["evidence"]
    assert "wrote 1 entry into content/works.yaml" in result.output


def test_a_second_run_asks_and_changes_nothing(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(
        show(source(PAPER.title, "Owl et al.", "2023"), source("Owls of Atlantis", "", "1"))
    )
    first = look(root, stand_ins)
    before, asked = (root / WORKS).read_bytes(), len(stand_ins.asked)

    second = look(root, stand_ins)

    assert "1 unknown" in first.output
    assert (root / WORKS).read_bytes() == before
    assert len(stand_ins.asked) == asked
    assert second.exit_code == 0
    assert "wrote" not in second.output


def test_offline_answers_from_what_was_asked_before(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))
    look(root, stand_ins, "--dry-run")
    asked = len(stand_ins.asked)

    result = look(root, stand_ins, "--offline")

    assert len(stand_ins.asked) == asked
    assert works(root)[0]["title"] == PAPER.title
    assert "unanswered" not in result.output


def test_offline_without_answers_is_an_error(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    result = look(root, stand_ins, "--offline")

    assert result.exit_code == 1
    assert "no service answered" in result.output
    assert not stand_ins.asked
    assert not (root / WORKS).exists()


def test_a_dry_run_writes_nothing(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    result = look(root, stand_ins, "--dry-run")

    assert not (root / WORKS).exists()
    assert "would write 1 entry" in result.output


def test_what_a_person_wrote_stays(site: MakeSite, stand_ins: StandIns) -> None:
    written = """\
# Ours.
works:
    # The owls.
    - title: "Surveying Owls by Night: A Field Study"   # as it is called
      known_as:
          - Night Owls
      # below the first

    - known_as: ["Owls of Atlantis"]
      title: "Atlantis: a myth"
      status: unknown
      # the end of the second
# after all
distinct:
- [Owls of Atlantis, Owls of Thule]
"""
    named = show(
        source("Night Owls", "Owl and Wren", "2023"),
        source(SECOND.title, "Cem Kite", "2019"),
        source("Owls of Atlantis"),
    )
    root = site({**named, WORKS: written})

    result = look(root, stand_ins)

    assert result.exit_code == 0, result.output
    text = (root / WORKS).read_text("utf-8")
    kept = [line for line in text.splitlines() if line in written.splitlines()]
    assert kept == written.splitlines()
    first, second, third = works(root)
    assert first["title"] == PAPER.title
    assert first["known_as"] == ["Night Owls"]
    assert first["ids"] == {"doi": "10.5555/owl.1", "arxiv": "2201.00001"}
    assert second == {
        "known_as": ["Owls of Atlantis"],
        "title": "Atlantis: a myth",
        "status": "unknown",
    }
    assert third["ids"] == {"doi": "10.5555/hear"}
    assert CliRunner().invoke(main, ["check", "--site", str(root)]).exit_code == 0


def test_a_list_in_brackets_is_left_and_told(site: MakeSite, stand_ins: StandIns) -> None:
    written = 'works: [{known_as: ["Owls of Atlantis"], status: unknown}]\n'
    named = show(source("Owls of Atlantis"), source(SECOND.title, "Cem Kite", "2019"))
    root = site({**named, WORKS: written})

    result = look(root, stand_ins)

    assert result.exit_code == 1
    assert "content/works.yaml: error: cannot be added to" in result.output
    assert (root / WORKS).read_text("utf-8") == written


def test_two_wordings_of_one_paper_become_one_entry(site: MakeSite, stand_ins: StandIns) -> None:
    named = show(
        source(PAPER.title, "Owl et al.", "2023"),
        source("OwlNet: Surveying Owls by Night: A Field Study", "Owl et al.", "2022"),
    )
    root = site(named)

    look(root, stand_ins)

    (entry,) = works(root)
    assert len(entry["known_as"]) == 2  # type: ignore[arg-type]
    assert CliRunner().invoke(main, ["check", "--site", str(root)]).exit_code == 0


@pytest.mark.parametrize("name", ["https://arxiv.org/abs/2201.00001v2", "Owls, linked"])
def test_a_paper_that_is_in_an_entry_under_another_name_is_told(
    site: MakeSite, stand_ins: StandIns, name: str
) -> None:
    written = f'works:\n  - title: Ours\n    known_as: ["{name}"]\n'
    linked = source("Owls, linked", "", "", "https://arxiv.org/abs/2201.00001v2")
    root = site({**show(linked, source(PAPER.title, "Owl et al.", "2023")), WORKS: written})

    result = look(root, stand_ins)

    assert result.exit_code == 0, result.output
    assert "content/works.yaml:2: info:" in result.output
    assert "is this work as well" in result.output
    assert f'add to its `known_as:` "{PAPER.title}"' in result.output
    assert (root / WORKS).read_text("utf-8") == written
    assert CliRunner().invoke(main, ["check", "--site", str(root)]).exit_code == 0


def test_a_source_with_an_address_belongs_to_the_paper_found(
    site: MakeSite, stand_ins: StandIns
) -> None:
    linked = source("Owls, linked", "", "", "https://arxiv.org/abs/2201.00001v2")
    root = site(show(linked, source(PAPER.title, "Owl et al.", "2023")))

    look(root, stand_ins)

    assert len(works(root)) == 1
    assert CliRunner().invoke(main, ["check", "--site", str(root)]).exit_code == 0


def test_drafts_and_private_episodes_are_asked_about_nowhere(
    site: MakeSite, stand_ins: StandIns
) -> None:
    secret = show(source("Secret Owls of the Ministry"), slug="two", status="private")
    draft = show(source("Unfinished Owls of the Attic"), slug="three", status="draft")
    root = site({**show(source(PAPER.title, "Owl et al.", "2023")), **secret, **draft})

    look(root, stand_ins, "--again")

    assert stand_ins.asked
    assert not any("ecret" in one or "nfinished" in one for one in stand_ins.asked)


def test_only_the_episodes_named_are_looked_up(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(
        {
            **show(source(PAPER.title, "Owl et al.", "2023")),
            **show(source(SECOND.title, "Cem Kite", "2019"), slug="two"),
        }
    )

    result = look(root, stand_ins, "two")
    wrong = look(root, stand_ins, "tow")

    assert [entry["title"] for entry in works(root)] == [SECOND.title]
    assert "1 looked up" in result.output
    assert wrong.exit_code == 1
    assert "did you mean `two`?" in wrong.output


def test_an_episode_may_be_named_by_its_file(site: MakeSite, stand_ins: StandIns) -> None:
    shared = source(PAPER.title, "Owl et al.", "2023")
    root = site({**show(shared), **show(shared, slug="two")})

    result = look(root, stand_ins, "./content/episodes/two.md")

    assert result.output.startswith("content/episodes/two.md: 1 verified")


def test_candidates_are_listed_and_never_written(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source("Surveying Owls by Day: A Field Study", "Owl et al.", "2023")))

    said = look(root, stand_ins).output
    found = json.loads(look(root, stand_ins, "--json").output)

    assert "maybe" in said
    assert "10.5555/owl.1" in said
    assert found["findings"][0]["candidates"][0]["doi"] == "10.5555/owl.1"
    assert found["findings"][0]["verdict"] == "unknown"
    assert not (root / WORKS).exists()


def test_a_retracted_paper_is_written_as_such_and_told(site: MakeSite, stand_ins: StandIns) -> None:
    stand_ins.papers[1] = replace(SECOND, retracted=True)
    root = site(show(source(SECOND.title, "Cem Kite", "2019")))

    result = look(root, stand_ins)

    assert result.exit_code == 0
    assert works(root)[0]["status"]["verdict"] == "retracted"  # type: ignore[index]
    assert "content/episodes/one.md: warning: source 1 is retracted" in result.output


def test_again_tells_what_was_retracted_since(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(
        show(
            source(SECOND.title, "Cem Kite", "2019"),
            source("Linked", "Owl et al.", "2022", "https://arxiv.org/abs/2201.00001"),
        )
    )
    look(root, stand_ins)
    before = (root / WORKS).read_text("utf-8")
    assert "is retracted" not in look(root, stand_ins, "--again").output
    stand_ins.papers[:2] = [replace(PAPER, doi="", withdrawn=True), replace(SECOND, retracted=True)]

    result = look(root, stand_ins, "--again", "--refresh")

    assert "source 1 is retracted" in result.output
    assert "write `verdict: retracted`" in result.output
    assert "source 2 is retracted" in result.output
    after = (root / WORKS).read_text("utf-8")
    assert after.startswith(before)
    assert works(root)[1]["status"]["verdict"] == "retracted"  # type: ignore[index]


def test_a_service_is_told_who_asks(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    look(root, stand_ins, "--mailto", "ada@owls.example")

    assert all("(mailto:ada@owls.example)" in one for one in stand_ins.agents)
    assert not any("owls.example" in one for one in stand_ins.asked)


def test_a_key_is_sent_and_never_kept_or_shown(
    site: MakeSite, stand_ins: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "s3cret")
    stand_ins.instead["openalex"] = [(500, {}, b"no")] * 9
    root = site(show(source("Owls of Atlantis", "Nemo", "1900")))

    result = look(root, stand_ins)

    assert any("api_key=s3cret" in one for one in stand_ins.asked)
    assert "s3cret" not in result.output
    assert b"s3cret" not in (root / ".cache/lookup.sqlite").read_bytes()


def test_a_short_wait_is_obeyed_and_a_long_one_ends_a_services_part(
    site: MakeSite, stand_ins: StandIns
) -> None:
    stand_ins.instead["crossref"] = [(429, {"Retry-After": "2"}, b""), (503, {}, b"")]
    stand_ins.instead["datacite"] = [(429, {"Retry-After": "7200"}, b"")] * 2
    root = site(
        show(source(SECOND.title, "Cem Kite", "2019"), source("Owls of Atlantis", "N", "1"))
    )

    result = look(root, stand_ins)

    assert works(root)[0]["ids"] == {"doi": "10.5555/hear"}
    assert stand_ins.count("datacite") <= services.SERVICES["datacite"].concurrent
    assert "DataCite left 2 unanswered: it answers 429 Too Many Requests" in result.output
    # arXiv is asked for titles where DataCite, which has all of it, does not answer.
    assert stand_ins.count("arxiv") >= 1


@pytest.mark.parametrize("body", [b"<html>Oops</html>", b'{"hello": 1}', b"", b"[]"])
def test_nonsense_is_an_answer_that_is_missing(
    site: MakeSite, stand_ins: StandIns, body: bytes
) -> None:
    stand_ins.instead["crossref"] = [(200, {}, body)] * 9
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    result = look(root, stand_ins)

    assert result.exit_code == 0
    assert "Crossref left 1 unanswered" in result.output or "Crossref left 2" in result.output
    assert works(root)[0]["ids"]["arxiv"] == "2201.00001"  # type: ignore[index]


def test_a_service_that_does_not_answer_is_left_alone_after_a_while(
    site: MakeSite, stand_ins: StandIns
) -> None:
    stand_ins.instead = {one: [(500, {}, b"")] * 999 for one in stand_ins.bases("")}
    root = site(show(*(source(f"Owls of Atlantis, book {n}", "Nemo", "1900") for n in range(20))))

    result = look(root, stand_ins)

    assert result.exit_code == 1
    assert "no service answered" in result.output
    assert stand_ins.count("crossref") <= ask.TRIES * (ask.PATIENCE + 2)


def test_without_anything_to_look_up_nothing_is_asked(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source("Linked", "", "", "https://doi.org/10.5555/x"), source("…?!")))

    result = look(root, stand_ins)

    assert "nothing to look up" in result.output
    assert not stand_ins.asked


def test_where_no_answer_can_be_kept_the_run_goes_on(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))
    (root / ".cache/lookup.sqlite").mkdir(parents=True)

    result = look(root, stand_ins)

    assert result.exit_code == 0, result.output
    assert works(root)[0]["title"] == PAPER.title


def test_a_damaged_store_is_begun_anew(site: MakeSite, stand_ins: StandIns) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))
    (root / ".cache").mkdir()
    (root / ".cache/lookup.sqlite").write_bytes(b"no database at all" * 999)

    look(root, stand_ins, "--dry-run")
    result = look(root, stand_ins, "--offline")

    assert "wrote 1 entry" in result.output


def test_offline_not_even_a_name_is_looked_up(
    site: MakeSite, stand_ins: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))
    look(root, stand_ins, "--dry-run")
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))

    assert look(root, stand_ins, "--offline").exit_code == 0


def test_without_the_extra_the_command_says_how_to_get_it(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [
        one for one in sys.modules if one.startswith(("backlist.commands.lookup", "rapidfuzz"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    root = site(show(source(PAPER.title)))

    result = CliRunner().invoke(main, ["lookup", "--site", str(root)])

    assert result.exit_code == 1
    assert "lookup: error: needs `rapidfuzz`" in result.output
    assert "pip install 'backlist[lookup]'" in result.output


def test_an_answer_of_a_month_ago_is_asked_for_again(
    site: MakeSite, stand_ins: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site(show(source("Owls of Atlantis", "Nemo", "1900")))
    look(root, stand_ins)
    asked = len(stand_ins.asked)
    later = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=29)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(later.timestamp())))
    look(root, stand_ins)
    assert len(stand_ins.asked) == asked
    later += timedelta(days=2)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(later.timestamp())))

    look(root, stand_ins)

    assert len(stand_ins.asked) == 2 * asked


def test_a_service_that_hangs_is_not_waited_for(
    site: MakeSite, stand_ins: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "TIMEOUT", 0.05)
    stand_ins.instead["crossref"] = [(HANGS, {}, b"")] * 9
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    result = look(root, stand_ins)

    assert "Crossref left" in result.output
    assert "cannot be reached" in result.output
    assert works(root)[0]["ids"]["arxiv"] == "2201.00001"  # type: ignore[index]


def test_an_answer_without_end_is_not_read_to_its_end(
    site: MakeSite, stand_ins: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "LARGEST", 10_000)
    stand_ins.instead["crossref"] = [(200, {}, b"{" * 20_000)] * 9
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    result = look(root, stand_ins)

    assert "it sends more than an answer has" in result.output


def test_an_address_with_a_redirect_off_the_web_is_no_answer(
    site: MakeSite, stand_ins: StandIns
) -> None:
    stand_ins.instead["crossref"] = [(301, {"Location": "file:///etc/passwd"}, b"")] * 9
    root = site(show(source(PAPER.title, "Owl et al.", "2023")))

    assert "Crossref left" in look(root, stand_ins).output
