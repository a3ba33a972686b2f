"""What the glossary command proposes, and what it must leave alone: precision before recall."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.cli import main
from build_tools.edition.marks import MARK
from build_tools.errors import BuildError
from build_tools.model import Archive
from build_tools.pipeline import load_archive
from build_tools.propose.entry import as_yaml, with_entry
from build_tools.propose.find import Passage, Proposal, proposals, unknown_words
from build_tools.propose.known import Known
from build_tools.propose.match import believed, match
from build_tools.propose.names import Name, bare, known_names, runs
from build_tools.propose.sound import squash
from conftest import PEOPLE, ROOT, MakeSources, edition_of

CASES = Path(__file__).parent / "cases" / "propose"
ALIKE = yaml.safe_load((CASES / "alike.yml").read_text("utf-8"))
PLACES = yaml.safe_load((CASES / "places.yml").read_text("utf-8"))
# (slug, first word, last word, meant)
MISHEARD = [
    (slug, first, last, meant)
    for slug, lists in yaml.safe_load((CASES.parent / "misheard.yml").read_text("utf-8")).items()
    for first, last, _, meant in lists["misheard"]
]
FLOORS = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))["proposals"]
KNOWN = Known(Name(name, "in people.yml") for name in ALIKE["names"])


def proposed(heard: str) -> str | None:
    words = heard.split()
    proper = [word[:1].isupper() or word[1:] != word[1:].lower() for word in words]
    found = match(words, proper, KNOWN)
    return found[0].written if found else None


@pytest.mark.parametrize("heard", ALIKE["right"])
def test_a_misheard_name_is_proposed(heard: str) -> None:
    assert proposed(heard) == ALIKE["right"][heard]


@pytest.mark.parametrize("heard", ALIKE["left"])
def test_nothing_else_is(heard: str) -> None:
    assert proposed(heard) is None


@pytest.mark.parametrize("heard", ALIKE["known"])
@pytest.mark.xfail(reason="letters and sound do not tell it")
def test_what_is_not_told_yet(heard: str) -> None:
    assert proposed(heard) == ALIKE["known"][heard]


def _place(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["known"])] if "known" in case else []
    return pytest.param(case, id=case["about"], marks=marks)


@pytest.mark.parametrize("case", [_place(case) for case in PLACES["cases"]])
def test_a_name_is_told_by_its_place(case: dict[str, Any], make_sources: MakeSources) -> None:
    raw = f"{case['text']} {PLACES['common']}"
    topic = {"id": "one", "name": case.get("topic", "A topic"), "phrases": case["names"]}
    files = {
        "people.yml": PEOPLE,
        "topics.yml": yaml.safe_dump([topic]),
        "talk.txt": raw,
        "talk.edition.md": edition_of(raw, f"**Ann Lee:** {raw}"),
    }
    made = load_archive(make_sources(files))
    found = proposals(made, believed(known_names(made)))
    assert {one.heard: [one.name.written, one.count] for one in found} == case["proposed"]


# ── how many of our own ──────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def unrepaired(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Our archive as it would be had no editor mended a word, and with an empty glossary."""
    root = tmp_path_factory.mktemp("unrepaired") / "sources"
    shutil.copytree(ROOT / "sources", root)
    (root / "glossary.yml").unlink()
    for edition in root.glob("*.edition.md"):
        text = edition.read_text("utf-8")
        edition.write_text(MARK.sub(lambda mark: mark["old"] or mark["delete"] or "", text), "utf-8")
    return load_archive(root)


