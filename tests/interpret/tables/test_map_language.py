"""What a map can say: each word of the language on a small table, and what is said when it fits nothing."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from journeys.model.problems import Severity
from tests.mapped import ReadStudy, make_study, read_study

PAPER = '  paper: {kind: Document, each: paper, set: {title: "{value}"}}\n'
VOTE = (
    "map: 1\nnodes:\n  who: {kind: Actor, each: who}\n"
    + PAPER
    + "claims:\n  - {type: SUPPORTED, from: who, to: paper}\n"
)


def of_csv(folder: Path, rows: str, mapped: str, registers: str = "registers: 1\n") -> ReadStudy:
    return read_study(make_study(folder, registers, v_csv=rows, v_map_yaml=mapped))


def of_json(folder: Path, content: Any, mapped: str) -> ReadStudy:
    return read_study(make_study(folder, v_json=json.dumps(content, ensure_ascii=False), v_map_yaml=mapped))


def test_what_is_set_can_be_cut_replaced_and_searched(tmp_path: Path) -> None:
    mapped = VOTE.replace(
        "to: paper}",
        "to: paper, set: {confidence: {from: sure, replace: {y: high, n: low}}, "
        'place: {from: where, pattern: "p\\\\. (\\\\d+)"}, aspect: {from: value, replace: {Ann: her own}}}}',
    )
    study = of_csv(tmp_path, "who,paper,sure,where\nAnn,P1,Y,see p. 12 and p. 13\nBob,P1,n,no page\n", mapped)
    assert study.problems == []
    told = {claim[0]: claim[3] for claim in study.claims}
    assert (told["ann"]["confidence"], told["ann"]["place"], told["ann"]["aspect"]) == ("high", "12; 13", "her own")
    assert told["bob"]["confidence"] == "low"
    assert "place" not in told["bob"]


def test_what_cannot_be_read_of_what_is_set_has_its_own_cell(tmp_path: Path) -> None:
    mapped = VOTE.replace("to: paper}", "to: paper, set: {confidence: {from: sure, replace: {y: high}}}}")
    study = of_csv(tmp_path, "who,paper,sure\nAnn,P1,y\nBob,P1,perhaps\n", mapped)
    (problem,) = study.errors
    assert problem.address.cell == "line 3, column 3"


def test_ignore_comes_after_pattern(tmp_path: Path) -> None:
    mapped = VOTE.replace("each: who", 'each: {from: who, pattern: "(?:Cllr|Mr) (\\\\w+)", ignore: [Nobody]}')
    study = of_csv(tmp_path, "who,paper\nCllr Zúñiga; Mr Nobody,P1\n", mapped)
    assert study.said == [("zuniga", "SUPPORTED", "p1")]


UNANIMOUS = """map: 1
nodes:
  present: {kind: Actor, each: {from: present, split: ","}}
  nays: {kind: Actor, each: {from: nays, split: ","}}
  yeas: {kind: Actor, each: {from: yeas, split: ","}, everyone: {of: present, pattern: "^(all|unanimous)", but: nays}}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: SUPPORTED, from: yeas, to: paper}
  - {type: CONTESTED, from: nays, to: paper}
