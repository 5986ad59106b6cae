"""`mcp`: a published archive for programs and models that ask."""

import click

from backlist.problems import BacklistError, Where


@click.command("mcp")
@click.argument("site", metavar="URL|DIR")
def mcp_(site: str) -> None:
    """Serve a published site to programs and models (Model Context Protocol, over stdio).

    URL is the address of any site that backlist built, DIR the folder it was built into (build/).
    Nothing is written, and only what the site publishes is read. A client starts this command
    itself: `backlist docs mcp` shows how.
    """
    try:
        from backlist.commands.mcp_server.server import serve
    except ModuleNotFoundError as error:
        hint = "run `pip install 'backlist[mcp]'`"
        raise BacklistError(Where("mcp"), f"needs `{error.name}`", hint) from error
    from backlist.commands.mcp_server.published import Published
    from backlist.commands.mcp_server.reading import Site

    serve(Published(Site.at(site)))
