"""Every word of the theme has a label, every label is used, and what is filled in is kept."""

import functools
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import backlist
from backlist.files import find_all
from backlist.model import Labels
from backlist.pages import formatting
from backlist.problems import Problems
from backlist.relate.reasons import ORDER
from backlist.theme import shipped_folder
from tests.conftest import SETTINGS, MakeSite, built, episode

WORD = re.compile(r"[^\W\d_]{2,}")
RARE = [
    "audio",
    "edit_page",
    "listen",
    "watch",
    "bonus",
    "author",
    "contributor",
    "by_year",
    "episode_number",
    # of sites that ask for it
    "data_corpus",
    # of serial shows and of seasons
    "first_episode",
    "in_order",
    "next_part",
    "start_first",
    "start_with",
    "all_seasons",
    "other_episodes",
    "season",
    "seasons",
    "short_season_episode",
    # of hundreds of episodes
    "more_episodes",
    "pages",
    "title_of_page",
    "play_latest",
    "trailer",
    "season_number",
    "n_more_sources",
    "show_all_notes",
    "show_fewer_notes",
    "drawn_on_most",
    "episode_number",
    "kilobytes",
    "season_number",
    "trailer",
    "the_episode",
    "what_is_said",
    "absent",
    "also_called",
    "also_in_n",
    "and_last",
    "and_more",
    "cited_together",
    "draft",
    "drawn_on",
    "reason_cites_take",
    "reason_guest",
    "reason_named",
    "reason_same_source",
    "reason_shared_mention",
    "n_together",
    "untitled_source",
    "access_notes",
    "access_own_theme",
    "cite_host",
    # of maps of large archives
    "chapter_number",
    "key_row_day",
    "key_row_month",
    "key_row_quarter",
    "key_row_week",
    "key_row_year",
    "key_tick",
    "mentions_drawn",
    "mentions_newest",
    "n_common_works",
    "n_days_skipped",
    "n_months_skipped",
    "n_quarters_skipped",
    "n_weeks_skipped",
    "n_within_day",
    "n_within_month",
    "n_within_quarter",
    "n_within_week",
    "n_within_year",
    "n_years_skipped",
    "page_moved",
    "picture",
    "quarter",
    "same_subject",
    "titles_shown",
    "transcript_of",
    "video_length",
    "works_drawn",
    "works_newest",
    # of charts
    "download_specification",
    "data_as_table",
    "first_rows",
]
"""Labels that neither the rich site nor the small one below has an occasion for."""


def marked(name: str, default: str) -> str:
    """A label that names itself and keeps what is filled in."""
    if name == "months":
        return ", ".join(f"¤{name}¤" for _ in range(12))
    form = default.partition("|")[0]
    places = {place for _, place, _, _ in Formatter().parse(form) if place}
    return f"¤{name}¤" + "".join(f"{{{place}}}" for place in sorted(places))


def other_words() -> str:
    fields = Labels.model_fields.items()
    lines = (f'    {name}: "{marked(name, str(field.default))}"\n' for name, field in fields)
    return "  labels:\n" + "".join(lines)


READ = (".html", ".md", "words.json", "llms.txt", "feed.xml")


def pages(root: Path, ends: tuple[str, ...] = (".html",)) -> str:
    made, problems = built(root)
    assert made is not None and not problems.stop(), list(problems)
    return "\n".join(
        output.read().decode() for name, output in made.outputs.items() if name.endswith(ends)
    )


@pytest.mark.parametrize("name", sorted(find_all(shipped_folder(), "templates", Problems())))
def test_a_template_has_no_words_of_its_own(name: str) -> None:
    """A word that readers see, or hear, belongs into `model/labels.py`."""
    text = (shipped_folder() / "templates" / name).read_text("utf-8")
    text = re.sub(r"{#.*?#}|<script>.*?</script>", " ", text, flags=re.S)
    text = re.sub(
        r"{% block kind %}.*?{% endblock %}|<kbd>.*?</kbd>|{{.*?}}|{%.*?%}", "", text, flags=re.S
    )
    told = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    outside = re.sub(r"<[^<>]*>", " ", text)

    assert [word for part in (outside, *told) for word in WORD.findall(part)] == []


