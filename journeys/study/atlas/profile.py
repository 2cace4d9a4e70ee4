"""What an atlas shows to whom: for every profile but the internal one, the pages are made from a copy of the study in
which what is withheld is not there at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from journeys.analysis.claims.graph import stored_claims, stored_nodes
from journeys.analysis.claims.withheld import NOT_SHOWN, LeftOut, Public, Team
from journeys.model.phrases import counted, one_of
from journeys.model.privacy import Profile, PublicSettings
from journeys.model.schema import Schema
from journeys.staging.database import Staging
from journeys.store.connection import Store, connect
from journeys.store.loading.load import LoadRequest, load
from journeys.store.settings import StoreSettings

if TYPE_CHECKING:
    from journeys.study.access import StudyAccess


_COUNTED = ("Finding", "Understanding", "ResearchQuestion")
_ALWAYS_GONE = "notes, remarks, tables of answers and measures, accounts of researchers, and addresses of form cells"


@contextmanager
def shown_to(
    study: StudyAccess, profile: Profile, *, one_by_one: bool = False
) -> Iterator[tuple[StudyAccess, tuple[str, ...]]]:
    """The study as a profile shows it, and sentences that say what was left out.

    The study itself for ``internal``, else a copy of its graph in an embedded store of its own, which is deleted in the
    end. Where claims are written ``one_by_one``, the public gets none about a person that few others say too. Raises
    StoreUnavailable.
    """
    if profile == "internal":
        yield study, ()
        return
    settings = study.folder.settings.privacy.public
    with study.folder.scratch() as scratch:
        with study.store() as store:
            nodes, claims = stored_study(store, study.id, study.schema)
        shown = (
            Public(study.schema, settings, nodes, one_by_one=one_by_one)
            if profile == "public"
            else Team(study.schema, nodes)
        )
        with Staging(scratch / "shown.sqlite", study.schema, study.id) as staging:
            staging.finish(lambda problem: None)
            staging.fill(shown.nodes(), shown.claims(claims))
            with connect(StoreSettings(), scratch) as copy:
                request = LoadRequest(study.id, {NOT_SHOWN: ""}, "")
                load(copy, staging, study.schema, request, scratch)
                said = _public(shown.left, study.schema, settings) if profile == "public" else _team(shown.left)
                yield study.on(copy), said


def stored_study(
    store: Store, study: str, schema: Schema
) -> tuple[dict[str, tuple[str, dict[str, Any]]], list[dict[str, Any]]]:
    """All nodes of a study by id, and all claims between them."""
    nodes = {held["id"]: (label, held) for label in schema.nodes for held in stored_nodes(store, study, schema, label)}
    every = stored_claims(store, study, schema, schema.claims.values(), schema.nodes)
    return nodes, [row for row in every if row["start"] in nodes and row["end"] in nodes]


def _team(left: LeftOut) -> tuple[str, ...]:
    counts = left.counts
    parts = [counted(number, noun) for number, noun in ((counts["sensitive"], "sensitive detail"),) if number]
    return (f"For the team: {one_of([*parts, 'who recorded what'], 'and')} left out.",)


def _public(left: LeftOut, schema: Schema, settings: PublicSettings) -> tuple[str, ...]:
    """What the public profile left out, in sentences."""
    counts = left.counts
    kinds = [
        (counts["quotes"], "quotation", "quotations"),
        (counts["Extract"], "passage", "passages"),
        *((counts[label], schema.nodes[label].noun, schema.nodes[label].plural.lower()) for label in _COUNTED),
    ]
    kinds.append((counts["claims"], "claim about these", "claims about these"))
    gone = [f"{number:,} {one if number == 1 else more}" for number, one, more in kinds if number]
    made = [
        f"Public version. Left out: {', '.join([*gone, _ALWAYS_GONE])}.",
        f"Dates are shown by {settings.dates}; meetings and sources are numbered.",
    ]
    if counts["people by role"]:
        merged = counts["merged roles"]
        rare = f" For {merged:,} of them only another role is given, because few share theirs." if merged else ""
        made.append(f"People are called by their role and a number.{rare}")
    if counts["memberships"]:
        made.append("Membership of organisations is left out where few of the people are known.")
    if counts["few"]:
        few = f"fewer than {settings.smallest_cell} claims say the same of the same two"
        made.append(f"{counted(counts['few'], 'claim')} about people left out, because {few}.")
    return tuple(made)
