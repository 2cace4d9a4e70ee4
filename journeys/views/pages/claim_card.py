"""A claim as a page shows it: the claim, its source, the quotation, and the form cell."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.reading.entries import scope_label
from journeys.analysis.trace.sentences import said_of_claim
from journeys.model.phrases import counted
from journeys.views.names_in_words import uncapital
from journeys.views.pages.frame import Targets
from journeys.views.text import sanitized
from journeys.views.wording import MODES, address_words, date_words, details_words, manner_words


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """The words of one claim; "" for what it does not say. Nothing is cut.

    ``key`` is the id of its place on a page, always the same for the same claim. ``says`` and ``by`` are the sentence
    and the source with links to what they name; ``source_href`` leads to the page of the source, and ``href`` to the
    place where the cell of ``address`` is shown, where there are such pages.
    """

    key: str
    sentence: str
    source: str
    manner: str
    when: str
    quote: str
    details: str
    note: str
    address: str
    derived: bool
    says: Markup
    by: Markup
    source_href: str
    href: str


def claim_card(
    claim: ClaimRecord,
    subject: Entity,
    targets: Targets,
    *,
    said_above: bool = False,
    on_page: Mapping[str, ClaimRecord] = MappingProxyType({}),
) -> ClaimCard:
    """The card of a claim of a journey; the traced thing is called by its name. ``targets`` are where names lead.

    ``said_above``: what stands around the card says its sentence already, and with it where its names lead.
    ``on_page`` are claims by their ids whose cards are on the page: an inferred claim leads to those it rests on.
    """
    nobody = Entity("", subject.label, subject.name)
    sentence = said_of_claim(claim, nobody)
    sentence = f"Reported not to have happened: {sentence}" if claim.negated else sentence
    others = [end for end in (claim.start, claim.end) if end.id != subject.id]
    held = claim.properties
    source = _source(claim)
    named = [Entity(claim.source.id, "DataSource", claim.source.name)] if claim.source else []
    return ClaimCard(
        key=claim_key(claim.id),
        sentence=sentence,
        source=source,
        manner=", ".join(filter(None, _manner(claim))),
        when=date_words(claim.when),
        quote=str(held.get("quote") or ""),
        details=details_words(claim),
        note=str(held.get("note") or ""),
        address=address_words(claim),
        derived=claim.derived,
        says=Markup() if said_above else targets.linked(sentence, others),
        by=targets.linked(source, named) + _basis(claim, on_page),
        source_href=targets.thing(claim.source.id) if claim.source else "",
        href=targets.cell(claim.address),
    )


def claim_key(claim_id: str) -> str:
    """The id of the place on a page where a claim is shown; links to it survive whatever else is loaded."""
    return f"c{hashlib.sha256(claim_id.encode()).hexdigest()[:10]}"


def _basis(claim: ClaimRecord, on_page: Mapping[str, ClaimRecord]) -> Markup:
    """Links to the claims that an inferred one rests on, by the cells they were written in."""
    basis = [on_page[each] for each in claim.derived_from if each in on_page]
    links = [
        Markup('<a href="#{}">{}</a>').format(claim_key(each.id), sanitized(each.address.cell or "row"))
        for each in basis
    ]
    return Markup(": ") + Markup(", ").join(links) if links else Markup()


def _source(claim: ClaimRecord) -> str:
    if claim.derived:
        return f"Inferred from {counted(len(claim.derived_from), 'claim')} shown here"
    return claim.source.name if claim.source else "No source named"


def _manner(claim: ClaimRecord) -> list[str]:
    held = claim.properties
    return [
        *(words for words in manner_words(claim) if words != MODES["derived"]),
        str(held.get("confidence_note") or ""),
        uncapital(scope_label(claim.vocabularies, held.get("scope"))),
        f"stated by {claim.said_by}" if claim.said_by else "",
        "to follow up" if held.get("status") == "to_follow_up" else "",
    ]
