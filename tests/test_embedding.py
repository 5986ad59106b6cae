"""The copy of a visualization that goes into a frame."""

import pytest

from backlist.embedding import embed

PAGE = (
    b'<!doctype html>\n<html lang="en"><head>\n<meta charset=latin-1><title>T</title></head>'
    b"<body>b</body></html>"
)


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (PAGE, b'<!doctype html>\n<html lang="en"><head>'),
        (b"<HTML><HEAD data-x='1'><title>T</title>", b"<HTML><HEAD data-x='1'>"),
        (b"<!doctype html><p>no head", b"<!doctype html>"),
        (b"<html><p>no head", b"<html>"),
        (b"just words", b""),
        (b"\xef\xbb\xbf<p>a byte order mark", b"\xef\xbb\xbf"),
        (b"<!-- <head> --><html><head><title>T</title>", b"<!-- <head> --><html><head>"),
        (b"<html><header>not a head</header>", b"<html>"),
    ],
)
def test_the_splice_stands_where_the_head_begins(page: bytes, before: bytes) -> None:
    copy = embed(page)

    assert copy.startswith(before)
    spliced = copy[len(before) : len(copy) - (len(page) - len(before))]
    assert b"Content-Security-Policy" in spliced
    assert before + copy[len(before) + len(spliced) :] == page


def test_the_pages_own_charset_is_said_before_the_rest() -> None:
    assert b'<meta charset="latin-1">' in embed(PAGE)[:200]


def test_links_leave_the_frame_unless_the_page_has_a_base() -> None:
    based = PAGE.replace(b"<title>", b'<base href="x"><title>')

    assert b'<base target="_blank">' in embed(PAGE)
    assert b'<base target="_blank">' not in embed(based)


def test_only_named_origins_may_be_framed() -> None:
    assert b"frame-src" not in embed(PAGE)
    assert b'; frame-src https://docs.example"' in embed(PAGE, ["https://docs.example"])


def test_scripts_from_elsewhere_run_only_where_they_are_named() -> None:
    assert b"script-src 'unsafe-inline';" in embed(PAGE)
    assert b"script-src 'self' 'unsafe-inline';" in embed(PAGE, script_src=["'self'"])
