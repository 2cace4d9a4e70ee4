"""What a check found: the problems, and how much of each file was read."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.interpret.study_reader import FileReport
from journeys.model.phrases import counted
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import JourneysError, Severity
from journeys.staging.repetitions import Repetition


class ProblemsFound(JourneysError):
    """Nothing was loaded because something in the files has to be put right first; ``result`` says what."""

    def __init__(self, result: CheckResult) -> None:
        number = result.problems.count(Severity.ERROR, files=result.scope)
        super().__init__(f"Nothing was loaded: correct {counted(number, 'problem')} first.")
        self.result = result


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: the problems, and how much was read of each file.

    ``scope`` are the files asked about; ``repeated`` the first places that say what another said.
    """

    problems: ProblemLog
    files: list[FileReport]
    nodes: int
    claims: int
    derived: int
    repetitions: int
    scope: frozenset[str] | None = None
    same_acts: int = 0
    repeated: tuple[Repetition, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way of a load; warnings do not."""
        return not self.problems.count(Severity.ERROR, files=self.scope)
