"""Notable quotes: who says each, and what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools.model import Interview, Mention, Quote, WordRange


def find_quotes(interview: Interview, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """The quotes that an editor marked in one interview, in the order of its words."""
    for words in sorted(interview.quotes):
        turn = interview.turn_at(words.first_word)
        topics = _topics(words, interview, mentions)
        yield Quote(interview, turn, words.first_word, words.last_word, topics)


def _topics(words: WordRange, interview: Interview, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The topics of which these words speak, then those of their chapter."""
    spoken = [
        one.topic
        for one in mentions
        if one.first_word <= words.last_word and one.last_word >= words.first_word
    ]
    chapter = interview.chapter_at(words.first_word)
    return tuple(dict.fromkeys([*spoken, *(chapter.topics if chapter else ())]))
