"""A study with mapped tables, read without a store: what is said of its files, and what would be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys.interpret.folder import open_folder
from journeys.interpret.study_reader import FileReport, StudyReader
from journeys.model.identity import short_id
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Problem, Severity
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from journeys.staging.settle import Settled

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"


@dataclass(frozen=True)
class ReadStudy:
    """What reading a study gave: nodes by the last part of their id, claims as (from, type, to, properties)."""

    problems: list[Problem]
    nodes: dict[str, dict[str, Any]]
    claims: list[tuple[str, str, str, dict[str, Any]]]
    files: list[FileReport]
    settled: Settled

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a load."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """The claims by their ends and kind, sorted."""
        return sorted(claim[:3] for claim in self.claims)

    @property
    def claim_ids(self) -> set[str]:
        """The ids of the claims."""
        return {claim[3]["id"] for claim in self.claims}


def make_study(folder: Path, registers: str = "registers: 1\n", **tables: str | bytes) -> Path:
    """A study folder with registers and files in ``tables/``: ``votes_csv=...`` is votes.csv, ``v_map_yaml`` a map."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text("id: s\ntitle: A study\n", encoding="utf-8")
    (folder / "registers.yaml").write_text(registers, encoding="utf-8")
    for name, content in tables.items():
        path = folder / "tables" / name.replace("_map_yaml", ".map.yaml").replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_study(folder: Path) -> ReadStudy:
    """Read all files of a study into a staging, and what it holds in the end."""
    opened, log = open_folder(folder), ProblemLog()
    with Staging(folder / "staging.sqlite", opened.schema, opened.id) as staging:
        reading = StudyReader(opened, staging, log, NoProgress()).read()
        nodes = {short_id(n.id): dict(n.properties) for label, _ in staging.labels() for n in staging.nodes(label)}
        claims = [
            (short_id(c.from_id), c.type, short_id(c.to_id), _plain(c.properties))
            for group in staging.groups()
            for c in staging.claims(group)
        ]
    return ReadStudy(list(log), nodes, claims, reading.files, reading.settled)


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    return dict(properties)
