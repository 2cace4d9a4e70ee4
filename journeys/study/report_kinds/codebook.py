"""The codebook with counts: each code, in how many passages it is used, at which sites, by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from journeys.analysis.claims.from_store import rows_of
from journeys.instruments.codebook import Codebook
from journeys.model.phrases import counted, one_of
from journeys.study.access import StudyAccess
from journeys.views.reports.model import Block, Column, Heading, Run, Table, cell, line, paragraph


def codebook_report(study: StudyAccess) -> tuple[str, str, list[Block]]:
    """The title, the subtitle and the blocks of the report: a table for each sheet of the codebook."""
    codebook = study.folder.codebook(lambda problem: None)
    return "The codebook and its use", codebook.origin[:1].upper() + codebook.origin[1:], [*_blocks(study, codebook)]


def _blocks(study: StudyAccess, codebook: Codebook) -> Iterator[Block]:
    with study.store() as store:
        sites = [row["name"] for row in rows_of(store, "lookup/sites", {"study": study.id})]
        found = study.ask("codes_by_site").as_dicts()
    used: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found:
        if row["passages"]:
            used[row["code"]].append(row)
    codes = [code for code in codebook.codes.values() if code.merged_into is None]
    unused = sum(code.key not in used for code in codes)
    if not used:
        yield paragraph("No passage is coded yet, so every count below is 0.", style="notice")
    yield paragraph(
        f"{counted(len(codes), 'code')}, of which {unused} {'has' if unused == 1 else 'have'} not been used. A passage "
        "that belongs to two sites counts at both."
    )
    columns = (Column("Code", 7), Column("Label", 28), *(Column(site, 9) for site in sites), Column("No site", 8),
               Column("Coders", 10))  # fmt: skip
    for sheet in codebook.sheets:
        yield Heading(sheet.heading)
        rows = []
        for code in codebook.on_sheet(sheet.id, also=used):
            by_site = {row["site"]: row["passages"] for row in used[code.key]}
            coders = sorted({coder for row in used[code.key] for coder in row["coders"]})
            label = code.shown.removeprefix(f"{code.key} ")
            group = codebook.group_label(code)
            rows.append((cell(code.key), cell(label, line(Run(group, quiet=True)) if group else ""),
                         *(cell(str(by_site.get(site, 0))) for site in sites), cell(str(by_site.get(None, 0))),
                         cell(one_of(coders, "and") if coders else "")))  # fmt: skip
        in_use = sum(len(used[code.key]) > 0 for code in codebook.on_sheet(sheet.id, also=used))
        n = f"n = {counted(in_use, 'code')} in use"
        yield Table(
            f"Passages by code and site, sheet {sheet.id}",
            columns,
            tuple(rows),
            n,
            "The sheet has no codes.",
            f"Sheet {sheet.id}",
        )
