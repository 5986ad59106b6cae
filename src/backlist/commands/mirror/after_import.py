"""What an import from an address brings home: covers, and what the site has brought home before."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from backlist import http, urls
from backlist.commands.mirror.kinds import CHAPTERS, PICTURES, TRANSCRIPTS
from backlist.commands.mirror.ledger import Ledger
from backlist.commands.mirror.plan import Options, Plan, Watch
from backlist.commands.mirror.report import Report, tell
from backlist.commands.mirror.run import bring
from backlist.problems import Level, Problems

MOST = 500_000_000
"""Bytes that an import brings; who wants more asks for it with `mirror`."""

TOLD = 5
"""Files that are told one by one where many cannot be had."""


def bring_after_import(
    root: Path,
    sources: Sequence[str],
    problems: Problems,
    now: datetime,
    watch: Watch = lambda progress: None,
) -> Report:
    """Bring home what new records name; what cannot be had is a warning.

    A source on a private network may name files at its own host, and nowhere else there.
    """
    # A host on the internet is trusted with nothing: its name may lead elsewhere the next time.
    at_home = (one for one in sources if "://" in one and http.is_private(one))
    hosts = frozenset(urls.split(one).netloc.rpartition("@")[2].lower() for one in at_home)
    plan = Plan(root, Options(_begun(root), most=MOST, trusted=hosts), now)
    report = bring(plan, problems, watch)
    tell(report, problems, Level.WARNING, TOLD)
    return report


def _begun(root: Path) -> frozenset[str]:
    """Pictures, and the kinds of text of which the site has copies: new episodes have the same."""
    files = [one.file or "" for one in Ledger(root).copies.values()]
    texts = (one for one in (TRANSCRIPTS, CHAPTERS) if any(f"/{one}/" in file for file in files))
    return frozenset({PICTURES, *texts})
