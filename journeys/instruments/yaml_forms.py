"""An instrument as YAML, for who likes text: the same content as the workbook, with the questions as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeys.instruments.answer_checks import checked_answer
from journeys.instruments.answers import Answer, ClaimRow, FilledForm, Given
from journeys.instruments.claim_columns import CLAIM_COLUMNS, offers
from journeys.instruments.definition import GENERAL, SPECIFIC, Instrument, Question, Section
from journeys.instruments.files.yamlfile import YamlNode
from journeys.instruments.yaml_text import commented, dumped
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

FORM, VERSION, ROWS = "form", "version", "who_did_what"
_PARTS = ("answer", "status", "page", "sources")


def yaml_form(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> str:
    """The form as text: blank, or with what is known already filled in."""
    return "\n".join(_lines(instrument, schema, filled)) + "\n"


def _lines(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> Iterator[str]:
    statuses = ", ".join(schema.terms("answer_status").terms)
    yield from commented(
        f"{instrument.title}\nWrite after the colons; names as in the registers, several separated by semicolons.\n"
        f"status is one of: {statuses}. An empty answer without a status means that nobody has asked yet."
    )
    yield from dumped({FORM: instrument.instrument, VERSION: instrument.version})
    header = filled.header if filled else {}
    yield ""
    yield f"{instrument.header.id}:"
    for field in instrument.header.fields:
        yield from commented(field.wording + (" (needed)" if field.required else ""), "  ")
        yield from _indented({field.id: header[field.id].text if field.id in header else None}, "  ")
    answers = {(a.field, a.ask, a.scope): a for a in filled.answers} if filled else {}
    for section in instrument.question_sections:
        yield ""
        if section.instruction:
            yield from commented(section.instruction)
        yield f"{section.id}:"
        shown: str | None = None
        for question in instrument.questions(section):
            if question.ask is not None and question.field.id != shown:
                yield ""
                yield from commented(question.field.wording, "  ")
                yield f"  {question.field.id}:"
            shown = question.field.id
            yield from _question(question, section, answers, "    " if question.ask else "  ")
    yield ""
    yield from commented(
        "Who did what: one entry for one thing that somebody did, as one source tells it. Each may have:"
    )
    for column in CLAIM_COLUMNS:
        words, strict = offers(schema, column, {})
        listed = f" One of: {', '.join(words)}." if strict else ""
        yield from commented(f"  {column.id}: {column.help}{listed}")
    rows = [{name: given.text for name, given in row.values.items()} for row in filled.claim_rows] if filled else []
    yield from dumped({ROWS: rows})


def _question(
    question: Question, section: Section, answers: Mapping[tuple[str, str | None, str], Answer], indent: str
) -> Iterator[str]:
    yield from commented(question.wording, indent)
    yield f"{indent}{question.ask.id if question.ask else question.field.id}:"
    for scope in question.field.scopes:
        inner = f"{indent}  "
        if question.field.scope_split:
            yield f"{inner}{scope}:"
            inner += "  "
        ask = question.ask.id if question.ask else None
        answer = answers.get((question.field.id, ask, scope))
        yield from _indented(_parts(answer, section), inner)


def _parts(answer: Answer | None, section: Section) -> dict[str, str | None]:
    parts: dict[str, str | None] = {
        "answer": answer.given.text if answer and answer.given else None,
        "status": answer.status if answer else None,
        "page": answer.place.text if answer and answer.place else None,
    }
    if section.needs_sources:
        parts["sources"] = answer.sources.text if answer and answer.sources else None
    return parts


def _indented(content: Mapping[str, str | None], indent: str) -> Iterator[str]:
    """The lines of a mapping; what is empty stays an empty place to write in."""
    for name, value in content.items():
        if value is None:
            yield f"{indent}{name}:"
        else:
            yield from (f"{indent}{line}" if line else "" for line in dumped({name: value}))


def read_yaml_form(root: YamlNode, instrument: Instrument, version: int, schema: Schema, report: Report) -> FilledForm:
    """What was filled in; names that mean nothing are reported, nothing is dropped in silence."""
    reader = _Reader(instrument, schema, report)
    known = {FORM, VERSION, ROWS, *(section.id for section in instrument.sections)}
    for name, node in root.items():
        if name not in known:
            reader.ignored(name, node, known)
    header = reader.header(root)
    answers = tuple(answer for section in instrument.question_sections for answer in reader.answers(root, section))
    rows = tuple(reader.rows(root))
    return FilledForm(instrument.instrument, version, root.file, header, answers, rows)


class _Reader:
    def __init__(self, instrument: Instrument, schema: Schema, report: Report) -> None:
        self._instrument, self._schema, self._report = instrument, schema, report

    def ignored(self, name: str, node: YamlNode, known: Mapping[str, object] | set[str]) -> None:
        message = f"{name!r} means nothing here; it was not read."
        remedy = f"What can stand here: {', '.join(sorted(known))}."
        self._report(Problem("ignored_name", node.address, message, remedy, Severity.WARNING))

    def header(self, root: YamlNode) -> dict[str, Given]:
        section = self._instrument.header
        node = root.get(section.id)
        found: dict[str, Given] = {}
        fields = {field.id for field in section.fields}
        for name, value in node.items() if node else ():
            if name not in fields:
                self.ignored(name, value, fields)
        for field in section.fields:
            given = _given(node.get(field.id) if node else None)
            if given is not None:
                found[field.id] = given
            elif field.required:
                address = node.address if node else Address(root.file)
                message = f"{field.id!r} ({field.wording}) is empty."
                self._report(Problem("missing_value", address, message, "Write it: nothing can be read without it."))
        return found

    def answers(self, root: YamlNode, section: Section) -> Iterator[Answer]:
        node = root.get(section.id)
        if node is None:
            message = f"The section {section.id!r} is gone."
            self._report(Problem("missing_sheet", Address(root.file), message, "Put it back from a blank form."))
            return
        fields = {field.id: field for field in section.fields}
        for name, value in node.items():
            if name not in fields:
                self.ignored(name, value, fields)
            elif fields[name].asks:
                asks = {ask.id for ask in fields[name].asks}
                for ask, inner in value.items():
                    if ask not in asks:
                        self.ignored(ask, inner, asks)
        for question in self._instrument.questions(section):
            place = node.get(question.field.id)
            if place is not None and question.ask is not None:
                place = place.get(question.ask.id)
            if place is not None:
                yield from self._scopes(question, place)

    def _scopes(self, question: Question, node: YamlNode) -> Iterator[Answer]:
        known = set(question.field.scopes) if question.field.scope_split else set(_PARTS)
        if not isinstance(node.value, dict):
            written = _given(node)
            if written is not None and question.field.scope_split:
                message = "It is not said whether this is the general answer or the one about ethnicity."
                self._report(Problem("bad_form", node.address, message, f"Write it under {GENERAL} or {SPECIFIC}."))
            elif written is not None:
                yield from self._answer(question, question.field.scopes[0], written, node, {})
            return
        for name, inner in node.items():
            if name not in known:
                self.ignored(name, inner, known)
        for scope in question.field.scopes:
            inner_node = node.get(scope) if question.field.scope_split else node
            if inner_node is None:
                continue
            inner = inner_node
            if isinstance(inner.value, dict):
                parts = {name: given for name, each in inner.items() if (given := _given(each)) is not None}
                for name in parts.keys() - set(_PARTS):
                    if question.field.scope_split:
                        self.ignored(name, inner, set(_PARTS))
                yield from self._answer(question, scope, parts.get("answer"), inner, parts)
            elif (written := _given(inner)) is not None:
                yield from self._answer(question, scope, written, inner, {})

    def _answer(
        self, question: Question, scope: str, given: Given | None, node: YamlNode, parts: Mapping[str, Given]
    ) -> Iterator[Answer]:
        address = given.address if given else node.address
        status, page, sources = parts.get("status"), parts.get("page"), parts.get("sources")
        found = checked_answer(question, scope, given, status, page, sources, address, self._schema, self._report)
        if found is not None:
            yield found

    def rows(self, root: YamlNode) -> Iterator[ClaimRow]:
        node = root.get(ROWS)
        columns = {column.id for column in CLAIM_COLUMNS}
        for row in node or ():
            values: dict[str, Given] = {}
            for name, cell in row.items():
                given = _given(cell)
                if name not in columns:
                    self.ignored(name, cell, columns)
                elif given is not None:
                    values[name] = given
            if values:
                yield ClaimRow(values, row.address)


def _given(node: YamlNode | None) -> Given | None:
    """What a scalar says, or a list as names separated by semicolons; None for nothing."""
    if node is None:
        return None
    if isinstance(node.value, list):
        said = "; ".join(str(item.value) for item in node if isinstance(item.value, str))
        return Given(said, node.address) if said else None
    given = Given(node.value, node.address) if isinstance(node.value, str) else None
    return given if given is not None and given.text else None
