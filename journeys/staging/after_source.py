"""Claims dated after their source, such as an interview of October about December."""

from __future__ import annotations

import sqlite3
from datetime import date

from journeys.model.date_span import named_day
from journeys.model.problems import Address, Problem, Report, Severity

_LOOKED_UP = """
CREATE TEMP TABLE of_document AS
SELECT from_id AS source_id, to_id AS document_id FROM claim WHERE type = 'OF_DOCUMENT';
CREATE INDEX temp.of_document_source ON of_document (source_id);
CREATE TEMP TABLE dated_apart AS SELECT id, file, cell, dated_at FROM written WHERE dated_at IS NOT NULL;
CREATE INDEX temp.dated_apart_id ON dated_apart (id);
"""
"""Found for each claim by an index: by a walk over all claims the time would grow with the square of their number."""

_LATER = """
SELECT json_extract(claim.properties, '$.date_text'), json_extract(claim.properties, '$.date_from') AS day,
       json_extract(claim.properties, '$.date_basis'), json_extract(claim.properties, '$.file') AS file,
       json_extract(claim.properties, '$.sheet') AS sheet,
       coalesce(
           (SELECT min(dated_at) FROM temp.dated_apart AS apart WHERE apart.id = claim.id
            AND apart.file = json_extract(claim.properties, '$.file')
            AND apart.cell IS json_extract(claim.properties, '$.cell')),
           json_extract(claim.properties, '$.cell')) AS cell,
       json_extract(source.properties, '$.name'),
       coalesce(json_extract(source.properties, '$.date_to'), json_extract(document.properties, '$.date_to')) AS made
FROM claim JOIN node AS source ON source.id = json_extract(claim.properties, '$.source')
LEFT JOIN temp.of_document AS tie ON tie.source_id = source.id
LEFT JOIN node AS document ON document.id = tie.document_id
WHERE source.label = 'DataSource' AND made < day
ORDER BY file, sheet, length(cell), cell, claim.id
"""
"""A source that is a document and has no date of its own takes the document's date."""


_BEFORE_THE_MEETING = """
SELECT json_extract(meeting.properties, '$.date_from'), json_extract(tie.properties, '$.file'),
       json_extract(tie.properties, '$.sheet'), json_extract(tie.properties, '$.cell'),
       json_extract(source.properties, '$.name'), json_extract(source.properties, '$.date_to')
FROM claim AS tie JOIN node AS source ON source.id = tie.from_id JOIN node AS meeting ON meeting.id = tie.to_id
WHERE tie.type = 'OF_MEETING' AND source.label = 'DataSource'
  AND json_extract(source.properties, '$.date_to') < json_extract(meeting.properties, '$.date_from')
ORDER BY tie.id
"""


def report_after_source(database: sqlite3.Connection, report: Report) -> None:
    """Report, as warnings, claims and observed meetings that are certainly dated after their source."""
    dated = (
        "SELECT 1 FROM node WHERE label IN ('DataSource', 'Document')"
        " AND json_extract(properties, '$.date_to') IS NOT NULL"
    )
    if database.execute(f"{dated} LIMIT 1").fetchone() is None:
        return
    database.executescript(_LOOKED_UP)
    for words, start, basis, file, sheet, cell, source, made in database.execute(_LATER):
        day, when = named_day(date.fromisoformat(start)), named_day(date.fromisoformat(made))
        words = day if words == start else words
        if basis == "meeting":
            message = f"The meeting, on {day} at the earliest, came after the source ({source}, {when})."
        else:
            message = f"The date, {words or day}, is after its source ({source}, {when})."
        remedy = "A source cannot report what had not happened yet: check both dates, and the source."
        report(Problem("after_source", Address(file, sheet, cell), message, remedy, Severity.WARNING))
    for start, file, sheet, cell, source, made in database.execute(_BEFORE_THE_MEETING):
        day, when = named_day(date.fromisoformat(start)), named_day(date.fromisoformat(made))
        message = f"The meeting, on {day} at the earliest, came after the source that records it ({source}, {when})."
        remedy = "Correct one of the two dates, or name the meeting that was observed."
        report(Problem("after_source", Address(file, sheet, cell), message, remedy, Severity.WARNING))
    database.executescript("DROP TABLE temp.of_document; DROP TABLE temp.dated_apart;")
