"""A draft: an edition that is proven as it is written, whatever is said and whoever is thought to speak."""

from __future__ import annotations

import datetime
import json
import os
import tempfile
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_properties import HOSTILE, SPOKEN, TEXT

from build_tools.attribute.voices import tell_voices
from build_tools.chapter import cut_turn, make_chapters
from build_tools.clean.mojibake import repairs
from build_tools.cli import main
from build_tools.draft import with_chapters
from build_tools.draft.chapters import find_chapters
from build_tools.draft.people import Named, with_people, wrong_names
from build_tools.draft.titles import find_titles
from build_tools.draft.write import edition_text, expected_right, how_sure, most_doubtful, surely_named
from build_tools.edition.marks import escape
from build_tools.edition.meta import read_meta
from build_tools.edition.parse import Chunk, parse_edition
from build_tools.edition.prove import prove_edition
from build_tools.errors import BuildError
from build_tools.model import (
    Archive,
    Attribution,
    Header,
    Heading,
    Interview,
    Meta,
    Participant,
    Person,
    Source,
    SpeakerLabel,
    Topic,
    Transcript,
    Turn,
    Vocabulary,
)
from build_tools.read import read_transcript
from build_tools.replay import replay
from conftest import PEOPLE, MakeSources

JANE, JOHN = Person("jane-doe", "Jane Doe", aliases=("Jane",)), Person("john-roe", "John Roe")
NEW = Person("mary-major", "Mary Major")
KNOWN = {"jane-doe": JANE, "john-roe": JOHN}
GOLDENS = sorted((Path(__file__).parent / "cases" / "draft").glob("*.yml"))

# Text that looks like what an edition is made of.
MARKED = st.lists(
    st.sampled_from(
        "**Jane Doe:** **Jane Doe (?):** **Unknown:** **x **: :** ## # ### --- ... --- {++in++} {++ ++} {--out--} {-- --} "
        "{~~a~>b~~} ~> ~~} {>>note <<} <!-- --> <!--x--> \\ \\* \\\\ \\{++ *a* {topics: a} (?) (?):** word and 1 "
        "== ==a== ==a a== a==b === ==== = =a a= \\== \\=== (==a) {++==++} a=={--b--} "
        "\u2028 \ufdd0 \ue02a Donâ€™t aâ€‰b â€œ".split(" ")
    ),
    min_size=1,
    max_size=25,
).map(" ".join)
LINES = st.lists(MARKED | HOSTILE | SPOKEN | TEXT, min_size=1, max_size=5).map("\n\n".join)


def read(text: str, folder: Path, suffix: str = ".txt") -> Transcript:
    path = folder / f"talk{suffix}"
    path.write_text(text, "utf-8", newline="")
    return read_transcript(path, "talk", f"sources/{path.name}")


def interview_of(transcript: Transcript, given_to: list[Attribution], headings: list[Heading]) -> Interview:
    turns = tuple(
        cut_turn(who, transcript.words, transcript.words[who.first_word - 1 : who.last_word], (), headings)
        for who in given_to
    )
    return Interview(
        slug="talk",
        kind="interview",
        title="A talk: # with “marks” ---",
        date=datetime.date(2025, 7, 30),
        outlet="",
        source=Source(transcript.path, "0" * 64),
        people=(Participant(JANE, "host"), Participant(NEW, "guest")),
        status="inferred",
        chapters=make_chapters(headings, len(transcript.words)),
        turns=turns,
        edits=(),
    )


@st.composite
def attributions(draw: st.DrawFn, transcript: Transcript) -> list[Attribution]:
    count = len(transcript.words)
    cuts = sorted(draw(st.sets(st.integers(2, count), max_size=6))) if count > 1 else []
    who = st.sampled_from(
        [(JANE, "host"), (NEW, "guest"), (JOHN, "other"), (None, "host"), (None, "guest"), (None, "")]
    )
    given_to = []
    for first, end in zip([1, *cuts], [*cuts, count + 1], strict=True):
        speaker, role = draw(who)
        openings = frozenset(n for n in transcript.openings if first <= n < end)
        sure = draw(st.floats(0, 1))
        given_to.append(Attribution(speaker, role, first, end - 1, openings, draw(st.booleans()), True, sure))
    return given_to


