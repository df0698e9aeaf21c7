"""Command-line words, in; files, printed lines and an exit code, out. Only this and the commands print or exit.

Exit codes: 0 fine, 1 a check or a comparison found something, 2 bad input or use.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from orgchart.commands.console import say
from orgchart.errors import OrgChartError
from orgchart.limits import check_environment
from orgchart.version import __version__

# In the order of the road; a command's module loads when it is called or explained.
COMMANDS: Mapping[str, str] = {
    "read": "orgchart.commands.read:read",
    "import": "orgchart.commands.importing:import_units",
    "check": "orgchart.commands.check:check",
    "diff": "orgchart.commands.diff:diff",
    "render": "orgchart.commands.render:render",
    "build": "orgchart.commands.build:build",
    "batch": "orgchart.commands.batch:batch",
    "embed": "orgchart.commands.embed:embed",
    "caption": "orgchart.commands.caption:caption",
    "new": "orgchart.commands.new:new",
    "styles": "orgchart.commands.styles:styles",
    "schema": "orgchart.commands.schema:schema",
}
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"{error.message.rstrip('.')}; {hint}", ctx) from None


@click.group(cls=_Commands, context_settings=_HELP)
@click.version_option(__version__, prog_name="orgchart")
def cli() -> None:
    """Draw the organisation chart of a public body from a file of its units.

    \b
    The chart in four formats, in the folder output/:
        orgchart render data/units.json

    Each command explains itself: orgchart render --help
    """


def run() -> None:
    """Run the command line as a whole process, and end it without taking every value apart that it made: of a large
    chart that takes longer than a small one takes."""
    try:
        main()
    except SystemExit as end:
        atexit._run_exitfuncs()
        if isinstance(end.code, int) and _flushed():
            os._exit(end.code)
        raise


def _flushed() -> bool:
    """Whether all that was printed has gone out; where it cannot, Python's own end says so."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return False
    return True


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line and exit; whatever happens, the user reads a sentence and not a traceback."""
    gc.disable()  # nothing here makes cycles worth finding before the process ends
    try:
        check_environment()
        return cli.main(args=arguments, prog_name="orgchart", standalone_mode=True)
    except OrgChartError as error:
        say(f"error: {error}", "red")
    except (MemoryError, RecursionError) as error:
        kind = type(error).__name__
        say(f"error: this input is too large for this machine ({kind}); draw a branch with --root", "red")
    except Exception as error:
        if os.environ.get("ORGCHART_DEBUG"):
            raise
        say(
            f"error: orgchart failed in a way it should not: {type(error).__name__}: {error}; nothing was written; "
            "please report it with what ORGCHART_DEBUG=1 prints",
            "red",
        )
    sys.exit(2)
