"""Bringing home what the records name at other hosts: `mirror`, and an import from an address.

`Plan` says what there is to bring and how much it is, `bring` brings it, a few files at a time and
few from each host. Transcripts and chapters become files in `content/`, pictures and sound in
`static/`; `content/mirror.yaml` says which file is a copy of which address.
"""

from backlist.commands.mirror.after_import import bring_after_import
from backlist.commands.mirror.check import check_copies
from backlist.commands.mirror.kinds import PICTURES, SOUND, USUAL, WHAT
from backlist.commands.mirror.plan import Estimate, Options, Plan, Progress, free_space
from backlist.commands.mirror.report import Report, as_data, listed, tell
from backlist.commands.mirror.run import bring
from backlist.commands.mirror.wanted import count

__all__ = [
    "PICTURES",
    "SOUND",
    "USUAL",
    "WHAT",
    "Estimate",
    "Options",
    "Plan",
    "Progress",
    "Report",
    "as_data",
    "bring",
    "bring_after_import",
    "check_copies",
    "count",
    "free_space",
    "listed",
    "tell",
]
