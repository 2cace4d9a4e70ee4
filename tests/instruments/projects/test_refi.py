"""REFI-QDA files as other programs write them, damaged ones, and ones made to do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from journeys.instruments.projects.positions import PositionedText, Span
from journeys.instruments.projects.project import CodingProject
from journeys.instruments.projects.refi import read_refi
from journeys.model.problems import UnreadableFile
from tests.instruments.projects.refi_files import (
    ATLAS,
    DIALECTS,
    MAXQDA,
    NVIVO,
    QUALCODER,
    TALK,
    XENIA,
    Dialect,
    Project,
    code,
    coded,
)
from tests.instruments.projects.refi_files import mark as guid_


def read(path: Path) -> CodingProject:
    return read_refi(path, name=path.name)


def fates(project: CodingProject) -> dict[str, tuple[str, str]]:
    return {loss.element: (loss.fate, loss.why) for loss in project.tally.losses}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.origin)
def test_every_programs_positions_lead_to_the_words(tmp_path: Path, dialect: Dialect) -> None:
    project = read(coded(dialect).write(tmp_path / "p.qdpx"))
    words = [selection.words for selection in project.sources[0].selections]
    assert words == ["sent us what they had", "Nobody else had anything.", "the women's own words"]
    assert not project.problems
    assert [user.name for user in project.users.values()] == ["Xenia Yates", "Zander, Yara"]
    assert project.tally.taken["Coding"] == 3
    assert project.tally.taken["PlainTextSelection without a code"] == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("counted", ["\n", "\r\n"])
@pytest.mark.parametrize("utf16", [False, True])
def test_an_unknown_programs_way_of_counting_is_found_out(tmp_path: Path, end: str, counted: str, utf16: bool) -> None:
    strange = Dialect("Coder's Friend 1", end, counted, utf16, names=False)
    project = read(coded(strange).write(tmp_path / "p.qdpx"))
    words = [selection.words for selection in project.sources[0].selections]
    assert words == ["sent us what they had", "Nobody else had anything.", "the women's own words"]


def test_positions_that_nothing_decides_are_said() -> None:
    text = PositionedText("a\r\n" * 3 + "  " * 20)
    counted = text.counting([Span(14, 15)], "")
    assert counted.guessed


def test_projects_are_found_under_any_spelling(tmp_path: Path) -> None:
    strange = Dialect("X", project="My Project/Project.QDE", folder="My Project/SOURCES", bom=True)
    project = read(coded(strange).write(tmp_path / "p.qdpx", **{"__MACOSX/._project.qde": b"junk"}))
    assert project.sources[0].selections[0].words == "sent us what they had"


def test_codes_ten_deep_keep_what_stands_around_them(tmp_path: Path) -> None:
    tree = ""
    for depth in range(10, 0, -1):
        tree = code(depth, f"Level {depth}", tree, "false" if depth == 1 else "1", f"About {depth}")
    project = read(coded(MAXQDA, codes=tree).write(tmp_path / "p.qdpx"))
    deepest = project.codes[guid_(1, 10)]
    assert deepest.above == tuple(f"Level {depth}" for depth in range(1, 10))
    assert deepest.definition == "About 10"
    assert deepest.colour == "#c0392b"
    assert not project.codes[guid_(1, 1)].codable


def test_a_codebook_alone(tmp_path: Path) -> None:
    path = tmp_path / "book.qdc"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="NVivo 12">'
        f"<Codes>{code(1, 'Access', code(2, 'Language'))}</Codes><Sets><Set guid='{guid_(3, 1)}' name='Mine'>"
        f"<MemberCode guid='{guid_(1, 2)}'/></Set></Sets></CodeBook>",
        encoding="utf-8-sig",
    )
    book = read(path)
    assert [(each.name, each.sets) for each in book.codes.values()] == [("Access", ()), ("Language", ("Mine",))]
    assert not book.tally.losses


def test_everything_else_is_counted_with_a_reason(tmp_path: Path) -> None:
    project = coded(
        ATLAS,
        before='<Variables><Variable guid="55555555-0000-4000-8000-000000000001" name="Age" typeOfVariable="Text"/>'
        "</Variables>",
        more='<Links><Link guid="aaaaaaaa-0000-4000-8000-000000000001" name="causes"/></Links>'
        '<Graphs><Graph guid="cccccccc-0000-4000-8000-000000000001" name="Map">'
        '<Vertex guid="dddddddd-0000-4000-8000-000000000001" firstX="1" firstY="1"/></Graph></Graphs>'
        '<Sets><Set guid="bbbbbbbb-0000-4000-8000-000000000001" name="Mine">'
        f'<MemberSource targetGUID="{guid_(7, 1)}"/></Set></Sets><Sentiment guid="x">glad</Sentiment>',
        more_sources='<TextSource guid="77777777-0000-4000-8000-0000000000aa" name="elsewhere" '
        'plainTextPath="absolute:///C:/Users/xenia/secret.txt" mood="good">'
        '<PlainTextSelection guid="88888888-0000-4000-8000-0000000000aa" startPosition="0" endPosition="4"/>'
        "</TextSource>",
    )
    made = read(project.write(tmp_path / "p.qdpx"))
    said = fates(made)
    for element in ("Link", "Graph", "Vertex", "Sentiment", "TextSource, attribute mood"):
        assert said[element][0] == "not taken", element
    assert said["PlainTextSelection"] == ("changed", "has no words of its own: kept by its place alone")
    assert [(each.name, each.value) for each in made.sources[0].attributes] == [("Set", "Mine")]
    assert "secret.txt" in made.problems[0].message
    assert "never opened" in made.problems[0].remedy


def test_recordings_and_pdfs_are_kept_with_their_places(tmp_path: Path) -> None:
    sources = (
        f'<AudioSource guid="{guid_(7, 2)}" name="talk.mp3" path="internal://talk.mp3">'
        f'<Transcript guid="{guid_(7, 3)}"><PlainTextContent>one two three</PlainTextContent>'
        f'<SyncPoint guid="{guid_(6, 1)}" timeStamp="61000" position="4"/>'
        f'<SyncPoint guid="{guid_(6, 2)}" timeStamp="65000" position="7"/>'
        f'<TranscriptSelection guid="{guid_(8, 20)}" fromSyncPoint="{guid_(6, 1)}" toSyncPoint="{guid_(6, 2)}"/>'
        f'</Transcript><AudioSelection guid="{guid_(8, 21)}" begin="3661000" end="3662000" name="laughs"/>'
        "</AudioSource>"
        f'<PDFSource guid="{guid_(7, 4)}" name="plan.pdf" path="internal://plan.pdf">'
        f'<PDFSelection guid="{guid_(8, 22)}" page="2" firstX="1" firstY="2" secondX="3" secondY="4">'
        f'<Representation guid="{guid_(8, 24)}"><PlainTextContent>as planned</PlainTextContent></Representation>'
        f'</PDFSelection><Representation guid="{guid_(8, 25)}"><PlainTextContent>The whole plan.</PlainTextContent>'
        f'<PlainTextSelection guid="{guid_(8, 23)}" startPosition="4" endPosition="9"/></Representation></PDFSource>'
    )
    project = read(coded(MAXQDA, more_sources=sources).write(tmp_path / "p.qdpx"))
    audio, pdf = project.sources[1:]
    assert {(each.words, each.place) for each in audio.selections} == {
        ("two", "00:01:01-00:01:05"),
        ("laughs", "01:01:01-01:01:02"),
    }
    assert {(each.words, each.place) for each in pdf.selections} == {
        ("whole", "characters 4-9"),
        ("as planned", "p. 3, area 1,2 to 3,4"),
    }


def test_what_programs_write_against_the_standard(tmp_path: Path) -> None:
    """Codes and codings in odd places, coordinates for names, and the namespaces that NVivo and ATLAS.ti write."""
    for namespace in ("urn:QDA-XML:codebook:1:0", "urn:QDA-XML:codebook:0:4"):
        book = tmp_path / "book.qdc"
        book.write_text(f'<CodeBook xmlns="{namespace}" origin="NVivo 12 For Mac">{code(1, "Access")}</CodeBook>')
        made = read(book)
        assert [each.name for each in made.codes.values()] == ["Access"]
        assert not made.problems
    film = (
        f'<VideoSource guid="{guid_(7, 5)}" name="P19" path="internal://P19.mp4"><VideoSelection '
        f'guid="{guid_(8, 30)}" name="(1000,0),(2000,0)" begin="1000" end="2000" creatingUser="{XENIA}">'
        f'<CodeRef targetGUID="{guid_(1, 1)}"/></VideoSelection></VideoSource>'
    )
    note = (
        f'<Note guid="{guid_(2, 9)}" name="Memo"><PlainTextContent>Mind this.</PlainTextContent><PlainTextSelection '
        f'guid="{guid_(8, 31)}" startPosition="0" endPosition="4"><Coding guid="{guid_(9, 31)}"><CodeRef '
        f'targetGUID="{guid_(1, 1)}"/></Coding></PlainTextSelection></Note>'
    )
    case = f'<Cases><Case guid="{guid_(4, 1)}" name="Ann"/></Cases>'
    project = coded(MAXQDA, more_sources=film, notes=note, before=case)
    project.selections.append(("And then?", []))
    xml = project.xml().replace(f'targetGUID="{{{guid_(1, 3)}}}"', f'targetGUID="{guid_(4, 1)}"')
    path = tmp_path / "p.qdpx"
    path.write_bytes(_zip(("project.qde", xml.encode()), (f"sources/{guid_(7, 1)}.txt", "\n".join(TALK).encode())))
    made = read(path)
    selection = made.sources[1].selections[0]
    assert (selection.words, [each.code for each in selection.codings]) == ("", [guid_(1, 1)])
    said = [(loss.element, loss.why) for loss in made.tally.losses]
    assert ("Coding", "that a passage belongs to a case has no counterpart") in said
    assert sum(element == "PlainTextSelection" for element, _ in said) == 1
    assert any(element == "CodeRef" and "taken as one" in why for element, why in said)


def test_another_version_is_said(tmp_path: Path) -> None:
    project = coded(QUALCODER)
    xml = project.xml().replace("project:1.0", "project:2.0")
    path = tmp_path / "p.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml)
    assert "'urn:QDA-XML:project:2.0'" in read(path).problems[0].message


def _zip(*entries: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


_GOOD = coded(NVIVO).xml().encode()
_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project name="&x;"/>'
_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Project name="l">&b;</Project>'


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (_zip(("project.qde", _ENTITIES)), "unsafe_file", "could harm"),
        (_zip(("project.qde", _LAUGHS)), "unsafe_file", "could harm"),
        (_zip(("project.qde", _ENTITIES.decode().encode("utf-16"))), "unsafe_file", "could harm"),
        (_zip(("project.qde", b"<Project>" + b" " * 12_000_000)), "unsafe_file", "could harm"),
        (_zip(("project.qde", b"<Project>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Project>")), "", ""),
        (_zip(("project.qde", _GOOD[:900])), "damaged_file", "XML in project.qde is broken in line"),
        (_zip(("project.qde", _GOOD))[:-200], "damaged_file", "archive is damaged"),
        (_zip(("notes.txt", b"hello")), "wrong_format", "has no project.qde"),
        (_zip(("project.qde", b"<html/>")), "wrong_format", "begins with <html>"),
        (b"%PDF-1.7 and so on", "wrong_format", "neither a REFI-QDA project"),
        (b"", "empty_file", "empty"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, kind: str, words: str) -> None:
    path = tmp_path / "p.qdpx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert kind in refused.value.problem.kind
    assert words in str(refused.value)
    assert "passwd" not in str(refused.value)


def test_a_path_that_climbs_out_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    project = coded(QUALCODER)
    xml = project.xml().replace(f"internal://{guid_(7, 1)}.txt", "internal://../../secret.txt")
    inside = tmp_path / "deep" / "er" / "p.qdpx"
    inside.parent.mkdir(parents=True)
    inside.write_bytes(_zip(("project.qde", xml.encode()), ("../../evil.txt", b"x")))
    made = read(inside)
    assert all("secret" not in each.words for each in made.sources[0].selections)
    assert not (tmp_path / "evil.txt").exists()


def test_a_project_without_codings_or_sources(tmp_path: Path) -> None:
    path = tmp_path / "p.qdpx"
    path.write_bytes(_zip(("project.qde", b'<Project name="Empty" xmlns="urn:QDA-XML:project:1.0"/>')))
    made = read(path)
    assert (made.name, made.sources, made.codes) == ("Empty", [], {})


def test_selections_outside_the_text_and_odd_numbers_are_kept_without_words(tmp_path: Path) -> None:
    project = Project(QUALCODER, selections=[("And then?", [(1, "")])])
    xml = (
        project.xml().replace('startPosition="', 'startPosition="99999').replace('endPosition="', 'endPosition="99999')
    )
    path = tmp_path / "p.qdpx"
    path.write_bytes(_zip(("project.qde", xml.encode()), (f"Sources/{guid_(7, 1)}.txt", b"short")))
    made = read(path)
    assert made.sources[0].selections[0].words == ""
    assert fates(made)["Coding"] == ("changed", "it does not say who coded: kept without a coder")


def test_control_characters_in_marked_words_are_left_out_and_said(tmp_path: Path) -> None:
    path = coded(QUALCODER).write(tmp_path / "p.qdpx")
    with zipfile.ZipFile(path) as package:
        entries = [(name, package.read(name)) for name in package.namelist()]
    path.write_bytes(_zip(*((name, data.replace(b"what they had", b"what\x7fthey had")) for name, data in entries)))
    made = read(path)
    assert made.sources[0].selections[0].words == "sent us whatthey had"
    said = [loss for loss in made.tally.losses if "control characters" in loss.why]
    assert [(loss.element, loss.fate) for loss in said] == [("PlainTextSelection", "changed")]


def test_control_characters_in_names_and_notes_are_left_out_and_said(tmp_path: Path) -> None:
    path = coded(QUALCODER).write(tmp_path / "p.qdpx")
    with zipfile.ZipFile(path) as package:
        entries = [(name, package.read(name)) for name in package.namelist()]
    named = b'name="North interviews"'
    assert any(named in data for _, data in entries)
    path.write_bytes(_zip(*((name, data.replace(named, b'name="North\x7f interviews"')) for name, data in entries)))
    made = read(path)
    assert made.name == "North interviews"
    assert [loss.element for loss in made.tally.losses if "control characters" in loss.why] == ["Project"]
