"""Names that tell who speaks: somebody spoken to, and somebody who names themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from build_tools.attribute.names.mark import mark
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
    rf"(?:i've been|i have been)(?: your host ,?)? {_NAME}",
)
# Words before speech that is only told of.
_TELLS = frozenset("said say says saying like goes asked ask went told was were".split())
_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Cue:
    """Words `first_word`…`last_word` are said to `name` ("address") or by them ("self")."""

    first_word: int
    last_word: int
    name: str
    kind: Literal["address", "self"]


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w'@])(?:{pattern})(?![\w'])") for pattern in patterns)


_KINDS: tuple[tuple[Literal["address", "self"], tuple[re.Pattern[str], ...]], ...] = (
    ("address", _compiled(_ADDRESSES)),
    ("self", _compiled(_SELVES)),
)


def find_cues(words: Sequence[str], names: Sequence[str]) -> tuple[Cue, ...]:
    """Where one of the `names` is spoken to, or names themselves; in order, none twice.

    A given name or a surname alone counts where only one of them has it.

    >>> find_cues("I'm John Roe. So, Jane, what now?".split(), ["Jane Doe", "John Roe"])
    (Cue(first_word=1, last_word=3, name='John Roe', kind='self'), Cue(first_word=4, last_word=5, name='Jane Doe', kind='address'))
    """
    means = _meanings(names)
    marked = mark(words, tuple(means))
    found: dict[int, Cue] = {}
    for kind, patterns in _KINDS:
        for pattern in patterns:
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
    return before in _TELLS or any(_QUOTES & set(word) for word in words[first - 1 : last])


def _meanings(names: Sequence[str]) -> dict[str, str]:
    """What may be said → the one name it means."""
    spoken: dict[str, set[str]] = {}
    for name in names:
        parts = name.casefold().split()
        for form in {name.casefold(), *parts[:1], *parts[-1:]}:
            if len(form) > 1:
                spoken.setdefault(form, set()).add(name)
    return {form: next(iter(those)) for form, those in spoken.items() if len(those) == 1}
