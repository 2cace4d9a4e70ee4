"""Query files: the header is read strictly, parameters by their type; every shipped query has a proper one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from journeys.model.problems import UnreadableFile, UsageProblem
from journeys.model.schema import load_schema
from journeys.store.queries.library import Library, Query, UnknownQuery, load_query, read_library
from journeys.store.queries.search import find, nearest

WHOLE = """\
// title: Who introduced a document
// question: 2, 5. Who introduced it, when,
//   and according to whom?
// params:
//   id: {type: text, meaning: the document's id}
//   kinds: {type: list, default: ["a, b", c], meaning: "which kinds, all of them"}
//   most: {type: integer, default: 100, meaning: "the number of rows, at most"}
//   since:
//     type: date
//     default: 2011-03-05
//     meaning: only from this day on
//   case_study: {type: text, default: null, meaning: "one case study, or none"}
// returns:
//   who: the person's name
"""
COMMENTED = WHOLE + "// This is a comment of the query's own? No: there is no empty line above.\n"
BODY = "MATCH (d:Document {id: $id}) WHERE d.x IN [$kinds, $since, $case_study] RETURN d.name AS who LIMIT $most\n"


def written(folder: Path, text: str, name: str = "people/introduced") -> Path:
    path = folder / f"{name}.cypher"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_query_is_read_with_its_header(tmp_path: Path) -> None:
    query = load_query("people/introduced", written(tmp_path, WHOLE + BODY))

    assert (query.name, query.group, query.title) == ("people/introduced", "people", "Who introduced a document")
    assert (query.question, query.numbers) == ("2, 5. Who introduced it, when, and according to whom?", (2, 5))
    assert query.returns == {"who": "the person's name"}
    assert query.text == BODY.strip()
    assert query.parameters["kinds"].meaning == "which kinds, all of them"
    assert query.values({"id": "x", "most": "7", "since": "6 March 2011", "kinds": "a, b"}) == {
        "id": "x",
        "kinds": ["a", "b"],
        "most": 7,
        "since": date(2011, 3, 6),
        "case_study": None,
    }
    assert query.values({"id": "x"})["kinds"] == ["a, b", "c"]


SMALL = "// title: T\n// question: Q\n// params: none\n// returns:\n//   a: b\nRETURN 1 AS a"
DAYS = "params:" + "".join(f"\n//   {name}: {{type: date, default: null, meaning: a day}}" for name in ("from", "to"))
TAKES = SMALL.replace(" none", "\n//   id: {type: text, meaning: the id}").replace("1 AS", "$id AS")


def declaring(declaration: str) -> str:
    return SMALL.replace("params: none", f"params:\n//   n: {declaration}").replace("1 AS", "$n AS")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (COMMENTED + BODY, 15, "Leave an empty line before any other comment"),
        (COMMENTED.replace("No:", "No,") + BODY, 15, "leave an empty line before any other comment"),
        (SMALL.replace("// title: T\n", ""), 1, "no `title`"),
        (SMALL.replace("// question: Q", "// question:"), 2, "`question` is None, not a text"),
        (SMALL.replace("// question: Q", "// question: ''"), 2, "`question` is empty"),
        (SMALL.replace("title", "titel"), 1, "`titel` is not a field of a header"),
        (
            SMALL.replace("// question: Q", "// title: U"),
            2,
            "'title' is given twice; the first is on line 1. Delete or rename one of the two.",
        ),
        (SMALL.replace(": T", ": a: b"), 1, "Put quotes round"),
        (SMALL.replace(": T", ": number #3"), 1, 'What follows " #" is a comment'),
        (SMALL.replace("question: Q", "question: 15"), 2, "`question` is 15, not a text"),
        (SMALL.replace("params: none", "params: all"), 3, "Write a line `name: value`"),
        (SMALL.replace("params: none", "params:"), 3, "Write a line `name: value`"),
        (declaring("text, a number"), 4, "Write `n: {type: text, default: null, meaning: …}`"),
        (declaring("{type: text}"), 4, "The parameter `n` has no `meaning`"),
        (declaring("{type: text, means: a number}"), 4, "`means` is not a field of a parameter"),
        (declaring("{type: text, meaning: a, of: mode}"), 4, "`of` is not a field of a parameter"),
        (declaring("{type: string, meaning: the id}"), 4, "`string` is not a type of parameter"),
        (declaring('{type: integer, default: "1", meaning: a number}'), 4, "cannot be the default"),
        (declaring("{type: integer, default: true, meaning: a number}"), 4, "cannot be the default"),
        (declaring("{type: list, default: all, meaning: words}"), 4, "cannot be the default"),
        (declaring("{type: text, vocabulary: modes, meaning: how}"), 4, "Did you mean `mode`?"),
        (declaring("{type: date, vocabulary: mode, meaning: how}"), 4, "takes no terms"),
        (declaring("{type: text, vocabulary: mode, default: verbatm, meaning: how}"), 4, "Did you mean verbatim?"),
        (declaring("{type: list, vocabulary: mode, default: all but derivd, meaning: how}"), 4, "mean derived?"),
        (declaring("{type: text, terms: [red, blue], default: green, meaning: x}"), 4, "It takes: red, blue."),
        (declaring("{type: text, open: true, meaning: x}"), 4, "`open` needs a vocabulary"),
        (declaring("{type: text, meaning: a}").replace("$n AS", "1 AS"), 4, "`n` is declared but not used"),
        (SMALL.replace("//   a: b", "//   a b"), 4, "Write a line `name: value`"),
        (SMALL.replace("//   a: b", "//   A: b"), 5, "`A` cannot be a name"),
        (SMALL.replace("RETURN 1", "RETURN 1,\n$x, $y, $x"), 7, "`$x` is not declared"),
        (SMALL.replace("RETURN 1 AS a", ""), 6, "no query below"),
        (SMALL.replace("RETURN", "// example: D07\nRETURN"), 6, "Write a line `name: value`"),
        (SMALL.replace("RETURN", "// example: {id: D07}\nRETURN"), 6, "`id` is not declared"),
        (TAKES.replace("RETURN", "// example: none\nRETURN"), 7, "gives no `id`"),
        (TAKES.replace("RETURN", "// example: {id: 1, id: 2}\nRETURN"), 7, "'id' is given twice"),
        (TAKES.replace("RETURN", "// example: {id: 6.7}\nRETURN"), 7, "cannot be 6.7"),
        (TAKES.replace("text", "integer").replace("RETURN", "// example: {id: x}\nRETURN"), 7, "cannot be 'x'"),
        ("", 1, "no `title`"),
        ("// a text\nRETURN 1", 1, "header"),
    ],
)
def test_a_broken_header_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        load_query("broken", written(tmp_path, text, "broken"))

    assert refused.value.problem.address.file == f"{tmp_path.name}/broken.cypher"
    assert refused.value.problem.address.cell == f"line {line}"
    assert said in str(refused.value.problem)


@pytest.mark.parametrize(
    ("example", "read"),
    [
        ("none", {}),
        ("{from: 2011-01-01}", {"from": "2011-01-01"}),
        (
            '{from: "March 3, 2011", words: [a; b = c, d], to: 2012-01-01}',
            {"from": "March 3, 2011", "words": "a; b = c, d", "to": "2012-01-01"},
        ),
        ('{words: ["a, b", c]}', {"words": '["a, b", "c"]'}),
        ("\n//   words: a\n//     b", {"words": "a b"}),
    ],
)
def test_an_example_is_read_as_a_person_writes_it(tmp_path: Path, example: str, read: dict[str, str]) -> None:
    taken = "".join(
        f"\n//   {name}: {{type: {kind}, default: null, meaning: a thing}}"
        for name, kind in (("from", "date"), ("to", "date"), ("words", "list"))
    )
    text = SMALL.replace(" none", taken).replace("RETURN 1", f"// example: {example}\nRETURN [$from, $to, $words]")
    query = load_query("tried", written(tmp_path, text, "tried"))

    assert query.example == read
    assert set(query.values(query.example)) == {"from", "to", "words"}


def test_the_study_needs_no_example_and_a_query_no_example(tmp_path: Path) -> None:
    text = TAKES.replace("id:", "study:").replace("$id", "$study").replace("RETURN", "// example: none\nRETURN")

    assert load_query("own", written(tmp_path, text, "own")).example == {}
    assert load_query("bare", written(tmp_path, SMALL, "bare")).example is None


def test_a_dollar_in_a_string_or_comment_is_no_parameter(tmp_path: Path) -> None:
    text = SMALL.replace("1 AS a", '\'$y\' + "it\\"s $z" AS a // costs $x')

    assert load_query("fine", written(tmp_path, text, "fine")).parameters == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "needs 'id', "),
        ({"id": "x", "mots": "7"}, "Did you mean 'most'"),
        ({"id": "x", "most": "seven"}, "Write a whole number"),
        ({"id": "x", "most": True}, "Write a whole number"),
        ({"id": "x", "since": "March 2011"}, "Write a day"),
        ({"id": "x", "since": "soon"}, "Write a day"),
        ({"id": "x", "kinds": "[1, 2]"}, "Write words with commas"),
        ({"id": None}, "Write words"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_plainly(tmp_path: Path, given: dict[str, object], said: str) -> None:
    query = load_query("people/introduced", written(tmp_path, WHOLE + BODY))

    with pytest.raises(UsageProblem, match=said):
        query.values(given)


def test_a_map_is_written_as_json(tmp_path: Path) -> None:
    text = SMALL.replace("params: none", "params:\n//   among: {type: map, meaning: ids}").replace("1 AS", "$among AS")
    query = load_query("fine", written(tmp_path, text, "fine"))

    assert query.values({"among": '{"x": true}'}) == {"among": {"x": True}}
    assert query.values({"among": {"x": False}}) == {"among": {"x": False}}
    for wrong in ("x", "[1]", '{"x": 1}', {"x": "y"}):
        with pytest.raises(UsageProblem, match="in the form"):
            query.values({"among": wrong})


def test_a_parameter_knows_its_vocabulary(tmp_path: Path) -> None:
    """By name or label, in any case, with either apostrophe; a label may have commas of its own."""
    taking = [
        "modes: {type: list, vocabulary: mode, terms: [not_stated], default: all but derived, meaning: how}",
        "scope: {type: text, vocabulary: scope, default: null, meaning: the scope}",
        "kinds: {type: list, vocabulary: organisation_kind, open: true, default: [pct], meaning: kinds}",
    ]
    text = SMALL.replace("params: none", "params:" + "".join(f"\n//   {line}" for line in taking))
    text = text.replace("1 AS", "[$modes, $scope, $kinds] AS")
    query = load_query("fine", written(tmp_path, text, "fine"))

    assert query.values()["modes"] == ["verbatim", "paraphrase", "researcher_comment", "interpretive", "not_stated"]
    assert query.values({"modes": "VERBATIM, Researcher’s comment,not stated"})["modes"] == [
        "verbatim",
        "researcher_comment",
        "not_stated",
    ]
    assert query.values({"modes": ["Researcher's comment", "derived"]})["modes"] == ["researcher_comment", "derived"]
    assert query.values({"scope": "Ethnicity-specific"})["scope"] == "ethnicity_specific"
    assert query.values({"scope": None})["scope"] is None
    kinds = query.values({"kinds": "Voluntary, community and faith, a trust of its own, PCT"})["kinds"]
    assert kinds == ["vcf", "a trust of its own", "pct"]
    for wrong, said in [
        ({"modes": "verbatm"}, r"'modes' \(how\) cannot be 'verbatm'. Did you mean verbatim\?"),
        ({"modes": ["verbatim", "quote"]}, "It takes: .*verbatim, paraphrase, .*not-stated"),
        ({"modes": '["verbatim", "paraphrased"]'}, "Did you mean paraphrase"),
        ({"modes": '["verbatim"'}, "cannot be"),
        ({"scope": "ethnic"}, "Did you mean ethnicity-specific"),
        ({"scope": ["general"]}, "cannot be"),
        ({"modes": 7}, "cannot be"),
    ]:
        with pytest.raises(UsageProblem, match=said):
            query.values(wrong)


def test_a_parameter_takes_the_terms_that_the_study_adds(tmp_path: Path) -> None:
    schema = load_schema().widened({"mode": {"overheard": "Overheard in passing"}})
    text = SMALL.replace("params: none", "params:\n//   m: {type: list, vocabulary: mode, default: all, meaning: how}")
    written(tmp_path, text.replace("1 AS", "$m AS"), "fine")
    [query] = read_library(tmp_path, schema).named("fine")

    assert query.values()["m"] == [*load_schema().terms("mode").terms, "overheard"]
    assert query.values({"m": "overheard in passing"}) == {"m": ["overheard"]}


def test_a_period_may_begin_and_end_with_a_month(tmp_path: Path) -> None:
    """As everywhere: its first day for `from`, its last for `to`; a time without such a day is refused."""
    text = SMALL.replace("params: none", DAYS)
    query = load_query("fine", written(tmp_path, text.replace("1 AS", "[$from, $to] AS"), "fine"))

    found = query.values({"from": "June 2011", "to": "2011"})
    assert found == {"from": date(2011, 6, 1), "to": date(2011, 12, 31)}
    assert query.values({"to": "before June 2011"})["to"] == date(2011, 5, 31)
    with pytest.raises(UsageProblem, match="Write a day"):
        query.values({"from": "before June 2011"})


def test_yes_and_no(tmp_path: Path) -> None:
    text = SMALL.replace("params: none", "params:\n//   all: {type: boolean, default: false, meaning: all}").replace(
        "1 AS", "$all AS"
    )
    query = load_query("all", written(tmp_path, text, "all"))

    assert [query.values({"all": word})["all"] for word in ("yes", "True", "no", "0")] == [True, True, False, False]
    assert query.values()["all"] is False


def test_every_shipped_query_has_a_proper_header() -> None:
    library = read_library()
    names = [query.name for query in library.queries]

    assert "lookup/document_claims" in names
    assert names == sorted(names)
    assert not [query.name for query in library.queries if query.group == "load"]
    assert not {query.group for query in library.questions} & {"load", "lookup", "reading", "search", ""}
    assert not [query.name for query in library.queries if not all(1 <= number <= 45 for number in query.numbers)]


def test_a_study_adds_queries_and_replaces_none(tmp_path: Path) -> None:
    written(tmp_path, SMALL, "people/mine")
    written(tmp_path, SMALL, "alone")
    written(tmp_path, SMALL, "lookup/document_claims")
    written(tmp_path, SMALL.replace("title", "titel"), "broken")
    library = read_library(tmp_path)

    assert [query.name for query in library.questions if query.own] == ["alone", "people/mine"]
    assert {query.name for query in read_library().queries} < {query.name for query in library.queries}
    assert [str(problem).partition(":")[0] for problem in library.problems] == [
        f"{tmp_path.name}/broken.cypher > line 1",
        f"{tmp_path.name}/lookup/document_claims.cypher",
    ]
    assert "cannot be replaced" in library.problems[1].message


def test_a_question_is_found_by_name_number_and_words(tmp_path: Path) -> None:
    for name, title, question in [
        ("people/who_contests", "Who contests what", "5, 16. Who contests whose evidence?"),
        ("people/supporters", "Who supports what", "6. Who supported it?"),
        ("other/supporters", "Supporters", "Who supported the contested plan?"),
    ]:
        written(tmp_path, SMALL.replace("title: T", f"title: {title}").replace(": Q", f": {question}"), name)
    library = Library(tuple(query for query in read_library(tmp_path).queries if query.own))

    def names(queries: list[Query]) -> list[str]:
        return [query.name for query in queries]

    assert names(library.named("People/Who contests")) == ["people/who_contests"]
    assert names(library.named("supporters")) == ["other/supporters", "people/supporters"]
    assert names(library.named("who")) == ["people/who_contests"]
    assert library.named("support") == []
    assert names(library.answering(16)) == ["people/who_contests"]
    assert names(find(library.questions, "who contested")) == ["people/who_contests", "other/supporters"]
    assert names(find(library.questions, "WHO SUPORTED PLAN")) == ["other/supporters"]
    assert find(library.questions, "budget") == []
    assert names(nearest(library.questions, "whose evidence was budgeted"))[0] == "people/who_contests"
    assert [query.words for query in library.answering(6)] == ["Who supported it?"]


@pytest.mark.parametrize(
    "name", ["lookup/document_claim", "load/nodes_write", "../schema/graph", "lookup/../load/runs", ""]
)
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(UnknownQuery):
        load_query(name)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(UnknownQuery, match="lookup/document_claims"):
        load_query("lookup/document_claim")


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "latin.cypher").write_bytes(SMALL.encode() + b" // \xe9")
    with pytest.raises(UnreadableFile, match="UTF-8"):
        load_query("latin", tmp_path)
