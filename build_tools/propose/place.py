"""Names misheard as ordinary words: told by where they stand, since their letters tell little.

“Running opening” is odd, and elsewhere this archive says “running OpenAI”. So
once it is known where names stand, or stand nearly right, the words beside
them are looked for elsewhere; what stands there is held against the names that
belong there, and less is asked of how it sounds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

from build_tools.propose.known import Known
from build_tools.propose.match import LONGEST, Match, apart, is_inflected
from build_tools.propose.names import Name, frequency
from build_tools.propose.sound import digits, letters_alike, likeness, sound, squash
from build_tools.propose.stretch import Stretch

# A word this frequent (the, of, have) stands beside everything.
_TELLING_ZIPF = 6.0
# How many times likelier beside the name than elsewhere; names that are hardly said tell less.
_LEAST_LIFT, _DOUBT = 10.0, 5
# How alike what stands there must be; where the sound is long and nearly the same, letters do not matter.
_ALIKE, _SOUNDS_ALIKE, _LONG_SOUND = 0.8, 0.9, 5
# What is said often in an interview is meant; so is what stands mostly where the name does not.
OFTEN, _SHARE = 6, 0.25
# “Chat to be”: the head of a name stands there, its letters are heard as little words.
_COMPOUND = re.compile(r"(?P<head>[A-Z][a-z]{3,})(?P<letters>[A-Z]{3,})")
_LETTERS_ALIKE, _LITTLE = 0.4, 3
# “Sore”: no rare word, yet seldom enough to tell where it comes again.
_SELDOM_ZIPF, _AGAIN, _SPELLED_ALIKE, _SHORT = 4.2, 2, 0.7, 4

_Matches = Sequence[Sequence[Match]]  # of each stretch


def by_place(
    said: Sequence[Stretch], named: _Matches, certain: _Matches, known: Mapping[str, Known]
) -> _Matches:
    """What else may be a name, for each stretch of the archive.

    `named` are the names that stand there, `certain` what letters and sound
    tell, `known` the names as each interview knows them. An entry of the
    glossary changes a word wherever it stands; so wherever it stands is told.
    """
    places = _Places(said, [[*names, *found] for names, found in zip(named, certain, strict=True)])
    texts = texts_of(said)
    fitting = [
        _free(
            stretch,
            _likely(stretch, places, texts[stretch.slug], known[stretch.slug]),
            sure,
            known[stretch.slug],
        )
        for stretch, sure in zip(said, certain, strict=True)
    ]
    best: dict[tuple[str, str], Match] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for stretch, matches in zip(said, fitting, strict=True):
        for match in matches:
            key = stretch.slug, heard(stretch, match)
            counts[key] += 1
            best[key] = max(best.get(key, match), match, key=lambda one: one.likeness)
    for slug, form in counts:
        often = texts[slug].count(f" {form} ")
        if often > OFTEN or counts[slug, form] < _SHARE * often:
            del best[slug, form]
    return [
        _free(stretch, _everywhere(stretch, best), sure, known[stretch.slug])
        for stretch, sure in zip(said, certain, strict=True)
    ]


def _free(stretch: Stretch, found: Iterable[Match], certain: Sequence[Match], known: Known) -> list[Match]:
    """The best of what is neither a name already nor told to be one."""
    taken = {index for match in certain for index in range(match.low, match.high)}
    return apart(
        match
        for match in found
        if not taken & set(range(match.low, match.high))
        and not known.holds(stretch.words[match.low : match.high])
    )


def _everywhere(stretch: Stretch, best: Mapping[tuple[str, str], Match]) -> Iterator[Match]:
    """Each window of a stretch that is heard as one of those that may be a name."""
    for low in range(len(stretch.words)):
        for high in range(low + 1, min(low + LONGEST, len(stretch.words)) + 1):
            one = best.get((stretch.slug, " ".join(stretch.words[low:high]).casefold()))
            if one:
                yield Match(low, high, one.name, one.likeness)


def _likely(stretch: Stretch, places: _Places, text: str, known: Known) -> Iterator[Match]:
    expected = places.expected[stretch.slug]
    for low in range(len(stretch.words)):
        yield from _seldom(stretch, low, expected, text, known)
        yield from _spelled(stretch, low, expected)
    yield from places.fitting(stretch)


def texts_of(said: Iterable[Stretch]) -> dict[str, str]:
    """The words of each interview, small, with a bar where a stretch ends."""
    parts: dict[str, list[str]] = defaultdict(list)
    for stretch in said:
        parts[stretch.slug] += [*stretch.words, "|"]
    return {slug: f" {' '.join(words).casefold()} " for slug, words in parts.items()}


def heard(stretch: Stretch, match: Match) -> str:
    """What was heard instead of a name, small."""
    return " ".join(stretch.words[match.low : match.high]).casefold()


# ── beside the same words as the name ────────────────────────────────────────


class _Places:
    """How often names stand in each interview, and in which contexts (“running _”)."""

    def __init__(self, said: Sequence[Stretch], named: _Matches) -> None:
        self.words = sum(len(stretch.words) for stretch in said)
        self.contexts: Counter[str] = Counter()
        self.names: dict[str, Counter[Name]] = defaultdict(Counter)  # by context
        self.said: Counter[Name] = Counter()
        self.expected: dict[str, Counter[Name]] = defaultdict(Counter)
        for stretch, matches in zip(said, named, strict=True):
            for index in range(len(stretch.words) + 1):
                self.contexts.update(_left(stretch.words, index))
                self.contexts.update(_right(stretch.words, index))
            for match in matches:
                self._add(stretch, match)

    def _add(self, stretch: Stretch, match: Match) -> None:
        self.said[match.name] += 1
        self.expected[stretch.slug][match.name] += 1
        for context in (*_left(stretch.words, match.low), *_right(stretch.words, match.high)):
            self.names[context][match.name] += 1

    def fitting(self, stretch: Stretch) -> Iterator[Match]:
        """Windows that stand beside what a name stands beside, and sound like it."""
        words = stretch.words
        left = [self._belong(_left(words, low), stretch.slug) for low in range(len(words))]
        right = [self._belong(_right(words, high), stretch.slug) for high in range(len(words) + 1)]
        for low in range(len(words)):
            for high in range(low + 1, min(low + LONGEST, len(words)) + 1):
                for name in sorted(left[low] | right[high], key=lambda name: name.written):
                    alike = _alike(" ".join(words[low:high]), name.written)
                    if alike >= _ALIKE:
                        yield Match(low, high, name, round(alike, 2))

    def _belong(self, contexts: Iterator[str], slug: str) -> set[Name]:
        """The names of an interview that are likelier in a context than elsewhere."""
        return {
            name
            for context in contexts
            for name, count in self.names.get(context, {}).items()
            if name in self.expected[slug]
            and name.sure
            and len(squash(name.written)) > 2  # “AI” is like too much
            and count / (self.said[name] + _DOUBT) >= _LEAST_LIFT * self.contexts[context] / self.words
        }


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
    """How alike, 0…1; 0 where a word is shared, for then the context tells nothing more."""
    one, other = sound(heard), sound(name)
    if digits(heard) != digits(name) or one[:1] != other[:1] or set(heard.split()) & set(name.split()):
        return 0.0
    if is_inflected(squash(heard), squash(name)):
        return 0.0
    if len(squash(name)) <= _SHORT and letters_alike(squash(heard), squash(name)) < _SPELLED_ALIKE:
        return 0.0
    if len(other) >= _LONG_SOUND and float(Indel.normalized_similarity(one, other)) >= _SOUNDS_ALIKE:
        return max(likeness(heard, name), _ALIKE)
    return likeness(heard, name)


# ── letters heard as little words ────────────────────────────────────────────


def _spelled(stretch: Stretch, low: int, expected: Iterable[Name]) -> Iterator[Match]:
    """“Chat to be”, “Chad to BT”: a head that sounds right, and two little words in place of letters."""
    rest = stretch.words[low + 1 : low + 3]
    if len(rest) < 2 or any(len(word) > _LITTLE for word in rest):
        return
    head = stretch.words[low]
    for name in expected:
        parts = _COMPOUND.fullmatch(name.written)
        if parts and sound(head) == sound(parts["head"]):
            alike = min(
                letters_alike(squash(head), squash(parts["head"])),
                float(Indel.normalized_similarity(sound(" ".join(rest)), sound(parts["letters"]))),
            )
            if alike >= _LETTERS_ALIKE:
                yield Match(low, low + 3, name, round((1 + alike) / 2, 2))


# ── a word that is seldom said, again and again ──────────────────────────────


def _seldom(stretch: Stretch, low: int, expected: Iterable[Name], text: str, known: Known) -> Iterator[Match]:
    """“Sore”, where “Sora” is spoken of: sounds the same, is no frequent word, and comes again."""
    word = stretch.words[low]
    if not word.islower() or frequency(word) >= _SELDOM_ZIPF or sound(word) not in known.by_sound:
        return
    if text.count(f" {word} ") < _AGAIN:
        return
    for name in known.by_sound[sound(word)]:
        alike = letters_alike(squash(word), squash(name.written))
        if name in expected and not name.is_term and _SPELLED_ALIKE <= alike < 1:
            yield Match(low, low + 1, name, round((1 + alike) / 2, 2))
