"""A prompt for queries: history in the study's work folder, completion, lines until a semicolon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from journeys.cli.cypher_completion import CypherCompleter
from journeys.cli.cypher_shell import CypherShell, Quit, parts
from journeys.model.private_files import private_file
from journeys.model.problems import JourneysError
from journeys.store.queries.tokens import complete

HISTORY = "cypher_history"
_PROMPT, _MORE = "journeys> ", "........> "


def prompt_session(shell: CypherShell, work: Path, **terminal: Any) -> PromptSession[str]:
    """A prompt that takes a command, or lines until a semicolon ends them; ``terminal`` as PromptSession takes it."""
    completer = CypherCompleter(shell.study.schema, shell.manner)
    return PromptSession(
        _PROMPT,
        multiline=True,
        prompt_continuation=_MORE,
        completer=completer,
        complete_while_typing=False,
        history=FileHistory(str(private_file(work / HISTORY))),
        key_bindings=_keys(),
        **terminal,
    )


def run_prompt(shell: CypherShell, prompt: PromptSession[str]) -> None:
    """Ask and answer until somebody quits."""
    with shell.study.store() as store:
        while True:
            try:
                for part in parts(prompt.prompt()):
                    store.ensure_open()  # another process may have restarted the embedded engine
                    shell.run(part)
            except (Quit, EOFError):
                return
            except KeyboardInterrupt:
                continue
            except JourneysError as error:
                click.echo(str(error), err=True)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        text = buffer.text.strip()
        if buffer.complete_state is not None and buffer.complete_state.current_completion is not None:
            buffer.complete_state = None  # it is taken; the line goes on
        elif not text or text.startswith("\\") or complete(text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys
