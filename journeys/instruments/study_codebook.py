"""What a study changes in the codebook, in its codebook.yaml: labels, new codes and sheets, merges, retirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from journeys.instruments.codebook import Code, Codebook, CodeSheet, Group, shipped_codes
from journeys.instruments.own_entries import OwnEntries
from journeys.model.code_keys import is_key, key_order, nearest_codes
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Report
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, load_lined_yaml

_PARTS = ("extends", "title", "sheets", "groups", "codes")
_OF_SHEET = ("title", "note")
_OF_GROUP = ("label", "sheet", "note")
_OF_CODE = ("label", "sheet", "group", "definition", "note", "retired", "merged_into")
_CHANGES = ("new sheet", "new code", "new label", "merged code", "retired code")


def study_codebook(
    path: Path, *, name: str, report: Report, imported: Callable[[Codebook], Codebook] = lambda codebook: codebook
) -> Codebook:
    """The codebook of a study that has a codebook.yaml, without the codes that instruments suggest.

    ``imported`` adds the codes of projects of other programs to what the file changes.
    Every entry that cannot be used is reported with its line, and left out; so is a file that cannot be read at all.
    """
    try:
        source = load_lined_yaml(path, name=name, typed=False)
    except BrokenSchema as error:
        report(Problem("bad_codebook", error.address, error.what, ""))
        return replace(imported(shipped_codes()), file=name)
    return _Changes(source, report, imported).codebook()


class _Changes(OwnEntries):
    """The codebook on its way from the shipped one to the study's."""

    def __init__(self, source: LinedYaml, report: Report, imported: Callable[[Codebook], Codebook]) -> None:
        super().__init__(source, report, "bad_codebook", "the codebook", _PARTS)
        self._done: Counter[str] = Counter()
        self._base = shipped_codes() if self.extends() else None
        before = imported(self._base or replace(shipped_codes(), sheets=(), codes={}))
        self._sheets: dict[str, CodeSheet] = {sheet.id: sheet for sheet in before.sheets}
        self._codes: dict[str, Code] = dict(before.codes)

    def codebook(self) -> Codebook:
        """The codebook with every change that can be made."""
        for key, held in self.entries("sheets", _OF_SHEET):
            self._sheet(key, held)
        for key, held in self.entries("groups", _OF_GROUP):
            self._group(key, held)
        entries = list(self.entries("codes", _OF_CODE))
        for key, held in entries:
            self._code(key, held)
        for key, held in entries:
            self._merge(key, held)
        codes = dict(sorted(self._codes.items(), key=lambda item: key_order(item[0])))
        sheets = tuple(sorted(self._sheets.values(), key=lambda sheet: key_order(sheet.id)))
        if not codes:
            self.say((), "The codebook has no codes.", "Write codes under `codes:`, or `extends: shipped`.")
        title = self.text(("title",), self.content.get("title")) or (self._base.title if self._base else "Codebook")
        types = self._base.evidence_types if self._base else ()
        return Codebook(title, sheets, codes, types, self._origin(), self.source.file)

    def _origin(self) -> str:
        made = [counted(self._done[what], what) for what in _CHANGES if self._done[what]]
        whole = "the shipped codebook" if self._base else "the study's own codebook"
        if self._base is None:
            return whole
        return f"{whole}, with {', '.join(made)} of the study's own" if made else whole

    def _sheet(self, key: str, held: Mapping[str, str]) -> None:
        where: Location = ("sheets", key)
        if key in self._sheets:
            before = self._sheets[key]
            after = replace(before, title=held.get("title", before.title), note=held.get("note", before.note))
            self._done["new label"] += after.title != before.title
            self._sheets[key] = after
        elif not is_key(key):
            self.say(where, f"{key!r} cannot be the number of a sheet.", "Write a number, such as 11.")
        elif "title" not in held:
            self.say(where, f"The sheet {key} is new and has no title.", "Write `title: …` below it.")
        else:
            self._sheets[key] = CodeSheet(key, held["title"], held.get("note", ""))
            self._done["new sheet"] += 1

    def _group(self, key: str, held: Mapping[str, str]) -> None:
        where: Location = ("groups", key)
        sheet = next((s for s in self._sheets.values() if any(g.id == key for g in s.groups)), None)
        if sheet is not None:
            changed = tuple(
                replace(g, label=held.get("label", g.label), note=held.get("note", g.note)) if g.id == key else g
                for g in sheet.groups
            )
            if held.get("sheet", sheet.id) != sheet.id:
                self.say(where, f"The heading {key} is on sheet {sheet.id}.", "Leave `sheet` out.")
            self._done["new label"] += changed != sheet.groups
        elif "label" not in held or held.get("sheet") not in self._sheets:
            self.say(where, f"The heading {key} is new.", "Write its `label`, and the `sheet` it is on.")
            return
        else:
            sheet = self._sheets[held["sheet"]]
            changed = (*sheet.groups, Group(key, held["label"], held.get("note", "")))
        self._sheets[sheet.id] = replace(sheet, groups=changed)

    def _code(self, key: str, held: Mapping[str, str]) -> None:
        where: Location = ("codes", key)
        before = self._codes.get(key)
        address = Address(self.source.file, None, f"line {self.source.line(where)}")
        if before is None:
            before = self._new_code(key, held, address)
            if before is None:
                return
            self._done["new code"] += 1
        elif "label" in held and held["label"] != before.label:
            before = replace(before, label=held["label"], printed=before.label, reading=None, address=address)
            self._done["new label"] += 1
        sheet = held.get("sheet", before.sheet)
        if sheet not in self._sheets:
            known = ", ".join(self._sheets)
            self.say(
                (*where, "sheet"), f"There is no sheet {sheet!r}.", f"Write one of {known}, or add it under `sheets:`."
            )
            return
        group = held.get("group", before.group if sheet == before.sheet else None)
        if group is not None and all(each.id != group for each in self._sheets[sheet].groups):
            known = ", ".join(each.id for each in self._sheets[sheet].groups) or "it has none"
            self.say((*where, "group"), f"Sheet {sheet} has no heading {group!r}.", f"Its headings: {known}.")
            return
        retired, retired_on = self._retired((*where, "retired"), held.get("retired", ""))
        self._done["retired code"] += retired
        self._codes[key] = replace(
            before,
            sheet=sheet,
            group=group,
            retired=retired,
            retired_on=retired_on,
            definition=held.get("definition", before.definition),
            note=held.get("note", before.note),
        )

    def _retired(self, where: Location, held: str) -> tuple[bool, date | None]:
        """Whether a code is retired, and the last day on which it was in use."""
        try:
            return True, date.fromisoformat(held)
        except ValueError:
            return self.yes(where, held, ", or the last day on which the code was in use, such as 2012-03-31"), None

    def _new_code(self, key: str, held: Mapping[str, str], address: Address) -> Code | None:
        where: Location = ("codes", key)
        if not is_key(key):
            remedy = "Write letters and digits, in parts joined by dots, such as 6.17."
            self.say(where, f"{key!r} cannot be the key of a code.", remedy)
            return None
        if "label" not in held:
            near = nearest_codes(key, {each: code.label for each, code in self._codes.items()})
            meant = f"Did you mean {' or '.join(near)}? " if near else ""
            self.say(where, f"There is no code {key}.", f"{meant}For a new code, write its `label`.")
            return None
        first = key.split(".")[0]
        if "sheet" not in held and first not in self._sheets:
            self.say(where, f"The code {key} is new, and there is no sheet {first!r}.", "Write `sheet: …` below it.")
            return None
        return Code(key, held["label"], held.get("sheet", first), address=address)

    def _merge(self, key: str, held: Mapping[str, str]) -> None:
        """Merge a code into another, once every code is known."""
        target, where = held.get("merged_into"), ("codes", key, "merged_into")
        if target is None or key not in self._codes:
            return
        if target not in self._codes:
            near = nearest_codes(target, {each: code.label for each, code in self._codes.items()})
            meant = f"Did you mean {' or '.join(near)}?" if near else "Write the key of a code."
            self.say(where, f"There is no code {target!r} to merge {key} into.", meant)
            return
        if self._codes[target].retired or self._codes[key].retired:
            which = target if self._codes[target].retired else key
            self.say(where, f"{key} cannot be merged into {target}: {which} is retired.", "Do one of the two.")
            return
        onward: str | None = target
        while onward is not None:
            if onward == key:
                self.say(where, f"{key} would be merged into itself.", "Name a code that stays.")
                return
            onward = self._codes[onward].merged_into
        self._codes[key] = replace(self._codes[key], merged_into=target)
        self._done["merged code"] += 1
