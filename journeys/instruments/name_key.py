"""The key of a pseudonymised study: a csv file with real names and their pseudonyms, kept apart from the study.

Its columns are ``name``, ``pseudonym`` and ``also``: other names of the same person, separated by semicolons.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from journeys.instruments.files.text_encoding import open_text
from journeys.model.identity import folded
from journeys.model.private_files import write_private
from journeys.model.problems import Report, UsageProblem
from journeys.model.real_names import KnownPerson, NameFinder

COLUMNS = ("name", "pseudonym", "also")
_USABLE = re.compile(r"[^\W_](?:[\w .'-]*[\w.])?")
_NUMBERED = re.compile(r"Person (\d+)", re.IGNORECASE)


def read_key(path: Path, report: Report) -> list[KnownPerson]:
    """The people in a key, in their order; those without a pseudonym get the next number.

    Raises UsageProblem for a key that cannot be used or that contradicts itself, UnreadableFile.
    """
    return [person for _, person in _lines(path, report)]


def people_of(
    path: Path, registered: Sequence[KnownPerson], report: Report
) -> tuple[list[KnownPerson], list[KnownPerson]]:
    """The people in a key, which need not be there, and the same with those of a study who are not in it yet.

    Raises UsageProblem for a key that cannot be used, or that contradicts itself or the study; UnreadableFile.
    """
    lines = _lines(path, report) if path.exists() else []
    known = [person for _, person in lines]
    real = {folded(name) for each in known for name in (each.name, *each.also)}
    if any(folded(each.name) in real for each in registered):  # else the study is a copy: it holds pseudonyms
        names = {folded(each.name): each.name for each in registered}
        for number, one in lines:
            if name := names.get(folded(one.pseudonym)):
                raise UsageProblem(
                    f"{path.name}, line {number}: the pseudonym {one.pseudonym!r} is the name of {name} in the People "
                    f"register, who would keep it. Write another pseudonym for {one.name}."
                )
    people = with_more(known, registered)
    _refuse_names(path, [({person.name: number for number, person in lines}.get(each.name), each) for each in people])
    return known, people


def _lines(path: Path, report: Report) -> list[tuple[int, KnownPerson]]:
    """The people in a key, with the lines they stand in."""
    with open_text(path, name=path.name, report=report) as file:
        text = file.read()
    delimiter = max(",;\t", key=next(iter(text.splitlines()), "").count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    heading = [folded(each) for each in rows[0]] if rows else []
    if "name" not in heading or not set(heading) <= {*COLUMNS, ""}:
        raise UsageProblem(
            f"{path.name} is not a key: its first line must be {','.join(COLUMNS)}. Write a name in each further line; "
            "what is left empty under pseudonym is filled in."
        )
    lines: list[tuple[int, KnownPerson]] = []
    for number, row in enumerate(rows[1:], start=2):
        held = dict(zip(heading, (" ".join(cell.split()) for cell in row), strict=False))
        if not held.get("name"):
            if any(held.values()):
                raise UsageProblem(f"{path.name}, line {number}: there is no name. Write one, or delete the line.")
            continue
        pseudonym = held.get("pseudonym", "")
        if pseudonym and not _USABLE.fullmatch(pseudonym):
            raise UsageProblem(
                f"{path.name}, line {number}: {pseudonym!r} cannot stand in every file. Write letters, digits, spaces, "
                "points, apostrophes and hyphens only."
            )
        also = tuple(each.strip() for each in held.get("also", "").split(";") if each.strip())
        lines.append((number, KnownPerson(held["name"], pseudonym, also)))
    _refuse_twice(path, lines)
    people = numbered([person for _, person in lines])
    _refuse_names(path, [(number, each) for (number, _), each in zip(lines, people, strict=True)])
    return [(number, each) for (number, _), each in zip(lines, people, strict=True)]


def _refuse_twice(path: Path, lines: Sequence[tuple[int, KnownPerson]]) -> None:
    """Refuse a person who has two lines, and a pseudonym of two people, who would become one."""
    names: dict[str, int] = {}
    pseudonyms: dict[str, int] = {}
    for number, one in lines:
        if before := names.get(folded(one.name)):
            raise UsageProblem(
                f"{path.name}, line {number}: {one.name!r} is in line {before} too. Write each person in one line, "
                "with all other names under also."
            )
        if before := pseudonyms.get(folded(one.pseudonym)):
            raise UsageProblem(
                f"{path.name}, line {number}: {one.pseudonym!r} is the pseudonym in line {before} too, so that two "
                f"people would become one. Write another; or, if they are the same person, write {one.name!r} under "
                f"also in line {before} and delete line {number}."
            )
        names[folded(one.name)] = number
        if one.pseudonym:
            pseudonyms[folded(one.pseudonym)] = number
    for number, one in lines:
        for other in one.also:
            before = names.get(folded(other), number)
            if before != number:
                raise UsageProblem(
                    f"{path.name}, line {number}: {other!r}, under also, is the name in line {before}. Delete it here; "
                    f"or, if they are the same person, delete line {before}."
                )


def _refuse_names(path: Path, people: Sequence[tuple[int | None, KnownPerson]]) -> None:
    """Refuse a pseudonym in which somebody's real name is found: it would be replaced again, or given on."""
    finder = NameFinder(person for _, person in people)
    for number, one in people:
        for found in finder.find(one.pseudonym):
            name = one.pseudonym[found.start : found.end]
            whose = " or ".join(each.name for _, each in people if NameFinder([each]).find(one.pseudonym))
            place = f"{path.name}, line {number}" if number else path.name
            raise UsageProblem(
                f"{place}: the pseudonym {one.pseudonym!r} of {one.name} holds {name!r}, a name of {whose}. Write "
                f"another pseudonym for {one.name} in the key."
            )


def numbered(people: Sequence[KnownPerson], beside: Iterable[KnownPerson] = ()) -> list[KnownPerson]:
    """The same people, those without a pseudonym with the next numbers: Person 1, Person 2. Of those ``beside`` some
    may be called so already."""
    called = [*(each.pseudonym for each in people), *(each.name for each in beside)]
    taken = [int(found[1]) for each in called if (found := _NUMBERED.fullmatch(each))]
    number, made = max(taken, default=0), []
    for each in people:
        if not each.pseudonym:
            number += 1
            each = KnownPerson(each.name, f"Person {number}", each.also)
        made.append(each)
    return made


def with_more(people: Sequence[KnownPerson], more: Iterable[KnownPerson]) -> list[KnownPerson]:
    """The people of a key, and those of a study who are not in it yet, whatever they are called there; but for those
    who are called "Person 1" there: that is a pseudonym already."""
    more = list(more)
    known = {folded(name) for each in people for name in (each.name, each.pseudonym, *each.also)}
    found = [*people]
    for each in more:
        if folded(each.name) in known:
            number = next(
                (at for at, one in enumerate(found) if folded(each.name) in map(folded, (one.name, *one.also))), None
            )
            if number is None:
                continue  # it is a pseudonym already
            one = found[number]
            have = set(map(folded, (one.name, one.pseudonym, *one.also)))
            extra = tuple(name for name in each.also if folded(name) not in have)
            found[number] = KnownPerson(one.name, one.pseudonym, (*one.also, *extra))
        elif not _NUMBERED.fullmatch(each.name):
            found.append(each)
    return numbered(found, more)


def write_key(path: Path, people: Iterable[KnownPerson]) -> None:
    """Write a key for its owner alone. Raises OSError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((each.name, each.pseudonym, "; ".join(each.also)) for each in people)
    write_private(path, text.getvalue().encode("utf-8-sig"))
