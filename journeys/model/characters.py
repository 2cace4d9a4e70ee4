"""Characters that are not seen: which are left out when read, which a file cannot hold, which a terminal obeys.

All sets are made of the same parts here, so that what one reader leaves out no writer has to refuse.
"""

from __future__ import annotations

import re

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f"
"""Control characters but the tab and the ends of lines."""
_NEWER_CONTROLS = r"\x7f-\x9f"
_NO_CHARACTERS = r"\ufffe\uffff"
_HALVES = r"\ud800-\udfff"
_TURNS = r"\u202a-\u202e\u2066-\u2069"
"""What turns the direction of a whole line, until another one of them ends it."""
_MARKS = r"\u061c\u200e\u200f\ufeff"
"""Marks of direction beside a letter, and of the order of bytes."""
_ENDS = r"\u2028\u2029"
"""Ends of lines and paragraphs that few programs know."""

CONTROL_CHARACTERS = re.compile(f"[{_CONTROLS}\\x7f{_NO_CHARACTERS}]")
"""What no reader keeps: it stands for nothing, and most formats cannot hold it. It is reported with its place."""

NOT_IN_XML = re.compile(f"[{_CONTROLS}{_HALVES}{_NO_CHARACTERS}]")
"""What XML 1.0 (2.2) does not have, not as references either; so neither Word nor Excel files."""

TERMINALS_OBEY = re.compile(f"[{_CONTROLS}\\r{_NEWER_CONTROLS}{_TURNS}]")
"""What moves the cursor of a terminal, or turns the line round."""

_UNSEEN = f"{_CONTROLS}\\r{_NEWER_CONTROLS}{_TURNS}{_MARKS}{_ENDS}{_HALVES}{_NO_CHARACTERS}"
NOT_SHOWN = re.compile(f"[{_UNSEEN}]")
"""All that is not seen and may change how other words are seen; the tab and the end of a line are not among it."""

NOT_IN_LINES = re.compile(f"[{_UNSEEN}\\t\\n]")
"""The same, and what does not stand in a line: for the names of files."""

SPACES = re.compile(f"[\\s{_CONTROLS}\\x7f{_ENDS}]+")
"""Space of any kind, and control characters, which may stand where one was."""
