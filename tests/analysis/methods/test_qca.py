"""Qualitative comparative analysis against published figures."""

from __future__ import annotations

import csv
import io
import math
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.qca.csv import qca_csv
from journeys.analysis.methods.qca.fit import membership, necessity, sufficiency
from journeys.analysis.methods.qca.minimise import minimise
from journeys.analysis.methods.qca.truth_table import truth_table

CONDITIONS = ("DEV", "URB", "LIT", "IND", "STB")
# Lipset's indicators as fuzzy sets (Ragin 2009, in Rihoux & Ragin, chapter 5), the data set LF of R's QCA.
LIPSET = {
    name: dict(zip((*CONDITIONS, "SURV"), values, strict=True))
    for name, values in {
        "AU": (0.81, 0.12, 0.99, 0.73, 0.43, 0.05),
        "BE": (0.99, 0.89, 0.98, 1.00, 0.98, 0.95),
        "CZ": (0.58, 0.98, 0.98, 0.90, 0.91, 0.89),
        "EE": (0.16, 0.07, 0.98, 0.01, 0.91, 0.12),
        "FI": (0.58, 0.03, 0.99, 0.08, 0.58, 0.77),
        "FR": (0.98, 0.03, 0.99, 0.81, 0.95, 0.95),
        "DE": (0.89, 0.79, 0.99, 0.96, 0.31, 0.05),
        "GR": (0.04, 0.09, 0.13, 0.36, 0.43, 0.06),
        "HU": (0.07, 0.16, 0.88, 0.07, 0.13, 0.42),
        "IE": (0.72, 0.05, 0.98, 0.01, 0.95, 0.92),
        "IT": (0.34, 0.10, 0.41, 0.47, 0.58, 0.05),
        "NL": (0.98, 1.00, 0.99, 0.94, 0.99, 0.95),
        "PL": (0.02, 0.17, 0.59, 0.00, 0.00, 0.12),
        "PT": (0.01, 0.02, 0.01, 0.11, 0.01, 0.05),
        "RO": (0.01, 0.03, 0.17, 0.00, 0.84, 0.21),
        "ES": (0.03, 0.30, 0.09, 0.21, 0.20, 0.06),
        "SE": (0.95, 0.13, 0.99, 0.67, 0.91, 0.95),
        "UK": (0.98, 0.99, 0.99, 1.00, 0.98, 0.95),
    }.items()
}
# The crisp version (Rihoux & De Meur 2009) has the same crossovers.
CRISP = {name: {key: float(value > 0.5) for key, value in values.items()} for name, values in LIPSET.items()}
# Rihoux & De Meur's first attempt: four conditions and a higher bar for development, with contradictions.
FIRST_ATTEMPT = {
    name: {**values, "DEV": 0.0 if name in ("CZ", "FI") else values["DEV"]} for name, values in CRISP.items()
}


def _scores(rows):
    return {"".join(map(str, row.values)): (row.n, row.code, row.consistency, row.pri) for row in rows}


def test_the_fuzzy_lipset_truth_table_is_that_of_r_qca_3_25():
    table = truth_table(LIPSET, CONDITIONS, "SURV", consistency=0.8)

    published = {
        "00000": (3, "0", 0.215976331360947, 0),
        "00001": (2, "0", 0.278026905829596, 0),
        "00100": (2, "0", 0.520900321543409, 0.113095238095238),
        "00101": (1, "0", 0.528571428571429, 0.228070175438597),
        "10101": (2, "1", 0.804270462633452, 0.719387755102041),
        "10110": (1, "0", 0.378205128205128, 0.0396039603960395),
        "10111": (2, "0", 0.7087719298245621, 0.634361233480176),
        "11110": (1, "0", 0.445255474452555, 0.0499999999999999),
        "11111": (4, "1", 0.904205607476635, 0.885793871866295),
    }
    assert _scores(table.rows) == {
        key: (n, code, pytest.approx(inclusion, abs=1e-9), pytest.approx(pri, abs=1e-9))
        for key, (n, code, inclusion, pri) in published.items()
    }
    assert [row.cases for row in table.rows][-1] == ("BE", "CZ", "NL", "UK")


