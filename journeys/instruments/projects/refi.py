"""Read a REFI-QDA project (.qdpx, .qde) or codebook (.qdc): everything in it is taken, or counted with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from journeys.instruments.files.safety import unreadable
from journeys.instruments.projects.project import (
    Attribute,
    CodingProject,
    ProjectCase,
    ProjectCode,
    User,
)
from journeys.instruments.projects.refi_elements import Elements, guid, local
from journeys.instruments.projects.refi_package import RefiPackage
from journeys.instruments.projects.refi_sources import RefiSources
from journeys.model.phrases import counted, one_of
from journeys.model.problems import Address, Problem, Severity

_NAMESPACE = re.compile(r"urn:QDA-XML:(?:project|codebook):(?:1[.:][05]|0[.:]4)", re.I)
"""As programs write it: NVivo with a colon in the number, ATLAS.ti for codebooks with that of a draft."""
_NAMED = 3


def read_refi(path: Path, *, name: str) -> CodingProject:
    """The project in a file. Raises UnreadableFile for one that is no REFI-QDA file, damaged or unsafe."""
    package = RefiPackage(path, name=name)
    root = package.root()
    if local(root) not in ("Project", "CodeBook"):
        message = f"The file begins with <{local(root)}>, which is neither a project nor a codebook of REFI-QDA."
        remedy = "Export the project again as REFI-QDA (.qdpx)."
        raise unreadable("wrong_format", Address(name), message, remedy)
    return _Reader(package, root).project()


class _Reader:
    def __init__(self, package: RefiPackage, root: Any) -> None:
        self._package, self._root = package, root
        self._elements = Elements(root)
        self._elements.pass_over(root)
        title = (root.get("name") or "").strip() or Path(package.file).stem
        self._project = CodingProject(title, (root.get("origin") or "").strip(), tally=self._elements.tally)
        self._notes: dict[str, Any] = {}
        self._variables: dict[str, str] = {}

    def project(self) -> CodingProject:
        project, elements, root = self._project, self._elements, self._root
        self._version()
        for each in self._below("Users", "User"):
            elements.take(each)
            user = User(guid(each.get("guid")), (each.get("name") or "").strip(), (each.get("id") or "").strip())
            project.users[user.id] = user
        for parent in elements.children(root, "Notes"):
            self._notes |= {guid(each.get("guid")): each for each in elements.children(parent, "Note")}
        for each in self._below("Variables", "Variable"):
            elements.take(each)
            self._variables[guid(each.get("guid"))] = (each.get("name") or "").strip()
        self._codes()
        sources = RefiSources(self._package, elements, project.program, self._notes_of, self._attribute)
        for parent in elements.children(root, "Sources"):
            project.sources += sources.read(parent)
        self._cases()
        self._sets()
        self._unused_notes()
        self._say_of_texts(sources)
        self._unknown_codes()
        elements.finish()
        return project

    def _version(self) -> None:
        namespace = self._root.tag[1:].partition("}")[0] if self._root.tag.startswith("{") else ""
        if not _NAMESPACE.fullmatch(namespace):
            said = f"the version {namespace!r}" if namespace else "no version"
            message = f"The file names {said} of REFI-QDA; this program knows 1.0 and 1.5. It was read as 1.5."
            self._say("other_version", message, "Compare what was read with the project.")

    def _below(self, parent: str, child: str) -> Iterator[Any]:
        for each in self._elements.children(self._root, parent):
            yield from self._elements.children(each, child)

    def _codes(self) -> None:
        elements, root = self._elements, self._root
        books = [root] if local(root) == "CodeBook" else list(elements.children(root, "CodeBook"))
        for book in books:
            elements.pass_over(book)
            for parent in (*elements.children(book, "Codes"), book):
                self._code(parent, ())

    def _code(self, parent: Any, above: tuple[str, ...]) -> None:
        elements = self._elements
        for each in elements.children(parent, "Code"):
            name = (each.get("name") or "").strip() or "code without a name"
            codable = (each.get("isCodable") or "true").strip().casefold() not in ("false", "0")
            identity = guid(each.get("guid"))
            if not identity or identity in self._project.codes:
                elements.lose(each, "its GUID is missing or stands at another code too")
            else:
                if codable:
                    elements.take(each)
                else:
                    elements.lose(
                        each, "it cannot be given to passages: kept as a heading over its codes", changed=True
                    )
                self._project.codes[identity] = ProjectCode(
                    identity,
                    " ".join(name.split()),
                    above,
                    elements.words(each, "Description"),
                    (each.get("color") or "").strip(),
                    codable,
                    notes=self._notes_of(each),
                )
            self._code(each, (*above, " ".join(name.split())))

    def _cases(self) -> None:
        elements = self._elements
        for each in self._below("Cases", "Case"):
            elements.take(each)
            case = ProjectCase(guid(each.get("guid")), (each.get("name") or "").strip() or "case without a name")
            case.description = elements.words(each, "Description")
            case.sources += [guid(ref.get("targetGUID")) for ref in elements.children(each, "SourceRef")]
            for value in elements.children(each, "VariableValue"):
                attribute = self._attribute(value)
                if attribute is not None:
                    case.attributes.append(attribute)
            for ref in elements.children(each, "CodeRef", "SelectionRef"):
                which = "code" if local(ref) == "CodeRef" else "selection"
                elements.lose(ref, f"that a case holds a {which} has no counterpart", name=case.name)
            self._project.cases.append(case)

    def _sets(self) -> None:
        elements, codes = self._elements, self._project.codes
        sources = {source.id: source for source in self._project.sources}
        for each in self._below("Sets", "Set"):
            name = (each.get("name") or "").strip()
            refs = elements.children(each, "MemberCode")
            members = [guid(ref.get("targetGUID") or ref.get("guid")) for ref in refs]
            known = [member for member in members if member in codes]
            for member in known:
                codes[member] = replace(codes[member], sets=(*codes[member].sets, name))
            if known or elements.child(each, "MemberSource") is not None:
                elements.take(each)
            else:
                elements.lose(each, "a set without codes and sources has no counterpart")
            for ref in elements.children(each, "MemberSource"):
                found = sources.get(guid(ref.get("targetGUID")))
                if found is None:
                    elements.lose(ref, "the source that it names is not in the project", name=name)
                else:
                    found.attributes.append(Attribute("Set", name))
                    elements.take(ref)
            for ref in elements.children(each, "MemberNote"):
                elements.lose(ref, "sets of notes have no counterpart", name=name)

    def _notes_of(self, element: Any) -> tuple[str, ...]:
        """The texts of the notes that an element refers to."""
        found = []
        for ref in self._elements.children(element, "NoteRef"):
            note = self._notes.get(guid(ref.get("targetGUID")))
            if note is None:
                self._elements.lose(ref, "the note that it names is not in the project")
                continue
            words = self._note(note)
            if words:
                found.append(words)
        return tuple(found)

    def _note(self, note: Any) -> str:
        elements = self._elements
        text = elements.words(note, "PlainTextContent")
        path = note.get("plainTextPath") or ""
        if not text and path:
            text = (self._package.text(path.rpartition("/")[2]) or "").strip().removeprefix("\ufeff")
        title, described = (note.get("name") or "").strip(), elements.words(note, "Description")
        words = "\n".join(filter(None, [text or described])).replace("\r\n", "\n")
        if not words and not title:
            elements.lose(note, "it is empty, or its text is not in the file")
            return ""
        elements.take(note)
        return words if not title or words.startswith(title.rstrip(".\u2026")) else f"{title}: {words}".rstrip(": ")

    def _unused_notes(self) -> None:
        """Notes that nothing refers to, or the project as a whole does."""
        elements = self._elements
        for ref in elements.children(self._root, "NoteRef"):
            elements.pass_over(ref)
        for note in self._notes.values():
            if elements.is_met(note):
                continue
            elements.lose(note, "it is about the project as a whole, or about nothing that was taken")
        described = elements.child(self._root, "Description")
        if described is not None and (described.text or "").strip():
            elements.lose(described, "a study describes itself in study.yaml", name="description of the project")

    def _attribute(self, element: Any) -> Attribute | None:
        elements = self._elements
        ref = elements.child(element, "VariableRef")
        name = self._variables.get(guid(ref.get("targetGUID"))) if ref is not None else None
        value = next((each for each in elements.children(element) if local(each).endswith("Value")), None)
        words = " ".join((value.text or "").split()) if value is not None else ""
        if name is None:
            elements.lose(element, "its variable is not in the project", name=words)
            return None
        elements.take(element) if words else elements.lose(element, "it is empty", name=name)
        return Attribute(name, words) if words else None

    def _unknown_codes(self) -> None:
        """Say which codings name a code that the project has not."""
        unknown = [each for each in self._project.codings() if each.code not in self._project.codes]
        cases = {case.id: case.name for case in self._project.cases}
        for each in unknown:
            known = each.code in cases
            why = "that a passage belongs to a case has no counterpart" if known else "its code is not in the codebook"
            self._project.tally.lose("Coding", "not taken", why, cases.get(each.code, ""), each.id)
            self._project.tally.taken["Coding"] -= 1

    def _say_of_texts(self, sources: RefiSources) -> None:
        if sources.guessed:
            names = _named([name for name, _ in sources.guessed])
            how = sources.guessed[0][1]
            message = (
                f"Programs count characters in different ways, and nothing in the file tells which way is right for "
                f"{names}. The positions were read with {how}."
            )
            self._say("guessed_positions", message, "Compare some passages with the project.")
        if sources.absent:
            what = counted(len(sources.absent), "source")
            paths = [path for _, path in sources.absent if path]
            where = f" (it names {paths[0]})" if paths else ""
            message = f"The text of {what} is not in the file: {_named([name for name, _ in sources.absent])}{where}."
            remedy = "Export the project again with its sources inside. Files elsewhere on a computer are never opened."
            self._say("text_outside", message, remedy)

    def _say(self, kind: str, message: str, remedy: str) -> None:
        problem = Problem(kind, Address(self._package.file), message, remedy, Severity.WARNING)
        self._project.problems.append(problem)


def _named(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = len(distinct) - _NAMED
    return one_of([*distinct[:_NAMED], *([f"{more} more"] if more > 0 else [])], "and")
