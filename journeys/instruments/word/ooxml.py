"""Names and properties of WordprocessingML."""

from __future__ import annotations

from functools import cache
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}


@cache
def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return _W + name


def is_on(properties: Any, *names: str) -> bool | None:
    """Whether one of these on-off properties is on; None where none of them is said."""
    said = None
    for name in names:
        found = properties.find(w(name)) if properties is not None else None
        if found is not None:
            said = bool(said) or (found.get(w("val")) or "").lower() not in _OFF
    return said


def property_value(properties: Any, name: str) -> str | None:
    """The ``val`` of a property; None where it is not said."""
    found = properties.find(w(name)) if properties is not None else None
    return found.get(w("val")) if found is not None else None


def whole(said: str | None, otherwise: int = 0, *, base: int = 10) -> int:
    """A number as an attribute has it; ``otherwise`` for none, and for one that no program writes."""
    digits = said is not None and len(said) < 5 and said.isascii() and said.isalnum()
    try:
        return int(said, base) if said is not None and digits else otherwise
    except ValueError:
        return otherwise
