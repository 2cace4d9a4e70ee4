"""Make the list of an imported project, and find out how the project differs from the one that was imported before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from journeys.instruments.codebook import Codebook
from journeys.instruments.projects.project import DNA_SUFFIX, CodingProject, ProjectCode
from journeys.interpret.names import Names
from journeys.interpret.projects.coded_project import CASE_LABELS
from journeys.interpret.projects.import_list import BETWEEN, ImportList, Listed, ListedCode
from journeys.interpret.transcript_source import sources_within
from journeys.model.identity import folded, short_id, slug
from journeys.model.phrases import counted

_LONGEST_ID = 50
_ENDING = re.compile(r"\.(?:docx?|rtf|odt|txt|pdf|md|html?|mp[34]|wav|jpe?g|png)$", re.I)
_NUMBERED = re.compile(r"P(\d+)")
_NAMED = 5


def new_list(
    project: CodingProject,
    file: str,
    before: ImportList | None,
    others: Sequence[ImportList],
    codebook: Codebook,
    names: Names,
) -> ImportList:
    """The list for a project: what stood in the list ``before`` stays; ``others`` are those of other imports.

    A code or source that another import has too is the same here: a codebook may have been imported by itself, and
    each coder's copy of a project. ``codebook`` has the codes of the study, ``names`` the names in its registers.
    """
    sheets = {each.sheet for each in others} | {sheet.id for sheet in codebook.sheets}
    sheet = before.sheet if before is not None else _free_sheet(sheets)
    made = ImportList(file, project.name, project.program, sheet)
    if before is not None:
        made.concepts = before.concepts
    # The ids of the Discourse Network Analyzer are numbers, which every database has.
    alike = [each for each in others if not _is_dna(each.file)] if not _is_dna(file) else []
    elsewhere = {code.id: code.key for each in alike for code in each.codes.values()}
    sources = {source.id: source for each in alike for source in each.sources.values()}
    _list_codes(made, project, before, codebook, elsewhere)
    taken = {each.here for other in others for each in other.sources.values()}
    for source in project.sources:
        known = before.sources.get(source.id) if before is not None else sources.get(source.id)
        here = known.here if known is not None and known.here else _source_here(source.name, names, taken)
        taken.add(here)
        made.sources[source.id] = Listed(source.id, source.name, here)
    for case in project.cases:
        known = before.cases.get(case.id) if before is not None else None
        here = known.here if known is not None else _case_here(case.name, names)
        made.cases[case.id] = Listed(case.id, case.name, here)
    return made


def _is_dna(file: str) -> bool:
    return file.lower().endswith(DNA_SUFFIX)


def _free_sheet(taken: Collection[str]) -> str:
    return next(f"P{number}" for number in range(1, len(taken) + 2) if f"P{number}" not in taken)


def _list_codes(
    made: ImportList,
    project: CodingProject,
    before: ImportList | None,
    codebook: Codebook,
    elsewhere: Mapping[str, str],
) -> None:
    coded = {coding.code for coding in project.codings()}
    old = before.codes if before is not None else {}
    numbers = [int(each.key.rpartition(".")[2]) for each in old.values() if _is_own(each.key, made.sheet)]
    number = max(*numbers, len(old), 0)  # a key that the team took away is not given again
    for code in project.codes.values():
        known = old.get(code.id)
        key, own = (known.key, known.own) if known is not None else (elsewhere.get(code.id, ""), False)
        key = key or _key_in(codebook, code, made.sheet)
        if not key:
            number += 1
            key, own = f"{made.sheet}.{number}", True
        elif known is not None and not _is_own(key, made.sheet) and key in codebook.codes:
            own = False  # the team has written the key of another code
        made.codes[code.id] = ListedCode(
            code.id,
            key,
            code.name,
            BETWEEN.join(code.above),
            code.definition,
            code.colour,
            code.sets,
            heading=not code.codable and code.id not in coded,
            own=own,
        )


def _is_own(key: str, sheet: str) -> bool:
    return re.fullmatch(rf"{re.escape(sheet)}\.\d+", key) is not None


def _key_in(codebook: Codebook, code: ProjectCode, sheet: str) -> str:
    """The key of the codebook's code that this one is, as its name says: "6.7 Community engagement"; else ""."""
    first, _, rest = code.name.partition(" ")
    known = codebook.codes.get(first.strip(" :.)"))
    if known is None or known.sheet == sheet:
        return ""
    same = folded(rest.strip(" :-")) in (folded(known.label or ""), folded(known.shown.partition(" ")[2]))
    return known.key if same else ""


