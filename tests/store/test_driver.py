"""The driver does not bring along libraries that only others need."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from journeys.store.driver import import_driver
import_driver()
import neo4j
print("pandas" in sys.modules, "pyarrow" in sys.modules, neo4j.GraphDatabase.__name__)
import math as pandas_stands_in
sys.modules["pandas"] = pandas_stands_in
import_driver()
import pandas
print(pandas is pandas_stands_in)
"""


def test_data_frames_are_not_imported_and_can_be_imported_afterwards(processes: None) -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False", "GraphDatabase", "True"]
