"""The instruments that are shipped, read from their files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from journeys.instruments.definition import Instrument
from journeys.instruments.definition_flaws import flaws
from journeys.instruments.table_definition import validated
from journeys.model.code_keys import NOT_FORMS
from journeys.model.problems import JourneysError
from journeys.model.resources import resource_folder
from journeys.model.schema import load_schema
from journeys.model.suggestions import did_you_mean
from journeys.model.yaml_with_lines import load_lined_yaml


@cache
def load_instrument(name: str, folder: Path | None = None) -> Instrument:
    """The instrument of this name, from ``folder`` or as shipped.

    Raises JourneysError for a name that is none, BrokenSchema (file and line) for a definition that cannot be used.
    """
    path = (folder or resource_folder("schema") / "instruments") / f"{name}.yaml"
    if not path.is_file():
        known = instruments(folder)
        meant = did_you_mean(name, known)
        raise JourneysError(f"There is no instrument {name!r}.{meant} There are: {', '.join(known)}.")
    source = load_lined_yaml(path)
    instrument: Instrument = validated(Instrument, source)
    for where, message in flaws(instrument, load_schema()):
        raise source.broken(where, message)
    return instrument


def instruments(folder: Path | None = None) -> list[str]:
    """The names of the instruments there are, apart from the codebook."""
    paths = (folder or resource_folder("schema") / "instruments").glob("*.yaml")
    return sorted(path.stem for path in paths if path.stem not in NOT_FORMS)
