"""The chain over a talk: how it is read, what goes into it, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from build_tools.attribute.chain import (
    MOST_VOICES,
    Chain,
    Looks,
    Voice,
    cast,
    make_chain,
    with_cues,
    with_own_words,
    with_presenter,
)
from build_tools.attribute.confidence import confidences, evidence
from build_tools.attribute.decode import Scores, best_path, posteriors
from build_tools.attribute.names import Cue
from build_tools.attribute.network import Judgement
from build_tools.attribute.own_words import SIZE, count, levelled, own_words, unit_hashes
from build_tools.model import Participant, Person, newcomer

CASTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "inferred" / "casts.yml").read_text("utf-8")
)

# Scores are whole numbers, so that sums are exact and equal paths are equal.
SCORES = st.integers(-6, 6).map(float)


@st.composite
def chains(draw: st.DrawFn, most_units: int = 6, fewest_voices: int = 1) -> Chain:
    units, voices = draw(st.integers(1, most_units)), draw(st.integers(fewest_voices, 3))
    return Chain(
        draw(arrays(np.float64, (units, voices), elements=SCORES)),
        draw(arrays(np.float64, (units, voices, voices), elements=SCORES)),
    )


def all_paths(chain: Chain) -> dict[tuple[int, ...], float]:
    """Every path through a small chain, with its sum."""
    units, voices = chain.emissions.shape
    return {
        path: float(
            sum(chain.emissions[t, voice] for t, voice in enumerate(path))
            + sum(chain.links[t, a, b] for t, (a, b) in enumerate(pairwise(path), 1))
        )
        for path in product(range(voices), repeat=units)
    }


# ── how a chain is read ──────────────────────────────────────────────────────


@given(chains())
def test_the_best_path_is_the_best_of_all(chain: Chain) -> None:
    paths = all_paths(chain)
    assert paths[tuple(best_path(chain.emissions, chain.links).tolist())] == max(paths.values())


@given(chains())
def test_how_likely_a_voice_is_counts_every_path(chain: Chain) -> None:
    paths = all_paths(chain)
    wanted = np.zeros_like(chain.emissions)
    for path, score in paths.items():
        wanted[np.arange(len(path)), path] += np.exp(score - max(paths.values()))
    wanted /= wanted.sum(1, keepdims=True)
    assert np.allclose(posteriors(chain.emissions, chain.links), wanted, atol=1e-9)


@given(chains(), st.data())
def test_only_differences_of_scores_count(chain: Chain, data: st.DataObject) -> None:
    more = data.draw(arrays(np.float64, (len(chain.emissions), 2), elements=SCORES))
    emissions, links = chain.emissions + more[:, :1], chain.links + more[:, 1:, None]
    assert best_path(emissions, links).tolist() == best_path(chain.emissions, chain.links).tolist()
    assert np.allclose(posteriors(emissions, links), posteriors(chain.emissions, chain.links))


def test_huge_scores_are_no_trouble() -> None:
    emissions = np.array([[1e5, -1e5], [-1e5, 1e5], [0, 0]])
    links = np.full((3, 2, 2), -1e5)
    assert posteriors(emissions, links).tolist() == [[1, 0], [0, 1], [0.5, 0.5]]


# ── who may speak ────────────────────────────────────────────────────────────


def people(*rows: list[str]) -> list[Participant]:
    return [Participant(newcomer(name), role) for name, role in rows]


def a_cast(*rows: list[str]) -> tuple[Voice, ...]:
    """Voices by name and part; a third word says that they are not to be named."""
    return tuple(Voice(newcomer(name) if name else None, role, not rest) for name, role, *rest in rows)


@pytest.mark.parametrize("case", CASTS, ids=lambda case: case.get("name") or str(case["people"]))
def test_who_may_speak(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if why := case.get("known-failure"):
        request.applymarker(pytest.mark.xfail(reason=why))
    likely = people(*case.get("likely", ()))
    assert cast(people(*case["people"]), likely) == a_cast(*case["voices"])


ROLES = st.lists(st.sampled_from(["host", "guest", "panel", ""]), max_size=9)


@given(ROLES)
def test_a_talk_has_two_voices_or_more_but_not_too_many(roles: list[str]) -> None:
    voices = cast(people(*([f"Jane {n}", role] for n, role in enumerate(roles))))
    assert 2 <= len(voices) <= MOST_VOICES
    assert len(set(voices)) == len(voices)
    assert [voice.role for voice in voices] == sorted(
        (voice.role for voice in voices), key=lambda role: (role != "host", role != "guest")
    )


# ── what the network says ────────────────────────────────────────────────────


@st.composite
def judgements(draw: st.DrawFn, most_units: int = 8) -> Judgement:
    scores = draw(arrays(np.float64, (draw(st.integers(2, most_units)), 2), elements=SCORES))
    return Judgement(scores[:, 0], scores[:, 1])


TWO = a_cast(["", "host"], ["", "guest"])


@given(judgements())
def test_two_voices_weigh_a_role_against_a_change(judged: Judgement) -> None:
    """P(path) ∝ exp ½ Σ (±host ± c·change): the formula the network is fitted by, c for all units the same."""
    chain = make_chain(judged, TWO)
    one = make_chain(Judgement(judged.host, np.ones_like(judged.change)), TWO).links[0, 0, 1]
    assert one > 0
    assert np.allclose(chain.emissions, np.stack([judged.host, -judged.host], 1) / 2)
    for moved, sign in ((False, -1), (True, 1)):
        step = chain.links[:, *((0, 1) if moved else (0, 0))]
        assert np.allclose(step, sign * one * judged.change)
        assert np.allclose(step, chain.links[:, *((1, 0) if moved else (1, 1))])


@given(judgements(), ROLES)
def test_those_of_one_role_are_not_told_apart_by_it(judged: Judgement, roles: list[str]) -> None:
    voices = cast(people(*([f"Jane {n}", role] for n, role in enumerate(roles))))
    chain = make_chain(judged, voices)
    likely = posteriors(chain.emissions, chain.links)
    for a, b in product(range(len(voices)), repeat=2):
        if voices[a].role == voices[b].role:
            assert (chain.emissions[:, a] == chain.emissions[:, b]).all()
            assert np.allclose(likely[:, a], likely[:, b])
    if len({voice.role for voice in voices}) == 1:
        assert not chain.emissions.any()
    assert np.isfinite(chain.links).all()


@given(judgements())
def test_who_takes_over_is_likelier_to_play_the_other_part(judged: Judgement) -> None:
    chain = make_chain(judged, a_cast(["A A", "host"], ["B B", "guest"], ["C C", "guest"]))
    guest_to_host, guest_to_guest = chain.links[:, 1, 0], chain.links[:, 1, 2]
    assert (guest_to_host > guest_to_guest).all()
    assert np.allclose(chain.links[:, 0, 1], chain.links[:, 0, 2])


# ── names that are said ──────────────────────────────────────────────────────

UNITS = [(1, 4), (5, 6), (7, 9), (10, 12)]
CAST = a_cast(["John Roe", "host"], ["Jane Doe", "guest"], ["Mary Major", "guest"])
JANE = 1


def flat(units: int = len(UNITS), voices: int = len(CAST)) -> Chain:
    return Chain(np.zeros((units, voices)), np.zeros((units, voices, voices)))


def gained(*cues: Cue) -> Scores:
    """How much likelier each voice is at each unit, in a talk of which nothing else is known."""
    chain = with_cues(flat(), cues, UNITS, CAST)
    return np.asarray(posteriors(chain.emissions, chain.links) - 1 / len(CAST))


def test_whoever_is_thanked_does_not_speak_there_but_before_or_next() -> None:
    likelier = gained(Cue(5, 6, "Jane Doe", "address"))
    assert likelier[1, JANE] < -0.2
    assert likelier[0, JANE] > 0.05 and likelier[2, JANE] > 0.05
    assert np.allclose(likelier[:, 0], likelier[:, 2]), "it says nothing of the others"


def test_whoever_says_their_name_speaks_there() -> None:
    likelier = gained(Cue(6, 6, "Jane Doe", "self"))
    assert likelier[1, JANE] > 0.5
    assert np.allclose(likelier[[0, 2, 3]], 0)


def test_whoever_is_mentioned_does_not_speak_there() -> None:
    likelier = gained(Cue(6, 6, "Jane Doe", "mention"))
    assert likelier[1, JANE] < -0.2
    assert np.allclose(likelier[[0, 2, 3]], 0), "it says nothing of what comes before or next"


@pytest.mark.parametrize("kind", ["address", "self", "mention"])
@pytest.mark.parametrize("word", [1, 12])
def test_a_name_may_be_said_first_or_last(kind: Any, word: int) -> None:
    likelier = gained(Cue(word, word, "Jane Doe", kind))
    assert (likelier[0 if word == 1 else -1, JANE] > 0) == (kind == "self")


@pytest.mark.parametrize(
    ("cues", "joins"),
    [
        ([Cue(5, 5, "John Roe", "mention"), Cue(6, 6, "Jane Doe", "mention")], True),
        ([Cue(5, 5, "John Roe", "mention"), Cue(9, 9, "Jane Doe", "mention")], False),
        ([Cue(5, 5, "John Roe", "self"), Cue(6, 6, "Jane Doe", "mention")], False),
        ([Cue(5, 5, "Richard Miles", "mention"), Cue(6, 6, "Jane Doe", "mention")], False),
    ],
    ids=["both in one sentence", "one after the other", "of oneself", "of somebody else"],
)
def test_whoever_tells_of_all_is_none_of_them(cues: list[Cue], joins: bool) -> None:
    known = a_cast(["John Roe", "host"], ["Jane Doe", "guest"])
    assert with_presenter(known, cues, UNITS) == (*known, *(a_cast(["", "host"]) if joins else ()))


def test_one_who_presents_a_talk_needs_room() -> None:
    one = a_cast(["", "host"], ["Jane Doe", "guest"])
    assert with_presenter(one, [Cue(6, 6, "Jane Doe", "mention")], UNITS) == one
    full = a_cast(*([name, "guest"] for name in "ABCDEF"))
    assert with_presenter(full, [Cue(6, 6, name, "mention") for name in "ABCDEF"], UNITS) == full


def test_a_name_that_is_nobodys_tells_nothing() -> None:
    assert not gained(Cue(5, 6, "Richard Miles", "address"), Cue(7, 7, "", "self")).any()


def test_a_name_is_known_by_any_of_its_forms() -> None:
    known = Voice(Person("jane-doe", "Jane Doe", ("J. Doe",)), "guest")
    chain = with_cues(flat(voices=2), [Cue(5, 6, "j. doe", "self")], UNITS, (TWO[0], known))
    assert chain.emissions[1].argmax() == 1


def test_a_chain_is_not_changed_but_made_anew() -> None:
    chain = flat()
    with_cues(chain, [Cue(5, 6, "Jane Doe", "address"), Cue(7, 7, "John Roe", "self")], UNITS, CAST)
    assert not chain.emissions.any() and not chain.links.any()


# ── own words ────────────────────────────────────────────────────────────────


@st.composite
def said_by(draw: st.DrawFn) -> tuple[list[NDArray[np.int64]], NDArray[np.float64]]:
    """Hashes of some units, and how likely each voice is there."""
    units = draw(st.integers(2, 6))
    hashes = [draw(arrays(np.int64, st.integers(1, 5), elements=st.integers(0, 4))) for _ in range(units)]
    voices = draw(st.integers(2, 3))
    share = st.integers(1, 9).map(float)
    likely = draw(arrays(np.float64, (units, voices), elements=share))
    return hashes, np.asarray(likely / likely.sum(1, keepdims=True))


@given(said_by(), st.data())
def test_a_unit_learns_nothing_of_itself(
    talk: tuple[list[NDArray[np.int64]], NDArray[np.float64]], data: st.DataObject
) -> None:
    """Whoever is thought to say it: its words fit the same voices as well as they did."""
    hashes, likely = talk
    unit = data.draw(st.integers(0, len(hashes) - 1))
    other = likely.copy()
    other[unit] = other[unit, ::-1]

    def fit(shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """But for how much a voice says in all, by which counts are divided."""
        sizes = np.array([len(one) for one in hashes])
        in_all = np.log(sizes @ shares + 7.0)
        return np.asarray(own_words(count(hashes), shares, 7.0)[unit] + np.sqrt(sizes[unit]) * in_all)

    assert np.allclose(fit(likely), fit(other))


def test_words_go_with_whoever_says_them_elsewhere() -> None:
    said = unit_hashes(
        "our boats . your boats . our boats .".replace(" .", ".").split(), [(1, 2), (3, 4), (5, 6)]
    )
    likely = np.array([[0.9, 0.1], [0.1, 0.9], [0.5, 0.5]])
    scores = own_words(count(said), likely, 10.0)
    assert scores[2, 0] > scores[2, 1]


@given(said_by(), st.randoms(use_true_random=False))
def test_no_voice_is_favoured_by_where_it_stands(
    talk: tuple[list[NDArray[np.int64]], NDArray[np.float64]], chance: Any
) -> None:
    hashes, likely = talk
    order = list(range(likely.shape[1]))
    chance.shuffle(order)
    sizes = np.array([float(len(one)) for one in hashes])
    chain = Chain(np.log(likely), np.zeros((*likely.shape, likely.shape[1])))
    shuffled = replace(chain, emissions=chain.emissions[:, order])
    once = with_own_words(chain, count(hashes), sizes)
    assert np.allclose(with_own_words(shuffled, count(hashes), sizes).emissions, once.emissions[:, order])
    assert (once.links == chain.links).all()


@given(said_by(), st.data())
def test_levelled_scores_favour_nobody(
    talk: tuple[list[NDArray[np.int64]], NDArray[np.float64]], data: st.DataObject
) -> None:
    hashes, likely = talk
    weights = np.sqrt([len(one) for one in hashes])
    scores = own_words(count(hashes), likely, 5.0)
    level = levelled(scores, likely, weights)
    shares = likely * weights[:, None]
    assert np.allclose((shares / shares.sum(0)).T.dot(level).mean(0), 0, atol=1e-4)
    more = data.draw(arrays(np.float64, likely.shape[1], elements=SCORES))
    assert np.allclose(levelled(scores + more, likely, weights), level, atol=1e-3)


def test_a_voice_that_says_nothing_is_no_trouble() -> None:
    said = unit_hashes(["so.", "why?"], [(1, 1), (2, 2)])
    likely = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert np.isfinite(levelled(own_words(count(said), likely, 150.0), likely, np.ones(2))).all()


@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=9))
def test_every_word_of_a_unit_is_counted(words: list[str]) -> None:
    (hashes,) = unit_hashes(words, [(1, len(words))])
    assert len(hashes) == 2 * (len(words) + 1), "words and the end, and each with the one before"
    assert ((hashes >= 0) & (hashes < SIZE)).all()


# ── how sure ─────────────────────────────────────────────────────────────────


@st.composite
def paths(draw: st.DrawFn) -> tuple[Chain, NDArray[np.int64], list[tuple[int, int]], NDArray[np.int64]]:
    """A chain without links, a path through it, its turns, and the words of its units."""
    chain = draw(chains(fewest_voices=2))
    units, voices = chain.emissions.shape
    path = draw(arrays(np.int64, units, elements=st.integers(0, voices - 1)))
    begins = [n for n in range(units) if n == 0 or path[n] != path[n - 1]]
    sizes = draw(arrays(np.int64, units, elements=st.integers(1, 40)))
    plain = Chain(chain.emissions, np.zeros_like(chain.links))
    return plain, path, [*pairwise([*begins, units])], sizes


@given(paths(), st.data())
def test_the_likelier_the_surer(
    found: tuple[Chain, NDArray[np.int64], list[tuple[int, int]], NDArray[np.int64]], data: st.DataObject
) -> None:
    chain, path, turns, sizes = found
    seen = evidence(Looks(chain, chain), path, turns, sizes)
    weights = data.draw(st.lists(st.floats(0, 1), min_size=seen.shape[1], max_size=seen.shape[1]))
    start, stop = turns[0]
    likelier = chain.emissions.copy()
    likelier[np.arange(start, stop), path[start:stop]] += data.draw(st.integers(1, 5))
    raised = replace(chain, emissions=likelier)
    before = np.array(confidences(weights, seen))
    after = np.array(confidences(weights, evidence(Looks(chain, raised), path, turns, sizes)))
    assert ((before > 0) & (before < 1)).all()
    assert (after >= before - 1e-12).all()
    assume(weights[3] > 0.01)
    assert after[0] > before[0] or before[0] > 0.999


def test_of_one_voice_as_good_as_another_nothing_is_sure() -> None:
    path, turns = np.array([0, 1, 0]), [(0, 1), (1, 2), (2, 3)]
    looks = Looks(flat(3, 2), flat(3, 2))
    sure = confidences([0, 0, 0, 1, 1, 1, 1], evidence(looks, path, turns, np.array([5, 5, 5])))
    assert sure == pytest.approx([0.5] * 3)
