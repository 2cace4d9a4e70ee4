"""A project written as REFI-QDA is valid, and read again it is what was written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from journeys.exchange.refi import guid, plain_words, write_codebook, write_project
from journeys.exchange.xml_text import XmlText
from journeys.instruments.projects.project import Coding, CodingProject, ProjectCode, ProjectSource, Selection, User
from journeys.instruments.projects.refi import read_refi

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas"

_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=40)
"""Without the delete character, which no reader keeps."""
_name = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)
_when = st.sampled_from(["", "2011-08-02", "2011-08-02T10:00:00Z", "2011-08-02T10:00:00.5+01:00"])


@st.composite
def projects(draw: st.DrawFn) -> CodingProject:
    project = CodingProject(draw(_name), "")
    for number in range(draw(st.integers(0, 3))):
        project.users[f"u{number}"] = User(f"u{number}", draw(_name))
    above: tuple[str, ...] = ()
    for number in range(draw(st.integers(1, 12))):
        name = f"{draw(_name)} {number}"
        sets = tuple(draw(st.lists(st.sampled_from(["A set", "<B>"]), unique=True, max_size=2)))
        colour = draw(st.sampled_from(["", "#c0392b"]))
        code = ProjectCode(f"k{number}", name, above, draw(_words), colour, draw(st.booleans()), sets)
        project.codes[code.id] = code
        above = (*above, name) if draw(st.booleans()) else above[:-1]
    codings = st.builds(
        Coding,
        st.sampled_from(list(project.codes)),
        st.sampled_from(["", *project.users]),
        _when,
        st.lists(_words, max_size=2).map(tuple),
    )
    for number in range(draw(st.integers(0, 3))):
        source = ProjectSource(f"s{number}", draw(_name), "text", draw(_words))
        source.codings += draw(st.lists(codings, max_size=1))
        for at in range(draw(st.integers(0, 4))):
            held = tuple(draw(st.lists(codings, max_size=3)))
            made = Selection(f"x{at}", draw(_words), draw(st.one_of(st.just(""), _name)), "", held)
            source.selections.append(made)
        project.sources.append(source)
    return project


def _said(project: CodingProject, *, written: bool) -> object:
    """What has to be the same, with the ids as they are written."""

    def own(kind: str, identity: str) -> str:
        return guid(kind, identity) if written and identity else identity

    def text(words: str) -> str:
        return XmlText.clean(words.replace("\r\n", "\n")).strip()

    def place(selection: Selection) -> str:
        return "" if selection.place.startswith("characters ") else selection.place

    def codings(held: object) -> list[object]:
        return [
            (own("code", e.code), own("user", e.user), e.when, [text(n) for n in e.notes if text(n)])
            for e in held  # type: ignore[attr-defined]
        ]

    return (
        project.name,
        {own("user", e.id): e.name for e in project.users.values()},
        {
            own("code", e.id): (e.name, e.above, text(e.definition), e.colour, e.codable, sorted(e.sets))
            for e in project.codes.values()
        },
        [
            (
                own("source", e.id),
                e.name,
                text(e.description),
                codings(e.codings),
                [(plain_words(s.words) or place(s), place(s), codings(s.codings)) for s in e.selections],
            )
            for e in project.sources
        ],
    )


@given(projects())
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, project: CodingProject) -> None:
    path = tmp_path_factory.mktemp("refi") / "p.qdpx"
    write_project(project, path)
    again = read_refi(path, name=path.name)
    assert _said(again, written=False) == _said(project, written=True)
    _is_sound(path)


def _is_sound(path: Path) -> None:
    """Every reference leads somewhere, every position lies in its text, and no GUID stands twice."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        ids = [each.get("guid") for each in root.iter() if each.get("guid")]
        assert len(ids) == len(set(ids))
        assert {each.get("targetGUID") for each in root.iter() if each.get("targetGUID")} <= set(ids)
        for source in root.iter("{*}TextSource"):
            text = archive.read(f"Sources/{source.get('guid')}.txt").decode("utf-8")
            for each in source.iter("{*}PlainTextSelection"):
                assert 0 <= int(each.get("startPosition")) <= int(each.get("endPosition")) <= len(text)


@given(projects())
@settings(deadline=None, max_examples=20)
def test_what_is_written_is_valid(tmp_path_factory: pytest.TempPathFactory, project: CodingProject) -> None:
    if not (SCHEMAS / "refi-qda-Project.xsd").is_file():
        pytest.skip("the schemas of REFI-QDA are not on this machine")
    folder = tmp_path_factory.mktemp("refi")
    write_project(project, folder / "p.qdpx")
    write_codebook(project, folder / "p.qdc")
    with zipfile.ZipFile(folder / "p.qdpx") as archive:
        written = etree.fromstring(archive.read("project.qde"))
    etree.XMLSchema(etree.parse(SCHEMAS / "refi-qda-Project.xsd")).assertValid(written)
    etree.XMLSchema(etree.parse(SCHEMAS / "refi-qda-Codebook.xsd")).assertValid(etree.parse(folder / "p.qdc"))