"""


def test_all_present_stands_for_everyone_but_those_against(tmp_path: Path) -> None:
    rows = 'paper,present,yeas,nays\nP1,"Ann,Bob,Cem",all present,Bob\nP2,"Ann,Bob",Ann,\nP3,,unanimous,\n'
    study = of_csv(tmp_path, rows, UNANIMOUS)
    assert study.said == [
        ("ann", "SUPPORTED", "p1"),
        ("ann", "SUPPORTED", "p2"),
        ("bob", "CONTESTED", "p1"),
        ("cem", "SUPPORTED", "p1"),
    ]
    (problem,) = [problem for problem in study.problems if problem.kind == "nobody_there"]
    assert problem.address.cell == "line 4, column 3"


def test_the_result_of_a_vote_can_say_that_all_were_for_it(tmp_path: Path) -> None:
    each = 'each: {from: yeas, split: ","}, everyone: {of: present,'
    mapped = UNANIMOUS.replace(each, "everyone: {of: present, from: vote,")
    rows = 'P1,"Ann,Bob",unanimous,\nP2,"Ann,Bob",all but one,Bob\nP3,"Ann,Bob",carried 2 to 1,Bob\n'
    rows = f"paper,present,vote,nays\n{rows}"
    study = of_csv(tmp_path, rows, mapped)
    assert study.said == [
        ("ann", "SUPPORTED", "p1"),
        ("ann", "SUPPORTED", "p2"),
        ("bob", "CONTESTED", "p2"),
        ("bob", "CONTESTED", "p3"),
        ("bob", "SUPPORTED", "p1"),
    ]


def test_all_present_without_that_word_in_the_map_is_questioned(tmp_path: Path) -> None:
    study = of_csv(tmp_path, "who,paper\nAll present,P1\n", VOTE)
    assert [p.message for p in study.problems] == ["'All present' was read as a name."]


def test_everyone_names_nodes_that_stand_above(tmp_path: Path) -> None:
    study = of_csv(tmp_path, "paper,present,yeas,nays\nP1,a,b,c\n", UNANIMOUS.replace("of: present", "of: paper"))
    assert [p.kind for p in study.errors] == ["bad_map"]
    assert str(study.errors[0].address) == "tables/v.map.yaml > line 5"


def test_where_for_the_whole_map_and_plain_words_in_it(tmp_path: Path) -> None:
    rows = "who,paper,vote\nAnn,P1,Yes\nBob,P1,yesterday\nCem,P1,YES \n"
    study = of_csv(tmp_path, rows, VOTE.replace("nodes:", "where: {vote: yes}\nnodes:", 1))
    assert {who for who, _, _ in study.said} == {"ann", "cem"}
    assert study.files[-1].ignored == {"a row does not match the map's `where`": 1}


SHEET = [["Votes of 2011", None], [None, None], ["Who", "Paper"], ["Ann", "P1"], ["Bob", "P2"], ["Total: 2", None]]
CUT = "map: 1\nheading: 3\nuntil: '^Total'\n" + VOTE.removeprefix("map: 1\n")


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3"'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(rows: list[list[str | None]]) -> bytes:
    """An OpenDocument spreadsheet as LibreOffice writes it, as far as a reader looks."""
    cells = lambda row: "".join(  # noqa: E731
        "<table:table-cell/>"
        if cell is None
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in row
    )
    body = "".join(f"<table:table-row>{cells(row)}</table:table-row>" for row in rows)
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Votes">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", content)
    return made.getvalue()


@pytest.mark.parametrize("ending", ["csv", "ods"])
def test_title_lines_and_footers_are_left_out(tmp_path: Path, ending: str) -> None:
    text = "\n".join(",".join(cell or "" for cell in row) for row in SHEET) + "\n"
    content = ods(SHEET) if ending == "ods" else text.encode()
    study = read_study(make_study(tmp_path, v_map_yaml=CUT, **{f"v_{ending}": content}))
    assert study.errors == []
    assert study.said == [("ann", "SUPPORTED", "p1"), ("bob", "SUPPORTED", "p2")]
    assert list(study.files[-1].ignored.values()) == [1]
    place = "line 4, column 1" if ending == "csv" else "A4"
    assert place in {claim[3]["cell"] for claim in study.claims}


def test_one_map_for_many_files(tmp_path: Path) -> None:
    folder = make_study(tmp_path, all_map_yaml=VOTE.replace("map: 1", 'map: 1\nfile: ["votes-*.csv", "old/**/*.csv"]'))
    for name, who in (("votes-1.csv", "Ann"), ("votes-2.csv", "Bob"), ("old/a/b/c.csv", "Cem"), ("old/d.csv", "Dan")):
        path = folder / "tables" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"who,paper\n{who},P1\n", encoding="utf-8")
    (folder / "tables" / "other.csv").write_text("who,paper\nEve,P1\n", encoding="utf-8")
    study = read_study(folder)
    assert {who for who, _, _ in study.said} == {"ann", "bob", "cem", "dan"}
    assert [p.kind for p in study.problems] == ["left_aside"]


ITEMS = {
    "votes": {"Ann": "yes", "Bob": "no", "Zoë": "Yes"},
    "day": "2011-03-05",
    "agenda": [
        {"paper": "P1", "movers": ["Ann", "Bob"], "ways": ["first", "second"], "parts": [{"paper": "P2"}]},
        {"paper": "P3", "movers": ["Cem"], "ways": ["third"], "parts": []},
    ],
}


def test_any_name_of_an_object_and_the_name_itself(tmp_path: Path) -> None:
    mapped = """map: 1