def like_labels(made: ImportList, codebook: Codebook) -> list[tuple[str, str]]:
    """The project's own codes that have the label of a code of the codebook, each with that code as it is shown."""
    by_label: dict[str, list[str]] = {}
    own = {each.key for each in made.codes.values() if each.own}
    for code in codebook.codes.values():
        if code.label and code.key not in own:
            by_label.setdefault(folded(code.label), []).append(code.shown)
    return [
        (each.name, found[0])
        for each in made.codes.values()
        if each.own and not each.heading and len(found := by_label.get(folded(each.name), [])) == 1
    ]


def _source_here(name: str, names: Names, taken: Collection[str]) -> str:
    """The id of the registered source that a name stands for, else a new id made of it."""
    bare = _ENDING.sub("", name.strip())
    for each in (name, bare):
        found = {identity for _, identity in names.find(("DataSource",), each)} or sources_within(names, each)
        if len(found) == 1:
            return short_id(found.pop())
    try:
        base = slug(bare).encode("ascii", "ignore").decode()[:_LONGEST_ID].strip("-.") or "source"
    except ValueError:
        base = "source"
    numbered = (f"{base}-{number}" for number in range(2, 100_000))
    return next(each for each in (base, *numbered) if each not in taken and not names.find(("DataSource",), each))


def _case_here(name: str, names: Names) -> str:
    """The id of the one registered thing that a case is called like; "" for none."""
    for label in CASE_LABELS:
        found = names.find((label,), name)
        if len(found) == 1:
            return short_id(found[0][1])
    return ""


@dataclass(frozen=True, slots=True)
class Change:
    """What of one kind is new in a project, gone from it, or named otherwise; codings are only counted."""

    what: str
    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The change in a few words; "" for none."""
        said = [
            f"{counted(len(found), self.what)} {how}{_named(found)}"
            for found, how in ((self.new, "new"), (self.gone, "gone"), (self.renamed, "renamed"))
            if found
        ]
        return ", ".join(said)


def changes(before: CodingProject, now: CodingProject) -> list[Change]:
    """What changed between two versions of a project, by the ids that the program gives."""
    codes = ({e.id: e.name for e in each.codes.values()} for each in (before, now))
    sources = ({e.id: e.name for e in each.sources} for each in (before, now))
    return [
        _change("code", *codes),
        _change("source", *sources),
        _change("coding", _codings(before), _codings(now)),
    ]


def _change(what: str, before: Mapping[str, str], now: Mapping[str, str]) -> Change:
    renamed = (f"{before[each]} to {now[each]}" for each in now if each in before and before[each] != now[each])
    return Change(
        what,
        tuple(now[each] for each in now if each not in before),
        tuple(before[each] for each in before if each not in now),
        tuple(renamed),
    )


def _codings(project: CodingProject) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in project.sources:
        for holder, coding in (
            *((source.id, each) for each in source.codings),
            *((selection.id, each) for selection in source.selections for each in selection.codings),
        ):
            found[f"{coding.id or holder}/{coding.code}/{coding.user}"] = ""
    return found


def is_same(project: CodingProject, listed: ImportList) -> bool:
    """Whether a project is another version of one that was imported: they share sources or, if one of them has none,
    most of their codes. Two projects with different sources may have grown from one codebook."""
    if _is_dna(listed.file):
        return False
    if project.sources and listed.sources:
        return any(source.id in listed.sources for source in project.sources)
    common = project.codes.keys() & listed.codes.keys()
    return len(common) * 2 > min(len(project.codes), len(listed.codes))


def is_codebook_of(project: CodingProject, listed: ImportList) -> bool:
    """Whether one of the two is only a codebook, and the other is not: neither takes the place of the other."""
    return bool(project.sources) != bool(listed.sources)


def _named(names: Collection[str]) -> str:
    shown = [each for each in list(names)[:_NAMED] if each]
    if not shown:
        return ""
    more = len(names) - len(shown)
    return f" ({', '.join(shown)}{f' and {more} more' if more > 0 else ''})"


def without(codebook: Codebook, listed: Iterable[ImportList]) -> Codebook:
    """The codebook without the codes that imported projects have of their own."""
    own = {code.key for each in listed for code in each.codes.values() if code.own}
    return replace(codebook, codes={key: code for key, code in codebook.codes.items() if key not in own})
