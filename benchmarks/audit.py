"""Lighthouse, axe, the Nu checker and the scales, on every kind of page of two built sites.

    python -m benchmarks.audit [--notes FOLDER] [--tools FOLDER] [--runs N] [TABLE.md]

The sites are this repository's own and, with `--notes`, an archive of the show notes in FOLDER:
Markdown files whose front matter has at least `number`, `title`, `date` (milliseconds) and `url`.
Both are served as GitHub Pages serves, compressed and with ten minutes of cache. Lighthouse 12
emulates its middling phone on a slow network N times a page, and the median counts. `--tools` is
a folder for the npm packages `lighthouse` and `vnu-jar`, fetched there when they are missing;
node, Java and Chromium have to be there. Nothing else should run meanwhile: performance is
measured on this machine's clock.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from lxml import html
from playwright.sync_api import sync_playwright
from tests.axe import violations
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.page_kinds import kinds, texts

from backlist.build import Options, make
from backlist.files.output import Outputs
from backlist.problems import Problems
from backlist.write import write
from benchmarks import audit_sites
from benchmarks.audit_sites import served

ROOT = Path(__file__).parents[1]
PACKAGES = ("lighthouse@12", "vnu-jar")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LISTS = ("index.html", "episodes/index.html", "works/index.html", "search/index.html")
_HEAD = """\
# Quality

How fast, how light and how accessible the built pages are. `python -m benchmarks.audit
--notes FOLDER docs/quality.md` writes this page; what it needs and does stands at its top. The
tests hold every kind of page to axe, keyboard, small windows and strict parsing on every run
(`tests/test_pages.py`); this page adds Lighthouse, the Nu checker and the weights.

- Lighthouse {lighthouse}, mobile emulation, medians of {runs}: performance, accessibility, best
  practices, SEO; then its largest contentful paint, and the layout shift.
- **weight**: what is transferred, compressed, without pictures; **script**: of that, scripts;
  **blocking**: files that hold up the first paint.
- **axe**: violations of axe-core with every rule on, WCAG 2.2 A and AA and best practices, on
  every kind of page, light and dark, at 360 and 1280 pixels.