nodes:
  paper: {kind: Document, id: p, set: {title: The paper}}
each:
  - path: votes.*
    nodes:
      who: {kind: Actor, each: "@"}
    claims:
      - {type: SUPPORTED, from: who, to: paper, where: {".": yes}}
      - {type: CONTESTED, from: who, to: paper, where: {".": no}, set: {quote: "{@} said {.} on {^.day}"}}
"""
    study = of_json(tmp_path, [ITEMS], mapped)
    assert study.said == [("ann", "SUPPORTED", "p"), ("bob", "CONTESTED", "p"), ("zoe", "SUPPORTED", "p")]
    against = next(claim[3] for claim in study.claims if claim[1] == "CONTESTED")
    assert (against["quote"], against["cell"]) == ("Bob said no on 2011-03-05", "[0].votes.Bob")
    assert study.errors == []


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("agenda.paper", {"P1", "P3"}),
        ("**.paper", {"P1", "P2", "P3"}),
        ("agenda.2.paper", {"P3"}),
        ("*.paper", {"P1", "P3"}),
    ],
)
def test_paths_lead_through_lists_and_to_any_depth(tmp_path: Path, path: str, titles: set[str]) -> None:
    mapped = f'map: 1\nnodes:\n  paper: {{kind: Document, each: "{path}", set: {{title: "{{value}}"}}}}\n'
    study = of_json(tmp_path, [ITEMS], mapped)
    assert study.errors == []
    assert {node["title"] for node in study.nodes.values()} == titles


def test_values_of_the_parent_and_of_a_list_beside(tmp_path: Path) -> None:
    mapped = """map: 1
each:
  - path: agenda
    each:
      - path: movers
        nodes:
          who: {kind: Actor, each: "."}
          paper: {kind: Document, each: ^.paper, set: {title: "{value}"}}
        claims:
          - {type: INTRODUCED, from: who, to: paper, set: {manner: "{^.ways.#}", date: "{^.^.day}"}}
