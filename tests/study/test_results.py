"""Results in a notebook and a terminal: lines, html, DataFrames, graphs, plots, files; and the notebook of the docs."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import matplotlib
import networkx as nx
import pytest

import journeys
from journeys.model.problems import UsageProblem
from journeys.model.result import Result
from journeys.study.results import frames
from journeys.study.results.tabular import Tabular
from tests.engines import loaded_once
from tests.exchange.readers import library

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOK = CHECKOUT / "docs" / "notebook.ipynb"


@pytest.fixture(autouse=True)
def _no_window() -> Any:
    matplotlib.use("Agg")
    yield
    from matplotlib import pyplot

    pyplot.close("all")


@pytest.fixture(scope="module")
def results(opened_demo: Any) -> dict[str, Any]:
    return {
        "journey": opened_demo.trace("D07"),
        "network": opened_demo.network("Northtown"),
        "answer": opened_demo.ask("introducers"),
        "analysis": opened_demo.analyse("brokerage", site="Northtown"),
        "table": opened_demo.cypher("MATCH (d:Document {study: $study}) RETURN d.name, d.date_from, 3 AS n"),
        "record": opened_demo.show("D07"),
        "search": opened_demo.search("bus"),
        "storyline": opened_demo.storyline("Northtown"),
    }


def test_each_shows_itself_in_a_line_and_as_html(results: dict[str, Any], opened_demo: Any) -> None:
    lines = {name: repr(result) for name, result in results.items()}
    assert lines["journey"] == "<journey of Diabetes health needs assessment: 43 steps, 26 undated, 3 disagreements>"
    assert lines["network"] == "<network of Northtown: 22 nodes, 102 ties>"
    assert lines["analysis"].startswith("<brokerage (site: Northtown): roles (10 rows), ")
    assert all(len(line) < 200 and "\n" not in line for line in lines.values())
    assert lines["storyline"] == "<storyline of Northtown>"
    for name in ("journey", "network", "record", "storyline"):
        shown = results[name]._repr_html_()
        assert shown.startswith('<iframe sandbox="allow-scripts allow-downloads" title=')
        assert "allow-same-origin" not in shown.partition("srcdoc")[0]
        assert "<script" not in shown  # escaped, so that it runs in the frame alone
    assert results["answer"]._repr_html_().count("<tr>") == 21
    assert "30 rows; the first 20 are shown" in results["answer"]._repr_html_()
    assert "Left out: " in results["analysis"]._repr_html_()
    assert "invented" in repr(opened_demo)
    assert "<td>Claims</td><td>1,170</td>" in opened_demo._repr_html_()


def test_matrices_and_comparisons_are_tables_too(opened_demo: Any, results: dict[str, Any], tmp_path: Path) -> None:
    library("pandas")
    people = opened_demo.matrices("Northtown").to_pandas()
    assert people.set_index("person").loc["Lee B.", "Business case for two community clinics"] == "contest"
    figures = opened_demo.compare_sites(["north", "east"]).to_pandas("Figures")
    assert {"Northtown", "Easthaven"} <= set(figures.columns)
    table = results["analysis"].table("roles")
    assert table.save(tmp_path / "roles.csv")[0].read_text(encoding="utf-8").startswith("actor,")
    with pytest.raises(UsageProblem, match="There is no table 'Sums'"):
        opened_demo.matrices("Northtown").to_pandas("Sums")


def test_words_of_a_study_are_no_html(opened_demo: Any) -> None:
    table = opened_demo.cypher("RETURN '<script>alert(1)</script>' AS `<b>`")
    assert "<script>" not in table._repr_html_()
    assert "<th>&lt;b&gt;</th>" in table._repr_html_()


def test_columns_have_the_types_of_what_they_hold(results: dict[str, Any]) -> None:
    library("pandas")
    steps = results["journey"].to_pandas()
    assert len(steps) == 43
    referred = steps[steps["did"] == "referred to"]
    assert [list(who) for who in referred["who"]] == [["Sam S."], ["Ann N."], ["Dr G. P."]]
    assert list(referred["inferred"]) == [True, False, True]
    assert [str(steps[name].dtype) for name in ("step", "date_from", "denied", "meeting")] == [
        "int64",
        "datetime64[s]",
        "boolean",
        "string",
    ]
    assert str(steps["date_from"].max())[:10] == "2011-11-01"
    ties = results["network"].to_pandas()
    assert (len(ties), len(results["network"].to_pandas("nodes"))) == (102, 22)
    assert set(ties["polarity"]) == {-1, 0, 1}
    found = results["analysis"].to_pandas("group_roles")
    assert len(found) == 5
    with pytest.raises(UsageProblem, match="brokerage has no table 'rolls'"):
        results["analysis"].to_pandas("rolls")
    with pytest.raises(UsageProblem, match="Record is not a table"):
        results["record"].to_pandas()


def test_whole_numbers_days_and_answers_with_gaps() -> None:
    pandas, polars = library("pandas"), library("polars")
    from datetime import date

    columns = ("n", "day", "yes", "share", "word", "list", "none", "n")
    rows = [
        (1, date(2011, 3, 1), True, 0.5, "a", ["x", "y"], None, 7),
        (None, None, None, None, None, None, None, 2.5),
    ]
    frame = frames.pandas_frame(Tabular("t", columns, rows))
    assert [str(dtype) for dtype in frame.dtypes] == [
        "Int64",
        "datetime64[s]",
        "boolean",
        "Float64",
        "string",
        "object",
        "string",
        "float64",
    ]
    assert list(frame.columns)[-1] == "n_2"
    assert frame["n"].sum() == 1
    assert pandas.isna(frame["day"][1])
    other = frames.polars_frame(Tabular("t", columns, rows))
    kinds = [polars.Int64, polars.Date, polars.Boolean, polars.Float64, polars.String, polars.List(polars.String)]
    assert list(other.dtypes) == [*kinds, polars.String, polars.Float64]
    assert other["day"][0] == date(2011, 3, 1)
    early = frames.pandas_frame(Tabular("t", ("day",), [(date(1066, 10, 14),)]))
    assert str(early["day"][0])[:10] == "1066-10-14"


def test_a_missing_extra_is_named(results: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageProblem, match=r'pip install "evidence-journeys\[polars\]"'):
        results["table"].to_polars()


def test_graphs_have_plain_attributes(results: dict[str, Any], opened_demo: Any, tmp_path: Path) -> None:
    network = results["network"].to_networkx()
    assert (network.number_of_nodes(), network.number_of_edges()) == (22, 102)
    journey = results["journey"].to_networkx()
    assert "demo:document:D07" in {node for node in journey if journey.nodes[node]["type"] == "Document"} or journey
    whole = opened_demo.to_networkx()
    assert whole.number_of_edges() == 1170
    for graph in (network, journey, whole):
        for held in [*dict(graph.nodes(data=True)).values(), *(data for *_, data in graph.edges(data=True))]:
            assert {type(value) for value in held.values()} <= {str, int, float, bool}
    nx.write_graphml(network, tmp_path / "n.graphml")
    assert nx.read_graphml(tmp_path / "n.graphml").number_of_edges() == 102
    with pytest.raises(UsageProblem, match="Answer is not a graph"):
        results["answer"].to_networkx()


def test_plots_are_axes(results: dict[str, Any]) -> None:
    from matplotlib import pyplot
    from matplotlib.axes import Axes

    for name in ("journey", "network", "answer", "analysis", "table"):
        axes = results[name].plot()
        assert isinstance(axes, Axes)
        assert pyplot.fignum_exists(axes.figure.number)
    mine = pyplot.subplots()[1]
    assert results["journey"].plot(ax=mine) is mine
    rows = [label.get_text() for label in mine.get_yticklabels()]
    assert len(rows) == 17
    assert [row for row in rows if "referred to" in row] == [
        "Sam S. referred to (inferred)",
        "Ann N. referred to",
        "Dr G. P. referred to (inferred)",
    ]
    assert mine.get_title().replace("\n", " ").endswith("(26 undated steps not drawn)")
    bars = results["answer"].plot(x="actor", y="sources")
    assert bars.get_xlabel() == "sources"
    with pytest.raises(UsageProblem, match="There is no column 'nothing'"):
        results["answer"].plot(y="nothing")
    with pytest.raises(UsageProblem, match="Record cannot be drawn"):
        results["record"].plot()


def test_a_timeline_shows_each_dated_step_and_does_not_make_up_a_day(results: dict[str, Any]) -> None:
    from matplotlib import dates, pyplot

    journey = results["journey"]
    dated = [step for step in journey.steps if step.when.date_from or step.when.date_to]
    axes = journey.plot(ax=pyplot.subplots()[1])
    marks = {line.get_ydata()[0]: line for line in axes.lines}
    assert sorted(marks) == list(range(len(dated))), "a mark in every row"
    contested = next(row for row, step in enumerate(dated) if step.kind.name == "CONTESTED")
    assert marks[contested].get_marker() == "X"
    assert axes.get_xlim()[0] < dates.date2num(dated[contested].when.date_from) < axes.get_xlim()[1]
    assert all(line.get_markersize() >= 6 for line in axes.lines)


def test_results_are_saved_by_the_ending(results: dict[str, Any], tmp_path: Path) -> None:
    endings = {"journey": "html", "network": "gexf", "answer": "xlsx", "analysis": "svg", "table": "csv"}
    for name, ending in endings.items():
        files = results[name].save(tmp_path / f"{name}.{ending}")
        assert files[0].stat().st_size > 0
    with pytest.raises(UsageProblem, match="does not say which format"):
        results["answer"].save(tmp_path / "answer.docx")


def test_a_selection_by_keywords(opened_demo: Any) -> None:
    some = opened_demo.network("Northtown", modes="verbatim", from_="2011")
    assert some.network.graph.number_of_edges() < 102
    by_words = opened_demo.analyse("introductions", site="north", modes=["verbatim"])
    by_choice = opened_demo.analyse("introductions", choice={"site": "Northtown", "modes": ["verbatim"]})
    assert by_words.as_dict() == by_choice.as_dict()
    with pytest.raises(UsageProblem, match="by a choice or by keyword arguments, not by both"):
        opened_demo.analyse("introductions", choice={"site": "Northtown"}, case="x")
    with pytest.raises(UsageProblem):
        opened_demo.network("Northtown", modes=["verbatm"])


def test_help_carries_a_person_through() -> None:
    for name in ("to_pandas", "to_polars", "to_networkx", "plot", "save"):
        assert getattr(Result, name).__doc__
    for name in ("analyse", "network", "export", "trace", "ask"):
        assert len(getattr(journeys.Study, name).__doc__) > 80


@pytest.mark.usefixtures("processes", "embedded_engine", "between_workers")
def test_the_notebook_runs(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    nbformat, nbclient = library("nbformat"), library("nbclient")
    library("ipykernel")
    shutil.copytree(loaded_once(request.getfixturevalue("between_workers"), "demo"), tmp_path / "my-study")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not [cell for cell in notebook.cells if cell.get("outputs")], "keep no outputs in the repository"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)]))
        kernel = {"kernel_name": "python3", "timeout": 240, "resources": {"metadata": {"path": str(tmp_path)}}}
        nbclient.NotebookClient(notebook, **kernel).execute()
    shown = json.dumps([cell.get("outputs", []) for cell in notebook.cells])
    assert "srcdoc" in shown
    assert "image/png" in shown
    assert (tmp_path / "northtown.gexf").is_file()