def test_every_label_is_used(rich: Path, site: MakeSite) -> None:
    settings = rich / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + other_words(), "utf-8")
    small = site(
        {
            "site.yaml": SETTINGS + other_words(),
            "content/episodes/a.md": episode("Owls, Part 1", "a", "![](https://h.example/x.png)"),
            "content/episodes/b.md": episode("Owls, Part 2", "b", audio="https://a.example/b.mp4"),
            "content/episodes/c.md": episode("C", "c", audio="https://a.example/c.pdf"),
            "content/episodes/d.md": episode("D", "d", language="de"),
        }
    )

    seen = set(re.findall("¤(\\w+)¤", pages(rich, READ) + pages(small, READ)))

    assert set(Labels.model_fields) - seen <= set(RARE)


@functools.cache
def _templates_and_program() -> str:
    source = Path(str(backlist.__file__)).parent
    rooms = (path for path in source.rglob("*.py") if path.parent != source / "model")
    files = find_all(shipped_folder(), "templates", Problems()).values()
    return "".join(path.read_text("utf-8") for path in (*files, *rooms))


@pytest.mark.parametrize("name", RARE)
def test_a_rare_label_is_used_all_the_same(name: str) -> None:
    text = _templates_and_program()

    kind = name.removeprefix("reason_").replace("_", "-")
    assert f"labels.{name}" in text or f'"{name}"' in text or kind in ORDER


def test_a_show_renames_its_episodes(site: MakeSite) -> None:
    labels = '  labels:\n    episodes: Lectures\n    n_episodes: "{n} lecture | {n} lectures"\n'
    text = pages(site({"site.yaml": SETTINGS + labels, "content/episodes/a.md": episode("A", "a")}))

    assert ">Lectures</a>" in text
    assert "1 lecture<" in text
    assert "Episodes" not in text


def test_reasons_are_in_english_for_machines_and_in_the_words_of_the_show(site: MakeSite) -> None:
    labels = '  labels:\n    reason_topic: "beide über {what}"\n    and_last: "{rest} und {last}"\n'
    files = {
        f"content/episodes/{slug}.md": episode(f"Episode {slug}", slug, topics=topics)
        for slug, topics in {"a": "[Sea, Ships]", "b": "[Sea, Ships]", "c": "[]"}.items()
    }
    made, _ = built(site({"site.yaml": SETTINGS + labels, **files}))
    assert made is not None

    (why,) = made.archive.entry("a").related[0].reasons
    assert (why.text, why.words) == ("both about Sea and Ships", "beide über Sea und Ships")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("n_episodes", "many", "must hold {n}"),
        ("n_episodes", "{n} a | {n} b | {n} c | d | e | f | {n} g", "too many forms"),
        ("n_episodes", "{n} a | b", "must hold {n}"),
        ("episodes", "{n} Lectures", "must hold no braces"),
        ("episodes", "A | B", "too many forms"),
        ("filtered", "{n} of {", "must hold {all}, {n}"),
        ("months", "January", "twelve months"),
        ("listen", " ", "is empty"),
        ("date", "{day}.{month}", "must hold {day}, {month}, {year}"),
    ],
)
def test_a_label_that_does_not_fit_is_refused(name: str, text: str, fault: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(fault)):
        Labels.model_validate({name: text})


@given(st.integers(0, 10**7), st.text(st.characters(exclude_characters="{}|"), max_size=9))
def test_a_count_is_said_in_any_words(number: int, word: str) -> None:
    said = formatting.counted(number, f"{{n}} {word}")

    assert re.sub(r"\D", "", said.split(" ")[0]) == str(number)


def test_one_is_not_many() -> None:
    assert formatting.counted(1, "{n} Folge | {n} Folgen") == "1 Folge"
    assert formatting.counted(0, "{n} Folge | {n} Folgen") == "0 Folgen"
