"""Who filled a form in: the initials in its header, however several are separated."""

from __future__ import annotations

import re

from journeys.instruments.answers import FilledForm

RESEARCHERS = "researchers"
"""The header field with the initials of who filled the form in."""

# Only where a stretch of space begins: to try within it takes time that grows with its square.
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?[;,&\n]\s*|(?<!\s)\s+and\s+", re.I)
_MAY_BE_PART = re.compile(r"(?:(?<!\s)\s+)?[/+]\s*")


def initials_in(text: str) -> tuple[str, ...]:
    """The initials in a text, in their order and each once: "AB; CD", "AB, CD", "AB & CD", "AB and CD" are two, and so
    are "AB/CD" and "AB+CD"; "A/B" is one, because no part of it is somebody's initials. Signs alone are nobody's."""
    parts = [part for each in _BETWEEN.split(text.strip()) for part in _parts(each)]
    return tuple(dict.fromkeys(part for part in parts if any(map(str.isalnum, part))))


def divided_initials(text: str) -> tuple[str, ...]:
    """Return what was read of the first initials that a "/" or "+" divides; empty where there are none."""
    divided = (parts for each in _BETWEEN.split(text.strip()) if len(parts := _parts(each)) > 1)
    return tuple(next(divided, ()))


def _parts(initials: str) -> list[str]:
    parts = _MAY_BE_PART.split(initials)
    return parts if all(sum(map(str.isalpha, part)) > 1 for part in parts) else [initials]


def researchers_of(form: FilledForm) -> tuple[str, ...]:
    """The initials of the people who filled the form in, in their order."""
    given = form.header.get(RESEARCHERS)
    return initials_in(given.text) if given is not None else ()
