"""A system asked about talks, and how it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from build_tools.evaluate import scores
from build_tools.evaluate.names import is_right, plain
from build_tools.evaluate.scores import Stretch
from build_tools.evaluate.systems import System
from build_tools.evaluate.talks import Talk


@dataclass(frozen=True, slots=True)
class Answered:
    """A talk, and who says its words beside whom they were given to."""

    talk: Talk
    stretches: tuple[Stretch, ...]


# How a system is asked about a talk, and what counts as right.
Ask = Callable[[System, Talk], Answered]


def by_role(system: System, talk: Talk) -> Answered:
    """Asked without names; right is the role, as speakers have it in the answer."""
    said_by = [talk.roles[who] if who else "" for who in talk.speakers]
    given = system(talk.transcript, ())
    return Answered(talk, tuple(scores.line_up(said_by, given, lambda one: one.role)))


def by_either(system: System, talk: Talk) -> Answered:
    """Asked without names; the roles stand for speakers in whichever way is best."""
    given = system(talk.transcript, ())
    found = scores.line_up(talk.speakers, given, lambda one: one.role)
    return Answered(talk, tuple(scores.best_mapping(found)))


def by_name(system: System, talk: Talk) -> Answered:
    """Asked with the names and roles of all who take part, as an editor may give them; right is the name."""
    given = system(talk.transcript, talk.people)
    found = scores.line_up(talk.speakers, given, lambda one: one.speaker.name if one.speaker else "")
    return Answered(talk, tuple(found))


def by_found_name(system: System, talk: Talk) -> Answered:
    """Asked without names, of a system that finds them; right is who speaks, by name or given name.

    Words given to a part alone are given to nobody: a page names nobody there.
    """
    given = system(talk.transcript, ())
    found = scores.line_up(
        talk.speakers,
        given,
        lambda one: _as_answered(one.speaker.name, one.role, talk) if one.speaker else "",
    )
    return Answered(talk, tuple(found))


def _as_answered(name: str, role: str, talk: Talk) -> str:
    """A name that was found, as the answer spells it; of several it may mean, whoever plays the same part."""
    meant = [who for who in talk.roles if who and is_right(name, plain(who))]
    return next((who for who in meant if talk.roles[who] == role), next(iter(meant), name))


@dataclass(frozen=True, slots=True)
class Figures:
    """Scores of a row of talks: means over talks, but for `pooled`, words right over all words."""

    talks: int
    words: int
    right: float
    pooled: float
    balanced: float
    precision: float
    recall: float
    f1: float


def figures(answered: Sequence[Answered]) -> Figures:
    """Scores of one talk or more. Raises `ValueError` where there is none."""
    if not answered:
        raise ValueError("no talk to measure on")
    found = [one.stretches for one in answered]
    changes = [scores.boundaries(one) for one in found]
    every = pooled(answered)
    return Figures(
        talks=len(found),
        words=scores.words_in(every),
        right=fmean(map(scores.words_right, found)),
        pooled=scores.words_right(every),
        balanced=fmean(map(scores.balanced, found)),
        precision=fmean(one.precision for one in changes),
        recall=fmean(one.recall for one in changes),
        f1=fmean(one.f1 for one in changes),
    )


def pooled(answered: Iterable[Answered]) -> list[Stretch]:
    """The stretches of all talks, for scores over words wherever they stand."""
    return [stretch for one in answered for stretch in one.stretches]


def by_show(answered: Iterable[Answered]) -> dict[str, list[Answered]]:
    """Talks by their show, shows by name."""
    shows: dict[str, list[Answered]] = {}
    for one in sorted(answered, key=lambda one: one.talk.show):
        shows.setdefault(one.talk.show, []).append(one)
    return shows
