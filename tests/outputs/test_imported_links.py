"""Links of imported notes that lead to nothing here are shown as their words."""

from tests.conftest import MakeSite, built

NOTES = """---
title: Shirts
slug: shirts
guid: g
date: 2026-01-02
audio: {url: "https://cdn.example/a.mp3", type: audio/mpeg, length: 5}
---

Buy a [good *shirt*](/shop?x=1&y=2), see ![a map](map.png) and [home](/).
"""
RAW = "content/imported/episodes/shirts.yaml"


def test_words_stand_in_place_of_broken_links(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/shirts.md": NOTES,
            RAW: "format: feed\nderived: {title: Shirts, slug: shirts}\n",
        }
    )

    made, problems = built(root)

    assert made is not None
    page, beside, feed = (
        made.outputs[path].read().decode()
        for path in ("episodes/shirts/index.html", "episodes/shirts/index.md", "feed.xml")
    )
    assert "Buy a good <em>shirt</em>, see a map and <a href=" in page
    assert "Buy a good *shirt*, see a map and [home](" in beside
    assert "/shop" not in feed and "good <em>shirt</em>" in feed
    found = [str(one.where) for one in problems if "imported notes link to" in one.message]
    assert found == ["content/episodes/shirts.md:9", "content/episodes/shirts.md:9"]
    assert not problems.stop()


def test_a_person_has_to_correct_them(site: MakeSite) -> None:
    _, problems = built(site({"content/episodes/shirts.md": NOTES}))

    broken = [str(one.where) for one in problems.found if "broken link" in one.message]
    assert broken == ["content/episodes/shirts.md:9"] * 2
    assert problems.stop()
