"""The list beside an imported project: what each of its codes, sources and cases is in the study.

``imports/interviews.qdpx.yaml`` lies beside ``imports/interviews.qdpx``. An import writes it and keeps what the team
changed in it. Entries are known by the project's own ids, so that a code that is renamed there stays the same here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from journeys.instruments.codebook import Code, Codebook, CodeSheet, Group
from journeys.instruments.projects.project import DNA_SUFFIX, REFI_SUFFIXES
from journeys.instruments.text.yaml_text import commented, dumped
from journeys.model.code_keys import is_key, key_order
from journeys.model.problems import Address, Problem, Report
from journeys.model.study_names import IMPORT_FOLDER
from journeys.model.yaml_with_lines import BrokenSchema, load_lined_yaml

LIST_SUFFIX, LOSSES_SUFFIX = ".yaml", ".losses.csv"
PROJECT_SUFFIXES = (*REFI_SUFFIXES, DNA_SUFFIX)
BETWEEN = " > "
"""Between the names of codes that stand in each other."""
CONCEPTS = ("Evidence", "Document", "Understanding", "codes")
"""What the concepts of a discourse analysis can be; the first is what they are unless the list says otherwise."""
_HEAD = (
    "Which code, source and case of the study each one of this project is. Written by `journeys import`, which keeps "
    "what you change here: `key` (a key of the codebook), `source` (an id in the register of sources), `is` (the "
    "name or id of a person, an organisation, a meeting or another thing of the study). Leave `id` as it is."
)


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code of the project: the key that it has here. ``own`` tells that it is a code of the project alone."""

    id: str
    key: str
    name: str
    under: str = ""
    definition: str = ""
    colour: str = ""
    sets: tuple[str, ...] = ()
    heading: bool = False
    own: bool = True
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A source or case of the project, and what it is here: the id of a source, or a name; "" for nothing yet."""

    id: str
    name: str
    here: str = ""
    line: int | None = None


@dataclass(slots=True)
class ImportList:
    """Everything in the list. ``file`` is the imported file's name in the study, ``sheet`` the sheet of its codes."""

    file: str
    project: str
    program: str
    sheet: str
    concepts: str = CONCEPTS[0]
    codes: dict[str, ListedCode] = field(default_factory=dict)
    sources: dict[str, Listed] = field(default_factory=dict)
    cases: dict[str, Listed] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How addresses call the list."""
        return f"{self.file}{LIST_SUFFIX}"


def is_project(path: Path) -> bool:
    """Whether a file is a coding project, by its ending."""
    return path.suffix.lower() in PROJECT_SUFFIXES


def read_list(path: Path, *, file: str, report: Report) -> ImportList | None:
    """The list in a file; None, reported, for one that cannot be used."""
    name = f"{file}{LIST_SUFFIX}"
    try:
        source = load_lined_yaml(path, name=name, typed=False)
    except BrokenSchema as error:
        report(Problem("bad_import_list", error.address, error.what, "Correct it, or import the project again."))
        return None
    content = source.content if isinstance(source.content, dict) else {}

    def entries(part: str) -> Iterator[tuple[dict[str, str], int | None]]:
        held = content.get(part) or []
        for number, entry in enumerate(held if isinstance(held, list) else []):
            if isinstance(entry, dict) and entry.get("id"):
                yield {k: v for k, v in entry.items() if isinstance(v, str)}, source.line((part, number))
            else:
                say((part, number), "An entry has no `id`.", "Import the project again, which writes it anew.")

    def say(where: tuple[str | int, ...], message: str, remedy: str) -> None:
        address = Address(name, None, f"line {source.line(where)}")
        report(Problem("bad_import_list", address, message, remedy))

    made = ImportList(file, str(content.get("project") or file), str(content.get("program") or ""), "P")
    made.sheet = str(content.get("sheet") or "P")
    made.concepts = str(content.get("concepts") or CONCEPTS[0])
    if made.concepts not in CONCEPTS:
        say(("concepts",), f"Concepts cannot be {made.concepts!r}.", f"Write one of {', '.join(CONCEPTS)}.")
        made.concepts = CONCEPTS[0]
    for entry, line in entries("codes"):
        code = ListedCode(
            entry["id"],
            entry.get("key", ""),
            entry.get("name", ""),
            entry.get("under", ""),
            entry.get("definition", ""),
            entry.get("colour", ""),
            tuple(filter(None, entry.get("sets", "").split("; "))),
            entry.get("heading", "").casefold() in ("yes", "true"),
            entry.get("codebook", "").casefold() not in ("yes", "true"),
            line,
        )
        if not is_key(code.key):
            remedy = "Write letters and digits, in parts joined by dots, such as P1.7."
            say(("codes", len(made.codes)), f"{code.key!r} cannot be the key of a code.", remedy)
            continue
        made.codes[code.id] = code
    for part, here, held in (("sources", "source", made.sources), ("cases", "is", made.cases)):
        for entry, line in entries(part):
            held[entry["id"]] = Listed(entry["id"], entry.get("name", ""), entry.get(here, ""), line)
    return made


def write_list(path: Path, listed: ImportList) -> None:
    """Write the list as YAML for people."""
    content: dict[str, Any] = {"import": 1, "project": listed.project}
    if listed.program:
        content["program"] = listed.program
    content["sheet"] = listed.sheet
    if listed.file.lower().endswith(DNA_SUFFIX):
        content["concepts"] = listed.concepts
    lines = [*commented(_HEAD), *dumped(content)]
    if listed.file.lower().endswith(DNA_SUFFIX):
        lines += commented(
            f"`concepts` says what concepts are: {', '.join(CONCEPTS)}. `journeys docs other_programs` says more."
        )
    codes = [_code_entry(each) for each in listed.codes.values()]
    sources = [{"source": each.here, "name": each.name, "id": each.id} for each in listed.sources.values()]
    cases = [{"is": each.here, "name": each.name, "id": each.id} for each in listed.cases.values()]
    for part, entries in (("codes", codes), ("sources", sources), ("cases", cases)):
        if entries:
            lines += ["", *dumped({part: entries})]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _code_entry(code: ListedCode) -> dict[str, str]:
    held = {
        "key": code.key,
        "name": code.name,
        "under": code.under,
        "definition": code.definition,
        "colour": code.colour,
        "sets": "; ".join(code.sets),
        "heading": "yes" if code.heading else "",
        "codebook": "" if code.own else "yes",
        "id": code.id,
    }
    return {name: words for name, words in held.items() if words}


def find_lists(folder: Path, report: Report) -> list[ImportList]:
    """The lists of a study's imports, by name; a project without one is reported where it is read."""
    found = []
    for path in find_projects(folder):
        beside = path.with_name(f"{path.name}{LIST_SUFFIX}")
        if beside.is_file():
            listed = read_list(beside, file=f"{IMPORT_FOLDER}/{path.name}", report=report)
            found += [listed] if listed is not None else []
    return found


