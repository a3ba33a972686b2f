"""The kinds of networks: where each begins, and how it is fitted."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from build_tools.attribute.fit.pretrained import begin
from build_tools.attribute.fit.settle import LEVELS
from build_tools.attribute.fit.torch_convolution import ConvolutionUnits
from build_tools.attribute.fit.torch_network import SpeakerNetwork
from build_tools.attribute.fit.torch_transformer import TransformerUnits
from build_tools.attribute.fit.train import Recipe

RECIPES = {
    "convolution": Recipe(
        steps=900,
        batch=24,
        window=160,
        rate=2e-3,
        rate_of_units=2e-3,
        warm=0.1,
        last=0.3,
        rounded=1.0,
        levels=LEVELS["convolution"],
    ),
    "transformer": Recipe(
        steps=1500,
        batch=8,
        window=96,
        rate=1e-3,
        rate_of_units=1e-4,
        warm=0.06,
        last=0.05,
        rounded=0.6,
        levels=LEVELS["transformer"],
    ),
}


def make_network(kind: str, vocabulary: Mapping[str, int], seed: int) -> SpeakerNetwork:
    """A network as it is before it is fitted: drawn by chance, and what is pretrained as it was."""
    torch.manual_seed(seed)
    if kind == "convolution":
        return SpeakerNetwork(ConvolutionUnits(len(vocabulary)))
    units = TransformerUnits(len(vocabulary))
    network = SpeakerNetwork(units)
    begin(units, vocabulary)
    return network
