"""All that a replacement writes, made and proven before any of it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.addresses import Addresses, load_addresses, next_first, read_record, record_text
from build_tools.clean.mojibake import repairs
from build_tools.errors import BuildError, Problem
from build_tools.model import Former, Run, Transcript, Vocabulary
from build_tools.read import SUFFIXES, read_transcript
from build_tools.replace.align import align
from build_tools.replace.carry import Carried, carry
from build_tools.replace.voices import places
from build_tools.replay import replay
from build_tools.review.proven import Ground, Proven, read_proven
from build_tools.review.save import Manuscript
from build_tools.sources import ADDRESSES_SUFFIX, SourceFile
from build_tools.words import split_words


@dataclass(frozen=True, slots=True)
class Plan:
    """What takes the place of what; `carried` is None where there is no edition."""

    file: SourceFile
    raw: Path  # where the new raw file will lie
    data: bytes
    old: Transcript
    new: Transcript
    runs: tuple[Run, ...]
    addresses: Addresses
    carried: Carried | None
    manuscript: Manuscript | None


def plan(file: SourceFile, new_raw: Path, vocabulary: Vocabulary) -> Plan:
    """Read both raw files, align them, carry the edition. Raises `BuildError`; writes nothing."""
    _check(new_raw)
    old = read_transcript(file.raw, file.slug, file.shown)
    new = read_transcript(new_raw, file.slug, str(new_raw))
    runs = align(old.words, new.words)
    addresses = _readdressed(load_addresses(file, old.words), old.words, new.words, runs)
    manuscript = Manuscript(file.edition, file.edition_shown) if file.edition else None
    carried = None
    if manuscript:
        page = read_proven(manuscript.text, _ground(old, vocabulary, manuscript.shown))
        carried = carry(page, new, _written(new), runs, addresses.first_word)
        after = read_proven(carried.text, _ground(new, vocabulary, manuscript.shown))
        _check_names(page, after, runs)
    if addresses.former:
        read_record(record_text(addresses, new.words), file.addresses_shown or file.shown, new.words)
    raw = file.raw.with_suffix(new_raw.suffix.lower())
    return Plan(file, raw, new_raw.read_bytes(), old, new, runs, addresses, carried, manuscript)


def write(made: Plan) -> None:
    """Write raw file, record and edition; if one cannot be written, none is."""
    wanted = [(made.raw, made.data)]
    if made.addresses.former:
        record = made.file.raw.with_name(made.file.slug + ADDRESSES_SUFFIX)
        wanted.append((record, record_text(made.addresses, made.new.words).encode()))
    with ExitStack() as unfinished:
        halves = []
        for path, data in wanted:
            half = path.with_name(f".{path.name}.part")
            unfinished.callback(half.unlink, missing_ok=True)
            half.write_bytes(data)
            halves.append((half, path))
        if made.manuscript and made.carried:
            made.manuscript.save(made.carried.text)
        for half, path in halves:
            half.replace(path)
    if made.raw != made.file.raw:
        made.file.raw.unlink()


def _check(raw: Path) -> None:
    if not raw.is_file():
        raise BuildError([Problem(str(raw), 1, "no such file; expected a raw transcript")])
    if raw.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        message = f"no reader for {raw.suffix or 'such'} files; expected {known}"
        raise BuildError([Problem(str(raw), 1, message)])


def _readdressed(
    before: Addresses, old: Sequence[str], new: Sequence[str], runs: tuple[Run, ...]
) -> Addresses:
    """The addresses of the new words, and where all words of all raw files before are now.

    Each is aligned with the newest, so that a word that comes back is found again.
    Where all words stayed, so do their numbers.
    """
    if all(run.change == "=" for run in runs):
        return before
    former = (*before.former, Former(before.first_word, tuple(old), runs))
    now = tuple(replace(one, runs=align(one.words, new)) for one in former)
    return Addresses(next_first(before, len(old)), now)


def _slots(transcript: Transcript) -> list[str]:
    return replay(transcript.words, repairs(transcript.words))


def _ground(transcript: Transcript, vocabulary: Vocabulary, shown: str) -> Ground:
    return Ground(transcript, tuple(_slots(transcript)), vocabulary, shown)


def _written(transcript: Transcript) -> list[str]:
    """Each word as an edition should have it: repaired, where it stays one word."""
    return [
        slot if split_words(slot) == [slot] else word
        for word, slot in zip(transcript.words, _slots(transcript), strict=True)
    ]


def _check_names(before: Proven, after: Proven, runs: Sequence[Run]) -> None:
    """A word that stayed is said by whoever said it, or by nobody: anything else is a mistake of ours."""
    said, now = list(_names(before)), list(_names(after))
    given = places(runs)
    for new, (old, kept) in enumerate(zip(given.before, given.kept, strict=True)):
        if old is not None and kept and now[new] not in (said[old], ""):
            message = (
                f"w{old + 1} would come to be said by {now[new]}; this is a fault of `replace`, report it"
            )
            raise BuildError([Problem(before.ground.shown, 1, message)])


def _names(page: Proven) -> Iterator[str]:
    for turn in page.turns:
        yield from [turn.speaker] * (turn.last_word - turn.first_word + 1)
