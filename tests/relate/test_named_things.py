"""What two episodes both name: names are told from other words by how the archive writes them."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from backlist.model import Episode, Show
from backlist.parse.features import things
from backlist.relate.named_things import NamedThings

SHOW = Show(title="Loom Talk", description="A show about weaving with Ada Roe.", author="Eva Oak")
FILLERS = (
    "We speak about rivers and how they bend over the years.",
    "Here the owls are counted by night, and then by day.",
    "They ask what a wall is for, and who would mend it.",
)


def archive(
    *notes: str,
    titles: tuple[str, ...] = (),
    show: Show = SHOW,
    languages: Mapping[str, str] = MappingProxyType({}),
) -> NamedThings:
    """Episodes `0`, `1`, … with these notes, and some that name nothing."""
    found = {}
    for number, text in enumerate((*notes, *FILLERS * 4)):
        title = titles[number] if number < len(titles) else f"Of looms {number}"
        found[str(number)] = things.of(Episode(title=title, slug=f"e{number}"), text)
    return NamedThings(found, show, languages=languages)


def shared(*notes: str, titles: tuple[str, ...] = (), show: Show = SHOW) -> tuple[str, ...]:
    return archive(*notes, titles=titles, show=show).shared("0", "1")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # inside sentences
        ("we talk with Tove Lindqvist on it", "books by Tove Lindqvist are read", "Tove Lindqvist"),
        ("they moved to Trondheim in the end", "and the fair in Trondheim was wet", "Trondheim"),
        ("it is in the U.S. Patent office", "again the U.S. Patent is wrong", "U.S. Patent"),
        ("see the Museum of Oslo in rain", "at the Museum of Oslo we wait", "Museum of Oslo"),
        ("what Kent C. Dodds has to say here", "we hear Kent C. Dodds on that", "Kent C. Dodds"),
        # in a shape that only names have
        ("GraphQL", "GraphQL", "GraphQL"),
        ("we try Node.js on it", "Node.js is slow", "Node.js"),
        ("C++ again", "some C++ here", "C++"),
        ("Notes on H2O", "H2O for all", "H2O"),
        ("いまGitLabの話です", "またGitLabについて", "GitLab"),
        # links called as their host or repository is
        ("- [Emby](https://emby.media/)", "- [Emby](https://www.emby.media/x)", "Emby"),
        ("- [Pika](https://github.com/a/pika)", "- [Pika](https://github.com/a/pika)", "Pika"),
    ],
)  # fmt: skip
def test_a_thing_that_both_name_is_a_reason(one: str, other: str, found: str) -> None:
    assert shared(one, other) == (found,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the first word of a sentence, a title in capitals, a line of a list
        ("Discussed is what came of it", "Discussed again is what it was"),
        ("Seven Ways To Weave Better", "Five Ways To Weave Slower"),
        ("- Evenings", "- Evenings"),
        # seen in lower case as often
        ("so he said Loud things then, loud", "and they were Loud things, but loud"),
        # what a filler in capitals begins
        ("this is about AT Protocol and so on", "again it is AT Protocol and more"),
        # fillers, days, apps, numbers
        ("we think I'm right and I've time", "that is why I'm here and I've won"),
        ("come back on Monday for more of it", "we speak on Monday about all that"),
        ("find us on YouTube and so on", "we are on YouTube as well"),
        ("as told in S01 and in MP3", "as told in S01 and in MP3"),
        # letters of the trade, said once
        ("an API is shown", "the API was wrong"),
        # the show itself, its people, what all of it is about
        ("hear more of Loom Talk with us", "and that was Loom Talk for today"),
        ("then says Ada Roe that it bends", "again we ask Ada Roe about it"),
        ("so Eva Oak is asked about rain", "where Eva Oak is heard at last"),
        # longer than three words
        ("the Old Town Hall Choir sings for us", "and the Old Town Hall Choir sings on"),
        # advertising
        ("This is sponsored by the good people of Zettlr now", "with Zettlr, our sponsor"),
        ("## Sponsor\n\nwe love Zettlr and so on", "## Sponsors\n\nwe love Zettlr a lot"),
        # code and addresses
        ("see `useMemo` there", "and `useMemo` here"),
        ("https://a.example/GraphQL", "https://b.example/GraphQL"),
        # scripts without capitals
        ("今日は新幹線の話です", "新幹線に乗りました"),
        ("امروز درباره راه آهن", "درباره راه آهن ایران"),
    ],
)  # fmt: skip
def test_where_there_is_doubt_there_is_no_reason(one: str, other: str) -> None:
    assert shared(one, other) == ()


def test_german_nouns_are_no_names() -> None:
    german = (
        "wir reden über die Brücke und der Fluss steigt mit GraphQL",
        "dann ist die Brücke weg und der Sommer kommt mit GraphQL",
    )

    assert shared(*german) == ("GraphQL",)
    assert shared("und hier ist eine Brücke", "da war eine Brücke mal", show=german_show()) == ()


def german_show() -> Show:
    return SHOW.model_copy(update={"language": "de-AT"})


def test_what_many_episodes_name_says_nothing() -> None:
    notes = [f"here is Zettlr and there Zettlr again for {number} of you" for number in range(5)]

    assert shared(*notes[:4]) == ("Zettlr",)
    assert shared(*notes) == ()


def test_a_block_that_is_repeated_says_nothing() -> None:
    block = "you hear this because of the people of Zettlr and their long work"

    assert shared(block, block) == ("Zettlr",)
    assert shared(block, block, block) == ()


def test_a_mention_in_passing_says_nothing_unless_it_is_rare() -> None:
    passing = [f"we met {number} people who use Zettlr there" for number in ("two", "six", "ten")]

    assert shared(*passing) == ()
    assert shared(*passing, titles=("All of Zettlr",)) == ("Zettlr",)
    assert shared(*(f"{text}, and Zettlr again" for text in passing)) == ("Zettlr",)


def test_letters_are_a_reason_where_they_are_treated() -> None:
    once, twice = "an API is shown", "an API is shown, and the API is wrong"

    assert shared(once, twice) == ()
    assert shared(twice, twice) == ("API",)
    assert shared(once, once, titles=("What an API is",)) == ("API",)


def test_three_at_most_the_rarest_first_and_no_part_of_another() -> None:
    both = "we compare GraphQL, PostgreSQL, Tove Lindqvist, Node.js and FreeBSD here"

    assert shared(both, both) == ("Tove Lindqvist", "FreeBSD", "GraphQL")
    assert shared("the AWS Lambda is slow", "an AWS Lambda is fast") == ("AWS Lambda",)


def test_a_name_is_written_as_the_archive_mostly_does() -> None:
    notes = ("about WebPack, WebPack of old", "so is Webpack and again Webpack with it")

    assert shared(*notes, "there is Webpack as well") == ("Webpack",)


def test_in_an_episode_in_german_a_capital_says_nothing_of_a_name() -> None:
    notes = "wir reden mit der Frau am Wehr", "und sie geht zum Wehr zurück"

    assert archive(*notes).shared("0", "1") == ("Wehr",)
    assert archive(*notes, languages={"0": "de", "1": "de-AT"}).shared("0", "1") == ()


GUEST = "the talk with Tove Lindqvist was long\n\nand we miss Tove Lindqvist"


@pytest.mark.parametrize(
    "notes",
    [
        "It is hosted by Tove Lindqvist.",
        "Hosts: Ida Berg, Tove Lindqvist",
        "your co-host Tove Lindqvist is here",
        "Ida Berg speaks with our hosts Per Dahl and [Tove Lindqvist](https://tove.example/).",
        "Music by Tove Lindqvist",
        "[Tove Lindqvist](https://loom.example/about/#tove) asks.",
        "## My picks\n- [Tove Lindqvist](https://www.loom.example/team/tove)\\: a loom",
    ],
)
def test_who_makes_the_show_is_no_reason_though_no_record_says_so(notes: str) -> None:
    show = SHOW.model_copy(update={"link": "https://www.loom.example/"})

    assert shared(GUEST, GUEST, show=show) == ("Tove Lindqvist",)
    assert shared(GUEST, GUEST, notes, notes, show=show) == ()


def test_a_page_about_people_elsewhere_makes_nobody_a_host() -> None:
    notes = "[Tove Lindqvist](https://tove.example/about) asks."

    assert shared(GUEST, GUEST, notes, notes) == ("Tove Lindqvist",)


def test_one_credit_among_many_names_is_about_something_else() -> None:
    notes = "The book is edited by Tove Lindqvist."

    assert shared(GUEST, GUEST, GUEST, notes) == ("Tove Lindqvist",)


def test_authors_that_the_feed_gives_an_episode_are_hosts() -> None:
    author = ("<itunes:author>Ida Berg, Tove Lindqvist</itunes:author>",)
    found = {
        str(number): things.of(
            Episode(title="Looms", slug=f"e{number}", feed_elements=author * (number < 2)), text
        )
        for number, text in enumerate((GUEST, GUEST, *FILLERS * 4))
    }

    assert NamedThings(found, SHOW).shared("0", "1") == ()


def test_part_of_a_name_that_many_episodes_have_is_no_reason() -> None:
    notes = ["with Tove Lindqvist of the north"] * 6

    assert shared("and here Lindqvist weaves", "where Lindqvist weaves", *notes) == ()


def test_one_word_for_two_people_is_no_reason() -> None:
    jackie = "we hear of Jackie today, and read"

    assert shared(f"{jackie} Jackie Collins with her", f"{jackie} on") == ()
    assert shared(f"{jackie} on", f"{jackie} on") == ("Jackie",)


@pytest.mark.parametrize(
    "notes",
    [
        "Sponsored by:\n\n- we like Beds at 5 % off\n- we like Pillowry a lot",
        "thanks go to Pillowry for this, thanks",
        "we hear that Pillowry is out now",
        "and that Pillowry is available in shops",
        "you can pre-order Pillowry today from us",
        "she is the author of Pillowry and more",
    ],
)
def test_what_is_advertised_or_plugged_is_no_reason(notes: str) -> None:
    told = "they speak about Pillowry for long"

    assert shared(told, told) == ("Pillowry",)
    assert shared(notes, told) == ()


def test_a_list_of_sponsors_ends_with_the_list() -> None:
    told = "they speak about Pillowry for long"
    notes = f"Sponsored by:\n\n- we like Beds at 5 % off\n- we like Pans\n\n{told}"

    assert shared(notes, told) == ("Pillowry",)
