"""The commands, one small file each.

A command is a module with five things; to add one, write the file and name it
in `COMMANDS`, in the order in which `--help` lists them::

    NAME = "check"                                    as it is typed
    HELP = "do all that build does, and …"            one line, lower case, no full stop
    EXAMPLES = "python -m build_tools check"          one a line, shown by `check --help`
    add_arguments(parser)                             `parser` is the command's own
    run(options) -> int                               the exit status; raises `BuildError`

What several of them need is in `shared`.
"""

from __future__ import annotations

import argparse
from typing import Protocol

from build_tools.commands import (
    build,
    check,
    draft,
    evaluate,
    explain,
    glossary,
    links,
    measure,
    replace,
    review,
)


class Command(Protocol):
    """What a module in this room has."""

    NAME: str
    HELP: str
    EXAMPLES: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; 0 if all went well. Raises `BuildError`."""


COMMANDS: tuple[Command, ...] = (
    build,
    check,
    draft,
    review,
    replace,
    links,
    explain,
    glossary,
    measure,
    evaluate,
)
