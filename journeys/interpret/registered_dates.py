"""Compare the dates that the registers and a form give for one meeting or interview."""

from __future__ import annotations

from journeys.instruments.files.cells import Cell
from journeys.interpret.context import Context
from journeys.model.dates import DateSpan
from journeys.model.order import Order, order
from journeys.model.problems import Problem, Severity


def can_be(registered: DateSpan | None, when: DateSpan) -> bool:
    """Whether the date in the registers is compatible with ``when``."""
    return registered is None or order(registered, when) not in (Order.BEFORE, Order.AFTER)


def say_difference(context: Context, registered: DateSpan | None, given: Cell, when: DateSpan, what: str) -> None:
    """Report a date of a form that the registers give differently: as a problem if only one of the two can be true."""
    if registered is None or (registered.date_from, registered.date_to) == (when.date_from, when.date_to):
        return
    message = f"The registers date this {what} {registered.text}, but the sheet says {given.text}."
    if not can_be(registered, when):
        context.problem("conflicting_date", given, message, "Make the two agree.")
        return
    remedy = "The registers' date is kept. Write the more exact date there."
    context.report(Problem("other_date", given.address, message, remedy, Severity.WARNING))
