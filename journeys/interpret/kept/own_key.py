"""A person's own key, with which what is kept in a study folder is sealed.

Somebody who is handed a study folder is handed its .journeys too, and might be handed answers there that no form gives.
What was not sealed with the own key is not believed.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from pathlib import Path

import click

from journeys.model.private_files import private_file, private_folder

_BYTES = 32


@cache
def own_key(settings: Path | None = None) -> bytes | None:
    """The key in the person's own settings folder, made when it is first asked for; None where none can be kept."""
    path = (settings or Path(click.get_app_dir("evidence-journeys"))) / "reading.key"
    try:
        private_folder(path.parent)
        held = private_file(path).read_bytes()
        if len(held) != _BYTES:
            path.write_bytes(secrets.token_bytes(_BYTES))
            held = path.read_bytes()
    except OSError:
        return None
    return held if len(held) == _BYTES else None


def sealed(key: bytes, *parts: bytes) -> bytes:
    """The seal of some bytes under a key (BLAKE2b, keyed)."""
    seal = hashlib.blake2b(key=key, digest_size=20)
    for part in parts:
        seal.update(len(part).to_bytes(8, "big"))
        seal.update(part)
    return seal.digest()
