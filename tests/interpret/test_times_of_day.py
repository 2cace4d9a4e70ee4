"""The time of day behind a date is stored, and orders what happened on one day: in forms, registers and tables."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from journeys.analysis.claims.dates import span
from journeys.interpret.property_values import span_properties
from journeys.model.dates import read_date
from journeys.model.order import Order, order, sort_key
from tests.mapped import make_study, read_study

REGISTERS = """registers: 1
sites: [{id: N, pseudonym: Northtown}]
case_studies: [{id: C1, title: Strategic, site: N}]
people: [{id: SS, pseudonym: Sam, site: N, kind: Person}, {id: MV, pseudonym: Mina, site: N, kind: Person}]
meetings:
  - {id: M1, title: Second sitting, date: "8 June 2011, 4pm", case: C1}
  - {id: M2, title: First sitting, date: 8 June 2011 at 2.30pm, case: C1}
documents: [{case: C1, doc_number: D1, title: Paper, doc_type: Report}]
"""


def test_claims_take_the_time_of_their_meeting(tmp_path: Path) -> None:
    study = make_study(tmp_path / "s", REGISTERS)
    (study / "forms").mkdir()
    rows = [
        {"who": "Sam", "did_what": "supported", "to_what": "this", "at_meeting": "M1"},
        {"who": "Mina", "did_what": "contested", "to_what": "this", "at_meeting": "M2"},
        {"who": "Mina", "did_what": "supported", "to_what": "this", "when": "8 June 2011, 3.15pm"},
    ]
    form = {
        "form": "document_extraction_template",
        "version": 1,
        "header": {"case_study_and_site": "C1", "name_of_document": "Paper", "document_number": "D1"},
        "who_did_what": rows,
    }
    (study / "forms" / "d1.yaml").write_text(yaml.safe_dump(form), encoding="utf-8")
    read = read_study(study)
    assert read.nodes["M1"]["date_time"] == "16:00"
    dated = [(sort_key(span(said)), start, type_) for start, type_, _, said in read.claims if said.get("date_from")]
    told = [(who, what) for _, who, what in sorted(dated) if what != "TABLED_AT"]
    assert told == [("MV", "CONTESTED"), ("MV", "SUPPORTED"), ("SS", "SUPPORTED")]


@pytest.mark.parametrize(
    ("ending", "rows"),
    [
        ("csv", "who,when\nSam,2011-06-08 16:00\nMina,2011-06-08 14:30\n"),
        ("ndjson", '{"who": "Sam", "when": "8 June 2011, 4pm"}\n{"who": "Mina", "when": "2011-06-08T14:30:00Z"}\n'),
    ],
)
def test_rows_of_one_day_are_ordered_by_their_times(tmp_path: Path, ending: str, rows: str) -> None:
    table = """
map: 1
nodes:
  who: {kind: Actor, each: who}
  paper: {kind: Document, id: D1, set: {title: Paper}}
claims:
  - {type: SUPPORTED, from: who, to: paper, set: {date: "{when}"}}
"""
    study = make_study(tmp_path / "s", REGISTERS, v_map_yaml=table, **{f"v_{ending}": rows})
    dates = {start: span(said) for start, type_, _, said in read_study(study).claims if type_ == "SUPPORTED"}
    assert order(dates["MV"], dates["SS"]) is Order.BEFORE


def test_the_stored_time_is_that_of_a_day_only() -> None:
    assert span_properties(read_date("5 March 2011, 2.30pm"))["date_time"] == "14:30"
    assert "date_time" not in span_properties(read_date("5 March 2011"))
    assert "date_time" not in span_properties(read_date("5 March 2011, 2pm to 7 March 2011"))