def test_remainders_fill_the_table_up():
    table = truth_table(LIPSET, CONDITIONS, "SURV", remainders=True)

    assert len(table.rows) == 32
    assert [row.values for row in table.rows] == list(product((0, 1), repeat=5))
    assert sum(row.code == "?" for row in table.rows) == 23
    assert all((row.code == "?") == (row.n == 0) for row in table.rows)


def test_the_fuzzy_lipset_solutions_are_those_of_r_qca_3_25():
    table = truth_table(LIPSET, CONDITIONS, "SURV", consistency=0.8)

    [conservative] = minimise(table)
    assert str(conservative) == "DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB"
    long, short = conservative.terms
    assert (long.consistency, long.pri, long.coverage, long.unique_coverage) == pytest.approx(
        (0.9042056074766355, 0.8857938718662952, 0.454225352112676, 0.3931924882629108)
    )
    assert (short.consistency, short.pri, short.coverage, short.unique_coverage) == pytest.approx(
        (0.8042704626334523, 0.7193877551020412, 0.2652582159624414, 0.2042253521126761)
    )
    assert (long.cases, short.cases) == (("BE", "CZ", "NL", "UK"), ("FI", "IE"))

    [parsimonious] = minimise(table, remainders=True)
    assert str(parsimonious) == "DEV*~IND + URB*STB"
    one, two = parsimonious.terms
    assert (one.consistency, one.pri, one.coverage, one.unique_coverage) == pytest.approx(
        (0.8148148148148149, 0.7208121827411167, 0.2840375586854459, 0.1936619718309858)
    )
    assert (two.consistency, two.pri, two.coverage, two.unique_coverage) == pytest.approx(
        (0.8737672583826429, 0.8454106280193235, 0.5199530516431925, 0.4295774647887324)
    )


@pytest.mark.parametrize(
    ("expression", "consistency", "coverage", "pri"),
    [
        ("DEV*URB", 0.8133874239350914, 0.4706572769953052, 0.7761557177615573),
        ("DEV*~URB", 0.7449799196787148, 0.4354460093896713, 0.6856435643564355),
        ("DEV", 0.7746170678336981, 0.8309859154929577, 0.7431421446384042),
    ],
)
def test_sufficiency_is_that_of_r_qca_3_25(expression, consistency, coverage, pri):
    x = membership(LIPSET, expression)
    fit = sufficiency([x[name] for name in LIPSET], [values["SURV"] for values in LIPSET.values()])
    assert (fit.consistency, fit.coverage, fit.pri) == pytest.approx((consistency, coverage, pri))


@pytest.mark.parametrize(
    ("expression", "consistency", "coverage", "relevance"),
    [
        ("LIT", 0.9906103286384976, 0.6428027418126427, 0.5094142259414226),
        ("DEV", 0.8309859154929577, 0.7746170678336981, 0.8113553113553114),
        ("DEV + URB", 0.8990610328638499, 0.7539370078740159, 0.7582205029013538),
    ],
)
def test_necessity_is_that_of_r_qca_3_25(expression, consistency, coverage, relevance):
    x = membership(LIPSET, expression)
    fit = necessity([x[name] for name in LIPSET], [values["SURV"] for values in LIPSET.values()])
    assert (fit.consistency, fit.coverage, fit.relevance) == pytest.approx((consistency, coverage, relevance))


def test_the_crisp_lipset_case_of_rihoux_and_de_meur_2009():
    """Nine configurations, three of them with the outcome (also QCA3's vignette); their formulas for SURVIVAL."""
    table = truth_table(CRISP, CONDITIONS, "SURV")

    assert {key: (n, code) for key, (n, code, _, _) in _scores(table.rows).items()} == {
        "00000": (3, "0"),
        "00001": (2, "0"),
        "00100": (2, "0"),
        "00101": (1, "0"),
        "10101": (2, "1"),
        "10110": (1, "0"),
        "10111": (2, "1"),
        "11110": (1, "0"),
        "11111": (4, "1"),
    }
    [conservative] = minimise(table)
    assert str(conservative) == "DEV*LIT*IND*STB + DEV*~URB*LIT*STB"
    assert [(term.coverage, term.unique_coverage) for term in conservative.terms] == [(0.75, 0.5), (0.5, 0.25)]
    assert (conservative.consistency, conservative.coverage) == (1, 1)
    [parsimonious] = minimise(table, remainders=True)
    assert str(parsimonious) == "DEV*STB"


