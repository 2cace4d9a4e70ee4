"""The servers that a person has agreed to use, by study; stored outside study folders, which others may write."""

from __future__ import annotations

import json
from pathlib import Path

import click

from journeys.model.unfinished import write_whole


def agreed_file() -> Path:
    """The file that remembers them, in the person's own settings folder."""
    return Path(click.get_app_dir("evidence-journeys")) / "agreed-servers.json"


def is_agreed(study: str, address: str) -> bool:
    """Whether the person has agreed to use the server at ``address`` for the study with this id."""
    return _normalised(address) in _read().get(study, [])


def agree(study: str, address: str) -> None:
    """Remember that the server at ``address`` may be used for the study with this id. Raises OSError."""
    held = _read()
    held[study] = sorted({*held.get(study, []), _normalised(address)})
    write_whole(agreed_file(), json.dumps(held, indent=1) + "\n")


def _read() -> dict[str, list[str]]:
    try:
        held = json.loads(agreed_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {study: addresses for study, addresses in held.items() if isinstance(addresses, list)}


def _normalised(address: str) -> str:
    return address.rstrip("/").casefold()
