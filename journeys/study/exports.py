"""The methods of ``Study`` that write files for other programs."""

from __future__ import annotations

from journeys.exchange.outcome import Exported
from journeys.exchange.target import TargetExists

__all__ = ["Exported", "TargetExists"]
