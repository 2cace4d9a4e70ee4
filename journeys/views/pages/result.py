"""Pages of results: a question with its answer, or a measure with its tables and pictures, and the claims behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.measures.run import Analysis
from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.questions.answer import Answer
from journeys.model.phrases import as_typed, counted
from journeys.views.pages.claim_card import claim_card, claim_key
from journeys.views.pages.frame import PageFrame, Targets, linked_at
from journeys.views.pages.plain_words import plain_words, says
from journeys.views.pages.readable import readable
from journeys.views.pictures.charts.figures import Draw, table_svg
from journeys.views.render import asset, render
from journeys.views.tables import rounded, shown
from journeys.views.terminal.measures import about
from journeys.views.terminal.question_answer import conditions, resting_on, shown_columns
from journeys.views.text import sanitized, shortened

MOST_ROWS = 200
"""More rows than a page shows; the file that a command writes has all."""
_REFERENCES = 8
"""So many numbers of claims stand in a row; how many more there are is said."""
_CELL = 400
_DAY = re.compile(r"(?:\d{1,2} )?[A-Z][a-z]+ \d{4}")
_TOKEN = re.compile(r"[^\s-]{21,}")
_MANY = 10
"""A table of more columns has smaller letters and less room between them, so that it fits its frame."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, and the numbers of the claims that it rests on as links to their places."""

    cells: tuple[Markup, ...]
    claims: Markup


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table of a page, with what is said below it and its picture, if it can be drawn."""

    name: str
    title: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    picture: Markup
    href: str = ""
    """The page that has more of it."""

    @property
    def many(self) -> bool:
        """Whether it has so many columns that they have to stand close."""
        return len(self.heads) > _MANY


class Claims:
    """The claims of a page, each once, numbered in the order in which rows name them."""

    def __init__(self, held: Mapping[str, ClaimRecord], targets: Targets) -> None:
        self._held, self._targets = held, targets
        self._numbers: dict[str, int] = {}

    def row(self, values: Sequence[Any], ids: Sequence[str]) -> Row:
        """A row of values that rests on the claims with these ids."""
        known = [each for each in ids if self._is_shown(each)]
        numbers = [self._numbers.setdefault(each, len(self._numbers) + 1) for each in known[:_REFERENCES]]
        named = self._targets.places(thing for each in known for thing in self._things(self._held[each]))
        cells = tuple(_cell(value, named) for value in values)
        more = f" +{len(known) - len(numbers):,}" if len(known) > len(numbers) else ""
        # Keys and numbers have nothing to escape, and a page has thousands of them.
        links = (f'<a href="#{claim_key(each)}">{number}</a>' for each, number in zip(known, numbers, strict=False))
        return Row(cells, Markup(", ".join(links) + more))

    def _is_shown(self, claim_id: str) -> bool:
        """Structure that stands in no cell of a page, as that a form is about its document, is nothing to look up."""
        claim = self._held.get(claim_id)
        return claim is not None and (claim.kind.asserted or bool(self._targets.cell(claim.address)))

    def cards(self) -> Iterator[dict[str, Any]]:
        """The claims that rows have named so far, with their numbers."""
        nobody = Entity("", "", "")
        for claim_id, number in self._numbers.items():
            yield {"number": number, "card": claim_card(self._held[claim_id], nobody, self._targets)}

    @staticmethod
    def _things(claim: ClaimRecord) -> Iterator[Entity]:
        yield from (claim.start, claim.end)
        if claim.source:
            yield Entity(claim.source.id, "DataSource", claim.source.name)
        if claim.meeting:
            yield Entity(claim.meeting.id, "Meeting", claim.meeting.title)


def row_id(table: str, row: int) -> str:
    """The id of a row of a table on its page."""
    return f"row-{table}-{row}"


def row_href(table: str, row: int) -> str:
    """The address, on the page of its measure, of a row of a table; "" for one that the page does not show."""
    return f"#{row_id(table, row)}" if row < MOST_ROWS else ""


def answer_table(
    answer: Answer, claims: Claims, most: int = MOST_ROWS, *, name: str = "answer", title: str = "Answer"
) -> ResultTable:
    """The first rows of an answer as a table of a page; what is left out is said below it."""
    columns = shown_columns(answer.columns)
    heads = [(answer.columns[at], answer.query.returns.get(answer.columns[at], "")) for at in columns]
    read = readable(heads, [[row[at] for at in columns] for row in answer.rows_in_words], most)
    rows = tuple(claims.row(row, ids) for row, ids in zip(read.rows, answer.claim_ids[:most], strict=True))
    command = f"journeys ask {answer.query.short_name} -o FILE.xlsx"
    asked = [] if title == "Answer" else [answer.query.words]
    notes = [*asked, resting_on(answer), *filter(None, [read.note]), *_cut(len(answer.rows), command, most)]
    return ResultTable(name, title, read.columns, rows, tuple(notes), Markup())


def answer_page(answer: Answer, cypher: str, frame: PageFrame, said: Sequence[str] = ()) -> str:
    """The page of a question; ``cypher`` is the query as it can be pasted into Neo4j Browser, ``said`` stands above."""
    claims = Claims(answer.claims, frame.targets)
    table = answer_table(answer, claims)
    boxes = [
        {
            "about": box.about,
            "said": box.text or str(box.status).replace("_", " "),
            "question": box.question,
            "address": str(box.address),
            "href": frame.targets.cell(box.address),
        }
        for box in answer.boxes[:MOST_ROWS]
    ]
    chosen = [f"{name.replace('_', ' ')}: {words}" for name, words in conditions(answer, defaults=False).items()]
    return result_page(
        answer.query.title,
        answer.query.words,
        [table],
        claims,
        frame,
        chosen=[*chosen, *said],
        cypher=cypher,
        boxes=boxes,
        command=f"journeys ask {answer.query.short_name}",
    )


def measure_page(analysis: Analysis, frame: PageFrame, draw: Draw = table_svg) -> str:
    """The page of a measure: each table with its picture, its n, what was left out, notes and method."""
    claims = Claims(analysis.claims, frame.targets)
    name, site = analysis.measure.name, analysis.conditions.get("site")
    return result_page(
        name.replace("-", " ").capitalize() + (f": {site}" if site else ""),
        analysis.measure.answers,
        [_measured(table, claims, name, draw) for table in analysis.tables],
        claims,
        frame,
        chosen=[f"{what}: {words}" for what, words in analysis.conditions.items()],
        plain=plain_words(name, analysis.measure.lens),
        says=says(name, analysis.measure.lens),
        command=f"journeys analyse {name}" + (f" --site {as_typed(site)}" if site else ""),
    )


def _measured(table: MeasureTable, claims: Claims, measure: str, draw: Draw) -> ResultTable:
    columns = shown_columns(tuple(table.columns))
    named = list(table.columns.items())
    values = [[row.values[at] for at in columns] for row in table.rows]
    read = readable([named[at] for at in columns], values, MOST_ROWS)
    shown_rows = zip(read.rows, table.rows[:MOST_ROWS], strict=True)
    rows = tuple(claims.row(told, row.claims) for told, row in shown_rows)
    command = f"journeys analyse {measure} --table {table.name} -o FILE.xlsx"
    return ResultTable(
        table.name,
        table.title,
        read.columns,
        rows,
        (
            *filter(None, [read.note]),
            *_cut(len(table.rows), command),
            *(f"{line[:1].upper()}{line[1:]}" for line in about(table)),
        ),
        Markup(draw(measure, table, lambda row: row_href(table.name, row))),
    )


def result_page(
    title: str, question: str, tables: Sequence[ResultTable], claims: Claims, frame: PageFrame, **more: Any
) -> str:
    """A page of tables with the claims behind their rows; ``more`` is what else the template takes."""
    return render(
        "result.html.j2",
        title=title,
        question=question,
        styles=[asset("result.css")],
        tables=tables,
        claims=list(claims.cards()),
        **{"cypher": "", "boxes": [], "chosen": [], "plain": (), "head": "", "contents": (), "says": "", **more},
        **frame.context(),
    )


def _cut(rows: int, command: str, most: int = MOST_ROWS) -> list[str]:
    more = rows - most
    return [f"{counted(more, 'more row')} not shown: {command} writes all."] if more > 0 else []


def _cell(value: Any, named: Mapping[str, str]) -> Markup:
    """A value with links at the names in it; a day stays on one line."""
    words = shortened(_words(value), _CELL)
    if _DAY.fullmatch(words):
        return Markup('<span class="day">{}</span>').format(words)
    linked = linked_at(words, named)
    # An id or the name of a file has no place to break at, and would make its column as wide as it is.
    return Markup('<span class="token">{}</span>').format(linked) if _TOKEN.search(words) else linked


def _words(value: Any) -> str:
    return sanitized(shown(rounded(value)))
