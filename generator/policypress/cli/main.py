"""The `policypress` command: finds commands by name, turns every error into words and an exit code."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import NoReturn

import click

from policypress import __version__
from policypress.core.errors import PolicypressError, SourceError

# One thin module per command, imported only when it is called: `check` need not wait for MkDocs.
COMMANDS = (
    "init",
    "check",
    "build",
    "serve",
    "release",
    "withdraw",
    "diff",
    "history",
    "verify",
    "notify",
    "show",
    "schema",
)


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"policypress.cli.{cmd_name}").command
        return command


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 findings, 2 usage or unreadable input, 3 a bug or the machine.",
)
@click.version_option(__version__, prog_name="policypress")
def cli() -> None:
    """Policies as code: clauses in YAML become a bilingual website.

    \b
    Examples:
      policypress init my-policies     a workspace that builds at once
      policypress check                every problem of every file, with its line
      policypress build                the website, in site/
      policypress serve                the same, live, while you write
    """


def main() -> NoReturn:
    """Run the command line and exit: errors in words on stderr, never a traceback for a person's mistake."""
    # What was imported stays: without it every collection of garbage walks through all of it again.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # hardly anything here is garbage, and a run is short
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = _say("stopped", "", 130)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SourceError as error:
        from policypress.cli.output import print_diagnostics

        print_diagnostics(error.diagnostics, err=True)
        code = _say(error.message, error.hint, error.exit_code)
    except PolicypressError as error:
        code = _say(error.message, error.hint, error.exit_code)
    except OSError as error:
        code = _say(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), "", 3)
    except Exception:
        import traceback

        traceback.print_exc()
        code = _say("this is a bug in policypress", "Please report it with the lines above.", 3)
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str, hint: str, code: int) -> int:
    click.secho(f"policypress: {message}", err=True, fg="red")
    if hint:
        click.echo(f"  {hint}", err=True)
    return code
