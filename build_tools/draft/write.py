"""An interview as nobody has corrected it yet → the text of its edition.

The words are the raw words, with their encoding repaired and, where they came
without any, with full stops and capitals: what the page would say. Whatever
stands in them is escaped, so that the edition is proven as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from build_tools.clean import FOR_UNEDITED
from build_tools.clean.engine import clean
from build_tools.clean.mojibake import repairs
from build_tools.edition.marks import escape
from build_tools.edition.meta import wrong_name
from build_tools.model import Interview, Person, Turn
from build_tools.replay import replay
from build_tools.words import fingerprint, is_word, join, same_word_form, split_words

# How many places are named at the top, and how many of their words.
_PLACES, _FIRST_WORDS = 10, 7
# How much of what guesses promise is right where parts are unclear: in dev .50 for .66 in talks of two,
# .37 for .53 where more speak.
_UNCLEAR = 0.7


def edition_text(interview: Interview, known: Mapping[str, Person]) -> str:
    """The edition of an interview; `known` are the people who have an entry, by id."""
    told = _writable(interview, known)
    return f"---\n{_front_matter(told, known)}---\n\n{_body(told)}"


def _writable(interview: Interview, known: Mapping[str, Person]) -> Interview:
    """The interview without names that an edition cannot hold: Unknown is better than a name that is none."""

    def can_stand(person: Person) -> bool:
        return known.get(person.id) == person or not wrong_name(person.name, known)

    return replace(
        interview,
        people=tuple(who for who in interview.people if can_stand(who.person)),
        turns=tuple(
            turn if turn.speaker is None or can_stand(turn.speaker) else replace(turn, speaker=None)
            for turn in interview.turns
        ),
    )


# ── how sure ─────────────────────────────────────────────────────────────────


def how_sure(interview: Interview) -> str:
    """How much of an interview is told, and how surely."""
    right, named = expected_right(interview), surely_named(interview)
    if not right:
        return "who speaks could not be told"
    return (
        f"about {percent(right)} of the words should be under the right speaker, "
        f"{percent(named)} stand under a name without (?)"
    )


def expected_right(interview: Interview) -> float:
    """The share of words expected to be under the right speaker: Σ words × confidence / words.

    Less of it where it is not clear who is a host and who a guest.
    """
    share = sum(_length(turn) * _sureness(turn) for turn in interview.turns) / interview.word_count
    return share if interview.has_clear_parts else share * _UNCLEAR


def surely_named(interview: Interview) -> float:
    """The share of words that stand under a name without (?)."""
    named = (_length(turn) for turn in interview.turns if turn.speaker and not turn.uncertain)
    return sum(named) / interview.word_count


def most_doubtful(turns: Iterable[Turn]) -> list[Turn]:
    """The ten turns most worth a look: those with the most words expected wrong, or nobody's."""
    doubtful = [turn for turn in turns if _doubtful_words(turn) > 0]
    return sorted(doubtful, key=lambda turn: (-_doubtful_words(turn), turn.first_word))[:_PLACES]


def _length(turn: Turn) -> int:
    return turn.last_word - turn.first_word + 1


def _sureness(turn: Turn) -> float:
    """How sure it is who speaks; not at all where nobody is named and no part told."""
    return turn.confidence if turn.speaker or turn.role else 0.0


def _doubtful_words(turn: Turn) -> float:
    return _length(turn) * (1 - _sureness(turn))


def percent(share: float) -> str:
    """A share, never rounded up: what is not quite sure is not called 100%.

    >>> percent(0.999), percent(1.0)
    ('99%', '100%')
    """
    return f"{int(share * 100 + 1e-9)}%"


# ── the front matter ─────────────────────────────────────────────────────────


def _front_matter(interview: Interview, known: Mapping[str, Person]) -> str:
    words = _words(interview)
    facts = {
        "title": interview.title,
        "date": interview.date,
        "outlet": interview.outlet,
        "people": _people(interview, known),
        "source_url": interview.source.url,
        "words": {"count": len(words), "sha256": fingerprint(words)},
    }
    told = [f"{key}: {_flow(value)}\n" for key, value in facts.items() if value or key == "people"]
    return "".join([*(f"# {line}\n" for line in _notice(interview)), *told])


