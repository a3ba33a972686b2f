"""Put pages into `docs/`: only where something changed, and never over a page made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from build_tools.errors import BuildError, Problem
from build_tools.model import Page
from build_tools.render.markdown import MARKER

# Folders the build step owns: what no source makes any more is removed from them.
OWNED = ("interviews", "quotes", "topics", "people", "timeline", "corrections")


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did, by path under the docs folder."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_pages(pages: Iterable[Page], docs: Path) -> Written:
    """Make `docs` hold exactly these generated pages beside those written by hand.

    A page made by hand stands where it is: nothing is written over it.
    Raises `BuildError`, before anything is written, if a page would land
    outside `docs`.
    """
    wanted = {page.path: page.text for page in pages}
    _check_inside(wanted, docs)
    changed = []
    for path, text in wanted.items():
        if _differs(docs / path, text):
            write_whole(docs / path, text)
            changed.append(path)
    removed = _stale(wanted, docs)
    for path in removed:
        (docs / path).unlink()
    return Written(tuple(changed), tuple(removed), len(wanted) - len(changed))


def _check_inside(paths: Iterable[str], docs: Path) -> None:
    root = docs.resolve()
    climbing = [path for path in paths if not (docs / path).resolve().is_relative_to(root)]
    if climbing:
        message = "would be written outside the docs folder; remove the link that leads there"
        raise BuildError(Problem(str(docs / path), 1, message) for path in climbing)


def _differs(path: Path, text: str) -> bool:
    if not path.exists():
        return True
    found = path.read_text("utf-8")
    return found != text and is_generated(path, found)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader never sees half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_text(text, "utf-8", newline="\n")
    half.replace(path)


def _stale(wanted: Iterable[str], docs: Path) -> list[str]:
    kept = set(wanted)
    found = [docs / "index.md", *(p for folder in OWNED for p in (docs / folder).rglob("*"))]
    return sorted(
        path.relative_to(docs).as_posix()
        for path in found
        if path.is_file()
        and path.relative_to(docs).as_posix() not in kept
        and is_generated(path, path.read_text("utf-8", errors="replace"))
    )


def is_generated(path: Path, text: str) -> bool:
    """Whether the build step made a file: pages say so, and every twin has the same first key."""
    if path.suffix == ".json":
        return text.startswith('{\n "slug": ')
    return text.startswith(f"---\n{MARKER}\n")
