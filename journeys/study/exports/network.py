"""Export a study, or a network of it, in a format of networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from journeys.analysis.actors.site import site_network
from journeys.analysis.actors.small_cells import without_small_cells
from journeys.analysis.measures.run import Choice, chosen
from journeys.exchange.formats import FORMATS, Format
from journeys.exchange.from_actors import actor_network
from journeys.exchange.from_selection import selected_claims
from journeys.exchange.from_study import whole_study
from journeys.exchange.network import Network
from journeys.exchange.outcome import Exported
from journeys.exchange.target import refuse_existing, usual_file
from journeys.exchange.write import files_of, write_network
from journeys.interpret.own_exports import remember_exported_file
from journeys.model.privacy import Profile
from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean
from journeys.study.access import StudyAccess
from journeys.study.atlas.profile import shown_to


def export_network(
    study: StudyAccess,
    format_: str,
    path: Path | None,
    choice: Choice,
    *,
    of: str | None,
    relations: Sequence[str],
    profile: Profile,
    force: bool,
) -> Exported:
    """Write the claims or the actor network that were chosen; see ``Exports.export``."""
    wanted = _format(format_)
    of = of or ("actors" if relations else "claims")
    if of == "claims" and relations:
        raise UsageProblem("Relations are of an actor network. Leave them out, or export the actors.")
    if of == "actors" and not wanted.of_networks:
        raise UsageProblem(f"{wanted.title} is made of the claims of a study, not of an actor network.")
    if path is not None:
        _refuse_another_ending(path, wanted)
    parts = (study.id, choice.site, choice.case, "actors" if of == "actors" else None)
    where = path or usual_file(study.folder.path, *parts, ending=wanted.ending, profile=profile)
    refuse_existing(files_of(wanted, where), force=force)
    with _network(study, choice, of, relations, profile) as network:
        made = write_network(network, wanted, where, force=force)
    for file in made.files:
        remember_exported_file(study.folder, file)
    return made


def _format(name: str) -> Format:
    found = FORMATS.get(name.casefold())
    if found is None:
        raise UsageProblem(
            f"There is no format {name!r}.{did_you_mean(name, FORMATS)} Choose from: {', '.join(FORMATS)}."
        )
    return found


def _refuse_another_ending(path: Path, wanted: Format) -> None:
    """Raise UsageProblem for a file whose ending says that it is something else, or says nothing."""
    ending = f".{wanted.ending}"
    last = f".{wanted.ending.rpartition('.')[2]}"
    if not path.name.casefold().endswith((ending, last)) or path.name.casefold() in (ending, last):
        stem = path.name.removesuffix(path.suffix) or "network"
        raise UsageProblem(f"{path.name!r} does not end as {wanted.title} does. Write -o {stem}{ending} instead.")


@contextmanager
def _network(
    study: StudyAccess, choice: Choice, of: str, relations: Sequence[str], profile: Profile
) -> Iterator[Network]:
    """The network that is asked for, as the profile shows it."""
    settings = study.folder.settings
    title, about = settings.title, settings.note or ""
    with shown_to(study, profile, one_by_one=of == "claims") as (shown, withheld), shown.store() as store:
        selection, conditions = chosen(store, study.id, study.schema, choice)
        if of == "actors":
            found = site_network(
                store, study.id, study.schema, choice.site, relations=relations or None, selection=selection
            )
            if profile == "public":
                found = without_small_cells(found, settings.privacy.public.smallest_cell)
            network = actor_network(found, title=title, about=about)
        elif conditions:
            network = selected_claims(
                store, study.id, study.schema, selection, title=title, about=about, conditions=conditions
            )
        else:
            with (
                study.folder.scratch() as scratch,
                whole_study(store, study.id, study.schema, scratch, title=title, about=about) as network,
            ):
                yield replace(network, said=(*withheld, *network.said))
                return
        yield replace(network, said=(*withheld, *network.said))
