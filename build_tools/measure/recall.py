"""How much cleaning finds: stumbles put into clean text, and the share taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from build_tools.clean import rules_of
from build_tools.clean.engine import clean
from build_tools.measure.disfluencies import Insert, Said, continuations, kinds
from build_tools.measure.passages import Passage
from build_tools.words import join, same_words, split_words


@dataclass(frozen=True, slots=True)
class Recall:
    """Of `tried` stumbles of a kind, those gone with all other words left, and those gone to the letter."""

    kind: str
    tried: int
    gone: int
    exact: int

    @property
    def share(self) -> float:
        return self.gone / self.tried if self.tried else 0.0

    @property
    def exact_share(self) -> float:
        return self.exact / self.tried if self.tried else 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One stumble put into one text: what was said, what is wanted, what cleaning made of it."""

    said: Said
    wanted: str
    got: str


def cleaned_text(words: Sequence[str], prior: int) -> str:
    """The text of one turn after cleaning."""
    return join(clean(words, 1, rules_of(prior))[0])


def measure_recall(passages: Iterable[Passage]) -> list[Recall]:
    """The recall of each kind of stumble, each put once into each passage."""
    return [_count(kind, made) for kind, made in trials(passages).items()]


def trials(passages: Iterable[Passage]) -> dict[str, list[Trial]]:
    """Every stumble that was put in, by kind, and what became of it.

    What cleaning makes of the text as it was is what is wanted, since even
    text that people have edited holds a stumble here and there.
    """
    wanted = [replace(p, text=cleaned_text(split_words(p.text), p.prior)) for p in passages]
    inserts = kinds(continuations(passage.text for passage in wanted))
    return {kind: list(_try(kind, insert, wanted)) for kind, insert in inserts.items()}


def _try(kind: str, insert: Insert, wanted: Iterable[Passage]) -> Iterable[Trial]:
    for passage in wanted:
        said = insert(split_words(passage.text), Random(f"{kind} {passage.where}"))
        if said:
            yield Trial(said, passage.text, cleaned_text(said.words, passage.prior))


def _count(kind: str, made: Sequence[Trial]) -> Recall:
    gone = sum(same_words(trial.wanted, trial.got) for trial in made)
    return Recall(kind, len(made), gone, sum(trial.wanted == trial.got for trial in made))
