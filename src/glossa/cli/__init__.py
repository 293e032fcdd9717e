"""The command line: one module per command, loaded when it is asked for; the only place that prints or exits.

Exit codes: 0 all is well; 1 a term or a check failed, or nothing was found; 2 wrong usage or unusable input.
"""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from glossa import __version__
from glossa.errors import GlossaError

# command name -> the module that holds it, as the attribute `command`
COMMANDS = {
    "extract": "glossa.cli.extract",
    "init": "glossa.cli.init",
    "lookup": "glossa.cli.lookup",
    "models": "glossa.cli.models",
    "terms": "glossa.cli.terms",
    "translate": "glossa.cli.translate",
}


class _LazyGroup(click.Group):
    """Commands whose modules are imported only when they are used or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="glossa")
def glossa() -> None:
    """Translate English articles into Khmer and Japanese, offline, with your glossary enforced."""


def main() -> None:
    """Run the command line; every expected error is one line on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")  # Khmer and Japanese, whatever the locale
    code = 0
    out = sys.stdout
    try:
        code = glossa(standalone_mode=False) or 0
        sys.stdout.flush()
    except SystemExit as stop:
        # click puts something in the place of stdout where whoever read our output has seen enough
        code = stop.code if isinstance(stop.code, int) and sys.stdout is out else 0
    except click.Abort:
        click.echo("glossa: interrupted", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except GlossaError as error:
        click.echo(f"glossa: {error}", err=True)
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to be flushed there
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"glossa: {place}{error.strerror or error}", err=True)
        code = 2
    sys.exit(code)
