"""The names an archive knows, and how it came to know them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from wordfreq import zipf_frequency

from build_tools.model import Archive, Header, Interview, Topic, Vocabulary
from build_tools.propose.sound import squash
from build_tools.words import ends_sentence, same_words

# Words of a title that are more frequent than this are words, not names.
_COMMON_ZIPF = 4.0
# A word of a topic is a term where it is less frequent than this, and long enough to be told by its sound.
# Less than the least, and English does not know how it is written.
_KNOWN_ZIPF, _TERM_ZIPF, _LONG_TERM = 1.0, 2.7, 6
# Capitals throughout stress a word that is this frequent, if it has three letters.
# What a machine heard three times and English knows is a name; less is a guess.
_SHORT_ZIPF = 5.0
_FREQUENT, _SPELLED_ZIPF = 3, 2.0
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_PLURAL = re.compile(r"^([A-Z]{2,})s$")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a term as it is written, and where the archive has it from (“in people.yml”)."""

    written: str
    known_from: str
    sure: bool = True  # false: only heard often, and may be misheard often
    slugs: tuple[str, ...] = ()  # interviews in which it is expected; empty: in all

    @property
    def is_term(self) -> bool:
        """Whether it is written small throughout: a word, not a name."""
        return self.written.islower() and not any(map(str.isdigit, self.written))


def bare(word: str) -> str:
    """A word without the marks around it and without a possessive.

    >>> bare("(OpenAI's"), bare("“Sora,”"), bare("A.I.,")
    ('OpenAI', 'Sora', 'A.I.')
    """
    plain = _POSSESSIVE.sub("", _EDGES.sub("", word))
    return f"{plain}." if _DOTTED.fullmatch(plain) and f"{plain}." in word else plain


def has_inner_capital(word: str) -> bool:
    """Whether capitals stand inside a word, as in names made up by companies.

    >>> [has_inner_capital(word) for word in ("OpenAI", "AGI", "a16z", "Sora", "I'm")]
    [True, True, True, False, False]
    """
    if any(map(str.isdigit, word)) and any(map(str.isalpha, word)):
        return True
    return any(map(str.isupper, word[1:]))


@lru_cache(maxsize=1 << 16)
def frequency(word: str) -> float:
    """How frequent a word is in English: per billion words, log 10."""
    return float(zipf_frequency(word.casefold().replace("’", "'"), "en"))


def known_names(archive: Archive, headers: Mapping[str, Header] = MappingProxyType({})) -> tuple[Name, ...]:
    """Every name an archive knows, each once, from the first place that tells it.

    `headers` are what the raw files say about themselves, by interview.
    """
    found: dict[str, Name] = {}
    for name in (
        *_of_vocabulary(archive.vocabulary, _parts(archive.interviews)),
        *(name for slug, header in headers.items() for name in _of_header(header, slug)),
        *(name for interview in archive.interviews for name in _of_page(interview)),
        *_of_words(archive.interviews),
    ):
        if _is_telling(name.written):
            form = squash(name.written)
            found[form] = _both(found[form], name) if form in found else name
    return tuple(found.values())


def _both(first: Name, other: Name) -> Name:
    """A name that is known from two places is expected where either says."""
    if not other.sure or not first.slugs:
        return first
    slugs = tuple(sorted({*first.slugs, *other.slugs})) if other.slugs else ()
    return replace(first, slugs=slugs)


def _parts(interviews: Iterable[Interview]) -> dict[str, tuple[str, ...]]:
    """The interviews somebody takes part in, by the person's id."""
    parts: dict[str, tuple[str, ...]] = {}
    for interview in interviews:
        for part in interview.people:
            parts[part.person.id] = (*parts.get(part.person.id, ()), interview.slug)
    return parts


def _is_telling(written: str) -> bool:
    """Whether a name is one word, or several, and no compound of a name and a word.

    >>> [_is_telling(name) for name in ("GPT-5", "OpenAI", "AI-generated", "10x")]
    [True, True, False, False]
    """
    if written[:1].isdigit():
        return False
    parts = written.split("-")
    return not any(frequency(part) >= _COMMON_ZIPF for part in parts[1:] if not part.isdigit())


def _of_vocabulary(vocabulary: Vocabulary, parts: Mapping[str, tuple[str, ...]]) -> Iterator[Name]:
    for person in vocabulary.people.values():
        for name in (person.name, *person.aliases):
            yield from _person(name, "in people.yml", parts.get(person.id, ()))
    for spelling in vocabulary.glossary:
        yield Name(spelling.written, "in glossary.yml")
    for topic in vocabulary.topics.values():
        yield from (Name(written, "in topics.yml") for written in _of_topic(topic))
    for person in vocabulary.people.values():
        for text in (person.role, person.description):
            yield from (Name(run, "in people.yml", slugs=parts.get(person.id, ())) for run in runs(text))


def _of_topic(topic: Topic) -> Iterator[str]:
    """What a topic names, and its terms: its own name, and words that hardly anybody else says."""
    for phrase in topic.phrases:
        words = phrase.rstrip("*").split()
        if len(words) == 2 and words[0].istitle() and frequency(words[0]) < _COMMON_ZIPF:  # “Turing test”
            yield " ".join(words)
        yield from _runs(words, opens=False)
    for text in (topic.name, topic.description):
        yield from runs(text)
    for term in (topic.name[:1].lower() + topic.name[1:], *topic.phrases):
        if _is_term(term, is_topic=term.casefold() == topic.name.casefold()):
            yield term


