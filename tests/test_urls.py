"""Slugs and addresses."""

import string
from urllib.parse import quote, urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlist import urls
from backlist.urls import addresses


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Findings &amp; Status", "findings-status"),
        ("Findings &amp;amp; Status", "findings-status"),
        ("δ-mem", "delta-mem"),
        ("Ré and café", "re-and-cafe"),
        ("Αθήνα", "athena"),
        ("SSD I/O", "ssd-io"),
        ("A 2× story", "a-2x-story"),
        ("What's new?", "whats-new"),
        ("MInference 1.0: Fast", "minference-1-0-fast"),
        ("☃ ☃", ""),
    ],
)
def test_a_slug_is_ascii_words(title: str, slug: str) -> None:
    assert urls.slug_of(title) == slug


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    slug = urls.slug_of(text)

    assert urls.slug_of(slug) == slug
    assert len(slug) <= urls.SLUG_LENGTH


def test_a_long_title_is_cut_at_a_word() -> None:
    assert urls.slug_of("word " * 40) == "-".join(["word"] * 20)


@pytest.mark.parametrize(
    ("target", "page", "href"),
    [
        ("episodes/b/index.html", "episodes/a/index.html", "../b/"),
        ("index.html", "index.html", "./"),
        ("index.html", "episodes/a/index.html", "../../"),
        ("feed.xml", "episodes/a/index.html", "../../feed.xml"),
        ("episodes/a/index.html", "episodes/a/index.html", "./"),
        ("episodes/a/index.html#s2", "index.html", "episodes/a/#s2"),
    ],
)
def test_addresses_inside_the_site_are_relative(target: str, page: str, href: str) -> None:
    assert urls.relative(target, page) == href


def test_public_addresses_keep_the_sub_path() -> None:
    base = "https://example.org/shows/apt/"

    assert urls.absolute("episodes/a/index.html", base) == base + "episodes/a/"
    assert urls.base_path(base) == "/shows/apt/"


def test_a_sound_file_is_known_by_its_name_whatever_the_host() -> None:
    assert urls.file_name("https://a.example/x%20y.mp3?token=1") == "x y.mp3"
    assert urls.is_audio("https://a.example/x.MP3?token=1")
    assert not urls.is_audio("https://a.example/x.pdf")


@given(
    st.from_regex(addresses._WHOLE, fullmatch=True)
    | st.text(":/?#;[]@.ab", max_size=12).map("http://".__add__),
    st.sampled_from(("https://a.b/c/d", "http://a.b/", "http://a.b/c;d?e#f")),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_an_address_is_joined_to_a_page_as_the_standard_library_does(
    address: str, page: str
) -> None:
    try:
        joined = urljoin(page, address)
    except ValueError:
        joined = address
    assert urls.join(page, address) == joined


@given(st.text(string.printable, max_size=20))
def test_an_address_is_escaped_where_it_has_to_be(rest: str) -> None:
    given = f"https://a.example/{rest.strip()}"
    inside = "%/:?#@!$&'()*+,;=~"
    assert urls.escaped(given) == "https://a.example/" + quote(rest.strip(), safe=inside)
