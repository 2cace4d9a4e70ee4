"""Invented studies at the edges: words to harm a page wherever words are taken, and almost nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from journeys.model.schema import Schema, load_schema
from tests.hostile.words import MIXED

EXTREME = (*MIXED[:4], "x" * 10_000, *MIXED[4:], "👩‍🚒🏳️‍🌈🧪 émoji", "Unbrokenwordwithoutanyspace" * 20)
"""Words to harm a page, and words that have no place to break a line."""

_NOT_WRITTEN = {"Researcher"}
_PROGRAMS_OWN = {"source", "source_kind", "source_title", "aspect_key", "at_meeting", "meeting_title", "derived_from"}
_FEW = """\
map: 1
source: minutes
nodes:
  minutes: {kind: DataSource, id: "minutes {source}", each: source, set: {kind: document}}
  place: {kind: Site, id: crowd, set: {pseudonym: Crowdham}}
  who: {kind: Actor, id: "{who}", each: who, set: {pseudonym: "{value}", kind: person}}
  paper: {kind: Document, id: "{paper}", each: paper, set: {doc_number: "{value}", title: "Paper {value}"}}
  at: {kind: Meeting, id: "{at}", each: at, set: {title: "Meeting {value}", date: "{day?}"}}
claims:
  - {type: AT_SITE, from: who, to: place}
  - {type: ATTENDED, from: who, to: at, where: {did: attended}}
  - {type: SUPPORTED, from: who, to: paper, at_meeting: at, where: {did: supported},
     set: &said {aspect: "{aspect}", quote: "{words}"}}
  - {type: CONTESTED, from: who, to: paper, at_meeting: at, where: {did: contested}, set: *said}
"""


def hostile_study(folder: Path, texts: Sequence[str] = EXTREME, journey: str = "number 0") -> Path:
    """Each text of each kind of node and claim, of the settings and of a guide is one of ``texts``."""
    schema = load_schema()
    cite = {"authors": [{"name": texts[-1][:200]}], "licence": texts[0][:200]}
    title, intro, about, note = (texts[n % len(texts)] for n in (0, 1, 4, 5))
    _write(folder / "study.yaml", _text({"id": "s", "title": title, "note": note, "about": about, "cite": cite}))
    _write(folder / "registers.yaml", "registers: 1\n")
    nodes = {label: _node(schema, label) for label in schema.nodes if label not in _NOT_WRITTEN}
    made = {"map": 1, "source": "DataSource", "nodes": nodes, "claims": list(_claims(schema, nodes))}
    _write(folder / "tables" / "words.map.yaml", _text(made))
    _table(folder / "tables" / "words.csv", (_row(schema, n, words) for n, words in enumerate(texts)))
    stops = [{"title": words[:300], "text": words[:5_000]} for words in texts]
    _write(
        folder / "guides" / "words.yaml",
        _text({"guide": 1, "title": title, "journey": journey, "intro": intro, "stops": stops}),
    )
    return folder


def small_study(folder: Path) -> Path:
    """One document, one meeting, one person, and no dates at all."""
    _write(folder / "study.yaml", _text({"id": "s", "title": "Almost nothing (invented)"}))
    _write(folder / "registers.yaml", "registers: 1\n")
    _write(folder / "tables" / "few.map.yaml", _FEW)
    _table(folder / "tables" / "few.csv", [_did("1", "supported", "1", "1", "", "the costs", "We need this.")])
    return folder


def _did(who: str, did: str, paper: str, at: str, day: str, aspect: str, words: str) -> dict[str, str]:
    return {
        "source": at,
        "who": f"Person {who}",
        "did": did,
        "paper": f"P{paper}",
        "at": at,
        "day": day,
        "aspect": aspect,
        "words": words,
    }


def _node(schema: Schema, label: str) -> dict[str, Any]:
    """A node of a row, with words in each of its texts."""
    return {"kind": label, "id": "number {n}", "set": dict(_set(schema.nodes[label].properties))}


def _claims(schema: Schema, nodes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A claim of each kind between the nodes of a row that it may join."""
    for name, kind in schema.claims.items():
        ends = [
            (one, other)
            for one in (nodes if "any" in kind.from_labels else kind.from_labels)
            for other in (nodes if "any" in kind.to_labels else kind.to_labels)
            if one != other and one in nodes and other in nodes
        ]
        texts = {**kind.properties, **(schema.claim_properties if kind.asserted else {})}
        for one, other in ends[:1]:
            yield {"type": name, "from": one, "to": other, "set": dict(_set(texts))}


def _set(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, each in properties.items():
        if name in _PROGRAMS_OWN or each.type.value not in ("text", "list"):
            continue
        yield name, f"{{{each.vocabulary}}}" if each.vocabulary and not each.open else "{words}"


def _row(schema: Schema, number: int, words: str) -> dict[str, Any]:
    terms = {name: [*each.terms][number % len(each.terms)] for name, each in schema.vocabularies.items() if each.terms}
    return {**terms, "n": number, "words": words}


def _table(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    held = list(rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(held[0]))
        writer.writeheader()
        writer.writerows(held)


def _text(held: Any) -> str:
    """JSON that YAML reads: letters of all scripts as they are, but for what YAML takes for no letter."""
    text = json.dumps(held, ensure_ascii=False)
    return "".join(each if each.isprintable() or each > "\uffff" else f"\\u{ord(each):04x}" for each in text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
