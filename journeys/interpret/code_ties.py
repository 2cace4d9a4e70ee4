"""The codes of a study as nodes, coded passages, and the ties that give a passage a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from journeys.instruments.excel.coding_decisions import Decision
from journeys.interpret.codes_in_use import passage_key
from journeys.interpret.coding_decisions import INSTEAD, REJECTED, decided
from journeys.interpret.context import Context, End
from journeys.model.identity import node_id, short_id
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value


def passage_of(context: Context, source: End, place: str | None, text: str) -> End:
    """Return the passage for these words of a source; the same words and place always give the same passage."""
    key = passage_key(short_id(source.id), place, text)
    return End("Extract", node_id(context.study, context.schema.nodes["Extract"], key))


def kept_passage(
    context: Context, passage: End, source: End, properties: Mapping[str, Value], address: Address
) -> Iterator[Node | Claim]:
    """A passage and its tie to its source; nothing where it is kept already."""
    if not context.codes.keeps(passage.id):
        context.codes.passages.add(passage.id)
        yield Node("Extract", passage.id, properties, address, Authority.FORM)
        yield context.claim(context.schema.claims["FROM"], passage, source, {}, address)


def code_passage(
    context: Context, passage: End, key: str, coders: Sequence[str], given: Mapping[str, Value], address: Address
) -> Iterator[Claim]:
    """The ties that give a passage, already made known, a code: one for each coder."""
    when = given.get("coded_at")
    code, also = context.codes.coded(key, address, str(when) if when else None)
    end = End("Code", node_id(context.study, context.schema.nodes["Code"], [code.key]))
    for coder in coders or [""]:
        by: dict[str, Value] = {"coder": coder} if coder else {}
        made = context.claim(context.schema.claims["CODED_AS"], passage, end, {**given, **also, **by}, address)
        decision = context.codes.decisions.about(made.id)
        if decision is None:
            yield made
        else:
            yield from _decided(context, passage, end, made, decision)


def _decided(context: Context, passage: End, code: End, made: Claim, decision: Decision) -> Iterator[Claim]:
    """The coding as it was decided: kept, or rejected, and then given the code that applies instead."""
    said = {**made.properties, **decided(decision)}
    if decision.applies:
        yield replace(made, properties=said)
        return
    kind = context.schema.claims[REJECTED]
    instead: dict[str, Value] = {"instead": decision.instead.text} if decision.instead else {}
    yield context.claim(kind, passage, code, {**said, **instead, "coding": made.id}, made.address)
    for key in context.codes.read(decision.instead, context.report) if decision.instead else ():
        applies, also = context.codes.coded(key, decision.address, decision.decided_on)
        end = End("Code", node_id(context.study, context.schema.nodes["Code"], [applies.key]))
        held = {**decided(decision), **also, "decision": INSTEAD, "coder": decision.decided_by}
        yield context.claim(context.schema.claims["CODED_AS"], passage, end, held, decision.address)


def note_coder(context: Context, source: str, coder: str, address: Address) -> None:
    """Remember in which file a coder coded a source; reported, once a file, where that is another file already."""
    other = context.codes.coders.setdefault((source, coder.casefold()), address.file or "")
    if other != address.file:
        message = f"{coder} coded {short_id(source)} in {other} too; the two were read together."
        remedy = "Keep one of the two if one is a copy; if somebody else coded here, correct the coder."
        context.report(Problem("coded_twice", address, message, remedy, Severity.WARNING))


def codebook_records(context: Context) -> Iterator[Node | Claim]:
    """The codes as nodes, and the types of evidence as ties to them, where the graph is to hold the codebook."""
    if context.codes.in_graph:
        kind = context.schema.nodes["Code"]
        for code, properties in context.codes.codes():
            yield Node("Code", node_id(context.study, kind, [code.key]), properties, code.address, Authority.FORM)
        of_type = context.schema.claims["OF_TYPE"]
        for evidence, (_, key, address) in context.codes.evidence.items():
            end = End("Code", node_id(context.study, kind, [context.codes.codebook.current(key).key]))
            yield context.claim(of_type, End("Evidence", evidence), end, {}, address)
