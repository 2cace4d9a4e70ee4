"""Mapped tables: what a map says of rows, what it ignores and says so, and what is wrong with a map."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.interpret.context import Context
from journeys.interpret.meeting_dates import MeetingDates
from journeys.interpret.names import Names
from journeys.interpret.property_values import ValueReader
from journeys.interpret.tables.language import filled, places
from journeys.interpret.tables.maps import Maps, load_map
from journeys.interpret.tables.read_table import TableReading
from journeys.model.problems import Problem, UnreadableFile
from journeys.model.progress import NoProgress
from journeys.model.records import Claim, Node
from journeys.model.schema import load_schema

SCHEMA = load_schema()


class Table:
    """A table and its map in a folder, and what reading them gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = Names()
        self.problems: list[Problem] = []
        self.ignored: dict[str, int] = {}

    def read(self, name: str, content: str | bytes, map_text: str) -> list[Node | Claim]:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        map_path = self.folder / f"{path.stem}.map.yaml"
        map_path.write_text(f"map: 1\n{map_text}", encoding="utf-8")
        table = load_map(map_path, SCHEMA, name=map_path.name, report=self.problems.append)
        if table is None:
            return []
        context = Context(
            "s",
            SCHEMA,
            self.names,
            self.problems.append,
            ValueReader(SCHEMA, self.problems.append),
            MeetingDates(self.names),
        )
        reading = TableReading(table, path, name=name, context=context)
        records = list(reading.records(NoProgress()))
        self.ignored = reading.ignored()
        return records


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def said(records: list[Node | Claim]) -> list[tuple[str, str, str]]:
    return [(r.from_id.split(":")[-1], r.type, r.to_id.split(":")[-1]) for r in records if isinstance(r, Claim)]


def test_set_completes_a_node_that_the_study_has(table: Table) -> None:
    table.names.add("Document", "s:document:D1", ["Needs assessment", "JSNA", "D1"])
    table.names.add("Actor", "s:actor:SS", ["Sam"])
    records = table.read(
        "votes.csv",
        "who,job,paper,when\nSam,nurse,JSNA,2011-03-05\nSam,nurse,Needs assessment,\nMina,doctor,Strategy,2012\n",
        """
nodes:
  who: {kind: Actor, find: either, each: who, set: {designation: "{job}"}}
  paper: {kind: Document, each: paper, set: {title: "{value}", date: "{when}"}}
claims:
  - {type: AUTHORED, from: who, to: paper}
""",
    )
    known = [(r.id, dict(r.properties)) for r in records if isinstance(r, Node) and r.id.split(":")[-1] in ("D1", "SS")]
    assert [identity for identity, _ in known] == ["s:actor:SS", "s:document:D1"]
    assert known[0][1] == {"designation": "nurse"}
    # "JSNA" is another name of D1, and no other title.
    assert set(known[1][1]) == {"date_text", "date_from", "date_to", "date_precision"}
    assert not table.problems


VOTES = """
nodes:
  who: {kind: Actor, each: who}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper, set: {quote: "{words}"}}
"""


