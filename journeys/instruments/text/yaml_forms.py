"""An instrument as YAML: the same content as the workbook, with the questions as comments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from journeys.instruments.answer_checks import checked_answer, unscoped
from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.claim_columns import offers as claim_offers
from journeys.instruments.definition import Instrument, Question, Section
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.yamlfile import YamlNode
from journeys.instruments.guidance import GUIDANCE, POINTER, guidance, suggested_codes
from journeys.instruments.table_sections import offers
from journeys.instruments.text.read_yaml_form import given, listed, named
from journeys.instruments.text.yaml_text import commented, dumped
from journeys.model.code_keys import NOT_RECOVERED
from journeys.model.definitions import NOT_STATED
from journeys.model.lens import Lens
from journeys.model.problems import Address, Problem, Report
from journeys.model.schema import Schema

FORM, VERSION, ROWS = "form", "version", "who_did_what"
WHOLE = "as_a_whole"
"""Where the answer to a printed question stands that is asked piece by piece."""
_PARTS = ("answer", "status", "page", "sources", "codes", "bears_on")


def yaml_form(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> str:
    """The form as text: blank, or with what is known already filled in."""
    return "\n".join(_lines(instrument, schema, filled)) + "\n"


def _lines(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> Iterator[str]:
    statuses = ", ".join(schema.terms("answer_status").terms)
    yield from commented(
        f"{instrument.title}\nWrite after the colons. Write names as in the registers; separate several "
        "with semicolons.\n"
        f"status is one of: {statuses}. An empty answer with no status means that nobody has asked yet."
    )
    if instrument.guidance:
        yield from commented(POINTER)
    yield from dumped({FORM: instrument.instrument, VERSION: instrument.version})
    header = filled.header if filled else {}
    yield ""
    yield f"{instrument.header.id}:"
    for field in instrument.header.fields:
        yield from commented(field.wording + (" (needed)" if field.required else ""), "  ")
        yield from _indented({field.id: header[field.id].text if field.id in header else None}, "  ")
    answers = {(a.field, a.ask, a.scope): a for a in filled.answers} if filled else {}
    for section in instrument.sections[1:]:
        yield ""
        if section.instruction:
            yield from commented(section.instruction)
        if section.columns:
            yield from _table(section, schema, filled)
            continue
        yield f"{section.id}:"
        shown: str | None = None
        for question in instrument.questions(section):
            if question.ask is not None and question.field.id != shown:
                yield ""
                yield from commented(question.field.wording, "  ")
                yield from commented(suggested, "  ") if (suggested := suggested_codes(question.field)) else ()
                yield f"  {question.field.id}:"
                if question.field.whole:
                    whole = Question(section, question.field, None)
                    yield from _question(whole, section, answers, schema.lens, "    ", WHOLE)
            shown = question.field.id
            yield from _question(question, section, answers, schema.lens, "    " if question.ask else "  ")
    yield ""
    yield from commented(
        "Who did what: one entry for each thing that somebody did, according to one source. An entry can have:"
    )
    for column in CLAIM_COLUMNS:
        words, strict = claim_offers(schema, column, {})
        listed = f" One of: {', '.join(words)}." if strict else ""
        yield from commented(f"  {column.id}: {schema.lens.in_words(column.help)}{listed}")
    rows = [{name: given.text for name, given in row.values.items()} for row in filled.claim_rows] if filled else []
    yield from dumped({ROWS: rows})
    if instrument.guidance:
        yield ""
        yield from commented(GUIDANCE)
        for title, lines in guidance(instrument, schema, "yaml"):
            yield "#"
            yield from commented("\n".join((title, *lines)))


def _table(section: Section, schema: Schema, filled: FilledForm | None) -> Iterator[str]:
    yield from commented(f"{section.title or NOT_RECOVERED}\nOne entry for each row. An entry can have:")
    for column in section.columns:
        listed = f" One of: {', '.join(words)}." if (words := offers(column, schema, {})) else ""
        yield from commented(f"  {column.id}: {schema.lens.in_words(column.help)}{listed}")
    rows = filled.tables.get(section.id, ()) if filled else ()
    yield from dumped({section.id: [{name: given.text for name, given in row.values.items()} for row in rows]})


def _question(
    question: Question,
    section: Section,
    answers: Mapping[tuple[str, str | None, str], Answer],
    lens: Lens,
    indent: str,
    name: str | None = None,
) -> Iterator[str]:
    if name is None:
        yield from commented(question.wording, indent)
        if question.ask is None and (suggested := suggested_codes(question.field)):
            yield from commented(suggested, indent)
    yield f"{indent}{name or (question.ask.id if question.ask else question.field.id)}:"
    for scope in question.field.scopes:
        inner = f"{indent}  "
        if question.field.scope_split:
            yield f"{inner}{lens.keys[scope]}:"
            inner += "  "
        ask = question.ask.id if question.ask else None
        answer = answers.get((question.field.id, ask, scope))
        yield from _indented(_parts(answer, section), inner)


def _parts(answer: Answer | None, section: Section) -> dict[str, str | None]:
    """What stands under an answer, by name; None for an empty place to write in."""
    if answer is None:
        return dict.fromkeys(_part_names(section))
    words = (answer.given, None, answer.place, answer.sources, answer.codes, answer.bears_on)
    parts = {name: said.text if said else None for name, said in zip(_PARTS, words, strict=True)}
    parts["status"] = answer.status
    return {name: parts[name] for name in _part_names(section)}


def _part_names(section: Section) -> tuple[str, ...]:
    asked = {"page": section.has_pages, "sources": section.needs_sources}
    return tuple(part for part in _PARTS if asked.get(part, True))


def _indented(content: Mapping[str, str | None], indent: str) -> Iterator[str]:
    """The lines of a mapping; what is empty stays an empty place to write in."""
    for name, value in content.items():
        if value is None:
            yield f"{indent}{name}:"
        else:
            yield from (f"{indent}{line}" if line else "" for line in dumped({name: value}))


def read_yaml_form(root: YamlNode, instrument: Instrument, version: int, schema: Schema, report: Report) -> FilledForm:
    """What was filled in; whatever means nothing or has another shape is reported, nothing is dropped in silence."""
    reader = _Reader(instrument, schema, report)
    known = [FORM, VERSION, *(section.id for section in instrument.sections), ROWS]
    parts = dict(named(root, known, report))
    header = reader.header(root, parts.get(instrument.header.id))
    answers = [
        answer
        for section in instrument.question_sections
        for answer in reader.answers(root, section, parts.get(section.id))
    ]
    columns = [column.id for column in CLAIM_COLUMNS]
    rows = _rows(parts.get(ROWS), columns, report)
    tables = {
        section.id: section.without_printed(_rows(parts.get(section.id), [c.id for c in section.columns], report))
        for section in instrument.tables
    }
    return FilledForm(instrument.instrument, version, root.file, header, tuple(answers), rows, tables)


def _rows(node: YamlNode | None, columns: Collection[str], report: Report) -> tuple[FilledRow, ...]:
    return tuple(FilledRow(values, address) for values, address in listed(node, columns, report))


class _Reader:
    def __init__(self, instrument: Instrument, schema: Schema, report: Report) -> None:
        self._instrument, self._schema, self._report = instrument, schema, report

    def header(self, root: YamlNode, node: YamlNode | None) -> dict[str, Cell]:
        fields = {field.id: field for field in self._instrument.header.fields}
        parts = dict(named(node, fields, self._report))
        found: dict[str, Cell] = {}
        for name, field in fields.items():
            written = given(parts.get(name), self._report)
            if written is not None:
                found[name] = written
            elif field.required:
                address = node.address if node else Address(root.file)
                message = f"{name!r} ({field.wording}) is empty."
                self._report(
                    Problem("missing_value", address, message, "Fill it in; the form cannot be read without it.")
                )
        return found

    def answers(self, root: YamlNode, section: Section, node: YamlNode | None) -> Iterator[Answer]:
        if node is None:
            message = f"The section {section.id!r} is missing."
            self._report(Problem("missing_sheet", Address(root.file), message, "Put it back from a blank form."))
            return
        questions: dict[str, list[Question]] = {}
        for question in self._instrument.questions(section):
            questions.setdefault(question.field.id, []).append(question)
        for name, field_node in named(node, questions, self._report):
            asks = {question.ask.id: question for question in questions[name] if question.ask}
            whole = Question(section, questions[name][0].field, None)
            if not asks or isinstance(field_node.value, str):
                yield from self._of_question(whole, section, field_node)
                continue
            asks = {WHOLE: whole, **asks}
            for ask, ask_node in named(field_node, asks, self._report):
                yield from self._of_question(asks[ask], section, ask_node)

    def _of_question(self, question: Question, section: Section, node: YamlNode) -> Iterator[Answer]:
        scopes = question.field.scopes
        if not question.field.scope_split:
            yield from self._of_scope(question, scopes[0], section, node)
        elif node.value is not None and not isinstance(node.value, dict):
            words = given(node, self._report)
            if words is not None:
                self._report(unscoped(words, question, self._schema.lens))
                yield from self._of_scope(question, NOT_STATED, section, node)
        else:
            keys = {**{scope: scope for scope in scopes}, **{self._schema.lens.keys[scope]: scope for scope in scopes}}
            for key, inner in named(node, keys, self._report):
                yield from self._of_scope(question, keys[key], section, inner)

    def _of_scope(self, question: Question, scope: str, section: Section, node: YamlNode) -> Iterator[Answer]:
        """One answer: its parts by name, or only the words of it."""
        known = _part_names(section)
        if isinstance(node.value, dict):
            parts = {name: given(part, self._report) for name, part in named(node, known, self._report)}
        else:
            parts = {"answer": given(node, self._report)}
        answer, status, page, sources, codes, bears_on = (parts.get(name) for name in _PARTS)
        address = answer.address if answer else node.address
        found = checked_answer(
            question, scope, answer, status, page, sources, codes, bears_on, address, self._schema, self._report
        )
        if found is not None:
            yield found
