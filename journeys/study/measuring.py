"""The methods of ``Study`` that measure, and that query the graph in Cypher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from journeys.study.choices import choice_of

if TYPE_CHECKING:
    from journeys.analysis.measures.run import Analysis, Choice
    from journeys.analysis.measures.search import Measures
    from journeys.model.privacy import Profile
    from journeys.store.queries.ask import Table
    from journeys.study.access import StudyAccess


class Measuring:
    """The measuring methods of ``Study``."""

    def measures(self: StudyAccess) -> Measures:
        """Every measure that can be run on the study, in the words of its lens."""
        from journeys.analysis.measures.search import Measures

        return Measures.worded(self.schema.lens)

    def analyse(
        self: StudyAccess,
        measure: str,
        ref: str | None = None,
        choice: Choice | Mapping[str, Any] | None = None,
        *,
        site: str | None = None,
        case: str | None = None,
        from_: str | date | None = None,
        to: str | date | None = None,
        scope: str | None = None,
        modes: Iterable[str] = (),
        confidences: Iterable[str] = (),
        without_interpretive: bool = False,
        sources: bool = False,
        profile: Profile = "internal",
        **options: Any,
    ) -> Analysis:
        """Run a measure (``study.measures()`` has them all), on one thing ``ref`` if it takes one.

        ``site`` to ``without_interpretive`` narrow which claims count, as names and words that a person writes:
        ``site="Northtown", from_="March 2011", modes=["verbatim"]``; ``choice`` does the same, as a ``Choice`` or its
        fields by name. ``profile`` says to whom it is shown: what the atlas of the profile leaves out does not count,
        and for the public a row that rests on few claims is left out (``privacy`` in study.yaml). ``options`` are the
        measure's own. With ``sources`` the claims behind the numbers come too.
        Raises JourneysError for an unknown measure, thing or option.
        """
        from journeys.analysis.measures.run import run_measure
        from journeys.analysis.measures.small_cells import without_small_cells
        from journeys.study.atlas.profile import shown_to
        from journeys.study.search import measure_meant

        measure = measure_meant(self, measure).name
        chosen = choice_of(choice, site, case, from_, to, scope, modes, confidences, without_interpretive)
        smallest = self.folder.settings.privacy.public.smallest_cell if profile == "public" else 1
        with shown_to(self, profile) as (shown, withheld), shown.store() as store:
            found = run_measure(
                store, self.id, self.schema, measure, ref, chosen, options, sources=sources, smallest=smallest
            )
        if profile == "public":
            found = replace(found, tables=tuple(without_small_cells(each, smallest) for each in found.tables))
        if withheld:
            found = replace(found, conditions={**found.conditions, "shown to": f"{profile}. {' '.join(withheld)}"})
        for table in found.tables:
            table.of(self)
        return found.of(self)

    def cypher(self: StudyAccess, query: str, parameters: Mapping[str, Any] | None = None, **limits: Any) -> Table:
        """The answer to a Cypher query that only reads; ``limits`` as in ``journeys.store.queries.ask.ask``.

        ``$study`` is this study's id unless ``parameters`` says otherwise. Labels, kinds of claim and properties that
        there are not are among the answer's hints.
        """
        from journeys.store.queries.ask import ask
        from journeys.store.queries.name_hints import hints

        with self.store() as store:
            table = ask(store, query, {"study": self.id, **(parameters or {})}, **limits)
            told = hints(store, self.schema, query, table.unknown, empty=not table.rows)
        return replace(table, hints=(*told, *table.hints)).of(self)
