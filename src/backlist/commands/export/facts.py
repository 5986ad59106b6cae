"""What a librarian reads first: `bag-info.txt` (RFC 8493, 2.2.2), and a page of plain text."""

from datetime import datetime
from importlib.metadata import version

from backlist import __version__, urls
from backlist.commands.export.bag import AGENT
from backlist.files import in_words
from backlist.model import Settings
from backlist.resolve import Catalog

_README = """\
{title}

This folder is the archive of a podcast, as a bag (BagIt, RFC 8493).

data/             everything the show's website is made of
  site.yaml         what the show is
  content/          episodes as Markdown, transcripts, chapters, visualizations; what was imported
  static/           pictures, recordings and other files, where the archive holds them
  templates/        the look of the pages, where it is the show's own
  published/        the feed as subscribers had it last
bag-info.txt      facts about the show and this bag
manifest-*.txt    a hash of every file in data/, to see whether one was changed or damaged
requirements.txt  the programs the website was made with, and their versions

All texts are UTF-8 and can be read without any program.

To check the bag:           backlist export --verify FOLDER
                            or bagit.py --validate FOLDER, or any other BagIt program
To make the website again:  cp -r data ../site
                            pip install -r requirements.txt
                            backlist build --site ../site
"""


def readme(settings: Settings) -> str:
    """The text that explains the bag to somebody who has nothing else."""
    return _README.format(title=_on_one_line(settings.show.title))


def facts_of(
    catalog: Catalog, now: datetime, size: int, *, private: bool
) -> dict[str, str | list[str]]:
    """The lines of `bag-info.txt`: the show's facts, as a feed gives them to everybody.

    `size` is in bytes; the bag is dated `now`. Lines without a value are left out.
    """
    show, site = catalog.settings.show, catalog.settings.site
    owner = show.owner
    feed = site.feed.url or urls.absolute(urls.FEED, catalog.base_url)
    dates = sorted(str(item.episode.date)[:10] for item in catalog.episodes if item.episode.date)
    said: dict[str, str | list[str] | None] = {
        "Source-Organization": show.author or (owner.name if owner else show.title),
        "Contact-Name": owner.name if owner else None,
        "Contact-Email": owner.email if owner else None,
        "External-Description": f"{show.title}: {show.description}",
        "External-Identifier": [
            *([f"urn:uuid:{show.guid}"] if show.guid else []),
            *(one for one in (catalog.base_url, feed) if not urls.is_placeholder(one)),
        ],
        "Bagging-Date": now.date().isoformat(),
        "Bag-Size": in_words(size),
        AGENT: f"backlist {__version__} (bagit {version('bagit')})",
        "Episodes": str(len(catalog.episodes)),
        "Episode-Dates": f"{dates[0]}/{dates[-1]}" if dates else None,
        "Language": show.language,
        "License": _license(catalog),
        "Rights": show.copyright,
        "Access": _PRIVATE if private else _PUBLIC,
    }
    return {name: _tidy(value) for name, value in said.items() if value}


_PUBLIC = "Holds what the show has published, and no private or draft episodes"
_PRIVATE = "For the show's own keeping: may hold private and draft episodes"


def _license(catalog: Catalog) -> str | None:
    given = catalog.settings.show.license
    return f"{given.name} {given.url or ''}".strip() if given else None


def _tidy(value: str | list[str]) -> str | list[str]:
    """A value without line ends, of which a line of `bag-info.txt` has none."""
    return _on_one_line(value) if isinstance(value, str) else list(map(_on_one_line, value))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
