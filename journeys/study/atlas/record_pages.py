"""The pages of an atlas about sources, people, meetings and codes: their list, links to them, and the search index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from journeys.analysis.claims.claim import Entity
from journeys.analysis.claims.dates import span
from journeys.analysis.claims.withheld import NOT_SHOWN
from journeys.analysis.reading.entries import by_date, names_fact
from journeys.analysis.reading.hits import searched_texts
from journeys.analysis.reading.record import LABEL_LOST, Entry, Record
from journeys.analysis.reading.summary_rows import TABLE, is_borne_on, is_row, table_records
from journeys.analysis.reading.whole import WholeStudy
from journeys.instruments.columns import ROWS_OF_TABLES
from journeys.model.code_keys import key_order
from journeys.model.file_names import file_stem
from journeys.model.identity import folded, short_id
from journeys.model.problems import Address
from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.model.search_text import search_words
from journeys.study.atlas.folder import AtlasFolder
from journeys.views.pages.frame import PageFrame, cell_anchor
from journeys.views.pages.listing import ListedPage, listing_page
from journeys.views.pages.record import record_page, title_of
from journeys.views.pages.search_index import BETWEEN_TEXTS, NOT, WORDS, Searchable
from journeys.views.reading import place_words
from journeys.views.wording import date_words

FOLDERS: Mapping[str, tuple[str, str]] = {
    "DataSource": ("sources", "Sources"),
    "Meeting": ("meetings", "Meetings"),
    "Document": ("documents", "Documents of which no form was loaded"),
    "Code": ("codes", "Codes"),
    "Actor": ("people", "People and groups of people"),
    "Evidence": ("evidence", "Evidence"),
    "Arena": ("groups", "Boards, teams and groups"),
    "Organisation": ("organisations", "Organisations"),
    "CaseStudy": ("cases", "Case studies"),
    "Action": ("actions", "Actions"),
    "Driver": ("drivers", "Drivers"),
    "Factor": ("factors", "Supports and barriers"),
    "Understanding": ("understandings", "Understandings"),
    "CycleElement": ("commissioning", "Elements of the commissioning cycle"),
    "ResearchQuestion": ("questions", "Research questions"),
    "Finding": ("findings", "Findings, gaps and points to follow up"),
    TABLE: ("tables", "Summary tables"),
    "Extract": ("passages", "Passages that are about nothing with a page"),
}
"""By label, the folder of its pages and the title of their list, in the order in which a cell's first page is sought.

