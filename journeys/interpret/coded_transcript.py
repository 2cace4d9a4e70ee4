"""A transcript coded with comments in Word becomes passages of its interview, and their codes, each with its coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journeys.instruments.comment_codes import CommentCode, codes_in_comment
from journeys.instruments.word.comment_ranges import Piece, Span, shown_places
from journeys.instruments.word.comments import Comment
from journeys.instruments.word.transcript import WordTranscript, read_transcript
from journeys.interpret.code_ties import code_passage, kept_passage, note_coder, passage_of
from journeys.interpret.comment_authors import CommentAuthors
from journeys.interpret.context import Context, End
from journeys.interpret.folder import TranscriptSettings
from journeys.interpret.transcript_lines import Speaker, TurnReader
from journeys.interpret.transcript_source import said_coder, said_source, source_of
from journeys.model.code_keys import Labels
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.records import Claim, Node, Value

TRANSCRIPT = "transcript"
"""The kind of a coded transcript in the report of a check."""
_PLACES_NAMED = 5
_OF_PASSAGES = {"tracked_changes", "hidden_text", "struck_out", "other_kind"}
"""What is said of a transcript beside its comments: what changes the words of passages."""


@dataclass(slots=True)
class CodedTranscript:
    """A transcript that was opened: its comments with codes by id, and what was not read of it, each with how often."""

    transcript: WordTranscript
    codes: dict[str, list[CommentCode]]
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many codings it has."""
        return sum(map(len, self.codes.values()))


def open_transcript(path: Path, labels: Labels, *, name: str, report: Report) -> CodedTranscript | None:
    """A Word document in which comments begin with codes; None for any other, of which nothing is reported.

    Raises UnreadableFile for a document that cannot be read.
    """
    noticed: list[Problem] = []
    transcript = read_transcript(path, name=name, report=noticed.append)
    if transcript is None:
        return None
    codes = {identity: codes_in_comment(each.words, labels) for identity, each in transcript.comments.items()}
    known = any(code.key for found in codes.values() for code in found)
    if not known and not (any(codes.values()) and said_source(transcript)):
        return None
    for problem in noticed:
        if problem.kind in _OF_PASSAGES:
            report(problem)
    return CodedTranscript(transcript, {identity: found for identity, found in codes.items() if found})


def interpret(
    context: Context, opened: CodedTranscript, authors: CommentAuthors, settings: TranscriptSettings
) -> Iterator[Node | Claim]:
    """All nodes and claims of one transcript; whatever cannot be used is reported at its place."""
    source = source_of(context, opened.transcript)
    if source is not None:
        yield from _Interpreter(context, opened, source, authors, settings).everything()


@dataclass(frozen=True, slots=True)
class _Passage:
    """Words of the transcript, and who says them where."""

    text: str
    locator: str
    speaker: Speaker | None
    address: Address
    line: int | None
    """The line that all of it stands in."""


