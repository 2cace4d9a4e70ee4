"""An imported project becomes passages of sources with their codes, each with its coder; and what else it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from journeys.instruments.coded_passages import same_words
from journeys.instruments.files.cells import Cell
from journeys.instruments.projects.project import DNA_SUFFIX, Attribute, Coding, CodingProject, ProjectSource, Selection
from journeys.interpret.code_ties import code_passage, kept_passage, note_coder, passage_of
from journeys.interpret.comment_authors import CommentAuthors
from journeys.interpret.context import Context, End
from journeys.interpret.projects.import_list import BETWEEN, ImportList, Listed
from journeys.model.identity import content_hash, folded, node_id, short_id
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value

SELECTIONS, NOTES, VALUES = "imported_project.selections", "imported_project.notes", "imported_project.values"
_OWN = "researcher_comment"
CASE_LABELS = ("Actor", "Organisation", "Arena", "Site", "CaseStudy", "Meeting", "Document", "Evidence", "DataSource")
"""What a case of a project can be here."""


def listed_sources(context: Context, listed: ImportList) -> Iterator[Node]:
    """Make the sources of an imported project known, and yield those that no register lists."""
    for each in listed.sources.values():
        identity = source_id(context, each)
        if not context.names.find(("DataSource",), each.here):
            context.names.add("DataSource", identity, [each.name, each.here])
            address = Address(listed.name, None, f"line {each.line}")
            kind: dict[str, Value] = {"kind": "document"} if listed.file.lower().endswith(DNA_SUFFIX) else {}
            yield Node("DataSource", identity, {"description": each.name, **kind}, address, Authority.TABLE)


def source_id(context: Context, listed: Listed) -> str:
    """The id of the source that one of the project is here."""
    found = context.names.find(("DataSource",), listed.here)
    return found[0][1] if found else node_id(context.study, context.schema.nodes["DataSource"], [listed.here])


class ProjectInterpreter:
    """Interprets one project; ``rejected`` counts the codings that could not be used."""

    def __init__(self, context: Context, project: CodingProject, listed: ImportList, authors: CommentAuthors) -> None:
        self._context, self._project, self._listed, self._authors = context, project, listed, authors
        self._file = listed.file
        self._spans: dict[str, tuple[str, int]] = {}
        self._coded_by: set[tuple[str, str]] = set()
        self._said: set[tuple[str, str, str]] = set()
        self.passages: dict[tuple[str, str], tuple[End, End, Address]] = {}
        """By source and selection: the passage, its source, and its address."""
        self.rejected = 0
        self._unlisted: dict[str, int] = {}

    def everything(self) -> Iterator[Node | Claim]:
        """All nodes and claims but those of statements; whatever cannot be used is reported at its place."""
        for problem in self._project.problems:
            self._context.report(problem)
        ends: dict[str, End] = {}
        for source in self._project.sources:
            listed = self._listed.sources.get(source.id)
            if listed is None:
                self._miss("sources")
                self.rejected += len(source.codings) + sum(len(each.codings) for each in source.selections)
                continue
            ends[source.id] = End("DataSource", source_id(self._context, listed))
            yield from self._source(source, ends[source.id])
        yield from self._cases(ends)
        yield from self._code_notes()
        self._report_unlisted()

    def _source(self, source: ProjectSource, end: End) -> Iterator[Node | Claim]:
        here = Address(self._file, source.name)
        if source.date:
            definition = self._context.schema.properties_of_node("DataSource")["date"]
            held = self._context.values.read(definition, Cell(source.date, here))
            yield Node("DataSource", end.id, held, here, Authority.TABLE)
        yield from self._values(source.attributes, end, "DataSource", source.name, [end])
        notes = [*([source.description] if source.description else []), *source.notes]
        for number, words in enumerate(notes, 1):
            place = f"note {number}" if len(notes) > 1 else "note"
            yield from self._note(words, place, [end], end, here.at(place), source.id)
        if source.codings:
            whole = Selection(source.id, "", "the whole source", "the whole source")
            yield from self._selection(whole, source, end, source.codings)
        for selection in source.selections:
            yield from self._selection(selection, source, end, selection.codings)

    def _selection(
        self, selection: Selection, source: ProjectSource, end: End, codings: Sequence[Coding]
    ) -> Iterator[Node | Claim]:
        context = self._context
        address = Address(self._file, source.name, selection.cell)
        passage = self._passage(selection, end, source)
        self.passages[source.id, selection.id] = (passage, end, address)
        held: dict[str, Value] = {
            "text": selection.words or f"[{source.name}, {selection.place}]",
            "instrument_field": SELECTIONS,
        }
        if selection.place:
            held["locator"] = selection.place
        if selection.words and (context.ties.leading("WITH_ACTOR", end.id) or self._project.statements):
            held["mode"] = "verbatim"
        yield from kept_passage(context, passage, end, held, address)
        for coding in codings:
            yield from self._coding(coding, selection, passage, end, address)
        if not codings:
            for number, words in enumerate(selection.notes, 1):
                yield from self._note(words, f"note {number}", [passage], end, address, selection.id)

    def _passage(self, selection: Selection, end: End, source: ProjectSource) -> End:
        """The passage: that of the same words elsewhere in the study, unless they stand several times in the source."""
        place = selection.place
        if selection.own_place:
            return passage_of(self._context, end, place or None, selection.words)
        words = selection.words or f"[{source.name}]"
        made = passage_of(self._context, end, place, words)
        span = (same_words(words), selection.starts)
        if self._spans.setdefault(made.id, span) != span:
            made = passage_of(self._context, end, f"{place or ''} from {selection.starts}", words)
        return made

    def _coding(
        self, coding: Coding, selection: Selection, passage: End, end: End, address: Address
    ) -> Iterator[Claim]:
        context = self._context
        if coding.code not in self._project.codes:
            self.rejected += 1
            return
        listed = self._listed.codes.get(coding.code)
        if listed is None or listed.key not in context.codes.codebook.codes:
            self._miss("codes") if listed is None else self._miss(
                f"codes whose key {listed.key} is not in the codebook"
            )
            self.rejected += 1
            return
        coder = self._coder(coding.user or selection.user, address)
        if coder is not None and (end.id, coder) not in self._coded_by:
            self._coded_by.add((end.id, coder))
            note_coder(context, end.id, coder, address)
        once = (passage.id, context.codes.codebook.current(listed.key).key, coder or "")
        if once in self._said:
            return
        self._said.add(once)
        remark = "; ".join(dict.fromkeys((*coding.notes, *selection.notes)))
        given: dict[str, Value] = {"remark": remark} if remark else {}
        if coding.when:
            given["coded_at"] = coding.when
        yield from code_passage(context, passage, listed.key, [coder] if coder else [], given, address)

    def _coder(self, user: str, address: Address) -> str | None:
        """The initials of who coded; several who coded together are one coder."""
        found = self._project.users.get(user)
        if found is None:
            return None
        names = [each.strip() for each in found.name.split(";") if each.strip()] or [found.name]
        initials = found.initials if len(names) == 1 else ""
        coders = [self._authors.coder(name, initials, address) for name in names]
        return "; ".join(filter(None, coders)) or None

    def _values(
        self, attributes: Sequence[Attribute], about: End, label: str, name: str, sources: Sequence[End]
    ) -> Iterator[Node | Claim]:
        """What a source or case has: a property where its kind has one of that name, else words about it."""
        context = self._context
        definitions = {_plain(each): d for each, d in context.schema.properties_of_node(label).items()}
        held: dict[str, Value] = {}
        kept: list[str] = []
        for each in attributes:
            address = Address(self._file, name, each.name)
            definition = definitions.get(_plain(each.name))
            flaws: list[Problem] = []
            if definition is not None and not definition.required:
                reader = replace(context.values, report=flaws.append)
                found = reader.read(definition, Cell(each.value, address))
                if not flaws:
                    held |= found
                    continue
            kept.append(f"{each.name}: {each.value}")
        if held:
            yield Node(about.label, about.id, held, Address(self._file, name), Authority.TABLE)
        if kept:
            address = Address(self._file, name, "values")
            yield from self._note("\n".join(kept), "values", [about], sources[0] if sources else None, address, name)

    def _note(
        self, words: str, place: str, about: Sequence[End], source: End | None, address: Address, key: str
    ) -> Iterator[Node | Claim]:
        """A note as a passage of the researchers' own words, about what it is on."""
        context, kind = self._context, self._context.schema.nodes["Extract"]
        owner = short_id(source.id) if source is not None else "projects"
        identity = node_id(context.study, kind, [owner, "notes", content_hash(self._file, key, place, words)])
        held: dict[str, Value] = {"text": words, "mode": _OWN, "instrument_field": NOTES, "locator": place}
        yield Node("Extract", identity, held, address, Authority.TABLE)
        end = End("Extract", identity)
        if source is not None:
            yield context.claim(context.schema.claims["FROM"], end, source, {}, address)
        for each in about:
            yield context.claim(context.schema.claims["ABOUT"], end, each, {}, address)

    def _cases(self, ends: Mapping[str, End]) -> Iterator[Node | Claim]:
        context = self._context
        for case in self._project.cases:
            sources = [ends[each] for each in case.sources if each in ends]
            listed = self._listed.cases.get(case.id)
            name = listed.here if listed is not None else ""
            address = Address(self._file, case.name)
            found: End | None = None
            if listed is not None and name:
                place = Address(self._listed.name, None, f"line {listed.line}")
                found = context.look_up_one(CASE_LABELS, name, place)
            if case.description:
                about = [found] if found is not None else sources
                source = sources[0] if sources else None
                yield from self._note(f"{case.name}: {case.description}", "case", about, source, address, case.id)
            if found is not None:
                yield from self._values(case.attributes, found, found.label, case.name, sources)
            elif case.attributes:
                said = "\n".join([f"Case: {case.name}", *(f"{each.name}: {each.value}" for each in case.attributes)])
                source = sources[0] if sources else None
                yield from self._note(said, "case", sources, source, address, case.id)

    def _code_notes(self) -> Iterator[Node | Claim]:
        context = self._context
        for code in self._project.codes.values():
            listed = self._listed.codes.get(code.id)
            if listed is None or not code.notes or listed.key not in context.codes.codebook.codes:
                continue
            current = context.codes.codebook.current(listed.key)
            end = End("Code", node_id(context.study, context.schema.nodes["Code"], [current.key]))
            address = Address(self._file, BETWEEN.join((*code.above, code.name)))
            for number, words in enumerate(code.notes, 1):
                yield from self._note(words, f"note {number}", [end], None, address, code.id)

    def _miss(self, what: str) -> None:
        self._unlisted[what] = self._unlisted.get(what, 0) + 1

    def _report_unlisted(self) -> None:
        for what, number in self._unlisted.items():
            if what in ("codes", "sources"):
                message = f"{counted(number, 'coding') if what == 'codes' else counted(number, 'source')} "
                message += f"{'names a code' if what == 'codes' else ''} not in the list beside the project."
                message = message.replace("  ", " ")
                remedy = f"Run `journeys import refi {self._file}` again, so that the list has what is new."
            else:
                message = f"{counted(number, 'coding')} of {what}."
                remedy = f"Correct the key in {self._listed.name}, or add the code to codebook.yaml."
            self._context.report(Problem("not_in_import_list", Address(self._file), message, remedy, Severity.ERROR))


def _plain(name: str) -> str:
    return folded(name).replace("_", " ")
