"""What a case study has of sources and documents, as its files list them, before anything is loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from journeys.instruments.subjects import FORM_KIND
from journeys.interpret.collected import same_words
from journeys.interpret.context import Context
from journeys.model.dates import DateSpan
from journeys.model.identity import short_id
from journeys.model.problems import Address
from journeys.model.records import Node, Value
from journeys.staging.database import Staging
from journeys.staging.so_far import Tie, coded_passages, described, tied

KIND_OF: Mapping[str, str] = {
    "interviews": "interview",
    "documents": "document",
    "observations": "observation",
    "group_discussions": "group_discussion",
    "other": "other",
}
"""The kind of source that each table of a data collection summary lists."""
NOT_IN_HAND = ("mentioned_only", "not_available")
"""The states of a copy in which a document cannot have been reviewed."""
_TIES = ("IN_CASE", "OF_MEETING", "OF_DOCUMENT", "WITH_ACTOR", "AUTHORED")
LISTED_BY = frozenset({"Actor", "Meeting", "DataSource", "Document", *_TIES, "FROM", "ABOUT", "CODED_AS"})
"""The nodes and ties that a list is made from."""


@dataclass(slots=True)
class Item:
    """A source or document: what is said of it and where, the weightiest first.

    ``roles`` are the designations of who was interviewed, or the authors of a document; ``passages`` how many there
    are, and how many are coded; ``summarised``: a form about the document was filled in.
    """

    label: str
    id: str
    kind: str
    address: Address
    cases: frozenset[str]
    held: dict[str, tuple[Value, Address]] = field(default_factory=dict)
    span: DateSpan | None = None
    roles: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    passages: tuple[int, int] = (0, 0)
    summarised: bool = False

    @property
    def short(self) -> str:
        """What it is called by in a sentence: its number or id."""
        return self.said("doc_number") or short_id(self.id)

    @property
    def title(self) -> str:
        """Its title or description."""
        return self.said("title") or self.said("description") or ""

    @property
    def shown(self) -> str:
        """Its number or id with its title: "D07 (Needs assessment)"."""
        return f"{self.short} ({self.title})" if self.title else self.short

    @property
    def names(self) -> list[str]:
        """The words by which a row may mean it."""
        return [
            name for name in (self.title, *(self.roles if self.label == "DataSource" else ()), *self.people) if name
        ]

    def is_called(self, words: str) -> bool:
        """Whether words may stand for it."""
        return any(same_words(words, name) for name in self.names)

    def said(self, name: str) -> str | None:
        """What is said of a property; None for nothing."""
        return str(self.held[name][0]) if name in self.held else None

    def where(self, name: str) -> Address:
        """Where a property is written, else where the item is."""
        return self.held[name][1] if name in self.held else self.address


class ListedItems:
    """The sources and documents of a study, each with the case studies that it belongs to."""

    def __init__(self, items: Mapping[str, Item], stand_for: Mapping[str, str]) -> None:
        self._items, self._stand_for = items, stand_for

    @classmethod
    def read(cls, context: Context, staging: Staging) -> ListedItems:
        """The items as they were read so far."""
        return _Reader(context, staging).items()

    def of(self, identity: str) -> Item | None:
        """The item of an id; a meeting stands for its observation, a document's source for the document."""
        return self._items.get(self._stand_for.get(identity, identity))

    def of_table(self, table: str, case: str) -> list[Item]:
        """The items of a case study that a table lists, by number or id."""
        found = (item for item in self._items.values() if case in item.cases and item.kind == KIND_OF[table])
        reviewed = (
            item
            for item in found
            if item.label != "Document" or item.summarised or item.said("archive_status") not in NOT_IN_HAND
        )
        return sorted(reviewed, key=lambda item: item.short)


class _Reader:
    def __init__(self, context: Context, staging: Staging) -> None:
        self._context, self._staging = context, staging
        self._ties: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
        self._coming: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in tied(staging, *_TIES):
            self._ties[tie.type, tie.start].append(tie)
            self._coming[tie.type, tie.end].append(tie)
        self._roles: dict[str, str] = {}

    def items(self) -> ListedItems:
        for person in described(self._staging, "Actor"):
            if designation := person.properties.get("designation"):
                self._roles.setdefault(person.id, str(designation))
        spans = dict(self._spans("Meeting"))
        found: dict[str, Item] = {}
        stand_for: dict[str, str] = {}
        for node in described(self._staging, "DataSource", "Document"):
            item = found.get(node.id)
            if item is None:
                item = found[node.id] = Item(node.label, node.id, "", node.address, self._cases_of(node.id))
            self._take(item, node)
        from_source, about = coded_passages(self._staging, "FROM"), coded_passages(self._staging, "ABOUT")
        for item in [*found.values()]:
            self._finish(item, spans)
            item.passages = from_source.get(item.id, (0, 0))
            if item.label == "Document":
                sources = [tie.start for tie in self._coming["OF_DOCUMENT", item.id]]
                told = [from_source.get(each, (0, 0)) for each in sources] + [about.get(item.id, (0, 0))]
                item.passages = (sum(each[0] for each in told), sum(each[1] for each in told))
                stand_for |= dict.fromkeys(sources, item.id)
            for tie in self._ties["OF_MEETING", item.id]:
                stand_for.setdefault(tie.end, item.id)
        listed = {key: item for key, item in found.items() if item.kind != FORM_KIND and key not in stand_for}
        return ListedItems(listed, stand_for)

    def _take(self, item: Item, node: Node) -> None:
        for name, value in node.properties.items():
            place = node.places.get(name.removesuffix("_text") if name.endswith("_text") else name, node.address)
            item.held.setdefault(name, (value, place))
            if name == "date_text":
                item.held.setdefault("date", (value, place))
        if item.span is None:
            item.span = _span(node)

    def _finish(self, item: Item, spans: Mapping[str, DateSpan]) -> None:
        kind = "document" if item.label == "Document" else item.said("kind")
        item.kind = kind if kind in (*KIND_OF.values(), FORM_KIND) else "other"
        for tie in self._ties["OF_MEETING", item.id]:
            item.span = item.span or spans.get(tie.end)
        names = self._context.names
        if item.label == "Document":
            authors = dict.fromkeys(tie.start for tie in self._coming["AUTHORED", item.id])
            item.roles = [names.shown(each) for each in authors]
            item.summarised = any(document == item.id for document, _ in self._context.extractions)
            return
        people = dict.fromkeys(tie.end for tie in self._ties["WITH_ACTOR", item.id])
        item.roles = list(dict.fromkeys(self._roles[each] for each in people if each in self._roles))
        item.people = [names.shown(each) for each in people]

    def _cases_of(self, identity: str) -> frozenset[str]:
        own = self._ties["IN_CASE", identity]
        through = [*self._ties["OF_MEETING", identity], *self._ties["OF_DOCUMENT", identity]]
        ties = own or [tie for each in through for tie in self._ties["IN_CASE", each.end]]
        return frozenset(tie.end for tie in ties)

    def _spans(self, label: str) -> Iterator[tuple[str, DateSpan]]:
        for node in described(self._staging, label):
            if (span := _span(node)) is not None:
                yield node.id, span


def _span(node: Node) -> DateSpan | None:
    """The date of a node as it was stored; None where it has no bounds."""
    start, end = (_day(node.properties.get(name)) for name in ("date_from", "date_to"))
    if start is None and end is None:
        return None
    text = node.properties.get("date_text")
    return DateSpan(str(text) if text else None, start, end, str(node.properties.get("date_precision") or "between"))


def _day(value: Value | None) -> date | None:
    return date.fromisoformat(str(value)) if value else None
