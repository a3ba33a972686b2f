"""The index: which words of which passage are quoted under which topic."""

from __future__ import annotations

import pytest

from build_tools.chapter import cut_paragraphs
from build_tools.index.mentions import phrase_pattern, quote_range
from build_tools.model import Archive, Paragraph
from build_tools.words import ends_sentence, split_words

LONG = (
    "We talk about this. "
    * 3
    + "If you look at the history of energy, when you have these transitions, the world moves over quickly, "
    "because the cost of energy is so important, and so if nuclear gets cheaper than anything else, then I "
    "expect that there is pressure, and we will find a way to build it fast, which is what I think. "
    + "And so on and so forth, as they say, until the end."
)


@pytest.mark.parametrize(
    ("text", "phrase", "quoted"),
    [
        (
            "It is. We need solar energy for all of these data centers. Yes.",
            "solar",
            "We need solar energy for all of these data centers.",
        ),
        (
            "Solar. That is what I would build for all of it.",
            "solar",
            "Solar. That is what I would build for all of it.",
        ),
        (
            "That is what I would build for all of it. Solar.",
            "solar",
            "That is what I would build for all of it. Solar.",
        ),
        (
            LONG,
            "nuclear",
            "If you look at the history of energy, when you have these transitions, the world moves over "
            "quickly, because the cost of energy is so important, and so if nuclear gets cheaper than "
            "anything else, then I expect that there is pressure,",
        ),
    ],
)
def test_a_quote_is_a_sentence_of_readable_length(text: str, phrase: str, quoted: str) -> None:
    slots = tuple(split_words(text))
    paragraph = Paragraph(11, slots, slots)
    match = phrase_pattern([phrase]).search(text)
    assert match
    first, last = quote_range(paragraph, *match.span())
    assert paragraph.clean_slice(first, last) == quoted


def test_quotes_are_of_readable_length(archive: Archive) -> None:
    lengths = [len(mention.text.split()) for mention in archive.mentions]
    assert max(lengths) <= 50
    assert sum(length >= 9 for length in lengths) / len(lengths) > 0.9


def test_long_turns_are_cut_at_ends_of_sentences(archive: Archive) -> None:
    for interview in archive.interviews:
        for turn in interview.turns:
            slots = [slot for paragraph in turn.paragraphs for slot in paragraph.clean]
            for start in cut_paragraphs(slots, [], [])[1:]:
                assert ends_sentence(next(slot for slot in reversed(slots[:start]) if slot))


def test_paragraphs_are_of_readable_length(archive: Archive) -> None:
    """Only text without a full stop for long makes a paragraph long."""
    for interview in archive.interviews:
        for turn in interview.turns:
            for paragraph in turn.paragraphs:
                longest = max(last - first + 1 for first, last in paragraph.sentences())
                assert len(paragraph.text.split()) <= max(150, 80 + longest), (interview.slug, paragraph.id)


def test_a_cut_never_falls_inside_an_edit() -> None:
    slots = ["One", "two."] * 100
    held = range(2, 150)
    assert all(start == 0 or start >= 150 for start in cut_paragraphs(slots, [], held))


def test_every_chapter_says_what_is_discussed(archive: Archive) -> None:
    chapters = [chapter for interview in archive.interviews for chapter in interview.chapters]
    with_topics = [chapter for chapter in chapters if chapter.topics]
    assert len(with_topics) >= 0.9 * len(chapters)
    assert len(archive.vocabulary.topics) >= 40


def test_both_guests_are_found_under_common_topics(archive: Archive) -> None:
    speakers: dict[str, set[str]] = {}
    for mention in archive.mentions:
        speakers.setdefault(mention.topic, set()).add(mention.turn.name)
    both = [topic for topic, names in speakers.items() if {"Dario Amodei", "Sam Altman"} <= names]
    assert len(both) >= 20
