"""Notes with four kinds of marker, as people type them (observation guide, form 1, point 3; domain rule: a researcher's
hunch in brackets never reads as something a participant said)."""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from journeys.interpret.note_speakers import CONNECTIVES
from journeys.interpret.notes import NotePart, read_notes

PEOPLE = ["Sam", "Mina V.", "chair", "SS", "MV", "AN", "LB"]
VERBATIM, PARAPHRASE, COMMENT, HUNCH = "verbatim", "paraphrase", "researcher_comment", "interpretive"

Expected = tuple[str, str] | tuple[str, str, str]


def parts(text: str) -> list[Expected]:
    """(mode, words) or (mode, words, speaker) of each part."""
    return [_short(part) for part in read_notes(text, PEOPLE).parts]


def _short(part: NotePart) -> Expected:
    return (part.mode, part.text, part.speaker) if part.speaker else (part.mode, part.text)


def case(*values: object, id: str) -> object:
    return pytest.param(*values, id=id)


READ = [
    # -- the four kinds, as the guide has them
    case('MV said "You left it out."', [(VERBATIM, "You left it out.", "MV")], id="verbatim"),
    case("SS said xyzxyz", [(PARAPHRASE, "SS said xyzxyz", "SS")], id="paraphrase"),
    case("Everyone took part.", [(COMMENT, "Everyone took part.")], id="comment"),
    case("[I feel that SS is not saying everything]", [(HUNCH, "I feel that SS is not saying everything")], id="hunch"),
    case(
        'The room is hot. SS said the plan was late. MV: "No." [SS hates this]',
        [(COMMENT, "The room is hot."), (PARAPHRASE, "SS said the plan was late.", "SS"), (VERBATIM, "No.", "MV"),
         (HUNCH, "SS hates this")], id="all four in a line",
    ),
    # -- what stands in brackets is nobody's statement
    case('[SS said "I hate it"]', [(HUNCH, 'SS said "I hate it"')], id="a quotation in brackets"),
    case('[MV: no] SS: "yes"', [(HUNCH, "MV: no"), (VERBATIM, "yes", "SS")], id="a speaker in brackets"),
    case('SS said [angrily] "no"', [(HUNCH, "angrily"), (VERBATIM, "no", "SS")], id="brackets before a quotation"),
    case('"They [the board] won\'t," said SS.', [(VERBATIM, "They […] won't,", "SS"), (HUNCH, "the board")],
         id="brackets in a quotation"),
    case('SS: "I [he said "no"] agreed"', [(VERBATIM, "I […] agreed", "SS"), (HUNCH, 'he said "no"')],
         id="a quotation in brackets in a quotation"),
    case("SS said that it [the plan] was late.",
         [(PARAPHRASE, "SS said that it […] was late.", "SS"), (HUNCH, "the plan")], id="brackets in a sentence"),
    case("[a [b] c] d", [(HUNCH, "a [b] c"), (COMMENT, "d")], id="brackets in brackets"),
    case('"I never [...] agreed"', [(VERBATIM, "I never […] agreed")], id="an omission"),
    # -- whose words they are
    case('"No," said SS.', [(VERBATIM, "No,", "SS")], id="said after"),
    case('"No," SS said quietly.', [(VERBATIM, "No,", "SS"), (COMMENT, "quietly.")], id="said after, and more"),
    case('"No." SS said it was late.', [(VERBATIM, "No."), (PARAPHRASE, "SS said it was late.", "SS")],
         id="the next sentence is not whose the quotation was"),
    case('MV turned to AN: "You left it out."', [(COMMENT, "MV turned to AN:"), (VERBATIM, "You left it out.", "MV")],
         id="turned to"),
    case('Somebody interrupted MV "no time"', [(COMMENT, "Somebody interrupted MV"), (VERBATIM, "no time")],
         id="only mentioned"),
    case('SS was told "no"', [(COMMENT, "SS was told"), (VERBATIM, "no")], id="was told"),
    case('MV told AN that LB said "no"', [(PARAPHRASE, "MV told AN that", "MV"), (VERBATIM, "no", "LB")],
         id="the last"),
    case('SS: "a" MV: "b"', [(VERBATIM, "a", "SS"), (VERBATIM, "b", "MV")], id="two in a line"),
    case('SS said "a" and "b"', [(VERBATIM, "a", "SS"), (VERBATIM, "b", "SS")], id="one after the other"),
    case('SS: "a"\n"b"', [(VERBATIM, "a", "SS"), (VERBATIM, "b")], id="a new line is a new speaker"),
    case('After a pause, MV got up: "no!"', [(COMMENT, "After a pause, MV got up:"), (VERBATIM, "no!", "MV")],
         id="adverb"),
    case('SS, the chair, said "x"', [(VERBATIM, "x", "SS")], id="apposition"),
    case("MV and AN said it was late", [(PARAPHRASE, "MV and AN said it was late", "MV and AN")], id="two say it"),
    case("S.S. said no. S. S. said more", [(PARAPHRASE, "S.S. said no.", "S.S."),
                                           (PARAPHRASE, "S. S. said more", "S. S.")], id="initials with dots"),
    case("The chair said we move on.", [(PARAPHRASE, "The chair said we move on.", "chair")], id="a role"),
    case("Mina V. said no.", [(PARAPHRASE, "Mina V. said no.", "Mina V.")], id="a name with a full stop"),
    case("SS asked x and AN replied y; everybody laughed.",
         [(PARAPHRASE, "SS asked x", "SS"), (PARAPHRASE, "AN replied y", "AN"), (COMMENT, "everybody laughed.")],
         id="two sayings in a sentence"),
    case("SS said e.g. that 3 of them left. Fine.",
         [(PARAPHRASE, "SS said e.g. that 3 of them left.", "SS"), (COMMENT, "Fine.")], id="abbreviations"),
    # -- what is no saying
    case("SS said nothing. The GP questions were left.", [(COMMENT, "SS said nothing. The GP questions were left.")],
         id="no saying"),
    case("NB: this was odd.", [(COMMENT, "NB: this was odd.")], id="nota bene"),
    case("The GPs' view: it's SS's, isn't it?", [(COMMENT, "The GPs' view: it's SS's, isn't it?")], id="apostrophes"),
    case("A 12\" screen. SS: \"ok\"", [(COMMENT, "A 12\" screen."), (VERBATIM, "ok", "SS")], id="inches"),
    # -- whatever the program makes of it
    case("MV: \u201cYes,\u201d \u2013 \u201cno\u201d", [(VERBATIM, "Yes,", "MV"), (VERBATIM, "no", "MV")], id="smart"),
    case("MV: \u201eYes\u201c, SS: \u00bbno\u00ab", [(VERBATIM, "Yes", "MV"), (VERBATIM, "no", "SS")], id="german"),
    case("MV: \u201dYes\u201d. SS: \u00abno\u00bb", [(VERBATIM, "Yes", "MV"), (VERBATIM, "no", "SS")], id="turned"),
    case("MV: \u201cYes\" and SS: \"no\u201d", [(VERBATIM, "Yes", "MV"), (VERBATIM, "no", "SS")], id="mixed"),
    case("\u201cHe told us \u201cno\u201d and left,\u201d MV said.",
         [(VERBATIM, "He told us \u201cno\u201d and left,", "MV")], id="a quotation in a quotation"),
    case('MV said "He said "no" to me"', [(VERBATIM, 'He said "no" to me', "MV")], id="the same with straight marks"),
    case('MV: "two\nlines"\r\nSS: "x"', [(VERBATIM, "two lines", "MV"), (VERBATIM, "x", "SS")], id="lines"),
    case("SS said that the clinics\nwere full.", [(PARAPHRASE, "SS said that the clinics were full.", "SS")],
         id="wrapped"),
    case("\u2022 AN said yes\n\u2013 MV: no", [(PARAPHRASE, "AN said yes", "AN"), (PARAPHRASE, "MV: no", "MV")],
         id="bullets"),
    case('\u202bשרה אמרה "לא" [היא כועסת]\u202c', [(COMMENT, "\u202bשרה אמרה"), (VERBATIM, "לא"), (HUNCH, "היא כועסת")],
         id="right to left"),
    case("", [], id="nothing"),
    case("\u2026 \u2013 [ ] \"\"", [], id="only marks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_notes_are_told_apart(text: str, expected: list[Expected]) -> None:
    notes = read_notes(text, PEOPLE)
    assert [_short(part) for part in notes.parts] == expected
    assert notes.flaws == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:05 SS said x\nAN left.", [("10:05", "SS said x"), (None, "AN left.")]),
        ("[10:05] SS said x", [("10:05", "SS said x")]),
        ('(10.30) SS: "x" [hm]', [("10.30", "x"), ("10.30", "hm")]),
        ("- 11:00 \u2013 Tea.", [("11:00", "Tea.")]),
        ("l. 12: Tea.\np. 3-4: Milk.", [("l. 12", "Tea."), ("p. 3-4", "Milk.")]),
        ("[00:12:33] Tea.", [("00:12:33", "Tea.")]),
        ("25 people came. At 10:05 they left.", [(None, "25 people came. At 10:05 they left.")]),
    ],
)
def test_a_time_or_line_in_the_margin_is_a_place(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(part.place, part.text) for part in read_notes(text, PEOPLE).parts] == expected


