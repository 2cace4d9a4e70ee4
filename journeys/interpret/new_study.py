"""A new study folder, ready to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from journeys.instruments.registers import write_registers
from journeys.instruments.text.yaml_text import commented, dumped
from journeys.interpret.folder import study_id
from journeys.model.problems import UsageProblem
from journeys.model.schema import load_schema
from journeys.model.study_names import STUDY_FILE
from journeys.model.unfinished import PARTS, remove_parts_in, scratch_folder

_FOLDERS = {
    "forms": "Filled-in forms, in any subfolders. Run `journeys forms` to write blank ones.",
    "tables": "Tables from elsewhere (csv, xlsx, json), each with a .map.yaml file that says how to read it.",
    "decisions": "Decisions kept across loads: which entries are the same person, which conflicts are resolved.",
    "out": "Pages, reports and exports. Nothing in this folder is read.",
}


def new_study(
    folder: Path, *, title: str | None = None, registers: str = "xlsx", filled: Callable[[Path], None] | None = None
) -> None:
    """Make a study folder with study.yaml, blank registers (xlsx or yaml) and the folders for forms and tables.

    ``filled`` writes a study that is filled in instead (``demo.write_demo``, ``demo.write_example``). Raises
    UsageProblem for a folder that holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageProblem(f"{folder} is not empty. Choose a new folder.")
    title = title or folder.resolve().name
    identity = study_id(title)
    folder.mkdir(parents=True, exist_ok=True)
    remove_parts_in(folder.parent)
    with scratch_folder(PARTS, folder.parent) as unfinished:
        made = unfinished / folder.resolve().name
        for name, what in _FOLDERS.items():
            (made / name).mkdir(parents=True)
            (made / name / "README.txt").write_text(what + "\n", encoding="utf-8")
        if filled is not None:
            filled(made)
        else:
            (made / STUDY_FILE).write_text(_study_file(identity, title), encoding="utf-8", newline="\n")
            write_registers(made / f"registers.{registers}", load_schema(), title=title)
        # The folder may be the one in which the command runs, so it stays and is filled; study.yaml makes it a study.
        for each in sorted(made.iterdir(), key=lambda each: each.name == STUDY_FILE):
            each.rename(folder / each.name)


def _study_file(identity: str, title: str) -> str:
    lines = [
        *commented(
            "The study. Every id in the graph starts with the study's id: do not change it after the first load."
        ),
        *dumped({"id": identity, "title": title, "researchers": []}),
        "",
        *commented(
            "What the study asks, for the readers of its pages:\n"
            "about: How do … use evidence on …?\n"
            "researchers:\n  - initials: AB\n"
            "How the study is cited, and the licence under which it is shared (needed for `journeys export crate`):\n"
            "cite:\n  authors:\n    - {family: Surname, given: First name}\n  licence: CC-BY-4.0\n"
            "Own words for drop-downs (vocabulary, term, label):\n"
            "vocabulary:\n  doc_type:\n    business_case: Business case\n"
            "Own properties, as in schema/graph.yaml:\n"
            "properties:\n  Document:\n    shelfmark: {type: text}\n"
            "What 03/05/2011 is: 3 May (day_first) or 5 March (month_first):\n"
            "date_order: day_first\n"
            "A Neo4j server instead of the embedded store; the password comes from NEO4J_PASSWORD:\n"
            "store:\n  uri: neo4j://localhost:7687\n  user: neo4j\n  database: neo4j"
        ),
    ]
    return "\n".join(lines) + "\n"
