"""The codebook while a study is read: which codes are used, and the nodes and ties that the graph needs for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journeys.instruments.codebook import Code, Codebook, shipped_codebook
from journeys.instruments.coded_passages import same_place, same_words
from journeys.instruments.files.cells import Cell
from journeys.instruments.researchers import divided_initials
from journeys.interpret.coding_decisions import CodingDecisions
from journeys.model.code_keys import read_codes
from journeys.model.date_span import UNKNOWN, DateSpan, DateUnreadable, named_day
from journeys.model.dates import read_date
from journeys.model.identity import content_hash
from journeys.model.phrases import counted, one_of
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.records import Authority, Node, Value


def passage_key(source: str, place: str | None, text: str) -> list[str]:
    """The natural key of a passage: its source, its words and its place, so that two who write it down mean one."""
    return [source, "passages", content_hash(same_place(place), same_words(text))]


@dataclass(slots=True)
class CodesInUse:
    """What a study has coded so far while it is being read.

    ``passages`` are the ids of passages that forms keep, so that a coding adds nothing to what they say, and ``asked``
    those of which it was asked whether they are kept; ``coders`` the
    file in which a coder coded a source first; ``evidence`` the type of each piece of evidence, and who says so.
    """

    codebook: Codebook = field(default_factory=shipped_codebook)
    researchers: Sequence[str] = ()
    passages: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    coders: dict[tuple[str, str], str] = field(default_factory=dict)
    evidence: dict[str, tuple[Authority, str, Address]] = field(default_factory=dict)
    decisions: CodingDecisions = field(default_factory=CodingDecisions)
    used: bool = False
    _merged: dict[tuple[str | None, str], list[Address]] = field(default_factory=dict)
    _coded_late: dict[tuple[str | None, str], list[Address]] = field(default_factory=dict)
    _perhaps_late: Counter[str] = field(default_factory=Counter)

    @property
    def in_graph(self) -> bool:
        """Whether the graph holds the codebook: if anything is coded, or the study has a codebook of its own."""
        return self.used or self.codebook.file is not None

    def keeps(self, passage: str) -> bool:
        """Whether a form keeps the passage with this id."""
        self.asked.add(passage)
        return passage in self.passages

    def read(self, given: Cell, report: Report) -> list[str]:
        """The keys in a cell, as written; what is no code, or was changed by a spreadsheet, is reported."""
        keys = []
        for code in read_codes(given.value, self.codebook.labels):
            if code.message:
                severity = Severity.ERROR if code.key is None else Severity.WARNING
                report(Problem("unknown_code", given.address, code.message, code.remedy, severity))
            if code.key is not None and code.key not in keys:
                keys.append(code.key)
        return keys

    def note_type(self, node: Node) -> None:
        """Remember the type of a piece of evidence: that of its weightiest description."""
        kind = node.properties.get("evidence_type")
        if node.label == "Evidence" and kind is not None and str(kind) in self.codebook.codes:
            said = (node.authority, str(kind), node.address)
            if node.id not in self.evidence or node.authority < self.evidence[node.id][0]:
                self.evidence[node.id] = said

    def coded(self, key: str, address: Address, when: str | None = None) -> tuple[Code, dict[str, Value]]:
        """The code that a key now stands for, and what a coding keeps of the key as written.

        ``when`` it was coded, in the words used, tells whether a retired code was still in use.
        """
        self.used = True
        written, code = self.codebook.codes[key], self.codebook.current(key)
        if code is not written:
            self._merged.setdefault((address.file, key), []).append(address)
        elif written.retired:
            made = _day_span(when) if written.retired_on else UNKNOWN
            if written.retired_on and made.date_from and made.date_from > written.retired_on:
                self._coded_late.setdefault((address.file, key), []).append(address)
            elif not (written.retired_on and made.date_to and made.date_to <= written.retired_on):
                self._perhaps_late[key] += 1
        return code, {"coded_as": key} if code is not written else {}

    @property
    def retired_in_use(self) -> str:
        """How many codings have retired codes and may be older than that; "" where there are none."""
        number = self._perhaps_late.total()
        return f"{counted(number, 'coding')} with retired codes ({', '.join(self._perhaps_late)})" if number else ""

    def report_former(self, report: Report) -> None:
        """Say, once for each file and code, what has merged codes, and codes that were retired before."""
        where = self.codebook.file or "codebook.yaml"
        for (_, key), places in self._merged.items():
            code, number = self.codebook.current(key), counted(len(places), "coding")
            message = f"{number} with {key} {_counts(places)} as {code.shown}, into which it was merged ({where})."
            remedy = f"Write {code.key} if you like; the key {key} is kept with each coding."
            report(Problem("merged_code", places[0], message, remedy, Severity.WARNING))
        for (_, key), places in self._coded_late.items():
            code, number = self.codebook.codes[key], counted(len(places), "coding")
            until = named_day(code.retired_on) if code.retired_on else ""
            message = (
                f"{number} with {code.shown} made after {until}, when it was retired ({where}). Counted all the same."
            )
            remedy = "Use another code, or correct the date of the coding or of the retirement."
            report(Problem("retired_code", places[0], message, remedy, Severity.WARNING))

    def codes(self) -> Iterator[tuple[Code, dict[str, Value]]]:
        """The codes as the graph holds them; one that was merged is none of its own."""
        for code in self.codebook.codes.values():
            if code.merged_into is None:
                held = {
                    "code": code.key,
                    "label": code.label,
                    "shown_as": code.shown,
                    "codebook_sheet": code.sheet,
                    "sheet_title": next(s.title for s in self.codebook.sheets if s.id == code.sheet),
                    "group": self.codebook.group_label(code),
                    "reading": code.reading,
                    "ocr": code.ocr,
                    "definition": code.definition,
                    "note": code.note,
                    "printed_label": code.printed,
                    "retired": True if code.retired else None,
                    "merged": self._merged_into(code.key),
                    "colour": code.colour,
                    "sets": list(code.sets),
                    "suggested_for": [each.field for each in self.codebook.suggested_for.get(code.key, ())],
                }
                yield code, {name: value for name, value in held.items() if value}

    def _merged_into(self, key: str) -> list[str]:
        merged = (code.key for code in self.codebook.codes.values() if code.merged_into is not None)
        return [each for each in merged if self.codebook.current(each).key == key]

    def report_coder(self, coder: str, address: Address, report: Report) -> None:
        """Say that a coder is not among the researchers of the study, where it names any."""
        if self.researchers and coder.casefold() not in {each.casefold() for each in self.researchers}:
            message = f"The coder {coder!r} is not among the researchers in study.yaml."
            remedy = f"Correct the initials, or add them there. There are: {', '.join(self.researchers)}."
            report(Problem("unknown_coder", address, message, remedy, Severity.WARNING))

    def report_divided(self, given: Cell, report: Report) -> None:
        """Say that initials with a "/" or "+" were read as several people, unless study.yaml names each of them."""
        found = divided_initials(given.text)
        if found and not {each.casefold() for each in found} <= {each.casefold() for each in self.researchers}:
            message = f"{given.text.strip()!r} was read as {len(found)} people: "
            message += f"{one_of(found, 'and')}."
            remedy = "If it is one person, write the initials without / and +."
            report(Problem("several_initials", given.address, message, remedy, Severity.WARNING))


def _day_span(when: str | None) -> DateSpan:
    """When something was coded, as far as the words say; a time of day is left out."""
    try:
        return read_date(re.sub(r"(?<=\d)T\d\d:.*", "", when)) if when else UNKNOWN
    except DateUnreadable:
        return UNKNOWN


def _counts(places: Sequence[Address]) -> str:
    return "counts" if len(places) == 1 else "count"
