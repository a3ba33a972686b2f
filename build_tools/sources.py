"""Find what lies in `sources/`: raw files and their editions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.errors import BuildError, Problem
from build_tools.read import SUFFIXES

EDITION_SUFFIX = ".edition.md"
ADDRESSES_SUFFIX = ".addresses.json"
VOCABULARIES = ("people.yml", "topics.yml", "glossary.yml", "archive.yml")
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
    """A raw file and, where there are such, its edition and the record of addresses before it.

    `shown` paths are for people.
    """

    slug: str
    raw: Path
    shown: str
    edition: Path | None = None
    edition_shown: str = ""
    addresses: Path | None = None
    addresses_shown: str = ""


def shown(path: Path, root: Path) -> str:
    """A path as a person would type it beside the sources folder."""
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def find_sources(root: Path) -> tuple[tuple[SourceFile, ...], list[Problem]]:
    """The raw files under `root` that can be built, by slug, and what is wrong with the others.

    Raises `BuildError` where there is no such folder.
    """
    if not root.is_dir():
        raise BuildError([Problem(str(root), 1, "no such folder; expected raw transcripts in it")])
    everything = sorted(path for path in root.rglob("*") if _is_visible(path, root))
    problems = list(_check_links(everything, root))
    files = [path for path in everything if path.is_file() and not _is_kept_apart(path, root)]
    editions = {path.name.removesuffix(EDITION_SUFFIX): path for path in files if _is_edition(path)}
    records = {path.name.removesuffix(ADDRESSES_SUFFIX): path for path in files if _is_record(path)}
    raws = [path for path in files if not _is_edition(path) and not _is_record(path)]
    problems += _check_files(raws, root)
    problems += _check_records([path for path in files if _is_record(path)], raws, root)
    problems += _check_editions([path for path in files if _is_edition(path)], raws, root)
    wrong = {problem.path for problem in problems}
    found = tuple(
        SourceFile(
            slug=raw.stem,
            raw=raw,
            shown=shown(raw, root),
            edition=editions.get(raw.stem),
            edition_shown=shown(editions[raw.stem], root) if raw.stem in editions else "",
            addresses=records.get(raw.stem),
            addresses_shown=shown(records[raw.stem], root) if raw.stem in records else "",
        )
        for raw in sorted(raws, key=lambda path: path.stem)
        if shown(raw, root) not in wrong
    )
    return found, problems


def _is_visible(path: Path, root: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(root).parts)


def _is_kept_apart(path: Path, root: Path) -> bool:
    return path.relative_to(root).as_posix() in VOCABULARIES or path.name == "README.md"


def _is_edition(path: Path) -> bool:
    return path.name.endswith(EDITION_SUFFIX)


def _is_record(path: Path) -> bool:
    return path.name.endswith(ADDRESSES_SUFFIX)


def _check_links(paths: Iterable[Path], root: Path) -> Iterator[Problem]:
    inside = root.resolve()
    for path in paths:
        if path.is_symlink() and not path.exists():
            yield Problem(shown(path, root), 1, "leads nowhere; put the file itself here")
        elif not path.resolve().is_relative_to(inside):
            yield Problem(shown(path, root), 1, "leads out of the sources folder; put the file itself here")


def _check_files(raws: Iterable[Path], root: Path) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for raw in raws:
        name = shown(raw, root)
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


def _check_records(records: Iterable[Path], raws: Iterable[Path], root: Path) -> Iterator[Problem]:
    """A record keeps old links alive: it goes where its raw file goes."""
    folders = {(raw.parent, raw.stem) for raw in raws}
    for path in records:
        slug = path.name.removesuffix(ADDRESSES_SUFFIX)
        if (path.parent, slug) not in folders:
            message = f"no raw file {slug}.txt or .md beside it; old links need both, keep them together"
            yield Problem(shown(path, root), 1, message)


def _check_editions(editions: Iterable[Path], raws: Iterable[Path], root: Path) -> Iterator[Problem]:
    slugs = {raw.stem for raw in raws}
    seen: dict[str, Path] = {}
    for path in editions:
        slug = path.name.removesuffix(EDITION_SUFFIX)
        first = seen.setdefault(slug, path)
        if first != path:
            message = f"second edition of {slug}, beside {shown(first, root)}; keep one"
            yield Problem(shown(path, root), 1, message)
        if slug not in slugs:
            near = difflib.get_close_matches(slug, slugs, 1)
            hint = f"; did you mean {near[0]}{EDITION_SUFFIX}?" if near else ""
            yield Problem(shown(path, root), 1, f"no raw file {slug}.txt or .md beside it{hint}")
