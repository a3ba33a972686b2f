"""Whether what may be labels forms a pattern, and which names belong to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from build_tools.read.labels.marks import FEWEST, Mark, Piece, is_said
from build_tools.read.labels.names import ASKED, opens_sentences

# So large a share of paragraphs (or lines) has a label: one that can hardly be words, where
# there are many of them or few; one that could be words; one where most names come once; one
# of the only name there is.
_SURE_OF_MANY, _SURE, _UNSURE, _FEW, _ALONE_THERE = 0.04, 0.2, 0.5, 0.66, 0.8
_MANY = 12
# Who has so large a share of the labels is one of the main speakers.
_MAIN = 0.1


def pattern_of(pieces: Sequence[Piece]) -> frozenset[str]:
    """The names of a file that has labels (their keys); empty where it has none."""
    marks = [piece.mark for piece in pieces if piece.mark]
    counts = Counter(mark.key for mark in marks)
    called = frozenset(p.mark.key for p in pieces if p.changes and p.mark and _is_called(p.mark))
    return called | _repeated(pieces, marks, counts)


def _is_called(mark: Mark) -> bool:
    """Whether what follows `>>` is a name by its looks alone."""
    return mark.name.isupper() or " " in mark.name or mark.plays_a_part


def _repeated(pieces: Sequence[Piece], marks: Sequence[Mark], counts: Counter[str]) -> frozenset[str]:
    again = {key for key, count in counts.items() if count > 1}
    often = sum(counts[key] for key in again)
    if len(marks) < FEWEST or not again or often < len(marks) - often:  # else a list of terms
        return frozenset()
    spoken = _in_running_words(pieces)
    if (
        len(counts) > 1
        and all(_is_sure(mark, 1, spoken) for mark in marks)
        and _share(pieces, counts) >= _FEW
    ):
        return frozenset(counts)
    sure = {mark.key for mark in marks if mark.key in again and _is_sure(mark, counts[mark.key], spoken)}
    if _covers(pieces, sure, counts, _SURE_OF_MANY if often >= _MANY else _SURE):
        names = frozenset(sure)
    elif _covers(pieces, again, counts, _UNSURE):
        names = frozenset(again)
    else:
        return frozenset()
    return names | _others(pieces, names, counts, spoken)


def _is_sure(mark: Mark, count: int, spoken: frozenset[str]) -> bool:
    """Whether a label that comes back can hardly be words that are said."""
    if mark.shape or mark.plays_a_part:
        return True
    if mark.name.upper() == mark.name.lower() or opens_sentences(mark.name.split()[0]):
        return False
    if _is_ordinary(mark.key, spoken):
        return mark.name.isupper() and count >= FEWEST
    return " " in mark.name or mark.name.isupper() or count >= FEWEST


def _is_ordinary(key: str, spoken: frozenset[str]) -> bool:
    """Whether all of its words are also said in small letters."""
    return all(token.strip(".,") in spoken for token in key.split())


def _in_running_words(pieces: Iterable[Piece]) -> frozenset[str]:
    """All words that the file says in small letters; none where it knows no capitals."""
    texts = (piece.mark.said if piece.mark else piece.line.text for piece in pieces)
    tokens = [token.strip(".,;:!?\"'“”‘’()") for text in texts for token in text.split()]
    if not any(token[:1].isupper() for token in tokens):
        return frozenset()
    return frozenset(token for token in tokens if token.islower())


def _covers(pieces: Sequence[Piece], names: Collection[str], counts: Counter[str], least: float) -> bool:
    """Whether these names stand before a large enough share of what is said."""
    if sum(counts[name] for name in names) < FEWEST:
        return False
    return _share(pieces, names) >= (least if len(names) > 1 else _ALONE_THERE)


def _share(pieces: Sequence[Piece], names: Collection[str]) -> float:
    """How many labels there are to a paragraph; to a line, where they stand inside paragraphs."""
    labelled = [piece for piece in pieces if piece.mark and piece.mark.key in names]
    said = [piece for piece in pieces if is_said(piece)]
    outside = sum(piece.line.opens for piece in labelled)
    opening = sum(piece.line.opens for piece in said)
    if opening > 1 and 2 * outside >= len(labelled):
        return outside / opening
    return len(labelled) / max(len(said), 1)


def _others(
    pieces: Sequence[Piece], names: frozenset[str], counts: Counter[str], spoken: frozenset[str]
) -> set[str]:
    """Further names in a file that has labels: Mark and Will, or somebody who asks one question.

    To take words for a name would lose them; to take a name for words would
    give the next sentence to the speaker before.
    """
    marks = [piece.mark for piece in pieces if piece.mark]
    usual = [mark for mark in marks if mark.key in names]
    shapes = {mark.shape for mark in usual}
    shouted = all(mark.name.isupper() for mark in usual)
    everywhere = _share(pieces, counts) >= _ALONE_THERE
    parts = {part.strip(".,") for name in names for part in name.split()}

    def names_somebody(mark: Mark) -> bool:
        if "" not in shapes:
            return mark.shape in shapes
        if shouted and mark.name.isupper():
            return True
        if (mark.plays_a_part and mark.key not in ASKED) or set(mark.key.split()) <= parts:
            return True
        if counts[mark.key] > 1 and (everywhere or counts[mark.key] >= _MAIN * len(marks)):
            return True
        if opens_sentences(mark.key.split()[0]) or _is_ordinary(mark.key, spoken):
            return False
        return everywhere or " " in mark.name

    return {mark.key for mark in marks if mark.key not in names and names_somebody(mark)}
