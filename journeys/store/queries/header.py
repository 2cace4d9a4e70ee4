"""The comment lines at the top of a query file: YAML front matter that says what it asks, takes and answers.

    // title: Who introduced a document
    // question: 2. Who introduced it to the group, when, at which meeting, and according to whom?
    // params:
    //   document: {type: text, meaning: the id of the document}
    //   modes: {type: list, vocabulary: mode, default: all but derived, meaning: how a claim was noted}
    //   most: {type: integer, default: 100, meaning: "the number of rows, at most"}
    // returns:
    //   who: the person's name
    // example: {document: D07, most: 10}

The YAML stands in comments, so that the whole file can be pasted into Neo4j Browser. docs/queries.md explains it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, NoReturn, Self

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from journeys.model.definitions import ClaimKind, Vocabulary, VocabularyTerm
from journeys.model.problems import Address, Problem, UnreadableFile, UsageProblem
from journeys.model.schema import Schema
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, lined_yaml
from journeys.store.queries.parameters import STUDY, TYPES, Parameter, Value
from journeys.store.queries.tokens import tokens

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_ALL_BUT = re.compile(r"all(?: but (.+))?")
_NOT_YAML = 'Put quotes round a text that holds ": ", and leave an empty line before any other comment.'
_FIELDS = "The fields are: {}. Leave an empty line before any other comment."
_ListOfOne = BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)
_NoneIsEmpty = BeforeValidator(lambda given: {} if given == "none" else given)


_FROM_SCHEMA: dict[str, Callable[[ClaimKind], str | None]] = {
    "stages of claim kinds": lambda kind: kind.stage,
    "sides of claim kinds": lambda kind: {1: "supported", -1: "contested"}.get(kind.polarity),
}
"""The defaults of a map that the schema fills: each kind of claim with the stage of a journey that it tells of, or with
the side that it takes; kinds without are left out."""


class ParameterDeclaration(BaseModel):
    """A parameter as a header declares it.

    ``vocabulary`` is one of the schema's; ``terms`` are further words that the parameter takes. The default of a list
    may be "all", or "all but derived": every term of its vocabulary, those that the study adds too; that of a map may
    be "stages of claim kinds" or "sides of claim kinds". Where the vocabulary is ``open``, other words are
    taken as they are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    type: str
    meaning: Words
    default: Any = None
    vocabulary: str | None = None
    terms: tuple[str, ...] = ()
    open: bool = False

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return "default" not in self.model_fields_set

    @field_validator("type")
    @classmethod
    def _is_known(cls, given: str) -> str:
        if given not in TYPES:
            raise ValueError(f"`{given}` is not a type of parameter. The types are: {', '.join(TYPES)}")
        return given

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.vocabulary or self.terms) and self.type not in ("text", "list"):
            raise ValueError(f"A parameter of type {self.type} takes no terms: its type is text, for one term, or list")
        if self.open and self.vocabulary is None:
            raise ValueError("`open` needs a vocabulary beside which other words are taken")
        every = self.vocabulary is not None and self.type == "list" and isinstance(self.default, str)
        every = every or (self.type == "map" and self.default in _FROM_SCHEMA)
        if not (self.default is None or every or Parameter("", self.type, "").holds(self.default)):
            raise ValueError(f"{self.default!r} cannot be the default of a parameter of type {self.type}")
        return self


class Header(BaseModel):
    """What the comment lines of a query file say. ``example`` is None where the header has none.

    ``boxes`` are questions of forms that are answered in words beside what the query finds, ``codes`` the keys of codes
    whose passages bear on it; ``labels`` says which
    vocabularies a column has its terms from, where it is not the one of its name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    title: Words
    question: Words
    params: Annotated[dict[Name, ParameterDeclaration], _NoneIsEmpty]
    returns: dict[Name, Words]
    example: Annotated[dict[Name, Any] | None, _NoneIsEmpty] = None
    boxes: tuple[Words, ...] = ()
    codes: tuple[Words, ...] = ()
    labels: dict[Name, Annotated[tuple[Name, ...], _ListOfOne]] = {}

    @property
    def example_as_written(self) -> dict[str, str] | None:
        """The example's values as a person writes them after ``--param``."""
        return None if self.example is None else {name: _written(value) for name, value in self.example.items()}


