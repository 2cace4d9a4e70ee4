"""Write a network in a format, with the files that belong to it, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from journeys.exchange.formats import FORMATS, Format
from journeys.exchange.network import Network
from journeys.exchange.outcome import Exported
from journeys.exchange.target import written_aside

Writer = Callable[..., tuple[str, ...]]
"""Takes a network, and a path for the file and for each that belongs beside it; returns sentences on what changed."""


def files_of(format_: Format, path: Path) -> tuple[Path, ...]:
    """The file of a format, and those that are written beside it."""
    return (path, *(path.with_name(f"{path.stem}{added}") for added in format_.beside))


def write_network(network: Network, format_: Format, path: Path, *, force: bool = False) -> Exported:
    """Write a network to ``path`` and the files beside it.

    Raises TargetExists for a file that is there unless ``force``, UsageProblem, OSError.
    """
    files = files_of(format_, path)
    with written_aside(*files, force=force) as aside:
        said = _writer(format_.name)(network, *aside)
    return Exported(files, network.held, tuple(filter(None, [*network.said, *said, format_.lost])))


def network_bytes(network: Network, format_: Format) -> bytes:
    """A network in a format that is one file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"network.{format_.ending}"
        write_network(network, format_, path)
        return path.read_bytes()


def _writer(name: str) -> Writer:
    """The function that writes a format, imported now."""
    from journeys.exchange import gexf

    writers: dict[str, Writer] = {"gexf": gexf.write_gexf}
    return writers[FORMATS[name].name]
