"""Real names in every form in which people write them, and words that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.real_names import BREAK, KnownPerson, NameFinder

PEOPLE = [
    KnownPerson("Dr Mina Varma", "Person 1", ("Mina V.", "Minnie")),
    KnownPerson("Zoë Brontë-Okonkwo", "Person 2"),
    KnownPerson("Will Müller", "Person 3"),
    KnownPerson("Sean O'Neill", "Person 4"),
    KnownPerson("Amit Varma", "Person 5"),
    KnownPerson("May Lee", "Person 6"),
    KnownPerson("D. R.", "Person 7"),
    KnownPerson("Ann MacDonald", "Person 8"),
]
FINDER = NameFinder(PEOPLE)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("Dr Mina Varma's view", "Dr Person 1's view"),
        ("MINA VARMA", "Person 1"),
        ("Varma, Mina: minutes", "Person 1: minutes"),
        ("M. Varma, M Varma, mvarma, mina.varma@x.example", "Person 1, Person 1, Person 1, Person 1@x.example"),
        ("Mina P. Varma", "Person 1"),
        ("Mina V. said so, Minnie too", "Person 1 said so, Person 1 too"),
        ("Mina\nVarma; Mi\u00adna Var\u00adma; Var-\nma", "Person 1; Person 1; Person 1 or Person 5"),
        ("Mina Var-\r\n ma", "Person 1"),
        (f"Mina Var-{BREAK}ma", "Person 1"),
        ("Prof. Varma", "Prof. Person 1 or Person 5"),
        ("Amit", "Person 5"),
        ("Zoe Bronte Okonkwo, Zoe\u0308 BRONTE\u0308\u2011OKONKWO, Ms Okonkwo", "Person 2, Person 2, Ms Person 2"),
        ("Will Mueller, MÜLLER and Muller", "Person 3, Person 3 and Person 3"),
        ("Sean O\u2019Neill; ONeill; the O'Neills", "Person 4; Person 4; the Person 4s"),
        ("interview_MinaVarma_2.docx", "interview_Person 1_2.docx"),
        ("IntMinaVarma2.docx", "IntPerson 1_2.docx"),
        ("Ann MacDonald, a.macdonald", "Person 8, Person 8"),
        ("Lee in May 2011", "Person 6 in May 2011"),
        ("May Lee", "Person 6"),
        ("D. R. and D R", "Person 7 and Person 7"),
    ],
)  # fmt: skip
def test_a_name_is_found(written: str, made: str) -> None:
    assert FINDER.replaced(written) == made


@pytest.mark.parametrize(
    "words",
    [
        "Aminah, minaret, Varman",
        "it will be",
        "Dr Smith",
        "in May",
        "Leeds, fleet",
        "dr",
        "a mina\u0301l",
        "",
        "O'Neal",
    ],
)
def test_another_word_is_left(words: str) -> None:
    assert FINDER.replaced(words) == words


def test_a_given_name_is_not_shared() -> None:
    finder = NameFinder([KnownPerson("Mina Varma", "A1", ("Varma",)), KnownPerson("Amit Varma", "A2")])
    assert finder.replaced("Varma") == "A1"


@given(st.text(alphabet="aeMV -\n.'\u00ad\u0308éß1", max_size=20), st.text(alphabet=" ,;\n", min_size=1, max_size=3))
def test_whatever_surrounds_a_name_stays(around: str, between: str) -> None:
    finder = NameFinder([KnownPerson("Quist Zzyx", "P")])
    made = finder.replaced(f"{around};{between}Quist Zzyx{between};{around}")
    assert made == f"{around};{between}P{between};{around}"