def test_contradictions_and_model_ambiguity_of_the_first_crisp_attempt():
    """Rihoux & De Meur 2009 without stability; R: truthTable(incl.cut = c(1, 0.01)), minimize(explain = "1, C")."""
    conditions = ("DEV", "URB", "LIT", "IND")
    table = truth_table(FIRST_ATTEMPT, conditions, "SURV", consistency=1)

    assert {key: (n, code, round(score, 3)) for key, (n, code, score, _) in _scores(table.rows).items()} == {
        "0000": (5, "0", 0.0),
        "0010": (4, "C", 0.25),
        "0111": (1, "1", 1.0),
        "1010": (1, "1", 1.0),
        "1011": (3, "C", 0.667),
        "1111": (4, "C", 0.75),
    }
    one, two = minimise(table, explain=("1", "C"))
    assert {str(one), str(two)} == {
        "DEV*LIT*IND + URB*LIT*IND + ~URB*LIT*~IND",
        "DEV*~URB*LIT + URB*LIT*IND + ~URB*LIT*~IND",
    }
    fits = {str(term): term for solution in (one, two) for term in solution.terms}
    assert (fits["~URB*LIT*~IND"].consistency, fits["~URB*LIT*~IND"].coverage) == pytest.approx((0.4, 0.25))
    assert (fits["URB*LIT*IND"].consistency, fits["URB*LIT*IND"].coverage) == pytest.approx((0.8, 0.5))
    assert (fits["DEV*~URB*LIT"].consistency, fits["DEV*~URB*LIT"].coverage) == pytest.approx((0.75, 0.375))


def test_a_contradiction_above_the_cut_off_goes_with_the_outcome_and_fuzzy_data_have_none():
    crisp = {f"case{i}": {"A": 1, "Y": int(i > 0)} for i in range(6)}

    assert [row.code for row in truth_table(crisp, ["A"], "Y", consistency=0.8).rows] == ["1"]
    assert [row.code for row in truth_table(crisp, ["A"], "Y", consistency=0.9).rows] == ["C"]
    assert [row.code for row in truth_table(crisp, ["A"], "Y", consistency=0.9, contradiction=0.9).rows] == ["0"]
    assert "C" not in {row.code for row in truth_table(LIPSET, CONDITIONS, "SURV", consistency=1).rows}
    fuzzy = truth_table(LIPSET, CONDITIONS, "SURV", consistency=0.8, contradiction=0.7)
    assert [row.code for row in fuzzy.rows if row.values == (1, 0, 1, 1, 1)] == ["C"]


def test_too_few_cases_make_a_remainder():
    table = truth_table(LIPSET, CONDITIONS, "SURV", consistency=0.8, n_cut=3)

    assert {row.values for row in table.rows if row.code != "?"} == {(0,) * 5, (1,) * 5}


def test_a_case_that_lacks_a_value_is_left_out_and_named():
    cases = {**CRISP, "XX": {"DEV": 1, "URB": None, "LIT": math.nan, "IND": 1, "SURV": 1}}

    table = truth_table(cases, CONDITIONS, "SURV")

    assert table.left_out == (("XX", ("URB", "LIT", "STB")),)
    assert table.rows == truth_table(CRISP, CONDITIONS, "SURV").rows
    assert truth_table({"XX": cases["XX"]}, CONDITIONS, "SURV").rows == ()
    assert minimise(truth_table({}, CONDITIONS, "SURV", remainders=True)) == ()


def test_a_case_in_the_middle_is_in_no_row_but_counts():
    cases = {"a": {"A": 0.5, "Y": 0.2}, "b": {"A": 0.9, "Y": 0.9}}

    table = truth_table(cases, ["A"], "Y")

    assert table.undecided == ("a",)
    assert [(row.values, row.cases) for row in table.rows] == [((1,), ("b",))]
    assert table.rows[0].consistency == pytest.approx(1.1 / 1.4)


def test_the_outcome_may_be_negated():
    table = truth_table(CRISP, CONDITIONS, "~SURV")

    assert {row.values: row.code for row in table.rows}[1, 1, 1, 1, 1] == "0"
    assert {row.values: row.code for row in table.rows}[0, 0, 0, 0, 0] == "1"


