"""What servers said of the feeds read from them, so that the next import asks for news only.

Kept in `content/imported/fetched.yaml`, beside the raw records it belongs to: where those are
gone, so is the memory, and the whole feed is asked for. It is written after everything else, so
an import that was interrupted leaves none.
"""

from collections.abc import Mapping

from backlist import __version__, content
from backlist.importers.web import Stamp
from backlist.problems import Problems

PATH = "content/imported/fetched.yaml"


def read_stamps(text: str | None) -> dict[str, Stamp]:
    """Address → what its server said; nothing of what another version of backlist read."""
    document = content.parse_yaml(text, PATH, Problems()) if text else None
    if document is None or document.data.get("backlist") != __version__:
        return {}
    sources = document.data.get("sources")
    return {
        address: Stamp(str(said.get("etag") or ""), str(said.get("modified") or ""))
        for address, said in (sources.items() if isinstance(sources, dict) else ())
        if isinstance(said, dict)
    }


def write_stamps(stamps: Mapping[str, Stamp]) -> str:
    """The text of the memory; addresses of which nothing is known are left out."""
    sources = {
        address: {"etag": stamp.etag, "modified": stamp.modified}
        for address, stamp in sorted(stamps.items())
        if stamp.conditions()
    }
    return content.dump_yaml({"backlist": __version__, "sources": sources})
