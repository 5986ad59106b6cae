"""Arguments in, sentences and an exit code out; the only room that prints.

Exit codes: 0 done, 1 problems, 2 wrong usage. Rooms are imported inside the commands, so that
`backlist --help` does not wait for libraries it never calls.
"""

import gc
import os
import sys

import click

from backlist import __version__
from backlist.cli import (
    adding,
    asking,
    creating,
    exporting,
    following,
    importing,
    lookup,
    mirroring,
    publishing,
    records,
    reference,
    screenshots,
    topics,
)
from backlist.cli.saying import TRACEBACK, explain, show
from backlist.problems import BacklistError, Problems

RENAMED = {"accept": "accept-changes", "adopt": "assign-guid", "posters": "screenshots"}
"""Old names of commands, which work for one more release."""


gc.set_threshold(1_000_000, 50, 100)
"""A run makes millions of objects that stay to its end: to look through them again and again
costs a tenth of a build."""


class _Program(click.Group):
    """Shows an error of any command like every other problem; knows old names."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = RENAMED.get(cmd_name, cmd_name)
        if name != cmd_name:
            hint = "the old name stops working in the next release"
            click.echo(f"warning: `{cmd_name}` is now `{name}`; {hint}", err=True)
        return super().get_command(ctx, name)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BacklistError as error:
            show(Problems([error.problem]))
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            show(Problems([explain(error)]))
        sys.exit(1)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="backlist")
def main() -> None:
    """Turn a podcast's back catalogue into a website and a feed that the show owns.

    Run commands in the site's folder, the one with site.yaml, or name the folder with --site.
    """


for _command in (
    importing.import_,
    creating.init,
    adding.new,
    adding.add,
    creating.workflows,
    following.follow,
    mirroring.mirror,
    exporting.export_,
    asking.mcp_,
    publishing.build,
    publishing.check,
    publishing.accept_changes,
    publishing.serve,
    screenshots.screenshots,
    lookup.lookup,
    topics.suggest_topics,
    records.assign_guid,
    records.cite,
    reference.docs,
    reference.schema,
):
    main.add_command(_command)
