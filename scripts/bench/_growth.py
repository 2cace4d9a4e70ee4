"""How fast a time grows with the size of what it is taken for."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence


def exponent(sizes: Sequence[int], seconds: Sequence[float], *, floor: float = 0.0) -> float:
    """The slope of the line through the logarithms (least squares); NaN where fewer than two times exceed ``floor``."""
    points = [(math.log(size), math.log(took)) for size, took in zip(sizes, seconds, strict=True) if took > floor]
    return statistics.linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else math.nan
