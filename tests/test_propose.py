"""What the glossary command proposes, and what it must leave alone: precision before recall."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import yaml

from build_tools.cli import main
from build_tools.errors import BuildError
from build_tools.model import Archive
from build_tools.pipeline import load_archive
from build_tools.propose.entry import as_yaml, with_entry
from build_tools.propose.find import Known, Proposal, match, proposals
from build_tools.propose.names import Name, known_names, runs
from conftest import PEOPLE, ROOT, MakeSources, edition_of

NAMES = (
    *("OpenAI", "ChatGPT", "Sam Altman", "Altman", "Dario Amodei", "Amodei", "DeepSeek", "Codex", "Sora"),
    *("a16z", "GPT-5", "GPT-3", "LLM", "AGI", "API", "GPU", "Turing test", "Turing", "Claude", "Claude Code"),
    *("Jensen Huang", "superintelligence", "Anthropic", "NVIDIA", "Meta", "AI", "Demis Hassabis", "Hassabis"),
)
KNOWN = Known(Name(name, "in people.yml") for name in NAMES)

# What a recogniser heard, most of it in our own sources, and the name that was said.
MISHEARD = {
    "Open EI": "OpenAI",
    "open AI": "OpenAI",
    "chatchipyT": "ChatGPT",
    "Chatchee BT": "ChatGPT",
    "Chad Chippy-T": "ChatGPT",
    "chat GBT": "ChatGPT",
    "chat GPT": "ChatGPT",
    "ChGBT": "ChatGPT",
    "chatGPT": "ChatGPT",
    "Sam Alman": "Sam Altman",
    "Alman": "Altman",
    "Amode": "Amodei",
    "Dario Amode": "Dario Amodei",
    "deep seek": "DeepSeek",
    "deep-seek": "DeepSeek",
    "DeepSeq": "DeepSeek",
    "codecs": "Codex",
    "a 16z": "a16z",
    "A60Z": "a16z",
    "GPD5": "GPT-5",
    "GPT 5": "GPT-5",
    "GPT5": "GPT-5",
    "GPD3": "GPT-3",
    "LLN": "LLM",
    "a GI": "AGI",
    "terrain test": "Turing test",
    "Turnne": "Turing",
    "Cloud Code": "Claude Code",
    "Jensen Wang": "Jensen Huang",
    "super intelligence": "superintelligence",
    "Demis Hasabis": "Demis Hassabis",
}
# Right as it stands, or nobody can tell.
LEFT = """
    OpenAI | Sam Altman | Sora | the Turing test | AGI | API | LLMs | GPUs | Altmans | Anthropics | NVIDIA
    | Nvidia | sora | meta | met a | GPT-4 | GPT-2 | GPT | CPU | AMD | ABI | CEO | Sam | Alan | Tim Cook
    | Jensen | Jensen said | Sam and Dario | chat | chat about | open | opening | open now | AI is | AI as
    | the AI | OpenAI is | OpenAI will | soar | so are | sore | sort of | cloud | code | codes | clouds
    | doomers | in person | intelligence | super | superhuman | deep sea | deep learning | deep sleep
    | deepfake | test | a test | during a test | anthropology | philanthropic | model | modern | amid | Amjad
    | alternate | alter man | at man | halt | monotony | 16 | 1999 | 90% | a 16 | 5 | Demis | dennis
""".replace("\n", " ").split("|")  # fmt: skip


def proposed(heard: str) -> str | None:
    words = heard.split()
    proper = [word[:1].isupper() or word[1:] != word[1:].lower() for word in words]
    found = match(words, proper, KNOWN)
    return found[0].written if found else None


@pytest.mark.parametrize("heard", MISHEARD)
def test_a_misheard_name_is_proposed(heard: str) -> None:
    assert proposed(heard) == MISHEARD[heard]


@pytest.mark.parametrize("heard", [heard.strip() for heard in LEFT])
def test_nothing_else_is(heard: str) -> None:
    assert proposed(heard) is None


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


def test_nothing_an_edition_changed_is_proposed_again(archive: Archive) -> None:
    found = {one.heard for one in proposals(archive, Known(known_names(archive)))}
    assert not found & {"Sam Alman", "Chatchee BT", "Open EI", "chat GBT", "DeepSeq"}


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


SAMPLE = Proposal("Brok: haven", Name("Brock 'n' haven", ""), 0.9, 1, (), ("talk",))


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
