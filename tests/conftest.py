"""What tests share: the real archive, built once, and small ones made on the spot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from build_tools.attribute.network import judge
from build_tools.model import Archive
from build_tools.pipeline import Built, build_archive
from build_tools.words import fingerprint, split_words

ROOT = Path(__file__).parent.parent

# A slow machine is no failure. In CI a run says the same each time; a search for
# new examples is `HYPOTHESIS_PROFILE=thorough pytest tests/test_properties.py`.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))

# Writes files into a fresh sources folder and returns it.
MakeSources = Callable[[dict[str, str]], Path]

PEOPLE = "- {id: ann-lee, name: Ann Lee}\n- {id: bob-ray, name: Bob Ray}\n"


@pytest.fixture(scope="session", autouse=True)
def judgements_are_kept() -> Iterator[None]:
    """Several tests ask who speaks in the same talks; the network reads each of these once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("build_tools.attribute.inferred.judge", lru_cache(maxsize=256)(judge))
        yield


@pytest.fixture(scope="session")
def built() -> Built:
    """The archive in the repository, with all of its pages."""
    return build_archive(ROOT / "sources")


@pytest.fixture(scope="session")
def archive(built: Built) -> Archive:
    """The archive in the repository."""
    return built.archive


@pytest.fixture
def make_sources(tmp_path: Path) -> MakeSources:
    """A function that lays out a small `sources/`."""

    def make(files: dict[str, str]) -> Path:
        root = tmp_path / "sources"
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return root

    return make


def edition_of(raw: str, body: str, meta: str = "") -> str:
    """An edition of a plain text, with its front matter filled in."""
    words = split_words(raw)
    return (
        "---\ntitle: A talk\npeople: {host: [ann-lee], guest: [bob-ray]}\n"
        f"{meta}words: {{count: {len(words)}, sha256: {fingerprint(words)}}}\n---\n\n{body}\n"
    )
