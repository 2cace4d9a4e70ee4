"""Measures at the command line: published networks written into tables of a study, and the demonstration study.

The numbers asked for are those that were published; each test says where.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import journeys
from journeys.analysis.measures.registry import MEASURES
from journeys.interpret.new_study import new_study
from journeys.store.embedded.launcher import lease

TIES = """\
map: 1
source: source
nodes:
  one: {{kind: Actor, each: one}}
  other: {{kind: Actor, each: other}}
  site: {{kind: Site, each: site, set: {{pseudonym: "{{value}}"}}}}
  source: {{kind: DataSource, id: published, set: {{kind: document, description: As published}}}}
claims:
  - {{type: {type}, from: one, to: other}}
  - {{type: AT_SITE, from: one, to: site}}
  - {{type: AT_SITE, from: other, to: site}}
"""
GROUPS = """\
map: 1
source: source
nodes:
  who: {kind: Actor, each: who}
  group: {kind: Organisation, each: group}
  source: {kind: DataSource, id: published, set: {kind: document, description: As published}}
claims:
  - {type: MEMBER_OF, from: who, to: group}
"""
MEETINGS = """\
map: 1
source: source
nodes:
  who: {kind: Actor, each: who}
  meeting: {kind: Meeting, each: meeting, set: {title: "{value}"}}
  site: {kind: Site, each: site, set: {pseudonym: "{value}"}}
  source: {kind: DataSource, id: published, set: {kind: document, description: As published}}
claims:
  - {type: ATTENDED, from: who, to: meeting}
  - {type: AT_SITE, from: who, to: site}
"""


def written(folder: Path, name: str, header: str, rows: Iterable[Iterable[Any]], mapped: str) -> None:
    """A table with its map in a study's folder."""
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (folder / "tables").mkdir(exist_ok=True)
    (folder / "tables" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "tables" / f"{name}.map.yaml").write_text(mapped, encoding="utf-8")


@contextmanager
def loaded(folder: Path) -> Iterator[Path]:
    """The study loaded; its embedded store stays up for the block, so that it does not start for every command."""
    journeys.open(folder).load()
    held = lease(folder / ".journeys")
    try:
        yield folder
    finally:
        held.release()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A study with a published network at each of its sites.

    Of the karate club every tie is told as a relation and as a challenge each way; one relation is told again, the
    other way round, and one member is related to, and challenges, itself.
    """
    folder = tmp_path_factory.mktemp("published") / "networks"
    new_study(folder, registers="yaml")
    florence = [(*edge, "Florence") for edge in nx.florentine_families_graph().edges]
    karate = [(f"n{one}", f"n{other}") for one, other in nx.karate_club_graph().edges]
    odd = [karate[0][::-1], ("n0", "n0")]
    club = [(*edge, "Club") for edge in (*karate, *odd)]
    challenges = [(*edge, "Club") for one, other in (*karate, odd[1]) for edge in ((one, other), (other, one))]
    written(folder, "relations", "one,other,site", [*florence, *club], TIES.format(type="RELATES_TO"))
    written(folder, "challenges", "one,other,site", challenges, TIES.format(type="CHALLENGED"))
    women = nx.davis_southern_women_graph()
    attended = [(who, event, "Natchez") for who, event in women.edges if women.nodes[who]["bipartite"] == 0]
    assert len(attended) == 89
    written(folder, "events", "who,meeting,site", attended, MEETINGS)
    with loaded(folder):
        yield folder


def tables(run_cli: Any, folder: Path, *arguments: str, **options: Any) -> dict[str, Any]:
    """The tables of a measure by their names."""
    result = run_cli("analyse", *arguments, "--format", "json", cwd=folder, **options)
    assert result.code == 0, result.stdout + result.stderr
    return {table["name"]: table for table in json.loads(result.stdout)["tables"]}


def by_actor(table: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["actor"]: row for row in table["rows"]}


def test_the_strike_network(tmp_path: Path, shared_data: Path, run_cli: Any) -> None:
    """Michael 1997: all 24 x 5 roles, Burt's autonomy and the cutpoints, as published with the data."""
    with (shared_data / "strike-brokerage-scores.csv").open(encoding="utf-8", newline="") as file:
        published = {row["Label"]: row for row in csv.DictReader(file)}
    names = {row["ID"]: label for label, row in published.items()}
    text = (shared_data / "strike.net").read_text(encoding="utf-8").split("*Arcs")[1]
    arcs = [[*(names[end] for end in line.split()[:2]), "mill"] for line in text.splitlines() if line.strip()]
    study = tmp_path / "strike"
    new_study(study, registers="yaml")
    written(study, "ties", "one,other,site", arcs, TIES.format(type="RELATES_TO"))
    groups = [(label, f"group {row['Strike Groups']}") for label, row in published.items()]
    written(study, "groups", "who,group", groups, GROUPS)
    with loaded(study):
        relates = ("--site", "mill", "--option", "relation=related")
        roles = by_actor(tables(run_cli, study, "brokerage", *relates)["roles"])
        holes = by_actor(tables(run_cli, study, "structural-holes", *relates)["structural-holes"])
        position = by_actor(tables(run_cli, study, "centrality", *relates)["position"])
    columns = {
        "coordinator": "G&F Coordinator", "itinerant": "G&F Itinerant", "representative": "G&F Representative",
        "gatekeeper": "G&F Gatekeeper", "liaison": "G&F Liason", "total": "G&F Total",
    }  # fmt: skip
    assert len(roles) == 24
    for label, row in published.items():
        assert {role: roles[label][role] for role in columns} == {
            role: int(row[column]) for role, column in columns.items()
        }
    autonomy = {label: row["autonomy"] for label, row in holes.items()}
    assert autonomy == pytest.approx(
        {label: float(row["Burt's Autonomy"]) for label, row in published.items()}, abs=1e-8
    )
    cutpoints = {label for label, row in position.items() if row["cutpoint"]}
    assert cutpoints == {"Alejandro", "Bob", "Norm", "Sam", "Gill"}