def _notice(interview: Interview) -> Iterator[str]:
    """What an editor should know first, as comments of the front matter."""
    judged = any(turn.inferred for turn in interview.turns)
    by = " and ".join(
        ["the labels in the file"] * (interview.status == "labelled") + ["the words alone"] * judged
    )
    yield f"A draft: who speaks is told from {by}, and nobody has checked it."
    sure = how_sure(interview)
    yield f"{sure[0].upper()}{sure[1:]}."
    if not interview.has_clear_parts:
        yield "Not clear is who is a host and who a guest, so no name is sure: say it with --host or --guest."
    if interview.likely:
        names = ", ".join(f"{_plain(who.person.name)} ({who.role})" for who in interview.likely)
        yield f"Likely to speak too, and not named: {names}."
    doubtful = most_doubtful(interview.turns)
    if doubtful:
        yield "Most worth a look:"
    for turn in doubtful:
        where = f"w{turn.first_word}" + f"-{turn.last_word}" * (_length(turn) > 1)
        first = join(turn.paragraphs[0].raw[:_FIRST_WORDS])
        yield f"  {where}, {_plain(name_of(turn))}, {percent(_sureness(turn))}: {_plain(first)} …"


def _plain(text: str) -> str:
    """Text that a comment can hold."""
    return "".join(mark if mark.isprintable() else "�" for mark in text)


def _people(interview: Interview, known: Mapping[str, Person]) -> dict[str, list[str]]:
    """Roles with ids, and with names of those who have no entry."""
    playing = {who.person.id: (who.role, who.person) for who in interview.people}
    for turn in interview.turns:
        if turn.speaker:
            playing.setdefault(turn.speaker.id, (turn.role, turn.speaker))
    roles: dict[str, list[str]] = {}
    for id_, (role, person) in playing.items():
        roles.setdefault(role or "other", []).append(id_ if id_ in known else person.name)
    return roles


def _flow(value: Any) -> str:
    """YAML on one line."""
    dumped = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return dumped.removesuffix("...\n").strip()


# ── the body ─────────────────────────────────────────────────────────────────


def _body(interview: Interview) -> str:
    slots = _slots(interview)
    titles = {chapter.first_word: chapter.title for chapter in interview.chapters}
    turns = {turn.first_word: turn for turn in interview.turns}
    paragraphs = {p.first_word for turn in interview.turns for p in turn.paragraphs}
    # Marks before a word belong to it only where they open a paragraph.
    led = {number for number, slot in enumerate(slots, 1) if not is_word(slot.split()[0])}
    starts = sorted({*titles, *turns, *paragraphs, *led})
    blocks: list[str] = []
    for first, following in zip(starts, [*starts[1:], len(slots) + 1], strict=True):
        if first in titles:
            blocks.append(f"## {escape(' '.join(titles[first].split()))}")
        label = f"**{label_of(turns[first])}:** " if first in turns else ""
        blocks.append(label + escape(join(slots[first - 1 : following - 1])))
    return "\n\n".join(blocks) + "\n"


def name_of(turn: Turn) -> str:
    """Who speaks, or what part somebody unknown plays."""
    if turn.speaker:
        return turn.speaker.name
    return f"Unknown {turn.role}" if turn.role in ("host", "guest") else "Unknown"


def label_of(turn: Turn) -> str:
    """What stands between the stars before a turn."""
    name = escape(name_of(turn))
    return f"{name} (?)" if turn.uncertain and name != "Unknown" else name


def _words(interview: Interview) -> list[str]:
    return [word for turn in interview.turns for p in turn.paragraphs for word in p.raw]


def _slots(interview: Interview) -> list[str]:
    """One slot per raw word: repaired and punctuated where it stays one and the same word."""
    words = _words(interview)
    repaired = replay(words, repairs(words))
    repaired = [
        slot if split_words(slot) == [slot] else word for word, slot in zip(words, repaired, strict=True)
    ]
    slots: list[str] = []
    for turn in interview.turns:
        said = repaired[turn.first_word - 1 : turn.last_word]
        slots += clean(said, turn.first_word, FOR_UNEDITED)[0]
    return [_same(before, after) for before, after in zip(repaired, slots, strict=True)]


def _same(before: str, after: str) -> str:
    kept = split_words(after) == [after] and same_word_form(after) == same_word_form(before)
    return after if kept else before
