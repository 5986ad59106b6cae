"""What is said of visualizations whose frame will not let them do what they try."""

import pytest

from backlist.problems import Level
from tests.conftest import MakeSite, built, episode

HEAD = '<!doctype html>\n<title>T</title>\n<meta name="viewport" content="width=device-width">\n'
KEYS = "title: The lab\nworks: [arxiv:2306.14048]\n"
FILES = {"content/episodes/one.md": episode("One", "one", visualizations="[lab]")}


def said(site: MakeSite, page: str, keys: str = KEYS, **more: str) -> list[str]:
    """What is wrong with a visualization, without what every site of these tests lacks."""
    files = {
        **FILES,
        "content/visualizations/lab/index.html": page,
        "content/visualizations/lab/visualization.yaml": keys,
        **{f"content/visualizations/lab/{name}": text for name, text in more.items()},
    }
    _, problems = built(site(files))
    return [
        f"{one.where.file.rpartition('/')[2]}:{one.where.line} {one.level} {one.message}"
        for one in problems
        if "/visualizations/" in one.where.file and "poster" not in one.message
    ]


@pytest.mark.parametrize(
    ("markup", "line", "level", "what"),
    [
        (
            '<script src="https://cdn.example/d3.js"></script>',
            4,
            "warning",
            "loads a script from cdn.example",
        ),
        (
            '<script src="//cdn.example/d3.js"></script>',
            4,
            "warning",
            "loads a script from cdn.example",
        ),
        (
            '\n<img src="https://pics.example/x.png" alt="">',
            5,
            "warning",
            "loads a img from pics.example",
        ),
        (
            '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=X">',
            4,
            "info",
            "asks fonts.googleapis.com",
        ),
        ('<script type="module" src="run.js"></script>', 4, "warning", "loads the module run.js"),
        ('<script src="run.js"></script>', 4, "warning", "loads run.js, which does not exist"),
        ('<img src="/logo.png" alt="">', 4, "warning", "loads /logo.png, which does not exist"),
        (
            '<p>\n<a href="/classes.html">classes</a>',
            5,
            "warning",
            "links to /classes.html, a path",
        ),
        ('<a href="javascript:run()">run</a>', 4, "warning", "has a `javascript:` link"),
        ("<form><input></form>", 4, "warning", "has a form"),
        (
            '<iframe src="https://docs.example/d/1"></iframe>',
            4,
            "warning",
            "frames https://docs.example",
        ),
        (
            '<iframe srcdoc="x" sandbox="allow-scripts allow-same-origin"></iframe>',
            4,
            "warning",
            "asks for `allow-same-origin`",
        ),
        (
            '<meta http-equiv="refresh" content="0; url=x">',
            4,
            "warning",
            "redirects to another page",
        ),
        (
            "<script>\n\nlocalStorage.x = 1\n</script>",
            6,
            "info",
            "stores data in the browser",
        ),
        (
            "<script>\nfetch('data.json')\n</script>",
            5,
            "info",
            "requests data while it runs",
        ),
        ("<script>\n\ntop.location = 'x'</script>", 6, "info", "accesses the page around it"),
        ("<script>\nalert('x')</script>", 5, "info", "opens a dialog"),
        ("<script type=module>\nimport x from './x.js'</script>", 5, "info", "imports a module"),
    ],
)
def test_what_a_frame_refuses_is_told_at_its_line(
    site: MakeSite, markup: str, line: int, level: str, what: str
) -> None:
    found = said(site, HEAD + markup)

    assert len(found) == 1, found
    assert found[0].startswith(f"index.html:{line} {level} {what}")


