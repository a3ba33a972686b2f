"""Labels in a raw file: who speaks, as the file itself says.

===========================  ================================================
`Jane Doe: words`            also `JANE DOE:`, `J. Doe:`, `JD:`, `Q:`, `Host:`,
                             `Speaker 1:`, `SPEAKER_00:`
`**Jane Doe:** words`        also `**Jane Doe**: words`, `[Jane Doe]: words`
`>> JANE: words`             `>>` alone: another speaker, who is not named
`Jane Doe [00:12:34]`        alone on a line above the words; also
                             `00:12 Jane Doe`, `Jane Doe:`, `Speaker 1`
===========================  ================================================

A time beside a label goes with it. Labels are not spoken, so they have no
word numbers; that makes a mistake here costly, and one line that looks like a
label is none. A file has labels where they form a **pattern**: few names, come
back to again and again, before a fair part of the paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from build_tools.model import Line
from build_tools.words import ends_sentence, is_word

# The label of somebody who begins to speak and is not named.
ANOTHER = ">>"

_TIME = r"[\[(<]?(?:\d{1,3}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?[\])>]?"
_SPAN = rf"{_TIME}(?:[ ]?(?:-|–|-->)[ ]?{_TIME})?"
_NAME = r"(?P<name>[^\W\d_][^:：*\[\]()<>]{0,58}?)(?:[ ]?\((?P<note>[^()\d][^()]{0,30})\))?"
_BEFORE_WORDS = re.compile(
    rf"""
    (?P<time>{_SPAN}[ ]?[-–]?[ ]?)?
    (?P<open>\*\*|\[)? (?P<inner>{_SPAN}[ ]?[-–]?[ ]?)?
    {_NAME} (?P<later>[ ,]{{0,2}}{_SPAN})?
    (?:(?P<bold>[ ]?:\*\*|\*\*[ ]?(?:{_SPAN})?[ ]?:)|(?P<square>\][ ]?:)|(?P<plain>[ ]?[:：]))
    (?P<said>.*)
    """,
    re.VERBOSE,
)
_ALONE = re.compile(
    rf"""
    (?P<open>\*\*)? (?P<time>{_SPAN}[ ]?[-–]?[ ]?)?
    {_NAME} (?P<close>\*\*)? (?P<later>[ ,]{{0,2}}{_SPAN})?
    """,
    re.VERBOSE,
)
_ONLY_TIME = re.compile(_SPAN)
_LEADING_TIME = re.compile(rf"[\[(]{_SPAN}")
_CHEVRON = re.compile(r"(?<!\S)>{2,3}[ ]?")

_VOICE = re.compile(
    r"""(?ix)
    (?:unknown[ ])? (?:speaker|spk|participant|person|voice|host|guest|interviewer|interviewee|caller|panelist)
    [ _#-]{0,2} (?:\d{1,3}|[a-z])
    | (?:s|p|r|sp)\d{1,2}
    """
)
_PARTS = frozenset(
    "q a host hosts guest guests interviewer interviewee moderator presenter narrator announcer question "
    "answer speaker audience anchor reporter journalist questioner voiceover co-host unknown".split()
) | {"unknown speaker", "audience member"}
# Parts that are words of running speech too.
_ASKED = frozenset({"q", "a", "question", "answer"})
_DEGREE = re.compile(r"^[^,]+, [^ ,]{2,6}$")  # Jane Doe, Ph.D.
# Small words that stand in names, and words that open a sentence but no name.
_PARTICLES = frozenset("al and bin da de del den der di dos du el ibn la le van von y zu of".split())
_OPENERS = frozenset(
    "the a an my our your his her its their this that these those there here and but so or if then i we you he "
    "she they it what why how when where who which yes no not now well because also note notes first second "
    "third finally example warning update remember look listen okay ok right one two three in on at for to with "
    "from as by chapter part step section day week title date source url summary".split()
)

# No file has fewer labels.
_FEWEST = 3
# So large a share of paragraphs (or lines) has a label: one that can hardly be words, where
# there are many of them or few; one that could be words; one where most names come once; one
# of the only name there is.
_SURE_OF_MANY, _SURE, _UNSURE, _FEW, _ALONE_THERE = 0.04, 0.2, 0.5, 0.66, 0.8
_MANY = 12
# Who has so large a share of the labels is one of the main speakers.
_MAIN = 0.1


@dataclass(frozen=True, slots=True)
class _Mark:
    """What may be a label, and what stands after it on its line.

    `shape` tells how it is marked: "" where by a colon alone.
    """

    name: str
    said: str
    shape: str
    note: str = ""  # in brackets after the name: (Host)

    @property
    def key(self) -> str:
        return self.name.casefold()

    @property
    def plays_a_part(self) -> bool:
        return _is_part(self.name)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of the file, or a part of one that follows `>>`, and the label it may begin with."""

    line: Line
    mark: _Mark | None
    changes: bool = False


def with_labels(lines: Sequence[Line]) -> tuple[Line, ...] | None:
    """The lines with labels taken off and kept apart, or None where no pattern of labels shows.

    >>> spoken = [Line(1, "Ann: Hi."), Line(2, "Bob: Hi, Ann."), Line(3, "Ann: So."), Line(4, "Bob: Yes.")]
    >>> [(line.speaker, line.text) for line in with_labels(spoken) or ()]
    [('Ann', 'Hi.'), ('Bob', 'Hi, Ann.'), ('Ann', 'So.'), ('Bob', 'Yes.')]
    >>> with_labels([Line(1, "Note: this is so."), Line(2, "And that."), Line(3, "Note: it ends.")])
    """
    pieces = _without_broken(list(_pieces(lines)))
    names = _pattern(pieces)
    if not names and not any(piece.changes for piece in pieces):
        return None
    return tuple(_labelled(pieces, names))


# ── what may be a label ──────────────────────────────────────────────────────


def _pieces(lines: Sequence[Line]) -> Iterator[_Piece]:
    cuts = sum(len(_CHEVRON.findall(line.text)) for line in lines if not line.heading) >= _FEWEST
    for line in lines:
        if line.heading or not (cuts and _CHEVRON.search(line.text)):
            yield _Piece(line, None if line.heading else _find(line.text))
            continue
        before, *parts = _CHEVRON.split(" ".join(line.text.split()))
        if before.strip():
            yield _Piece(replace(line, text=before.strip()), _find(before))
        for part in parts:
            yield _Piece(replace(line, text=part.strip(), opens=True), _find(part), changes=True)


def _find(text: str) -> _Mark | None:
    """The label at the head of a line, or the one it consists of."""
    plain = " ".join(text.split())
    return _before_words(plain) or _alone(plain)


def _before_words(text: str) -> _Mark | None:
    found = _BEFORE_WORDS.match(text)
    if not found or not is_name(found["name"]):
        return None
    if (found["open"] == "**") != bool(found["bold"]) or (found["open"] == "[") != bool(found["square"]):
        return None
    said = found["said"]
    if found["plain"] and found["plain"].endswith(":") and said[:1].strip():  # http://…
        return None
    said = _LEADING_TIME.sub("", said.strip(), count=1).strip()
    timed = found["time"] or found["inner"] or found["later"]
    shape = found["open"] or ("time" if timed else "")
    return _Mark(found["name"].strip(" ,"), said, shape, found["note"] or "")


def _alone(text: str) -> _Mark | None:
    found = _ALONE.fullmatch(text)
    if not found or bool(found["open"]) != bool(found["close"]) or not is_name(found["name"]):
        return None
    shape = "time first" if found["time"] else "time last" if found["later"] else "alone"
    if shape == "alone" and not _VOICE.fullmatch(found["name"]):
        return None
    return _Mark(found["name"].strip(" ,"), "", shape, found["note"] or "")


def is_name(text: str) -> bool:
    """Whether a text is shaped as a name, or says what part somebody plays.

    >>> [is_name(text) for text in ("Jane van Doe", "JD", "Q", "SPEAKER_00", "Speaker A", "岳")]
    [True, True, True, True, True, True]
    >>> [is_name(text) for text in ("The question is", "And I said", "Note", "GPT 4", "Well")]
    [False, False, False, False, False]
    """
    name = text.strip(" ,")
    if _is_part(name):
        return True
    tokens = name.split()
    shouted = name.isupper()  # JANE DOE, HOST OF THE SHOW: …
    if len(tokens) > (9 if shouted else 5) or _opens(tokens[-1]):
        return False
    titled = "," not in name or shouted or bool(_DEGREE.search(name))
    return titled and all(map(_is_capital, tokens))


def _opens(token: str) -> bool:
    """Whether a word opens sentences, and few names."""
    return token.casefold().strip(".,") in _OPENERS


def _is_part(name: str) -> bool:
    """Whether a label is no name but what somebody does, or a voice with a number."""
    spoken = len(name) == 1 and name.islower()  # a: b
    return not spoken and (name.casefold() in _PARTS or bool(_VOICE.fullmatch(name)))


def _is_capital(token: str) -> bool:
    """Whether a word is written as names are; scripts without capitals have no other way."""
    letters = token.replace(",", "")
    small = letters[:1].islower() and letters.casefold() not in _PARTICLES
    return letters[:1].isalpha() and not small and all(_in_names(letter) for letter in letters)


def _in_names(letter: str) -> bool:
    return letter.isalnum() or letter in ".'’-&" or unicodedata.category(letter).startswith("M")


def _without_broken(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, without marks that come once and in the middle of a sentence: titles of works.

    Where those that come again stand there too, the file has no full stops to tell by.
    """
    counts = Counter(piece.mark.key for piece in pieces if piece.mark)
    going_on = [_goes_on(before, piece) for before, piece in zip([None, *pieces], pieces, strict=False)]
    again = [
        goes_on
        for goes_on, piece in zip(going_on, pieces, strict=True)
        if piece.mark and counts[piece.mark.key] > 1
    ]
    if 2 * sum(again) >= len(again):
        return pieces
    return [
        replace(piece, mark=None) if goes_on and piece.mark and counts[piece.mark.key] == 1 else piece
        for goes_on, piece in zip(going_on, pieces, strict=True)
    ]


def _goes_on(before: _Piece | None, piece: _Piece) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    words = before.line.text.split() if before else ()
    ended = not words or ends_sentence(words[-1]) or (before is not None and not _is_said(before))
    return not (piece.line.opens or ended)


# ── whether labels form a pattern ────────────────────────────────────────────


def _pattern(pieces: Sequence[_Piece]) -> frozenset[str]:
    """The names of a file that has labels (their keys); empty where it has none."""
    marks = [piece.mark for piece in pieces if piece.mark]
    counts = Counter(mark.key for mark in marks)
    called = frozenset(p.mark.key for p in pieces if p.changes and p.mark and _is_called(p.mark))
    return called | _repeated(pieces, marks, counts)


def _is_called(mark: _Mark) -> bool:
    """Whether what follows `>>` is a name by its looks alone."""
    return mark.name.isupper() or " " in mark.name or mark.plays_a_part


def _repeated(pieces: Sequence[_Piece], marks: Sequence[_Mark], counts: Counter[str]) -> frozenset[str]:
    again = {key for key, count in counts.items() if count > 1}
    often = sum(counts[key] for key in again)
    if len(marks) < _FEWEST or not again or often < len(marks) - often:  # else a list of terms
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


def _is_sure(mark: _Mark, count: int, spoken: frozenset[str]) -> bool:
    """Whether a label that comes back can hardly be words that are said."""
    if mark.shape or mark.plays_a_part:
        return True
    if mark.name.upper() == mark.name.lower() or _opens(mark.name.split()[0]):
        return False
    if _is_ordinary(mark.key, spoken):
        return mark.name.isupper() and count >= _FEWEST
    return " " in mark.name or mark.name.isupper() or count >= _FEWEST


def _is_ordinary(key: str, spoken: frozenset[str]) -> bool:
    """Whether all of its words are also said in small letters."""
    return all(token.strip(".,") in spoken for token in key.split())


def _in_running_words(pieces: Iterable[_Piece]) -> frozenset[str]:
    """All words that the file says in small letters; none where it knows no capitals."""
    texts = (piece.mark.said if piece.mark else piece.line.text for piece in pieces)
    tokens = [token.strip(".,;:!?\"'“”‘’()") for text in texts for token in text.split()]
    if not any(token[:1].isupper() for token in tokens):
        return frozenset()
    return frozenset(token for token in tokens if token.islower())


def _covers(pieces: Sequence[_Piece], names: Collection[str], counts: Counter[str], least: float) -> bool:
    """Whether these names stand before a large enough share of what is said."""
    if sum(counts[name] for name in names) < _FEWEST:
        return False
    return _share(pieces, names) >= (least if len(names) > 1 else _ALONE_THERE)


def _share(pieces: Sequence[_Piece], names: Collection[str]) -> float:
    """How many labels there are to a paragraph; to a line, where they stand inside paragraphs."""
    labelled = [piece for piece in pieces if piece.mark and piece.mark.key in names]
    said = [piece for piece in pieces if _is_said(piece)]
    outside = sum(piece.line.opens for piece in labelled)
    opening = sum(piece.line.opens for piece in said)
    if opening > 1 and 2 * outside >= len(labelled):
        return outside / opening
    return len(labelled) / max(len(said), 1)


def _is_said(piece: _Piece) -> bool:
    """Whether a piece is more than a heading, a label alone or a time."""
    alone = piece.mark and not piece.mark.said
    return not (piece.line.heading or alone or _ONLY_TIME.fullmatch(piece.line.text))


def _others(
    pieces: Sequence[_Piece], names: frozenset[str], counts: Counter[str], spoken: frozenset[str]
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

    def names_somebody(mark: _Mark) -> bool:
        if "" not in shapes:
            return mark.shape in shapes
        if shouted and mark.name.isupper():
            return True
        if (mark.plays_a_part and mark.key not in _ASKED) or set(mark.key.split()) <= parts:
            return True
        if counts[mark.key] > 1 and (everywhere or counts[mark.key] >= _MAIN * len(marks)):
            return True
        if _opens(mark.key.split()[0]) or _is_ordinary(mark.key, spoken):
            return False
        return everywhere or " " in mark.name

    return {mark.key for mark in marks if mark.key not in names and names_somebody(mark)}


# ── taking them off ──────────────────────────────────────────────────────────


def _labelled(pieces: Sequence[_Piece], names: frozenset[str]) -> Iterator[Line]:
    """Spoken lines, each with the label before it; a label waits for the next words."""
    times = _times(pieces, names)
    waiting = ""
    for at, piece in enumerate(pieces):
        mark = piece.mark if piece.mark and piece.mark.key in names else None
        if mark:
            waiting = f"{mark.name} ({mark.note})" if mark.note else mark.name
        elif piece.changes:
            waiting = ANOTHER
        elif at in times:
            continue
        text = mark.said if mark else piece.line.text
        if piece.line.heading or not any(map(is_word, text.split())):
            if text:
                yield replace(piece.line, text=text)
            continue
        opens = piece.line.opens or bool(waiting)
        yield replace(piece.line, text=text, opens=opens, speaker=waiting)
        waiting = ""


def _times(pieces: Sequence[_Piece], names: Collection[str]) -> set[int]:
    """Pieces that are times on the line above most labels, or below most, where these have none of their own."""
    marks = [(at, piece.mark) for at, piece in enumerate(pieces) if piece.mark and piece.mark.key in names]
    labels = [at for at, _ in marks]
    found: set[int] = set()
    if any(mark.shape.startswith("time") for _, mark in marks):
        return found
    for step in (-1, 1):
        beside = [at + step for at in labels if 0 <= at + step < len(pieces)]
        times = [at for at in beside if _ONLY_TIME.fullmatch(pieces[at].line.text)]
        if 2 * len(times) > len(labels):
            found.update(times)
    return found
