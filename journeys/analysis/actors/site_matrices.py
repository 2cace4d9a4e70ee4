"""The affiliation matrices of a site as a person asks for them: by its name, with the claims behind each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from journeys.analysis.actors.matrices import Matrices, Matrix, matrices
from journeys.analysis.actors.network import EVERYTHING
from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.graph import STRUCTURE, study_graph
from journeys.analysis.claims.selection import Selection
from journeys.model.result import Result
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded
from journeys.store.resolve import Found, resolve


@dataclass(frozen=True, slots=True, repr=False)
class SiteMatrices(Result):
    """The matrices of a site, or of all sites if ``site`` is None; ``claims`` are those behind any cell, by id.

    ``withheld`` says in sentences what was left out for whom they are shown to.
    """

    site: Found | None
    found: Matrices
    claims: Mapping[str, ClaimRecord]
    withheld: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The site's name."""
        return self.site.name if self.site else "All sites"

    def as_dict(self) -> dict[str, Any]:
        """Both matrices for JSON: rows and columns in order, the cells with a state, the claims by id."""
        return {
            "site": {"id": self.site.id, "name": self.site.name} if self.site else None,
            "matrices": {each.name: self._as_dict(each) for each in (self.found.documents, self.found.meetings)},
            "dealt_with": {thing: list(meetings) for thing, meetings in self.found.dealt_with.items()},
            "claims": {claim_id: claim.as_dict() for claim_id, claim in self.claims.items()},
            "left_out": [each.as_dict() for each in self.found.left_out],
            **({"withheld": list(self.withheld)} if self.withheld else {}),
        }

    def _as_dict(self, matrix: Matrix) -> dict[str, Any]:
        ends = [(row, column) for row in matrix.rows for column in matrix.columns]
        cells = ((row, column, matrix.cell(row, column)) for row, column in ends)
        return {
            "states": dict(matrix.states),
            "rows": [{"id": row, "name": self.found.names[row]} for row in matrix.rows],
            "columns": [{"id": column, "name": self.found.names[column]} for column in matrix.columns],
            "cells": [
                {"row": row, "column": column, "state": cell.state, "claims": list(cell.claims)}
                for row, column, cell in cells
                if cell.state != "unknown"
            ],
            "nothing_recorded": {
                "rows": [{"id": row, "name": self.found.names[row]} for row in matrix.empty_rows],
                "columns": [{"id": each, "name": self.found.names[each]} for each in matrix.empty_columns],
            },
        }


def site_matrices(
    store: Store, study: str, schema: Schema, site: str | None = None, *, selection: Selection | None = None
) -> SiteMatrices:
    """The matrices of a site (its name, id or a beginning), or of all sites; ``selection`` narrows what counts.

    Raises UnknownReference, AmbiguousReference, and NothingLoaded when the store has nothing of the study.
    """
    found = resolve(store, study, site, ("Site",)) if site is not None else None
    kinds = {name for name, kind in schema.claims.items() if {"Actor", "any"} & set(kind.from_labels)}
    wanted = kinds | {*STRUCTURE, "TABLED_AT", "OF_DOCUMENT", "SITS_IN"}
    graph = study_graph(store, study, schema, types=sorted(wanted))
    if not graph:
        refuse_unloaded(store, schema, study)
    counted = selection or EVERYTHING
    return matrices_of(nx.freeze(graph), schema, replace(counted, site=found.id) if found else counted, site=found)


def matrices_of(
    graph: nx.MultiDiGraph[str], schema: Schema, selection: Selection = EVERYTHING, *, site: Found | None = None
) -> SiteMatrices:
    """The matrices of a site, made from a graph that has been read; ``site`` is what ``selection`` names."""
    found = matrices(graph, selection)
    return SiteMatrices(site, found, claims_in_graph(graph, schema, found.claims))