def test_florentine_marriages(published: Path, run_cli: Any) -> None:
    """Padgett & Ansell 1993; the figures of Wasserman & Faust 1994, chapter 5, and Jackson 2008, chapter 2."""
    relates = ("--site", "Florence", "--option", "relation=related")
    found = tables(run_cli, published, "centrality", *relates)
    medici = by_actor(found["position"])["Medici"]
    assert medici["betweenness_share"] == pytest.approx(0.522, abs=5e-4)
    assert medici["closeness"] == pytest.approx(0.560, abs=5e-4)
    assert medici["eigenvector"] == pytest.approx(0.430, abs=5e-4)
    assert by_actor(found["ties"])["Medici"]["degree"] == 6
    (whole,) = tables(run_cli, published, "network", *relates)["centralisation"]["rows"]
    assert [whole["betweenness"], whole["closeness"]] == pytest.approx([0.437, 0.322], abs=5e-4)


def test_southern_women(published: Path, run_cli: Any) -> None:
    """Davis, Gardner & Gardner 1941: who met whom at how many of 14 events is the matrix of Breiger 1974."""
    ties = by_actor(
        tables(run_cli, published, "centrality", "--site", "Natchez", "--option", "relation=attended_together")["ties"]
    )
    assert len(ties) == 18
    # Breiger's rows, the diagonal left out: Evelyn 6 7 6 3 4 3 3 3 2 2 2 2 2 1 2 1 1, Flora 1 or 2 for each of 12
    assert (ties["Evelyn Jefferson"]["degree"], ties["Evelyn Jefferson"]["strength"]) == (17, 50)
    assert (ties["Flora Price"]["degree"], ties["Flora Price"]["strength"]) == (12, 14)


@pytest.mark.parametrize(("relation", "times"), [("related", 1), ("challenged", 2)])
def test_the_karate_club(published: Path, run_cli: Any, relation: str, times: int) -> None:
    """Zachary 1977, betweenness of Girvan & Newman 2002; with an arc each way, over ordered pairs, it is twice that."""
    found = tables(run_cli, published, "centrality", "--site", "Club", "--option", f"relation={relation}")
    position = by_actor(found["position"])
    assert position["n0"]["betweenness"] == pytest.approx(231.0714 * times, abs=1e-4)
    assert position["n33"]["betweenness"] == pytest.approx(160.5516 * times, abs=1e-4)
    assert position["n33"]["eigenvector"] == pytest.approx(0.3734, abs=5e-5)
    assert by_actor(found["ties"])["n0"]["degree"] == 16 * times


