"""The command ``journeys``: its options, its commands (loaded when they are used), and how it ends.

Results go to stdout, messages to stderr. Exit codes: 0 fine; 1 problems in what was given; 2 wrong usage; 3 store not
reachable or busy.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import click

from journeys import __version__
from journeys.cli.results import SuggestingGroup
from journeys.cli.session import Session
from journeys.model.own_process import leave_memory, look_seldom_for_memory
from journeys.model.problems import JourneysError

COMMANDS = {
    "new": ("journeys.cli.files", "Make a study folder."),
    "forms": ("journeys.cli.files", "Write blank or pre-filled forms."),
    "check": ("journeys.cli.files", "List problems in the forms and tables, and how to correct them."),
    "load": ("journeys.cli.files", "Update the graph from the forms and tables."),
    "repair": ("journeys.cli.files", "Write a repaired copy of a broken JSON file."),
    "status": ("journeys.cli.store", "Show what the store holds and what changed since the last load."),
    "store": ("journeys.cli.store", "Start, stop or inspect the embedded store."),
    "trace": ("journeys.cli.trace", "The journey of a document or piece of evidence."),
    "show": ("journeys.cli.show", "What is written: a filled-in form, a person, a meeting, a source, a code."),
    "compare": ("journeys.cli.compare", "Where two people's forms, or their codings, differ."),
    "search": ("journeys.cli.search", "Search quotations, answers, notes, passages, names and titles."),
    "network": ("journeys.cli.network", "The actor network of a site, with sources."),
    "storyline": (
        "journeys.cli.storyline",
        "Who met whom over time at a site or in a case study, and who took which side.",
    ),
    "guide": ("journeys.cli.guide", "Guided journeys: stops that the team chose on a journey map, with texts."),
    "atlas": ("journeys.cli.atlas", "Write all pages of the study (journeys and sites), for use offline."),
    "open": ("journeys.cli.atlas", "Write all pages, and open them in the browser."),
    "report": ("journeys.cli.report", "Write a report: Word document, page or workbook."),
    "ask": ("journeys.cli.ask", "Ask a question of the library: by name, by number, or by words."),
    "analyse": ("journeys.cli.analyse", "Measure journeys, networks, citations, patterns and gaps."),
    "merge": ("journeys.cli.merge", "Find people and organisations that are listed twice, and decide."),
    "export": ("journeys.cli.exchange", "Write the study, or a network of it, for other programs."),
    "pseudonymise": ("journeys.cli.pseudonymise", "Write a copy of the study with pseudonyms for real names."),
    "verify": ("journeys.cli.archive", "Verify an archive of a study."),
    "cypher": ("journeys.cli.query", "Query the graph in Cypher (read-only)."),
    "import": ("journeys.cli.imports", "Bring in projects of NVivo, ATLAS.ti, MAXQDA, QualCoder, DNA; council data."),
    "docs": ("journeys.cli.docs", "Read the documentation, offline."),
    "doctor": ("journeys.cli.doctor", "Try what works on this machine, and how to mend the rest."),
}

_FUNCTIONS = {"open": "open_atlas", "import": "import_"}
"""The functions of commands that cannot be called as their command."""


class LazyCommands(SuggestingGroup):
    """A group that imports a command only when it is run, so that ``journeys --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the working day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; None for a name that is no command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, _FUNCTIONS.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table above rather than from modules not needed yet."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--study", type=click.Path(path_type=Path), help="Study folder (default: the nearest one upwards).")
@click.option("--uri", help="Neo4j server, e.g. neo4j://localhost:7687 (else study.yaml, NEO4J_URI, embedded).")
@click.option("--user", help="Neo4j user (else study.yaml, NEO4J_USERNAME). The password: NEO4J_PASSWORD.")
@click.option("--database", help="Neo4j database (else study.yaml, NEO4J_DATABASE).")
@click.option("--quiet", is_flag=True, help="Suppress progress and status messages.")
@click.version_option(__version__, prog_name="journeys")
@click.pass_context
def cli(ctx: click.Context, /, **options: Any) -> None:
    """How evidence travels through organisations: forms in, a graph, and the journey of a document out.

    Nothing leaves this machine unless you name a server.

    Example: journeys new my-study --demo
    """
    ctx.obj = Session(**options)


def run() -> None:
    """Run a command and end the process; errors are shown without a traceback."""
    look_seldom_for_memory()
    # To look for other people's extensions of pydantic takes long, and nothing here is for them.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _open_standard_streams()
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in cp1252 must not stop a page of Greek names; a file or another program gets them whole.
        whole = {} if stream.isatty() or os.environ.get("PYTHONIOENCODING") else {"encoding": "utf-8"}
        with contextlib.suppress(AttributeError, OSError):
            stream.reconfigure(errors="replace", **whole)  # type: ignore[union-attr]
    try:
        code = cli.main([_as_text(word) for word in sys.argv[1:]], standalone_mode=False, prog_name="journeys")
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    except click.Abort:
        code = _said("Stopped.", 130)
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        code = _said(shown.getvalue().rstrip("\n"), error.exit_code)
    except JourneysError as error:
        code = _said(str(error), error.exit_code)
    except KeyboardInterrupt:
        code = _said("Stopped. What was loaded stays; run the command again to go on.", 130)
    except BrokenPipeError:
        # The program that read our output (`head`, a pager) has ended.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        code = _said(_about_the_disk(error), 1)
    except Exception as error:
        code = _said(_unexpected(error), 1)
    leave_memory()
    sys.exit(code if isinstance(code, int) else 0)


def _as_text(word: str) -> str:
    """A word of the command line, read as UTF-8 where the locale does not; the name of a file that is there stays.

    Raises UsageError for bytes that are not text.
    """
    if word.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in word) or os.path.lexists(word):
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        shown = os.fsencode(word).decode("utf-8", errors="backslashreplace")
        raise click.UsageError(f"'{shown}' holds bytes that are not text in UTF-8. Type it again.") from None


def _open_standard_streams() -> None:
    """Connect closed standard streams to the null device: else the next file opened would take the place of one."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _said(message: str, code: int) -> int:
    from journeys.views.text import printable_lines

    click.echo(printable_lines(message), err=True)
    return code


def _about_the_disk(error: OSError) -> str:
    from journeys.study.failures import FULL_DISK, is_about_a_full_disk

    where = f" ({error.filename})" if error.filename else ""
    if is_about_a_full_disk(error):
        return FULL_DISK
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        is_file = bool(error.filename) and os.path.isfile(error.filename)  # noqa: PTH113 - no error, whatever the name
        other = "close it in other programs" if is_file else "copy the study to a folder of your own"
        return f"Your account may not read or write {error.filename or 'a file'}. Ask its owner to let you, or {other}."
    return f"A file could not be read or written{where}: {error.strerror or error}."


def _unexpected(error: Exception) -> str:
    """Write the details to a file for the maintainers, and tell the person in a sentence."""
    import tempfile
    import traceback

    from journeys.study.failures import FULL_DISK, is_about_a_full_disk

    if is_about_a_full_disk(error):
        return FULL_DISK
    details = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"journeys-{datetime.now():%Y%m%d-%H%M%S}-", suffix=".txt", delete=False, encoding="utf-8"
    ) as log:
        log.write(details)
    return (
        f"Something went wrong inside evidence-journeys ({type(error).__name__}: {error}). That is our mistake, not "
        f"yours; your files are unchanged. The details are in {log.name}: please send that file to the people who look "
        "after the program, after reading it: it may hold words from your forms."
    )


if __name__ == "__main__":
    run()
