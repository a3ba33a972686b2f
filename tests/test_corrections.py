"""Edits are counted by rule, and each rule is named in plain words."""

from __future__ import annotations

from collections import Counter

from build_tools.pipeline import Built
from build_tools.render.corrections import tally

_POLICY = "](../about/editorial-policy.md#what-we-change): "


def test_a_tally_counts_every_edit_once(built: Built) -> None:
    interviews = built.archive.interviews
    whole = tally(interviews)
    assert {one.rule: one.edits for one in whole} == Counter(e.rule for i in interviews for e in i.edits)
    assert [one.edits for one in whole] == sorted((one.edits for one in whole), reverse=True)
    assert all(one.plain for one in whole)


def test_the_index_and_each_page_name_the_rules_in_plain_words(built: Built) -> None:
    pages = {page.path: page.text for page in built.pages}
    shown = {"corrections/index.md": tally(built.archive.interviews)}
    shown |= {f"corrections/{i.slug}.md": tally([i]) for i in built.archive.interviews}
    for path, tallies in shown.items():
        for one in tallies:
            line = f'- <span class="count">{one.edits:,}</span> [{one.rule}{_POLICY}'
            assert line in pages[path], path
