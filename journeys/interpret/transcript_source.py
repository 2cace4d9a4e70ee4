"""Find the interview of a transcript: by the line "Interview: int-SS" at its head, its title, or its file name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from journeys.instruments.word.transcript import WordTranscript
from journeys.interpret.context import Context, End
from journeys.interpret.names import Names, ambiguous_name, unknown_name
from journeys.model.identity import folded, short_id
from journeys.model.problems import Address, Problem, Severity

_LOOKED_THROUGH = 30
"""Lines at the head of a transcript in which it may say which interview it is, and who coded it."""
_SOURCE = re.compile(
    r"\s*(?:interview|transcript(?: of)?|source|(?:interview|transcript|source) (?:id|no\.?|number|code))\s*"
    r"(?:[:=\u2013-]\s*|\t\s*)(\S.*)",
    re.I,
)
_CODER = re.compile(r"\s*(?:coder|coded by)\s*(?:[:=\u2013-]\s*|\t\s*)(\S.*)", re.I)
_FILLERS = {
    "interview", "transcript", "transcription", "coded", "coding", "notes", "observation", "with", "the", "of", "copy",
    "final", "no", "nr", "number", "int", "source",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a line at the head says, and in which line it stands."""

    words: str
    number: int
    address: Address


def said_source(transcript: WordTranscript) -> Said | None:
    """The line that names the interview, if there is one."""
    return next(_said(transcript, _SOURCE), None)


def said_coder(transcript: WordTranscript) -> Said | None:
    """The line that names the coder, if there is one."""
    return next(_said(transcript, _CODER), None)


def source_of(context: Context, transcript: WordTranscript) -> End | None:
    """The interview of a transcript; None, reported, where it cannot be known."""
    said = said_source(transcript)
    named = _called(context, said.words) if said else set()
    file = sources_within(context.names, PurePosixPath(transcript.file).stem)
    titles = [transcript.title, *_headings(transcript)]
    title = next(filter(None, (sources_within(context.names, each) for each in titles)), set())
    for found, address, what in (
        (named, said.address if said else None, said.words if said else ""),
        (file, None, PurePosixPath(transcript.file).name),
        (title, None, "the title"),
    ):
        if len(found) > 1 and not any(len(each) == 1 and each <= found for each in (named, file, title)):
            matches = [("DataSource", identity) for identity in sorted(found)]
            context.report(ambiguous_name(context.names, matches, what, address or Address(transcript.file)))
            return None
    certain = {next(iter(each)) for each in (named, file, title) if len(each) == 1}
    if len(certain) > 1:
        ids = " and ".join(sorted(map(short_id, certain)))
        message = f"The head of the transcript, its title and its file name do not name the same interview ({ids})."
        address = said.address if said else Address(transcript.file)
        context.report(Problem("other_interview", address, message, "Correct what is wrong, or rename the file."))
        return None
    if certain:
        return End("DataSource", certain.pop())
    _report_unknown(context, transcript, said)
    return None


def _report_unknown(context: Context, transcript: WordTranscript, said: Said | None) -> None:
    # A letter with a comment that begins with a number should not prevent a load.
    among_forms = transcript.file.startswith(("forms/", "transcripts/"))
    severity = Severity.ERROR if among_forms else Severity.WARNING
    if said is not None:
        where = "Write the interview's id from the register of sources, or add it there."
        found = unknown_name(context.names, ("DataSource",), said.words, said.address, where=where)
        context.report(Problem("unknown_interview", found.address, found.message, found.remedy, severity))
        return
    message = "Comments in this document begin with codes, but it does not say which interview it is."
    near = context.names.nearest(("DataSource",), PurePosixPath(transcript.file).stem, 1)
    example = near[0] if near and " " not in near[0] else "int-SS"
    remedy = (
        f"Name the file by the interview's id in the register of sources ({example}.docx), or write it in the first "
        f"line (Interview: {example}). If it is not a transcript, move it out of the study folder."
    )
    context.report(Problem("unknown_interview", Address(transcript.file), message, remedy, severity))


def _said(transcript: WordTranscript, pattern: re.Pattern[str]) -> Iterator[Said]:
    for number, line in enumerate(transcript.text.lines[: min(_LOOKED_THROUGH, transcript.text.in_body)]):
        for words in [*line.words.split("\n"), *(f"{line.words.strip(' :')}: {cell}" for cell in line.beside[:1])]:
            if match := pattern.fullmatch(words.strip()):
                yield Said(match[1].strip(), number, Address(transcript.file, None, line.place))


def _headings(transcript: WordTranscript) -> Iterator[str]:
    """The first line, and the headings near it."""
    head = [line for line in transcript.text.lines[:_LOOKED_THROUGH] if line.words.strip()]
    yield from (line.words for place, line in enumerate(head) if place == 0 or line.is_heading)


def _called(context: Context, words: str) -> set[str]:
    """The sources that words stand for: as a name, as the only interview with a person, or as an id among them."""
    found = {identity for _, identity in context.names.find(("DataSource",), words)}
    if found:
        return found
    people = {identity for _, identity in context.names.find(("Actor",), words)}
    return sources_within(context.names, words) or {
        each for who in people for each in context.ties.coming("WITH_ACTOR", who)
    }


def sources_within(names: Names, words: str) -> set[str]:
    """The sources of which a name or id stands in a text, as whole words; of names inside each other the longest."""
    text = f" {_spaced(words)} "
    bare = " ".join(word for word in text.split() if word not in _FILLERS)
    met: dict[str, str] = {}
    for name in names.written("DataSource"):
        wanted = _spaced(name)
        telling = len(wanted) > 2 and not wanted.isdecimal()
        if wanted and wanted not in _FILLERS and (f" {wanted} " in text if telling else wanted == bare):
            met[wanted] = name
    longest = [each for each in met if not any(each != other and f" {each} " in f" {other} " for other in met)]
    return {identity for each in longest for _, identity in names.find(("DataSource",), met[each])}


def _spaced(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(words)))
