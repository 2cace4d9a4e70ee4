"""The header row of a table, whether it stands in a sheet or in a text file."""

from __future__ import annotations

from journeys.instruments.files.cells import Row, text
from journeys.model.problems import Problem, Report, Severity


def check_header(header: Row, report: Report) -> None:
    """Report the columns of a header row that have no name, and names that stand over several columns.

    Names are compared as people read them: trimmed and ignoring case.
    """
    names = [text(value) for value in header.values]
    places: dict[str, list[int]] = {}
    for column, column_name in enumerate(names):
        places.setdefault(column_name.casefold(), []).append(column)
    for columns in places.values():
        column_name = names[columns[0]]
        if not column_name:
            for column in columns:
                message = f"column {column + 1} has no name."
                remedy = "Name it in the header row, or delete the column."
                report(Problem("unnamed_column", header.address(column), message, remedy, Severity.WARNING))
        elif len(columns) > 1:
            message = f"'{column_name}' is the name of {len(columns)} columns."
            report(Problem("repeated_column", header.address(columns[1]), message, "Give each column its own name."))
