"""What must always hold, on random text that is as unkind as Hypothesis can make it."""

from __future__ import annotations

import html
import json
import re
import tempfile
from pathlib import Path

import markdown
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from build_tools.clean import rules_of
from build_tools.clean.engine import clean
from build_tools.clean.mojibake import repairs
from build_tools.clean.speech import FUNCTION_WORDS
from build_tools.pipeline import build_archive
from build_tools.read import read_text
from build_tools.render.markdown import escape, front_matter
from build_tools.replay import replay
from build_tools.words import is_word, join, same_words, split_words
from conftest import PEOPLE, edition_of

# Speech: the words rules look for, with the marks that surround them.
SPOKEN = st.lists(
    st.sampled_from(
        "I i um, Um, uh uh, you know, You know, I mean, mean. the the, The a an it it. that that, so So, "
        "very very, no, No. is is, we we're Sam 20 20, — – ... … “yes” “and why? Well, like, and And but "
        "iPhone a16z e.g. U.S. don't don't, Amode Open EI Er er, err uh-huh well.".split()
    ),
    min_size=1,
    max_size=40,
).map(" ".join)

# Small words, each said up to four times with all that may stand between.
REPEATED = st.lists(
    st.tuples(
        st.sampled_from([*sorted(FUNCTION_WORDS), "data", "goes"]),
        st.lists(st.sampled_from(["", "", ",", "...", "…", " —", " -", ".", "?"]), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=8,
).map(lambda said: " ".join(word + mark for word, marks in said for mark in marks))
# How readily words count as stumbles: in edited text, where nothing is known, in recognised speech.
PRIORS = st.sampled_from([-60, 0, 100])

# Anything a text file may hold.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)


def _nested(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(leaves, max_size=3) | st.dictionaries(st.sampled_from(["a", "b c", "@id"]), leaves)


HOSTILE = st.lists(
    st.sampled_from(
        "<script>alert(1)</script> {{7*7}} {%x%} *a* _b_ **c** `d` ``` # ## | a|b [x](javascript:a) ![i](j) "
        "--8<-- {++ins++} {--del--} {~~a~>b~~} {>>c<<} {==m==} {: #id .x} {#w1} <!-- --> &lt; &amp;amp; "
        "http://a.b/c <http://a.b> 1. - + > : --- === ~~~ \\ \\* $x$ ^a^ [^1] [1]: word :smile: @me ::: /// !!! ¶ "
        "</p> \u202e \u2028 \ufeff klzzwxh:0001 wzxhzdk:0".split(" ")
    ),
    min_size=1,
    max_size=25,
).map(" ".join)

EXTENSIONS = ["attr_list", "md_in_html", "toc", "pymdownx.critic"]


def letters(text: str) -> str:
    """A text without white space and invisible marks, to compare what is seen."""
    return re.sub(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", "", text)


@given(SPOKEN | REPEATED, PRIORS)
@example("Um, um.", 0)
@example("you know, you know, I mean, I mean,", 0)
@example("We like that that that.", 0)
def test_cleaning_is_recorded_and_done_once(said: str, how_readily: int) -> None:
    words, rules = split_words(said), rules_of(how_readily)
    slots, edits = clean(words, 1, rules)
    assert replay(words, edits) == slots
    assert len(slots) == len(words)
    again = [slot for slot in slots if slot]
    assert clean(split_words(join(again)), 1, rules)[1] == []


@given(SPOKEN | REPEATED, PRIORS)
def test_cleaning_takes_words_out_and_puts_none_in(said: str, how_readily: int) -> None:
    words = split_words(said)
    slots, _ = clean(words, 1, rules_of(how_readily))
    left = iter(split_words(said))
    for word in split_words(join(slots)):
        assert any(same_words(word, raw) for raw in left), f"{word!r} is new or out of order"
    assert not any(map(is_word, words)) or any(map(is_word, join(slots).split()))


@given(TEXT | HOSTILE)
def test_words_joined_are_the_text(text: str) -> None:
    words = split_words(text)
    if words:
        assert join(words).split() == text.split()
    assert all(any(map(is_word, word.split())) for word in words)


@given(TEXT | HOSTILE)
def test_repairs_replay(text: str) -> None:
    words = split_words(text)
    assert len(replay(words, repairs(words))) == len(words)


@given(TEXT | HOSTILE)
@example("{~~a~>b~~} *x* <i>y</i> [z](u)")
@example("1. one")
@example("# one")
@example("    one")
def test_escaped_text_shows_as_itself(text: str) -> None:
    """Rendered by the extensions of the site, a text gives one paragraph of just that text."""
    rendered = markdown.markdown(f"{escape(text)}\n{{: #w1 .passage }}", extensions=EXTENSIONS)
    shown = re.fullmatch(r'<p class="passage" id="w1">(.*)</p>', rendered, re.DOTALL)
    if not text.split():
        return
    assert shown, rendered
    assert "<" not in shown[1], rendered
    assert letters(html.unescape(shown[1])) == letters(text)


@given(TEXT | HOSTILE)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_makes_a_page_that_holds_it(text: str) -> None:
    """From raw file to rendered page: every word is there, and nothing became markup."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        sources.mkdir()
        (sources / "talk.txt").write_text(f"word {text}", "utf-8", newline="")
        built = build_archive(sources)
    pages = {page.path: page.text for page in built.pages}
    record = json.loads(pages["interviews/talk.json"])
    assert record["status"] == "inferred"
    assert {turn["speaker"] for turn in record["turns"]} == {"Unknown"}
    words = [word for line in read_text(f"word {text}", ".txt").lines for word in split_words(line.text)]
    assert " ".join(turn["verbatim"] for turn in record["turns"]).split() == join(words).split()
    body = pages["interviews/talk.md"].split("\n---\n", 1)[1]
    rendered = markdown.markdown(body, extensions=EXTENSIONS)
    tags = set(re.findall(r"<(\w+)", rendered))
    assert tags <= {"h1", "p", "a", "strong", "del", "ins", "span"}, tags
    assert not re.search(r"(?i)<[^>]+(?:onerror|onclick|javascript:)", rendered)


@given(st.recursive(st.text() | HOSTILE | st.booleans() | st.integers(), _nested, max_leaves=6))
@example("\x7f\x85\u2028\u2029\ufeff\ufffe\U0001f600\n---\n")
@example(["b: " * 2000, {"a": "b" * 2000}])
def test_front_matter_is_read_as_it_was_given(value: object) -> None:
    """By what MkDocs reads it with, and by what has no C."""
    front = front_matter(told={"value": value})
    assert front.count("\n") == 3
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        assert yaml.load(front.split("\n", 1)[1].removesuffix("---"), loader) == {"told": {"value": value}}


@given(st.lists(st.sampled_from(["Ann Lee", "Bob Ray", "Unknown"]), min_size=1, max_size=6), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_edition_gives_its_words_to_its_speakers(speakers: list[str], data: st.DataObject) -> None:
    """However turns are cut, the twin has each word under the name the edition gives it."""
    said = [data.draw(SPOKEN.filter(lambda s: bool(split_words(s)))) for _ in speakers]
    raw = " ".join(said)
    body = "\n\n".join(f"**{who}:** {text}" for who, text in zip(speakers, said, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        sources.mkdir()
        (sources / "people.yml").write_text(PEOPLE)
        (sources / "talk.txt").write_text(raw, "utf-8")
        (sources / "talk.edition.md").write_text(edition_of(raw, body), "utf-8")
        interview = build_archive(sources).archive.interviews[0]
    wanted = [who for who, text in zip(speakers, said, strict=True) for _ in split_words(text)]
    found = [turn.name for turn in interview.turns for p in turn.paragraphs for _ in p.raw]
    assert len(found) == len(split_words(raw))
    if len(found) == len(wanted):  # a mark between two turns may belong to either
        assert found == wanted
