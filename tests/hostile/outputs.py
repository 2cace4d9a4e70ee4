"""Every command that shows or writes something, in every format it has, as a person would call it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from journeys.analysis.measures.registry import MEASURES
from tests.commands import run_here

_EXPORTS = {
    "csv": "csv", "gexf": "gexf", "graphml": "graphml", "hif": "hif.json", "neo4j-admin": "admin.zip",
    "ocel": "ocel.json", "pajek": "net", "prov": "prov.json", "refi": "qdpx", "crate": "crate.zip",
}  # fmt: skip
"""The formats of ``journeys export``, and the endings of their files."""


def commands(
    document: str, other: str, site: str, case: str, meeting: str, interview: str
) -> Iterator[tuple[str, list[str]]]:
    """A name for each command, and its words; ``{}`` stands for the file to write, with the ending of the name.

    A command without one prints. The parameters are things of the study.
    """
    for what in ("check", "load", "status", "status --forms", "doctor", "merge --list", "guide", "report own.md"):
        yield what, ["report", "reports/own.md", "-o", "-"] if what.startswith("report") else what.split()
    yield "check.json", ["check", "--format", "json"]
    yield "status.json", ["status", "--format", "json"]
    for ending in ("docx", "html", "xlsx", "json"):
        yield f"forms-status.{ending}", ["status", "--forms", "-o", "{}"]
    for name, words, endings in (
        ("trace", ["trace", document], "txt json html svg png"),
        ("show", ["show", document, "--kind", "document"], "txt json html"),
        ("show-meeting", ["show", meeting, "--kind", "meeting"], "txt json html"),
        ("search", ["search", "alert"], "txt csv json xlsx"),
        ("network", ["network", site], "txt csv json html gexf graphml net"),
        ("networks", ["network", site, other], "txt csv json html"),
        ("matrix", ["network", site, "--matrix"], "txt csv json html xlsx"),
        ("storyline", ["storyline", site], "txt json html svg"),
        ("ask-all", ["ask"], "txt json"),
        ("ask", ["ask", "introducers", "--sources"], "txt csv json xlsx"),
        ("ask-own", ["ask", "own"], "txt csv json xlsx"),
        ("measures", ["analyse"], "txt json"),
        ("merge", ["merge", "--list"], "txt csv json xlsx"),
        ("cypher", ["cypher", "MATCH (n {study: $study}) RETURN n.name AS `=1+1`, n"], "txt csv json xlsx"),
        ("journey", ["report", "journey", document], "txt docx html"),
        ("case", ["report", "case", case], "txt docx html"),
        ("site", ["report", "site", site], "txt docx html"),
        ("data-collection", ["report", "data-collection", case], "txt docx html xlsx"),
        ("summary-tables", ["report", "summary-tables"], "txt docx html xlsx"),
        ("codebook", ["report", "codebook"], "txt docx html xlsx"),
        ("follow-ups", ["report", "follow-ups"], "txt docx html xlsx ics"),
        ("quality", ["report", "quality"], "txt docx html xlsx"),
        ("own", ["report", "reports/own.md"], "docx html"),
        ("guide", ["guide", "words"], "txt json html"),
    ):
        for ending in endings.split():
            yield f"{name}.{ending}", [*words, "-o", "{}"]
        if endings.startswith("txt"):
            yield name, words
    for measure in MEASURES.values():
        about: list[str] = []
        for ending in ("csv", "json", "xlsx", "svg", "pdf"):
            yield f"measure-{measure.name}.{ending}", ["analyse", measure.name, *about, "-o", "{}"]
        yield f"measure-{measure.name}", ["analyse", measure.name, *about, "--sources"]
    for what, about in (("document", document), ("meeting", meeting), ("case", case), ("interview", interview)):
        for ending in ("xlsx", "docx", "yaml", "txt"):
            yield f"forms-{what}-{ending}", ["forms", "--for", about, "--format", ending, "-o", "{}"]
    yield "atlas.html", ["atlas", "--single", "-o", "{}"]
    for format_, ending in _EXPORTS.items():
        yield f"export-{format_}.{ending}", ["export", format_, "-o", "{}"]


def completed(study: Path) -> Iterator[tuple[str, str]]:
    """What each shell is offered for the next word of a command, by the shell and the command."""
    for shell in ("bash", "zsh", "fish"):
        for line in ("journeys trace ", "journeys network ", "journeys show ", "journeys ask ", "journeys forms "):
            words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()))}
            ended = run_here([], study, {"_JOURNEYS_COMPLETE": f"{shell}_complete", **words}, "")
            yield f"{shell} {line}", ended.stdout + ended.stderr


def run_all(study: Path, out: Path, asked: Iterator[tuple[str, list[str]]]) -> dict[str, tuple[int, str]]:
    """Run each command in the study; what it printed and its exit code, by its name."""
    said = {}
    for name, words in asked:
        ended = run_here([each.replace("{}", str(out / name)) for each in words], study, {}, "")
        said[name] = (ended.code, ended.stdout + ended.stderr)
    return said
