"""Texts are divided into passages without losing or cutting a word, and each says where it is."""

from hypothesis import given
from hypothesis import strategies as st

from backlist.model import Chapter, Episode
from backlist.pages.passages import LEAST, MOST, Passage, passages
from backlist.parse.markdown import Notes
from backlist.parse.transcript import Cue, Transcript, attributed
from backlist.relate.archive import Entry

PAGE = "episodes/a/index.html"


def found(
    notes: str = "", cues: tuple[Cue, ...] = (), count: int = 0, **fields: object
) -> list[Passage]:
    """The passages of an episode with these notes and cues."""
    episode = Episode.model_validate({"title": "A", "slug": "a", **fields})
    spoken = Transcript("a.vtt", cues, count=count) if cues else None
    entry = Entry(episode, "a.md", Notes(text=notes), transcript=spoken, chapters=episode.chapters)
    return list(passages(entry))


def spoken(*texts: str, speakers: str = "", every: float = 4.0) -> tuple[Cue, ...]:
    return tuple(
        Cue(text, n * every, (n + 1) * every, speakers[n : n + 1] or None)
        for n, text in enumerate(texts)
    )


SENTENCE = "The tide comes in twice a day, and twice a day it goes out again."


def test_summary_notes_chapters_and_transcript_come_in_this_order() -> None:
    given = found(
        "Notes of it.",
        spoken("Hello."),
        summary="In short.",
        chapters=[Chapter(start=12.5, title="The tide"), Chapter(start=20)],
    )

    assert [(one.kind, one.text, one.page.removeprefix(PAGE)) for one in given] == [
        ("summary", "In short.", ""),
        ("notes", "Notes of it.", "#:~:text=Notes%20of%20it."),
        ("chapter", "The tide", "#t=12"),
        ("transcript", "Hello.", "#t-0"),
    ]
    assert [one.start for one in given] == [None, None, 12.5, 0.0]


def test_notes_are_joined_by_paragraphs() -> None:
    given = found("\n\n".join(f"{n}. {SENTENCE}" for n in range(14)))

    assert [one.text.count("\n\n") + 1 for one in given] == [6, 6, 2]
    assert "\n\n".join(one.text for one in given) == "\n\n".join(
        f"{n}. {SENTENCE}" for n in range(14)
    )


def test_a_paragraph_that_is_too_long_is_divided_at_sentences() -> None:
    given = found(" ".join([SENTENCE] * 40))

    assert all(one.text.startswith("The tide") and one.text.endswith("again.") for one in given)
    assert all(LEAST <= len(one.text.encode()) <= MOST for one in given[:-1])


def test_japanese_is_divided_at_its_sentences_and_without_any_stays_whole() -> None:
    divided = found("潮は日に二度満ち、日に二度引いていく。" * 40)
    whole = found("潮" * 2000)

    assert all(one.text.endswith("。") for one in divided) and len(divided) > 2
    assert [len(one.text) for one in whole] == [2000]


def test_turns_of_a_dialogue_are_lines_with_names() -> None:
    given = found(cues=spoken("Hello.", "And you?", "Well.", speakers="AAB"))

    assert [one.text for one in given] == ["A: Hello. And you?\nB: Well."]
    assert (given[0].speakers, given[0].start, given[0].end) == (("A", "B"), 0.0, 12.0)


def test_who_goes_on_speaking_is_named_in_the_next_passage() -> None:
    given = found(cues=spoken(*[SENTENCE] * 40, speakers="A" * 40))

    assert len(given) > 3
    assert all(one.text.startswith("A: The tide") for one in given)
    assert [one.page for one in given] == [f"{PAGE}#t-{int(one.start or 0)}" for one in given]


def test_a_long_transcript_is_on_its_own_page_and_one_without_times_is_numbered() -> None:
    (long,) = found(cues=spoken("Hello."), count=10_000)
    (untimed,) = found(cues=(Cue("Hello."),))

    assert long.page == "episodes/a/transcript/index.html#t-0"
    assert (untimed.page, untimed.start, untimed.end) == (f"{PAGE}#said-1", None, None)


def test_a_short_line_is_told_apart_by_what_follows_it() -> None:
    (one,) = found("Cons\n\nIt is slow.\n\nIt is dear.")

    assert one.page == f"{PAGE}#:~:text=Cons,-It%20is%20slow."


def test_a_dash_in_notes_is_no_range_in_the_address() -> None:
    (one,) = found("Well-known, & so on")

    assert one.page == f"{PAGE}#:~:text=Well%2Dknown%2C%20%26%20so%20on"


TEXTS = st.text("ab ä潮.!?。\n", max_size=600)


WORDS = st.lists(st.text("abä潮", min_size=1, max_size=40), max_size=300)


@given(WORDS, st.sampled_from([" ", ". ", "\n\n"]))
def test_no_word_is_cut(words: list[str], between: str) -> None:
    given = found(between.join(words))

    told = " ".join(one.text for one in given).split()
    assert [word.rstrip(".") for word in told] == words


@given(st.lists(TEXTS, max_size=8))
def test_nothing_is_lost(blocks: list[str]) -> None:
    notes = "\n\n".join(blocks)

    given = found(notes)

    assert "".join("".join(one.text for one in given).split()) == "".join(notes.split())


@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=12), st.integers(0, 3))
def test_the_passages_of_a_transcript_are_the_transcript(texts: list[str], voices: int) -> None:
    names = [f"V{n % voices}" if voices else None for n in range(len(texts))]
    cues = tuple(
        Cue(" ".join(text.split()), n * 5.0, n * 5.0 + 4, name)
        for n, (text, name) in enumerate(zip(texts, names, strict=True))
    )

    given = found(cues=cues)

    said = "".join(
        line.partition(": ")[2] if voices else line
        for one in given
        for line in one.text.split("\n")
    )
    assert "".join(said.split()) == "".join("".join(c.text for c in attributed(cues)).split())
    assert [one.start for one in given] == sorted(one.start or 0 for one in given)
