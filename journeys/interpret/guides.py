"""Guided journeys as the team writes them: a YAML file in ``guides/`` for each, with some stops and a text at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from journeys.interpret.folder import GUIDE_FOLDER, StudyFolder
from journeys.model.identity import folded
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.suggestions import nearest
from journeys.model.version import UPDATE
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, load_lined_yaml

FEWEST, MOST, LETTERS = 5, 10, 4_500
"""How many stops a guide has, and how many letters its texts may have together to be printed on two pages."""

_LIMIT = 100

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]


def _several(given: object) -> object:
    """One step, as text, or a list of them."""
    return given if isinstance(given, list) else () if given is None else (given,)


class StopEntry(BaseModel):
    """A stop: its text, and what it stands at: a step or several, each in words that no other step has; a place, by its
    name on the map; or neither, for the whole map."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    title: Line | None = None
    text: Text
    step: Annotated[tuple[Line, ...], BeforeValidator(_several)] = ()
    place: Line | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> StopEntry:
        if self.step and self.place:
            raise ValueError("a stop stands at a step or at a place. Leave one of them out")
        return self


class GuideFile(BaseModel):
    """What a guide says: its title, the document or piece of evidence it is about, and its stops in their order.

    A guide is left out of a public atlas unless it says ``public: yes``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    guide: Literal["1"]
    title: Line
    journey: Line
    intro: Text | None = None
    public: bool = False
    stops: Annotated[tuple[StopEntry, ...], Field(min_length=1, max_length=_LIMIT)]


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide that can be used: the name it is asked by, its content, and the lines of its file for messages."""

    name: str
    content: GuideFile
    source: LinedYaml

    def address(self, *place: str | int) -> Address:
        """Where something stands in its file."""
        return _address(self.source, place)


def read_guides(folder: StudyFolder, report: Report) -> list[Guide]:
    """The guides of a study by name; one that cannot be used is reported and left out.

    What is odd but can be shown is reported as a warning: too few or too many stops, more text than two pages hold.
    """
    found: dict[str, Guide] = {}
    for path in _files(folder):
        name = folder.name(path)
        if folder.leads_out(path):
            remedy = "Put the file itself into the folder."
            report(
                Problem(
                    "bad_guide", Address(folder.link_name(path)), "This link leads out of the study folder.", remedy
                )
            )
            continue
        guide = _read(path, name, report)
        if guide is None:
            continue
        other = found.setdefault(folded(guide.name), guide)
        if other is not guide:
            message = f"{other.source.file} is called the same."
            report(Problem("bad_guide", Address(name), message, "Rename one of the two files."))
            continue
        _say_what_is_odd(guide, report)
    return list(found.values())


def _files(folder: StudyFolder) -> list[Path]:
    held = folder.path / GUIDE_FOLDER
    every = held.iterdir() if held.is_dir() else ()
    return sorted(path for path in every if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."))


def _read(path: Path, name: str, report: Report) -> Guide | None:
    try:
        source = load_lined_yaml(path, name=name, typed=False)
    except BrokenSchema as error:
        report(Problem("bad_guide", error.address, error.what, ""))
        return None
    try:
        return Guide(path.stem, GuideFile.model_validate(source.content or {}), source)
    except ValidationError as error:
        for problem in _problems(source, error):
            report(problem)
        return None


def _problems(source: LinedYaml, error: ValidationError) -> Iterator[Problem]:
    """What pydantic found, in a person's words, each with its line."""
    for each in error.errors():
        where: Location = tuple(each["loc"])
        name = str(where[-1]) if where else ""
        holder = f"Stop {where[1] + 1}" if len(where) > 1 and isinstance(where[1], int) else "The guide"
        known = (StopEntry if len(where) > 1 else GuideFile).model_fields
        most = each.get("ctx", {}).get("max_length", 0)
        message, remedy = {
            "missing": (f"{holder} has no `{name}`.", f"Write `{name}: {'1' if name == 'guide' else '…'}`."),
            "extra_forbidden": (f"`{name}` is nothing that {holder.lower()} can have.", _meant(name, known)),
            "literal_error": (f"Version {each['input']} of guides is not known.", f"{UPDATE}, or write `guide: 1`."),
            "bool_parsing": (f"`{each['input']}` is neither yes nor no.", f"Write `{name}: yes`, or leave it out."),
            "string_too_short": (f"`{name}` is empty.", "Write words there, or leave it out."),
            "string_too_long": (f"`{name}` has more than {most:,} letters.", "Shorten it."),
            "string_type": (
                f"`{name}` has no words." if each["input"] is None else f"`{name}` is a list of things, not words.",
                f"Write `{name}: …`.",
            ),
            "too_long": (f"There are more than {_LIMIT} stops.", f"Choose {FEWEST} to {MOST}."),
            "too_short": ("There are no stops.", "Write `- text: …` below `stops:`."),
            "tuple_type": ("`stops` is not a list.", "Write each stop as `- text: …`, one below the other."),
            "model_type": (f"{holder} is not written as names and words.", "Write `text: …`, and `step: …` below it."),
        }.get(each["type"], (f"{holder}: {each['msg'].removeprefix('Value error, ')}.", ""))
        yield Problem("bad_guide", _address(source, where), message, remedy)


def _address(source: LinedYaml, place: Location) -> Address:
    line = source.line(place)
    return Address(source.file, cell=f"line {line}" if line else None)


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"Did you mean `{near[0]}`?" if near else f"It can have {', '.join(known)}."


def _say_what_is_odd(guide: Guide, report: Report) -> None:
    stops = guide.content.stops
    if not FEWEST <= len(stops) <= MOST:
        said = f"This guide has {counted(len(stops), 'stop')}."
        remedy = f"People follow {FEWEST} to {MOST} best."
        report(Problem("odd_guide", guide.address("stops"), said, remedy, Severity.WARNING))
    letters = sum(len(stop.text) for stop in stops) + len(guide.content.intro or "")
    if letters > LETTERS:
        said = f"Its texts have {letters:,} letters, so that it will be printed on more than two pages."
        remedy = f"Shorten them to {LETTERS:,}."
        report(Problem("odd_guide", guide.address("stops"), said, remedy, Severity.WARNING))
