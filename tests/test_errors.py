"""What people are told when their sources are wrong: each case in `cases/errors/` is a golden.

A case gives `files` (path → text, or `hex:` for bytes), `links` (path → target)
and `argv`, and expects `exit` and the exact `stderr`. After a wanted change of
messages, `UPDATE_GOLDENS=1 pytest tests/test_errors.py` writes them anew; read
the diff. `known-failure` says why a case does not yet do what it should.
"""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.cli import main

GOLDENS = sorted((Path(__file__).parent / "cases" / "errors").glob("*.yml"))


def _case(golden: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(golden.read_text("utf-8"))
    return case


def _parameter(golden: Path) -> Any:
    why = _case(golden).get("known-failure")
    return pytest.param(golden, id=golden.stem, marks=[pytest.mark.xfail(reason=why)] if why else [])


def _lay_out(case: dict[str, Any], root: Path) -> None:
    for name, content in case["files"].items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else bytes.fromhex(content["hex"]))
    for name, target in case.get("links", {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)


def _tree(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _update(golden: Path, stderr: str) -> None:
    text = golden.read_text("utf-8")
    golden.write_text(
        text[: text.index("\nstderr:")] + "\nstderr: |\n" + textwrap.indent(stderr, "  "), "utf-8"
    )


@pytest.mark.parametrize("golden", [_parameter(golden) for golden in GOLDENS])
def test_the_problem_is_told_and_nothing_is_written(
    golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(golden)
    _lay_out(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    before = _tree(tmp_path)
    command, *rest = case.get("argv", ["check"])

    assert main([command, *rest]) == case["exit"]
    told = capsys.readouterr().err
    if os.environ.get("UPDATE_GOLDENS") and "known-failure" not in case:
        _update(golden, told)
    else:
        assert told == case["stderr"]

    if command == "check":
        assert main(["build", *rest]) == 1
        assert capsys.readouterr().err == told
    assert _tree(tmp_path) == before
    assert not [path for path in (tmp_path / "docs").rglob("*") if path.is_file()]
