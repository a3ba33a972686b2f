"""The command line: choose a command, run it, tell its problems. The commands are in `commands/`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from textwrap import indent

from build_tools.commands import COMMANDS
from build_tools.errors import BuildError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 if all went well, 1 if the sources have problems, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BuildError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        many = len(error.problems)
        print(f"{many} problem{'s' * (many != 1)}; nothing was written.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0


def run() -> None:
    """The `interview-archive` command."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build_tools",
        description="Turn raw interview transcripts into a Markdown archive.",
    )
    choices = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        chosen = choices.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP[0].upper() + command.HELP[1:] + ".",
            epilog="examples:\n" + indent(command.EXAMPLES, "  "),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(chosen)
        chosen.set_defaults(run=command.run)
    return parser
