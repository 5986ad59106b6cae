"""A show at a host on this machine, and bringing it home in a process that may be killed."""

import json

from tests.commands.mirror.hosting import Host
from tests.conftest import SETTINGS, episode
from tests.pictures import picture

VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>Grunion come ashore for the {} time.\n"

TASK = """
from datetime import UTC, datetime
from pathlib import Path
from backlist import http
from backlist.http import download
from backlist.commands.mirror import WHAT, Options, Plan, bring
from backlist.commands.mirror import ledger
from backlist.problems import Problems
import backlist.pictures.opening
ledger.PAUSE = 0.0
http._certificates()
download.OVERLAP = 512
def task(root, host):
    options = Options(frozenset(WHAT), trusted=frozenset({host}))
    bring(Plan(Path(root), options, datetime(2026, 6, 1, tzinfo=UTC)), Problems())
"""
"""The source of a task for `tests.killing`: the site's folder, and the host that may be asked."""


def host_a_show(host: Host, episodes: int) -> dict[str, str]:
    """Serve transcripts, chapters, covers and sound of a show; the files of its site."""
    settings = SETTINGS.replace("https://small.example/cover.jpg", "covers/show.png")
    files = {"site.yaml": settings}
    for number in range(1, episodes + 1):
        marks = json.dumps({"chapters": [{"startTime": 0, "title": f"Part {number}"}]})
        sound = b"ID3" + bytes([number]) * 3000
        image = picture((40 + number, 40 + number), "red")
        files[f"content/episodes/e{number}.md"] = episode(
            f"Episode {number}",
            f"e{number}",
            guid=f"e{number}",
            date=f"2026-01-{number % 28 + 1:02}",
            transcripts=f"['{host.put(f'{number}.vtt', VTT.format(number))}']",
            chapters_url=host.put(f"{number}.json", marks, "application/json+chapters"),
            image=host.put(f"{number}.png", image, "image/png"),
            audio=f"'{host.put(f'{number}.mp3', sound, 'audio/mpeg')}'",
        )
    return files
