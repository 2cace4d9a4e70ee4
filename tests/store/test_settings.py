"""A study folder from a stranger: which server is used, and where the password goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.model.problems import UsageProblem
from journeys.store import agreed_servers
from journeys.store.settings import resolve

STRANGE = "neo4j+s://graph.stranger.example"
OWN = "neo4j+s://graph.own.example"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings" / "agreed-servers.json"
    monkeypatch.setattr(agreed_servers, "agreed_file", lambda: file)
    return file


def in_folder(address: str, study: str = "s", **environ: str) -> Any:
    return resolve({"uri": address}, study=study, environ={"NEO4J_PASSWORD": "secret", **environ})


def test_a_server_only_the_folder_names_is_refused_until_agreed_and_gets_no_password() -> None:
    before = in_folder(STRANGE)
    assert (before.password, "journeys store agree " + STRANGE in before.refused) == (None, True)
    agreed_servers.agree("s", STRANGE)
    after = in_folder(STRANGE)
    assert (after.password, after.refused) == ("secret", "")


def test_agreement_holds_for_one_study_and_one_address() -> None:
    agreed_servers.agree("s", STRANGE)
    assert in_folder(STRANGE, study="other").refused
    assert in_folder("neo4j+s://graph.stranger.example:7688").refused
    assert in_folder("bolt+s://graph.stranger.example").refused


@pytest.mark.parametrize("address", [STRANGE, "bolt://localhost:9999", "neo4j://127.0.0.1:7687"])
def test_the_folder_does_not_override_the_persons_own_server(address: str) -> None:
    agreed_servers.agree("s", address)
    found = in_folder(address, NEO4J_URI=OWN)
    assert found.password is None
    assert OWN in found.refused
    assert address in found.refused


def test_the_same_server_in_both_places_needs_no_agreement() -> None:
    found = in_folder(OWN + "/", NEO4J_URI=OWN)
    assert (found.password, found.refused) == ("secret", "")


def test_what_is_named_in_the_call_or_the_environment_is_the_persons_word() -> None:
    for found in (
        resolve({"uri": STRANGE}, study="s", uri=OWN, environ={"NEO4J_PASSWORD": "secret"}),
        resolve({}, study="s", environ={"NEO4J_PASSWORD": "secret", "NEO4J_URI": OWN}),
    ):
        assert (found.uri, found.password, found.refused) == (OWN, "secret", "")


@pytest.mark.parametrize(
    "address",
    ["bolt://10.0.0.8:7687", "neo4j://graph.example", "bolt://[2001:db8::1]:7687", "bolt://localhost.evil.io"],
)
def test_an_unencrypted_address_elsewhere_is_refused_unless_asked_for(address: str) -> None:
    refused = resolve({}, uri=address, environ={"NEO4J_PASSWORD": "secret"})
    assert (refused.password, "is not encrypted" in refused.refused) == (None, True)
    allowed = resolve({}, uri=address, environ={"NEO4J_PASSWORD": "secret", "JOURNEYS_ALLOW_UNENCRYPTED": "1"})
    assert (allowed.password, allowed.refused) == ("secret", "")


@pytest.mark.parametrize(
    "address", ["bolt://127.0.0.1:7687", "neo4j://localhost", "bolt://[::1]:7687", "neo4j://LOCALHOST"]
)
def test_loopback_needs_no_encryption(address: str) -> None:
    assert not resolve({}, uri=address, environ={}).refused


@pytest.mark.parametrize("content", ["", "[]", "{", '{"s": 3}', "\x00"])
def test_a_broken_memory_agrees_to_nothing(own_settings: Path, content: str) -> None:
    own_settings.parent.mkdir()
    own_settings.write_text(content, encoding="utf-8")
    assert in_folder(STRANGE).refused
    agreed_servers.agree("s", STRANGE)
    assert not in_folder(STRANGE).refused


def test_a_password_in_the_folder_is_refused() -> None:
    with pytest.raises(UsageProblem, match="does not belong in this file"):
        resolve({"uri": OWN, "password": "x"}, environ={})
