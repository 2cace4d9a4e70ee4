"""How a process of ours looks for memory to free. Each script has a process of its own, whose setting it changes."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("processes")

BEGINNING = "import gc, weakref\nfrom journeys.model.own_process import look_seldom_for_memory, reading_what_stays\n"
A_CIRCLE = "class Circle: pass\ndef circle():\n    one = Circle()\n    one.itself = one\n    return one\n"


def run(script: str) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", BEGINNING + A_CIRCLE + script], capture_output=True, text=True, check=True, timeout=60
    )
    return ended.stdout.split()


def test_what_was_read_is_never_looked_through() -> None:
    script = (
        "look_seldom_for_memory()\nbefore = gc.get_freeze_count()\n"
        "with reading_what_stays():\n    print(gc.isenabled())\n    held = [circle() for _ in range(1000)]\n"
        "print(gc.isenabled(), gc.get_freeze_count() - before >= 1000)\n"
    )
    assert run(script) == ["False", "True", "True"]


def test_what_was_read_and_left_is_freed_by_the_next_reading() -> None:
    """``atlas --watch`` reads the study again and again."""
    script = (
        "look_seldom_for_memory()\nwith reading_what_stays():\n    first = circle()\n"
        "gone = weakref.ref(first)\ndel first\ngc.collect()\nprint(gone() is None)\n"
        "with reading_what_stays():\n    second = circle()\nprint(gone() is None)\n"
    )
    assert run(script) == ["False", "True"]


def test_an_error_while_reading_leaves_the_setting_as_it_was() -> None:
    script = (
        "look_seldom_for_memory()\n"
        "try:\n    with reading_what_stays():\n        with reading_what_stays(): raise OSError\n"
        "except OSError: print(gc.isenabled())\n"
    )
    assert run(script) == ["True"]


def test_the_process_of_a_notebook_keeps_its_own_setting() -> None:
    script = (
        "before = gc.get_freeze_count()\nwith reading_what_stays():\n    print(gc.isenabled())\n"
        "print(gc.get_freeze_count() == before)\n"
    )
    assert run(script) == ["True", "True"]
