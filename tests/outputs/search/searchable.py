"""A site with a word in every field of the search, each in one place only."""

from tests.conftest import SEARCHED, episode

FIELDS = ("title", "summary", "notes", "transcript", "source", "author", "id", "alias")

_LONG = " ".join(f"filler{n}" for n in range(120))

_TRANSCRIPT = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
Good evening and welcome.

00:12:34.000 --> 00:12:39.000
<v Rui>Here the okapi walks past the harbour,

00:59:00.000 --> 00:59:09.000
and much later an okapi again.
"""


_WHERE: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    # field: what the body ends in, further fields, what the source says besides
    "title": ("", {"title": "Ranked by title okapi"}, {}),
    "summary": ("", {"summary": "An okapi in a summary."}, {}),
    "notes": (" okapi", {}, {}),
    "transcript": ("", {"transcripts": "[okapi.vtt]"}, {}),
    "source": ("", {}, {"title": "A paper okapi"}),
    "author": ("", {}, {"authors": "Okapi et al."}),
    "id": ("", {}, {"url": "https://www.usenix.org/system/files/okapi.pdf"}),
    "alias": ("", {"aliases": "[okapi]"}, {}),
}


def _told(field: str) -> str:
    """An episode that says `okapi` in one field and nowhere else."""
    ending, fields, more = _WHERE[field]
    source = {"title": f"A paper on {field}", "url": f"https://papers.example/{field}", **more}
    lines = "\n    ".join(f"{name}: {value}" for name, value in source.items())
    given: dict[str, str] = {
        "title": f"Ranked by {field}",
        "date": f"2025-01-0{FIELDS.index(field) + 1}",
        "sources": f"\n  - {lines}",
        **fields,
    }
    body = f"A first paragraph of {field}.\n\n{_LONG}{ending}"
    return episode(given.pop("title"), f"by-{field}", body, **given)


H2O = """\
---
title: "Heavy hitters: what a cache may forget"
slug: heavy-hitters
date: 2025-02-01
summary: About keeping the tokens that matter.
topics: [Caches]
aliases: [The hitters episode]
people: [Ines Falk, Rui Ode]
chapters:
  - start: 2:05
    title: The wombat interlude
sources:
  - title: "H2O: Heavy-Hitter Oracle for Efficient Generative Inference"
    authors: Zhenyu Zhang, Ying Sheng
    year: 2023
    url: https://arxiv.org/abs/2306.14048v3
    role: subject
  - title: "The Era of 1-bit LLMs: All Large Language Models are in 1.58-bit"
    authors: Shuming Ma
    url: https://arxiv.org/abs/2402.17764
---

The notes speak of running caches, of Zoë and of memory.
"""

SPOKEN = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
The tide of the lagoon. A tide table. The tide, again, and the lagoon.

00:20:00.000 --> 00:20:04.000
At last we reach the tide lagoon itself,

00:20:05.000 --> 00:20:09.000
which nobody had called so before.
"""
"""Its phrase is said once, after each of its words has been said often."""

FILES = {
    "content/transcripts/spoken.vtt": SPOKEN,
    "content/episodes/spoken.md": episode(
        "A lagoon by the sea",
        "lagoon",
        "Notes on the lagoon, and on a tide.",
        date="2025-03-01",
        season=2,
        people="[Ada Quay]",
        topics="[Tides, Caches]",
        transcripts="[spoken.vtt]",
        audio="{url: https://sound.example/lagoon.mp3, duration: 3000}",
    ),
    "content/episodes/written.md": episode(
        "The mill",
        "mill",
        "Of the tide lagoon that fed a mill.",
        date="2024-12-01",
        season=1,
        topics="[Tides]",
        audio="{url: https://sound.example/mill.mp3, duration: 3000}",
    ),
    "site.yaml": SEARCHED.replace("The Small Hours", "The Findable Hours"),
    "content/works.yaml": (
        "works:\n  - known_as: ['arxiv:2306.14048']\n    aliases: [HeavyHitterKV]\n"
    ),
    "content/transcripts/okapi.vtt": _TRANSCRIPT,
    "content/episodes/h2o.md": H2O,
    "content/episodes/delta.md": episode(
        "'δ-mem: a memory that learns'", "delta-mem", "It learns.", date="2025-02-02"
    ),
    "content/episodes/angle.md": episode(
        "'<img src=x onerror=alert(1)> & the <b>bold</b> escape'",
        "angle",
        "A body with &lt;quoted&gt; <script>alert(2)</script> mischief.",
        date="2025-02-03",
        summary="'</p><img src=x onerror=alert(3)> mischief'",
    ),
    "content/episodes/twice.md": episode(
        "Told twice",
        "told-twice",
        "The numbat sleeps in a hollow log. Outside the log it eats.\n\nA numbat is rare.",
        date="2024-02-01",
        summary="The numbat sleeps in a hollow log.",
    ),
    "content/episodes/thrice.md": episode(
        "Told nearly twice",
        "told-nearly-twice",
        "A bilby digs in the sand all night.",
        date="2024-02-02",
        summary="A bilby digs in the sand, and we watch.",
    ),
    "content/episodes/stub.md": episode(
        "The forgotten quokka", "quokka", "", status="stub", date="2025-02-04"
    ),
    "content/episodes/draft.md": episode(
        "Xyzzydraft", "xyzzy-draft", "xyzzybody", status="draft", date="2025-02-05"
    ),
    "content/episodes/private.md": episode(
        "Xyzzyprivate", "xyzzy-private", "xyzzybody", status="private", date="2025-02-06"
    ),
    "content/episodes/future.md": episode(
        "Xyzzyfuture", "xyzzy-future", "xyzzybody", date="2099-02-06"
    ),
    **{f"content/episodes/by-{field}.md": _told(field) for field in FIELDS},
    **{
        f"content/episodes/series-{n:02}.md": episode(
            f"Lighthouse number {n}", f"lighthouse-{n}", "Notes.", date=f"2024-03-{n:02}"
        )
        for n in range(1, 21)
    },
}
