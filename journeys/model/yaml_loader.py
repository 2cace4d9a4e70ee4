"""The parser behind all YAML: libyaml's where PyYAML was built with it, else PyYAML's own, made to read the same."""

from __future__ import annotations

from typing import Any

import yaml

_BREAKS = "\r\n\x85\u2028\u2029"
_BLANK = f"\0 \t{_BREAKS}"
_FLOW = ",[]{}"


class PurePythonLoader(yaml.SafeLoader):
    """PyYAML's own parser. It takes a question mark in brackets for a sign (``[Was it sent?, no]``) and refuses tabs
    between words and at the end of a line; libyaml reads both, and so does this."""

    def scan_to_next_token(self) -> None:
        """Go on to what is not space, a comment or an empty line; a tab is space too, but for indenting."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain(self) -> Any:
        """The token of a text without quotation marks."""
        parts: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        between: list[str] = []
        while self.peek() != "#":
            length = 0
            while not self._ends_plain(length):
                length += 1
            if length == 0:
                break
            self.allow_simple_key = False
            parts += [*between, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            between = self._between(indent, start)
            if not between or (not self.flow_level and self.column < indent):
                break
        return yaml.ScalarToken("".join(parts), True, start, end)

    def _between(self, indent: int, start: Any) -> list[str]:
        """What stands between two words of a text, as it is kept; nothing where the text ends."""
        spaces = 0
        while self.peek(spaces) in " \t":
            spaces += 1
        if "\t" not in self.prefix(spaces):
            return self.scan_plain_spaces(indent, start) or []
        kept = self.prefix(spaces)
        self.forward(spaces)
        return (self.scan_plain_spaces(indent, start) or []) if self.peek() in _BREAKS else [kept]

    def _ends_plain(self, ahead: int) -> bool:
        sign, ends = self.peek(ahead), _BLANK + (_FLOW if self.flow_level else "")
        return sign in ends or (sign == ":" and self.peek(ahead + 1) in ends)


Loader: Any = getattr(yaml, "CSafeLoader", PurePythonLoader)
