"""Read a database of the Discourse Network Analyzer 3 (.dna): documents, and the statements that were coded in them.

Leifeld (2017), "Discourse Network Analysis", in the Oxford Handbook of Political Networks: a statement is a text
passage in which an actor is for or against a concept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from journeys.instruments.files.safety import unreadable
from journeys.instruments.projects.positions import Counting, PositionedText, Span
from journeys.instruments.projects.project import (
    CONTROLS_LEFT_OUT,
    Attribute,
    Coding,
    CodingProject,
    ProjectCode,
    ProjectSource,
    Selection,
    Statement,
    User,
)
from journeys.instruments.projects.sqlite_file import SqliteFile, damaged, opened_database
from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Severity, UnreadableFile

PROGRAM = "Discourse Network Analyzer"
_NEEDED = ("DOCUMENTS", "STATEMENTS", "VARIABLES", "DATASHORTTEXT")
_COLUMNS = (
    *(("DOCUMENTS", each) for each in ("ID", "Title", "Text")),
    *(("STATEMENTS", each) for each in ("ID", "DocumentId", "Start", "Stop", "Coder")),
    *(("VARIABLES", each) for each in ("ID", "Variable", "DataType")),
    *(("ENTITIES", each) for each in ("ID", "VariableId", "Value")),
)
_VALUES = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "long text": "DATALONGTEXT"}
_PEOPLE = {"person", "actor", "speaker", "person name", "akteur", "acteur", "individual"}
_ORGANISATIONS = {"organization", "organisation", "org", "institution", "party", "organisation name"}
_CONCEPTS = {"concept", "category", "belief", "claim", "argument", "frame", "policy", "konzept"}
_AGREEMENT = {"agreement", "agree", "agrees", "qualifier", "position", "stance", "support"}
_IN_JAVA = Counting("", utf16=True)
_PLAIN = Counting("")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LINKED = "it links two statements, which has no counterpart"


def read_dna(path: Path, *, name: str) -> CodingProject:
    """The project in a .dna file. Raises UnreadableFile for another version, and for a file that cannot be read."""
    with opened_database(path, name=name) as database:
        _refuse_others(database, name)
        try:
            return _Reader(database, path.stem, name).project()
        except (ValueError, TypeError, OverflowError) as error:  # a text where a number belongs
            raise damaged(name) from error


def _refuse_others(database: SqliteFile, name: str) -> None:
    version = _version(database)
    if version.startswith(("1", "2")) or ("ATTRIBUTES" in database.columns and "ENTITIES" not in database.columns):
        raise _another(name, f"version {version}" if version else "an early version")
    if any(table not in database.columns for table in _NEEDED):
        message = "The database has no documents and statements of the Discourse Network Analyzer."
        raise unreadable("wrong_format", Address(name), message, "Choose the .dna file that the program saves.")
    missing = [f"{table}.{column}" for table, column in _COLUMNS if database.column(table, column) is None]
    if "ENTITIES" in database.columns and missing:
        message = f"The database lacks what every database of the Discourse Network Analyzer has ({missing[0]})."
        raise unreadable("wrong_format", Address(name), message, "Choose the .dna file that the program saves.")
    if "ENTITIES" not in database.columns:
        raise _another(name, f"version {version}" if version else "an early version")


def _another(name: str, which: str) -> UnreadableFile:
    message = f"The file is of {which} of the Discourse Network Analyzer; this program reads version 3."
    remedy = (
        "Open the Discourse Network Analyzer 3, make a new database, and bring the old one in with Documents > Import "
        "from DNA 2.0 file; then import the new file here."
    )
    return unreadable("other_version", Address(name), message, remedy)


def _version(database: SqliteFile) -> str:
    key, value = database.column("SETTINGS", "Property"), database.column("SETTINGS", "Value")
    if key is None or value is None:
        return ""
    return next((str(row[1]) for row in database.rows("SETTINGS", [key, value]) if row[0] == "version"), "").strip()


class _Reader:
    def __init__(self, database: SqliteFile, title: str, name: str) -> None:
        self._database, self._name = database, name
        self._project = CodingProject(title, f"{PROGRAM} {_version(database)}".strip())
        self._tally = self._project.tally
        self._variables: dict[int, tuple[str, str]] = {}
        self._entities: dict[int, str] = {}
        self._links: dict[int, int] = {}

    def project(self) -> CodingProject:
        project, database = self._project, self._database
        coder = [database.column("CODERS", "ID"), database.column("CODERS", "Name")]
        if None not in coder:
            for number, name in database.rows("CODERS", [each for each in coder if each]):
                project.users[str(number)] = User(str(number), _text(name))
        self._variables = {
            int(number): (folded(_text(name)), _text(kind).casefold())
            for number, name, kind in database.rows("VARIABLES", ["ID", "Variable", "DataType"])
        }
        # A later version puts roles between statements and variables.
        if database.column("ROLEVARIABLELINKS", "VariableId"):
            self._links = {int(a): int(b) for a, b in database.rows("ROLEVARIABLELINKS", ["ID", "VariableId"])}
        self._read_entities()
        sources = self._documents()
        self._statements(sources)
        project.sources = list(sources.values())
        self._rest()
        return project

    def _read_entities(self) -> None:
        parent = self._database.column("ENTITIES", "ChildOf")
        columns = ["ID", "VariableId", "Value", *([parent] if parent else [])]
        around: dict[int, int] = {}
        concepts: list[int] = []
        for number, variable, value, *above in self._database.rows("ENTITIES", columns):
            self._entities[int(number)] = " ".join(_text(value).split())
            if above and above[0]:
                around[int(number)] = int(above[0])
            if self._is(int(variable or 0), _CONCEPTS) and _text(value):
                concepts.append(int(number))
        for number in concepts:
            names: list[str] = []
            met, place = {number}, around.get(number)
            while place is not None and place not in met:  # a circle is no order
                met.add(place)
                names.insert(0, self._entities.get(place, ""))
                place = around.get(place)
            made = ProjectCode(str(number), self._entities[number], tuple(filter(None, names)))
            self._project.codes[made.id] = made

    def _is(self, variable: int, names: set[str]) -> bool:
        """Whether a variable is one of these, by its name; in the plural or with more words too."""
        name = self._variables.get(variable, ("", ""))[0]
        return name in names or name.rstrip("s") in names

    def _documents(self) -> dict[int, ProjectSource]:
        wanted = ["ID", "Title", "Text", "Date", "Author", "Source", "Section", "Notes", "Type"]
        there = [found for each in wanted if (found := self._database.column("DOCUMENTS", each))]
        sources: dict[int, ProjectSource] = {}
        self._texts: dict[int, PositionedText] = {}
        for row in self._database.rows("DOCUMENTS", there):
            held = dict(zip((each.casefold() for each in there), row, strict=True))
            number = int(held["id"])
            source = ProjectSource(str(number), _text(held.get("title")) or f"document {number}", "text")
            source.date = _day(held.get("date"))
            for each in ("author", "source", "section", "type"):
                if words := _text(held.get(each)):
                    source.attributes.append(Attribute(each.capitalize(), words))
            if words := _text(held.get("notes")):
                source.notes.append(words)
            self._texts[number] = PositionedText(str(held.get("text") or ""))
            self._tally.taken["document"] += 1
            sources[number] = source
        return sources

    def _statements(self, sources: Mapping[int, ProjectSource]) -> None:
        values = self._values()
        columns = ["ID", "DocumentId", "Start", "Stop", "Coder"]
        for number, document, start, stop, coder in self._database.rows("STATEMENTS", columns):
            source = sources.get(int(document or 0))
            if source is None:
                self._tally.lose("statement", "not taken", "its document is not in the database", "", f"ID {number}")
                continue
            self._statement(int(number), source, (int(start), int(stop)), str(coder or ""), values[int(number)])
        for source in sources.values():
            source.selections.sort(key=lambda each: each.starts)

    def _statement(
        self, number: int, source: ProjectSource, at: tuple[int, int], coder: str, values: list[tuple[int, Any]]
    ) -> None:
        people = [self._entity(value) for variable, value in values if self._is(variable, _PEOPLE)]
        organisations = [self._entity(value) for variable, value in values if self._is(variable, _ORGANISATIONS)]
        concepts = [str(value) for variable, value in values if self._is(variable, _CONCEPTS)]
        concepts = [each for each in concepts if each in self._project.codes]
        notes = [said for variable, value in values if (said := self._note(variable, value))]
        yes = [bool(value) for variable, value in values if self._is_agreement(variable) and value is not None]
        text = self._texts[int(source.id)]
        cut = text.cut(_IN_JAVA if any(each > "\uffff" for each in text.text) else _PLAIN, Span(*at))
        marked = text.text[cut[0] : cut[1]]
        words = _text(marked)
        if CONTROL_CHARACTERS.search(marked):
            self._tally.lose("statement", "changed", CONTROLS_LEFT_OUT, "", f"ID {number}")
        low = text.text.casefold()
        nth = low.count(words.casefold(), 0, cut[0]) + 1 if words and low.count(words.casefold()) > 1 else 0
        cell = f"characters {at[0]}-{at[1]}"
        codings = tuple(Coding(each, coder, "", tuple(notes), str(number)) for each in concepts)
        place = f"{cell}, time {nth}" if nth else cell
        selection = Selection(str(number), words, place, cell, codings, tuple(notes), coder, cut[0])
        source.selections.append(selection)
        self._tally.taken["statement"] += 1
        if not words:
            why = "its positions lie outside the text: kept by its place alone"
            self._tally.lose("statement", "changed", why, "", f"ID {number}")
        if not concepts:
            self._tally.lose("statement", "changed", "it has no concept: kept as a passage", "", f"ID {number}")
        agrees = yes[0] if yes else None
        who = [each for each in people if each], [each for each in organisations if each]
        for concept in concepts:
            if agrees is None:
                why = "agreement is not coded: kept as a coded passage, without a claim"
                self._tally.lose("statement", "changed", why, "", f"ID {number}")
            elif not any(who):
                why = "it names nobody: kept as a coded passage, without a claim"
                self._tally.lose("statement", "changed", why, "", f"ID {number}")
            else:
                made = Statement(number, source.id, selection.id, concept, tuple(who[0]), tuple(who[1]), agrees)
                self._project.statements.append(made)

    def _entity(self, value: Any) -> str:
        return " ".join(self._entities.get(int(value or 0), "").split())

    def _is_agreement(self, variable: int) -> bool:
        kind = self._variables.get(variable, ("", ""))[1]
        if self._is(variable, _AGREEMENT):
            return kind in ("boolean", "integer")
        only = [each for each, (_, of) in self._variables.items() if of == "boolean"]
        return kind == "boolean" and only == [variable]

    def _note(self, variable: int, value: Any) -> str:
        """What a further variable of a statement says, as a remark."""
        name, kind = self._variables.get(variable, ("", ""))
        if any(self._is(variable, names) for names in (_PEOPLE, _ORGANISATIONS, _CONCEPTS)):
            return ""
        if self._is_agreement(variable):
            return ""
        words = self._entity(value) if kind == "short text" else _text(value)
        if not words:
            return ""
        self._tally.lose("variable", "changed", "kept as a remark on the coding", name)
        return words if kind == "long text" else f"{name}: {words}"

    def _values(self) -> Mapping[int, list[tuple[int, Any]]]:
        """What each statement holds: a variable, and an entity's number or a value."""
        found: defaultdict[int, list[tuple[int, Any]]] = defaultdict(list)
        for table in ("DATASHORTTEXT", *_VALUES.values()):
            link = self._database.column(table, "VariableId", "RoleVariableLinkId")
            value = self._database.column(table, "Entity", "Value")
            if link is None or value is None:
                continue
            for statement, variable, held in self._database.rows(table, ["StatementId", link, value]):
                known = self._links.get(int(variable), int(variable)) if link != "VariableId" else int(variable)
                found[int(statement)].append((known, held))
        return found

    def _rest(self) -> None:
        """Count what the database has beside documents and statements."""
        database, lose = self._database, self._tally.lose
        value = database.column("ATTRIBUTEVALUES", "AttributeValue")
        if value is not None:
            for entity, words in database.rows("ATTRIBUTEVALUES", ["EntityId", value]):
                if _text(words):
                    why = "attributes of people, organisations and concepts have no counterpart"
                    lose("attribute", "not taken", why, f"{self._entity(entity)}: {_text(words)}")
        for table, what, why in (
            ("STATEMENTLINKS", "link of statements", _LINKED),
            ("REGEXES", "regular expression", "words to be coloured in texts are of the program alone"),
        ):
            if database.columns.get(table):
                for row in database.rows(table, database.columns[table][:1]):
                    lose(what, "not taken", why, "", f"{row[0]}")
        used = {entity for source in self._project.sources for each in source.selections for entity in _concepts(each)}
        for identity, code in self._project.codes.items():
            if identity not in used:
                lose("concept", "changed", "a concept without a statement: kept as a code", code.name)
        if not self._project.statements:
            names = ", ".join(sorted({name for name, _ in self._variables.values()}))
            message = f"No statement says who agrees with what; its variables are {names or 'none'}."
            remedy = "Call the variables person, organization, concept and agreement in the program."
            self._project.problems.append(
                Problem("no_statements", Address(self._name), message, remedy, Severity.WARNING)
            )


def _concepts(selection: Selection) -> list[str]:
    return [each.code for each in selection.codings]


def _text(value: Any) -> str:
    return CONTROL_CHARACTERS.sub("", str(value)).strip() if value is not None else ""


def _day(value: Any) -> str:
    """The day of a document, which version 3 holds in seconds since 1970; "" for none."""
    try:
        seconds = int(value)
        return (_EPOCH + timedelta(seconds=seconds)).date().isoformat() if seconds else ""
    except (TypeError, ValueError, OverflowError):
        return ""
