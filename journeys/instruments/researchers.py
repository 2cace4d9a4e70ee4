"""Who filled a form in: the initials in its header, however several are separated."""

from __future__ import annotations

import re

from journeys.instruments.answers import FilledForm

RESEARCHERS = "researchers"
"""The header field with the initials of who filled the form in."""

_BETWEEN = re.compile(r"\s*[;,&+/\n]\s*|\s+and\s+", re.I)


def initials_in(text: str) -> tuple[str, ...]:
    """The initials in a text, in their order and each once: "AB; CD", "AB, CD", "AB & CD" and "AB and CD" are two."""
    return tuple(dict.fromkeys(filter(None, _BETWEEN.split(text.strip()))))


def researchers_of(form: FilledForm) -> tuple[str, ...]:
    """The initials of the people who filled the form in, in their order."""
    given = form.header.get(RESEARCHERS)
    return initials_in(given.text) if given is not None else ()
