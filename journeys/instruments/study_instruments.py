"""A study's own instruments, and its changes to those that are shipped, from its folder `instruments`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from journeys.instruments.definition import Ask, FieldDefinition, GuidancePart, Instrument, Section, StudyDefinition
from journeys.instruments.definition_flaws import flaws
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.instruments.table_definition import validated
from journeys.model.code_keys import CODEBOOK, CODING_WORKBOOK
from journeys.model.identity import folded
from journeys.model.problems import Problem, Report
from journeys.model.schema import Schema
from journeys.model.suggestions import did_you_mean
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, load_lined_yaml

_ID = re.compile(r"[a-z][a-z0-9_]*")


class QuestionChange(StudyDefinition):
    """What a study changes in a shipped question: its wording, whether it is printed, what stands beside it."""

    question: str | None = None
    hidden: bool = False
    note: str | None = None
    suggested_codes: tuple[str, ...] | None = None


class SectionAddition(StudyDefinition):
    """Questions that a study adds to a section, ``after`` one of its fields or at its end; or a section of its own."""

    id: str
    sheet: str = ""
    title: str | None = None
    instruction: str = ""
    needs_sources: bool = False
    after: str | None = None
    fields: tuple[FieldDefinition, ...]


class Extension(StudyDefinition):
    """What a study changes in a shipped instrument."""

    extends: str
    title: str | None = None
    hidden: bool = False
    guidance: tuple[GuidancePart, ...] = ()
    questions: dict[str, QuestionChange] = Field(default_factory=dict)
    sections: tuple[SectionAddition, ...] = ()


def study_instruments(paths: Mapping[str, Path], schema: Schema, report: Report) -> InstrumentSet:
    """The shipped instruments with what the files at ``paths`` (by the names that messages call them) add and change.

    Each file that cannot be used is reported with its line, and left out.
    """
    found = shipped_instruments()
    if not paths:
        return found
    by_name, changed = dict(found.by_name), dict[str, str]()
    for name, path in paths.items():
        try:
            source = load_lined_yaml(path, name=name)
            made = _read(source, by_name, changed, schema)
        except BrokenSchema as error:
            report(Problem("bad_instrument", error.address, error.what, ""))
            continue
        by_name[made.instrument], changed[made.instrument] = made, name
    return InstrumentSet(by_name, frozenset(changed))


def _read(source: LinedYaml, known: Mapping[str, Instrument], changed: Mapping[str, str], schema: Schema) -> Instrument:
    content = source.content
    if not isinstance(content, dict) or not {"extends", "instrument"} & set(content):
        raise source.broken((), "write `extends:` with the name of a shipped form, or `instrument:` for a new one.")
    extends = "extends" in content
    made = _Extended(source, known).instrument() if extends else _own(source, known)
    if made.instrument in changed:
        what = ("extends",) if extends else ("instrument",)
        raise source.broken(what, f"{changed[made.instrument]} is about {made.instrument} too. Keep one of the two.")
    titles = {folded(each.title): each for each in known.values() if each.instrument != made.instrument}
    if folded(made.title) in titles:
        other = titles[folded(made.title)].instrument
        raise source.broken(("title",), f"the form {other} has the same title. Write another.")
    for where, message in flaws(made, schema):
        raise source.broken(_in_extension(where, made, source) if extends else where, message)
    return made


def _own(source: LinedYaml, known: Mapping[str, Instrument]) -> Instrument:
    made: Instrument = validated(Instrument, source)
    if not _ID.fullmatch(made.instrument):
        raise source.broken(("instrument",), "write its name in small letters, digits and _, like monitor_visit.")
    if made.instrument in (*known, CODEBOOK, CODING_WORKBOOK):
        remedy = f"To change that one, write `extends: {made.instrument}`; for a new one, choose another name."
        raise source.broken(("instrument",), f"there is a form {made.instrument} already. {remedy}")
    for number, section in enumerate(made.sections):
        _check_ids(source, section.fields, ("sections", number, "fields"))
    return made


def _check_ids(source: LinedYaml, fields: tuple[FieldDefinition, ...], where: Location) -> None:
    for place, field in enumerate(fields):
        for name in (field.id, *(ask.id for ask in field.asks)):
            if not _ID.fullmatch(name):
                message = f"{name!r} cannot be used as an id. Write small letters, digits and _, like how_measured."
                raise source.broken((*where, place, "id"), message)


class _Extended:
    """A shipped instrument on its way to what a study makes of it."""

    def __init__(self, source: LinedYaml, known: Mapping[str, Instrument]) -> None:
        self._source = source
        self._extension: Extension = validated(Extension, source)
        name = self._extension.extends
        if name not in known:
            meant = did_you_mean(name, known)
            there = ", ".join(sorted(known))
            raise source.broken(("extends",), f"there is no form {name!r}.{meant} There are: {there}.")
        self._base = known[name]

    def instrument(self) -> Instrument:
        """The instrument with every change. Raises BrokenSchema for one that cannot be made."""
        given = self._extension
        sections = tuple(map(self._with_changes, self._base.sections))
        for number, addition in enumerate(given.sections):
            _check_ids(self._source, addition.fields, ("sections", number, "fields"))
            sections = self._with_addition(sections, addition, number)
        retitled = given.title is not None and given.title != self._base.title
        return self._base.model_copy(
            update={
                "title": given.title or self._base.title,
                "former": (*self._base.former, self._base.title) if retitled else self._base.former,
                "hidden": given.hidden,
                "guidance": (*self._base.guidance, *given.guidance),
                "sections": self._all_used(sections),
            }
        )

    def _with_changes(self, section: Section) -> Section:
        return section.model_copy(update={"fields": tuple(map(self._changed_field, section.fields))})

    def _changed_field(self, field: FieldDefinition) -> FieldDefinition:
        change = self._extension.questions.get(field.id)
        asks = tuple(self._changed_ask(field, ask) for ask in field.asks)
        update: dict[str, object] = {"asks": asks}
        if change is not None:
            if change.hidden and field.required:
                message = f"{field.id} identifies the form, and cannot be hidden."
                raise self._source.broken(("questions", field.id, "hidden"), message)
            update["hidden"] = change.hidden
            if change.question is not None:
                former = (*field.former, *([field.question] if field.question else ()))
                update |= {"question": change.question, "former": former, "reading": "clear"}
            update |= {"note": change.note} if change.note is not None else {}
            update |= {"suggested_codes": change.suggested_codes} if change.suggested_codes is not None else {}
        return field.model_copy(update=update)

    def _changed_ask(self, field: FieldDefinition, ask: Ask) -> Ask:
        name = f"{field.id}.{ask.id}"
        change = self._extension.questions.get(name)
        if change is None:
            return ask
        for part in ("note", "suggested_codes"):
            if getattr(change, part) is not None:
                message = f"{part} belongs to the whole question. Write it under {field.id}."
                raise self._source.broken(("questions", name, part), message)
        if change.question is None:
            return ask.model_copy(update={"hidden": change.hidden})
        return ask.model_copy(
            update={"hidden": change.hidden, "text": change.question, "former": (*ask.former, ask.text)}
        )

    def _with_addition(
        self, sections: tuple[Section, ...], addition: SectionAddition, number: int
    ) -> tuple[Section, ...]:
        where: Location = ("sections", number)
        there = next((section for section in sections if section.id == addition.id), None)
        if there is None:
            if addition.after is not None:
                raise self._source.broken((*where, "after"), "a new section has no field to stand after. Delete it.")
            if not addition.sheet:
                raise self._source.broken(where, "a new section needs `sheet:`, the name of its sheet.")
            content = addition.model_dump(exclude={"after", "fields"})
            return (*sections, Section.model_validate({**content, "fields": addition.fields}))
        if there.columns:
            raise self._source.broken((*where, "id"), f"the section {there.id} is a table; it takes no questions.")
        ids = [field.id for field in there.fields]
        if addition.after is not None and addition.after not in ids:
            meant = did_you_mean(addition.after, ids)
            raise self._source.broken((*where, "after"), f"{there.id} has no field {addition.after!r}.{meant}")
        place = ids.index(addition.after) + 1 if addition.after is not None else len(ids)
        longer = there.model_copy(update={"fields": (*there.fields[:place], *addition.fields, *there.fields[place:])})
        return tuple(longer if section is there else section for section in sections)

    def _all_used(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        known = [name for section in self._base.sections for field in section.fields for name in _names(field)]
        for name in self._extension.questions:
            if name not in known:
                message = f"{self._base.instrument} has no question {name!r}.{did_you_mean(name, known)}"
                raise self._source.broken(("questions", name), message)
        return sections


def _names(field: FieldDefinition) -> Iterator[str]:
    yield field.id
    yield from (f"{field.id}.{ask.id}" for ask in field.asks)


def _in_extension(where: Location, made: Instrument, source: LinedYaml) -> Location:
    """The place in an extension of what stands at a place of the instrument that it makes."""
    if len(where) < 4 or where[0] != "sections" or where[2] != "fields":
        return ()
    section, place = where[1], where[3]
    assert isinstance(section, int)
    assert isinstance(place, int)
    wanted = made.sections[section].fields[place].id
    for number, addition in enumerate(source.content.get("sections") or ()):
        for at, field in enumerate(addition.get("fields") or ()):
            if field.get("id") == wanted:
                return ("sections", number, "fields", at, *where[4:])
    return ("questions", wanted)