A document stands on the page of the source that it is; a row of the summary tables on which nothing bears stands on the
page of its table.
"""


_WORDS_OF_PEOPLE = ("answer", "passage")
_SAID_IN_LISTS = (
    "Kind", "Polarity", "Domain", "Topic", "Group", "Evidence type", "Level", "Commissioning area", "Status", "Is at",
    "Belongs to",
)  # fmt: skip
"""The facts by which things of one list are told apart."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page of the atlas: the record that it shows and its place as seen from the first page.

    ``source`` is the source that a document is, and what is recorded of it.
    """

    folder: str
    href: str
    record: Record
    source: tuple[Entity, Mapping[str, object]] | None = None

    @property
    def title(self) -> str:
        """Its heading."""
        return title_of(self.record)


@dataclass(frozen=True, slots=True)
class RecordPages:
    """All pages of records of a study, and what leads to them: ``things`` and ``cells`` as in ``Targets``."""

    pages: Sequence[RecordPage]
    things: Mapping[str, str]
    cells: Mapping[Address, str]
    schema: Schema
    researchers: Mapping[str, str]
    """Those of the team, who have no page: the first page about what they worked on."""
    rows: Mapping[str, tuple[Entity, Mapping[str, object]]]
    """The rows of summary tables that stand only on the page of their table, and what is recorded of them."""

    @classmethod
    def of(cls, whole: WholeStudy, titles: Mapping[str, str]) -> RecordPages:
        """Of a study that was read; ``titles`` are those of its summary tables."""
        pages: list[RecordPage] = []
        things: dict[str, str] = {}
        entries: set[str | None] = set()
        homes: dict[str, Entity] = {}
        table_rows: dict[str, tuple[Entity, Mapping[str, object]]] = {}
        for label, (folder, _) in FOLDERS.items():
            taken = {"index"}
            for thing in whole.things(label):
                if thing.id in things or (label == "Extract" and thing.id in entries):
                    continue
                if label in ROWS_OF_TABLES and is_row(whole.properties(thing)) and not is_borne_on(whole, thing):
                    table_rows[thing.id] = (thing, whole.properties(thing))
                    continue
                shown, record = _shown(whole, thing)
                if label == "DataSource":
                    homes |= {each.form: thing for each in record.sections if each.form and each.form not in homes}
                elif label != "Meeting":
                    record = _without_forms(record, homes)
                stem = file_stem(short_id(thing.id).lower(), ascii_only=True, taken=taken)
                href = f"{folder}/{stem}.html"
                things |= dict.fromkeys(shown, href)
                source = (thing, whole.properties(thing)) if thing.id != record.subject.id else None
                pages.append(RecordPage(folder, href, record, source))
                entries |= {entry.id for entry in record.walk()}
            if label == TABLE:
                for record, rows in table_records(whole, titles):
                    href = f"{folder}/{file_stem(str(record.properties['table']), ascii_only=True, taken=taken)}.html"
                    things = {**dict.fromkeys([record.subject.id, *rows], href), **things}
                    pages.append(RecordPage(folder, href, record))
        return cls(pages, things, _cells(pages), whole.schema, _researchers(whole, things), table_rows)

    def lists(self) -> Iterator[tuple[str, str, Sequence[RecordPage]]]:
        """The folders that have pages, each with the title of its list."""
        for folder, title in FOLDERS.values():
            if mine := [page for page in self.pages if page.folder == folder]:
                yield folder, title, mine

    def has_list(self, folder: str) -> bool:
        """Whether a folder has pages, and so a list of them."""
        return any(page.folder == folder for page in self.pages)

    def write(self, out: AtlasFolder, frame: PageFrame, journeys: Mapping[str, str], progress: Progress) -> None:
        """Write all pages and the lists of them; ``journeys`` are the pages of journeys, by the id of their subject.

        ``frame`` is as seen from a page in a folder. Raises OSError.
        """
        progress.stage("Writing pages to read", len(self.pages))
        for name, title, mine in self.lists():
            list_of = {"href": "index.html", "words": title}
            for page in mine:
                around = frame.below(list_of).with_links(*self._also(page, journeys, frame.targets.up))
                out.page(page.href, record_page, page.record, frame=around)
                progress.advance()
            listed = [self._listed(page) for page in self._ordered(mine)]
            out.page(f"{name}/index.html", listing_page, title, listed, frame=frame)

    @property
    def found_as_things(self) -> frozenset[str]:
        """The pages that ``searchable`` finds by the name of what they are about."""
        return frozenset(page.href for page in self.pages if page.record.subject.label != "Extract")

    def searchable(self) -> Iterator[Searchable]:
        """Return everything that the search box can find, each once, at the place where it was written if that has a
        page."""
        titles = {page.href: page.title for page in self.pages}
        seen: set[str] = set()
        itself = {page.record.subject.id for page in self.pages if page.record.subject.label != "Extract"}
        every = (entry for page in self.pages for entry in page.record.walk() if entry.kind in _WORDS_OF_PEOPLE)
        wholes = {part.id: entry.id or "" for entry in every for part in entry.entries if _is_part(part, entry)}
        for name, href in self.researchers.items():
            yield Searchable("Researcher", href, titles[href], "", name, "")
        for page in self.pages:
            record = page.record
            if record.subject.id in itself:
                yield self._itself(page)
            if page.source:
                yield self._source(page, *page.source)
            for entry, question in _with_questions(record):
                # what is recorded of a source or finding is found as its page
                known = not entry.id or entry.id in seen or entry.id in itself
                if known or entry.kind not in (*_WORDS_OF_PEOPLE, "claim"):
                    continue
                seen.add(entry.id or "")
                place, _, anchor = self.cells.get(entry.address, page.href).partition("#")
                made = self._entry(entry, question, place, titles.get(place, page.title), anchor)
                yield replace(made, id=entry.id or "", whole=wholes.get(entry.id or "", ""))

    def _itself(self, page: RecordPage) -> Searchable:
        """The search entry of a thing: its name, and what a person wrote of it."""
        record = page.record
        words, also = self._recorded(record.subject.label, record.properties, page.title)
        return Searchable(_kind(record), page.href, page.title, "", page.title, words, id=record.subject.id, also=also)

    def _source(self, page: RecordPage, source: Entity, held: Mapping[str, object]) -> Searchable:
        """The search entry of the source that a document is; not listed beside the document if it has the same key."""
        document = page.record.subject.id
        twin = document if short_id(document) == short_id(source.id) else ""
        words, also = self._recorded(source.label, held, source.name)
        return Searchable("Source", page.href, page.title, "", source.name, words, weight=WORDS, whole=twin, also=also)

    def _recorded(self, label: str, held: Mapping[str, object], known: str) -> tuple[str, str]:
        """The searched texts of what is recorded of a thing; none of a summary table, which is not in the graph."""
        definitions = self.schema.properties_of_node(label) if label in self.schema.nodes else {}
        texts = searched_texts(held, definitions)
        text = str(texts.pop("text", ""))
        more, also = _apart(texts.values(), known, text)
        shown = text if search_words([text]) not in search_words([known]) else ""
        return BETWEEN_TEXTS.join(filter(None, (shown, more))), also

    def _entry(self, entry: Entry, question: str, place: str, title: str, anchor: str) -> Searchable:
        """The search entry of an answer, passage or claim. What a claim says in the words of the schema is shown and
        not searched, as by `journeys search`: else a name would find every claim about it."""
        source = ", ".join(filter(None, ("; ".join(each.name for each in entry.sources), place_words(entry.place))))
        claim = entry.claim
        if claim:
            held = searched_texts(claim.properties, self.schema.properties_of_claim(claim.kind.name))
            quote = f"\u201c{held.pop('quote')}\u201d" if "quote" in held else ""
            more, also = _apart(held.values(), quote)
            words = BETWEEN_TEXTS.join(filter(None, (quote, more)))
            return Searchable("Claim", place, title, anchor, entry.heading, words, source, NOT, also=also)
        if entry.id and entry.id in self.rows:
            row, recorded = self.rows[entry.id]
            words, also = self._recorded(row.label, recorded, "")
            return Searchable("Finding", place, title, anchor, question, words, source, NOT, also=also)
        kind = "Answer" if entry.kind == "answer" else (entry.heading.capitalize() or "Passage")
        also = entry.place or ""
        heading, weight = (entry.speaker, WORDS) if entry.speaker else (question, NOT)
        return Searchable(kind, place, title, anchor, heading, entry.text, source, weight, also=also)

    @staticmethod
    def _also(page: RecordPage, journeys: Mapping[str, str], up: str) -> Iterator[Mapping[str, str]]:
        if journey := journeys.get(page.record.subject.id):
            yield {"href": up + journey, "words": "Journey of this " + page.record.kind.lower()}

    def _ordered(self, pages: Iterable[RecordPage]) -> list[RecordPage]:
        """Meetings by date, codes by key, all else by name."""

        def place(page: RecordPage) -> tuple[object, ...]:
            subject = page.record.subject
            if subject.label == "Code":
                return key_order(str(page.record.properties.get("code") or short_id(subject.id)))
            name = folded(page.title)
            return (by_date(span(page.record.properties)), name) if subject.label == "Meeting" else (name,)

        return sorted(pages, key=place)

    def _listed(self, page: RecordPage) -> ListedPage:
        record = page.record
        held = record.properties
        kind = record.kind.removeprefix("Source: ")
        dated = date_words(span(held)) if "date_text" in held or "date_from" in held else ""
        facts = {each.heading: each.text for each in record.facts}
        told_apart = [] if record.subject.label == "Code" else [facts.get(each, "") for each in _SAID_IN_LISTS]
        words = [str(held.get("designation") or ""), dated, _first_words(held), *told_apart]
        entries = sum(1 for each in record.walk() if each.kind in ("answer", "passage", "claim"))
        group = _sheet(held) if record.subject.label == "Code" else kind
        name = page.href.rpartition("/")[2]
        return ListedPage(name, page.title, " · ".join(filter(None, words)), entries, group[:1].upper() + group[1:])


def _shown(whole: WholeStudy, thing: Entity) -> tuple[list[str], Record]:
    """The ids that a page is about, and its record: a source that is a document is shown as that document."""
    if thing.label == "DataSource":
        documents = [tie.end for tie in whole.touching(thing) if tie.kind.name == "OF_DOCUMENT"]
        if len(documents) == 1:
            return [thing.id, documents[0].id], whole.record(documents[0])
    return [thing.id], whole.record(thing)


def _is_part(part: Entry, whole: Entry) -> bool:
    """Whether an entry below another is a part of its words, and not something that bears on it."""
    return bool(whole.id) and bool(part.text) and part.text in whole.text


def _researchers(whole: WholeStudy, things: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for researcher in whole.things("Researcher"):
        pages = [things[tie.end.id] for tie in whole.touching(researcher) if tie.end.id in things]
        if pages:
            found[researcher.name] = pages[0]
    return found


def _without_forms(record: Record, homes: Mapping[str, Entity]) -> Record:
    """A record with links to the forms about it that have pages, in place of what stands on those; ``homes`` are the
    sources on whose pages forms are, by file."""
    sections = tuple(each for each in record.sections if each.form not in homes)
    if len(sections) == len(record.sections):
        return record
    forms = names_fact(
        "Forms filled in about it", [homes[e.form] for e in record.sections if e.form and e.form in homes]
    )
    return replace(record, facts=(*record.facts, *forms), sections=sections)


def _cells(pages: Sequence[RecordPage]) -> dict[Address, str]:
    """The first place where each cell is shown: the form that it is in, else whichever page comes first."""
    cells: dict[Address, str] = {}
    for in_forms in (True, False):
        for page in pages:
            for section in page.record.sections:
                for entry in section.walk() if not in_forms or section.form else ():
                    address = entry.address
                    known = address in cells or address.file in (None, "", NOT_SHOWN)
                    if not known and (not in_forms or address.file == section.form):
                        cells[address] = f"{page.href}#{cell_anchor(address)}"
    for page in pages:
        for address in (page.record.address, *(fact.address for fact in page.record.facts)):
            if address.file not in (None, "", NOT_SHOWN):
                cells.setdefault(address, f"{page.href}#{cell_anchor(address)}")
    return cells


def _apart(values: Iterable[object], *known: str) -> tuple[str, str]:
    """Texts that are searched, the longest first, without those that others, or what is known, hold: first those to be
    shown, then those of one word, such as terms and initials."""
    texts = ["; ".join(map(str, value)) if isinstance(value, list) else str(value) for value in values]
    shown, also = list[str](), list[str]()
    held = search_words(known)
    for text in sorted(texts, key=len, reverse=True):
        if (words := search_words([text])) and words not in held:
            (shown if len(text.split()) > 1 else also).append(text)
            held += words
    return BETWEEN_TEXTS.join(shown), BETWEEN_TEXTS.join(also)


def _kind(record: Record) -> str:
    return record.kind.removeprefix("Source: ").capitalize()


def _with_questions(record: Record) -> Iterator[tuple[Entry, str]]:
    """The entries of a record, each with the question or heading that it stands under."""

    def below(entries: Iterable[Entry], over: str) -> Iterator[tuple[Entry, str]]:
        for entry in entries:
            yield entry, over
            yield from below(entry.entries, entry.heading if entry.kind == "question" else over)

    for section in record.sections:
        yield from below(section.entries, section.title)


def _sheet(held: Mapping[str, object]) -> str:
    """The sheet of the codebook that a code stands on."""
    number, title = held.get("codebook_sheet"), held.get("sheet_title") or LABEL_LOST
    return f"Sheet {number}: {title}" if number else "Other codes"


def _first_words(held: Mapping[str, object]) -> str:
    return str(held.get("definition") or held.get("description") or "")
