"""The measures across cases: the demonstration study against answers worked out by hand.

The ten pieces of evidence: of the national model an instrumental use is told, of the ward census one to persuade; the
indicators, late booking and what mothers told were found not to be used, the testimony not to be presented.
"""

from __future__ import annotations

import csv
import io
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.claims.short_ids import short_ids
from journeys.analysis.courses.stages import journey_courses
from journeys.analysis.measures.after_introduction import after_introduction
from journeys.analysis.measures.factors import factors
from journeys.analysis.measures.flow import flow
from journeys.analysis.measures.gap_map import gap_map
from journeys.analysis.measures.qca import qca
from journeys.analysis.measures.qca_cases import qca_cases
from journeys.analysis.measures.qca_conditions import CONDITIONS
from journeys.analysis.measures.sequences import sequences
from journeys.analysis.measures.survival import survival
from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.measures.uses import uses
from journeys.model.problems import UsageProblem

EVERYTHING = Selection()


def rows(table: MeasureTable, *columns: str) -> list[tuple[Any, ...]]:
    """The rows with these columns only."""
    places = [list(table.columns).index(column) for column in columns]
    return [tuple(row.values[place] for place in places) for row in table.rows]


def test_of_many_pairs_of_journeys_the_nearest_are_listed(
    demo_graph: nx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sequences(demo_graph, EVERYTHING)[-1]
    monkeypatch.setattr("journeys.analysis.measures.sequences.MOST_PAIRS", 7)
    cut = sequences(demo_graph, EVERYTHING)[-1]
    assert cut.rows == whole.rows[:7]
    assert cut.notes[-1] == f"{len(whole.rows) - 7} pairs of journeys that are further apart not listed."
    assert not any("not listed" in note for note in whole.notes)


def test_which_types_stop_where(demo_graph: nx.MultiDiGraph) -> None:
    by_type, by_site, stops = survival(demo_graph, EVERYTHING)
    overall = [row[1:] for row in rows(stops, "group", "stage", "reached", "recorded", "share") if row[0] == "all"]
    assert overall == [
        ("Impetus", 10, 1, 1.0),
        ("Generation and access", 10, 5, 1.0),
        ("Appraisal", 9, 3, 0.9),
        ("Synthesis", 9, 5, 0.9),
        ("Presentation and application", 9, 9, 0.9),
        ("Use", 2, 2, 0.2),
        ("Impact", 0, 0, 0.0),
    ]
    community = {
        row[1]: row[2:]
        for row in rows(stops, "group", "stage", "reached", "low", "high", "stopped", "reported_no_further")
        if row[0].startswith("6.7 ")
    }
    assert community["Generation and access"] == (
        2, pytest.approx(0.3424, abs=1e-4), 1.0,
        ["Testimony of South Asian patients"], ["Testimony of South Asian patients"],
    )  # fmt: skip
    assert community["Presentation and application"][3] == ["What mothers told the link worker"]
    assert rows(by_type, "group", "n", "impetus", "use")[-1] == ("all", 10, 10, 2)
    assert rows(by_site, "group", "n", "use", "impact") == [
        ("Easthaven", 4, 1, 0),
        ("Northtown", 4, 1, 0),
        ("Westbury", 2, 0, 0),
    ]


def test_a_gap_map_tells_three_kinds_of_empty_cells_apart(demo_graph: nx.MultiDiGraph) -> None:
    """The indicators (6.5) were found not to be used; nothing of their kind is recorded but at Easthaven."""
    shown, cells, journeys = gap_map(demo_graph, EVERYTHING)
    assert [row for row in rows(cells, "type", "site", "stage", "state") if row[0] == "6.5 Population data"] == [
        ("6.5 Population data", site, stage, state)
        for site, states in (
            ("Easthaven", (*["no source"] * 4, "reached", "reported not to have happened", "no source")),
            ("Northtown", ["none of this type"] * 7),
            ("Westbury", ["none of this type"] * 7),
        )
        for stage, state in zip(dict.fromkeys(row[0] for row in rows(cells, "stage")), states, strict=True)
    ]
    census = {
        row[2]: row[3:]
        for row in rows(cells, "type", "site", "stage", "journeys", "supported", "contested", "both", "neither")
        if row[0].startswith("6.4 ") and row[1] == "Easthaven"
    }
    assert rows(shown, "type", "site", "use", "impact")[3] == (
        "6.5 Population data", "Easthaven", "reported not to have happened", "no source",
    )  # fmt: skip
    assert rows(shown, "site", "use")[0] == ("Easthaven", "1: 1 supported and contested")
    assert census["Use"] == (1, 0, 0, 1, 0)  # championed and contested at P2, used at E2
    assert census["Impact"] == (0, 0, 0, 0, 0)
    assert list(dict.fromkeys(row[0].split()[0] for row in rows(cells, "type"))) == [
        "6.4", "6.5", "6.6", "6.7", "6.8", "6.10", "6.14",
    ]  # fmt: skip
    named = rows(journeys, "type", "site", "stage", "state", "journey")
    assert (
        "6.5 Population data",
        "Easthaven",
        "Use",
        "reported not to have happened",
        "Observatory indicator set",
    ) in (named)
    assert len(named) == sum(n + no for n, no in rows(cells, "journeys", "reported_not"))
    assert all(bool(row.claims) == (row.values[3] not in ("no source", "none of this type")) for row in cells.rows)
    assert "6.9 " in cells.notes[2]
    assert cells.n == {"journeys": 10, "sites": 3, "claims": 47}


def test_the_flow_keeps_every_journey_in_every_column(demo_graph: nx.MultiDiGraph) -> None:
    """Ten pieces of evidence: two were used, three were found not to be, of five no source says."""
    flows, states = flow(demo_graph, EVERYTHING)
    columns = list(dict.fromkeys(row[0] for row in rows(flows, "from_column")))
    assert columns[:3] == ["site", "type", "Impetus"]
    for column in columns:
        assert sum(n for name, n in rows(flows, "from_column", "journeys") if name == column) == 10
    into_use = [row[1:] for row in rows(flows, "to_column", "to", "journeys") if row[0] == "Use"]
    used = {state: sum(n for name, n in into_use if name == state) for state, _ in into_use}
    assert used == {"reached": 2, "no source": 5, "reported not to have happened": 3}
    (testimony,) = [
        row
        for row in rows(states, "journey_id", "generation_access", "presentation_application", "use")
        if row[0] == "demo:evidence:testimony"
    ]
    assert testimony[1:] == ("reached", "reported not to have happened", "no source")
    assert sum(len(row.values[5]) for row in flows.rows) == 10 * len(columns)


def test_journeys_are_aligned_at_their_first_introduction(demo_graph: nx.MultiDiGraph) -> None:
    """D07 was introduced between 1 March and 6 April 2011, and used on 8 June: 63 to 99 days later."""
    events, starts = after_introduction(demo_graph, EVERYTHING)
    introduced = {row[0].rpartition(":")[2]: row[1:] for row in rows(starts, "journey_id", "introduced", "dated")}
    assert introduced["north.diabetes.D07"] == ("between 1 March and 6 April 2011", 13)
    told = rows(events, "journey_id", "event", "date", "least_days", "most_days")
    d07 = [row[1:] for row in told if row[0].endswith("D07")]
    assert d07.count(("first introduced", "between 1 March and 6 April 2011", 0, 0)) == 1
    assert ("used", "8 June 2011", 63, 99) in d07
    carers = [row[1:] for row in told if row[0].endswith(":carers")]
    # What carers told was gathered before it was introduced.
    assert [row[0] for row in carers if row[3] is not None and row[3] < 0] == ["other step"]
    assert all(row.claims for row in events.rows)
    assert "Ward census by ethnic group" in events.notes[1]
    assert sum(n for (n,) in rows(starts, "dated")) + len(starts.rows) == len(events.rows)


def test_evidence_may_get_as_far_as_the_documents_that_carry_it(demo_graph: nx.MultiDiGraph) -> None:
    """D07 presents the clinic data and D23 the ward census, and both had an impact; D24, of the carers, had none."""
    by_type = survival(demo_graph, EVERYTHING, carried=True)[0]
    # used: the ward census, the model, the clinic data in D07; what D24 and D10 recommend is no use of their evidence
    assert rows(by_type, "group", "use", "impact")[-1] == ("all", 3, 2)


def test_a_journey_that_may_go_on_counts_as_far_as_it_is_known(demo_graph: nx.MultiDiGraph) -> None:
    """Found to have stopped: the testimony after its generation, three after presentation; the others are censored."""
    stops = survival(demo_graph, EVERYTHING, censored=True)[2]
    shares = {row[1]: row[2] for row in rows(stops, "group", "stage", "share") if row[0] == "all"}
    assert shares["Appraisal"] == pytest.approx(9 / 10)
    assert shares["Use"] == pytest.approx(9 / 10 * 6 / 9)
    assert shares["Impact"] == shares["Use"]


def test_uses_by_type_and_site(demo_graph: nx.MultiDiGraph) -> None:
    totals, by_type = uses(demo_graph, EVERYTHING)
    assert [row for row in rows(totals, "site", "use_type", "uses", "share", "on_ethnicity") if row[2]] == [
        ("Easthaven", "Influential", 1, 1, 1),
        ("Northtown", "Instrumental", 3, 3 / 4, 0),
        ("Northtown", "Conceptual", 1, 1 / 4, 1),
        ("Westbury", "Post hoc", 1, 1, 0),
        ("all sites", "Instrumental", 3, 3 / 6, 0),
        ("all sites", "Conceptual", 1, 1 / 6, 1),
        ("all sites", "Influential", 1, 1 / 6, 1),
        ("all sites", "Post hoc", 1, 1 / 6, 0),
    ]
    found = rows(by_type, "site", "type", "pieces", "used", "instrumental", "reported_not_used")
    assert ("Northtown", "Report", 4, 1, 1, 0) in found
    assert [row[0] for row in found if row[-1]] == ["Easthaven", "Westbury", "Westbury", *["all sites"] * 3]


def test_supports_and_barriers_general_or_specific(demo_graph: nx.MultiDiGraph) -> None:
    each_one, against = factors(demo_graph, EVERYTHING)
    assert rows(each_one, "factor", "acted_on", "sites", "ethnicity_specific", "told_as")[0] == (
        "The agenda has no place for what is not written down", 2, ["Northtown", "Westbury"], 2, "ethnicity specific",
    )  # fmt: skip
    assert rows(against, "polarity", "domain", "factors", "general", "ethnicity_specific") == [
        ("barrier", "processes", 2, 1, 1),
        ("barrier", "skills", 1, 0, 1),
        ("barrier", "structures", 1, 0, 1),
        ("support", "networks", 1, 0, 1),
        ("support", "people", 1, 1, 0),
    ]


def test_ways_in_the_order_of_their_dates(demo_graph: nx.MultiDiGraph) -> None:
    middle, order, apart = sequences(demo_graph, EVERYTHING, of=("Evidence",), normalisation="none")
    found = {row[0]: row[1:] for row in rows(middle, "journey_id", "stages", "unsure")}
    # obtained in December 2010; contested at P1 and P2, championed at P2, supported in April and at P3; used at E2
    assert found["demo:evidence:ward-census"] == ("Generation and access > Contestation and support > Use", 0)
    # generated in autumn 2010, contested in one of two winters
    assert found["demo:evidence:testimony"] == ("Generation and access > Contestation and support", 1)
    assert "demo:evidence:indicators" not in found
    assert "Observatory indicator set" in middle.notes[0]
    distance = {row[:2]: row[2] for row in rows(apart, "one_id", "other_id", "distance")}
    # G P C against G C U: take P out and put U in
    assert distance["demo:evidence:ward-census", "demo:evidence:mothers"] == 2
    # generated first: what mothers told, clinic data, carers and ward census before contest or presentation
    before = {row[:2]: row[2:] for row in rows(order, "first", "then", "before", "n")}
    assert before["Generation and access", "Contestation and support"] == (4, 4)
    assert len(apart.rows) == len(found) * (len(found) - 1) / 2


def test_the_cases_of_a_comparative_analysis(demo_graph: nx.MultiDiGraph) -> None:
    cases, table, needed, solved = qca(demo_graph, EVERYTHING, carried=True)
    assert rows(cases, "case_id", "CHAMPION", "CONTESTED", "DOCUMENTED", "VCF", "ACTED_ON") == [
        ("carers", 0, 0, 0, 1, 0),  # of the Carers' Forum; D24 had no impact
        ("clinic-data", 0, 1, 1, 0, 1),  # by D07
        ("indicators", 0, 0, 1, 0, 0),
        ("late-booking", 0, 0, 1, 0, 0),
        ("model", 0, 0, 1, 0, 1),  # an instrumental use
        ("mothers", 0, 1, 0, 1, 0),
        ("pilot", 0, 1, 1, 0, 0),
        ("surgery", 0, 0, 0, 0, 0),
        ("testimony", 0, 1, 0, 1, 0),
        ("ward-census", 1, 1, 1, 1, 1),  # Femi O. obtained and championed it; D23 had an impact
    ]
    assert rows(table, "CHAMPION", "CONTESTED", "DOCUMENTED", "VCF", "code", "n", "consistency") == [
        (0, 0, 0, 0, "0", 1, 0),
        (0, 0, 0, 1, "0", 1, 0),
        (0, 0, 1, 0, "C", 3, pytest.approx(1 / 3)),
        (0, 1, 0, 1, "0", 2, 0),
        (0, 1, 1, 0, "C", 2, 1 / 2),
        (1, 1, 1, 1, "1", 1, 1),
    ]
    # all three with the outcome are written down, of six that are
    assert ("DOCUMENTED", 1, 1 / 2) in rows(needed, "condition", "consistency", "coverage")
    assert rows(solved, "solution", "model", "term", "consistency", "coverage") == [
        ("conservative", 1, "CHAMPION*CONTESTED*DOCUMENTED*VCF", 1, pytest.approx(1 / 3)),
        ("parsimonious", 1, "CHAMPION", 1, pytest.approx(1 / 3)),
        ("parsimonious", 2, "DOCUMENTED*VCF", 1, pytest.approx(1 / 3)),
    ]
    assert "Contradictory combinations: 2. Add a condition that separates their cases." in table.notes


def test_silence_may_count_as_not_known(demo_graph: nx.MultiDiGraph) -> None:
    """Of whether they were contested and acted on, something is told of two: late booking was found not to be used."""
    cases = qca(demo_graph, EVERYTHING, conditions=("DOCUMENTED",), silence="unknown")[0]
    assert [row[0] for row in rows(cases, "case_id")] == ["indicators", "late-booking", "model", "mothers"]
    assert "Clinic attendance by ethnic group: not known is acted on" in {each.why for each in cases.left_out}


def test_the_file_for_r(demo_graph: nx.MultiDiGraph) -> None:
    found = qca_cases(demo_graph, EVERYTHING, conditions=CONDITIONS, of=("Evidence", "Document"))
    lines = list(csv.reader(io.StringIO(found.csv())))
    assert lines[0] == ["case", *CONDITIONS, "ACTED_ON"]
    assert len(lines) == 1 + 25
    assert {cell for line in lines[1:] for cell in line[1:]} == {"0", "1"}
    # D23: championed (its three workers, by Eve P.), contested, supported, about the ward census, tabled, of the trust
    assert lines[[line[0] for line in lines].index("east.therapies.D23")][1:] == list("11111011")
    with pytest.raises(UsageProblem, match="CHAMPION, CONTESTED"):
        qca_cases(demo_graph, EVERYTHING, conditions=("LUCKY",))
    with pytest.raises(UsageProblem, match="IMPACT"):
        qca_cases(demo_graph, EVERYTHING, outcome="CHAMPION")
    with pytest.raises(UsageProblem, match="only once"):
        qca_cases(demo_graph, EVERYTHING, conditions=("VCF", "VCF"))


def test_no_two_cases_are_called_alike() -> None:
    ids = ["s:document:north.D07", "s:evidence:model", "s:document:model", "t:document:model", "s:evidence:Survey"]
    assert short_ids(ids) == {
        "s:document:north.D07": "north.D07",
        "s:evidence:model": "evidence:model",
        "s:document:model": "s:document:model",
        "t:document:model": "t:document:model",
        "s:evidence:Survey": "Survey",
    }


def test_what_is_told_of_a_journey(demo_graph: nx.MultiDiGraph) -> None:
    """What a document cites is the story of what it cites; what it presents, of what it presents."""
    told, _ = journey_courses(demo_graph, EVERYTHING, of=("Evidence", "Document"))
    found = {journey.id.split(":", 2)[-1]: journey for journey in told}
    assert not found["north.diabetes.D09"].everything  # minutes, that only cite D07
    assert found["clinic-data"].stages(carried=True) - found["clinic-data"].stages() == {"use", "impact"}
    assert found["testimony"].reported_not_reached() == {"presentation_application"}
    assert len(found["testimony"].claims()) == 4
    assert found["north.diabetes.D07"].presents == ("demo:evidence:clinic-data",)


def test_two_sites_of_one_name_have_rows_of_their_own(demo_graph: nx.MultiDiGraph) -> None:
    """Their rows were put into one, longer than there are columns."""
    alike = demo_graph.copy()
    for name, held in alike.nodes(data=True):
        if held["label"] == "Site":
            alike.nodes[name]["name"] = "Anywhere"
    for before, after in zip(gap_map(demo_graph, EVERYTHING), gap_map(alike, EVERYTHING), strict=True):
        assert len(before.rows) == len(after.rows)
        assert {len(row.values) for row in after.rows} == {len(after.columns)}
