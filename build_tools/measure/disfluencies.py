"""Put stumbles into clean text, one at a time, as recognised speech has them.

Each kind is a plain function from words to `Said`: the words with a stumble,
and which of them it is. It returns nothing where the words have no place for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from build_tools.words import ends_sentence, same_word_form, split_words

_FUNCTION_WORDS = frozenset(
    "a an and are as at be because but by can could did do does for from had has have he her his how i if "
    "in is it its just like my not of on or our she should so some that the their them then there these "
    "they this those to was we were what when where which who why will with would you your it's that's "
    "there's i'm i've i'd i'll we're we've we'll they're they've you're you've don't didn't can't".split()
)
# What a clause may begin after.
_CONJUNCTIONS = frozenset("and but so because if when that think know like or where".split())
_PLAIN = re.compile(r"[\w'’-]+$")
_SOUNDS = ("um", "uh", "er")
_PHRASES = ("you know", "I mean")


@dataclass(frozen=True, slots=True)
class Said:
    """Words with a stumble: `count` of them, from the one at `first` on, were put in."""

    words: tuple[str, ...]
    first: int
    count: int


# How a clause may go on after words that open another: “we have” → “this”.
Continuations = Mapping[tuple[str, ...], Sequence[str]]
Insert = Callable[[Sequence[str], Random], Said | None]


def continuations(texts: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """What follows each one to three words somewhere in the texts.

    >>> continuations(["we have this."])[("we", "have")], continuations(["We, too"])
    ([], {})
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        words = split_words(text)
        for at in range(len(words)):
            for size in (1, 2, 3):
                if at + size < len(words) and _are_plain(words[at : at + size]):
                    following = [words[at + size]] if _PLAIN.match(words[at + size]) else []
                    found.setdefault(_forms(words[at : at + size]), []).extend(following)
    return found


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(same_word_form, words))


def _are_plain(words: Iterable[str]) -> bool:
    return all(map(_PLAIN.match, words))


def _put(words: Sequence[str], at: int, stumble: str) -> Said:
    """Put a stumble before the word at `at`."""
    added = split_words(stumble)
    return Said((*words[:at], *added, *words[at:]), at, len(added))


def _inside(words: Sequence[str]) -> list[int]:
    """Places between two words of a sentence without a mark between them."""
    return [at for at in range(1, len(words)) if _PLAIN.match(words[at - 1])]


def _openings(words: Sequence[str]) -> list[int]:
    return [at for at in range(len(words)) if at == 0 or ends_sentence(words[at - 1])]


def _small(word: str) -> str:
    """A word as it stands inside a sentence, where that can be told."""
    form = same_word_form(word)
    return word if form[:2] in ("i", "i'") or form not in _FUNCTION_WORDS else word[0].lower() + word[1:]


def _great(text: str) -> str:
    return text[0].upper() + text[1:]


def _bare(stumbles: Sequence[str], words: Sequence[str], chance: Random) -> Said | None:
    """“we um go”"""
    places = _inside(words)
    return _put(words, chance.choice(places), chance.choice(stumbles)) if places else None


def _set_off(stumbles: Sequence[str], words: Sequence[str], chance: Random) -> Said | None:
    """“we, um, go”"""
    places = _inside(words)
    if not places:
        return None
    at = chance.choice(places)
    return _put([*words[: at - 1], words[at - 1] + ",", *words[at:]], at, chance.choice(stumbles) + ",")


def _after_comma(stumbles: Sequence[str], words: Sequence[str], chance: Random) -> Said | None:
    """“if so, um, we go”"""
    places = [at for at in range(1, len(words)) if words[at - 1].endswith(",")]
    return _put(words, chance.choice(places), chance.choice(stumbles) + ",") if places else None


def _opening(stumbles: Sequence[str], words: Sequence[str], chance: Random) -> Said | None:
    """“Um, we go”"""
    at = chance.choice(_openings(words))
    stumble = _great(chance.choice(stumbles)) + ","
    return _put([*words[:at], _small(words[at]), *words[at + 1 :]], at, stumble)


