"""How good the related lists are, measured against links that podcast authors made themselves.

    python -m benchmarks.related [--hugo] DATASET.json.gz…
    python -m benchmarks.related --cost COUNT DATASET.json.gz…

A data set is gzipped JSON: `{"episodes": [{"id", "title", "desc", "tags", "guests", "text",
"links", "date", "transcript", …}], "gold": [[source id, target id], …]}`, its text with every
link to an own episode removed (strict removal); only `id` has to be there. Each becomes a site
folder, is built by the ordinary program, and `archive.json` is scored: relevant is what is
linked either way, queries with more than five own links are left out, lists have at most twenty
entries. Printed a data set: nDCG@10, recall@5 and @10, MRR, hit@5; then over all episodes
coverage@5 (the share listed in somebody's first five), the share of episodes with five, the
largest inbound count; then what it cost: seconds of one core for the ranking and for the whole
build, and the most memory the process had.

`--hugo` adds a row for a real Hugo of the same archive. `--cost` builds an archive of COUNT
episodes out of the data sets, repeated with words of their own, and prints the cost alone, with
the memory that the ranking added to what was there.
"""

import argparse
import gzip
import json
import math
import resource
import sys
import tempfile
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from backlist import content, load
from backlist.build import Options, make
from backlist.cache.store import NO_CACHE
from backlist.problems import Level, Problems
from backlist.relate import relate, similar
from backlist.resolve import resolve
from benchmarks import hugo_related

DEPTH, FIRST, MOST_LINKS = 20, 5, 5
SITE: dict[str, Any] = {
    "show": {"title": "A measured show", "description": "Built to be measured."},
    "site": {"base_url": "https://measured.example/"},
}
Lists = Mapping[str, Sequence[str]]
Figures = dict[str, float]


def main() -> None:
    """Print one row for each data set, and their means."""
    asked = _arguments()
    if asked.cost:
        report(f"{asked.cost} episodes", measure_cost(asked.cost, asked.datasets))
        return
    rows: dict[str, list[Figures]] = defaultdict(list)
    for path in asked.datasets:
        for name, figures in measure(path, hugo=asked.hugo):
            report(f"{name} {_name(path)}".strip(), figures)
            rows[name].append(figures)
    for name, found in rows.items():
        if len(found) > 1:
            report(f"{name} mean".strip(), _mean(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("datasets", nargs="+", type=Path, metavar="DATASET.json.gz")
    parser.add_argument("--hugo", action="store_true", help="add a row for a real Hugo")
    parser.add_argument("--cost", type=int, metavar="COUNT", help="measure COUNT episodes' cost")
    return parser.parse_args()


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".json")


def _mean(rows: Sequence[Figures]) -> Figures:
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}


def measure(path: Path, *, hugo: bool = False) -> Iterator[tuple[str, Figures]]:
    """The figures of a data set's archive, and with `hugo` those of Hugo, by what made it."""
    data = _read(path)
    wanted = relevant(data["gold"])
    lists, cost = build(data["episodes"])
    yield "", {**score(lists, wanted), **reach(lists), **cost}
    if hugo:
        for name, found in hugo_related.run(data["episodes"], DEPTH):
            yield name, {**score(found, wanted), **reach(found)}


def _read(path: Path) -> dict[str, Any]:
    data = json.loads(gzip.decompress(path.read_bytes()))
    for episode in data["episodes"]:
        episode["id"] = str(episode["id"])
    data["gold"] = _known_links(data)
    return dict(data)


