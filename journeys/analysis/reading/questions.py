"""The wording of each question that a form prints."""

from __future__ import annotations

from functools import cache

from journeys.instruments.definition import instruments, load_instrument


@cache
def question_words() -> dict[str, str]:
    """The wording of each question of a form: by instrument, field and part, and by field and part alone."""
    found: dict[str, str] = {}
    for name in instruments():
        instrument = load_instrument(name)
        for question in (*instrument.split_questions(), *instrument.questions()):
            # a part of a question is not understood alone: "Is there a difference?"
            part_of = f"{question.field.id.replace('_', ' ').capitalize()}: " if question.ask else ""
            found[f"{name}.{question.name}"] = part_of + question.wording
            found.setdefault(question.name, part_of + question.wording)
    return found
