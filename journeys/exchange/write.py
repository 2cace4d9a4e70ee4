"""Write a network in a format, with the files that belong to it, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from journeys.exchange.formats import Format
from journeys.exchange.grand import grand_csv
from journeys.exchange.network import Network
from journeys.exchange.outcome import Exported, Written
from journeys.exchange.target import written_aside
from journeys.model.unfinished import scratch_folder

GRAND = "-grand.csv"
"""What is added to the name of a network for its report by GRAND."""

Writer = Callable[..., Written]
"""Takes a network, and a path for the file and for each that belongs beside it."""


def files_of(format_: Format, path: Path) -> tuple[Path, ...]:
    """The file of a format, and those that are written beside it."""
    stem = path.name.removesuffix(f".{format_.ending}") if path.name.endswith(format_.ending) else path.stem
    beside = [path.with_name(f"{stem}{added}") for added in format_.beside]
    return (path, *beside, path.with_name(path.name + GRAND))


def write_network(network: Network, format_: Format, path: Path, *, force: bool = False) -> Exported:
    """Write a network to ``path`` and the files beside it.

    Raises TargetExists for a file that is there unless ``force``, UsageProblem, OSError.
    """
    files = files_of(format_, path)
    with written_aside(*files, force=force) as aside:
        written = _writer(format_.name)(network, *aside[:-1])
        aside[-1].write_text(grand_csv(network), encoding="utf-8", newline="\n")
    said = filter(None, [*network.said, *written.said, format_.lost])
    return Exported(files, written.held or network.held, tuple(said))


def network_bytes(network: Network, format_: Format) -> tuple[bytes, tuple[str, ...]]:
    """A network in a format that is one file, and what is said of it."""
    with scratch_folder("journeys-export-") as folder:
        path = folder / f"network.{format_.ending}"
        made = write_network(network, format_, path)
        return path.read_bytes(), made.said


def _writer(name: str) -> Writer:
    """The function that writes a format, imported now."""
    from journeys.exchange import edge_lists, gexf, graphml, hif, ocel, pajek

    writers: dict[str, Writer] = {
        "gexf": gexf.write_gexf,
        "graphml": graphml.write_graphml,
        "pajek": pajek.write_pajek,
        "csv": edge_lists.write_edge_lists,
        "hif": hif.write_hif,
        "ocel": ocel.write_ocel,
    }
    return writers[name]
