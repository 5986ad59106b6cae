"""How good the related lists are, measured against links that podcast authors made themselves.

    python benchmarks/related.py DATASET.json.gz…

A data set is gzipped JSON: `{"episodes": [{"id", "title", "desc", "tags", "guests", "text",
"links", "date", …}], "gold": [[source id, target id], …]}`, its text with every link to an own
episode removed (strict removal). Each becomes a site folder, is built by the ordinary program,
and `archive.json` is scored: relevant is what is linked either way, queries with more than five
own links are left out, lists have at most twenty entries. Printed a data set: nDCG@10, recall@5
and @10, MRR, hit@5; then over all episodes coverage@5 (the share listed in somebody's first
five), the largest inbound count, and the seconds of one core the build took.
"""

import gzip
import json
import math
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backlist import content
from backlist.build import Options, make
from backlist.problems import Problems

DEPTH, MOST_LINKS = 20, 5
SITE: dict[str, Any] = {
    "show": {"title": "A measured show", "description": "Built to be measured."},
    "site": {"base_url": "https://measured.example/", "related": str(DEPTH)},
}


def main(paths: Sequence[str]) -> None:
    """Print one row for each data set, and their mean."""
    rows = [measure(Path(path)) for path in paths]
    if len(rows) > 1:
        mean = {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}
        report("mean", mean)


def measure(path: Path) -> dict[str, float]:
    """Build a data set's archive and score its related lists."""
    data = json.loads(gzip.decompress(path.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        slugs = write_site(root, data["episodes"])
        began = time.process_time()
        problems = Problems()
        site = make(root, datetime.now(UTC), Options(), problems)
        took = time.process_time() - began
        if site is None or problems.stop():
            sys.exit("\n".join(map(str, problems)))
        archive = json.loads(site.outputs["archive.json"].read())
    lists = {e["slug"]: [one["slug"] for one in e["related"]] for e in archive["episodes"]}
    gold = [(slugs[s], slugs[t]) for s, t in data["gold"] if s in slugs and t in slugs and s != t]
    figures = {**score(lists, relevant(gold)), **reach(lists), "cpu s": took}
    report(path.name.removesuffix(".json.gz"), figures)
    return figures


def write_site(root: Path, episodes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """A site folder of a data set's episodes; gives the slug of each id."""
    (root / content.SITE).write_text(content.dump_yaml(SITE), "utf-8")
    folder = root / "content/episodes"
    folder.mkdir(parents=True)
    slugs = {}
    for number, episode in enumerate(episodes):
        slug = f"e{number}"
        slugs[str(episode["id"])] = slug
        text = content.dump_markdown(_front(episode, slug), str(episode["text"]))
        (folder / f"{slug}.md").write_text(text, "utf-8")
    return slugs


def _front(episode: Mapping[str, Any], slug: str) -> dict[str, Any]:
    links = [url for url, _ in episode["links"] if url.startswith(("http://", "https://"))]
    front = {
        "title": " ".join(str(episode["title"] or "Untitled").split()),
        "slug": slug,
        "date": episode.get("date"),
        "summary": " ".join(str(episode["desc"] or "").split()),
        "people": [{"name": name, "role": "guest"} for name in episode["guests"] if name.strip()],
        "topics": [tag for tag in episode["tags"] if tag.strip()],
        "sources": [{"url": url} for url in links if len(url.split("/")) > 2 and url.split("/")[2]],
    }
    return {key: value for key, value in front.items() if value}


def relevant(gold: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What counts as a hit for each query: links either way, round-ups left out."""
    out: dict[str, set[str]] = defaultdict(set)
    for source, target in gold:
        out[source].add(target)
    found: dict[str, set[str]] = defaultdict(set)
    for source, targets in out.items():
        if len(targets) <= MOST_LINKS:
            for target in targets:
                found[source].add(target)
                found[target].add(source)
    return dict(found)


def score(lists: Mapping[str, list[str]], wanted: Mapping[str, set[str]]) -> dict[str, float]:
    """Means over the queries."""
    rows = [_score_one(lists.get(query, []), hits) for query, hits in wanted.items()]
    names = ("nDCG@10", "R@5", "R@10", "MRR", "hit@5")
    return {name: sum(row[n] for row in rows) / len(rows) for n, name in enumerate(names)}


def _score_one(answers: list[str], hits: set[str]) -> tuple[float, ...]:
    gains = [1 / math.log2(place + 2) for place, one in enumerate(answers[:10]) if one in hits]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(hits))))
    first = next((place for place, one in enumerate(answers, 1) if one in hits), None)
    found = [len(hits.intersection(answers[:most])) for most in (5, 10)]
    return (
        sum(gains) / ideal,
        found[0] / len(hits),
        found[1] / len(hits),
        1 / first if first else 0.0,
        float(found[0] > 0),
    )


def reach(lists: Mapping[str, list[str]]) -> dict[str, float]:
    """How evenly the lists spread over the archive."""
    inbound = Counter(other for answers in lists.values() for other in answers[:5])
    return {
        "coverage@5": len(inbound) / len(lists),
        "inbound": float(max(inbound.values(), default=0)),
    }


def report(name: str, figures: Mapping[str, float]) -> None:
    """One row, every figure named."""
    parts = (f"{label} {_figure(label, value)}" for label, value in figures.items())
    print(f"{name:<15}", "  ".join(parts), flush=True)


def _figure(label: str, value: float) -> str:
    return f"{value:.0f}" if label == "inbound" else f"{value:.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
