"""Find what lies in `sources/`: raw files and their editions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_tools.errors import BuildError, Problem
from build_tools.read import SUFFIXES

EDITION_SUFFIX = ".edition.md"
VOCABULARIES = ("people.yml", "topics.yml", "glossary.yml")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = frozenset({"index"})  # names the generated folders use themselves


def is_address(name: str) -> bool:
    """Whether a name can be part of an address, and of nothing else.

    >>> [is_address(name) for name in ("jane-doe-2", "../up", "index", "Jane")]
    [True, False, False, False]
    """
    return bool(_SLUG.fullmatch(name)) and name not in _RESERVED


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A raw file and, where there is one, its edition. `shown` paths are for people."""

    slug: str
    raw: Path
    shown: str
    edition: Path | None = None
    edition_shown: str = ""


def shown(path: Path, root: Path) -> str:
    """A path as a person would type it beside the sources folder."""
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def find_sources(root: Path) -> tuple[SourceFile, ...]:
    """The raw files under `root`, by slug. Raises `BuildError` with all that is wrong."""
    if not root.is_dir():
        raise BuildError([Problem(str(root), 1, "no such folder; expected raw transcripts in it")])
    files = sorted(path for path in root.rglob("*") if _is_source(path, root))
    editions = {p.name.removesuffix(EDITION_SUFFIX): p for p in files if _is_edition(p)}
    raws = [path for path in files if not _is_edition(path)]
    problems = [*_check_files(raws, root), *_check_editions(editions, raws, root)]
    if problems:
        raise BuildError(problems)
    return tuple(
        SourceFile(
            slug=raw.stem,
            raw=raw,
            shown=shown(raw, root),
            edition=editions.get(raw.stem),
            edition_shown=shown(editions[raw.stem], root) if raw.stem in editions else "",
        )
        for raw in sorted(raws, key=lambda path: path.stem)
    )


def _is_source(path: Path, root: Path) -> bool:
    relative = path.relative_to(root)
    hidden = any(part.startswith(".") for part in relative.parts)
    vocabulary = relative.as_posix() in VOCABULARIES or path.name == "README.md"
    return path.is_file() and not hidden and not vocabulary


def _is_edition(path: Path) -> bool:
    return path.name.endswith(EDITION_SUFFIX)


def _check_files(raws: Iterable[Path], root: Path) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for raw in raws:
        name = shown(raw, root)
        if not raw.resolve().is_relative_to(root.resolve()):
            yield Problem(name, 1, "leads out of the sources folder; put the file itself here")
        if raw.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            yield Problem(name, 1, f"no reader for {raw.suffix or 'such'} files; expected {known}")
        elif not is_address(raw.stem):
            yield Problem(
                name,
                1,
                f"{raw.stem!r} cannot be part of an address; name the file with lower-case "
                "letters, digits and single hyphens, as in 2025-07-30-jane-doe-some-podcast.txt",
            )
        elif raw.stem in seen:
            first = shown(seen[raw.stem], root)
            yield Problem(name, 1, f"same slug as {first}; rename one, they would share a page")
        seen.setdefault(raw.stem, raw)


def _check_editions(editions: Mapping[str, Path], raws: Iterable[Path], root: Path) -> Iterator[Problem]:
    slugs = {raw.stem for raw in raws}
    for slug, path in editions.items():
        if slug not in slugs:
            near = difflib.get_close_matches(slug, slugs, 1)
            hint = f"; did you mean {near[0]}{EDITION_SUFFIX}?" if near else ""
            yield Problem(shown(path, root), 1, f"no raw file {slug}.txt or .md beside it{hint}")