def test_names_are_found_again_that_an_editor_mended(unrepaired: Archive) -> None:
    found = proposals(unrepaired, believed(known_names(unrepaired)))
    right = {
        (slug, word): squash(meant.removesuffix("'s"))
        for slug, first, last, meant in MISHEARD
        for word in range(first, last + 1)
    }
    places = [
        (one, passage.slug, word) for one in found for passage in one.passages for word in _words(passage)
    ]
    told = {
        (slug, word) for one, slug, word in places if _same(one.name.written, right.get((slug, word), ""))
    }
    covered = sum(
        any((slug, word) in told for word in range(first, last + 1)) for slug, first, last, _ in MISHEARD
    )
    of_right = {one.heard for one, slug, word in places if (slug, word) in told}
    assert covered >= FLOORS["misheard names proposed"]
    assert len(of_right) >= FLOORS["share of proposals right"] * len(found)


def _words(passage: Passage) -> range:
    return range(passage.first_word, passage.last_word + 1)


def _same(written: str, meant: str) -> bool:
    """Whether a name is the one meant, or that with a part more or less: “Sam Altman”, “Altman”."""
    form = squash(written)
    return bool(meant) and (form == meant or (len(meant) > 2 and (form in meant or meant in form)))


def test_words_that_nobody_knows_are_told(unrepaired: Archive) -> None:
    known = believed(known_names(unrepaired))
    told = {bare(one.text) for one in unknown_words(unrepaired, known, proposals(unrepaired, known))}
    assert told >= {"surpages", "Shimanoids", "Aquilo", "Dwarke", "Replit"}
    assert not told & {"OpenAI", "chatchipyT", "deepfake", "doomers", "GPUs"}
    assert len(told) < FLOORS["most unknown words"]


def test_somebody_is_expected_where_they_take_part(make_sources: MakeSources) -> None:
    talk = "Ann spoke of Bob Rayleigh once. We asked Rayley about it."
    for guest, expected in (("bob-rayleigh", ["Rayley"]), ("ann-lee", [])):
        other = "bob-rayleigh" if guest == "ann-lee" else "ann-lee"
        people = "- {id: ann-lee, name: Ann Lee}\n- {id: bob-rayleigh, name: Bob Rayleigh}\n"
        heard = talk if expected else talk.replace("Bob Rayleigh", "nobody")
        files = {"people.yml": people}
        for slug, text, part in (("talk", heard, guest), ("other", "Well, that was it.", other)):
            name = {"ann-lee": "Ann Lee", "bob-rayleigh": "Bob Rayleigh"}[part]
            files[f"{slug}.txt"] = text
            edition = edition_of(text, f"**{name}:** {text}")
            files[f"{slug}.edition.md"] = re.sub("people: .*", f"people: {{guest: [{part}]}}", edition)
        made = load_archive(make_sources(files))
        assert [one.heard for one in proposals(made, believed(known_names(made)))] == expected


ORDINARY = (ROOT / "docs/about/editorial-policy.md").read_text("utf-8") + " the of to and a in is it you that"


@pytest.mark.parametrize("word", sorted({w for w in ORDINARY.split() if w.isalpha() and w.islower()}))
def test_an_ordinary_word_alone_is_never_proposed(word: str) -> None:
    assert proposed(word) is None


def test_names_are_taken_from_where_they_stand(archive: Archive) -> None:
    known = {name.written: name.known_from for name in known_names(archive)}
    assert known["Sam Altman"] == known["Altman"] == "in people.yml"
    assert known["OpenAI"] == "in glossary.yml"
    assert known["DeepSeek"] == "in topics.yml"
    assert "AI" in known and "Vision" not in known and "The" not in known


def test_ordinary_words_of_a_title_are_no_names() -> None:
    assert list(runs("A talk with Jane Doe on Weather, AGI Progress and the Future of DeepMind")) == [
        *("Jane Doe", "Doe", "AGI", "DeepMind"),
    ]


def test_nothing_an_editor_decided_is_proposed_again(archive: Archive) -> None:
    assert proposals(archive, believed(known_names(archive))) == []


