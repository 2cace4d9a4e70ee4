"""The layout of networks: the same data give the same points in every process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_PARTS = """
import random
from journeys.views.pictures.network_layout import positions
chance = random.Random(3)
ties = []
for part in range(4):
    nodes = [f"p{part}.n{number}" for number in range(100)]
    ties += [(chance.choice(nodes), chance.choice(nodes)) for _ in range(300)]
print(sorted(positions({node for tie in ties for node in tie}, ties).items()))
"""


@pytest.mark.usefixtures("processes")
def test_parts_of_a_network_lie_alike_however_python_orders_its_sets() -> None:
    drawn = {
        subprocess.run(
            [sys.executable, "-c", _PARTS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawn) == 1
    assert drawn.pop().count("p3.n") > 90
