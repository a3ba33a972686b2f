"""The paragraphs of an interview's page: whose they are, how they look, where they are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.model import NARRATOR, Interview, Paragraph, Turn
from build_tools.render.markdown import Markdown, attribute_value, escape
from build_tools.render.passage import PassageWriter
from build_tools.render.speakers import sure, voice
from build_tools.render.words import link, span


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the page: a passage, or several that run into each other."""

    id: str
    classes: Markdown
    label: Markdown
    body: Markdown
    permalink: str
    voice: Markdown


def tones(interview: Interview) -> dict[str, str]:
    """A class per speaker, by id: hosts, and each guest, look different without colour too."""
    classes: dict[str, str] = {}
    counts = {"host": 0, "guest": 0}
    for who in interview.everyone:
        kind = "host" if who.role == "host" else "guest"
        if who.role == NARRATOR:
            classes[who.person.id] = "unknown"
            continue
        counts[kind] += 1
        suffix = "" if counts[kind] == 1 else f"-{min(counts[kind], 4)}"
        classes[who.person.id] = f"{kind}{suffix}"
    return classes


def blocks(
    interview: Interview,
    inside: list[tuple[Turn, Paragraph]],
    writer: PassageWriter,
    tone: Mapping[str, str],
) -> Iterator[Block]:
    """Blocks of a section; in an article, quotations stay in their sentence."""
    group: list[tuple[Turn, Paragraph]] = []
    before: Turn | None = None
    for turn, paragraph in [*inside, (None, None)]:
        runs_in = paragraph is not None and interview.kind == "article" and paragraph.run_in
        if group and not runs_in:
            yield _block(group, before, writer, tone)
            before, group = group[-1][0], []
        if turn is not None and paragraph is not None:
            group.append((turn, paragraph))


def _block(
    group: list[tuple[Turn, Paragraph]],
    before: Turn | None,
    writer: PassageWriter,
    tone: Mapping[str, str],
) -> Block:
    first, last = group[0][1], group[-1][1]
    speakers = list(dict.fromkeys(turn for turn, _ in group if turn.role != NARRATOR))
    leading = speakers[0] if speakers else group[0][0]
    narrator = next((turn for turn, _ in group if turn.role == NARRATOR), None)
    opens = bool(speakers) and (len(group) > 1 or not _goes_on(before, leading))
    parts = [_inline(turn, writer.write(paragraph), len(group) > 1, paragraph) for turn, paragraph in group]
    return Block(
        id=first.id,
        classes=Markdown(" ".join(f".{name}" for name in _classes(leading, opens, bool(speakers), tone))),
        label=_label(speakers) if opens else Markdown(""),
        body=Markdown(" ".join(parts)),
        permalink=span(first.first_word, last.last_word),
        voice=_voice(narrator or leading),
    )


def _goes_on(before: Turn | None, turn: Turn) -> bool:
    """Whether a label says nothing new: the same turn, or nobody known after nobody known."""
    if before is None or before is turn:
        return before is turn
    return not any(one.speaker or one.role or not one.inferred for one in (before, turn))


def _inline(turn: Turn, body: Markdown, mixed: bool, paragraph: Paragraph) -> str:
    """A quotation inside a narrative is marked as such; each piece keeps its address."""
    if not mixed:
        return body
    own = f' id="{paragraph.id}"' if paragraph.run_in else ""
    kind = "narration" if turn.role == NARRATOR else "quotation"
    return f'<span class="{kind}" {_voice(turn)}{own}>{body}</span>'


def _classes(turn: Turn, opens: bool, speaks: bool, tone: Mapping[str, str]) -> Iterator[str]:
    yield "passage"
    if not speaks:
        yield "narrative"
        return
    if opens:
        yield "opens"
    yield tone[turn.speaker.id] if turn.speaker else "unknown"
    if turn.speaker is None and turn.role == "host":
        yield "host"
    if turn.uncertain:
        yield "uncertain"
    if turn.inferred:
        yield "inferred"


def _voice(turn: Turn) -> Markdown:
    """Who speaks, with any doubt, as attributes: whatever names the speaker of marked words reads them.

    `data-speaker="Jane Doe" data-person="jane-doe" data-inferred="91"`, or `data-uncertain="true"`.
    """
    said = [f'data-speaker="{attribute_value(voice(turn))}"']
    if turn.speaker:  # by the id citations are found; ids are parts of addresses already
        said.append(f'data-person="{turn.speaker.id}"')
    if (percent := sure(turn)) is not None:
        said.append(f'data-inferred="{percent}"')
    if turn.uncertain and not turn.inferred:
        said.append('data-uncertain="true"')
    return Markdown(" ".join(said))


def _label(speakers: list[Turn]) -> Markdown:
    """The name that hangs in the margin, linked to the person's page, with any doubt beside it."""
    least: dict[str, Turn] = {}  # by name, the turn most in doubt
    for turn in speakers:
        known = least.setdefault(turn.name, turn)
        if (turn.uncertain, -turn.confidence) > (known.uncertain, -known.confidence):
            least[turn.name] = turn
    return Markdown(f"**{', '.join(map(_named, least.values()))}**{{.speaker}}")


def _named(turn: Turn) -> str:
    name = escape(voice(turn))
    if turn.speaker:
        name = link(turn.speaker.name, f"../people/{turn.speaker.id}.md")
    if (percent := sure(turn)) is not None:
        return f'{name} <span class="sure">inferred, {percent}%</span>'
    return f"{name} (?)" if turn.uncertain and not turn.inferred else name