@pytest.mark.parametrize(
    ("conditions", "options"),
    [([], {}), (["A", "A"], {}), (["A", "Y"], {}), (["A"], {"n_cut": 0}), (["B"], {})],
)
def test_what_makes_no_sense_is_refused(conditions, options):
    with pytest.raises(ValueError, match=r"\w"):
        truth_table({"a": {"A": 1, "B": 1.5, "Y": 1}}, conditions, "Y", **options)


def test_csv_is_what_r_reads():
    text = qca_csv({**LIPSET, "XX": {"DEV": None}, 'O"Brien, a': LIPSET["UK"]}, CONDITIONS, "SURV")

    lines = text.splitlines()
    assert lines[0] == "case,DEV,URB,LIT,IND,STB,SURV"
    assert lines[1] == "AU,0.81,0.12,0.99,0.73,0.43,0.05"
    assert "NL,0.98,1,0.99,0.94,0.99,0.95" in lines
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == sorted([*LIPSET, 'O"Brien, a'])
    assert qca_csv(CRISP, ["DEV"], "SURV").splitlines()[1] == "AU,1,0"


@pytest.mark.parametrize("names", [["has champion"], ["1st"], ["dev", "DEV"], ["case"], ["Élan"]])
def test_csv_refuses_names_that_r_would_change(names):
    with pytest.raises(ValueError, match="name"):
        qca_csv({}, names, "SURV")


_values = st.sampled_from([0.0, 0.1, 0.3, 0.6, 0.8, 1.0])
_cases = st.dictionaries(
    st.integers(0, 30), st.fixed_dictionaries(dict.fromkeys("ABCY", _values)), min_size=1, max_size=12
)


@given(_cases)
def test_every_case_lies_in_one_row(cases):
    table = truth_table(cases, ["A", "B", "C"], "Y")
    assert sorted((name for row in table.rows for name in row.cases), key=str) == sorted(cases, key=str)


@given(_cases, st.randoms())
def test_the_order_of_the_cases_does_not_matter(cases, random):
    shuffled = list(cases.items())
    random.shuffle(shuffled)
    table, other = (truth_table(given, ["A", "B", "C"], "Y") for given in (cases, dict(shuffled)))
    assert table == other
    assert minimise(table) == minimise(other)


@given(st.dictionaries(st.tuples(*[st.booleans()] * 4), st.booleans(), min_size=1), st.booleans())
def test_a_solution_is_true_where_it_must_be_and_false_where_it_must_not(coded, remainders):
    names = "ABCD"
    cases = {
        str(values): {**{name: float(on) for name, on in zip(names, values, strict=True)}, "Y": float(out)}
        for values, out in coded.items()
    }
    solutions = minimise(truth_table(cases, list(names), "Y"), remainders=remainders)
    assert bool(solutions) == any(coded.values())
    for solution in solutions:
        for values, out in coded.items():
            case = dict(zip(names, values, strict=True))
            assert out == any(all(case[name] is on for name, on in term.literals) for term in solution.terms)
        if not remainders:
            for values in set(product((False, True), repeat=4)) - set(coded):
                case = dict(zip(names, values, strict=True))
                assert not any(all(case[name] is on for name, on in term.literals) for term in solution.terms)
    assert len({len(solution.terms) for solution in solutions}) <= 1


@given(st.dictionaries(st.tuples(*[st.integers(0, 1)] * 3), st.booleans(), min_size=1))
def test_no_expression_with_fewer_terms_covers_the_rows(coded):
    cases = {str(values): dict(zip("ABCY", (*values, int(out)), strict=True)) for values, out in coded.items()}
    wanted = {values for values, out in coded.items() if out}
    products = [
        {values for values in product((0, 1), repeat=3) if all(p in (v, 2) for p, v in zip(term, values, strict=True))}
        for term in product((0, 1, 2), repeat=3)
    ]
    usable = [covered for covered in products if covered <= wanted]
    least = next(k for k in range(5) if any(set().union(*some) >= wanted for some in combinations(usable, k)))
    solutions = minimise(truth_table(cases, list("ABC"), "Y"))
    assert {len(solution.terms) for solution in solutions} == ({least} if wanted else set())


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8))
def test_sufficiency_and_necessity_mirror_each_other(pairs):
    x, y = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    enough, needed = sufficiency(x, y), necessity(x, y)
    assert (enough.consistency, enough.coverage) == (needed.coverage, needed.consistency)
    for score in (enough.consistency, enough.coverage, enough.pri, needed.relevance):
        assert score is None or 0 <= score <= 1
