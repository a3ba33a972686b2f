"""Whether words said again were said again by accident, judged by the words and marks around them.

The repair of Shriberg 1994, "Preliminaries to a theory of speech
disfluencies": what was said first, a break, and what is said again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from build_tools.clean import commas, edges
from build_tools.clean.judge import JOINT, judge, known_words, tokens, tokens_after, tokens_before, word_class

_MARKS = frozenset(',.…—:"^$')
_LONG = 4
_STEP = 15


@dataclass(frozen=True, slots=True)
class Stumble:
    """Words that may have been said by accident: `text[first:again]` would go.

    The first attempt ends at `broken`; what is said again ends at `end`. It is
    suspect where good grammar is known to say words again.
    """

    text: str
    first: int
    broken: int
    again: int
    end: int
    suspect: bool = False

    @property
    def size(self) -> str:
        """“word” or “phrase” where all of it is said again, “start” where some was given up."""
        said, once_more = self.text[self.first : self.broken], self.text[self.again : self.end]
        if len(once_more.split()) < len(said.split()):
            return "start"
        return "phrase" if " " in said else "word"

    @property
    def kind(self) -> str:
        """The break, whether of two words or more only one is said again, and whether it is suspect."""
        one = self.size == "start" and " " not in self.text[self.again : self.end]
        return self.gap + ", one word back" * one + ", suspect" * self.suspect

    @property
    def gap(self) -> str:
        """What stands after the first attempt: “bare”, “comma”, or “break” for a dash or dots."""
        mark = self.text[self.broken :].lstrip()[0]
        return "bare" if mark.isalnum() else "comma" if mark == "," else "break"


def is_likely(stumble: Stumble, prior: int = 0) -> bool:
    """Whether enough speaks for an accident, with what speaks for any in this talk (`fluency.prior`).

    >>> said = "If I talk to you, you hear. If I talk, you, you hear."
    >>> [is_likely(Stumble(said, at, at + 3, at + 5, at + 8)) for at in (13, 39)]
    [False, True]
    """
    return score(stumble) + prior >= judge(stumble.size).least[stumble.kind]


def score(stumble: Stumble) -> int:
    """How much speaks for an accident."""
    return judge(stumble.size).score(features(stumble, known_words()))


def features(stumble: Stumble, known: frozenset[str]) -> list[str]:
    """What is seen of a stumble: each feature for itself, and once more together with its break."""
    text = stumble.text
    before = [word_class(form, known) for form in tokens_before(text, stumble.first)]
    after = [word_class(form, known) for form in tokens_after(text, stumble.end)]
    said = [word_class(form, known) for form in tokens(text[stumble.first : stumble.broken])]
    again = [word_class(form, known) for form in tokens(text[stumble.again : stumble.end])]
    seen = [*_of_words(before, said, again, after), *_of_shape(stumble, before, said, again, after)]
    gap = stumble.gap[1]
    return [*seen, *(gap + feature for feature in seen)]


def _of_words(
    before: Sequence[str], said: Sequence[str], again: Sequence[str], after: Sequence[str]
) -> list[str]:
    """Runs of words around the first attempt and the second."""
    b2, b1 = ("", *before)[-2:]
    a1, a2 = (*after, "", "")[:2]
    given_up = said[len(again) :]
    phrase, last = JOINT.join(again[:3]), said[-1]
    runs = (
        (phrase,),
        (again[0],),
        (last,),
        said[-2:],
        (b1,),
        (b2, b1),
        (b1, phrase),
        (b2, b1, again[0]),
        (a1,),
        (a1, a2),
        (phrase, a1),
        (again[-1], a1, a2),
        (b1, a1),
        (b1, phrase, a1),
        (last, again[0], a1),
        (b1, last),
        given_up[:1],
        (*given_up[:1], a1),
        given_up[-3:],
        (last, *again[:2]),
    )
    return [JOINT.join(run) for run in runs]


def _of_shape(
    stumble: Stumble, before: Sequence[str], said: Sequence[str], again: Sequence[str], after: Sequence[str]
) -> list[str]:
    """Lengths, marks near by, capitals, and whether the words come yet again."""
    opening = next((at for at, form in enumerate(reversed(before)) if form in _MARKS), _LONG)
    closing = next((at for at, form in enumerate(after) if form in _MARKS), _LONG)
    clause = before[len(before) - opening :] if opening else said
    text = stumble.text
    copies = tokens(text[stumble.first : stumble.end]).count(tokens(text[stumble.again : stumble.end])[0])
    around = f"{again[0] in before[-8:]:d}{again[0] in after[:8]:d}"
    capitals = f"{text[stumble.first].isupper():d}{text[stumble.again].isupper():d}"
    comma = commas.score(text, stumble.broken, stumble.again) // _STEP
    ends = edges.ending([*before, *said][-3:]) // _STEP
    begins = edges.beginning([*again, *after][:3]) // _STEP
    return [
        f"{len(said)}.{len(again)}.{min(copies, 3)}",
        f"{min(closing, _LONG)}{after[closing] if closing < len(after) else ''}",
        f"{min(opening, _LONG)}{before[-1 - opening] if opening < len(before) else ''}",
        f"{around}.{min(len(said), 3)}",
        clause[0],
        f"{clause[0]}{JOINT}{again[0]}",
        capitals,
        f"{min(opening, _LONG)}.{min(closing, _LONG)}.{len(said) - len(again)}",
        f"{stumble.suspect:d}",
        f"{stumble.suspect:d}{JOINT}{again[0]}",
        f"{comma}",
        f"{ends}",
        f"{begins}",
        f"{min(ends, begins)}",
        f"{ends}{JOINT}{again[0]}",
        f"{begins}{JOINT}{again[0]}",
        f"{(ends + begins) // 2}{JOINT}{len(said) > len(again):d}",
    ]
