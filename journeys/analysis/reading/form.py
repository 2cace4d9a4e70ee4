"""A filled-in form as a person would read it: each question with what was answered, and the rows that belong to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.reading.entries import (
    claim_entry,
    follow_up_fact,
    in_place,
    names_fact,
    property_words,
    whole_passages,
)
from journeys.analysis.reading.lookup import Finding, Library, Passage
from journeys.analysis.reading.record import NOWHERE, Entry, Section
from journeys.instruments.definition import FieldDefinition, Instrument, Question
from journeys.instruments.definition import Section as Printed
from journeys.instruments.subjects import COLLECTED
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import short_id
from journeys.model.lens import GENERAL, SPECIFIC
from journeys.model.problems import Address
from journeys.model.schema import Schema

ROWS = "Who did what"
_NOTHING_NEW = "Nothing was written here beyond what the registers and the list of documents say."
_SCOPES = (GENERAL, SPECIFIC, "both", NOT_STATED)


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about and where it comes from: its node with what is recorded of it, the claims and ties that
    touch it, the source that the form is, and who filled it in."""

    entity: Entity
    held: Mapping[str, Any]
    touching: Sequence[ClaimRecord]
    source: Entity | None = None
    source_held: Mapping[str, Any] = field(default_factory=dict)
    researchers: Sequence[Entity] = ()

    def ends(self, kind: str, side: str | None) -> list[Entity]:
        """The other ends of its claims of a kind, those that were reported not to be so left out; ``side`` is the end
        at which they stand. By name: the claims of one cell keep no order, and each engine gives its own."""
        found = [
            c
            for c in self.touching
            if c.kind.name == kind and not c.negated and c.properties.get("status") != "withdrawn"
        ]
        ends = [claim.start if side == "from" else claim.end for claim in found]
        return sorted(ends, key=lambda end: (end.name, end.id))


@dataclass(frozen=True)
class FilledIn:
    """What the store holds of one filled-in form: its file, the answers and notes, and the claims written in it."""

    schema: Schema
    instrument: Instrument
    file: str
    about: About
    passages: Sequence[Passage]
    claims: Sequence[ClaimRecord]
    findings: Sequence[Finding] = ()

    def sections(self) -> list[Section]:
        """The whole form: its header, its questions, its tables, and the typed rows that stand under no question."""
        found = [Section(_title(self.instrument.header), tuple(self._header()), form=self.file)]
        hidden = {each.id for each in self.instrument.fields() if each.hidden}
        for printed in self.instrument.sections[1:]:
            if printed.fields:
                entries = [self._question(printed, each) for each in printed.fields]
                entries = [each for each in entries if not (each.id in hidden and each.status == "not_asked")]
            else:
                entries = self._table(printed)
            note = "" if entries else _NOTHING_NEW if printed.id in COLLECTED else "Nothing was written here."
            found.append(Section(_title(printed), tuple(entries), note, self.file))
        if rows := self.other_rows():
            found.append(Section(ROWS, tuple(rows), form=self.file))
        return found

    # -- the header

    def _header(self) -> Iterator[Entry]:
        definitions = self.schema.properties_of_node(self.instrument.about)
        for each in self.instrument.header.fields:
            facts = [fact for made in each.yields for fact in self._fact(each, made.property, made.claim, made.answer)]
            if not each.yields and each.id == "researchers":
                facts = names_fact(each.wording, self.about.researchers)
            elif not each.yields and each.id == "source" and self.about.source:
                facts = [Entry("fact", each.wording, short_id(self.about.source.id), about=(self.about.source,))]
            elif not each.yields and each.offers == (self.about.entity.label,):
                facts = names_fact(each.wording, [self.about.entity])
            elif not each.yields and each.id in definitions:
                facts = self._fact(each, each.id, None, None)
            yield from facts or [Entry("fact", each.wording, status="not_asked")]

    def _fact(self, each: FieldDefinition, name: str | None, claim: str | None, side: str | None) -> list[Entry]:
        about = self.about
        if claim is not None:
            return names_fact(each.wording, about.ends(claim, side), self._written(claim))
        definition = self.schema.properties_of_node(self.instrument.about)[str(name)]
        text = property_words(self.schema, about.held, definition)
        return [Entry("fact", each.wording, text)] if text else []

    def _written(self, kind: str) -> Address:
        """The cell of the header in which names became claims of a kind."""
        header = self.instrument.header
        cells = (where for claim, where in self._placed if claim.kind.name == kind and stands_in(where, header))
        return next(cells, NOWHERE)

    @cached_property
    def _placed(self) -> list[tuple[ClaimRecord, Address]]:
        """The claims, each with where it was written."""
        return [(claim, claim.address) for claim in self.claims]

    def _claims_in(self, printed: Printed) -> Iterator[ClaimRecord]:
        return (claim for claim, where in self._placed if stands_in(where, printed))

    # -- questions

    def _question(self, printed: Printed, asked: FieldDefinition) -> Entry:
        whole = Question(printed, asked, None)
        if not asked.asks:
            return self._asked(whole, rows=self._rows_under(asked))
        beside = self._answers(whole)
        asks = [self._asked(Question(printed, asked, ask)) for ask in asked.asks]
        return Entry("question", asked.wording, id=whole.name, entries=(*beside, *asks, *self._rows_under(asked)))

    def _asked(self, question: Question, rows: Sequence[Entry] = ()) -> Entry:
        found = [*self._answers(question), *self._named(question)]
        status = None if found or rows else "not_asked"
        return Entry("question", question.wording, id=question.name, status=status, entries=(*found, *rows))

    def _answers(self, question: Question) -> list[Entry]:
        mine = list(self._by_question.get(question.name, ()))
        mine.sort(key=lambda passage: (_scope(passage.held("scope")), in_place(passage.address)))
        return whole_passages(mine, kind="answer")

    def _named(self, question: Question) -> list[Entry]:
        """The names that were given as an answer, which became claims."""
        kinds = {made.claim for made in question.yields if made.claim}
        return _rows(claim for claim in self._claims_in(question.section) if claim.kind.name in kinds) if kinds else []

    @cached_property
    def _by_question(self) -> Mapping[str, Sequence[Passage]]:
        found: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.question].append(passage)
        return found

    # -- tables

    def _table(self, printed: Printed) -> list[Entry]:
        """The rows of a table: passages and notes; findings; who was there."""
        mine = sorted(self._by_question.get(printed.id, ()), key=lambda passage: in_place(passage.address))
        entries = whole_passages(mine)
        entries += _rows(self._claims_in(printed))
        choices = {choice.id: choice.text for column in printed.columns for choice in column.choices}
        found = [finding for finding in self.findings if stands_in(finding.address, printed)]
        entries += [finding_entry(finding, choices) for finding in found]
        effect = self.about.source_held.get("observer_effect_note")
        if effect and "observer_effect" in choices:
            said = Entry("answer", text=str(effect), about=(self.about.source,) if self.about.source else ())
            entries.append(Entry("question", choices["observer_effect"], entries=(said,)))
        return entries

    # -- typed rows

    @cached_property
    def typed(self) -> list[ClaimRecord]:
        """The claims of its *Who did what*."""
        sections = self.instrument.sections
        return [claim for claim, where in self._placed if not any(stands_in(where, section) for section in sections)]

    def other_rows(self) -> list[Entry]:
        """The typed rows that stand under no question."""
        placed = {kind for each in self.instrument.fields() for kind in each.rows}
        return _rows(claim for claim in self.typed if claim.kind.name not in placed)

    def _rows_under(self, asked: FieldDefinition) -> list[Entry]:
        if not asked.rows:
            return []
        # A kind that several questions ask for is shown under the first of them.
        first = {kind: each.id for each in reversed(list(self.instrument.fields())) for kind in each.rows}
        return _rows(claim for claim in self.typed if first.get(claim.kind.name) == asked.id)


