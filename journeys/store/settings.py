"""Which store a study uses: what the call says, else study.yaml, else the environment, else the embedded engine.

A study folder may come from a stranger, so a server that only its study.yaml names is used after the person has agreed
to it, and the password goes to no address but the one it was set for.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from journeys.model.problems import UsageProblem
from journeys.store.agreed_servers import is_agreed

_VARIABLES = {"uri": "NEO4J_URI", "user": "NEO4J_USERNAME", "database": "NEO4J_DATABASE"}
PASSWORD_VARIABLE = "NEO4J_PASSWORD"
UNENCRYPTED_VARIABLE = "JOURNEYS_ALLOW_UNENCRYPTED"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_UNENCRYPTED = ("neo4j", "bolt")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the store is. ``uri`` is None for the embedded engine; the password is never shown.

    ``refused`` says why the server must not be used as things stand; it is empty when it may be.
    """

    uri: str | None = None
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    refused: str = ""

    @property
    def are_embedded(self) -> bool:
        """Whether the store is the embedded engine of the study's folder."""
        return self.uri is None and not self.refused


def resolve(
    configured: Mapping[str, str],
    *,
    study: str = "",
    uri: str | None = None,
    user: str | None = None,
    database: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> StoreSettings:
    """The settings that hold: arguments before ``configured`` (study.yaml's ``store``) before the environment.

    ``study`` is the study's id, for which servers are agreed to. Raises UsageProblem for a password in study.yaml, for
    an entry that is not known, and for a malformed address. A server that must not be used yet is no error here, so
    that forms can be checked without it: see ``StoreSettings.refused``.
    """
    if "password" in configured:
        raise UsageProblem(
            "study.yaml, store: a password does not belong in this file, which is shared. "
            f"Delete it there and set the environment variable {PASSWORD_VARIABLE}."
        )
    unknown = sorted(set(configured) - set(_VARIABLES))
    if unknown:
        raise UsageProblem(
            f"study.yaml, store: {unknown[0]!r} is not recognised; write one of {', '.join(_VARIABLES)}."
        )
    given = {"uri": uri, "user": user, "database": database}
    found = {name: given[name] or configured.get(name) or environ.get(_VARIABLES[name]) or None for name in _VARIABLES}
    address = found["uri"]
    if address is None:
        return StoreSettings()
    check_address(address)
    refused = _refusal(study, address, own=environ.get(_VARIABLES["uri"]), only_in_folder=uri is None, environ=environ)
    password = None if refused else environ.get(PASSWORD_VARIABLE)
    return StoreSettings(address, found["user"] or "neo4j", password, found["database"], refused)


def check_address(uri: str) -> None:
    """Raise UsageProblem when ``uri`` is not the address of a Neo4j server, or holds a name or password."""
    scheme, separator, rest = uri.partition("://")
    if not separator or scheme not in SCHEMES or not rest:
        raise UsageProblem(
            f"{_without_credentials(uri)!r} is not the address of a Neo4j server. Write it like neo4j://localhost:7687 "
            "or, for Aura, neo4j+s://….databases.neo4j.io."
        )
    if "@" in rest:
        raise UsageProblem(
            "The server's address contains a user name or password. Remove them: give the user with --user and set "
            f"the environment variable {PASSWORD_VARIABLE}."
        )


def _refusal(study: str, address: str, *, own: str | None, only_in_folder: bool, environ: Mapping[str, str]) -> str:
    """Why a server must not be used as things stand, with what to do; empty when it may be."""
    if _is_unencrypted_elsewhere(address) and environ.get(UNENCRYPTED_VARIABLE) != "1":
        secure = address.replace("://", "+s://", 1)
        return (
            f"The connection to {address} is not encrypted, so everything in the study and your password could be read "
            f"on the way. Use {secure} if the server has a certificate; if you accept the risk, set the environment "
            f"variable {UNENCRYPTED_VARIABLE} to 1."
        )
    if not only_in_folder or _same(address, own):
        return ""
    if own:
        return (
            f"study.yaml names the server {address}, but NEO4J_URI names {own}, and {PASSWORD_VARIABLE} belongs to "
            f"that one. Choose one with --uri, delete `store:` in study.yaml, or unset NEO4J_URI."
        )
    if not is_agreed(study, address):
        return (
            f"study.yaml names the server {address}, and you have not agreed to use it for this study yet. Nothing was "
            f"sent to it. If you know this server, run `journeys store agree {address}`; "
            "if not, delete `store:` in study.yaml to keep the study on this machine."
        )
    return ""


def _same(address: str, other: str | None) -> bool:
    return other is not None and address.rstrip("/").casefold() == other.rstrip("/").casefold()


def _is_unencrypted_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme not in _UNENCRYPTED:
        return False
    host = parts.hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() != "localhost"


def _without_credentials(uri: str) -> str:
    return f"…@{uri.rpartition('@')[2]}" if "@" in uri else uri
