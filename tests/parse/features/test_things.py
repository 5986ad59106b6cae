"""Which lines of notes speak of what an episode treats, and which are advertised or added."""

import pytest

from backlist.parse.features.things import unpaid_lines


@pytest.mark.parametrize(
    "line",
    [
        "Sponsored by Loom Works.",
        "Use the PROMO CODE weave.",
        "A promotional code for you",
        "coupon: warp",
        "20% off all looms",
        "20 % off all looms",
        "a free trial of it",
        "30 days free",
        "Brought to you by Loom Works",
        "## Shameless plugs",
        "## Sick Picks",
        "use code WEFT",
        "Affiliate links",
        "on Patreon",
        "Subscribe here",
        "Donate",
        "Anzeige: Webstühle",
        "Werbung",
        "Patrocinado por",
        "publicité",
        "スポンサー",
        "赞助",
        "贊助",
        "حامی",
        "رعاية",
    ],
)
def test_what_is_advertised_is_left_out(line: str) -> None:
    assert list(unpaid_lines(f"Of looms.\n{line}")) == ["Of looms."]


@pytest.mark.parametrize("line", ["Wild pickscale", "A picked thread", "off the loom", "Discus"])
def test_what_only_looks_like_it_stays(line: str) -> None:
    assert list(unpaid_lines(line)) == [line]
