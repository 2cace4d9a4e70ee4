"""The words that comments are anchored to, against a reading character by character."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.word.transcript import WordTranscript, read_transcript
from journeys.model.problems import Problem
from tests.instruments.word.commented import Said, at, commented, end, on, p, said, start, strict
from tests.instruments.word.documents import NAMESPACES, minimal, text_run

_WRAPPED = {
    "plain": "{}", "ins": '<w:ins w:id="900" w:author="A">{}</w:ins>',
    "del": '<w:del w:id="901" w:author="A">{}</w:del>',
    "link": "<w:hyperlink>{}</w:hyperlink>", "control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "hidden": "{}", "moved": '<w:moveFrom w:id="902" w:author="A">{}</w:moveFrom>',
}  # fmt: skip
_GONE = {"del", "hidden", "moved"}


def read(data: bytes, tell: Any = None) -> WordTranscript:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.docx"
        path.write_bytes(data)
        found = read_transcript(path, name="t.docx", report=tell or (lambda problem: None))
    assert found is not None
    return found


def words_of(found: WordTranscript, identity: str) -> list[str]:
    span = found.text.span(identity)
    return [piece.words for piece in found.text.pieces(span)] if span else []


def pages_of(found: WordTranscript, identity: str) -> list[int | None]:
    span = found.text.span(identity)
    return [piece.page for piece in found.text.pieces(span)] if span else []


@dataclass(frozen=True)
class Run:
    kind: str
    words: str


_RUNS = st.builds(Run, st.sampled_from(sorted(_WRAPPED)), st.text("ab \u00e9\u4e2d.", min_size=0, max_size=4))
_PARAGRAPHS = st.lists(
    st.tuples(st.lists(_RUNS, max_size=5), st.sampled_from([False, False, False, True])), min_size=1, max_size=5
)


@st.composite
def documents(draw: Any) -> tuple[list[tuple[list[Run], bool]], list[tuple[int, int]]]:
    """Paragraphs of runs, of which some run on into the next; and comments from one slot between runs to another."""
    paragraphs = draw(_PARAGRAPHS)
    paragraphs[-1] = (paragraphs[-1][0], False)
    slots = sum(len(runs) + 1 for runs, _ in paragraphs)
    ends = st.integers(0, slots - 1)
    comments = draw(st.lists(st.tuples(ends, ends).map(sorted).map(tuple), min_size=1, max_size=8))
    return paragraphs, comments


def _xml(paragraphs: list[tuple[list[Run], bool]], comments: list[tuple[int, int]], wild: Any) -> str:
    slot, body = 0, ""
    for runs, runs_on in paragraphs:
        pieces = [("plain", _marks(slot, comments, wild))]
        for run in runs:
            slot += 1
            properties = "<w:vanish/>" if run.kind == "hidden" else ""
            made = text_run(run.words, properties)
            made = made.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ") if run.kind == "del" else made
            pieces += [(run.kind, made), (run.kind, _marks(slot, comments, wild))]
        slot += 1
        inside = "".join(
            _WRAPPED[kind].format("".join(xml for _, xml in group))
            for kind, group in groupby(pieces, lambda each: each[0])
        )
        mark = '<w:pPr><w:rPr><w:del w:id="903" w:author="A"/></w:rPr></w:pPr>' if runs_on else ""
        body += f"<w:p>{mark}{inside}</w:p>"
    return body


def _marks(slot: int, comments: list[tuple[int, int]], wild: Any) -> str:
    """The marks that stand in a slot, in any order but that the range of a comment begins before it ends."""
    found = [start(n) for n, (first, last) in enumerate(comments) if first == slot != last]
    found += [end(n, reference=False) + at(n) for n, (first, last) in enumerate(comments) if last == slot != first]
    found += [start(n) + end(n) for n, (first, last) in enumerate(comments) if first == last == slot]
    return "".join(wild.draw(st.permutations(found)))


def _slowly(paragraphs: list[tuple[list[Run], bool]], first: int, last: int) -> list[str]:
    """The words between two slots, character by character."""
    lines, line, slot = [], "", 0
    for runs, runs_on in paragraphs:
        for run in runs:
            for character in run.words:
                if first <= slot < last and run.kind not in _GONE:
                    line += character
            slot += 1
        slot += 1
        if not runs_on:
            lines.append(line)
            line = ""
    return [words.strip() for words in lines if any(map(str.isalnum, words))]


@given(documents(), st.data())
def test_any_nesting_and_overlapping(made: Any, wild: Any) -> None:
    paragraphs, comments = made
    every = [Said(str(n), "6.7") for n in range(len(comments))]
    found = read(commented(_xml(paragraphs, comments, wild), every))
    for number, (first, last) in enumerate(comments):
        assert words_of(found, str(number)) == _slowly(paragraphs, first, last)


def test_places() -> None:
    cells = "".join(f"<w:tc>{cell}</w:tc>" for cell in (said("12:30"), said("SS"), p(on(2, "in a cell"))))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    body = said("one") + p(on(1, "two")) + table + p(start(3), text_run("four")) + p(text_run("five"), end(3))
    found = read(commented(body, [Said("1", "6.7"), Said("2", "6.7"), Said("3", "6.7")]))
    places = {}
    for identity in "123":
        span = found.text.span(identity)
        assert span is not None
        places[identity] = [(piece.line.place, piece.line.beside) for piece in found.text.pieces(span)]
    assert places == {
        "1": [("paragraph 2", ())],
        "2": [("table 1, row 1, column 3", ("12:30", "SS"))],
        "3": [("paragraph 3", ()), ("paragraph 4", ())],
    }


def test_a_range_that_begins_and_ends_between_paragraphs_and_rows() -> None:
    row = "<w:tr><w:tc>{}</w:tc></w:tr>"
    table = (
        f"<w:tbl>{start(2)}{row.format(said('row one'))}{row.format(said('row two'))}{end(2, reference=False)}</w:tbl>"
    )
    body = start(1) + said("one") + said("two") + end(1, reference=False) + table + p(at(1), at(2))
    found = read(commented(body, [Said("1", "6.7"), Said("2", "6.7")]))
    assert words_of(found, "1") == ["one", "two"]
    assert words_of(found, "2") == ["row one", "row two"]


def test_pages_are_those_of_the_last_layout() -> None:
    broken = "<w:r><w:lastRenderedPageBreak/><w:t>second page </w:t></w:r>"
    body = p(on(1, "first page ")) + p(text_run("still first "), broken, on(2, "after it"))
    found = read(commented(body, [Said("1", "6.7"), Said("2", "6.7")]))
    assert (pages_of(found, "1"), pages_of(found, "2")) == ([1], [2])
    without = read(commented(p(on(1, "words")), [Said("1", "6.7")]))
    assert pages_of(without, "1") == [None]


def test_comments_in_footnotes_and_page_headers() -> None:
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="-1" w:type="separator">{said("")}</w:footnote>'
    notes += f'<w:footnote w:id="7">{p(on(1, "noted below"))}</w:footnote></w:footnotes>'
    header = f"<w:hdr {NAMESPACES}>{p(on(2, 'at the top'))}</w:hdr>"
    data = commented(said("text"), [Said("1", "6.7"), Said("2", "6.8")], footnotes=notes, header=header)
    found = read(data)
    assert words_of(found, "1") == ["noted below"]
    assert words_of(found, "2") == ["at the top"]
    places = [line.place for line in found.text.lines[found.text.in_body :]]
    assert places == ["footnote 1, paragraph 1", "page header, paragraph 1"]


def test_deleted_comments_and_text_boxes() -> None:
    gone = f'<w:del w:id="9" w:author="A">{start(1)}<w:r><w:delText>gone</w:delText></w:r>{end(1)}</w:del>'
    taken_out = '<w:del w:id="8" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    half = f"{start(2)}{text_run('kept')}{taken_out}{end(2)}"
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(on(3, 'boxed'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    found = read(commented(p(text_run("one "), gone, half, box), [Said(each, "6.7") for each in "123"]))
    assert (found.text.is_deleted("1"), found.text.is_deleted("2")) == (True, False)
    assert (words_of(found, "1"), words_of(found, "2"), words_of(found, "3")) == ([], ["kept"], [])
    assert found.in_text_boxes == {"3"}


def test_words_that_were_moved_are_where_they_are_now() -> None:
    moved = f'<w:moveFrom w:id="9" w:author="A">{on(1, "moved")}</w:moveFrom>'
    to = f'<w:moveTo w:id="8" w:author="A">{on(1, "moved")}</w:moveTo>'
    found = read(commented(p(moved) + said("between") + p(to), [Said("1", "6.7")]))
    assert words_of(found, "1") == ["moved"]
    assert not found.text.is_deleted("1")


def test_threads() -> None:
    every = [
        Said("0", "6.7 clinic\ndata"), Said("1", "8.8", author="Y", reply_to="0"), Said("2", "3.4", done=True),
        Said("3", "why?", reply_to="2"), Said("4", "6.8", author=None, initials=None, date=None),
    ]  # fmt: skip
    body = p(*(on(each.id, f"words {each.id} ") for each in every))
    found = read(commented(body, every)).comments
    assert {each.id: (each.reply_to, each.resolved) for each in found.values()} == {
        "0": (None, False), "1": ("0", False), "2": (None, True), "3": ("2", True), "4": (None, False),
    }  # fmt: skip
    assert found["0"].words == "6.7 clinic\ndata"
    assert (found["0"].author, found["0"].initials, found["0"].date) == ("Xenia Yates", "XY", "2011-05-04")
    assert (found["4"].author, found["4"].initials, found["4"].date) == ("", "", None)
    flat = read(commented(body, every, extended=False)).comments
    assert {(each.reply_to, each.resolved) for each in flat.values()} == {(None, False)}


def test_threads_that_lead_round_in_a_circle() -> None:
    every = [Said("1", "6.7", reply_to="2"), Said("2", "6.8", reply_to="1")]
    found = read(commented(p(on(1, "a "), on(2, "b")), every)).comments
    assert [each.resolved for each in found.values()] == [False, False]


def test_google_says_in_words_what_is_resolved() -> None:
    def pair(body: str, identity: str) -> Said:
        return Said(identity, body, initials=None)

    body = p(start(0), start(1), text_run("settled"), end(0), end(1), on(2, "open"))
    found = read(
        commented(body, [pair("6.7", "0"), pair("_Marked as resolved_", "1"), pair("6.8", "2")], extended=False)
    )
    assert {each.id: each.resolved for each in found.comments.values()} == {"0": True, "2": False}
    again = p(start(0), start(1), start(2), text_run("settled"), end(0), end(1), end(2))
    every = [pair("6.7", "0"), pair("_Marked as resolved_", "1"), pair("_Re-opened_", "2")]
    assert [each.resolved for each in read(commented(again, every, extended=False)).comments.values()] == [False]


def test_strict_open_xml() -> None:
    every = [Said("1", "6.7", done=True)]
    found = read(strict(commented(p(on(1, "words")), every)))
    assert words_of(found, "1") == ["words"]
    assert found.comments["1"].resolved


def test_a_document_without_comments_is_none(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(minimal(said("Dear all")))
    noticed: list[Problem] = []
    assert read_transcript(path, name="letter.docx", report=noticed.append) is None
    assert noticed == []


def test_control_characters_in_comments_are_left_out_and_said() -> None:
    noticed: list[Problem] = []
    found = read(commented(p(on(1, "words")), [Said("1", "6.7\x7f data", "A\x7fB")]), noticed.append)
    assert [(each.words, each.author) for each in found.comments.values()] == [("6.7 data", "AB")]
    assert ["Invisible control characters were left out" in str(each) for each in noticed] == [True]
