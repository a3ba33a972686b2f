"""Names that tell who speaks: of somebody spoken to or spoken of, and of somebody who names themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from build_tools.attribute.names.gather import same_name
from build_tools.attribute.names.mark import core, mark
from build_tools.words import same_word_form

_NAME = r"@(?P<name>\d+)(?![\d*])"
_FIRST = r"(?:(?:so|and|but|well|now|okay|ok|alright|right|yeah|yes|no|sure|great|cool|awesome|anyway|um|uh|oh)(?: ,)? ){0,3}"
_ASKS = (
    r"(?:what|how|why|who|where|when|which|can|could|do|did|does|would|will|are|is|was|were|have|has|tell|"
    r"you|your|you're|you've|let|let's|talk|walk|give|maybe|thank|thanks|i'm|i|we|if|any|it's|welcome)"
)
_ADDRESSES = (
    rf"(?:thanks|thank you)(?: so much| very much| a lot| again)?(?: ,)? {_NAME}(?= [.,?]|$)",
    rf"welcome(?: back| aboard)?(?: ,)? {_NAME}(?= [.,?]|$)",
    rf"{_NAME} ,? ?welcome(?= back| to| [.,?]|$)",
    rf"(?:hi|hey|hello|hey there|hi there|good morning|what's up)(?: ,)? {_NAME}(?= [.,?]|$)",
    rf"(?:(?<=[.?] )|^){_FIRST}{_NAME} , {_ASKS}(?= )",
    rf", {_NAME} \?",
    rf"(?:how are you|how's it going|how are things|how you doing)(?: \w+)?(?: ,)? {_NAME}(?= [.,?]|$)",
    rf"{_NAME} ,? ?(?:thanks|thank you)(?= for| so much| very much)",
)
_SELVES = (
    rf"(?:my name is|my name's) {_NAME}",
    rf"(?:(?<=[.?,] )|(?<= and )|^)(?:i'm|i am) {_NAME}(?= [.,]| and | from |$)",
    rf"your host , {_NAME}",
    rf"(?:i'm|i am) your (?:[\w-]+ ){{0,3}}?(?:host|co-host|friend)(?: [\w-]+){{0,3}} , {_NAME}(?= [.,]|$)",
    rf"(?:i've been|i have been)(?: your host ,?)? {_NAME}",
    rf"(?:(?<=[.?,] )|^)(?:it's |this is )?{_NAME} here(?= [.,]| from |$)",
)
# Whoever is spoken of: not after words with which people say their own names, nor in a longer name.
_OWN_NAME = ("i'm", "am", "it's", "this is", "name is", "name's", "me", "me ,", "myself", "myself ,", "at")
_NOT_OWN = "".join(rf"(?<!\b{words} )" for words in _OWN_NAME)
_MENTIONS = (rf"(?<!\d ){_NOT_OWN}@(?P<name>\d+)\*?(?! here| @| podcast| show)",)
# Words before speech that is only told of.
_TELLS = frozenset("said say says saying like goes asked ask went told was were".split())
_QUOTES = frozenset('"“”')
# In words: how far back a quotation may begin.
_QUOTED = 20

Kind = Literal["address", "self", "mention"]
KINDS: tuple[Kind, ...] = ("address", "self", "mention")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words `first_word`…`last_word` are said to `name` ("address"), by them ("self") or of them ("mention")."""

    first_word: int
    last_word: int
    name: str
    kind: Kind


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w'@])(?:{pattern})(?![\w'])") for pattern in patterns)


# Where several read one name, the first of them counts.
_READS = tuple(
    (kind, pattern)
    for kind, patterns in zip(KINDS, (_ADDRESSES, _SELVES, _MENTIONS), strict=True)
    for pattern in _compiled(patterns)
)


def find_cues(words: Sequence[str], names: Sequence[str]) -> tuple[Cue, ...]:
    """Where one of the `names` is spoken to or of, or names themselves; in order, none twice.

    A given name or a surname alone counts where only one of them has it, and a
    surname that was misheard by a letter or two after the given name.

    >>> find_cues("I'm John Roe. So, Jane, what now?".split(), ["Jane Doe", "John Roe"])
    (Cue(first_word=1, last_word=3, name='John Roe', kind='self'), Cue(first_word=4, last_word=5, name='Jane Doe', kind='address'))
    """
    means = {**dict(_misheard(words, names)), **_meanings(names)}
    marked = mark(words, tuple(means))
    found: dict[int, Cue] = {}
    for kind, pattern in _READS:
        for match in pattern.finditer(marked.text):
            run = marked.runs[int(match["name"])]
            name = means.get(run.name.casefold())
            first = min(marked.word_at(match.start()), run.first_word)
            if name and not _is_quoted(words, first, run.last_word):
                found.setdefault(run.first_word, Cue(first, run.last_word, name, kind))
    return tuple(found[word] for word in sorted(found))


def _is_quoted(words: Sequence[str], first: int, last: int) -> bool:
    """Whether words `first`…`last` are told of, not said: quoted, or after “he said”."""
    before = same_word_form(words[first - 2]) if first > 1 else ""
    return (
        before in _TELLS
        or any(_QUOTES & set(word) for word in words[first - 1 : last])
        or _is_in_quotation(words[max(first - _QUOTED, 1) - 1 : first - 1])
    )


def _is_in_quotation(before: Sequence[str]) -> bool:
    """Whether a quotation that begins in the words before is still open after them.

    >>> _is_in_quotation(["like", '"Oh,']), _is_in_quotation(['"Oh,"', "she", "said,"])
    (True, False)
    """
    for word in reversed(before):
        if word[-1] in _QUOTES:
            return False
        if word[0] in _QUOTES:
            return True
    return False


def _meanings(names: Sequence[str]) -> dict[str, str]:
    """What may be said → the one name it means."""
    spoken: dict[str, set[str]] = {}
    for name in names:
        parts = name.casefold().split()
        for form in {name.casefold(), *parts[:1], *parts[-1:]}:
            if len(form) > 1:
                spoken.setdefault(form, set()).add(name)
    return {form: next(iter(those)) for form, those in spoken.items() if len(those) == 1}


def _misheard(words: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Full names as they were misheard → the one name they may mean.

    >>> dict(_misheard("I met Jane Do and Jane Foe, and Jane came.".split(), ["Jane Doe"]))
    {'jane do': 'Jane Doe', 'jane foe': 'Jane Doe'}
    >>> dict(_misheard("I met Jane Do.".split(), ["Jane Doe", "Jane Roe"]))
    {}
    """
    by_given = defaultdict(list)
    for name in names:
        if " " in name:
            by_given[name.casefold().split()[0]].append(name)
    for given, surname in pairwise(words):
        form = f"{given} {core(surname)}"
        those = [name for name in by_given.get(given.casefold(), ()) if same_name(form, name)]
        if len(those) == 1 and surname[:1].isupper():
            yield form.casefold(), those[0]
