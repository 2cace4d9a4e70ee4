"""A copy of a study in which people's real names are pseudonyms."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from journeys.instruments.files.decoded_text import replaced_in
from journeys.instruments.files.pseudonymised import PACKAGES, TEXTS, XML, is_picture, pseudonymised
from journeys.instruments.files.safety import is_lock_file, read_bytes
from journeys.instruments.files.workbook import MAX_FILE
from journeys.instruments.name_key import people_of, write_key
from journeys.instruments.registers import read_registers
from journeys.interpret.folder import MADE, StudyFolder
from journeys.model.identity import folded
from journeys.model.name_parts import Where
from journeys.model.phrases import counted
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import UnreadableFile, UsageProblem
from journeys.model.progress import NoProgress, Progress
from journeys.model.real_names import KnownPerson, NameFinder
from journeys.model.study_names import STUDY_FILE
from journeys.model.unfinished import write_whole

_MAP = ".map.yaml"
"""A table and its map are called the same but for the ending."""
_LONGEST = 180
_STORE = re.compile(r"^store:.*\n?(?:(?:[ \t]+.*|[ \t]*)\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PseudonymisedStudy:
    """What was written: the folder of the copy, and what a person has to look at.

    ``not_copied`` are files with the reason; ``unread`` the pictures and other parts inside files that were not looked
    at; ``initials`` the ids of people in the registers that may be the initials of their names. Of parts of names that
    are words too, ``after_titles`` are replaced only there, ``with_capitals`` only with one, ``as_names`` only
    as they are.
    """

    folder: Path
    key: Path
    people: int
    files: int
    not_copied: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    initials: tuple[str, ...]
    after_titles: tuple[str, ...] = ()
    with_capitals: tuple[str, ...] = ()
    as_names: tuple[str, ...] = ()

    def in_words(self) -> Iterator[str]:
        """What was done and what is left to do, a line each."""
        people = "1 person" if self.people == 1 else f"{self.people:,} people"
        yield f"{self.folder} holds {counted(self.files, 'file')} with pseudonyms for {people}."
        yield f"The key is {self.key}. Keep it apart from the copy, encrypted."
        if self.not_copied:
            yield "Not copied; change these by hand, or do without them:"
            yield from (f"  {name}: {why}" for name, why in self.not_copied)
        if self.unread:
            yield "Copied, but not looked at; open each, and see whether it shows a name:"
            yield from (f"  {each}" for each in self.unread)
        if self.initials:
            yield f"These ids of people are their initials, and stay: {', '.join(self.initials)}."
        if self.after_titles:
            yield f"These parts of names stay where no title stands before them: {', '.join(self.after_titles)}."
        if self.with_capitals:
            yield f"These stay where they are written in small letters: {', '.join(self.with_capitals)}."
        if self.as_names:
            yield f"These stay where they are written in capitals or small letters: {', '.join(self.as_names)}."
        yield "Nicknames and misspellings are found only where the key has them, under also. Read what you pass on."


def pseudonymise(study: StudyFolder, target: Path, key: Path, progress: Progress | None = None) -> PseudonymisedStudy:
    """Write a copy of a study, with pseudonyms for names, into a new folder; ``key`` is made, or added to.

    A file that cannot be read, or in which a name is left, is not copied. Raises UsageProblem for a folder that holds
    something, or for a place that is not apart from the study; OSError.
    """
    target, key = target.resolve(), key.resolve()
    _refuse_places(study.path, target, key)
    registered = list(_registered(study))
    known, people = people_of(key, [person for _, person in registered], ProblemLog())
    if not people:
        raise UsageProblem("There is nobody in the People register, and no key: nothing can be pseudonymised.")
    if people != known or not key.exists():
        write_key(key, people)
    finder, whole = NameFinder(people), NameFinder(people, parts=False)
    progress = progress or NoProgress()
    not_copied: list[tuple[str, str]] = []
    files = [path for path in _files(study, not_copied) if not is_lock_file(path)]
    progress.stage("writing the copy", len(files))
    unread: list[str] = []
    taken: set[str] = set()
    for path in files:
        name = path.relative_to(study.path).as_posix()
        why, more = _copy(path, name, target, finder, whole, taken)
        if why:
            not_copied.append((name, why))
        unread += more
        progress.advance()
    places = (Where.AFTER_A_TITLE, Where.WITH_A_CAPITAL, Where.AS_A_NAME)
    left_alone = (tuple(finder.found_alone(where)) for where in places)
    return PseudonymisedStudy(
        target,
        key,
        len(people),
        len(taken),
        tuple(not_copied),
        tuple(unread),
        tuple(_initials(registered)),
        *left_alone,
    )


def _refuse_places(study: Path, target: Path, key: Path) -> None:
    for place, what in ((target, "The copy"), (key, "The key")):
        if place == study or study in place.parents:
            raise UsageProblem(f"{what} may not lie inside the study folder. Name a place outside of {study}.")
    if key == target or target in key.parents:
        raise UsageProblem("The key may not lie in the folder of the copy: whoever gets the one would have the other.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageProblem(f"{target} holds something already. Name a new folder.")


def _registered(study: StudyFolder) -> Iterator[tuple[str, KnownPerson]]:
    """The people in the registers, with their ids; not groups."""
    for path in study.registers():
        for entry in read_registers(path, study.schema, name=study.name(path), report=ProblemLog()):
            held = {column: cell.text.strip() for column, cell in entry.values.items()}
            if entry.label == "Actor" and folded(held.get("kind", "")) != "collective" and held.get("pseudonym"):
                also = tuple(each.strip() for each in held.get("aliases", "").split(";") if each.strip())
                yield held.get("id", ""), KnownPerson(held["pseudonym"], "", also)


def _files(study: StudyFolder, left_out: list[tuple[str, str]]) -> Iterator[Path]:
    """All files of a study but what the program makes and hidden ones.

    Links that are not followed, and what cannot be opened, are added to ``left_out``.
    """

    def cannot_open(error: OSError) -> None:
        left_out.append((study.name(Path(error.filename)), f"cannot be opened ({error.strerror or error})"))

    for above, folders, names in os.walk(study.path, onerror=cannot_open):
        here = Path(above)
        at_the_top = here == study.path
        folders[:] = sorted(each for each in folders if not each.startswith(".") and not (at_the_top and each in MADE))
        for path in (here / name for name in folders):
            if path.is_symlink():
                left_out.append((path.relative_to(study.path).as_posix(), _link(study, path)))
        for path in (here / name for name in sorted(names) if not name.startswith(".")):
            if path.is_file() and not study.leads_out(path):
                yield path
            else:
                why = _link(study, path) if path.is_symlink() else "is not a regular file"
                left_out.append((path.relative_to(study.path).as_posix(), why))


def _link(study: StudyFolder, path: Path) -> str:
    """What kind of symbolic link it is that is not followed."""
    if study.leads_out(path):
        return "a symbolic link that leads out of the study folder; put the file or folder itself there"
    return "a symbolic link to a folder of the study" if path.is_dir() else "a symbolic link that leads to nothing"


def _copy(
    path: Path, name: str, target: Path, finder: NameFinder, whole: NameFinder, taken: set[str]
) -> tuple[str, list[str]]:
    """Write the copy of a file; returns why it was not written, and which of its parts were not looked at."""
    suffix = path.suffix.lower()
    if suffix not in (*TEXTS, *PACKAGES, *XML):
        return ("a picture" if is_picture(name) else f"{suffix or 'a file without an ending'} cannot be read here"), []
    try:
        content = read_bytes(path, name=name, limit=MAX_FILE)
        if name == STUDY_FILE:
            content = _STORE.sub("", content.decode("utf-8")).encode()
        made = pseudonymised(content, name, finder, whole)
    except UnreadableFile as error:
        return str(error), []
    except ValueError:
        return "its text is in no encoding that is known here", []
    if made.left:
        return f"a name is left in {made.left[0]}", []
    written = target / _free("/".join(map(_short, replaced_in(name, finder.for_files()).split("/"))), taken)
    write_whole(written, made.content)
    return "", made.unread


def _short(name: str) -> str:
    """A name of a file or folder that every system can hold: in place of one word may stand several pseudonyms."""
    ending = _MAP if name.endswith(_MAP) else PurePath(name).suffix
    stem = name.removesuffix(ending)
    if len(stem.encode()) <= _LONGEST:
        return name
    return f"{stem.encode()[:_LONGEST].decode('utf-8', 'ignore').rstrip()}{ending}"


def _free(name: str, taken: set[str]) -> str:
    """The name of a file that no other has; it is added to ``taken``."""
    stem, dot, ending = name.rpartition(".")
    number, made = 1, name
    while made.casefold() in taken:
        number += 1
        made = f"{stem}-{number}{dot}{ending}"
    taken.add(made.casefold())
    return made


def _initials(registered: list[tuple[str, KnownPerson]]) -> Iterator[str]:
    for own, person in registered:
        letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", folded(person.name)))
        if len(letters) > 1 and re.sub(r"[\W\d]", "", folded(own)) == letters:
            yield own