"""
    study = of_json(tmp_path, [ITEMS], mapped)
    assert study.errors == []
    told = {(who, to): (said["manner"], str(said["date_from"])) for who, _, to, said in study.claims}
    assert told == {
        ("ann", "p1"): ("first", "2011-03-05"),
        ("bob", "p1"): ("second", "2011-03-05"),
        ("cem", "p3"): ("third", "2011-03-05"),
    }


def test_null_in_a_map_is_to_be_put_in_quotes_once_at_its_line(tmp_path: Path) -> None:
    study = of_csv(tmp_path, "who,paper\nnull,P1\n", VOTE.replace("map: 1", "map: 1\nignore:\n  - no\n  - null"))
    (problem,) = study.errors
    assert str(problem.address) == "tables/v.map.yaml > line 4"
    assert "put it in quotes" in problem.message
    quoted = of_csv(tmp_path / "2", "who,paper\nnull,P1\nAnn,P1\n", VOTE.replace("map: 1", "map: 1\nignore: ['null']"))
    assert quoted.said == [("ann", "SUPPORTED", "p1")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("to: paper}", "to: paper, where: {vote: nay}}"),
         "No row matches the `where` of claim 1, SUPPORTED (vote: nay)."),
        (("each: who", "each: {from: who, pattern: Dr}"), "1 of 1 rows gave no claim (the first: line 2)."),
    ],
)  # fmt: skip
def test_what_gives_nothing_is_said(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    study = of_csv(tmp_path, "who,paper,vote\nAnn,P1,yes\n", VOTE.replace(*change))
    assert message in [p.message for p in study.problems if p.kind == "gave_nothing"]
    assert not study.errors


def test_what_gives_nothing_is_said_before_what_is_wrong_in_rows(tmp_path: Path) -> None:
    rows = "who,paper,vote,day\n" + "".join(f"A{number},P1,yes,soon\n" for number in range(30))
    mapped = VOTE.replace("to: paper}", 'to: paper, set: {date: "{day}"}}').replace(
        "claims:\n", "claims:\n  - {type: CONTESTED, from: who, to: paper, where: {vote: nay}}\n"
    )
    first, *others = of_csv(tmp_path, rows, mapped).problems
    assert first.kind == "gave_nothing"
    assert {problem.kind for problem in others} == {"bad_date"}


def test_a_block_that_finds_no_element_is_said(tmp_path: Path) -> None:
    mapped = "map: 1\nnodes:\n" + PAPER + "each:\n  - path: items\n    nodes:\n      who: {kind: Actor, each: who}\n"
    study = of_json(tmp_path, [{"paper": "P1", "items": []}], mapped)
    assert [p.message for p in study.problems] == ["The block for 'items' found no element."]


def test_a_name_that_may_be_missing_is_no_problem(tmp_path: Path) -> None:
    optional = VOTE.replace("to: paper}", 'to: paper, set: {quote: "{words?}"}}')
    assert of_csv(tmp_path / "1", "who,paper\nAnn,P1\n", optional).errors == []
    (_, _, _, said) = of_csv(tmp_path / "2", "who,paper,words\nAnn,P1,Yes\n", optional).claims[0]
    assert said["quote"] == "Yes"
    assert of_json(tmp_path / "3", [{"who": "Ann", "paper": "P1"}], optional).errors == []


def test_lists_in_a_flat_table_are_a_problem(tmp_path: Path) -> None:
    study = of_csv(tmp_path, "who,paper\nAnn,P1\n", VOTE + "each:\n  - path: votes\n    nodes: {}\n")
    assert [p.kind for p in study.errors] == ["bad_map"]


PEOPLE = "map: 1\nnodes:\n  who: {kind: Actor, find: either, each: name, set: {designation: '{job}'}}\n"


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_order_of_files_changes_nothing(tmp_path: Path, names: tuple[str, str]) -> None:
    people, votes = names
    folder = make_study(tmp_path)
    for name, rows, mapped in (
        (people, "name,job\nAnn,nurse\n", PEOPLE),
        (votes, "who,paper\nAnn,P1\n", VOTE.replace("each: who", "find: registers, each: who")),
    ):
        (folder / "tables" / f"{name}.csv").write_text(rows, encoding="utf-8")
        (folder / "tables" / f"{name}.map.yaml").write_text(mapped, encoding="utf-8")
    study = read_study(folder)
    assert study.problems == []
    assert study.said == [("ann", "SUPPORTED", "p1")]
    assert study.nodes["ann"]["designation"] == "nurse"


def test_two_tables_that_differ_are_named_both(tmp_path: Path) -> None:
    folder = make_study(tmp_path, a_csv="name,job\nAnn,nurse\n", a_map_yaml=PEOPLE, b_map_yaml=PEOPLE)
    (folder / "tables" / "b.csv").write_text("name,job\nAnn,doctor\n", encoding="utf-8")
    (problem,) = read_study(folder).problems
    assert problem.severity is Severity.WARNING
    assert str(problem.address).startswith("tables/b.csv > line 2")
    assert "tables/a.csv > line 2" in problem.message
    assert "'doctor' here and 'nurse'" in problem.message


def test_two_rows_of_a_table_that_differ_are_named_by_their_cells(tmp_path: Path) -> None:
    rows = "name,born,job\nAnn,2011-03-05,nurse\nBob,,porter\nAnn,2011-03-05,doctor\n"
    (problem,) = of_csv(tmp_path, rows, PEOPLE).problems
    assert problem.address.cell == "line 4, column 3"
    assert "'doctor' here and 'nurse' in tables/v.csv > line 2, column 3" in problem.message


def test_a_register_and_a_table_that_differ_are_named_by_their_cells(tmp_path: Path) -> None:
    registers = "registers: 1\ndocuments:\n  - {doc_number: D1, title: Plan,\n     date: 2011-03-05,\n     url: http://example.org}\n"
    mapped = (
        "map: 1\nnodes:\n  paper: {kind: Document, each: paper,"
        " set: {url: '{link}', date: {from: [month?, day]}, main_aim: 'To {aim}'}}\n"
    )
    rows = "paper,aim,link,month,day\nD1,see,,,\nD1,tell,http://example.com,,2011-03-06\n"
    problems = of_csv(tmp_path, rows, mapped, registers).problems
    assert [(p.address.cell, p.message.rpartition(" in ")[2]) for p in problems] == [
        ("line 3, column 2", "tables/v.csv > line 2, column 2."),
        ("line 3, column 3", "registers.yaml > line 5 (documents[0].url)."),
        ("line 3, column 5", "registers.yaml > line 4 (documents[0].date)."),
    ]


def test_two_items_of_a_json_file_that_differ_are_named_by_their_paths(tmp_path: Path) -> None:
    items = [{"who": {"name": "Ann", "job": "nurse"}}, {"who": {"name": "Ann", "job": "doctor"}}]
    mapped = "map: 1\nnodes: {who: {kind: Actor, each: who.name, set: {designation: '{who.job}'}}}\n"
    (problem,) = of_json(tmp_path, items, mapped).problems
    assert problem.address.cell == "[1].who.job"
    assert "'nurse' in tables/v.json > [0].who.job" in problem.message


def test_a_new_entry_beside_one_of_the_same_name_is_said(tmp_path: Path) -> None:
    registers = "registers: 1\npeople:\n  - {id: A1, pseudonym: Ann, kind: Person}\n"
    mapped = VOTE.replace("each: who", "find: new, each: who")
    study = of_csv(tmp_path, "who,paper\nAnn,P1\n", mapped, registers)
    (problem,) = study.problems
    assert problem.message == "'Ann' is a new entry, though A1 goes by the same name."


KNOWN = """registers: 1
people:
  - {id: OB, pseudonym: "Niamh O'Brien", kind: Person}
  - {id: JD, pseudonym: Jane Doe-Smith, kind: Person}
  - {id: MC, pseudonym: Dr Mary McCall, kind: Person}
  - {id: PH, pseudonym: Phase One, kind: Person}
