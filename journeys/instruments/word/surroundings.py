"""What is around the words of a Word paragraph: its style, the cell and table that it stands in, and their colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from journeys.instruments.files.colours import WHITE
from journeys.instruments.word.ooxml import property_value, w, whole
from journeys.instruments.word.styles import Look, Style, background

_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200}
_PARTS = {"firstColumn": "firstCol", "lastColumn": "lastCol"}
"""Names of a table's parts in its style, where they are others than among its own properties."""


def around(paragraph: Any, styles: Mapping[str, Style]) -> tuple[Look, str]:
    """The look that a paragraph gives to words that have none of their own, and the colour behind the paragraph."""
    properties = paragraph.find(w("pPr"))
    named = property_value(properties, "pStyle") or ""
    style = styles.get(named) or styles.get("") or Style("")
    look = style.look.over(styles[""].look) if "" in styles else style.look
    behind = background(properties) or style.look.fill
    for cell, table in _cells(paragraph):
        own = background(cell.find(w("tcPr")))
        of_table = styles.get(property_value(_properties(table), "tblStyle") or "")
        by_style = _of_style(of_table, cell, table) if of_table else Look()
        # What the style of a table says counts for words only where no paragraph style says it.
        look = look.over(Look(colour=by_style.colour, size=by_style.size))
        if behind in (None, "auto"):
            behind = (own if own != "auto" else WHITE) if own else by_style.fill
        if behind in (None, "auto"):
            behind = background(_properties(table))
    if behind in (None, "auto"):
        page = paragraph.getroottree().getroot().find(w("background"))
        said = (page.get(w("color")) or "auto").upper() if page is not None else "AUTO"
        behind = WHITE if said == "AUTO" else said
    return look, behind or WHITE


def _cells(paragraph: Any) -> Iterator[tuple[Any, Any]]:
    """The cells in which a paragraph stands, each with its table, from the inside out."""
    for cell in paragraph.iterancestors(w("tc")):
        table = next(cell.iterancestors(w("tbl")), None)
        if table is not None:
            yield cell, table


def _properties(table: Any) -> Any:
    """The properties of a table, which stand before its rows; None if it has none."""
    first = next((each for each in table if each.tag in (w("tblPr"), w("tr"))), None)
    return first if first is not None and first.tag == w("tblPr") else None


@lru_cache(maxsize=4)
def _rows(table: Any) -> Mapping[Any, int]:
    """The rows of a table with their numbers. Each cell asks, so they are not counted each time."""
    return {row: number for number, row in enumerate(table.iter(w("tr")))}


def _of_style(style: Style, cell: Any, table: Any) -> Look:
    """What the style of a table does to a cell: the parts that it is in, and the whole."""
    if not style.parts:
        return style.look
    row = next(cell.iterancestors(w("tr")))
    rows, cells = _rows(table), list(row.iter(w("tc")))
    asked = _parts_asked_for(table)
    place = {"firstRow": rows[row] == 0, "lastRow": rows[row] == len(rows) - 1}
    place |= {"firstColumn": cell is cells[0], "lastColumn": cell is cells[-1]}
    parts = [_PARTS.get(part, part) for part, is_there in place.items() if is_there and part in asked]
    if "noHBand" not in asked:
        parts.append("band2Horz" if (rows[row] - ("firstRow" in asked)) % 2 else "band1Horz")
    look = Look()
    for part in (*parts, "wholeTable"):
        look = look.over(style.parts.get(part, Look()))
    return look.over(style.look)


def _parts_asked_for(table: Any) -> set[str]:
    """The parts of its style that a table uses, and "noHBand" where its rows do not alternate."""
    properties = _properties(table)
    said = properties.find(w("tblLook")) if properties is not None else None
    if said is None:
        return {"noHBand"}
    bits = whole(said.get(w("val")), base=16)
    asked = {part for part, bit in _BITS.items() if bits & bit}
    flags = {part: said.get(w(part)) for part in _BITS}
    asked |= {part for part, flag in flags.items() if flag in ("1", "true", "on")}
    return asked - {part for part, flag in flags.items() if flag in ("0", "false", "off")}