def _is_term(phrase: str, *, is_topic: bool) -> bool:
    """Whether a phrase of a topic is a word of its own, long enough to be told by its sound.

    The topic's own name may be of several words; other phrases are there to find passages with.

    >>> [_is_term(phrase, is_topic=True) for phrase in ("scaling laws", "energy", "AI safety")]
    [True, False, False]
    >>> [_is_term(phrase, is_topic=False) for phrase in ("gpt-oss", "superintelligence", "slow down")]
    [True, True, False]
    """
    if not phrase.islower() or len(squash(phrase)) < _LONG_TERM or "*" in phrase:
        return False
    return (
        is_topic and len(phrase.split()) == 2
        if " " in phrase
        else _KNOWN_ZIPF <= frequency(phrase) < _TERM_ZIPF
    )


def _person(name: str, where: str, slugs: tuple[str, ...]) -> Iterator[Name]:
    """A person's name, and the surname, which is said alone."""
    yield Name(name, where, slugs=slugs)
    surname = name.split()[-1] if " " in name else ""
    if len(surname) > 4 and frequency(surname) < _COMMON_ZIPF:
        yield Name(surname, where, slugs=slugs)


def _of_header(header: Header, slug: str) -> Iterator[Name]:
    where = "in the header of a raw file"
    for person in (*header.hosts, *header.guests):
        yield from _person(person, where, (slug,))
    for text in (header.title, header.outlet):
        yield from (Name(run, where, slugs=(slug,)) for run in runs(text))


def _of_page(interview: Interview) -> Iterator[Name]:
    """What titles, descriptions and notes name; a word that is also said small is a word."""
    where = f"on the page of {interview.slug}"
    small = {word for turn in interview.turns for word in turn.text.split() if word.islower()}
    titles = [interview.title, interview.outlet, *(chapter.title for chapter in interview.chapters)]
    notes = [line for note in interview.notes for line in note.lines]
    for text in (*titles, interview.description, *notes):
        for run in runs(text):
            if not all(word.istitle() and bare(word.lower()) in small for word in run.split()):
                yield Name(run, where, slugs=(interview.slug,))


def _of_words(interviews: Iterable[Interview]) -> Iterator[Name]:
    """Names that somebody wrote; and those often said: proofread ones twice, others where English knows them."""
    proofread: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    for interview in interviews:
        yield from _of_editor(interview)
        if interview.kind == "article":
            where = f"written in {interview.slug}"
            yield from (Name(run, where) for run in _said(interview))
        else:
            (proofread if interview.status == "edited" else guessed).update(_said(interview))
    for run, count in sorted(proofread.items()):
        if count > 1 and not _is_shouted(run):
            yield Name(run, f"said {count} times elsewhere", sure=False)
    for run, count in sorted(guessed.items()):
        if (
            count >= _FREQUENT
            and len(run) > 2
            and not _is_shouted(run)
            and all(frequency(word) >= _SPELLED_ZIPF for word in run.split())
        ):
            yield Name(run, f"said {count} times elsewhere", sure=False)


def _is_shouted(word: str) -> bool:
    """Whether capitals only stress a word: “AND”.

    >>> _is_shouted("AND"), _is_shouted("VOICE"), _is_shouted("GPU"), _is_shouted("CEO")
    (True, True, False, False)
    """
    return word.isupper() and frequency(word) >= (_SHORT_ZIPF if len(word) < 4 else _COMMON_ZIPF)


def _of_editor(interview: Interview) -> Iterator[Name]:
    """Names that an editor put in place of what was heard."""
    for edit in interview.edits:
        if edit.rule == "edition" and not same_words(edit.before, edit.after):
            where = f"put right in {interview.slug} at w{edit.first_word}"
            for run in _runs(edit.after.split(), opens=False):
                yield Name(run, where, slugs=(interview.slug,))


def _said(interview: Interview) -> Iterator[str]:
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            yield from runs(paragraph.text)


def runs(text: str) -> Iterator[str]:
    """Names in a text: words with a capital that no sentence gave them, one after the other.

    >>> list(runs("We met Jensen Huang of NVIDIA. OpenAI's Vision, AGI and I."))
    ['Jensen Huang', 'Jensen', 'Huang', 'NVIDIA', 'OpenAI', 'AGI']
    """
    words: list[str] = []
    for token in text.split():
        words.append(token)
        if ends_sentence(token) or token.endswith(":"):
            yield from _runs(words)
            words = []
    yield from _runs(words)


def _runs(words: list[str], opens: bool = True) -> Iterator[str]:
    """Runs in one sentence; the word that `opens` it is a name only with a capital inside."""
    run: list[str] = []
    for number, word in enumerate([*words, ""]):
        name = bare(word)
        by_sentence = opens and number == 0
        if name and (has_inner_capital(name) or (name[0].isupper() and not by_sentence and name != "I")):
            run.append(name)
            if word.endswith(name):
                continue
        yield from _names_in(run)
        run = []


def _names_in(run: list[str]) -> Iterator[str]:
    """A run without the ordinary words around its names."""
    run = [_PLURAL.sub(r"\1", word) for word in run]
    named = [i for i, word in enumerate(run) if has_inner_capital(word) or frequency(word) < _COMMON_ZIPF]
    if not named:
        return
    first = 0 if len(run) == 2 and not has_inner_capital(run[named[0]]) else named[0]
    whole = [" ".join(run[first : named[-1] + 1])] if len(run) <= 3 else []
    yield from dict.fromkeys([*whole, *(run[i] for i in named)])
