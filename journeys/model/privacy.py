"""What a study lets others see of it: the profiles of an atlas, and what study.yaml says about the public one."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Profile = Literal["internal", "team", "public"]
PROFILES: tuple[Profile, ...] = ("internal", "team", "public")
"""``internal`` shows everything; ``team`` leaves out sensitive properties and who recorded what; ``public`` shows no
words from forms."""


class PublicSettings(BaseModel):
    """What the public profile shows.

    ``people`` are shown by pseudonym or by role; ``dates`` is the unit to which dates are widened; what fewer than
    ``smallest_cell`` people or sources share is merged.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    people: Literal["pseudonyms", "roles"] = "pseudonyms"
    dates: Literal["month", "quarter", "year"] = "quarter"
    smallest_cell: int = Field(default=3, ge=1, le=100)


# What is left out of study.yaml is not checked at each start: to make a model's validator takes milliseconds.


class PrivacySettings(BaseModel):
    """The part ``privacy`` of study.yaml.

    What the schema calls sensitive is ``withheld`` from the graph, and so from every answer, page and export, or
    ``shown`` to the team's own.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    public: PublicSettings = PublicSettings.model_construct()
    sensitive: Literal["withheld", "shown"] = "withheld"


def atlas_name(profile: Profile) -> str:
    """The name of the folder of an atlas: the pages for others lie apart from the study's own."""
    return "atlas" if profile == "internal" else f"atlas-{profile}"
