"""A raw file is replaced: its edition comes along, and no address comes to mean other words."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.addresses import Addresses, next_first, read_record, record_text, resolve, spell_runs
from build_tools.cli import main
from build_tools.errors import BuildError
from build_tools.model import Former, Vocabulary
from build_tools.pipeline import build_archive, load_archive
from build_tools.read import read_transcript
from build_tools.replace import plan as planning
from build_tools.replace.align import align
from build_tools.replace.carry import carry
from build_tools.replace.degrade import KINDS, degrade, landed
from build_tools.replace.units import cut
from build_tools.review.proven import Ground, Proven, read_proven
from build_tools.review.save import Manuscript
from build_tools.vocabulary import load_vocabulary
from build_tools.words import fingerprint, same_word_form, split_words
from conftest import PEOPLE, ROOT, MakeSources, edition_of

CASES = Path(__file__).parent / "cases" / "replace"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["addresses"]
TALK = ROOT / "sources" / "2025-04-11-sam-altman-ted.txt"
TOPICS = "- {id: rain, name: Rain}\n"


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / name).read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


def landing(old: str, new: str, first: int, last: int) -> tuple[int, int, int, int]:
    """Where words `first`…`last` of a text are in another: first, last, kept, nearest, counted from 1."""
    words = split_words(old)
    addresses = Addresses(next_first(Addresses(), len(words)), (_former(old, new),))
    found = resolve(addresses, first, last)
    assert found
    by = addresses.first_word - 1
    return max(0, found.first_word - by), max(0, found.last_word - by), found.kept, found.nearest - by


def _former(old: str, new: str) -> Former:
    words = split_words(old)
    return Former(1, tuple(words), align(words, split_words(new)))


# ── words ────────────────────────────────────────────────────────────────────

WORDS = st.lists(st.sampled_from("a b c d e the and Yes. no, don't".split()), min_size=1, max_size=30)


@given(WORDS, WORDS)
def test_an_alignment_tells_of_every_word_and_keeps_only_same_ones(old: list[str], new: list[str]) -> None:
    former = Former(1, tuple(old), align(old, new))
    addresses = Addresses(10_001, (former,))
    assert read_record(record_text(addresses, new), "x", new) == addresses
    for number in range(1, len(old) + 1):
        found = resolve(addresses, number, number)
        assert found and found.asked == 1 and 10_001 <= found.nearest <= 10_000 + len(new)
        if found.kept:
            there = new[found.first_word - 10_001]
            assert same_word_form(there) == same_word_form(old[number - 1])
        else:
            assert found.is_gone


@given(WORDS, WORDS, WORDS)
def test_order_is_kept(before: list[str], inside: list[str], after: list[str]) -> None:
    """Whatever is cut out, what stays lands in order and inside the page."""
    old, new = before + inside + after, before + after
    addresses = Addresses(10_001, (Former(1, tuple(old), align(old, new)),))
    found = [resolve(addresses, number, number) for number in range(1, len(old) + 1)]
    starts = [one.first_word for one in found if one and one.first_word]
    assert starts == sorted(set(starts)) and starts[-1] <= 10_000 + len(new)


@pytest.mark.parametrize(
    ("old", "new", "first", "last", "expected"),
    [
        ("a b c d", "a b c d", 2, 3, (2, 3, 2, 2)),
        ("a b c d", "x a b c d", 2, 3, (3, 4, 2, 3)),
        ("a b c d", "a b x c d", 2, 3, (2, 4, 2, 2)),
        ("a b c d", "a x c d", 2, 3, (2, 3, 1, 2)),
        ("a b c d", "a c d", 2, 3, (2, 2, 1, 2)),
        ("a b c d", "a d", 2, 3, (0, 0, 0, 2)),
        ("a b c d", "a b", 3, 4, (0, 0, 0, 2)),
        ("by Jensen Wang so", "by the way Jensen Huang so", 2, 3, (4, 5, 1, 4)),
        ("its sub stack so", "its Substack so", 2, 3, (2, 2, 0, 2)),
    ],
)
def test_where_words_are(
    old: str, new: str, first: int, last: int, expected: tuple[int, int, int, int]
) -> None:
    assert landing(old, new, first, last) == expected


def test_a_few_like_words_in_a_rewritten_stretch_are_not_the_same_words() -> None:
    former = _former("a b c d the e f g h i", "a p q r the s t u h i")
    assert spell_runs(former.runs) == "1=3~1=3~2=" or spell_runs(former.runs) == "1=7~2="
    assert landing("a b c d the e f g h i", "a p q r the s t u h i", 3, 7)[2] <= 1


@pytest.mark.parametrize("case", cases("beyond.yml"))
@pytest.mark.xfail(reason="cannot be known from the words", strict=True)
def test_known_failure(case: dict[str, Any]) -> None:
    assert list(landing(case["old"], case["new"], *case["quote"])[:2]) == case["lands"]


# ── how well, and how fast ───────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_old_quotes_land_on_their_words(kind: str) -> None:
    told = landed(read_transcript(TALK, "talk", "talk").words, kind, 0.1, seeds=1)
    assert told.right >= FLOORS["right"][kind]
    assert told.elsewhere <= FLOORS["most elsewhere"]


@pytest.mark.timed
def test_a_long_talk_is_aligned_at_once() -> None:
    words = read_transcript(ROOT / "sources/2025-07-30-dario-amodei-big-technology.txt", "x", "x").words
    worse = degrade(words, "all of it", 0.2, 1).words
    start = time.process_time()
    align(words, worse)
    assert len(words) > 12_000 and time.process_time() - start < FLOORS["most seconds"]


# ── the edition ──────────────────────────────────────────────────────────────


def _page(root: Path, old: str, body: str) -> Proven:
    (root / "people.yml").write_text(PEOPLE, "utf-8")
    (root / "topics.yml").write_text(TOPICS, "utf-8")
    (root / "old.txt").write_text(old, "utf-8")
    vocabulary, problems = load_vocabulary(root, [])
    assert not problems
    return read_proven(edition_of(old, body), _ground(root / "old.txt", vocabulary))


def _ground(raw: Path, vocabulary: Vocabulary) -> Ground:
    transcript = read_transcript(raw, "talk", "talk.txt")
    return Ground(transcript, transcript.words, vocabulary, "talk.edition.md")


@pytest.mark.parametrize("case", cases("carried.yml"))
def test_an_edition_is_carried(case: dict[str, Any], tmp_path: Path) -> None:
    page = _page(tmp_path, case["old"], case["edition"])
    (tmp_path / "new.txt").write_text(case["new"], "utf-8")
    ground = _ground(tmp_path / "new.txt", page.ground.vocabulary)
    new = ground.transcript
    carried = carry(page, new, new.words, align(page.ground.transcript.words, new.words), 10_001)
    after = read_proven(carried.text, ground)
    assert carried.text.split("---\n\n", 1)[1].strip() == case["carried"]
    assert after.meta.first_word == 10_001
    assert [fate.mark for fate in carried.right_now] == case.get("right", [])
    assert [fate.mark for fate in carried.elsewhere] == case.get("elsewhere", [])
    assert carried.corrections == case.get("marks", 0)
    assert carried.quotes == len(after.edition.quotes) == case.get("quotes", 0)
    assert [fate.mark for fate in carried.quotes_gone] == case.get("quotes_gone", [])
    assert [[f.mark, f.now] for f in carried.quotes_changed] == case.get("quotes_changed", [])
    starts = {word - 1: start for word, start in after.starts.items()}
    assert carried.starts.items() <= starts.items()
    assert list(carried.chapters_gone) == case.get("chapters_gone", [])


@pytest.mark.parametrize("path", sorted((ROOT / "sources").glob("*.edition.md")), ids=lambda path: path.stem)
def test_an_edition_put_together_again_is_itself(path: Path) -> None:
    vocabulary, _ = load_vocabulary(ROOT / "sources", [])
    raw = next(one for one in path.parent.glob(f"{path.name.split('.')[0]}.*") if ".edition" not in one.name)
    transcript = read_transcript(raw, "x", "x")
    ground = Ground(transcript, tuple(planning._slots(transcript)), vocabulary, "x")
    sheet = cut(read_proven(path.read_text("utf-8"), ground))
    units = zip(sheet.seams, sheet.units, strict=True)
    again = sheet.front + "".join(seam.text + unit.text for seam, unit in units) + sheet.end
    assert again == path.read_text("utf-8")


SENTENCES = st.lists(
    st.sampled_from("a b c d e f Yes. no, well it is. (so) —and".split()), min_size=2, max_size=8
)


def _quoting(words: list[str], chance: Any) -> list[str]:
    """Words with some of them marked as a quote."""
    low, high = sorted(chance.choices(range(len(words)), k=2))
    return [f"{'==' * (at == low)}{word}{'==' * (at == high)}" for at, word in enumerate(words)]


@given(st.lists(SENTENCES, min_size=1, max_size=5), st.randoms(use_true_random=False), st.floats(0.05, 0.9))
def test_whatever_comes_the_edition_is_proven_and_nobody_gets_words_of_another(
    turns: list[list[str]], chance: Any, share: float
) -> None:
    names = ["Ann Lee", "Bob Ray", "Unknown"]
    said = [_quoting(words, chance) if at % 3 < 2 else words for at, words in enumerate(turns)]
    body = "\n\n".join(f"**{names[at % 3]}:** {' '.join(words)}" for at, words in enumerate(said))
    old = [word for words in turns for word in words]
    new = [
        word
        for one in old
        for word in ([one] if chance.random() > share else chance.choices(old, k=chance.randrange(3)))
    ] or ["so"]
    with TemporaryDirectory() as folder:
        root = Path(folder)
        page = _page(root, " ".join(old), body)
        (root / "new.txt").write_text(" ".join(new), "utf-8")
        ground = _ground(root / "new.txt", page.ground.vocabulary)
        runs = align(page.ground.transcript.words, ground.transcript.words)
        carried = carry(page, ground.transcript, ground.transcript.words, runs, 10_001)
        after = read_proven(carried.text, ground)
        planning._check_names(page, after, runs)
        assert (
            len(after.edition.quotes) == carried.quotes == len(page.edition.quotes) - len(carried.quotes_gone)
        )


# ── the command ──────────────────────────────────────────────────────────────

OLD = "Um, so the the plan of Open EI. Yes, I agree."
BODY = (
    "## The plan\n\n**Ann Lee:** Um, so the the plan of Open EI.\n\n**Bob Ray:** Yes, I {~~agree~>agreed~~}."
)
NEW = "So the plan of Open EI. Yes, I do agree."
FILES = {"people.yml": PEOPLE, "talk.txt": OLD, "talk.edition.md": edition_of(OLD, BODY), "new.text": NEW}


@pytest.fixture
def sources(make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_sources({name: text for name, text in FILES.items() if name != "new.text"})
    monkeypatch.chdir(root.parent)
    Path("new.txt").write_text(NEW, "utf-8")
    return root


def _all_of(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir()}


def test_everything_is_written_and_builds(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replace", "talk", "new.txt"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "sources/talk.txt: 10 words for 11; 9 the same, 0 others in their place, 2 gone, 1 new\n"
    )
    assert "w10001 to w10010" in out and "2 of 2 turns, 1 of 1 chapters, 1 of 1 marks" in out
    assert sorted(_all_of(sources)) == ["people.yml", "talk.addresses.json", "talk.edition.md", "talk.txt"]
    assert (sources / "talk.txt").read_text() == NEW
    built = build_archive(sources)
    (interview,) = built.archive.interviews
    assert (interview.first_word, interview.last_word, interview.word_count) == (10_001, 10_010, 10)
    assert [turn.paragraphs[0].id for turn in interview.turns] == ["w10001", "w10007"]
    assert interview.chapters[0].id == "c10001"
    page = next(page.text for page in built.pages if page.path == "interviews/talk.md")
    assert 'data-former="1:' in page and "{: #w10007 " in page
    twin = json.loads(next(page.text for page in built.pages if page.path == "interviews/talk.json"))
    assert twin["addresses"]["first_word"] == 10_001
    assert [one["count"] for one in twin["addresses"]["former"]] == [11]
    assert twin["edits"][0]["first_word"] > 10_000
    assert main(["explain", "talk", "w10007"]) == 0
    assert "Bob Ray, w10007-10010" in capsys.readouterr().out


def test_addresses_survive_any_number_of_replacements(sources: Path) -> None:
    Path("worse.txt").write_text("So the clan of Open EI. Yes.", "utf-8")
    for raw in ("new.txt", "worse.txt", "new.txt"):
        assert main(["replace", "talk", raw]) == 0
    (interview,) = load_archive(sources).interviews
    assert interview.first_word == 30_001
    addresses = Addresses(interview.first_word, interview.former)
    for first, last in ((5, 6), (10_003, 10_004), (10_008, 10_009)):
        found = resolve(addresses, first, last)
        assert found and found.kept == 2
    assert resolve(addresses, 20_003, 20_003).is_gone  # type: ignore[union-attr]
    assert resolve(addresses, 500, 501) is None


def test_a_dry_run_writes_nothing(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _all_of(sources)
    assert main(["replace", "talk", "new.txt", "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith("nothing was written\n")
    assert _all_of(sources) == before


def test_other_punctuation_alone_moves_no_address(sources: Path) -> None:
    Path("new.txt").write_text("um so the the plan of open EI yes I agree", "utf-8")
    assert main(["replace", "talk", "new.txt"]) == 0
    assert "talk.addresses.json" not in _all_of(sources)
    (interview,) = load_archive(sources).interviews
    assert interview.first_word == 1 and interview.former == ()


def test_another_ending_and_no_edition(sources: Path) -> None:
    (sources / "talk.edition.md").unlink()
    Path("new.md").write_text(NEW, "utf-8")
    assert main(["replace", "talk", "new.md"]) == 0
    assert sorted(_all_of(sources)) == ["people.yml", "talk.addresses.json", "talk.md"]
    (interview,) = load_archive(sources).interviews
    assert interview.turns[0].first_word == 10_001


ARTICLE = """\
It rains and rains. “It never ends,” he said.

