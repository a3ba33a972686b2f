"""The speaker network: that it computes what was fitted, what packing keeps, and the fitting itself.

Fitting needs torch (the extra `fit`). Without it those tests are skipped, and
the network is still compared with what torch once made of the same weights.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from build_tools.attribute.chain import cast, make_chain
from build_tools.attribute.fit.documents import Document, make_documents, make_vocabulary
from build_tools.attribute.inferred import infer_with
from build_tools.attribute.layers import Weights
from build_tools.attribute.network import (
    LAYERS,
    Fitted,
    Judgement,
    fitted,
    run_network,
    unpacked,
)
from build_tools.attribute.tokens import FIRST_WORD, MARKS, Tokens, encode
from build_tools.attribute.transformer import BEFORE, BLOCK, DEPTH, HEADS, PLACES, cut_blocks
from build_tools.attribute.units import cut_units
from build_tools.evaluate.corpus import Record
from build_tools.evaluate.talks import talk_of_record

GOLDEN = Path(__file__).parent / "cases" / "inferred" / "network.json"
WORDS = 24  # of the vocabulary of small networks
# As small as it can be and have all its parts, each of another size.
SIZE, WIDE, UNIT = 2 * HEADS, 10, 6
STATE = 4

Shapes = dict[str, tuple[int, ...]]


@pytest.fixture
def torch() -> Any:
    return pytest.importorskip("torch", reason="fitting needs torch: pip install -e .[fit]")


def transformer_shapes() -> Shapes:
    shapes: Shapes = {"emb.weight": (FIRST_WORD + WORDS + MARKS, SIZE), "pos.weight": (PLACES, SIZE)}
    shapes["norm"] = (SIZE,)
    for layer in range(DEPTH):
        own = f"layers.{layer}"
        shapes |= {f"{own}.qkv": (3 * SIZE, SIZE), f"{own}.out": (SIZE, SIZE), f"{own}.norm1": (SIZE,)}
        shapes |= {f"{own}.up": (WIDE, SIZE), f"{own}.down": (SIZE, WIDE), f"{own}.norm2": (SIZE,)}
    return shapes | {"pool": (UNIT, 4 * SIZE)}


def course_shapes() -> Shapes:
    shapes: Shapes = {"role": (1, 2 * STATE), "ch.0": (64, 4 * STATE), "ch.2": (1, 64)}
    for layer, way in product(range(LAYERS), ("", "_reverse")):
        size = 2 * STATE if layer else UNIT + 1
        shapes[f"gru.weight_ih_l{layer}{way}"] = (3 * STATE, size)
        shapes[f"gru.weight_hh_l{layer}{way}"] = (3 * STATE, STATE)
        shapes[f"gru.bias_ih_l{layer}{way}"] = shapes[f"gru.bias_hh_l{layer}{way}"] = (3 * STATE,)
    return shapes


def small_network(seed: int) -> Weights:
    """A small network; this generator draws the same on every machine and in every version."""
    random = np.random.RandomState(seed)
    drawn = {}
    for name, shape in (transformer_shapes() | course_shapes()).items():
        if "weight" in name or "bias" in name:
            drawn[name] = random.normal(0, 0.5, shape).astype(np.float32)
        else:
            drawn[f"{name}.weight"] = random.normal(0, 0.5, shape).astype(np.float32)
            drawn[f"{name}.bias"] = random.normal(0, 0.5, shape[:1]).astype(np.float32)
    return drawn


def small_talk(seed: int, units: int = 30) -> tuple[Tokens, NDArray[np.int64]]:
    """Tokens of some units, and how long each is."""
    random = np.random.RandomState(seed)
    lengths = random.randint(1, 9, units).astype(np.int64)
    count = int(lengths.sum())
    words = random.randint(0, FIRST_WORD + WORDS, count).astype(np.int64)
    return Tokens(words, random.randint(0, MARKS, count).astype(np.int64)), lengths


# ── it computes what was fitted ──────────────────────────────────────────────


def test_scores_are_those_of_torch() -> None:
    """`cases/inferred/network.json` is what torch makes of the same weights: see the tests below."""
    told = json.loads(GOLDEN.read_text("utf-8"))
    judged = run_network(small_network(told["seed"]), *small_talk(told["seed"]))
    assert judged.host == pytest.approx(told["host"], abs=1e-4)
    assert judged.change == pytest.approx(told["change"], abs=1e-4)


def torch_network() -> Any:
    from build_tools.attribute.fit.torch_network import SpeakerNetwork
    from build_tools.attribute.fit.torch_transformer import TransformerUnits

    return SpeakerNetwork(TransformerUnits(WORDS, size=SIZE, wide=WIDE, unit_size=UNIT), state=STATE)


def torch_scores(
    torch: Any, weights: Weights, tokens: Tokens, lengths: NDArray[np.int64], windows: int = 1
) -> Judgement:
    learner = torch_network().eval()
    named = {
        name if name.startswith(("gru", "role", "ch.")) else f"units.{name}": torch.from_numpy(value)
        for name, value in weights.items()
    }
    learner.load_state_dict(named | {"chain": torch.tensor([1.0, 1.0, 0.0])})
    with torch.no_grad():
        host, change = learner(*map(torch.from_numpy, (tokens.words, tokens.marks, lengths)), windows)
    return Judgement(host.flatten().double().numpy(), change.flatten().double().numpy())


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_torch_and_numpy_agree(torch: Any, seed: int) -> None:
    network, talk = small_network(seed), small_talk(seed, units=1 + 30 * (seed - 3))
    wanted, found = torch_scores(torch, network, *talk), run_network(network, *talk)
    assert found.host == pytest.approx(wanted.host, abs=1e-4)
    assert found.change == pytest.approx(wanted.change, abs=1e-4)


def test_a_unit_may_be_longer_than_a_block(torch: Any) -> None:
    random = np.random.RandomState(8)
    lengths = np.array([3, 2 * BLOCK, 1], np.int64)
    words = random.randint(0, FIRST_WORD + WORDS, lengths.sum()).astype(np.int64)
    tokens = Tokens(words, random.randint(0, MARKS, lengths.sum()).astype(np.int64))
    network = small_network(8)
    wanted, found = torch_scores(torch, network, tokens, lengths), run_network(network, tokens, lengths)
    assert found.host == pytest.approx(wanted.host, abs=1e-4)
    assert found.change == pytest.approx(wanted.change, abs=1e-4)


def test_windows_are_read_apart(torch: Any) -> None:
    """In fitting, no block reaches from one window into the next."""
    network, (tokens, lengths) = small_network(6), small_talk(6, units=40)
    both = torch_scores(torch, network, tokens, lengths, windows=2)
    words = lengths[:20].sum()
    first = Tokens(tokens.words[:words], tokens.marks[:words])
    alone = run_network(network, first, lengths[:20])
    assert both.host[:20] == pytest.approx(alone.host, abs=1e-4)
    assert both.change[:20] == pytest.approx(alone.change, abs=1e-4)


def test_what_torch_said_is_what_it_says(torch: Any) -> None:
    told = json.loads(GOLDEN.read_text("utf-8"))
    said = torch_scores(torch, small_network(told["seed"]), *small_talk(told["seed"]))
    assert said.host == pytest.approx(told["host"], abs=1e-5)
    assert said.change == pytest.approx(told["change"], abs=1e-5)


@given(st.lists(st.integers(1, 2 * BLOCK), min_size=1), st.sets(st.integers(0, 20)))
def test_blocks_are_whole_units_and_no_longer_than_they_may_be(sizes: list[int], openings: set[int]) -> None:
    blocks = cut_blocks(np.array(sizes), openings)
    assert [size for block in blocks for size in block.sizes] == sizes
    tokens = [(block.start, block.stop) for block in blocks]
    assert [start for start, _ in tokens] == [0, *(stop for _, stop in tokens[:-1])]
    opened = {0} | {int(sum(sizes[:unit])) for unit in openings if unit < len(sizes)}
    assert opened <= {start for start, _ in tokens}
    for block in blocks:
        assert block.stop - block.start == block.sizes.sum()
        assert len(block.sizes) == 1 or block.sizes.sum() <= BLOCK
        text = max(start for start in opened if start <= block.start)
        assert block.first == max(text, block.start - BEFORE)


def test_weights_of_the_chain_are_folded_into_the_scores(torch: Any) -> None:
    from build_tools.attribute.fit.settle import settled

    torch.manual_seed(1)
    network = torch_network().eval()
    network.chain.data = torch.tensor([1.5, 0.5, -0.25])
    tokens, lengths = small_talk(1)
    with torch.no_grad():
        host, change = network(*map(torch.from_numpy, (tokens.words, tokens.marks, lengths)), 1)
    judged = run_network(settled(network), tokens, lengths)
    assert judged.host == pytest.approx(1.5 * host[0].numpy(), abs=1e-4)
    assert judged.change == pytest.approx(0.5 * change[0].numpy() - 0.25, abs=1e-4)


# ── packing ──────────────────────────────────────────────────────────────────


def unpack(stored: bytes) -> Fitted:
    return unpacked(dict(np.load(io.BytesIO(stored))))


def test_packing_is_the_same_each_time(torch: Any) -> None:
    from build_tools.attribute.fit.settle import packed

    vocabulary, weights = ["so", "don’t", "łódź", "שלום", "a-b", "'s"], small_network(3)
    stored = packed(vocabulary, weights, (0.1, -2.5, 1 / 3))
    assert packed(list(vocabulary), dict(weights), (0.1, -2.5, 1 / 3)) == stored
    model = unpack(stored)
    assert model.vocabulary == {word: FIRST_WORD + n for n, word in enumerate(vocabulary)}
    assert model.calibration == (0.1, -2.5, 1 / 3)
    assert model.weights.keys() == weights.keys()
    assert packed(model.vocabulary, model.weights, model.calibration) == stored


def test_what_is_rounded_in_fitting_is_what_is_packed(torch: Any) -> None:
    from build_tools.attribute.fit.settle import packed, settled
    from build_tools.attribute.fit.train import rounded

    torch.manual_seed(1)
    network = torch_network().eval()
    kept = unpack(packed(["so"], settled(network), ())).weights
    tokens, lengths = small_talk(2)
    with torch.no_grad(), rounded(network):
        host, change = network(*map(torch.from_numpy, (tokens.words, tokens.marks, lengths)), 1)
    found = run_network(kept, tokens, lengths)
    assert found.host == pytest.approx(host[0].numpy(), abs=0.01)
    assert found.change == pytest.approx(change[0].numpy(), abs=0.01)


def test_rounding_lasts_no_longer_than_it_is_asked_for(torch: Any) -> None:
    from build_tools.attribute.fit.train import rounded

    network = torch_network()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    with rounded(network):
        assert not torch.equal(network.role.weight, before["role.weight"])
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


def test_a_row_of_nothing_is_packed_too(torch: Any) -> None:
    from build_tools.attribute.fit.settle import packed

    weights = {"role.weight": np.array([[0, 0], [1, -2]], np.float32), "role.bias": np.zeros(2, np.float32)}
    found = unpack(packed(["so"], weights, ())).weights
    assert found["role.weight"] == pytest.approx(weights["role.weight"], abs=0.08)


def test_what_ships_is_whole() -> None:
    model = fitted()
    words = FIRST_WORD + len(model.vocabulary)
    assert sorted(model.vocabulary.values()) == [*range(FIRST_WORD, words)]
    assert len(model.weights["emb.weight"]) == words + MARKS
    assert model.weights.keys() == small_network(0).keys()
    assert all(np.isfinite(value).all() and value.any() for value in model.weights.values())


# ── tokens ───────────────────────────────────────────────────────────────────


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1))
@example(["—", "'s", "$5"])
def test_any_word_has_a_number(words: list[str]) -> None:
    tokens = encode(words, {"so": FIRST_WORD})
    assert len(tokens.words) == len(tokens.marks) == len(words)
    assert ((tokens.words > 1) & (tokens.words <= FIRST_WORD)).all()
    assert ((tokens.marks >= 0) & (tokens.marks < MARKS)).all()


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("so", 0), ("so,", 1), ("so.", 2), ("so.”", 2), ("(so?)", 3), ("so!", 4), ("so —", 5), ("so-", 5),
        ("so…", 6), ("so...", 6), ("so ...", 6), ("so:", 7), ("so;", 7), ("3.5", 0),
    ],
)  # fmt: skip
def test_a_mark_is_seen_behind_what_closes(word: str, mark: int) -> None:
    assert encode([word], {}).marks.tolist() == [mark]


# ── fitting ──────────────────────────────────────────────────────────────────

ASKS, ANSWERS = "So what do you think of boats?", "I think that they are good. I like them."


def record(number: int, roles: tuple[str, str] = ("host", "guest")) -> Record:
    turns = tuple((name, text) for name, text in [("Jane Doe", ASKS), ("John Roe", ANSWERS)] * 20)
    return Record(
        f"{number}",
        f"show {number % 4}",
        "",
        "",
        dict(zip(("Jane Doe", "John Roe"), roles, strict=True)),
        turns,
    )


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    records = [record(number) for number in range(12)]
    return make_documents(records, make_vocabulary(records))


def test_an_interview_becomes_numbers(documents: list[Document]) -> None:
    document = documents[0]
    assert len(documents) == 12 and document.clear and document.two
    assert len(document.as_is.tokens.words) == len(f"{ASKS} {ANSWERS}".split()) * 20
    assert document.as_is.host.tolist() == [1, 0, 0] * 20
    assert document.as_is.change.tolist() == [True, True, False] * 20
    assert not document.bare.tokens.marks.any()
    for version in (document.as_is, document.bare):
        assert version.starts.tolist() == [0, *np.cumsum(version.lengths)[:-1]]
        assert version.lengths.sum() == len(version.tokens.words)


def test_who_plays_no_known_part_is_nobody() -> None:
    (document,) = make_documents([record(0, ("host", ""))], {})
    assert not document.clear and set(document.as_is.host.tolist()) == {1, -1}


def test_an_interview_of_a_few_words_is_left_out() -> None:
    short = Record("0", "a show", "", "", {"Jane Doe": "host"}, (("Jane Doe", ASKS),))
    assert make_documents([short], {}) == []


def test_units_fitted_on_are_the_units_judged(documents: list[Document]) -> None:
    words = f"{ASKS} {ANSWERS} ".split() * 20
    ends = np.cumsum(documents[0].as_is.lengths).tolist()
    assert [last for _, last in cut_units(words)] == ends


def test_the_chain_fitted_is_the_chain_that_is_read(torch: Any) -> None:
    """The loss is −log P of the right path, as `chain.make_chain` scores paths, for all paths together."""
    random = np.random.RandomState(5)
    judged = Judgement(random.normal(0, 2, 6), random.normal(0, 2, 6))
    chain = make_chain(judged, cast(()))
    per_change = float(chain.links[1, 0, 1] - chain.links[1, 0, 0]) / float(judged.change[1])
    network = torch_network()
    network.chain.data = torch.tensor([1.0, per_change, 0.0])
    scores = {
        path: sum(chain.emissions[t, voice] for t, voice in enumerate(path))
        + sum(chain.links[t, path[t - 1], path[t]] for t in range(1, 6))
        for path in product((0, 1), repeat=6)
    }
    in_all = np.log(sum(np.exp(score) for score in scores.values()))
    host, change = (torch.tensor(one, dtype=torch.float32)[None] for one in (judged.host, judged.change))
    for path in [(0,) * 6, (0, 1, 0, 1, 1, 0), (1, 1, 1, 0, 0, 0)]:
        answer = torch.tensor([[1 - voice for voice in path]])  # 1 is the host, whose voice is the first
        loss = network.chain_loss(host, change, answer, torch.ones(1, 6, dtype=torch.bool))
        assert float(loss.detach()) == pytest.approx(in_all - scores[path], abs=1e-4)


def test_roughened_words_are_the_same_words(torch: Any, documents: list[Document]) -> None:
    from build_tools.attribute.fit.train import roughened, window

    random = np.random.default_rng(1)
    ways = set()
    for n in range(60):
        whole = documents[0].as_is
        part = window(whole, n % 7, n % 7 + 20)
        rough = roughened(part, random)
        assert (rough.tokens.words == part.tokens.words).all()
        assert rough.starts.tolist() == [0, *np.cumsum(rough.lengths)[:-1]]
        assert rough.lengths.sum() == part.lengths.sum()
        assert len(rough.host) == len(rough.change) == len(rough.lengths) <= len(part.lengths)
        assert (part.tokens.marks == window(whole, n % 7, n % 7 + 20).tokens.marks).all()
        ways.add(
            (len(rough.lengths) < len(part.lengths), bool((rough.tokens.marks != part.tokens.marks).any()))
        )
    assert len(ways) == 4, "marks go or stay, units run on or not"


@pytest.fixture()
def one_thread(torch: Any) -> Iterator[None]:
    """Sums in one order."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_the_same_seed_gives_the_same_weights(
    torch: Any, one_thread: None, documents: list[Document], tmp_path: Path
) -> None:
    from build_tools.attribute.fit.settle import settled
    from build_tools.attribute.fit.train import train

    losses: list[float] = []

    def weights(seed: int) -> Weights:
        torch.manual_seed(seed)
        network, kept = torch_network(), tmp_path / "never.part"
        return settled(train(network, 3, documents, seed, lambda _, loss: losses.append(loss), kept))

    once, again, other = map(weights, (1, 1, 2))
    assert all((once[name] == again[name]).all() for name in once)
    assert any((once[name] != other[name]).any() for name in once)
    assert losses[:3] == losses[3:6] and np.isfinite(losses).all()


