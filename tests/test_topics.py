"""`content/topics.yaml`: which topics episodes have by it, and those that are offered for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from backlist.cache.store import NO_CACHE
from backlist.cli import main
from backlist.load import TOPICS, load
from backlist.problems import Problems
from backlist.resolve import resolve

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SITE = """\
show: {title: Bench, description: Of things, author: Ann, categories: [Technology], language: en}
site: {base_url: "https://bench.example/"}
"""


def episode(root: Path, slug: str, title: str, *, more: str = "", body: str = "Notes.") -> None:
    text = (
        f"---\ntitle: {title}\nslug: {slug}\ndate: 2025-01-01\nguid: g-{slug}\n{more}---\n{body}\n"
    )
    (root / "content/episodes").mkdir(parents=True, exist_ok=True)
    (root / f"content/episodes/{slug}.md").write_text(text, "utf-8")


def topics(
    root: Path, text: str = "", language: str = "en"
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The topics of each episode by slug, and what is wrong, with `text` in the file."""
    site = SITE.replace("language: en", f"language: {language}")
    (root / "site.yaml").write_text(site, "utf-8")
    if text:
        (root / TOPICS).write_text(text, "utf-8")
    problems = Problems()
    catalog = resolve(load(root, problems), NOW, NO_CACHE, problems)
    assert catalog is not None
    found = {one.episode.slug: one.episode.topics for one in catalog.episodes}
    return found, [str(one) for one in problems.found if TOPICS in str(one)]