RAW = "We met Ann of Brockhaven. Then, um, Brokhaven was shown to Bob Ray. In Brokhaven's hall, Ann spoke."
BODY = "**Ann Lee:** " + RAW
FILES = {
    "people.yml": PEOPLE,
    "topics.yml": "- {id: house, name: House, phrases: [Brockhaven]}\n",
    "glossary.yml": "# How names are written.\n\n- {written: Sora, heard: [Zora Two]}  # made up\n",
    "talk.txt": RAW,
    "talk.edition.md": edition_of(RAW, BODY),
}
TOLD = """\
Brokhaven → Brockhaven
  97% alike, heard 2 times; the name is in topics.yml
  talk w8
    … Ann of Brockhaven. Then, um, [Brokhaven] was shown to Bob Ray. …
  talk w15
    … shown to Bob Ray. In [Brokhaven's] hall, Ann spoke. …
  - written: Brockhaven
    heard: [Brokhaven]
    reason: misheard

"""
ADDED = "\n- written: Brockhaven\n  heard: [Brokhaven]\n  reason: misheard\n"


@pytest.fixture
def _inside(make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_sources(FILES).parent)


@pytest.mark.usefixtures("_inside")
def test_in_a_pipe_it_prints_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary"]) == 0
    assert capsys.readouterr() == (TOLD, "")
    assert Path("sources/glossary.yml").read_text() == FILES["glossary.yml"]


def test_unknown_words_are_shown_unless_all_is_accepted(
    make_sources: MakeSources, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = "We met at Zorbling yesterday."
    monkeypatch.chdir(make_sources({"people.yml": PEOPLE, "talk.txt": raw}).parent)
    for options, told in (([], True), (["--interview", "talk"], True), (["--most", "0"], False)):
        assert main(["glossary", *options]) == 0
        assert ("  talk w4\n    … We met at [Zorbling] yesterday. …\n" in capsys.readouterr().out) == told
    assert main(["glossary", "--write"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("_inside")
def test_write_accepts_what_is_shown_and_nothing_is_proposed_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["glossary", "--most", "0", "--write"]) == 0
    assert main(["glossary", "--interview", "talk", "--write"]) == 0
    assert Path("sources/glossary.yml").read_text() == FILES["glossary.yml"] + ADDED
    assert capsys.readouterr().out == TOLD
    assert main(["check"]) == main(["glossary"]) == 0
    assert "Brokhaven" not in capsys.readouterr().out
    assert "Brockhaven's hall" in load_archive(Path("sources")).interviews[0].turns[0].text


@pytest.mark.usefixtures("_inside")
def test_an_unknown_interview_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "--interview", "tlak"]) == 1
    assert "no interview 'tlak'; there are: talk" in capsys.readouterr().err


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("_inside")
@pytest.mark.parametrize(("typed", "added"), [("y\n", ADDED), ("n\n", ""), ("q\n", ""), ("\n", ""), ("", "")])
def test_on_a_terminal_it_asks(typed: str, added: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["glossary", "--most", "1"]) == 0
    shown = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())
    assert "accept? y/n/q" in shown and "Brokhaven → Brockhaven" in shown
    assert Path("sources/glossary.yml").read_text() == FILES["glossary.yml"] + added


SAMPLE = Proposal("Brok: haven", Name("Brock 'n' haven", ""), 0.9, (), ("talk",))


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "- {written: A, heard: [B]}", "- written: A\n  heard: [B]\n\n\n"]
)
def test_an_entry_is_valid_wherever_it_is_appended(text: str) -> None:
    longer = with_entry(text, SAMPLE, "glossary.yml")
    assert longer.startswith(text.rstrip())
    assert yaml.safe_load(longer) == [*(yaml.safe_load(text) or []), *yaml.safe_load(as_yaml(SAMPLE))]


@pytest.mark.parametrize(
    "text", ["[]", "  - {written: A, heard: [B]}\n", "a: 1\n", "[{written: A, heard: [B]}]\n"]
)
def test_a_list_that_cannot_grow_is_told(text: str) -> None:
    with pytest.raises(BuildError, match="no entry can be appended"):
        with_entry(text, SAMPLE, "glossary.yml")
