"""What is mistyped is answered with what may have been meant; every command shows an example; shells complete names."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from journeys.analysis.actors.relations import RELATIONS
from journeys.analysis.measures.registry import MEASURES, measure_named
from journeys.analysis.measures.search import Measures
from journeys.cli.main import cli
from journeys.model.problems import JourneysError
from journeys.model.schema import load_schema
from journeys.model.suggestions import nearest
from journeys.store.queries.library import read_library
from tests.written import new_study, write_registers

REGISTERS = [
    {"sheet": "sites", "id": "north", "pseudonym": "Northtown"},
    {"sheet": "sites", "id": "east", "pseudonym": "East Haven"},
    {"sheet": "case_studies", "id": "c1", "title": "Diabetes redesign", "site": "north"},
    {"sheet": "documents", "doc_number": "D07", "title": "Needs assessment", "case": "c1"},
    {"sheet": "documents", "doc_number": "D08", "title": "Minutes", "case": "c1"},
]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with registers, nothing loaded, which is where commands run."""
    new_study(tmp_path / "mine", title="Mine")
    write_registers(tmp_path / "mine" / "registers.xlsx", load_schema(), REGISTERS)
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("lode", ["load", "new"], ["load"]),
        ("netwrok", ["network", "new"], ["network"]),
        ("centr", ["sensitivity", "centrality"], ["centrality"]),
        ("Truth table", ["truth-table"], ["truth-table"]),
        ("density", ["sensitivity"], []),
        ("x", ["xyz"], []),
        ("", ["load"], []),
    ],
)
def test_only_what_is_near_is_offered(word: str, known: list[str], meant: list[str]) -> None:
    assert nearest(word, known) == meant


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trase", "D07"], "There is no command 'trase'. Did you mean 'trace'?"),
        (["analyze"], "Did you mean 'analyse'?"),
        (["store", "strat"], "There is no command 'strat'. Did you mean 'start'?"),
        (["xyzzy"], "There is no command 'xyzzy'. The commands are: new, forms, check"),
        (["trace", "D07", "--as-know-on", "2011-01-01"], "--as-known-on"),
        (["analyse", "brokrage"], "There is no measure 'brokrage'. Did you mean 'brokerage'?"),
        (["analyse", "betweenness"], "`journeys analyse centrality`"),
        (["analyse", "gatekeeper"], "`journeys analyse brokerage`"),
        (["analyse", "recommendations"], "`journeys ask recommendations`"),
        (
            ["ask", "brokerage"],
            "No question mentions 'brokerage'. A measure mentions it:\n  `journeys analyse brokerage`",
        ),
        (["ask", "betweeness"], "mention something like it:\n  `journeys analyse centrality`"),
        (["analyse", "betweeness"], "mention something like it:\n  `journeys analyse centrality`"),
        (["ask", "strucural holes"], "mentions something like it:\n  `journeys analyse structural-holes`"),
        (["analyse", "supprts"], "mention something like it:\n  `journeys ask supports_and_barriers`"),
        (["ask", "99"], "There is no question 99. The questions are numbered 1 to 45"),
        (
            ["trace", "D07", "--as-known-on", "yesterday"],
            '--as-known-on: "yesterday" is not a date. Write a date such as',
        ),
        (["ask", "nonsense"], "No question mentions 'nonsense'."),
        (["forms", "interview_shet"], "Did you mean 'interview_sheet'?"),
        (["new", "x", "--example", "r2"], "'r2' is not one of r1."),
    ],
)
def test_what_is_mistyped_is_answered_with_what_was_meant(mine: Path, arguments: list[str], said: str) -> None:
    ended = CliRunner().invoke(cli, arguments, prog_name="journeys")
    assert ended.exit_code != 0
    assert said in f"{ended.stderr}{ended.exception}"


def test_a_value_of_a_vocabulary_is_refused_before_the_store_is_asked(mine: Path) -> None:
    [query] = read_library().named("introducers")
    with pytest.raises(JourneysError, match="Did you mean verbatim"):
        query.values({"study": "x", "modes": "verbatm"})