def merged(rows: list[tuple[str, str, bool, int, int]]) -> list[tuple[str, str, bool, int, int]]:
    """Turns one after the other under the same label are one."""
    joined: list[tuple[str, str, bool, int, int]] = []
    for row in rows:
        if joined and joined[-1][:3] == row[:3]:
            joined[-1] = (*row[:3], joined[-1][3], row[4])
        else:
            joined.append(row)
    return joined


@given(LINES, st.data())
@example("**Jane Doe:** said ## ---", None)
@example("... and\n- so\n# on", None)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_words_by_anybody_are_proven_as_they_are_written(text: str, data: st.DataObject | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            transcript = read(text, Path(folder))
        except BuildError:  # no words at all
            return
    count = len(transcript.words)
    if data:
        given_to = data.draw(attributions(transcript))
        starts = sorted(data.draw(st.sets(st.integers(1, count), max_size=3)))
        headings = [Heading(n, " ".join(data.draw(MARKED).split()) or "x") for n in starts]
    else:
        given_to, headings = (
            [Attribution(JANE, "host", 1, count, transcript.openings)],
            [Heading(1, " ".join(text.split()))],
        )
    interview = interview_of(transcript, given_to, headings)

    written = edition_text(interview, KNOWN)
    parsed, problems = parse_edition(written, "sources/talk.edition.md")
    meta, wrong = read_meta(parsed, transcript, Vocabulary(people=KNOWN))
    edition, differing = prove_edition(
        parsed, transcript, replay(transcript.words, repairs(transcript.words))
    )

    assert problems + wrong + differing == []
    assert edition
    assert [(c.first_word, c.title) for c in edition.chapters] == [
        (h.first_word, " ".join(h.title.split())) for h in headings
    ]
    found = [(t.speaker, t.role, t.uncertain, t.first_word, t.last_word) for t in edition.turns]
    wanted = [
        (
            who.speaker.name if who.speaker else "",
            "" if who.speaker or who.role == "other" else who.role,
            who.uncertain and bool(who.speaker or who.role),
            who.first_word,
            who.last_word,
        )
        for who in given_to
    ]
    assert merged(found) == merged(wanted)
    assert meta.title == interview.title and meta.date == interview.date


@given(TEXT | HOSTILE | MARKED)
def test_escaped_text_is_read_as_itself(text: str) -> None:
    """In a turn, in a title: nothing that is said means anything."""
    line = " ".join(f"word {text} word".split())
    quoted = escape(" ".join(text.split()))
    around, problems = parse_edition(f"---\ntitle: x\n---\n\n**Jane Doe:** ==a {quoted}a==\n", "e")
    assert problems == [] and [one.closes for one in around.items if isinstance(one, Chunk)][-1]
    body = f"## {escape(line)}\n\n**Jane Doe:** {escape(line)}\n"
    parsed, problems = parse_edition(f"---\ntitle: x\n---\n\n{body}", "e")
    assert problems == []
    title, _, label, *chunks = parsed.items
    assert [getattr(title, "title", None), getattr(label, "name", None)] == [line, "Jane Doe"]
    assert [getattr(chunk, "raw", None) for chunk in chunks] == line.split()


@given(LINES, st.sampled_from([".txt", ".md"]))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@example("# **Jane:** {topics: a}\n\n## Two\n\nword {++x++}\n\n# last", ".md")
def test_any_file_can_be_drafted_and_then_checked(text: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        sources.mkdir()
        (sources / "people.yml").write_text(PEOPLE, "utf-8")
        raw = sources / f"talk{suffix}"
        raw.write_text(f"word {text}", "utf-8", newline="")
        if main(["check", "--sources", str(sources)]):
            return  # nothing that can be read
        assert main(["draft", str(raw), "--sources", str(sources), "--host", "ann-lee"]) == 0
        assert (sources / "talk.edition.md").exists()
        assert main(["check", "--sources", str(sources)]) == 0


# ── goldens ──────────────────────────────────────────────────────────────────


def given_by(row: list[Any], openings: frozenset[int]) -> Attribution:
    who, first, last, sure, *doubt = row
    person = {person.name: person for person in (JANE, JOHN, NEW)}.get(who)
    role = {JANE.name: "host", NEW.name: "guest"}.get(who, who)
    inside = frozenset(word for word in openings if first <= word <= last)
    return Attribution(person, role, first, last, inside, bool(doubt), inferred=True, confidence=sure)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: path.stem)
def test_a_draft_reads_so(golden: Path, tmp_path: Path) -> None:
    """`UPDATE_GOLDENS=1` writes the editions anew; read the diff."""
    text = golden.read_text("utf-8")
    case = yaml.safe_load(text)
    transcript = read(case["raw"], tmp_path)
    headings = [Heading(first, title) for first, title in case.get("chapters", [])]
    rows = [given_by(row, transcript.openings) for row in case["given"]]
    assert rows[-1].last_word == len(transcript.words)
    written = edition_text(interview_of(transcript, rows, headings), KNOWN)
    if os.environ.get("UPDATE_GOLDENS"):
        kept = text[: text.index("\nedition:")]
        golden.write_text(f"{kept}\nedition: |\n{textwrap.indent(written, '  ')}", "utf-8")
    else:
        assert written == case["edition"]


# ── the command ──────────────────────────────────────────────────────────────

TALK = "**Ann Lee:** Welcome. What is new?\n\n**Bob Ray:** Quite a lot.\n\n**Ann Lee:** Really?\n\n**Bob Ray:** Yes.\n"


@pytest.fixture
def sources(make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_sources({"people.yml": PEOPLE, "2025-07-30-bob-ray.txt": TALK})
    monkeypatch.chdir(root.parent)
    return root


def test_a_draft_is_written_once_and_is_an_edition(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw, edition = "sources/2025-07-30-bob-ray.txt", Path("sources/2025-07-30-bob-ray.edition.md")
    assert main(["draft", raw]) == 0
    assert capsys.readouterr().out == (
        "sources/2025-07-30-bob-ray.edition.md: 4 turns, 0 chapters; about 100% of the words should be under "
        "the right speaker, 100% stand under a name without (?). Next: python -m build_tools review 2025-07-30-bob-ray\n"
    )
    text = edition.read_text("utf-8")
    assert "\ndate: 2025-07-30\n" in text
    assert text.endswith(
        "\n\n**Ann Lee:** Welcome. What is new?\n\n**Bob Ray:** Quite a lot.\n\n**Ann Lee:** Really?\n\n**Bob Ray:** Yes.\n"
    )
    assert main(["check"]) == 0

    edition.write_text("an editor's work", "utf-8")
    assert main(["draft", raw]) == 1
    assert edition.read_text("utf-8") == "an editor's work"
    assert main(["draft", raw, "--force"]) == 0
    assert edition.read_text("utf-8") == text


def test_a_raw_file_may_lie_anywhere(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = Path("elsewhere/talk.txt")
    raw.parent.mkdir()
    (sources / "2025-07-30-bob-ray.txt").rename(raw)
    assert main(["draft", str(raw)]) == 0
    assert raw.with_name("talk.edition.md").exists()
    assert capsys.readouterr().out.endswith(
        "Next: put it and talk.txt into sources/, then python -m build_tools review talk\n"
    )


def test_a_draft_needs_no_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.txt").write_text(TALK, "utf-8")
    assert main(["draft", "talk.txt"]) == 0
    assert "people: {other: [Ann Lee, Bob Ray]}\n" in Path("talk.edition.md").read_text("utf-8")


def test_json_is_the_twin_and_nothing_is_written(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = Path("sources/2025-07-30-bob-ray.txt")
    odd = raw.rename("Talk, the 1st.txt")  # it will have no address, so any name will do
    assert main(["draft", str(odd), "--json", "--host", "Ann Lee", "--guest", "bob-ray"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["slug"] == "talk-the-1st" and record["status"] == "labelled"
    assert [(who["id"], who["role"]) for who in record["people"]] == [
        ("ann-lee", "host"),
        ("bob-ray", "guest"),
    ]
    rows = [
        (turn["speaker"], turn["role"], turn["first_word"], turn["last_word"]) for turn in record["turns"]
    ]
    assert rows == [
        ("Ann Lee", "host", 1, 4),
        ("Bob Ray", "guest", 5, 7),
        ("Ann Lee", "host", 8, 8),
        ("Bob Ray", "guest", 9, 9),
    ]
    assert not list(Path().rglob("*.edition.md")) and not list(Path().rglob("*.json"))


def test_json_names_the_best_guess_where_a_page_would_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "talk.txt"
    raw.write_text("What is new? Quite a lot. Really? Yes.", "utf-8")
    assert main(["draft", str(raw), "--json", "--host", "Jane Doe", "--guest", "John Roe"]) == 0
    turns = json.loads(capsys.readouterr().out)["turns"]
    assert {turn["speaker"] for turn in turns} <= {"Jane Doe", "John Roe"}
    assert any(turn["uncertain"] for turn in turns)
    assert all(turn["inferred"] and 0 <= turn["confidence"] <= 1 for turn in turns)


# ── who takes part ───────────────────────────────────────────────────────────


def meta_of(*people: Participant) -> Meta:
    return Meta("A talk", None, "", "interview", "", "", (), people)


@pytest.mark.parametrize(
    ("found", "named", "wanted"),
    [
        ([(JANE, "host")], Named(), [("jane-doe", "host")]),
        (
            [(JANE, "host"), (JOHN, "guest")],
            Named(hosts=("Mary Major",)),
            [("mary-major", "host"), ("john-roe", "guest")],
        ),
        ([(JANE, "guest")], Named(hosts=("jane-doe",)), [("jane-doe", "host")]),
        ([(JANE, "host")], Named(hosts=("John  Roe", "jane")), [("john-roe", "host"), ("jane-doe", "host")]),
        ([(NEW, "other")], Named(guests=("JANE DOE",)), [("jane-doe", "guest"), ("mary-major", "other")]),
    ],
    ids=["nobody", "a new host", "another role", "spaces and an alias", "capitals"],
)
def test_who_is_named_takes_the_place_of_who_was_found(
    found: list[tuple[Person, str]], named: Named, wanted: list[tuple[str, str]]
) -> None:
    meta = with_people(meta_of(*(Participant(*who) for who in found)), named, KNOWN)
    assert [(who.person.id, who.role) for who in meta.people] == wanted


@pytest.mark.parametrize("name", ["Jane Do", "jane-do", "nobody", "Unknown", "Jane *Doe*", ""])
def test_a_name_that_an_edition_cannot_hold_is_told(name: str) -> None:
    assert [problem.path for problem in wrong_names(Named(guests=(name,)), KNOWN, "people.yml")] == [
        "people.yml"
    ]


def test_a_name_found_in_the_text_that_an_edition_cannot_hold_becomes_unknown(tmp_path: Path) -> None:
    transcript = read("Well, yes.", tmp_path)
    odd = Person("x", "Jane <b>Doe</b>")
    written = edition_text(interview_of(transcript, [Attribution(odd, "guest", 1, 2)], []), KNOWN)
    assert "**Unknown guest:** Well, yes." in written and "<b>" not in written


def test_whoever_is_likely_is_left_out_where_their_part_is_told() -> None:
    meta = replace(meta_of(), likely=(Participant(JOHN, "host"), Participant(NEW, "guest")))
    told = with_people(meta, Named(hosts=("Jane Doe",)), KNOWN)
    assert told.likely == (Participant(NEW, "guest"),)
    assert with_people(meta, Named(guests=("John Roe",)), KNOWN).likely == ()


def test_parts_are_clear_once_one_is_told() -> None:
    meta = replace(meta_of(Participant(JOHN, "host"), Participant(NEW, "guest")), has_clear_parts=False)
    told = with_people(meta, Named(hosts=("Jane Doe",)), KNOWN)
    assert told.people == (Participant(JANE, "host"), Participant(NEW, "guest"))
    assert told.has_clear_parts
    assert not with_people(meta, Named(), KNOWN).has_clear_parts


def test_a_draft_says_where_no_name_is_sure_and_what_helps(tmp_path: Path) -> None:
    interview = interview_of(read("Well, yes.", tmp_path), [Attribution(None, "host", 1, 2)], [])
    assert "--host" not in edition_text(interview, KNOWN)
    told = edition_text(replace(interview, has_clear_parts=False), KNOWN)
    assert "\n# Not clear is who is a host and who a guest" in told and "--host" in told


def test_where_parts_are_unclear_a_draft_promises_less(tmp_path: Path) -> None:
    guess = Attribution(None, "host", 1, 2, inferred=True, confidence=0.62)
    interview = interview_of(read("Well, yes.", tmp_path), [guess], [])
    assert how_sure(interview).startswith("about 62% of the words")
    assert how_sure(replace(interview, has_clear_parts=False)).startswith("about 43% of the words")


def test_a_draft_tells_who_is_likely_to_speak_too(tmp_path: Path) -> None:
    interview = interview_of(read("Well, yes.", tmp_path), [Attribution(None, "host", 1, 2)], [])
    assert "Likely" not in edition_text(interview, KNOWN)
    likely = (Participant(JOHN, "host"), Participant(Person("x", "Jo\n---"), "guest"))
    told = edition_text(replace(interview, likely=likely), KNOWN)
    assert "\n# Likely to speak too, and not named: John Roe (host), Jo�--- (guest).\n" in told


# ── how sure ─────────────────────────────────────────────────────────────────


def test_how_sure_counts_words(tmp_path: Path) -> None:
    transcript = read("one two three four five six seven eight nine ten", tmp_path)
    interview = interview_of(
        transcript,
        [
            Attribution(JANE, "host", 1, 4, inferred=True, confidence=0.9),
            Attribution(JOHN, "guest", 5, 6, uncertain=True, inferred=True, confidence=0.5),
            Attribution(None, "host", 7, 8, inferred=True, confidence=1.0),
            Attribution(None, "", 9, 10, inferred=True, confidence=1.0),
        ],
        [],
    )
    assert expected_right(interview) == pytest.approx((4 * 0.9 + 2 * 0.5 + 2) / 10)
    assert surely_named(interview) == 0.4
    assert [turn.first_word for turn in most_doubtful(interview.turns)] == [9, 5, 1]


# ── chapters ─────────────────────────────────────────────────────────────────

SUBJECTS = {
    "bread": "flour yeast oven dough crust loaf bakery kneading",
    "boats": "harbour sail mast anchor rudder captain tide keel",
    "stars": "telescope planet orbit comet galaxy eclipse nebula astronomer",
}


def talk_about(*subjects: str, rounds: int = 14) -> Interview:
    """Questions and answers of 65 words, so many rounds of each subject."""
    turns: list[Turn] = []
    first = 1
    for subject in subjects:
        nouns = SUBJECTS[subject].split()
        for n in range(rounds):
            asked = f"And so what about the {nouns[n % 8]} and the {nouns[(n + 3) % 8]}?"
            told = " ".join(
                f"There is the {nouns[(n + k) % 8]} that we had with the {nouns[(n + 5 * k) % 8]}."
                for k in range(5)
            )
            for who, role, said in ((JANE, "host", asked), (JOHN, "guest", told)):
                words = said.split()
                given_to = Attribution(who, role, first, first + len(words) - 1)
                every = [""] * (first - 1) + words
                turns.append(cut_turn(given_to, every, words, (), ()))
                first += len(words)
    people = (Participant(JANE, "host"), Participant(JOHN, "guest"))
    return Interview(
        "talk", "interview", "A talk", None, "", Source("x", ""), people, "inferred", (), tuple(turns), ()
    )


def test_a_chapter_begins_where_the_words_change_and_with_a_question() -> None:
    interview = talk_about("bread", "boats", "stars")
    starts = find_chapters(interview.turns)
    hosts = {turn.first_word for turn in interview.turns if turn.role == "host"}
    third = interview.word_count // 3
    assert starts == (1, third + 1, 2 * third + 1)
    assert set(starts) <= hosts


def test_a_short_talk_has_no_chapters() -> None:
    assert find_chapters(talk_about("bread", rounds=5).turns) == ()


def test_one_long_turn_is_cut_between_paragraphs() -> None:
    parts = talk_about("bread", "boats", "stars").turns
    words = [word for turn in parts for p in turn.paragraphs for word in p.raw]
    alone = cut_turn(Attribution(None, "", 1, len(words)), words, words, (), ())
    starts = find_chapters([alone])
    assert len(starts) > 1 and set(starts) <= {p.first_word for p in alone.paragraphs}


def test_titles_are_topics_or_what_is_said() -> None:
    interview = talk_about("bread", "boats", "stars")
    starts = find_chapters(interview.turns)
    sailing = Topic("sailing", "Sailing and the sea", phrases=("harbour", "keel"))
    titles = find_titles(interview, starts, {"sailing": sailing})
    assert titles[1] == "Sailing and the sea"
    assert len(set(titles)) == 3
    for title, subject in ((titles[0], "bread"), (titles[2], "stars")):
        assert set(title.casefold().replace(",", "").split()) <= set(SUBJECTS[subject].split())


def test_where_nothing_is_said_twice_a_chapter_is_called_by_its_first_words(tmp_path: Path) -> None:
    transcript = read("So, what do you make of all of this?", tmp_path)
    interview = interview_of(transcript, [Attribution(JANE, "host", 1, 9)], [])
    assert find_titles(interview, (1,), {}) == ("“So, what do you make of …”",)


def test_headings_of_a_source_are_kept(tmp_path: Path) -> None:
    transcript = read("# One\n\n## Two\n\nHello there.\n", tmp_path, ".md")
    assert [heading.title for heading in transcript.headings] == ["One — Two"]
    interview = interview_of(transcript, [Attribution(JANE, "host", 1, 2)], list(transcript.headings))
    assert with_chapters(interview, {}) is interview


def test_chapters_of_the_editions_are_mostly_found(archive: Archive) -> None:
    """Of the chapters found in the three talks, most begin within 150 words of one an editor set."""
    near = total = 0
    for interview in archive.interviews:
        if interview.kind == "article":
            continue
        edited = [chapter.first_word for chapter in interview.chapters]
        found = find_chapters(interview.turns)[1:]
        assert 6 <= len(found) + 1 <= 18
        near += sum(min(abs(word - other) for other in edited) <= 150 for word in found)
        total += len(found)
    assert near / total >= 0.65


# ── voices without a name ────────────────────────────────────────────────────


def voices_of(*names: str) -> Transcript:
    """Turns of ten words, each with such a label."""
    words = tuple("word" for _ in range(10 * len(names)))
    labels = tuple(SpeakerLabel(10 * n + 1, name) for n, name in enumerate(names))
    return Transcript("talk", "x", "0", words, (), frozenset(), (), Header(), (), "interview", labels)


def rows_of(*rows: tuple[Person | None, str, float], inferred: bool = False) -> list[Attribution]:
    """Turns of ten words, each by somebody and so sure."""
    return [
        Attribution(who, role, 10 * n + 1, 10 * n + 10, inferred=inferred, confidence=sure)
        for n, (who, role, sure) in enumerate(rows)
    ]


NOBODY = (None, "", 1.0)


@pytest.mark.parametrize(
    ("labels", "given_to", "guesses", "wanted"),
    [
        # a wrong guess is outvoted by the others of its voice
        (
            ["Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"],
            [NOBODY] * 4,
            [(JANE, "host", 0.9), (JOHN, "guest", 0.9), (JOHN, "guest", 0.6), (JOHN, "guest", 0.9)],
            ["Jane Doe", "John Roe", "Jane Doe", "John Roe"],
        ),
        # nobody gets two voices, and one left over is nobody's
        (
            ["A", "B", "C"],
            [NOBODY] * 3,
            [(JANE, "host", 0.9), (JOHN, "guest", 0.9), (JOHN, "guest", 0.8)],
            ["Jane Doe", "John Roe", ""],
        ),
        # who has a label of their own is not also somebody else
        (
            ["Jane Doe", "Speaker 2"],
            [(JANE, "host", 1.0), NOBODY],
            [(JANE, "host", 0.9), (JANE, "host", 0.9)],
            ["Jane Doe", ""],
        ),
        # a sign that tells no voice from another
        ([">>", ">>"], [NOBODY] * 2, [(JANE, "host", 0.9), (JOHN, "guest", 0.9)], ["", ""]),
    ],
    ids=["outvoted", "left over", "own label", "no voice"],
)
def test_a_voice_is_given_to_whom_its_words_sound_like(
    labels: list[str],
    given_to: list[tuple[Person | None, str, float]],
    guesses: list[tuple[Person | None, str, float]],
    wanted: list[str],
) -> None:
    told = tell_voices(rows_of(*given_to), rows_of(*guesses, inferred=True), voices_of(*labels))
    assert [turn.speaker.name if turn.speaker else "" for turn in told] == wanted
    assert all(
        turn.inferred == (before == NOBODY and bool(turn.speaker))
        for turn, before in zip(told, given_to, strict=True)
    )


def test_a_voice_is_as_sure_as_its_words() -> None:
    guesses = rows_of((JANE, "host", 0.8), (JOHN, "guest", 0.7), (JANE, "host", 0.6), inferred=True)
    told = tell_voices(
        rows_of(NOBODY, NOBODY, NOBODY), guesses, voices_of("Speaker 1", "Speaker 2", "Speaker 1")
    )
    assert [turn.confidence for turn in told] == [pytest.approx(0.7)] * 3
    assert all(turn.uncertain for turn in told)
