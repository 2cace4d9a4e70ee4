"""What a study changes in the summary tables, in its summary_tables.yaml: rows added by site, reworded, hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from journeys.instruments.own_entries import OwnEntries
from journeys.instruments.summary_tables import RowKind, SummaryRow, SummaryTables, is_row_id, shipped_summary_tables
from journeys.model.code_keys import key_order
from journeys.model.phrases import counted, one_of
from journeys.model.problems import Address, Problem, Report
from journeys.model.suggestions import did_you_mean
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, load_lined_yaml

_PARTS = ("extends", "title", "tables", "rows")
_OF_TABLE = ("title",)
_OF_ROW = ("text", "table", "kind", "section", "row", "site", "note", "hidden")
_KINDS: Mapping[str, RowKind] = {kind: kind for kind in get_args(RowKind)}
_CHANGES = ("new table", "new row", "reworded row", "hidden row")


def study_summary_tables(path: Path, *, name: str, report: Report) -> SummaryTables:
    """The summary tables of a study that has a summary_tables.yaml.

    Every entry that cannot be used is reported with its line, and left out; so is a file that cannot be read at all.
    """
    try:
        source = load_lined_yaml(path, name=name, typed=False)
    except BrokenSchema as error:
        report(Problem("bad_summary_tables", error.address, error.what, ""))
        return replace(shipped_summary_tables(), file=name)
    return _Changes(source, report).tables()


class _Changes(OwnEntries):
    """The tables on their way from those shipped to the study's."""

    def __init__(self, source: LinedYaml, report: Report) -> None:
        super().__init__(source, report, "bad_summary_tables", "the summary tables", _PARTS)
        self._done: Counter[str] = Counter()
        self._base = shipped_summary_tables() if self.extends() else None
        self._titles: dict[str, str] = dict(self._base.titles) if self._base else {}
        self._rows: dict[str, SummaryRow] = dict(self._base.rows) if self._base else {}

    def tables(self) -> SummaryTables:
        """The tables with every change that can be made."""
        for key, held in self.entries("tables", _OF_TABLE):
            if "title" not in held:
                self.say(("tables", key), f"The table {key} has no title.", "Write `title: …` below it.")
                continue
            self._done["new table"] += key not in self._titles
            self._titles[key] = held["title"]
        for key, held in self.entries("rows", _OF_ROW):
            self._row(key, held)
        if not self._rows:
            self.say((), "The summary tables have no rows.", "Write some under `rows:`, or `extends: shipped`.")
        title = self.text(("title",), self.content.get("title")) or (self._base.title if self._base else "")
        titles = dict(sorted(self._titles.items(), key=lambda item: key_order(item[0])))
        return SummaryTables(title or "Summary tables", titles, self._rows, self._origin(), self.source.file)

    def _origin(self) -> str:
        made = [counted(self._done[what], what) for what in _CHANGES if self._done[what]]
        if self._base is None:
            return "the study's own summary tables"
        whole = "the shipped summary tables"
        return f"{whole}, with {', '.join(made)} of the study's own" if made else whole

    def _row(self, key: str, held: Mapping[str, str]) -> None:
        where: Location = ("rows", key)
        before = self._rows.get(key)
        address = Address(self.source.file, None, f"line {self.source.line(where)}")
        if before is None:
            made = self._new_row(key, held, address)
            if made is None:
                return
            self._rows[key] = made
            self._done["new row"] += 1
        else:
            moved = [name for name in ("table", "kind", "section", "row", "site") if name in held]
            if moved:
                remedy = "Leave it out, or add a row with an id of its own."
                self.say((*where, moved[0]), f"{key} is a row of the shipped tables; its {moved[0]} stays.", remedy)
            text = held.get("text", before.text)
            if text != before.text:
                self._done["reworded row"] += 1
                before = replace(before, text=text, printed=before.text, reading="clear", ocr="", address=address)
            self._rows[key] = replace(before, note=held.get("note", before.note))
        hidden = self.yes((*where, "hidden"), held.get("hidden", ""))
        self._done["hidden row"] += hidden
        self._rows[key] = replace(self._rows[key], hidden=hidden)

    def _new_row(self, key: str, held: Mapping[str, str], address: Address) -> SummaryRow | None:
        where: Location = ("rows", key)
        if not is_row_id(key):
            remedy = "Write letters, then digits, such as N1-01; dots and hyphens may stand within."
            self.say(where, f"{key!r} cannot be the id of a row.", remedy)
            return None
        missing = [name for name in ("text", "table", "kind") if name not in held]
        if missing:
            meant = did_you_mean(key, self._rows)
            said = f"{meant.strip()} " if meant else ""
            message = f"There is no row {key}, and for a new one {one_of(missing, 'and')} must be said."
            self.say(where, message, f"{said}For a new row write its {one_of(missing, 'and')}.")
            return None
        kind = _KINDS.get(held["kind"].strip().casefold().replace(" ", "_"))
        if kind is None:
            self.say((*where, "kind"), f"{held['kind']!r} is not a kind of row.", f"Write {one_of(_KINDS)}.")
            return None
        if held["table"] not in self._titles:
            known = ", ".join(self._titles) or "none yet"
            message = f"There is no table {held['table']!r}."
            self.say((*where, "table"), message, f"The tables: {known}. Add a table under `tables:`.")
            return None
        return SummaryRow(
            key, kind, held["table"], held["text"], held.get("row", ""), held.get("section", ""),
            note=held.get("note", ""), site=held.get("site"), address=address,
        )  # fmt: skip
