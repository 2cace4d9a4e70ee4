"""The page of the documentation that lists the codebook."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.codebook import Code, Codebook

_HEAD = """\
# The codebook

Made from `schema/instruments/codebook.yaml` by `python3 scripts/generate.py`; do not change it by hand. How interviews
are coded with it, and how a study changes it: [coding.md](coding.md).

{title}: {sheets} sheets and {codes} codes.
The labels of {lost} codes are lost in the printed source. Such a code is shown as "[label not recovered]" until a
study gives it a label. Words lost inside a label are marked […].

*Reading*: clear (printed whole), repaired (pieces of a damaged printout joined), uncertain (words lost, or more than
one reading possible). Each code has its column in the coding workbook: it is written, read back and counted by its
number, which is text ("1.10" is not "1.1"). Tests check this for every code
(`tests/instruments/excel/test_coding_workbook.py`, `tests/analysis/reading/test_every_box.py`).
"""


def codebook_page(book: Codebook) -> str:
    """The page, in Markdown: a table for each sheet of the codebook."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Codebook) -> Iterator[str]:
    lost = sum(code.label is None for code in book.codes.values())
    yield _HEAD.format(title=book.title, sheets=len(book.sheets), codes=len(book.codes), lost=lost)
    for sheet in book.sheets:
        yield f"## {sheet.heading}"
        yield ""
        if sheet.note:
            yield f"{sheet.note}\n"
        yield "| code | label | heading over it | reading | suggested in forms for |"
        yield "| --- | --- | --- | --- | --- |"
        yield from (_row(book, code) for code in book.on_sheet(sheet.id))
        yield ""


def _row(book: Codebook, code: Code) -> str:
    suggested = "; ".join(each.words for each in book.suggested_for.get(code.key, ()))
    label = code.shown.removeprefix(f"{code.key} ")
    cells = (code.key, label, book.group_label(code) or "", code.reading or "", suggested)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