@pytest.mark.usefixtures("embedded_engine")
def test_no_actor_and_one_actor(tmp_path: Path) -> None:
    """They answer: with nothing, and with what is not defined for one alone left empty."""
    folder = tmp_path / "alone"
    new_study(folder, registers="yaml")
    study = journeys.open(folder)
    with study.store():
        study.load()
        for name, measure in MEASURES.items():
            if not measure.takes_ref:
                assert study.analyse(name).tables
        written(folder, "ties", "one,other,site", [("Ann", "Ann", "here")], TIES.format(type="CHALLENGED"))
        study.load()
        size = study.analyse("network", relation="challenged").table("network")
        assert [row.values[:3] for row in size.rows] == [("here", 1, 0), ("all sites", 1, 0)]
        (ann,) = study.analyse("structural-holes", relation="challenged").table("structural-holes").rows
        assert ann.values[4] is None


# The demonstration study, on each engine


def test_the_demo_answers_alike_on_every_engine(demo: Any, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One figure of each measure, worked out by hand in tests/analysis/test_measure_*.py."""
    roles = tables(run_cli, demo.folder, "brokerage", "--site", "Northtown", env=demo.env)["roles"]
    assert by_actor(roles)["Sam S."]["coordinator"] == 3
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    study = journeys.open(demo.folder)
    with study.store():
        sizes = {row.values[0]: row.values[2] for row in study.analyse("network").table("network").rows}
        assert sizes == {"Easthaven": 6, "Northtown": 11, "Westbury": 13, "all sites": 30}
        assert study.analyse("introductions").table("introducers").rows[0].values[0] == "Ann N."
        sides = study.analyse("side-changes")
        assert sides.table("changes").rows == ()  # what they contested and what they supported are different aspects
        assert [row.values[0] for row in sides.table("both_sides").rows] == ["Jo T.", "Lee B."]
        taken = {row.values[0] for row in sides.table("stances").rows}
        assert taken == {"Dr D. R.", "Jo T.", "Lee B.", "Mina V."}
        assert study.analyse("survival").table("by_type").rows[-1].values[-2:] == (2, 0)
        assert study.analyse("factors").table("factors").rows[0].values[5] == ["Northtown", "Westbury"]


def test_a_period_a_scope_and_what_is_left_out(demo_study: Any, run_cli: Any) -> None:
    demo = demo_study("embedded")
    table = tables(run_cli, demo.folder, "network", "--site", "Northtown", "--to", "May 2011")["network"]
    # Ann N. tables D07 at R1; what came later is left out and said to be
    assert [row["ties"] for row in table["rows"]] == [4]
    left = {each["why"]: each["n"] for each in table["left_out"]}
    assert left["outside the period"] > 0
    quarters = tables(run_cli, demo.folder, "network", "--site", "Northtown", "--option", "period=quarter")["network"]
    assert [(row["period"], row["certainty"], row["ties"]) for row in quarters["rows"]][:2] == [
        ("2011 Q1", "certainly", 0),
        ("2011 Q1", "possibly", 4),
    ]
    wrong = run_cli("analyse", "network", "--option", "relation=admires", cwd=demo.folder)
    assert wrong.code != 0
    assert "no relation 'admires'" in " ".join(wrong.stderr.split())


def test_the_file_that_r_reads(demo_study: Any, run_cli: Any, tmp_path: Path) -> None:
    """A line a case, the name first, then 0 or 1 under each name; the other tables as any csv."""
    demo = demo_study("embedded")
    file = tmp_path / "cases.csv"
    written_ = run_cli(
        "analyse", "truth-table", "--option", "carried=yes", "--format", "csv", "-o", file, cwd=demo.folder
    )
    assert written_.code == 0, written_.stderr
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert rows[0] == ["case", "CHAMPION", "CONTESTED", "DOCUMENTED", "VCF", "ACTED_ON"]
    assert rows[-1] == ["ward-census", "1", "1", "1", "1", "1"]
    assert "read.csv(file, row.names = 1)" in written_.stderr
    by_hand = run_cli("analyse", "truth-table", "--table", "truth_table", "--format", "csv", cwd=demo.folder)
    assert by_hand.stdout.splitlines()[0].startswith("CHAMPION,CONTESTED,DOCUMENTED,VCF,code,")
    assert len(rows) == 11
