"""The codebook: sheets, groups and codes for coding interviews, as shipped and as a study changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from journeys.instruments.definition import Reading
from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.instruments.suggested_codes import SuggestedFor, suggested_in
from journeys.instruments.table_definition import validated
from journeys.model.code_keys import NOT_RECOVERED, is_key, key_order, shown_code
from journeys.model.problems import Address
from journeys.model.resources import resource_folder
from journeys.model.study_names import CODEBOOK_FILE, SHIPPED_CODEBOOK
from journeys.model.yaml_with_lines import Location, load_lined_yaml

SHIPPED_FILE = f"schema/instruments/{CODEBOOK_FILE}"


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _Printed(_Definition):
    """How a wording stands in the printed source."""

    label: str | None
    reading: Reading
    ocr: str = ""
    alternatives: tuple[str, ...] = ()
    note: str = ""


class GroupDefinition(_Printed):
    """A heading over several codes of a sheet."""

    id: str
    codes: tuple[str, ...]


class CodeDefinition(_Printed):
    """A code as the codebook prints it."""

    code: str
    number: str
    definition: str = ""


class SheetDefinition(_Definition):
    """A sheet of the codebook."""

    sheet: str
    title: str | None
    reading: Reading
    ocr: str = ""
    note: str = ""
    groups: tuple[GroupDefinition, ...] = ()
    codes: tuple[CodeDefinition, ...] = Field(min_length=1)


class CodebookDefinition(_Definition):
    """The whole of the shipped codebook.yaml."""

    version: int
    title: str
    note: str = ""
    evidence_types: tuple[str, ...] = ()
    sheets: tuple[SheetDefinition, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook in use.

    ``label`` is None where it is lost; ``printed`` is the label as the source prints it, where a study has another.
    ``retired_on`` is the last day on which it was in use, where that is known.
    ``merged_into`` is the key of the code that it is now part of; ``address`` is where it is defined. ``colour``
    ("#c0392b") and the names of its ``sets`` come with codes of other programs.
    """

    key: str
    label: str | None
    sheet: str
    group: str | None = None
    reading: str | None = None
    ocr: str = ""
    note: str = ""
    definition: str = ""
    printed: str | None = None
    retired: bool = False
    retired_on: date | None = None
    merged_into: str | None = None
    colour: str = ""
    sets: tuple[str, ...] = ()
    address: Address = field(default=Address(SHIPPED_FILE), compare=False)

    @property
    def shown(self) -> str:
        """The code as people read it: "6.2 JSNA", "7.1 [label not recovered]"."""
        return shown_code(self.key, self.label)

    @property
    def offered(self) -> bool:
        """Whether forms offer it for new coding."""
        return not self.retired and self.merged_into is None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several codes of a sheet; its label is None where it is lost."""

    id: str
    label: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """A sheet of the codebook in use: its title, None where it is lost, and its groups; ``imported`` tells that its
    codes came with a project of another program."""

    id: str
    title: str | None
    note: str = ""
    groups: tuple[Group, ...] = ()
    imported: bool = False

    @property
    def heading(self) -> str:
        """Its number and title as printed: "2) Commissioning (General)"."""
        return f"{self.id}) {self.title or '[title not recovered]'}"


@dataclass(frozen=True)
class Codebook:
    """The codebook in use. ``origin`` says which in a few words; ``file`` is the study's file that changes it.

    ``suggested_for`` are the questions of forms for which each code is suggested, by its key.
    """

    title: str
    sheets: tuple[CodeSheet, ...]
    codes: Mapping[str, Code]
    evidence_types: tuple[str, ...] = ()
    origin: str = SHIPPED_CODEBOOK
    file: str | None = None
    suggested_for: Mapping[str, tuple[SuggestedFor, ...]] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[str, str | None]:
        """Key to label of every code, also of those that are retired or merged."""
        return {key: code.label for key, code in self.codes.items()}

    def on_sheet(self, sheet: str, *, also: Iterable[str] = ()) -> list[Code]:
        """The codes that forms offer on a sheet, and those of ``also`` that are on it, in the order of their keys."""
        wanted = set(also)
        found = [c for c in self.codes.values() if c.sheet == sheet and (c.offered or c.key in wanted)]
        return sorted(found, key=lambda code: key_order(code.key))

    def linked(self, keys: Iterable[str], sheets: Iterable[str]) -> list[str]:
        """The keys of the codes that an instrument points to: these, and all that are on the sheets."""
        found = [key for key in keys if key in self.codes]
        return list(dict.fromkeys([*found, *(code.key for sheet in sheets for code in self.on_sheet(sheet))]))

    def group_of(self, code: Code) -> Group | None:
        """The heading that a code stands under, if any."""
        groups = (group for sheet in self.sheets if sheet.id == code.sheet for group in sheet.groups)
        return next((group for group in groups if group.id == code.group), None)

    def group_label(self, code: Code) -> str | None:
        """The words of the heading that a code stands under; None where it stands under none."""
        group = self.group_of(code)
        return None if group is None else group.label or NOT_RECOVERED

    def current(self, key: str) -> Code:
        """The code that ``key`` now stands for: itself, or the one that it was merged into."""
        code = self.codes[key]
        while code.merged_into is not None:
            code = self.codes[code.merged_into]
        return code


@cache
def shipped_codebook(folder: Path | None = None) -> Codebook:
    """The codebook as shipped, or as in ``folder``, with the questions for which the shipped instruments suggest codes.

    Raises BrokenSchema, with file and line, for one that cannot be used.
    """
    return replace(shipped_codes(folder), suggested_for=suggested_in(map(load_instrument, instruments())))


@cache
def shipped_codes(folder: Path | None = None) -> Codebook:
    """``shipped_codebook`` without what the instruments suggest: reading all of these takes ten times as long.

    Raises BrokenSchema, with file and line, for one that cannot be used.
    """
    source = load_lined_yaml((folder or resource_folder("schema") / "instruments") / CODEBOOK_FILE)
    definition: CodebookDefinition = validated(CodebookDefinition, source)
    for where, message in _contradictions(definition):
        raise source.broken(where, message)
    sheets, codes = [], {}
    for number, sheet in enumerate(definition.sheets):
        groups = tuple(Group(group.id, group.label, group.note) for group in sheet.groups)
        sheets.append(CodeSheet(sheet.sheet, sheet.title, sheet.note, groups))
        group_of = {key: group.id for group in sheet.groups for key in group.codes}
        for place, each in enumerate(sheet.codes):
            line = source.line(("sheets", number, "codes", place))
            code = Code(each.code, each.label, sheet.sheet, group_of.get(each.code), each.reading, each.ocr, each.note)
            address = Address(SHIPPED_FILE, None, f"line {line}")
            codes[each.code] = replace(code, definition=each.definition, address=address)
    return Codebook(definition.title, tuple(sheets), codes, definition.evidence_types)


def _contradictions(book: CodebookDefinition) -> Iterator[tuple[Location, str]]:
    """Yield contradictions between entries: keys that appear twice or are not valid, groups with codes of another
    sheet."""
    seen: set[str] = set()
    for number, sheet in enumerate(book.sheets):
        here: Location = ("sheets", number)
        own = [code.code for code in sheet.codes]
        for place, code in enumerate(sheet.codes):
            where = (*here, "codes", place)
            if not is_key(code.code):
                yield where, f"{code.code!r} cannot be a key. Write letters and digits in parts joined by dots."
            if code.code in seen:
                yield where, f"the code {code.code} appears twice."
            seen.add(code.code)
            if code.label is None and not code.note:
                yield where, f"the code {code.code} has no label, and no note says why."
        if own != sorted(own, key=key_order):
            yield here, f"the codes of sheet {sheet.sheet} are not in the order of their keys."
        for place, group in enumerate(sheet.groups):
            for key in group.codes:
                if key not in own:
                    yield (*here, "groups", place), f"the code {key} is not on sheet {sheet.sheet}."
    for key in book.evidence_types:
        if key not in seen:
            yield ("evidence_types",), f"the code {key} is not in the codebook."
