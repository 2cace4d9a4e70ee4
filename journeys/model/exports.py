"""Marks in the pages, pictures and tables that the program writes, by which it recognises them in a study folder.

No mark contains a path, or the name of a person or an account.
"""

from __future__ import annotations

MADE_BY = "Made by evidence-journeys."
"""Stands on every page and in every picture."""

EXPORT_PROPERTY = "evidence-journeys export"
"""The document property of a workbook of results."""

NODE_COLUMNS = ("id", "name", "label", "kind", "designation", "organisation", "organisation_kind", "site", "ties")
TIE_COLUMNS = (
    "from",
    "from_id",
    "relation",
    "phrase",
    "to",
    "to_id",
    "directed",
    "polarity",
    "weight",
    "sources",
    "modes",
    "confidences",
    "date_from",
    "date_to",
    "about",
    "claims",
    "addresses",
)
"""The headings of the two files of a network. They serve as the mark, because a csv file has no other place for one."""

QUESTION_COLUMNS = ("name", "numbers", "title", "question", "needs", "may_take", "own")
"""The headings of the list of questions."""
MEASURE_COLUMNS = ("name", "group", "answers", "takes_ref", "options")
"""The headings of the list of measures."""
FIRST_JSON_NAMES = (
    ("measure", "answers", "conditions", "tables"),
    ("clean", "problems"),
    ("name", "numbers", "title", "question", "parameters"),
    ("name", "group", "answers", "takes_ref", "options"),
    ("site", "relations"),
    ("place", "people", "meetings"),
    ("study", "title", "store"),
)
"""The names with which the json of a measure, a check, a list, a network, a storyline and a status begins."""