def _written(value: object) -> str:
    if isinstance(value, list) and not any("," in str(item) for item in value):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query file: its header, the Cypher below it, and the lines of the header for messages."""

    header: Header
    cypher: str
    source: LinedYaml

    def parameters(self, schema: Schema) -> dict[str, Parameter]:
        """What the query takes, with the schema's vocabularies.

        Raises UnreadableFile for a vocabulary that the schema does not have, and for a default or an example that does
        not fit.
        """
        found = {name: self._parameter(name, held, schema) for name, held in self.header.params.items()}
        for name, value in (self.header.example or {}).items():
            self._check(found[name], value, ("example", name))
        return found

    def _parameter(self, name: str, held: ParameterDeclaration, schema: Schema) -> Parameter:
        place = ("params", name)
        if held.vocabulary is not None and held.vocabulary not in schema.vocabularies:
            from rapidfuzz import process

            near = process.extractOne(held.vocabulary, list(schema.vocabularies), score_cutoff=60)
            meant = f"Did you mean `{near[0]}`?" if near else "schema/vocabularies.yaml has them."
            _refuse(self.source, place, f"There is no vocabulary `{held.vocabulary}`.", meant)
        if held.type == "map" and (word := _FROM_SCHEMA.get(held.default)):
            words: dict[str, bool | str] = {
                kind.name: said for kind in schema.claims.values() if kind.asserted and (said := word(kind))
            }
            return Parameter(name, held.type, held.meaning, required=False, default=words)
        terms = dict(schema.terms(held.vocabulary).terms) if held.vocabulary else {}
        for term in held.terms:
            terms.setdefault(term, VocabularyTerm(name=term, label=term.replace("_", " ")))
        vocabulary = Vocabulary(name=name, terms=terms) if terms else None
        parameter = Parameter(name, held.type, held.meaning, held.required, held.default, vocabulary, held.open)
        if vocabulary is None or held.default is None:
            return parameter
        all_but = _ALL_BUT.fullmatch(held.default) if isinstance(held.default, str) and held.type == "list" else None
        value = (all_but[1] or "") if all_but else held.default
        default = self._check(parameter, value, place)
        if all_but and isinstance(default, list):
            default = [term for term in terms if term not in default]
        return replace(parameter, default=default)

    def _check(self, parameter: Parameter, value: object, place: Location) -> Value:
        try:
            return parameter.value(value)
        except UsageProblem as error:
            _refuse(self.source, place, str(error), "")


def read_header(file: str, text: str) -> QueryFile:
    """The header of a query file and the Cypher that follows; ``file`` is how it is named in a problem.

    Raises UnreadableFile, with file and line, for anything that is missing, unknown, twice or not YAML, and for a
    parameter that is used without being declared or declared without being used.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    length = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    source = _yaml(file, "\n".join(line[2:].removeprefix(" ") for line in lines[:length]))
    try:
        header = Header.model_validate(source.content or {})
    except ValidationError as error:
        # A misspelt field is both unknown and missing: the first of these says more.
        _explain(source, min(error.errors(), key=lambda one: one["type"] != "extra_forbidden"))
    cypher = "\n".join(lines[length:])
    if not cypher.strip():
        _broken(file, length + 1, "There is no query below the header.", "Write the Cypher below the comment lines.")
    _check_use(source, cypher, length, header.params)
    _check_example(source, header)
    return QueryFile(header, cypher.strip(), source)


def _yaml(file: str, text: str) -> LinedYaml:
    try:
        source = lined_yaml(text, file)
    except BrokenSchema as error:
        line = int((error.address.cell or "line 1").removeprefix("line "))
        remedy = _NOT_YAML if error.kind == "bad_yaml" else ""
        _broken(file, line, f"The header is not valid YAML here: {error.what}", remedy)
    for token in yaml.scan(text, Loader=yaml.SafeLoader) if " #" in text else ():
        if isinstance(token, yaml.ScalarToken) and token.plain and text[token.end_mark.index :].lstrip(" ")[:1] == "#":
            lost = 'What follows " #" is a comment in YAML and would be lost.'
            _broken(file, token.end_mark.line + 1, lost, 'Put quotes round the text that has " #" in it.')
    return source


def _explain(source: LinedYaml, error: Mapping[str, Any]) -> NoReturn:
    """Refuse the header for the first thing that pydantic found, in a person's words."""
    where: Location = tuple(part for part in error["loc"] if part != "[key]")
    field = str(where[-1]) if where else "header"
    holder = f"parameter `{where[1]}`" if len(where) > 2 else "header"
    known = ", ".join(Header.model_fields if len(where) < 2 else ParameterDeclaration.model_fields)
    declaration = f"Write `{field}: {{type: text, default: null, meaning: …}}`."
    message, remedy = {
        "missing": (f"The {holder} has no `{field}`.", f"Write `{field}: …` there."),
        "extra_forbidden": (f"`{field}` is not a field of a {holder.split()[0]}.", _FIELDS.format(known)),
        "string_type": (f"`{field}` is {error['input']!r}, not a text.", "Put quotes round it, or write words."),
        "string_too_short": (f"`{field}` is empty.", f"Write `{field}: …` there."),
        "string_pattern_mismatch": (f"`{error['input']}` cannot be a name.", "Use small letters, digits and _."),
        "dict_type": (f"`{field}` has no names.", f"Write a line `name: value` for each below `{field}:`, or `none`."),
        "model_type": (f"`{field}` is not declared in today's form of a header.", declaration),
    }.get(error["type"], (f"{error['msg'].removeprefix('Value error, ')}.", "`journeys docs queries` shows a header."))
    _refuse(source, where, message, remedy)


def _check_example(source: LinedYaml, header: Header) -> None:
    """Every parameter of the example is declared, and every one that the query needs is there."""
    if header.example is None:
        return
    for name in header.example:
        if name not in header.params:
            remedy = "Add it to `// params:`."
            _refuse(source, ("example", name), f"The example's parameter `{name}` is not declared.", remedy)
    for name, declared in header.params.items():
        if declared.required and name not in header.example and name != STUDY:
            _refuse(source, ("example",), f"The example gives no `{name}`.", f"Add `{name}: …` with a value to try.")


def _check_use(source: LinedYaml, cypher: str, above: int, declared: Mapping[str, object]) -> None:
    used: dict[str, int] = {}
    for token in tokens(cypher):
        if token.kind == "parameter":
            used.setdefault(token.name, above + 1 + cypher.count("\n", 0, token.start))
    for name, line in used.items():
        if name not in declared:
            _broken(source.file, line, f"The parameter `${name}` is not declared.", "Add it to `// params:`.")
    for name in declared:
        if name not in used:
            remedy = "Use it, or remove it."
            _refuse(source, ("params", name), f"The parameter `{name}` is declared but not used.", remedy)


def _refuse(source: LinedYaml, where: Location, message: str, remedy: str) -> NoReturn:
    _broken(source.file, source.line(where) or 1, message, remedy)


def _broken(file: str, line: int | None, message: str, remedy: str) -> NoReturn:
    raise UnreadableFile(Problem("broken_query", Address(file, None, f"line {line or 1}"), message, remedy))
