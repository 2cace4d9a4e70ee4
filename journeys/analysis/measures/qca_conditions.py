"""Conditions and outcomes of a qualitative comparative analysis, derived by rules from claims."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from journeys.analysis.claims.graph import on_topic
from journeys.analysis.claims.places import organisations_of
from journeys.analysis.courses.stages import JourneyCourse, StageEvent
from journeys.model.lens import Lens

_MAKING = ("AUTHORED", "CONTRIBUTED_TO", "GENERATED", "ACCESSED")
_ARGUED_FOR = ("RECOMMENDS", "USED_TO_JUSTIFY", "INFLUENCED")


_TERM, _NAME = re.compile(r"[~A-Z_*+ ]+"), re.compile(r"[A-Z_]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A value for one case: 1 or 0, None if nothing is known; and the ids of the claims it rests on.

    ``disputed``: one source reports it, and another that it did not happen.
    """

    value: float | None
    claims: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The parts of the graph that a rule uses.

    ``champions``: the claims of championing, by what was championed. ``vcf``: the people and groups of an organisation
    of the kind "vcf". ``on_ethnicity``: the evidence that is about ethnicity.
    """

    champions: Mapping[str, tuple[str, ...]]
    vcf: frozenset[str]
    on_ethnicity: frozenset[str]

    @classmethod
    def of(cls, counted: nx.MultiDiGraph[str]) -> Surroundings:
        """Out of the claims that count."""
        champions: defaultdict[str, list[str]] = defaultdict(list)
        for _, end, key, claim in counted.edges(keys=True, data=True):
            if claim["type"] == "CHAMPIONED":
                champions[end].append(key)
        bodies = organisations_of(counted)
        return cls(
            {node: tuple(sorted(keys)) for node, keys in champions.items()},
            frozenset(node for node, held in bodies.items() if any(body.kind == "vcf" for body in held)),
            frozenset(
                node for node, held in counted.nodes(data=True) if on_topic(counted, held.get("equality_strand"))
            ),
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition or outcome: its name in R, its words on pages, when a case has it, and how that is found."""

    name: str
    words: str
    definition: str
    find: Callable[[JourneyCourse, Surroundings, bool], Finding]
    outcome: bool = False


def _said(told: Iterable[StageEvent], denied: Iterable[StageEvent]) -> Finding:
    """Return 1 if a source reports it, 0 if it was only reported not to have happened, else None."""
    so, not_so = {each.claim for each in told}, {each.claim for each in denied}
    value = 1.0 if so else 0.0 if not_so else None
    return Finding(value, tuple(sorted(so | not_so)), bool(so and not_so))


def _claimed(*types: str) -> Callable[[JourneyCourse, Surroundings, bool], Finding]:
    def find(journey: JourneyCourse, _: Surroundings, carried: bool) -> Finding:
        return _said(journey.reported(*types, carried=carried), journey.denied(*types, carried=carried))

    return find


def _champion(journey: JourneyCourse, around: Surroundings, _: bool) -> Finding:
    causes = {journey.id}
    leading: set[str] = set()
    for each in journey.everything:
        if each.via is None and not each.denied and (each.type in (*_ARGUED_FOR, "PROMPTED")):
            cause = each.end if each.type in _ARGUED_FOR else each.start
            if cause in around.champions:
                causes.add(cause)
                leading.add(each.claim)
    found = {claim for cause in causes for claim in around.champions.get(cause, ())}
    found |= {claim for one in journey.presents for claim in around.champions.get(one, ())}
    return Finding(1.0 if found else None, tuple(sorted(found | leading if found else ())))


def _documented(journey: JourneyCourse, _: Surroundings, __: bool) -> Finding:
    if journey.label == "Document":
        return Finding(1.0)
    held = journey.properties.get("documented")
    return Finding(None if held is None else float(held))


def _ethnicity(journey: JourneyCourse, around: Surroundings, _: bool) -> Finding:
    if journey.id in around.on_ethnicity or around.on_ethnicity.intersection(journey.presents):
        return Finding(1.0)
    return Finding(0.0 if journey.properties.get("equality_strand") else None)


