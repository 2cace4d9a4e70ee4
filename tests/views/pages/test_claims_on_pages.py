"""What a page says of claims where the demonstration study has no example: denials, several claims by one source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from journeys.analysis.claims.claim import ClaimRecord, Source
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.journey import journey_page
from journeys.views.pictures.journey_map import journey_map
from tests.views.terminal.test_journey import INTERVIEW, journey_of, person, said, shown

OBSERVATION = Source("s:data_source:o1", "Observation 1", "observation")


def page_of(claims: Sequence[ClaimRecord]) -> str:
    journey = journey_of(claims)
    return journey_page(journey, journey_map(journey), PageFrame("A study"))


def sentences(html: str) -> list[str]:
    """The sentences of the claim cards, or of the row whose cards all say the same, in their order."""
    found = re.findall(r'<(?:p class="says"|span class="sentence")>(.*?)</(?:p|span)>', html, re.S)
    return [unescape(re.sub(r"<[^>]*>", "", each)).strip() for each in found]


def words(html: str) -> str:
    """What a person reads, in one line."""
    shown_part = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown_part)).split())


def test_a_card_says_that_something_was_reported_not_to_have_happened() -> None:
    denied = said("CONTESTED", person("Speer"), 1, negated=True)
    html = page_of([denied, said("USED", person("Friend"), 2)])
    cards = sentences(html)
    (of_denial,) = {card for card in cards if "Speer" in card}
    (of_use,) = {card for card in cards if "Friend" in card}
    assert of_denial.startswith("Reported not to have happened: ")
    assert "not to have happened" not in of_use


def test_sources_are_counted_and_not_claims() -> None:
    """Three claims of one step by two sources, on the page and in the terminal."""
    thrice = [
        said("INTRODUCED", person("Brockett"), number, quote=f"quote {number}", place=f"p. {number}")
        for number in (1, 2, 3)
    ]
    thrice[2] = replace(thrice[2], source=OBSERVATION)
    assert thrice[0].source == thrice[1].source == INTERVIEW
    read, printed = words(page_of(thrice)), shown(journey_of(thrice))
    assert page_of(thrice).count('<div class="claim" id=') == 3
    for told in (read, printed):
        assert "2 sources" in told
        assert "3 claims from 2 sources" in told
        assert "3 sources" not in told
    assert "1 source" in words(page_of(thrice[:2]))
    assert "[1 source]" in shown(journey_of(thrice[:2]))
    assert "2 sources" not in words(page_of(thrice[:2])) + shown(journey_of(thrice[:2]))
