"""Whether a speaker breaks off between two words: “there's a, uh, it was”. A comma stays there."""

from __future__ import annotations

DETERMINERS = frozenset("the a an my your our their".split())
_NOMINATIVES = frozenset("i we they he she".split())
_CONTRACTED = frozenset(
    "i'm i've i'd i'll we're we've we'd we'll they're they've they'd they'll you're you've "
    "it's that's there's he's she's".split()
)
_SUBJECTS = _NOMINATIVES | _CONTRACTED
_OPENERS = frozenset("it you that this there if when and but because so".split())
_BE = frozenset("is are was were".split())
_MODALS = frozenset("can could will would should".split())
_CONDITIONS = frozenset("if when because unless until".split())
_NEGATED = frozenset("don't doesn't didn't can't couldn't won't wouldn't shouldn't".split())
# Before “is” they ask: “what is, um, there to say?”
_INVERTED = frozenset(["", *"and but so or well what how where why who when".split()])

# Behind one of the words on the left, one of those on the right begins something else.
_CANNOT_MEET = (
    (
        DETERMINERS,
        _SUBJECTS
        | _OPENERS
        | _BE
        | frozenset("doing being having going getting maybe probably perhaps".split()),
    ),
    (frozenset(["of", "like"]), _SUBJECTS | _MODALS | frozenset("if when do because".split())),
    (_NOMINATIVES, _SUBJECTS | _OPENERS | DETERMINERS | frozenset("to in at for with from are is".split())),
    (frozenset(["it"]), _CONTRACTED | frozenset(["that", "this"])),
    (frozenset(["be"]), _BE),
    (_MODALS, _CONTRACTED),
    (_CONDITIONS, _CONDITIONS),
    (_NEGATED, _SUBJECTS | DETERMINERS),
    (
        frozenset(
            "to with in on at for from by into about just really very probably actually have let's".split()
        )
        | _CONTRACTED,
        _SUBJECTS | frozenset(["there", "let's"]),
    ),
    (frozenset(["just"]), frozenset(["if"])),
)


def breaks_off(earlier: str, before: str, after: str) -> bool:
    """Whether a clause begins after two words that cannot end one.

    >>> breaks_off("", "a", "it"), breaks_off("", "to", "we've"), breaks_off("", "to", "it")
    (True, True, False)
    >>> breaks_off("", "we", "to"), breaks_off("", "can", "we're"), breaks_off("", "can", "we")
    (True, True, False)
    >>> breaks_off("", "we've", "that's"), breaks_off("", "we've", "been")
    (True, False)
    >>> breaks_off("is", "when", "if"), breaks_off("you", "don't", "the"), breaks_off("we", "can't", "see")
    (True, True, False)
    >>> breaks_off("", "that's", "that"), breaks_off("by", "the", "doing"), breaks_off("would", "be", "is")
    (True, True, True)
    >>> breaks_off("i", "was", "there"), breaks_off("so", "was", "there"), breaks_off("", "let's", "we")
    (True, False, True)
    """
    if before != after and _stem(before) == _stem(after):  # “that's, you know, that is”
        return True
    if before in _BE and after in _BE:
        return True
    if before in _BE and earlier not in _INVERTED:
        return after in _SUBJECTS | {"there", "you", "let's", "suppose"}
    return any(before in left and after in right for left, right in _CANNOT_MEET)


def _stem(word: str) -> str:
    return word.partition("'")[0]
