"""The copy of a visualization that goes into a frame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.extras.visualizations.sandbox import charset, embed, title
from backlist.extras.visualizations.sandbox.background import background

PAGE = (
    b'<!doctype html>\n<html lang="en"><head>\n<title>T</title></head>'
    b"<body>gr\xc3\xbcn</body></html>"
)


def spliced(page: bytes) -> bytes:
    """What `embed` put into an ASCII or UTF-8 page, the rest being as it was."""
    copy = embed(page)
    place = next(n for n in range(len(copy)) if copy[n:].startswith(b'<meta charset="utf-8">'))
    end = place + len(copy) - len(page)
    assert copy[:place] + copy[end:] == page
    return copy[place:end]


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (PAGE, b"<!doctype html>"),
        (b"<HTML><HEAD data-x='1'><title>T</title>", b""),
        (b"\n <!DOCTYPE html PUBLIC '>'><p>x", b"\n <!DOCTYPE html PUBLIC '>"),
        (b"<p>no head", b""),
        (b"\xef\xbb\xbf<!doctype html><p>x", b"\xef\xbb\xbf<!doctype html>"),
        (b"\xef\xbb\xbf<p>a byte order mark", b"\xef\xbb\xbf"),
        (b"<!-- <head> --><!doctype html><html><head>", b"<!-- <head> --><!doctype html>"),
        (b"<!-- a --!><script>1</script>--><!doctype html>", b""),
        (b"<!--><script>1</script>--><!doctype html>", b""),
        (b"\xc2\xa0<!doctype html><html>", b""),
        (b"", b""),
    ],
)
def test_the_splice_stands_before_anything_that_could_run(page: bytes, before: bytes) -> None:
    assert b"Content-Security-Policy" in spliced(page)
    assert embed(page).startswith(before + b'<meta charset="utf-8">')


@given(st.binary(max_size=400))
def test_any_bytes_have_a_copy_and_none_of_utf_8_are_lost(page: bytes) -> None:
    copy = embed(page)

    copy.decode("utf-8", "surrogateescape")
    if charset.is_utf8(page):
        spliced(page)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("<meta charset=latin-1>ü".encode("latin-1"), "windows-1252"),
        ("<meta charset='utf-8'>ü".encode(), "utf-8"),
        ("ü".encode(), "utf-8"),
        ("ü".encode("cp1252"), "windows-1252"),
        ("ü".encode("utf-16"), "utf-16"),
        ("<meta charset=utf-16>ü".encode(), "utf-8"),
        ("<!-- <meta charset=latin-1> -->ü".encode(), "utf-8"),
        ("<meta charset=no-such-thing>ü".encode(), "utf-8"),
        ("<meta charset=koi8-r>ш".encode("koi8-r"), "koi8-r"),
    ],
)
def test_the_encoding_of_a_page_is_known_and_its_copy_is_utf_8(page: bytes, name: str) -> None:
    assert charset.name(page) == name
    text = embed(page).decode("utf-8-sig")
    assert text.endswith(("ü", "ш"))


def test_links_leave_the_frame_unless_the_page_says_where_they_go() -> None:
    based = PAGE.replace(b"<title>", b'<base href="x" target="_top"><title>')

    assert b'<base target="_blank">' in spliced(PAGE)
    assert b'<base target="_blank">' not in spliced(based)


def test_only_named_origins_may_be_framed() -> None:
    assert b"frame-src" not in embed(PAGE)
    assert b'; frame-src https://docs.example"' in embed(PAGE, ["https://docs.example"])


def test_files_beside_the_page_are_let_in_only_where_there_are_some() -> None:
    assert b"'self'" not in embed(PAGE)
    assert b"script-src 'unsafe-inline' 'self';" in embed(PAGE, beside=True)
    assert b"connect-src" not in embed(PAGE, beside=True)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (b"<title> A\n lab &amp; more </title>", "A lab & more"),
        (b"<!-- <title>no</title> --><title>yes</title>", "yes"),
        (b"<title></title>", None),
        (b"<p>none", None),
    ],
)
def test_a_page_is_called_by_its_title(page: bytes, name: str | None) -> None:
    assert title(page) == name


@pytest.mark.parametrize(
    ("head", "colour"),
    [
        ("<style>body{background:#0a0e17}</style>", "#0a0e17"),
        ("<style>:root{--a:var(--b);--b:navy}body{background-color:var(--a)}</style>", "#000080"),
        ("<style>html{background:red}html,body{background:rgb(1,2,3)}</style>", "#010203"),
        ("<style>html{background:red}</style>", "#ff0000"),
        (
            '<meta name="theme-color" content="#ABCDEF"><style>body{background:red}</style>',
            "#abcdef",
        ),
        ("<style>body{background:linear-gradient(red,blue)}</style>", ""),
        ("<style>body{background:rgba(1,2,3,.5)}</style>", ""),
        ("<style>body{background:var(--none)}</style>", ""),
        ("<style>:root{--a:var(--a)}body{background:var(--a)}</style>", ""),
        ("<style>@media print{body{background:red}}</style>", ""),
        ("<style>body{background:red}@media(prefers-color-scheme:dark){x{}}</style>", ""),
        ('<meta name="theme-color" content="red;}">', ""),
        ("<style>body{background:}</style><style>}}{{", ""),
        ("<p>none", ""),
    ],
)
def test_the_background_of_a_page_is_known_where_it_is_plain(head: str, colour: str) -> None:
    assert background(head.encode()) == colour


def test_scripts_from_elsewhere_run_only_where_they_are_named() -> None:
    assert b"script-src 'unsafe-inline';" in embed(PAGE)
    assert b"script-src 'unsafe-inline' 'self';" in embed(PAGE, script_src=["'self'"])
