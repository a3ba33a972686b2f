"""Which known name some words are most like, by their letters and their sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Prefix

from build_tools.propose.known import VERSION, Known
from build_tools.propose.names import Name, frequency, has_inner_capital
from build_tools.propose.sound import digits, letters_alike, likeness, sound, squash
from build_tools.propose.stretch import Stretch

LONGEST = 4  # words
# As in `vocabulary`: a word this frequent is a word; alone it is never proposed.
ORDINARY_ZIPF = 3.0
# How alike: with a word nobody knows, where the sound is the same; with capitals; where all words are plain.
_STRANGE, _PROPER, _PLAIN = 0.77, 0.82, 0.85
# The same with a strange word, where nothing tells that the name is expected there.
_OTHER = 0.9
RARE_ZIPF = 1.5  # what English knows, though nobody uses it
_SHORT, _SHORT_ALIKE = 4, 0.6  # letters, share
_LITTLE_ZIPF = 6.0  # “the”, “is”: no part of a name
# A plain phrase is proposed only where name and sound leave little to chance.
_LEAST_LETTERS, _LEAST_SOUND = 8, 5
# A word that both share makes the rest of a name likelier to be misheard.
_SHARED = 0.16
_ENDINGS = {"", *"sden", "es", "ed", "ing", "er", "ers", "ic", "ism", "an", "ly", "ally", "ize", "izes"}
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\.?")
_ADDRESS = re.compile(r"\w_|\w\.\w\w")


@dataclass(frozen=True, slots=True)
class Match:
    """Words `low` to `high` (not with it) of a stretch may be a name."""

    low: int
    high: int
    name: Name
    likeness: float  # 0…1


def believed(names: Iterable[Name]) -> Known:
    """What is like a sure name does not count as one itself, however often it was heard."""
    told = tuple(names)
    sure = Known(name for name in told if name.sure)
    return Known(name for name in told if name.sure or not _is_misheard(name.written, sure))


def _is_misheard(name: str, known: Known) -> bool:
    words = name.split()
    return match(words, [True] * len(words), known) is not None


def matches(stretch: Stretch, known: Known) -> list[Match]:
    """The best matches of a stretch, none of which overlap."""
    words, proper = stretch.words, stretch.proper
    found = [
        Match(low, high, *told)
        for low in range(len(words))
        for high in range(low + 1, min(low + LONGEST, len(words)) + 1)
        if all(words[low:high]) and (told := match(words[low:high], proper[low:high], known))
    ]
    return apart(found)


def names_in(stretch: Stretch, known: Known) -> Iterator[Match]:
    """The names that stand in a stretch as they should, but for capitals."""
    words = stretch.words
    for low in range(len(words)):
        for high in range(low + 1, min(low + LONGEST, len(words)) + 1):
            name = known.named(words[low:high])
            if name and name.written.casefold() == " ".join(words[low:high]).casefold():
                yield Match(low, high, name, 1.0)


def apart(found: Iterable[Match]) -> list[Match]:
    """The best of those that overlap; of equals the shortest."""
    kept: list[Match] = []
    for one in sorted(found, key=lambda match: (-match.likeness, match.high - match.low, match.low)):
        if all(one.high <= other.low or one.low >= other.high for other in kept):
            kept.append(one)
    return kept


def match(words: Sequence[str], proper: Sequence[bool], known: Known) -> tuple[Name, float] | None:
    """The known name that words are most like, if they are no name and no plain words themselves.

    `proper` tells which words have a capital that no sentence gave them.

    >>> known = Known([Name("OpenAI", ""), Name("Sam Altman", ""), Name("DeepSeek", "")])
    >>> for heard in ("Open EI", "Sam Alman", "Tim Cook"):
    ...     found = match(heard.split(), [True, True], known)
    ...     print(found and (found[0].written, found[1]))
    ('OpenAI', 0.92)
    ('Sam Altman', 0.93)
    None
    >>> match(["deep", "seek"], [False, False], known)[0].written
    'DeepSeek'
    """
    same = known.named(words)
    if same:
        return (same, 1.0) if _respelled(words, proper, same) else None
    text = " ".join(words)
    version = _version(text, known)
    if version:
        return (version, 1.0) if version.written != text else None
    found = _unlike_english(words, proper, known) or _like_english(words, known)
    return found if found and not known.holds(words) else None


def _unlike_english(words: Sequence[str], proper: Sequence[bool], known: Known) -> tuple[Name, float] | None:
    """The best name for words of which one is strange, or which have capitals as names have."""
    strange = any(map(is_strange, words))
    if not strange and not (len(words) > 1 and any(proper)):
        return None
    if len(words) > 1 and (_is_little(words[0]) or _is_little(words[-1])):
        return None
    text = " ".join(words)
    if _ADDRESS.search(text):
        return None
    rare = not any(proper) and all(frequency(word) >= RARE_ZIPF for word in words)  # English, after all
    if rare:
        return _best(text, known.by_sound.get(sound(text), ()), _PLAIN)
    found = _best(text, known.by_sound.get(sound(text), ()), _STRANGE) if strange else None
    start = sound(text)[:1]
    found = found or _best(text, known.expected.get(start, ()), _PROPER)
    return found or (_best(text, known.others.get(start, ()), _OTHER) if strange else None)


def _like_english(words: Sequence[str], known: Known) -> tuple[Name, float] | None:
    """The best name for plain words: as many, and sounding the same."""
    text = " ".join(words)
    if len(words) == 1 and "-" not in text:
        return None
    heard = sound(text)
    alike = known.by_sound.get(heard, ()) if len(heard) >= _LEAST_SOUND else ()
    return _best(
        text, [one for one in alike if len(one.written.split()) == len(words) or "-" in text], _PLAIN
    )


def _is_little(word: str) -> bool:
    """Whether a word stands before or after everything, and so is no part of a name."""
    return frequency(word) >= _LITTLE_ZIPF


def _version(text: str, known: Known) -> Name | None:
    """A member of a known family that is not known itself.

    >>> known = Known([Name("GPT-4", "in topics.yml")])
    >>> found = [_version(text, known) for text in ("GPT 3.5", "GPD5", "XYZ 5")]
    >>> [name and name.written for name in found], found[0].known_from
    (['GPT-3.5', 'GPT-5', None], 'like GPT-4, in topics.yml')
    """
    found = VERSION.fullmatch(text)
    like = known.families.get(sound(found["family"])) if found else None
    if not found or not like:
        return None
    written = f"{like.written.rpartition('-')[0]}-{found['number']}"
    return Name(written, f"like {like.written}, {like.known_from}")


def _respelled(words: Sequence[str], proper: Sequence[bool], name: Name) -> bool:
    """Whether the same letters stand here in a way an editor would put right."""
    text, written = " ".join(words), name.written
    if written.isupper() and _DOTTED.fullmatch(text):
        return text != written
    if text.casefold() == written.casefold():
        camel = any(map(has_inner_capital, written.split())) and not written.isupper()
        if not name.sure and text.islower() and frequency(text) >= RARE_ZIPF:
            return False
        return text != written and camel and len(written) > 4 and not text.isupper()
    if _parts(text) == _parts(written) and not digits(text):  # only a hyphen, or a blank
        return not name.slugs and name.sure and " " not in written
    if len(words) == 1 and not set(text) & set("-.0123456789"):
        return False
    if len(squash(text)) < 3 or (_is_little(words[-1]) and not written.endswith(words[-1].title())):
        return False
    return len(squash(text)) >= _LEAST_LETTERS or any(proper) or any(map(is_strange, words))


def _parts(text: str) -> list[str]:
    return text.casefold().replace("-", " ").split()


def _best(text: str, names: Iterable[Name], least: float) -> tuple[Name, float] | None:
    found = [(alike, name) for name in names if (alike := _alike(text, name.written)) >= least]
    if not found:
        return None
    alike, name = max(found, key=lambda pair: (pair[0], pair[1].written))
    return name, round(alike, 2)


def _alike(heard: str, name: str) -> float:
    """How alike, or 0 where letters or digits tell that they differ."""
    one, other = squash(heard), squash(name)
    if abs(len(one) - len(other)) > 4 or digits(heard) != digits(name) or is_inflected(one, other):
        return 0.0
    if len(other) <= _SHORT and not (
        sound(heard) == sound(name)
        and letters_alike(one, other) >= _SHORT_ALIKE
        and len(one) < len(other) + 2
    ):
        return 0.0  # short names are like too much
    if sound(heard)[:1] != sound(name)[:1]:
        return 0.0
    return min(likeness(heard, name), likeness(*_apart(heard.split(), name.split())) + _SHARED)


def is_inflected(one: str, other: str) -> bool:
    """Whether two squashed texts are forms of one word.

    >>> is_inflected("codex", "codexes"), is_inflected("commoditizes", "commoditized")
    (True, True)
    >>> is_inflected("sore", "sora"), is_inflected("amode", "amodei")
    (False, False)
    """
    stem = int(Prefix.similarity(one, other))
    return {one[stem:], other[stem:]} <= _ENDINGS


def _apart(one: list[str], other: list[str]) -> tuple[str, str]:
    """Two texts without the words that both begin or end with.

    >>> _apart("Jensen Wang".split(), "Jensen Huang".split())
    ('Wang', 'Huang')
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return " ".join(one), " ".join(other)


@lru_cache(maxsize=1 << 16)
def is_strange(word: str) -> bool:
    """Whether a word is none of English, nor made of English words.

    >>> [is_strange(word) for word in ("chatchipyT", "people", "doomers", "take-off", "GPT", "1999")]
    [True, False, False, False, True, False]
    """
    if not any(map(str.isalpha, word)):
        return False
    parts = [part for part in re.split(r"[-/]", word) if part]
    return any(frequency(part) < ORDINARY_ZIPF and not _is_inflected(part) for part in parts)


def _is_inflected(word: str) -> bool:
    form = word.casefold()
    endings = ("'s", "’s", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "able")
    return any(
        form.endswith(ending) and frequency(form.removesuffix(ending)) >= ORDINARY_ZIPF + 0.5
        for ending in endings
        if len(form) > len(ending) + 2
    )
