"""A small study with forms, registers, a table and decisions, and changes to it as a team makes them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from journeys.model.resources import resource_folder
from tests.study_files import votes

Edit = Callable[[Path, random.Random], None]

FORM = """\
form: document_extraction_template
version: 1
header:
  case_study_and_site: {case}
  name_of_document: {title}
  document_number: {number}
document_content:
  content_summary: {{answer: "{words}"}}
document_journey:
  where_else_gone: {{answer: "Nowhere."}}
who_did_what:
  - {{who: {who}, did_what: contested, to_what: {number}, when: "{year}", quote: "{words}", mode: Verbatim}}
"""
REGISTERS = """\
registers: 1
sites:
  - {id: north, pseudonym: Northtown}
case_studies:
  - {id: north.one, title: One, site: north}
people:
  - {id: MV, pseudonym: Mina V., designation: manager}
  - {id: GP, pseudonym: Greta P., designation: doctor}
"""


def small_mixed_study(folder: Path) -> Path:
    """Three text forms, registers as text, and a table with its map."""
    (folder / "forms").mkdir(parents=True)
    (folder / "tables").mkdir()
    (folder / "study.yaml").write_text("id: mixed\ntitle: Mixed\n", encoding="utf-8")
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    for number in range(3):
        write_form(folder, number, random.Random(number))
    votes(folder, "votes", "Ann,supported,Paper,2011-03-04,yes", "Ben,contested,Paper,2011-03-05,no")
    return folder


def write_form(folder: Path, number: int, chance: random.Random) -> None:
    words = f"They said {chance.randrange(100)}."
    who = chance.choice(("MV", "GP"))
    said = FORM.format(
        case="north.one", title=f"Paper {number}", number=f"D{number}", who=who, year=chance.randrange(2009, 2014),
        words=words,
    )  # fmt: skip
    (folder / "forms" / f"D{number}.yaml").write_text(said, encoding="utf-8")


def forms_of(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "forms").rglob("*.yaml") if not path.name.startswith("."))


def change_form(folder: Path, chance: random.Random) -> None:
    number = chance.randrange(3)
    write_form(folder, number, chance)


def break_form(folder: Path, chance: random.Random) -> None:
    path = folder / "forms" / f"D{chance.randrange(3)}.yaml"
    path.write_text(FORM.format(case="north.one", title="P", number=path.stem, who="Nobody", year=2011, words="x"))


def delete_form(folder: Path, chance: random.Random) -> None:
    if forms := forms_of(folder):
        chance.choice(forms).unlink()


def move_form(folder: Path, chance: random.Random) -> None:
    if forms := forms_of(folder):
        path = chance.choice(forms)
        there = folder / "forms" / f"box {chance.randrange(3)}"
        there.mkdir(exist_ok=True)
        path.rename(there / path.name)


def rename_person(folder: Path, chance: random.Random) -> None:
    text = REGISTERS.replace("Mina V.", f"Mina {chance.choice('ABC')}.")
    (folder / "registers.yaml").write_text(text, encoding="utf-8")


def change_person_id(folder: Path, chance: random.Random) -> None:
    text = REGISTERS.replace("id: GP", f"id: {chance.choice(('GP', 'GQ'))}")
    (folder / "registers.yaml").write_text(text, encoding="utf-8")


def change_settings(folder: Path, chance: random.Random) -> None:
    more = chance.choice(
        ("", "date_order: day_first\n", "researchers:\n  - {initials: AB, name: A. B.}\n",
         "vocabulary:\n  doc_type: {leaflet: Leaflet}\n", "lens: {topic: air quality}\n")
    )  # fmt: skip
    (folder / "study.yaml").write_text(f"id: mixed\ntitle: Mixed\n{more}", encoding="utf-8")


def change_table(folder: Path, chance: random.Random) -> None:
    votes(folder, "votes", f"Ann,supported,Paper,201{chance.randrange(4)}-03-04,yes", "Ben,contested,Paper,2011,no")


def change_map(folder: Path, chance: random.Random) -> None:
    path = folder / "tables" / "votes.map.yaml"
    if path.is_file():
        text = path.read_text("utf-8")
        path.write_text(text.replace("kind: person", "kind: group") if chance.random() < 0.7 else text, "utf-8")


def add_codebook(folder: Path, chance: random.Random) -> None:
    shipped = resource_folder("schema") / "instruments" / "codebook.yaml"
    if chance.random() < 0.5:
        shutil.copy(shipped, folder / "codebook.yaml")
    else:
        (folder / "codebook.yaml").unlink(missing_ok=True)


def add_instrument(folder: Path, chance: random.Random) -> None:
    own = folder / "instruments"
    own.mkdir(exist_ok=True)
    shipped = (resource_folder("schema") / "instruments" / "document_extraction_template.yaml").read_text("utf-8")
    if chance.random() < 0.5:
        (own / "other.yaml").write_text(shipped.replace("document_extraction_template", "other_template"), "utf-8")
    else:
        (own / "other.yaml").unlink(missing_ok=True)


def decide(folder: Path, chance: random.Random) -> None:
    (folder / "decisions").mkdir(exist_ok=True)
    source = folder.parent / "decided.xlsx"
    if source.is_file() and chance.random() < 0.7:
        shutil.copy(source, folder / "decisions" / "summary-tables.xlsx")
    else:
        (folder / "decisions" / "summary-tables.xlsx").unlink(missing_ok=True)


def undo(folder: Path, chance: random.Random) -> None:
    """Back to the first state, but for what lies in other places now."""
    shutil.rmtree(folder / "forms")
    (folder / "forms").mkdir()
    for number in range(3):
        write_form(folder, number, random.Random(number))
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    change_form, break_form, delete_form, move_form, rename_person, change_person_id, change_settings, change_table,
    change_map, add_codebook, add_instrument, decide, undo,
)  # fmt: skip
