"""Names misheard as ordinary words: told by where they stand, since their letters tell little.

“Running opening” is odd, and elsewhere this archive says “running OpenAI”. So
once it is known where names stand, or stand nearly right, the words beside
them are looked for elsewhere; what stands there is held against the names that
belong there, and less is asked of how it sounds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from build_tools.propose.match import LONGEST, Known, Match
from build_tools.propose.names import Name, frequency
from build_tools.propose.sound import digits, letters_alike, likeness, sound, squash
from build_tools.propose.stretch import Stretch

# A word this frequent (the, of, have) stands beside everything.
_TELLING_ZIPF = 6.0
# How many times likelier beside the name than elsewhere; names that are hardly said tell less.
_LEAST_LIFT, _DOUBT = 10.0, 5
_ALIKE, _SOUNDS_ALIKE, _LONG_SOUND = 0.75, 0.9, 5
# “Chat to be”: the head of a name stands there, its letters are heard as little words.
_COMPOUND = re.compile(r"(?P<head>[A-Z][a-z]{3,})(?P<letters>[A-Z]{3,})")
_LETTERS_ALIKE, _LITTLE = 0.4, 3
# “Sore”: no rare word, yet seldom enough to tell where it comes again.
_SELDOM_ZIPF, _AGAIN = 4.2, 2


def by_place(
    stretches: Sequence[Stretch], matches: Sequence[Sequence[Match]], known: Known
) -> list[list[Match]]:
    """What else may be a name, for each stretch; `matches` are those that letters and sound tell."""
    places = _places(stretches, matches, known)
    again = Counter(
        (stretch.slug, word.casefold()) for stretch in stretches for word in stretch.words if word.islower()
    )
    found = []
    for stretch, certain in zip(stretches, matches, strict=True):
        taken = {index for match in certain for index in range(match.low, match.high)}
        found.append(
            [
                match
                for match in _in_stretch(stretch, places, again, known)
                if not taken & set(range(match.low, match.high))
                and not known.holds(stretch.words[match.low : match.high])
            ]
        )
    return found


def _in_stretch(stretch: Stretch, places: _Places, again: Counter[tuple[str, str]], known: Known) -> Iterator[Match]:
    expected = places.expected[stretch.slug]
    for low in range(len(stretch.words)):
        yield from _seldom(stretch, low, expected, again, known)
        yield from _spelled(stretch, low, expected)
    yield from places.fitting(stretch)


# ── beside the same words as the name ────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Places:
    """What stands beside names: counts of contexts (“running _”) in all, and of names in each."""

    words: int
    contexts: Counter[str]
    names: dict[str, Counter[Name]]  # by context
    said: Counter[Name]
    expected: dict[str, Counter[Name]]  # by interview: how often

    def fitting(self, stretch: Stretch) -> Iterator[Match]:
        """Windows that stand beside what a name stands beside, and sound like it."""
        words = stretch.words
        left = [self._belong(_left(words, low)) for low in range(len(words))]
        right = [self._belong(_right(words, high)) for high in range(len(words) + 1)]
        for low in range(len(words)):
            for high in range(low + 1, min(low + LONGEST, len(words)) + 1):
                for name in sorted(left[low] | right[high], key=lambda name: name.written):
                    alike = _alike(" ".join(words[low:high]), name.written)
                    if alike >= _ALIKE:
                        yield Match(low, high, name, round(alike, 2))

    def _belong(self, contexts: Iterator[str]) -> set[Name]:
        return {
            name
            for context in contexts
            for name, count in self.names.get(context, {}).items()
            if len(squash(name.written)) > 2 and count / (self.said[name] + _DOUBT) >= _LEAST_LIFT * self.contexts[context] / self.words
        }


def _places(stretches: Sequence[Stretch], matches: Sequence[Sequence[Match]], known: Known) -> _Places:
    places = _Places(
        sum(len(stretch.words) for stretch in stretches),
        Counter(),
        defaultdict(Counter),
        Counter(),
        defaultdict(Counter),
    )
    for stretch, certain in zip(stretches, matches, strict=True):
        words = stretch.words
        for index in range(len(words)):
            places.contexts.update(_left(words, index))
            places.contexts.update(_right(words, index))
        places.contexts.update(_right(words, len(words)))
        right = [(low, high, name) for low, high, name in _named(words, known)]
        for low, high, name in [*right, *((match.low, match.high, match.name) for match in certain)]:
            places.said[name] += 1
            places.expected[stretch.slug][name] += 1
            for context in (*_left(words, low), *_right(words, high)):
                places.names[context][name] += 1
    return places


def _named(words: Sequence[str], known: Known) -> Iterator[tuple[int, int, Name]]:
    for low in range(len(words)):
        for high in range(low + 1, min(low + LONGEST, len(words)) + 1):
            name = known.named(words[low:high])
            if name and name.written.casefold() == " ".join(words[low:high]).casefold():
                yield low, high, name


def _left(words: Sequence[str], low: int) -> Iterator[str]:
    """The one and the two words before, if they tell anything."""
    if low and _tells(words[low - 1]):
        yield f"{words[low - 1].casefold()} _"
    if low > 1 and (_tells(words[low - 1]) or _tells(words[low - 2])):
        yield f"{words[low - 2]} {words[low - 1]} _".casefold()


def _right(words: Sequence[str], high: int) -> Iterator[str]:
    if high < len(words) and _tells(words[high]):
        yield f"_ {words[high].casefold()}"
    if high + 1 < len(words) and (_tells(words[high]) or _tells(words[high + 1])):
        yield f"_ {words[high]} {words[high + 1]}".casefold()


def _tells(word: str) -> bool:
    return word.isalpha() and frequency(word) < _TELLING_ZIPF


def _alike(heard: str, name: str) -> float:
    """How alike, 0…1; where the sound is long and nearly the same, letters do not matter."""
    one, other = sound(heard), sound(name)
    if digits(heard) != digits(name) or one[:1] != other[:1] or set(heard.split()) & set(name.split()):
        return 0.0
    sounds_alike = float(Indel.normalized_similarity(one, other))
    if len(other) >= _LONG_SOUND and sounds_alike >= _SOUNDS_ALIKE:
        return max(likeness(heard, name), _ALIKE)
    return likeness(heard, name)


# ── letters heard as little words ────────────────────────────────────────────


def _spelled(stretch: Stretch, low: int, expected: Counter[Name]) -> Iterator[Match]:
    for name in expected:
        parts = _COMPOUND.fullmatch(name.written)
        if not parts or sound(stretch.words[low]) != sound(parts["head"]):
            continue
        rest = stretch.words[low + 1 : low + 3]
        alike = min(
            letters_alike(squash(stretch.words[low]), squash(parts["head"])),
            float(Indel.normalized_similarity(sound(" ".join(rest)), sound(parts["letters"]))),
        )
        if len(rest) > 1 and all(len(word) <= _LITTLE for word in rest) and alike >= _LETTERS_ALIKE:
            yield Match(low, low + 3, name, round((1 + alike) / 2, 2))


# ── a word that is seldom said, again and again ──────────────────────────────


def _seldom(
    stretch: Stretch, low: int, expected: Counter[Name], again: Counter[tuple[str, str]], known: Known
) -> Iterator[Match]:
    word = stretch.words[low]
    if not word.islower() or again[stretch.slug, word] < _AGAIN or frequency(word) >= _SELDOM_ZIPF:
        return
    for name in known.by_sound.get(sound(word), ()):
        alike = letters_alike(squash(word), squash(name.written))
        if name in expected and not name.is_term and alike >= 0.7:
            yield Match(low, low + 1, name, round((1 + alike) / 2, 2))
