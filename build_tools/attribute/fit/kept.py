"""How far a fit has come, in a file from which it goes on as if it had never stopped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch


class Part(Protocol):
    """Something that a step of fitting changes."""

    def state_dict(self) -> dict[str, Any]: ...
    def load_state_dict(self, state_dict: dict[str, Any]) -> Any: ...


def keep(path: Path, steps: int, parts: Mapping[str, Part], random: np.random.Generator) -> None:
    """Write what all parts are after so many steps, and where chance stands."""
    states = {name: part.state_dict() for name, part in parts.items()}
    chances = {"torch": torch.get_rng_state(), "numpy": random.bit_generator.state}
    half = path.with_suffix(".half")
    torch.save({"steps": steps, "chances": chances, "parts": states}, half)
    half.replace(path)


def go_on(path: Path, parts: Mapping[str, Part], random: np.random.Generator) -> int:
    """Put everything back as it was kept; the steps done by then, none where nothing was."""
    if not path.exists():
        return 0
    stored = torch.load(path)
    for name, part in parts.items():
        part.load_state_dict(stored["parts"][name])
    torch.set_rng_state(stored["chances"]["torch"])
    random.bit_generator.state = stored["chances"]["numpy"]
    return int(stored["steps"])
