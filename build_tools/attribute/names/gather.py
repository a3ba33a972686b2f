"""Everything said of one person, brought together under one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from build_tools.attribute.names.cues import ABSENT, ENDING, OPENING, Said
from build_tools.attribute.names.given import is_given_name, is_surname
from build_tools.attribute.names.mark import Marked, is_ordinary

# Kinds that tell of somebody elsewhere, or of no person.
AWAY = frozenset({"owns", "he says", "book"})
# Kinds in which somebody says their own name.
OWN = frozenset({"your host", "i am, opening", "i am, later", "i am, first", "i have been"})
# What no surname is, though many a firm's name ends so.
_FIRMS = frozenset(
    "ai cloud club community conference foundation group inc institute labs meetup network podcast project "
    "radio school show software studio studios summit systems team university".split()
)
_SHOWS = frozenset({"podcast", "show"})
# More names than anybody hears; a text of more is no talk.
_MOST_NAMES = 300
# In words: a full name said before this is likely that of somebody who takes part.
EARLY = 150


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name, by which word it is said first, where each kind of thing is said beside it, and all its places."""

    name: str
    word: int
    said: Mapping[str, tuple[int, ...]]
    places: tuple[int, ...]

    def times(self, kind: str) -> int:
        """How often a kind of thing is said."""
        return len(self.said.get(kind, ()))


def is_firm(name: str) -> bool:
    """Whether a name ends as names of firms and shows do."""
    return name.casefold().split()[-1] in _FIRMS


def is_personal(name: str) -> bool:
    """Whether a name reads like a person's, not a firm's or a thing's.

    >>> [is_personal(name) for name in ("Jane Doe", "Open Source", "JavaScript", "Jane", "AI", "J. R. Doe")]
    [True, False, True, True, False, True]
    """
    parts = name.split()
    if len(parts) == 1:
        form = name.casefold()
        is_short = name.isupper() and len(name) < 5  # letters that stand for something
        return not is_short and (is_given_name(form) or not is_ordinary(form))
    if is_firm(name):
        return False
    if parts[0].isupper() and len(parts[0]) > 2 and not name.isupper():
        return False
    if is_given_name(parts[0].casefold()):
        return not (parts[-1].isupper() and len(parts[-1]) in (2, 3))
    if is_surname(parts[-1].casefold()):
        return not is_ordinary(parts[0].casefold()) or len(parts[0].strip(".")) == 1
    is_plain = any(is_ordinary(part.casefold()) for part in parts if len(part) > 2)
    return not is_plain and not (parts[-1].isupper() and len(parts[-1]) > 1)


def gather(marked: Marked, said: Iterable[Said], known: Sequence[str] = ()) -> list[Candidate]:
    """The candidates of a text, each under the fullest name it is sure to have."""
    early = (run for run in marked.runs if run.first_word <= EARLY and run.is_full)
    items = [*said, *(Said(run, "named early") for run in early), *_shows(marked)]
    spoken = [one for one in items if one.kind not in AWAY]
    fulls = _fulls(marked, spoken, known)
    keys: dict[str, str] = {}
    found: dict[str, list[Said]] = defaultdict(list)
    for one in items:
        name = one.run.name
        if name not in keys:
            keys[name] = _key(name, fulls)
        found[keys[name]].append(one)
    places: dict[str, list[int]] = defaultdict(list)
    for run in marked.runs:
        if run.name in keys:
            places[keys[run.name]].append(run.first_word)
    made = []
    for name, those in found.items():
        near = [one for one in those if one.kind not in AWAY]
        kinds = {one.kind for one in those}
        if near and ABSENT not in kinds and (is_personal(name) or _is_own(name, kinds)):
            made.append(Candidate(name, _told_at(name, near), _by_kind(those), tuple(places[name])))
    return sorted(made, key=lambda one: (-len(one.said), one.word, one.name))[:_MOST_NAMES]


def _shows(marked: Marked) -> Iterator[Said]:
    """Whoever the show of a text is named after is its host: the Jane Doe Podcast."""
    for run in marked.runs:
        name, _, last = run.name.rpartition(" ")
        if last.casefold() in _SHOWS and " " in name and run.first_word <= OPENING and is_personal(name):
            yield Said(replace(run, name=name), "your host")


def _is_own(name: str, kinds: Collection[str]) -> bool:
    """Whether somebody says that this is their name, and it is no ordinary word."""
    return not OWN.isdisjoint(kinds) and not is_ordinary(name.casefold().split()[0]) and not is_firm(name)


def _by_kind(those: Iterable[Said]) -> dict[str, tuple[int, ...]]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for one in those:
        by_kind[one.kind].append(one.run.first_word)
    return {kind: tuple(words) for kind, words in by_kind.items()}


def _told_at(name: str, near: Sequence[Said]) -> int:
    """The first word of the name where it is said first, in full if it is anywhere."""
    full = [one.run.first_word for one in near if one.run.name == name]
    return min(full or (one.run.first_word for one in near))


def _fulls(marked: Marked, spoken: Sequence[Said], known: Sequence[str]) -> dict[str, int]:
    """Full names a bare given name may stand for → how well each is placed (0 is best)."""
    ranks: dict[str, int] = {name: 0 for name in known if " " in name}
    last = marked.runs[-1].first_word if marked.runs else 0
    edges = (run for run in marked.runs if run.first_word < OPENING or run.first_word > last - ENDING)
    placed = [(one.run, 1) for one in spoken] + [(run, 2) for run in edges]
    for name, rank in dict.fromkeys((run.name, rank) for run, rank in placed if run.is_full):
        if len(ranks) < _MOST_NAMES and is_personal(name):
            ranks.setdefault(_merge(name, ranks), rank)
    return ranks


def _merge(name: str, ranks: Mapping[str, int]) -> str:
    """The spelling of a full name that stands already, if one does."""
    return next((other for other in ranks if same_name(name, other)), name)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, but for a slip of the ear or a short form.

    >>> same_name("Jane Do", "Jane Doe"), same_name("Greg Roe", "Gregory Roe"), same_name("Jane Doe", "John Doe")
    (True, True, False)
    """
    if one[:1].casefold() != other[:1].casefold():
        return False
    left, right = _parts(one), _parts(other)
    if left == right or min(len(left), len(right)) < 2:
        return left == right
    slips = Levenshtein.distance(" ".join(left), " ".join(right))
    return (
        slips <= 1
        or (left[0] == right[0] and slips <= 2)
        or (left[-1] == right[-1] and _is_short_form(left[0], right))
    )


def _key(name: str, fulls: Mapping[str, int]) -> str:
    """The full name that a name stands for, or itself where that is none, or any of several."""
    if " " in name:
        return _merge(name, fulls)
    form = name.casefold()
    for fits in (_is_part, _is_short_form):
        for rank in (0, 1, 2):
            those = [full for full, own in fulls.items() if own == rank and fits(form, _parts(full))]
            if those:
                return those[0] if len(those) == 1 else name
    return name


@lru_cache(maxsize=1 << 12)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().split())


def _is_part(form: str, parts: Sequence[str]) -> bool:
    return form in (parts[0], parts[-1])


def _is_short_form(form: str, parts: Sequence[str]) -> bool:
    """Whether one given name is the short form of the other: Matt, Matthew; Nick, Nicholas; Dave, David."""
    stem = form[:-1] if form.endswith(("ck", "ve")) else form
    return min(len(stem), len(parts[0])) >= 3 and (parts[0].startswith(stem) or form.startswith(parts[0]))
