"""A terminal that gets nothing but text and rich's own styles, whatever stands in a name or a title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.segment import Segment

from journeys.views.text import printable_lines


class SafeConsole(Console):
    """Rich's console, without the control characters of texts: an ESC in a folder's name moves no cursor."""

    def render(self, *args: Any, **options: Any) -> Iterable[Segment]:
        """The segments of a renderable, their texts without control characters."""
        for segment in super().render(*args, **options):
            safe = segment.text if segment.control else printable_lines(segment.text)
            yield segment if safe == segment.text else Segment(safe, segment.style)
