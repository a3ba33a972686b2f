"""What a replacement did, or would do, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools.addresses import Addresses, resolve
from build_tools.model import Former
from build_tools.replace.carry import Carried
from build_tools.replace.ground import Fate
from build_tools.replace.plan import Plan
from build_tools.words import same_words

# How many of a kind are listed, and how long a line's quotation may be.
LISTED, _LONGEST, _QUOTE = 6, 60, 10
# How many same words to show beside those that differ.
_AROUND = 2


def tell(made: Plan, most: int = LISTED) -> Iterator[str]:
    """Line by line: words, addresses, the edition, and the first `most` places of each kind worth a look."""
    count = {change: sum(run.count for run in made.runs if run.change == change) for change in "=~-+"}
    yield (
        f"{made.file.shown}: {len(made.new.words):,} words for {len(made.old.words):,}; {count['=']:,} the same, "
        f"{count['~']:,} others in their place, {count['-']:,} gone, {count['+']:,} new"
    )
    yield from _addresses(made.addresses, len(made.new.words))
    if made.carried:
        yield from _edition(made.carried, made.file.edition_shown, made.file.slug, most)
    else:
        yield "no edition: nothing to carry"


def _addresses(addresses: Addresses, count: int) -> Iterator[str]:
    last = addresses.first_word + count - 1
    if not addresses.former:
        yield f"addresses: w1 to w{last}, as before"
        return
    yield f"addresses: now w{addresses.first_word} to w{last}; of ten words each that were addresses before,"
    for former in addresses.former:
        asked, gone = _quotes(addresses, former)
        yield f"  w{former.first_word} to w{former.last_word}: {asked - gone:,} of {asked:,} are found again"


def _quotes(addresses: Addresses, former: Former) -> tuple[int, int]:
    """How many quotes of ten words, one after the other, and how many of them are gone."""
    firsts = range(former.first_word, max(former.last_word - _QUOTE, former.first_word) + 1, _QUOTE)
    landings = [resolve(addresses, at, min(at + _QUOTE - 1, former.last_word)) for at in firsts]
    return len(landings), sum(landing is None or landing.is_gone for landing in landings)


def _edition(carried: Carried, shown: str, slug: str, most: int) -> Iterator[str]:
    settled, open_ = len(carried.right_now), len(carried.elsewhere)
    quotes = carried.quotes or carried.quotes_gone
    yield (
        f"edition: carried {carried.turns} of {carried.turns + carried.turns_gone} turns, "
        f"{carried.chapters} of {carried.chapters + len(carried.chapters_gone)} chapters, "
        f"{carried.corrections} of {carried.corrections + settled + open_} marks"
        + (f", {carried.quotes} of {carried.quotes + len(carried.quotes_gone)} quotes" if quotes else "")
    )
    if carried.chapters_gone:
        gone = [heading.lstrip("# ") for heading in carried.chapters_gone]
        yield from _some("  chapters without a word left:", gone, most)
    if settled:
        yield from _some("  right in the new transcript:", [_short(f.mark) for f in carried.right_now], most)
    if open_:
        told = [_line(carried, fate, shown) for fate in carried.elsewhere]
        yield from _some(
            "  dropped, for their words are others now; look whether these are right:", told, most
        )
    if carried.quotes_gone:
        told = [_line(carried, fate, shown) for fate in carried.quotes_gone]
        yield from _some("  quotes that are gone, or no longer one person's; mark others:", told, most)
    if carried.quotes_changed:
        told = [_otherwise(carried, fate, shown) for fate in carried.quotes_changed]
        yield from _some("  quotes that read otherwise now, on a page and a picture too; look:", told, most)
    if carried.unknown or carried.doubtful:
        yield (
            f"  {carried.unknown} words are Unknown's and {carried.doubtful} bear (?), being new: "
            f"python -m build_tools review {slug}"
        )


def _some(above: str, lines: Sequence[str], most: int) -> Iterator[str]:
    yield above
    yield from (f"    {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"    and {len(lines) - most} more; --all lists them"


def _line(carried: Carried, fate: Fate, shown: str) -> str:
    instead = f"“{_short(fate.now)}” stands there now" if fate.now else "nothing stands there now"
    return f"{_place(carried, fate, shown)}: {_short(fate.mark)}: {instead}"


def _otherwise(carried: Carried, fate: Fate, shown: str) -> str:
    before, now = _differing(fate.mark[2:-2].split(), fate.now.split())
    return f"{_place(carried, fate, shown)}: “{_short(before)}” reads “{_short(now)}”"


def _place(carried: Carried, fate: Fate, shown: str) -> str:
    start = max(start for at, start in carried.starts.items() if at <= fate.at)
    line = carried.text[:start].count("\n") + 1
    return f"{shown}:{line}"


def _differing(before: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """The words in which two texts differ, with some on either side.

    >>> _differing("It rains all the long day there".split(), "It rains all the long night there".split())
    ('… the long day there', '… the long night there')
    """
    head = _alike(before, now)
    most = min(len(before), len(now)) - head
    tail = min(most, _alike(before[::-1], now[::-1]))
    first, after = max(0, head - _AROUND), max(0, tail - _AROUND)
    opens, closes = "… " * (first > 0), " …" * (after > 0)

    def cut(words: Sequence[str]) -> str:
        return f"{opens}{' '.join(words[first : len(words) - after])}{closes}"

    return cut(before), cut(now)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many same words two rows of them begin."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if not same_words(a, b)), min(len(one), len(other)))


def _short(text: str) -> str:
    plain = "".join(mark if mark.isprintable() else " " for mark in text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
