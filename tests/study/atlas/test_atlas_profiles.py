"""Whom an atlas is for: nothing that a profile withholds is in any byte of any file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.claims.coarse_dates import widened, without_days
from journeys.analysis.claims.graph import stored_claims, stored_nodes
from journeys.model.calendar import MONTHS
from journeys.study.study import Study

ROLES = "privacy:\n  public: {people: roles, dates: year, smallest_cell: 2}\n"
OF_WORDS = ("quote", "note", "aspect", "grounds", "purpose", "confidence_note", "place", "details")


@pytest.fixture(scope="module")
def study(demo_study: Any, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The invented study, which shows people by their role; one of them has told how he identifies himself."""
    folder = tmp_path_factory.mktemp("profiles") / "study"
    shutil.copytree(demo_study("embedded").folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write(ROLES)
    return journeys.open(folder)


@pytest.fixture(scope="module")
def public(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the public atlas."""
    return study.atlas(tmp_path_factory.mktemp("public") / "atlas", profile="public").parent


def withheld(study: Study) -> Iterator[tuple[str, str]]:
    """What the public may not see, with what it is: words from forms, people, exact days, addresses."""
    with study.store() as store:
        nodes = {
            held["id"]: (label, held)
            for label in study.schema.nodes
            for held in stored_nodes(store, study.id, study.schema, label)
        }
        claims = list(stored_claims(store, study.id, study.schema, study.schema.claims.values(), study.schema.nodes))
    shown = {str(held["name"]) for label, held in nodes.values() if label in ("Document", "Evidence", "Action")}
    for label, held in nodes.values():
        if label in ("Extract", "Finding", "Understanding"):
            yield label, str(held["text"])
        if label == "Actor":
            if held.get("kind") != "collective":
                yield "pseudonym", str(held["pseudonym"])
            yield "id", str(held["id"])
        if label == "Meeting":
            yield "meeting", str(held["name"])
        if label == "DataSource":
            yield "source", str(held["name"])
        if label in ("Meeting", "Document", "DataSource") and held.get("date_precision") == "day":
            day = held["date_from"]
            yield "day", day.isoformat()
            yield "day", f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        yield "file", str(held.get("file"))
    for row in claims:
        for name in OF_WORDS:
            if row["properties"].get(name):
                yield name, str(row["properties"][name])
        yield "file", str(row["properties"].get("file"))
    assert shown


def test_nothing_that_is_withheld_is_in_any_byte_of_any_file(study: Study, public: Path) -> None:
    internal = study.atlas(public.parent / "internal").parent
    secret = {(what, words) for what, words in withheld(study) if len(words) > 5}
    assert len(secret) > 500
    kept = " ".join(sorted(_titles(study)))
    every, told = _bytes(public), _bytes(internal)
    leaked, missed = [], 0
    for what, words in sorted(secret):
        # A word that stands in a title which is shown, or in the program itself, says nothing about anybody.
        short = len(words.split()) < 3 and what not in ("quote", "Extract", "pseudonym", "day", "id", "file")
        if short or words in kept:
            continue
        for form in (words, words.replace('"', "&#34;").replace("'", "&#39;"), words.replace('"', '\\"')):
            if form in every and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", every):
                leaked.append((what, words))
        missed += words in told
    assert leaked == []
    assert missed > 100  # the internal pages have them, so the search would have found them


def _bytes(folder: Path) -> str:
    """All files of a folder, with their names."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return "\n".join(f"{path.relative_to(folder)}\n{path.read_bytes().decode('utf-8')}" for path in files)


def _titles(study: Study) -> Iterator[str]:
    """The titles that the public sees."""
    with study.store() as store:
        for label in ("Document", "Evidence", "Action", "Driver", "Factor", "CaseStudy", "Code", "Arena"):
            for held in stored_nodes(store, study.id, study.schema, label):
                yield without_days(str(held["name"]))


def test_the_pages_say_what_was_left_out(public: Path) -> None:
    for page in public.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.search(r"Public version\. Left out: [\d,]+ quotations?, ", text), page.name
        assert "Dates are shown by year" in text
        assert "People are called by their role and a number." in text
    # A cell of a figure with one journey may tell who somebody is.
    assert not (public / "across").exists()


def test_few_people_of_a_role_are_merged_and_others_are_numbered(public: Path) -> None:
    listed = (public / "people" / "index.html").read_text(encoding="utf-8")
    names = re.findall(r"<bdi>([^<]+)</bdi></a></td>", listed)
    assert any(re.fullmatch(r"Person in another role \d+", name) for name in names)
    roles = [re.sub(r" \d+$", "", name) for name in names if re.search(r" \d+$", name)]
    assert all(roles.count(role) >= 2 or role == "Person in another role" for role in roles)


def test_kinds_of_few_sources_are_told_nowhere(demo_study: Any, tmp_path: Path) -> None:
    """The home page counted them as another kind, and each page named them by their kind."""
    folder = tmp_path / "study"
    shutil.copytree(demo_study("embedded").folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("privacy: {public: {smallest_cell: 9}}\n")  # there are 8 observations
    home = journeys.open(folder).atlas(tmp_path / "atlas", profile="public")
    assert "12 interviews, 11 documents, 8 of another kind and 3 researchers&#39; forms." in home.read_text("utf-8")
    listed = (home.parent / "sources" / "index.html").read_text("utf-8")
    assert "Source 8" in listed
    named = [path for path in home.parent.rglob("*.html") if re.search(r"Observation \d", path.read_text("utf-8"))]
    assert named == []


def test_the_public_journey_tells_the_same_without_the_words(study: Study, public: Path) -> None:
    with study.store():
        journey = study.trace("D07")
    page = next((public / "journeys").glob("*d07.html"))
    text = page.read_text(encoding="utf-8")
    # What it expresses is in the words of the form: that claim is not there.
    shown = [each for each in journey.claims if not each.derived and each.end.label != "Understanding"]
    assert f"{len(shown)} claims from {journey.counts.sources} sources" in text
    assert "<blockquote>" not in text
    assert re.search(r"forms are not shown(?!</a>)", text)
    assert "forms are not shown</a>" not in "".join(each.read_text(encoding="utf-8") for each in public.rglob("*.html"))


def test_the_team_sees_words_but_not_who_recorded_them(study: Study, tmp_path: Path) -> None:
    team = study.atlas(tmp_path / "team", profile="team").parent
    page = next((team / "journeys").glob("*d07.html")).read_text(encoding="utf-8")
    assert "<blockquote>" in page
    assert "who recorded what" in page
    assert not re.search(r"\b[XY]Y\b|\bYZ\b", page)


@pytest.mark.parametrize(
    ("start", "end", "unit", "made"),
    [
        (date(2011, 4, 6), date(2011, 4, 6), "month", (date(2011, 4, 1), date(2011, 4, 30), "month")),
        (date(2011, 4, 6), date(2011, 6, 30), "quarter", (date(2011, 4, 1), date(2011, 6, 30), "quarter")),
        (date(2011, 12, 31), date(2012, 1, 1), "year", (date(2011, 1, 1), date(2012, 12, 31), "between")),
        (None, date(2012, 2, 3), "month", (None, date(2012, 2, 29), "before")),
        (date(2012, 2, 3), None, "quarter", (date(2012, 1, 1), None, "after")),
        (None, None, "year", (None, None, "unknown")),
    ],
)
def test_dates_are_widened_to_whole_units(start: date | None, end: date | None, unit: str, made: object) -> None:
    assert widened(start, end, unit) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Minutes of the Redesign Group June 2011", "Minutes of the Redesign Group 2011"),
        ("Letter of 8 June 2011", "Letter of 2011"),
        ("Board, 2011-06-08", "Board, 2011"),
        ("Board 08/06/2011", "Board 2011"),
        ("Observation of the Redesign Group in April", "Observation of the Redesign Group"),
        ("Marching on", "Marching on"),
        ("May", "May"),
        ("Annual report 2010/11", "Annual report 2010/11"),
    ],
)
def test_names_lose_their_days(name: str, made: str) -> None:
    assert without_days(name) == made
