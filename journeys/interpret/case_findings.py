"""What a form about a case study says of its themes: findings, how sure they are, and the quotations behind them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from journeys.instruments.answers import Answer
from journeys.instruments.definition import Question
from journeys.interpret.codes_in_use import passage_key
from journeys.interpret.context import Context, End
from journeys.interpret.form_parts import FormParts
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import content_hash, node_id, short_id
from journeys.model.problems import Address
from journeys.model.records import Claim, Node, Value

_BULLET = re.compile(r"\s*(?:[-*\u2022\u25cf\u2013]\s+|\(?\d{1,2}[.)]\s+)")
# Only where a stretch of space begins: to try within it takes time that grows with its square.
_SURE = re.compile(r"(?:(?<!\s)\s+)?[\[(]\s*(high|medium|low)(?:\s+confidence)?\s*[\])]\s*\.?\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"[\"\u201c\u201d\u201e\u00ab](?P<words>.+)[\"\u201c\u201d\u00bb]", re.DOTALL)
_FROM = re.compile(r"(?:(?<!\s)\s+)?\((?P<parts>[^()]+)\)\s*\.?\s*$")
_OPENING = re.compile(r"\s*[\"\u201c\u201e\u00ab]")
_Place = tuple[str, str]
"""A field and a scope: a quotation bears on the findings of its own box."""


def paragraphs(text: str, *, quotes: bool = False) -> list[str]:
    """The paragraphs of an answer: apart by an empty line, or each with a bullet or number before it; of ``quotes``
    each line that begins with a quotation mark, too.
    """
    found: list[list[str]] = [[]]
    for line in text.replace("\r", "\n").split("\n"):
        bullet = _BULLET.match(line)
        if not line.strip():
            found.append([])
            continue
        if bullet or (quotes and _OPENING.match(line)):
            found.append([])
        found[-1].append(line[bullet.end() :].strip() if bullet else line.strip())
    return ["\n".join(lines) for lines in found if any(map(str.strip, lines))]


class CaseFindings:
    """The findings of one form about a case study; ``bearings`` last, when all of its findings are known."""

    def __init__(self, context: Context, parts: FormParts, case: End, source: End) -> None:
        self._context, self._parts, self._case, self._source = context, parts, case, source
        self._key = short_id(source.id)
        self._sure: dict[_Place, str] = {}
        self._made: defaultdict[_Place, list[End]] = defaultdict(list)
        self._quotes: list[tuple[Question, Answer]] = []

    def take_confidence(self, answers: Iterable[tuple[Question, Answer]]) -> None:
        """Note how sure the researchers say that they are, box by box; what is no confidence is reported."""
        for question, answer in answers:
            if answer.given is not None and any(made.confidence for made in question.yields):
                remedy = "Write it beside the findings."
                self._parts.beside_no_passage(answer, "How sure you are is not kept as a passage", remedy)
                term = self._context.values.term("confidence", answer.given)
                if term is not None:
                    self._sure[question.field.id, answer.scope] = term

    def of_answer(self, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        """The findings of an answer; its quotations are kept for ``bearings``."""
        assert answer.given is not None
        for made in question.yields:
            if made.finding is not None:
                for words in paragraphs(answer.given.text):
                    yield from self._finding(made.finding, words, question, answer)
            elif made.quotes:
                self._quotes.append((question, answer))

    def _finding(self, kind: str, words: str, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        assert answer.given is not None
        sure = _SURE.search(words)
        text = _SURE.sub("", words) if sure else words
        address = answer.given.address
        finding = self._parts.end("Finding", [self._key, question.field.id, content_hash(answer.scope, text)])
        properties: dict[str, Value] = {
            "text": text,
            "kind": kind,
            "status": "open",
            "table": self._parts.instrument.instrument,
            "item": question.field.number,
            "scope": answer.scope,
            "confidence": sure[1].lower() if sure else self._sure.get((question.field.id, answer.scope), NOT_STATED),
        }
        yield self._parts.node(finding, properties, address)
        yield self._parts.structure("IN_CASE", finding, self._case, address)
        self._made[question.field.id, answer.scope].append(finding)
        if answer.codes is None:
            for key in self._linked(question):
                yield from self._coded(finding, key, address)
            return
        for key in self._context.codes.read(answer.codes, self._context.report):
            yield from self._coded(finding, key, answer.codes.address)

    def _coded(self, finding: End, key: str, address: Address) -> Iterator[Claim]:
        code, also = self._context.codes.coded(key, address)
        end = End("Code", node_id(self._context.study, self._context.schema.nodes["Code"], [code.key]))
        yield self._context.claim(self._context.schema.claims["CODED_AS"], finding, end, also, address)

    def _linked(self, question: Question) -> list[str]:
        """The codes that the item of a question names, as far as the study's codebook offers them.

        Where it points to a whole sheet, nobody said which of its codes a finding has.
        """
        codebook = self._context.codes.codebook
        own = question.field.links or question.field.whole
        field = question.field if own else question.section.fields[0]
        return [key for key in codebook.linked(field.suggested_codes, ()) if codebook.codes[key].offered]

    def bearings(self) -> Iterator[Node | Claim]:
        """The quotations, each a passage that bears on the findings of its box."""
        for question, answer in self._quotes:
            assert answer.given is not None
            for words in paragraphs(answer.given.text, quotes=True):
                yield from self._quote(words, question, answer)

    def _quote(self, written: str, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        assert answer.given is not None
        address = answer.given.address
        words, speaker, place, source = self._taken_apart(written)
        sources = [source] if source else []
        if not sources and answer.sources is not None:
            sources = self._context.look_up(("DataSource",), answer.sources)
        properties: dict[str, Value | None] = {
            "text": words,
            "mode": "verbatim",
            "scope": answer.scope,
            "speaker": speaker,
            "locator": place or (answer.place.text if answer.place else None),
            "instrument_field": f"{self._parts.instrument.instrument}.{question.name}",
        }
        if len(sources) == 1:
            key = passage_key(short_id(sources[0].id), place, words)
        else:
            key = [self._key, *question.name.split("."), content_hash(answer.scope, words)]
        extract = self._parts.end("Extract", key)
        if not self._context.codes.keeps(extract.id):
            held = {name: value for name, value in properties.items() if value is not None}
            yield from self._parts.extract(key, held, [self._case], address)
            for end in sources or [self._source]:
                yield self._parts.structure("FROM", extract, end, address)
        yield from self._parts.coded(key, answer.codes)
        yield from self._parts.answer_bears_on(key, answer)
        kind = self._context.schema.claims["BEARS_ON"]
        for finding in self._made[question.field.id, answer.scope]:
            yield self._context.claim(kind, extract, finding, {"direction": "supports"}, address)

    def _taken_apart(self, written: str) -> tuple[str, str | None, str | None, End | None]:
        """The words of a quotation, who said them, their place and source: "…" (Sam S., int-SS, p. 3)."""
        found = _FROM.search(written)
        speaker: list[str] = []
        place: list[str] = []
        source: End | None = None
        for part in map(str.strip, found["parts"].partition(";")[0].split(",")) if found else ():
            matches = self._context.names.find(("DataSource",), part) if source is None else []
            if len(matches) == 1:
                source = End(*matches[0])
            else:
                (place if source else speaker).append(part)
        rest = written[: found.start()] if found and source else written
        quoted = _QUOTED.search(rest)
        words = quoted["words"].strip() if quoted else rest.strip()
        if source is None:
            return words, None, None, None
        return words, ", ".join(speaker) or None, ", ".join(place) or None, source
