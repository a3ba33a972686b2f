"""Given names and surnames of some forty languages, from the data of `mimesis`; its code is not run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@lru_cache(maxsize=2)
def _names(key: str) -> frozenset[str]:
    found = find_spec("mimesis")
    places = (found.submodule_search_locations if found else None) or ()
    paths = sorted(path for place in places for path in Path(place).glob("datasets/*/person.json"))
    return frozenset(name for path in paths for name in _texts(json.loads(path.read_text("utf-8")).get(key)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def is_given_name(form: str) -> bool:
    """Whether a word in small letters is a given name somewhere; many are ordinary words too.

    >>> is_given_name("jane"), is_given_name("kubernetes")
    (True, False)
    """
    return form in _names("names")


def is_surname(form: str) -> bool:
    """Whether a word in small letters is a surname somewhere.

    >>> is_surname("jones"), is_surname("podcast")
    (True, False)
    """
    return form in _names("surnames")
