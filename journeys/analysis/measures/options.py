"""The types of a measure's options, from its function's signature; and reading their values from text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import FunctionType, NoneType
from typing import Any, Literal, get_args, get_origin

from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of an option: its ``choices`` if it has any, whether it may be left open, and whether it is a list."""

    type: type
    choices: tuple[str, ...] = ()
    open: bool = False
    many: bool = False

    @property
    def signs(self) -> str:
        """The same in short, for a list."""
        if self.choices:
            return "|".join(self.choices) + (",…" if self.many else "")
        return "name,…" if self.many else {bool: "yes|no", int: "NUMBER", float: "NUMBER"}.get(self.type, "TEXT")

    @property
    def words(self) -> str:
        """What may be written for it."""
        if self.choices:
            return f"{', '.join(self.choices[:-1])} or {self.choices[-1]}" if self.choices[1:] else self.choices[0]
        one = {bool: "yes or no", int: "a whole number", float: "a number"}.get(self.type, "text")
        return "names with commas between" if self.many else one


def kind_of(function: FunctionType, name: str) -> Kind:
    """The kind of a parameter. Raises TypeError for an annotation that no person could write a value for."""
    # Only this one: nx.MultiDiGraph[str], which every measure takes, means something to mypy alone.
    hint = eval(function.__annotations__[name], function.__globals__)
    parts = [part for part in get_args(hint) if part is not NoneType]
    is_open = NoneType in get_args(hint)
    if is_open:
        hint = parts[0] if len(parts) == 1 else hint
    if get_origin(hint) is Literal:
        return Kind(str, tuple(map(str, get_args(hint))), is_open)
    if get_origin(hint) is Sequence:
        (item,) = get_args(hint)
        choices = tuple(map(str, get_args(item))) if get_origin(item) is Literal else ()
        return Kind(str, choices, is_open, many=True)
    if hint in (str, int, float, bool):
        return Kind(hint, (), is_open)
    raise TypeError(f"{function.__name__} has an option {name} of a kind that cannot be written: {hint}")


def read_option(name: str, kind: Kind, value: Any) -> Any:
    """The value for an option; text is read, anything else must fit. Raises UsageProblem with what may be."""
    if kind.open and (value is None or value in ("", "none")):
        return None
    if kind.many:
        items = [item.strip() for item in value.split(",")] if isinstance(value, str) else list(value)
        return tuple(_one(name, kind, item) for item in items if item)
    return _one(name, kind, value.strip() if isinstance(value, str) else value)


def _one(name: str, kind: Kind, value: Any) -> Any:
    if kind.choices:
        found = {choice.lower(): choice for choice in kind.choices}.get(str(value).lower())
        if found is not None:
            return found
    elif kind.type is bool:
        if isinstance(value, bool):
            return value
        if str(value).lower() in _YES:
            return _YES[str(value).lower()]
    elif kind.type in (int, float):
        try:
            return kind.type(value)
        except (TypeError, ValueError):
            pass
    elif isinstance(value, str):
        return value
    raise UsageProblem(f"{name} cannot be {value!r}.{did_you_mean(str(value), kind.choices)} Write {kind.words}.")
