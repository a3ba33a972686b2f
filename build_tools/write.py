"""Put pages and pictures into `docs/`: only what changed, and never over a file made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from build_tools.errors import BuildError, Problem
from build_tools.model import Page, Picture
from build_tools.picture import fingerprint_of
from build_tools.render.markdown import MARKER

# Folders the build step owns: what no source makes any more is removed from them.
OWNED = ("interviews", "quotes", "topics", "people", "timeline", "corrections")


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did, by path under the docs folder."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_pages(pages: Iterable[Page], docs: Path, pictures: Iterable[Picture] = ()) -> Written:
    """Make `docs` hold exactly these generated pages and pictures beside those made by hand.

    What is made by hand stands where it is: nothing is written over it. A
    picture is drawn only where its file was drawn from something else.
    Raises `BuildError`, before anything is written, if a file would land
    outside `docs`.
    """
    wanted: dict[str, Page | Picture] = {page.path: page for page in pages}
    wanted |= {picture.path: picture for picture in pictures}
    _check_inside(wanted, docs)
    changed = []
    for path, made in wanted.items():
        if _differs(docs / path, made):
            write_whole(docs / path, made.text if isinstance(made, Page) else made.draw())
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


def _differs(path: Path, made: Page | Picture) -> bool:
    if not path.exists():
        return True
    if isinstance(made, Picture):
        return fingerprint_of(path) not in (None, made.fingerprint)
    return is_generated(path) and path.read_bytes() != made.text.encode()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: a reader never sees half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content.encode() if isinstance(content, str) else content)
    half.replace(path)


def _stale(wanted: Iterable[str], docs: Path) -> list[str]:
    kept = set(wanted)
    found = [docs / "index.md", *(p for folder in OWNED for p in (docs / folder).rglob("*"))]
    return sorted(
        path.relative_to(docs).as_posix()
        for path in found
        if path.is_file() and path.relative_to(docs).as_posix() not in kept and is_generated(path)
    )


def is_generated(path: Path) -> bool:
    """Whether the build step made a file: pages and pictures say so, and every twin has the same first key."""
    if path.suffix == ".png":
        return fingerprint_of(path) is not None
    text = path.read_text("utf-8", errors="replace")
    if path.suffix == ".json":
        return text.startswith('{\n "slug": ')
    return text.startswith(f"---\n{MARKER}\n")
