"""The elements of a REFI-QDA file while it is read: each is taken, or it is counted among what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from journeys.instruments.projects.project import Tally
from journeys.model.characters import CONTROL_CHARACTERS

_SILENT = {"VariableRef", "CodeRef", "NoteRef", "SourceRef", "SelectionRef", "MemberCode", "MemberSource", "MemberNote"}
"""References are part of what holds them, which is counted."""
_CONTAINERS = {
    "Project", "Users", "CodeBook", "Codes", "Sources", "Notes", "Cases", "Variables", "Sets", "Links", "Graphs",
}  # fmt: skip
_ELSEWHERE = {
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue", "Description",
    "PlainTextContent",
}  # fmt: skip
_WHY = {
    "Link": "a link between two parts of the project has no counterpart in a study",
    "Graph": "drawings of the project have no counterpart; a study draws its own",
    "Vertex": "part of a drawing",
    "Edge": "part of a drawing",
    "SyncPoint": "places of a recording in its transcript are read only where a selection names them",
}
_IN_NOTE = "where a note is about part of a text, and what is coded in notes, is not kept"
_UNKNOWN = "not part of the REFI-QDA standard 1.0 or 1.5"
_USED = {
    "guid", "name", "id", "isCodable", "color", "typeOfVariable", "targetGUID", "plainTextPath", "richTextPath", "path",
    "currentPath", "startPosition", "endPosition", "creatingUser", "creationDateTime", "modifyingUser", "page",
    "firstX", "firstY", "secondX", "secondY", "begin", "end", "fromSyncPoint", "toSyncPoint", "timeStamp", "position",
    "origin",
    "basePath", "creatingUserGUID", "originGUID", "direction", "representedGUID", "sourceVertex", "targetVertex",
    "shape", "lineStyle", "schemaLocation", "modifyingUserGUID",
}  # fmt: skip


_WHO_AND_WHEN = ("creationDateTime", "creatingUser", "modifyingUser", "creatingUserGUID", "modifyingUserGUID")


def _is_coding(name: str) -> bool:
    return name == "Coding" or name.endswith("Selection")


def local(element: Any) -> str:
    """An element's name without its namespace; "" for a comment or instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def guid(text: str | None) -> str:
    """A GUID as they are compared: without braces, in small letters."""
    return (text or "").strip().strip("{}").casefold()


class Elements:
    """Walks the elements of a file and keeps account of them."""

    def __init__(self, root: Any) -> None:
        self.root, self.tally = root, Tally()
        self._met: set[Any] = set()
        self._lost: set[Any] = set()
        self._without_controls()

    def _without_controls(self) -> None:
        """Leave control characters out of names, descriptions and notes, and say where.

        In the text of a source they stay: selections count its characters.
        """
        for element in self.root.iter():
            if not (name := local(element)) or name == "PlainTextContent":
                continue
            held = element.attrib
            odd = [key for key, value in held.items() if CONTROL_CHARACTERS.search(value)]
            for key in odd:
                held[key] = CONTROL_CHARACTERS.sub("", held[key])
            if element.text and CONTROL_CHARACTERS.search(element.text):
                element.text = CONTROL_CHARACTERS.sub("", element.text)
                odd.append("text")
            if odd:
                why = "invisible control characters were left out"
                self.tally.lose(name, "changed", why, held.get("name", ""), self.place(element))

    def children(self, element: Any, *names: str) -> Iterator[Any]:
        """The children of these names, or all of them."""
        for child in element:
            if isinstance(child.tag, str) and (not names or local(child) in names):
                yield child

    def child(self, element: Any, name: str) -> Any | None:
        """The first child of a name."""
        return next(self.children(element, name), None)

    def words(self, element: Any, name: str) -> str:
        """The text of a child, which is taken; "" where there is none."""
        child = self.child(element, name)
        if child is None:
            return ""
        self.pass_over(child)
        return (child.text or "").strip()

    def take(self, element: Any, what: str = "") -> None:
        """Count an element as taken."""
        if element not in self._met:
            self._met.add(element)
            self.tally.taken[what or local(element)] += 1

    def pass_over(self, element: Any) -> None:
        """Note an element that is part of another, and not counted by itself."""
        self._met.add(element)

    def is_met(self, element: Any) -> bool:
        """Whether an element was taken, or counted among what was not."""
        return element in self._met

    def lose(self, element: Any, why: str, *, changed: bool = False, name: str = "") -> None:
        """Count an element as not taken, or as changed."""
        self._met.add(element)
        if not changed:
            self._lost.add(element)
        fate = "changed" if changed else "not taken"
        called = name or element.get("name") or ""
        self.tally.lose(local(element), fate, why, called, self.place(element))  # type: ignore[arg-type]

    def place(self, element: Any) -> str:
        """Where an element is: its GUID, or its line."""
        own = guid(element.get("guid") or element.get("targetGUID"))
        return own or f"line {element.sourceline}"

    def finish(self) -> Tally:
        """Count everything that was not met, and the attributes that are not kept."""
        attributes: Counter[str] = Counter()
        for element in self.root.iter():
            name = local(element)
            if not name:
                continue
            for key in element.attrib:
                if key.rpartition("}")[2] not in _USED or (key in _WHO_AND_WHEN and not _is_coding(name)):
                    attributes[f"{name}, attribute {key.rpartition('}')[2]}"] += 1
            if element in self._met or name in _CONTAINERS:
                continue
            parent = element.getparent()
            if name in _SILENT or name in _ELSEWHERE:  # part of what holds it
                held = parent in self._met and parent not in self._lost
                if name == "Description" and held and (element.text or "").strip():
                    self.lose(element, f"the description of a {local(parent)} has no counterpart", name=_short(element))
                continue
            in_note = any(local(each) == "Note" for each in element.iterancestors())
            self.lose(element, _IN_NOTE if in_note else _WHY.get(name, _UNKNOWN), name=_short(element))
        for what, number in attributes.items():
            known = what.rpartition(" ")[2] in (*_WHO_AND_WHEN, "modifiedDateTime")
            why = "who made or changed it, and when, is kept of codings only" if known else _UNKNOWN
            self.tally.lose(what, "not taken", why, f"{number} times" if number > 1 else "")
        return self.tally


def _short(element: Any) -> str:
    words = " ".join((element.get("name") or element.text or "").split())
    return words if len(words) <= 60 else f"{words[:59]}\u2026"
