"""*Who did what*: a row of a form becomes claims, one for each pair of ends and each source that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process

from journeys.instruments.answers import FilledRow
from journeys.instruments.files.cells import Cell
from journeys.interpret.context import Context, End
from journeys.model.definitions import ClaimKind, PropertyDefinition
from journeys.model.identity import folded
from journeys.model.phrases import one_of, with_article
from journeys.model.problems import Problem
from journeys.model.records import Claim, Node, Value

_REMARKS = {"place": "place", "quote": "quote", "note": "note"}
_TERMS = ("scope", "mode", "confidence")
_DETAILS = ("status", "confidence_note")
"""Properties of any claim that have no column: they are written under *Details*, such as status = to follow up."""
_OWN_COLUMNS = ("aspect_or_purpose", "grounds_or_manner")
RESEARCHERS_OWN = ("researcher_comment", "interpretive")
"""The modes of claims whose only source is the researcher who wrote them down."""
_SPELT_ALIKE = 70
"""The lowest similarity, of 100, for a suggested verb. Higher than for names, because another verb is another claim."""
_THIS = {"this", "this document", "this meeting", "this case study", "the case study", "it"}


class Sources:
    """The sources of a claim: those a cell names, and the one meant when it is empty.

    ``own`` is the form's own source (the document of an extraction form, the observation of an observation sheet).
    """

    def __init__(self, context: Context, own: End | None, kinds: Mapping[str, str]) -> None:
        self._context, self._own, self._kinds = context, own, kinds

    def named(self, given: Cell | None) -> list[dict[str, Value]]:
        """``source`` and ``source_kind`` for each source named; the form's own when none is."""
        own = [self._own] if self._own else []
        ends = own if given is None else self._context.look_up(("DataSource",), given)
        return [self._properties(end) for end in ends]

    def _properties(self, end: End) -> dict[str, Value]:
        kind = self._kinds.get(end.id)
        return {"source": end.id, **({"source_kind": kind} if kind else {})}


Bearing = Callable[[Cell, str | None], Mapping[str, Value]]
"""The properties that a quote takes from the passages that contain it; called with the quote and the row's mode."""


def claims_of_row(
    context: Context,
    row: FilledRow,
    subject: End | None,
    sources: Sources,
    shared: Mapping[str, Value],
    *,
    here: End | None = None,
    bearing: Bearing | None = None,
) -> Iterator[Node | Claim]:
    """The nodes and claims of one row.

    ``subject`` is what the form is about: an empty *who* or *to what* means it; None if the form is about no one thing.
    ``shared`` holds for every claim of the form (who recorded it). ``here`` is the meeting that was observed: what
    happens at meetings happened there unless the row names another. Interpretations and comments of a researcher have
    the researcher as their source. Whatever cannot be used is reported at its cell, and the row then yields nothing.
    """
    verb = row.values.get("did_what")
    if verb is None:
        context.report(Problem("missing_value", row.address, "The row has no verb.", "Choose a verb in *did what*."))
        return
    kind = context.schema.claim_kind(verb.text)
    if kind is None:
        near = _near(context, verb.text)
        meant = f"Did you mean {one_of(map(repr, near))}? " if near else _choice_between(context, row, subject)
        context.problem(
            "unknown_verb", verb, f"{verb.text!r} is not a verb in the list.", f"{meant}Choose one from the list."
        )
        return
    starts = _ends(context, row, "who", kind.from_labels, subject)
    meetings = _meetings_meant(context, row, kind)
    ends = meetings if meetings is not None else _ends(context, row, "to_what", kind.to_labels, subject)
    told = {"at_meeting": here.id} if here is not None and kind.at_meetings and "Meeting" not in kind.to_labels else {}
    properties = {**shared, **told, **_properties(context, row, kind, with_meeting=meetings is None)}
    places = _places(row)
    if bearing is not None and kind.asserted and "quote" in row.values:
        mode = properties.get("mode")
        properties |= bearing(row.values["quote"], str(mode) if mode else None)
    if properties.get("mode") in RESEARCHERS_OWN:
        properties["claimed_by"] = "researcher"
    said_by = sources.named(row.values.get("source")) if kind.asserted else [{}]
    if kind.asserted and not said_by and "source" not in row.values:
        said_by = [{}]
    for start, new_start in starts:
        if new_start is not None:
            yield new_start
        for end, new_end in ends:
            if new_end is not None:
                yield new_end
            if not kind.allows(start.label, end.label):
                _report_not_allowed(context, verb, kind, start, end)
                continue
            for source in said_by:
                claim = context.claim(kind, start, end, {**properties, **source}, row.address)
                yield replace(claim, **places) if places else claim


def _places(row: FilledRow) -> dict[str, Any]:
    """Where the date and the judgements of a row are written, as fields of its claims."""
    judged = {column: row.values[column].address for column in _TERMS if column in row.values}
    dated = {"dated_at": row.values["when"].address} if "when" in row.values else {}
    return {**dated, "places": judged} if judged else dated


def _meetings_meant(context: Context, row: FilledRow, kind: ClaimKind) -> list[tuple[End, Node | None]] | None:
    """The meetings under *At which meeting* of a verb that leads to a meeting ("was tabled at"), if *To what* is empty;
    else None.
    """
    at, to_what = row.values.get("at_meeting"), row.values.get("to_what")
    if at is None or "Meeting" not in kind.to_labels or (to_what is not None and folded(to_what.text) not in _THIS):
        return None
    return [(end, None) for end in context.look_up(("Meeting",), at)]


