"""Real names in every form in which people write them, and words that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.name_parts import Where
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


SHORT = [
    KnownPerson("Li Wu", "Person 1"),
    KnownPerson("Grace May", "Person 2"),
    KnownPerson("王小明", "Person 3"),
    KnownPerson("김민수", "Person 4"),
    KnownPerson("राजीव पटेल", "Person 5"),
    KnownPerson("Trần Văn Do", "Person 6"),
    KnownPerson("Mary-Jane van der Berg", "Person 7"),
    KnownPerson("Will Brown", "Person 8"),
]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (
            "Ms Wu, Wu said; the Wus; wu@x, WU12, <li>",
            "Ms Person 1, Person 1 said; the Person 1s; wu@x, WU12, <li>",
        ),
        ("mr wu; Ms WU; Dr_wu; LI WU; l.wu", "mr Person 1; Ms Person 1; Dr_Person 1; Person 1; Person 1"),
        ("Ms May met Mrs. May in May; Grace, by grace", "Ms Person 2 met Mrs. Person 2 in May; Person 2, by grace"),
        ("Do you? Mr Do did. Văn Do", "Do you? Mr Person 6 did. Person 6"),
        ("昨天王小明说,小明同意;王先生;王国;王 小明", "昨天Person 3说,Person 3同意;Person 3先生;王国;Person 3"),
        ("김민수는 민수가", "Person 4는 Person 4가"),
        ("राजीव पटेल ने, पटेल", "Person 5 ने, Person 5"),
        ("A van for Mary; der Zug; Dr van der Berg; Berg", "A van for Person 7; der Zug; Dr Person 7; Person 7"),
        ("my father will; Mr Brown, mr brown, brown", "my father will; Mr Person 8, mr Person 8, brown"),
        (
            "Grace\n        May; Brown-\nBerg; Brown- Berg; Mary- Jane",
            "Person 2; Person 8-\nPerson 7; Person 8- Person 7; Person 7",
        ),
        ("Trần Văn Do\u0301!", "Person 6!"),
    ],
)
def test_a_short_name_or_one_that_is_a_word_is_found_where_it_means_a_person(written: str, made: str) -> None:
    assert NameFinder(SHORT).replaced(written) == made


def test_a_word_is_not_the_plural_of_a_name() -> None:
    finder = NameFinder(
        [KnownPerson("Nguyen Thi Minh", "P1"), KnownPerson("Jane Doe", "P2"), KnownPerson("Ye Bo", "P3")]
    )
    assert finder.replaced("This does less. Yes, this.") == "This does less. Yes, this."
    assert finder.replaced("Thi and the Does; Doe, Ye said; Ms Thi's") == "P1 and the Does; P2, P3 said; Ms P1's"


def test_names_of_files_may_be_in_small_letters() -> None:
    finder = NameFinder(SHORT)
    assert finder.for_files().replaced("forms/wu_2 ms-may will.docx") == "forms/Person 1_2 ms-Person 2 will.docx"
    assert finder.replaced("forms/wu_2.docx") == "forms/wu_2.docx"


def test_what_is_left_alone_is_known() -> None:
    finder = NameFinder(SHORT)
    assert finder.found_alone(Where.AFTER_A_TITLE) == ["Der", "Do", "May", "Van"]
    assert finder.found_alone(Where.WITH_A_CAPITAL) == ["brown", "grace", "will"]
    assert finder.found_alone(Where.AS_A_NAME) == ["Li", "Wu"]


def test_a_given_name_is_not_shared() -> None:
    finder = NameFinder([KnownPerson("Mina Varma", "A1", ("Varma",)), KnownPerson("Amit Varma", "A2")])
    assert finder.replaced("Varma") == "A1"


@given(st.text(alphabet="aeMV -\n.'\u00ad\u0308éß1", max_size=20), st.text(alphabet=" ,;\n", min_size=1, max_size=3))
def test_whatever_surrounds_a_name_stays(around: str, between: str) -> None:
    finder = NameFinder([KnownPerson("Quist Zzyx", "P")])
    made = finder.replaced(f"{around};{between}Quist Zzyx{between};{around}")
    assert made == f"{around};{between}P{between};{around}"