def _known_links(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    known = {episode["id"] for episode in data["episodes"]}
    links = ((str(source), str(target)) for source, target in data["gold"])
    return [(s, t) for s, t in links if s != t and s in known and t in known]


def build(episodes: Sequence[Mapping[str, Any]]) -> tuple[Lists, Figures]:
    """The related lists of an archive as its `archive.json` tells them, by id, and the cost."""
    with tempfile.TemporaryDirectory() as folder, _timed() as cost:
        ids = write_site(Path(folder), episodes)
        problems = Problems()
        began = time.process_time()
        site = make(Path(folder), datetime.now(UTC), Options(), problems)
        cost["build s"] = time.process_time() - began
        if site is None or problems.stop():
            sys.exit("\n".join(str(one) for one in problems if one.level is Level.ERROR))
        archive = json.loads(site.outputs["archive.json"].read())
    cost["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lists = {
        ids[one["slug"]]: [ids[other["slug"]] for other in one["related"]]
        for one in archive["episodes"]
    }
    return lists, cost


@contextmanager
def _timed() -> Iterator[Figures]:
    """The seconds of one core that the ranking takes, words and all, while the block runs."""
    cost: Figures = {}
    rank = similar.rank

    def timed(*args: Any, **options: Any) -> Any:
        began = time.process_time()
        try:
            return rank(*args, **options)
        finally:
            cost["rank s"] = time.process_time() - began

    similar.rank = timed
    try:
        yield cost
    finally:
        similar.rank = rank


def measure_cost(count: int, paths: Iterable[Path]) -> Figures:
    """Seconds for an archive of `count` episodes; then, in a second run, the memory it took."""
    given = [episode for path in paths for episode in _read(path)["episodes"]]
    episodes = [
        _repeated(given[number % len(given)], number, len(given)) for number in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder:
        write_site(Path(folder), episodes, depth=FIRST)
        problems = Problems()
        catalog = resolve(load.load(Path(folder), problems), datetime.now(UTC), NO_CACHE, problems)
        if catalog is None:
            sys.exit("\n".join(map(str, problems)))
        with _timed() as cost:
            relate(catalog, problems)
        with _weighed() as weight:
            relate(catalog, problems)
    return {**cost, **weight}


def _repeated(episode: Mapping[str, Any], number: int, size: int) -> dict[str, Any]:
    """An episode again, a third of its words and all its addresses made this round's own."""
    turn = number // size
    words = str(episode.get("text") or "").split()
    text = " ".join(f"{w}x{turn}" if turn and n % 3 == 0 else w for n, w in enumerate(words))
    links = [(f"{url}?turn={turn}", anchor) for url, anchor in episode.get("links") or ()]
    return {**episode, "id": str(number), "text": text, "links": links}


@contextmanager
def _weighed() -> Iterator[Figures]:
    """The most memory that the ranking had beside what was there before, while the block runs."""
    cost: Figures = {}
    rank = similar.rank

    def weighed(*args: Any, **options: Any) -> Any:
        tracemalloc.start()
        try:
            return rank(*args, **options)
        finally:
            cost["rank MB"] = tracemalloc.get_traced_memory()[1] / 2**20
            tracemalloc.stop()

    similar.rank = weighed
    try:
        yield cost
    finally:
        similar.rank = rank


def write_site(
    root: Path, episodes: Iterable[Mapping[str, Any]], depth: int = DEPTH
) -> dict[str, str]:
    """A site folder of a data set's episodes; gives the id of each slug."""
    settings = {**SITE, "site": {**SITE["site"], "related": str(depth)}}
    (root / content.SITE).write_text(content.dump_yaml(settings), "utf-8")
    for folder in (load.EPISODES, load.TRANSCRIPTS):
        (root / folder).mkdir(parents=True)
    ids = {}
    for number, episode in enumerate(episodes):
        slug = f"e{number}"
        ids[slug] = str(episode["id"])
        front = _front(episode, slug)
        if episode.get("transcript"):
            front["transcripts"] = [f"{slug}.txt"]
            script = root / load.TRANSCRIPTS / f"{slug}.txt"
            script.write_text(_clean(episode["transcript"]), "utf-8")
        text = content.dump_markdown(front, _clean(episode.get("text")))
        (root / load.EPISODES / f"{slug}.md").write_text(text, "utf-8")
    return ids


def _front(episode: Mapping[str, Any], slug: str) -> dict[str, Any]:
    guests = [_line(name) for name in episode.get("guests") or ()]
    front = {
        "title": _line(episode.get("title")) or _line(episode["id"]),
        "slug": slug,
        "date": _day(episode.get("date")),
        "summary": _line(episode.get("desc")),
        "people": [{"name": name, "role": "guest"} for name in guests if name],
        "topics": [tag for tag in map(_line, episode.get("tags") or ()) if _has_letters(tag)],
        "sources": [{"url": url} for url in _addresses(episode)],
    }
    return {key: value for key, value in front.items() if value}


def _clean(text: Any) -> str:
    """A text that a file can hold: no half characters, no controls but line ends and tabs."""
    whole = str(text or "").encode("utf-8", "ignore").decode()
    return "".join(c for c in whole if c in "\n\t" or (c >= " " and c not in "\x7f\ufffe\uffff"))


def _line(text: Any) -> str:
    return " ".join(_clean(text).split())


def _has_letters(tag: str) -> bool:
    """Whether a tag can be a topic, which has a page and so needs letters for its address."""
    return any(c.isalnum() for c in tag)


def _day(date: Any) -> str | None:
    try:
        return datetime.fromisoformat(str(date)[:10]).date().isoformat()
    except ValueError:
        return None


def _addresses(episode: Mapping[str, Any]) -> Iterator[str]:
    """The links that a record can hold: whole addresses of the web."""
    for link in episode.get("links") or ():
        url = "".join(_clean(link[0] if isinstance(link, list | tuple) else link).split())
        url = f"https:{url}" if url.startswith("//") else url
        try:
            parts = urlsplit(url)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            continue
        if good:
            yield url


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


def score(lists: Lists, wanted: Mapping[str, set[str]]) -> Figures:
    """Means over the queries."""
    rows = [_score_one(lists.get(query, []), hits) for query, hits in wanted.items()]
    names = ("nDCG@10", "R@5", "R@10", "MRR", "hit@5")
    return {name: sum(row[n] for row in rows) / (len(rows) or 1) for n, name in enumerate(names)}


def _score_one(answers: Sequence[str], hits: set[str]) -> tuple[float, ...]:
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


def reach(lists: Lists) -> Figures:
    """How evenly the lists spread over the archive."""
    inbound = Counter(other for answers in lists.values() for other in answers[:5])
    size = len(lists) or 1
    return {
        "coverage@5": len(inbound) / size,
        "with 5": sum(len(answers) >= 5 for answers in lists.values()) / size,
        "inbound": float(max(inbound.values(), default=0)),
    }


def report(name: str, figures: Mapping[str, float]) -> None:
    """One row, every figure named."""
    parts = (f"{label} {_figure(label, value)}" for label, value in figures.items())
    print(f"{name:<27}", "  ".join(parts), flush=True)


def _figure(label: str, value: float) -> str:
    if label == "inbound" or label.endswith(" MB"):
        return f"{value:.0f}"
    return f"{value:.2f}" if label.endswith(" s") else f"{value:.3f}"


if __name__ == "__main__":
    main()