def test_a_fit_that_was_stopped_goes_on_to_the_same_weights(
    torch: Any,
    one_thread: None,
    documents: list[Document],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from build_tools.attribute.fit import train as fit

    monkeypatch.setattr(fit, "_KEPT_EVERY", 2)
    told: list[tuple[int, float]] = []

    def weights(kept: Path, stop: int, chance: int) -> Weights:
        def report(step: int, loss: float) -> None:
            told.append((step, loss))
            if step == stop:
                raise KeyboardInterrupt

        torch.manual_seed(chance)
        return dict(fit.train(torch_network(), 5, documents, 1, report, kept).state_dict())

    whole = weights(tmp_path / "whole.part", 0, 1)
    stopped = tmp_path / "stopped.part"
    with pytest.raises(KeyboardInterrupt):
        weights(stopped, 4, 1)
    later = weights(stopped, 0, 2)
    assert all(torch.equal(later[name], value) for name, value in whole.items())
    assert told == [*told[:5], *told[:4], *told[2:5]], "steps 3 and 4 were not kept: they are told again"


def test_a_transformer_begins_as_the_encoder(torch: Any) -> None:
    """Its word pieces and its layers are taken over; a word of several pieces is their mean."""
    pytest.importorskip("safetensors", reason="needs the extra fit: pip install -e .[fit]")
    pretrained = pytest.importorskip("build_tools.attribute.fit.pretrained")
    from build_tools.attribute.fit.torch_transformer import TransformerUnits

    try:
        given = pretrained.given_weights()
    except ModuleNotFoundError as error:
        pytest.skip(str(error))
    units: Any = TransformerUnits(2).eval()
    pretrained.begin(units, {"so": FIRST_WORD, "so-so": FIRST_WORD + 1})
    pieces = given["embeddings.word_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    so, hyphen = pieces[2061], pieces[1011]  # in its vocabulary
    assert torch.allclose(units.emb.weight[FIRST_WORD], so, atol=1e-6)
    assert torch.allclose(units.emb.weight[FIRST_WORD + 1], (2 * so + hyphen) / 3, atol=1e-6)
    assert torch.equal(units.layers[1].up.weight, given["encoder.layer.1.intermediate.dense.weight"])
    assert torch.equal(units.layers[2].qkv.bias[384:768], given["encoder.layer.2.attention.self.key.bias"])


def test_confidence_is_settled_to_what_is_right(torch: Any) -> None:
    """Over all words a logistic regression expects as many to be right as are."""
    pytest.importorskip("sklearn", reason="fitting needs scikit-learn: pip install -e .[fit]")
    from build_tools.attribute.fit.calibrate import calibrated

    # In every fourth talk the guest asks.
    talks = [talk_of_record(record(n, ("host", "guest") if n % 4 else ("guest", "host"))) for n in range(8)]
    model = calibrated(fitted(), talks)
    assert model.weights is fitted().weights and model.calibration != fitted().calibration
    assert calibrated(fitted(), talks).calibration == model.calibration
    expected, right = 0.0, 0
    for talk in talks:
        for one in infer_with(model, talk.transcript, ()):
            said_by = talk.speakers[one.first_word - 1 : one.last_word]
            expected += one.confidence * len(said_by)
            right += [talk.roles[name] for name in said_by].count(one.role)
    assert right == pytest.approx(expected, rel=0.02)
