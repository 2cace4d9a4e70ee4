"""Make the large invented study that the figures on reading are measured on: five years of minutes at three sites.

Half of its claims are the invented demonstration study, copied: its sites, organisations, arenas, codes and findings
stay one, each ten copies share their people and case studies, and everything else (meetings, documents, evidence,
sources, passages) is new in each copy. The other half are claims with a source, of the kinds and in the words that the
demonstration has, between people and things chosen at random: few are named often, most seldom (Zipf), so that of
100,000 claims about a thousand are on one document, and many sources tell of the same happening.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from atlas import Copies, Nodes

from journeys.demo import write_demo
from journeys.staging.database import Staging
from journeys.store.loading.load import LoadRequest, load
from journeys.study.atlas.profile import stored_study
from journeys.study.study import Study

ONE_OF_EACH = {
    "Code",
    "Researcher",
    "CycleElement",
    "ResearchQuestion",
    "Finding",
    "Site",
    "Organisation",
    "Arena",
}
SHARED_BY_TEN = {"Actor", "CaseStudy"}
FIRST_DAY, DAYS = date(2009, 1, 1), 5 * 365
STEEPNESS = 0.6
"""The exponent of Zipf's law by which people and things are named."""


class Minutes(Copies):
    """The nodes and claims of the large study."""

    def __init__(self, nodes: Nodes, claims: list[dict[str, Any]], wanted: int) -> None:
        self.wanted = wanted
        super().__init__(nodes, claims, max(1, wanted // 2 // len(claims)))

    def _number(self, label: str, copy: int) -> int:
        return 0 if label in ONE_OF_EACH else copy // 10 if label in SHARED_BY_TEN else copy

    def claims(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """The copied claims, then those at random."""
        made = 0
        for claim in super().claims():
            made += 1
            yield claim
        yield from self._at_random(self.wanted - made)

    def _at_random(self, number: int) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        chance = random.Random(2013)
        said = [row for row in self.claims_of_one if row["properties"].get("source")]
        things: dict[str, list[str]] = {}
        for label, held in self.nodes():
            things.setdefault(label, []).append(held["id"])
        weights = {label: _zipf(len(ids)) for label, ids in things.items()}

        def one(label: str) -> str:
            return chance.choices(things[label], cum_weights=weights[label])[0]

        for at in range(max(0, number)):
            row = said[chance.randrange(len(said))]
            start, end = (one(self.origin[row[each]][0]) for each in ("start", "end"))
            if start == end:
                continue
            day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
            held = {
                **row["properties"],
                "id": f"claim:random-{at}",
                "source": chance.choice(things["DataSource"]),
                "file": f"forms/minutes-{at % 1000}.xlsx",
                "files": [f"forms/minutes-{at % 1000}.xlsx"],
            }
            if "date_from" in held:
                held |= {"date_from": day, "date_to": day}
            if "at_meeting" in held:
                held["at_meeting"] = chance.choice(things["Meeting"])
            yield row["type"], start, end, held


def _zipf(number: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 1) ** STEEPNESS for rank in range(number)))


def minutes(folder: Path, claims: int) -> Minutes:
    """The large study of about so many claims; ``folder`` is for the demonstration study, and must not exist yet."""
    write_demo(folder)
    demo = Study.open(folder)
    demo.load()
    with demo.store(any_shape=True) as store:
        nodes, held = stored_study(store, demo.id, demo.schema)
    demo.stop_store()
    return Minutes(nodes, held, claims)


def load_minutes(folder: Path, made: Minutes, uri: str | None = None) -> Study:
    """Load the study into the store of a new folder, or into a server."""
    folder.mkdir(parents=True)
    (folder / "study.yaml").write_text("id: demo\ntitle: Five years of minutes (invented)\nnote: Invented.\n", "utf-8")
    study = Study.open(folder, uri=uri)
    with Staging(folder / "staging.sqlite", study.schema, study.id) as staging:
        staging.finish(print)
        staging.fill(made.nodes(), made.claims())
        with study.store(any_shape=True) as store:
            request = LoadRequest(study.id, {"forms/bench.xlsx": ""}, "bench", allow_removals=True)
            load(store, staging, study.schema, request, study.folder.work)
    return study
