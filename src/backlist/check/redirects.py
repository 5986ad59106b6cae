"""Aliases that look like a path of this site and do not become a page."""

import re

from backlist import urls
from backlist.files.output import Outputs
from backlist.outputs import redirects
from backlist.problems import Problems, Where, did_you_mean
from backlist.relate.archive import Archive


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report each such alias, and each topic that is to lead to one that does not exist.

    An alias that hits a page is reported when the outputs are collected.
    """
    for old, new in archive.site.renamed_topics.items():
        if not archive.topic_called(new):
            problems.error(
                Where("site.yaml"),
                f"`site.renamed_topics` leads from `{old}` to `{new}`, and no topic is called that",
                did_you_mean(new, (topic.title for topic in archive.topics)),
            )
    for _, _, aliases, source in redirects.moved(archive):
        for said in aliases:
            if said.startswith("/") and urls.alias(said) is None:
                problems.error(
                    Where(source),
                    f"the alias `{said}` cannot become a redirect",
                    "write a path below the base URL, such as `/old/path/`; what follows `?` or "
                    "`#` never reaches a page without a server's help",
                )
            elif _RELATIVE.fullmatch(said):
                problems.warning(
                    Where(source),
                    f"the alias `{said}` is taken for a name and leads nowhere",
                    f"a path begins with a slash: `/{said}`",
                )


_RELATIVE = re.compile(r"(?:[^\s/.:]+/)+|(?:[^\s/.:]+/)*[^\s/:]+\.html?")
"""`2019/queues/` or `queues.html`, and no `AC/DC` or `a.example/queues/`."""
