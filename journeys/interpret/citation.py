"""How a study is cited: the part ``cite`` of study.yaml, and what CITATION.cff makes of it."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")

Word = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)]


class CitedAuthor(BaseModel):
    """Somebody who is cited: a person by ``family`` and ``given`` names, or a team or organisation by its ``name``."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    name: Word | None = None
    family: Word | None = None
    given: Word | None = None
    orcid: Word | None = None
    affiliation: Word | None = None

    @model_validator(mode="after")
    def _is_called_something(self) -> CitedAuthor:
        if bool(self.name) == bool(self.family):
            raise ValueError("write family and given for a person, or name for a team or an organisation")
        return self

    @field_validator("orcid")
    @classmethod
    def _bare_orcid(cls, value: str | None) -> str | None:
        if value is None:
            return None
        found = _ORCID.fullmatch(value.strip())
        if not found or not _fits(digits := found[1].upper()):
            raise ValueError("write the ORCID iD with its 16 digits, like 0000-0002-1825-0097")
        return digits

    @property
    def whole_name(self) -> str:
        """The name in the order in which it is spoken."""
        return self.name or " ".join(part for part in (self.given, self.family) if part)


class CiteSettings(BaseModel):
    """What study.yaml says under ``cite``: who made the study, under which licence it is shared, and when."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    authors: list[CitedAuthor] = Field(min_length=1)
    licence: Word = Field(min_length=1)
    title: Word | None = None
    version: Word | None = None
    date: datetime.date | None = None
    doi: Word | None = None
    keywords: list[Word] = []

    @field_validator("doi")
    @classmethod
    def _bare_doi(cls, value: str | None) -> str | None:
        if value is None:
            return None
        found = _DOI.fullmatch(value.strip())
        if not found:
            raise ValueError("write the DOI from its 10. on, like 10.5281/zenodo.1234567")
        return found[1]

    @property
    def licence_address(self) -> str | None:
        """The licence's address: as it is written, or the one at SPDX of an identifier such as CC-BY-4.0; None for a
        licence in words."""
        if _ADDRESS.fullmatch(self.licence):
            return self.licence
        return f"https://spdx.org/licenses/{self.licence}" if self.has_spdx_licence else None

    @property
    def has_spdx_licence(self) -> bool:
        """Whether the licence looks like an identifier of the SPDX list: one word with a number or hyphen in it."""
        return bool(_SPDX.fullmatch(self.licence)) and re.search(r"[\d-]", self.licence) is not None


def citation_file(cite: CiteSettings, title: str, about: str | None, day: datetime.date) -> str:
    """The study's CITATION.cff (Citation File Format 1.2.0); ``day`` counts where ``cite`` has no date."""
    authors: list[dict[str, str]] = []
    for author in cite.authors:
        called = {"name": author.name} if author.name else {"family-names": author.family, "given-names": author.given}
        held = {**called, "orcid": author.orcid and f"https://orcid.org/{author.orcid}"}
        held["affiliation"] = None if author.name else author.affiliation
        authors.append({name: value for name, value in held.items() if value})
    licence: dict[str, Any] = {}
    if cite.has_spdx_licence:
        licence = {"license": cite.licence}
    elif cite.licence_address:
        licence = {"license-url": cite.licence_address}
    content = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": cite.title or title,
        "abstract": about,
        "authors": authors,
        "version": cite.version,
        "date-released": cite.date or day,
        "doi": cite.doi,
        "keywords": cite.keywords,
        **licence,
    }
    held = {name: value for name, value in content.items() if value}
    return str(yaml.safe_dump(held, sort_keys=False, allow_unicode=True, width=100))


def _fits(orcid: str) -> bool:
    """Whether the last digit is the right check digit (ISO 7064, mod 11-2)."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]