@pytest.mark.parametrize(
    "content",
    [
        b"who,paper,words\nZo\xc3\xab,D1,ja\n",
        b"\xef\xbb\xbfwho,paper,words\nZo\xc3\xab,D1,ja\n",
        "who;paper;words\nZoë;D1;ja\n".encode("cp1252"),
        "who\tpaper\twords\nZoë\tD1\tja\n".encode("utf-16"),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16"],
)
def test_a_csv_in_any_encoding(table: Table, content: bytes) -> None:
    records = table.read("votes.csv", content, VOTES)
    assert said(records) == [("zoe", "SUPPORTED", "d1")]
    (claim,) = (record for record in records if isinstance(record, Claim))
    assert claim.properties["quote"] == "ja"
    assert str(claim.address) == "votes.csv > line 2, column 1"


def test_registered_names_are_found_and_unknown_ones_refused(table: Table) -> None:
    table.names.add("Actor", "s:actor:SS", ["Sam", "S. Smith"])
    registered = VOTES.replace("each: who}", "find: registers, each: who}")
    records = table.read("votes.csv", "who,paper,words\ns.  SMITH,D1,yes\nSamm,D1,yes\n", registered)
    assert said(records) == [("SS", "SUPPORTED", "d1")]
    (problem,) = table.problems
    assert str(problem.address) == "votes.csv > line 3, column 1"
    assert problem.message == "'Samm' is not in the People and groups register."
    assert problem.remedy.startswith("Did you mean 'Sam'? ")


def test_nested_lists_splits_trims_patterns_and_what_means_nothing(table: Table) -> None:
    rows = [
        {
            "day": "2021-05-04",
            "items": [
                {
                    "name": "Ordinances 8494, 8525 and 8526",
                    "yeas": ["Brockett,", "Friend, Yates", "N/A"],
                    "opened": "8 pm",
                },
                {"name": ["Resolution 12", "ordinance 13"], "yeas": "None"},
            ],
        }
    ]
    records = table.read(
        "minutes.json",
        json.dumps(rows),
        """
ignore: ["N/A", None]
nodes:
  meeting: {kind: Meeting, id: "{day}", set: {title: "{day}", date: "{day}"}}
each:
  - path: items
    nodes:
      paper:
        kind: Document
        each:
          from: name
          pattern: "(?P<kind>[Oo]rdinance|Resolution)s? (?P<number>\\\\d+(?:(?:,| and) \\\\d+)*)"
          repeat: {number: "\\\\d+"}
          as: "{kind:capital} {number}"
        set: {title: "{value}", doc_type: "{kind}"}
      yeas: {kind: Actor, each: {from: yeas, split: ",", trim: "."}}
    claims:
      - {type: TABLED_AT, from: paper, to: meeting}
      - {type: SUPPORTED, from: yeas, to: paper, at_meeting: meeting}
""",
    )
    assert table.problems == []
    titles = {r.properties["title"] for r in records if isinstance(r, Node) and r.label == "Document"}
    assert titles == {"Ordinance 8494", "Ordinance 8525", "Ordinance 8526", "Resolution 12", "Ordinance 13"}
    supports = [claim for claim in said(records) if claim[1] == "SUPPORTED"]
    assert {who for who, _, _ in supports} == {"brockett", "friend", "yates"}
    assert len(supports) == 9
    claim = next(r for r in records if isinstance(r, Claim) and r.from_id == "s:actor:yates")
    assert claim.address.cell == "[0].items[0].yeas[1]"
    assert claim.properties["at_meeting"] == "s:meeting:2021-05-04"
    assert table.ignored["'N/A' is ignored"] == 1
    assert table.ignored["'None' is ignored"] == 1
    assert table.ignored["'opened' of items is not in the map"] == 1


def test_alternatives_parts_and_known_names(table: Table) -> None:
    for name in ("Friend", "Young"):
        table.names.add("Actor", f"s:actor:{name}", [name])
    mover = """
nodes:
  mover:
    kind: Actor
    find: registers
    each:
      any:
        - {from: seconded, split: "/", parts: 2, take: 1, known: Actor}
        - {from: motion, known: Actor}
        - {from: motion, pattern: "made by (\\\\w+)", known: Actor}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: INTRODUCED, from: mover, to: paper}
"""
    rows = "motion,seconded,paper\nto adopt,Friend/Young,A\nFriend,Young,B\nmotion made by Young,x,C\nno motion,,D\n"
    records = table.read("hearings.csv", rows, mover)
    assert said(records) == [("Friend", "INTRODUCED", "a"), ("Friend", "INTRODUCED", "b"), ("Young", "INTRODUCED", "c")]
    assert [problem.message for problem in table.problems] == ["1 of 4 rows gave no claim (the first: line 5)."]


def test_a_bad_date_is_a_problem_with_its_cell(table: Table) -> None:
    dated = VOTES.replace('quote: "{words}"', 'date: "{words}"')
    table.read("votes.csv", "who,paper,words\nSam,D1,2011-02-30\n", dated)
    (problem,) = table.problems
    assert str(problem.address) == "votes.csv > line 2, column 3"
    assert "There is no 30 February 2011" in problem.message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("type: SUPPORTED", "type: SUPORTED"), "there is no claim kind 'SUPORTED'; did you mean SUPPORTED?"),
        (("kind: Document", "kind: Dokument"), "there is no node kind 'Dokument'; did you mean Document?"),
        (("from: who, to: paper", "from: paper, to: who"), "SUPPORTED goes from Actor or Arena or Organisation"),
        (("to: paper,", "to: papers,"), "no node is called 'papers' here; there are: who, paper."),
        (("quote:", "qoute:"), "SUPPORTED has no property 'qoute'; did you mean 'quote'?"),
        (("each: who", 'each: {from: who, pattern: "("}'), "cannot be used"),
        (("each: who", "each: {form: who}"), "form: this is not recognised here."),
        (('"{words}"', '"{words:loud}"'), "there is no 'loud'"),
    ],
)
def test_a_map_is_refused_with_its_line_before_any_row_is_read(
    table: Table, change: tuple[str, str], says: str
) -> None:
    records = table.read("votes.csv", "who,paper,words\nSam,D1,yes\n", VOTES.replace(*change, 1))
    assert records == []
    assert any(says in problem.message and "line " in (problem.address.cell or "") for problem in table.problems), (
        table.problems
    )


def test_a_column_that_is_not_there_is_refused_with_the_nearest(table: Table) -> None:
    with pytest.raises(UnreadableFile, match=r"a column 'words', which the table does not have. Did you mean 'wrds'\?"):
        table.read("votes.csv", "who,paper,wrds\nSam,D1,yes\n", VOTES)


def test_columns_that_the_map_does_not_read_are_said(table: Table) -> None:
    table.read("votes.csv", "who,paper,words,mood\nSam,D1,yes,bad\nSam,D2,yes,worse\n", VOTES)
    assert table.ignored == {"column 'mood' is not in the map": 2}


def test_a_table_finds_its_map_by_either_name(tmp_path: Path) -> None:
    made: Callable[[str], Any] = lambda name: (tmp_path / name).write_text("map: 1\n", encoding="utf-8")  # noqa: E731
    made("a.csv.map.yaml"), made("b.map.yaml")
    (tmp_path / "c.map.yaml").write_text("map: 1\nfile: other.csv\n", encoding="utf-8")
    maps = Maps()
    assert maps.of(tmp_path / "a.csv") == tmp_path / "a.csv.map.yaml"
    assert maps.of(tmp_path / "b.csv") == tmp_path / "b.map.yaml"
    assert maps.of(tmp_path / "other.csv") == tmp_path / "c.map.yaml"
    assert maps.of(tmp_path / "d.csv") is None


NAMES = st.text(st.characters(categories=("Ll",), max_codepoint=127), min_size=1, max_size=5)


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="{}")), NAMES), max_size=4))
def test_a_template_is_its_parts(pieces: list[tuple[str, str]]) -> None:
    template = "".join(f"{before}{{{name}}}" for before, name in pieces)
    assert places(template) == tuple(name for _, name in pieces)
    assert filled(template, str.upper) == "".join(f"{before}{name.upper()}" for before, name in pieces)
