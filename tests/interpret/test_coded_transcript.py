"""Transcripts coded with comments in Word: passages, codes, coders, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.interpret.codes_in_use import passage_key
from journeys.interpret.folder import open_folder
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Severity
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from tests.instruments.word.commented import Said, at, commented, end, on, p, said, start, strict
from tests.instruments.word.documents import minimal, text_run

REGISTERS = """\
registers: 1
sites: [{id: N, pseudonym: Northtown}]
case_studies: [{id: C1, title: Strategic Northtown, site: N, level: Strategic}]
people:
  - {id: SS, pseudonym: Sam S., site: N, kind: Person}
  - {id: MV, pseudonym: Mina V., site: N, kind: Person}
sources:
  - {id: int-SS, kind: Interview, description: Interview with the commissioner, case: C1, with_whom: SS}
  - {id: int-MV, kind: Interview, description: Interview with the community worker, case: C1, with_whom: MV}
  - {id: "12", kind: Interview, description: Interview with both, case: C1, with_whom: SS; MV}
"""
TEAM = "researchers:\n  - {initials: XY}\n  - {initials: YZ, name: Yara Zander, also: [yazan]}\n"


class Study:
    """A small study folder with transcripts, and what is read of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "forms").mkdir(parents=True)
        self.settings(TEAM)
        (path / "registers.yaml").write_text(REGISTERS, encoding="utf-8")

    def settings(self, more: str) -> None:
        (self.path / "study.yaml").write_text(f"id: s\ntitle: Small\n{more}", encoding="utf-8")

    def transcript(self, *args: Any, name: str = "int-SS.docx", **more: Any) -> None:
        path = self.path / "forms" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(commented(*args, **more))

    def read(self) -> Read:
        folder, log = open_folder(self.path), ProblemLog()
        with Staging(self.path / "staging.sqlite", folder.schema, "s") as staging:
            reading = StudyReader(folder, staging, log, NoProgress()).read()
            nodes = [node for label, _ in staging.labels() for node in staging.nodes(label)]
            claims = [claim for group in staging.groups() for claim in staging.claims(group)]
        return Read(reading, log, nodes, claims)


class Read:
    """What was read: passages, codings, problems."""

    def __init__(self, reading: Reading, log: ProblemLog, nodes: list[Any], claims: list[Any]) -> None:
        self.reading, self.log, self.claims = reading, log, claims
        self.extracts = {node.id: node.properties for node in nodes if node.label == "Extract"}
        self.codes = {node.id: node.properties["code"] for node in nodes if node.label == "Code"}

    @property
    def codings(self) -> set[tuple[str, str, str]]:
        """Words, code and coder of each coding."""
        return {
            (self.extracts[claim.from_id]["text"], self.codes[claim.to_id], claim.properties["coder"])
            for claim in self.claims
            if claim.type == "CODED_AS"
        }

    @property
    def passages(self) -> dict[str, Any]:
        """Passages by their words."""
        return {each["text"]: each for each in self.extracts.values()}

    @property
    def problems(self) -> list[str]:
        return [f"{each.severity.value}: {each}" for each in self.log]

    def kinds(self) -> set[str]:
        return {each.kind for each in self.log}

    def only(self, kind: str) -> str:
        found = [f"{each.severity.value}: {each}" for each in self.log if each.kind == kind]
        assert len(found) == 1, self.problems
        return found[0]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "s")


