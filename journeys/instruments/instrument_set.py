"""The instruments that a study uses: those shipped, and what the study adds, extends or hides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from journeys.instruments.definition import Instrument, Question
from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.instruments.suggested_codes import SuggestedFor, suggested_in
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.identity import folded
from journeys.model.problems import JourneysError
from journeys.model.suggestions import did_you_mean


@dataclass(frozen=True)
class InstrumentSet:
    """Instruments by name. ``own`` are the names of those that the study made or changed.

    A ``hidden`` instrument is not offered as a blank form; forms of it are read all the same.
    """

    by_name: Mapping[str, Instrument]
    own: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self.by_name.values())

    @property
    def names(self) -> list[str]:
        """The names of everything that can be written as a form: the instruments and the coding workbook."""
        return sorted([*(each.instrument for each in self if not each.hidden), CODING_WORKBOOK])

    def get(self, name: str) -> Instrument:
        """The instrument of this name, also the coding workbook. Raises JourneysError for a name that is none."""
        if name == CODING_WORKBOOK:
            # The codebook takes as long to import as all else here, and is needed for this form alone.
            from journeys.instruments.coding_workbook import coding_instrument

            return coding_instrument()
        if name not in self.by_name:
            meant = did_you_mean(name, self.names)
            raise JourneysError(f"There is no form {name!r}.{meant} There are: {', '.join(self.names)}.")
        return self.by_name[name]

    def titled(self, title: str) -> Instrument | None:
        """The instrument of this title, however it is spelt, also of the title it had before the study changed it."""
        wanted = folded(title)
        return next((each for each in self if wanted in map(folded, (each.title, *each.former))), None)

    def about(self, label: str) -> list[Instrument]:
        """The instruments for forms about things of this node label."""
        return [each for each in self if each.about == label]

    @cached_property
    def question_words(self) -> Mapping[str, str]:
        """The wording of each question of a form: by instrument, field and part, and by field and part alone."""
        found: dict[str, str] = {}
        for instrument in self:
            for question in (*instrument.split_questions(), *instrument.questions()):
                # a part of a question is not understood alone: "Is there a difference?"
                part_of = _named(question) if question.ask else ""
                found[f"{instrument.instrument}.{question.name}"] = part_of + question.wording
                found.setdefault(question.name, part_of + question.wording)
        return found

    @cached_property
    def suggested_for(self) -> Mapping[str, tuple[SuggestedFor, ...]]:
        """The questions for which each code is suggested, by its key."""
        return suggested_in(self)


def _named(question: Question) -> str:
    """What stands before a part of a question: its field, by the number that the form prints, or by its name."""
    number = question.field.number
    if not number:
        return f"{question.field.id.replace('_', ' ').capitalize()}: "
    return "" if question.wording.startswith(f"({number}") else f"({number}) "


@cache
def shipped_instruments() -> InstrumentSet:
    """The instruments as they are shipped."""
    return InstrumentSet({name: load_instrument(name) for name in instruments()})
