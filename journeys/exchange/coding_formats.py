"""The formats of coding projects, and what of a project each keeps, changes or loses, in and out.

docs/conformance.md has this list; tests/exchange/test_coding_conformance.py proves each cell of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from journeys.exchange.formats import KEPT, LOST, Cell, changed

CODING_FEATURES: Mapping[str, str] = {
    "codes": "Codes with their names and definitions",
    "colours and sets": "The colours of codes, and the sets that they are in",
    "codes in codes": "Which code stands in which",
    "sources": "Texts and other material with their names",
    "passages": "What was selected in a source, word for word, and where",
    "coders": "Who gave a code to a passage, and when",
    "notes": "Notes on codings, sources and codes",
    "cases": "Cases and the values of variables",
    "claims": "Who supports or contests what",
    "links": "Links, drawings, media, layout",
}
"""What a format of coding projects may keep, with its meaning."""

_IN_CODES = changed("the codes around a code are the heading over it")
CODING_FORMATS: Mapping[str, Mapping[str, Cell]] = {
    "REFI-QDA (in)": {
        "codes": KEPT,
        "colours and sets": KEPT,
        "codes in codes": _IN_CODES,
        "sources": KEPT,
        "passages": KEPT,
        "coders": KEPT,
        "notes": changed("a note on the whole project, and codings in notes, are not taken"),
        "cases": changed("properties where the study has them, else words about the source or the case"),
        "claims": LOST,
        "links": LOST,
    },
    "REFI-QDA (out)": {
        "codes": KEPT,
        "colours and sets": KEPT,
        "codes in codes": changed("sheets and headings are codes that cannot be given to passages"),
        "sources": changed("the text of a source is its coded passages"),
        "passages": KEPT,
        "coders": KEPT,
        "notes": changed("remarks on codings and notes on sources; not those on codes"),
        "cases": LOST,
        "claims": LOST,
        "links": LOST,
    },
    "Discourse Network Analyzer 3 (in)": {
        "codes": changed("concepts, which have no definitions"),
        "colours and sets": LOST,
        "codes in codes": _IN_CODES,
        "sources": KEPT,
        "passages": KEPT,
        "coders": changed("who coded; the database does not say when"),
        "notes": changed("further variables of a statement are remarks on its coding"),
        "cases": LOST,
        "claims": KEPT,
        "links": LOST,
    },
}
"""Each format with a cell for each of CODING_FEATURES."""
