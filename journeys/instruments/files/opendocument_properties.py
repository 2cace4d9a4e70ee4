"""What an OpenDocument spreadsheet says of itself: properties of the study's own, and when it was worked on."""

from __future__ import annotations

from journeys.instruments.files.zip_package import ZipPackage


def custom_properties(package: ZipPackage) -> dict[str, str]:
    """The properties that a person or a program of ours gave it, their values as text."""
    return {
        attributes["name"]: written
        for _, tag, attributes, written in package.elements("meta.xml")
        if tag == "user-defined" and "name" in attributes
    }


def years_of_work(package: ZipPackage) -> frozenset[int]:
    """The years in which it may have been worked on; none where it does not say."""
    years = {
        int(written[:4])
        for _, tag, _, written in package.elements("meta.xml")
        if tag in ("creation-date", "date") and written[:4].isdecimal()
    }
    return frozenset(range(max(min(years), max(years) - 10), max(years) + 1)) if years else frozenset()