def test_an_episode_has_its_own_topics_by_their_titles_and_those_it_is_given(
    tmp_path: Path,
) -> None:
    episode(tmp_path, "one", "One", more="topics: [K8S, Rust, kubernetes]\n")
    episode(tmp_path, "two", "Two")
    episode(tmp_path, "hidden", "Hidden", more="status: private\n")
    found, wrong = topics(
        tmp_path,
        "topics:\n- title: Kubernetes\n  also: [k8s]\n  episodes: [two, hidden]\n",
    )
    assert found == {"one": ("Kubernetes", "Rust"), "two": ("Kubernetes",)}
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("topics:\n- title: A\n  episodes:\n  - onne\n", 4, "no episode is called `onne`"),
        ("topics:\n- title: A\n  also: [X]\n- title: B\n  also:\n  - x\n", 6, "of the topic `A`"),
        ("topics:\n- title: A\n- title: a\n", 3, "of the topic `A`"),
        ("topics:\n- title: A\n  episodes:\n  - one\n  - one\n", 5, "twice"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    episode(tmp_path, "one", "One")
    _, wrong = topics(tmp_path, text)
    assert len(wrong) == 1
    assert f"{TOPICS}:{line}:" in wrong[0]
    assert words in wrong[0]


def test_offered_topics_have_their_episodes_and_none_that_is_hidden_and_return_never(
    tmp_path: Path,
) -> None:
    for number in range(12):
        subject = ("soil erosion", "river deltas", "plain talk")[number // 4]
        more = "status: private\n" if number == 3 else ""
        body = f"We speak of {subject} today, and of item {number}."
        episode(tmp_path, f"e{number}", f"About {subject}, {number}", more=more, body=body)
    topics(tmp_path)
    run = CliRunner().invoke(main, ["suggest-topics", "--site", str(tmp_path)])
    assert run.exit_code == 0, run.output
    path = tmp_path / TOPICS
    offered = {one["title"]: one for one in yaml.safe_load(path.read_text("utf-8"))["topics"]}
    assert offered["soil erosion"]["episodes"] == ["e0", "e1", "e2"]
    assert "3 of 3 titles" in offered["soil erosion"]["why"]
    kept = "# mine\ntopics:\n- title: Deltas # changed\n  episodes: [e4]\n"
    kept += f"offered: [{', '.join(offered)}]\n"
    path.write_text(kept, "utf-8")
    again = CliRunner().invoke(main, ["suggest-topics", "--site", str(tmp_path)])
    assert "no new topic" in again.output
    assert path.read_text("utf-8") == kept


def suggest(root: Path, language: str = "en") -> str:
    """What the command says of a site; its settings are written first."""
    topics(root, language=language)
    run = CliRunner().invoke(main, ["suggest-topics", "--site", str(root)])
    assert run.exit_code == 0, run.output
    return run.output


def offered(root: Path) -> dict[str, dict[str, list[str]]]:
    """The topics in the file, by title."""
    found = yaml.safe_load((root / TOPICS).read_text("utf-8"))["topics"]
    return {one["title"]: one for one in found}


FILLER = " ".join(f"word{number} of the week" for number in range(30)) + "."


def test_a_rerun_adds_later_episodes_to_what_was_kept_and_brings_nothing_back(
    tmp_path: Path,
) -> None:
    for number in range(3):
        said = f"A long look at soil erosion, item {number}."
        episode(tmp_path, f"s{number}", f"Soil erosion, part {number}", body=said)
        said = f"A long look at river deltas, item {number}."
        episode(tmp_path, f"r{number}", f"River deltas, part {number}", body=said)
    suggest(tmp_path)
    path = tmp_path / TOPICS
    assert {name: one["episodes"] for name, one in offered(tmp_path).items()} == {
        "soil erosion": ["s0", "s1", "s2"],
        "river deltas": ["r0", "r1", "r2"],
    }
    file = yaml.safe_load(path.read_text("utf-8"))
    file["topics"] = [one for one in file["topics"] if one["title"] == "soil erosion"]
    file["topics"][0]["episodes"].remove("s1")
    path.write_text(yaml.safe_dump(file) + "# the end\n", "utf-8")
    episode(tmp_path, "s9", "Soil erosion again", body="It goes on.")
    episode(tmp_path, "r9", "River deltas again", body="They go on.")
    assert "more for soil erosion (1): s9" in suggest(tmp_path)
    assert {name: one["episodes"] for name, one in offered(tmp_path).items()} == {
        "soil erosion": ["s0", "s2", "s9"]
    }
    assert "# the end" in path.read_text("utf-8")
    before = path.read_text("utf-8")
    assert "no new topic" in suggest(tmp_path)
    assert path.read_text("utf-8") == before


def test_names_under_also_match_words_of_notes(tmp_path: Path) -> None:
    episode(tmp_path, "one", "One", body="We try k8s, and k8s again.")
    episode(tmp_path, "two", "Two", body=FILLER + " Once: k8s.")
    episode(tmp_path, "three", "The end of K8s", body=FILLER)
    (tmp_path / "content").mkdir(exist_ok=True)
    (tmp_path / TOPICS).write_text(
        "topics:\n- title: Kubernetes\n  also: [k8s]\n- title: Mine\n  episodes: [two] # only\n",
        "utf-8",
    )
    assert "more for Kubernetes (2): one, three" in suggest(tmp_path)
    assert offered(tmp_path)["Kubernetes"]["episodes"] == ["one", "three"]
    assert offered(tmp_path)["Mine"]["episodes"] == ["two"]
    assert "episodes: [two] # only" in (tmp_path / TOPICS).read_text("utf-8")


def test_abbreviations_are_joined_with_what_the_archive_says_they_stand_for(
    tmp_path: Path,
) -> None:
    for number, name in enumerate(("Soil Water Balance (SWB)", "SWB", "SWB", "soil water balance")):
        body = f"Week {number}: the {name} of a field. The {name} is measured in item {number}."
        episode(tmp_path, f"w{number}", f"A field, {number}", body=body)
    suggest(tmp_path)
    found = next(iter(offered(tmp_path).values()))
    names = {str(found["title"]).casefold(), *(str(name).casefold() for name in found["also"])}
    assert names >= {"soil water balance", "swb"}
    assert found["episodes"] == ["w0", "w1", "w2", "w3"]


def test_people_kinds_of_episodes_and_repeated_blocks_are_no_topics(tmp_path: Path) -> None:
    guests = ("Ada Quill", "Bo Sterne", "Cy Tamm", "Ada Quill", "Bo Sterne", "Cy Tamm")
    for number, guest in enumerate(guests):
        body = (
            f"Today with {guest}. {guest} tells of peat moss, and {guest} of peat moss in item "
            f"{number}.\n\nOur coffee partner ships fresh coffee beans to every door in town.\n"
        )
        episode(tmp_path, f"e{number}", f"Mailbag — a walk with {guest}, {number}", body=body)
    said = suggest(tmp_path)
    assert not {"Ada", "Bo Sterne", "Mailbag", "coffee"} & set(said.replace(",", " ").split())


def names(root: Path) -> set[str]:
    """What is offered, in lower case, beside the topic of three plain episodes."""
    for number in range(3):
        episode(root, f"c{number}", f"Week {number}", body=lines(number, "peat moss"))
    suggest(root)
    found = {title.casefold() for title in offered(root)}
    assert "peat moss" in found
    return found - {"peat moss"}


def lines(number: int, subject: str) -> str:
    """A paragraph about a subject, unlike that of any other episode."""
    return f"Item {number}: we look at {subject} in field {number}, and at what {subject} does.\n"


def test_links_by_name_and_employers_are_no_subjects(tmp_path: Path) -> None:
    for number, person in enumerate(("Ada Quill", "Bo Sterne", "Cy Tamm")):
        body = f"{person} works at GranDel, after years at GranDel in town {number}.\n"
        body += f"Since {number} she taught at the BogLab, and wrote at the BogLab.\n"
        body += f"Thanks to VelTor for {number}, and thanks to the dog of VelTor.\n"
        body += "\n- [TavRix](https://tavrix.example/)\n- [TavRix, too](https://two.example/)\n"
        body += "\n[OrmUst](https://o.example/) — [KelVin](https://k.example/) — [OrmUst, 2](/)\n"
        episode(tmp_path, f"e{number}", f"Number {number}, live at GranDel", body=body)
        body = f"- [A long talk on bog iron, number {number}](https://iron.example/)\n"
        body += f"- [What bog iron was for in year {number}](https://iron.example/2)\n"
        episode(tmp_path, f"l{number}", f"Day {number}", body=body)
    assert names(tmp_path) == {"bog iron"}


def test_sections_on_who_speaks_are_left_out(tmp_path: Path) -> None:
    for number in range(3):
        body = f"This is number {number}.\n\n### Speakers\n\n"
        body += f"- Person {number} teaches soil chemistry, and soil chemistry only, in {number}.\n"
        episode(tmp_path, f"e{number}", f"Number {number}", body=body)
    assert names(tmp_path) == set()


def test_an_episode_that_looks_back_is_not_about_the_titles_it_names(tmp_path: Path) -> None:
    titles = ("Solving the dune problem", "Electronic gardens", "A marsh alone")
    for number, title in enumerate(titles):
        body = f"All of item {number} is on {title.split()[-2].casefold()}, and on no more.\n"
        episode(tmp_path, f"e{number}", title, body=body)
    body = "".join(f"\n- {title} (once more)\n" for title in titles)
    episode(tmp_path, "best", "Looking back", body="The year is over.\n" + body)
    assert names(tmp_path) == set()


QUIET = (
    " It rained, poured, hailed, thundered, cleared, darkened, and was dry by noon in year {}.\n"
)


def test_titles_that_joke_count_where_the_notes_mean_them(tmp_path: Path) -> None:
    for number, joke in enumerate(("Purple elevator music", "Waiting for elevator music")):
        episode(tmp_path, f"e{number}", f"{joke}, {number}", body=QUIET.format(number))
    assert names(tmp_path) == set()


def test_titles_alone_are_trusted_where_most_mean_what_they_say(tmp_path: Path) -> None:
    for number in range(4):
        body = lines(number, "bog iron") + QUIET.format(number)
        episode(tmp_path, f"e{number}", f"Bog iron, part {number}", body=body)
    for number in range(2):
        episode(tmp_path, f"t{number}", f"Tide mills, part {number}", body=QUIET.format(number))
    assert names(tmp_path) == {"bog iron", "tide mills"}


def test_a_bare_first_name_is_no_topic_and_a_thing_is_one(tmp_path: Path) -> None:
    for number in range(3):
        body = f"In year {number} they met Ilse again; then, in town {number}, Ilse.\n"
        episode(tmp_path, f"e{number}", f"Number {number}", body=body)
        body = f"She used the Graftor {number} times, then sold a Graftor to man {number}.\n"
        episode(tmp_path, f"g{number}", f"Day {number}", body=body)
    assert names(tmp_path) == {"graftor"}


def test_who_says_something_is_a_person(tmp_path: Path) -> None:
    for number, verb in enumerate(("explains", "told us", "asks")):
        body = f"So Uncle Morten {verb} in year {number}, and see old Uncle Morten, {number}.\n"
        episode(tmp_path, f"e{number}", f"Number {number}", body=body)
    assert names(tmp_path) == set()


def test_numbers_that_begin_most_titles_belong_to_no_topic(tmp_path: Path) -> None:
    episode(tmp_path, "e1", "BFM1 Bog Iron", body="Of iron in bogs, bog iron.")
    body = "Once more: BFM1 Bog Iron, since BFM1 Bog Iron was a long one.\n"
    episode(tmp_path, "e2", "BFM2 Later on", body=body)
    for number in range(3, 8):
        episode(tmp_path, f"e{number}", f"BFM{number} On day {number}", body=QUIET.format(number))
    assert names(tmp_path) == {"bog iron"}


def test_a_part_of_what_a_series_is_called_is_no_topic(tmp_path: Path) -> None:
    for number in range(3):
        body = f"More bog horror stories, number {number}, and bog horror stories of old.\n"
        episode(tmp_path, f"e{number}", f"Bog horror stories number {number}", body=body)
    assert names(tmp_path) == set()


def test_what_another_episode_said_word_for_word_is_said_once(tmp_path: Path) -> None:
    for number in range(2):
        body = f"It is {number}.\n\nMaya asks the river board where bog iron went, all bog iron.\n"
        episode(tmp_path, f"m{number}", f"Day {number}", body=body)
    assert names(tmp_path) == set()


def test_a_french_word_is_found_without_what_is_elided_before_it(tmp_path: Path) -> None:
    for number in range(2):
        body = f"Que vaut l'hydrogène en l'an {number} ? Une usine d'hydrogène ouvre à Lyon."
        episode(tmp_path, f"e{number}", f"Retour sur l’hydrogène, {number}", body=body)
        body = f"Le droit d'auteur a {number} siècles, et le droit d’auteur vacille."
        episode(tmp_path, f"d{number}", f"Un droit d'auteur pour {number}", body=body)
    suggest(tmp_path, "fr")
    assert set(offered(tmp_path)) == {"hydrogène", "droit d'auteur"}


def test_chinese_verbs_people_and_words_of_every_day_are_no_topics(tmp_path: Path) -> None:
    titles = ("邪教在学校出现", "日本出现邪教", "余凡和监狱", "监狱的事", "余凡和学校", "学校和我")
    for number, title in enumerate(titles):
        episode(tmp_path, f"e{number}", title, body="。")
    suggest(tmp_path, "zh-CN")
    assert set(offered(tmp_path)) == {"邪教", "监狱"}


def test_whom_a_show_is_with_is_a_person_where_letters_have_no_capitals(tmp_path: Path) -> None:
    for number, (one, place) in enumerate((("سینا", "سوئد"), ("سینا", "فنلاند"), ("مینا", "سوئد"))):
        body = f"این بار با {one} از {place} هستیم. {one} در {place} کار کرد. {one}. {one}."
        episode(tmp_path, f"e{number}", f"سفر با {one} از {place}", body=body)
    suggest(tmp_path, "fa")
    assert set(offered(tmp_path)) == {"سوئد"}


def test_two_letters_stand_for_a_name_only_where_half_of_their_episodes_have_it(
    tmp_path: Path,
) -> None:
    for number in range(5):
        body = f"The DB of year {number} is a slow DB, item {number}.\n"
        name = ("Deltaborealis", "Delta Borealis")[number % 2]
        body += f"{name} helped us in {number}; {name} knows how.\n" if number < 2 else ""
        episode(tmp_path, f"e{number}", f"Number {number}", body=body)
    assert names(tmp_path) == {"db"}
    assert "also" not in offered(tmp_path)["DB"]


def test_a_word_of_a_longer_name_is_no_topic_where_words_between_only_join(tmp_path: Path) -> None:
    for number in range(4):
        body = f"We read Sense and the Kraxen in {number}; that old Sense and the Kraxen.\n"
        episode(tmp_path, f"e{number}", f"Sense and the Kraxen, {number}", body=body)
    assert names(tmp_path) == set()


def test_a_name_may_begin_small_where_it_has_capitals_inside(tmp_path: Path) -> None:
    for number in range(3):
        body = f"What is new in oxOS in {number}, and who sells a machine with oxOS {number}?\n"
        episode(tmp_path, f"e{number}", f"Number {number}", body=body)
    assert names(tmp_path) == {"oxos"}


def test_one_plain_word_needs_two_episodes_that_say_it_more_than_once(tmp_path: Path) -> None:
    for number in range(4):
        name = ("Graftor", "Solvane")[number % 2]
        again = f"Is the {name} of {number} as old as the barn?" if number < 3 else ""
        body = f"Once, in year {number}, a {name} came. {again}\n"
        episode(tmp_path, f"e{number}", f"Number {number}", body=body)
    assert names(tmp_path) == {"graftor"}