FLAWS = [
    (
        'MV said "no. SS said "yes"',
        [(PARAPHRASE, 'MV said "no.', "MV"), (VERBATIM, "yes", "SS")],
        (
            "The quotation marks before 'no. SS said \"yes\"' are not closed; the words were read as your "
            "own. Write quotation marks where the spoken words end, too."
        ),
    ),
    (
        'I agree" said SS.',
        [(COMMENT, 'I agree" said SS.')],
        (
            "The quotation marks after 'I agree' were not opened; the words were read as your own. Write "
            "quotation marks where the spoken words begin, too."
        ),
    ),
    (
        'Tea. [SS hates it\nMV said "no"',
        [(COMMENT, "Tea."), (HUNCH, 'SS hates it\nMV said "no"')],
        (
            "The [ before 'SS hates it MV said \"no\"' is not closed; everything after it was read as your "
            "interpretation. Write ] where the interpretation ends."
        ),
    ),
    (
        "Tea.\nSS said no, and hates it] MV left.",
        [(COMMENT, "Tea."), (HUNCH, "SS said no, and hates it"), (COMMENT, "MV left.")],
        "The ] after 'SS said no, and hates it' has no opening bracket; its line was read as your "
        "interpretation up to it. "
        "Write [ where the interpretation begins.",
    ),
]


