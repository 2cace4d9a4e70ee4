"""The demonstration study as somebody gets it who has just heard of this."""

from __future__ import annotations

from typing import Any


def test_the_demo_is_clean(demo_study: Any, run_cli: Any) -> None:
    folder = demo_study("embedded").folder
    checked = run_cli("check", cwd=folder)
    assert checked.code == 0
    assert "0 problems and 0 warnings" in checked.stdout


def test_every_engine_traces_the_main_example(demo: Any, run_cli: Any) -> None:
    traced = run_cli("trace", "D07", cwd=demo.folder, env=demo.env)
    assert traced.code == 0
    assert "Diabetes health needs assessment" in traced.stdout