def test_nested_and_overlapping_comments_by_two_coders(study: Study) -> None:
    body = p(
        start(0), text_run("INT: "), text_run("SS: "), start(1), text_run("The clinics gave us "),
        start(2), text_run("the numbers"), end(1), text_run(" in June."), end(2), end(0),
    )  # fmt: skip
    every = [
        Said("0", "6.7, 6.8 clinic data"),
        Said("1", "6.4; 8.8", author="Yara Zander", initials="YZ"),
        Said("2", "8.4 when", author="yazan", initials=""),
    ]
    study.transcript(said("Interview") + body.replace("INT: ", ""), every)
    found = study.read()
    assert found.problems == []
    whole = "The clinics gave us the numbers in June."
    assert found.codings == {
        (whole, "6.7", "XY"), (whole, "6.8", "XY"),
        ("The clinics gave us the numbers", "6.4", "YZ"), ("The clinics gave us the numbers", "8.8", "YZ"),
        ("the numbers in June.", "8.4", "YZ"),
    }  # fmt: skip
    held = found.passages[whole]
    assert (held["locator"], held["speaker"], held["mode"]) == ("paragraph 2", "Sam S.", "verbatim")
    assert held["spoken_by"].endswith(":SS")
    notes = {claim.properties.get("remark") for claim in found.claims if claim.type == "CODED_AS"}
    assert notes == {"clinic data", "when", None}
    dates = {claim.properties.get("coded_at") for claim in found.claims if claim.type == "CODED_AS"}
    assert dates == {"2011-05-04"}
    sources = {claim.to_id.rpartition(":")[2] for claim in found.claims if claim.type == "FROM"}
    assert sources == {"int-SS"}
    assert len(found.codes) == 130
    report = next(each for each in found.reading.files if each.kind == "transcript")
    assert (report.file, report.read, report.rejected) == ("forms/int-SS.docx", 5, 0)


def test_replies(study: Study) -> None:
    every = [
        Said("0", "6.7 clinic"), Said("1", "8.8 I would say", author="Yara Zander", initials="YZ", reply_to="0"),
        Said("2", "I agree", author="Yara Zander", initials="YZ", reply_to="0"),
    ]  # fmt: skip
    # The reply has marks of its own, as Word writes them; or none, as other programs do.
    for body in (p(start(0), start(1), text_run("words"), end(0), end(1)), p(on(0, "words"))):
        study.transcript(body, every)
        found = study.read()
        assert found.codings == {("words", "6.7", "XY"), ("words", "8.8", "YZ")}
        assert found.problems == []
        report = next(each for each in found.reading.files if each.kind == "transcript")
        assert report.ignored == {"replies without a code": 1}


def test_comments_without_a_code_are_listed_with_their_place(study: Study) -> None:
    study.transcript(
        said("one") + p(on(0, "two")) + p(on(1, "three")), [Said("0", "lovely quote"), Said("1", "6.7 yes")]
    )
    found = study.read()
    assert found.only("comment_without_code") == (
        "warning: forms/int-SS.docx > paragraph 2: The comment 'lovely quote' (Xenia Yates) does not begin with a "
        "code; it was not read. If it codes the passage, begin it with the key of the code (6.7, say); otherwise leave "
        "it as it is."
    )
    assert found.codings == {("three", "6.7", "XY")}


def test_a_code_that_does_not_exist(study: Study) -> None:
    study.transcript(p(on(0, "one "), on(1, "two ")), [Said("0", "6.77 clinic"), Said("1", "6.7, 6.99")])
    found = study.read()
    said_of = sorted(each for each in found.problems if "is not a code" in each)
    assert len(said_of) == 2
    assert said_of[0].startswith(
        "error: forms/int-SS.docx > paragraph 1: '6.77' is not a code of the codebook. Did you"
    )
    assert "6.7 (" in said_of[0]
    assert found.codings == {("two", "6.7", "XY")}
    report = next(each for each in found.reading.files if each.kind == "transcript")
    assert (report.read, report.rejected) == (3, 2)


def test_comments_on_nothing(study: Study) -> None:
    body = p(text_run("before"), at(0), text_run("after")) + p(on(1, "words"))
    study.transcript(body, [Said("0", "6.7"), Said("1", "6.8"), Said("2", "8.8")])
    found = study.read()
    nowhere = [each for each in found.problems if "on no words" in each]
    places = sorted(each.split(":")[1].strip() for each in nowhere)
    assert places == ["forms/int-SS.docx", "forms/int-SS.docx > paragraph 1"]
    assert found.codings == {("words", "6.8", "XY")}