@pytest.mark.parametrize(("text", "expected", "says"), FLAWS)
def test_a_mark_that_is_not_closed_is_said_and_marks_no_words_of_a_participant(
    text: str, expected: list[Expected], says: str
) -> None:
    notes = read_notes(text, PEOPLE)
    assert [_short(part) for part in notes.parts] == expected
    assert [f"{flaw.message} {flaw.remedy}" for flaw in notes.flaws] == [says]


def test_no_quotation_goes_on_over_an_empty_line() -> None:
    notes = read_notes('MV said "no.\n\nSS left."', PEOPLE)
    assert all(part.mode != VERBATIM for part in notes.parts)
    assert len(notes.flaws) == 2


# -- whatever is typed

PIECES = st.sampled_from(
    ["SS said ", "MV: ", '"', "\u201c", "\u201d", "[", "]", "\n", "\n\n", "10:05 ", "no. ", "The group left. ", "AN ",
     "- ", "\u00bb", "\u00ab", "and ", "it's ", "(x) ", ", ", "l. 3: ", "Mina V. ", "told ", "\u05e9\u05e8\u05d4 ",
     "said SS"]
)  # fmt: skip
NOTES = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)


@given(NOTES)
@example('a"[b"c]d"')
@example("\u201c\u201d")
def test_bracketed_words_are_never_a_participants(text: str) -> None:
    """Each letter in brackets is replaced by a mark of its own; no statement of a participant has one of them."""
    depth, marked = 0, []
    for character in text:
        depth += character == "["
        marked.append("\u00a7" if depth > 0 and character.isalpha() else character)
        depth -= character == "]" and depth > 0
    assume("\u00a7" not in text)
    for part in read_notes("".join(marked), PEOPLE).parts:
        assert part.mode == HUNCH or "\u00a7" not in part.text


@given(NOTES)
def test_what_is_left_out_is_only_who_speaks_and_words_that_join(text: str) -> None:
    parts = read_notes(text, PEOPLE).parts
    kept = " ".join(f"{part.place or ''} {part.speaker or ''} {part.text}" for part in parts)
    left_out = Counter(_words(text)) - Counter(_words(kept))
    before_nothing = {"10", "05", "l", "3"}  # a time on a line on which nothing is said
    joining = set(" ".join(CONNECTIVES).split())
    said = {"SS", "said", "MV", "AN", "Mina", "V", "told", "x"}
    assert {word for word in left_out if word.lower() not in joining} <= said | before_nothing


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@given(NOTES)
def test_a_speaker_is_always_somebody_in_the_words_outside_the_brackets(text: str) -> None:
    outside = re.sub(r"\[[^\[\]]*\]", " ", text)
    for part in read_notes(text, PEOPLE).parts:
        if part.speaker and "[" not in outside and "]" not in outside:
            assert part.speaker in " ".join(outside.split()) or part.speaker.lower() in outside.lower()


@pytest.mark.thorough
@pytest.mark.parametrize("piece", ['"a ', "[", "] ", "SS said ", '"a" ', "\u201ca\u201d ", "SS, ", "10:05 ", "and SS "])
def test_a_box_full_of_marks_or_names_comes_to_an_end(piece: str) -> None:
    """A pattern that tries everything once more for every name would not: the box is as long as Excel allows."""
    length = 8_000 if os.environ.get("JOURNEYS_TEST_QUICK") == "1" else 32_000
    text = piece * (length // len(piece))
    notes = read_notes(text, [f"P{number}" for number in range(300)])
    assert notes.parts or notes.flaws