def test_words_of_names_questions_options_and_tables_find_measures() -> None:
    def found(words: str) -> list[str]:
        return [measure.name for measure in Measures().find(words)]

    assert found("betweenness") == ["centrality"]
    assert found("brokerage")[0] == "brokerage"
    assert "citation" in found("key routes")
    for measure in MEASURES.values():
        assert measure in Measures().find(measure.name.replace("-", " "))
    # A column that stands in no text: it is found in the table that has it.
    assert found("gatekeeper") == ["brokerage"]
    assert Measures().find("gatekeeper", in_tables=False) == []
    assert found("weather") == []
    assert found("betweeness") == []
    assert Measures().find("betweeness", misspelt=True)[0].name == "centrality"


def test_an_option_of_a_measure() -> None:
    with pytest.raises(JourneysError, match="Did you mean 'relation'"):
        measure_named("brokerage").run(None, None, options={"relatoin": "x"})  # type: ignore[arg-type]


# -- help


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command, with the words that call it."""
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))


def test_every_command_has_an_example_that_its_options_allow() -> None:
    seen = dict(commands(cli))
    assert {("trace",), ("store", "start")} <= set(seen)
    for words, command in seen.items():
        told = CliRunner().invoke(cli, [*words, "--help"], prog_name="journeys").output
        example = re.search(r"Example: journeys (.*?)(?:\n\n|\Z)", told, re.DOTALL)
        assert example, words
        asked = shlex.split(" ".join(example[1].split()))
        assert tuple(asked[: len(words)]) == words
        if not isinstance(command, click.Group):
            command.make_context(words[-1], asked[len(words) :], resilient_parsing=False).close()


# -- completion


def completed(line: str) -> Mapping[str, str | None]:
    """What a shell offers for the last word of a line, with what each means."""
    *before, last = f"{line}|".split()
    complete = ShellComplete(cli, {}, "journeys", "_JOURNEYS_COMPLETE")
    return {each.value: each.help for each in complete.get_completions(before[1:], last.removesuffix("|"))}


def test_a_shell_completes_names(mine: Path) -> None:
    assert set(completed("journeys tr")) == {"trace"}
    assert completed("journeys trace ") == {"D07": "Needs assessment", "D08": "Minutes"}
    assert completed("journeys network ") == {"Northtown": "Northtown", "east": "East Haven"}
    assert set(completed("journeys analyse --site nor")) == {"Northtown"}
    assert set(completed("journeys network --relation intro")) >= {"introduces_to", "introduces_to_group", "introduced"}
    assert set(completed("journeys network --relation ")) > set(RELATIONS)
    assert set(completed("journeys analyse ")) == set(MEASURES)
    assert set(completed("journeys analyse reach D08")) == {"D08"}
    assert set(completed("journeys ask intro")) == {"introducers", "introductions"}
    assert set(completed("journeys forms obs")) == {"observation_guide"}
    assert set(completed("journeys trace D07 --format ")) == {"text", "json", "html", "svg", "png"}
    assert not (mine / ".journeys").exists() or not [*(mine / ".journeys").glob("*db*")]


def test_a_shell_is_offered_nothing_that_it_would_run(mine: Path) -> None:
    """A shell puts what is offered into the line as it is."""
    harm = ("$(touch${IFS}x)", "`x`", "a;x", "a|x", "-rf", "a&x", "a'x", 'a"x', "a\\x", "~x", "=x", "{a,b}", "a\u202eb")
    named = [{"sheet": "documents", "doc_number": word, "title": f"{word}\x9b\nT", "case": "c1"} for word in harm]
    sites = [{"sheet": "sites", "id": f"s{n}", "pseudonym": word} for n, word in enumerate(harm)]
    write_registers(mine / "registers.xlsx", load_schema(), [*REGISTERS, *sites, *named])
    (mine / "cypher").mkdir(exist_ok=True)
    (mine / "cypher" / "$(x).cypher").write_text("// title: x\n// returns:\n//   n: x\nRETURN 1 AS n", encoding="utf-8")
    assert set(completed("journeys trace ")) == {"D07", "D08"}
    assert set(completed("journeys network ")) == {"Northtown", "east", *(f"s{n}" for n in range(len(harm)))}
    assert all((each or "").isprintable() for each in completed("journeys network ").values())
    assert not any("$" in each for each in completed("journeys ask "))


def test_outside_a_study_a_shell_offers_nothing_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert completed("journeys trace ") == {}
    assert set(completed("journeys analyse re")) == {"reach"}
