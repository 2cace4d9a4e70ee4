"""Close a port on which this process listens, though the library that opened it has no call for that.

The engine cannot start without its HTTP port, and one command of its start is given there. A page in a browser may send
requests to such a port, so it is closed as soon as the engine has started.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path

_OPEN_FILES = Path("/dev/fd")


def close_port(port: int) -> bool:
    """Close the socket that listens on a port in this process; False when there is none, or on Windows.

    Its number goes to a socket that is connected to nothing: whoever opened it may still close that number, and another
    file cannot take it in between.
    """
    if sys.platform == "win32":
        return False  # sockets are no files there
    found = [number for number in (int(each.name) for each in _OPEN_FILES.iterdir()) if _listens_on(number, port)]
    for number in found:
        with socket.socket(socket.AF_UNIX) as nothing:
            os.dup2(nothing.fileno(), number, inheritable=False)
    return bool(found)


def _listens_on(number: int, port: int) -> bool:
    """Whether an open file of this process is a socket that listens on a port."""
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(number)) as held:
        if not held.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return False
        name = held.getsockname()
        return isinstance(name, tuple) and name[1] == port
    return False