class _Interpreter:
    def __init__(
        self,
        context: Context,
        opened: CodedTranscript,
        source: End,
        authors: CommentAuthors,
        settings: TranscriptSettings,
    ) -> None:
        self._context, self._opened, self._source = context, opened, source
        self._transcript, self._authors, self._settings = opened.transcript, authors, settings
        with_whom = context.ties.leading("WITH_ACTOR", source.id)
        self._with_whom = with_whom
        reader = TurnReader(self._person, with_whom[0] if len(with_whom) == 1 else None)
        self._turns = reader.turns(self._transcript.text.lines)
        self._is_spoken = bool(with_whom) or any(turn.speaker for turn in self._turns)
        self._paragraphs: dict[int, str] = {}
        self._coded: set[tuple[str, str, str]] = set()
        self._coders: set[str] = set()
        self._resolved: list[str] = []
        self._nobody: list[str] = []
        self._strangers: dict[str, Address] = {}

    def everything(self) -> Iterator[Node | Claim]:
        if self._settings.keep == "all":
            yield from self._whole()
        for comment in self._transcript.comments.values():
            codes = self._opened.codes.get(comment.id)
            if codes:
                yield from self._comment(comment, codes)
            else:
                self._without_code(comment)
        self._report_nobody()
        self._report_resolved()
        for name, address in self._strangers.items():
            message = f"{name!r} speaks in coded passages but is not in the People and groups register."
            self._warn("unknown_speaker", address, message, "Add it there as an alias of the person.")

    def _comment(self, comment: Comment, codes: Sequence[CommentCode]) -> Iterator[Node | Claim]:
        text = self._transcript.text
        span = self._span(comment)
        passage = self._passage(span) if span is not None else None
        address = passage.address if passage is not None else self._place(comment)
        if comment.resolved and self._settings.resolved == "leave out":
            self._leave_out("resolved comments")
            return
        if text.is_deleted(comment.id):
            self._leave_out("comments on deleted words")
            message = f"The comment {_shown(comment)} was deleted together with its words, with change tracking on."
            self._warn(
                "deleted_comment", address, f"{message} It was not read.", "Accept or reject the change in Word."
            )
            return
        if passage is None:
            self._report_nowhere(comment, address)
            return
        coder = self._coder(comment, address)
        if comment.resolved:
            self._resolved.append(address.cell or "")
        if coder is not None:
            yield from self._codings(comment, codes, passage, coder)

    def _codings(
        self, comment: Comment, codes: Sequence[CommentCode], passage: _Passage, coder: str
    ) -> Iterator[Node | Claim]:
        context = self._context
        if coder not in self._coders:
            self._coders.add(coder)
            note_coder(context, self._source.id, coder, passage.address)
        extract: End | None = None
        for code in codes:
            if code.message:
                severity = Severity.ERROR if code.key is None else Severity.WARNING
                context.report(Problem("unknown_code", passage.address, code.message, code.remedy, severity))
            if code.key is None:
                continue
            if extract is None:
                extract = self._extract(passage)
                yield from self._kept(passage, extract, "coded_transcript.passages")
            once = (extract.id, context.codes.codebook.current(code.key).key, coder)
            if once in self._coded:
                self._leave_out("codings of the same words with the same code by the same coder")
                continue
            self._coded.add(once)
            given: dict[str, Value] = {"coded_at": comment.date} if comment.date else {}
            if code.note:
                given["remark"] = code.note
            yield from code_passage(context, extract, code.key, [coder], given, passage.address)

    def _span(self, comment: Comment) -> Span | None:
        """The span of a comment; of a reply that has no words of its own, that of what it replies to."""
        text, met = self._transcript.text, {comment.id}
        span = text.span(comment.id)
        while comment.reply_to is not None and comment.reply_to not in met and (span is None or not text.pieces(span)):
            met.add(comment.reply_to)
            replied = self._transcript.comments.get(comment.reply_to)
            if replied is None:
                break
            comment, span = replied, text.span(replied.id) or span
        return span

    def _passage(self, span: Span) -> _Passage | None:
        pieces = [each for piece in self._transcript.text.pieces(span) for each in self._bare(piece)]
        return self._made(pieces) if pieces else None

    def _bare(self, piece: Piece) -> Iterator[Piece]:
        """A piece without the time, number and name before its words; nothing if there is no more to it."""
        turn = self._turns[piece.number]
        start = max(piece.start, turn.begins)
        words = piece.line.words[start : min(piece.start + len(piece.words), turn.ends)]
        start += len(words) - len(words.lstrip())
        if any(map(str.isalnum, words)):
            yield Piece(piece.number, piece.line, start, words.strip(), piece.page)

    def _made(self, pieces: Sequence[Piece]) -> _Passage:
        first, turn = pieces[0], self._turns[pieces[0].number]
        where = shown_places(pieces)
        speakers = {self._turns[each.number].speaker for each in pieces}
        mixed = len(speakers) > 1
        said = [self._with_speaker(each) if mixed else each.words for each in pieces]
        number = f"line {turn.number}" if turn.number else None
        page = f"p. {first.page}" if first.page else None
        return _Passage(
            "\n".join(said),
            ", ".join(filter(None, (turn.time, number, where, page))),
            None if mixed else speakers.pop(),
            Address(self._transcript.file, None, first.line.place),
            first.number if len(pieces) == 1 else None,
        )

    def _with_speaker(self, piece: Piece) -> str:
        speaker, begins = self._turns[piece.number].speaker, self._turns[piece.number].begins
        return f"{speaker.written}: {piece.words}" if speaker and piece.start <= begins else piece.words

    def _extract(self, passage: _Passage) -> End:
        return passage_of(self._context, self._source, passage.locator, passage.text)

    def _kept(self, passage: _Passage, extract: End, kind: str) -> Iterator[Node | Claim]:
        """A passage and its tie to the interview, unless it is kept already."""
        held: dict[str, Value] = {"text": passage.text, "instrument_field": kind, "locator": passage.locator}
        if _in_brackets(passage.text):
            held["mode"] = "interpretive"
        elif self._is_spoken:
            held["mode"] = "verbatim"
            held |= self._spoken(passage)
        whole = self._paragraphs.get(passage.line) if passage.line is not None else None
        if whole is not None and whole != extract.id:
            held["passage"] = whole
        yield from kept_passage(self._context, extract, self._source, held, passage.address)

    def _spoken(self, passage: _Passage) -> Mapping[str, Value]:
        speaker = passage.speaker
        if speaker is None:
            return {}
        if speaker.person is None:
            if speaker.written.isupper():
                self._strangers.setdefault(speaker.written, passage.address)
            return {"speaker": speaker.written}
        return {"speaker": self._context.names.shown(speaker.person), "spoken_by": speaker.person}

    def _whole(self) -> Iterator[Node | Claim]:
        """Every paragraph as a passage, but for those at the head that name the interview and the coder."""
        text = self._transcript.text
        head = {said.number for said in (said_source(self._transcript), said_coder(self._transcript)) if said}
        for number in range(text.in_body):
            if number in head:
                continue
            passage = self._passage(Span((number, 0), (number, len(text.lines[number].words))))
            if passage is not None:
                extract = self._extract(passage)
                self._paragraphs[number] = extract.id
                yield from self._kept(passage, extract, "coded_transcript.paragraphs")

    def _coder(self, comment: Comment, address: Address) -> str | None:
        coder = self._authors.coder(comment.author, comment.initials, address)
        if coder is None and (said := said_coder(self._transcript)):
            coder = self._authors.coder(said.words, said.words, said.address)
        if coder is None:
            self._nobody.append(address.cell or "")
        return coder

    def _person(self, name: str) -> str | None:
        """The one person that a name stands for: of several, the one who was interviewed."""
        found = {identity for _, identity in self._context.names.find(("Actor",), name)}
        here = found & set(self._with_whom)
        return next(iter(here or found)) if len(here or found) == 1 else None

    def _place(self, comment: Comment) -> Address:
        """Where a comment stands in the text; the file alone where nothing of it does."""
        span, lines = self._span(comment), self._transcript.text.lines
        return Address(self._transcript.file, None, lines[span.start[0]].place if span is not None else None)

    def _without_code(self, comment: Comment) -> None:
        if comment.reply_to is not None:
            self._leave_out("replies without a code")
            return
        self._leave_out("comments without a code")
        message = f"The comment {_shown(comment)} does not begin with a code; it was not read."
        remedy = "If it codes the passage, begin it with the key of the code (6.7, say); otherwise leave it as it is."
        self._warn("comment_without_code", self._place(comment), message, remedy)

    def _report_nowhere(self, comment: Comment, address: Address) -> None:
        message = f"The comment {_shown(comment)} is on no words of the text, so it codes nothing."
        if comment.id in self._transcript.in_text_boxes:
            message = f"The comment {_shown(comment)} is on words in a text box, which are not read."
        remedy = "Select the words in Word and put the comment on them; or delete it."
        self._context.report(Problem("comment_without_passage", address, message, remedy))

    def _report_nobody(self) -> None:
        if self._nobody:
            verb = "names" if len(self._nobody) == 1 else "name"
            number = counted(len(self._nobody), "comment")
            message = f"{number} with a code {verb} no author ({_named(self._nobody)}); not read."
            remedy = (
                "Write a line such as `Coder: XY` at the head of the transcript; or give your name in Word (File > "
                "Options > User name) and write the comments again."
            )
            self._context.report(
                Problem("no_coder", Address(self._transcript.file, None, self._nobody[0]), message, remedy)
            )

    def _report_resolved(self) -> None:
        if self._resolved:
            verb = "is" if len(self._resolved) == 1 else "are"
            number = counted(len(self._resolved), "comment")
            message = f"{number} with a code {verb} resolved ({_named(self._resolved)}); read like the others."
            remedy = (
                "Delete a comment to take its code back. If resolved comments should not count, write `resolved: leave "
                "out` under `transcripts` in study.yaml."
            )
            self._warn("resolved_comment", Address(self._transcript.file, None, self._resolved[0]), message, remedy)

    def _leave_out(self, what: str) -> None:
        self._opened.left_out[what] = self._opened.left_out.get(what, 0) + 1

    def _warn(self, kind: str, address: Address, message: str, remedy: str) -> None:
        self._context.report(Problem(kind, address, message, remedy, Severity.WARNING))


def _shown(comment: Comment) -> str:
    words = " ".join(comment.words.split())
    shown = repr(words if len(words) <= 60 else f"{words[:59]}\u2026")
    return f"{shown} ({comment.author})" if comment.author else shown


def _named(places: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(filter(None, places)))
    more = len(distinct) - _PLACES_NAMED
    return "; ".join(distinct[:_PLACES_NAMED]) + (f"; and {more} more places" if more > 0 else "")


def _in_brackets(text: str) -> bool:
    return text[:1] == "[" and text[-1:] == "]" and "[" not in text[1:] and "]" not in text[:-1]
