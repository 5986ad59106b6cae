"""Aliases that look like a path of this site and can never become a page."""

from backlist import urls
from backlist.output import Outputs
from backlist.outputs import redirects
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report each such alias; one that hits a page is told when the outputs are collected."""
    for _, _, aliases, source in redirects.moved(archive):
        for said in aliases:
            if said.startswith("/") and urls.alias(said) is None:
                problems.error(
                    Where(source),
                    f"the alias `{said}` cannot become a redirect",
                    "write a path below the base URL, such as `/old/path/`; what follows `?` or "
                    "`#` never reaches a page without a server's help",
                )
