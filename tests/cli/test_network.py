"""``journeys network`` at the command line: tables, files, references, and the edges of what can be asked."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import journeys


@pytest.fixture
def network(demo_study: Any, run_cli: Any) -> Any:
    """Runs the command on the demonstration study in the embedded store."""

    def run(*arguments: str | Path) -> Any:
        return run_cli("--study", demo_study("embedded").folder, "network", *arguments)

    return run


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_site_as_a_table_on_each_engine(demo: Any, run_cli: Any) -> None:
    told = run_cli("network", "Northtown", cwd=demo.folder, env=demo.env)
    assert told.code == 0, told.stderr
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert lines[0] == "Northtown"
    assert "Lee B. contested the work of Ann N. 2 3 6 April 2011" in lines
    assert "Kay H. supported the work of Sam S. 1 2 13 July 2011" in lines
    assert "Isolates (no ties): Rui D." in lines
    assert "reported not to have happened" in told.stdout


def test_one_relation_also_to_documents(network: Any) -> None:
    told = network("east", "--relation", "challenged")
    assert "Femi O." in told.stdout
    assert "1 tie." in told.stdout
    assert "took the" not in told.stdout
    things = network("east", "--relation", "championed")
    assert "Ward census by ethnic group" in things.stdout
    wrong = network("east", "--relation", "likes")
    assert (wrong.code, wrong.stdout) == (2, "")
    assert "There is no relation 'likes'. Write one of: introduces_to" in wrong.stderr


def test_an_unknown_site_lists_those_there_are(network: Any) -> None:
    told = network("Nowhere")
    assert told.code == 1
    assert "'Nowhere' is not a site in this study. Choose from: 'Easthaven', 'Northtown', 'Westbury'." in told.stderr


def test_csv_of_edges_and_of_nodes_with_cells(network: Any, tmp_path: Path) -> None:
    told = network("north", "-o", tmp_path / "out" / "north.csv")
    assert (told.code, told.stdout) == (0, "")
    edges, nodes = read_csv(tmp_path / "out" / "north.csv"), read_csv(tmp_path / "out" / "north-nodes.csv")
    (edge,) = [
        row for row in edges if (row["from"], row["relation"], row["to"]) == ("Lee B.", "contests_work_of", "Ann N.")
    ]
    assert (edge["weight"], edge["sources"], edge["polarity"], edge["directed"]) == ("2", "3", "-1", "yes")
    assert (edge["date_from"], edge["date_to"]) == ("2011-04-06", "2011-04-06")
    assert "forms/INVENTED D07.xlsx > Who did what > A9" in edge["addresses"]
    assert len(edge["claims"].split("; ")) == len(edge["addresses"].split("; ")) == 5
    known = {row["id"]: row for row in nodes}
    assert {row["from_id"] for row in edges} | {row["to_id"] for row in edges} <= set(known)
    # Rui D. was responsible for something, and is tied to nobody
    assert (known["demo:actor:RD"]["ties"], known["demo:actor:RD"]["organisation"]) == ("1", "Northtown PCT")


def test_a_site_is_taken_as_an_option_too(network: Any) -> None:
    assert network("--site", "north").stdout == network("north").stdout
    assert (
        network("north", "--site", "east", "--format", "json").stdout
        == network("north", "east", "--format", "json").stdout
    )


def test_the_matrices_of_a_site(network: Any, opened_demo: Any, tmp_path: Path) -> None:
    told = network("north", "--matrix", "-o", tmp_path / "m.csv")
    assert (told.code, told.stdout) == (0, ""), told.stderr
    documents, meetings = read_csv(tmp_path / "m.csv"), read_csv(tmp_path / "m-meetings.csv")
    (lee,) = [row for row in documents if row["person"] == "Lee B."]
    assert lee["Business case for two community clinics"] == "contest"
    assert lee["Training for practice nurses"] == "absent"
    assert lee["Joint strategic needs assessment"] == ""
    (rui,) = [row for row in meetings if row["person"] == "Rui D."]
    assert (rui["Redesign Group April 2011"], rui["Redesign Group June 2011"]) == ("absent", "unlisted")
    held = opened_demo.matrices("north").as_dict()
    cells = {(cell["row"], cell["column"]): cell for cell in held["matrices"]["meetings"]["cells"]}
    assert sum(cell["state"] == "absent" for cell in cells.values()) == 1
    assert all(set(cell["claims"]) <= set(held["claims"]) for cell in cells.values())
    opened_demo.write(opened_demo.matrices("north"), tmp_path / "m.xlsx")
    book = load_workbook(tmp_path / "m.xlsx", read_only=True)
    assert book.sheetnames == ["People and documents", "People and meetings", "Cells", "About"]
    assert any("forms/INVENTED D07.xlsx" in str(row[5]) for row in book["Cells"].iter_rows(values_only=True))
    both = network("--matrix", "--relation", "agrees")
    assert (both.code, "--matrix shows sides and presence at one site" in both.stderr) == (2, True)


def test_json_of_all_sites_has_every_claim(network: Any) -> None:
    told = json.loads(network("--format", "json").stdout)
    assert told["site"] is None
    assert len([node for node in told["nodes"] if node["label"] == "Actor"]) == 30
    for edge in told["edges"]:
        assert edge["claims"]
        assert set(edge["claims"]) <= set(told["claims"])
        assert edge["relation"] in told["relations"]
        assert set(edge["claims"]) == {claim for each in edge["occasions"] for leg in each["legs"] for claim in leg}
    assert all(claim["file"] for claim in told["claims"].values())


def test_names_that_a_spreadsheet_would_run(run_cli: Any, tmp_path: Path) -> None:
    registers = tmp_path / "study" / "registers.yaml"
    assert run_cli("new", "study", "--registers", "yaml").code == 0
    registers.write_text(
        "registers: 1\nsites: [{id: s, pseudonym: Site}, {id: t, pseudonym: Empty}]\n"
        "people: [{id: p, pseudonym: '=HYPERLINK(\"x\")', site: s}]\n",
        encoding="utf-8",
    )
    loaded = run_cli("--study", "study", "load")
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    alone = run_cli("--study", "study", "network", "Site", "-o", "one.csv")
    assert alone.code == 0, alone.stderr
    assert [row["name"] for row in read_csv(tmp_path / "one-nodes.csv")] == ['\'=HYPERLINK("x")']
    assert read_csv(tmp_path / "one.csv") == []
    assert "1 actor, 0 ties." in run_cli("--study", "study", "network", "Site").stdout
    empty = run_cli("--study", "study", "network", "Empty", "-o", "empty.html")
    assert empty.code == 0, empty.stderr
    assert "No people or groups are recorded here yet" in (tmp_path / "empty.html").read_text(encoding="utf-8")
    assert "No people or groups are recorded here yet" in run_cli("--study", "study", "network", "Empty").stdout


def test_the_library_gives_the_same(demo_study: Any) -> None:
    from journeys.analysis.claims.selection import Selection

    study = journeys.open(demo_study("embedded").folder)
    found = study.network("Northtown", relations=["disagrees"], selection=Selection(confidences=frozenset({"high"})))
    assert found.place == "Northtown"
    assert found.network.graph.number_of_edges() == 0
    assert {each.why for each in found.network.left_out} >= {"confidence not stated"}


@pytest.mark.parametrize(
    "narrower",
    [
        {},
        {"site": "Northtown"},
        {"site": "Northtown", "from_": "March 2011", "scope": "ethnicity_specific"},
        {"modes": ["verbatim"], "confidences": ["high", "medium"]},
        {"relations": ["coded_together"]},
    ],
    ids=lambda narrower: "-".join(narrower) or "everything",
)
def test_without_sources_the_ties_are_the_same(demo: Any, monkeypatch: pytest.MonkeyPatch, narrower: Any) -> None:
    """Read with few properties of each claim, the network is what it is with all of them."""
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    with (study := journeys.open(demo.folder)).store():
        whole, ties = study.network(**narrower), study.network(**narrower, sources=False)
    assert whole.claims
    assert not ties.claims
    assert {**ties.as_dict(), "claims": {}} == {**whole.as_dict(), "claims": {}}
    assert {claim for *_, held in ties.network.graph.edges(data=True) for claim in held["claims"]} == set(whole.claims)


def test_who_is_counted_at_a_site_is_said_wherever_it_is_counted(
    network: Any, demo_study: Any, run_cli: Any, tmp_path: Path
) -> None:
    """National visitors are not of Easthaven, and have a tie there, but none of those that are measured by default."""
    words = "Not of Easthaven, but with a tie there: National visitors. A measure of one relation counts this one only"
    assert words in " ".join(network("Easthaven").stdout.split())
    assert network("Easthaven", "-o", tmp_path / "east.html").code == 0
    assert words in (tmp_path / "east.html").read_text(encoding="utf-8")
    assert "Not of Northtown" not in network("Northtown").stdout
    folder = demo_study("embedded").folder
    analyse = ("--study", folder, "analyse", "network", "--site", "Easthaven")
    counted = {}
    for relation in ("introduces_to", "agrees"):
        made = run_cli(*analyse, "--option", f"relation={relation}", "-o", "-", "--format", "json").stdout
        counted[relation] = json.loads(made)["tables"][0]["rows"][0]["actors"]
    assert counted == {"introduces_to": 9, "agrees": 10}
    said = " ".join(run_cli(*analyse).stdout.split())
    assert "note: Actors are the people and groups of the site, isolates included, and others with such a tie" in said
