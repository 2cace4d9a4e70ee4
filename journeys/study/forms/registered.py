"""Names and form headers from a study's registers, available before anything is loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.instruments.subjects import ABOUT
from journeys.interpret.names import ambiguous_name
from journeys.interpret.study_reader import StudyReader
from journeys.model.identity import short_id
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address, UsageProblem
from journeys.model.schema import load_schema
from journeys.staging.database import Staging
from journeys.store.resolve import Found, UnknownReference, to_choose
from journeys.study.access import StudyAccess

_ENDS = {True: ("from_id", "to_id"), False: ("to_id", "from_id")}


@dataclass(frozen=True)
class _Thing:
    """A registered node: what the registers say of it."""

    id: str
    properties: Mapping[str, Any]


class Registered:
    """The registers of a study, read by ``reader`` into ``staging``, which has to stay open."""

    def __init__(self, study: StudyAccess, reader: StudyReader, staging: Staging) -> None:
        reader.read_registers()
        staging.finish(ProblemLog())
        self._names, self._database = reader.names, staging.database
        self.offered = {label: reader.names.known((label,)) for label in study.schema.nodes}
        """The names in the registers, by node label, and the rows of the summary tables."""
        tables = study.folder.summary_tables(lambda problem: None)
        for label in ("Finding", "ResearchQuestion"):
            self.offered[label] = [*tables.offered(label)]

    def header(self, ref: str, labels: Sequence[str]) -> tuple[Found, Mapping[str, object]] | None:
        """What ``ref`` stands for, and the fields of the header of a form about it; None for what is not registered.

        Raises UsageProblem for a reference to several things.
        """
        found = self.find(ref, labels)
        if found is None:
            return None
        made = {
            "Document": self._document,
            "Meeting": self._meeting,
            "DataSource": self._source,
            "CaseStudy": self._case,
        }
        thing = self._thing(found.id)
        return found, made[found.label](thing) if found.label in made else {ABOUT: short_id(thing.id)}

    def find(self, ref: str, labels: Sequence[str]) -> Found | None:
        """The one thing that ``ref`` stands for in the registers; None for none.

        Raises UsageProblem for a reference to several things.
        """
        matches = self._names.find(labels, ref)
        if len(matches) > 1:
            raise UsageProblem(str(ambiguous_name(self._names, matches, ref, Address())))
        if not matches:
            return None
        label, node_id = matches[0]
        held = self._thing(node_id).properties
        return Found(node_id, label, str(held.get("name") or short_id(node_id)), held.get("doc_number"))

    def unknown(self, ref: str, labels: Sequence[str]) -> UnknownReference | None:
        """The error that ``ref`` is not registered, with the nearest names that are; None where nothing is."""
        if not any(self.offered[label] for label in labels):
            return None
        near = self._names.nearest(labels, ref)
        choice = to_choose(near, (name for label in labels for name in self.offered[label]))
        wanted = load_schema().nouns(labels, article=True)
        return UnknownReference(f"{ref.strip()!r} is not {wanted} in the registers.{choice}", near)

    def interviews_of(self, case: str) -> list[str]:
        """The ids of the interviews and group discussions of a case study, as far as they are registered."""
        found = self._tied(_Thing(case, {}), "IN_CASE", outgoing=False)
        kinds = {each: self._thing(each).properties.get("kind") for each in found}
        return [each for each, kind in kinds.items() if kind in ("interview", "group_discussion")]

    def _document(self, thing: _Thing) -> Mapping[str, object]:
        held = thing.properties
        return {
            "case_study_and_site": self._first(self._tied(thing, "IN_CASE")),
            "name_of_document": held.get("title"),
            "document_number": held.get("doc_number"),
            "author_or_originating_group": "; ".join(self._named(self._tied(thing, "AUTHORED", outgoing=False))),
            "date": held.get("date_text"),
            "type_of_document": held.get("doc_type"),
        }

    def _meeting(self, thing: _Thing) -> Mapping[str, object]:
        held = thing.properties
        arenas = [self._thing(arena) for arena in self._tied(thing, "OF_ARENA")]
        cases = self._tied(thing, "IN_CASE") or [case for arena in arenas for case in self._tied(arena, "IN_CASE")]
        sources = [self._thing(source) for source in self._tied(thing, "OF_MEETING", outgoing=False)]
        observed = [source.id for source in sources if source.properties.get("kind") == "observation"]
        return {
            "case_study": self._first(cases),
            "meeting_group_name": held.get("name"),
            "date": held.get("date_text"),
            "location": held.get("location"),
            "business": held.get("business"),
            "meeting_mode": held.get("mode"),
            "source": self._first(observed) if len(observed) == 1 else None,
        }

    def _source(self, thing: _Thing) -> Mapping[str, object]:
        held = thing.properties
        return {
            "source": short_id(thing.id),
            "interviewee": "; ".join(self._named(self._tied(thing, "WITH_ACTOR"))),
            "case_study": "; ".join(map(short_id, self._tied(thing, "IN_CASE"))),
            "date": held.get("date_text"),
            "transcript_status": held.get("transcript_status"),
            "kind": held.get("kind"),
        }

    def _case(self, thing: _Thing) -> Mapping[str, object]:
        return {
            "case_study_and_site": short_id(thing.id),
            "site": "; ".join(self._named(self._tied(thing, "AT_SITE"))),
        }

    def _thing(self, node_id: str) -> _Thing:
        row = self._database.execute("SELECT properties FROM node WHERE id = ?", (node_id,)).fetchone()
        return _Thing(node_id, json.loads(row[0]) if row else {})

    def _tied(self, thing: _Thing, claim_type: str, *, outgoing: bool = True) -> list[str]:
        near, far = _ENDS[outgoing]
        rows = self._database.execute(
            f"SELECT DISTINCT {far} FROM claim WHERE type = ? AND {near} = ? ORDER BY 1", (claim_type, thing.id)
        )
        return [node_id for (node_id,) in rows]

    def _named(self, ids: Sequence[str]) -> list[str]:
        return [str(self._thing(node_id).properties.get("name") or short_id(node_id)) for node_id in ids]

    @staticmethod
    def _first(ids: Sequence[str]) -> str | None:
        return short_id(ids[0]) if ids else None
