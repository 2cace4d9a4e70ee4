"""Changes to the extraction forms of the invented study, as a team makes them, at random."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from journeys.demo import write_demo

DEMO = Path(__file__).parents[3] / "journeys" / "demo"
Form = dict[str, Any]


def invented_study(folder: Path, *, forms_alone: bool) -> Path:
    """The invented study, with its extraction forms and registers as text; with ``forms_alone``, without what quotes
    and lists what these say."""
    write_demo(folder)
    (folder / "registers.xlsx").unlink()
    (folder / "registers.yaml").write_bytes((DEMO / "registers.yaml").read_bytes())
    for path in sorted((DEMO / "forms").glob("D*.yaml")):
        for written in (folder / "forms").glob(f"*{path.name.partition('.')[0]}*"):
            written.unlink()
        write_form(folder / "forms" / f"{path.name.partition('.')[0]}.yaml", yaml.safe_load(path.read_text("utf-8")))
    for kind in ("coding", "data-collection", "narrative", "theme", "transcript") if forms_alone else ():
        for path in (folder / "forms").glob(f"*{kind}*"):
            path.unlink()
    return folder


def write_form(path: Path, form: Form) -> None:
    path.write_text(yaml.safe_dump(form, sort_keys=False, allow_unicode=True), encoding="utf-8")


def forms_about_documents(folder: Path) -> list[Path]:
    return sorted((folder / "forms").rglob("D[0-9]*.yaml"))


def _rows(form: Form) -> list[Any]:
    rows: list[Any] = form.setdefault("who_did_what", [])
    return rows


def change_a_quote(form: Form, chance: random.Random, others: list[Form]) -> None:
    if _rows(form):
        chance.choice(_rows(form))["quote"] = f"They said {chance.randrange(100)}."


def delete_a_row(form: Form, chance: random.Random, others: list[Form]) -> None:
    if _rows(form):
        _rows(form).pop(chance.randrange(len(_rows(form))))


def repeat_a_row(form: Form, chance: random.Random, others: list[Form]) -> None:
    if _rows(form):
        _rows(form).insert(0, copy.deepcopy(chance.choice(_rows(form))))


def take_a_row_of_another_form(form: Form, chance: random.Random, others: list[Form]) -> None:
    if pool := [row for other in others for row in _rows(other)]:
        _rows(form).insert(chance.randrange(len(_rows(form)) + 1), copy.deepcopy(chance.choice(pool)))


def name_somebody_else(form: Form, chance: random.Random, others: list[Form]) -> None:
    if _rows(form):
        chance.choice(_rows(form))["who"] = chance.choice(("AN", "SS", "MV", "D01", "D07", "board", "Nobody known"))


def name_something_new(form: Form, chance: random.Random, others: list[Form]) -> None:
    who = chance.choice(("Nobody knows how", "Nobody knew how", "Nobody is sure how to read the indicators"))
    _rows(form).append(
        {"who": f"Barrier, skills: {who}", "did_what": "acted on", "to_what": "clinic-data", "source": "int-SS"}
    )


def date_a_row(form: Form, chance: random.Random, others: list[Form]) -> None:
    if _rows(form):
        when = ("2011", "03/05/2011", "2031", "before the June meeting", "n.d.", "2011-06-08", "never")
        chance.choice(_rows(form))["when"] = chance.choice(when)


def say_more_of_a_row(form: Form, chance: random.Random, others: list[Form]) -> None:
    if _rows(form):
        more = (
            ("mode", "Verbatim"), ("mode", "Interpretive"), ("confidence", "High"), ("note", "Seen twice."),
            ("at_meeting", "R2"), ("at_meeting", "R4"), ("source", "int-SS"), ("source", "int-MV; D07"),
            ("not_so", "yes"), ("details", "status = withdrawn"), ("scope", "General"),
        )  # fmt: skip
        name, value = chance.choice(more)
        chance.choice(_rows(form))[name] = value


def answer_otherwise(form: Form, chance: random.Random, others: list[Form]) -> None:
    words = f"A summary {chance.randrange(9)}."
    form.setdefault("document_content", {})["content_summary"] = chance.choice(
        ({"answer": words}, {"answer": words, "page": "3"}, {"status": "nothing_found"})
    )


def code_an_answer(form: Form, chance: random.Random, others: list[Form]) -> None:
    code = chance.choice(("6.4", "6.7", "99.9"))
    form.setdefault("document_content", {})["quality_comments"] = {"answer": "Not sure of it.", "codes": code}


def bear_on_a_row(form: Form, chance: random.Random, others: list[Form]) -> None:
    said = {"answer": "It matters.", "bears_on": chance.choice(("supports T1-01", "contradicts T1-01", "T9-99"))}
    form.setdefault("document_content", {})["evidence_use_revealed"] = {"general": said}


def name_an_author(form: Form, chance: random.Random, others: list[Form]) -> None:
    form["header"]["author_or_originating_group"] = chance.choice(("AN", "SS", "AN; KH", "pct"))


def date_the_document(form: Form, chance: random.Random, others: list[Form]) -> None:
    form["header"]["date"] = chance.choice(("2010", "2011", "about May 2011", "2012-01-01", "04/05/2011"))


def retitle(form: Form, chance: random.Random, others: list[Form]) -> None:
    form["header"]["name_of_document"] = chance.choice(("A paper", "Another paper", "Review of prescribing"))


def renumber(form: Form, chance: random.Random, others: list[Form]) -> None:
    form["header"]["document_number"] = chance.choice(("D11", "D77", "D78"))


def name_researchers(form: Form, chance: random.Random, others: list[Form]) -> None:
    form["header"]["researchers"] = chance.choice(("XY", "XY; YZ", "ZZ"))


def touch(form: Form, chance: random.Random, others: list[Form]) -> None:
    form["who_did_what"] = _rows(form)  # written anew by another program, and says the same


FORM_EDITS: tuple[Callable[[Form, random.Random, list[Form]], None], ...] = (
    change_a_quote, delete_a_row, repeat_a_row, take_a_row_of_another_form, name_somebody_else, name_something_new,
    date_a_row, say_more_of_a_row, answer_otherwise, code_an_answer, bear_on_a_row, name_an_author, date_the_document,
    retitle, renumber, name_researchers, touch,
)  # fmt: skip


def edit_a_form(folder: Path, chance: random.Random) -> str:
    """Edit one form; returns how."""
    paths = forms_about_documents(folder)
    path = chance.choice(paths)
    forms = {each: yaml.safe_load(each.read_text("utf-8")) for each in paths}
    edit = chance.choice(FORM_EDITS)
    edit(forms[path], chance, [form for each, form in forms.items() if each != path])
    write_form(path, forms[path])
    return f"{edit.__name__} in {path.name}"


def edit_something_else(folder: Path, chance: random.Random) -> str:
    """Edit the registers, a table or the settings, or move, copy or delete a form; returns how."""
    registers, settings = folder / "registers.yaml", folder / "study.yaml"
    path = chance.choice(forms_about_documents(folder))
    how = chance.choice(("person", "meeting", "settings", "move", "copy", "delete", "decide"))
    if how == "person":
        text = registers.read_text("utf-8").replace("Mina V.", chance.choice(("Mina V.", "Mina W.", "Ann N.")))
        registers.write_text(text, encoding="utf-8")
    elif how == "meeting":
        text = registers.read_text("utf-8")
        for day in ("2011-06-08", "2011-06-09"):
            text = text.replace(f"date: {day}, arena", f"date: {chance.choice(('2011-06-08', '2011-06-09'))}, arena")
        registers.write_text(text, encoding="utf-8")
    elif how == "settings":
        text = settings.read_text("utf-8").replace("date_order: day_first\n", "")
        settings.write_text(text + chance.choice(("", "date_order: day_first\n")), encoding="utf-8")
    elif how == "move":
        there = folder / "forms" / "box"
        there.mkdir(exist_ok=True)
        path.rename(there / path.name)
    elif how == "copy":
        (folder / "forms" / "D99.yaml").write_bytes(path.read_bytes())
    elif how == "decide":
        for decided in (folder / "decisions").glob("*.xlsx"):
            decided.unlink()
    elif len(forms_about_documents(folder)) > 4:
        path.unlink()
    return how
