"""Pictures of quotes: what is on them, that it stays inside, and that nothing is drawn in vain."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from build_tools.model import Archive, Picture, Quote
from build_tools.picture import HEIGHT, WIDTH, Card, can_draw, draw, fingerprint, fingerprint_of
from build_tools.picture.draw import INKS, PAPER
from build_tools.picture.layout import lay_out
from build_tools.render.pictures import card_of, picture_of, pictures
from build_tools.write import write_pages
from conftest import ROOT

# Nothing is drawn nearer to an edge, for some who show pictures cut a little off.
SAFE = 40

SOME = "I used to be sure of it. Then I looked, and what I saw was not what any of us had said."
CARD = Card(SOME, "Jane Doe", "A Show · 30 July 2025")

DRAWABLE = (
    "Größe, размер, μέγεθος, tiếng Việt, Łódź: ½ of $5 — naïve…",
    "Ame\u0301lie",
    "a tab\tand\nlines",
    "No.",
    "soft\u00adened",
)
NOT_DRAWABLE = (
    "",
    "— …",
    "大きさ",
    "مرحبا",
    "שלום",
    "नमस्ते",
    "fine 🎉",
    "bell\x07",
    "turned \u202edrawkcab",
    "z" + "\u0301" * 9,
    "Ǻ\u0301",
    "\ue000",
    "\ud800",
)


def opened(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(card)))


def ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of whatever is not paper."""
    box = ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, PAPER)).getbbox()
    assert box
    return box


@pytest.fixture
def quotes(archive: Archive) -> tuple[Quote, ...]:
    """Two stretches of the real archive, as an editor might mark them."""

    def found() -> Iterator[Quote]:
        for interview in archive.interviews[:2]:
            turn = next(t for t in interview.turns if t.speaker and t.last_word - t.first_word > 30)
            yield Quote(interview, turn, turn.first_word, turn.first_word + 20)

    return tuple(found())


# ── what a picture is ────────────────────────────────────────────────────────


def test_a_picture_is_a_small_png_of_the_usual_size() -> None:
    data = draw(CARD)
    image = opened(CARD)
    assert (image.format, image.mode, image.size) == ("PNG", "P", (WIDTH, HEIGHT))
    assert len(data) < 60_000


def test_the_same_card_gives_the_same_bytes_in_any_locale() -> None:
    code = f"import sys; from build_tools.picture import *; sys.stdout.buffer.write(draw({CARD!r}))"
    elsewhere = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", f"from build_tools.picture import Card; {code}"],
        cwd=ROOT,
        env=elsewhere,
        capture_output=True,
        check=True,
    )
    assert draw(CARD) == done.stdout == draw(CARD)


def test_each_part_of_a_card_is_seen() -> None:
    full = draw(replace(CARD, doubt="inferred, 91%"))
    others = [
        replace(CARD, doubt="inferred, 91%", words="Other words."),
        replace(CARD, doubt="inferred, 91%", speaker="John Roe"),
        replace(CARD, doubt="inferred, 91%", where="A Show · 31 July 2025"),
        replace(CARD, doubt="inferred, 92%"),
        CARD,
    ]
    assert full not in map(draw, others)
    assert len({fingerprint(card) for card in [replace(CARD, doubt="inferred, 91%"), *others]}) == 6


def test_the_colours_are_those_of_the_light_pages() -> None:
    styles = (ROOT / "docs/assets/styles/archive.css").read_text("utf-8")
    light = re.search(r'\[data-md-color-scheme="default"\] \{([^}]*)\}', styles)
    assert light
    pages = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light[1]))
    drawn = {"paper": PAPER} | {str(name): colour for name, colour in INKS.items()}
    assert drawn == {name: pages.get(name) for name in drawn}


# ── layout ───────────────────────────────────────────────────────────────────


def words_of(count: int) -> str:
    return " ".join((SOME.split() * 10)[:count])


def test_longer_quotes_are_set_smaller_and_fill_the_room() -> None:
    sizes = [lay_out(replace(CARD, words=words_of(count))).size for count in (3, 8, 15, 25, 40, 60)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] >= 90 and sizes[-1] >= 36
    left, top, right, _ = ink_box(opened(replace(CARD, words=words_of(40))))
    assert left < 110 and top < 110 and right > 900


