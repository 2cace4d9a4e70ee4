"""Run the tests: ``python3 scripts/test.py [--quick | --all | --long] [pytest arguments]``.

Makes the environment they need first. Tests of an engine or browser that is not on this machine are skipped, with the
reason, and a property is tried on a third of its examples. Tests run in several processes at once;
``-n 0`` runs them in one, for a debugger.

``--quick``: unit tests alone, without a store, a browser or another process, with few examples of each property, and
without those that are marked as thorough.
``--all`` (or JOURNEYS_TEST_REQUIRE_ALL=1): both Neo4j versions are fetched and started, unless NEO4J_TEST_URIS names
servers, and nothing may be missing. Runs what takes long, too: forms through LibreOffice, the demo script, the coverage
of the instruments. This is what CI runs.
``--long`` (or JOURNEYS_TEST_LONG=1 besides): the same with every example of a property, all damages to a store, all
bombs and hostile texts, more kills and random edits; takes hours.

Ends with pytest's exit code.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys

import _venv

WIDER = {
    "--all": ["JOURNEYS_TEST_REQUIRE_ALL"],
    "--long": ["JOURNEYS_TEST_REQUIRE_ALL", "JOURNEYS_TEST_LONG"],
}


def main(arguments: list[str]) -> int:
    _venv.enter(development=True)
    environment = dict(os.environ)
    # Hundreds of tests run a command of their own, which takes half as long again where it has to compile all modules.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # Not -n auto: it counts cores, of which a small virtual machine has one for two processors. One more than there are
    # processors where tests wait for stores and browsers.
    quick = "--quick" in arguments
    together = ["-n", str((os.cpu_count() or 1) + (not quick)), "--dist", "loadscope", "--no-loadscope-reorder"]
    if quick:
        arguments.remove("--quick")
        environment["JOURNEYS_TEST_QUICK"] = "1"
        together += ["-m", "unit and not thorough"]
    for option, variables in WIDER.items():
        if option in arguments:
            arguments.remove(option)
            environment.update(dict.fromkeys(variables, "1"))
    with contextlib.ExitStack() as servers:
        if environment.get("JOURNEYS_TEST_REQUIRE_ALL") == "1" and not environment.get("NEO4J_TEST_URIS"):
            environment.update(_start_neo4j(servers))
        return _pytest([*together, *arguments], environment)


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=_venv.CHECKOUT, env=environment)


def _start_neo4j(servers: contextlib.ExitStack) -> dict[str, str]:
    """Both versions of Neo4j, until ``servers`` closes; the variables by which the tests find them."""
    # Here, because they need a Python that is new enough.
    from _neo4j_files import VERSIONS, CannotStart
    from neo4j_server import running

    password = secrets.token_urlsafe(18)
    try:
        started = [servers.enter_context(running(version, password=password)) for version in VERSIONS]
    except CannotStart as problem:
        sys.exit(str(problem))
    return {"NEO4J_TEST_URIS": " ".join(server.uri for server in started), "NEO4J_TEST_PASSWORD": password}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
