"""What a check found: the problems, and how much of each file was read."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.interpret.file_report import FileReport
from journeys.model.phrases import counted
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import JourneysError, Severity
from journeys.staging.repetitions import Repetition


class ProblemsFound(JourneysError):
    """Raised when nothing is loaded because the files have problems; ``result`` lists them."""

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
        """Whether the files can be loaded; warnings do not prevent it."""
        return not self.problems.count(Severity.ERROR, files=self.scope)


def refuse_problems(result: CheckResult) -> None:
    """Raise ProblemsFound where the files cannot be loaded."""
    if not result.clean:
        raise ProblemsFound(result)