organisations:
  - {id: LA, pseudonym: Riverside Council, kind: LA}
documents:
  - {doc_number: D1, title: Plan}
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Niamh OBrien", "Niamh O'Brien"),
        ("O'Brien, Niamh", "Niamh O'Brien"),
        ("Jane Doe Smith", "Jane Doe-Smith"),
        ("J\u0430ne Doe-Smith", "Jane Doe-Smith"),  # a Cyrillic letter
        ("Mary McCall", "Dr Mary McCall"),
        ("Prof. Mary McCall (GP)", "Dr Mary McCall"),
        ("Riverside Council", "an organisation, LA,"),
        ("D1", "a document, D1,"),
        ("Niamh O'Brien; Jane Doe-Smith", "`split`"),
        ("Niamh O'Brien & JD", "`split`"),
        ("Phase Two", None),
        ("Sam S.", None),
        ("Mary", None),
    ],
)
def test_a_new_name_that_is_like_a_known_one_is_asked_about(tmp_path: Path, name: str, said: str | None) -> None:
    study = of_csv(tmp_path, f'who,paper\n"{name}",P1\n"{name}",P2\n', VOTE, KNOWN)
    assert [problem.severity for problem in study.problems] == ([Severity.WARNING] if said else [])
    assert all(problem.address.cell == "line 2, column 1" for problem in study.problems)
    assert all(str(said) in f"{problem.message} {problem.remedy}" for problem in study.problems)


@pytest.mark.parametrize(
    "name", ["Niamh O\u2019Brien", "NIAMH O\u00b4BRIEN", "Jane Doe\u2013Smith", "OB", "Dr\u00a0Mary  McCall"]
)
def test_a_known_name_is_no_new_one(tmp_path: Path, name: str) -> None:
    study = of_csv(tmp_path, f"who,paper\n{name},P1\n", VOTE, KNOWN)
    assert study.problems == []
    assert study.said[0][0] in ("OB", "JD", "MC")


def test_what_is_called_the_same_is_told_apart_by_its_id(tmp_path: Path) -> None:
    mapped = (
        "map: 1\nnodes:\n  meeting: {kind: Meeting, id: '{day}', set: {title: Council, date: '{day}'}}\n"
        + PAPER
        + "claims:\n  - {type: TABLED_AT, from: paper, to: meeting}\n"
    )
    study = of_csv(tmp_path, "day,paper\n2011-03-05,P1\n2011-03-12,P1\n2011-03-05,P2\n", mapped)
    assert study.said == [
        ("p1", "TABLED_AT", "2011-03-05"),
        ("p1", "TABLED_AT", "2011-03-12"),
        ("p2", "TABLED_AT", "2011-03-05"),
    ]


def test_abstained_and_recused(tmp_path: Path) -> None:
    mapped = VOTE.replace(
        "  - {type: SUPPORTED, from: who, to: paper}\n",
        "  - {type: ABSTAINED_ON, from: who, to: paper, where: {vote: abstain}}\n"
        "  - {type: RECUSED_FROM, from: who, to: paper, where: {vote: recused}}\n",
    )
    study = of_csv(tmp_path, "who,paper,vote\nAnn,P1,abstain\nBob,P1,recused\n", mapped)
    assert study.problems == []
    assert study.said == [("ann", "ABSTAINED_ON", "p1"), ("bob", "RECUSED_FROM", "p1")]


