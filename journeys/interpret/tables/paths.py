"""Paths into nested values: names with dots, through lists, any name (``*``), any depth (``**``).

``walk`` gives every value at a path with the steps to it; ``exists`` says whether there is such a place at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Step = str | int
Place = tuple[Any, tuple[Step, ...]]

ITSELF, POSITION, NAME, AROUND, OPTIONAL = ".", "#", "@", "^", "?"
ANY, ANY_DEPTH = "*", "**"


@lru_cache(maxsize=4096)
def steps_of(path: str) -> tuple[str, ...]:
    """The steps of a path; none for the value itself (".")."""
    return () if path == ITSELF else tuple(path.split("."))


def walk(value: Any, path: tuple[str, ...], position: int | None = None) -> Iterator[Place]:
    """Every value at a path, each once; ``position`` is what the step ``#`` stands for, counted from 0."""
    if ANY_DEPTH not in path:
        return _walk(value, path, (), position)
    return iter({taken: (inner, taken) for inner, taken in _walk(value, path, (), position)}.values())


def exists(value: Any, path: tuple[str, ...], position: int | None = None) -> bool:
    """Whether something has this path, or may have it: an empty list and a null say nothing of what is in them."""
    if next(walk(value, path, position), None) is not None:
        return True
    return any(place in (None, [], {}) for cut in range(len(path)) for place, _ in walk(value, path[:cut], position))


def _walk(value: Any, path: tuple[str, ...], taken: tuple[Step, ...], position: int | None) -> Iterator[Place]:
    if not path:
        yield value, taken
        return
    step, *others = path
    rest = tuple(others)
    if step == ANY_DEPTH:
        yield from _walk(value, rest, taken, position)
        for inner, key in _children(value):
            yield from _walk(inner, path, (*taken, key), position)
    elif step == ANY:
        for inner, key in _children(value):
            yield from _walk(inner, rest, (*taken, key), position)
    elif isinstance(value, dict):
        name = _key(value, step)
        if name is not None:
            yield from _walk(value[name], rest, (*taken, name), position)
    elif isinstance(value, list):
        number = position if step == POSITION else int(step) - 1 if step.isdecimal() else None
        if number is not None:
            if 0 <= number < len(value):
                yield from _walk(value[number], rest, (*taken, number), position)
        elif step != POSITION:
            for index, element in enumerate(value):
                if isinstance(element, dict | list):
                    yield from _walk(element, path, (*taken, index), position)


def _children(value: Any) -> Iterator[tuple[Any, Step]]:
    if isinstance(value, dict):
        yield from ((inner, key) for key, inner in value.items())
    elif isinstance(value, list):
        yield from ((inner, index) for index, inner in enumerate(value))


def _key(value: dict[str, Any], name: str) -> str | None:
    """The key as written, else ignoring case, else without the "?" of what may be missing."""
    if name in value:
        return name
    folded = name.casefold()
    found = next((key for key in value if key.casefold() == folded), None)
    if found is None and len(name) > 1 and name.endswith(OPTIONAL):
        return _key(value, name[:-1])
    return found


def paths_in(value: Any, depth: int = 3) -> Iterator[str]:
    """The paths that a value has, for suggestions: through objects and the first element of each list."""
    if isinstance(value, list):
        yield from paths_in(value[0], depth) if value else ()
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            yield key
            yield from (f"{key}.{path}" for path in paths_in(inner, depth - 1))
