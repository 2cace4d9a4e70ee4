"""Text for a terminal: nothing in a name or quote can move the cursor, turn the line round, or fail to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions
from rich.text import Text

_NARROWEST = 12
_WIDE = 60


_PLAIN = str.maketrans({"…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"})
"""What is written for signs that a terminal may not have."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The terminal to print on: its width, its encoding, and whether it has only ASCII."""

    console: Console
    width: int
    encoding: str
    ascii_only: bool

    @classmethod
    def of(cls, console: Console, options: ConsoleOptions) -> Terminal:
        """The terminal of a rendering."""
        return cls(console, max(options.max_width, _NARROWEST), options.encoding, options.ascii_only)

    @property
    def ellipsis(self) -> str:
        """What stands for what is left out."""
        return "..." if self.ascii_only else "…"

    @property
    def dot(self) -> str:
        """What stands between the parts of a heading."""
        return " - " if self.ascii_only else " · "

    def text(self, *parts: tuple[str, str] | str) -> Text:
        """Words and styled words as one text, shown as they are: markup in a name means nothing."""
        text = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            text.append(self._printable(words), style=style or None)
        return text

    def lines(self, text: Text, indent: int = 0) -> Iterator[Text]:
        """The text in lines that fit, the second and later ones two further in."""
        indent = indent if self.width >= _WIDE else indent // 2
        wrapped = text.wrap(self.console, max(self.width - indent - 2, _NARROWEST - 2), overflow="fold")
        for number, line in enumerate(wrapped):
            line.rstrip()
            yield Text(" " * (indent + (2 if number else 0))) + line

    def _printable(self, words: str) -> str:
        try:
            words.encode(self.encoding)
        except UnicodeEncodeError:
            words = words.translate(_PLAIN)
        return words.encode(self.encoding, "replace").decode(self.encoding, "replace")
