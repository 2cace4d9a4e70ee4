"""Texts with pseudonyms in place of names whose letters are written otherwise: escaped, encoded, folded, with tags."""

from __future__ import annotations

import html
import json

import pytest
import yaml

from journeys.instruments.files.pseudonymised import pseudonymised
from journeys.model.real_names import KnownPerson, NameFinder

PEOPLE = [
    KnownPerson("Jürgen Müller", "The manager's aide"),
    KnownPerson("Rajiv Patel", "Person 2"),
    KnownPerson("Sean O'Connor", "Person 3"),
    KnownPerson("Dorothea Schwarzenegger", "Person 4"),
]
FINDER, WHOLE = NameFinder(PEOPLE), NameFinder(PEOPLE, parts=False)
ODD_YAML = """\
# Written by Rajiv
# Patel for Schwarzen-
# egger
one: &Rajiv_Patel 'O''Connor said it'
two: &Patel [Mina, Varma]
three: *Rajiv_Patel
four: *Patel
five: >
  Rajiv
  Patel: and Schwarzen-
  egger
six: Rajiv
  Patel
seven: "Rajiv Pa\\
   tel and\\tM\\xFCller\\nPatel"
eight:
- Rajiv
- Patel
? Dorothea
: 'Müller'
"""


def made(text: str, name: str) -> str:
    done = pseudonymised(text.encode(), name, FINDER, WHOLE)
    assert (done.unread, done.left) == ([], [])
    return done.content.decode()


def test_yaml_as_pyyaml_writes_it_says_the_same_with_pseudonyms() -> None:
    said = {"quote": f"I, Jürgen Müller, agree {'and agree ' * 12}with Rajiv Patel", "Müller": ["it's: O'Connor"]}
    for options in (
        {},
        {"default_style": '"'},
        {"default_style": "'"},
        {"default_style": ">"},
        {"allow_unicode": True},
    ):
        written = yaml.safe_dump(said, **options)
        assert yaml.safe_load(made(written, "form.yaml")) == {
            "quote": f"I, The manager's aide, agree {'and agree ' * 12}with Person 2",
            "The manager's aide": ["it's: Person 3"],
        }


def test_yaml_of_every_style_stays_yaml() -> None:
    text = made(ODD_YAML, "odd.yml")
    assert yaml.safe_load(text) == {
        "one": "Person 3 said it",
        "two": ["Mina", "Varma"],
        "three": "Person 3 said it",
        "four": ["Mina", "Varma"],
        "five": "Person 2: and Person 4\n",
        "six": "Person 2",
        "seven": "Person 2 and\tThe manager's aide\nPerson 2",
        "eight": ["Person 2", "Person 2"],
        "Person 4": "The manager's aide",
    }
    assert text.startswith("# Written by Person 2 for Person 4\none: &Person_2 ")


def test_what_is_not_yaml_is_searched_as_text() -> None:
    assert made('a: [Rajiv Patel\nb: "J\\xFCrgen M\\xFCller"\n', "x.yaml") == 'a: [Person 2\nb: "The manager\'s aide"\n'


@pytest.mark.parametrize(
    ("written", "name", "read"),
    [
        ("<p>J&uuml;rgen M&#252;ller, O&#39;Connor</p>", "x.html", "<p>The manager's aide, Person 3</p>"),
        ("[x](mailto:rajiv%2Epatel@x?s=M%C3%BCller)", "x.md", "[x](mailto:Person 2@x?s=The manager's aide)"),
        ("M%FCller; J\\u00fcrgen; \\x50atel", "x.txt", "The manager's aide; The manager's aide; Person 2"),
        ("&amp;uuml; J&amp;uuml;rgen %2552ajiv", "x.csv", "&amp;uuml; The manager's aide Person 2"),
        ("Schwarz<b class='x'>en</b>egger, Schwarzen-<br>egger", "x.html", "Person 4<b class='x'></b>, Person 4<br>"),
        ("Schwarz**enegger** and Schwarzen&shy;egger", "x.md", "Person 4**** and Person 4"),
        ("// Schwarzen-\n// egger\nRETURN 'Sean O\\'Connor'", "x.cypher", "// Person 4\nRETURN 'Person 3'"),
        ("SUMMARY:Ra\r\n jiv\\nO\\'Connor", "x.ics", "SUMMARY:Person 2\\nPerson 3"),
        ("100%25 &copy; \\n &nbsp; C:\\temp", "x.txt", "100%25 &copy; \\n &nbsp; C:\\temp"),
    ],
)
def test_letters_that_are_written_otherwise_are_read(written: str, name: str, read: str) -> None:
    assert made(written, name) == read


def test_strings_of_json_are_read_with_their_escapes() -> None:
    said = {"Jürgen": "first\nschwarzenegger\tMÜLLER", "html": f"<i>{html.escape(chr(34))} Ra</i>jiv"}
    for ascii_only in (True, False):
        read = json.loads(made(json.dumps(said, ensure_ascii=ascii_only), "x.json"))
        assert read["The manager's aide"] == "first\nPerson 4\tThe manager's aide"
        assert read["html"] == "<i>&quot; Person 2</i>"


def test_text_in_an_encoding_that_is_not_known_is_not_given_on_with_a_name() -> None:
    old = pseudonymised("Jürgen Müller said".encode("mac-roman"), "x.txt", FINDER, WHOLE)
    assert old.left == ["x.txt"]
    with pytest.raises(ValueError, match="mark"):
        pseudonymised("Rajiv Patel".encode("utf-16-le"), "x.txt", FINDER, WHOLE)
