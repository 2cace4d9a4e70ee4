"""Answers for readers outside the team: without rows that rest on so few claims that they point to somebody."""

from __future__ import annotations

from dataclasses import replace

from journeys.analysis.claims.small_cells import left_out, may_be_shown
from journeys.analysis.questions.answer import Answer


def without_small_cells(answer: Answer, smallest: int) -> Answer:
    """The answer without rows that rest on fewer than ``smallest`` claims, and without codes of fewer sources; what is
    said of it says how many were left out.

    Of a question that does not say which claims its rows rest on, no row is shown.
    """
    if not answer.tells_claims and answer.rows:
        said = "No row is shown, because the query returns no column `claims`: it is not known how many each rests on."
        return replace(answer, rows=(), claim_ids=(), claims={}, coded=(), withheld=(*answer.withheld, said))
    kept = [at for at, ids in enumerate(answer.claim_ids) if may_be_shown(len(ids), answer.rows[at], smallest=smallest)]
    coded = tuple(each for each in answer.coded if each.sources >= smallest)
    left = [left_out(len(answer.rows) - len(kept), smallest)]
    if gone := len(answer.coded) - len(coded):
        left.append(f"Codes left out, because passages of fewer than {smallest} sources have them: {gone}.")
    ids = tuple(answer.claim_ids[at] for at in kept)
    shown = {claim for some in ids for claim in some}
    return replace(
        answer,
        rows=tuple(answer.rows[at] for at in kept),
        claim_ids=ids,
        claims={name: claim for name, claim in answer.claims.items() if name in shown},
        coded=coded,
        withheld=(*answer.withheld, *filter(None, left)),
    )