def test_deleted_words_are_no_part_and_deleted_comments_are_said(study: Study) -> None:
    half = '<w:del w:id="8" w:author="A"><w:r><w:delText>never </w:delText></w:r></w:del>'
    more = '<w:ins w:id="7" w:author="A"><w:r><w:t xml:space="preserve">always </w:t></w:r></w:ins>'
    gone = f'<w:del w:id="9" w:author="A">{start(1)}<w:r><w:delText>gone</w:delText></w:r>{end(1)}</w:del>'
    study.transcript(
        p(start(0), text_run("We "), half, more, text_run("do"), end(0), gone), [Said("0", "6.7"), Said("1", "6.8")]
    )
    found = study.read()
    assert found.codings == {("We always do", "6.7", "XY")}
    assert found.only("deleted_comment").startswith("warning: forms/int-SS.docx > paragraph 1: The comment '6.8'")
    assert "tracked changes were read as accepted" in found.only("tracked_changes")


def test_resolved_comments(study: Study) -> None:
    every = [Said("0", "6.7", done=True), Said("1", "6.8")]
    study.transcript(p(on(0, "one "), on(1, "two")), every)
    found = study.read()
    assert found.codings == {("one", "6.7", "XY"), ("two", "6.8", "XY")}
    assert "1 comment with a code is resolved (paragraph 1); read like the others." in found.only("resolved_comment")
    study.settings(TEAM + "transcripts: {resolved: leave out}\n")
    found = study.read()
    assert found.codings == {("two", "6.8", "XY")}
    report = next(each for each in found.reading.files if each.kind == "transcript")
    assert report.ignored == {"resolved comments": 1}


def test_authors_in_several_spellings(study: Study) -> None:
    authors = [
        "Yara Zander",
        "Y. Zander",
        "ZANDER, Yara (NHS North)",
        "yara.zander@north.org",
        "YAZAN",
        "Xenia Yates",
        "XY",
    ]
    every = [Said(str(n), "6.7", author=author, initials=None) for n, author in enumerate(authors)]
    study.transcript(p(*(on(n, f"words {n} ") for n in range(len(authors)))), every)
    found = study.read()
    assert found.problems == []
    assert sorted(found.codings) == [(f"words {n}", "6.7", "YZ" if n < 5 else "XY") for n in range(7)]


def test_authors_that_are_not_researchers(study: Study) -> None:
    authors = ["Otto Quist", "Yuri Zander", "Xenia Yates", "Xaver Young"]
    every = [Said(str(n), "6.7", author=author, initials=None) for n, author in enumerate(authors)]
    study.transcript(p(*(on(n, f"words {n} ") for n in range(len(authors)))), every)
    found = study.read()
    assert {coder for _, _, coder in found.codings} == {"Otto Quist", "Yuri Zander", "XY"}
    unknown = [each for each in found.problems if "is not among the researchers" in each]
    assert len(unknown) == 2
    assert "Add the name there (`- {initials: OQ, name: Otto Quist}`)" in unknown[0]
    assert "'Xenia Yates' and 'Xaver Young' were all read as XY, by their initials." in found.only("several_authors")


@pytest.mark.parametrize("author", [None, "", "Author", "Microsoft Office User", "Unknown Author"])
def test_comments_that_name_no_author(study: Study, author: str | None) -> None:
    study.transcript(p(on(0, "words")), [Said("0", "6.7", author=author, initials="A" if author else None)])
    found = study.read()
    assert found.codings == set()
    assert found.only("no_coder").startswith(
        "error: forms/int-SS.docx > paragraph 1: 1 comment with a code names no author (paragraph 1); not read."
    )
    study.transcript(said("Coder: XY") + p(on(0, "words")), [Said("0", "6.7", author=author, initials=None)])
    found = study.read()
    assert (found.codings, found.problems) == ({("words", "6.7", "XY")}, [])


