"""Lines that hosts add are known, are never the summary, and go where the site says so."""

import pytest

from backlist.parse import markdown
from backlist.parse.host_lines import is_host_line, without
from tests.conftest import SETTINGS, MakeSite, built

LINES = [
    "Hosted on Acast. See acast.com/privacy for more information.",
    "Hosted on Acast. See [acast.com/privacy](https://acast.com/privacy) for more information.",
    "See [Privacy Policy](https://art19.com/privacy) and "
    "[California Privacy Notice](https://art19.com/privacy#do-not-sell-my-info).",
    "Learn more about your ad choices. Visit <https://megaphone.fm/adchoices>",
    "Learn more about your ad choices. Visit [podcastchoices.com/adchoices](https://podcastchoices.com/adchoices)",
    "Advertising Inquiries: <https://redcircle.com/brands>",
    "Privacy & Opt-Out: <https://redcircle.com/privacy>",
    "See omnystudio.com/listener for privacy information.",
    "Hosted by Simplecast, an AdsWizz company. See <https://pcm.adswizz.com> for information.",
    "Hébergé par Ausha. Visitez ausha.co/politique-de-confidentialite pour plus d'informations.",
    "Powered by [Firstory Hosting](https://firstory.me/zh)",
    "This podcast uses the following third-party services for analysis:",
    "OP3 - <https://op3.dev/privacy>",
    "This is a public episode. If you'd like to discuss this with other subscribers or get access "
    "to bonus episodes, visit [tides.substack.com](https://tides.substack.com/subscribe)",
    "The post [Ebb](https://tides.example/ebb) appeared first on [Tides](https://tides.example/).",
]
LINES += [
    "_Hosted on Acast. See acast.com/privacy for more information._",
    "• **[Learn](https://art19.com/privacy) more about your ad choices.**",
    "H*osted on Acast.*",
    "PODCAST HOSTED BY Podigee.",
    "To learn more about listener data and our privacy practices",
    "Gehostet bei Podigee",
    "Send us a text",
    "Get full access to Tides at tides.substack.com/subscribe",
]
OWN = [
    "Hosted by Ada Lind.",
    "Hosted on a boat, and by nobody else.",
    "See [our talk on privacy](https://tides.example/privacy).",
    "Privacy and opt-out, a history.",
    "We read acast.com/privacy aloud, and compare it with <https://tides.example/ours>.",
    "We learn more about your ad choices.",
    "The post office.",
    "",
]


@pytest.mark.parametrize("line", LINES)
def test_lines_of_hosts_are_known(line: str) -> None:
    assert is_host_line(line)
    assert without(f"Ebb and flood.\n\n{line}") == "Ebb and flood."
    assert without(f"Ebb and flood.\\\n{line}") == "Ebb and flood."
    assert without(f"Ebb and flood. {line}") == "Ebb and flood."
    assert without(f"{line}\n\nEbb.\n\n---\n\n{line}") == "Ebb."


@pytest.mark.parametrize("line", OWN)
def test_lines_of_authors_are_kept(line: str) -> None:
    assert not is_host_line(line)
    assert without(f"Ebb.\n\n{line}\n\n---\n\n    {LINES[0]}") == (
        f"Ebb.\n\n{line}\n\n---\n\n    {LINES[0]}"
    )


def test_what_a_host_added_is_never_the_lead() -> None:
    line = LINES[1]

    assert markdown.read(f"{line}\n\nEbb and flood.").lead == "Ebb and flood."
    assert markdown.read(f"Ebb and flood. {line}").lead == "Ebb and flood."
    assert markdown.read(line).lead == ""
    assert "acast.com/privacy" in markdown.read(line).html


NOTES = f"""---
title: Ebb
slug: ebb
guid: g
date: 2026-01-02
audio: {{url: "https://cdn.example/a.mp3", type: audio/mpeg, length: 5}}
---

{LINES[1]}

Ebb and flood.
"""


@pytest.mark.parametrize("shown", [True, False])
def test_a_site_may_leave_them_out(site: MakeSite, shown: bool) -> None:
    settings = f"{SETTINGS}  host_lines: {str(shown).lower()}\n"
    made, _ = built(site({"content/episodes/ebb.md": NOTES, "site.yaml": settings}))

    assert made is not None
    for path in ("episodes/ebb/index.html", "episodes/ebb/index.md", "feed.xml"):
        said = made.outputs[path].read().decode()
        assert "Ebb and flood." in said
        assert ("acast.com/privacy" in said) is shown
    assert made.archive.entries[0].summary == "Ebb and flood."
