"""Cases for R's QCA package, as the text of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from journeys.analysis.methods.qca.fit import Cases
from journeys.analysis.methods.qca.truth_table import complete_cases

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")


def qca_csv(cases: Cases, conditions: Sequence[str], outcome: str) -> str:
    """A header and a line for each case: its name, its conditions, the outcome; lines end in a newline.

    Read it in R with ``read.csv(file, row.names = 1)``. Values are 0, 1 or decimals with a point. R's QCA refuses
    data with gaps, so cases that lack a value are left out here as in ``truth_table``, whose ``left_out`` names
    them. Raises ValueError for a value outside 0 to 1, a name that is not of letters, digits, "_" and "." beginning
    with a letter, two names that differ in case only, or two cases of the same name as text.
    """
    names = [*conditions, outcome]
    for name in names:
        if not _NAME.fullmatch(name):
            raise ValueError(f"R's QCA cannot use the name {name!r}: write letters, digits, '_' and '.' only")
    if len({name.lower() for name in ("case", *names)}) <= len(names):
        raise ValueError("the names of conditions and outcome have to differ, from 'case' too, whatever their case")
    known, _ = complete_cases(cases, conditions, outcome)
    if len({str(case.name) for case in known}) < len(known):
        raise ValueError("two cases have the same name")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["case", *names])
    for case in known:
        writer.writerow([str(case.name), *(_number(value) for value in (*case.conditions, case.outcome))])
    return text.getvalue()


def _number(value: float) -> str:
    return str(int(value)) if value in (0, 1) else repr(float(value))