def test_without_researchers_in_the_study_initials_are_the_coder(study: Study) -> None:
    study.settings("")
    every = [Said("0", "6.7", author="Xenia Yates", initials=None), Said("1", "6.7", author="otto", initials="")]
    study.transcript(p(on(0, "one "), on(1, "two")), every)
    found = study.read()
    assert (found.codings, found.problems) == ({("one", "6.7", "XY"), ("two", "6.7", "otto")}, [])


@pytest.mark.parametrize(
    ("name", "head", "title", "source"),
    [
        ("int-SS.docx", "", "", "int-SS"),
        ("Transcript_int-SS_coded XY.docx", "", "", "int-SS"),
        ("Interview 12 (final).docx", "", "", "12"),
        ("12.docx", "", "", "12"),
        ("recording.docx", "Interview: int-SS", "", "int-SS"),
        ("recording.docx", "Interview: int-SS, 4 May 2011", "", "int-SS"),
        ("recording.docx", "Interview with the community worker", "", "int-MV"),
        ("recording.docx", "Transcript of: Interview with the community worker", "", "int-MV"),
        ("recording.docx", "Interview: Mina V.", "", None),  # there are two interviews with her
        ("recording.docx", "", "Coded: INT-MV", "int-MV"),
        ("int-SS.docx", "Interview: int-MV", "", None),
        ("int-SS.docx", "", "int-MV", None),
        ("int-SS int-MV.docx", "", "", None),
        ("int-SS int-MV.docx", "Interview: int-SS", "", "int-SS"),
        ("room 12.docx", "", "", None),
        ("recording.docx", "", "", None),
    ],
)
def test_which_interview_it_is(study: Study, name: str, head: str, title: str, source: str | None) -> None:
    study.transcript(said(head) + p(on(0, "words")), [Said("0", "6.7")], name=name)
    if title:
        _titled(study.path / "forms" / name, title)
    found = study.read()
    sources = {claim.to_id.rpartition(":")[2] for claim in found.claims if claim.type == "FROM"}
    assert sources == ({source} if source else set()), found.problems
    errors = [each for each in found.log if each.severity is Severity.ERROR]
    assert len(errors) == (0 if source else 1), found.problems


def _titled(path: Path, title: str) -> None:
    import zipfile

    with zipfile.ZipFile(path, "a") as archive:
        core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
        dc = "http://purl.org/dc/elements/1.1/"
        xml = f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="{dc}"><dc:title>{title}</dc:title></cp:coreProperties>'
        archive.writestr("docProps/core.xml", xml)


def test_a_transcript_that_names_no_interview(study: Study) -> None:
    study.transcript(p(on(0, "words")), [Said("0", "6.7")], name="recording.docx")
    assert study.read().only("unknown_interview") == (
        "error: forms/recording.docx: Comments in this document begin with codes, but it does not say which interview "
        "it is. Name the file by the interview's id in the register of sources (int-SS.docx), or write it in the first "
        "line (Interview: int-SS). If it is not a transcript, move it out of the study folder."
    )
    study.transcript(said("Interview: int-SX") + p(on(0, "words")), [Said("0", "6.7")], name="recording.docx")
    assert "'int-SX' is not in the Sources register. Did you mean 'int-SS'" in study.read().only("unknown_interview")


def test_a_letter_outside_the_forms_stops_nothing(study: Study) -> None:
    study.transcript(p(on(0, "words")), [Said("0", "3.5 million, not four")], name="../letter.docx")
    assert study.read().only("unknown_interview").startswith("warning: letter.docx: ")


def test_documents_that_are_no_transcripts(study: Study) -> None:
    study.transcript(p(on(0, "words")), [Said("0", "please check")], name="int-MV.docx")
    (study.path / "forms" / "letter.docx").write_bytes(minimal(said("Dear all")))
    found = study.read()
    assert {(each.file, each.kind) for each in found.reading.files if each.file.startswith("forms/")} == {
        ("forms/int-MV.docx", "not read"), ("forms/letter.docx", "not read"),
    }  # fmt: skip
    assert found.problems == []


