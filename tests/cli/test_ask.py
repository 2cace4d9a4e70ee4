"""journeys ask: finding a question, references as people write them, formats, and each row followed to its sources."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.console import Console

import journeys
from journeys.model.problems import JourneysError, UsageProblem
from journeys.store.queries.library import read_library
from journeys.study.study import Study
from journeys.views.terminal.question_answer import AnswerView

QUOTE = "You asked us, and then you left it out."
"""What Mina V. says of the needs assessment, in the demonstration study's form for D07."""


@pytest.fixture
def study(demo: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """The demonstration study on each engine in turn, open."""
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    study = journeys.open(demo.folder)
    with study.store():
        yield study


@pytest.fixture
def ask(demo_study: Any, run_cli: Any) -> Any:
    """Asks the demonstration study at the command line; the answer's stdout, if all went well."""
    shown = demo_study("embedded")

    def asked(*arguments: str | Path, code: int = 0) -> Any:
        result = run_cli("ask", *arguments, cwd=shown.folder)
        assert result.code == code, result.stdout + result.stderr
        return result

    return asked


@pytest.fixture
def blank(tmp_path: Path, run_cli: Any) -> Path:
    """A new study, nothing loaded, with a folder for its own queries."""
    assert run_cli("new", tmp_path / "mine", "--title", "Mine").code == 0
    (tmp_path / "mine" / "cypher").mkdir(exist_ok=True)
    return tmp_path / "mine"


def own_query(folder: Path, name: str, text: str) -> None:
    header = "// title: What I want\n// question: How many are there?\n// params: none\n// returns:\n//   n: how many\n"
    (folder / "cypher" / f"{name}.cypher").write_text(header + text, encoding="utf-8")


# -- finding a question


def test_the_library_is_listed_by_group(ask: Any) -> None:
    lines = ask().stdout.splitlines()
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings == [
        "Tracing a document or piece of evidence",
        "Actor networks by site",
        "Cross-case patterns",
        "Data quality and gaps",
        "Codes and coded passages",
        "Summary tables",
    ]
    named = {line.split()[-1].rpartition("/")[2] for line in lines if re.match(r" [\d, ]{7} \S+$", line)}
    assert named == {query.short_name for query in read_library().questions}
    at = lines.index("     15  introducers")
    assert lines[at + 1].strip().startswith("Who introduces most evidence at site X")


def test_words_find_questions(ask: Any) -> None:
    several = ask("who", "contested")
    assert "trace/reception" in several.stdout
    assert "networks/contests" in several.stdout
    assert "may take" in several.stdout
    assert "by its name" in several.stderr

    nothing = ask("wether report", code=2)
    assert nothing.stderr.startswith("No question mentions 'wether report'.")
    beside = ask("reception", "D07", code=2)
    assert "'reception' is the name of one. What it is about is written after --param: document=…" in beside.stderr


def test_a_name_and_a_beginning_are_one_question_and_a_number_all_that_answer_it(ask: Any) -> None:
    whole = ask("networks/introducers", "--format", "csv").stdout
    assert whole.startswith("actor,")
    for name in ("introducers", "Introducers", "introducer"):
        assert ask(name, "--format", "csv").stdout == whole
    several = ask("16").stdout
    assert all(query.name in several for query in read_library().answering(16))
    [only] = read_library().answering(3)
    assert ask("3", "--param", "document=D07").stdout.startswith(only.title)


def test_many_rows_are_shown_in_part_and_said_so(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journeys.views.terminal.question_answer.MOST_SHOWN", 3)
    answer = study.ask("introducers", sources=True)
    for view in (AnswerView(answer), AnswerView(answer, sources=True)):
        console = Console(width=200, record=True, file=io.StringIO())
        console.print(view)
        shown = console.export_text()
        assert f"… and {len(answer.rows) - 3} more rows: --format csv shows all" in shown
        assert f"{len(answer.rows)} rows, based on" in shown
        assert str(answer.rows[2][0]) in shown
        assert str(answer.rows[3][0]) not in shown


# -- references


def test_a_site_goes_by_its_names(study: Study) -> None:
    answers = [study.ask("introducers", site=name) for name in ("north", "Northtown", "NORTHT", "demo:site:north")]
    assert answers[0].rows
    assert len({answer.rows for answer in answers}) == 1
    assert answers[0].rows != study.ask("introducers").rows
    assert answers[0].found["site"].name == "Northtown"


def test_a_reference_that_is_wrong_or_means_several_is_said(ask: Any) -> None:
    wrong = ask("introducers", "--param", "site=Northtwon", code=1)
    assert wrong.stderr == "'Northtwon' is not a site in this study. Did you mean 'Northtown'?\n"
    several = ask("reception", "--param", "document=D0", code=1)
    assert "matches 4 entries" in several.stderr
    assert "north.diabetes.D07" in several.stderr
    missing = ask("reception", code=2)
    assert missing.stderr == (
        "The question reception needs a document or a piece of evidence. Add its number, name or id: "
        "`--param document=D07`.\n"
    )
    unknown = ask("introducers", "--param", "sight=north", code=2)
    assert "Did you mean 'site'?" in unknown.stderr
    assert "study," not in unknown.stderr
    assert ask("introducers", "--param", "north", code=2).stderr.startswith("'north' is not a parameter.")


# -- what an answer rests on


def test_each_row_is_followed_to_quote_source_and_cell(study: Study) -> None:
    answer = study.ask("reception", document="D07", sources=True)
    [row] = [at for at, row in enumerate(answer.as_dicts()) if (row["who"], row["stance"]) == ("Mina V.", "contested")]
    [claim] = answer.claims_of(row)

    assert (claim.properties["quote"], claim.mode) == (QUOTE, "verbatim")
    assert claim.source is not None
    assert claim.source.name == "Observation of the Redesign Group in April"
    assert str(claim.address) == "forms/INVENTED D07.xlsx > Who did what > A8"
    assert all(answer.claims_of(at) for at in range(len(answer.rows)))
    assert set(answer.claims) == answer.all_claim_ids
    assert study.ask("reception", document="D07").claims == {}


def test_the_formats_hold_the_same_rows_and_sources(ask: Any, tmp_path: Path) -> None:
    asked = ("reception", "--param", "document=D07")
    plain = json.loads(ask(*asked, "--format", "json").stdout)
    with_sources = json.loads(ask(*asked, "--format", "json", "--sources").stdout)
    as_csv = list(csv.DictReader(io.StringIO(ask(*asked, "--format", "csv").stdout)))
    sources_csv = list(csv.DictReader(io.StringIO(ask(*asked, "--format", "csv", "--sources").stdout)))
    path = tmp_path / "answer.xlsx"
    assert ask(*asked, "--sources", "-o", path).stdout == ""
    book = load_workbook(path)
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    sheet = [[cell.value for cell in row] for row in book["Answer"].iter_rows()]
    claims = [[cell.value for cell in row] for row in book["Claims"].iter_rows()]

    assert (
        [row["who"] for row in as_csv]
        == [row["who"] for row in plain]
        == [row[sheet[0].index("who")] for row in sheet[1:]]
    )
    assert [[claim["id"] for claim in row["claims"]] for row in with_sources] == [row["claims"] for row in plain]
    assert any(claim["quote"] == QUOTE and claim["cell"] == "A8" for row in with_sources for claim in row["claims"])
    ids = [claim for row in plain for claim in row["claims"]]
    assert [row["claim_claim"] for row in sources_csv] == ids
    assert [row[claims[0].index("claim")] for row in claims[1:]] == ids
    assert [row[0] for row in claims[1:]] == [int(row["claim_row"]) for row in sources_csv]
    assert QUOTE in [row[claims[0].index("quote")] for row in claims]
    assert about["Query"] == "trace/reception"
    assert about["Parameter document"] == "Diabetes health needs assessment (north.diabetes.D07)"
    assert book["Answer"].freeze_panes == "A2"
    assert (tmp_path / "answer.xlsx").read_bytes()[:2] == b"PK"


def test_the_terminal_shows_who_says_so_below_each_row(ask: Any) -> None:
    said = ask("reception", "--param", "document=D07", "--sources").stdout
    lines = [line.strip() for line in said.splitlines()]
    at = next(at for at, line in enumerate(lines) if line.startswith("Mina V. contested Diabetes health needs"))
    assert lines[at + 1] == f'Observation of the Redesign Group in April (verbatim, high confidence): "{QUOTE}"'
    assert lines[at + 2] == "forms/INVENTED D07.xlsx > Who did what > A8"
    assert "claim:" not in said


def test_nothing_found_is_said_with_what_was_at_work(ask: Any) -> None:
    asked = ("contests", "--param", "site=west", "--param", "from=2030-01-01")
    said = " ".join(ask(*asked).stdout.split())
    assert "No results with site: Westbury (west); from: 2030-01-01;" in said
    assert "Not narrowed by" in said
    as_json = ask(*asked, "--format", "json")
    assert json.loads(as_json.stdout) == []
    assert "No results" in as_json.stderr


def test_few_claims_are_said_to_be_few(ask: Any) -> None:
    said = " ".join(ask("reception", "--param", "document=D07", "--param", "modes=verbatim").stdout.split())
    assert "Fewer than 5 claims: read them one by one" in said


def test_the_query_can_be_pasted_into_neo4j_browser(study: Study, ask: Any) -> None:
    pasted = ask("reception", "--param", "document=D07", "--param", "from=2011-04-06", "--cypher").stdout
    setting, _, query = pasted.partition("\n")
    given = study.cypher(f"RETURN {setting.removeprefix(':param ')} AS given").rows[0][0]
    table = study.cypher(query.rstrip().removesuffix(";"), given)

    answer = study.ask("reception", document="D07", from_="2011-04-06")
    assert given == answer.values
    assert table.columns == (*answer.columns, "claims")
    assert tuple(row[:-1] for row in table.rows) == answer.rows
    lent = ask("reception", "--cypher")
    assert "the query's example is used" in lent.stderr


# -- a study's own


def test_own_questions_are_listed_and_a_broken_one_stops_nothing(blank: Path, run_cli: Any) -> None:
    own_query(blank, "how_many", "RETURN 3 AS n")
    (blank / "cypher" / "broken.cypher").write_text("// titel: x\nRETURN 1 AS n", encoding="utf-8")

    listed = run_cli("ask", cwd=blank)
    assert listed.code == 0
    own = listed.stdout.partition("The study's own questions")[2]
    assert "how_many" in own
    assert "How many are there?" in own
    assert "cypher/broken.cypher > line 1: `titel` is not a field of a header." in " ".join(own.split())

    asked = run_cli("ask", "how_many", "--format", "json", cwd=blank)
    assert json.loads(asked.stdout) == [{"n": 3}]
    assert "cannot be traced to sources" in asked.stderr
    broken = run_cli("ask", "broken", cwd=blank)
    assert (broken.code, "`titel` is not a field" in broken.stderr) == (2, True)


def test_own_questions_only_read(blank: Path) -> None:
    own_query(blank, "change", "CREATE (x:Site {id: 'x'}) RETURN 1 AS n")
    with pytest.raises(JourneysError, match="would change the graph"):
        journeys.open(blank).ask("change")


def test_an_own_question_that_the_store_does_not_understand_is_named_by_its_file(blank: Path, run_cli: Any) -> None:
    own_query(blank, "deep", f"RETURN 1 AS n ORDER BY {'[' * 5_000}")
    asked = run_cli("ask", "deep", cwd=blank)
    assert (asked.code, "cypher/deep.cypher: The query nests brackets more than 100 deep" in asked.stderr) == (1, True)
    own_query(blank, "unfinished", "RETURN 1 AS n ORDER BY [[[")
    asked = run_cli("ask", "unfinished", cwd=blank)
    assert asked.code == 1
    assert asked.stderr.startswith("cypher/unfinished.cypher: ")
    assert "Correct it; lines count below the header." in asked.stderr


@pytest.mark.parametrize(
    "command",
    ["ask introducers", "ask sources_not_coded", "analyse side-changes", "analyse polarity", "network", "atlas"],
)
def test_an_empty_store_is_no_answer(blank: Path, run_cli: Any, command: str) -> None:
    asked = run_cli(*command.split(), cwd=blank)
    assert (asked.code, asked.stdout) == (1, "")
    assert "run `journeys load`" in asked.stderr
    assert not (blank / "out" / "atlas").exists()


def test_a_notebook_asks_in_the_same_words(study: Study) -> None:
    with pytest.raises(UsageProblem, match=r"matches \d+ questions"):
        study.ask("who contested")
    with pytest.raises(UsageProblem, match="No question"):
        study.ask("nonsense")
    assert study.ask("contests", site="west", from_="2030-01-01").rows == ()


def test_a_fraction_is_read_with_three_decimals_and_written_whole(ask: Any) -> None:
    shown = ask("champions_compared").stdout
    assert re.search(r"\b0\.\d{3}\b", shown)
    assert not re.search(r"\d\.\d{4}", shown)
    assert re.search(r"\b0\.\d{6}", ask("champions_compared", "--format", "csv").stdout)
