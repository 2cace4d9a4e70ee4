"""The time of day that people write with a date: "2.30pm", "14:30", "10am to noon", "in the afternoon"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from journeys.model.date_shapes import Pattern

_HALF_OF_DAY = r"[ap]\.?\s?m\b\.?"
_MINUTES = r"[:.h](?P<{0}m>[0-5][0-9])(?:[:.][0-5][0-9](?:[.,][0-9]+)?)?"


def _time(name: str) -> str:
    """A time with minutes, or with "am" or "pm", or in words."""
    minutes = _MINUTES.format(name)
    return (
        rf"(?:(?P<{name}>[01]?[0-9]|2[0-4])(?:{minutes}\s*(?P<{name}x>{_HALF_OF_DAY})?|\s*(?P<{name}y>{_HALF_OF_DAY}))"
        rf"|(?P<{name}four>(?:[01][0-9]|2[0-3])[0-5][0-9])\s*(?:h|hrs?|hours)\b\.?"
        rf"|(?:12\s*)?(?P<{name}word>noon|midday|midnight))"
        r"(?:\s*(?:h|hrs?|hours|o'clock)\b)?"
    )


_LOOSE = r"(?:[01]?[0-9]|2[0-4])"
_CLOCK = rf"(?:{_time('b')}|(?P<bare>{_LOOSE})(?=\s*(?:-|to)))(?:\s*(?:-|to|until)\s*{_time('e')})?"
_PART_OF_DAY = (
    r"(?:(?:in\s+the\s+|during\s+the\s+)?(?:early\s+|late\s+|mid[\s-]?)?"
    r"(?:morning|afternoon|evening|night)|[ap]\.?m\.?)"
)
_ZONE = r"\s*(?:z|utc|gmt|bst|[+-][0-9]{2}:?[0-9]{2})?"

_CLOCK_LAST = Pattern(
    r"(?P<rest>.+?)(?:(?<=[0-9])T|\s*[,;]?\s+(?:at\s+|from\s+|@\s*|between\s+)?\(?|\s*[(@]\s*)"
    rf"(?:{_CLOCK}{_ZONE}|{_PART_OF_DAY})\)?"
)
_CLOCK_FIRST = Pattern(
    rf"(?:at\s+)?(?:[0-9]{{1,2}}(?:[:.][0-9]{{2}})?\s*{_HALF_OF_DAY}|[0-9]{{1,2}}:[0-9]{{2}}|noon|midday|midnight"
    rf"|{_PART_OF_DAY})\s*,?\s+(?:of\s+|on\s+)?(?P<rest>.+)"
)
_TIME = Pattern(rf"(?:at\s+)?{_time('b')}")


@dataclass(frozen=True, slots=True)
class Timed:
    """A text without its time of day, and that time if it is exact to the minute."""

    rest: str
    clock: time | None


def with_clock(text: str) -> Timed | None:
    """The time of day written behind or before a date; None where there is none."""
    if found := _CLOCK_LAST.fullmatch(text):
        parts = found.groupdict()
        pm = (parts["ex"] or parts["ey"] or "")[:1].lower() == "p"
        if parts["bare"]:
            return Timed(found["rest"], _beginning(int(parts["bare"]), 0, parts["e"], pm))
        clock = _clock(parts)
        if clock is not None and pm and parts["b"] and not (parts["bx"] or parts["by"]):
            clock = _beginning(clock.hour, clock.minute, parts["e"], pm)
        return Timed(found["rest"], clock)
    if found := _CLOCK_FIRST.fullmatch(text):
        before = text[: found.start("rest")].strip()
        for cut in (before, before.removesuffix("on").removesuffix("of").strip(" ,")):
            if said := _TIME.fullmatch(cut.strip(" ,")):
                return Timed(found["rest"], _clock(said.groupdict()))
        return Timed(found["rest"], None)
    return None


def _beginning(hour: int, minute: int, end: str | None, pm: bool) -> time | None:
    """ "2-4pm" begins at 14, "10-12.30pm" at 10: before noon only if that is still before the end."""
    if not pm or end is None:
        return None
    late = int(end) % 12 + 12
    return time(hour + 12, minute) if hour < 12 and hour + 12 <= late else time(hour % 24, minute)


def _clock(parts: dict[str, str | None]) -> time | None:
    if parts["bword"]:
        return None if parts["bword"].lower() == "midnight" else time(12)  # midnight begins a day or ends it
    if parts["bfour"]:
        return time(int(parts["bfour"][:2]), int(parts["bfour"][2:]))
    if parts["b"] is None:
        return None
    hour, minute = int(parts["b"]), int(parts["bm"] or 0)
    half = (parts["bx"] or parts["by"] or "")[:1].lower()
    if minute == 0 and (hour == 0 or (half == "a" and hour == 12)):
        return None  # midnight, or what a program writes where no time was given: "2011-03-05 00:00:00"
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute) if 1 <= hour <= 12 else time(hour % 24, minute)
    unsure = len(parts["b"]) == 1 and hour < 8  # "2.30" of a meeting may be in the afternoon
    return None if unsure else time(23, 59) if hour == 24 else time(hour, minute)