def test_a_form_with_comments_is_a_form(study: Study) -> None:
    body = said("interview_sheet version 1") + p(on(0, "words"))
    study.transcript(body, [Said("0", "6.7 clinic")], name="form.docx")
    found = study.read()
    assert [each.kind for each in found.reading.files if each.file == "forms/form.docx"] == ["form"]
    assert "comment" in found.kinds()
    assert found.codings == set()


def test_time_stamps_lines_and_speakers(study: Study) -> None:
    lines = [
        ("[00:12:30] SS: We had no numbers.", "We had no numbers.", "00:12:30, paragraph 1", "Sam S."),
        ("SS (12:45): None at all.", "None at all.", "12:45, paragraph 2", "Sam S."),
        ("14\tINT: And then?", "And then?", "line 14, paragraph 3", "Interviewer"),
        ("P2: Then they left.", "Then they left.", "paragraph 4", "P2"),
        ("NB: the tape was changed.", "NB: the tape was changed.", "paragraph 5", None),
        ("R: Of course. #00:13:05-4#", "Of course.", "00:13:05, paragraph 6", "Sam S."),
        ("Nobody says who.", "Nobody says who.", "paragraph 7", None),
        ("[laughs and shakes head]", "[laughs and shakes head]", "paragraph 8", None),
    ]
    body = "".join(p(on(n, words)) for n, (words, *_) in enumerate(lines))
    study.transcript(body, [Said(str(n), "6.7") for n in range(len(lines))])
    found = study.read()
    kept = {words: (each["locator"], each.get("speaker")) for words, each in found.passages.items()}
    assert kept == {words: (locator, speaker) for _, words, locator, speaker in lines}
    assert found.passages["[laughs and shakes head]"]["mode"] == "interpretive"
    # A workbook in which a coder writes time, line or paragraph as the place means the same passages.
    for identity, each in found.extracts.items():
        for place in (each["locator"], each["locator"].split(", ")[0]):
            assert identity.endswith(passage_key("int-SS", place, each["text"])[-1])
    assert "'P2' speaks in coded passages" in found.only("unknown_speaker")


def test_a_name_and_time_above_the_words(study: Study) -> None:
    body = p(text_run("Sam S.   0:12<w:br/>".replace("<w:br/>", "")), "<w:r><w:br/></w:r>", on(0, "We never did."))
    body += (
        said("Interviewer 0:20") + p(on(1, "Never?")) + said("SS 0:31") + p(on(2, "Not once.")) + p(on(3, "Really."))
    )
    study.transcript(body, [Said(str(n), "6.7") for n in range(4)])
    kept = {words: (each["locator"], each.get("speaker")) for words, each in study.read().passages.items()}
    assert kept == {
        "We never did.": ("0:12, paragraph 1", "Sam S."), "Never?": ("0:20, paragraph 3", "Interviewer"),
        "Not once.": ("0:31, paragraph 5", "Sam S."), "Really.": ("0:31, paragraph 6", "Sam S."),
    }  # fmt: skip