def _closing(stumbles: Sequence[str], words: Sequence[str], chance: Random) -> Said | None:
    """“we go, um.”"""
    places = [at for at, word in enumerate(words, 1) if re.fullmatch(r"[\w'’-]+\.", word)]
    if not places:
        return None
    at = chance.choice(places)
    return _put([*words[: at - 1], words[at - 1][:-1] + ",", *words[at:]], at, chance.choice(stumbles) + ".")


def _again(
    sizes: Sequence[int], marks: Sequence[str], words: Sequence[str], chance: Random, times: int = 1
) -> Said | None:
    """“the, the way”, “to where we, to where we go”: small words, or phrases that hold one"""
    size = chance.choice(sizes)
    places = [at for at in range(len(words) - size) if _may_stumble(words[at : at + size])]
    if not places:
        return None
    at = chance.choice(places)
    copy = " ".join(words[at : at + size]) + chance.choice(marks)
    rest = [*words[:at], _small(words[at]), *words[at + 1 :]]
    return _put(rest, at, " ".join([copy, *[_small(copy)] * (times - 1)]))


def _may_stumble(words: Sequence[str]) -> bool:
    return _are_plain(words) and same_word_form(words[0]) in _FUNCTION_WORDS


def _false_start(
    known: Continuations, back: Sequence[int], marks: Sequence[str], words: Sequence[str], chance: Random
) -> Said | None:
    """“the company every — the company is”: `back` words are said again"""
    places = [
        (at, size, other)
        for at in _clauses(words)
        for size in back
        if at + size < len(words)
        for other in _others(known, words[at : at + size + 1])
    ]
    if not places:
        return None
    at, size, other = chance.choice(places)
    rest = [*words[:at], _small(words[at]), *words[at + 1 :]]
    return _put(rest, at, " ".join([*words[at : at + size], other]) + chance.choice(marks))


def _clauses(words: Sequence[str]) -> Iterator[int]:
    """Places where a clause begins with a small word."""
    for at, word in enumerate(words):
        opens = at == 0 or not words[at - 1][-1:].isalnum() or words[at - 1].casefold() in _CONJUNCTIONS
        if opens and same_word_form(word) in _FUNCTION_WORDS - _CONJUNCTIONS:
            yield at


def _others(known: Continuations, words: Sequence[str]) -> list[str]:
    """How others went on after these words but the last, unlike it."""
    if len(words) < 2 or not _are_plain(words[:-1]):
        return []
    forms = _forms(words)
    return [other for other in known.get(forms[:-1], ()) if same_word_form(other) not in forms]


def kinds(known: Continuations) -> dict[str, Insert]:
    """Every kind of stumble by its name."""
    breaks = (" —", "...")
    return {
        "pause": partial(_bare, _SOUNDS),
        "pause, between commas": partial(_set_off, _SOUNDS),
        "pause, after a comma": partial(_after_comma, _SOUNDS),
        "pause, opening": partial(_opening, _SOUNDS),
        "pause, closing": partial(_closing, _SOUNDS),
        "empty phrase, between commas": partial(_set_off, _PHRASES),
        "empty phrase, after a comma": partial(_after_comma, _PHRASES),
        "empty phrase, opening": partial(_opening, _PHRASES),
        "empty phrase, closing": partial(_closing, _PHRASES[:1]),
        "word again": partial(_again, (1,), ("",)),
        "word again, comma": partial(_again, (1,), (",",)),
        "word again, break": partial(_again, (1,), breaks),
        "word again, twice": partial(_again, (1,), (",",), times=2),
        "word again after a pause": partial(_again, (1,), tuple(f", {sound}," for sound in _SOUNDS)),
        "phrase again": partial(_again, (2, 3, 4), ("",)),
        "phrase again, comma": partial(_again, (2, 3, 4), (",",)),
        "phrase again, break": partial(_again, (2, 3, 4), breaks),
        "phrase again, twice": partial(_again, (2, 3, 4), (",",), times=2),
        "false start, one word back, comma": partial(_false_start, known, (1,), (",",)),
        "false start, one word back, break": partial(_false_start, known, (1,), breaks),
        "false start, more words back, comma": partial(_false_start, known, (2, 3), (",",)),
        "false start, more words back, break": partial(_false_start, known, (2, 3), breaks),
    }
