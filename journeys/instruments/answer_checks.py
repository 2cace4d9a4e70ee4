"""The four statuses of an empty answer, and warnings where the words do not make the status clear."""

from __future__ import annotations

from journeys.instruments.answers import STATUSES, Answer, AnswerStatus
from journeys.instruments.definition import Question
from journeys.instruments.files.cells import Cell
from journeys.model.identity import folded
from journeys.model.lens import Lens
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

_COULD_BE_NO_ANSWER = {
    "no", "none", "nothing", "nothing found", "nil", "n/a", "na", "not applicable", "not known", "unknown",
    "not known yet", "not asked", "?", "-", "tbc", "to follow",
}  # fmt: skip


def checked_answer(
    question: Question,
    scope: str,
    given: Cell | None,
    status: Cell | None,
    place: Cell | None,
    sources: Cell | None,
    codes: Cell | None,
    bears_on: Cell | None,
    address: Address,
    schema: Schema,
    report: Report,
) -> Answer | None:
    """The answer to one question for one scope, or None where nothing was written at all (nobody has asked yet).

    Reported: a status that is none of the four; "answered" without words; words such as "none" without a status; a
    page, a source, a code or a row that it bears on without an answer.
    """
    known = _status(status, schema, report) if status else None
    if given is None and known is None:
        for stray in (place, sources, codes, bears_on) if status is None else ():
            if stray is not None:
                message = f"{stray.text!r} has no answer beside it; it was not read."
                remedy = "Write the answer it belongs to, or choose a status."
                report(Problem("ignored_cell", stray.address, message, remedy, Severity.WARNING))
        return None
    if given is None and known == "answered":
        report(
            Problem(
                "missing_answer", address, "The status is *answered*, but there is no answer.",
                "Write the answer, or choose another status.",
            )
        )  # fmt: skip
        return None
    if given is not None and known is None:
        known = "answered"
        if folded(given.text).strip(" .") in _COULD_BE_NO_ANSWER:
            labels = " or ".join(repr(term.label) for term in schema.terms("answer_status").terms.values())
            message = f"{given.text!r} could be an answer or a status; it was read as the answer."
            report(Problem("unclear_answer", address, message, f"Choose a status: {labels}.", Severity.WARNING))
    assert known is not None
    ask = question.ask.id if question.ask else None
    return Answer(question.field.id, ask, scope, known, given, place, sources, codes, bears_on, address)


def unscoped(given: Cell, question: Question, lens: Lens) -> Problem:
    """The warning that an answer stands beside the boxes for general and for specific answers."""
    boxes = " or ".join(repr(lens.headings[scope]) for scope in question.field.scopes)
    message = f"{given.text[:60]!r} is outside the boxes of {question.wording[:60]!r}; it was read without a scope."
    return Problem("outside_box", given.address, message, f"Move it to the box {boxes}.", Severity.WARNING)


def _status(given: Cell, schema: Schema, report: Report) -> AnswerStatus | None:
    term = schema.terms("answer_status").term(given.text)
    for status in STATUSES:
        if status == term:
            return status
    labels = ", ".join(entry.label for entry in schema.terms("answer_status").terms.values())
    report(Problem("unknown_term", given.address, f"{given.text!r} is not a status.", f"Choose one of: {labels}."))
    return None
