"""What a journey page shows besides the map and the table: disagreements, what describes the thing, and citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.views.pages.claim_card import claim_card, claim_key
from journeys.views.pages.frame import Targets
from journeys.views.pictures.citations import CITED, citations_svg
from journeys.views.text import sanitized
from journeys.views.wording import aspect_words


def numbered(journey: Journey) -> Iterator[tuple[int, Step]]:
    """The steps with the numbers that map and table give them."""
    yield from enumerate(journey.all_steps, start=1)


def step_numbers(journey: Journey) -> Mapping[str, int]:
    """The number of the step in which each claim stands, by the id of the claim."""
    return {claim.id: number for number, step in numbered(journey) for claim in step.claims}


def references(claims: Iterable[ClaimRecord], number_of: Mapping[str, int]) -> list[tuple[int, str]]:
    """The steps that claims stand in: the number of each, and the place on the page of the first of them in it."""
    found: dict[int, str] = {}
    for claim in claims:
        found.setdefault(number_of[claim.id], claim_key(claim.id))
    return sorted(found.items())


def differing(journey: Journey) -> list[dict[str, Any]]:
    """Where sources disagree: the question, and side by side what each source answers, in which words."""
    number_of = step_numbers(journey)
    keys = {voice["name"]: voice["key"] for voice in voices(journey)}
    return [
        {
            "question": each.question,
            "accounts": [
                {
                    "key": keys[account.source],
                    "source": account.source,
                    "answer": account.answer,
                    "steps": references(account.claims, number_of),
                    "quotes": [str(quote) for claim in account.claims if (quote := claim.properties.get("quote"))],
                }
                for account in each.accounts
            ],
        }
        for each in journey.disagreements
    ]


def voices(journey: Journey) -> list[dict[str, str]]:
    """The sources that disagree with another, by name, each with a key for the page."""
    names = dict.fromkeys(account.source for each in journey.disagreements for account in each.accounts)
    return [{"key": str(number), "name": name} for number, name in enumerate(sorted(names), start=1)]


def who_is_who(journey: Journey, targets: Targets) -> list[Markup]:
    """The people and groups of a journey with their role and organisation, in the order in which they come up."""
    ends = [end for _, step in numbered(journey) for end in (*step.starts, *step.ends) if end.label == "Actor"]
    made = []
    for actor in {end.id: end for end in ends}.values():
        role, body = journey.places.roles.get(actor.id, ""), journey.places.bodies.get(actor.id)
        if known := ", ".join(filter(None, [sanitized(role), sanitized(body.name) if body else ""])):
            made.append(Markup("{}, {}").format(targets.linked(actor.name, [actor]), known))
    return made


def about_it(journey: Journey, targets: Targets) -> list[dict[str, Any]]:
    """What a document or piece of evidence is or says, which is no event: each kind with the things that it names."""
    subject = journey.subject.entity
    groups: defaultdict[str, list[tuple[int, Step, Entity]]] = defaultdict(list)
    for number, step in numbered(journey):
        if not step.event:
            says, others = _relation(step, subject)
            groups[says] += [(number, step, other) for other in others]
    return [{"says": says, "things": list(_things(held, targets))} for says, held in groups.items()]


def _relation(step: Step, subject: Entity) -> tuple[str, Sequence[Entity]]:
    """How the traced thing stands to others, and these: "Cites", "Is cited by"."""
    done_to_it = [entity.id for entity in step.ends] == [subject.id]
    says = step.kind.passive if done_to_it else step.kind.phrase
    others = step.starts if done_to_it else step.ends
    words = f"Reported not to be so: {says}" if step.negated else f"{says[:1].upper()}{says[1:]}"
    return f"{words} (inferred)" if step.derived else words, others


def _things(held: Sequence[tuple[int, Step, Entity]], targets: Targets) -> Iterator[dict[str, Any]]:
    steps: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    things: dict[str, Entity] = {}
    details: defaultdict[str, list[str]] = defaultdict(list)
    for number, step, thing in held:
        things[thing.id] = thing
        claims = [claim for claim in step.claims if thing.id in (claim.start.id, claim.end.id)]
        steps[thing.id].append((number, claim_key((claims or step.claims)[0].id)))
        details[thing.id] += [words for claim in claims for words in aspect_words(claim)]
    for node_id, thing in things.items():
        yield {
            "words": targets.linked(thing.name, [thing]),
            "steps": steps[node_id],
            "details": "; ".join(dict.fromkeys(details[node_id])),
        }


def actions_told(journey: Journey, targets: Targets) -> list[dict[str, Any]]:
    """The actions of a journey, each with its claims; a claim that is a step has the number of the step."""
    number_of = step_numbers(journey)
    return [
        {
            # The heading has the link of the action; its claims lead to what else they name.
            "name": targets.linked(each.action.name, [each.action]),
            "claims": [
                {"card": claim_card(claim, each.action, targets), "step": number_of.get(claim.id)}
                for claim in each.claims
            ],
        }
        for each in journey.actions
    ]


def citation_graph(journey: Journey) -> str:
    """What it cites and what cites it, as a picture; "" where no source reports a citation."""
    subject = journey.subject.entity
    told = [step for _, step in numbered(journey) if step.kind.name == CITED and not step.negated and step.via is None]
    cites = _once(entity for step in told for entity in step.ends if entity.id != subject.id)
    cited_by = _once(entity for step in told for entity in step.starts if entity.id != subject.id)
    return citations_svg(subject, cites, cited_by) if cites or cited_by else ""


def _once(entities: Iterator[Entity]) -> list[Entity]:
    return sorted({entity.id: entity for entity in entities}.values(), key=lambda entity: (entity.name, entity.id))
