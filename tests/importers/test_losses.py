"""The guard counts what a source showed and a record does not, by kind."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from backlist.importers import losses, notes
from backlist.importers.losses import Loss
from backlist.importers.run import import_sources
from backlist.problems import Problems, Where

RAW = (
    '<h2>Tides</h2><p>At 10<sup>9</sup> points <a href="https://a.example/x">here</a> '
    '<img src="https://a.example/p.png" alt="Map"></p><ul><li>ebb</li><li>flood</li></ul>'
    '<iframe src="https://f.example/1"></iframe><audio src="https://s.example/a.mp3"></audio>'
    '<video><source src="https://v.example/a.mp4"></video>'
)


def lost(raw: str, body: str, base: str | None = None) -> dict[str, tuple[int, str]]:
    record = SimpleNamespace(body=body, sources=(), visualizations=())
    found = losses.find_losses(raw, record, base)
    return {loss.kind: (loss.count, loss.example) for loss in found}


def test_everything_that_is_gone_is_named_by_kind() -> None:
    assert lost(RAW, "") == {
        "links": (1, "https://a.example/x"),
        "pictures": (1, "https://a.example/p.png"),
        "frames": (1, "https://f.example/1"),
        "sounds": (1, "https://s.example/a.mp3"),
        "films": (1, "https://v.example/a.mp4"),
        "headings": (1, "tides"),
        "list items": (2, ""),
        "numbers": (2, "10"),
        "words": (7, "tides"),
    }


def test_the_import_itself_loses_none_of_it() -> None:
    assert notes.read(RAW, Where("f"), Problems()).losses == ()


def test_a_film_that_a_script_would_show_is_lost_if_it_is_not_linked() -> None:
    raw = '<p>A</p><lite-youtube videoid="AbCdEfGh123" style="x"></lite-youtube>'
    address = "https://www.youtube.com/watch?v=AbCdEfGh123"

    assert lost(raw, "A") == {"frames": (1, address)}
    assert lost(raw, f"A\n\n[Film]({address})") == {}


def test_numbers_that_have_been_joined_are_lost() -> None:
    assert lost("<p>10<sup>9</sup></p>", "109") == {"numbers": (2, "10")}
    assert lost("<p>10<sup>9</sup></p>", "10⁹") == {}
    assert lost("<p>CO<sub>2</sub></p>", "CO₂") == {}


def test_words_that_have_been_joined_are_lost() -> None:
    assert lost("<center>ebb</center><center>flood</center>", "ebbflood") == {"words": (2, "ebb")}


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("<script>x</script><style>y</style><!-- z --><p>A</p>", "A"),
        ('<img src="https://t.example/p.gif" width="1" height="1">', ""),
        ('<iframe src="https://t.example/" style="display:none"></iframe>', ""),
        ('<img alt="🌊" src="https://s.w.org/images/core/emoji/1f30a.png">', "🌊"),
        ('<a href="https://a.example/"></a>', ""),
        ('<audio src="https://a.example/x">No sound here</audio>', "<https://a.example/x>"),
        ('<p><a href="/x">A</a></p>', "[A](https://a.example/x)"),
        ('<p><a href="https://a.example/a b">A</a></p>', "[A](https://a.example/a%20b)"),
        ('<p><a href="https://a.example/long">https://a.exam…</a></p>', "<https://a.example/long>"),
        ('<p><a href="#t=1:15">1:15</a></p>', "[1:15]"),
        ("Caf&eacute; &amp;amp; x", "Café & x"),
        ("&lt;p&gt;A&lt;/p&gt;", "A"),
        ("See https://a.example/x, then.", "See <https://a.example/x>, then."),
        ("<p>so\u00adft</p>", "soft"),
    ],
)
def test_what_nobody_saw_or_what_is_said_otherwise_is_no_loss(raw: str, body: str) -> None:
    assert lost(raw, body, "https://a.example/1") == {}


def test_what_cannot_be_kept_is_named() -> None:
    raw = (
        '<form action="https://a.example/s">Go</form><svg><text>5</text></svg>'
        '<script src="https://a.example/x.js"></script><p><a href="odd:1">A</a></p>'
        f'<img src="data:image/png;base64,{"A" * 200}" alt="B">'
    )

    assert [(loss.kind, loss.count) for loss in notes.read(raw, Where("f"), Problems()).losses] == [
        ("links", 1),
        ("pictures", 1),
        ("drawings", 1),
        ("forms", 1),
        ("scripts", 1),
    ]


FEED = """<rss version="2.0"><channel><title>Tides</title><description>x</description>
<item><title>Ebb</title><guid>1</guid><description><![CDATA[<p><a href="odd:1">A</a>
<a href="odd:2">B</a></p>]]></description></item>
<item><title>Flood</title><guid>2</guid><description><![CDATA[<p><a href="odd:3">C</a></p>]]>
</description></item></channel></rss>"""


def test_the_report_names_kind_number_example_and_file(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED)
    report = import_sources(tmp_path / "site", [str(feed)], problems=Problems())

    assert report is not None
    assert report.losses == (
        Loss("links", 1, "odd:3", "content/episodes/flood.md"),
        Loss("links", 2, "odd:1", "content/episodes/ebb.md"),
    )
    assert (
        "not shown by the records: 3 links of 2 episodes, such as `odd:3` "
        "(content/episodes/flood.md)" in report.lines()
    )


def test_an_import_that_changes_nothing_repeats_no_loss(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED)
    import_sources(tmp_path / "site", [str(feed)], problems=Problems())
    again = import_sources(tmp_path / "site", [str(feed)], problems=Problems())

    assert again is not None
    assert again.losses == ()
