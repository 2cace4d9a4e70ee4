"""What pydantic finds wrong with a value of a file, in words for the people who write the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NAMES = "names with values belong here; write each as `name: value`, on a line of its own"
_LIST = "a list belongs here; write each entry on a line of its own that begins with `- `"
_IN_WORDS = {
    "model_type": _NAMES,
    "model_attributes_type": _NAMES,
    "dict_type": _NAMES,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "string_type": "a text belongs here",
    "int_parsing": "a whole number belongs here",
    "bool_parsing": "yes or no belongs here",
}


def said_of(error: Mapping[str, Any]) -> str:
    """What is wrong, without its place and without a full stop; ``error`` is one of a ``ValidationError``."""
    return _IN_WORDS.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