@pytest.mark.parametrize("count", [1, 8, 19, 33, 60])
def test_no_word_is_lost_and_no_line_left_with_a_single_word(count: int) -> None:
    lines = lay_out(replace(CARD, words=words_of(count))).lines
    assert " ".join(lines) == words_of(count)
    assert len(lines) == 1 or all(" " in line for line in lines)


def test_lines_are_even() -> None:
    lengths = [len(line) for line in lay_out(replace(CARD, words=words_of(33))).lines]
    assert min(lengths) > 0.6 * max(lengths)


def test_what_finds_no_room_ends_in_dots_at_a_word() -> None:
    words = words_of(160)
    shown = " ".join(lay_out(replace(CARD, words=words)).lines)
    assert shown.endswith("\u00a0…")
    kept = shown.removesuffix("\u00a0…").split()
    assert 60 < len(kept) < 160
    assert kept[:-1] == words.split()[: len(kept) - 1]
    assert words.split()[len(kept) - 1].startswith(kept[-1])


def test_an_endless_word_is_divided_and_a_compound_behind_its_hyphen() -> None:
    assert "".join(lay_out(replace(CARD, words="a" * 200)).lines) == "a" * 200
    lines = lay_out(replace(CARD, words="self-improvement " * 12)).lines
    assert all(line.endswith(("self-", "improvement")) for line in lines)


def test_apostrophes_are_curled() -> None:
    assert lay_out(replace(CARD, words="That's what they said.")).lines == ("That’s what they said.",)


def test_the_doubt_about_a_name_is_never_cut() -> None:
    long = replace(CARD, speaker="Jane " * 60, doubt="inferred, 91%")
    assert ink_box(opened(long))[2] <= WIDTH - SAFE
    with_doubt, other = lay_out(long), lay_out(replace(long, doubt="inferred, 92%"))
    assert with_doubt.placed != other.placed
    assert len(with_doubt.placed[-2].line.glyphs) == len(" (inferred, 91%)")


LETTERS = st.text("abcdefgijmWMÅqyfé’“”-—,.? 0123ЖдΩǺ\u0301\u0323", min_size=1, max_size=700)


@settings(max_examples=60)
@given(LETTERS, LETTERS, LETTERS, st.sampled_from(["", "inferred, 91%", "attribution uncertain"]))
@example("W" * 700, "W" * 90, "W" * 200, "attribution uncertain")
@example("fgjy " * 200, "Å" * 40, "", "")
@example("j", "j", "j", "")
@example("Ǻ Q\u0323\u0323 " * 9, "Ǻ", "Q\u0323\u0323", "")
@example("Ǻ Q\u0323\u0323 " * 60, "Ǻ", "Q\u0323\u0323", "")
@example("ff" * 33 + " …" * 60, "ff", "f", "inferred, 91%")
def test_everything_stays_inside(words: str, speaker: str, where: str, doubt: str) -> None:
    card = Card(words, speaker, where, doubt)
    assume(can_draw(card))
    left, top, right, bottom = ink_box(opened(card))
    assert left >= SAFE and top >= SAFE and right <= WIDTH - SAFE and bottom <= HEIGHT - SAFE


# ── letters ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", DRAWABLE)
def test_can_draw(text: str) -> None:
    assert can_draw(replace(CARD, words=text))
    assert can_draw(replace(CARD, speaker=text))


@pytest.mark.parametrize("text", NOT_DRAWABLE)
def test_draws_no_empty_boxes(text: str) -> None:
    assert not can_draw(replace(CARD, words=text))
    assert not can_draw(replace(CARD, speaker=text))
    if text.strip("— …"):
        assert not can_draw(replace(CARD, where=text))


# ── from quotes ──────────────────────────────────────────────────────────────


