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
from journeys.model.real_names import KnownPerson

COLUMNS = ("name", "pseudonym", "also")
_USABLE = re.compile(r"[^\W_](?:[\w .'-]*[\w.])?")
_NUMBERED = re.compile(r"Person (\d+)")


def read_key(path: Path, report: Report) -> list[KnownPerson]:
    """The people in a key, in their order; those without a pseudonym get the next number.

    Raises UsageProblem for a key that cannot be used, UnreadableFile.
    """
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
    people: list[KnownPerson] = []
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
        people.append(KnownPerson(held["name"], pseudonym, also))
    return numbered(people)


def numbered(people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """The same people, those without a pseudonym with the next numbers: Person 1, Person 2."""
    taken = [int(found[1]) for each in people if (found := _NUMBERED.fullmatch(each.pseudonym))]
    number, made = max(taken, default=0), []
    for each in people:
        if not each.pseudonym:
            number += 1
            each = KnownPerson(each.name, f"Person {number}", each.also)
        made.append(each)
    return made


def with_more(people: Sequence[KnownPerson], more: Iterable[KnownPerson]) -> list[KnownPerson]:
    """The people of a key, and those of a study who are not in it yet, whatever they are called there."""
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
        else:
            found.append(each)
    return numbered(found)


def write_key(path: Path, people: Iterable[KnownPerson]) -> None:
    """Write a key for its owner alone. Raises OSError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((each.name, each.pseudonym, "; ".join(each.also)) for each in people)
    write_private(path, text.getvalue().encode("utf-8-sig"))
