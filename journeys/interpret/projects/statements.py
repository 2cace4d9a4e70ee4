"""Statements of a discourse analysis become claims: who supported or contested what, in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from journeys.instruments.files.cells import Cell
from journeys.instruments.projects.project import CodingProject, Statement
from journeys.interpret.context import Context, End
from journeys.interpret.projects.import_list import CONCEPTS, ImportList
from journeys.model.identity import node_id, slug
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value

_EVIDENCE, _DOCUMENT, _UNDERSTANDING, _ONLY_CODES = CONCEPTS
_KINDS = {"person": ("Actor", "person"), "organisation": ("Organisation", None)}


@dataclass(slots=True)
class StatementReader:
    """Reads the statements of one project; ``passages`` are those of its selections, by source and selection."""

    context: Context
    project: CodingProject
    listed: ImportList
    passages: dict[tuple[str, str], tuple[End, End, Address]]
    _ends: dict[tuple[str, str], End | None] = field(default_factory=dict)
    _members: set[tuple[str, str]] = field(default_factory=set)

    def everything(self) -> Iterator[Node | Claim]:
        """The claims of all statements, and the nodes that they need."""
        if self.listed.concepts == _ONLY_CODES:
            return
        words = {
            (source.id, each.id): (each.words, source.date)
            for source in self.project.sources
            for each in source.selections
        }
        silent = 0
        for statement in self.project.statements:
            found = self.passages.get((statement.source, statement.selection))
            if found is None:
                continue
            quote, day = words[statement.source, statement.selection]
            _, source, address = found
            made = list(self._statement(statement, source, quote, day, address))
            silent += not any(isinstance(each, Claim) for each in made)
            yield from made
        if silent:
            message = f"{counted(silent, 'statement')} gave no claim: only people can hold an understanding."
            remedy = f"Write `concepts: {_EVIDENCE}` in {self.listed.name}, if organisations count."
            self.context.report(Problem("no_claim", Address(self.listed.file), message, remedy, Severity.WARNING))

    def _statement(
        self, statement: Statement, source: End, quote: str, day: str, address: Address
    ) -> Iterator[Node | Claim]:
        context = self.context
        subject, nodes = self._subject(statement.concept, address)
        yield from nodes
        if subject is None:
            return
        people: list[End] = []
        bodies: list[End] = []
        named = ((statement.people, "person", people), (statement.organisations, "organisation", bodies))
        for names, sort, ends in named:
            for name in names:
                end, made = self._who(sort, name, address)
                yield from made
                ends += [end] if end is not None else []
        said: dict[str, Value] = {"source": source.id, "mode": "verbatim" if quote else "not_stated"}
        said["place"] = address.cell or ""
        if quote:
            said["quote"] = quote
        if day:
            said |= context.values.date(Cell(day, address))
        if subject.label == _UNDERSTANDING:
            kind, bodies = context.schema.claims["HOLDS"], []
            said |= {} if statement.agrees else {"negated": True}
        else:
            kind = context.schema.claims["SUPPORTED" if statement.agrees else "CONTESTED"]
        for end in people or bodies:
            yield context.claim(kind, end, subject, said, address)
        yield from self._membership(people, bodies, source, address)

    def _membership(self, people: list[End], bodies: list[End], source: End, address: Address) -> Iterator[Claim]:
        """That a person speaks for an organisation, once for each two; coders say so, not the document."""
        for person in people:
            for body in bodies if len(people) == 1 else []:
                if (person.id, body.id) not in self._members:
                    self._members.add((person.id, body.id))
                    kind = self.context.schema.claims["MEMBER_OF"]
                    said: dict[str, Value] = {"source": source.id, "mode": "interpretive"}
                    yield self.context.claim(kind, person, body, said, address)

    def _subject(self, concept: str, address: Address) -> tuple[End | None, list[Node]]:
        """What a statement is about: the registered thing of the concept's name, else a thing of its own."""
        name = self.project.codes[concept].name
        labels = (_UNDERSTANDING,) if self.listed.concepts == _UNDERSTANDING else (_DOCUMENT, _EVIDENCE)
        matches = self.context.names.find(labels, name)
        if len(matches) == 1:
            return End(*matches[0]), []
        return self._new(self.listed.concepts, name, {}, address)

    def _who(self, kind: str, name: str, address: Address) -> tuple[End | None, list[Node]]:
        label, of_kind = _KINDS[kind]
        matches = self.context.names.find((label,), name)
        if len(matches) == 1:
            return End(*matches[0]), []
        if matches:
            return self.context.look_up_one((label,), name, address), []
        return self._new(label, name, {"kind": of_kind} if of_kind else {}, address)

    def _new(self, label: str, name: str, more: dict[str, Value], address: Address) -> tuple[End | None, list[Node]]:
        """A node made of its name, described once."""
        key = (label, name)
        if key in self._ends:
            return self._ends[key], []
        kind = self.context.schema.nodes[label]
        try:
            identity = node_id(self.context.study, kind, [slug(name)])
        except ValueError:
            message, remedy = f"{name!r} is not a name.", "Correct it in the program that it comes from."
            self.context.report(Problem("bad_value", address, message, remedy, Severity.WARNING))
            self._ends[key] = None
            return None, []
        self.context.names.add(label, identity, [name])
        self._ends[key] = End(label, identity)
        return self._ends[key], [Node(label, identity, {kind.display: name, **more}, address, Authority.TABLE)]