ROWS_SAID: dict[str, tuple[bytes | str, list[tuple[str, str, str]], list[tuple[str, str | None]]]] = {
    "lines that end as on old Macs": ("who,paper\rAnn,P1\r", [("ann", "SUPPORTED", "p1")], []),
    "the heading again": (
        "who,paper\nAnn,P1\nwho,paper\nBob,P2\n", [("ann", "SUPPORTED", "p1"), ("bob", "SUPPORTED", "p2")],
        [("repeated_heading", "line 3")]),
    "a total": ("who,paper\nTotal,P1\n", [("total", "SUPPORTED", "p1")], [("doubtful_name", "line 2, column 1")]),
    "a grand total": ("who,paper\nGrand total,P1\n", [("grand-total", "SUPPORTED", "p1")],
                      [("doubtful_name", "line 2, column 1")]),
    "ditto": ("who,paper\nditto,P1\n", [("ditto", "SUPPORTED", "p1")], [("doubtful_name", "line 2, column 1")]),
    "as above": ("who,paper\nas above,P1\n", [("as-above", "SUPPORTED", "p1")],
                 [("doubtful_name", "line 2, column 1")]),
    "signs of a web page": ("who,paper\nAnn,Q&amp;A\n", [("ann", "SUPPORTED", "q&amp;a")],
                            [("damaged_letters", "line 2, column 2")]),
    "numbered signs of a web page": ("who,paper\nO&#39;Neil,P1\n", [("o&#39;neil", "SUPPORTED", "p1")],
                                     [("damaged_letters", "line 2, column 1")]),
    "an ampersand": ("who,paper\nAnn,Q&A; more\n", [("ann", "SUPPORTED", "q&a;-more")], []),
    "a formula": ("who,paper\n=A1,P1\n", [("=a1", "SUPPORTED", "p1")], [("formula", "line 2, column 1")]),
    "a number guarded for Excel": ('who,paper\n"=""007""",P1\n', [('="007"', "SUPPORTED", "p1")],
                                   [("formula", "line 2, column 1")]),
    "an error of a spreadsheet": ("who,paper\n#N/A,P1\n", [("#n/a", "SUPPORTED", "p1")],
                                  [("doubtful_name", "line 2, column 1"), ("error_value", "line 2, column 1")]),
    "a number marked as text": ("who,paper\nAnn,'007\n", [("ann", "SUPPORTED", "'007")],
                                [("text_mark", "line 2, column 2")]),
    "words in quotation marks": ("who,paper\nAnn,'2011' plan\n", [("ann", "SUPPORTED", "'2011'-plan")], []),
    "a number that was shortened": ("who,paper\nAnn,1.23E+11\n", [("ann", "SUPPORTED", "1.23e+11")],
                                    [("damaged_number", "line 2, column 2")]),
    "two names in one cell": ('who,paper\n"Ann\nBob",P1\n', [("ann-bob", "SUPPORTED", "p1")],
                              [("doubtful_name", "line 2, column 1")]),
    "a title over two lines": ('who,paper\nAnn,"The\nplan"\n', [("ann", "SUPPORTED", "the-plan")], []),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS_SAID)
def test_what_is_hardly_meant_is_said_with_its_cell(tmp_path: Path, case: str) -> None:
    rows, said, kinds = ROWS_SAID[case]
    study = read_study(make_study(tmp_path, v_csv=rows, v_map_yaml=VOTE))
    assert study.said == said
    assert [(problem.kind, problem.address.cell) for problem in study.problems] == kinds