def test_a_card_says_who_where_and_when(quotes: tuple[Quote, ...]) -> None:
    quote = quotes[0]
    interview = replace(quote.interview, outlet="A Show", date=datetime.date(2025, 7, 30))
    card = card_of(replace(quote, interview=interview))
    assert (card.speaker, card.where, card.doubt) == (quote.turn.name, "A Show · 30 July 2025", "")
    assert card.words[0] not in "“”" and card.words[:10] in quote.text


def test_a_doubtful_name_is_shown_as_such(quotes: tuple[Quote, ...]) -> None:
    quote = quotes[0]
    uncertain = replace(quote, turn=replace(quote.turn, uncertain=True))
    inferred = replace(quote, turn=replace(quote.turn, inferred=True, confidence=0.914))
    unknown = replace(quote, turn=replace(quote.turn, speaker=None, role="host"))
    assert card_of(uncertain).doubt == "attribution uncertain"
    assert card_of(inferred).doubt == "inferred, 91%"
    assert card_of(unknown).speaker == "Unknown host"


def test_a_picture_lies_beside_the_page_and_is_left_out_where_it_cannot_be_drawn(
    archive: Archive, quotes: tuple[Quote, ...]
) -> None:
    first = quotes[0].turn.paragraphs[0]
    foreign = replace(first, clean=("大きさ", *first.clean[1:]))
    other = replace(quotes[0], turn=replace(quotes[0].turn, paragraphs=(foreign,)))
    made = list(pictures(replace(archive, quotes=(other, quotes[1]))))
    quote = quotes[1]
    name = f"w{quote.first_word}-{quote.last_word}.png"
    assert [picture.path for picture in made] == [f"quotes/{quote.interview.slug}/{name}"]
    assert picture_of(other) is None


def test_the_pictures_of_an_archive_are_drawn_once(
    archive: Archive, quotes: tuple[Quote, ...], tmp_path: Path
) -> None:
    marked = replace(archive, quotes=quotes)
    assert len(write_pages([], tmp_path, pictures(marked)).changed) == 2
    again = [replace(picture, draw=never) for picture in pictures(marked)]
    assert write_pages([], tmp_path, again).unchanged == 2


# ── in docs/ ─────────────────────────────────────────────────────────────────


def never() -> bytes:
    raise AssertionError("drawn in vain")


def picture(path: str, card: Card = CARD) -> Picture:
    return Picture(path, fingerprint(card), lambda: draw(card))


def test_a_picture_is_drawn_only_when_it_changes(tmp_path: Path) -> None:
    one = picture("quotes/a/w1-2.png")
    assert write_pages([], tmp_path, [one]).changed == (one.path,)
    file = tmp_path / one.path
    assert fingerprint_of(file) == one.fingerprint
    before = file.stat().st_mtime_ns
    assert write_pages([], tmp_path, [replace(one, draw=never)]).unchanged == 1
    assert file.stat().st_mtime_ns == before
    other = picture(one.path, replace(CARD, words="Other words."))
    assert write_pages([], tmp_path, [other]).changed == (one.path,)
    assert fingerprint_of(file) == other.fingerprint != one.fingerprint


def test_a_picture_that_no_quote_makes_any_more_goes(tmp_path: Path) -> None:
    write_pages([], tmp_path, [picture("quotes/a/w1-2.png"), picture("quotes/a/w5-9.png")])
    assert write_pages([], tmp_path, [picture("quotes/a/w1-2.png")]).removed == ("quotes/a/w5-9.png",)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["w1-2.png"]


@pytest.mark.parametrize("kind", ["drawn by hand", "no picture", "cut short", "empty"])
def test_a_picture_made_by_hand_stays(tmp_path: Path, kind: str) -> None:
    mine = tmp_path / "quotes/a/w1-2.png"
    mine.parent.mkdir(parents=True)
    own = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(own, "PNG")
    mine.write_bytes(
        {
            "drawn by hand": own.getvalue(),
            "no picture": b"# Mine\xff",
            "cut short": b"\x89PNG\r\n\x1a\n",
            "empty": b"",
        }[kind]
    )
    before = mine.read_bytes()
    assert write_pages([], tmp_path, [replace(picture("quotes/a/w1-2.png"), draw=never)]).changed == ()
    assert write_pages([], tmp_path).removed == ()
    assert mine.read_bytes() == before