def find_projects(folder: Path) -> list[Path]:
    """The projects that a study has imported, by name. Links are not followed."""
    here = folder / IMPORT_FOLDER
    if not here.is_dir() or here.is_symlink():
        return []
    return sorted(p for p in here.iterdir() if is_project(p) and not p.is_symlink() and not p.name.startswith("."))


def with_imports(codebook: Codebook, lists: Sequence[ImportList]) -> Codebook:
    """The codebook, with the codes that the imported projects have of their own on a sheet each."""
    if not any(code.own for listed in lists for code in listed.codes.values()):
        return codebook
    codes, sheets = dict(codebook.codes), {sheet.id: sheet for sheet in codebook.sheets}
    for listed in lists:
        groups: dict[str, Group] = {}
        for code in listed.codes.values():
            if not code.own or code.heading or code.key in codes:
                continue
            if code.under and code.under not in groups:
                groups[code.under] = Group(f"{listed.sheet}.g{len(groups) + 1}", code.under)
            codes[code.key] = Code(
                code.key,
                code.name,
                listed.sheet,
                groups[code.under].id if code.under else None,
                definition=code.definition,
                colour=code.colour,
                sets=code.sets,
                address=Address(listed.name, None, f"line {code.line}"),
            )
        if listed.sheet not in sheets:
            sheets[listed.sheet] = CodeSheet(
                listed.sheet, listed.project, f"imported from {listed.file}", imported=True
            )
        sheet = sheets[listed.sheet]
        sheets[listed.sheet] = replace(sheet, groups=(*sheet.groups, *groups.values()))
    ordered = dict(sorted(codes.items(), key=lambda item: key_order(item[0])))
    return replace(codebook, codes=ordered, sheets=tuple(sorted(sheets.values(), key=lambda s: key_order(s.id))))
