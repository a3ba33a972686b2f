"""Reviewing an edition: keys in, an edition out, and never a word moved. Cases in `cases/review/`."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from build_tools.clean.mojibake import repairs
from build_tools.cli import main
from build_tools.commands.review import _keys
from build_tools.edition.parse import Chunk, parse_edition
from build_tools.errors import BuildError
from build_tools.model import Attribution, Edit, EditedTurn, Person, Vocabulary
from build_tools.read import read_transcript
from build_tools.replay import replay
from build_tools.review import changes
from build_tools.review.doubts import doubts
from build_tools.review.loop import Editor, review
from build_tools.review.proven import Ground, Proven, read_proven
from conftest import PEOPLE, ROOT, MakeSources, edition_of

FOLDER = Path(__file__).parent / "cases" / "review"
ANN, BOB = Person("ann-lee", "Ann Lee"), Person("bob-ray", "Bob Ray", aliases=("Bob",))
CY = Person("cy-orr", "Cy Orr")
VOCABULARY = Vocabulary(people={person.id: person for person in (ANN, BOB, CY)})


@lru_cache(maxsize=8)
def ground_of(raw: str) -> Ground:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.txt"
        path.write_text(raw, "utf-8", newline="")
        transcript = read_transcript(path, "talk", "sources/talk.txt")
    slots = tuple(replay(transcript.words, repairs(transcript.words)))
    return Ground(transcript, slots, VOCABULARY, "sources/talk.edition.md")


def opened(raw: str, body: str, meta: str = "") -> Proven:
    return read_proven(edition_of(raw, body, meta), ground_of(raw))


def sit(page: Proven, keys: Sequence[str], inferred: Sequence[Attribution] = ()) -> tuple[list[str], str]:
    """All texts saved, after the first one, and what was shown."""
    texts, left = [page.text], iter(keys)

    def ask(prompt: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    shown = io.StringIO()
    console = Console(file=shown, width=80, highlight=False)
    after = review(page, inferred, Editor(ask, ask, texts.append), console)
    assert after.text == texts[-1]
    return texts, shown.getvalue()


def _cases(name: str) -> Iterator[Any]:
    for case in yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8")):
        why = case.get("known-failure")
        yield pytest.param(case, marks=[pytest.mark.xfail(reason=why)] if why else [], id=case["name"])


@pytest.mark.parametrize("case", [*_cases("changes"), *_cases("splits")])
def test_keys_make_an_edition(case: dict[str, Any]) -> None:
    page = opened(case["raw"], case["body"], case.get("meta", ""))
    texts, shown = sit(page, case["keys"])
    assert texts[-1] == edition_of(case["raw"], case["after"], case.get("meta", "")), shown
    assert "Not done" not in shown


@pytest.mark.parametrize("case", list(_cases("refused")))
def test_what_cannot_be_done_is_told_and_nothing_changes(case: dict[str, Any]) -> None:
    page = opened(case["raw"], case["body"])
    texts, shown = sit(page, case["keys"])
    assert texts == [page.text]
    assert case["told"] in " ".join(shown.split())


SPEAKERS = st.sampled_from(["Ann Lee", "Bob Ray", "Unknown", "Bob"])
SAID = st.lists(
    st.sampled_from(
        "so|is|it?|yes.|no|—|“well”|{~~herd~>heard~~}|{--the--}|{~~two bees~>to be~~}.|and,|#tag|\\{++|<!--c-->|"
        "{>>note<<}|Mr.|right|{++in++}|…|\\*\\*Ann:\\*\\*".split("|")
    ),
    min_size=1,
    max_size=9,
).map(lambda words: " ".join(["one", *words]))
TURNS = st.lists(
    st.tuples(SPEAKERS, st.booleans(), SAID, st.sampled_from(["\n\n", " ", "\n\n## On\n\n"])),
    min_size=1,
    max_size=5,
)
KEYS = st.lists(st.sampled_from("a o 1 2 3 u s p n k z f ? w2 w4 w9 2 3 yes is".split()), max_size=12)  # fmt: skip


def corrections(page: Proven) -> list[Edit]:
    return [edit for edit in page.edition.edits if edit.rule != "punctuation"]


def _raw(body: str) -> str:
    """The words of a body with its marks rejected, as the parser reads them."""
    parsed, problems = parse_edition(f"---\ntitle: A\n---\n\n{body}", "talk")
    assert not problems
    return " ".join(item.raw for item in parsed.items if isinstance(item, Chunk) and item.raw)


def _body(turns: Sequence[tuple[str, bool, str, str]]) -> str:
    return "".join(f"**{who}{' (?)' * doubt}:** {said}{end}" for who, doubt, said, end in turns[:-1]) + (
        f"**{turns[-1][0]} (?):** {turns[-1][2]}"
    )


@given(TURNS, KEYS)
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
def test_whatever_the_keys_words_stay_proven_and_undo_gives_the_bytes_back(
    turns: list[tuple[str, bool, str, str]], keys: list[str]
) -> None:
    body = _body(turns)
    raw = _raw(body)
    page = opened(raw, body)
    texts, _ = sit(page, keys)
    for text in texts:
        saved = read_proven(text, page.ground)
        assert corrections(saved) == corrections(page)
        assert [c.first_word for c in saved.edition.chapters] == [c.first_word for c in page.edition.chapters]
    undone, _ = sit(page, [*keys, *["z"] * 2 * len(keys)])
    assert undone[-1] == page.text


@given(TURNS, st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_change_touches_the_words_of_its_turn_and_no_others(
    turns: list[tuple[str, bool, str, str]], data: st.DataObject
) -> None:
    body = _body(turns)
    page = opened(_raw(body), body)
    turn = data.draw(st.sampled_from(page.turns))
    change = data.draw(st.sampled_from(sorted(CHANGES)))
    try:
        after = CHANGES[change](page, turn)
    except BuildError:
        assert change in ("split", "join_previous", "join_next")
        return
    before, now = speakers(page), speakers(after)
    untouched = [*range(turn.first_word - 1), *range(turn.last_word, len(before))]
    assert [now[at] for at in untouched] == [before[at] for at in untouched]


Change = Callable[[Proven, EditedTurn], Proven]
CHANGES: dict[str, Change] = {
    "accept": changes.accept,
    "give": lambda page, turn: changes.give(page, turn, "Bob Ray"),
    "give_unknown": lambda page, turn: changes.give(page, turn, "Unknown"),
    "join_previous": changes.join_previous,
    "join_next": changes.join_next,
    "split": lambda page, turn: changes.split(page, turn, turn.first_word + 1, "Ann Lee"),
}


def speakers(page: Proven) -> list[tuple[str, str, bool]]:
    return [
        (t.speaker, t.role, t.uncertain) for t in page.turns for _ in range(t.first_word, t.last_word + 1)
    ]


def test_places_come_by_the_words_expected_wrong() -> None:
    raw = " ".join(f"w{n}" for n in range(1, 31))
    words = raw.split()
    body = (
        f"**Ann Lee (?):** {' '.join(words[:10])}\n\n**Bob Ray (?):** {' '.join(words[10:14])}\n\n"
        f"**Ann Lee:** {' '.join(words[14:20])}\n\n**Unknown:** {' '.join(words[20:])}"
    )
    inferred = [
        Attribution(ANN, "host", 1, 5, confidence=0.9),
        Attribution(BOB, "guest", 6, 12, confidence=0.8),
        Attribution(None, "guest", 13, 30, confidence=0.6),
    ]
    found = doubts(opened(raw, body), inferred)
    assert [doubt.turn.first_word for doubt in found] == [21, 1, 11]
    unknown, ann, bob = found
    assert (unknown.named, unknown.confidence, unknown.wrong) == ("", 0.0, 10.0)
    assert [(c.name, round(c.likely, 2)) for c in unknown.candidates] == [("Ann Lee", 0.4), ("Bob Ray", 0.6)]
    assert ann.confidence == pytest.approx(0.5 * 0.9 + 0.5 * 0.2)
    assert bob.confidence == pytest.approx(0.5 * 0.8 + 0.5 * 0.6)
    assert bob.wrong == pytest.approx(4 * 0.3)


def test_with_three_people_the_rest_is_shared() -> None:
    text = edition_of("one two", "**Ann Lee (?):** one two").replace("[bob-ray]", "[bob-ray, cy-orr]")
    page = read_proven(text, ground_of("one two"))
    (doubt,) = doubts(page, [Attribution(None, "guest", 1, 2, confidence=0.6)])
    assert [(c.name, round(c.likely, 2)) for c in doubt.candidates] == [
        ("Ann Lee", 0.4),
        ("Bob Ray", 0.3),
        ("Cy Orr", 0.3),
    ]
    texts, shown = sit(page, ["o", "s", "w2", "1", "s", "w2", "3", "a", "3"])
    assert "this key means nothing here" in shown and "nobody was named" not in shown
    assert texts[-1].endswith("**Ann Lee:** one\n\n**Cy Orr:** two\n")


def test_a_role_without_a_name_is_a_candidate_and_no_doubt() -> None:
    raw = "It is. Is it? Why so?"
    body = "**Bob Ray:** It is.\n\n**Unknown host:** Is it?\n\n**Bob Ray (?):** Why so?"
    page = read_proven(edition_of(raw, body).replace("host: [ann-lee], ", ""), ground_of(raw))
    (doubt,) = doubts(page, [Attribution(None, "host", 1, 6, confidence=0.8)])
    assert [(c.name, round(c.likely, 2)) for c in doubt.candidates] == [
        ("Bob Ray", 0.2),
        ("Unknown host", 0.8),
    ]
    texts, _ = sit(page, ["o"])
    assert texts[-1].endswith("**Unknown host:** Is it?\n\nWhy so?\n")
    texts, _ = sit(read_proven(page.text.replace("host:**", "host (?):**"), page.ground), ["a", "o"])
    assert texts[-1] == page.text.replace("**Bob Ray (?):** ", "")


def test_a_source_cannot_steer_the_terminal() -> None:
    raw = "one \x9b2Jtwo \u202ethree [bold]four[/] five"
    body = f"## \x1b]0;Title\x07\n\n**Ann Lee (?):** {raw} {{++\x1b[2Jsix++}}"
    _, shown = sit(opened(raw, body), ["s", "", "f", "?", "s", "never \x1b[2J"])
    assert not any(character in shown for character in "\x1b\x9b\u202e\x07")
    assert "[bold]four[/]" in shown


def test_a_real_edition_comes_back_as_it_was(
    monkeypatch: pytest.MonkeyPatch, make_sources: MakeSources
) -> None:
    slug = "2025-04-11-sam-altman-ted"
    root = make_sources({p.name: p.read_text("utf-8") for p in (ROOT / "sources").iterdir()})
    path = root / f"{slug}.edition.md"
    before = path.read_bytes()
    answer(monkeypatch, "a o p z z z q")
    assert main(["review", slug, "--sources", str(root)]) == 0
    assert path.read_bytes() == before


def answer(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys.split())))


RAW = "It is so. Is it?"
BODY = "**Bob Ray:** It is so.\n\n**Bob Ray (?):** Is it?"
FILES = {"people.yml": PEOPLE, "talk.txt": RAW, "talk.edition.md": edition_of(RAW, BODY)}


@pytest.fixture
def edition(make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_sources(FILES)
    monkeypatch.chdir(root.parent)
    return root / "talk.edition.md"


def test_the_command_saves_as_it_goes(
    edition: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, "o")
    assert main(["review", "talk"]) == 0
    assert edition.read_text("utf-8") == edition_of(RAW, BODY.replace("Bob Ray (?)", "Ann Lee"))
    out = capsys.readouterr().out
    assert "1 of 1 · 2 words left in doubt" in out
    assert "1 decided; 0 uncertain or Unknown (0 words). All is saved." in out
    assert main(["review", "talk"]) == 0
    assert capsys.readouterr().out == "No uncertain and no Unknown turn in sources/talk.edition.md.\n"


def test_line_ends_and_byte_order_mark_stay(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition.write_bytes(b"\xef\xbb\xbf" + edition.read_bytes().replace(b"\n", b"\r\n"))
    before = edition.read_bytes()
    answer(monkeypatch, "o")
    assert main(["review", "talk"]) == 0
    assert edition.read_bytes() == before.replace(b"Bob Ray (?)", b"Ann Lee")


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n", 3)), "end in several ways"),
        (lambda path: path.unlink(), "has no edition"),
        (lambda path: path.with_name("talk.txt").unlink(), "no interview 'talk'"),
        (lambda path: path.write_text(edition_of(RAW, BODY + " No.")), "words differ"),
        (lambda path: path.write_text(edition_of(RAW, BODY.replace("Ray (?)", "<!-- x -->Ray"))), "comment"),
    ],
    ids=["line-ends", "no-edition", "no-interview", "not-proven", "comment-in-a-name"],
)
def test_what_cannot_be_reviewed(
    edition: Path, spoil: Spoil, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(edition)
    assert main(["review", "talk"]) == 1
    assert told in capsys.readouterr().err


def test_what_somebody_else_wrote_meanwhile_stays(
    edition: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = edition_of(RAW, BODY) + "\n<!-- theirs -->\n"

    def late(prompt: str = "") -> str:
        edition.write_text(theirs, "utf-8")
        monkeypatch.setattr("builtins.input", lambda prompt="": "q")
        return "a"

    monkeypatch.setattr("builtins.input", late)
    assert main(["review", "talk"]) == 0
    assert "changed by somebody else" in capsys.readouterr().out
    assert edition.read_text("utf-8") == theirs


@pytest.mark.parametrize(("pressed", "key"), [("a", "a"), ("\r", "\r"), ("\x1b[A", "\ufffd"), (" ", " ")])
def test_a_single_key_is_enough(pressed: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "getchar", lambda: pressed)
    assert _keys(Console(file=io.StringIO()))("?") == key


def test_the_end_of_input_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "getchar", lambda: "\x04")
    with pytest.raises(EOFError):
        _keys(Console(file=io.StringIO()))("?")


def test_a_name_that_cannot_be_written_is_refused() -> None:
    page = opened(RAW, BODY)
    with pytest.raises(BuildError):
        changes.give(page, page.turns[1], "Nobody Known")
