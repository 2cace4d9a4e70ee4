"""The summary tables with a column for each site: evidence for, against, mixed, or none yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from journeys.analysis.reading.row_status import AtSite, Evidence, RowStatus, Standing, TableStatus, table_status
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.model.identity import folded, short_id
from journeys.model.lens import Lens
from journeys.model.phrases import counted, one_of
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema
from journeys.model.study_names import SUMMARY_TABLES_FILE
from journeys.model.suggestions import did_you_mean
from journeys.study.access import StudyAccess
from journeys.views.reports.model import (
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Run,
    Table,
    cell,
    line,
    paragraph,
)

_PARTS = (
    (("emerging", "gap"), "Findings to confirm and gaps to fill", "finding or gap"),
    (("look_for",), "Look for and ask about", "item"),
    (("question",), "Research questions to have in mind", "question"),
)
_STANDINGS: Mapping[Standing, str] = {
    "for": "Evidence for",
    "against": "Evidence against",
    "mixed": "Mixed evidence",
    "some": "Evidence, not said whether for or against",
    "none yet": "None yet",
}
_OF_KIND: Mapping[tuple[str, Standing], str] = {
    ("gap", "for"): "Evidence that fills it",
    ("look_for", "for"): "Found",
    ("question", "some"): "Evidence",
    ("question", "for"): "Evidence",
}


def summary_tables_report(study: StudyAccess) -> tuple[str, str, list[Block]]:
    """The title, the subtitle and the blocks of the report."""
    with study.store() as store:
        found = table_status(store, study.id, study.folder.summary_tables(lambda problem: None))
    return "Summary tables by site", _subtitle(found), [*_of_another_topic(found, study), *_blocks(found, study.schema)]


def _of_another_topic(found: TableStatus, study: StudyAccess) -> Iterator[Block]:
    """That shipped rows are about ethnicity, in a study that looks at something else.

    They are findings as they were printed: with another word in its place they would say what nobody found.
    """
    shipped = shipped_summary_tables().rows
    held = study.folder.summary_tables(lambda problem: None).rows
    topic = study.schema.lens.topic
    theirs = [row for row in found.rows if row.item in shipped and held[row.item].text == shipped[row.item].text]
    if topic != Lens().topic and theirs:
        one = len(theirs) == 1
        yield paragraph(
            f"This study looks at {topic}. {counted(len(theirs), 'row')} of these tables {'is' if one else 'are'} "
            f"shipped with the program: as printed, {'it tells' if one else 'they tell'} what another study found or "
            f"asked about ethnicity. Write the rows of this study into {SUMMARY_TABLES_FILE}; `extends: none` at "
            "its top leaves out those shipped.",
            style="notice",
        )


def standing_words(study: StudyAccess, item: str, site: str | None) -> Run:
    """How a row of the summary tables stands, at one site or site by site, as words with the passages behind them.

    Raises UsageProblem for a row or site that there is not.
    """
    with study.store() as store:
        found = table_status(store, study.id, study.folder.summary_tables(lambda problem: None))
    rows = {row.item.casefold(): row for row in found.rows}
    row = rows.get(item.casefold())
    if row is None:
        meant = did_you_mean(item, [each.item for each in found.rows])
        raise UsageProblem(f"There is no row {item!r} in the summary tables.{meant}")
    sites = {key: name for key, name in found.sites.items() if key in row.at_sites}
    if site is not None:
        wanted = {key: name for key, name in sites.items() if folded(site) in (folded(name), folded(short_id(key)))}
        if not wanted:
            raise UsageProblem(f"There is no site {site!r}.{did_you_mean(site, sites.values())}")
        sites = wanted
    told, notes = [], []
    for key, name in sites.items():
        at = row.at_sites[key]
        words = _OF_KIND.get((row.kind, at.standing), _STANDINGS[at.standing])
        told.append(words.lower() if site is not None else f"{words.lower()} at {name}")
        notes += [_note(each, study.schema) for each in at.evidence]
    return Run("; ".join(told), tuple(dict.fromkeys(notes)))


def _subtitle(found: TableStatus) -> str:
    rows = counted(len(found.rows), "row")
    return f"{rows} in {counted(len(found.titles), 'table')}, and what the study has recorded for and against them"


def _blocks(found: TableStatus, schema: Schema) -> Iterator[Block]:
    if not found.in_graph:
        yield paragraph(
            "No passage of this study bears on a row of the summary tables yet. Researchers say so in the forms, "
            "under Bears on; then the cells below are filled.",
            style="notice",
        )
    yield paragraph(
        "Each row shows what passages say for or against it at each site, as the researchers judged when they filled "
        "in the forms. \u201cNone yet\u201d means that nothing is recorded, not that there is nothing. Raised numbers "
        "lead to the passages."
    )
    yield _overview(found)
    for table, title in found.titles.items():
        yield Heading(f"[{table}] {title}" if title else f"[{table}]")
        for kinds, caption, noun in _PARTS:
            rows = [row for row in found.rows if row.table == table and row.kind in kinds]
            if rows:
                yield _table(found, rows, f"{caption}, table [{table}]", noun, f"{table} {caption}", schema)


def _overview(found: TableStatus) -> Block:
    """Return the numbers of rows by their state at each site."""
    made: list[tuple[Cell, ...]] = []
    for site, name in found.sites.items():
        counts = Counter(row.at_sites[site].standing for row in found.rows if site in row.at_sites)
        made.append((cell(name), *(cell(str(counts[each])) for each in _STANDINGS)))
    columns = (Column("Site", 14), *(Column(words, 10) for words in _STANDINGS.values()))
    empty = "The study has no sites, so there are no columns to compare. Add them to the Sites register."
    n = f"n = {counted(len(found.rows), 'row')}"
    return Table("Rows by the evidence at each site", columns, tuple(made), n, empty, "Overview")


def _table(found: TableStatus, rows: Sequence[RowStatus], caption: str, noun: str, sheet: str, schema: Schema) -> Block:
    grouped = any(row.row for row in rows)
    columns = [Column("No.", 6), *([Column("Row", 12)] if grouped else []), Column("As the tables say", 26)]
    columns += [Column(name, 16) for name in found.sites.values()]
    columns.append(Column("Status", 14))
    made = []
    for row in rows:
        words = [cell(row.item), *([cell(line(Run(row.row, strong=True)), row.section)] if grouped else [])]
        words.append(cell(row.text, line(Run(row.prompt, quiet=True)) if row.prompt else ""))
        words += [_at_site(row, row.at_sites.get(site), schema) for site in found.sites]
        words.append(_status(row))
        made.append(tuple(words))
    plural = {"finding or gap": "findings and gaps", "item": "items", "question": "questions"}[noun]
    n = f"n = {len(rows)} {noun if len(rows) == 1 else plural}"
    return Table(caption, tuple(columns), tuple(made), n, sheet=sheet)


def _status(row: RowStatus) -> Cell:
    """Whether the team has closed the row: when, by whom and why; below that what was decided before."""
    if not row.decisions:
        return cell(line(Run("Open", quiet=True)))
    *before, last = row.decisions
    words = f"{last[:1].upper()}{last[1:]}"
    evidence = sum(bool(at.evidence) for at in row.at_sites.values())
    borne_on = [line(Run(f"Evidence bears on it at {counted(evidence, 'site')}."))] if row.closed and evidence else []
    earlier = [line(Run(f"Before: {'; '.join(before)}", quiet=True))] if before else []
    return cell(line(Run(words, strong=row.closed)), *borne_on, *earlier)


def in_words(row: RowStatus, here: AtSite) -> str:
    """How a row stands at a site: "mixed evidence (3 passages from 2 sources)"."""
    words = _OF_KIND.get((row.kind, here.standing), _STANDINGS[here.standing]).lower()
    return f"{words} ({_behind(here)})" if here.evidence else words


def _behind(here: AtSite) -> str:
    """What the evidence is: "3 passages from 2 sources, 1 answer in the researchers' forms and 1 finding"."""
    passages = {each.id for each in here.evidence if each.source_id is not None and not each.own}
    own = {each.id for each in here.evidence if each.own} - passages
    findings = len({each.id for each in here.evidence} - passages - own)
    told = [counted(len(passages), "passage") + f" from {counted(here.sources, 'source')}"] if passages else []
    told += [f"{counted(len(own), 'answer')} in the researchers' forms"] if own else []
    told += [counted(findings, "finding")] if findings else []
    return one_of(told, "and")


def _at_site(row: RowStatus, here: AtSite | None, schema: Schema) -> Cell:
    if here is None:
        return cell(line(Run("Not a row for this site", quiet=True)))
    words = _OF_KIND.get((row.kind, here.standing), _STANDINGS[here.standing])
    if not here.evidence:
        return cell(line(Run(words, quiet=True)))
    notes = tuple(dict.fromkeys(_note(each, schema) for each in here.evidence))
    return cell(line(Run(words, strong=True)), line(Run(_behind(here), notes)))


def _note(each: Evidence, schema: Schema) -> Note:
    """The passage, who said it where, and how it was judged."""
    said = f"\u201c{each.words}\u201d" if each.mode == "verbatim" else each.words
    where = ", ".join(filter(None, (each.speaker, each.source or "a finding of the team", each.place)))
    judged = [schema.terms("bearing").words(each.direction)] if each.direction else []
    if each.how_sure and each.how_sure != "not_stated":
        judged.append(f"{schema.terms('confidence').words(each.how_sure)} confidence")
    if each.coder:
        judged.append(f"judged by {each.coder}")
    behind = f" ({'; '.join(judged)})" if judged else ""
    return Note(f"{said} {where}{behind}.")