def test_a_transcript_in_a_table(study: Study) -> None:
    cells = "".join(f"<w:tc>{each}</w:tc>" for each in (said("12:30"), said("SS"), p(on(0, "We never did."))))
    study.transcript(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", [Said("0", "6.7")])
    found = study.read()
    held = found.passages["We never did."]
    assert (held["locator"], held["speaker"]) == ("12:30, table 1, row 1, column 3", "Sam S.")


def test_a_passage_of_several_speakers_says_who_says_what(study: Study) -> None:
    body = p(start(0), text_run("INT: Why?")) + p(text_run("SS: Because."), end(0))
    study.transcript(body, [Said("0", "6.7")])
    found = study.read()
    held = found.passages["Interviewer: Why?\nSS: Because."]
    assert (held["locator"], held.get("speaker")) == ("paragraphs 1-2", None)


def test_pages_are_part_of_the_place_but_not_of_the_passage(study: Study) -> None:
    broken = "<w:r><w:lastRenderedPageBreak/></w:r>"
    study.transcript(p(broken, on(0, "words")), [Said("0", "6.7")], name="int-SS XY.docx")
    study.transcript(p(on(0, "words")), [Said("0", "6.8", author="YZ")], name="int-SS YZ.docx")
    found = study.read()
    assert [each["locator"] for each in found.extracts.values()] == ["paragraph 1, p. 2"]
    assert found.codings == {("words", "6.7", "XY"), ("words", "6.8", "YZ")}
    assert found.problems == []


def test_the_same_coding_twice_counts_once(study: Study) -> None:
    study.transcript(p(start(1), on(0, "words"), end(1)), [Said("0", "6.7"), Said("1", "6.7 again")])
    found = study.read()
    assert (found.codings, found.problems) == ({("words", "6.7", "XY")}, [])
    report = next(each for each in found.reading.files if each.kind == "transcript")
    assert report.ignored == {"codings of the same words with the same code by the same coder": 1}


def test_a_folder_of_transcripts(study: Study) -> None:
    study.transcript(p(on(0, "words")), [Said("0", "6.7")], name="../transcripts/int-SS.docx")
    assert study.read().codings == {("words", "6.7", "XY")}


def test_one_coder_of_one_interview_in_two_files(study: Study) -> None:
    for name in ("int-SS.docx", "int-SS copy.docx"):
        study.transcript(p(on(0, "words")), [Said("0", "6.7")], name=name)
    found = study.read()
    assert "XY coded int-SS in forms/int-SS copy.docx too" in found.only("coded_twice")
    assert found.codings == {("words", "6.7", "XY")}
    assert len([claim for claim in found.claims if claim.type == "CODED_AS"]) == 1


def test_all_paragraphs_are_kept_where_the_study_says_so(study: Study) -> None:
    study.settings(TEAM + "transcripts: {keep: all}\n")
    body = (
        said("Interview: int-SS")
        + said("INT: Why?")
        + p(text_run("SS: "), on(0, "Because"), text_run(" of the clinics."))
    )
    body += p(on(1, "SS: That is all.")) + said(" ")
    study.transcript(body, [Said("0", "6.7"), Said("1", "6.8")])
    found = study.read()
    assert set(found.passages) == {"Why?", "Because of the clinics.", "Because", "That is all."}
    whole = next(identity for identity, each in found.extracts.items() if each["text"] == "Because of the clinics.")
    assert found.passages["Because"]["passage"] == whole
    assert found.codings == {("Because", "6.7", "XY"), ("That is all.", "6.8", "XY")}
    study.settings(TEAM)
    assert set(study.read().passages) == {"Because", "That is all."}


def test_strict_google_and_libreoffice(study: Study) -> None:
    body = p(on(0, "words"))
    for data in (
        strict(commented(body, [Said("0", "6.7")])),
        commented(body, [Said("0", "6.7", initials=None)], extended=False),
        commented(body, [Said("0", "6.7", date="2011-05-04T10:00:00.123456789", initials="XY")]),
    ):
        (study.path / "forms" / "int-SS.docx").write_bytes(data)
        found = study.read()
        assert (found.codings, found.problems) == ({("words", "6.7", "XY")}, [])


def test_an_own_codebook(study: Study) -> None:
    own = "extends: none\ntitle: Ours\nsheets:\n  A: {title: Talk}\n"
    own += "codes:\n  A1: {label: Money, sheet: A}\n  trust: {label: Trust, sheet: A}\n"
    (study.path / "codebook.yaml").write_text(own, encoding="utf-8")
    study.transcript(
        p(on(0, "one "), on(1, "two "), on(2, "three")),
        [Said("0", "a1 more"), Said("1", "trust: why"), Said("2", "A9")],
    )
    found = study.read()
    assert {each for each in found.problems if "codebook" in each and "A9" not in each} == set()
    assert found.codings == {("one", "A1", "XY"), ("two", "trust", "XY")}
    assert "'A9' is not a code" in found.only("unknown_code")
