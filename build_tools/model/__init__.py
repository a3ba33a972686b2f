"""The things that pass from stage to stage.

Small frozen dataclasses, one file for each part of the line. Word numbers
count from 1 and include both ends.
"""

from build_tools.model.addresses import Change, Former, Landing, Run
from build_tools.model.archive import Archive, Mention, Page, Picture, Quote
from build_tools.model.edit import Edit, Replacement, Rule
from build_tools.model.edition import LEVELS, Attribution, EditedQuote, EditedTurn, Edition, Meta
from build_tools.model.interview import Chapter, Interview, Paragraph, Source, Turn
from build_tools.model.source import Header, Heading, Line, Reading, SourceNote, SpeakerLabel, Transcript
from build_tools.model.vocabulary import NARRATOR, Participant, Person, Spelling, Topic, Vocabulary, newcomer
from build_tools.model.word_range import WordRange

__all__ = [
    "LEVELS",
    "NARRATOR",
    "Archive",
    "Attribution",
    "Change",
    "Chapter",
    "Edit",
    "EditedQuote",
    "EditedTurn",
    "Edition",
    "Former",
    "Header",
    "Heading",
    "Interview",
    "Landing",
    "Line",
    "Mention",
    "Meta",
    "Page",
    "Paragraph",
    "Participant",
    "Person",
    "Picture",
    "Quote",
    "Reading",
    "Replacement",
    "Rule",
    "Run",
    "Source",
    "SourceNote",
    "SpeakerLabel",
    "Spelling",
    "Topic",
    "Transcript",
    "Turn",
    "Vocabulary",
    "WordRange",
    "newcomer",
]
