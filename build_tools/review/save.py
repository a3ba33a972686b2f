"""The file of an edition, saved whole after every step, in the way its editor writes it."""

from __future__ import annotations

from pathlib import Path

from build_tools.errors import BuildError, Problem
from build_tools.texts import decode
from build_tools.write import write_whole

_MARK = "\ufeff"


class Manuscript:
    """An edition on disk: its text with plain line ends, and the bytes it was last seen with."""

    def __init__(self, path: Path, shown: str) -> None:
        """Raises `BuildError` where it is not UTF-8, or its lines end in several ways."""
        self.path, self.shown = path.resolve(), shown
        self.seen = self.path.read_bytes()
        self.text = decode(self.seen, shown)
        self.head = _MARK if self.seen.startswith(_MARK.encode()) else ""
        self.line_end = "\r\n" if b"\r\n" in self.seen else "\n"
        if self._written(self.text).encode() != self.seen:
            message = "its lines end in several ways; save it once in a text editor, then review it"
            raise BuildError([Problem(shown, 1, message)])

    def save(self, text: str) -> None:
        """Write a new text. Raises `BuildError` where somebody else has changed the file meanwhile."""
        if not self.path.exists() or self.path.read_bytes() != self.seen:
            message = "the file was changed by somebody else meanwhile; quit, then begin again"
            raise BuildError([Problem(self.shown, 1, message)])
        written = self._written(text)
        write_whole(self.path, written)
        self.seen = written.encode()

    def _written(self, text: str) -> str:
        return self.head + text.replace("\n", self.line_end)