def test_words_that_mean_no_value_are_asked_about_unless_the_map_ignores_them(tmp_path: Path) -> None:
    mapped = VOTE.replace("to: paper}", 'to: paper, set: {quote: "{said}"}}')
    rows = "who,paper,said\nAnn,P1,NULL\nBob,P1,Nullified\nCas,P1,NaN\n"
    study = of_csv(tmp_path, rows, mapped)
    assert [(each.kind, each.address.cell) for each in study.problems] == [
        ("doubtful_text", "line 2, column 3"),
        ("doubtful_text", "line 4, column 3"),
    ]
    ignored = of_csv(tmp_path, rows, mapped.replace("map: 1\n", "map: 1\nignore: ['NULL', NaN]\n"))
    assert ignored.problems == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ("each: {from: who, split: [';'], take: 0}", "greater than or equal to 1"),
        ("each: {from: who, split: [';'], take: -1}", "greater than or equal to 1"),
        ("each: {from: who, split: [';'], parts: 0}", "greater than or equal to 1"),
        ("each: who, set: {designation: 'of {who'}", "a brace stands alone"),
        ("each: who, set: {designation: 'of who}'}", "a brace stands alone"),
    ],
)
def test_a_map_that_cannot_mean_what_it_says_is_refused(tmp_path: Path, changed: str, message: str) -> None:
    (problem,) = of_csv(tmp_path, "who,paper\nAnn;Bob,P1\n", VOTE.replace("each: who", changed)).problems
    assert (problem.kind, problem.address.cell) == ("bad_map", "line 3")
    assert message in problem.message


def test_an_object_where_a_value_is_read_is_said_with_the_path_into_it(tmp_path: Path) -> None:
    mapped = VOTE.replace("to: paper}", 'to: paper, set: {date: "{on?}", quote: "{said}"}}')
    items = [
        {"who": "Ann", "paper": "P1", "on": {"$date": "2011-03-05T10:00:00Z"}, "said": "yes"},
        {"who": "Bob", "paper": "P1", "on": "2011-03-05", "said": [{"text": "no"}]},
        {"who": "Cas", "paper": "P1", "on": {"$date": "2011-03-06T10:00:00Z"}, "said": "no"},
    ]
    study = of_json(tmp_path, items, mapped)
    assert [(each.kind, each.severity, each.address.cell) for each in study.problems] == [
        ("nested_value", Severity.WARNING, "[0]"),
        ("nested_value", Severity.WARNING, "[1]"),
    ]
    dates, quotes = study.problems
    assert "'on'" in dates.message
    assert "2 objects" in dates.message
    assert "'on.$date'" in dates.remedy
    assert "'said.text'" in quotes.remedy


def test_objects_on_the_way_to_a_value_or_to_a_block_are_none(tmp_path: Path) -> None:
    mapped = VOTE.replace("each: who", "each: {any: [{from: who.name}, {from: who}]}")
    mapped += "each:\n  - path: notes\n    nodes:\n      other: {kind: Actor, each: by}\n"
    items = [
        {"who": {"name": "Ann"}, "paper": "P1", "notes": [{"by": "Dee"}]},
        {"who": "Bob", "paper": "P1", "notes": []},
    ]
    assert of_json(tmp_path, items, mapped).problems == []


def test_a_code_that_ends_in_a_zero_stays_another_than_that_without(tmp_path: Path) -> None:
    mapped = VOTE.replace("to: paper}", 'to: paper, set: {place: "{page}", aspect: "{part}"}}')
    content = '[{"who": "Ann", "paper": "P1", "page": 6.10, "part": 7.0}, {"who": "Bob", "paper": "P1", "page": 6.1}]'
    study = read_study(make_study(tmp_path, v_json=content, v_map_yaml=mapped.replace("{part}", "{part?}")))
    told = {claim[0]: claim[3] for claim in study.claims}
    assert (told["ann"]["place"], told["ann"]["aspect"], told["bob"]["place"]) == ("6.10", "7", "6.1")


@pytest.mark.parametrize(("mapped", "said"), [(VOTE, ["2012"]), (f"sheet: Sheet\n{VOTE}", [])])
def test_a_second_sheet_that_holds_something_is_said_unless_the_map_names_one(
    tmp_path: Path, mapped: str, said: list[str]
) -> None:
    book, held = openpyxl.Workbook(), BytesIO()
    for name, who in (("Sheet", "Ann"), ("2012", "Bob"), ("blank", None), ("_lists", "x")):
        sheet: Any = book.active if name == "Sheet" else book.create_sheet(name)
        for row in [("who", "paper"), (who, "P1")] if who else []:
            sheet.append(row)
    book.save(held)
    study = read_study(make_study(tmp_path, v_xlsx=held.getvalue(), v_map_yaml=mapped))
    assert [(each.kind, each.address.sheet) for each in study.problems] == [("ignored_sheet", name) for name in said]
    assert study.said == [("ann", "SUPPORTED", "p1")]