def _ends(
    context: Context, row: FilledRow, column: str, labels: tuple[str, ...], subject: End | None
) -> list[tuple[End, Node | None]]:
    given = row.values.get(column)
    if subject is not None and (given is None or folded(given.text) in _THIS):
        return [(subject, None)]
    if given is None:
        message = f"The row does not say {column.replace('_', ' ')}."
        wanted = f"the name of {context.schema.nouns(labels, article=True)}"
        context.report(Problem("missing_value", row.address, message, f"Write {wanted}."))
        return []
    matches = context.names.find(tuple(context.schema.nodes), given.text)
    if len(matches) == 1:
        # A known name of a kind this verb does not take is told by what the verb allows, not as an unknown name.
        return [(End(*matches[0]), None)]
    return list(context.look_up_or_new(context.schema.labels(labels), given))


def _report_not_allowed(context: Context, verb: Cell, kind: ClaimKind, start: End, end: End) -> None:
    between = [other.phrase for other in context.schema.claims_between(start.label, end.label) if other.asserted]
    start_noun, end_noun = (context.schema.nodes[each.label].noun for each in (start, end))
    pair = f"{with_article(start_noun)} and {with_article(end_noun)}"
    could = f"Between {pair} you can choose: {', '.join(between)}. " if between else ""
    context.problem(
        "not_allowed",
        verb,
        f"{context.names.shown(start.id)!r} ({start_noun}) {verb.text} {context.names.shown(end.id)!r} ({end_noun}): "
        f"{verb.text!r} goes from {context.schema.nouns(kind.from_labels, article=True)} to "
        f"{context.schema.nouns(kind.to_labels, article=True)}.",
        f"{could}Choose a different verb, or different names.",
    )


def _properties(context: Context, row: FilledRow, kind: ClaimKind, *, with_meeting: bool) -> dict[str, Value]:
    found: dict[str, Value] = {}
    given = row.values
    for column in _OWN_COLUMNS:
        if column in given:
            found |= _own_column(context, kind, column, given[column])
    if "details" in given:
        found |= _details(context, kind, given["details"])
    if not kind.asserted:
        return found
    for column, name in _REMARKS.items():
        if column in given:
            found[name] = given[column].text
    for column in _TERMS:
        term = context.values.term(column, given[column]) if column in given else None
        if term is not None:
            found[column] = term
    if found.get("mode") == "derived":
        message = "Inferred claims are made by the program and cannot be entered in a form."
        context.problem("bad_value", given["mode"], message, "Choose how the words were recorded.")
    if "when" in given:
        found |= context.values.date(given["when"])
    if "at_meeting" in given and with_meeting:
        meetings = context.look_up(("Meeting",), given["at_meeting"])
        if len(meetings) > 1:
            message = "A row can name only one meeting."
            context.problem("bad_value", given["at_meeting"], message, "Write a row for each meeting.")
        if meetings:
            found["at_meeting"] = meetings[0].id
    if "not_so" in given and context.values.yes_or_no(given["not_so"]):
        found["negated"] = True
    return found


def _own_column(context: Context, kind: ClaimKind, column: str, given: Cell) -> dict[str, Value]:
    """A value of one of the two columns that mean something else for each verb; a verb without such a meaning keeps
    the words as a note rather than losing them."""
    for definition in kind.properties.values():
        if definition.column == column:
            return context.values.read(definition, given)
    return {"note": given.text} if kind.asserted else {}


def _details(context: Context, kind: ClaimKind, given: Cell) -> dict[str, Value]:
    """``outcome = withdrawn; use type = post hoc``: the verb's other properties by name."""
    found: dict[str, Value] = {}
    of_every_claim = context.schema.claim_properties if kind.asserted else {}
    can_have = {**kind.properties, **{name: of_every_claim[name] for name in _DETAILS if name in of_every_claim}}
    for part in filter(str.strip, given.text.split(";")):
        name, equals, value = part.partition("=")
        definition = _named(can_have.values(), name)
        if not equals or definition is None:
            known = ", ".join(name.replace("_", " ") for name in can_have) or "none"
            context.problem(
                "unknown_detail",
                given,
                f"{part.strip()!r} is not a detail that {kind.phrase!r} can have.",
                f"Write it as `name = value`; the names are: {known}.",
            )
            continue
        found |= context.values.read(definition, Cell(value.strip(), given.address))
    return found


def _named(definitions: Iterable[PropertyDefinition], name: str) -> PropertyDefinition | None:
    wanted = folded(name).replace(" ", "_")
    return next((definition for definition in definitions if definition.name == wanted), None)


def _choice_between(context: Context, row: FilledRow, subject: End | None) -> str:
    """The verbs that fit the ends of a row, in a sentence; "" where the ends do not say which these are."""
    labels = [_label(context, row.values.get(column), subject) for column in ("who", "to_what")]
    if None in labels:
        return ""
    start, end = (context.schema.nodes[label] for label in labels if label is not None)
    verbs = [kind.phrase for kind in context.schema.claims_between(start.name, end.name) if kind.asserted]
    pair = f"{with_article(start.noun)} and {with_article(end.noun)}"
    return f"Between {pair} you can choose: {', '.join(verbs)}. " if verbs else ""


def _label(context: Context, given: Cell | None, subject: End | None) -> str | None:
    if given is None or folded(given.text) in _THIS:
        return subject.label if subject is not None else None
    found = {label for label, _ in context.names.find(tuple(context.schema.nodes), given.text)}
    return found.pop() if len(found) == 1 else None


def _near(context: Context, words: str) -> list[str]:
    """Return the verbs with a similar spelling; synonyms are not guessed."""
    phrases = [kind.phrase for kind in context.schema.claims.values()]
    alike = process.extract(words, phrases, scorer=fuzz.ratio, processor=folded, limit=3, score_cutoff=_SPELT_ALIKE)
    return [phrase for phrase, _, _ in alike]