def _vcf(journey: JourneyCourse, around: Surroundings, _: bool) -> Finding:
    made = journey.reported(*_MAKING)
    theirs = [each for each in made if each.start in around.vcf]
    return Finding(1.0 if theirs else 0.0 if made else None, tuple(sorted({each.claim for each in theirs or made})))


def _tabled(journey: JourneyCourse, _: Surroundings, carried: bool) -> Finding:
    def at_meeting(told: Iterable[StageEvent]) -> list[StageEvent]:
        return [each for each in told if each.type == "TABLED_AT" or each.properties.get("at_meeting")]

    kinds = ("INTRODUCED", "TABLED_AT")
    return _said(at_meeting(journey.reported(*kinds, carried=carried)), journey.denied(*kinds, carried=carried))


def _instrumental(journey: JourneyCourse, _: Surroundings, carried: bool) -> Finding:
    used = [
        each for each in journey.reported("USED", carried=carried) if each.properties.get("use_type") == "instrumental"
    ]
    return _said(used, journey.denied("USED", carried=carried))


def _acted_on(journey: JourneyCourse, around: Surroundings, carried: bool) -> Finding:
    impact, used = _claimed("INFLUENCED")(journey, around, carried), _instrumental(journey, around, carried)
    known = [each.value for each in (impact, used) if each.value is not None]
    return Finding(
        max(known, default=None), tuple(sorted({*impact.claims, *used.claims})), impact.disputed or used.disputed
    )


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "CHAMPION",
            "championed",
            "somebody championed it, evidence it presents, an action it recommends, was used to justify or influenced, "
            "or what prompted it",
            _champion,
        ),
        Rule("CONTESTED", "contested", "somebody contested it", _claimed("CONTESTED")),
        Rule("SUPPORTED", "supported", "somebody supported it", _claimed("SUPPORTED")),
        Rule(
            "DOCUMENTED",
            "written down",
            "it is written down (of evidence, the register says so; a document is)",
            _documented,
        ),
        Rule("ETHNICITY", "on the topic", "it is about ethnicity, or presents evidence that is", _ethnicity),
        Rule(
            "VCF",
            "from the community",
            "somebody of a voluntary, community or faith organisation wrote, generated or obtained it",
            _vcf,
        ),
        Rule("TABLED", "tabled", "it was introduced or tabled at a meeting", _tabled),
        Rule("IMPACT", "impact", "it influenced an action, an arena or a person", _claimed("INFLUENCED"), outcome=True),
        Rule(
            "INSTRUMENTAL", "instrumental use", "somebody made an instrumental use of it", _instrumental, outcome=True
        ),
        Rule(
            "ACTED_ON",
            "acted on",
            "it had an impact, or somebody made an instrumental use of it",
            _acted_on,
            outcome=True,
        ),
    )
}
"""The conditions and outcomes there are, by name."""

CONDITIONS = tuple(name for name, rule in RULES.items() if not rule.outcome)


def rules_of(lens: Lens) -> dict[str, Rule]:
    """The conditions and outcomes, called and defined in the words of a study's lens."""
    return {
        lens.column(name): replace(rule, name=lens.column(name), definition=lens.in_words(rule.definition))
        for name, rule in RULES.items()
    }


def condition_words(name: str) -> str:
    """The name of a condition or outcome as pages write it; any other name without its strokes, such as that of the
    condition that is called by the topic of a study's lens."""
    if name in RULES:
        return RULES[name].words
    return (name.lower() if name.isupper() else name).replace("_", " ")


def term_words(term: str) -> str:
    """A term of a solution in words: "championed and not tabled" for CHAMPION*~TABLED; other text as it is."""
    if not _TERM.fullmatch(term) or not RULES.keys() & set(_NAME.findall(term)):
        return term
    said = term.replace("*", " and ").replace("+", " or ").replace("~", "not ")
    return " ".join(_NAME.sub(lambda name: condition_words(name[0]), said).split())
