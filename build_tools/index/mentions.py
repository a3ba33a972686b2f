"""Mentions: the passages that speak of a topic, and the words of each worth quoting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from build_tools.model import Interview, Mention, Paragraph, Topic

# A quote on a topic page is a sentence, shortened or joined to stay in these bounds.
_FEWEST, _MOST = 9, 45


def find_mentions(interview: Interview, topics: Mapping[str, Topic]) -> Iterator[Mention]:
    """The mentions in one interview, at most one per topic and passage, in order."""
    finders = [_finder(topic) for topic in topics.values() if topic.phrases]
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            text = paragraph.text
            folded = text.casefold()
            for topic, clues, pattern in finders:
                # Most passages hold no word of most topics; looking for one is quick.
                if any(clue in folded for clue in clues) and (match := pattern.search(text)):
                    first, last = quote_range(paragraph, *match.span())
                    yield Mention(topic, interview, turn, paragraph, first, last)


def _finder(topic: Topic) -> tuple[str, frozenset[str], re.Pattern[str]]:
    """A topic, the longest word of each of its phrases, and the pattern of them all."""
    clues = {max(phrase.removesuffix("*").split(), key=len).casefold() for phrase in topic.phrases}
    plain = {re.split("['’]", clue)[0] or clue for clue in clues}
    return topic.id, frozenset(plain), phrase_pattern(topic.phrases)


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all phrases of a topic.

    Whole words; a phrase with a capital letter matches only with its
    capitals; a trailing * stands for any ending.

    >>> pattern = phrase_pattern(["regulat*", "GPU", "price per token"])
    >>> [match[0] for match in pattern.finditer("Regulation of gpu or GPU at a price  per token")]
    ['Regulation', 'GPU', 'price  per token']
    """
    parts = [_phrase(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p))]
    return re.compile("|".join(parts))


def _phrase(phrase: str) -> str:
    stem = phrase.removesuffix("*")
    words = r"\s+".join(re.escape(word).replace("'", "['’]") for word in stem.split())
    ending = r"[\w'’-]*" if phrase.endswith("*") else r"(?!\w)"
    return rf"(?{'i' if phrase.islower() else ''}:(?<!\w){words}{ending})"


def quote_range(paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
    """The words to quote around characters `start`…`end` of a passage's clean text."""
    low, high = _word_at(paragraph, start), _word_at(paragraph, max(start, end - 1))
    sentences = paragraph.sentences()
    first = next(f for f, last in sentences if f <= low <= last)
    last = next(last for f, last in sentences if f <= high <= last)
    first, last = _lengthened(paragraph, sentences, first, last)
    first, last = _shortened(paragraph, first, last, low, high)
    return _trimmed(paragraph, first, last)


def _word_at(paragraph: Paragraph, offset: int) -> int:
    """The number of the word that holds a character of the clean text."""
    at = 0
    number = paragraph.first_word
    for index, slot in enumerate(paragraph.clean):
        if slot:
            number = paragraph.first_word + index
            at += len(slot) + 1
            if offset < at:
                break
    return number


def _count(paragraph: Paragraph, first: int, last: int) -> int:
    return len(paragraph.clean_slice(first, last).split())


def _lengthened(
    paragraph: Paragraph, sentences: list[tuple[int, int]], first: int, last: int
) -> tuple[int, int]:
    """A very short sentence takes the next one along, or the one before."""
    if _count(paragraph, first, last) >= _FEWEST:
        return first, last
    following = next((s for s in sentences if s[0] > last), None)
    before = next((s for s in reversed(sentences) if s[1] < first), None)
    if following and _count(paragraph, first, following[1]) <= _MOST:
        return first, following[1]
    if before and _count(paragraph, before[0], last) <= _MOST:
        return before[0], last
    return first, last


def _shortened(paragraph: Paragraph, first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """A long sentence is quoted around the phrase, from and to a comma where one is near."""
    if _count(paragraph, first, last) <= _MOST:
        return first, last
    starts = [n for n in range(first, low + 1) if n == first or _pauses(paragraph, n - 1)]
    first = next((n for n in starts if _count(paragraph, n, high) <= _MOST * 2 // 3), low)
    ends = [n for n in range(high, last + 1) if n == last or _pauses(paragraph, n)]
    fitting = [n for n in ends if _count(paragraph, first, n) <= _MOST]
    return first, fitting[-1] if fitting else min(last, first + _MOST)


def _pauses(paragraph: Paragraph, number: int) -> bool:
    slot = paragraph.clean_slice(number, number)
    return slot.endswith((",", ";", ":", "—", "–"))


def _trimmed(paragraph: Paragraph, first: int, last: int) -> tuple[int, int]:
    """Begin and end on words that the clean text shows."""
    shown = [n for n in range(first, last + 1) if paragraph.clean_slice(n, n)]
    return (shown[0], shown[-1]) if shown else (first, last)
