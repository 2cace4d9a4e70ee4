"""Validate an RO-Crate with roc-validator, without a network: ``python validate_crate.py FOLDER``.

Run by a Python that has roc-validator and rocrate. The context that the metadata name comes from the rocrate package;
whatever else is asked of a network fails.
"""

from __future__ import annotations

import io
import sys
import urllib.request
import urllib.response
from email.message import Message
from pathlib import Path
from typing import Any

import requests
import requests_cache
import rocrate
from rocrate_validator import models, services

CONTEXT = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
HOME = "https://w3id.org/ro/crate/"


def opened(self: Any, request: Any, *_: Any, **__: Any) -> Any:
    address = request if isinstance(request, str) else request.full_url
    if not address.startswith(HOME):
        raise OSError(f"no network: {address}")
    kind = Message()
    kind["Content-Type"] = "application/ld+json"
    return urllib.response.addinfourl(io.BytesIO(CONTEXT), kind, address, 200)


def answered(self: Any, method: str, url: str, *_: Any, **__: Any) -> requests.Response:
    made = requests.Response()
    made.status_code, made.url = (200 if url.startswith(HOME) else 404), url
    made._content = CONTEXT
    made.headers["Content-Type"] = "application/ld+json"
    return made


urllib.request.OpenerDirector.open = opened  # type: ignore[method-assign]
requests.Session.request = answered  # type: ignore[assignment]
requests_cache.CachedSession.request = answered

settings = services.ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="ro-crate-1.2", requirement_severity=models.Severity.REQUIRED
)
result = services.validate(settings)
for issue in result.get_issues():
    print(issue.check.identifier, issue.message)
sys.exit(0 if result.passed() else 1)
