"""A proposal as an editor reads it, and as `glossary.yml` takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from build_tools.errors import BuildError, Problem
from build_tools.propose.find import Passage, Proposal
from build_tools.texts import load_yaml

# A plain word is put right wherever it stands in an interview: whoever accepts that should see where.
_SHOWN, _ALL_SHOWN = 3, 8


def told(proposal: Proposal) -> Iterator[str]:
    """Lines that let an editor decide: what, how sure, where, and the entry."""
    often = "once" if proposal.count == 1 else f"{proposal.count} times"
    name = proposal.name
    yield f"{proposal.heard} → {name.written}"
    yield f"  {proposal.likeness:.0%} alike, heard {often}; the name is {name.known_from}"
    most = _ALL_SHOWN if proposal.interviews and proposal.likeness < 1 else _SHOWN
    for passage in proposal.passages[:most]:
        yield from _shown(passage)
    for line in as_yaml(proposal).splitlines():
        yield f"  {line}"


def told_unknown(passages: Sequence[Passage]) -> Iterator[str]:
    """Lines that show words nobody knows."""
    if passages:
        yield "English does not know these words, nor does the archive: misheard, or names to tell it of"
    for passage in passages:
        yield from _shown(passage)


def _shown(passage: Passage) -> Iterator[str]:
    address = f"{passage.slug} w{passage.first_word}"
    if passage.last_word > passage.first_word:
        address += f"-{passage.last_word}"
    yield f"  {address}"
    around = ("    …", passage.before, f"[{passage.text}]", passage.after, "…")
    yield " ".join(filter(None, around))


def as_yaml(proposal: Proposal) -> str:
    """The entry to paste.

    >>> from build_tools.propose.names import Name
    >>> print(as_yaml(Proposal("a GI", Name("AGI", ""), 1.0, (), ("talk",))), end="")
    - written: AGI
      heard: [a GI]
      reason: misheard
      interviews: [talk]
    """
    entry: dict[str, object] = {
        "written": proposal.name.written,
        "heard": [proposal.heard],
        "reason": "misheard",
    }
    if proposal.interviews:
        entry["interviews"] = list(proposal.interviews)
    return yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, default_flow_style=None, width=10_000)


def with_entry(text: str, proposal: Proposal, shown: str) -> str:
    """The text of `glossary.yml` with one entry more; all that stood in it stays as it is.

    Raises `BuildError` where an entry cannot be appended: the list is not
    written as one entry after the other.

    >>> from build_tools.propose.names import Name
    >>> proposal = Proposal("Sam Alman", Name("Sam Altman", ""), 0.9, (), ())
    >>> print(with_entry("# Names\\n- {written: Sora, heard: [Zora]}", proposal, "glossary.yml"), end="")
    # Names
    - {written: Sora, heard: [Zora]}
    <BLANKLINE>
    - written: Sam Altman
      heard: [Sam Alman]
      reason: misheard
    """
    entry = as_yaml(proposal)
    longer = f"{text.rstrip()}\n\n{entry}" if text.strip() else entry
    try:
        appended = load_yaml(longer) == [*(load_yaml(text) or []), *load_yaml(entry)]
    except yaml.YAMLError:
        appended = False
    if not appended:
        message = "no entry can be appended to this list; write it as lines that begin with '- '"
        raise BuildError([Problem(shown, 1, message)])
    return longer