## Why {}

Nobody knows why it rains so.
"""


def test_headings_of_a_source_are_its_own_and_keep_their_topics(sources: Path) -> None:
    body = (
        "**Ann Lee:** It rains and rains. **Bob Ray:** “It never ends,” **Ann Lee:** he said.\n\n"
        "## Why it rains {topics: rain}\n\nNobody knows why it rains so."
    )
    raw, new = ARTICLE.format("it rains"), ARTICLE.format("it rained").replace("never ends", "ever ends")
    (sources / "topics.yml").write_text(TOPICS, "utf-8")
    (sources / "rain.md").write_text(raw, "utf-8")
    words = " ".join(read_transcript(sources / "rain.md", "rain", "rain").words)
    (sources / "rain.edition.md").write_text(edition_of(words, body), "utf-8")
    Path("new.md").write_text(new, "utf-8")
    assert main(["replace", "rain", "new.md"]) == 0
    assert main(["check"]) == 0
    carried = (sources / "rain.edition.md").read_text("utf-8").split("---\n\n", 1)[1].strip()
    assert carried == body.replace("never ends", "ever ends").replace("Why it rains", "Why it rained")


def test_nothing_is_written_where_the_edition_cannot_be(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BuildError([])

    before = _all_of(sources)
    monkeypatch.setattr(Manuscript, "save", refuse)
    assert main(["replace", "talk", "new.txt"]) == 1
    assert _all_of(sources) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["tolk", "new.txt"], "sources:1: no interview 'tolk'; there are: talk"),
        (["talk", "none.txt"], "none.txt:1: no such file; expected a raw transcript"),
        (["talk", "new.pdf"], "new.pdf:1: no reader for .pdf files; expected .txt, .md"),
        (["talk", "empty.txt"], "empty.txt:1: no spoken words found; expected a transcript"),
    ],
)
def test_what_cannot_be_is_told(
    sources: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    Path("new.pdf").write_text("x")
    Path("empty.txt").write_text("...")
    before = _all_of(sources)
    assert main(["replace", *arguments]) == 1
    assert capsys.readouterr().err == f"{expected}\n1 problem; nothing was written.\n"
    assert _all_of(sources) == before


# ── the record is proven ─────────────────────────────────────────────────────


def _spoiled(sources: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["check"]) == 1
    return capsys.readouterr().err


def test_an_edition_that_differs_is_told_with_the_numbers_of_now(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replace", "talk", "new.txt"]) == 0
    path = sources / "talk.edition.md"
    path.write_text(path.read_text("utf-8").replace("plan of", "clan of"), "utf-8")
    assert "sources/talk.txt:1 at w10003, after “So the”" in _spoiled(sources, capsys)


def test_a_lost_record_is_missed(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replace", "talk", "new.txt"]) == 0
    (sources / "talk.addresses.json").unlink()
    assert "there is no record of the addresses that the words had before" in _spoiled(sources, capsys)


def test_a_record_without_its_raw_file_is_told(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replace", "talk", "new.txt"]) == 0
    shutil.move(sources / "talk.addresses.json", sources / "tolk.addresses.json")
    assert "sources/tolk.addresses.json:1: no raw file tolk.txt or .md beside it" in _spoiled(sources, capsys)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"first_word": 5}, "gives w5 twice"),
        ({"first_word": "10001"}, "no record of addresses"),
        ({"former": []}, "says nothing of the first raw file"),
        ({"words": {"count": 9, "sha256": fingerprint(["x"])}}, "made for another raw file"),
        ({"former": [{"first_word": 1, "changes": "9=", "words": [OLD]}]}, "are not those it leads to"),
        ({"former": [{"first_word": 1, "changes": "3-", "words": [OLD]}]}, "does not tell of every word"),
        ({"former": [{"first_word": 1, "changes": "3<", "words": [OLD]}]}, "no record of addresses"),
        ({"former": [{"first_word": 1, "changes": "3-", "words": [3]}]}, "no record of addresses"),
    ],
)
def test_a_record_that_is_not_so_is_refused(
    sources: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], expected: str
) -> None:
    assert main(["replace", "talk", "new.txt"]) == 0
    path = sources / "talk.addresses.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")
    assert expected in _spoiled(sources, capsys)
