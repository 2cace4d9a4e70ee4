"""The fewest crossings of a storyline, with the proof or with how far from it the drawing may be."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence

import highspy
import numpy as np

from journeys.analysis.methods.storyline.drawing import drawn
from journeys.analysis.methods.storyline.layers import FewestCrossings, Storyline, crossings
from journeys.analysis.methods.storyline.odd_cycles import Cycle, OddCycles
from journeys.analysis.methods.storyline.relations import Place, Relations
from journeys.analysis.methods.storyline.sweeps import swept

ROUNDS, CUTS = 60, 200
TOLERANCE = 1e-6


def fewest_crossings(story: Storyline, *, seconds: float = 30.0) -> FewestCrossings:
    """Orders with as few crossings as are found, and a lower bound, in about so many seconds.

    Where the time is enough for the proof the orders depend on the storyline alone, else also on the machine's speed.

    SOURCE: Gronemann, Jünger, Liers and Mambelli (2016), Crossing minimization in storyline visualization: decisions
    on pairs of lines, with odd cycle inequalities; solved by HiGHS (Huangfu and Hall 2018). Decisions for places where
    no meeting needs one are added only where a drawing fails for the want of them.
    """
    until = time.monotonic() + seconds
    orders = swept(story, starts=10)
    best = FewestCrossings(orders, crossings(orders), 0)
    if best.proved:
        return best
    relations = Relations(story)
    cycles, bound = _bounded(relations, until)
    best = FewestCrossings(orders, best.crossings, min(bound, best.crossings))
    asked: set[Place] = set()
    while not best.proved and time.monotonic() < until:
        relations = Relations(story, frozenset(asked)) if asked else relations
        if asked:
            cycles, _ = _bounded(relations, until)
        values, bound = _solved(relations, cycles, relations.read(best.orders), until)
        bound = max(best.bound, bound)
        orders, missing = drawn(relations, values)
        orders = min(orders, swept(story, starts=0, start=orders), best.orders, key=crossings)
        best = FewestCrossings(orders, crossings(orders), min(bound, crossings(orders)))
        if not missing - asked:
            break
        asked |= missing
    return best


def _model(relations: Relations, *, whole: bool) -> highspy.Highs:
    """Columns: a change each, then, where ``whole``, a decision each with what ties them together."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    changes, decisions = relations.changes, len(relations.decisions)
    columns = len(changes) + (decisions if whole else 0)
    highs.addVars(columns, np.zeros(columns), np.ones(columns))
    for position, change in enumerate(changes):
        highs.changeColCost(position, float(change.crossings))
    if not whole:
        return highs
    for decision in range(len(changes), columns):
        highs.changeColIntegrality(decision, highspy.HighsVarType.kInteger)
    for position, change in enumerate(changes):
        one, other = len(changes) + change.one, len(changes) + change.other
        if change.same:  # a crossing where one is 1 and the other 0
            _row(highs, 0, {position: 1, one: -1, other: 1})
            _row(highs, 0, {position: 1, one: 1, other: -1})
        else:
            _row(highs, -1, {position: 1, one: -1, other: -1})
            _row(highs, 1, {position: 1, one: 1, other: 1})
    for triple in relations.triples:
        ones = {len(changes) + decision: (1 if upright else -1) for decision, upright in triple}
        turned = sum(not upright for _, upright in triple)
        _row(highs, 1 - turned, ones)
        _row(highs, turned - 2, {column: -sign for column, sign in ones.items()})
    if decisions:  # a drawing upside down is as good
        highs.changeColBounds(len(changes), 1.0, 1.0)
    return highs


def _row(highs: highspy.Highs, least: float, parts: Mapping[int, float]) -> None:
    highs.addRow(
        least,
        highspy.kHighsInf,
        len(parts),
        np.array(list(parts), dtype=np.int32),
        np.array([*map(float, parts.values())]),
    )


def _bounded(relations: Relations, until: float) -> tuple[list[Cycle], int]:
    """Odd cycles, and the crossings that they demand: a linear programme to which violated ones are added."""
    highs = _model(relations, whole=False)
    values: Sequence[float] = [0.0] * len(relations.changes)
    cycles: list[Cycle] = []
    known: set[Cycle] = set()
    bound = 0.0
    separation = OddCycles(relations.changes, len(relations.decisions))
    for _ in range(ROUNDS):
        new = [cycle for cycle in separation.below_one(values, most=CUTS) if cycle not in known]
        if not new or time.monotonic() > until:
            break
        for cycle in new:
            _row(highs, 1, dict.fromkeys(cycle, 1))
        known.update(new)
        cycles += new
        highs.setOptionValue("time_limit", highs.getRunTime() + max(until - time.monotonic(), 0.1))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        values = list(highs.getSolution().col_value)
        bound = highs.getInfo().objective_function_value
    return cycles, math.ceil(bound - TOLERANCE)


def _solved(relations: Relations, cycles: Sequence[Cycle], start: Sequence[int], until: float) -> tuple[list[int], int]:
    """The decisions that an integer programme finds, and its bound."""
    highs = _model(relations, whole=True)
    for cycle in cycles:
        _row(highs, 1, dict.fromkeys(cycle, 1))
    highs.setOptionValue("time_limit", max(until - time.monotonic(), 0.1))
    highs.setOptionValue("mip_abs_gap", 1 - TOLERANCE)
    turned = [1 - value for value in start] if start and not start[0] else list(start)
    first = highspy.HighsSolution()
    first.col_value = [
        float((turned[change.one] == turned[change.other]) != change.same) for change in relations.changes
    ] + [float(value) for value in turned]
    highs.setSolution(first)
    highs.run()
    solution = highs.getSolution().col_value[len(relations.changes) :]
    values = [round(value) for value in solution] if len(solution) else turned
    return values, math.ceil(highs.getInfo().mip_dual_bound - TOLERANCE)
