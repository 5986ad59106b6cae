"""What an episode said wrong, and what machines made of it, wherever the episode is told."""

import json

import pytest

from backlist.files.output import Outputs
from tests.conftest import SETTINGS, MakeSite, built, episode

SHOW = SETTINGS.replace("site:\n", "  ai_generated: All voices are synthetic.\nsite:\n")
WRONG = "We said 1912 & meant 1921."
CORRECTIONS = f"[{{date: 2026-01-02, text: '{WRONG}'}}, {{date: 2026-02-03, text: Two.}}]"


def outputs(site: MakeSite, **fields: str) -> Outputs:
    sound = {"guid": "g", "audio": "{url: 'https://a.example/a.mp3', length: 1}"}
    fields = {"date": "2026-01-01", **sound, **fields}
    made, problems = built(
        site({"site.yaml": SHOW, "content/episodes/a.md": episode("A", "a", **fields)})
    )
    assert made is not None and not problems.stop(), list(problems)
    return made.outputs


def text(made: Outputs, name: str) -> str:
    return made[name].read().decode()


def test_corrections_are_told_first_wherever_the_notes_are(site: MakeSite) -> None:
    made = outputs(site, corrections=CORRECTIONS)
    page, notes = text(made, "episodes/a/index.html"), text(made, "episodes/a/index.md")
    item = json.loads(text(made, "feed.json"))["items"][0]

    assert page.index("1912 &amp; meant") < page.index("<p>Two.") < page.index('id="notes"')
    assert '"@type": "CorrectionComment"' in page
    assert f"## Corrections\n\n- 2026-01-02: {WRONG}\n- 2026-02-03: Two.\n" in notes
    assert item["content_html"].startswith("<p>Correction, 2026-01-02: We said 1912 &amp; meant")
    assert "<description><![CDATA[<p>Correction, 2026-01-02: We" in text(made, "feed.xml")
    assert json.loads(text(made, "archive.json"))["episodes"][0]["corrections"] == [
        {"date": "2026-01-02", "text": WRONG},
        {"date": "2026-02-03", "text": "Two."},
    ]


def test_a_correction_is_a_change(site: MakeSite) -> None:
    made = outputs(site, corrections=CORRECTIONS, updated="2026-01-15")

    assert json.loads(text(made, "feed.json"))["items"][0]["date_modified"].startswith("2026-02-03")
    assert "<lastmod>2026-02-03</lastmod>" in text(made, "sitemap.xml")


@pytest.mark.parametrize(
    ("said", "shown", "marked"),
    [
        ("", "All voices are synthetic.", ""),
        ("Only the bell is.", "Only the bell is.", "true"),
        ("no", "", "false"),
    ],
)
def test_an_episode_says_itself_what_machines_made(
    site: MakeSite, said: str, shown: str, marked: str
) -> None:
    made = outputs(site, **({"ai": said} if said else {}))
    sentences = ("All voices are synthetic.", "Only the bell is.")
    page, notes = text(made, "episodes/a/index.html"), text(made, "episodes/a/index.md")
    item = text(made, "feed.xml").partition("<item>")[2]

    assert [one for one in sentences if one in page] == ([shown] if shown else [])
    assert [one for one in sentences if one in notes] == ([shown] if shown else [])
    assert (f'purpose="ai-content">{marked}<' in item) is bool(marked)
    assert json.loads(text(made, "archive.json"))["episodes"][0]["ai"] == (shown or None)
