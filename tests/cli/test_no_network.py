"""No command reaches for the network: they run where there is only loopback, and every address they ask for is noted.

Where Linux lets this account make one, the commands run in a network namespace of their own. There ``strace``, if it is
installed, notes what each process asks the system for, the engine too; everywhere an audit hook notes what Python asks.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_import_council import POPOLO
from tests.engines import ONLY_WITH_ALL
from tests.store.loading.voting_study import write_study

pytestmark = pytest.mark.usefixtures("processes")

CHECKOUT = Path(__file__).resolve().parents[2]
COMMANDS = [
    ["import", "popolo", "council.json"], ["check"], ["load"], ["store", "start"], ["status"], ["trace", "P1"],
    ["ask", "contests"], ["analyse", "centrality"], ["analyse", "centrality", "-o", "out/c.svg"], ["search", "words"],
    ["network"], ["storyline", "-o", "out/s.html"], ["show", "P1", "--kind", "document"],
    ["report", "quality", "-o", "out/q.docx"],
    ["export", "gexf"], ["export", "prov"], ["export", "crate", "-o", "out/crate.zip"],
    ["forms"], ["cypher", "MATCH (n:Site) RETURN n.name AS name"], ["docs", "dates"], ["doctor"], ["atlas"], ["load"],
    ["store", "stop"],
]  # fmt: skip
RUN = """
import fcntl, json, socket, struct, sys
if sys.argv[1] == "apart":
    with socket.socket() as any_:  # loopback is down in a new namespace
        fcntl.ioctl(any_, 0x8914, struct.pack("16sh", b"lo", 0x49))
    assert [name for _, name in socket.if_nameindex()] == ["lo"], socket.if_nameindex()
from journeys.cli.main import cli
codes = {}
for arguments in json.loads(sys.argv[2]):
    try:
        code = cli(arguments, standalone_mode=False) or 0
    except SystemExit as end:
        code = end.code or 0
    except Exception as error:
        code = f"{type(error).__name__}: {error}"
    codes[" ".join(arguments)] = code
open("codes.json", "w").write(json.dumps(codes))
"""
HOOK = """
import os, sys
_FILE = os.environ["NOTED"]
def _note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1] if event != "socket.sendmsg" else arguments[-1]
        if isinstance(address, tuple):
            _write(f"{event} {address[0]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        _write(f"{event} {arguments[0]}")
def _write(line):
    with open(_FILE, "a") as file:
        file.write(line + chr(10))
sys.addaudithook(_note)
"""
OURS = {"127.0.0.1", "localhost", "::1", "None", "::ffff:127.0.0.1"}


@ONLY_WITH_ALL
def test_nothing_is_asked_of_the_network(tmp_path: Path) -> None:
    folder = tmp_path / "votes"
    write_study(folder, 20)
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("cite: {authors: [{name: A team}], licence: CC-BY-4.0}\n")
    (folder / "council.json").write_text(json.dumps(POPOLO), encoding="utf-8")
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")

    apart = namespace()
    strace = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        str(tmp_path / "calls"),
    ]
    traced = strace if apart and shutil.which("strace") else []
    program = [sys.executable, "-c", RUN, "apart" if apart else "here", json.dumps(COMMANDS)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JOURNEYS_"))}
    paths = os.pathsep.join([str(tmp_path / "hook"), str(CHECKOUT)])
    env = {**clean, "PYTHONPATH": paths, "NOTED": str(tmp_path / "noted"), "HTTPS_PROXY": "http://proxy.example:1"}
    ended = subprocess.run(
        [*apart, *traced, *program], cwd=folder, env=env, capture_output=True, text=True, timeout=900, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]

    codes = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
    assert {command: code for command, code in codes.items() if code not in (0, None)} == {}
    noted = (tmp_path / "noted").read_text(encoding="utf-8").splitlines()
    assert len(noted) > 10  # the engine on loopback, at least
    assert {line for line in noted if line.split(" ", 1)[1] not in OURS} == set()
    if not traced:
        pytest.skip("Only what Python asks for was looked at: strace is missing, or no network namespace can be made.")
    calls = (tmp_path / "calls").read_text(encoding="utf-8", errors="replace")
    assert calls.count("127.0.0.1") > 10
    assert [line for line in calls.splitlines() if is_elsewhere(line)] == []


def namespace() -> list[str]:
    """The command that runs another where there is no network; empty where this account may not."""
    if not sys.platform.startswith("linux") or not shutil.which("unshare"):
        return []
    apart = ["unshare", "--user", "--map-root-user", "--net"]
    tried = subprocess.run([*apart, "true"], capture_output=True, timeout=60, check=False)
    return apart if tried.returncode == 0 else []


def is_elsewhere(call: str) -> bool:
    """Whether a call names an address on another machine."""
    addresses = re.findall(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"', call)
    return any((four or six) not in {*OURS, "::", "0.0.0.0"} for four, six in addresses)


def test_an_address_elsewhere_would_be_seen() -> None:
    told = 'connect(5, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, 16) = 0'
    assert is_elsewhere(told)
    assert is_elsewhere('connect(5, {sa_family=AF_INET6, inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28)')
    assert not is_elsewhere(told.replace("10.0.0.2", "127.0.0.1"))
