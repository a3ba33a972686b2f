"""What holds for the whole archive unless an interview says otherwise: `archive.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from build_tools.errors import BuildError, Problem, did_you_mean
from build_tools.model import LEVELS
from build_tools.sources import shown
from build_tools.texts import read_utf8, yaml_problem

_NAME = "archive.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of an archive; without a file, these."""

    level: str = "clean"


def load_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """Read `archive.yml` in `root`, and say what is wrong with it; a missing one chooses nothing."""
    path = root / _NAME
    if not path.exists():
        return Settings(), []
    where = shown(path, root)
    try:
        node = yaml.compose(read_utf8(path, where), yaml.SafeLoader)
    except BuildError as error:
        return Settings(), list(error.problems)
    except yaml.YAMLError as error:
        return Settings(), [yaml_problem(where, error)]
    if node is None:
        return Settings(), []
    if not isinstance(node, yaml.MappingNode):
        return Settings(), [Problem(where, 1, "expected a key with its value, as 'level: light'")]
    problems = list(_check(where, node))
    levels = [str(value.value) for _, value in node.value if value.value]
    return Settings(levels[-1]) if levels and not problems else Settings(), problems


def _check(where: str, node: yaml.MappingNode) -> Iterator[Problem]:
    for name, value in node.value:
        line = name.start_mark.line + 1
        if name.value != "level":
            yield Problem(where, line, f"unknown key {name.value!r}; {did_you_mean(name.value, ['level'])}")
        elif not isinstance(value, yaml.ScalarNode):
            yield Problem(where, line, f"level: expected one of {', '.join(LEVELS)}")
        elif value.value and value.value not in LEVELS:
            yield Problem(where, line, f"unknown level {value.value!r}; {did_you_mean(value.value, LEVELS)}")
