"""Writing: only what changed, only what is ours, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.errors import BuildError
from build_tools.model import Page
from build_tools.render.markdown import MARKER
from build_tools.write import write_pages

OURS = f"---\n{MARKER}\ntitle: x\n---\n\n# x\n"


def test_a_page_that_no_source_makes_any_more_goes(tmp_path: Path) -> None:
    write_pages([Page("topics/a.md", OURS), Page("topics/b.md", OURS)], tmp_path)
    written = write_pages([Page("topics/a.md", OURS)], tmp_path)
    assert (written.changed, written.removed, written.unchanged) == ((), ("topics/b.md",), 1)
    assert [path.name for path in (tmp_path / "topics").iterdir()] == ["a.md"]


def test_a_twin_that_no_source_makes_any_more_goes(tmp_path: Path) -> None:
    write_pages([Page("interviews/a.json", '{\n "slug": "a"\n}\n')], tmp_path)
    assert write_pages([], tmp_path).removed == ("interviews/a.json",)


@pytest.mark.parametrize("name", ["topics/mine.md", "interviews/mine.json", "index.md", "about/mine.md"])
def test_a_page_made_by_hand_stays(tmp_path: Path, name: str) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("# Mine\n")
    written = write_pages([Page(name, OURS)], tmp_path)
    assert written.changed == ()
    assert write_pages([], tmp_path).removed == ()
    assert mine.read_text() == "# Mine\n"


def test_a_page_that_would_land_outside_is_refused_and_nothing_written(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (tmp_path / "elsewhere").mkdir()
    docs.mkdir()
    (docs / "topics").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BuildError, match="outside the docs folder"):
        write_pages([Page("people/a.md", OURS), Page("topics/a.md", OURS)], docs)
    assert not (docs / "people").exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    write_pages([Page("topics/a.md", OURS)], tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.md"]
