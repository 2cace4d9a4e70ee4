"""Two extractors' forms about one document, set side by side."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.compare import compare_forms, report_undecided
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.researchers import divided_initials, initials_in, researchers_of
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema

TEMPLATE = load_instrument("document_extraction_template")
STATUSES = load_schema().terms("answer_status")


def cell(words: str, place: str = "") -> Cell:
    return Cell(words, Address(place))


def form(
    by: str, *, header: dict[str, str], answers: dict[tuple[str, str], str], rows: list[dict[str, str]]
) -> FilledForm:
    held = {**header, "researchers": by}
    return FilledForm(
        TEMPLATE.instrument,
        1,
        f"forms/D07-{by}.xlsx",
        {name: cell(words) for name, words in held.items()},
        tuple(
            Answer(
                field,
                None,
                scope,
                "answered" if words != "-" else "nothing_found",
                cell(words) if words != "-" else None,
            )
            for (field, scope), words in answers.items()
        ),
        tuple(FilledRow({name: cell(words) for name, words in row.items()}) for row in rows),
    )


AB = form(
    "AB",
    header={"name_of_document": "Needs assessment", "document_number": "D07", "date": "March 2011"},
    answers={("content_summary", "general"): "It counts people.", ("sources_cited", "general"): "-"},
    rows=[
        {"who": "Sam S.", "did_what": "contested", "to_what": "D07", "quote": "the figures are old"},
        {"who": "Sam S.", "did_what": "contested", "to_what": "D07", "quote": "nobody asked us"},
        {"who": "Mina V.", "did_what": "introduced", "to_what": "D07"},
    ],
)
CD = form(
    "CD",
    header={"name_of_document": "needs  Assessment", "document_number": "D07", "date": "5 March 2011"},
    answers={("content_summary", "general"): "it counts people", ("sources_cited", "general"): "The census."},
    rows=[
        {"who": "SAM S.", "did_what": "contested", "to_what": "D07", "quote": "nobody asked us"},
        {
            "who": "Sam S.",
            "did_what": "contested",
            "to_what": "D07",
            "quote": "The figures are OLD",
            "confidence": "low",
        },
    ],
)


def test_where_two_forms_differ() -> None:
    found = compare_forms(TEMPLATE, AB, CD, about="D07", statuses=STATUSES)
    told = [(each.question, each.scope, each.first.text, each.second.text) for each in found.differences]
    wordings = {field.id: field.wording for field in TEMPLATE.header.fields}
    cited = next(q.wording for q in TEMPLATE.questions() if q.field.id == "sources_cited")
    assert told == [
        (wordings["date"], None, "March 2011", "5 March 2011"),
        (cited, "general", "[nothing found]", "The census."),
        (
            "Sam S. contested D07", None,
            "Who: Sam S.; Did what: contested; To what: D07; Quote: the figures are old",
            "Who: Sam S.; Did what: contested; To what: D07; Quote: The figures are OLD; Confidence: low",
        ),
        ("Mina V. introduced D07", None, "Who: Mina V.; Did what: introduced; To what: D07", None),
    ]  # fmt: skip
    assert [each.first.by for each in found.differences] == ["AB"] * 4
    # title, number, the summary, and one row
    assert (found.same, found.compared) == (4, 8)


def test_the_agreed_form_holds_what_is_the_same_and_both_wordings_of_the_rest() -> None:
    agreed = compare_forms(TEMPLATE, AB, CD, about="D07", statuses=STATUSES).agreed
    assert researchers_of(agreed) == ("AB", "CD")
    assert agreed.header["name_of_document"].text == "Needs assessment"
    assert agreed.header["date"].text == "[AB:] March 2011\n[CD:] 5 March 2011"
    answers = {answer.field: answer.given.text for answer in agreed.answers if answer.given}
    assert answers["content_summary"] == "It counts people."
    assert answers["sources_cited"] == "[AB:] [nothing found]\n[CD:] The census."
    notes = [row.values["note"].text if "note" in row.values else None for row in agreed.claim_rows]
    assert notes == ["[AB:]", "[CD:]", None, "[AB:] only in this form"]
    problems: list[Problem] = []
    assert report_undecided(agreed, problems.append)
    assert len(problems) == 5


def test_once_the_initials_are_gone_it_is_agreed() -> None:
    agreed = compare_forms(TEMPLATE, AB, CD, about="D07", statuses=STATUSES).agreed
    decided = replace(
        agreed,
        header={**agreed.header, "date": cell("5 March 2011")},
        answers=tuple(replace(answer, given=cell("x [as CD: said]")) for answer in agreed.answers),
        claim_rows=agreed.claim_rows[2:3],
    )
    assert not report_undecided(decided, lambda problem: None)
    assert not report_undecided(AB, lambda problem: None)


WORDS = st.sampled_from(["Sam S.", "Mina V.", "contested", "supported", "D07", "old", "new"])
ROW = st.fixed_dictionaries({"who": WORDS, "did_what": WORDS}, optional={"quote": WORDS, "when": WORDS})
ANSWERS = st.dictionaries(
    st.sampled_from(
        [("content_summary", "general"), ("sources_cited", "general"), ("sources_cited", "ethnicity_specific")]
    ),
    WORDS,
)


@given(ANSWERS, st.lists(ROW, max_size=4), ANSWERS, st.lists(ROW, max_size=4))
def test_a_form_equals_itself_and_two_differ_alike_from_both_sides(
    one: dict, rows: list, other: dict, more: list
) -> None:
    first = form("AB", header={}, answers=one, rows=rows)
    second = form("CD", header={}, answers=other, rows=more)
    again = compare_forms(TEMPLATE, first, replace(first, header=second.header), about="x", statuses=STATUSES)
    assert again.differences == ()
    assert again.agreed.answers == first.answers or {a.field for a in again.agreed.answers} == {
        a.field for a in first.answers
    }
    there = compare_forms(TEMPLATE, first, second, about="x", statuses=STATUSES)
    back = compare_forms(TEMPLATE, second, first, about="x", statuses=STATUSES)
    assert (there.same, len(there.differences)) == (back.same, len(back.differences))
    # nothing that somebody wrote is lost from the form to agree on
    kept = " ".join(
        [a.given.text for a in there.agreed.answers if a.given]
        + [c.text for r in there.agreed.claim_rows for c in r.values.values()]
    )
    written = [a.given.text for f in (first, second) for a in f.answers if a.given]
    written += [c.text for f in (first, second) for r in f.claim_rows for c in r.values.values()]
    assert all(words in kept for words in written)


def test_initials_are_told_apart_however_they_are_separated() -> None:
    for written in ("AB; CD", "AB,CD", "AB & CD", "AB and CD", "AB/CD", "AB + CD", "AB\nCD", " AB ;; CD; AB"):
        assert initials_in(written) == ("AB", "CD"), written
    assert initials_in("Sandy Anderson") == ("Sandy Anderson",)
    assert initials_in(" ") == ()


def test_initials_that_a_stroke_divides_are_several_only_if_each_part_can_be_initials() -> None:
    for written in ("A/B", "A+B", "1/2", "XY/1", "A1/B2"):
        assert initials_in(written) == (written,)
        assert divided_initials(written) == ()
    assert divided_initials("AB/CD") == divided_initials("EF; AB + CD") == ("AB", "CD")
    assert divided_initials("AB; CD") == ()
    for nobody in ("-", "?", "; /", "\u2013"):
        assert initials_in(nobody) == ()


def test_an_answer_that_is_nothing_but_its_status_is_told_in_the_words_of_the_vocabulary() -> None:
    question = next(iter(TEMPLATE.split_questions()))
    for status, term in STATUSES.terms.items():
        ask = question.ask.id if question.ask else None
        said = Answer(question.field.id, ask, "general", status, None)  # type: ignore[arg-type]
        first = replace(form("AB", header={}, answers={}, rows=[]), answers=(said,))
        second = form("CD", header={}, answers={}, rows=[])
        (told,) = compare_forms(TEMPLATE, first, second, about="D07", statuses=STATUSES).differences
        assert told.first.text == f"[{term.label.lower()}]"
    assert len(STATUSES.terms) == 4
