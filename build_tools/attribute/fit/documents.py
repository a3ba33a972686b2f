"""Labelled interviews as numbers: what the network sees, and what it should say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from build_tools.attribute.tokens import FIRST_WORD, Tokens, encode
from build_tools.attribute.units import cut_units
from build_tools.evaluate.corpus import Record, common_forms
from build_tools.words import split_words

# Words of the vocabulary are said in so many shows and interviews, so that none is the mark of one host.
_IN_SHOWS, _IN_INTERVIEWS, _MOST_WORDS = 4, 12, 8_000
_SHORTEST = 200
NOBODY = -1
_ROLE = {"guest": 0, "host": 1}
_MARK = re.compile(r"[^\w'’-]")


@dataclass(frozen=True, slots=True)
class Version:
    """One way an interview may have been written down, cut into units.

    `host` is 1, 0 for the guest and `NOBODY` where the role is not known;
    `change` tells that a unit begins with another speaker than the one before.
    """

    tokens: Tokens
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    host: NDArray[np.int64]
    change: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Document:
    """An interview as it is, and without marks and capitals."""

    show: str
    clear: bool  # two speak, one the host and one the guest
    two: bool
    as_is: Version
    bare: Version


def make_vocabulary(records: Iterable[Record]) -> dict[str, int]:
    """The words worth a place of their own, the commonest first.

    >>> said = (("Jane", "so so why"),)
    >>> make_vocabulary([Record("", str(n % 4), "", "", {}, said) for n in range(12)])
    {'so': 16, 'why': 17}
    """
    forms = common_forms(records, _IN_SHOWS, _IN_INTERVIEWS)
    kept = (form for form in forms if not any(char.isdigit() or char.isspace() for char in form))
    return {form: n for n, form in enumerate(islice(kept, _MOST_WORDS), FIRST_WORD)}


def make_documents(records: Iterable[Record], vocabulary: Mapping[str, int]) -> list[Document]:
    """The interviews as numbers; very short ones are left out."""
    documents = []
    for record in records:
        names = list(record.roles)
        words: list[str] = []
        said_by: list[int] = []
        for name, text in record.turns:
            said = split_words(text)
            words += said
            said_by += [names.index(name) if name else len(names)] * len(said)
        if len(words) < _SHORTEST:
            continue
        roles = [_ROLE.get(record.roles[name], NOBODY) for name in names] + [NOBODY]
        speakers = np.array(said_by)
        documents.append(
            Document(
                show=record.show,
                clear=record.has_host_and_guest,
                two=len(names) == 2,
                as_is=_version(words, speakers, roles, vocabulary),
                bare=_version(bared(words), speakers, roles, vocabulary),
            )
        )
    return documents


def bared(words: Sequence[str]) -> list[str]:
    """Words as a recogniser gives them that hears neither marks nor names.

    >>> bared(["“Well,", "Jane’s", "C++?", "…no"])
    ['well', 'jane’s', 'c', 'no']
    """
    return [_MARK.sub("", word).lower() or word for word in words]


def _version(
    words: Sequence[str], speakers: NDArray[np.int64], roles: Sequence[int], vocabulary: Mapping[str, int]
) -> Version:
    units = np.array(cut_units(words))
    starts, lengths = units[:, 0] - 1, units[:, 1] - units[:, 0] + 1
    speaker = np.array(
        [np.bincount(speakers[a : a + n]).argmax() for a, n in zip(starts, lengths, strict=True)]
    )
    return Version(
        tokens=encode(words, vocabulary),
        starts=starts,
        lengths=lengths,
        host=np.array(roles)[speaker],
        change=np.concatenate([[True], speaker[1:] != speaker[:-1]]),
    )
