"""What one episode says by itself, ready for comparing it with others."""

import pickle

from backlist.model import Audio, Episode, Source
from backlist.parse import features

EPISODE = Episode(
    title="Owls: Part 2",
    slug="owls",
    guid="tag:owls",
    audio=Audio(
        url="https://www.sound.example/Owls.mp3", previous_urls=("http://old.example/o.mp3",)
    ),
    aliases=("Owls Again", "/old/"),
    sources=(
        Source(url="https://scholar.google.com/scholar?q=A+Theory+of+Owls"),
        Source(title="Herons", url="https://arxiv.org/pdf/2401.00001v3", role="subject"),
    ),
)


def test_addresses_and_titles_are_ready_to_be_compared() -> None:
    found = features.of(EPISODE, "", ["https://www.Owl.example/a/#b"])

    assert found.links == ("https://www.Owl.example/a/#b",)
    assert found.link_addresses == ("owl.example/a",)
    assert found.names == (
        "sound.example/Owls.mp3",
        "old.example/o.mp3",
        "tag:owls",
        "Owls Again",
        "/old",
    )
    assert found.titles == ("owls part 2", "owls again", "old")


def test_a_source_has_its_keys_and_what_it_is_called() -> None:
    search, paper = features.of(EPISODE, "", []).sources

    assert (search.is_search, search.key, search.ids) == (True, None, ())
    assert (search.title, search.slug) == ("A Theory of Owls", "a-theory-of-owls")
    assert search.title_key == "title:a-theory-of-owls"
    assert (paper.is_search, paper.key) == (False, "arxiv:2401.00001")
    assert paper.ids == (("arxiv", "2401.00001"),)


def test_features_can_be_kept_and_sent_to_another_process() -> None:
    found = features.of(EPISODE, "Owls and herons.", ["https://owl.example/"], "What is said.")

    assert pickle.loads(pickle.dumps(found)) == found
