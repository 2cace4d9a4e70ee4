"""Several people's extraction forms about one document: which may stand side by side, and which of them count."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.answers import FilledForm
from journeys.instruments.compare import report_undecided
from journeys.instruments.researchers import researchers_of
from journeys.interpret.context import Context, End
from journeys.model.problems import Problem, Severity

_NUMBER = "document_number"


def admitted(context: Context, form: FilledForm, document: End, case: End) -> bool:
    """Whether a form can be kept beside the others about the same document and case: each names a different researcher,
    and at most one, the agreed form, names several. Otherwise reported, with both files.
    """
    others = context.extractions.setdefault((document.id, form.instrument), [])
    mine = researchers_of(form)
    for other in others:
        theirs = researchers_of(other)
        if mine and theirs and set(mine) != set(theirs) and min(len(mine), len(theirs)) == 1:
            continue
        given = form.header[_NUMBER]
        where = context.names.shown(case.id)
        message = f"{other.file} is about document {given.text!r} in {where} too; this file was not read."
        if mine and set(mine) == set(theirs):
            message = f"{message[:-1]}. Both name {' and '.join(mine)} as the researcher."
        remedy = (
            "Keep one of the two: move what only one of them says into the other, and move the copy or older version "
            "out of the study folder. If they are two documents, give each its own number. If two people extracted the "
            "document, write each one's initials under *Researchers*."
        )
        context.problem("same_document", given, message, remedy)
        return False
    others.append(form)
    if len(mine) > 1:
        report_undecided(form, context.report)
    return True


def counted_forms(context: Context, document: str, instrument: str) -> list[FilledForm]:
    """The forms of an instrument about a document that count: the agreed form where there is one, else all."""
    forms = context.extractions.get((document, instrument), [])
    return [form for form in forms if len(researchers_of(form)) > 1] or forms


def replaced_forms(context: Context) -> dict[str, str]:
    """The files of forms that do not count, each with the agreed form that replaces it."""
    found = {}
    for key, forms in context.extractions.items():
        counted = counted_forms(context, *key)
        found.update({form.file: counted[0].file for form in forms if form not in counted})
    return found


def report_unagreed(context: Context) -> None:
    """Say once for each document that several people's forms about it count, until they agree on one."""
    for problem in _unagreed(context):
        context.report(problem)


def _unagreed(context: Context) -> Iterator[Problem]:
    for identity, instrument in context.extractions:
        counted = counted_forms(context, identity, instrument)
        if len(counted) > 1:
            given = counted[-1].header[_NUMBER]
            whose = " and ".join(f"{form.file} ({', '.join(researchers_of(form))})" for form in counted)
            message = f"{len(counted)} people's forms are about document {given.text!r}, and all count: {whose}."
            remedy = (
                f"Run `journeys compare {given.text}` to see where they differ; with "
                f"`-o forms/{given.text}-agreed.xlsx` it writes the form to agree on, which then counts alone."
            )
            yield Problem("not_agreed", given.address, message, remedy, Severity.WARNING)
