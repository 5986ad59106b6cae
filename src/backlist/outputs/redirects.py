"""A page at every earlier address of a page that has moved, leading to where it is now.

It works without a server's help: a script keeps query and fragment, so that an old link to a moment
still leads to it; without JavaScript `<meta http-equiv="refresh">` does the rest (HTML, "pragma
directives"). There are a canonical address for search engines, and a link for everybody else.
"""

import json
from collections.abc import Iterator
from html import escape

from backlist import urls
from backlist.feed.writer import renamed_topics
from backlist.files.output import ALIAS, Output
from backlist.pages import direction, parts
from backlist.pages.context import SiteContext
from backlist.relate.archive import Archive


def make(site: SiteContext) -> Iterator[Output]:
    """A redirect for each alias that is a path of this site; the others name, and lead nowhere."""
    archive = site.archive
    for title, target, aliases, source in moved(archive):
        made = set()
        for said in aliases:
            path = urls.alias(said)
            if path is not None and path not in made:
                made.add(path)
                yield Output(path, _page(path, target, title, archive), f"{ALIAS} {said}", source)


def moved(archive: Archive) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Whatever may have aliases: title, output path, aliases, and the file they stand in."""
    for entry in archive.entries:
        yield (
            entry.episode.title,
            urls.episode(entry.slug),
            entry.episode.aliases,
            entry.file,
        )
    for page in archive.pages:
        yield page.title, urls.page(page.slug), page.aliases, archive.page_files[page.slug]
    for old, topic in renamed_topics(archive):
        there = urls.shown_path(urls.topic(old))
        yield topic.title, urls.topic(topic.slug), (f"/{there}",), "site.yaml"
    for work in archive.works:
        earlier = (f"/{urls.absolute(urls.work(slug), '')}" for slug in work.former)
        yield parts.work_title(work), urls.work(work.slug), tuple(earlier), "content/works.yaml"
    for held in archive.visualizations:
        yield held.title, urls.visualization(held.id), held.aliases, held.file


def _page(path: str, target: str, title: str, archive: Archive) -> bytes:
    relative = urls.relative(target, path)
    there = escape(relative)
    script = json.dumps(relative).replace("<", "\\u003c")
    canonical = escape(urls.absolute(target, archive.site.base_url))
    way = direction.of_language(archive.show.language)
    lang = f'lang="{escape(archive.show.language)}"' + (' dir="rtl"' if way == "rtl" else "")
    return (
        "<!doctype html>\n"
        f"<html {lang}>\n"
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n"
        f"<script>location.replace({script} + location.search + location.hash)</script>\n"
        f'<noscript><meta http-equiv="refresh" content="0; url={there}"></noscript>\n'
        f'<link rel="canonical" href="{canonical}">\n'
        '<meta name="robots" content="noindex">\n'
        "</head>\n"
        "<body>\n"
        f'<p>{escape(archive.site.labels.page_moved)} <a href="{there}">{escape(title)}</a></p>\n'
        "</body>\n"
        "</html>\n"
    ).encode()