- **Nu**: errors of the Nu HTML checker on every page of the site.
"""


def main() -> None:
    """Print the table, and write the page about it where one is named."""
    asked = _arguments()
    tools = asked.tools or Path(tempfile.mkdtemp(prefix="audit-tools-"))
    _install(tools)
    parts = [
        _HEAD.format(lighthouse=_version(tools), runs=asked.runs),
        *(_audited(name, site, tools, asked.runs) for name, site in _sites(asked.notes)),
    ]
    text = "\n".join(parts)
    print(text)
    if asked.table:
        asked.table.write_text(text, "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", nargs="?", type=Path, metavar="TABLE.md")
    parser.add_argument("--notes", type=Path, metavar="FOLDER", help="show notes of an archive")
    parser.add_argument("--tools", type=Path, metavar="FOLDER", help="where the tools are kept")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="Lighthouse runs a page")
    return parser.parse_args()


def _sites(notes: Path | None) -> Iterator[tuple[str, Path]]:
    yield "This repository's own archive", ROOT
    if notes:
        root = Path(tempfile.mkdtemp(prefix="audit-site-"))
        count = audit_sites.write_site(root, notes)
        yield f"An archive of {count:,} real show notes", root


def _audited(name: str, root: Path, tools: Path, runs: int) -> str:
    """The section of one site."""
    out = Path(tempfile.mkdtemp(prefix="audit-build-"))
    with served(out) as address:
        outputs = _built(root, out, address)
        pages = texts(outputs)
        chosen = [path for path in LISTS if path in pages]
        chosen.insert(1, max(_episodes(pages), key=lambda path: len(pages[path])))
        rows = [
            _row(path, _lighthouse(address + _web(path), tools, runs), _blocking(pages[path]))
            for path in chosen
        ]
        some = kinds(pages)
        faults = _axe(address, some)
    errors = _nu(out, sorted(pages), tools)
    for fault in (*faults, *errors):
        print(fault, file=sys.stderr)
    shutil.rmtree(out)
    return "\n".join(
        [
            f"## {name}",
            "",
            "| page | perf. | access. | practices | SEO | LCP | CLS | weight | script | blocking |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"axe: {len(faults)} violations on {len(some)} pages that have every kind of page and "
            f"element of {len(pages):,}, in both schemes and two widths. "
            f"Nu: {len(errors)} errors on {len(pages):,} pages.",
            "",
        ]
    )


def _built(root: Path, out: Path, address: str) -> Outputs:
    problems = Problems()
    site = make(root, datetime.now(UTC), Options(base_url=address), problems)
    if site is None or problems.stop():
        sys.exit("\n".join(str(one) for one in problems))
    write(site.outputs, out)
    return site.outputs


def _episodes(pages: Mapping[str, bytes]) -> Iterator[str]:
    return (path for path in pages if path.startswith("episodes/") and path.count("/") == 2)


def _web(path: str) -> str:
    return path.removesuffix("index.html")


# ---- Lighthouse


def _install(tools: Path) -> None:
    if not (tools / "node_modules/lighthouse").is_dir():
        tools.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(tools), *PACKAGES]
        subprocess.run(command, check=True, stdout=sys.stderr)


def _version(tools: Path) -> str:
    package = json.loads((tools / "node_modules/lighthouse/package.json").read_text("utf-8"))
    return str(package["version"])


def _lighthouse(url: str, tools: Path, runs: int) -> list[dict[str, Any]]:
    """What Lighthouse says of a page, `runs` times."""
    script = tools / "node_modules/lighthouse/cli/index.js"
    flags = " ".join(["--headless=new", *CHROMIUM_FLAGS])
    command = ["node", str(script), url, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    return [
        json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
        for _ in range(runs)
    ]


def _row(path: str, reports: Sequence[dict[str, Any]], blocking: int) -> str:
    scores = [
        round(100 * median(report["categories"][name]["score"] for report in reports))
        for name in CATEGORIES
    ]
    for name in CATEGORIES:
        for audit in _failed(reports[0], name):
            print(f"{path}: {name}: {audit}", file=sys.stderr)
    paint = median(_figure(report, "largest-contentful-paint") for report in reports) / 1000
    shift = median(_figure(report, "cumulative-layout-shift") for report in reports)
    asked = reports[0]["audits"]["network-requests"]["details"]["items"]
    weight = sum(one["transferSize"] for one in asked if one["resourceType"] != "Image") / 1024
    script = sum(one["transferSize"] for one in asked if one["resourceType"] == "Script") / 1024
    cells = [
        f"`/{_web(path)}`",
        *map(str, scores),
        f"{paint:.1f} s",
        f"{shift:.3f}".rstrip("0").rstrip("."),
        f"{weight:.1f} KB",
        f"{script:.1f} KB",
        str(blocking),
    ]
    return f"| {' | '.join(cells)} |"


def _figure(report: Mapping[str, Any], name: str) -> float:
    return float(report["audits"][name].get("numericValue", 0))


def _failed(report: Mapping[str, Any], category: str) -> Iterator[str]:
    for one in report["categories"][category]["auditRefs"]:
        audit = report["audits"][one["id"]]
        if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            yield f"{audit['title']} {audit.get('displayValue', '')} {_where(audit)}"


def _where(audit: Mapping[str, Any]) -> str:
    items = audit.get("details", {}).get("items", [])[:3]
    told = (one.get("node", {}).get("snippet") or one.get("text") or "" for one in items)
    return "; ".join(str(one)[:120] for one in told)


def _blocking(page: bytes) -> int:
    """Files that the first paint waits for: style sheets, and scripts that run where they stand."""
    head = html.document_fromstring(page).find("head")
    waiting = "script[@src][not(@defer)][not(@async)][not(@type='module')]"
    return len(head.xpath(f"link[@rel='stylesheet'] | {waiting}"))


# ---- axe and Nu


def _axe(address: str, paths: Sequence[str]) -> list[str]:
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_context(reduced_motion="reduce").new_page()
        for path in paths:
            page.goto(address + path)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for width in (360, 1280):
                    page.set_viewport_size({"width": width, "height": 900})
                    found += [f"axe: {path} {scheme} {width}: {o}" for o in violations(page)]
        browser.close()
    return found


def _nu(out: Path, paths: Sequence[str], tools: Path) -> list[str]:
    jar = tools / "node_modules/vnu-jar/build/dist/vnu.jar"
    found = []
    for first in range(0, len(paths), 500):
        files = [str(out / path) for path in paths[first : first + 500]]
        command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", *files]
        told = json.loads(subprocess.run(command, capture_output=True, check=False).stderr)
        found += [
            f"Nu: {one['url']}:{one.get('lastLine')}: {one['message']}" for one in told["messages"]
        ]
    return found


if __name__ == "__main__":
    main()
