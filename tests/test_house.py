"""Lint, format, types and the shape of the house are part of the tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT


@pytest.mark.parametrize(
    "command",
    [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_the_code_is(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# Data flows one way: a room may use only the rooms named here, besides model, words, errors.
ROOMS = {
    "model": set[str](),
    "words": set[str](),
    "errors": set[str](),
    "replay": set[str](),
    "texts": set[str](),
    "read": {"texts"},
    "sources": {"read"},
    "settings": {"sources", "texts"},
    "vocabulary": {"sources", "texts"},
    "edition": {"texts"},
    "packed": set[str](),
    "attribute": {"clean", "packed"},
    "clean": {"packed"},
    "chapter": set[str](),
    "index": set[str](),
    "picture": set[str](),
    "cite": set[str](),
    "render": {"addresses", "cite", "picture", "replay"},
    "write": {"picture", "render"},
    "explain": set[str](),
    "propose": {"texts"},
    "draft": {"chapter", "clean", "edition", "index", "replay"},
    "measure": {"clean", "replay"},
    "evaluate": {"attribute"},
    "review": {"attribute", "edition", "replay", "texts", "write"},
    "addresses": {"sources", "texts"},
    "replace": {"addresses", "clean", "edition", "read", "replay", "review", "sources"},
    "links": {"addresses"},
    "policy": set[str](),
}


@pytest.mark.parametrize("room", ROOMS)
def test_stages_do_not_reach_into_each_other(room: str) -> None:
    allowed = ROOMS[room] | {room, "model", "words", "errors"}
    paths = [*(ROOT / "build_tools").glob(f"{room}.py"), *(ROOT / "build_tools" / room).glob("*.py")]
    assert paths
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("build_tools."):
                imported = (node.module or "").split(".")[1]
                assert imported in allowed, f"{path.name} imports {node.module}"


def test_the_build_step_knows_nothing_of_mkdocs() -> None:
    for path in (ROOT / "build_tools").rglob("*.py"):
        if path.name != "mkdocs_hook.py":
            text = path.read_text("utf-8")
            assert "import mkdocs" not in text and "from mkdocs" not in text, path


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs/assets/scripts").glob("*.js")), ids=lambda path: path.name
)
def test_no_template_literal_stands_in_another(path: Path) -> None:
    """What makes scripts smaller would take spaces out of the inner one."""
    assert not re.findall(r"\$\{[^{}`]*`.*", path.read_text("utf-8"))
