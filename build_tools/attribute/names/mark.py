"""Words → marked text, in which a plain pattern can find what is said of a name.

Every word becomes its plain form in small letters, every break a sign, and
every run of words that may name somebody a number::

    So I'm here with Jane Doe. Jane, welcome!   →   so i'm here with @0 . @1 , welcome .
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wordfreq import zipf_frequency

from build_tools.attribute.names.given import is_given_name

# A word this common (Zipf scale: 4 is once in 100,000 words) that opens a sentence needs no name.
_ORDINARY = 4.0
# One this common (“my”, “are”) needs none even where it is somebody's given name.
_IN_EVERY_TEXT = 6.5
_MOST = 4  # words of one name
_PARTICLES = frozenset("de da di du del der den van von la le bin ibn al el ten ter dos".split())
_TITLES = frozenset("mr mrs ms dr prof professor doctor sir dame senator president mister".split())
# Capitals that begin no name, wherever they stand.
_NEVER = frozenset(
    """i i'm i've i'd i'll ok okay hey hi hello yes no yeah oh so and but well the this that it he she we you
    thanks thank welcome mr mrs ms dr prof professor monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december god ceo cto coo cfo
    english american europe european german french chinese internet twitter google github microsoft apple
    amazon facebook linkedin youtube netflix""".split()
)
_EDGE = re.compile(r"^\W+|\W+$")
_SIGNS = re.compile(r"[@*.,?\s]+")  # they mean something in marked text
_INITIAL = re.compile(r"^[A-Z]\.(?:[A-Z]\.)*$")
_FINAL = re.compile(r"[.!…]|--|\.\.\.")


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first_word`…`last_word` that may name somebody; `owns` where the name is a possessive."""

    first_word: int
    last_word: int
    name: str
    owns: bool = False

    @property
    def is_full(self) -> bool:
        return " " in self.name


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text: `starts[n]` is where word `n + 1` begins in `text`."""

    text: str
    runs: tuple[Run, ...]
    starts: tuple[int, ...]

    def word_at(self, position: int) -> int:
        """The number of the word that begins last before a position of the text, or there."""
        return max(bisect_right(self.starts, position), 1)


def _bare(word: str) -> str:
    """A word without the marks around it, nor those that stand after it alone."""
    return _EDGE.sub("", word.split()[0] if " " in word else word).replace("’", "'")


@lru_cache(maxsize=1 << 15)
def core(word: str) -> str:
    """A word without the marks around it and without a possessive.

    >>> core("“Doe’s,"), core("O'Neil!"), core("C.")
    ('Doe', "O'Neil", 'C')
    """
    bare = _bare(word)
    return bare[:-2] if bare.endswith(("'s", "'S")) and len(bare) > 3 else bare


@lru_cache(maxsize=1 << 15)
def is_ordinary(form: str) -> bool:
    """Whether a word in small letters is one that everybody uses."""
    return form in _NEVER or zipf_frequency(form, "en") >= _ORDINARY


@lru_cache(maxsize=1 << 15)
def _may_open(form: str) -> bool:
    """Whether a word in small letters is a given name that may well open a sentence.

    >>> _may_open("mark"), _may_open("my")
    (True, False)
    """
    return is_given_name(form) and zipf_frequency(form, "en") < _IN_EVERY_TEXT


@lru_cache(maxsize=1 << 15)
def _plain(word: str) -> str:
    return _SIGNS.sub("", _bare(word)).casefold()


@lru_cache(maxsize=1 << 15)
def _break(word: str) -> str:
    """What ends after a word: a sentence, a question, a clause or nothing."""
    tail = word[len(word.rstrip("\"'”’)]*_!?.,;:…—–- ")) :]
    if not tail or _INITIAL.match(word):
        return ""
    if "?" in tail:
        return " ?"
    if _FINAL.search(tail):
        return "" if _plain(word) in _TITLES or word in ("St.", "Jr.") else " ."
    return " ," if any(sign in tail for sign in ",;:—–-") else ""


def mark(words: Sequence[str], known: Collection[str] = ()) -> Marked:
    """The marked text of words; names already `known` are found in small letters too.

    >>> mark("So I'm here with Jane Doe. Jane, welcome!".split()).text
    "so i'm here with @0 . @1 , welcome ."
    """
    runs = _find_runs(words, {name.casefold() for name in known})
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    opening = {run.first_word: number for number, run in enumerate(runs)}
    inside = {n for run in runs for n in range(run.first_word + 1, run.last_word + 1)}
    for number, word in enumerate(words, 1):
        starts.append(length)
        if number in inside:
            sign = ""
        elif number in opening:
            run = runs[opening[number]]
            sign = f"@{opening[number]}{'*' if run.owns else ''}{_break(words[run.last_word - 1])} "
        else:
            sign = f"{_plain(word) or '-'}{_break(word)} "
        parts.append(sign)
        length += len(sign)
    return Marked("".join(parts).rstrip(), tuple(runs), tuple(starts))


def _find_runs(words: Sequence[str], known: set[str]) -> list[Run]:
    forms = [core(word) for word in words]
    opens = [
        n == 0 or _break(words[n - 1]) in (" .", " ?") or words[n][:1] in "\"“'‘(" for n in range(len(words))
    ]
    small = Counter(form for form in forms if form.islower())
    large = Counter(form.casefold() for n, form in enumerate(forms) if form[:1].isupper() and not opens[n])
    firsts = {name.split()[0] for name in known}
    runs: list[Run] = []
    n = 0
    while n < len(words):
        end = _known_run(forms, words, n, known, firsts) or n
        if end == n:
            while end < len(words) and end - n < _MOST and _continues(forms, opens, n, end, small, large):
                end += 1
                if _break(words[end - 1]) or words[end - 1].endswith(("'s", "’s")):
                    break
            while end > n and forms[end - 1].casefold() in _PARTICLES:
                end -= 1
        if end == n:
            n += 1
            continue
        owns = forms[end - 1] != _bare(words[end - 1])
        runs.append(Run(n + 1, end, " ".join(map(_spelled, forms[n:end], words[n:end])), owns))
        n = end
    return runs


def _spelled(form: str, word: str) -> str:
    return f"{form}." if len(form) == 1 and word.startswith(f"{form}.") else form


def _known_run(forms: Sequence[str], words: Sequence[str], n: int, known: set[str], firsts: set[str]) -> int:
    """Where a name already known ends that begins with word `n` (from 0), or 0."""
    if forms[n].casefold() not in firsts:
        return 0
    for size in (4, 3, 2, 1):
        if n + size <= len(words) and " ".join(forms[n : n + size]).casefold() in known:
            if size == 1 and forms[n].islower() and is_ordinary(forms[n].casefold()):
                return 0
            return n + size
    return 0


def _continues(
    forms: Sequence[str], opens: Sequence[bool], first: int, n: int, small: Counter[str], large: Counter[str]
) -> bool:
    """Whether word `n` (from 0) begins a run, or goes on with the one from `first`."""
    form = forms[n]
    plain = form.casefold()
    if n > first and plain in _PARTICLES and form.islower():
        return any(forms[m][:1].isupper() for m in (n + 1, n + 2) if m < len(forms))
    if not form[:1].isupper() or plain in _NEVER or plain in _TITLES or any(map(str.isdigit, form)):
        return False
    if "'" in plain[-3:] and plain.endswith(("'re", "'m", "'ve", "'ll", "'d", "n't")):
        return False
    if n > first and opens[n]:
        return False
    if opens[n] and n == first:
        if len(form) == 1 and n + 1 < len(forms):
            return form != "A" and forms[n + 1][:1].isupper()
        if small[plain] > large[plain]:
            return False
        if not large[plain] and is_ordinary(plain) and not _may_open(plain):
            return False
    return True