def stands_in(address: Address, printed: Printed) -> bool:
    """Whether something was written in a section of a form; a YAML form has paths instead of sheets."""
    if address.sheet is not None:
        return address.sheet == printed.sheet
    return re.search(rf"\({re.escape(printed.id)}\b", address.cell or "") is not None


def finding_entry(finding: Finding, points: Mapping[str, str]) -> Entry:
    """A finding under the point of the form that it answers; ``points`` are their wordings by id."""
    kind = str(finding.properties.get("kind") or "")
    point = points.get(finding.point) or kind.replace("_", " ").capitalize()
    plan = finding.properties.get("plan")
    planned = (Entry("fact", "What will be done", str(plan)),) if plan else ()
    below = (*planned, *follow_up_fact(finding.properties))
    said = Entry(
        "answer",
        text=str(finding.properties.get("text") or ""),
        id=finding.id,
        about=finding.about,
        address=finding.address,
    )
    return Entry("question", point, id=finding.id, entries=(said, *below))


def filled_in(
    library: Library,
    instrument: Instrument,
    about: About,
    passages: Iterable[Passage],
    claims: Iterable[ClaimRecord],
    findings: Iterable[Finding] = (),
    files: Iterable[str] = (),
) -> list[FilledIn]:
    """The forms of an instrument about one thing, one a file, in the order of their files.

    ``files`` are those that are such forms although they have no answer in words.
    """
    mine = [passage for passage in passages if passage.instrument == instrument.instrument]
    said, noted = list(claims), list(findings)
    names = {passage.address.file or "" for passage in mine} | set(files)
    return [
        FilledIn(
            library.schema,
            instrument,
            file,
            about,
            [passage for passage in mine if passage.address.file == file],
            [claim for claim in said if claim.address.file == file],
            [finding for finding in noted if finding.address.file == file],
        )
        for file in sorted(names)
    ]


def form_sections(forms: Sequence[FilledIn]) -> list[Section]:
    """The sections of all forms; where there are several, each says which form it is of."""
    found = []
    for form in forms:
        for section in form.sections():
            title = f"{section.title} ({form.file})" if len(forms) > 1 else section.title
            found.append(replace(section, title=title))
    return found


def _title(printed: Printed) -> str:
    return printed.title or printed.sheet


def _rows(claims: Iterable[ClaimRecord]) -> list[Entry]:
    return [claim_entry(claim) for claim in sorted(claims, key=lambda claim: (in_place(claim.address), claim.id))]


def _scope(scope: str | None) -> int:
    return _SCOPES.index(scope) if scope in _SCOPES else len(_SCOPES)