@pytest.mark.parametrize(
    "markup",
    [
        "<script>const locals = { fetchAll: 1 }; locals.fetchAll += 1; confirmed = 1</script>",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<a href="https://example.org/">out</a> <a href="#top">up</a>',
        '<link rel="canonical" href="https://example.org/"><link rel="icon" href="data:,">',
        "<!-- <form></form> <script src='https://cdn.example/x.js'></script> -->",
        '<svg><a href="#x"></a><image href="data:,"/></svg>',
    ],
)
def test_what_a_frame_lets_be_is_not_told(site: MakeSite, markup: str) -> None:
    assert said(site, HEAD + markup) == []


def test_a_bare_page_is_told_what_it_lacks(site: MakeSite) -> None:
    assert said(site, "<p>x", "title: The lab\n") == [
        "index.html:1 warning has no `<title>`",
        "index.html:1 warning has no viewport",
        "visualization.yaml:0 info belongs to no work: no work page links to it",
    ]


def test_a_heavy_page_is_told(site: MakeSite) -> None:
    assert said(site, HEAD + "<p>x" * 300_000) == [
        "index.html:1 warning has 1.2 MB, which loads slowly on a phone"
    ]


def test_files_beside_a_page_may_be_loaded(site: MakeSite) -> None:
    page = HEAD + '<script src="js/run.js"></script><link rel=stylesheet href="a%20b.css">'

    assert said(site, page, **{"js/run.js": "1", "a b.css": ""}) == []


def test_frames_that_are_named_are_let_be_and_names_without_frames_are_told(
    site: MakeSite,
) -> None:
    page = HEAD + '<iframe src="https://docs.example/d/1"></iframe>'
    named = "frame_src: [https://docs.example, https://other.example]\n"

    assert said(site, page, KEYS + named) == [
        "visualization.yaml:0 info `frame_src` names https://other.example, "
        "but no frame of the page uses it"
    ]


def test_what_a_file_is_published_without_is_told(site: MakeSite) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script></svg>'

    found = said(
        site,
        HEAD,
        **{
            "map.svg": svg,
            "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "no.svg": "<svg>",
            "other.html": HEAD,
        },
    )

    assert sorted(found) == [
        "map.svg:0 warning is published without `onload`, `<script>`: opened by itself, it could "
        "run on this site",
        "no.svg:0 warning is no well-formed SVG, which no browser draws; an empty picture is "
        "published",
        "other.html:0 info is published as other.html.txt: as it is, it could run as a page",
    ]


@pytest.mark.parametrize("page", [" ", "<!--", "<!-- x -->", "\n\n"])
def test_a_page_of_nothing_is_read_as_one(site: MakeSite, page: str) -> None:
    assert "index.html:1 warning has no `<title>`" in [
        one[: len("index.html:1 warning has no `<title>`")] for one in said(site, page)
    ]


def test_one_that_starts_by_itself_and_never_rests_is_told(site: MakeSite) -> None:
    restless = HEAD + "<script>requestAnimationFrame(run)</script>"
    resting = restless.replace("run)", "run, matchMedia('(prefers-reduced-motion)'))")

    assert len(said(site, restless, KEYS + "autostart: true\n")) == 1
    assert said(site, restless) == []
    assert said(site, resting, KEYS + "autostart: true\n") == []


def test_one_that_is_elsewhere_is_told_what_has_no_effect(site: MakeSite) -> None:
    keys = (
        f"{KEYS}url: https://away.example/lab\nautostart: true\nframe_src: [https://else.example]\n"
    )
    files = {**FILES, "content/visualizations/lab.yaml": keys}
    _, problems = built(site(files))

    found = [one for one in problems if one.where.file.endswith("lab.yaml")]
    assert [one.level for one in found] == [Level.WARNING, Level.WARNING]
    assert "`autostart` has no effect" in found[0].message + found[1].message
    assert "https://away.example" in found[0].message + found[1].message


BAD = "".join(f"<{tag}='http://[x'>" for tag in ("iframe src", "img src", "script src", "a href"))


def test_any_bytes_can_be_judged(site: MakeSite) -> None:
    for page in ("", "\0", "<", "<script>", "<iframe", "<a href='http://[x'>", BAD):
        said(site, page)
