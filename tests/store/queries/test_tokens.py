"""What is told from a query's text: where it ends, what it calls, which names it uses; nothing inside strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.problems import UsageProblem
from journeys.model.schema import load_schema
from journeys.store.queries.name_hints import Names, named_in
from journeys.store.queries.read_only import NotReadOnly, refuse_by_plan, refuse_by_text
from journeys.store.queries.tokens import complete, may_write, parameters, procedures, statements, tokens


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("RETURN 1", ["RETURN 1"]),
        ("RETURN 1; RETURN 2 ;;\n", ["RETURN 1", "RETURN 2"]),
        ("RETURN ';' AS a; // b; c\nRETURN 2", ["RETURN ';' AS a", "// b; c\nRETURN 2"]),
        ('RETURN "\\";" AS a', ['RETURN "\\";" AS a']),
        ("MATCH (n:`a;b`) RETURN n; /* x; */ ", ["MATCH (n:`a;b`) RETURN n"]),
        (" // nothing\n;", []),
    ],
)
def test_semicolons_end_queries_but_not_in_strings_and_comments(text: str, queries: list[str]) -> None:
    assert statements(text) == queries


PIECES = st.sampled_from(
    [
        "MATCH ",
        "(n:A)",
        ";",
        "'it''s;'",
        '"a\\"b;"',
        "`c``;d`",
        "// e;\n",
        "/* f; */",
        "$g",
        " 1..5 ",
        "\n",
        "é",
        "{x: 1}",
    ]
)


@given(st.lists(PIECES).map("".join))
def test_nothing_of_a_text_is_lost_in_queries(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start :].startswith(token.text) for token in found)
    kept = [token.text for token in found if not token.is_sign(";")]
    assert [token.text for query in statements(text) for token in tokens(query)] == kept
    assert complete(text) == bool(found and found[-1].is_sign(";"))


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    tokens(text)
    named_in(text)
    statements(text)


def test_what_a_query_calls_and_takes() -> None:
    query = (
        "CALL /* x */ `db`.labels() YIELD label MATCH (call) WHERE call.call = '$no' CALL (call) { RETURN $`a b` AS x }"
    )
    assert procedures(query) == ["db.labels"]
    assert parameters(query) == ["a b"]
    assert not may_write("MATCH (n) WHERE n.set = 'CREATE' // DELETE\n RETURN n:Merge")
    assert may_write("MATCH (n) set n.x = 1")


@pytest.mark.parametrize(
    "query",
    [
        "CALL dbms.listConfig()",
        "MATCH (n) CALL apoc.load.json('https://example.org') YIELD value RETURN value",
        "CALL/**/`dbms`.`killQuery`('x')",
        "load  csv FROM 'file:///x' AS line RETURN line",
        "SHOW USERS",
        "SHOW SETTINGS YIELD name RETURN name",
        "CYPHER 25 runtime=slotted SHOW TRANSACTIONS",
        "SHOW INDEXES YIELD name TERMINATE TRANSACTIONS 'x'",
    ],
)
def test_what_is_no_question_about_the_graph_is_refused(query: str) -> None:
    with pytest.raises(NotReadOnly):
        refuse_by_text(query)


@pytest.mark.parametrize("query", ["EXPLAIN MATCH (n) RETURN n", "// x\nprofile RETURN 1", "CYPHER 5 PROFILE RETURN 1"])
def test_plans_are_shown_elsewhere(query: str) -> None:
    with pytest.raises(UsageProblem, match="Write the query without"):
        refuse_by_text(query)


def test_what_may_be_asked() -> None:
    for query in (
        "CALL db.labels()",
        "SHOW ALL INDEXES",
        "MATCH (show:Site) RETURN show.explain, show.load AS csv",
        "CALL db.index.fulltext.queryNodes('x', 'y') YIELD node RETURN node",
    ):
        refuse_by_text(query)


@pytest.mark.parametrize(
    ("operator", "details"),
    [
        ("LoadCSV@neo4j", ""),
        ("ProcedureCall@neo4j", "apoc.load.json($autostring_0) :: (value :: MAP)"),
        ("TerminateTransactions@neo4j", ""),
        ("ShowSettings@neo4j", ""),
    ],
)
def test_a_plan_that_reaches_outside_is_refused(operator: str, details: str) -> None:
    plan = {"operatorType": operator, "args": {"Details": details}, "children": []}
    with pytest.raises(NotReadOnly):
        refuse_by_plan({"operatorType": "ProduceResults@neo4j", "args": {}, "children": [plan]})


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (
            "MATCH (d:Documnet {titel: $x})-[r:CONTESTD|SUPPORTED*1..3 {foo: {bar: 1}}]->(:`Actor`) WHERE d.nme='a:B'",
            [
                ("label", "Documnet"),
                ("property", "titel"),
                ("type", "CONTESTD"),
                ("type", "SUPPORTED"),
                ("property", "foo"),
                ("label", "Actor"),
                ("property", "nme"),
            ],
        ),
        ("MATCH (n:(A|B)&!C) WHERE (n:D OR n:E) RETURN n", [("label", letter) for letter in "ABCDE"]),
        ("MATCH (n)--(m) RETURN n.x, [y IN [1] | y.z], {m: 1}.q", [("property", "x")]),
        ("UNWIND $rows AS row MATCH (d) WHERE d.x = row.y RETURN (row).v, count(DISTINCT {k: d.w})",
         [("property", "x"), ("property", "w")]),
        ("MATCH (n) WITH {a: n.b} AS n RETURN n.c // (x:Y)", []),
        ("RETURN [(a)-->(c:Arena) | c.name] AS x, '(:Z)'", [("label", "Arena"), ("property", "name")]),
    ],
)  # fmt: skip
def test_the_names_in_a_query(query: str, named: list[tuple[str, str]]) -> None:
    assert named_in(query) == named


def test_a_name_that_is_meant_is_offered() -> None:
    names = Names.of(load_schema())
    assert names.hint("label", "Documnet") == "There is no label 'Documnet'. Did you mean 'Document'?"
    assert names.hint("type", "contestd") == "There is no kind of claim 'contestd'. Did you mean 'CONTESTED'?"
    assert names.hint("property", "date_form").endswith("Did you mean 'date_from'?")
    assert names.hint("label", "Qwxz") == "There is no label 'Qwxz'."
